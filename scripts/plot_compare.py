#!/usr/bin/python3
"""Draws the report of `truce compare ... --json`: the difference of each outcome's mean with its 95 %
interval, and in how many trials it is larger."""

from matplotlib.patches import Patch

import truce_cli
import truce_page
import truce_results
import truce_study
import truce_style as style


def read(path):
    return truce_study.Report(path, "comparisons", "compare")


def draw(report, names):
    every = report.content["comparisons"]
    known = list(dict.fromkeys(entry["outcome"] for entry in every))
    outcomes = truce_study.chosen(names, known, "outcome")
    groups = [[e for e in every if e["outcome"] == outcome] for outcome in outcomes]
    lines = sum(map(len, groups))
    if lines == 0:
        raise truce_results.ResultsError(f"{report.path}: compares nothing")
    tall = [sum(truce_page.row_height([name], 0.42) for name in map(pair, group)) + 0.8
            for group in groups]
    page = truce_page.Page(
        "Differences between assumptions", report.content["note"],
        ["Left: difference of the means" + (
            ", paired trial by trial," if all(e["paired"] for e in every) else "")
         + " with its 95 % interval, blue where it does not hold 0; above it the two means. Right: "
         "share of trials in which the outcome is larger, or smaller.",
         *left_out([e for group in groups for e in group]), report.disclaimer], 9.5, sum(tall),
        [Patch(color=style.ORANGE, label="smaller"), Patch(color=style.BLUE, label="larger")])
    grid = page.grid(len(groups), 2, height_ratios=tall, width_ratios=[3, 1.3])
    for i, group in enumerate(groups):
        left, right = (page.figure.add_subplot(grid[i, j]) for j in range(2))
        draw_group(left, right, group)
    return page.figure


def pair(entry):
    return f"{style.words(entry['a'])} against {style.words(entry['b'])}"


def left_out(entries):
    """Sentences on what the comparisons leave out, and on what does not differ."""
    said = []
    for e in entries:
        parts = [f"{e[key + side]:,} {what} in {style.words(e[side])}"
                 for key, what in (("failed_", "trials failed"), ("missing_", "without a value"),
                                   ("unpaired_", "without a partner"))
                 for side in "ab" if e.get(key + side)]
        if parts:
            said.append(f"{style.words(e['outcome'])}: {', '.join(parts)}")
        if e["difference"]["value"] is None:
            said.append(f"{style.words(e['outcome'])}, {pair(e)}: nothing to compare")
        elif e.get("too_few"):
            said.append(f"{style.words(e['outcome'])}, {pair(e)}: too few cases to rely on the "
                        "interval")
    return ["; ".join(said) + "."] if said else []


def draw_group(left, right, group):
    # The report has no kinds: what is told as a share is a yes/no, whose quantiles it leaves out.
    share = all(not e.get("quantiles", [0]) for e in group) and all(
        e[m] is None or 0 <= e[m] <= 1 for e in group for m in ("mean_a", "mean_b"))
    unit = group[0].get("unit", "")
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
        means = [style.value(entry[m], share) for m in ("mean_b", "mean_a")]
        left.annotate(" → ".join(means), (d["value"], row), xytext=(0, 6), ha="center",
                      textcoords="offset points", fontsize=7.5, color=style.SOFT)
        more, less = entry["p_larger"]["value"] or 0, entry["p_smaller"]["value"] or 0
        right.barh(row, more, color=style.BLUE, height=0.5)
        right.barh(row, -less, color=style.ORANGE, height=0.5)
    left.axvline(0, color=style.INK, linewidth=0.8)
    truce_page.label_rows(left, list(map(pair, group)))
    left.margins(x=0.16)
    left.set_xlabel(style.difference_label(unit, share))
    left.set_title(style.words(group[0]["outcome"]), loc="left", fontweight="bold")
    left.grid(axis="x", color=style.PALE, linewidth=0.6)
    if share:
        style.percent_axis(left.xaxis, signed=True)
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
