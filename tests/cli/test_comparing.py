#!/usr/bin/python3
"""`compare` and `discover`. Usage: test_comparing.py TRUCE SOURCE_DIR"""

import json
import re
import sys
import unittest

import h5py
import numpy as np

from program import NEUTRAL
from studies import SMALL, StudyTest

FIRST = """truce: 2
name: When the first breach comes
horizon: 10 days
parties:
  a: {role: principal}
  b: {role: principal}
parameters:
  word: {value: 0.9}
  slack: {value: 1}
phases:
  only:
    lasts: 8 days
    obligations:
      aid: {by: a, effects: [], due: [{every: 1, from: 1, to: 5}], comply: word * slack}
outcomes:
  first_breach: {first: aid.breached > 0}
"""


class Discovering(StudyTest):
    def test_the_variant_may_be_an_assumption(self):
        self.sound("study", "small.yaml", "-o", "s.h5")
        arguments = ("discover", "s.h5", "--outcome", "completed", "--at-least", "0.6")
        report = json.loads(self.sound(*arguments, "--across-variants", "--json"))["variants"]
        self.assertEqual(1, len(report))
        self.assertEqual(48, report[0]["points"])
        self.assertEqual({"as_written", "patient"}, set(report[0]["left_out"]))
        with h5py.File(self.path / "s.h5") as file:
            likely = file["trials/completed"][:].mean(axis=1) >= 0.6
        self.assertAlmostEqual(likely.mean(), report[0]["base_rate"])
        search = report[0]["searches"][0]
        if search["found"]:
            self.assertAlmostEqual(search["box"]["density"] * search["box"]["mass"],
                                   search["box"]["coverage"] * likely.mean())
        self.assertIn("needs several variants",
                      self.wrong(*arguments, "--across-variants", "--variant", "patient"))
        self.assertIn("did you mean 'word'?", self.wrong(*arguments, "--categorical", "wrd"))


    def test_a_box_of_few_cases_is_warned_of(self):
        for design, few in (("points: 40", True), ("points: 400", False)):
            self.study.write_text(
                SMALL.replace("points: 24", design).replace("trials: 300", "trials: 20")
                .replace("calm: \"uniform(0.01, 0.05)\"", "word: \"uniform(0.3, 1)\"")
                .replace("  word: prior\n", "").split("variants")[0])
            self.sound("study", "small.yaml", "-o", "s.h5", "--force")
            arguments = ("discover", "s.h5", "--outcome", "completed", "--at-least", "0.45",
                         "--boxes", "1")
            search = json.loads(self.sound(*arguments, "--json"))["variants"][0]["searches"][0]
            self.assertTrue(search["found"])
            self.assertEqual(few, search["validated"]["too_few"])
            warned = re.search(r"only (\d+) cases are in the box: the interval may hold less often",
                               self.sound(*arguments))
            self.assertEqual(few, warned is not None)
            if few:
                self.assertLess(int(warned[1]), 30)


class Comparing(StudyTest):
    def test_two_runs_are_paired_only_where_they_can_be(self):
        for name, seed, n, word in (("a", 1, 2000, 0.85), ("b", 1, 2000, 0.8), ("c", 2, 2000, 0.8),
                                    ("d", 1, 1500, 0.8)):
            self.sound("run", NEUTRAL, "-o", f"{name}.h5", "-n", n, "-s", seed, "--set",
                       f"word={word}")
        def compare(other):
            report = json.loads(self.sound("compare", "a.h5", other, "--json", "--outcome",
                                           "half_home", "--outcome", "least_trust"))
            return report["note"], report["comparisons"]
        note, pairs = compare("b.h5")
        self.assertIn("paired", note)
        self.assertGreater(pairs[1]["variance_reduction"], 1)
        self.assertIn("seeds differ", compare("c.h5")[0])
        # Fewer trials: paired over those that both have.
        fewer = compare("d.h5")[1][1]
        self.assertTrue(fewer["paired"])
        self.assertEqual((1500, 500, 0), (fewer["trials"], fewer["unpaired_a"],
                                          fewer["unpaired_b"]))
        self.assertGreater(fewer["variance_reduction"], 1)
        self.assertIn("500 vs 0 trials are not used",
                      self.sound("compare", "a.h5", "d.h5", "--outcome", "least_trust"))
        self.assertIn("has no outcome 'x'", self.wrong("compare", "a.h5", "b.h5", "--outcome", "x"))

    def test_times_that_may_never_come_are_compared_over_all_trials(self):
        (self.path / "first.yaml").write_text(FIRST)
        self.study.write_text("study: 1\nscenario: first.yaml\ntrials: 4000\n"
                              "design: {kind: grid}\nvary: {word: [0.5, 0.9]}\n"
                              "variants:\n  base: {}\n"
                              "  worse: {parameters: {slack: 0.9}}\n")
        self.sound("study", "small.yaml", "-o", "s.h5")
        report = json.loads(self.sound("compare", "s.h5", "--outcome", "first_breach", "--at", "2",
                                       "--at", "5", "--json"))["comparisons"]
        found = {c["outcome"]: c for c in report}
        # Obligations fall due on days 1 to 5, each is kept with p: never a breach with p^5.
        kept = {"worse": (0.45, 0.81), "base": (0.5, 0.9)}
        for name, days in (("first_breach by day 2", 2), ("first_breach by day 5", 5)):
            by = {v: sum(1 - p ** days for p in ps) / 2 for v, ps in kept.items()}
            entry = found[name]
            self.assertEqual((8000, 0, 0), (entry["count_a"], entry["missing_a"], entry["only_a"]))
            self.assertEqual(("boolean", "1"), (entry["kind"], entry["unit"]))
            self.assertAlmostEqual(by["worse"], entry["mean_a"], delta=0.02)
            self.assertLess(abs(by["worse"] - by["base"] - entry["difference"]["value"]),
                            1.2 * (entry["difference"]["high"] - entry["difference"]["low"]))
        # The mean of min(time, 10): sum over days of the chance of no breach before.
        up_to = {v: sum(1 + p + p**2 + p**3 + p**4 + 5 * p**5 for p in ps) / 2
                 for v, ps in kept.items()}
        entry = found["first_breach up to day 10"]
        self.assertEqual(("number", "day"), (entry["kind"], entry["unit"]))
        self.assertAlmostEqual(up_to["worse"], entry["mean_a"], delta=0.1)
        self.assertLess(abs(up_to["worse"] - up_to["base"] - entry["difference"]["value"]),
                        1.2 * (entry["difference"]["high"] - entry["difference"]["low"]))
        # The times themselves exist in part of the trials, which is counted: a side's missing
        # are those where the other alone has a value, and those where none has.
        entry = found["first_breach"]
        self.assertEqual(("number", "day"), (entry["kind"], entry["unit"]))
        self.assertAlmostEqual(8000 * (0.45**5 + 0.81**5) / 2, entry["missing_a"], delta=200)
        self.assertEqual(8000, entry["count_a"] + entry["only_a"] + entry["missing_a"])
        self.assertIn("missing: trials without a value", self.sound("compare", "s.h5"))

    def test_categories_are_compared_by_their_labels(self):
        for name, word in (("a", 0.85), ("b", 0.6)):
            self.sound("run", NEUTRAL, "-o", f"{name}.h5", "-n", 2000, "--set", f"word={word}")
        self.assertIn("with --ending", self.wrong("compare", "a.h5", "b.h5", "--outcome", "ending"))
        self.assertIn("has no ending 'complete'",
                      self.wrong("compare", "a.h5", "b.h5", "--ending", "complete"))
        report = json.loads(self.sound("compare", "a.h5", "b.h5", "--ending", "completed",
                                       "--equivalence", "0.01", "--see", "0.01", "--json"))
        entry = report["comparisons"][0]
        self.assertEqual("ending completed", entry["outcome"])
        self.assertEqual(("boolean", "1"), (entry["kind"], entry["unit"]))
        shares = [json.loads(self.sound("show", f"{n}.h5", "--json"))["endings"] for n in "ab"]
        for side, mean in zip(shares, (entry["mean_a"], entry["mean_b"])):
            share = next(e for e in side if e["name"] == "completed")
            self.assertAlmostEqual(share["probability"], mean)
        self.assertGreater(entry["p_not_equivalent"], 0.9)
        self.assertGreater(entry["trials_to_see"], 2000)

    def test_points_with_more_trials_count_for_more_and_long_names_fit(self):
        long = "patient_and_forgiving_in_all_that_is_agreed"
        self.study.write_text(f"""study: 1
name: Precise shares
scenario: {NEUTRAL}
seed: 5
precision: {{outcome: completed, half_width: 0.013, at_most: 20000}}
design: {{kind: grid}}
vary: {{word: [0.1, 0.95]}}
variants: {{as_written: {{}}, {long}: {{responses: {{measured: {{withdraw: 0}}}}}}}}
""")
        self.sound("study", "small.yaml", "-o", "s.h5", "--quiet")
        with h5py.File(self.path / "s.h5") as file:
            completed = [(file["trials/status"][row] == 0).sum() for row in range(4)]
            freed = np.where(file["trials/status"][:] == 0, file["trials/duration"][:], np.nan)
        self.assertNotEqual(completed[0], completed[1])
        self.assertIn("more trials count for more", " ".join(self.sound("compare", "s.h5").split()))
        entry = json.loads(self.sound("compare", "s.h5", "--outcome", "duration", "--json"))
        self.assertAlmostEqual(np.nanmean(np.concatenate(freed[2:] - freed[:2])),
                               entry["comparisons"][0]["difference"]["value"])
        for line in self.sound("compare", "s.h5", "--by-point", "--outcome", "duration").splitlines():
            self.assertLessEqual(len(line), 80, line)
        for name, word in (("a", 0.85), ("b", 0.6)):
            self.sound("run", NEUTRAL, "-o", f"{name}.h5", "-n", 100, "--seed", int(100 * word),
                       "--set", f"word={word}")
        apart = " ".join(self.sound("compare", "a.h5", "b.h5").split())
        self.assertIn("share of all pairs of a trial of one and one of the other", apart)
        self.assertNotIn("gain", apart)
        self.assertIn("share of trials", " ".join(self.sound("compare", "s.h5").split()))

    def test_what_does_not_vary_is_said_and_not_tested(self):
        self.sound("run", NEUTRAL, "-o", "a.h5", "-n", 500)
        report = json.loads(self.sound("compare", "a.h5", "a.h5", "--json"))
        for entry in report["comparisons"]:
            self.assertEqual(0, entry["difference"]["value"])
            self.assertEqual(entry["varies"], entry["p_value"] is not None)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
