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


def pooled(values, clusters):
    """(mean, low, high) of all values that are not NaN; errors between clusters, within which
    values hang together: the ratio estimator's (Cochran, Sampling Techniques, 1977, 2.9).

    values [any shape], clusters broadcast to it. NaN where there is nothing to tell."""
    clusters = np.broadcast_to(clusters, values.shape)
    valid = ~np.isnan(values)
    if not valid.any():
        return math.nan, math.nan, math.nan
    _, group = np.unique(clusters[valid], return_inverse=True)
    counts = np.bincount(group)
    sums = np.bincount(group, weights=values[valid])
    mean = sums.sum() / counts.sum()
    n = len(counts)
    if n < 2:
        return mean, math.nan, math.nan
    residual = sums - mean * counts
    half = student(n - 1) * math.sqrt(n / (n - 1) * (residual**2).sum()) / counts.sum()
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
