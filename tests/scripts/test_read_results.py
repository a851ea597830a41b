"""scripts/read_results.R, where there is an R: the numbers of the file, by either package. Usage: test_read_results.py TRUCE SOURCE_DIR"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py

TRUCE, SOURCE = map(pathlib.Path, sys.argv[1:3])
SCRIPT = SOURCE / "scripts" / "read_results.R"


def has(package):
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", f"library({package})"], capture_output=True).returncode == 0


PACKAGES = [package for package in ("hdf5r", "ncdf4") if has(package)]
STUDY = """\
study: 1
name: Two points
scenario: {scenario}
trials: {trials}
design: {{kind: grid}}
vary: {{word: [0.8, 0.9]}}
"""


def read(package, *words):
    return subprocess.run([SCRIPT, *words], capture_output=True, text=True,
                          env=dict(os.environ, TRUCE_R_PACKAGE=package))


class ReadInR(unittest.TestCase):
    def test_numbers_are_those_of_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "r.h5"
            summary = json.loads(subprocess.run(
                [TRUCE, "run", SOURCE / "scenarios" / "neutral-a-b.yaml", "-n", "500", "-o", file, "--quiet", "--json"],
                check=True, capture_output=True).stdout)
            self.assertEqual(1, len({read(package, file).stdout for package in PACKAGES}))
            with h5py.File(file) as run:
                last = {name: course[-1] for name, course in run["timelines"].items() if name.endswith(".mean")}
            self.assertGreater(len(last), 1)
            for package in PACKAGES:
                done = read(package, file)
                self.assertEqual(0, done.returncode, done.stderr)
                told = {line.split(": ")[0]: line.split(": ")[1] for line in done.stdout.splitlines()}
                for outcome in summary["outcomes"]:
                    if "." not in outcome["name"]:
                        mean = float(told[outcome["name"]].split()[1].rstrip(","))
                        self.assertAlmostEqual(outcome["mean"], mean, 6, outcome["name"])
                for ending in summary["endings"]:
                    if ending["count"]:
                        self.assertAlmostEqual(ending["probability"], float(told[f"ending {ending['name']}"]), 9)
                for name, value in last.items():
                    self.assertAlmostEqual(value, float(told[f"{name.removesuffix('.mean')} on the last day"]), 6)
                wrong = read(package, file, "nothing")
                self.assertNotEqual(0, wrong.returncode)
                self.assertIn("has no outcome 'nothing'", wrong.stderr)

    def test_files_whose_trials_are_not_those_of_one_run_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            scenario = SOURCE / "scenarios" / "neutral-a-b.yaml"
            kept, refused = folder / "kept.h5", {}
            subprocess.run([TRUCE, "run", scenario, "-n", "50", "--keep", "20", "-o", kept, "--quiet"], check=True)
            refused[kept] = "does not keep the rows of all trials"
            for trials in (1, 20):
                study = folder / f"study{trials}.yaml"
                study.write_text(STUDY.format(scenario=scenario, trials=trials))
                file = study.with_suffix(".h5")
                subprocess.run([TRUCE, "study", study, "-o", file, "--quiet"], check=True)
                refused[file] = "is of a study"
            for package in PACKAGES:
                for file, why in refused.items():
                    done = read(package, file)
                    self.assertEqual((1, ""), (done.returncode, done.stdout), file)
                    self.assertIn(why, done.stderr)


if __name__ == "__main__":
    if not PACKAGES:
        print("skipped: neither hdf5r nor ncdf4 for R is here", file=sys.stderr)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
