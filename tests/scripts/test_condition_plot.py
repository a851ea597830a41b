"""plot_condition.py, from outside: on what truce condition writes, and on files that are none of its."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import calling
import plot_condition  # in the folder that calling adds to the path
import sample_results
from test_plots import png_size

TRUCE = os.environ.get("TRUCE", "truce")  # the program
SCRIPT = "plot_condition.py"
RECORD = """record: 1
known:
- {event: first.started, between: [0, 1]}
- {at: 20, that: guests_of_b.freed >= 3}
- {at: 40, that: collapsed == 0}
"""


class Condition(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)
        (cls.here / "r.yaml").write_text(RECORD)
        (cls.here / "other.yaml").write_text("record: 1\nknown: [{at: 30, that: collapsed == 0}]\n")
        cls.condition("plain.h5", "r.yaml")
        cls.condition("uncertain.h5", "r.yaml", "--uncertain", "--method", "smc", "--effective", "100")
        cls.condition("other.h5", "other.yaml")

    @classmethod
    def condition(cls, name, record, *options):
        subprocess.run([TRUCE, "condition", str(sample_results.SCENARIO), "--observed", record, "--trials", "300",
                        "--quiet", "-o", name, *options], cwd=cls.here, capture_output=True, check=True)

    def run_script(self, *arguments, run=calling.within):
        return run(SCRIPT, arguments, self.here)

    def refuse(self, *arguments):
        done = self.run_script(*arguments)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done.stderr

    def test_draws_beside_the_file(self):
        done = self.run_script("uncertain.h5", "plain.h5", run=calling.as_user)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        images = [self.here / line for line in done.stdout.splitlines()]
        self.assertEqual(["uncertain-condition.png", "plain-condition.png"], [image.name for image in images])
        for image in images:
            width, height = png_size(image)
            self.assertTrue(1500 < width < 4000 and 500 < height < 5000, (width, height))

    def test_no_scale_of_probabilities_ends_beyond_all(self):
        figure = plot_condition.draw(plot_condition.Conditioned(str(self.here / "plain.h5")), None)
        figure.draw_without_rendering()
        facts = figure.axes[0]
        self.assertEqual("probability of all facts so far", facts.get_xlabel())
        self.assertEqual(["0 %", "25 %", "50 %", "75 %", "100 %"], [text.get_text() for text in facts.get_xticklabels()])

    def test_draws_rivals(self):
        done = self.run_script("plain.h5", "-o", "alone.png")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        done = self.run_script("plain.h5", "--rival", "uncertain.h5", "-o", "both.png")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertLess(png_size(self.here / "alone.png")[1], png_size(self.here / "both.png")[1])
        self.assertIn("its facts are not those", self.refuse("plain.h5", "--rival", "other.h5"))

    def test_refuses_what_has_no_facts(self):
        sample_results.write(self.here / "run.h5", trials=20)
        self.assertIn("truce condition", self.refuse("run.h5"))
        self.assertIn("no such file", self.refuse("nowhere.h5"))
        self.assertIn("is no parameter", self.refuse("uncertain.h5", "--parameter", "nothing"))


if __name__ == "__main__":
    unittest.main()
