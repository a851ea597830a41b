#!/usr/bin/python3
"""Trials whose rows are not kept.
Usage: test_keep.py TRUCE SOURCE_DIR"""

import shutil
import subprocess
import sys
import unittest

import h5py
import numpy as np
import xarray as xr

from cluster import ClusterTest
from program import CAIRO, NEUTRAL, TRUCE


class Keep(ClusterTest):
    def test_all_but_the_rows_is_of_all_trials(self):
        self.sound("run", CAIRO, "-n", 3000, "-o", "all.h5", "--quiet", "--uncertain")
        self.sound("run", CAIRO, "-n", 3000, "-o", "few.h5", "--quiet", "--uncertain", "--keep", 100)
        with h5py.File(self.path / "all.h5") as all_, h5py.File(self.path / "few.h5") as few:
            self.assertEqual(few.attrs["trials"], 3000)
            self.assertEqual(few.attrs["trials_kept"], 100)
            self.assertNotIn("trials_kept", all_.attrs)
            seen = []

            def compare(name, item):
                if not isinstance(item, h5py.Dataset) or name.startswith("provenance"):
                    return
                seen.append(name)
                old, new = item[()], few[name][()]
                if name.split("/")[0] in ("trials", "parameters"):
                    old = old[:100]
                if name.startswith("summary/quantiles"):  # these have an error
                    error = few["summary/quantiles_error"][()][:, np.newaxis]
                    self.assertTrue(np.all((error == 0) | (error == 2.0**-10)))
                    self.assertGreater(error.max(), 0)
                    close = np.isclose(old, new, rtol=2.0**-10, atol=0, equal_nan=True)
                    self.assertTrue(np.all(close & ((error > 0) | (old == new) | np.isnan(old))))
                else:
                    np.testing.assert_array_equal(old, new, name)
            all_.visititems(compare)
            self.assertGreater(len(seen), 100)
        self.assertLess(len(self.bytes_of("few.h5")), len(self.bytes_of("all.h5")))

    def test_no_rows_at_all(self):
        self.sound("run", NEUTRAL, "-n", 2000, "-o", "none.h5", "--quiet", "--keep", "none")
        trials = xr.open_dataset(self.path / "none.h5", group="trials")
        self.assertEqual(trials.sizes["trial"], 0)
        self.assertEqual(xr.open_dataset(self.path / "none.h5", group="summary").sizes["quantile"], 9)
        if shutil.which("ncdump"):
            subprocess.run(["ncdump", "-h", "none.h5"], cwd=self.path, check=True,
                           stdout=subprocess.DEVNULL)
        self.assertIn("2000 trials", self.sound("show", "none.h5", "duration"))
        for arguments in (["compare", "none.h5", "none.h5"], ):
            self.assertIn("keeps the rows of 0 of 2000 trials (--keep)", self.wrong(*arguments))
        # All rows there: nothing is refused.
        self.sound("run", NEUTRAL, "-n", 200, "-o", "enough.h5", "--quiet", "--keep", "200")
        self.sound("compare", "enough.h5", "enough.h5")

    def test_a_study_with_few_rows(self):
        self.sound("study", self.study, "-o", "all.h5", "--quiet")
        self.sound("study", self.study, "-o", "few.h5", "--quiet", "--keep", 7)
        with h5py.File(self.path / "all.h5") as all_, h5py.File(self.path / "few.h5") as few:
            self.assertEqual(few["trials/duration"].shape, (80, 7))
            np.testing.assert_array_equal(few["trials/duration"], all_["trials/duration"][:, :7])
            np.testing.assert_array_equal(few["summary/trials"], np.full(80, 100))
            np.testing.assert_array_equal(few["summary/trials_failed"], np.zeros(80))
            for name in ("summary/mean", "summary/sd", "endings/probability"):
                np.testing.assert_array_equal(few[name], all_[name])
        self.assertEqual(self.sound("show", "few.h5"), self.sound("show", "all.h5"))
        discover = ["--outcome", "completed", "--at-least", "0.5", "--json"]
        self.assertEqual(self.sound("discover", "few.h5", *discover),
                         self.sound("discover", "all.h5", *discover))
        for arguments in (["sensitivity", "few.h5", "--outcome", "duration"],
                          ["compare", "few.h5"],
                          ["discover", "few.h5", "--outcome", "duration", "--threshold", "20"]):
            self.assertIn("--keep", self.wrong(*arguments))

    def test_a_study_with_few_rows_is_joined_and_extended(self):
        for keep in ("7", "none"):
            self.write_study(100)
            self.sound("study", self.study, "-o", f"{keep}.h5", "--quiet", "--keep", keep)
            shards = []
            for k in (3, 1, 2):
                shards.append(f"{keep}-{k}.h5")
                self.sound("study", self.study, "-o", shards[-1], "--quiet", "--keep", keep,
                           "--shard", f"{k}/3")
            self.sound("join", "joined.h5", *shards, "--force")
            self.assertEqual(self.bytes_of("joined.h5"), self.bytes_of(f"{keep}.h5"))
            self.write_study(150)
            self.sound("study", self.study, "-o", f"{keep}.h5", "--quiet", "--keep", keep, "--extend")
            self.sound("study", self.study, "-o", "once.h5", "--quiet", "--keep", keep, "--force")
            self.assertEqual(self.bytes_of("once.h5"), self.bytes_of(f"{keep}.h5"))
        self.assertIn("the number of rows kept (--keep) differs",
                      self.wrong("study", self.study, "-o", "once.h5", "--keep", "3"))

    def test_memory_does_not_grow_with_trials(self):
        def peak(trials, *options):
            self.write_study(trials)
            self.study.write_text(self.study.read_text().replace("points: 40", "points: 1"))
            # A small process between, as what a child begins with counts as its own.
            told = subprocess.run(
                [sys.executable, "-S", "-c", "import resource, subprocess, sys\n"
                 "subprocess.run(sys.argv[1:], check=True)\n"
                 "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)",
                 str(TRUCE), "study", str(self.study), "-o", "m.h5", "--quiet", "--force", "-j1",
                 *options], cwd=self.path, check=True, capture_output=True, text=True)
            return float(told.stdout)  # MB
        few, many = peak(4_000, "--keep", "100"), peak(60_000, "--keep", "100")
        self.assertLess(many, few + 3)
        self.assertGreater(peak(60_000), many + 10)  # the test can fail
        self.assertLess((self.path / "m.h5").stat().st_size, 20e6)

    def test_bad_input(self):
        for verb in (["run", NEUTRAL], ["study", self.study]):
            for text in ("-1", "many", "1.5", ""):
                errors = self.wrong(*verb, "--keep", text)
                self.assertIn("is neither a number of trials from 0 to", errors)
                self.assertIn("nor 'none'", errors)
            self.assertIn("--keep N", self.sound(*verb[:1], "--help"))
        self.assertEqual(sorted(p.name for p in self.path.iterdir()), ["shots.yaml", "small.yaml"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
