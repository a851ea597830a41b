#!/usr/bin/python3
"""Writes a small file of made-up results, in the layout of results/README.md, to draw from.

Usage: sample_results.py FILE [TRIALS]
"""

import sys

import h5py
import numpy as np

QUANTILES = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]
ENDINGS = ["horizon", "completed", "collapsed"]
CAUSES = ["none", "release_civilians", "no_second_phase", "rocket_fire"]
HORIZON = 120
CIVILIANS, PRISONERS = 33, 990


class Group:
    """A group with its dimensions: every axis of every dataset has a scale."""

    def __init__(self, file, name, **dimensions):
        self.group = file.create_group(name)
        self.dimensions = list(dimensions)
        for dimension, values in dimensions.items():
            self._create(dimension, values).make_scale(dimension)
        if "day" in dimensions:
            self.group["day"].attrs["units"] = "day"

    def _create(self, name, values):
        if isinstance(values[0], str):
            return self.group.create_dataset(name, data=values, dtype=h5py.string_dtype())
        return self.group.create_dataset(name, data=values)

    def add(self, name, values, axes, **attributes):
        dataset = self._create(name, values)
        for axis, dimension in enumerate(axes):
            dataset.dims[axis].attach_scale(self.group[dimension])
        dataset.attrs.update(attributes)


def simulate(trials, random):
    """Weekly releases until an end: columns {name: [trial]} and paths {name: [trial, day]}."""
    collapse = np.where(random.random(trials) < 0.4, random.weibull(1.3, trials) * 60 + 2, np.inf)
    complete = np.where(random.random(trials) < 0.7, 45 + random.gamma(4, 7, trials), np.inf)
    ends = np.stack([np.full(trials, float(HORIZON)), complete, collapse])
    duration = ends.min(axis=0)
    ending = ends.argmin(axis=0)
    days = np.arange(HORIZON + 1)
    freed = np.zeros((trials, HORIZON + 1))
    for week in range(9):
        delay = random.exponential(1.2, trials) * (random.random(trials) < 0.5)
        day = 1 + 7 * week + delay
        performed = (day < duration) & (random.random(trials) < 0.93)
        count = np.where(random.random(trials) < 0.1, 2, 4)
        freed += ((days >= day[:, None]) & performed[:, None]) * count[:, None]
    freed = np.minimum(freed, CIVILIANS)
    trust = np.clip(0.5 + 0.004 * (freed - 12) + random.normal(0, 0.08, (trials, 1)), 0, 1)
    cause = np.where(ending == 2, 1 + random.choice(3, trials, p=[0.5, 0.3, 0.2]), 0)
    half = (freed >= 17).argmax(axis=1).astype(float)
    half[freed[:, -1] < 17] = np.nan
    columns = {
        "ending": ending, "cause": cause, "duration": duration,
        "completed": ending == 1, "monitors_stayed": random.random(trials) < 0.93,
        "half_home": half, "least_trust": trust.min(axis=1),
        "civilians.freed": freed[:, -1].astype(np.int32),
        "civilians.died": random.poisson(0.4, trials).astype(np.int32),
        "prisoners.freed": (30 * freed[:, -1]).astype(np.int32),
        "first.reached": np.ones(trials, dtype=bool),
        "disputes.opened": random.poisson(1.2, trials).astype(np.int32),
    }
    paths = {"civilians.freed": freed, "prisoners.freed": 30 * freed, "hamas.trust": trust}
    return columns, paths


UNITS = {"duration": "day", "half_home": "day", "civilians.freed": "person",
         "civilians.died": "person", "prisoners.freed": "person"}
SUMMARIES = {"completed": "everyone came home without a collapse",
             "half_home": "day on which half of the civilians were home",
             "least_trust": "the least trust of either side",
             "duration": "time at which the trial ended",
             "ending": "how the trial ended", "cause": "first cause of collapse",
             "civilians.freed": "persons freed alive", "prisoners.freed": "persons freed alive"}


def wilson(p, n, z=1.959964):
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def write_trials(file, columns, trials):
    group = Group(file, "trials", trial=np.arange(trials))
    for name, values in columns.items():
        attributes = {"units": UNITS.get(name, "1")}
        if name in SUMMARIES:
            attributes["long_name"] = SUMMARIES[name]
        if name in ("ending", "cause"):
            labels = ["failed"] + (ENDINGS if name == "ending" else CAUSES)
            values = values.astype(np.int8)
            attributes |= {"flag_values": np.arange(-1, len(labels) - 1, dtype=np.int8),
                           "flag_meanings": " ".join(labels)}
        elif values.dtype == bool:
            values = values.astype(np.int8)
            attributes["dtype"] = "bool"
        group.add(name, values, ["trial"], **attributes)
    group.add("status", np.zeros(trials, dtype=np.int8), ["trial"],
              flag_values=np.arange(2, dtype=np.int8), flag_meanings="completed failed")


def write_summary(file, columns):
    numbers = {name: values.astype(float) for name, values in columns.items()
               if name not in ("ending", "cause")}
    group = Group(file, "summary", outcome=list(numbers), quantile=QUANTILES)
    count = np.array([np.sum(~np.isnan(v)) for v in numbers.values()])
    mean = np.array([np.nanmean(v) for v in numbers.values()])
    sd = np.array([np.nanstd(v, ddof=1) for v in numbers.values()])
    se = sd / np.sqrt(count)
    yes_no = np.array([columns[name].dtype == bool for name in numbers])
    low, high = mean - 1.96 * se, mean + 1.96 * se
    low[yes_no], high[yes_no] = wilson(mean[yes_no], count[yes_no])
    statistics = {
        "mean": mean, "sd": sd, "se": se, "ci_low": low, "ci_high": high,
        "min": [np.nanmin(v) for v in numbers.values()],
        "max": [np.nanmax(v) for v in numbers.values()],
        "missing": [int(np.sum(np.isnan(v))) for v in numbers.values()]}
    for name, values in statistics.items():
        group.add(name, values, ["outcome"])
    group.add("quantiles", [np.nanquantile(v, QUANTILES, method="inverted_cdf")
                            for v in numbers.values()], ["outcome", "quantile"])


def write_shares(file, name, dimension, labels, codes, duration):
    days = np.arange(HORIZON + 1)
    is_so = codes[:, None] == np.arange(len(labels))
    probability = is_so.mean(axis=0)
    group = Group(file, name, **{dimension: labels, "day": days})
    group.add("probability", probability, [dimension])
    low, high = wilson(probability, len(codes))
    group.add("ci_low", low, [dimension])
    group.add("ci_high", high, [dimension])
    by_day = duration[:, None] <= days
    group.add("cumulative_incidence", is_so.T.astype(float) @ by_day / len(codes),
              [dimension, "day"])


def write_timelines(file, paths):
    group = Group(file, "timelines", day=np.arange(HORIZON + 1), quantile=QUANTILES)
    for name, path in paths.items():
        group.add(name + ".mean", path.mean(axis=0), ["day"], units="1")
        group.add(name + ".sd", path.std(axis=0, ddof=1), ["day"], units="1")
        group.add(name + ".quantiles", np.quantile(path, QUANTILES, axis=0,
                                                   method="inverted_cdf").T,
                  ["day", "quantile"], units="1")


def write(path, trials=5000, **attributes):
    """Writes the file; `attributes` replace those of the root, None removes one."""
    columns, paths = simulate(trials, np.random.default_rng(1))
    with h5py.File(path, "w") as file:
        root = {"format": "truce-results", "format_version": "1.1", "title":
                "A made-up exchange in three phases", "program_version": "0.1.0",
                "git_revision": "unknown", "seed": 1, "trials": trials,
                "start_date": "2025-01-19", "random_generator": "Philox4x32-10",
                "disclaimer": "truce compares assumptions; it does not forecast."} | attributes
        file.attrs.update({name: value for name, value in root.items() if value is not None})
        sources = ["assumption: all numbers are made up"]
        Group(file, "provenance/sources", source=[1]).add("reference", sources, ["source"])
        write_trials(file, columns, trials)
        write_summary(file, columns)
        write_shares(file, "endings", "ending", ENDINGS, columns["ending"], columns["duration"])
        write_shares(file, "causes", "cause", CAUSES, columns["cause"], columns["duration"])
        write_timelines(file, paths)


if __name__ == "__main__":
    write(sys.argv[1], *map(int, sys.argv[2:]))
