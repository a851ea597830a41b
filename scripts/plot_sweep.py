#!/usr/bin/python3
"""Draws outcomes of a study against the parameters that it varies: values of a grid, a map of two parameters,
classes of sampled points, or the rows of a list; beside several variants their paired differences."""

import truce_cli
import truce_page
import truce_results
import truce_study
import truce_style as style
import truce_sweep as sweep
from truce_maps import draw_maps
from truce_pooled import pooled

np = truce_results.np

MOST_OUTCOMES, MOST_PARAMETERS, MOST_VARIANTS, MOST_ROWS = 4, 8, 8, 40
ACROSS, MOST_LINES = 5, 6  # panels side by side, and below each other unless asked for


def draw_level(ax, study, outcome, parameter, variants):
    """The mean of each variant; with intervals where there is one variant only."""
    share = study.is_share(outcome)
    for name, colour, marker in style.series(variants):
        x, mean, low, high = sweep.levels(study, outcome, parameter, name)
        if sweep.is_sampled(study):
            at, points = sweep.dots(study, outcome, parameter, name)
            ax.plot(at, points, ".", color=colour, markersize=4, zorder=1, markeredgewidth=0,
                    alpha=min(0.5, max(0.15, 60 / len(points))), rasterized=len(points) > 500)
        if len(variants) == 1:
            sweep.intervals(ax, x, mean, low, high, colour)
        ax.plot(x, mean, color=colour, marker=marker, markersize=5, linewidth=1.3,
                markeredgecolor="white", markeredgewidth=0.6)
    sweep.dress(ax, parameter, x)
    ax.set_ylabel(style.axis_label(outcome, study.unit(outcome), share))
    if share:
        style.percent_axis(ax.yaxis)


def draw_difference(ax, study, outcome, parameter, variants):
    """Each variant less `against`, paired trial by trial."""
    share = study.is_share(outcome)
    for name, colour, marker in style.series(variants):
        if name == study.against:
            continue
        x, mean, low, high = sweep.levels(study, outcome, parameter, name, paired=True)
        sweep.intervals(ax, x, mean, low, high, colour)
        ax.plot(x, mean, color=colour, marker=marker, markersize=4, linewidth=1.1)
    ax.axhline(0, color=style.INK, linewidth=0.8)
    sweep.dress(ax, parameter, x)
    ax.set_ylabel(style.difference_label(study.unit(outcome), share))
    if share:
        style.percent_axis(ax.yaxis, difference=True)


def layout(parameters, variants, outcomes):
    """(panels side by side, rows of panels): parameters across; one parameter leaves room for outcomes."""
    along = len(parameters) if len(parameters) > 1 else min(len(outcomes), 2)
    columns = -(-along // -(-along // ACROSS))
    lines = -(-len(parameters) * len(outcomes) // columns) if len(parameters) == 1 else \
        -(-len(parameters) // columns) * len(outcomes)
    return columns, lines * (1 + (len(variants) > 1))


def draw_panels(study, outcomes, across, variants, words):
    """Outcomes downwards, parameters across; a row of differences under each row of levels."""
    kinds = [draw_level] + [draw_difference] * (len(variants) > 1)
    columns, rows = layout(across, variants, outcomes)
    page = truce_page.Page(*words, max(6.5, 2.9 * columns + 0.5), 2.3 * rows,
                           sweep.legend(variants))
    grid = page.grid(rows, columns)
    one = len(across) == 1
    for i, outcome in enumerate(outcomes):
        first = {}  # panels of an outcome share their scale
        lines = -(-len(across) // columns)
        for j, parameter in enumerate(across):
            row, column = divmod(i if one else i * lines * columns + j, columns)
            above = None
            for k, draw_one in enumerate(kinds):
                ax = page.figure.add_subplot(grid[row * len(kinds) + k, column],
                                             sharey=first.get(draw_one), sharex=above)
                first.setdefault(draw_one, ax)
                above = ax
                draw_one(ax, study, outcome, parameter, variants)
                if column > 0 and not one:
                    ax.set_ylabel("")
    return page.figure


def draw_list(study, outcomes, variants, words):
    """A row for each row of the list: its means, and its paired differences."""
    rows = np.unique(study.row)[:MOST_ROWS]
    names = []
    for row in rows:
        values = study.values[np.flatnonzero(study.row == row)[0]]
        names.append(f"{row + 1}: " + ", ".join(
            f"{style.words(p)} {style.number(v)}" for p, v in zip(study.parameters, values)))
    columns = 1 + (len(variants) > 1)
    height = len(rows) * truce_page.row_height(names, 0.16 * len(variants) + 0.12) + 0.9
    page = truce_page.Page(*words, 5 + 3 * columns, height * len(outcomes),
                           sweep.legend(variants))
    grid = page.grid(len(outcomes), columns)
    for i, outcome in enumerate(outcomes):
        share = study.is_share(outcome)
        mean, low, high = study.summary(outcome)
        differences = study.differences(outcome) if columns > 1 else None
        axes = [page.figure.add_subplot(grid[i, j]) for j in range(columns)]
        for k, (name, colour, marker) in enumerate(style.series(variants)):
            offset = (k - (len(variants) - 1) / 2) * 0.6 / len(variants)
            for y, row in enumerate(rows):
                for point in np.flatnonzero((study.row == row) & (study.variant == name)):
                    if columns == 1:
                        axes[0].plot([low[point], high[point]], [y, y], color=colour)
                    axes[0].plot(mean[point], y + offset, marker, color=colour, markersize=5)
                    if columns > 1 and name != study.against:
                        d, a, b = pooled(differences[point], np.arange(study.trials))
                        axes[1].plot([a, b], [y + offset] * 2, color=colour)
                        axes[1].plot(d, y + offset, marker, color=colour, markersize=5)
        for j, ax in enumerate(axes):
            truce_page.label_rows(ax, names if j == 0 else [""] * len(names))
            ax.grid(color=style.PALE, linewidth=0.6)
            style.plain_ticks(ax.xaxis)
            if share:
                style.percent_axis(ax.xaxis, difference=j == 1)
        axes[0].set_xlabel(style.axis_label(outcome, study.unit(outcome), share))
        if columns > 1:
            axes[1].axvline(0, color=style.INK, linewidth=0.8)
            axes[1].set_xlabel(style.difference_label(study.unit(outcome), share))
    return page.figure


def default_outcomes(study):
    names = study.compared or [name for name in study.outcomes
                               if "." not in name and name not in truce_results.BUILT_IN]
    return [name for name in names if name in study.outcomes] or study.outcomes[:1]


def draw(study, names, across=None):
    if not study.parameters:
        raise truce_results.ResultsError(f"{study.path}: varies no parameter")
    parameters = truce_study.chosen(across, study.parameters, "parameter")
    shown, variants = parameters[:MOST_PARAMETERS], study.variants[:MOST_VARIANTS]
    if study.against not in variants:
        variants[-1] = study.against
    candidates = default_outcomes(study)
    most = MOST_OUTCOMES
    as_map = study.design == "grid" and len(parameters) == 2
    rows = len(np.unique(study.row))
    as_list = study.design == "list" and rows <= MOST_ROWS
    while most > 1 and (rows * most > 2 * MOST_ROWS if as_list else
                        layout(shown, variants, candidates[:most])[1] > MOST_LINES):
        most -= 1
    outcomes = (truce_study.chosen(names, study.outcomes, "outcome") if names
                else candidates[:most])
    missed = [] if names else candidates[most:]
    said = [f"Not drawn, to be had with {option}: {style.listed(left)}."
            for option, left in (("--outcome", missed), ("--across", parameters[len(shown):]))
            if left]
    left = [v for v in study.variants if v not in variants]
    said += [f"Variants not drawn: {style.listed(left)}."] if left else []
    caption = [" ".join(sweep.explained(study, variants, as_map, as_list, parameters, outcomes)),
               " ".join([("What is drawn is " if as_map else "Differences, and means over several points, are ") + study.kept_rows] * bool(study.kept_rows) + study.left_out(outcomes) + said + study.settings_text()),
               f"{study.disclaimer} {style.count(study.trials, 'trial')} per point, seed "
               f"{study.seed}."]
    words = (study.title, sweep.subtitle(study, as_map, as_list, parameters),
             [x for x in caption if x])
    if as_map:
        return draw_maps(study, outcomes, variants, parameters, words)
    if as_list:
        return draw_list(study, outcomes, variants, words)
    return draw_panels(study, outcomes, shown, variants, words)


if __name__ == "__main__":
    parser = truce_cli.parser_of(__doc__, "--outcome", "an outcome to draw",
                                 "results of truce study")
    parser.add_argument("--across", action="append", metavar="PARAMETER",
                        help="a parameter to draw; two of a grid make a map; may be given several "
                        "times")
    options = truce_cli.parsed(parser)
    truce_cli.draw_all(options, "sweep", lambda study, names: draw(study, names, options.across),
                       truce_study.Study)
