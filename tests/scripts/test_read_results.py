"""scripts/read_results.R, where there is an R: the numbers of the file, by either package. Usage: test_read_results.py TRUCE SOURCE_DIR"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TRUCE, SOURCE = map(pathlib.Path, sys.argv[1:3])
SCRIPT = SOURCE / "scripts" / "read_results.R"


def has(package):
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", f"library({package})"], capture_output=True).returncode == 0


class ReadInR(unittest.TestCase):
    def test_numbers_are_those_of_the_file(self):
        packages = [p for p in ("hdf5r", "ncdf4") if has(p)]
        if not packages:
            print("skipped: neither hdf5r nor ncdf4 for R is here", file=sys.stderr)
            sys.exit(77)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "r.h5"
            summary = json.loads(subprocess.run(
                [TRUCE, "run", SOURCE / "scenarios" / "neutral-a-b.yaml", "-n", "500", "-o", file, "--quiet", "--json"],
                check=True, capture_output=True).stdout)
            for package in packages:
                done = subprocess.run([SCRIPT, file], capture_output=True, text=True,
                                      env=dict(os.environ, TRUCE_R_PACKAGE=package))
                self.assertEqual(0, done.returncode, done.stderr)
                told = {line.split(": ")[0]: line.split(": ")[1] for line in done.stdout.splitlines()}
                for outcome in summary["outcomes"]:
                    if "." not in outcome["name"]:
                        mean = float(told[outcome["name"]].split()[1].rstrip(","))
                        self.assertAlmostEqual(outcome["mean"], mean, 6, outcome["name"])
                for ending in summary["endings"]:
                    if ending["count"]:
                        self.assertAlmostEqual(ending["probability"], float(told[f"ending {ending['name']}"]), 9)
                wrong = subprocess.run([SCRIPT, file, "nothing"], capture_output=True, text=True,
                                       env=dict(os.environ, TRUCE_R_PACKAGE=package))
                self.assertNotEqual(0, wrong.returncode)
                self.assertIn("has no outcome 'nothing'", wrong.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
