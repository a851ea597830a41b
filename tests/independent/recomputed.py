"""What the page on results files says of estimates, in NumPy and SciPy."""

import numpy as np
from scipy import optimize, stats


def student(confidence, freedom):
    return stats.t.ppf((1 + confidence) / 2, freedom)


def share(k, n):
    """Wilson's interval as Brown, Cai and DasGupta modify it."""
    z, p = stats.norm.ppf(0.975), k / n
    middle = (p + z**2 / 2 / n) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / 4 / n**2)
    low, high = max(0, middle - half), min(1, middle + half)
    if k <= 3:
        low = min(low, stats.gamma.ppf(0.05, k) / n) if k > 0 else 0
    if n - k <= 3:
        high = max(high, 1 - stats.gamma.ppf(0.05, n - k) / n) if k < n else 1
    return low, high


def score(x, t, missed=0.0):
    """Of a mean: all m with (mean - m)^2 <= t^2 (sd^2 + (m - mean) skewness sd) / n."""
    n, mean, sd = len(x), x.mean(), x.std(ddof=1)
    if sd == 0:
        return mean - t**2 / n * missed, mean + t**2 / n * missed
    slope = t**2 / n * stats.skew(x) * sd
    half = np.sqrt(slope**2 / 4 + t**2 / n * sd**2)
    return mean + slope / 2 - half, mean + slope / 2 + half


def joined(d, gain, loss, r):
    """Of gain less loss, whose (mean, low, high) are given: Zou and Donner's."""
    def root(x, y):
        return np.sqrt(max(0, x**2 + y**2 - 2 * r * x * y))
    return (d - root(gain[0] - gain[1], loss[2] - loss[0]),
            d + root(gain[2] - gain[0], loss[0] - loss[1]))


def of_gain_and_loss(gain, loss, t, missed):
    r = np.corrcoef(gain, loss)[0, 1] if gain.std() > 0 and loss.std() > 0 else 0
    return joined(gain.mean() - loss.mean(), (gain.mean(), *score(gain, t, missed)),
                  (loss.mean(), *score(loss, t, missed)), r)


def paired_numbers(a, b, confidence=0.95):
    d = a - b
    both = np.concatenate([a, b])
    size = np.abs(d)
    missed = (size**2).sum() / size.sum() * (d == 0).mean() if size.any() else np.ptp(both)
    return of_gain_and_loss(np.maximum(d, 0), np.maximum(-d, 0), student(confidence, len(d) - 1), missed)


def paired_shares(more, less, n):
    """Tango's: the differences that the score test does not refuse."""
    z = stats.norm.ppf(0.975)

    def excess(delta):
        b = -more - less + (2 * n - more + less) * delta
        c = -less * delta * (1 - delta)
        q = (np.sqrt(max(0, b**2 - 8 * n * c)) - b) / (4 * n)
        return (more - less - n * delta)**2 - z**2 * n * (2 * q + delta * (1 - delta))

    d, edge = (more - less) / n, 1 - 1e-12
    return tuple(optimize.brentq(excess, d, far, xtol=1e-15) for far in (-edge, edge))


def independent_numbers(a, b):
    u, v = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    freedom = (u + v)**2 / (u**2 / (len(a) - 1) + v**2 / (len(b) - 1))
    t, missed = student(0.95, freedom), np.ptp(np.concatenate([a, b]))
    return joined(a.mean() - b.mean(), (a.mean(), *score(a, t, missed)), (b.mean(), *score(b, t, missed)), 0)


def independent_shares(a, b):
    of = [(x.mean(), *share(int(x.sum()), len(x))) for x in (a, b)]
    return joined(of[0][0] - of[1][0], *of, 0)


def quantile(x, p):
    """The smallest value that at least the share p is at or below, with its 95 % interval."""
    x, n = np.sort(x), len(x)
    at_least = stats.binom.sf(np.arange(-1, n + 1), n, p)  # of so many or more at or below
    low = int((1 - at_least <= 0.025 + 1e-15).nonzero()[0].max())
    high = int((at_least <= 0.025).nonzero()[0].min())
    return (x[int(np.ceil(round(n * p, 9))) - 1], x[low - 1] if low > 0 else -np.inf,
            x[high - 1] if high <= n else np.inf)


def shift(a, b):
    both = np.sort(np.concatenate([a, b]))
    deciles = np.unique([both[len(both) * k // 10] for k in range(1, 10)])
    deciles = deciles[deciles < both[-1]] if (deciles < both[-1]).any() else both[:1]
    steps = [(a > x).astype(int) - (b > x) for x in deciles]
    scores = np.array([s.sum() / np.sqrt((s**2).sum()) if s.any() else 0 for s in steps])
    bound = stats.norm.ppf(1 - 0.025 / len(deciles))
    return {(False, False): "no", (True, False): "larger", (False, True): "smaller",
            (True, True): "crossing"}[bool((scores > bound).any()), bool((scores < -bound).any())]
