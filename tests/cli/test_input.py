#!/usr/bin/python3
"""What users write, and what they are told about it. Usage: test_input.py TRUCE SOURCE_DIR"""

import re
import resource
import subprocess
import sys
import unittest

import yaml

from program import NEUTRAL, TRUCE, Program

WAITS = """
truce: 2
horizon: 60
levels: {x: "empirical('waits.csv', 'days')"}
outcomes: {drawn: {value: x}}
"""
LISTED = f"""
study: 1
scenario: {NEUTRAL}
trials: 10
design: {{kind: list, file: points.csv}}
"""


class InputTest(Program):
    def write(self, text, name="s.yaml"):
        file = self.path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def told(self, text, expect=2, name="s.yaml"):
        """What check says of a text."""
        return self.truce("check", self.write(text, name), expect=expect).stderr


class TableTest(InputTest):
    def test_observations_are_read_whole_or_refused(self):
        self.write('who,days\n"a, b",2\n"c\nd",3\ne,8.5\n', "waits.csv")
        self.assertEqual(self.told(WAITS, expect=0), "")
        done = self.truce("run", "s.yaml", "-n", 300, "--json", "--quiet")
        self.assertIn('"max": 8.5', done.stdout)
        for row, message in {"e": "5:1: error: 1 value for 2 names",
                             "e,": "5:3: error: a value is missing",
                             "e,1,5": "5:5: error: 3 values for 2 names",
                             'e,"1,5"': "5:4: error: '1,5' is no finite number; write a decimal",
                             "e,soon": "5:3: error: 'soon' is no finite number",
                             "e,nan": "5:3: error: 'nan' is no finite number"}.items():
            with self.subTest(row):
                self.write(f'who,days\n"a, b",2\n"c\nd",3\n{row}\n', "waits.csv")
                self.assertIn(f"waits.csv:{message}", self.told(WAITS))
        self.write("who,day\na,1\n", "waits.csv")
        self.assertIn("s.yaml:4:14: error: 'waits.csv' has no column 'days'; did you mean 'day'?",
                      self.told(WAITS))
        (self.path / "waits.csv").unlink()
        self.assertIn("s.yaml:4:14: error: cannot read the table 'waits.csv' (No such file",
                      self.told(WAITS))

    def test_points_are_read_whole_or_refused(self):
        for text, message in {"word\n0.5\n0.6\n": "",
                              '"word"\n"0.5"\n': "",
                              "word\n0,5\n": "points.csv:2:3: error: 2 values for 1 name",
                              'word\n"0,5"\n': "points.csv:2:2: error: '0,5' is no finite number",
                              "word\n0.5\n\n0.6\n": "points.csv:3:1: error: an empty line",
                              "word\nhigh\n": "points.csv:2:1: error: 'high' is no finite number",
                              "word\n": "points.csv:1:1: error: there are no rows",
                              "wrod\n1\n": "did you mean 'word'?"}.items():
            with self.subTest(text):
                self.write(text, "points.csv")
                found = self.told(LISTED, expect=2 if message else 0, name="study.yaml")
                self.assertIn(message, found)
                self.assertTrue(message or not found)
        (self.path / "points.csv").unlink()
        self.assertIn("cannot read the table 'points.csv'", self.told(LISTED, name="study.yaml"))

    def test_a_long_cell_is_not_printed_whole(self):
        self.write("days\n" + "x" * 5_000_000 + "\n", "waits.csv")
        self.assertLess(len(self.told(WAITS)), 300)


BASE = """truce: 2
name: Two steps
horizon: 60 days
parameters:
  word: {value: 0.9, prior: "beta(18, 2)"}
parties:
  a: {role: principal, trust: 0.5}
  b: {role: principal}
cohorts:
  guests: {held_by: a, living: 10}
phases:
  only:
    lasts: 30 days
    obligations:
      give: {by: a, release: guests, due: [{day: 7, count: 5}, {day: 14, count: rest}], comply: word}
outcomes:
  all_home: {value: guests.living == 0}
timelines: [a.trust]
"""

# What is written in place of what, and what is said of it; nothing else is said.
MESSAGES = [
    ("horizon: 60 days", "horizon: 6 months",
     "3:12: error: 'months' is no unit of time (units are d, day, days, h, hour, hours, min, minute, minutes, week, "
     "weeks); a month has no fixed length: write days"),
    ("horizon: 60 days", "horizon: 72 hrs", "3:13: error: 'hrs' is no unit of time"),
    ("horizon: 60 days", "horizon: 42 Days", "; write 'days'"),
    ("horizon: 60 days", "horizon: 28 dyas",
     "3:13: error: 'dyas' is no unit of time (units are d, day, days, h, hour, hours, min, minute, minutes, week, "
     "weeks); did you mean '28 days'?"),
    ("horizon: 60 days", "horizon: 12 kg", "weeks); write '12 * kg' if it is a name, or the number alone"),
    ("horizon: 60 days", "horizon 60 days", "3:1: error: this line has no ':' (where a key of the mapping stands)"),
    ("  all_home:", "  'l_<z>': {value: 1}\n  all_home:", "17:3: error: 'l_<z>' is no name of an outcome\n"),
    ("comply: word", "comply: twelve",
     "error: unknown name 'twelve' (a number is expected, or an expression of known names)"),
    ("outcomes:", "bananas: 1\noutcomes:", "error: unknown key 'bananas' in the scenario; there are "),
    ("horizon: 60 days", "horizon: 1,440",
     "3:11: error: a comma in a number; write '1440', or '1.440' if it is a decimal comma"),
    ("living: 10", "living: 3,000",
     "10:32: error: a comma cuts the number '3,000' (inside { } it begins the next key); write '3000', or '3.000' "
     "if it is a decimal comma"),
    ("comply: word", "comply: 0,2", "error: a comma cuts the number '0,2' (inside { } it begins the next key); write '0.2'"),
    ("comply: word", "comply: word if time > 3 else 0.5",
     "error: 'if' stands before its three parts; write 'if(time > 3, word, 0.5)'"),
    ("comply: word", 'comply: "word if (time > 3) else 0.5"', "write 'if((time > 3), word, 0.5)'"),
    ("day: 7", "day: 2025-10-13", "15:50: error: the date '2025-10-13' stands where a number is expected"),
    ("day: 7", "day: 2025-01-26", "15:50: error: the date '2025-01-26' stands where a number is expected"),
    ("count: rest", "count: all", "error: unknown name 'all'; write 'rest' for all who are held then"),
    ("comply: word", "comply: trust", "error: unknown name 'trust'; did you mean 'a.trust'?"),
    ("all_home: {value: guests.living == 0}", "all_home: guests.living == 0",
     "17:13: error: outcome 'all_home': expected a mapping, found 'guests.living == 0'; write {value: guests.living == 0}"),
    ("outcomes:\n  all_home: {value: guests.living == 0}", "outcomes: [guests.living]",
     "expected a mapping of outcome names, found a list; write {NAME: {value: guests.freed}}"),
    ("due: [{day: 7, count: 5}, {day: 14, count: rest}]", "due: {day: 7, count: rest}",
     "'due' of obligation 'give': expected a list, found a mapping; write [{day: 7, count: 5}]"),
    ("due: [{day: 7, count: 5}, {day: 14, count: rest}]", "due: [7]",
     "due entry of 'give': expected a mapping, found '7'; write {day: 7, count: 5}"),
    ("lasts: 30 days", "lasts: 30 days\n    then: only",
     "'then' of phase 'only': expected a list, found 'only'; write [{if: CONDITION, do: [{advance: PHASE}]}]"),
    ("name: Two steps", "name:\u00a0Two steps",
     "2:6: error: an invisible character, a no-break space (U+00A0)"),
    ("  guests: {", "\u00a0 guests: {", "10:1: error: an invisible character, a no-break space (U+00A0)"),
    ("guests: {held_by", "guests: {\u2009held_by", "10:12: error: an invisible character, a thin space (U+2009)"),
    ("count: 5", "count: 5\u200b", "15:61: error: an invisible character, a zero-width space (U+200B); remove it"),
    ("horizon: 60 days", "horizon: 60\u00a0days",
     "3:12: error: an invisible character, a no-break space (U+00A0); write a plain space"),
    # What was taken in silence.
    ("trust: 0.5", "trust: {initial: 20}",
     "7:41: error: 'initial' of 'a.trust' is 20 ('a.trust' is between 0 and 1)"),
    ("trust: 0.5", "trust: 2 * word", "7:31: error: 'initial' of 'a.trust' is 1.8"),
    ("trust: 0.5", 'trust: "uniform(0.3, 2)"', "7:32: warning: draws of 'initial' of 'a.trust' are cut to its bounds"),
    ("trust: 0.5", "trust: {initial: 0.5, breached: -10}",
     "7:56: warning: 'a.trust' is moved by -10, more than its whole range"),
    ("trust: 0.5", "trust: 0.5, will: {initial: 0, min: 1, max: 0}", "error: 'min' of 'a.will' is above its 'max' (1 and 0)"),
    ("timelines: [a.trust]", "triggers: {t: {at: 1, do: [{set: {a.trust: 2}}]}}",
     "warning: 'a.trust' is set to 2 ('a.trust' is between 0 and 1, and is kept there)"),
    ("timelines: [a.trust]\n", "", "7:31: warning: 'a.trust' is never read (trust does nothing by itself)"),
    ("lasts: 30 days", "lasts: 90 days",
     "12:3: warning: the phase 'only' ends on day 90 at the earliest (the horizon is 60 days)"),
    ("outcomes:", "  late: {lasts: 31}\noutcomes:", "16:3: warning: the phase 'late' ends on day 61 at the earliest"),
    ("outcomes:", "triggers: {t: {at: 61, do: [{end: x}]}}\noutcomes:",
     "16:12: warning: the trigger 't' never acts (it would on day 61; the horizon is 60 days)"),
    ("outcomes:", "triggers: {t: {at: 1, limit: 1.5, do: [{end: x}]}}\noutcomes:", "error: 'limit' of 't' is 1.5"),
    ("living: 10", "living: -1", "error: 'living' is -1 (a count is not negative)"),
    ("living: 10", "living: 10, held: 9", "error: cohort 'guests' has 10 living of 9 held"),
    ("count: 5", "count: -5", "error: 'count' is -5 (a count is not negative)"),
    ("comply: word", "comply: word, tolerance: 80",
     "warning: nothing that 'give' gives counts as full (it gives 1 of what is owed, and 'tolerance' is 80)"),
    ("value: 0.9, prior", "value: 1.5, prior", "warning: 'word' is 1.5, which its prior never draws (it draws from"),
    ("comply: word", "comply: word, otherwise: {late: 1}, late_by: exponential(2)",
     "15:7: warning: every late tranche of 'give' is a breach from the first second"),
    ("comply: word", "comply: word, otherwise: {late: 1}, late_by: exponential(2), grace: 0", ""),
    ("comply: word}", "comply: word, verified_by: eyes}\nverification: {eyes: {detects: 0.5}}",
     "warning: a refusal of 'give' to hand over people goes unseen in 50 % of the cases"),
    ("comply: word}", "comply: word, verified_by: eyes}\nverification: {eyes: {detects: 0.9}}", ""),
    ("comply: word}", "comply: word, otherwise: {partial: 1}, partial_share: 0.5, verified_by: eyes}\n"
     "verification: {eyes: {detects: 0.5}}", ""),
]


class SizeTest(InputTest):
    def many(self, head, line, count, expect):
        return self.told("truce: 2\nhorizon: 3\ntriggers: {t: {at: 1, do: []}}\n" + head + "".join(
            line.format(i) for i in range(count)), expect)

    def test_too_many_columns_and_timelines_are_told_by_check(self):
        timeline = ("timelines:\n", "  - t{0}: t.fired + {0}\n")
        self.many(*timeline, 1000, expect=0)
        self.assertIn("s.yaml:1:1: error: 1001 timelines are more than 1000",
                      self.many(*timeline, 1001, expect=2))
        self.assertRegex(self.many("outcomes:\n", "  t{0}: {{value: t.fired + {0}}}\n", 4001, expect=2),
                         r"s.yaml:1:1: error: 40\d\d outcomes are more than 4000")


    def test_limits_are_told_before_any_work(self):
        head = "truce: 2\nhorizon: 10\noutcomes: {x: {value: 1}}\n"
        aliases = "a: &a [" + ",".join("x" * 10) + "]\n" + "".join(
            f"{n}: &{n} [{','.join([f'*{b}'] * 10)}]\n" for b, n in zip("abcdef", "bcdefg"))
        for text, message in {
                head + "name: " + "[" * 65 + "]" * 65: "nested deeper than 64 levels",
                aliases + head: "the document has more than 1,000,000 values (aliases count with all",
                "# " + "x" * (16 << 20) + "\n" + head: "it is larger than 16 MB",
                head + f"levels: {{x: {'(' * 201}1{')' * 201}}}": "nested deeper than 200 levels",
                head + f"levels: {{x: '1{' + 1' * 1001}'}}": "more than 1,000 operators in a row",
                head.replace("10", "100001"): "'horizon' is 100001 days (more than 100000)",
                head + "tick: 1e-7": "more than 10000000 ticks to the horizon",
                "truce: 2\nhorizon: 99999\ntriggers: {t: {at: 1, do: []}}\ntimelines:\n" +
                "".join(f"  - t{i}: t.fired + {i}\n" for i in range(21)):
                    "21 timelines over 99999 days are more than 2000000 values"}.items():
            with self.subTest(message):
                self.assertIn(message, self.told(text))
        self.write(head)
        for trials, code, message in (("1e13", 2, "1e13 is not between 1 and"),
                                      ("1e12", 1, "B are free in .")):
            found = self.truce("run", "s.yaml", "-n", trials, "-o", "x.h5", expect=code).stderr
            self.assertIn(message, found)
        study = "study: 1\nscenario: {}\ntrials: 10\ndesign: {{kind: latin_hypercube, points: {}}}\nvary: {{word: prior}}\n"
        self.assertIn("'points' is '10000001' (expected a whole number from 1 to 10000000)",
                      self.told(study.format(NEUTRAL, 10_000_001), name="study.yaml"))
        self.assertIn("trials of", self.told(study.format(NEUTRAL, 4).replace("trials: 10", "trials: 1e10"),
                                             name="study.yaml"))
        self.assertEqual(sorted(p.name for p in self.path.iterdir()), ["s.yaml", "study.yaml"])

    def test_memory_asked_is_held_to_what_there_may_be(self):
        text = f"study: 1\nscenario: {NEUTRAL}\ntrials: 3e5\ndesign: {{kind: latin_hypercube, points: 4}}\nvary: {{word: prior}}\n"
        self.assertEqual(self.told(text, expect=0, name="study.yaml"), "")
        few = lambda: resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
        found = self.truce("study", "study.yaml", expect=2, preexec_fn=few).stderr
        self.assertRegex(found, "study.yaml:3:9: error: the rows of 300000 trials of .*half of what is there are 200.0 MB")

    def test_a_trial_without_end_names_its_rules(self):
        self.write("truce: 2\nhorizon: 1000\nincidents: {shot: {rate: 1e6, while: true}, calm: {rate: 0.001}}\n"
                   "outcomes: {x: {value: shot.occurred}}\n")
        found = self.truce("run", "s.yaml", "-n", 1, "-o", "x.h5", "--quiet", expect=1).stderr
        self.assertRegex(found, r"trial 0: more than 10000000 events; the last, near day 9\.\d+, are of shot")
        self.assertIn("truce trace s.yaml --trial 0", found)
        # The first and the last of its events are told: all of them would take gigabytes.
        few = lambda: resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
        done = self.truce("trace", "s.yaml", "--trial", 0, expect=1, preexec_fn=few)
        self.assertIn("trial 0: more than 10000000 events", done.stderr)
        self.assertRegex(done.stdout, r"\n\n9\d{6} events are left out\n\n")
        days = [float(day) for day in re.findall(r"^ *(\d+\.\d{4}) ", done.stdout, re.MULTILINE)]
        self.assertTrue(100_000 <= len(days) < 150_000)
        self.assertEqual(days, sorted(days))
        self.assertLess(days[49_999], days[50_000] - 1)
        self.write("truce: 2\nhorizon: 10\nlevels: {n: 0}\n"
                   "triggers: {a: {at: 1, do: [{signal: e}]}, b: {upon: e, do: [{signal: f}]}, c: {upon: f, do: [{signal: e}]}}\n"
                   "outcomes: {x: {value: a.fired}}\n")
        found = self.truce("run", "s.yaml", "-n", 3, "-o", "y.h5", "--quiet", expect=1).stderr
        self.assertRegex(found, r"trials 0, 1, 2: a loop on day 1: more than 100000 steps .* among them .*b.*c")


class MessageTest(InputTest):
    def test_base_is_sound(self):
        self.assertEqual(self.told(BASE, expect=0), "")

    def test_each(self):
        for instead_of, written, message in MESSAGES:
            with self.subTest(written):
                self.assertEqual(BASE.count(instead_of), 1, instead_of)
                done = subprocess.run([TRUCE, "check", self.write(BASE.replace(instead_of, written))],
                                      capture_output=True, text=True, cwd=self.path)
                # What only follows: a probability from that value, names that are not used then.
                follows = ["'comply' is 1.5", "is not used", "'a.will' is never read"]
                if "set" in written:
                    follows.append("'a.trust' is never read")
                lines = [line for line in done.stderr.splitlines()
                         if not any(text in line for text in follows)]
                self.assertEqual(len(lines), 1 if message else 0, done.stderr)
                self.assertIn(message, done.stderr)

    def test_sorted_keys(self):
        lines = yaml.safe_load(BASE)
        lines["phases"] = {"opening": {"lasts": 10}, "closing": {"lasts": 10}, **lines["phases"]}
        self.assertIn("alphabetical order, the phases too, which begin with 'closing'",
                      self.told(yaml.safe_dump(lines), expect=0))
        self.assertEqual(self.told(yaml.safe_dump(lines, sort_keys=False), expect=0), "")

    def test_a_section_with_nothing_below_it_changes_nothing_with_a_warning(self):
        self.write(BASE, "base.yaml")
        self.assertIn("s.yaml:2:1: warning: 'timelines' has nothing below it, which changes nothing",
                      self.told("extends: base.yaml\ntimelines:\n  # - guests.freed\n", expect=0))
        for null in ["null", "~"]:
            self.assertNotIn("nothing below",
                             self.told(f"extends: base.yaml\noutcomes: {null}\n", expect=0))

    def test_a_missing_base_is_all_that_is_told(self):
        found = self.told("extends: no-such-base.yaml\nname: Overlay\n")
        self.assertEqual(len(found.splitlines()), 1)
        self.assertIn("s.yaml:1:10: error: cannot read the base 'no-such-base.yaml'", found)

    def test_a_file_of_nothing(self):
        self.assertIn("s.yaml:1:1: error: the file holds nothing", self.told("~\n"))
        self.assertIn("the file holds nothing", self.truce("study", "s.yaml", expect=2).stderr)


class CommandLineTest(InputTest):
    def test_studies_and_scenarios_are_told_apart(self):
        self.write("word\n0.5\n", "points.csv")
        study = self.write(LISTED, "study.yaml")
        for verb in [["run"], ["trace", "--trial", "0"], ["graph"]]:
            found = self.truce(*verb, study, expect=2).stderr
            self.assertEqual(found, "study.yaml:2:1: error: this is a study, where a scenario is "
                                    "expected; run it with 'truce study'\n")
        found = self.truce("study", NEUTRAL, expect=2).stderr
        self.assertEqual(len(found.splitlines()), 1)
        self.assertIn("this is a scenario, where a study is expected; run it with 'truce run'", found)

    def test_pipes_are_checked_like_files(self):
        text = NEUTRAL.read_text()
        self.assertIn("sound: Neutral", self.truce("check", "/dev/stdin", input=text).stdout)
        done = subprocess.run(["bash", "-c", f"'{TRUCE}' check <(cat '{NEUTRAL}')"],
                              capture_output=True, text=True, timeout=60)
        self.assertIn("sound: Neutral", done.stdout)
        self.assertEqual(done.returncode, 0)
        self.assertIn("error: unknown key", self.truce("check", "/dev/stdin", expect=2,
                                                       input=text + "partys: {}\n").stderr)

    def refused(self, *arguments):
        return self.truce("run", NEUTRAL, "-o", "x.h5", *arguments, expect=2).stderr

    def test_parameters(self):
        self.assertIn("'calm' is set twice", self.refused("--set", "calm=0", "--set", "calm=1"))
        self.assertIn("unknown parameter 'x'; there are word, calm", self.refused("--set", "x=1"))
        self.assertIn("unknown parameter 'wrod'; did you mean 'word'? There are word, calm",
                      self.refused("--set", "wrod=1"))
        self.assertIn("without blanks around '='", self.refused("--set", "calm", "=", "0.1"))
        self.truce("run", NEUTRAL, "-o", "y.h5", "--set", "calm = 0.1", "-n", 10)
        self.assertIn("--set: warning: 'word' is 1.5, which its prior never draws",
                      self.refused("--set", "word=1.5", "--precision", "x=1"))

    def test_a_parameter_that_makes_a_probability_too_large(self):
        scenario = self.write(BASE)
        found = self.truce("run", scenario, "--set", "word=1.5", expect=2).stderr
        self.assertIn("'comply' is 1.5 (a probability is between 0 and 1)", found)

    def test_a_prior_beyond_the_bounds_of_the_level_that_it_starts(self):
        text = """truce: 2
name: A prior below a bound
horizon: 1
parameters: {start_at: {value: 1, prior: "gamma(1, 0.4)"}}
levels: {x: {initial: start_at, min: 0.5, max: 3}}
outcomes: {x: {value: x}}
"""
        found = self.truce("check", self.write(text)).stderr
        self.assertIn("5:23: warning: draws of the prior of 'start_at' are cut to the bounds of 'x'", found)
        within = text.replace("gamma(1, 0.4)", "truncated(gamma(1, 0.4), 0.5, 3)")
        self.assertEqual(self.truce("check", self.write(within)).stderr, "")

    def test_numbers_of_trials(self):
        done = self.truce("run", NEUTRAL, "-n", "1e3", "-o", "y.h5", "--json", "--quiet")
        self.assertIn('"trials": 1000', done.stdout)
        self.assertIn("--trials: '100,000' is no whole number; write 100000",
                      self.refused("-n", "100,000"))
        self.assertIn("'1.5' is no whole number", self.refused("-n", "1.5"))
        self.assertIn("0 is not between 1 and", self.refused("-n", "0"))
        self.assertIn("-5 is not between 1 and", self.refused("-n", "-5"))
        self.assertIn("1e30 is not between 1 and", self.refused("-n", "1e30"))

    def test_options_that_would_be_passed_over(self):
        self.assertIn("--trials beside --precision",
                      self.refused("-n", "100", "--precision", "completed=0.01"))
        self.assertIn("--at-most needs --precision", self.refused("--at-most", "100"))
        self.assertIn("no outcome 'guests'; there are duration", self.refused("--precision", "guests=1"))
        self.write("calm\n0.1\n0.2\n", "points.csv")
        self.write(LISTED, "study.yaml")
        self.truce("study", "study.yaml", "-o", "s.h5")
        for verb in ["sensitivity", "discover"]:
            for threshold in ["nan", "inf"]:
                self.assertIn("expected a finite number",
                              self.truce(verb, "s.h5", "--outcome", "duration", "--threshold",
                                         threshold, expect=2).stderr)
        self.assertIn("has no outcome 'durations'; did you mean 'duration'? There are",
                      self.truce("show", "s.h5", "durations", expect=2).stderr)
        for key in ["points: 8", "levels: 4"]:
            found = self.told(LISTED.replace("kind: list", f"kind: list, {key}"), name="study.yaml")
            self.assertIn(f"a design of kind 'list' takes no '{key.split(':')[0]}'", found)
        self.truce("run", NEUTRAL, "-n", 10, "-o", "a.h5")
        self.assertIn("--against and --by-point belong", self.truce("compare", "a.h5", "a.h5",
                                                                    "--by-point", expect=2).stderr)
        self.assertIn("'duraton'; did you mean 'duration'?", self.truce("show", "a.h5", "duraton", expect=2).stderr)

    def test_verbs(self):
        self.assertIn("unknown verb 'runn'; did you mean 'run'? There are check, run,",
                      self.truce("runn", expect=2).stderr)
        # The first lines name the program as it was called.
        self.assertEqual(self.truce("help").stdout.partition("Options:")[2],
                         self.truce("--help").stdout.partition("Options:")[2])
        self.assertIn("Options:", self.truce("help").stdout)
        self.assertIn("Example: truce run", self.truce("help", "run").stdout)
        self.assertIn("unknown verb 'rum'", self.truce("help", "rum", expect=2).stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
