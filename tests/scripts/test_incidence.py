"""plot_incidence.py: shares by day against the Aalen-Johansen estimate, computed here by its definition."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import numpy as np

import calling

import truce_incidence

TRUCE = os.environ.get("TRUCE", "truce")
SCENARIO = """
truce: 2
horizon: 20
parameters: {a: 0.05, b: 0.03}
incidents: {fire: {rate: a per day, while: true}, flood: {rate: b per day, while: true}}
outcomes: {fire: {first: fire.occurred > 0}, flood: {first: flood.occurred > 0}, later: {first: fire.occurred > 1, summary: a second fire}}
"""
STUDY = """
study: 1
name: More fire
scenario: s.yaml
trials: 300
design: {kind: grid}
vary: {b: [0.03, 0.1]}
variants: {as_written: {}, hot: {parameters: {a: {value: 0.2}}}}
"""


def aalen_johansen(times, causes, days):
    """{cause: [day]} by product-limit survival and cause-specific hazards; cause 0 is censored."""
    at_risk, survival = len(times), 1.0
    so_far = {cause: 0.0 for cause in set(causes) - {0}}
    events = []
    for time in sorted(set(times)):
        here = [c for t, c in zip(times, causes) if t == time]
        for cause in so_far:
            so_far[cause] += survival * here.count(cause) / at_risk
        survival *= 1 - sum(c != 0 for c in here) / at_risk
        at_risk -= len(here)
        events.append((time, dict(so_far)))
    return {cause: np.array([next((s[cause] for t, s in reversed(events) if t <= day), 0.0) for day in days])
            for cause in so_far}


class Estimates(unittest.TestCase):
    def test_without_censoring_it_is_the_estimate_of_aalen_and_johansen(self):
        random = np.random.default_rng(7)
        fire, flood = random.exponential(20, 300), random.exponential(33, 300)
        fire[fire > 20], flood[flood > 20] = np.nan, np.nan
        days = np.arange(21)
        first = truce_incidence.only_first({"fire": fire, "flood": flood})
        both = np.fmin(fire, flood)
        causes = [0 if np.isnan(t) else 1 if t == f else 2 for t, f in zip(both, fire)]
        expected = aalen_johansen([20.0001 if np.isnan(t) else t for t in both], causes, days)
        for cause, name in ((1, "fire"), (2, "flood")):
            np.testing.assert_allclose(truce_incidence.incidence(first[name], days), expected[cause], atol=1e-12)
        total = sum(truce_incidence.incidence(first[name], days) for name in first)
        np.testing.assert_allclose(total, truce_incidence.incidence(both, days), atol=1e-12)

    def test_shares_of_competing_events_are_their_rates(self):
        random = np.random.default_rng(3)
        n = 40_000
        first = truce_incidence.only_first({"a": random.exponential(20, n), "b": random.exponential(50, n)})
        share = truce_incidence.incidence(first["a"], np.array([10.0]))[0]
        rate = 1 / 20 + 1 / 50
        exact = (1 / 20) / rate * (1 - np.exp(-10 * rate))
        self.assertLess(abs(share - exact), 4 * np.sqrt(exact * (1 - exact) / n))

    def test_bands_are_those_of_wilson(self):
        low, high = truce_incidence.wilson(np.array([0.0, 0.3, 1.0]), 200)
        # Brown, Cai and DasGupta (2001), 3: by hand for 60 of 200.
        self.assertAlmostEqual(low[1], 0.24079, 4)
        self.assertAlmostEqual(high[1], 0.36676, 4)
        self.assertTrue(low[0] < 1e-15 and high[2] > 1 - 1e-15)


class Figure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)
        (cls.here / "s.yaml").write_text(SCENARIO)
        (cls.here / "study.yaml").write_text(STUDY)
        for words in (["run", "s.yaml", "-n", "400", "-o", "one.h5"], ["study", "study.yaml", "-o", "study.h5"],
                      ["run", "s.yaml", "-n", "400", "--set", "a=0.2", "-o", "two.h5"]):
            subprocess.run([TRUCE, *words, "--quiet"], cwd=cls.here, check=True)

    def lines(self, *arguments, expect=0):
        """[(x, y)] of the steps drawn."""
        import truce_page
        seen, fit = [], truce_page.fit

        def watch(figure):
            seen.extend(line.get_data() for ax in figure.axes for line in ax.lines)
            return fit(figure)
        truce_page.fit = watch
        try:
            done = calling.within("plot_incidence.py", arguments, self.here)
        finally:
            truce_page.fit = fit
        self.assertEqual(expect, done.returncode, done.stderr)
        return seen if expect == 0 else done.stderr

    def test_lines_are_the_shares_of_the_trials(self):
        drawn = self.lines("one.h5", "two.h5", "--outcome", "fire", "-o", "f.png")
        self.assertEqual(2, len(drawn))
        for (x, y), name in zip(drawn, ("one", "two")):
            with h5py.File(self.here / f"{name}.h5") as file:
                times = file["trials/fire"][()]
            np.testing.assert_allclose(y, [(times <= day).mean() for day in x])
        survival = self.lines("one.h5", "--outcome", "fire", "--survival", "-o", "g.png")
        np.testing.assert_allclose(survival[0][1], 1 - np.asarray(drawn[0][1]))

    def test_variants_of_a_study_are_lines(self):
        drawn = self.lines("study.h5", "--outcome", "fire", "-o", "s.png")
        with h5py.File(self.here / "study.h5") as file:
            variants = [v.decode() for v in file["design/variant"][()]]
            times = file["trials/fire"][()]
        for (x, y), variant in zip(drawn, dict.fromkeys(variants)):
            pooled = times[[i for i, v in enumerate(variants) if v == variant]].ravel()
            np.testing.assert_allclose(y, [(pooled <= day).mean() for day in x])

    def test_competing_events_sum_to_their_first(self):
        fire, flood = self.lines("one.h5", "--outcome", "fire", "--outcome", "flood", "--competing", "-o", "c.png")
        with h5py.File(self.here / "one.h5") as file:
            first = np.fmin(file["trials/fire"][()], file["trials/flood"][()])
        np.testing.assert_allclose(np.add(fire[1], flood[1]), [(first <= day).mean() for day in fire[0]])

    def test_what_is_no_time_is_refused(self):
        self.assertIn("did you mean 'fire'", self.lines("one.h5", "--outcome", "fir", expect=2))
        self.assertIn("no outcome", self.lines("one.h5", "--outcome", "duration", expect=2))


if __name__ == "__main__":
    unittest.main()
