#!/usr/bin/python3
"""Draws the report of `truce compare ... --json`: the difference of each outcome's mean with its 95 %
interval, and in how many trials it is larger."""

import math
import os

from matplotlib.patches import Patch

import truce_cli
import truce_page
import truce_results
import truce_study
import truce_style as style


MOST_LINES = 40  # unless asked for


def read(path):
    return truce_study.Report(path, "comparisons", "compare")


def draw(report, names):
    every = report.content["comparisons"]
    known = list(dict.fromkeys(entry["outcome"] for entry in every))
    outcomes = truce_study.chosen(names, known, "outcome")
    groups = [[e for e in every if e["outcome"] == outcome] for outcome in outcomes]
    if not groups:
        raise truce_results.ResultsError(f"{report.path}: compares nothing")
    while not names and len(groups) > 1 and sum(map(len, groups)) > MOST_LINES:
        groups.pop()
    missed = outcomes[len(groups):]
    alone = only_pair(groups)
    tall = [sum(truce_page.row_height([name], 0.42) for name in labels(group, alone)) + 0.8
            for group in groups]
    page = truce_page.Page(
        "Differences between assumptions", f"{alone}: {report.content['note']}" if alone else report.content["note"],
        ["Left: difference of the means" + (
            ", paired trial by trial," if all(e["paired"] for e in every) else "")
         + " with its 95 % interval, blue where it does not hold 0; above it the means, from what is "
         "compared against to what is compared. Right: share of trials in which the outcome is "
         "larger, or smaller."
         + (f" Not drawn, to be had with --outcome: {style.listed(missed)}." if missed else ""),
         *left_out(groups), report.disclaimer], 9.5, sum(tall),
        [Patch(color=style.ORANGE, label="smaller"), Patch(color=style.BLUE, label="larger")])
    grid = page.grid(len(groups), 2, height_ratios=tall, width_ratios=[3, 1.3])
    for i, group in enumerate(groups):
        left, right = (page.figure.add_subplot(grid[i, j]) for j in range(2))
        draw_group(left, right, group, alone)
    return page.figure


def side(name):
    """A variant in words; a file or a point as it stands."""
    return name if "=" in name or os.path.splitext(name)[1] == ".h5" else style.words(name)


def pair(entry):
    return ("~ " if entry.get("too_few") else "") + f"{side(entry['a'])} against {side(entry['b'])}"


def only_pair(groups):
    """The pair, where all that is drawn is of one: said once, above."""
    pairs = {f"{side(entry['a'])} against {side(entry['b'])}" for group in groups for entry in group}
    return pairs.pop() if len(pairs) == 1 else ""


def labels(group, alone):
    """Of a group's rows."""
    return ["~" if entry.get("too_few") else "" for entry in group] if alone else list(map(pair, group))


def left_out(groups):
    """Sentences on what the comparisons leave out, and on what does not differ."""
    said = []
    for group in groups:
        parts = []
        for key, what in (("failed_", "failed"), ("missing_", "without a value"),
                          ("unpaired_", "without a partner")):
            most = max((e.get(key + s, 0), side(e[s])) for e in group for s in "ab")
            sides = {side(e[s]) for e in group for s in "ab" if e.get(key + s)}
            if len(sides) > 2:
                parts.append(f"up to {most[0]:,} {what}, in {most[1]}")
            elif sides:
                parts += [f"{n:,} {what} in {name}" for n, name in dict.fromkeys(
                    (e[key + s], side(e[s])) for e in group for s in "ba" if e.get(key + s))]
        if parts:
            said.append(f"Trials of {style.words(group[0]['outcome'])}: {', '.join(parts)}.")
    if any(e.get("too_few") for group in groups for e in group):
        said.append("~: too few cases to rely on the interval.")
    return [" ".join(said)] if said else []


def means(entry, share):
    """Both means, with as many decimals as tell them apart."""
    pair_of = [entry[m] for m in ("mean_b", "mean_a")]
    if share:
        pair_of = [100 * m for m in pair_of]
    low, high = sorted(map(abs, pair_of))
    least = 2 - math.floor(math.log10(high)) if high else 0
    apart = -math.floor(math.log10(high - low)) if high - low > 1e-9 * high else 0
    places = max(0, min(max(least, apart), 6))
    return " \u2192 ".join(f"{m:,.{places}f}".replace("-", "\u2212") + (" %" if share else "")
                      for m in pair_of)


def draw_group(left, right, group, alone):
    share, unit = group[0]["kind"] == "boolean", group[0]["unit"]
    for row, entry in enumerate(group):
        d = entry["difference"]
        if d["value"] is None:
            left.text(0.5, row, "nothing to compare", transform=left.get_yaxis_transform(),
                      ha="center", va="center", color=style.SOFT, fontsize=8)
            continue
        sure = d["low"] is not None and d["low"] * d["high"] > 0
        colour = style.BLUE if sure else style.GREY
        if d["low"] is not None:
            left.plot([d["low"], d["high"]], [row, row], color=colour, linewidth=2.2)
        left.plot([d["value"]], [row], "o", color=colour, markersize=5)
        left.annotate(means(entry, share), (d["value"], row), xytext=(0, 6), ha="center",
                      textcoords="offset points", fontsize=7.5, color=style.SOFT,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})
        more, less = entry["p_larger"]["value"] or 0, entry["p_smaller"]["value"] or 0
        right.barh(row, more, color=style.BLUE, height=0.5)
        right.barh(row, -less, color=style.ORANGE, height=0.5)
    left.axvline(0, color=style.INK, linewidth=0.8)
    truce_page.label_rows(left, labels(group, alone))
    if any(e["difference"]["value"] is not None and (share or e.get("varies", True)) for e in group):
        left.margins(x=0.16)
    else:
        left.set_xlim(-1, 1)  # no difference to measure
    style.plain_ticks(left.xaxis, 7)
    left.set_xlabel(style.difference_label(unit, share))
    left.set_title(style.words(group[0]["outcome"]), loc="left", fontweight="bold")
    left.grid(axis="x", color=style.PALE, linewidth=0.6)
    if share:
        style.percent_axis(left.xaxis, difference=True)
    right.axvline(0, color=style.INK, linewidth=0.8)
    right.set_yticks([])
    for ax in (left, right):
        ax.set_ylim(len(group) - 0.5, -0.75)
    most = max([0.02] + [e[key]["value"] or 0 for e in group for key in ("p_larger", "p_smaller")])
    right.set_xlim(-1.15 * most, 1.15 * most)
    right.xaxis.set_major_locator(style.ticker.MaxNLocator(3, symmetric=True))
    right.xaxis.set_major_formatter(
        style.ticker.FuncFormatter(lambda x, _: f"{100 * abs(x):.3g} %"))
    right.set_xlabel("share of trials")


if __name__ == "__main__":
    truce_cli.draw_all(
        truce_study.arguments(__doc__, "--outcome", "an outcome to draw",
                              "what truce compare --json printed"),
        "differences", draw, read)
