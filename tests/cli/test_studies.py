#!/usr/bin/python3
"""Studies as a user meets them. Usage: test_studies.py TRUCE SOURCE_DIR"""

import json
import signal
import subprocess
import sys
import time
import unittest

import h5py
import jsonschema
import numpy as np
import xarray as xr
import yaml

from program import NEUTRAL, SOURCE, TRUCE
from studies import SMALL, STUDIES, StudyTest


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
        self.assertIn("is given twice", self.wrong("join", "x.h5", "part1.h5", "./part1.h5"))
        self.assertIn("exists already", self.wrong("join", "joined.h5", *(f"part{k}.h5" for k in (1, 2, 3))))
        self.study.write_text(SMALL.replace("seed: 5", "seed: 6"))
        self.sound("study", "small.yaml", "-o", "other.h5", "--shard", "2/3")
        self.assertIn("the seed differs",
                      self.wrong("join", "x.h5", "part1.h5", "other.h5", "part3.h5"))
        self.assertIn("is a shard", self.wrong("compare", "part1.h5"))
        self.assertFalse((self.path / "x.h5").exists())

    def test_stopped_it_goes_on_where_it_was(self):
        text = SMALL.replace("trials: 300", "trials: 1500")
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
        self.assertEqual(130, process.returncode, message)  # the first part is a sixteenth of it
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
                                "outcome: completed, half_width: 0.007, at_most: 12000}")
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
            self.assertEqual(row["reached"], bool(width <= 0.007))
            self.assertTrue(row["reached"] or n == 12000)
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
        self.study.write_text(self.DIFFERENCE.replace("half_width: 0.007", "excludes: 0.01"))
        self.sound("study", "small.yaml", "-o", "s.h5")
        precision = json.loads(self.sound("show", "s.h5", "--json"))["precision"]
        self.assertNotIn("half_width", precision)
        self.assertTrue(any(row["reached"] for row in precision["rows"]))
        for row in precision["rows"]:
            within = [row["ci_low"] <= d <= row["ci_high"] for d in (-0.01, 0.01)]
            self.assertEqual(row["reached"], not any(within))

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
