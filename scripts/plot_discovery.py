#!/usr/bin/python3
"""Draws the report of `truce discover ... --json`: the trade-off between coverage and density along the
peeling, and the limits of the chosen box."""

import truce_results
import truce_study
import truce_style as style


def draw_trajectory(ax, variant, search):
    boxes = search["trajectory"]
    coverage = [box["coverage"] for box in boxes]
    density = [box["density"] for box in boxes]
    ax.plot(coverage, density, color=style.SKY, marker="o", markersize=3, linewidth=1)
    top = max(density)
    if search["found"]:
        box, validated = search["box"], search["validated"]
        ax.plot([box["coverage"]], [box["density"]], "o", color=style.VERMILION, markersize=8)
        ax.annotate("the box", (box["coverage"], box["density"]), xytext=(8, 6),
                    textcoords="offset points", color=style.VERMILION)
        if validated["density"] is not None:
            low, high = validated["density_low"], validated["density_high"]
            ax.errorbar([validated["coverage"]], [validated["density"]],
                        [[validated["density"] - low], [high - validated["density"]]],
                        color=style.VERMILION, fmt="s", markersize=5, markerfacecolor="white",
                        capsize=3)
            top = max(top, high)
    ax.axhline(variant["base_rate"], color=style.GREY, linestyle="--", linewidth=0.8)
    ax.set_xlabel("coverage: share of all cases that are in the box")
    ax.set_ylabel("density: share of cases in the box")
    ax.set_xlim(0, 1.03)
    ax.set_ylim(0, top * 1.15 if top > 0 else 1)
    style.percent_axis(ax.xaxis)
    style.percent_axis(ax.yaxis)
    ax.set_title(style.words(variant["variant"]), loc="left", fontweight="bold")
    ax.grid(color=style.PALE, linewidth=0.6)


def allowed(limit):
    if "allowed" in limit:
        return " or ".join(str(x) for x in limit["allowed"])
    low, high = limit["low"], limit["high"]
    if low is not None and high is not None:
        return f"{low:.3g} to {high:.3g}"
    return f"at least {low:.3g}" if low is not None else f"at most {high:.3g}"


def draw_limits(ax, search, title):
    ax.set_axis_off()
    ax.set_title(title, loc="left", fontweight="bold")
    if not search["found"]:
        lines = ["no box does better than chance finds", "in points without any pattern"
                 f"   (p = {search['p_value']:.2g})"]
    else:
        box, validated = search["box"], search["validated"]
        lines = [f"{style.percent(box['mass'])} of the points, {style.percent(box['coverage'])} of "
                 f"the cases; {style.percent(box['density'])} are cases"]
        if validated["density"] is not None:
            lines.append(f"in points apart: {style.percent(validated['density'])} "
                         f"({style.percent(validated['density_low'])} to "
                         f"{style.percent(validated['density_high'])}) are cases")
        lines.append("")
        for name, limit in box["limits"].items():
            lines += [f"{style.words(name)}: {allowed(limit)}",
                      f"    p = {limit['p_value']:.2g}; kept by {style.percent(limit['kept'])} of "
                      "resamples"]
    ax.text(0, 0.95, "\n".join(lines), va="top", fontsize=9, linespacing=1.6,
            transform=ax.transAxes)


def shown(variant):
    """The searches that found a box, or the one that found none."""
    searches = variant["searches"]
    return [search for search in searches if search["found"]] or searches[:1]


def draw(report, names):
    variants = report.variants(names)
    if not variants or "searches" not in variants[0]:
        raise truce_results.ResultsError(f"{report.path}: is not what `truce discover ... --json` "
                                         "prints")
    rows = [(variant, search) for variant in variants for search in shown(variant)]
    figure, body = style.plain_figure(
        f"When is it likely: {style.words(report.content['target'])}",
        "patient rule induction; dashed: the share over all points; square: by cross-validation, "
        "with a 95 % interval",
        [report.disclaimer], 9.5, 1.0 + 3.2 * len(rows))
    grid = style.grid_of(figure, body, len(rows), 2)
    for i, (variant, search) in enumerate(rows):
        draw_trajectory(figure.add_subplot(grid[i, 0]), variant, search)
        place = shown(variant).index(search) + 1
        title = "the box" if len(shown(variant)) == 1 else f"box {place}"
        draw_limits(figure.add_subplot(grid[i, 1]), search, title)
    return figure


if __name__ == "__main__":
    truce_study.draw_variants(__doc__, "discover", "discovery", draw)
