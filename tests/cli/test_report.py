#!/usr/bin/python3
"""What the verbs print of results: parameters, widths, words. Usage: test_report.py TRUCE SOURCE_DIR"""

import json
import re
import subprocess
import sys
import unittest

import h5py
import numpy as np
import xarray as xr

from program import CAIRO, NEUTRAL, SOURCE, Program

DRAWN = """
truce: 2
horizon: 1
parameters:
  a: {value: 0.5, prior: "uniform(0, 1)"}
  b: {value: 2, prior: exponential(2)}
  twice: 2 * a
  plain: 4
correlations: [{between: [a, b], rho: 0.6}]
outcomes: {a: {value: a}, b: {value: b}, twice: {value: twice}, plain: {value: plain}}
"""


class ReportTest(Program):
    def told(self, *arguments, expect=0):
        return json.loads(self.truce(*arguments, "--json", expect=expect).stdout)

    def write(self, name, text):
        (self.path / name).write_text(text)
        return name


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


class TraceTest(ReportTest):
    def test_draws_are_told_with_what_they_were_held_against(self):
        self.write("s.yaml", """
truce: 2
horizon: 9
parameters: {p: 0.3}
triggers: {t: {at: 1, chance: p}, sure: {at: 2, chance: 1}}
outcomes: {fired: {value: t.fired}}
""")
        seen = set()
        for trial in range(20):
            told = self.told("trace", "s.yaml", "--trial", trial)
            draws = [d for e in told["events"] for d in e["draws"] + e["later_draws"]]
            draw = next(d for d in draws if d["place"] == "t.chance")
            self.assertEqual(draw["probability"], 0.3)
            self.assertEqual(draw["yes"], draw["u"] < 0.3)
            self.assertEqual(draw["yes"], told["row"]["fired"] == 1)
            self.assertGreaterEqual(len(repr(draw["u"])), 12)  # in full, not rounded
            text = self.truce("trace", "s.yaml", "--trial", trial).stdout
            self.assertIn(f"t.chance[0]: drew {draw['u']:.6f} against 0.3: "
                          f"{'yes' if draw['yes'] else 'no'}\n", text)
            self.assertIn(" against 1: yes\n", text)
            seen.add(draw["yes"])
        self.assertEqual(seen, {True, False})

    def test_formulas_that_a_draw_depended_on_are_told_with_their_values(self):
        self.write("s.yaml", """
truce: 2
horizon: 9
parties: {a: {role: principal}, b: {role: principal, trust: {initial: 0.5, breached: -0.1}}}
cohorts: {guests: {held_by: a, living: 30}}
formulas:
  owed: tranche.count / 10
  faith: (b.trust + owed) / 4
  mild: 1 + faith
  idle: 7
responses: {answer: {tolerate: mild, withdraw: 0.5}}
phases:
  p:
    lasts: 8
    obligations:
      give: {by: a, to: b, release: guests, due: [{day: 1, count: 2}, {day: 2, count: 4}], comply: faith, breach: answer}
outcomes: {left: {value: guests.living + idle}}
""")
        seen = 0
        for trial in range(20):
            told = self.told("trace", "s.yaml", "--trial", trial)
            trust = 0.5
            for event in told["events"]:
                for draw in event["draws"] + event["later_draws"]:
                    if draw["place"] == "give.comply":
                        owed = (0.2, 0.4)[draw["number"]]
                        self.assertEqual(draw["formulas"],
                                         {"faith": (trust + owed) / 4, "owed": owed})
                        self.assertEqual(draw["probability"], draw["formulas"]["faith"])
                        trust -= 0 if draw["yes"] else 0.1
                    elif draw["place"] == "give.response":
                        self.assertEqual(list(draw["formulas"]), ["faith", "mild", "owed"])
                        self.assertEqual(draw["formulas"]["mild"], 1 + draw["formulas"]["faith"])
                        seen += 1
        self.assertGreater(seen, 10)
        text = self.truce("trace", "s.yaml", "--trial", 0).stdout
        self.assertRegex(" ".join(text.split()),
                         r"against 0\.175: (complies|does not comply); by faith = 0\.175, owed = 0\.2")

    def test_choices_are_told_with_the_share_of_the_one_chosen(self):
        counts = np.zeros(3)
        for trial in range(60):
            told = self.told("trace", CAIRO, "--trial", trial)
            for event in told["events"]:
                for draw in event["draws"] + event["later_draws"]:
                    if "choice" in draw:
                        self.assertLessEqual(draw["from"], draw["u"])
                        self.assertLessEqual(draw["u"], draw["from"] + draw["probability"] + 1e-15)
                        counts[min(draw["choice"], 3) - 1] += 1
        self.assertGreater(np.count_nonzero(counts), 1)

    def test_compliance_is_told_in_words(self):
        text = self.truce("trace", NEUTRAL, "--trial", 3).stdout
        self.assertRegex(text, r"a_gives\.comply\[0\]: drew 0\.\d{6} against 0\.\d+: complies\n")


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
