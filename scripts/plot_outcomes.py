#!/usr/bin/python3
"""Draws how the outcomes of a run are distributed: bars for whole numbers, histograms for real
ones, probabilities with their 95 % intervals for endings and yes/no."""

import dataclasses
import math

import truce_cli
import truce_page
import truce_results
import truce_style as style

np = truce_results.np

PANEL, AROUND_PANEL, AROUND_STRIP = 1.5, 1.3, 0.85  # inches: height, and for titles and labels
MOST_PANELS = 9
MOST_ROWS = 7  # of the labels of a category
MOST_BARS = 120  # of exact counts; beyond it, whole numbers are binned too
MOST_BINS = 30


def chosen(results):
    """What is drawn unless asked for: the scenario's own outcomes, the ending, the duration, those
    freed, the cause of collapse; nothing that never varies."""
    outcomes = results.outcomes
    names = [name for name, outcome in outcomes.items() if outcome.declared]
    freed = [name for name in outcomes if name.endswith(".freed")]
    names += ["ending", "duration", *freed, "cause"]
    varying = [outcomes[name] for name in names if not results.is_constant(outcomes[name])]
    return varying or [outcomes["ending"], outcomes["duration"]]


def nice_edges(low, high, least_width):
    """Edges of at most about 30 bins, of a width of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max((high - low) / MOST_BINS, least_width)))
    width = next(w for w in (power, 2 * power, 5 * power, 10 * power)
                 if w >= least_width and (high - low) / w <= MOST_BINS)
    first = math.floor(low / width)
    return width * np.arange(first, max(math.ceil(high / width), first + 1) + 1), width


def head(ax, outcome):
    summary = f": {outcome.summary}" if outcome.summary else ""
    ax.set_title(style.words(outcome.name) + summary, loc="left", fontweight="bold")


def strip_lines(row):
    return truce_page.wrapped(row.label, 6.4, 8.5)


def strip_height(rows):
    """Inches: for each row its label and its bar."""
    return sum(0.15 * len(strip_lines(row)) + 0.2 for row in rows) + 0.02


def draw_proportions(ax, rows, colours):
    """Bars from the top down, each under its label, with its interval and number. y is in inches."""
    top = 0
    for row, colour in zip(rows, colours):
        lines = strip_lines(row)
        ax.annotate("\n".join(lines), (0, top), fontsize=8.5, va="top")
        y = top + 0.15 * len(lines) + 0.08
        ax.barh(y, row.probability, height=0.13, color=colour)
        if row.ci_low is not None:
            ax.plot([row.ci_low, row.ci_high], [y, y], color=style.INK, linewidth=1.6,
                    solid_capstyle="butt")
        end = max(row.probability, row.ci_high or 0)
        ax.annotate(style.percent(row.probability), (end, y), xytext=(4, 0), fontsize=8,
                    textcoords="offset points", va="center")
        top = y + 0.12
    ax.set_ylim(top, -0.02)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlim(0, 1.12)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    style.percent_axis(ax.xaxis)
    ax.spines["bottom"].set_bounds(0, 1)
    ax.set_xlabel("share of trials, with 95 % interval")


def category_rows(results, outcome):
    """(proportions, colours), the most frequent first, the rarest together."""
    rows = sorted(results.proportions(outcome), key=lambda row: -row.probability)
    if outcome.name == "cause" and len(rows) > 1:
        rows = [row for row in rows if row.label != "none"]
    rest = rows[MOST_ROWS - 1:] if len(rows) > MOST_ROWS else []
    rows = rows[:len(rows) - len(rest)]
    colours = style.ending_colours(results.labels(outcome))
    bars = [colours[row.label] if outcome.name == "ending" else style.BLUE for row in rows]
    rows = [dataclasses.replace(row, label=style.words(row.label)) for row in rows]
    if rest:
        share = sum(row.probability for row in rest)
        rows.append(truce_results.Proportion(f"{len(rest)} others", share, None, None))
        bars.append(style.GREY)
    return rows, bars


def yes_no_rows(results, outcomes):
    """All yes/no outcomes, with what each says."""
    rows = [results.proportion(outcome) for outcome in outcomes]
    return [dataclasses.replace(row, label=style.words(row.label)
                                + (f": {outcome.summary}" if outcome.summary else ""))
            for row, outcome in zip(rows, outcomes)]


def statistics(numbers, values):
    """The line under a distribution: of the finite numbers, and what is not among them."""
    low, middle, high = map(style.number, np.quantile(numbers, [0.05, 0.5, 0.95], method="inverted_cdf"))
    text = f"median {middle}; 90 % within {low} to {high}"
    for share, what in ((np.isnan(values).mean(), "no value"), (np.isinf(values).mean(), "infinite")):
        text += f"; {what} in {style.percent(share)}" if share > 0 else ""
    return text


def draw_numbers(ax, results, outcome):
    values = results.values(outcome).astype(float)
    numbers = values[np.isfinite(values)]
    head(ax, outcome)
    unit = style.unit_label(outcome.unit)
    label = unit or style.words(outcome.name)
    if len(numbers) == 0 or not math.isfinite(numbers.max() - numbers.min()):
        ax.set_xlabel(label)
        ax.text(0.5, 0.5, "no numbers to draw", transform=ax.transAxes, ha="center")
        return
    low, high = numbers.min(), numbers.max()
    share_of = "share of trials"
    style.plain_ticks(ax.xaxis)
    if outcome.kind == "integer" and high - low < MOST_BARS:
        x, counts = np.unique(numbers, return_counts=True)
        ax.bar(x, counts / len(values), width=0.8, color=style.BLUE)
        ax.set_xlim(low - 0.7, high + 0.7)
        style.plain_ticks(ax.xaxis, 6, integer=True)
    else:
        whole = outcome.kind == "integer"
        least = 1 if whole else max(abs(low), abs(high)) * 1e-9 or 1
        edges, width = nice_edges(low, high + whole, least)
        counts = np.bincount(np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0,
                                     len(edges) - 2), minlength=len(edges) - 1)
        ax.bar(edges[:-1], counts / len(values), width=width, align="edge", color=style.BLUE,
               edgecolor="white", linewidth=0.4)
        share_of += f" per {width:.10g} {unit}".rstrip() if width != 1 or not unit else (
            f" per {outcome.unit}")
    ax.axvline(np.quantile(numbers, 0.5, method="inverted_cdf"), color=style.INK, linewidth=1,
               linestyle=(0, (3, 2)))
    ax.set_xlabel(label + "\n" + statistics(numbers, values))
    ax.set_ylabel(share_of)
    style.percent_axis(ax.yaxis)


def draw(results, names):
    outcomes = [results.outcome(name) for name in dict.fromkeys(names or [])] or chosen(results)
    yes_no = [outcome for outcome in outcomes if outcome.kind == "boolean"]
    strips = [(*category_rows(results, outcome), outcome) for outcome in outcomes
              if outcome.kind == "category"]
    if yes_no:
        rows = yes_no_rows(results, yes_no)
        strips.insert(0, (rows, [style.BLUE] * len(rows), None))
    numbers = [outcome for outcome in outcomes if outcome.kind in ("integer", "real")]
    left = [] if names else numbers[MOST_PANELS:]
    numbers = numbers[:len(numbers) - len(left)]
    rest = len(results.outcomes) - len(outcomes)
    missed = ([style.listed(outcome.name for outcome in left)] if left else []) + (
        [f"{style.count(rest, 'outcome')} that never vary or count details"]
        if rest and not names else [])
    said = [f"Not drawn, to be had with --outcome: {'; '.join(missed)}." if missed else ""]
    kept = results.kept(results.rows, results.trials) if numbers else ""
    kept = ["Histograms and medians are " + kept] * bool(kept)
    columns = min(len(numbers), 3)
    lines = -(-len(numbers) // 3)
    panels = (PANEL + AROUND_PANEL) * lines
    heights = [strip_height(rows) + AROUND_STRIP for rows, *_ in strips]
    page = truce_page.Page(results.title, "How the outcomes are distributed over the trials",
                           results.caption("Dashed: the median." if numbers else "", *kept, *said),
                           max(3.4 * columns, 7), sum(heights) + panels)
    # Of the axes alone; numbers have a grid of their own, or strips would part their columns.
    inner = [height - AROUND_STRIP for height in heights] + [panels - AROUND_STRIP] * (lines > 0)
    grid = page.grid(len(inner), 1, height_ratios=inner)
    within = grid[-1, 0].subgridspec(lines, columns) if lines else None
    for i, (rows, colours, outcome) in enumerate(strips):
        ax = page.figure.add_subplot(grid[i, 0])
        draw_proportions(ax, rows, colours)
        if outcome:
            head(ax, outcome)
        else:
            ax.set_title("yes/no outcomes", loc="left", fontweight="bold")
    for i, outcome in enumerate(numbers):
        ax = page.figure.add_subplot(within[i // 3, i % 3])
        draw_numbers(ax, results, outcome)
    return page.figure


if __name__ == "__main__":
    truce_cli.draw_all(
        truce_cli.arguments(__doc__, "--outcome", "an outcome to draw"), "outcomes", draw)
