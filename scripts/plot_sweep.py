#!/usr/bin/python3
"""Draws an outcome of a study against the parameters that it varies: lines with 95 % intervals over
the values of a grid, a map where two parameters are varied, points where they are sampled."""

import truce_results
import truce_study
import truce_style as style

np = truce_results.np
COLOURS = (style.BLUE, style.VERMILION, style.GREEN, style.ORANGE, style.PURPLE, style.SKY)


def outcome_axis(ax, study, outcome):
    unit = style.unit_label(study.unit(outcome))
    ax.set_ylabel(style.words(outcome) + (f" ({unit})" if unit else ""))
    if study.is_share(outcome):
        style.percent_axis(ax.yaxis)


def draw_lines(ax, study, outcome, parameter):
    """One parameter varied on purpose: a line per variant."""
    column = study.parameters.index(parameter)
    mean, low, high = study.summary(outcome)
    for variant, colour in zip(study.variants, COLOURS * len(study.variants)):
        rows = np.flatnonzero(study.variant == variant)
        if study.design == "one_at_a_time":
            base = study.values[rows[0]]
            others = np.delete(study.values[rows], column, axis=1)
            rows = rows[np.all(others == np.delete(base, column), axis=1)]
        rows = rows[np.argsort(study.values[rows, column], kind="stable")]
        x = study.values[rows, column]
        ax.fill_between(x, low[rows], high[rows], color=colour, alpha=0.18, linewidth=0)
        ax.plot(x, mean[rows], color=colour, marker="o", markersize=3.5, label=style.words(variant))
    ax.set_xlabel(style.words(parameter))
    outcome_axis(ax, study, outcome)
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)


def draw_points(ax, study, outcome, parameter):
    """A sampled parameter: a point each, and the mean of ten classes of equal size."""
    column = study.parameters.index(parameter)
    mean = study.summary(outcome)[0]
    for variant, colour in zip(study.variants, COLOURS * len(study.variants)):
        rows = np.flatnonzero(study.variant == variant)
        order = rows[np.argsort(study.values[rows, column], kind="stable")]
        ax.plot(study.values[rows, column], mean[rows], ".", color=colour, markersize=2.5,
                alpha=0.35)
        classes = [c for c in np.array_split(order, 10) if len(c)]
        ax.plot([study.values[c, column].mean() for c in classes],
                [np.nanmean(mean[c]) for c in classes], color=colour, linewidth=1.8,
                label=style.words(variant))
    ax.set_xlabel(style.words(parameter))
    outcome_axis(ax, study, outcome)
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)


def draw_map(figure, ax, study, outcome, variant):
    """Two parameters on a grid: a colour each."""
    rows = np.flatnonzero(study.variant == variant)
    x, y = (np.unique(study.values[rows, i]) for i in range(2))
    table = np.full((len(y), len(x)), np.nan)
    mean = study.summary(outcome)[0]
    table[np.searchsorted(y, study.values[rows, 1]), np.searchsorted(x, study.values[rows, 0])] = \
        mean[rows]
    image = ax.pcolormesh(np.arange(len(x)), np.arange(len(y)), table, cmap="viridis",
                          shading="nearest")
    ax.set_xticks(np.arange(len(x)), [f"{v:.4g}" for v in x])
    ax.set_yticks(np.arange(len(y)), [f"{v:.4g}" for v in y])
    ax.set_xlabel(style.words(study.parameters[0]))
    ax.set_ylabel(style.words(study.parameters[1]))
    ax.set_title(style.words(variant), loc="left", fontweight="bold")
    bar = figure.colorbar(image, ax=ax, label=style.words(outcome))
    if study.is_share(outcome):
        style.percent_axis(bar.ax.yaxis)
    if table.size <= 64:
        middle = (np.nanmin(table) + np.nanmax(table)) / 2
        for (i, j), value in np.ndenumerate(table):
            text = style.percent(value) if study.is_share(outcome) else f"{value:.3g}"
            ax.text(j, i, text, ha="center", va="center", fontsize=7.5,
                    color="white" if value < middle else style.INK)


def draw(study, names):
    default = study.compared or [name for name in study.outcomes
                                 if "." not in name and name not in truce_results.BUILT_IN]
    outcomes = truce_study.chosen(names, study.outcomes, "outcome") if names else default[:4]
    if not study.parameters:
        raise truce_results.ResultsError(f"{study.path}: varies no parameter")
    as_map = study.design == "grid" and len(study.parameters) == 2
    across = study.variants[:6] if as_map else study.parameters[:8]
    width = max(6.5, 3.4 * len(across))
    foot = [f"{study.disclaimer} {study.trials} trials per point, seed {study.seed}."]
    figure, body = style.plain_figure(
        study.title, f"{study.design.replace('_', ' ')}, {len(study.values)} points; means with "
        "95 % intervals" if study.design in ("grid", "one_at_a_time", "list") else
        f"{study.design.replace('_', ' ')}, {len(study.values)} points; lines: means of ten classes",
        foot, width, 2.7 * len(outcomes) + 1.1)
    grid = style.grid_of(figure, body, len(outcomes), len(across))
    for i, outcome in enumerate(outcomes):
        for j, what in enumerate(across):
            ax = figure.add_subplot(grid[i, j])
            if as_map:
                draw_map(figure, ax, study, outcome, what)
            elif study.design in ("grid", "one_at_a_time") and (
                    len(study.parameters) == 1 or study.design == "one_at_a_time"):
                draw_lines(ax, study, outcome, what)
            else:
                draw_points(ax, study, outcome, what)
            if i == 0 and j == 0 and not as_map and len(study.variants) > 1:
                style.legend_beside_title(figure, ax)
    return figure


if __name__ == "__main__":
    truce_results.draw_all(
        truce_study.arguments(__doc__, "--outcome", "an outcome to draw", "results of truce study"),
        "sweep", draw, truce_study.Study)
