#!/usr/bin/python3
"""Draws which chance decides, of a file of `truce why ... --trials N -o FILE`: for each stream how often the result
would be another one were its draws drawn anew, one at a time, to what, and how many trials hang on it."""

import h5py
from matplotlib.patches import Patch

import truce_cli
import truce_page
import truce_results
import truce_style as style

np = truce_results.np

MOST_STREAMS = 15


class TurningPoints(truce_results.Results):
    """A run's file with the group /turning_points."""

    def __init__(self, path):
        super().__init__(path)
        group = self._file.get("turning_points")
        if not isinstance(group, h5py.Group):
            raise truce_results.ResultsError(
                f"{path}: has no turning points; write them with: truce why SCENARIO --trials 300 -o FILE")
        self.watched = truce_results.text(group.attrs["outcome"])
        self.by = float(group.attrs["by"])
        self.of_all = {name[4:]: float(value) for name, value in group.attrs.items() if name.startswith("all_")}
        self.streams = self._names("turning_points/stream")
        self.results = self._names("turning_points/result")

    def figure(self, name):
        """[stream], or [stream, result] of `changes_to`."""
        return self._dataset("turning_points/" + name)[()]

    def rows(self, names):
        """The streams asked for, or those of most changes, as indices."""
        for name in names or ():
            if name not in self.streams:
                raise truce_results.ResultsError(f"{self.path}: no draw of '{name}' could have changed anything"
                                                 + truce_results.suggestion(name, self.streams))
        return [self.streams.index(name) for name in dict.fromkeys(names or self.streams[:MOST_STREAMS])]


def draw_changes(ax, points, rows, colours):
    """Stacked by what the result becomes, with the interval of the sum."""
    to, sums = points.figure("changes_to"), points.figure("changes")
    low, high = points.figure("changes_low"), points.figure("changes_high")
    for y, row in enumerate(rows):
        left = 0
        for result, colour in colours.items():
            width = to[row, points.results.index(result)]
            ax.barh(y, width, left=left, height=0.6, color=colour)
            left += width
        ax.plot([low[row], high[row]], [y, y], color=style.INK, linewidth=1.2)
        ax.annotate(style.number(sums[row]), (max(sums[row], high[row]), y), xytext=(4, 0), fontsize=8,
                    textcoords="offset points", va="center")
    ax.set_xlim(0, max([0.01, *high[rows]]) * 1.18)
    ax.set_xlabel(f"expected changes of {style.words(points.watched)} a trial, with 95 % interval")
    ax.set_title("were its draws drawn anew, one at a time", loc="left", fontweight="bold")


def draw_shares(ax, points, rows):
    shares, low, high = (points.figure(name) for name in ("share", "share_low", "share_high"))
    for y, row in enumerate(rows):
        ax.barh(y, shares[row], height=0.6, color=style.SKY)
        ax.plot([low[row], high[row]], [y, y], color=style.INK, linewidth=1.2)
        ax.annotate(style.percent(shares[row]), (max(shares[row], high[row]), y), xytext=(4, 0), fontsize=8,
                    textcoords="offset points", va="center")
    ax.set_xlim(0, max([0.01, *high[rows]]) * 1.25)
    ax.set_xlabel("share of trials, with 95 % interval")
    ax.set_title("trials that hang on one of its draws", loc="left", fontweight="bold")
    style.percent_axis(ax.xaxis)


def draw(points, names):
    rows = points.rows(names)
    if not rows:
        raise truce_results.ResultsError(f"{points.path}: no single draw could have changed anything in any trial")
    to = points.figure("changes_to")[rows]
    reached = [name for name, sum_of in zip(points.results, to.sum(axis=0)) if sum_of > 0]
    every = style.ending_colours(points.results)
    colours = {name: every[name] for name in reached}
    all_of = points.of_all
    by = f" (by {style.number(points.by)} or more)" if points.by > 0 else ""
    left = [name for i, name in enumerate(points.streams) if i not in rows]
    page = truce_page.Page(
        points.title, f"Which chance decides the outcome {style.words(points.watched)}{by}, in this model",
        points.caption(
            f"In this model, {style.number(all_of['turning_points'])} of {style.number(all_of['draws'])} draws a trial "
            f"could have changed it, each alone with all else kept; in {style.percent(1 - all_of['share'])} of the "
            "trials none could.",
            f"Not drawn, to be had with --stream: {style.count(len(left), 'stream')} of "
            f"{style.number(sum(points.figure('changes')[points.streams.index(name)] for name in left))} changes together."
            if left else ""),
        10, truce_page.row_height([points.streams[row] for row in rows]) * len(rows) + 1.2,
        [Patch(color=colour, label=f"to {style.words(name)}") for name, colour in colours.items()])
    grid = page.grid(1, 2, width_ratios=[3, 2])
    for column, part in enumerate((lambda ax: draw_changes(ax, points, rows, colours),
                                   lambda ax: draw_shares(ax, points, rows))):
        ax = page.figure.add_subplot(grid[0, column])
        part(ax)
        truce_page.label_rows(ax, [points.streams[row] if column == 0 else "" for row in rows])
        style.plain_ticks(ax.xaxis)
        ax.grid(axis="x", color=style.PALE, linewidth=0.6)
    return page.figure


if __name__ == "__main__":
    truce_cli.draw_all(truce_cli.arguments(__doc__, "--stream", "a stream to draw", "results of truce why"),
                       "turning-points", draw, TurningPoints)
