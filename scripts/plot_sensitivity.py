#!/usr/bin/python3
"""Draws the report of `truce sensitivity ... --json`: a bar with its 95 % interval for each measure of
each parameter, and how much of the variance is chance."""

import truce_page
import truce_results
import truce_study
import truce_style as style

TITLES = {"first": "first order", "total": "total order", "prcc": "partial rank correlation",
          "src": "standardised regression", "shapley": "Shapley effect", "mu_star": "mean size of the effect (mu*)",
          "mu": "mean effect (mu)", "sigma": "spread of the effect (sigma)"}
VARIANCE = "share of the variance between points"
CORRELATION = "\u22121 to 1"
EFFECT = "change over the whole range"
LABELS = {"first": VARIANCE, "total": VARIANCE, "shapley": VARIANCE, "prcc": CORRELATION,
          "src": "standard deviations per standard deviation", "mu_star": EFFECT, "mu": EFFECT, "sigma": EFFECT}
COLOURS = {"first": style.BLUE, "total": style.SKY, "prcc": style.GREEN, "src": style.ORANGE,
           "shapley": style.BLUE, "mu_star": style.BLUE, "mu": style.GREEN, "sigma": style.ORANGE}


def draw_measure(ax, variant, order, measure):
    for row, parameter in enumerate(order):
        e = variant["parameters"][parameter].get(measure)
        if e is None or e["value"] is None:
            continue
        ax.barh(row, e["value"], color=COLOURS.get(measure, style.BLUE), height=0.6)
        if e["low"] is not None:
            ax.plot([e["low"], e["high"]], [row, row], color=style.INK, linewidth=1)
    ax.axvline(0, color=style.INK, linewidth=0.8)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.set_xlabel(LABELS.get(measure, ""))
    style.plain_ticks(ax.xaxis)
    ax.grid(axis="x", color=style.PALE, linewidth=0.6)


def draw(report, names):
    if "design" not in report.content:
        raise truce_results.ResultsError(f"{report.path}: is not what `truce sensitivity ... "
                                         "--json` prints")
    variants = report.variants(names)
    variants = [v for v in variants if v.get("varies", True)]
    if not variants:
        raise truce_results.ResultsError(f"{report.path}: the outcome does not vary")
    constant = [v["variant"] for v in report.variants(names) if v not in variants]
    measures = list(max((next(iter(v["parameters"].values())) for v in variants), key=len))
    tall = [truce_page.row_height(map(style.words, v["parameters"])) * len(v["parameters"]) + 1.4
            for v in variants]
    page = truce_page.Page(
        f"What drives {style.words(report.content['target'])}",
        f"{report.content['design'].replace('_', ' ')} design, {style.count(variants[0]['points'], 'point')}; bars "
        "with 95 % intervals", [*explained(variants, constant), report.disclaimer],
        3.1 * len(measures) + 1.6, sum(tall), [])
    grid = page.grid(len(variants), len(measures), height_ratios=tall)
    columns = [None] * len(measures)  # variants share the scale of a measure
    for i, variant in enumerate(variants):
        known = variant["parameters"][next(iter(variant["parameters"]))]
        first = next(m for m in ("total", "shapley", *measures) if m in known)
        order = sorted(variant["parameters"],
                       key=lambda p: -abs(variant["parameters"][p][first]["value"] or 0))
        for j, measure in enumerate(measures):
            ax = page.figure.add_subplot(grid[i, j], sharex=columns[j])
            columns[j] = columns[j] or ax
            draw_measure(ax, variant, order, measure)
            truce_page.label_rows(ax, [style.words(p) if j == 0 else "" for p in order])
            name = (f"{style.words(variant['variant'])}: "
                    if len(report.content["variants"]) > 1 else "")
            ax.set_title(name + TITLES.get(measure, measure), loc="left", fontweight="bold")
    return page.figure


def explained(variants, constant):
    """Paragraphs: how much of the variance the parameters explain, and what was left out."""
    said = []
    for variant in variants:
        name = style.words(variant["variant"])
        parts = variant["variance_of_parameters"], variant["variance_of_chance"]
        quality = variant.get("q_squared")
        if None in parts:  # with one trial a point
            line = f"{name}: how much of one trial's variance the parameters explain is not known"
        else:
            share = parts[0] / sum(parts) if sum(parts) > 0 else 0
            line = f"{name}: parameters explain {style.percent(share)} of one trial's variance"
        line += f"; the emulator's Q² is {quality:.3f}" if quality is not None else ""
        left = variant.get("left_out", {})
        for key, what in (("failed", "trials failed"), ("never", "have no value")):
            if left.get(key):
                line += f"; {left[key]:,} of {left['trials']:,} trials {what}".replace(
                    "trials trials", "trials")
        empty = left.get("points_without_value")
        line += f"; {len(empty)} points without any value" if empty else ""
        said.append(line + ".")
        said += [f"{name}: {warning}." for warning in variant.get("warnings", [])]
    said += [f"Not drawn, as the outcome does not vary: {style.listed(constant)}."] if constant else []
    return said


if __name__ == "__main__":
    truce_study.draw_variants(__doc__, "sensitivity", "sensitivity", draw)
