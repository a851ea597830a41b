#!/usr/bin/python3
"""Draws the course of a run in time: timelines with their median and bands, and how many trials
have ended in which way by which day."""

import math

import truce_results
import truce_style as style

np = truce_results.np

MOST_TIMELINES = 6
BANDS = ((0.025, 0.975), (0.1, 0.9), (0.25, 0.75))
PERSON_TIMELINES = (".freed", ".returned", ".died", ".living", ".remains")


def chosen(results):
    """The persons freed, of each cohort; else whatever timelines there are."""
    freed = [name for name in results.timelines if name.endswith(".freed")]
    return (freed or results.timelines)[:MOST_TIMELINES]


def draw_timeline(ax, results, name):
    days, quantiles, unit = results.timeline(name)
    if unit == "1" and name.endswith(PERSON_TIMELINES):
        unit = "person"
    for (low, high), colour in zip(BANDS, style.BANDS):
        ax.fill_between(days, quantiles[low], quantiles[high], step="post", facecolor=colour,
                        linewidth=0,
                        label=f"{round(100 * (high - low))} % of trials")
    ax.step(days, quantiles[0.5], where="post", color=style.BLUE, linewidth=1.8, label="median")
    low, high = np.nanmin(quantiles[0.025]), np.nanmax(quantiles[0.975])
    if low >= 0:
        ax.set_ylim(0, high * 1.05 if high > 0 else 1)
    ax.set_title(name, loc="left", fontweight="bold")
    ax.set_ylabel(style.unit_label(unit) or style.words(name))
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)
    style.day_axis(ax, days[-1], results.start_date)


def spread(positions, gap):
    """Ascending positions moved as little as needed to be `gap` apart, kept within [0, 1]."""
    result = list(positions)
    for i in range(1, len(result)):
        result[i] = max(result[i], result[i - 1] + gap)
    limit = 1.0
    for i in reversed(range(len(result))):
        result[i] = min(result[i], limit)
        limit = result[i] - gap
    return result


def draw_incidence(ax, results):
    """Stacked shares. Those that end by reaching the horizon run until then: they are the rest."""
    days, shares = results.incidence()
    colours = style.ending_colours(list(shares))
    ended = {ending: share for ending, share in shares.items()
             if ending != "horizon" and share[-1] > 0}
    bottom = np.zeros(len(days))
    middles, labels = [], []
    for ending, share in ended.items():
        ax.fill_between(days, bottom, bottom + share, step="post", facecolor=colours[ending],
                        edgecolor="white", linewidth=0.6)
        middles.append(bottom[-1] + share[-1] / 2)
        labels.append((ending, share[-1], colours[ending]))
        bottom = bottom + share
    ax.fill_between(days, bottom, 1, step="post", facecolor=style.PALE, linewidth=0)
    ax.text(0.012, 0.93, "still running", transform=ax.transAxes, va="center", color=style.SOFT)
    if bottom[-1] < 1 - 1e-9:
        middles.append((bottom[-1] + 1) / 2)
        labels.append(("horizon", 1 - bottom[-1], style.SOFT))
    height = ax.get_window_extent().height / ax.figure.dpi * 72
    for (ending, share, colour), middle, y in zip(labels, middles, spread(middles, 11 / height)):
        ax.annotate(f"{style.words(ending)}  {style.percent(share)}", (1, middle), xytext=(1.025, y),
                    xycoords="axes fraction", textcoords="axes fraction", va="center",
                    color=colour, fontweight="bold", annotation_clip=False,
                    arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.8})
    ax.set_ylim(0, 1)
    style.percent_axis(ax.yaxis)
    ax.set_ylabel("share of trials")
    ax.set_title("how the trials have ended, by day", loc="left", fontweight="bold")
    style.day_axis(ax, days[-1], results.start_date)


def draw(results, names):
    timelines = names or chosen(results)
    for name in timelines:
        results.timeline(name)  # unknown names are told before anything is drawn
    columns = 1 if len(timelines) == 1 else 2
    rows = math.ceil(len(timelines) / columns)
    figure, body = style.titled_figure(
        results, "The course of the trials, day by day", 4.6 * columns if columns > 1 else 7,
        2.9 * (rows + 1) + 0.9)
    grid = style.grid_of(figure, body, rows + 1, columns)
    for i, name in enumerate(timelines):
        ax = figure.add_subplot(grid[i // columns, i % columns])
        draw_timeline(ax, results, name)
        if i == 0:
            style.legend_beside_title(figure, ax)
    draw_incidence(figure.add_subplot(grid[rows, :]), results)
    return figure


if __name__ == "__main__":
    truce_results.draw_all(
        truce_results.arguments(__doc__, "--timeline", "a timeline to draw"), "timeline", draw)
