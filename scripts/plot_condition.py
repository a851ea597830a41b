#!/usr/bin/python3
"""Draws what is known of a scenario and what follows, of a file of `truce condition`: how many trials each fact leaves, the
parameters before and after, the course in time before and after the last fact; with --rival the evidence of other
scenarios given the same record."""

import math

from matplotlib import ticker
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

import plot_timeline
import truce_cli
import truce_page
import truce_results
import truce_style as style

np = truce_results.np

MOST_PARAMETERS = 6
MOST_TIMELINES = 4
LEAST_SHARE = 0.05  # what a scale from 0 to 100 % still shows


class Conditioned(truce_results.Results):
    """A file with the group /evidence."""

    def __init__(self, path):
        super().__init__(path)
        group = self._file.get("evidence")
        if group is None:
            raise truce_results.ResultsError(
                f"{path}: knows of no facts; write them with: truce condition SCENARIO --observed RECORD -o FILE")
        self.attributes = group.attrs
        self.facts = self._names("evidence/text")
        self.record = truce_results.text(self._dataset("evidence/record_yaml")[()])

    def fact(self, name):
        """[fact]"""
        return self._dataset("evidence/" + name)[()]

    @property
    def evidence(self):
        """(estimate, low, high) of the 95 % interval."""
        return tuple(float(self.attributes[name]) for name in ("evidence", "evidence_low", "evidence_high"))

    @property
    def worth(self):
        return float(self.attributes["effective_trials"])

    def parameters(self):
        """Those that are drawn, the ones that have moved most first."""
        if "posterior" not in self._file:
            return []
        names = self._names("posterior/parameter")
        mean, prior, sd = (self._dataset("posterior/" + name)[()] for name in ("mean", "prior_mean", "prior_sd"))
        shift = np.abs(mean - prior) / np.where(sd > 0, sd, np.inf)
        return [names[i] for i in np.argsort(-shift, kind="stable")]

    def values(self, parameter):
        """Draws from the prior, and the values in the trials given the facts."""
        row = self._names("posterior/parameter").index(parameter)
        return self._dataset("posterior/prior_values")[row], self._dataset("parameters/" + parameter)[()]


def powers_of_ten(axis):
    axis.set_major_formatter(ticker.FuncFormatter(lambda x, _: f"{x:g}"))
    axis.set_minor_formatter(ticker.NullFormatter())


def draw_facts(ax, known):
    """The evidence after each fact: of probabilities that all show on a scale from 0 to 100 % on that, else on powers of ten."""
    evidence = known.fact("evidence")
    places = range(len(known.facts))
    ax.plot(np.maximum(evidence, 1e-300), places, color=style.BLUE, marker="o", linewidth=1.4)
    for y, (value, share, density) in enumerate(zip(evidence, known.fact("share"), known.fact("likelihood"))):
        said = f"× {share:.3g}" if density else style.percent(share)
        ax.annotate(said, (value, y), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8)
    if evidence.min() >= LEAST_SHARE and not known.fact("likelihood").any():
        ax.set_xlim(0, 1.12)  # room for what stands beside the last
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
        ax.spines["bottom"].set_bounds(0, 1)
        style.percent_axis(ax.xaxis)
    else:
        ax.set_xscale("log")
        powers_of_ten(ax.xaxis)
        low, high = min(evidence[evidence > 0].min(), 0.5), max(1.0, evidence.max())
        ax.set_xlim(low / 2, high * 5)
    ax.set_xlabel("probability of all facts so far")
    ax.set_title("what agrees, fact by fact", loc="left", fontweight="bold")
    truce_page.label_rows(ax, known.facts)
    ax.grid(axis="x", color=style.PALE, linewidth=0.6)


def draw_rivals(ax, rivals):
    """Evidence with its interval, on a scale of powers of ten; factors against the best."""
    best = max(rival.evidence[0] for rival in rivals)
    for y, rival in enumerate(rivals):
        value, low, high = rival.evidence
        ax.plot([low, high], [y, y], color=style.INK, linewidth=1.2)
        ax.plot([value], [y], color=style.BLUE, marker="o")
        against = "" if value == best else f"   {style.number(best / value)} times less"
        ax.annotate(f"{value:.2g}{against}", (high, y), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8)
    ax.set_xscale("log")
    powers_of_ten(ax.xaxis)
    ax.set_xlim(min(rival.evidence[1] for rival in rivals) / 2, max(rival.evidence[2] for rival in rivals) * 20)
    ax.set_xlabel("evidence: probability of the facts, with 95 % interval")
    ax.set_title("which scenario the facts favour", loc="left", fontweight="bold")
    truce_page.label_rows(ax, [name_of(rival) for rival in rivals])
    ax.grid(axis="x", color=style.PALE, linewidth=0.6)


def name_of(known):
    """The title, with what was set."""
    said = [part[5:].rstrip(".") for part in known.settings_text() if part.startswith("Set: ")]
    return known.title + (f" ({said[0]})" if said else "")


def draw_parameter(ax, known, name):
    prior, posterior = known.values(name)
    low, high = np.nanquantile(np.concatenate([prior, posterior]), (0.002, 0.998))
    if not high > low:
        low, high = low - 0.5, low + 0.5
    edges = np.linspace(low, high, 31)
    for values, colour, filled in ((prior, style.GREY, False), (posterior, style.BLUE, True)):
        counts, _ = np.histogram(values, edges)
        heights = counts / max(1, len(values))
        if filled:
            ax.stairs(heights, edges, fill=True, color=style.BANDS[1])
        ax.stairs(heights, edges, color=colour, linewidth=1.4)
        ax.axvline(np.nanmean(values), color=colour, linewidth=1, linestyle="--")
    ax.set_title(style.words(name), loc="left", fontweight="bold")
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    style.plain_ticks(ax.xaxis, 2)


def draw_timeline(ax, known, name):
    plot_timeline.draw_timeline(ax, known, name)
    day = known.fact("day").max()
    ax.axvline(day, color=style.VERMILION, linewidth=1.2)
    ax.annotate("last fact", (day, 0), xycoords=("data", "axes fraction"), xytext=(3, 4), color=style.VERMILION,
                textcoords="offset points", va="bottom", fontsize=8,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.8})


def legend():
    return [Patch(facecolor="none", edgecolor=style.GREY, label="prior"),
            Patch(facecolor=style.BANDS[1], edgecolor=style.BLUE, label="given the facts"),
            Line2D([], [], color=style.INK, linestyle="--", linewidth=1, label="mean")] + plot_timeline.legend()


def draw(known, names, rivals=()):
    parameters = list(dict.fromkeys(names or known.parameters()[:MOST_PARAMETERS]))
    for name in parameters:
        if name not in known.parameters():
            raise truce_results.ResultsError(f"{known.path}: '{name}' is no parameter that is drawn"
                                             + truce_results.suggestion(name, known.parameters()))
    timelines = plot_timeline.chosen(known)[:MOST_TIMELINES]
    several = [known, *rivals] if rivals else []
    heights = [max(1.6, truce_page.row_height(known.facts) * len(known.facts) + 0.9)]
    if several:
        heights.append(truce_page.row_height([name_of(each) for each in several]) * len(several) + 0.9)
    heights += [1.7] * math.ceil(len(parameters) / 3) + [2.6] * math.ceil(len(timelines) / 2)
    value, low, high = known.evidence
    page = truce_page.Page(
        known.title, "What is known, what it says of the assumptions, and what then, in this model",
        known.caption(
            f"The probability of all that is known is {value:.3g} ({low:.3g} to {high:.3g}) in this scenario. The trials "
            f"given it are worth {style.number(round(known.worth))} independent ones. "
            "Bands hold, each day, the middle 50, 80 and 95 % of them."),
        10, sum(heights), legend())
    grid = page.grid(len(heights), 1, height_ratios=heights)
    row = 1
    draw_facts(page.figure.add_subplot(grid[0, 0]), known)
    if several:
        draw_rivals(page.figure.add_subplot(grid[row, 0]), several)
        row += 1
    # Each row of panels by itself: the names of facts take room from none of the others.
    for names_of_row, columns, part in ([(parameters[i:i + 3], 3, draw_parameter) for i in range(0, len(parameters), 3)]
                                        + [(timelines[i:i + 2], 2, draw_timeline) for i in range(0, len(timelines), 2)]):
        panels = grid[row, 0].subgridspec(1, columns)
        for i, name in enumerate(names_of_row):
            part(page.figure.add_subplot(panels[0, i]), known, name)
        row += 1
    return page.figure


def main():
    parser = truce_cli.parser_of(__doc__, "--parameter", "a parameter to draw", "results of truce condition")
    parser.add_argument("--rival", action="append", default=[], metavar="FILE",
                        help="results of another scenario given the same record; may be given several times")
    options = truce_cli.parsed(parser)
    rivals = options.rival

    def draw_one(known, names):
        others = [Conditioned(path) for path in rivals]
        for other in others:
            if [other.facts, list(other.fact("day"))] != [known.facts, list(known.fact("day"))]:
                raise truce_results.ResultsError(f"{other.path}: its facts are not those of {known.path}")
        return draw(known, names, others)

    truce_cli.draw_all(options, "condition", draw_one, Conditioned)


if __name__ == "__main__":
    main()
