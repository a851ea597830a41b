#!/usr/bin/python3
"""truce why, as a user meets it. Usage: test_why.py TRUCE SOURCE_DIR"""

import json
import sys
import unittest

import h5py

from program import NEUTRAL, Program

# Three steps are needed; the wait decides whether the last one comes in time.
STEPS = """truce: 2
name: Steps
horizon: 10
parameters: {p: {value: 0.7, prior: "uniform(0.5, 0.9)"}}
levels: {done: 0}
triggers:
  first: {at: 1, chance: p, do: [{add: {done: 1}}]}
  second: {at: 2, chance: p, do: [{add: {done: 1}}, {signal: halfway}]}
  late: {upon: second.fired, do: [{add: {done: 1}, after: "uniform(0, 8)"}]}
  judge: {at: 6, do: [{end: reached, if: done >= 3}]}
outcomes: {steps: {value: done}, all: {value: done >= 3}}
"""


class WhyTest(Program):
    def setUp(self):
        super().setUp()
        (self.path / "steps.yaml").write_text(STEPS)

    def why(self, *arguments, **options):
        return self.truce("why", *arguments, **options)

    def report(self, *arguments):
        return json.loads(self.why(*arguments, "--json").stdout)

    def refused(self, *arguments):
        done = self.why(*arguments, expect=2)
        self.assertEqual("", done.stdout)
        return done.stderr


class OneTrial(WhyTest):
    def test_tells_each_turning_point(self):
        reached = 0
        for trial in range(12):
            report = self.report("steps.yaml", "--trial", trial)
            trace = json.loads(self.truce("trace", "steps.yaml", "--trial", trial, "--json").stdout)
            self.assertEqual(report["result"], trace["row"]["ending"])
            draws = [draw for event in trace["events"] for draw in event["draws"] + event["later_draws"]]
            self.assertEqual(report["draws"], len(draws))
            for point in report["turning_points"]:
                self.assertIn((point["stream"], point["number"], point["u"]),
                              [(draw["place"], draw["number"], draw["u"]) for draw in draws])
            if report["result"] != "reached":
                continue
            reached += 1
            first, second, wait = report["turning_points"]
            self.assertEqual([1, 2], [first["day"], second["day"]])
            for chance in (first, second):
                self.assertEqual("yes", chance["came_to"])
                self.assertAlmostEqual(0.3, chance["probability_of_change"])
            # Quantiles 0.5, 1.5, ..., 7.5 days after day 2: those from 4.5 on are too late.
            self.assertEqual("value", wait["kind"])
            self.assertEqual([0.5], [other["probability"] for other in wait["alternatives"]])
            self.assertEqual((4.5, 7.5), (wait["alternatives"][0]["low"], wait["alternatives"][0]["high"]))
        self.assertGreater(reached, 1)

    def test_tells_it_in_words(self):
        text = self.why(NEUTRAL, "--trial", 3).stdout
        self.assertIn("trial 3: ending", text)
        self.assertIn("In this model", text)
        self.assertNotIn("cause", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertIn("truce compares assumptions", text)

    def test_another_outcome(self):
        report = self.report("steps.yaml", "--trial", 0, "--outcome", "steps", "--by", 1)
        self.assertEqual(("steps", 1), (report["outcome"], report["by"]))
        for point in report["turning_points"]:
            for other in point["alternatives"]:
                self.assertIn(other["result"], ("lower", "higher"))
                self.assertGreaterEqual(abs(other["result_low"] - report["result"]), 1)
        self.report("steps.yaml", "--trial", 0, "--outcome", "all")

    def test_takes_the_settings_of_the_run(self):
        sure = self.report("steps.yaml", "--trial", 0, "--set", "p=1")
        self.assertEqual(1, len(sure["turning_points"]))
        self.assertNotEqual(self.report("steps.yaml", "--trial", 0, "--seed", 1)["turning_points"],
                            self.report("steps.yaml", "--trial", 0, "--seed", 2)["turning_points"])
        # Under --uncertain the draw of a parameter is one of the trial's.
        streams = [stream["stream"] for stream in self.report("steps.yaml", "--uncertain")["streams"]]
        self.assertIn("p.prior", streams)

    def test_a_trial_that_fails(self):
        (self.path / "fails.yaml").write_text(
            'truce: 2\nhorizon: 5\nlevels: {p: 2}\ntriggers: {t: {at: 1, chance: p, do: [{set: {p: 1}}]}}\n')
        self.assertIn("trial 0 fails", self.why("fails.yaml", "--trial", 0, expect=1).stderr)
        self.assertIn("all trials failed", self.why("fails.yaml", "--trials", 5, expect=1).stderr)


class ManyTrials(WhyTest):
    def test_sums_up_by_stream(self):
        report = self.report(NEUTRAL, "--trials", 60)
        self.assertEqual(60, report["trials"])
        self.assertGreater(len(report["streams"]), 3)
        sums = [stream["changes"] for stream in report["streams"]]
        self.assertEqual(sums, sorted(sums, reverse=True))
        self.assertAlmostEqual(report["all"]["changes"], sum(sums))
        for stream in report["streams"]:
            self.assertAlmostEqual(stream["changes"], sum(stream["changes_to"].values()))
            self.assertLessEqual(stream["changes_ci"][0], stream["changes"])
            self.assertLessEqual(stream["share_ci"][0], stream["share"])
            self.assertEqual(stream["share"], stream["trials"] / 60)
            self.assertLessEqual(stream["turning_points"], stream["draws"])

    def test_is_the_same_for_any_number_of_threads(self):
        texts = {self.why(NEUTRAL, "--trials", 40, "-j", threads, *options).stdout
                 for threads in (1, 2, 5) for options in ((),)}
        self.assertEqual(1, len(texts))
        for threads in (1, 3):
            self.why("steps.yaml", "--trials", 50, "-j", threads, "-o", f"{threads}.h5")
        self.assertEqual((self.path / "1.h5").read_bytes(), (self.path / "3.h5").read_bytes())

    def test_words(self):
        text = self.why(NEUTRAL).stdout
        self.assertIn("in this model: 300 trials", " ".join(text.split()))
        self.assertNotIn("cause", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_of_a_results_file(self):
        self.truce("run", "steps.yaml", "-n", 80, "--set", "p=0.6", "--seed", 5, "--quiet", "-o", "run.h5")
        of_file = self.report("run.h5", "--trials", 70)
        self.assertEqual(of_file, self.report("steps.yaml", "--trials", 70, "--set", "p=0.6", "--seed", 5))
        self.assertEqual(80, self.report("run.h5")["trials"])  # all that there are, where fewer than 300
        self.assertEqual(self.report("run.h5", "--trial", 7),
                         self.report("steps.yaml", "--trial", 7, "--set", "p=0.6", "--seed", 5))
        self.truce("run", "steps.yaml", "-n", 30, "--uncertain", "--quiet", "-o", "drawn.h5")
        self.assertEqual(self.report("drawn.h5"), self.report("steps.yaml", "--trials", 30, "--uncertain"))

    def test_writes_a_run_with_turning_points(self):
        self.why("steps.yaml", "--trials", 40, "-o", "why.h5")
        self.truce("run", "steps.yaml", "-n", 40, "--quiet", "-o", "run.h5")
        self.assertEqual(self.truce("show", "run.h5").stdout, self.truce("show", "why.h5").stdout)
        report = self.report("steps.yaml", "--trials", 40)
        with h5py.File(self.path / "why.h5") as file, h5py.File(self.path / "run.h5") as run:
            group = file["turning_points"]
            self.assertEqual(report["all"]["changes"], group.attrs["all_changes"])
            self.assertEqual([stream["stream"] for stream in report["streams"]],
                             [name.decode() for name in group["stream"]])
            self.assertEqual([stream["share"] for stream in report["streams"]], list(group["share"]))
            self.assertAlmostEqual(report["all"]["turning_points"], group["trial_turning_points"][()].mean())
            self.assertEqual(list(run["trials/ending"]), list(file["trials/ending"]))
        self.assertIn("exists already", self.why("steps.yaml", "--trials", 40, "-o", "why.h5", expect=2).stderr)
        self.why("steps.yaml", "--trials", 41, "-o", "why.h5", "--force")
        self.assertEqual(41, self.report("why.h5")["trials"])  # it is a run's file


class Refused(WhyTest):
    def test_threads_may_be_said_of_one_trial(self):
        self.truce("why", "steps.yaml", "--trial", 1, "-j", 1)

    def test_bad_input(self):
        self.truce("run", "steps.yaml", "-n", 20, "--quiet", "-o", "run.h5")
        for arguments, message in (
                (("steps.yaml", "--outcome", "step", "--by", 1), "did you mean 'steps'?"),
                (("steps.yaml", "--outcome", "steps"), "--by"),
                (("steps.yaml", "--outcome", "steps", "--by", 0), "above 0"),
                (("steps.yaml", "--outcome", "all", "--by", 1), "yes or no"),
                (("steps.yaml", "--by", 1), "label"),
                (("steps.yaml", "--trial", 1, "--trials", 5), "--trials beside --trial"),
                (("steps.yaml", "--trial", 1, "-o", "x.h5"), "--output beside --trial"),
                (("steps.yaml", "--force"), "--force needs --output"),
                (("steps.yaml", "--trial", "x"), "no whole number"),
                (("steps.yaml", "--trial", 2 ** 48), "not between"),
                (("steps.yaml", "--trials", 0), "not between"),
                (("steps.yaml", "--set", "q=1"), "q"),
                (("steps.yaml", "-o", "x.csv"), "HDF5"),
                (("nowhere.yaml",), "nowhere.yaml"),
                (("run.h5", "--trial", 20), "has the trials 0 to 19"),
                (("run.h5", "--trials", 21), "has 20"),
                (("run.h5", "--seed", 2), "says its own seed"),
                (("run.h5", "--outcome", "setps"), "did you mean 'steps'?")):
            with self.subTest(arguments):
                self.assertIn(message, self.refused(*arguments))
        self.assertFalse((self.path / "x.h5").exists())

    def test_files_of_something_else(self):
        (self.path / "study.yaml").write_text("study: 1\nname: S\nscenario: steps.yaml\ntrials: 10\n"
                                              "design: {kind: grid}\nvary: {p: [0.5, 0.9]}\n")
        self.truce("study", "study.yaml", "--quiet", "-o", "study.h5")
        self.assertIn("study", self.refused("study.h5"))
        self.truce("run", "steps.yaml", "-n", 20, "--quiet", "-o", "run.h5")
        with h5py.File(self.path / "run.h5", "r+") as file:
            file["trials/ending"][3] = (file["trials/ending"][3] + 1) % 2
        self.assertIn("trial 3 is another one when replayed", self.refused("run.h5"))

    def test_help(self):
        text = self.why("--help").stdout
        self.assertIn("Example: truce why", text)
        self.assertIn("in this model", " ".join(text.split()))
        self.assertIn("why", self.truce("--help").stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
