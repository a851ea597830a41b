"""What plot_sweep.py draws: means by value or class of a parameter, and the words that say so."""

import numpy as np
from matplotlib.lines import Line2D

import truce_style as style
from truce_pooled import classes, pooled


def is_sampled(study):
    return study.design not in ("grid", "one_at_a_time")


def points_of(study, parameter, variant):
    """Indices of the points that a panel shows: of one_at_a_time those that vary nothing else."""
    points = np.flatnonzero(study.variant == variant)
    if study.design != "one_at_a_time" or len(points) == 0:
        return points
    column = study.parameters.index(parameter)
    others = np.delete(study.values[points], column, axis=1)
    base = others[np.argmin(study.row[points])]
    return points[np.all(others == base, axis=1)]


def levels(study, outcome, parameter, variant, paired=False):
    """(x, mean, low, high), each [class]. Errors are between trials, which share their random
    numbers; of sampled points also between the groups that the design draws independently."""
    values = study.differences(outcome) if paired else study.trial_values(outcome)
    points = points_of(study, parameter, variant)
    x = study.values[points, study.parameters.index(parameter)]
    sampled = is_sampled(study)
    single = study.summary(outcome)
    rows = []
    for members in classes(x, not sampled):
        chosen = points[members]
        if len(chosen) == 1 and not paired:
            mean, low, high = (column[chosen[0]] for column in single)
        else:
            drawn = [np.arange(study.trials)[None, :]]
            if sampled:
                drawn.append(study.clusters()[chosen][:, None])
            mean, low, high = pooled(values[chosen], *drawn)
            if study.is_share(outcome) and not paired:
                low, high = max(low, 0), min(high, 1)
        rows.append((x[members].mean(), mean, low, high))
    return np.array(rows).reshape(-1, 4).T


def dots(study, outcome, parameter, variant):
    """(x, mean), each [point]."""
    points = points_of(study, parameter, variant)
    return (study.values[points, study.parameters.index(parameter)],
            study.summary(outcome)[0][points])


def intervals(ax, x, mean, low, high, colour):
    known = np.isfinite(low) & np.isfinite(high)
    ax.errorbar(x[known], mean[known], [(mean - low)[known], (high - mean)[known]], color=colour,
                fmt="none", capsize=2.5, linewidth=1.2)


def dress(ax, parameter, x):
    ax.set_xlabel(style.words(parameter))
    style.plain_ticks(ax.xaxis)
    ax.margins(x=0.06)
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)


def legend(variants):
    if len(variants) < 2:
        return []
    return [Line2D([], [], color=colour, marker=marker, markersize=4, label=style.words(name))
            for name, colour, marker in style.series(variants)]


def subtitle(study, as_map, as_list, parameters):
    rows = len(np.unique(study.row))
    what = f"{study.design.replace('_', ' ')} design of {style.count(rows, 'point')}"
    if len(study.variants) > 1:
        what += f" in {len(study.variants)} variants"
    if study.points < study.planned:
        what = (f"part of a {study.design.replace('_', ' ')} design, {study.points:,} of its "
                f"{style.count(study.planned, 'point')}")
    others = [p for p in study.parameters if p not in parameters]
    if as_list:
        return f"{what}: the mean of each row of the list"
    if study.design == "one_at_a_time":
        return f"{what}: means, all other parameters as the scenario has them"
    if study.design == "grid":
        if as_map:
            return f"{what}: means" + (f", over all values of {style.listed(others)}" if others
                                       else "")
        return f"{what}: means" + (", in each panel over all values of the other parameters"
                                   if len(study.parameters) > 1 else "")
    return (f"{what}: dots are points, lines join means of classes of points; the other parameters "
            "vary within each class")


def explained(study, variants, as_map, as_list, parameters, outcomes):
    """Sentences on the intervals of the figure."""
    sampled = is_sampled(study) and not as_list
    between = {"saltelli": "base points of the design", "morris": "trajectories"}.get(
        study.design, "points")
    how = (f"errors between the {between}, taken as independent draws, and between trials" if sampled
           else "errors between trials")
    said = []
    if sampled:
        said.append("Classes hold about as many points each, and never part equal values.")
    if as_map:
        width = max(np.nanmax((high - low) / 2) for _, low, high in map(study.summary, outcomes))
        share = all(map(study.is_share, outcomes))
        if len(parameters) == len(study.parameters) and len(outcomes) == 1:
            said.append(f"95 % intervals of single cells reach ± "
                        f"{style.number(100 * width) + ' percentage points' if share else style.number(width)}"
                        " at most.")
    elif len(variants) == 1:
        said.append(f"Bars: 95 % intervals of each mean, {how}; trials share their random numbers "
                    "between points, so that differences along a line are surer than the bars say.")
    if len(variants) > 1:
        said.append(f"Differences are to '{style.words(study.against)}', paired trial by trial (common "
                    "random numbers)"
                    + ("; in brackets where their 95 % interval, of errors between trials, holds 0."
                       if as_map else f", with the 95 % intervals of the paired difference, {how}. "
                       "The means have no bars, as those would not tell whether variants differ."))
    return said
