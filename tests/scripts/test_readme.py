"""The Python of README.md runs as it is written there, on files of the commands beside it (with fewer trials)."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TRUCE = os.environ.get("TRUCE", "truce")
ROOT = pathlib.Path(__file__).resolve().parents[2]
TRIALS = 2000


class Readme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)
        (cls.here / "scenarios").symlink_to(ROOT / "scenarios")
        (cls.here / "results").mkdir()
        cls.page = (ROOT / "README.md").read_text()
        (cls.here / "results/until-the-ending.yaml").write_text(
            "extends: ../scenarios/cairo-three-phase.yaml\nobserve: ending\n")
        runs = re.findall(r"^build/bin/truce (run .*--output .*)$", cls.page, re.MULTILINE)
        for line in runs:
            cls.truce(*line.replace("20000", str(TRIALS)).split(), "--quiet")
        study = (ROOT / "scenarios/studies/monitoring.yaml").read_text()
        (cls.here / "monitoring.yaml").write_text(
            re.sub(r"^trials:.*$", "trials: 200", study, flags=re.MULTILINE).replace(
                "../cairo", str(ROOT / "scenarios/cairo")))
        cls.truce("study", "monitoring.yaml", "-o", "results/monitoring.h5", "--quiet")
        cls.scripts = re.findall(r"^```python\n(.*?)^```", cls.page, re.MULTILINE | re.DOTALL)

    @classmethod
    def truce(cls, *arguments):
        return subprocess.run([TRUCE, *arguments], cwd=cls.here, capture_output=True, text=True,
                              check=True).stdout

    def printed(self, script):
        done = subprocess.run([sys.executable, "-c", script], cwd=self.here, capture_output=True,
                              text=True, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return done.stdout

    def test_the_difference_is_that_of_compare(self):
        mean, half = map(float, self.printed(self.scripts[0]).split("±"))
        report = json.loads(self.truce("compare", "results/strong.h5", "results/weak.h5", "--outcome",
                                       "hostages_freed", "--json"))["comparisons"][0]["difference"]
        self.assertAlmostEqual(report["value"], mean)
        self.assertAlmostEqual((report["high"] - report["low"]) / 2, half, delta=0.1 * half)
        told = re.search(r"^# ([\d.]+) ± ([\d.]+)$", self.scripts[0], re.MULTILINE)
        self.assertLess(abs(float(told[1]) - mean), 4 * half / 1.96)
        self.assertAlmostEqual(float(told[2]), half * (TRIALS / 20000)**0.5, delta=0.03)

    def test_the_study_s_table_has_a_row_per_variant(self):
        lines = self.printed(self.scripts[1]).splitlines()
        self.assertEqual(["temptation", "0.0", "2.0", "4.0"], lines[0].split())
        rows = {line.split()[0]: list(map(float, line.split()[1:])) for line in lines[2:]}
        self.assertEqual({"all_seen", "as_written", "fast", "half_seen", "no_false_alarms"}, set(rows))
        report = json.loads(self.truce("show", "results/monitoring.h5", "aid_days", "--json"))
        mean, = (point["outcomes"]["aid_days"]["mean"] for point in report["points"]
                 if point["variant"] == "fast" and point["parameters"]["temptation"] == 4)
        self.assertAlmostEqual(mean, rows["fast"][2], places=4)

    def test_every_script_of_the_page_is_run_here(self):
        self.assertEqual(3, len(self.scripts))
        self.assertTrue(self.scripts[2].startswith("import truce\n"))  # in tests/python


if __name__ == "__main__":
    unittest.main()
