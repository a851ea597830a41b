"""`sample`: means of runs, from scenarios that are compiled once; and the examples of the pages."""

import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import warnings

import numpy as np

import truce
from support import BREAKS, CAIRO, LOTS, ROOT
from support import truce as program
from truce import _cache


class Sample(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.scenario = self.folder / "lots.yaml"
        self.scenario.write_text(LOTS)

    def replace(self, path, text):
        """As an editor does: the time of the change is another, even where clocks are coarse."""
        before = path.stat().st_mtime_ns
        path.write_text(text)
        os.utime(path, ns=(before + 1, before + 1))

    def test_means_are_those_of_the_program(self):
        found = truce.sample(CAIRO, {"engagement": 0.9}, trials=500, seed=3)
        summary = json.loads(program("run", CAIRO, "-n", 500, "--seed", 3, "--set", "engagement=0.9", "-o",
                                     self.folder / "run.h5", "--json", "--quiet"))
        told = {outcome["name"]: outcome["mean"] for outcome in summary["outcomes"]}
        for kind in ("ending", "cause"):
            shares = {name: value for name, value in found.items() if name.startswith(kind + "=")}
            self.assertAlmostEqual(1, sum(shares.values()))
            self.assertEqual({f"{kind}={share['name']}": share["probability"] for share in summary[kind + "s"]},
                             shares)
            told |= shares
        self.assertEqual(set(told), set(found))
        for name, mean in told.items():
            self.assertTrue(mean == found[name] or (mean is None and math.isnan(found[name])), name)

    def test_they_follow_the_law_of_the_scenario(self):
        for p in (0.1, 0.6):
            found = truce.sample(self.scenario, {"p": p}, trials=20_000)
            self.assertLess(abs(found["prisoners.freed"] - 10 * p), 4 * math.sqrt(10 * p * (1 - p) / 20_000))
            none = (1 - p)**10
            self.assertLess(abs(found["few"] - none), 4 * math.sqrt(none * (1 - none) / 20_000))
        self.assertTrue(math.isnan(found["never"]))
        uncertain = truce.sample(self.scenario, trials=20_000, uncertain=True)
        # Of a uniform chance all numbers from 0 to 10 are as likely: variance 10.
        self.assertLess(abs(uncertain["prisoners.freed"] - 5), 4 * math.sqrt(10 / 20_000))

    def test_settings_and_threads_do_not_mix(self):
        alone = {p: truce.sample(truce.parse(LOTS), {"p": p}) for p in (0.2, 0.4)}
        for _ in range(2):
            for p, expected in alone.items():
                for threads in (0, 1, 3):
                    np.testing.assert_equal(truce.sample(self.scenario, {"p": p}, threads=threads), expected)
        np.testing.assert_equal(truce.sample(self.scenario), truce.sample(self.scenario, {"p": 0.25}))

    def test_a_file_is_read_again_when_it_has_changed(self):
        def freed():
            return truce.sample(self.scenario, {"p": 1}, trials=10)["prisoners.freed"]
        self.assertEqual(10, freed())
        reads = _cache._read[os.path.abspath(os.fsencode(self.scenario)), os.fsencode(self.scenario)]
        self.assertEqual(10, freed())
        self.assertIs(reads, _cache._read[os.path.abspath(os.fsencode(self.scenario)),
                                          os.fsencode(self.scenario)])
        self.replace(self.scenario, LOTS.replace("10, p", "9, p"))
        self.assertEqual(9, freed())
        self.replace(self.scenario, "truce: 2\n")
        self.assertRaises(truce.Error, freed)
        self.scenario.unlink()
        self.assertRaises(truce.Error, freed)
        self.scenario.write_text(LOTS)
        self.assertEqual(10, freed())

    def test_what_it_is_made_of_counts_too(self):
        over, table = self.folder / "over.yaml", self.folder / "numbers.csv"
        table.write_text("n\n3\n3\n")
        over.write_text("extends: lots.yaml\nbegin:\n  - release: {prisoners: \"empirical('numbers.csv', 'n') + few_more\"}\n"
                        "formulas:\n  few_more: p * 4\n")

        def freed():
            return truce.sample(over, {"p": 1}, trials=10)["prisoners.freed"]
        self.assertEqual(7, freed())
        self.assertEqual({str(over), str(self.scenario), str(table)}, set(truce.load(over).files))
        self.replace(table, "n\n4\n4\n")
        self.assertEqual(8, freed())
        self.replace(self.scenario, LOTS.replace("living: 10", "living: 5"))
        self.assertEqual(5, freed())

    def test_a_relative_path_is_that_of_the_working_directory(self):
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        for number in (3, 4):
            below = self.folder / str(number)
            below.mkdir()
            (below / "s.yaml").write_text(LOTS.replace("10, p", f"{number}, p"))
            os.chdir(below)
            for _ in range(2):
                self.assertEqual(number, truce.sample("s.yaml", {"p": 1}, trials=5)["prisoners.freed"])

    def test_values_that_the_program_refuses_are_refused_each_time(self):
        fixed = self.folder / "fixed.yaml"
        fixed.write_text(LOTS.replace("horizon: 10", "horizon: 10 * p"))
        for _ in range(2):
            self.assertEqual(5, truce.sample(fixed, {"p": 0.5}, trials=2)["duration"])
            with self.assertRaisesRegex(truce.Error, f"{fixed}:3:10: error: 'horizon' is 0 days"):
                truce.sample(fixed, {"p": 0})

    def test_the_cache_does_not_grow(self):
        for i in range(3 * _cache.MOST_COMPILED):
            truce.sample(self.scenario, {"p": i / 1000}, trials=1)
        self.assertLessEqual(len(_cache._compiled), _cache.MOST_COMPILED)
        for i in range(2 * _cache.MOST_FILES):
            (self.folder / f"{i}.yaml").write_text(LOTS)
            truce.sample(self.folder / f"{i}.yaml", trials=1)
        self.assertLessEqual(len(_cache._read), _cache.MOST_FILES)

    def test_trials_that_fail_are_told(self):
        self.scenario.write_text(BREAKS)
        with self.assertWarnsRegex(RuntimeWarning, "of 200 trials failed"):
            found = truce.sample(self.scenario, trials=200)
        self.assertAlmostEqual(1, sum(v for name, v in found.items() if name.startswith("ending=")))
        self.scenario.write_text(LOTS.replace("binomial(10, p)", "binomial(10, 2 * p + uniform(1, 2))"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = truce.sample(self.scenario, trials=20)
        self.assertTrue(all(map(math.isnan, found.values())))


class Pages(unittest.TestCase):
    def printed(self, script, folder):
        done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return done.stdout

    def test_the_examples_of_the_module_s_page(self):
        page = (ROOT / "src" / "python" / "README.md").read_text()
        scripts = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        self.assertGreater(len(scripts), 3)
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "scenarios").symlink_to(ROOT / "scenarios")
            for script in scripts:
                told = re.findall(r"^# (.*)$", script, re.MULTILINE)
                self.assertEqual(told, self.printed(script, folder).splitlines(), script)
            self.assertEqual(["scenarios"], os.listdir(folder))

    def test_the_example_of_the_readme(self):
        page = (ROOT / "README.md").read_text()
        script = re.search(r"^import truce\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0].rstrip("`\n")
        told = re.findall(r"# (.*)$", script, re.MULTILINE)
        self.assertEqual(told, self.printed(script, ROOT).splitlines())


if __name__ == "__main__":
    unittest.main()
