#!/usr/bin/python3
"""Finished studies to which points, trials, variants and values are added. Usage: test_study_extension.py TRUCE SOURCE_DIR"""

import re
import sys
import unittest

import h5py

from studies import SMALL, StudyTest


class Extending(StudyTest):
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
            more = 1100 if kind.startswith("sobol") else 150  # beyond the first block of trials, and within it
            for threads in ("1", "2") if kind.startswith("sobol") else ("2",):
                with self.subTest(name, threads=threads):
                    told = self.extend(name, bare.replace("trials: 300", "trials: 60"),
                                       bare.replace("trials: 300", f"trials: {more}"), "-j", threads)
                    count = re.search(r"(\d+) points, (\d+) trials", told)
                    made = int(count[1])
                    self.assertEqual(made * (more - 60), int(count[2]))
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

    def test_trials_that_had_failed_before_are_told(self):
        (self.path / "risky.yaml").write_text(
            "truce: 2\nhorizon: 3\nparameters: {most: 2}\nlevels: {x: \"uniform(0, most)\"}\n"
            "triggers: {t: {at: 1, chance: x, do: [{signal: s}]}}\noutcomes: {s: {value: s}}\n")
        study = "study: 1\nscenario: risky.yaml\ntrials: 100\ndesign: {kind: grid}\nvary: {most: [2]}\n"
        for options in ([], ["--extend"]):
            self.study.write_text(study)
            done = self.truce("study", "small.yaml", "-o", "s.h5", "--quiet", *options)
            self.assertEqual(done.returncode, 1, done.stderr)
            failed = re.search(r"error: (\d+) of (\d+) trials failed", done.stderr)
            self.assertEqual(failed[2], str(100 + 100 * len(options)))
            self.assertRegex(done.stderr, r"point 0, trial \d+: 't.chance': the probability is")
            study = study.replace("[2]", "[2, 0.5]")  # of which none fails

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


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
