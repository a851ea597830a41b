#!/usr/bin/python3
"""What the verbs print of results: failures, names, words. Usage: test_report.py TRUCE SOURCE_DIR"""

import re
import sys
import unittest

import h5py
import numpy as np

from program import CAIRO, NEUTRAL
from reports import DRAWN, ReportTest


class FailureTest(ReportTest):
    """Trials that fail are no random choice: every report says how many, why, and at which points."""

    SCENARIO = """
truce: 2
horizon: 9
parameters: {q: 0.5}
levels: {x: "uniform(0.5, 1.02)"}
triggers: {t: {at: 1, chance: x}, u: {at: 2, chance: q}}
outcomes: {fired: {value: u.fired >= 1}}
"""
    STUDY = """
study: 1
scenario: s.yaml
design: {kind: sobol, points: 32}
vary: {q: "uniform(0.2, 0.8)"}
variants: {one: {}, two: {name: another}}
trials: 200
compare: {against: one, outcomes: [fired]}
"""

    def test_every_report_tells_them(self):
        self.write("s.yaml", self.SCENARIO)
        self.write("study.yaml", self.STUDY)
        self.truce("study", "study.yaml", "-o", "study.h5", expect=1)
        for name, q in (("a", 0.4), ("b", 0.6)):
            self.truce("run", "s.yaml", "-n", 500, "--set", f"q={q}", "-o", f"{name}.h5", expect=1)
        failed = {}
        for name in ("study", "a", "b"):
            with h5py.File(self.path / f"{name}.h5") as file:
                failed[name] = int(np.count_nonzero(file["trials/status"][:] == 1))
            self.assertGreater(failed[name], 0)
        for arguments in (["show", "study.h5"], ["show", "study.h5", "fired"],
                          ["sensitivity", "study.h5", "--outcome", "fired"],
                          ["discover", "study.h5", "--outcome", "fired"], ["compare", "study.h5"]):
            text = " ".join(self.truce(*arguments).stdout.split())
            self.assertIn(f"{failed['study']} of 12800 trials failed", text)
            self.assertIn("'t.chance': the probability is ...", text)
            self.assertRegex(text, r"at \d+ of 64 points: \d+ \(\d+ of 200\)")
            told = self.told(*arguments)["failures"]
            self.assertEqual(told["failed"], failed["study"])
            self.assertEqual(sum(point["failed"] for point in told["points"]), failed["study"])
            self.assertIn("the probability is 1.", told["points"][0]["reasons"][0]["message"])
        text = " ".join(self.truce("compare", "a.h5", "b.h5").stdout.split())
        for name in ("a", "b"):
            self.assertIn(f"warning: {name}.h5: {failed[name]} of 500 trials failed", text)
        told = self.told("compare", "a.h5", "b.h5")
        self.assertEqual([told["failures_a"]["failed"], told["failures_b"]["failed"]],
                         [failed["a"], failed["b"]])


class NameTest(ReportTest):
    def test_wrong_names_are_answered_with_the_right_ones(self):
        self.write("s.yaml", FailureTest.SCENARIO.replace("1.02", "0.9"))
        self.write("study.yaml", FailureTest.STUDY)
        self.truce("study", "study.yaml", "-o", "study.h5", "--quiet")
        for arguments, hint in (
                (["sensitivity", "study.h5", "--outcome", "fird"], "did you mean 'fired'?"),
                (["discover", "study.h5", "--outcome", "fird"], "did you mean 'fired'?"),
                (["sensitivity", "study.h5", "--ending", "horizn"], "did you mean 'horizon'?"),
                (["compare", "study.h5", "--against", "onee"], "did you mean 'one'?"),
                (["sensitivity", "study.h5", "--outcome", "fired", "--variant", "tow"],
                 "did you mean 'two'?"),
                (["run", "s.yaml", "--set", "q=0,5"], "with a point for decimals and no comma")):
            done = self.truce(*arguments, expect=2)
            self.assertIn(hint, done.stderr)
            self.assertEqual(done.stdout, "")


class WordsTest(ReportTest):
    STUDY = """
study: 1
name: A study of word and calm
scenario: neutral.yaml
design: {kind: sobol, points: 64}
vary: {word: "uniform(0.5, 0.95)", calm: "uniform(0.5, 0.95)"}
variants: {plain: {}, other: {name: another}}
trials: 40
compare: {against: plain, outcomes: [completed]}
"""

    def check(self, text, what):
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, f"{what}: {line}")
            self.assertNotRegex(line, r"more never|restricted|variance / pairs", what)
            self.assertNotRegex(line, r"(?<![\w.])-0(\.0+)?(?![\d.eE])", what)
            self.assertNotRegex(line, r"\d %? ?- \d", what)  # "to" between bounds

    def test_help_fits_80_columns(self):
        verbs = re.findall(r"^  ([a-z]+) ", self.truce("--help").stdout, re.MULTILINE)
        self.assertGreater(len(verbs), 10)
        for arguments in [[], *([verb] for verb in verbs)]:
            for line in self.truce(*arguments, "--help").stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_every_verb_fits_80_columns(self):
        self.write("neutral.yaml", NEUTRAL.read_text())
        study = self.write("study.yaml", self.STUDY)
        self.truce("run", CAIRO, "-n", 3000, "-o", "a.h5", "--set", "engagement=0.2")
        self.truce("study", study, "-o", "study.h5")
        self.truce("run", CAIRO, "-n", 3000, "-o", "b.h5", "--uncertain")
        for arguments in [["check", CAIRO, NEUTRAL, study], ["run", CAIRO, "-n", 2000],
                          ["run", CAIRO, "-n", 2000, "--all", "-o", "c.h5"], ["show", "a.h5"],
                          ["show", "a.h5", "--all", "duration", "ending"], ["show", "b.h5"],
                          ["show", "study.h5"], ["compare", "a.h5", "b.h5"],
                          ["compare", "study.h5"],
                          ["sensitivity", "study.h5", "--outcome", "completed"],
                          ["discover", "study.h5", "--outcome", "completed"],
                          ["trace", CAIRO, "--trial", 17], ["new", "mine"]]:
            done = self.truce(*arguments)
            self.check(done.stdout, arguments)

    def test_summary_is_of_the_scenarios_own_outcomes_unless_all_are_asked_for(self):
        short = self.truce("run", CAIRO, "-n", 500, "-o", "a.h5").stdout
        self.assertNotIn("release_civilians.performed", short)
        self.assertIn("hostages_freed", short)
        self.assertRegex(short, r"not shown: \d+ other outcomes, which --all tells")
        self.assertIn("release_civilians.performed", self.truce("show", "a.h5", "--all").stdout)
        self.assertLessEqual(len(short.splitlines()), 31)
        told = re.sub(r"\s+", " ", short)
        self.assertRegex(told, r"which --all tells: .*all_three_phases, .*days_in_dispute and \d+ more")

    def test_where_every_trial_failed_there_are_no_empty_tables(self):
        self.write("f.yaml", "{truce: 2, horizon: 5, parameters: {p: {value: 1, prior: \"uniform(-1, -0.5)\"}}, "
                             "incidents: {i: {rate: p}}, outcomes: {x: {value: p}}}")
        told = self.truce("run", "f.yaml", "--uncertain", "-n", 20, "-o", "f.h5", expect=1).stdout
        self.assertIn("no trial is left to tell of", told)
        self.assertNotIn("ending", told)

    def test_means_of_too_few_trials_for_their_skewness_are_marked(self):
        self.write("rare.yaml", "{truce: 2, horizon: 9, triggers: {t: {at: 1, chance: 0.02, do: "
                                "[{end: odd}]}}, outcomes: {seldom: {value: 30 * t.fired}, "
                                "always: {value: 30}}}")
        words = "~ too few trials, for an outcome that may be so skewed"
        few = self.truce("run", "rare.yaml", "-n", 200, "-o", "few.h5").stdout
        self.assertRegex(few, r"seldom .* ~ \S+ to ")
        self.assertIn(words, few)
        many = self.truce("run", "rare.yaml", "-n", 5000, "-o", "many.h5").stdout
        self.assertRegex(many, r"seldom ")
        self.assertNotIn("~", many)

    def test_quiet_prints_nothing(self):
        done = self.truce("run", CAIRO, "-n", 500, "--quiet", "-o", "a.h5")
        self.assertEqual(done.stdout + done.stderr, "")
        done = self.truce("run", self.write("w.yaml", DRAWN), "-n", 50, "--set", "a=7", "--quiet")
        self.assertEqual(done.stdout + done.stderr, "")

    def test_rare_shares_have_digits(self):
        self.write("rare.yaml", "{truce: 2, horizon: 9, triggers: {t: {at: 1, chance: 0.0002, do: "
                                "[{end: odd}]}}, outcomes: {odd: {value: t.fired >= 1}}}")
        text = self.truce("run", "rare.yaml", "-n", 20_000, "-o", "r.h5").stdout
        with h5py.File(self.path / "r.h5") as file:
            count = int(file["trials/odd"][:].sum())
        self.assertGreater(count, 0)
        share = re.search(r"^odd +\d+ +(\S+) ", text, re.M).group(1)
        self.assertAlmostEqual(float(share) / (count / 200), 1, delta=0.05)
        self.assertRegex(text, r"horizon +\d+ +99\.9[5-9]")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
