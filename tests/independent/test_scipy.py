"""Distributions, their far tails, and score intervals, against SciPy.

usage: test_scipy.py NUMBERS [unittest options]
"""

import math
import sys
import unittest

import numpy as np
from scipy import optimize, special, stats

from asked import ask

PROGRAM = sys.argv.pop(1)


def numbers(*words) -> str:
    return " ".join(w if isinstance(w, str) else repr(float(w)) for w in words)


def law(family: str, p: list[float]):
    """SciPy's distribution for the parameters of the scenario language."""
    if family in ("gamma", "lognormal"):
        mean, sd = p
        if family == "gamma":
            return stats.gamma((mean / sd) ** 2, scale=sd * sd / mean)
        variance = math.log1p((sd / mean) ** 2)
        return stats.lognorm(math.sqrt(variance), scale=mean * math.exp(-variance / 2))
    if family in ("pert", "triangular"):
        low, mode, high = p
        at = (mode - low) / (high - low)
        if family == "triangular":
            return stats.triang(at, loc=low, scale=high - low)
        return stats.beta(1 + 4 * at, 5 - 4 * at, loc=low, scale=high - low)
    return {"uniform": lambda a, b: stats.uniform(a, b - a),
            "exponential": lambda m: stats.expon(scale=m),
            "weibull": lambda shape, scale: stats.weibull_min(shape, scale=scale),
            "normal": stats.norm, "beta": stats.beta, "bernoulli": stats.bernoulli,
            "binomial": stats.binom, "poisson": stats.poisson,
            "geometric": lambda q: stats.geom(q, loc=-1)}[family](*p)


CONTINUOUS = [("uniform", [2, 5]), ("triangular", [0, 2, 7]), ("pert", [0, 2, 7]),
              ("exponential", [3]), ("gamma", [3, 1]), ("gamma", [1, 2]), ("gamma", [2, 6]),
              ("lognormal", [1, 3]), ("weibull", [0.7, 3]), ("weibull", [2, 3]),
              ("normal", [-1, 2]), ("beta", [2, 5]), ("beta", [0.5, 2]), ("beta", [0.3, 0.3]),
              ("beta", [80, 3])]
DISCRETE = [("bernoulli", [0.3]), ("binomial", [12, 0.3]), ("binomial", [1000, 0.01]),
            ("poisson", [0.2]), ("poisson", [40]), ("poisson", [3000]), ("geometric", [0.05]),
            ("geometric", [0.9])]
SHARES = [1e-12, 1e-8, 1e-3, 0.05, 0.31, 0.5, 0.77, 0.95, 0.9999]


class Distributions(unittest.TestCase):
    def test_quantiles_and_probabilities_of_numbers(self):
        for family, p in CONTINUOUS:
            other = law(family, p)
            asked = ask(PROGRAM, [numbers("quantile", family, u, *p) for u in SHARES])
            xs = [x for (x,) in asked]
            # Further out SciPy's inverses are not exact, its probabilities are.
            np.testing.assert_allclose(xs[2:], other.ppf(SHARES[2:]), rtol=1e-8,
                                       err_msg=f"{family} {p}")
            np.testing.assert_allclose(other.cdf(xs), SHARES, rtol=1e-8, atol=3e-16,
                                       err_msg=f"{family} {p}")
            back = ask(PROGRAM, [numbers("cdf", family, x, *p) for x in xs])
            np.testing.assert_allclose([u for (u,) in back], other.cdf(xs), rtol=1e-9,
                                       err_msg=f"{family} {p}")

    def test_quantiles_and_probabilities_of_counts(self):
        for family, p in DISCRETE:
            other = law(family, p)
            asked = ask(PROGRAM, [numbers("quantile", family, u, *p) for u in SHARES])
            for (x,), u in zip(asked, SHARES):
                # The smallest x with so much at or below it.
                self.assertGreaterEqual(other.cdf(x), u * (1 - 1e-12), (family, p))
                self.assertLess(other.cdf(x - 1), u, (family, p))
            xs = [0, 1, 2, 10, 35, 3001]
            back = ask(PROGRAM, [numbers("cdf", family, x, *p) for x in xs])
            np.testing.assert_allclose([u for (u,) in back], other.cdf(xs), rtol=1e-9,
                                       err_msg=f"{family} {p}")

    def test_counts_far_above_what_is_likely(self):
        for family, p, low in (("poisson", [3], 60), ("poisson", [0.001], 4),
                               ("binomial", [1000, 0.01], 120), ("geometric", [0.3], 400)):
            k = np.arange(low, low + 300)
            log = law(family, p).logpmf(k)
            share = np.exp(log - special.logsumexp(log))
            us = [1e-9, 0.1, 0.3501, 0.6001, 0.9, 0.999, 0.999999]
            expected = low + np.searchsorted(np.cumsum(share), us)
            asked = ask(PROGRAM, [numbers("truncated", family, low, math.inf, u, *p) for u in us])
            self.assertEqual([x for (x,) in asked], list(expected), family)

    def test_a_gamma_distribution_of_shape_1e12(self):
        shape = 1e12
        us = np.array([1e-12, 1e-9, 0.01, 0.5, 0.99, 1 - 1e-6])
        asked = ask(PROGRAM, [numbers("quantile", "gamma", u, shape, math.sqrt(shape))
                              for u in us])
        found = (np.array([x for (x,) in asked]) - shape) / math.sqrt(shape)
        # The normal law with the first term of Cornish and Fisher; the next is of order 1e-12.
        z = stats.norm.ppf(us)
        np.testing.assert_allclose(found, z + (z * z - 1) / (3 * math.sqrt(shape)), atol=2e-9)
        # SciPy's own law holds in the middle alone.
        np.testing.assert_allclose(special.gammainc(shape, [x for (x,) in asked[2:5]]), us[2:5],
                                   rtol=1e-6)

    def test_a_beta_distribution_near_zero(self):
        us = [1e-140, 1e-30, 1e-12, 1e-8, 1e-7]
        asked = ask(PROGRAM, [numbers("quantile", "beta", u, 0.5, 2) for u in us])
        np.testing.assert_allclose(special.betainc(0.5, 2, [x for (x,) in asked]), us, rtol=1e-9)


def wilson(successes: int, n: int) -> tuple[float, float]:
    interval = stats.binomtest(successes, n).proportion_ci(method="wilson")
    return interval.low, interval.high


def score_bound(b: int, c: int, n: int, side: int) -> float:
    """Tango's limit, with the hypothesis's most likely probabilities found numerically."""
    d = (b - c) / n

    def score(delta):
        def unlikely(against):
            p = against + delta
            same = 1 - p - against
            return -(special.xlogy(b, p) + special.xlogy(c, against)
                     + special.xlogy(n - b - c, same))
        low, high = max(0, -delta), (1 - delta) / 2
        against = optimize.minimize_scalar(unlikely, bounds=(low, high), method="bounded",
                                           options={"xatol": 1e-13}).x
        return (b - c - n * delta) / math.sqrt(n * (2 * against + delta - delta * delta))

    z = stats.norm.ppf(0.975)
    return optimize.brentq(lambda x: score(x) + side * z, d + 1e-9 * side, side * (1 - 1e-9))


class Intervals(unittest.TestCase):
    def test_wilson(self):
        cases = [(4, 9), (15, 148), (81, 263), (500, 1000), (9990, 10000)]
        asked = ask(PROGRAM, [numbers("wilson", s, n) for s, n in cases])
        np.testing.assert_allclose(asked, [wilson(s, n) for s, n in cases], rtol=1e-10)

    def test_few_successes_have_the_limit_of_the_poisson_law(self):
        for s in (1, 2, 3):
            (low, high), = ask(PROGRAM, [numbers("wilson", s, 500)])
            self.assertAlmostEqual(stats.poisson.sf(s - 1, low * 500), 0.05, places=9)
            self.assertAlmostEqual(high, wilson(s, 500)[1], places=12)

    def test_newcombe(self):
        for s, n, t, m in ((56, 70, 48, 80), (9, 40, 5, 60), (300, 1000, 250, 900)):
            (low, high), = ask(PROGRAM, [numbers("newcombe", s, n, t, m)])
            p, q = s / n, t / m
            (a, b), (c, d) = wilson(s, n), wilson(t, m)
            self.assertAlmostEqual(low, p - q - math.hypot(p - a, d - q), places=10)
            self.assertAlmostEqual(high, p - q + math.hypot(b - p, q - c), places=10)

    def test_tango(self):
        for b, c, n in ((8, 2, 100), (1, 9, 40), (30, 22, 500), (3, 1, 1000)):
            (low, high), = ask(PROGRAM, [numbers("tango", b, c, n)])
            self.assertAlmostEqual(low, score_bound(b, c, n, -1), places=6)
            self.assertAlmostEqual(high, score_bound(b, c, n, 1), places=6)

    def test_means_without_skewness_have_students(self):
        x = [1.0, 2.0, 4.0, 8.0, 9.0, 13.0, 15.0, 16.0]  # symmetric around 8.5
        (low, high), = ask(PROGRAM, [numbers("mean", *x)])
        expected = stats.t.interval(0.95, len(x) - 1, np.mean(x), stats.sem(x))
        np.testing.assert_allclose((low, high), expected, rtol=1e-9)


if __name__ == "__main__":
    unittest.main()
