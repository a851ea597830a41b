#!/usr/bin/python3
"""Two-sample Kolmogorov-Smirnov tests of every main outcome of a run against a table of trials from
another program. Exits 1 where one of them is rejected at 0.001, adjusted for their number (Holm).

Usage: agreement.py RUN.h5 TABLE.csv"""

import csv
import sys

import h5py
import numpy as np
from scipy.stats import ks_2samp


def sample(values):
    """Missing values come last, so that their number is compared too."""
    return np.where(np.isnan(values), 1e9, values)


def main():
    run, table = sys.argv[1:]
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    tests = []
    with h5py.File(run) as results:
        for column, name in enumerate(rows[0]):
            ours = sample(results["trials/" + name][()].astype(float))
            theirs = sample(np.array([float(row[column]) for row in rows[1:]]))
            statistic, p = ks_2samp(ours, theirs, mode="asymp")
            tests.append((p, name, statistic, ours.mean(), theirs.mean()))
    print(f"{'outcome':28} {'mean':>10} {'other':>10} {'D':>8} {'p':>8}")
    for p, name, statistic, ours, theirs in sorted(tests, key=lambda test: test[1]):
        print(f"{name:28} {ours:10.4g} {theirs:10.4g} {statistic:8.4f} {p:8.3g}")
    rejected = [name for i, (p, name, *_) in enumerate(sorted(tests))
                if p * (len(tests) - i) < 0.001]
    if rejected:
        sys.exit(f"error: these do not agree: {', '.join(rejected)}")


if __name__ == "__main__":
    main()
