#!/usr/bin/python3
"""Draws how the outcomes of a run are distributed: bars for whole numbers, histograms for real
ones, probabilities with their 95 % intervals for endings and yes/no."""

import math

import truce_results
import truce_style as style

np = truce_results.np

MOST_PANELS = 9
MOST_ROWS = 8  # of probabilities in a panel
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


def panels_of(outcomes):
    """[panel][outcome]: yes/no ones share a panel, where the first of them stands."""
    panels, yes_no = [], None
    for outcome in outcomes:
        if outcome.kind != "boolean":
            panels.append([outcome])
        elif yes_no is None or len(yes_no) == MOST_ROWS:
            yes_no = [outcome]
            panels.append(yes_no)
        else:
            yes_no.append(outcome)
    return panels


def nice_edges(low, high, least_width):
    """Edges of at most about 30 bins, of a width of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max((high - low) / MOST_BINS, least_width)))
    width = next(w for w in (power, 2 * power, 5 * power, 10 * power)
                 if w >= least_width and (high - low) / w <= MOST_BINS)
    first = math.floor(low / width)
    return width * np.arange(first, max(math.ceil(high / width), first + 1) + 1), width


def note(ax, text, place, shift):
    """Small print at a place of the axes, moved by points; the layout does not wait for it."""
    ax.annotate(text, place, xytext=shift, xycoords="axes fraction", textcoords="offset points",
                fontsize=7.5, color=style.SOFT).set_in_layout(False)


def head(ax, title, below):
    ax.set_title(title, loc="left", fontweight="bold", pad=15 if below else 6)
    if below:
        note(ax, style.shortened(below, 46), (0, 1), (0, 4))


def draw_proportions(ax, rows, colours):
    """Bars from the top down, each with its interval and number."""
    for y, row in enumerate(rows):
        ax.barh(y, row.probability, height=0.62, color=colours[y])
        if row.ci_low is not None:
            ax.plot([row.ci_low, row.ci_high], [y, y], color=style.INK, linewidth=1.6,
                    solid_capstyle="butt")
        end = max(row.probability, row.ci_high or 0)
        ax.annotate(style.percent(row.probability), (end, y), xytext=(4, 0), fontsize=8,
                    textcoords="offset points", va="center")
    ax.set_yticks(range(len(rows)), [style.shortened(row.label, 26) for row in rows])
    ax.set_ylim(max(len(rows), 3) - 0.4, -0.6)
    ax.set_xlim(0, 1.18)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    style.percent_axis(ax.xaxis)
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_bounds(0, 1)
    ax.set_xlabel("share of trials, with 95 % interval")


def draw_category(ax, results, outcome):
    rows = sorted(results.proportions(outcome), key=lambda row: -row.probability)
    if outcome.name == "cause" and len(rows) > 1:
        rows = [row for row in rows if row.label != "none"]
    rest = rows[MOST_ROWS - 1:] if len(rows) > MOST_ROWS else []
    colours = style.ending_colours(results.labels(outcome))
    rows = rows[:len(rows) - len(rest)]
    bars = [colours[row.label] if outcome.name == "ending" else style.BLUE for row in rows]
    if rest:
        share = sum(row.probability for row in rest)
        rows.append(truce_results.Proportion(f"{len(rest)} others", share, None, None))
        bars.append(style.GREY)
    draw_proportions(ax, rows, bars)
    head(ax, outcome.name, outcome.summary)


def draw_yes_no(ax, results, outcomes):
    rows = [results.proportion(outcome) for outcome in outcomes]
    draw_proportions(ax, rows, [style.BLUE] * len(rows))
    if len(outcomes) == 1:
        head(ax, outcomes[0].name, outcomes[0].summary)
    else:
        head(ax, "how often it was so", "yes/no outcomes")


def number(x):
    return f"{x:.0f}" if 100 <= abs(x) < 1e7 else f"{x:.3g}"


def statistics(numbers, values):
    """The line under a distribution: of the finite numbers, and what is not among them."""
    low, middle, high = map(number, np.quantile(numbers, [0.05, 0.5, 0.95], method="inverted_cdf"))
    text = f"median {middle}; 90 % within {low} to {high}"
    for share, what in ((np.isnan(values).mean(), "none"), (np.isinf(values).mean(), "infinite")):
        text += f"; {what} in {style.percent(share)}" if share > 0 else ""
    return text


def draw_numbers(ax, results, outcome):
    values = results.values(outcome).astype(float)
    numbers = values[np.isfinite(values)]
    head(ax, outcome.name, outcome.summary)
    unit = style.unit_label(outcome.unit)
    label = unit or style.words(outcome.name)
    if len(numbers) == 0 or not math.isfinite(numbers.max() - numbers.min()):
        ax.set_xlabel(label)
        ax.text(0.5, 0.5, "no numbers to draw", transform=ax.transAxes, ha="center")
        return
    low, high = numbers.min(), numbers.max()
    share_of = "share of trials"
    if outcome.kind == "integer" and high - low < MOST_BARS:
        x, counts = np.unique(numbers, return_counts=True)
        ax.bar(x, counts / len(values), width=0.8, color=style.BLUE)
        ax.set_xlim(low - 1, high + 1)
        ax.xaxis.set_major_locator(style.ticker.MaxNLocator(8, integer=True))
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
    ax.set_xlabel(label + "\n")
    note(ax, statistics(numbers, values), (0, 0), (0, -39))
    ax.set_ylabel(share_of)
    style.percent_axis(ax.yaxis)


def draw(results, names):
    outcomes = [results.outcome(name) for name in names or []]
    panels = panels_of(outcomes or chosen(results))
    if not names:
        panels = panels[:MOST_PANELS]
    columns = min(len(panels), 2 if len(panels) <= 4 else 3)
    rows = math.ceil(len(panels) / columns)
    figure, body = style.titled_figure(results, "How the outcomes are distributed over the trials",
                                       max(3.6 * columns, 6), 2.55 * rows + 1)
    grid = style.grid_of(figure, body, rows, columns)
    for i, outcomes in enumerate(panels):
        ax = figure.add_subplot(grid[i // columns, i % columns])
        if outcomes[0].kind == "category":
            draw_category(ax, results, outcomes[0])
        elif outcomes[0].kind == "boolean":
            draw_yes_no(ax, results, outcomes)
        else:
            draw_numbers(ax, results, outcomes[0])
    return figure


if __name__ == "__main__":
    truce_results.draw_all(
        truce_results.arguments(__doc__, "--outcome", "an outcome to draw"), "outcomes", draw)
