#!/usr/bin/python3
"""Draws by when events have come: of outcomes that are the first time of something, the share of trials by day (cumulative
incidence), or that in which it has not come yet (survival); runs, or the variants of a study, in one panel."""

import os

from matplotlib.lines import Line2D

import truce_cli
import truce_incidence
import truce_page
import truce_results
import truce_study
import truce_style as style

np = truce_results.np

MOST_PANELS, MOST_LINES = 6, 8
ACROSS, PANEL, AROUND = 3, 2.0, 0.9  # inches


class Times:
    """Times of events by group: a run, or each variant of a study over all of its points."""

    def __init__(self, paths):
        self.groups, self.known, self.said = {}, {}, []
        self.title = self.disclaimer = None
        days = []
        stems = [os.path.splitext(os.path.basename(path))[0] for path in paths]
        for path, stem in zip(paths, stems if len(set(stems)) == len(stems) else paths):
            file = truce_results.ResultsFile(path)
            days.append(int(file._dataset("endings/day")[-1]))
            self.title = self.title or truce_results.text(file._file.attrs.get("title", "")) or stem
            self.disclaimer = file.disclaimer
            status = file._dataset("trials/status")[()]
            self.said += [f"{stem}: {said}" for said in file.share_text()]
            if "trials_kept" in file._file.attrs:
                counted = file._file.get("summary/trials") if status.ndim > 1 else file._file.attrs["trials"]
                told = file.kept(status.shape[-1], int(np.max(counted)))
                self.said += [f"{stem} is {told}"] * bool(told)
            for group, rows in self._rows(path, stem, status, len(paths) > 1):
                finished = status[rows] == 0
                if not finished.any():
                    raise truce_results.ResultsError(f"{path}: every trial failed; there is nothing to draw")
                if (status[rows] == 1).any():
                    self.said.append(f"{group}: {(status[rows] == 1).sum():,} trials failed and are left out.")
                self.groups[group] = (file, rows, finished)
            for name, column in file._file["trials"].items():
                if "missing" in column.attrs:
                    self.known.setdefault(name, truce_results.text(column.attrs.get("long_name", "")))
        self.days = np.arange(min(days) + 1)
        if max(days) > min(days):
            self.said.append("Drawn to the earliest of the horizons.")

    def _rows(self, path, stem, status, several):
        """[(name of the group, its rows of /trials)]."""
        if status.ndim == 1:
            return [(stem, slice(None))]
        study = truce_study.Study(path)
        return [(f"{stem} {style.words(v)}" if several else style.words(v), np.flatnonzero(study.variant == v))
                for v in study.variants]

    def of(self, group, name):
        """[trial], without failed ones; NaN where it never came."""
        file, rows, finished = self.groups[group]
        if name not in file._file["trials"]:
            return None
        return file._dataset("trials/" + name)[()][rows][finished].astype(float)


def draw_event(ax, curves, days, survival, own):
    """curves: [(colour, [day] share, trials)]."""
    for colour, share, trials in curves:
        low, high = truce_incidence.wilson(share, trials)
        share, low, high = (1 - share, 1 - high, 1 - low) if survival else (share, low, high)
        ax.fill_between(days, low, high, step="post", color=colour, alpha=0.2, linewidth=0)
        ax.step(days, share, where="post", color=colour, linewidth=1.7)
    ax.set_ylim(0, 1)
    style.percent_axis(ax.yaxis)
    ax.set_ylabel("not yet" if survival else "share of trials")
    ax.set_title(own, loc="left", fontweight="bold")
    ax.grid(axis="y", color=style.PALE, linewidth=0.6)
    style.day_axis(ax, days[-1], None)


def draw(times, names, survival=False, competing=False):
    if not times.known:
        raise truce_results.ResultsError(
            "no outcome is the first time of something ('first: EVENT' in the scenario's outcomes)")
    for name in names or ():
        if name not in times.known:
            raise truce_results.ResultsError(f"there is no outcome '{name}' that is a time of an event"
                                             + truce_results.suggestion(name, list(times.known)))
    asked = list(dict.fromkeys(names or sorted(times.known, key=lambda n: ("." in n, n))))
    groups = list(times.groups)[:MOST_LINES]
    shares = {}
    for group in groups:
        of = {name: times.of(group, name) for name in asked}
        of = {name: t for name, t in of.items() if t is not None}
        if competing and of:
            of = truce_incidence.only_first(of)
        for name, t in of.items():
            shares[name, group] = truce_incidence.incidence(t, times.days), len(t)
    # Unless asked for, what never comes or is the same from the start has no panel.
    panels = [n for n in asked if names or any(
        shares[n, g][0][-1] > 0 and shares[n, g][0][0] < 1 for g in groups if (n, g) in shares)] or asked
    left = [] if names else panels[MOST_PANELS:]
    panels = panels[:len(panels) - len(left)]
    colours = {name: colour for name, colour, _ in style.series(groups)}
    columns = min(len(panels), ACROSS)
    lines = -(-len(panels) // columns)
    trials = ", ".join(f"{g}: {max(n for (_, of), (_, n) in shares.items() if of == g):,}"
                       for g in groups if any(of == g for _, of in shares))
    page = truce_page.Page(
        times.title, ("Which of the events has come first, by day" if competing else
                      "Trials in which the event has not come yet, by day" if survival else
                      "Trials in which the event has come, by day"),
        [" ".join(["Bands: 95 % intervals of each day, with many trials as narrow as the line. What has not come by the "
                   "horizon, or by a trial's end, counts as never." + (" Only the first of the events counts in each trial." if competing
                                                      else ""), *times.said,
                   f"Not drawn, to be had with --outcome: {style.listed(left)}." if left else "",
                   f"Not drawn: {len(times.groups) - len(groups)} more." if len(times.groups) > len(groups) else ""]),
         f"{times.disclaimer} Trials: {trials}."],
        max(3.4 * columns, 7), (PANEL + AROUND) * lines,
        [Line2D([], [], color=colours[g], linewidth=1.7, label=g) for g in groups] if len(groups) > 1 else ())
    grid = page.grid(lines, columns)
    for i, name in enumerate(panels):
        summary = times.known[name]
        draw_event(page.figure.add_subplot(grid[i // columns, i % columns]),
                   [(colours[g], *shares[name, g]) for g in groups if (name, g) in shares], times.days, survival,
                   style.words(name) + (f": {summary}" if summary else ""))
    return page.figure


if __name__ == "__main__":
    parser = truce_cli.parser_of(__doc__, "--outcome", "an outcome with 'first' to draw",
                                 "results of truce run, or of one study")
    parser.add_argument("--survival", action="store_true", help="the share in which it has not come yet")
    parser.add_argument("--competing", action="store_true",
                        help="of the events drawn, only the first in each trial counts")
    options = parser.parse_args()
    files, options.files = options.files, options.files[:1]
    if options.survival and options.competing:
        parser.error("--survival is of each event by itself, --competing of several together")
    truce_cli.draw_all(options, "incidence",
                       lambda times, names: draw(times, names, options.survival, options.competing),
                       lambda _: Times(files))
