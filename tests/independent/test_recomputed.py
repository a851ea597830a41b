"""Numbers that truce prints, computed again from the trials in its files.

usage: test_recomputed.py TRUCE SCENARIOS [unittest options]
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

import recomputed

TRUCE, SCENARIOS = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
STUDY = """\
study: 1
name: Three words
scenario: {scenario}
trials: 150
design: {{kind: grid}}
vary: {{word: [0.7, 0.85, 1]}}
variants: {{as_written: {{}}, calmer: {{parameters: {{calm: 0}}}}}}
compare:
  against: as_written
  outcomes: [duration, least_trust, half_home, guests_of_a.freed, guests_of_b.freed, guests_of_b.person_days, disputes.opened]
"""


def truce(*words):
    return json.loads(subprocess.run([TRUCE, *map(str, words), "--json"], check=True, capture_output=True).stdout)


class Recomputed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        for name, scenario, words in (("a", "cairo-three-phase", ["--set", "engagement=0.9"]), ("b", "cairo-three-phase", []),
                                      ("c", "cairo-three-phase", ["--seed", "2"]), ("few", "neutral-a-b", [])):
            subprocess.run([TRUCE, "run", SCENARIOS / f"{scenario}.yaml", "-n", "30" if name == "few" else "600", "--quiet",
                            "-o", cls.folder / f"{name}.h5", *words], check=True)

    def setUp(self):
        self.compared = 0

    def tearDown(self):
        self.assertGreater(self.compared, 5)

    def close(self, expected, found, what):
        self.compared += 1
        found = [np.nan if x is None else x for x in found]
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9, err_msg=what)

    def trials(self, name, outcome):
        with h5py.File(self.folder / f"{name}.h5") as file:
            return file["trials"][outcome][:].astype(float)

    def test_summary(self):
        for run in ("a", "few"):
            with h5py.File(self.folder / f"{run}.h5") as file:
                summary = {name: values[:] for name, values in file["summary"].items()}
                kinds = {name: column.dtype for name, column in file["trials"].items()}
            for i, name in enumerate(summary["outcome"].astype(str)):
                x = self.trials(run, name)
                x = x[~np.isnan(x)]
                told = [summary[key][i] for key in ("count", "mean", "sd", "min", "max")]
                if len(x) > 1:
                    self.close([len(x), x.mean(), x.std(ddof=1), x.min(), x.max()], told, name)
                if kinds[name] == np.int8:
                    expected = recomputed.share(int(x.sum()), len(x))
                elif len(x) > 1:
                    missed = float(kinds[name] == np.int32)  # of whole numbers deviations of 1
                    expected = recomputed.score(x, recomputed.student(0.95, len(x) - 1), missed)
                    if kinds[name] == np.int32 and x.min() >= 0:
                        expected = max(0, expected[0]), expected[1]
                self.close(expected, [summary["ci_low"][i], summary["ci_high"][i]], f"{run} {name}")
                for k, p in enumerate(summary["quantile"]):
                    self.close(recomputed.quantile(x, p), [summary[q][i, k] for q in ("quantiles", "quantiles_low", "quantiles_high")],
                               f"{run} {name} {p}")

    def test_pairs(self):
        for c in truce("compare", self.folder / "a.h5", self.folder / "b.h5")["comparisons"]:
            name = c["outcome"]
            if " by day " in name or " up to day " in name:
                continue
            a, b = self.trials("a", name), self.trials("b", name)
            pairs = ~np.isnan(a) & ~np.isnan(b)
            a, b = a[pairs], b[pairs]
            more, less = int((a > b).sum()), int((a < b).sum())
            interval = (recomputed.paired_shares(more, less, len(a)) if c["kind"] == "boolean"
                        else recomputed.paired_numbers(a, b))
            self.close([(a - b).mean(), *interval], c["difference"].values(), name)
            self.close([more / len(a), *recomputed.share(more, len(a))], c["p_larger"].values(), name)
            self.close([less / len(a), *recomputed.share(less, len(a))], c["p_smaller"].values(), name)
            self.close([(a.var() + b.var()) / (a - b).var()], [c["variance_reduction"]], name)
            self.assertEqual(recomputed.shift(a, b), c["shift"], name)

    def test_independent_runs(self):
        for c in truce("compare", self.folder / "a.h5", self.folder / "c.h5")["comparisons"]:
            name = c["outcome"]
            if " by day " in name or " up to day " in name:
                continue
            a, b = (x[~np.isnan(x)] for x in (self.trials("a", name), self.trials("c", name)))
            interval = recomputed.independent_shares if c["kind"] == "boolean" else recomputed.independent_numbers
            self.close([a.mean() - b.mean(), *interval(a, b)], c["difference"].values(), name)
            more = np.searchsorted(np.sort(b), a).mean() / len(b)
            self.close([more], [c["p_larger"]["value"]], name)

    def test_variants_of_a_study(self):
        study, results = self.folder / "study.yaml", self.folder / "study.h5"
        study.write_text(STUDY.format(scenario=SCENARIOS / "neutral-a-b.yaml"))
        subprocess.run([TRUCE, "study", study, "-o", results, "--quiet"], check=True)
        with h5py.File(results) as file:
            calmer = file["design/variant"][:].astype(str) == "calmer"
            columns = {name: column[:].astype(float) for name, column in file["trials"].items() if column.ndim == 2}
        for c in truce("compare", results)["comparisons"]:
            if c["outcome"] not in columns or c["kind"] == "boolean":
                continue
            d = columns[c["outcome"]][calmer] - columns[c["outcome"]][~calmer]
            here, d = ~np.isnan(d), np.nan_to_num(d)
            pairs = here.sum(axis=0)

            def of_trials(x):
                """The mean over all pairs as one of independent numbers, one for each trial."""
                mean = x.sum() / pairs.sum()
                linear = mean + (x.sum(axis=0) - mean * pairs) * (pairs > 0).sum() / pairs.sum()
                return linear[pairs > 0]

            gain, loss = of_trials(np.maximum(d, 0)), of_trials(np.maximum(-d, 0))
            size = np.abs(d.sum(axis=0))[pairs > 0] / pairs[pairs > 0]
            missed = (size**2).sum() / size.sum() * (size == 0).mean() if size.any() else np.nan
            interval = recomputed.of_gain_and_loss(gain, loss, recomputed.student(0.95, len(gain) - 1), missed)
            self.close([d.sum() / pairs.sum(), *interval], c["difference"].values(), c["outcome"])


if __name__ == "__main__":
    unittest.main()
