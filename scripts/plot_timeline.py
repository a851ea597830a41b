#!/usr/bin/python3
"""Draws the course of a run in time: timelines with their median and bands, and how many trials
have ended in which way by which day."""

import math

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

import truce_cli
import truce_page
import truce_results
import truce_style as style

np = truce_results.np

MOST_TIMELINES = 8
INCIDENCE = 2.9  # inches
BANDS = ((0.025, 0.975), (0.1, 0.9), (0.25, 0.75))
PERSON_TIMELINES = (".freed", ".returned", ".died", ".living", ".remains")


def chosen(results):
    """Those drawn unless asked for: persons freed first, what bears the same name side by side."""
    return sorted(results.timelines, key=lambda name: (
        not name.endswith(".freed"), name.split(".")[-1]))[:MOST_TIMELINES]


def draw_timeline(ax, results, name):
    """Median and bands; of what is either 0 or 1 the share of trials with 1."""
    days, quantiles, unit = results.timeline(name)
    share = results.share_by_day(name)
    if unit == "1" and name.endswith(PERSON_TIMELINES):
        unit = "person"
    if share is not None:
        ax.step(days, share, where="post", color=style.BLUE, linewidth=1.8)
        ax.set_ylim(0, 1)
        ax.set_ylabel("share of trials with 1")
        style.percent_axis(ax.yaxis)
    else:
        for (low, high), colour in zip(BANDS, style.BANDS):
            ax.fill_between(days, quantiles[low], quantiles[high], step="post", facecolor=colour,
                            linewidth=0)
        ax.step(days, quantiles[0.5], where="post", color=style.BLUE, linewidth=1.8)
        finite = [q[np.isfinite(q)] for q in (quantiles[0.025], quantiles[0.975])]
        if name.endswith(".trust"):
            ax.set_ylim(0, 1)
        elif all(map(len, finite)) and finite[0].min() >= 0:
            ax.set_ylim(0, finite[1].max() * 1.05 or 1)
        ax.set_ylabel("trust, 0 to 1" if name.endswith(".trust")
                      else style.unit_label(unit) or style.words(name))
    ax.set_title(style.words(name), loc="left", fontweight="bold")
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)
    style.day_axis(ax, days[-1], results.start_date)


def legend():
    return [Patch(color=colour, label=f"{round(100 * (high - low))} % of trials")
            for (low, high), colour in zip(BANDS, style.BANDS)] + [
        Line2D([], [], color=style.BLUE, linewidth=1.8, label="median")]


def spread(positions, heights):
    """Ascending middles of texts of these heights, moved as little as needed not to touch; kept
    under 1, and above 0 where there is room."""
    result = list(positions)
    gaps = [(a + b) / 2 for a, b in zip(heights, heights[1:])]
    for i, gap in enumerate(gaps):
        result[i + 1] = max(result[i + 1], result[i] + gap)
    limit = 1.0
    for i in reversed(range(len(result))):
        result[i] = min(result[i], limit)
        limit = result[i] - (gaps[i - 1] if i else 0)
    return result


def ended_text(ending, share, by_day):
    """What stands beside the shares; what ends on the last day alone has no area to be seen by."""
    late = ending != "horizon" and len(by_day) > 1 and by_day[-2] == 0
    return f"{style.words(ending)}  {style.percent(share)}" + ("\non the last day" if late else "")


def draw_incidence(ax, results, height):
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
    ax.text(0.012, 0.93, "no ending yet", transform=ax.transAxes, va="center", color=style.SOFT)
    if bottom[-1] < 1 - 1e-9:
        middles.append((bottom[-1] + 1) / 2)
        labels.append(("horizon", 1 - bottom[-1], style.SOFT))
    texts = ["\n".join(truce_page.row_lines(ended_text(ending, share, shares.get(ending, ())), 9.5))
             for ending, share, _ in labels]
    gaps = [16.5 * (1 + text.count("\n")) / (72 * (height - 0.9)) for text in texts]
    for text, (*_, colour), middle, y in zip(texts, labels, middles, spread(middles, gaps)):
        ax.annotate(text, (1, middle), xytext=(1.025, y),
                    xycoords="axes fraction", textcoords="axes fraction", va="center",
                    color=colour, fontweight="bold", annotation_clip=False,
                    arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.8})
    ax.set_ylim(0, 1)
    style.percent_axis(ax.yaxis)
    ax.set_ylabel("share of trials")
    ax.set_title("how the trials have ended, by day", loc="left", fontweight="bold")
    style.day_axis(ax, days[-1], results.start_date)


def draw(results, names):
    timelines = list(dict.fromkeys(names or chosen(results)))
    for name in timelines:
        results.timeline(name)  # unknown names are told before anything is drawn
    left = [name for name in results.timelines if name not in timelines]
    lines = sum(len(truce_page.row_lines(ended_text(name, share[-1], share), 9.5))
                for name, share in results.incidence()[1].items() if share[-1] > 0)
    columns = 1 if len(timelines) < 2 else 2
    rows = math.ceil(len(timelines) / columns)
    last = max(INCIDENCE, 0.25 * lines + 1)
    kept = ("Bands hold, each day, the middle 50, 80 and 95 % of the trials. A trial that stops at its "
            "ending (observe: ending) keeps its last values." if timelines else "")
    page = truce_page.Page(
        results.title, "The course of the trials, day by day",
        results.caption(kept, f"Not drawn, to be had with --timeline: {style.listed(left)}."
                        if left else ""),
        4.6 * columns if columns > 1 else 7, 2.6 * rows + last, legend() if timelines else ())
    grid = page.grid(rows + 1, columns, height_ratios=[2.6] * rows + [last])
    for i, name in enumerate(timelines):
        draw_timeline(page.figure.add_subplot(grid[i // columns, i % columns]), results, name)
    draw_incidence(page.figure.add_subplot(grid[rows, :]), results, last)
    return page.figure


if __name__ == "__main__":
    truce_cli.draw_all(
        truce_cli.arguments(__doc__, "--timeline", "a timeline to draw"), "timeline", draw)
