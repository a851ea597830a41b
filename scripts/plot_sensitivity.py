#!/usr/bin/python3
"""Draws the report of `truce sensitivity ... --json`: a bar with its 95 % interval for each measure of
each parameter, and how much of the variance is chance."""

import truce_results
import truce_study
import truce_style as style

TITLES = {"first": "first order", "total": "total order", "prcc": "partial rank correlation",
          "src": "standardised regression", "shapley": "Shapley effect", "mu_star": "mean size of the effect (mu*)",
          "mu": "mean effect (mu)", "sigma": "spread of the effect (sigma)"}
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
    ax.set_title(TITLES.get(measure, measure), loc="left", fontweight="bold")
    ax.grid(axis="x", color=style.PALE, linewidth=0.6)


def draw(report, names):
    if "design" not in report.content:
        raise truce_results.ResultsError(f"{report.path}: is not what `truce sensitivity ... "
                                         "--json` prints")
    variants = report.variants(names)
    variants = [v for v in variants if v.get("varies", True)]
    if not variants:
        raise truce_results.ResultsError(f"{report.path}: the outcome does not vary")
    measures = list(max((next(iter(v["parameters"].values())) for v in variants), key=len))
    rows = sum(len(v["parameters"]) for v in variants)
    figure, body = style.plain_figure(
        f"What drives {style.words(report.content['target'])}",
        f"{report.content['design'].replace('_', ' ')} design, {variants[0]['points']} points; bars "
        "with 95 % intervals", [report.disclaimer], 3.1 * len(measures) + 1.6,
        1.4 + 0.75 * len(variants) + 0.3 * rows)
    grid = style.grid_of(figure, body, len(variants), len(measures))
    for i, variant in enumerate(variants):
        known = variant["parameters"][next(iter(variant["parameters"]))]
        first = next(m for m in ("total", "shapley", *measures) if m in known)
        order = sorted(variant["parameters"],
                       key=lambda p: -abs(variant["parameters"][p][first]["value"] or 0))
        for j, measure in enumerate(measures):
            ax = figure.add_subplot(grid[i, j])
            draw_measure(ax, variant, order, measure)
            ax.set_yticks(range(len(order)), [style.words(p) for p in order] if j == 0 else [])
            if j == 0:
                parts = variant["variance_of_parameters"], variant["variance_of_chance"]
                share = parts[0] / sum(parts) if sum(parts) > 0 else 0
                quality = variant.get("q_squared")
                known = f"; emulator's Q² = {quality:.3f}" if quality is not None else ""
                ax.set_xlabel(f"{style.words(variant['variant'])}: parameters explain "
                              f"{style.percent(share)} of one trial's variance{known}", loc="left")
    return figure


if __name__ == "__main__":
    truce_study.draw_variants(__doc__, "sensitivity", "sensitivity", draw)
