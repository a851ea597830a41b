#!/usr/bin/python3
"""Trials that failed, and values that are not there. Usage: test_missing_values.py TRUCE SOURCE_DIR"""

import json
import sys
import unittest

import h5py
import numpy as np

from studies import StudyTest


class Infinite(StudyTest):
    def test_what_is_infinite_is_missing_and_counted_so(self):
        (self.path / "s.yaml").write_text(
            "truce: 2\nhorizon: 10\nincidents: {shot: {rate: 0.1, while: true}}\n"
            "outcomes: {ago: {value: since(shot.occurred)}, most: {peak: since(shot.occurred)}, shots: {value: shot.occurred}}\n")
        text = self.sound("run", "s.yaml", "-n", 1000, "-o", "s.h5")
        with h5py.File(self.path / "s.h5") as file:
            none = file["trials/shots"][:] == 0
            np.testing.assert_array_equal(none, np.isnan(file["trials/ago"][:]))
            self.assertTrue(np.isnan(file["trials/most"][:]).all())
            outcomes = list(file["summary/outcome"].asstr()[:])
            for name, missing in (("ago", none.sum()), ("most", 1000)):
                self.assertEqual(missing, file["summary/missing"][outcomes.index(name)])
                self.assertEqual(0, file[f"distributions/{name}"].attrs["infinite"])
        self.assertIn(f"trials without a value, left out: ago in {none.sum()}, most in 1000", text)
        self.assertAlmostEqual(np.exp(-1), none.mean(), delta=4 * np.sqrt(np.exp(-1) * (1 - np.exp(-1)) / 1000))


class NotCounting(StudyTest):
    """Failed trials, events that never came, points without a value, and what does not vary."""

    SCENARIO = """truce: 2
name: A promise kept ten times
horizon: 20 days
parties:
  a: {role: principal}
  b: {role: principal}
parameters:
  word: {value: 0.9, prior: "uniform(0.5, 1)"}
  boost: {value: 0, prior: "uniform(0, 0.04)"}
  idle: {value: 0, prior: "uniform(0, 1)"}
phases:
  only:
    lasts: 20 days
    obligations:
      aid: {by: a, effects: [], due: [{every: 1, from: 1, to: 10}], comply: word + boost * aid.performed}
outcomes:
  breach: {first: aid.breached > 0}
  kept: {value: aid.performed}
  always: {value: 3}
  promised: {value: word + 0 * idle}
"""

    def study_of(self, vary, extra=""):
        (self.path / "s.yaml").write_text(self.SCENARIO)
        self.study.write_text("study: 1\nname: n\nscenario: s.yaml\ntrials: 200\n"
                              f"design: {{kind: sobol, points: 32}}\nvary: {vary}\n{extra}")
        self.truce("study", "small.yaml", "-o", "s.h5", "--force", "--quiet")
        with h5py.File(self.path / "s.h5") as file:
            return {name: file["trials"][name][:] for name in ("status", "breach", "kept")}

    def report(self, verb, *arguments):
        return json.loads(self.sound(verb, "s.h5", "--json", *arguments))["variants"][0]

    def test_failed_trials_count_for_nothing(self):
        trials = self.study_of("{boost: prior, word: prior}")
        failed = trials["status"] == 1
        self.assertGreater(failed.sum(), 100)
        for verb in ("sensitivity", "discover"):
            report = self.report(verb, "--outcome", "kept", "--threshold", 8)
            self.assertEqual(failed.sum(), report["left_out"]["failed"])
            self.assertIn(f"{failed.sum()} of 6400 trials failed",
                          self.sound(verb, "s.h5", "--outcome", "kept", "--threshold", 8))
        kept = np.where(failed, np.nan, trials["kept"] >= 8)
        kept = kept[~failed.all(axis=1)]
        self.assertAlmostEqual(np.nanmean(kept, axis=1).mean(), report["base_rate"])

    def test_what_never_came_is_later_than_every_threshold(self):
        breach = self.study_of("{word: prior}")["breach"]
        never = np.isnan(breach)
        self.assertGreater(never.sum(), 100)
        report = self.report("discover", "--outcome", "breach", "--threshold", 5)
        self.assertEqual(never.sum(), report["left_out"]["never"])
        self.assertAlmostEqual((never | (breach >= 5)).mean(), report["base_rate"])
        self.assertIn("later than any threshold", self.sound(
            "sensitivity", "s.h5", "--outcome", "breach", "--threshold", 5))

    def test_points_without_a_value_are_left_out_and_named(self):
        breach = self.study_of('{word: "choice(1: 1, 0.8: 3, 0.6: 3)"}')["breach"]
        without = np.isnan(breach).all(axis=1).nonzero()[0]
        self.assertGreater(len(without), 1)
        report = self.report("sensitivity", "--outcome", "breach")
        self.assertEqual(list(without), report["left_out"]["points_without_value"])
        self.assertEqual(32 - len(without), report["points"])
        self.assertIn(f"{len(without)} of 32 points have no value and are left out: {without[0]}, ",
                      self.sound("sensitivity", "s.h5", "--outcome", "breach"))

    def test_parameters_that_are_the_same_wherever_there_is_a_value_have_no_indices(self):
        # Where `kept` is 1 nothing is ever breached.
        breach = self.study_of('{boost: prior, word: "choice(1: 1, 0.7: 3)"}')["breach"]
        without = np.isnan(breach).all(axis=1).sum()
        self.assertGreater(without, 3)
        report = self.report("sensitivity", "--outcome", "breach")
        self.assertIsNone(report["parameters"]["word"]["prcc"]["value"])
        self.assertIsNotNone(report["parameters"]["boost"]["prcc"]["value"])
        text = self.sound("sensitivity", "s.h5", "--outcome", "breach")
        self.assertRegex(text, r"word +- +-")
        self.assertIn("nothing can be said of word, the same at all points that have a value", text)
        self.assertNotIn("take 16 or 32", text)
        self.assertIn("'word' is not varied", self.wrong(
            "sensitivity", "s.h5", "--outcome", "breach", "--group", "word,boost"))

    def test_designs_of_rows_and_trajectories_leave_out_what_is_not_whole(self):
        for design, width, names in (("saltelli, points: 64", 4, "64 rows of the base sample"),
                                     ("morris, points: 40", 3, "40 trajectories")):
            vary = '{idle: prior, word: "choice(1: 1, 0.8: 30, 0.6: 30)"}'
            if design.startswith("morris"):  # whose levels are 1, 0.8, 0.8 and 0.6 then
                vary = '{idle: prior, word: "choice(0.6: 1, 0.8: 2, 1: 1)"}'
            (self.path / "s.yaml").write_text(self.SCENARIO)
            self.study.write_text("study: 1\nname: n\nscenario: s.yaml\ntrials: 200\n"
                                  f"design: {{kind: {design}}}\nvary: {vary}\n")
            self.sound("study", "small.yaml", "-o", "s.h5", "--force", "--quiet")
            with h5py.File(self.path / "s.h5") as file:
                without = np.isnan(file["trials/breach"][:]).all(axis=1)
            units = len(without) // width
            whole = ~(without.reshape(width, units).any(axis=0) if width == 4
                      else without.reshape(units, width).any(axis=1))
            self.assertTrue(0 < (~whole).sum() < units)
            text = self.sound("sensitivity", "s.h5", "--outcome", "breach")
            self.assertIn(f"{(~whole).sum()} of {names} have a point without a value",
                          " ".join(text.split()))
            self.assertIn(f"{without.sum()} of {len(without)} points have no value", text)
        # Where all rows with a value have one value of a parameter, as kept promises have none.
        self.study.write_text("study: 1\nname: n\nscenario: s.yaml\ntrials: 200\n"
                              "design: {kind: saltelli, points: 64}\n"
                              'vary: {idle: prior, word: "choice(1: 1, 0.7: 20)"}\n')
        self.sound("study", "small.yaml", "-o", "s.h5", "--force", "--quiet")
        told = self.report("sensitivity", "--outcome", "breach")
        self.assertIsNone(told["parameters"]["word"]["total"]["value"])
        self.assertTrue(any("nothing can be said of word" in w for w in told["warnings"]))

    def test_too_few_trials_to_tell_their_noise_are_warned_of(self):
        warning = "the trials' noise cannot be told from what the parameters do"
        for design in ("saltelli, points: 64", "morris, points: 20", "latin_hypercube, points: 32"):
            for trials in (1, 3, 4):
                (self.path / "s.yaml").write_text(self.SCENARIO)
                self.study.write_text(f"study: 1\nname: n\nscenario: s.yaml\ntrials: {trials}\n"
                                      f"design: {{kind: {design}}}\nvary: {{word: prior}}\n")
                self.sound("study", "small.yaml", "-o", "s.h5", "--force", "--quiet")
                text = " ".join(self.sound("sensitivity", "s.h5", "--outcome", "kept").split())
                self.assertEqual(trials < 4, warning in text, (design, trials))
                self.assertEqual(trials > 1, "from chance" in text, (design, trials))
                if design.startswith("saltelli"):
                    self.assertEqual(trials == 4, "noise is taken out of both" in text, trials)
                told = self.report("sensitivity", "--outcome", "kept")
                self.assertEqual(trials == 1, told["variance_of_chance"] is None)
                # Without chance no trial is too few; with one it cannot be known.
                told = self.report("sensitivity", "--outcome", "promised")
                self.assertEqual(trials > 1, told["noise_known"], (design, trials))

    def test_the_table_of_a_study_says_what_is_missing_and_what_cannot_be_relied_on(self):
        breach = self.study_of('{word: "uniform(0.9, 1)"}')["breach"]
        text = self.sound("show", "s.h5", "breach", "kept", "always")
        self.assertIn(f"trials without a value, left out: breach in {np.isnan(breach).sum()}\n", text)
        self.assertIn("3 (does not vary)", text)
        few = [line for line in text.splitlines() if "(~ " in line]
        told = json.loads(self.sound("show", "s.h5", "breach", "kept", "--json"))["points"]
        self.assertEqual(len(few) > 0, "\n~ too few trials" in text)
        self.assertTrue(any(p["outcomes"]["breach"]["too_few"] for p in told))
        self.assertFalse(all(p["outcomes"]["kept"]["too_few"] for p in told))

    def test_codes_are_refused_and_constants_do_not_vary(self):
        self.study_of("{word: prior}")
        for verb in ("sensitivity", "discover"):
            for name in ("ending", "cause"):
                self.assertIn("as --ending ", self.wrong(verb, "s.h5", "--outcome", name))
            self.assertIn("does not vary", self.sound(verb, "s.h5", "--outcome", "always",
                                                      *(["--threshold", 2] if verb == "discover" else [])))
        self.assertIs(False, self.report("sensitivity", "--outcome", "always")["varies"])


class Failing(StudyTest):
    SCENARIO = """
truce: 2
horizon: 30 days
parameters: {w: 0.5}
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {living: 8, held_by: a}}
phases:
  only:
    lasts: 25 days
    obligations:
      give: {by: a, to: b, release: guests, due: [{day: 2, count: 4}, {day: 9, count: 4}],
             comply: w + 0.4 * give.performed}
outcomes: {home: {value: guests.freed}}
"""

    def setUp(self):
        super().setUp()
        (self.path / "scenario.yaml").write_text(self.SCENARIO)
        self.study.write_text("study: 1\nname: f\nscenario: scenario.yaml\ntrials: 200\n"
                              "design: {kind: grid}\nvary: {w: [0.5, 0.7, 0.9]}\n")
        done = self.truce("study", "small.yaml", "-o", "f.h5", "-j", 2)
        self.assertEqual(1, done.returncode)

    def test_show_says_how_many_trials_failed_at_which_points_and_why(self):
        with h5py.File(self.path / "f.h5") as file:
            failed = (file["trials/status"][:] == 1).sum(axis=1)
            self.assertEqual([1, 2], list(file["failures/point"][:]))
            self.assertEqual(list(failed[1:]), list(file["failures/count"][:]))
        self.assertEqual(0, failed[0])
        self.assertGreater(failed[1], 100)
        text = self.sound("show", "f.h5")
        self.assertIn(f"{failed.sum()} of 600 trials failed", text)
        self.assertIn("'give.comply': the probability is ... on day ...", text)
        rows = [line for line in text.splitlines() if "as_written" in line]
        for row, count in zip(rows, failed):
            self.assertEqual(count > 0, row.endswith(f" {count} of 200"), row)
        report = json.loads(self.sound("show", "f.h5", "--json"))["failures"]
        self.assertEqual((600, failed.sum()), (report["trials"], report["failed"]))
        self.assertEqual([(1, failed[1]), (2, failed[2])],
                         [(point["point"], point["failed"]) for point in report["points"]])
        reason = report["points"][0]["reasons"][0]
        self.assertIn("the probability is 1.1", reason["message"])
        self.assertEqual(failed[1], reason["count"])

    def test_joined_shards_keep_the_reasons(self):
        for k in (1, 2):
            done = self.truce("study", "small.yaml", "-o", f"{k}.h5", "--shard", f"{k}/2")
            self.assertEqual(k - 1, done.returncode)  # nothing fails at the first point
        self.sound("join", "joined.h5", "2.h5", "1.h5")
        self.assertEqual((self.path / "f.h5").read_bytes(), (self.path / "joined.h5").read_bytes())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
