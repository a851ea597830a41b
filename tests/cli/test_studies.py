#!/usr/bin/python3
"""Studies as a user meets them. Usage: test_studies.py TRUCE SOURCE_DIR"""

import json
import math
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import h5py
import jsonschema
import numpy as np
import xarray as xr
import yaml

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
STUDIES = SOURCE / "scenarios" / "studies"
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"

SMALL = f"""study: 1
name: A small study
scenario: {NEUTRAL}
seed: 5
trials: 300
design: {{kind: latin_hypercube, points: 24}}
vary:
  word: prior
  calm: "uniform(0.01, 0.05)"
variants:
  as_written: {{}}
  patient: {{responses: {{measured: {{withdraw: 0}}}}}}
compare: {{outcomes: [completed, duration]}}
"""

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


class StudyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        self.study = self.path / "small.yaml"
        self.study.write_text(SMALL)

    def truce(self, *arguments):
        return subprocess.run([str(TRUCE), *map(str, arguments)], cwd=self.path,
                              capture_output=True, text=True, check=False)

    def sound(self, *arguments):
        done = self.truce(*arguments)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def wrong(self, *arguments):
        done = self.truce(*arguments)
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        return done.stderr

    def wrong_study(self, old, new):
        self.assertIn(old, SMALL)
        self.study.write_text(SMALL.replace(old, new))
        message = self.wrong("study", "small.yaml", "-o", "no.h5")
        self.assertFalse((self.path / "no.h5").exists())
        self.assertEqual(message, self.wrong("check", "small.yaml"))
        return message


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


FACTORIAL = """truce: 2
name: A known response
horizon: 1
parameters: {a: 0, b: 0, c: 0, e: 0}
levels:
  noise: {initial: "normal(10, 3)"}
  gain: {initial: "uniform(0, 2)"}
outcomes:
  y: {value: noise + (2 + gain) * a + 5 * b + 2 * a * b - 4 * c + 8 * b * c + 0 * e}
"""


class FactorsTest(StudyTest):
    def setUp(self):
        super().setUp()
        (self.path / "base.yaml").write_text(FACTORIAL)
        for factor in "abce":
            (self.path / f"{factor}.yaml").write_text(
                f"truce: 2\nextends: base.yaml\nparameters: {{{factor}: 1}}\n")

    def factorial(self, factors, rest=""):
        of = ", ".join(f"{f}: {f}.yaml" for f in factors)
        self.study.write_text("study: 1\nscenario: base.yaml\ntrials: 2000\nseed: 3\n"
                              f"design: {{kind: grid}}\nfactors: {{{of}}}\n{rest}")
        return self.truce("study", "small.yaml", "-o", "small.h5")

    def effects(self):
        done = self.truce("compare", "small.h5", "--outcome", "y", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return {tuple([e["variant"], *e["factors"]]): e for e in json.loads(done.stdout)["effects"]}

    def test_effects_are_those_of_the_response(self):
        done = self.factorial("abc")
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = self.effects()
        # Main effects hold the others at the mean of off and on; an interaction is how much more one
        # does where the other is on.
        for factors, value in {("b",): 5 + 1 + 4, ("c",): -4 + 4, ("a", "b"): 2, ("a", "c"): 0,
                               ("b", "c"): 8}.items():
            effect = effects["as_written", *factors]["effect"]
            for key in ["value", "low", "high"]:  # the noise is that of all variants of a trial
                self.assertAlmostEqual(effect[key], value, places=9, msg=(factors, key))
        a = effects["as_written", "a"]["effect"]
        self.assertLess(a["low"], 3 + 1)
        self.assertGreater(a["high"], 3 + 1)
        # 2 standard errors of a uniform(0, 2) on either side
        self.assertAlmostEqual(a["high"] - a["low"], 2 * 1.96 * math.sqrt(1 / 3 / 2000), delta=0.004)
        self.assertEqual({tuple(e["aliases"]) for e in effects.values()}, {()})
        text = self.truce("compare", "small.h5", "--outcome", "y").stdout
        self.assertRegex(text, r"y +b x c +8 \(8 to 8\)")

    def test_a_half_fraction_names_what_it_cannot_tell_apart(self):
        done = self.factorial("abce", "fraction: 1/2\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = self.effects()
        # Main effects are free of interactions of two; those come in pairs that add up.
        self.assertAlmostEqual(effects["as_written", "b"]["effect"]["value"], 5 + 1 + 4, places=9)
        self.assertEqual(effects["as_written", "b"]["aliases"], [])
        self.assertEqual(effects["as_written", "a", "b"]["aliases"], ["c x e"])
        self.assertAlmostEqual(effects["as_written", "a", "b"]["effect"]["value"], 2, places=9)
        self.assertAlmostEqual(effects["as_written", "a", "e"]["effect"]["value"], 8, places=9)
        self.assertIn("cannot tell", self.truce("compare", "small.h5", "--outcome", "y").stdout)

    def test_factors_cross_variants(self):
        done = self.factorial("ab", "variants: {low: {}, high: {parameters: {c: 1}}}\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = self.effects()
        self.assertAlmostEqual(effects["low", "b"]["effect"]["value"], 6, places=9)
        self.assertAlmostEqual(effects["high", "b"]["effect"]["value"], 14, places=9)
        text = self.truce("compare", "small.h5", "--outcome", "y").stdout
        for name in ["low+a", "low+b", "low+a+b", "high", "high+a+b"]:
            self.assertIn(name, text)

    def test_what_is_wrong_with_factors(self):
        def told(factors, rest=""):
            done = self.factorial(factors, rest)
            self.assertEqual(done.returncode, 2)
            return done.stderr
        self.assertIn("small.yaml:7:11: error: half of 2 factors (with fewer than 3 their effects "
                      "cannot be told apart); remove 'fraction'", told("ab", "fraction: 1/2\n"))
        self.assertIn("small.yaml:7:11: error: 'fraction' is '1/3'; write 1/2",
                      told("abc", "fraction: 1/3\n"))
        self.assertIn("small.yaml:6:25: error: cannot read the base 'z.yaml'", told("az"))
        (self.path / "f.yaml").write_text("truce: 2\nextends: other.yaml\nparameters: {a: 1}\n")
        (self.path / "other.yaml").write_text(FACTORIAL)
        self.assertIn("small.yaml:6:25: error: the overlay 'f.yaml' builds on 'other.yaml'",
                      told("af"))
        self.assertIn("two variants are called 'a'",
                      told("ab", "variants: {as_written: {}, a: {}}\n"))

    def test_a_varied_parameter_that_one_variant_deletes(self):
        text = "vary: {e: [0, 1]}\nvariants: {kept: {}, gone: {extends: gone.yaml}}\n"
        (self.path / "gone.yaml").write_text(
            FACTORIAL.replace(", e: 0", "").replace(" + 0 * e", ""))
        self.study.write_text("study: 1\nscenario: base.yaml\ntrials: 20\n"
                              "design: {kind: grid}\n" + text)
        done = self.truce("study", "small.yaml", "-o", "small.h5")
        self.assertIn("small.yaml:5:8: error: the variant 'gone' has no parameter 'e' ('kept' has "
                      "it; what is varied is varied in all of them); keep the parameter in every "
                      "variant, or do not vary it", done.stderr)


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
        for kind in ("morris, points: 40, levels: 6", "sobol, points: 64", "saltelli, points: 16"):
            with self.subTest(kind):
                self.study.write_text(
                    SMALL.replace("latin_hypercube, points: 24", kind).replace("trials: 300", "trials: 1500"))
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


class Running(StudyTest):
    def test_endings_that_only_one_variant_has(self):
        (self.path / "base.yaml").write_text(
            "truce: 2\nhorizon: 9\nlevels: {x: 1}\nparameters: {p: 1}\n"
            "triggers: {t: {at: p * x, do: [{end: early}]}}\n")
        self.study.write_text(
            "study: 1\nscenario: base.yaml\ntrials: 20\ndesign: {kind: grid}\nvary: {p: [2, 3]}\n"
            "variants:\n  as_written: {}\n  other: {triggers: {t: {at: 5, do: [{end: late}]}}}\n"
            "  never: {triggers: {t: null}}\n")
        self.sound("study", "small.yaml", "-o", "s.h5", "--quiet")
        with h5py.File(self.path / "s.h5") as file:
            ending, duration = file["trials/ending"], file["trials/duration"][:]
            codes = dict(zip(ending.attrs["flag_meanings"].split(), ending.attrs["flag_values"]))
            variants = file["design/variant"].asstr()[:]
            for variant, label, days in (("as_written", "early", (2, 3)), ("other", "late", (5, 5)),
                                         ("never", "horizon", (9, 9))):
                rows = variants == variant
                self.assertEqual({codes[label]}, set(ending[:][rows].flat))
                self.assertEqual([[day] * 20 for day in days], duration[rows].tolist())

    def test_shards_join_to_the_same_bytes(self):
        self.sound("study", "small.yaml", "-o", "whole.h5", "--quiet", "-j", 2)
        for k in (1, 2, 3):
            self.sound("study", "small.yaml", "-o", f"part{k}.h5", "--shard", f"{k}/3", "-j", 1)
        self.sound("join", "joined.h5", "part3.h5", "part1.h5", "part2.h5")
        whole = (self.path / "whole.h5").read_bytes()
        self.assertEqual(whole, (self.path / "joined.h5").read_bytes())
        self.assertIn("no shard has point", self.wrong("join", "x.h5", "part1.h5", "part3.h5"))
        self.assertIn("has point 0, as", self.wrong("join", "x.h5", "part1.h5", "part1.h5"))
        self.assertIn("exists already", self.wrong("join", "joined.h5", *(f"part{k}.h5" for k in (1, 2, 3))))
        self.study.write_text(SMALL.replace("seed: 5", "seed: 6"))
        self.sound("study", "small.yaml", "-o", "other.h5", "--shard", "2/3")
        self.assertIn("the seed differs",
                      self.wrong("join", "x.h5", "part1.h5", "other.h5", "part3.h5"))
        self.assertIn("is a shard", self.wrong("compare", "part1.h5"))
        self.assertFalse((self.path / "x.h5").exists())

    def test_stopped_it_goes_on_where_it_was(self):
        text = SMALL.replace("trials: 300", "trials: 8000")
        self.study.write_text(text)
        self.sound("study", "small.yaml", "-o", "whole.h5", "--quiet")
        with subprocess.Popen([str(TRUCE), "study", "small.yaml", "-o", "again.h5"], cwd=self.path,
                              stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            parts = self.path / "again.h5.parts"
            until = time.monotonic() + 60
            while not list(parts.glob("0*.h5")) and time.monotonic() < until:
                time.sleep(0.005)
            process.send_signal(signal.SIGINT)
            _, message = process.communicate(timeout=60)
        if process.returncode == 130:  # it may have been too fast to be stopped
            self.assertIn(b"goes on from there", message)
            self.assertFalse((self.path / "again.h5").exists())
            finished = {p: p.stat().st_mtime_ns for p in parts.glob("0*.h5")}
            self.assertTrue(finished)
            self.study.write_text(text.replace("uniform(0.01", "uniform(0.02"))
            self.assertIn("the study differs", self.wrong("study", "small.yaml", "-o", "again.h5"))
            self.study.write_text(text)
            self.assertEqual(finished, {p: p.stat().st_mtime_ns for p in finished})
            self.sound("study", "small.yaml", "-o", "again.h5")
        self.assertEqual((self.path / "whole.h5").read_bytes(),
                         (self.path / "again.h5").read_bytes())
        self.assertFalse(parts.exists())

    def test_xarray_names_the_axes(self):
        self.sound("study", "small.yaml", "-o", "s.h5")
        trials = xr.open_dataset(self.path / "s.h5", group="trials")
        design = xr.open_dataset(self.path / "s.h5", group="design")
        self.assertEqual({"point": 48, "trial": 300}, dict(trials.sizes))
        mean = trials["guests_of_b.freed"].mean("trial")
        table = mean.assign_coords(variant=("point", design.variant.values),
                                   row=("point", design.point.values % 24))
        table = table.set_index(point=["variant", "row"]).unstack("point")
        self.assertEqual((2, 24), table.shape)
        for group in ("summary", "endings", "causes", "timelines"):
            self.assertEqual(48, xr.open_dataset(self.path / "s.h5", group=group).sizes["point"])
        summary = xr.open_dataset(self.path / "s.h5", group="summary")
        self.assertTrue((abs(summary["mean"].sel(outcome="guests_of_b.freed").values
                             - mean.values) < 1e-9).all())

    def test_a_point_is_the_run_at_its_values(self):
        self.sound("study", "small.yaml", "-o", "s.h5")
        with h5py.File(self.path / "s.h5") as file:
            values = dict(zip(file["design/parameter"].asstr()[:], file["design/value"][7]))
            point = file["trials/duration"][7]
            trust = file["trials/least_trust"][7]
        setting = [x for name, value in values.items() for x in ("--set", f"{name}={value!r}")]
        self.sound("run", NEUTRAL, "-o", "run.h5", "-n", 300, "-s", 5, *setting)
        with h5py.File(self.path / "run.h5") as file:
            self.assertTrue((file["trials/duration"][:] == point).all())
            self.assertTrue((file["trials/least_trust"][:] == trust).all())

    def test_precision_stops_each_point_by_itself(self):
        self.study.write_text(SMALL.replace(
            "trials: 300", "precision: {outcome: completed, half_width: 0.006, at_most: 60000}")
            .replace("points: 24", "points: 4"))
        self.sound("study", "small.yaml", "-o", "s.h5")
        with h5py.File(self.path / "s.h5") as file:
            counts = (file["trials/status"][:] == 0).sum(axis=1)
            outcome = list(file["summary/outcome"].asstr()[:]).index("completed")
            width = file["summary/ci_high"][:, outcome] - file["summary/ci_low"][:, outcome]
        self.assertTrue((counts < 60000).all())
        self.assertGreater(len(set(counts)), 1)
        self.assertTrue((width <= 0.012 + 1e-12).all())
        self.assertEqual(8, len(json.loads(self.sound("show", "s.h5", "--json"))["points"]))

    DIFFERENCE = (SMALL.replace("trials: 300", "precision: {difference: [patient, as_written], "
                                "outcome: completed, half_width: 0.006, at_most: 30000}")
                  .replace("points: 24", "points: 3")
                  .replace("variants:\n", "variants:\n  third: {parameters: {word: {value: 0.8}}}\n"))

    def test_precision_of_a_difference_stops_the_variants_of_a_row_together(self):
        self.study.write_text(self.DIFFERENCE)
        told = self.sound("study", "small.yaml", "-o", "s.h5", "-j", 1)
        self.assertIn("difference patient - as_written of completed", told)
        self.assertEqual(told, self.sound("show", "s.h5"))
        precision = json.loads(self.sound("show", "s.h5", "--json"))["precision"]
        compared = json.loads(self.sound("compare", "s.h5", "--outcome", "completed", "--against",
                                         "as_written", "--by-point", "--json"))["comparisons"]
        compared = [c for c in compared if c["a"].startswith("patient")]
        with h5py.File(self.path / "s.h5") as file:
            trials = (file["trials/status"][:] >= 0).sum(axis=1)
            completed = file["trials/completed"][:]
            self.assertEqual("patient", file["precision"].attrs["a"])
            self.assertEqual(9, file["precision/value"].shape[0])
        self.assertGreater(len(set(trials)), 1)
        for row, c in zip(precision["rows"], compared, strict=True):
            n = trials[row["row"]]
            self.assertEqual([n] * 3, list(trials[row["row"]::3]))
            self.assertEqual(n, row["count"])
            # Point 0 to 2 are of 'third', then those of 'as_written'.
            difference = (completed[6 + row["row"], :n].mean() - completed[3 + row["row"], :n].mean())
            self.assertAlmostEqual(difference, row["value"])
            for mine, theirs in (("value", "value"), ("ci_low", "low"), ("ci_high", "high")):
                self.assertAlmostEqual(c["difference"][theirs], row[mine], places=9)
            width = (row["ci_high"] - row["ci_low"]) / 2
            self.assertEqual(row["reached"], bool(width <= 0.006))
            self.assertTrue(row["reached"] or n == 30000)
        whole = (self.path / "s.h5").read_bytes()
        # Neither threads, nor shards, nor an interruption change a byte.
        self.sound("study", "small.yaml", "-o", "t.h5", "-j", 3)
        self.assertEqual(whole, (self.path / "t.h5").read_bytes())
        for k in (1, 2):
            self.sound("study", "small.yaml", "-o", f"part{k}.h5", "--shard", f"{k}/2")
        self.sound("join", "u.h5", "part2.h5", "part1.h5")
        self.assertEqual(whole, (self.path / "u.h5").read_bytes())
        process = subprocess.Popen([TRUCE, "study", "small.yaml", "-o", "v.h5", "-j", "1"],
                                   cwd=self.path, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        parts = self.path / "v.h5.parts"
        while not (parts.exists() and list(parts.glob("row-*.h5"))) and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        self.assertEqual(130, process.wait())
        kept = {p.name: p.stat().st_mtime_ns for p in parts.iterdir()}
        self.assertIn(len(kept), (1, 2))
        self.sound("study", "small.yaml", "-o", "v.h5")
        self.assertEqual(whole, (self.path / "v.h5").read_bytes())

    def test_precision_of_a_difference_by_what_it_excludes(self):
        self.study.write_text(self.DIFFERENCE.replace("half_width: 0.006", "excludes: 0.01"))
        self.sound("study", "small.yaml", "-o", "s.h5")
        precision = json.loads(self.sound("show", "s.h5", "--json"))["precision"]
        self.assertNotIn("half_width", precision)
        self.assertTrue(any(row["reached"] for row in precision["rows"]))
        for row in precision["rows"]:
            within = [row["ci_low"] <= d <= row["ci_high"] for d in (-0.01, 0.01)]
            self.assertEqual(row["reached"], not any(within))

    def test_a_finished_study_is_extended_by_points(self):
        for name, small, large, added in (
                ("sobol", "sobol, points: 8", "sobol, points: 12", 8),
                ("morris", "morris, points: 2", "morris, points: 4", 12),
                ("list", "list, file: few.csv", "list, file: many.csv", 4)):
            with self.subTest(name):
                (self.path / "few.csv").write_text("word,calm\n0.9,0.02\n0.8,0.03\n")
                (self.path / "many.csv").write_text("word,calm\n0.9,0.02\n0.7,0.01\n0.8,0.03\n"
                                                    "0.5,0.02\n")
                base = SMALL.replace("trials: 300", "trials: 60")
                if name == "list":
                    base = re.sub("vary:.*variants", "variants", base, flags=re.S)
                before = base.replace("latin_hypercube, points: 24", small)
                after = base.replace("latin_hypercube, points: 24", large)
                self.study.write_text(after)
                self.sound("study", "small.yaml", "-o", f"{name}-once.h5")
                self.study.write_text(before)
                self.sound("study", "small.yaml", "-o", f"{name}.h5")
                self.study.write_text(after)
                self.assertIn("exists already", self.wrong("study", "small.yaml", "-o", f"{name}.h5"))
                done = self.truce("study", "small.yaml", "-o", f"{name}.h5", "--extend")
                self.assertEqual(0, done.returncode, done.stderr)
                self.assertIn(f"{added} points, {added * 60} trials", done.stderr)
                self.assertEqual((self.path / f"{name}-once.h5").read_bytes(),
                                 (self.path / f"{name}.h5").read_bytes())
                self.assertFalse((self.path / f"{name}.h5.parts").exists())
                again = self.truce("study", "small.yaml", "-o", f"{name}.h5", "--extend")
                self.assertIn("is there already", again.stderr)

    def extend(self, name, before, after, *options):
        """Bytes are those of the larger study at once; returns what the extension says."""
        (self.path / f"{name}.h5").unlink(missing_ok=True)
        self.study.write_text(before)
        self.truce("study", "small.yaml", "-o", f"{name}.h5", "--quiet")
        self.study.write_text(after)
        if not (self.path / f"{name}-once.h5").exists():
            self.truce("study", "small.yaml", "-o", f"{name}-once.h5", "--quiet")
        done = self.truce("study", "small.yaml", "-o", f"{name}.h5", "--extend", *options)
        self.assertEqual((self.path / f"{name}-once.h5").read_bytes(),
                         (self.path / f"{name}.h5").read_bytes(), done.stderr)
        self.assertFalse((self.path / f"{name}.h5.parts").exists())
        return done.stderr

    def test_a_finished_study_is_extended_by_trials(self):
        (self.path / "list.csv").write_text("word,calm\n0.9,0.02\n0.7,0.01\n")
        for kind, points in (("sobol, points: 8", 8), ("latin_hypercube, points: 5", 5),
                             ("saltelli, points: 4", 16), ("morris, points: 2", 6),
                             ("grid", 4), ("one_at_a_time", 3), ("list, file: list.csv", 2)):
            text = SMALL.replace("latin_hypercube, points: 24", kind)
            if kind in ("grid", "one_at_a_time"):
                text = text.replace("word: prior", "word: [0.8, 0.9]").replace(
                    '"uniform(0.01, 0.05)"', "[0.02, 0.03]")
            if kind.startswith("list"):
                text = re.sub("vary:.*variants", "variants", text, flags=re.S)
            bare = text.replace("as_written: {}", "as_written: {timelines: null}")
            name = kind.split(",")[0]
            for threads in ("1", "2"):
                with self.subTest(name, threads=threads):
                    told = self.extend(name, bare.replace("trials: 300", "trials: 60"),
                                       bare.replace("trials: 300", "trials: 1100"), "-j", threads)
                    count = re.search(r"(\d+) points, (\d+) trials", told)
                    made = int(count[1])
                    self.assertEqual(made * 1040, int(count[2]))
                    self.assertNotIn("again", told)
            with self.subTest(name, timelines=True):
                told = self.extend(f"{name}-timelines", text.replace("trials: 300", "trials: 60"),
                                   text.replace("trials: 300", "trials: 100"))
                self.assertIn(f"{made} points, {made * 100} trials", told)
                self.assertIn(f"{made * 60} earlier trials were run again: of timelines", told)

    def test_points_and_trials_are_added_at_once_also_where_trials_fail(self):
        text = SMALL.replace("as_written: {}", "as_written: {timelines: null}").replace(
            "latin_hypercube, points: 24", "sobol, points: 8").replace("uniform(0.01", "uniform(-0.02")
        more = text.replace("trials: 300", "trials: 500")
        told = self.extend("s", text, more.replace("points: 8", "points: 12"))
        self.assertIn(f"24 points, {16 * 200 + 8 * 500} trials", told)
        with h5py.File(self.path / "s.h5") as file:
            self.assertEqual({500}, set(file["failures/count"][:]))
            self.assertEqual({0}, set(file["failures/first_trial"][:]))

    def test_points_that_stopped_stay_and_others_go_on(self):
        few = SMALL.replace("as_written: {}", "as_written: {timelines: null}").replace(
            "latin_hypercube, points: 24", "grid").replace("trials: 300\n", "").replace(
            "word: prior", "word: [0.6, 1]").replace('"uniform(0.01, 0.05)"', "[0.01]")
        for name, goal in (
                ("mean", "outcome: completed, half_width: 0.0125"),
                ("difference", "difference: [patient, as_written], outcome: completed, "
                               "half_width: 0.006"),
                ("apart", "difference: [patient, as_written], outcome: completed, excludes: 0.018")):
            for threads in ("1", "2"):
                with self.subTest(name, threads=threads):
                    before, after = (f"{few}precision: {{{goal}, at_most: {most}}}\n"
                                     for most in (4500, 9000))
                    self.extend(name, before, after, "-j", threads)
            with h5py.File(self.path / f"{name}.h5") as file:
                trials = (file["trials/status"][:] >= 0).sum(axis=1)
            self.assertGreater(len(set(trials)), 1, (name, trials))

    def test_a_study_is_extended_by_variants_and_values_or_not_at_all(self):
        grid = SMALL.replace("latin_hypercube, points: 24", "grid").replace(
            "word: prior", "word: [0.8, 0.9]").replace('calm: "uniform(0.01, 0.05)"', "calm: [0.02]")
        grown = grid.replace("[0.8, 0.9]", "[0.7, 0.8, 0.9]").replace(
            "variants:\n", "variants:\n  third: {parameters: {calm: {value: 0.1}}}\n")
        self.study.write_text(grown)
        self.sound("study", "small.yaml", "-o", "once.h5")
        self.study.write_text(grid)
        self.assertIn("is not there", self.wrong("study", "small.yaml", "-o", "s.h5", "--extend"))
        self.sound("study", "small.yaml", "-o", "s.h5")
        whole = (self.path / "s.h5").read_bytes()
        for text, reason in (
                (grid.replace("0.9]", "0.95]"), "2 of its 4 points are not in it"),
                (grown.replace("trials: 300", "trials: 200"), "the number of trials, which must not"),
                (grown.replace("seed: 5", "seed: 6"), "the seed differs"),
                (grown.replace("withdraw: 0", "withdraw: 0.1"), "the scenario of variant 'patient'"),
                (SMALL, "the design differs")):
            self.study.write_text(text)
            self.assertIn(reason, self.wrong("study", "small.yaml", "-o", "s.h5", "--extend"))
            self.assertEqual(whole, (self.path / "s.h5").read_bytes())
        self.study.write_text(grown)
        self.assertIn("5 points", self.truce("study", "small.yaml", "-o", "s.h5", "--extend").stderr)
        self.assertEqual((self.path / "once.h5").read_bytes(), (self.path / "s.h5").read_bytes())
        # A Latin hypercube of more points has other points.
        self.study.write_text(SMALL.replace("points: 24", "points: 4"))
        self.sound("study", "small.yaml", "-o", "l.h5")
        self.study.write_text(SMALL.replace("points: 24", "points: 8"))
        self.assertIn("8 of its 8 points are not in it", self.wrong("study", "small.yaml", "-o", "l.h5",
                                                                    "--extend"))

    def test_the_chance_to_be_the_best_variant(self):
        self.sound("study", "small.yaml", "-o", "s.h5")
        best = json.loads(self.sound("compare", "s.h5", "--best", "completed", "--json"))
        with h5py.File(self.path / "s.h5") as file:
            completed = file["trials/completed"][:].reshape(2, 24, 300)
        for v, alternative in enumerate(best["alternatives"]):
            self.assertEqual(("as_written", "patient")[v], alternative["name"])
            self.assertAlmostEqual(completed[v].mean(), alternative["mean"])
        # The bootstrap once more, by trial.
        sums = completed.sum(axis=1)
        drawn = np.random.default_rng(1).integers(0, 300, (4000, 300))
        totals = sums[:, drawn].sum(axis=2)
        chance = ((totals[1] > totals[0]) + 0.5 * (totals[1] == totals[0])).mean()
        self.assertAlmostEqual(chance, best["alternatives"][1]["chance"], delta=0.03)
        smallest = json.loads(self.sound("compare", "s.h5", "--best", "completed", "--smallest",
                                         "--json"))
        self.assertAlmostEqual(1, smallest["alternatives"][1]["chance"]
                               + best["alternatives"][1]["chance"])
        self.assertIn("largest mean of completed", self.sound("compare", "s.h5", "--best", "completed"))

    def test_variants_need_not_have_the_same_outcomes_and_endings(self):
        self.study.write_text(SMALL.replace(
            "{responses: {measured: {withdraw: 0}}}",
            "{triggers: {stop: {at: 50, do: [{end: stopped}]}}, outcomes: {extra: {value: 1}}}"))
        self.sound("study", "small.yaml", "-o", "s.h5")
        trials = xr.open_dataset(self.path / "s.h5", group="trials")
        self.assertTrue(trials.extra[:24].isnull().all())
        self.assertTrue((trials.extra[24:] == 1).all())
        endings = xr.open_dataset(self.path / "s.h5", group="endings").probability
        self.assertGreater(float(endings.sel(ending="stopped")[24:].mean()), 0.02)
        self.assertEqual(0, float(endings.sel(ending="stopped")[:24].max()))


class Refusing(StudyTest):
    def test_points_that_memory_cannot_hold(self):
        message = self.wrong_study("trials: 300", "trials: 1000000000000")
        self.assertRegex(message, r"small.yaml:\d+:9: error: the rows of 1000000000000 trials of \d+ outcomes at "
                                  r"a point may need \d+\.\d GB of memory")

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
        for shard in ("0/3", "4/3", "a/b", "1", "1/0", "1/999"):
            self.wrong("study", "small.yaml", "-o", "t.h5", "--shard", shard)

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


class ReadingSamples(StudyTest):
    """What sensitivity prints for a sample, against what is known of the outcome."""

    def study_of(self, design, vary, outcomes, parameters="", extra="",
                 phases="  only: {lasts: 1 day}\n"):
        (self.path / "s.yaml").write_text(f"""truce: 2
name: Functions of two numbers
horizon: 2 days
parties:
  a: {{role: principal}}
  b: {{role: principal}}
parameters:
  x: {{value: 0.5, prior: "uniform(0, 1)"}}
  w: {{value: 0.5, prior: "uniform(0, 1)"}}
{parameters}phases:
{phases}{extra}outcomes:
{outcomes}""")
        self.study.write_text("study: 1\nname: n\nscenario: s.yaml\ntrials: 4\n"
                              f"design: {design}\n" + (f"vary: {vary}\n" if vary else ""))
        self.sound("study", "small.yaml", "-o", "s.h5", "--force", "--quiet")

    def report(self, *arguments):
        return json.loads(self.sound("sensitivity", "s.h5", "--json", *arguments))["variants"][0]

    def test_indices_come_from_an_emulator_that_says_how_good_it_is(self):
        self.study_of("{kind: sobol, points: 128}", "{x: prior, w: prior}",
                      "  bowl: {value: (x - 0.5)^2 + 0.5 * w * x}\n")
        report = self.report("--outcome", "bowl", "--group", "x,w")
        self.assertGreater(report["q_squared"], 0.999)
        # E = w/4 + (x - 1/2)^2 alone: variances by hand.
        x_alone = 1 / 180 + 1 / 16 / 12  # of (x - 1/2)^2 + x / 4
        w_alone, both = 1 / 16 / 12, 1 / 4 / 144
        whole = x_alone + w_alone + both
        self.assertAlmostEqual(x_alone / whole, report["parameters"]["x"]["first"]["value"], 2)
        self.assertAlmostEqual((w_alone + both) / whole,
                               report["parameters"]["w"]["total"]["value"], 2)
        self.assertAlmostEqual(both / whole, report["pairs"]["x x w"]["second"]["value"], 2)
        self.assertAlmostEqual(1, report["groups"]["x, w"]["first"]["value"], 2)
        text = self.sound("sensitivity", "s.h5", "--outcome", "bowl", "--group", "x,w")
        self.assertIn("Q^2 = 1.000", text)
        self.assertIn("x, w", text)
        self.assertIn("'y' is not varied", self.wrong("sensitivity", "s.h5", "--outcome", "bowl",
                                                      "--group", "x,y"))

    def test_an_emulator_that_foretells_little_is_refused_with_advice(self):
        jagged = "  jagged: {value: \"sin(300 * x + 200 * w)\"}\n"
        self.study_of("{kind: latin_hypercube, points: 64}", "{x: prior, w: prior}",
                      jagged.replace("sin(300 * x + 200 * w)", "(97 * x + 61 * w) - floor(97 * x + 61 * w)"))
        report = self.report("--outcome", "jagged")
        self.assertLess(report["q_squared"], 0.5)
        self.assertNotIn("first", report["parameters"]["x"])
        self.assertIn("prcc", report["parameters"]["x"])
        self.assertIn("more points would help", report["warnings"][0])

    def test_regression_is_on_the_parameters_themselves(self):
        self.study_of("{kind: sobol, points: 256}", "{x: \"lognormal(1, 3)\", w: \"bernoulli(0.2)\"}",
                      "  same: {value: x}\n  coin: {value: w}\n")
        for outcome, name in (("same", "x"), ("coin", "w")):
            measures = self.report("--outcome", outcome)["parameters"]
            for measure in ("src", "prcc", "first", "total"):
                self.assertAlmostEqual(1, measures[name][measure]["value"], 3, (outcome, measure))
            for other in {"x", "w"} - {name}:
                self.assertAlmostEqual(0, measures[other]["prcc"]["value"], 3)
            self.assertEqual(1, measures[name]["prcc"]["low"])

    def test_correlated_priors_may_be_varied_where_nothing_is_drawn(self):
        correlated = "correlations: [{between: [x, w], rho: 0.5}]\n"
        outcomes = "  sum: {value: x + w}\n"
        (self.path / "points.csv").write_text("x,w\n0.1,0.2\n0.5,0.3\n")
        for design, vary in (("{kind: grid}", "{x: [0.1, 0.2]}"),
                             ("{kind: one_at_a_time}", "{x: [0.1, 0.2]}"),
                             ("{kind: list, file: points.csv}", "")):
            self.study_of(design, vary, outcomes, extra=correlated)
        self.study.write_text("study: 1\nname: n\nscenario: s.yaml\n"
                              "design: {kind: sobol, points: 8}\nvary: {x: prior}\n")
        self.assertIn("correlated prior (this design draws its parameters independently)",
                      self.wrong("check", "small.yaml"))

    def test_screening_tells_its_intervals_or_why_it_has_none(self):
        self.study_of("{kind: morris, points: 20}", "{x: prior, w: prior}",
                      "  joint: {value: x * w + x}\n")
        for measure in ("mu", "mu_star", "sigma"):
            e = self.report("--outcome", "joint")["parameters"]["x"][measure]
            self.assertLess(e["low"], e["value"])
            self.assertLess(e["value"], e["high"])
        self.study_of("{kind: morris, points: 4}", "{x: prior, w: prior}",
                      "  joint: {value: x * w + x}\n")
        report = self.report("--outcome", "joint")
        self.assertIsNone(report["parameters"]["x"]["sigma"]["low"])
        self.assertIn("4 trajectories", report["warnings"][0])

    def test_screening_names_the_parameters_whose_effects_may_be_too_skewed(self):
        # The effect of x is w^6, of 0.001 to 0.57; that of w is 3 and about the same.
        self.study_of("{kind: morris, points: 60}", "{x: prior, w: prior}",
                      "  skewed: {value: x * w^6}\n  even: {value: x + 2 * w}\n")
        warning = self.report("--outcome", "skewed")["warnings"][0]
        self.assertIn("60 trajectories are few for effects that may be so skewed: the intervals of x",
                      warning)
        self.assertEqual([], self.report("--outcome", "even")["warnings"])

    def test_screening_and_emulator_warn_of_noise(self):
        noisy = "  noisy: {value: x + 6 * w * guests.freed}\n"
        extra = "cohorts: {guests: {held_by: a, living: 1}}\n"
        give = ("  only: {lasts: 1 day, obligations: {give: {by: a, release: guests, "
                "due: [{day: 1, count: 1}], comply: 0.5}}}\n")
        for design, words in (("{kind: morris, points: 40}", "it makes mu_star too large"),
                              ("{kind: sobol, points: 256}", "the trials' noise")):
            self.study_of(design, "{x: prior, w: prior}", noisy, extra=extra, phases=give)
            self.assertIn(words, " ".join(self.report("--outcome", "noisy")["warnings"]))

    def test_points_that_are_no_power_of_two_are_warned_of(self):
        for points, warned in ((64, False), (100, True), (128, False)):
            self.study_of(f"{{kind: sobol, points: {points}}}", "{x: prior, w: prior}",
                          "  sum: {value: x + 2 * w}\n")
            warnings = self.report("--outcome", "sum")["warnings"]
            self.assertEqual(warned, bool(warnings), warnings)
            if warned:
                self.assertIn("100 points are no power of two", warnings[0])
                self.assertIn("take 64 or 128", warnings[0])

    def test_few_points_are_warned_of(self):
        outcomes = "  sum: {value: x + 2 * w}\n"
        self.study_of("{kind: saltelli, points: 64}", "{x: prior, w: prior}", outcomes)
        self.assertIn("64 points in the base sample: the intervals may hold less often than 95 %",
                      self.report("--outcome", "sum")["warnings"][0])
        self.study_of("{kind: saltelli, points: 256}", "{x: prior, w: prior}", outcomes)
        self.assertEqual([], self.report("--outcome", "sum")["warnings"])
        for count, warned in ((100, True), (200, False)):
            rows = [(i / count, (7 * i % count + i) / 2 / count) for i in range(count)]
            (self.path / "points.csv").write_text(
                "x,w\n" + "".join(f"{x},{w}\n" for x, w in rows))
            self.study_of("{kind: list, file: points.csv}", "", outcomes)
            report = self.report("--outcome", "sum")
            self.assertIn("shapley", report["parameters"]["x"])
            self.assertEqual(warned, any(f"{count} points: the intervals of Shapley effects" in w
                                         for w in report["warnings"]), report["warnings"])

    def test_replicates_of_a_saltelli_design(self):
        outcomes = "  sum: {value: x + 2 * w}\n"
        self.study_of("{kind: saltelli, points: 64, replicates: 8}", "{x: prior, w: prior}", outcomes)
        self.assertIn("from 8 independent replicates",
                      self.sound("sensitivity", "s.h5", "--outcome", "sum"))
        self.study.write_text(self.study.read_text().replace("replicates: 8", "replicates: 7"))
        self.assertIn("'replicates' does not divide 'points'", self.wrong("check", "small.yaml"))


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


class IndependentIndices(StudyTest):
    def reduced(self, name, trials, points):
        """The results of a shipped study as a Saltelli design."""
        study = yaml.safe_load((STUDIES / name).read_text())
        study["scenario"], study["trials"] = str(STUDIES / study["scenario"]), trials
        study["design"] = {"kind": "saltelli", "points": points}
        (self.path / name).write_text(yaml.safe_dump(study))
        output = name.replace(".yaml", ".h5")
        self.sound("study", name, "-o", output, "--quiet")
        return output

    def test_sobol_indices_by_an_independent_script(self):
        output = self.reduced("drivers.yaml", trials=100, points=32)
        report = json.loads(self.sound("sensitivity", output, "--json", "--outcome",
                                       "hostages_freed"))["variants"][0]["parameters"]
        with h5py.File(self.path / output) as file:
            names = list(file["design/parameter"].asstr()[:])
            trials = file["trials/hostages_freed"][:]
        batches = np.stack([trials[:, b::20].mean(axis=1) for b in range(20)])
        samples = batches.reshape(20, -1, 32)
        samples = samples - samples[:, :2].mean(axis=(1, 2), keepdims=True)

        def between(x, y):
            """[replicate]: sum over its rows, mean over pairs of different batches of x times y, both
            [batch, row]."""
            replicates = x.shape[1] // 4
            x, y = (z.reshape(20, replicates, 4) for z in (x, y))
            pairs = np.einsum("bri,cri->rbc", x, y)
            return (pairs.sum(axis=(1, 2)) - np.einsum("rbb->r", pairs)) / (20 * 19)

        def share_in_others(above, below):
            return np.clip((above.sum() - above) / (below.sum() - below), 0, 1)
        a, b, *mixed = samples.swapaxes(0, 1)
        a_b = between(a, b)
        for name, ab in zip(names, mixed, strict=True):
            of_a = (between(a, a) + between(ab, ab)) / 2
            of_b = (between(b, b) + between(ab, ab)) / 2
            first = between(b, ab) - share_in_others(between(a, ab), of_a) * a_b
            others = between(a, ab) - share_in_others(first, of_b) * a_b
            first = first.sum() / of_b.sum()
            total = 1 - others.sum() / of_a.sum()
            self.assertAlmostEqual(first, report[name]["first"]["value"], places=9)
            self.assertAlmostEqual(total, report[name]["total"]["value"], places=9)


class StudySchema(StudyTest):
    def test_the_schema_is_that_of_the_program_and_takes_every_study(self):
        text = self.sound("schema", "study")
        self.assertEqual(text, (SOURCE / "scenarios" / "study.schema.json").read_text())
        schema = json.loads(text)
        for study in STUDIES.glob("*.yaml"):
            jsonschema.validate(yaml.safe_load(study.read_text()), schema)
        for wrong in ("{study: 1}", "{study: 1, scenario: a, design: {kind: x}}",
                      "{study: 1, scenario: a, design: {kind: grid}, extra: 1}"):
            with self.assertRaises(jsonschema.ValidationError):
                jsonschema.validate(yaml.safe_load(wrong), schema)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
