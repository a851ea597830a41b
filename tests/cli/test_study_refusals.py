#!/usr/bin/python3
"""What is wrong with a study, and which study a file is of. Usage: test_study_refusals.py TRUCE SOURCE_DIR"""

import re
import signal
import subprocess
import sys
import time
import unittest

import h5py

from program import NEUTRAL, TRUCE
from studies import SMALL, StudyTest

EXCHANGE = """truce: 2
name: base
horizon: 40 days
parameters: {p: 0.5}
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 10}}
phases:
  only:
    lasts: 30 days
    obligations:
      give: {by: a, release: guests, due: [{every: 1, to: 8, count: 1}], comply: p, otherwise: {late: 1}, late_by: 1}
outcomes: {home: {value: guests.freed}}
"""


class Identity(StudyTest):
    """Every input that a result depends on keeps shards and attempts apart, by its name."""

    def setUp(self):
        super().setUp()
        (self.path / "base.yaml").write_text(EXCHANGE)
        self.other(EXCHANGE)
        (self.path / "days.csv").write_text("days,cost\n1,5\n2,5\n3,5\n")
        self.study.write_text(
            "study: 1\nscenario: base.yaml\ntrials: 50\ndesign: {kind: grid}\n"
            "vary: {p: [0.1, 0.5, 0.9]}\nvariants: {base: {}, other: {extends: other.yaml}}\n")

    def other(self, text):
        (self.path / "other.yaml").write_text(text)

    def first_shard(self):
        self.sound("study", "small.yaml", "-o", "a.h5", "--shard", "1/2", "--quiet")

    def refusal(self):
        self.sound("study", "small.yaml", "-o", "b.h5", "--shard", "2/2", "--quiet")
        message = self.wrong("join", "no.h5", "a.h5", "b.h5")
        self.assertFalse((self.path / "no.h5").exists())
        return message

    def test_a_variant_in_a_file_of_its_own(self):
        self.first_shard()
        self.other(EXCHANGE.replace("comply: p", "comply: p * 0.5"))
        self.assertIn("the scenario of variant 'other' differs", self.refusal())

    def test_observations(self):
        self.other(EXCHANGE.replace("late_by: 1", "late_by: \"empirical('days.csv', 'days')\""))
        self.first_shard()
        (self.path / "days.csv").write_text("days,cost\n1,6\n2,5\n3,5\n")  # in another column
        self.sound("study", "small.yaml", "-o", "b.h5", "--shard", "2/2", "--quiet")
        self.sound("join", "both.h5", "a.h5", "b.h5")
        with h5py.File(self.path / "both.h5") as file:
            self.assertEqual(file["provenance/inputs/values"][:].tolist(), [1, 2, 3])
            self.assertIn("empirical", file["provenance/variants/scenario_yaml"][1].decode())
        (self.path / "b.h5").unlink()
        (self.path / "days.csv").write_text("days,cost\n1,6\n2,5\n9,5\n")
        self.assertIn("column 'days' of days.csv differs", self.refusal().replace("'both.h5'", ""))

    def test_a_list_of_points(self):
        text = self.study.read_text().replace("kind: grid", "kind: list, file: points.csv")
        self.study.write_text(text.replace("vary: {p: [0.1, 0.5, 0.9]}\n", ""))
        (self.path / "points.csv").write_text("p\n0.1\n0.5\n")
        self.first_shard()
        (self.path / "points.csv").write_text("p\n0.1\n0.6\n")
        self.assertIn("column 'p' of points.csv differs", self.refusal())

    def test_check_tells_what_a_study_would_refuse_or_lose(self):
        for name in ('"a\\nb"', '"a\\u0007b"'):
            self.study.write_text(f"study: 1\nscenario: base.yaml\ntrials: 9\ndesign: {{kind: grid}}\n"
                                  f"vary: {{p: [0.1]}}\nvariants: {{{name}: {{}}}}\n")
            for verb in ("check", "study"):
                self.assertIn("cannot be the name of a variant", self.wrong(verb, self.study.name))
        self.study.write_text("study: 1\nscenario: base.yaml\ntrials: 9\ndesign: {kind: grid}\n"
                              "vary: {p: [0.1]}\nvariants: {fair: {}, odd: {levels: {x: \"uniform(2, 3)\"}, "
                              "triggers: {t: {at: 1, chance: x}}}}\n")
        warned = subprocess.run([str(TRUCE), "check", self.study.name], cwd=self.path, text=True,
                                capture_output=True, check=True).stderr
        self.assertIn("trial 0 fails (variant 'odd', p = 0.1)", warned)

    def test_what_others_put_into_the_folder_of_parts_is_left_there(self):
        parts = self.path / "whole.h5.parts"
        parts.mkdir()
        (parts / "mynotes.txt").write_text("mine")
        self.sound("study", "small.yaml", "-o", "whole.h5", "--quiet")
        self.assertEqual([p.name for p in parts.iterdir()], ["mynotes.txt"])

    def test_a_stopped_study_of_every_design_goes_on(self):
        for kind in ("morris, points: 20, levels: 6", "sobol, points: 32", "saltelli, points: 8"):
            with self.subTest(kind):
                self.study.write_text(
                    SMALL.replace("latin_hypercube, points: 24", kind))
                first = subprocess.Popen([str(TRUCE), "study", "small.yaml", "-o", "on.h5", "--quiet"],
                                         cwd=self.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                parts = self.path / "on.h5.parts"
                while first.poll() is None and not list(parts.glob("0*.h5")):
                    time.sleep(0.01)
                first.send_signal(signal.SIGINT)
                self.assertEqual(130, first.wait())
                self.sound("study", "small.yaml", "-o", "on.h5", "--quiet")
                self.assertFalse(parts.exists())
                self.sound("study", "small.yaml", "-o", "at-once.h5", "--quiet")
                self.assertEqual(*[(self.path / f"{n}.h5").read_bytes() for n in ("on", "at-once")])
                for name in ("on.h5", "at-once.h5"):
                    (self.path / name).unlink()


class Refusing(StudyTest):
    def test_points_that_memory_cannot_hold(self):
        message = self.wrong_study("trials: 300", "trials: 1000000000000")
        self.assertRegex(message, r"small.yaml:\d+:9: error: the rows of 1000000000000 trials of \d+ outcomes at "
                                  r"a point may need \d+\.\d TB of memory")
        # How many rows will be kept is a matter of the command.
        # As it is to be run, it can be.
        self.assertIn("sound", self.sound("check", "small.yaml", "--keep", 10))

    def test_what_is_wrong_is_said_with_its_place(self):
        for old, new, message in (
                ("word: prior", "wrd: prior", "small.yaml:8:3: error: unknown parameter 'wrd'; did "
                 "you mean 'word'?"),
                ("kind: latin_hypercube", "kind: latin", "6:16: error: unknown design 'latin'"),
                ("trials: 300", "precision: {outcome: completed}", "5:12: error: 'precision' does not "
                 "say when to stop; add 'half_width'"),
                ("trials: 300", "precision: {outcome: completed, excludes: 1}",
                 "5:33: error: 'excludes' is of a difference"),
                ("trials: 300", "precision: {outcome: completed, half_width: 1, difference: "
                 "[as_written, patent]}", "5:73: error: unknown variant 'patent'; did you mean "
                 "'patient'?"),
                ("trials: 300", "precision: {outcome: completed, half_width: 1, difference: "
                 "[patient, patient]}", "5:60: error: 'difference' is no list of two variants"),
                ("trials: 300", "precision: {outcome: completd, half_width: 1, difference: "
                 "[as_written, patient]}", "5:22: error: unknown outcome 'completd'"),
                ("points: 24", "points: -1", "'points' is '-1' (expected a whole number from 1"),
                ("points: 24", "points: 1.5", "'points' is '1.5'"),
                (", points: 24", "", "needs the key 'points'"),
                ("trials: 300", "trials: 0", "expected a whole number from 1"),
                ("trials: 300", "trails: 300", "unknown key 'trails'"),
                ("{kind: latin_hypercube, points: 24}", "grid",
                 "error: design: expected a mapping, found 'grid'; write {kind: grid}"),
                ("study: 1\n", "", "error: study lacks the key 'study' (version of the language of studies: 1)"),
                ("seed: 5", "seed: -5", "'seed' is '-5'"),
                ("word: prior", "word: [0.1, 0.2]", "needs 'prior' or a distribution"),
                ("calm: \"uniform(0.01, 0.05)\"", "calm: prior", "'calm' has no prior"),
                ("calm: \"uniform(0.01, 0.05)\"", "calm: \"uniform(0.05, 0.01)\"", "uniform"),
                ("calm: \"uniform(0.01, 0.05)\"", "calm: word + exponential(1)",
                 "no single distribution"),
                ("neutral-a-b.yaml", "nowhere.yaml", "there is no scenario"),
                ("withdraw: 0", "withdrw: 0", "12:36: error: unknown key 'withdrw'"),
                ("patient: {resp", "patient: {extends: no.yaml, resp", "there is no scenario"),
                ("[completed, duration", "[duration, complete",
                 "13:32: error: unknown outcome 'complete'; did you mean 'completed'?"),
                ("outcomes: [", "against: patent, outcomes: [", "unknown variant 'patent'"),
                ("study: 1", "study: 2", "this program reads version 1"),
        ):
            with self.subTest(new):
                self.assertIn(message, self.wrong_study(old, new))

    def test_every_value_given_makes_a_model_before_any_work(self):
        self.study.write_text(SMALL.replace("{kind: latin_hypercube, points: 24}", "{kind: grid}").replace(
            "  word: prior\n  calm: \"uniform(0.01, 0.05)\"", "  calm: [0.01, 0.03]\n  word: [0.5, 0.6, 3, 0.7, 0.8]"))
        for verb in ("study", "check"):
            message = self.wrong(verb, "small.yaml")
            self.assertRegex(message, r"small.yaml:9:3: error: a point makes no model \(variant 'as_written', calm = 0.01, word = 3\)")
            self.assertIn("a probability is between 0 and 1", message)
            self.assertNotIn("--set", message)
        self.assertFalse((self.path / "results").exists())

    def test_a_value_that_is_never_used_is_told(self):
        self.study.write_text(SMALL.replace("{responses: {measured: {withdraw: 0}}}", "{parameters: {word: {value: 0.5}}}"))
        done = self.truce("check", "small.yaml")
        self.assertIn("small.yaml:8:3: warning: the variant 'patient' gives 'word' the value 0.5, which is never used",
                      done.stderr)

    def test_another_study_at_the_output_is_told_by_what_differs(self):
        self.study.write_text(SMALL.replace("points: 24", "points: 8").replace("trials: 300", "trials: 30"))
        self.sound("study", "small.yaml", "-o", "a.h5", "--quiet")
        text = self.study.read_text()
        for new, message in (("seed: 6", "the seed differs"), ("seed: 5\nsummary: more", "the study differs")):
            self.study.write_text(text.replace("seed: 5", new))
            self.assertIn(message, self.wrong("study", "small.yaml", "-o", "a.h5"))
        self.study.write_text(text.replace("trials: 30", "trials: 40"))
        self.assertIn("--extend adds what is new", self.wrong("study", "small.yaml", "-o", "a.h5"))

    def test_lists_are_refused_with_their_line(self):
        (self.path / "points.csv").write_text("word,calm\n0.5,0.02\n0.6,nan\n")
        text = SMALL.replace("{kind: latin_hypercube, points: 24}", "{kind: list, file: points.csv}")
        text = re.sub(r"vary:\n.*\n.*\n", "", text)
        self.study.write_text(text)
        self.assertIn("points.csv:3:5: error: 'nan' is no finite number", self.wrong("check", "small.yaml"))
        (self.path / "points.csv").write_text("word,calm\n0.5,0.02\n0.6,0.03\n")
        self.assertIn("4 points of 2 variants", self.sound("check", "small.yaml"))

    def test_points_that_make_no_model_are_refused_before_or_told(self):
        message = self.wrong_study("calm: \"uniform(0.01, 0.05)\"", "calm: [0.01")
        self.assertIn("YAML", message)
        self.study.write_text(SMALL.replace("uniform(0.01, 0.05)", "uniform(-2, -1)"))
        done = self.truce("study", "small.yaml", "-o", "s.h5")
        self.assertEqual(1, done.returncode)
        self.assertIn("trials failed", done.stderr)
        self.assertIn("rate", done.stderr)

    def test_an_existing_file_is_not_replaced(self):
        (self.path / "s.h5").write_text("precious")
        self.assertIn("exists already", self.wrong("study", "small.yaml", "-o", "s.h5"))
        self.assertEqual("precious", (self.path / "s.h5").read_text())
        for shard in ("0/3", "4/3", "a/b", "1", "1/0", "1/14401"):
            self.wrong("study", "small.yaml", "-o", "t.h5", "--shard", shard)
        self.sound("study", "small.yaml", "-o", "t.h5", "--shard", "14400/14400")

    def test_an_analysis_refuses_what_does_not_fit(self):
        grid = SMALL.replace("{kind: latin_hypercube, points: 24}", "{kind: grid}").replace(
            "word: prior", "word: [0.5, 0.9]").replace("\"uniform(0.01, 0.05)\"", "[0.01, 0.02]")
        self.study.write_text(grid)
        self.sound("study", "small.yaml", "-o", "grid.h5")
        for verb in ("sensitivity", "discover"):
            self.assertIn("a design of kind 'grid' is no sample",
                          self.wrong(verb, "grid.h5", "--outcome", "completed"))
            self.assertIn("give --outcome NAME (duration, completed, ", self.wrong(verb, "grid.h5"))
            self.assertIn("just one of", self.wrong(verb, "grid.h5", "--outcome", "completed", "--ending", "completed"))
        self.assertIn("no outcome", self.wrong("sensitivity", "grid.h5", "--outcome", "x"))
        self.sound("run", NEUTRAL, "-o", "run.h5", "-n", 50)
        self.assertIn("is of a run, not of a study",
                      self.wrong("sensitivity", "run.h5", "--outcome", "completed"))
        self.assertIn("is of one run", self.wrong("compare", "run.h5"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
