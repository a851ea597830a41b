"""Two parameters of a grid as maps: one scale of colours for all variants, another for their differences."""

import math

import numpy as np
from matplotlib import cm, colors

import truce_page
import truce_style as style
from truce_pooled import pooled

ACROSS = 3
TITLE = 1.6  # inches that a title has at least
MOST_LABELLED = 14  # cells across; more would not be legible


def table(study, values, variant, parameters):
    """(x, y, mean [y, x], whether its 95 % interval is off 0 [y, x]) of all trials of a cell's points."""
    points = np.flatnonzero(study.variant == variant)
    columns = [study.values[points, study.parameters.index(p)] for p in parameters]
    x, y = map(np.unique, columns)
    result = np.full((len(y), len(x)), np.nan)
    sure = np.zeros(result.shape, dtype=bool)
    for i in range(len(y)):
        for j in range(len(x)):
            cell = points[(columns[0] == x[j]) & (columns[1] == y[i])]
            result[i, j], low, high = pooled(values[cell], np.arange(study.trials)[None, :])
            sure[i, j] = low > 0 or high < 0
    return x, y, result, sure


def draw_map(ax, x, y, cells, texts, mapped, parameters):
    ax.set_facecolor(style.PALE)  # where there is no value
    ax.pcolormesh(np.arange(len(x)), np.arange(len(y)), np.ma.masked_invalid(cells),
                  cmap=mapped.cmap, norm=mapped.norm, shading="nearest")
    for axis, values, parameter in ((ax.xaxis, x, parameters[0]), (ax.yaxis, y, parameters[1])):
        step = -(-len(values) // MOST_LABELLED)
        axis.set_ticks(np.arange(len(values))[::step], [style.number(v) for v in values[::step]])
        axis.set_label_text(style.words(parameter))
    ax.tick_params(labelsize=7.5, length=2)
    if max(len(x), len(y)) > MOST_LABELLED:
        return
    for (i, j), value in np.ndenumerate(cells):
        red, green, blue, _ = mapped.to_rgba(value) if value == value else (1, 1, 1, 1)
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        ax.text(j, i, texts[i][j], ha="center", va="center", fontsize=7,
                color="white" if dark else style.INK)


def draw_maps(study, outcomes, variants, parameters, words):
    others = [v for v in variants if v != study.against]
    blocks = []  # (label, share, signed, {variant: table})
    for outcome in outcomes:
        share, unit = study.is_share(outcome), study.unit(outcome)
        values = study.trial_values(outcome)
        blocks.append((style.axis_label(outcome, unit, share), share, False,
                       {v: table(study, values, v, parameters) for v in variants}))
        if others:
            values = study.differences(outcome)
            blocks.append((f"{style.words(outcome)}: {style.difference_label(unit, share)}", share,
                           True, {v: table(study, values, v, parameters) for v in others}))
    x, y, *_ = blocks[0][3][variants[0]]
    beside = len(variants) == 2  # their difference stands beside them
    columns = 3 if beside else min(ACROSS, len(variants))
    lines = [0 if beside and signed else -(-len(tables) // columns)
             for _, _, signed, tables in blocks]
    width = max(6.5, columns * (0.45 * min(len(x), MOST_LABELLED) + 1.5) + 1.4)
    names = [title(study, v, len(tables) < len(variants)) for *_, tables in blocks for v in tables]
    lines_of = [len(truce_page.wrapped(name, TITLE, 9.5, "bold")) for name in names]
    if max(lines_of) > 2:
        width = max(width, columns * (TITLE + 2.0) + 1.5)
    panel = max(2.0, 0.22 * min(len(y), MOST_LABELLED) + 1) + 0.17 * (max(lines_of) - 1)
    page = truce_page.Page(*words, width, panel * sum(lines))
    grid = page.grid(sum(lines), columns)
    row = 0
    for (label, share, signed, tables), height in zip(blocks, lines):
        mapped = scale([cells for _, _, cells, _ in tables.values()], signed)
        places = decimals(mapped.norm, share)
        axes = []
        for i, (variant, (x, y, cells, sure)) in enumerate(tables.items()):
            place = grid[row + i // columns, i % columns] if height else grid[row - 1, 2]
            ax = page.figure.add_subplot(place)
            texts = [[shown(*cell, places, share, signed) for cell in zip(*line)]
                     for line in zip(cells, sure)]
            draw_map(ax, x, y, cells, texts, mapped, parameters)
            if len(variants) > 1:
                lines = truce_page.wrapped(title(study, variant, signed), TITLE, 9.5, "bold")
                ax.set_title("\n".join(lines), loc="left", fontweight="bold")
            axes.append(ax)
        label = "\n".join(truce_page.wrapped(label, 1.2, 9))
        bar = page.figure.colorbar(mapped, ax=axes, label=label)
        if share:
            style.percent_axis(bar.ax.yaxis, difference=signed)
        row += height
    return page.figure


def title(study, variant, signed):
    return style.words(variant) + (f" less {style.words(study.against)}" if signed else "")


def scale(tables, signed):
    """Colours for all cells of all tables: around 0 for differences."""
    every = np.concatenate([cells.ravel() for cells in tables])
    known = every[np.isfinite(every)]
    low, high = (known.min(), known.max()) if len(known) else (0, 1)
    if signed:
        high = max(abs(low), abs(high)) or 1
        low = -high
    elif low == high:
        low, high = low - 0.5, high + 0.5
    return cm.ScalarMappable(colors.Normalize(low, high), "PuOr" if signed else "viridis")


def decimals(norm, share):
    """The same for all cells of a scale: three significant digits of the largest."""
    most = max(abs(norm.vmin), abs(norm.vmax)) * (100 if share else 1)
    return max(0, min(6, 2 - math.floor(math.log10(most)))) if most > 0 else 0


def shown(value, sure, places, share, signed):
    """How a cell's number is written; differences of shares in percentage points, those that may be
    none in brackets."""
    if value != value:
        return "none"
    number = round(100 * value if share else value, places) + 0.0
    string = f"{number:{'+' if signed and number else ''},.{places}f}".replace("-", "\u2212")
    if not signed:
        return string + (" %" if share else "")
    return string if sure else f"({string})"
