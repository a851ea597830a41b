#!/usr/bin/python3
"""Draws the report of `truce discover ... --json`: the trade-off between coverage and density along the
peeling, and the limits of the chosen box."""

import truce_page
import truce_results
import truce_study
import truce_style as style


LIMITS = 4.4  # width of the text beside a trajectory, inches


def draw_trajectory(ax, variant, search):
    boxes = search["trajectory"]
    coverage = [box["coverage"] for box in boxes]
    density = [box["density"] for box in boxes]
    ax.plot(coverage, density, color=style.SKY, marker="o", markersize=3, linewidth=1)
    top = max(density)
    if search["found"]:
        box, validated = search["box"], search["validated"]
        ax.plot([box["coverage"]], [box["density"]], "o", color=style.VERMILION, markersize=8)
        if validated["density"] is not None:
            low, high = validated["density_low"], validated["density_high"]
            # Of the cases outside earlier boxes, as the search has them; the axis is of all cases.
            ax.errorbar([validated["coverage"] * boxes[0]["coverage"]], [validated["density"]],
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
    several = len(shown(variant)) > 1
    ax.set_title(style.words(variant["variant"])
                 + (f", box {shown(variant).index(search) + 1}" if several else ""), loc="left",
                 fontweight="bold")
    ax.grid(color=style.PALE, linewidth=0.6)


def allowed(limit):
    if "allowed" in limit:
        return " or ".join(str(x) for x in limit["allowed"])
    low, high = limit["low"], limit["high"]
    if low is not None and high is not None:
        return f"{low:.3g} to {high:.3g}"
    return f"at least {low:.3g}" if low is not None else f"at most {high:.3g}"


def limits_text(search):
    """The lines beside a trajectory, of the width of the panel."""
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
            lines.append(f"{style.words(name)}: {allowed(limit)} (p = {limit['p_value']:.2g}; kept "
                         f"by {style.percent(limit['kept'])} of resamples)")
    return [part for line in lines for part in truce_page.wrapped(line, LIMITS, 8.5)]


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
    texts = [limits_text(search) for _, search in rows]
    tall = [max(3.0, 0.19 * len(text) + 0.7) for text in texts]
    said = [f"{style.words(v['variant'])}: " + ", ".join(
        f"{v['left_out'][key]:,} {what}" for key, what in (
            ("failed", "trials failed"), ("never", "trials without a value"))
        if v["left_out"].get(key)) + "." for v in variants
        if any(v.get("left_out", {}).get(key) for key in ("failed", "never"))]
    page = truce_page.Page(
        f"When is it likely: {style.words(report.content['target'])}",
        "patient rule induction, small dots: its steps; large dot: the box; square: the same by "
        "cross-validation, with a 95 % interval; dashed: the share of cases over all points",
        [*said, report.disclaimer], 10, sum(tall))
    grid = page.grid(len(rows), 2, height_ratios=tall, width_ratios=[1, 1])
    for i, ((variant, search), text) in enumerate(zip(rows, texts)):
        draw_trajectory(page.figure.add_subplot(grid[i, 0]), variant, search)
        place = shown(variant).index(search) + 1
        ax = page.figure.add_subplot(grid[i, 1])
        ax.set_axis_off()
        ax.set_title("the box" if len(shown(variant)) == 1 else f"box {place}", loc="left",
                     fontweight="bold")
        ax.text(0, 0.97, "\n".join(text), va="top", fontsize=8.5, linespacing=1.4,
                transform=ax.transAxes)
    return page.figure


if __name__ == "__main__":
    truce_study.draw_variants(__doc__, "discover", "discovery", draw)
