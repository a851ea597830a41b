#!/usr/bin/python3
"""Draws the report of `truce compare ... --json`: the difference of each outcome's mean with its 95 %
interval, in standard units of the outcome's own difference, and in how many trials it is larger."""

import truce_results
import truce_study
import truce_style as style


def read(path):
    return truce_study.Report(path, "comparisons", "compare")


def number(x):
    return "-" if x is None else f"{x:.4g}"


def draw(report, names):
    every = report.content["comparisons"]
    known = list(dict.fromkeys(entry["outcome"] for entry in every))
    outcomes = truce_study.chosen(names, known, "outcome")
    groups = [[e for e in every if e["outcome"] == outcome] for outcome in outcomes]
    lines = sum(map(len, groups))
    if lines == 0:
        raise truce_results.ResultsError(f"{report.path}: compares nothing")
    figure, body = style.plain_figure(
        "Differences between assumptions", report.content["note"],
        [report.disclaimer + " Left: difference of the means with its 95 % interval. Right: share "
         "of trials in which the outcome is larger, or smaller."],
        9.5, 1.3 + 0.62 * len(groups) + 0.42 * lines)
    grid = style.grid_of(figure, body, len(groups), 2)
    grid.set_height_ratios([len(group) + 1 for group in groups])
    grid.set_width_ratios([3, 1.3])
    for i, group in enumerate(groups):
        left, right = figure.add_subplot(grid[i, 0]), figure.add_subplot(grid[i, 1])
        draw_group(left, right, group)
        if i == len(groups) - 1:
            right.set_xlabel("share of trials")
    return figure


def draw_group(left, right, group):
    names = [f"{style.words(e['a'])} against {style.words(e['b'])}" for e in group]
    for row, entry in enumerate(group):
        d = entry["difference"]
        if d["value"] is None:
            continue
        sure = d["low"] is not None and d["low"] * d["high"] > 0
        colour = style.BLUE if sure else style.GREY
        left.plot([d["low"], d["high"]], [row, row], color=colour, linewidth=2.2)
        left.plot([d["value"]], [row], "o", color=colour, markersize=5)
        left.annotate(f"{number(entry['mean_b'])} → {number(entry['mean_a'])}",
                      (d["value"], row), xytext=(0, 7), textcoords="offset points", ha="center",
                      fontsize=7.5, color=style.SOFT)
        more, less = entry["p_larger"]["value"] or 0, entry["p_smaller"]["value"] or 0
        right.barh(row, more, color=style.BLUE, height=0.5)
        right.barh(row, -less, color=style.ORANGE, height=0.5)
    left.axvline(0, color=style.INK, linewidth=0.8)
    left.set_yticks(range(len(group)), [style.shortened(n, 48) for n in names])
    left.set_ylim(len(group) - 0.4, -0.8)
    left.set_title(style.words(group[0]["outcome"]), loc="left", fontweight="bold")
    left.grid(axis="x", color=style.PALE, linewidth=0.6)
    right.axvline(0, color=style.INK, linewidth=0.8)
    right.set_yticks([])
    right.set_ylim(len(group) - 0.4, -0.8)
    most = max([0.02] + [e[key]["value"] or 0 for e in group for key in ("p_larger", "p_smaller")])
    right.set_xlim(-1.15 * most, 1.15 * most)
    right.xaxis.set_major_locator(style.ticker.MaxNLocator(4, symmetric=True))
    right.xaxis.set_major_formatter(
        style.ticker.FuncFormatter(lambda x, _: f"{100 * abs(x):.3g} %"))
    right.set_title("smaller | larger", fontsize=8, color=style.SOFT)


if __name__ == "__main__":
    truce_results.draw_all(
        truce_study.arguments(__doc__, "--outcome", "an outcome to draw",
                              "what truce compare --json printed"),
        "differences", draw, read)
