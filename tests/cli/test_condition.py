#!/usr/bin/python3
"""truce condition, records, and --given, as a user meets them. Usage: test_condition.py TRUCE SOURCE_DIR"""

import json
import math
import sys
import unittest

import h5py
import jsonschema
import numpy as np
import xarray as xr
import yaml

from program import SOURCE, Program

STEPS = """truce: 2
name: Steps
horizon: 20
parameters: {p: {value: 0.4, prior: "beta(2, 3)"}, q: {value: 0.5, prior: "uniform(0, 1)"}}
levels: {steps: 0}
triggers:
  step: {every: 1, while: time < 19.2, chance: p, do: [{add: {steps: 1}}]}
  judge: {at: 19.5, do: [{end: reached, if: steps >= 9}]}
outcomes:
  done_by_10: {peak: "if(time < 10.5, steps, 0)"}
  done_at_end: {value: steps}
  first_done: {first: steps >= 1}
  many: {value: steps >= 9}
timelines: [steps]
"""
RECORD = """record: 1
name: Ten days
known:
- {at: 4.5, that: steps >= 2}
- {at: 10.5, that: steps == 7}
"""


def beta(a, b):
    return math.gamma(a) * math.gamma(b) / math.gamma(a + b)


def exact_evidence():
    """116 of the 120 ways to keep 7 of 10 steps, p being beta(2, 3)."""
    return 116 * beta(9, 6) / beta(2, 3)


class Case(Program):
    def setUp(self):
        super().setUp()
        (self.path / "steps.yaml").write_text(STEPS)
        (self.path / "record.yaml").write_text(RECORD)

    def condition(self, *arguments, record="record.yaml", **options):
        return self.truce("condition", "steps.yaml", "--observed", record, *arguments, **options)

    def known(self, *facts):
        (self.path / "other.yaml").write_text("record: 1\nknown:\n" + "".join(f"- {fact}\n" for fact in facts))
        return "other.yaml"


class Records(Case):
    def test_check(self):
        done = self.truce("check", "record.yaml")
        self.assertIn("sound: Ten days; 2 facts", done.stdout)
        done = self.truce("check", "record.yaml", "steps.yaml", "--scenario", "steps.yaml")
        self.assertIn("fits steps.yaml", done.stdout)
        self.known("{at: 30, that: steps >= 2}")
        done = self.truce("check", "other.yaml", "--scenario", "steps.yaml", expect=2)
        self.assertIn("other.yaml:3:3: error: the fact is of day 30", done.stderr)
        self.known("{at: 3, that: stepss >= 2}")
        self.truce("check", "other.yaml")
        done = self.truce("check", "other.yaml", "--scenario", "steps.yaml", "--json", expect=2)
        found, = (each for each in json.loads(done.stdout)[0]["findings"] if each["file"] == "other.yaml")
        self.assertEqual(("error", 3, 17), (found["severity"], found["line"], found["column"]))
        self.truce("check", "steps.yaml", "--scenario", "steps.yaml", expect=2)

    def test_facts_may_stand_in_any_order(self):
        facts = ["{at: 4.5, that: steps >= 2}", "{from: 0, to: 5, that: steps < 6}", "{at: 10.5, that: steps == 7}"]
        told = []
        for order in (facts, facts[::-1]):
            self.condition("-n", 2000, "--quiet", "-o", "x.h5", "--force", record=self.known(*order))
            with h5py.File(self.path / "x.h5") as file:
                told.append(file["evidence"].attrs["evidence"])
        self.assertEqual(*told)
        self.assertGreater(told[0], 0)

    def test_schema(self):
        text = self.truce("schema", "record").stdout
        self.assertEqual(text, (SOURCE / "scenarios" / "record.schema.json").read_text(),
                         "run: truce schema record > scenarios/record.schema.json")
        schema = json.loads(text)
        jsonschema.Draft7Validator.check_schema(schema)
        good = yaml.safe_load(RECORD)
        jsonschema.validate(good, schema)
        for wrong in ({"record": 2}, {"known": []}, {"record": 1, "known": [{"at": 3}]},
                      {"record": 1, "known": [{"that": "x", "event": "y"}]}, {"record": 1, "no": 1},
                      {"record": 1, "known": [{"event": "x", "between": [1]}]}):
            with self.assertRaises(jsonschema.ValidationError):
                jsonschema.validate(wrong, schema)
        for record in (SOURCE / "scenarios").rglob("*.yaml"):
            text = record.read_text()
            if "\nrecord: 1" in "\n" + text:
                jsonschema.validate(yaml.safe_load(text), schema)


class Conditions(Case):
    def test_writes_a_run_given_the_facts(self):
        done = self.condition("--uncertain", "-n", 2000, "-o", "a.h5")
        self.assertIn("evidence, the probability of all that", done.stdout)
        self.assertIn("steps == 7 on day 10.5", done.stdout)
        self.assertIn("truce compares assumptions", done.stdout)
        self.assertLessEqual(max(map(len, done.stdout.splitlines())), 80)
        trials = xr.open_dataset(self.path / "a.h5", group="trials")
        self.assertTrue((trials.done_by_10 == 7).all())
        posterior = xr.open_dataset(self.path / "a.h5", group="posterior")
        p = posterior.sel(parameter="p")
        self.assertAlmostEqual(0.6, float(p["mean"]), delta=0.02)
        self.assertAlmostEqual(0.4, float(p["prior_mean"]), delta=0.02)
        self.assertIn("hardly moved: q", done.stdout)
        with h5py.File(self.path / "a.h5") as file:
            low, high = file["evidence"].attrs["evidence_low"], file["evidence"].attrs["evidence_high"]
            self.assertLess(low, file["evidence"].attrs["evidence"])
            self.assertLess(0.8 * low, exact_evidence())
            self.assertGreater(1.2 * high, exact_evidence())
        self.assertEqual(done.stdout, self.truce("show", "a.h5").stdout)
        report = json.loads(self.truce("show", "a.h5", "--json").stdout)["conditioned"]
        self.assertEqual(2, len(report["facts"]))
        self.assertEqual(["p"], [each["name"] for each in report["posterior"] if each["moved"]])

    def test_files_do_not_depend_on_threads(self):
        for method in ("rejection", "smc"):
            for threads in (1, 3):
                self.condition("--uncertain", "-n", 500, "--effective", 300, "--method", method, "-j", threads,
                               "-o", f"{method}{threads}.h5", "--quiet")
            self.assertEqual((self.path / f"{method}1.h5").read_bytes(), (self.path / f"{method}3.h5").read_bytes())

    def test_rows_of_rejection_can_be_traced(self):
        self.condition("--uncertain", "-n", 50, "--method", "rejection", "-o", "a.h5", "--quiet")
        origin = xr.open_dataset(self.path / "a.h5", group="evidence").origin
        trials = xr.open_dataset(self.path / "a.h5", group="trials")
        for row in (0, 7, 49):
            trace = json.loads(self.truce("trace", "steps.yaml", "--uncertain", "--trial", int(origin[row]),
                                          "--json").stdout)
            self.assertEqual(trace["row"]["done_at_end"], int(trials.done_at_end[row]))

    def test_intervals_are_wider_where_trials_depend_on_each_other(self):
        self.condition("--uncertain", "-n", 20000, "--at-most", 2000, "--method", "smc", "-o", "a.h5", "--quiet")
        summary = xr.open_dataset(self.path / "a.h5", group="summary").sel(outcome="done_at_end")
        independent = float(summary.sd) / 20000**0.5
        self.assertGreater(float(summary.se), 3 * independent)
        given = json.loads(self.truce("show", "a.h5", "--given", "many", "--json").stdout)
        outcome = next(each for each in given["outcomes"] if each["name"] == "done_at_end")
        self.assertGreater(outcome["se"], 2 * outcome["sd"] / outcome["count"]**0.5)
        self.truce("compare", "a.h5", "a.h5", expect=2)
        self.truce("why", "a.h5", expect=2)

    def test_trials_that_fail_on_the_way_are_told_and_do_not_agree(self):
        """Half of -0.5 to -1, which rounds to a person less than none, is a fourth of the draws; some later than at the start."""
        text = ("truce: 2\nhorizon: 10\nparameters: {n: {value: 1, prior: 'uniform(-1, 1)'}}\n"
                "parties: {a: {role: principal}}\ncohorts: {c: {held_by: a, living: START}}\n"
                "incidents: {shot: {rate: 0.1, while: true}}\ntriggers: {t: {at: 3, chance: LATER}}\n"
                "outcomes: {shots: {value: shot.occurred}}\n")
        at_start = text.replace("START", "n").replace("LATER", "0.5")
        later = text.replace("START", "1").replace("LATER", "'if(n < -0.5, 2, 0.5)'")
        record = self.known("{at: 5, that: shot.occurred == 1}")
        exact = 0.75 * 0.5 * math.exp(-0.5)
        for scenario in (at_start, later):
            (self.path / "fails.yaml").write_text(scenario)
            for method in ("rejection", "smc"):
                done = self.truce("condition", "fails.yaml", "--observed", record, "--uncertain", "-n", 1000,
                                  "--method", method, "-o", "x.h5", "--force", expect=1)
                told = json.loads(self.truce("show", "x.h5", "--json").stdout)["conditioned"]
                begun, failed = told["trials_started"], told["trials_started_failed"]
                self.assertIn(f"{failed} of the {begun} trials begun failed before all was known", done.stderr)
                self.assertIn(f"{failed} of the trials begun failed before", " ".join(done.stdout.split()))
                self.assertAlmostEqual(failed / begun, 0.25, delta=4 * math.sqrt(0.25 * 0.75 / begun))
                low, high = told["evidence_ci"]
                self.assertAlmostEqual(told["evidence"], exact, delta=(high - low))

    def test_refusals_leave_what_is_there(self):
        self.condition("-n", 100, "-o", "a.h5", "--quiet")
        before = (self.path / "a.h5").read_bytes()
        self.condition("-n", 100, "-o", "a.h5", expect=2)
        for facts, said in ((("{at: 30, that: steps > 1}",), "other.yaml:3:3: error: the fact is of day 30"),
                            (("{at: 3, that: steps > 1}", "{at: 3, that: steps < 1}"), "cannot be above 1 and below 1"),
                            (("{at: 3, that: steps > 1", ), "other.yaml:"), ((), "the record knows nothing")):
            done = self.condition("-o", "a.h5", "--force", record=self.known(*facts), expect=2)
            self.assertIn(said, done.stderr)
        done = self.condition("-o", "a.h5", "--force", "--at-most", 100000,
                              record=self.known("{at: 3, that: steps >= 1}", "{at: 5, that: steps >= 6}"), expect=1)
        self.assertIn("other.yaml:4:3: error: no trial agrees with this fact and those before it", done.stderr)
        self.assertEqual(before, (self.path / "a.h5").read_bytes())
        self.assertEqual([], [name for name in self.path.iterdir() if name.name.startswith(".")])
        self.condition("--set", "p", "-o", "b.h5", expect=2)
        self.truce("condition", "steps.yaml", expect=2)
        self.condition(record="steps.yaml", expect=2)
        self.condition(record="none.yaml", expect=2)

    def test_draws_and_measurements(self):
        record = self.known("{draw: step.chance, number: 1, is: yes, by: 1}", "{at: 12, value: steps, is: 9, sd: 1}")
        done = self.condition("--uncertain", "-n", 1000, "-o", "a.h5", record=record)
        self.assertIn("mean likelihood of a measurement", done.stdout)
        self.assertIn("step.chance no. 1: yes", done.stdout)


class Given(Case):
    def setUp(self):
        super().setUp()
        self.truce("run", "steps.yaml", "-n", 3000, "-o", "a.h5", "--quiet")
        self.truce("run", "steps.yaml", "-n", 3000, "--set", "p=0.5", "-o", "b.h5", "--quiet")
        self.a = xr.open_dataset(self.path / "a.h5", group="trials")
        self.b = xr.open_dataset(self.path / "b.h5", group="trials")

    def show(self, condition, *arguments, **options):
        return self.truce("show", "a.h5", "--given", condition, *arguments, **options)

    def test_the_summary_is_that_of_the_subset(self):
        chosen = np.asarray((self.a.done_by_10 >= 5) & (self.a.first_done < 2))
        report = json.loads(self.show("done_by_10 >= 5 and first_done < 2", "done_at_end", "--json").stdout)
        self.assertEqual((int(chosen.sum()), 3000), (report["given_trials"], report["given_of"]))
        steps = np.asarray(self.a.done_at_end)[chosen]
        outcome = next(each for each in report["outcomes"] if each["name"] == "done_at_end")
        self.assertAlmostEqual(steps.mean(), outcome["mean"])
        self.assertAlmostEqual(steps.std(ddof=1) / len(steps)**0.5, outcome["se"])
        self.assertEqual(len(steps), sum(report["distributions"]["done_at_end"]["counts"]))
        text = self.show("done_by_10 >= 5 and first_done < 2", "done_at_end").stdout
        self.assertIn(f"{len(steps)} of 3000 trials", text)
        # All of them: as without a condition.
        everything = json.loads(self.show("done_by_10 >= 0", "--json").stdout)
        whole = json.loads(self.truce("show", "a.h5", "--json").stdout)
        self.assertEqual(whole["outcomes"], everything["outcomes"])
        self.assertEqual(whole["endings"], everything["endings"])

    def test_conditions(self):
        reached = int((self.a.done_at_end >= 9).sum())
        for condition, count in (("ending == reached", reached), ("ending != reached", 3000 - reached),
                                 ("many", int(self.a.many.sum())), ("not many", 3000 - int(self.a.many.sum())),
                                 ("many == 1", int(self.a.many.sum())),
                                 ("done_by_10 > 3 or ending == reached",
                                  int(((self.a.done_by_10 > 3) | (self.a.done_at_end >= 9)).sum())),
                                 ("first_done > 3", int((self.a.first_done > 3).sum())),
                                 ("max(done_by_10, 2) == 2 and if(many, 1, 0) == 0",
                                  int(((self.a.done_by_10 <= 2) & (self.a.many == 0)).sum()))):
            with self.subTest(condition):
                report = json.loads(self.show(condition, "--json").stdout)
                self.assertEqual(count, report["given_trials"])

    def test_refusals(self):
        for condition, said in (("done_by_1 > 3", "did you mean 'done_by_10'?"), ("ending == reach", "incomplete, reached"),
                                ("done_by_10 > 100", "holds in none of its 3000 trials"), ("ending > 3", "is a category"),
                                ("done_by_10", "a number where a condition is expected"), ("done_by_10 >", "character"),
                                ("1 > 0", "reads no column"), ("sin(done_by_10) > 0", "unknown function")):
            with self.subTest(condition):
                done = self.show(condition, expect=2)
                self.assertEqual("", done.stdout)
                self.assertIn(said, done.stderr)
        self.truce("run", "steps.yaml", "-n", 100, "--keep", "none", "-o", "none.h5", "--quiet")
        self.assertIn("none.h5", self.truce("show", "none.h5", "--given", "many", expect=2).stderr)

    def test_compare_takes_pairs_for_which_it_holds_in_both(self):
        both = np.asarray((self.a.done_by_10 >= 4) & (self.b.done_by_10 >= 4))
        difference = np.asarray(self.a.done_at_end.astype(float) - self.b.done_at_end)[both]
        done = self.truce("compare", "a.h5", "b.h5", "--given", "done_by_10 >= 4", "--outcome", "done_at_end", "--json")
        report = json.loads(done.stdout)
        self.assertEqual(int(both.sum()), report["given"]["pairs"])
        self.assertEqual(int((self.a.done_by_10 >= 4).sum()), report["given"]["trials_a"])
        self.assertIn(repr(round(difference.mean(), 6))[:6], done.stdout)
        self.truce("compare", "a.h5", "b.h5", "--given", "done_by_10 > 100", expect=2)
        self.truce("compare", "a.h5", "b.h5", "--given", "steppes > 100", expect=2)
        # Other seeds are no pairs.
        self.truce("run", "steps.yaml", "-n", 1000, "--seed", 2, "-o", "c.h5", "--quiet")
        report = json.loads(self.truce("compare", "a.h5", "c.h5", "--given", "many", "--json").stdout)
        self.assertNotIn("pairs", report["given"])

    def test_compare_of_a_study(self):
        (self.path / "study.yaml").write_text(
            "study: 1\nname: s\nscenario: steps.yaml\ntrials: 500\ndesign: {kind: grid}\nvary: {q: [0.1, 0.9]}\n"
            "variants: {low: {parameters: {p: 0.3}}, high: {parameters: {p: 0.6}}}\n")
        self.truce("study", "study.yaml", "-o", "s.h5", "--quiet")
        done = self.truce("compare", "s.h5", "--given", "done_by_10 >= 3", "--outcome", "done_at_end")
        self.assertIn("given done_by_10 >= 3", " ".join(done.stdout.split()))
        self.truce("compare", "s.h5", "--given", "done_by_10 > 100", expect=2)
        self.truce("show", "s.h5", "--given", "many", expect=2)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
