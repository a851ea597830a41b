#!/usr/bin/python3
"""What runs and studies tell of their parameters. Usage: test_parameters.py TRUCE SOURCE_DIR"""

import re
import subprocess
import sys
import unittest

import h5py
import numpy as np
import xarray as xr

from program import NEUTRAL, SOURCE
from reports import DRAWN, ReportTest


class ParameterTest(ReportTest):
    def test_the_example_of_the_page_runs(self):
        page = (SOURCE / "results" / "README.md").read_text()
        code = next(block for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL)
                    if "uncertain.h5" in block)
        (self.path / "results").mkdir()
        self.truce("run", NEUTRAL, "-n", 100, "--uncertain", "-o", "results/uncertain.h5")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                              cwd=self.path, check=True)
        self.assertIn("'", done.stdout)

    def test_drawn_values_are_those_that_the_trials_had(self):
        self.write("s.yaml", DRAWN)
        for threads in (1, 2):
            self.truce("run", "s.yaml", "-n", 70_000, "--uncertain", "--quiet", "-j", threads,
                       "-o", f"{threads}.h5")
        with h5py.File(self.path / "1.h5") as file:
            for name in ("a", "b", "twice"):
                self.assertTrue(np.array_equal(file["parameters"][name][:],
                                               file["trials"][name][:]), name)
            self.assertGreater(np.ptp(file["parameters/a"][:]), 0.9)
        self.assertEqual((self.path / "1.h5").read_bytes(), (self.path / "2.h5").read_bytes())
        drawn = xr.open_dataset(self.path / "1.h5", group="parameters")
        self.assertEqual(sorted(drawn.data_vars), ["a", "b", "twice"])
        self.assertTrue((drawn.trial.values == np.arange(70_000)).all())
        design = xr.open_dataset(self.path / "1.h5", group="design")
        self.assertEqual(design.attrs["kind"], "uncertain")
        for name, origin in {"a": "drawn", "b": "drawn", "twice": "drawn",
                             "plain": "scenario"}.items():
            self.assertEqual(design.origin.sel(parameter=name).item(), origin)
            value = design.value.sel(parameter=name).item()
            self.assertEqual(np.isnan(value), origin == "drawn")
        self.truce("run", "s.yaml", "-n", 50, "--uncertain", "--set", "a=0.25", "-o", "set.h5")
        with h5py.File(self.path / "set.h5") as file:  # what is computed from it is fixed, too
            self.assertEqual(set(file["parameters"]), {"b", "trial"})
        self.truce("run", "s.yaml", "-n", 50, "-o", "plain.h5")
        with h5py.File(self.path / "plain.h5") as file:
            self.assertNotIn("parameters", file)
            self.assertEqual(file["design"].attrs["kind"], "run")

    def test_failed_trials_keep_what_they_drew(self):
        self.write("s.yaml", "{truce: 2, horizon: 9, parameters: {p: {value: 1, prior: "
                             "'uniform(0.5, 1.5)'}}, triggers: {t: {at: 1, chance: p}}}")
        self.truce("run", "s.yaml", "-n", 3000, "--uncertain", "-o", "r.h5", expect=1)
        with h5py.File(self.path / "r.h5") as file:
            failed = file["trials/status"][:] == 1
            self.assertTrue(np.array_equal(failed, file["parameters/p"][:] > 1 + 1e-9))

    def test_summaries_say_which_parameters_were_set_and_drawn(self):
        self.write("s.yaml", DRAWN)
        said = {}
        for name, options in {"plain": [], "x": ["--set", "b=3"], "y": ["--set", "b=3.5"],
                              "drawn": ["--uncertain"]}.items():
            run = self.truce("run", "s.yaml", "-n", 50, *options, "-o", f"{name}.h5").stdout
            self.assertEqual(run, self.truce("show", f"{name}.h5").stdout)
            said[name] = [line for line in run.splitlines() if line.startswith("parameters: ")]
        self.assertEqual(said["plain"], ["parameters: 4 as in the scenario"])
        self.assertEqual(said["x"], ["parameters: b = 3 (set); 3 others as in the scenario"])
        self.assertEqual(said["y"], ["parameters: b = 3.5 (set); 3 others as in the scenario"])
        self.assertEqual(said["drawn"], ["parameters: a, b, twice (drawn in each trial); 1 other as "
                                         "in the scenario"])
        self.assertIn("a = 0.5", self.truce("show", "plain.h5", "--all").stdout)
        self.assertEqual(self.told("show", "x.h5")["parameters"]["b"], {"origin": "set", "value": 3})
        self.assertEqual(self.told("show", "drawn.h5")["parameters"]["a"], {"origin": "drawn"})

    def test_compare_says_which_parameters_differ(self):
        self.write("s.yaml", DRAWN)
        self.truce("run", "s.yaml", "-n", 50, "--set", "b=3", "-o", "x.h5")
        self.truce("run", "s.yaml", "-n", 50, "-o", "y.h5")
        self.truce("run", "s.yaml", "-n", 50, "--uncertain", "-o", "z.h5")
        self.assertIn("parameters: b: 3 (set) vs 2\n", self.truce("compare", "x.h5", "y.h5").stdout)
        self.assertIn("no parameter differs\n", self.truce("compare", "y.h5", "y.h5").stdout)
        self.assertIn("a: drawn in each trial vs 0.5;",
                      self.truce("compare", "z.h5", "y.h5").stdout)
        told = self.told("compare", "x.h5", "y.h5")
        self.assertEqual(told["parameters_differ"], {"b": {"a": {"origin": "set", "value": 3},
                                                          "b": {"origin": "scenario", "value": 2}}})
        self.assertFalse(told["scenarios_differ"])

    def test_parts_of_runs_are_paired_by_the_numbers_of_their_trials(self):
        self.truce("run", NEUTRAL, "-n", 600, "--set", "word=0.9", "-o", "whole.h5", "--quiet")
        for k in (1, 2):
            self.truce("run", NEUTRAL, "-n", 600, "--shard", f"{k}/3", "-o", f"{k}.h5", "--quiet")
        with h5py.File(self.path / "whole.h5") as whole, h5py.File(self.path / "2.h5") as part:
            trials = part["trials/trial"][()]
            pairs = whole["trials/duration"][()][trials] - part["trials/duration"][()]
        for files, sign in ((("whole.h5", "2.h5"), 1), (("2.h5", "whole.h5"), -1)):
            report = self.told("compare", *files)
            self.assertIn("paired", report["note"])
            duration, = (c for c in report["comparisons"] if c["outcome"] == "duration")
            self.assertAlmostEqual(sign * pairs.mean(), duration["difference"]["value"], places=9)
            self.assertEqual([400, 0][::sign], [duration["unpaired_a"], duration["unpaired_b"]])
            given = self.told("compare", *files, "--given", "duration > 10")
            duration, = (c for c in given["comparisons"] if c["outcome"] == "duration")
            self.assertTrue(duration["paired"])
        report = self.told("compare", "1.h5", "2.h5")
        self.assertIn("independent runs, since their trials have different numbers", report["note"])

    def test_the_better_interval_is_printed_and_marked(self):
        shown = self.truce("run", NEUTRAL, "-n", 20000, "-o", "x.h5").stdout
        self.assertIn("* mean and interval after control variates", shown)
        row, = re.findall(r"^completed +% yes +(\S+) +\* (\S+) to (\S+)", shown, re.M)
        ending, = re.findall(r"^collapsed +\d+ +(\S+) +\* (\S+) to (\S+)", shown, re.M)
        with h5py.File(self.path / "x.h5") as file:
            def best(group, axis, label, mean):
                at = list(file[group][axis].asstr()).index(label)
                return file[group][mean][at], 1.96 * file[group]["se_controlled"][at]

            for printed, (mean, half) in ((row, best("summary", "outcome", "completed", "mean_controlled")),
                                          (ending, best("endings", "ending", "collapsed", "probability_controlled"))):
                for text, value in zip(printed, (mean, mean - half, mean + half)):
                    self.assertAlmostEqual(float(text), 100 * value, delta=0.06)
        # One that has no value in some trials has no controlled mean.
        self.assertRegex(shown, r"(?m)^half_home +day +\S+ +\d")
        self.assertNotIn("*", self.truce("run", NEUTRAL, "-n", 9999, "-o", "y.h5").stdout)

    def test_an_option_that_would_be_passed_over_is_refused(self):
        self.truce("run", NEUTRAL, "-n", 50, "-o", "x.h5")
        for more in (["--json"], ["--given", "duration > 1"], ["duration"]):
            self.assertIn("--controlled beside", self.truce("show", "x.h5", "--controlled", *more, expect=2).stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
