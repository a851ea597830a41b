"""The program disturbed: signals, and a library that makes calls of the system fail. Its tests are given TRUCE, SOURCE_DIR and
FAULTS_LIBRARY."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import h5py

from program import NEUTRAL, TRUCE, Program

FAULTS = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# 2,000 events per trial: a block takes some tens of milliseconds.
LONG = """truce: 2
horizon: 2000
incidents: {shot: {rate: 1, while: true}}
outcomes: {shots: {value: shot.occurred}}
"""
STUDY = f"""study: 1
name: Small
scenario: {NEUTRAL}
trials: TRIALS
design: {{kind: latin_hypercube, points: 20}}
vary: {{word: "uniform(0.5, 1)", calm: "uniform(0.01, 0.05)"}}
"""


class FaultTest(Program):
    def setUp(self):
        super().setUp()
        (self.path / "long.yaml").write_text(LONG)
        self.study("study.yaml", 200)

    def study(self, name, trials):
        (self.path / name).write_text(STUDY.replace("TRIALS", str(trials)))

    def start(self, *arguments, faults=None, **options):
        environment = dict(os.environ)
        if faults is not None:
            environment |= {"LD_PRELOAD": str(FAULTS), **faults}
        settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen([TRUCE, *map(str, arguments)], cwd=self.path, text=True,
                                env=environment, **settings)

    def truce(self, *arguments, expect=0, **options):
        process = self.start(*arguments, **options)
        out, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, expect, f"{arguments}: {out}{errors}")
        return out, errors

    def shell(self, line):
        """The exit code and stderr of a line in which $T is the program."""
        done = subprocess.run(["bash", "-c", line], cwd=self.path, text=True,
                              capture_output=True, check=False,
                              env=dict(os.environ, T=str(TRUCE), S=str(NEUTRAL)))
        return done.returncode, done.stderr

    def new_files(self):
        return sorted(p.relative_to(self.path).as_posix() for p in self.path.rglob("*")
                      if p.suffix != ".yaml")

    def trials(self, name):
        with h5py.File(self.path / name) as file:
            trials = int(file.attrs["trials"])
            self.assertEqual(file["trials/duration"].shape[-1], trials)
            return trials

    def wait_for(self, condition):
        until = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.005)
