"""Means over several points of a study, with 95 % intervals that know what is drawn together."""

import math

import numpy as np

Z = 1.959963984540054


def student(freedom):
    """The 97.5 % quantile of Student's distribution: from a table to 3, an expansion in 1/freedom
    beyond (Abramowitz and Stegun 26.7.5; within 0.5 %)."""
    if freedom < 4:
        return (12.706, 4.303, 3.182)[freedom - 1]
    z, f = Z, freedom
    return (z + (z**3 + z) / (4 * f) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * f**2)
            + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * f**3))


def variance(residuals, group):
    """(variance of the sum of residuals, number of groups), between groups."""
    sums = np.bincount(group, weights=residuals)
    n = len(sums)
    return (n / (n - 1) * (sums**2).sum() if n > 1 else math.nan), n


def pooled(values, *clusterings):
    """(mean, low, high) of all values that are not NaN; errors between clusters, within which values
    hang together: the ratio estimator's (Cochran, Sampling Techniques, 1977, 2.9). Two clusterings
    that cross, as points and the trials that they share: the sum of both errors less that of their
    cells (Cameron, Gelbach and Miller, J. Bus. Econ. Stat. 29, 2011), at least the larger of both.

    values [any shape], clusterings broadcast to it. NaN where there is nothing to tell."""
    valid = ~np.isnan(values)
    if not valid.any():
        return math.nan, math.nan, math.nan
    groups = [np.unique(np.broadcast_to(clusters, values.shape)[valid], return_inverse=True)[1]
              for clusters in clusterings]
    known = values[valid]
    mean = known.mean()
    found = [variance(known - mean, group) for group in groups]
    total = max(v for v, _ in found) if all(v == v for v, _ in found) else math.nan
    if len(groups) == 2:
        cells = np.unique(groups[0] * (groups[1].max() + 1) + groups[1], return_inverse=True)[1]
        total = max(total, sum(v for v, _ in found) - variance(known - mean, cells)[0])
    if not total >= 0:
        return mean, math.nan, math.nan
    half = student(min(n for _, n in found) - 1) * math.sqrt(total) / len(known)
    return mean, mean - half, mean + half


def classes(x, discrete, most=10, least_size=10):
    """[class] of indices into x, by ascending x. Equal values are never parted: a class for each
    value where they are discrete, else classes of about equal size."""
    values, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    if discrete or (len(values) <= most and counts.min() > 1):
        which = np.arange(len(values))
    else:
        number = max(2, min(most, len(x) // least_size))
        middle = (np.cumsum(counts) - counts / 2) / counts.sum()
        which = np.floor(middle * number).astype(int)
    return [np.flatnonzero(which[place] == c) for c in np.unique(which)]
