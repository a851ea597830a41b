"""A small study in a folder of its own: what all tests of studies share."""

import subprocess

from program import NEUTRAL, SOURCE, TRUCE, Program

STUDIES = SOURCE / "scenarios" / "studies"

SMALL = f"""study: 1
name: A small study
scenario: {NEUTRAL}
seed: 5
trials: 300
design: {{kind: latin_hypercube, points: 24}}
vary:
  word: prior
  calm: "uniform(0.01, 0.05)"
variants:
  as_written: {{}}
  patient: {{responses: {{measured: {{withdraw: 0}}}}}}
compare: {{outcomes: [completed, duration]}}
"""


class StudyTest(Program):
    def setUp(self):
        super().setUp()
        self.study = self.path / "small.yaml"
        self.study.write_text(SMALL)

    def truce(self, *arguments, before=(), environment=None):
        return subprocess.run([*before, str(TRUCE), *map(str, arguments)], cwd=self.path,
                              capture_output=True, text=True, check=False, env=environment)

    def sound(self, *arguments, **options):
        done = self.truce(*arguments, **options)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def wrong(self, *arguments):
        done = self.truce(*arguments)
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        return done.stderr

    def wrong_study(self, old, new):
        self.assertIn(old, SMALL)
        self.study.write_text(SMALL.replace(old, new))
        message = self.wrong("study", "small.yaml", "-o", "no.h5")
        self.assertFalse((self.path / "no.h5").exists())
        self.assertEqual(message, self.wrong("check", "small.yaml"))
        return message
