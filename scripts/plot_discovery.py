#!/usr/bin/python3
"""Draws the report of `truce discover ... --json`: the trade-off between coverage and density along the
peeling, and the limits of the chosen box."""

import truce_results
import truce_study
import truce_style as style


def draw_trajectory(ax, variant):
    boxes = variant["trajectory"]
    coverage = [box["coverage"] for box in boxes]
    density = [box["density"] for box in boxes]
    ax.plot(coverage, density, color=style.SKY, marker="o", markersize=3, linewidth=1)
    chosen = boxes[variant["chosen"]]
    ax.plot([chosen["coverage"]], [chosen["density"]], "o", color=style.VERMILION, markersize=8)
    ax.annotate("chosen", (chosen["coverage"], chosen["density"]), xytext=(8, 6),
                textcoords="offset points", color=style.VERMILION)
    ax.axhline(variant["base_rate"], color=style.GREY, linestyle="--", linewidth=0.8)
    ax.set_xlabel("coverage: share of all cases that are in the box")
    ax.set_ylabel("density: share of cases in the box")
    ax.set_xlim(0, 1.03)
    ax.set_ylim(0, max(density) * 1.15 if max(density) > 0 else 1)
    style.percent_axis(ax.xaxis)
    style.percent_axis(ax.yaxis)
    ax.set_title(style.words(variant["variant"]), loc="left", fontweight="bold")
    ax.grid(color=style.PALE, linewidth=0.6)


def draw_limits(ax, variant):
    box = variant["trajectory"][variant["chosen"]]
    ax.set_axis_off()
    ax.set_title("the chosen box", loc="left", fontweight="bold")
    lines = [f"{style.percent(box['mass'])} of the points, {style.percent(box['coverage'])} of the "
             f"cases; {style.percent(box['density'])} are cases", ""]
    for name, limit in box["limits"].items():
        low, high = limit["low"], limit["high"]
        where = (f"{low:.3g} to {high:.3g}" if low is not None and high is not None else
                 f"at least {low:.3g}" if low is not None else f"at most {high:.3g}")
        lines.append(f"{style.words(name)}: {where}   (p = {limit['p_value']:.2g})")
    if not box["limits"]:
        lines.append("no box does better than all points together")
    ax.text(0, 0.95, "\n".join(lines), va="top", fontsize=9, linespacing=1.6,
            transform=ax.transAxes)


def draw(report, names):
    variants = report.variants(names)
    if not variants or "trajectory" not in variants[0]:
        raise truce_results.ResultsError(f"{report.path}: is not what `truce discover ... --json` "
                                         "prints")
    figure, body = style.plain_figure(
        f"When is it likely: {style.words(report.content['target'])}",
        "patient rule induction; the dashed line is the share over all points",
        [report.disclaimer], 9.5, 1.0 + 3.2 * len(variants))
    grid = style.grid_of(figure, body, len(variants), 2)
    for i, variant in enumerate(variants):
        draw_trajectory(figure.add_subplot(grid[i, 0]), variant)
        draw_limits(figure.add_subplot(grid[i, 1]), variant)
    return figure


if __name__ == "__main__":
    truce_study.draw_variants(__doc__, "discover", "discovery", draw)
