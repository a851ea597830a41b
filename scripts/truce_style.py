"""The look of the figures: palette, words on axes, title and foot."""

import datetime
import sys
import textwrap

try:
    import matplotlib
except ImportError:
    sys.exit("error: Python's matplotlib is missing; on Debian: "
             "sudo apt install python3-matplotlib, and use /usr/bin/python3")

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)
from matplotlib import dates, ticker  # noqa: E402

# Colours that the colour-blind can tell apart: Okabe and Ito, Color Universal Design (2008).
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, YELLOW = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442")
GREY, PALE, INK, SOFT = "#8C8C8C", "#E3E3E3", "#262626", "#555555"
BANDS = ("#DCEBF7", "#A6CCE9", "#62A6D8")  # light to strong, to go with BLUE

ENDING_COLOURS = {"completed": GREEN, "collapsed": VERMILION, "horizon": GREY}

PLURALS = {"person": "persons", "day": "days", "person day": "person-days", "truck": "trucks"}

plt.rcParams.update({
    "font.size": 9, "axes.titlesize": 9.5, "axes.labelsize": 9, "figure.dpi": 100,
    "savefig.dpi": 200, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": GREY, "axes.labelcolor": INK, "text.color": INK, "xtick.color": INK,
    "ytick.color": INK, "axes.axisbelow": True, "text.parse_math": False,
    "svg.hashsalt": "truce", "pdf.fonttype": 42,
})


def ending_colours(labels):
    """{ending: colour}, the same for an ending in all figures of a file."""
    others = iter((BLUE, ORANGE, PURPLE, SKY, YELLOW) * len(labels))
    return {label: ENDING_COLOURS.get(label) or next(others) for label in labels}


def unit_label(unit):
    """What stands on an axis for a unit of the file."""
    return "" if unit in ("", "1") else PLURALS.get(unit, unit)


def words(name):
    """An identifier as words: civilians.freed -> civilians freed."""
    return name.replace(".", " ").replace("_", " ")


def shortened(string, width):
    return textwrap.shorten(string, width, placeholder=" …")


def percent(share):
    """A share of trials; the ends of the scale are kept for what is always or never so."""
    if share in (0, 1):
        return f"{100 * share:.0f} %"
    if share < 0.0005:
        return "< 0.1 %"
    return "> 99.9 %" if share > 0.9995 else f"{100 * share:.1f} %"


def percent_axis(axis):
    axis.set_major_formatter(ticker.FuncFormatter(lambda x, _: f"{100 * x:.10g} %"))


def trials_text(results):
    text = f"{results.trials:,} trials".replace(",", "\u2009")
    return text + (f", {results.failed} of them failed" if results.failed else "")


def titled_figure(results, subtitle, width, height):
    """A figure of a run with its title and foot; see plain_figure."""
    version = f"truce {results.program_version}".strip()
    foot = sources_text(results, int(width * 16))
    foot += [f"{results.disclaimer} {version}, {trials_text(results)}, seed {results.seed}."]
    return plain_figure(results.title, subtitle, foot, width, height)


def plain_figure(title, subtitle, foot, width, height):
    """A figure with its title and the lines at its foot, sizes in inches, and what is left of it
    for the axes: (left, bottom, width, height) as shares."""
    figure = plt.figure(figsize=(width, height), facecolor="white")
    figure.text(0.1 / width, 1 - 0.1 / height, shortened(title, int(width * 12)), fontsize=13,
                fontweight="bold", va="top")
    figure.text(0.1 / width, 1 - 0.38 / height, shortened(subtitle, int(width * 17)), fontsize=9.5,
                color=SOFT, va="top")
    figure.text(0.1 / width, 0.1 / height, "\n".join(foot), fontsize=7.5, color=SOFT, va="bottom")
    bottom = 0.18 + 0.14 * len(foot)
    return figure, (0.05 / width, bottom / height, 1 - 0.1 / width, 1 - (0.65 + bottom) / height)


def sources_text(results, characters):
    """At most one line: where the assumptions are from."""
    text = "Sources: " + "; ".join(results.sources)
    if len(text) > characters:
        text = f"The {len(results.sources)} sources of the assumptions are listed in the file."
    return [text] if results.sources else []


def grid_of(figure, body, rows, columns):
    """A grid of places for axes that fills the body; they will not touch each other."""
    figure.set_layout_engine("constrained", rect=body, w_pad=0.12, h_pad=0.12)
    return figure.add_gridspec(rows, columns)


def legend_beside_title(figure, ax):
    """The legend of an axes, in the figure's upper right corner, out of the way of all curves."""
    width, height = figure.get_size_inches()
    legend = figure.legend(*ax.get_legend_handles_labels(), ncol=4, fontsize=8, frameon=False,
                           loc="upper right", borderaxespad=0, columnspacing=1.2, handlelength=1.4,
                           bbox_to_anchor=(1 - 0.1 / width, 1 - 0.36 / height))
    legend.set_in_layout(False)


def day_axis(ax, last_day, start_date, with_dates=True):
    """Days along x, in weeks where there are many; dates above if the first one is known."""
    step = next((s for s in (1, 2, 7, 14, 28, 56, 91, 182, 364, 728) if last_day / s <= 10), None)
    ax.set_xlim(0, last_day)
    ax.xaxis.set_major_locator(ticker.MultipleLocator(step) if step else ticker.MaxNLocator(8))
    ax.set_xlabel("days since the start")
    if start_date is None or not with_dates:
        return
    if start_date.toordinal() + last_day > datetime.date.max.toordinal():
        return
    first = dates.date2num(start_date)
    above = ax.secondary_xaxis("top", functions=(lambda x: x + first, lambda x: x - first))
    above.xaxis.set_major_locator(dates.AutoDateLocator(minticks=2, maxticks=6))
    above.xaxis.set_major_formatter(ticker.FuncFormatter(date_text))
    above.spines["top"].set_visible(True)
    above.tick_params(labelsize=7.5)


def date_text(x, position):
    """The first date and the beginning of a year bear the year."""
    date = dates.num2date(x)
    with_year = position == 0 or (date.month, date.day) == (1, 1)
    return date.strftime("%-d %b %Y" if with_year else "%-d %b")
