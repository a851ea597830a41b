"""The look of the figures, one for all: palette, words, numbers and units, axes of days."""

import datetime
import re
import sys

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
SERIES = tuple(zip((BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY), "osD^vP"))  # colour, marker

ENDING_COLOURS = {"completed": GREEN, "collapsed": VERMILION, "horizon": GREY}

PLURALS = {"person": "persons", "day": "days", "person day": "person-days", "truck": "trucks"}

plt.rcParams.update({
    "font.size": 9, "axes.titlesize": 9.5, "axes.labelsize": 9, "figure.dpi": 100,
    "savefig.dpi": 200, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": GREY, "axes.labelcolor": INK, "text.color": INK, "xtick.color": INK,
    "ytick.color": INK, "axes.axisbelow": True, "text.parse_math": False,
    "svg.hashsalt": "truce", "pdf.fonttype": 42, "figure.max_open_warning": 0,
})


def series(names):
    """[(name, colour, marker)], told apart by both; of more than six some colours come again."""
    return [(name, SERIES[i % 6][0], SERIES[(i + i // 6) % 6][1]) for i, name in enumerate(names)]


def ending_colours(labels):
    """{ending: colour}, the same for an ending in all figures of a file."""
    others = iter((BLUE, ORANGE, PURPLE, SKY, YELLOW) * len(labels))
    return {label: ENDING_COLOURS.get(label) or next(others) for label in labels}


def words(name):
    """An identifier as words: civilians.freed -> civilians freed; points of numbers stay."""
    return re.sub(r"(?<!\d)\.(?!\d)", " ", name).replace("_", " ")


def listed(names):
    return ", ".join(words(name) for name in names)


def count(n, what):
    """A number of things, in words: 12,345 trials, 1 trial."""
    return f"{n:,} {what if n == 1 else what + 's'}"


def unit_label(unit):
    """What stands on an axis for a unit of the file."""
    return "" if unit in ("", "1") else PLURALS.get(unit, unit)


def number(x, digits=3):
    """With that many significant digits; whole numbers in full up to ten millions."""
    if x is None or x != x:
        return "none"
    if abs(x) >= 1e7 or (x != 0 and abs(x) < 1e-4):
        return f"{x:.{digits}g}"
    whole = len(str(int(abs(x)))) if abs(x) >= 1 else 0
    string = f"{x:,.{max(digits - whole, 0)}f}" if abs(x) >= 0.1 else f"{x:.{digits}g}"
    return (string.rstrip("0").rstrip(".") if "." in string else string).replace("-", "\u2212")


def percent(share):
    """A share of trials; the ends of the scale are kept for what is always or never so."""
    if share in (0, 1):
        return f"{100 * share:.0f} %"
    if share < 0.0005:
        return "< 0.1 %"
    return "> 99.9 %" if share > 0.9995 else f"{100 * share:.1f} %"


def value(x, share=False):
    """A number in a figure: shares in per cent."""
    return percent(x) if share and x == x else number(x)


def decimals(values, most=6):
    """How many decimals tell ticks apart, the same for all of an axis."""
    return next((d for d in range(most) if all(
        abs(x - round(x, d)) < 1e-6 * max(1, abs(x)) for x in values)), most)


class Numbers(ticker.ScalarFormatter):
    """Ticks as everywhere: thousands separated, no offset; `scale` 100 for shares in per cent."""

    def __init__(self, scale=1, unit=""):
        super().__init__(useOffset=False)
        self.scale, self.unit = scale, unit

    def format_ticks(self, values):
        values = [self.scale * float(x) for x in values]
        if max(map(abs, values), default=0) >= 1e7 or (
                0 < max(map(abs, values), default=0) < 1e-4):
            return [f"{x:.4g}".replace("-", "\u2212") + self.unit for x in values]
        places = decimals(values)
        return [f"{x + 0:,.{places}f}".replace("-", "\u2212") + self.unit for x in values]


def percent_axis(axis, difference=False):
    """Shares in per cent, differences of shares in percentage points, which the label says."""
    axis.set_major_formatter(Numbers(100, "" if difference else " %"))


def plain_ticks(axis, most=5, **options):
    """At most so many intervals, at steps that people count in."""
    axis.set_major_locator(ticker.MaxNLocator(most, steps=[1, 2, 2.5, 5, 10], **options))


def axis_label(name, unit, share=False):
    """An outcome with its unit."""
    unit = "share of trials" if share else unit_label(unit)
    return words(name) + (f" ({unit})" if unit else "")


def difference_label(unit, share=False):
    unit = "percentage points" if share else unit_label(unit)
    return "difference" + (f" ({unit})" if unit else "")


def day_axis(ax, last_day, start_date, with_dates=True):
    """Days along x, in weeks where there are many; dates above if the first one is known."""
    step = next((s for s in (1, 2, 7, 14, 28, 56, 91, 182, 364, 728) if last_day / s <= 8), None)
    ax.set_xlim(0, last_day)
    ax.xaxis.set_major_locator(ticker.MultipleLocator(step) if step else ticker.MaxNLocator(6))
    ax.set_xlabel("days since the start")
    if start_date is None or not with_dates:
        return
    if start_date.toordinal() + last_day > datetime.date.max.toordinal():
        return
    first = dates.date2num(start_date)
    above = ax.secondary_xaxis("top", functions=(lambda x: x + first, lambda x: x - first))
    above.xaxis.set_major_locator(dates.AutoDateLocator(minticks=2, maxticks=5))
    above.xaxis.set_major_formatter(ticker.FuncFormatter(date_text))
    above.spines["top"].set_visible(True)
    above.tick_params(labelsize=7.5)


def date_text(x, position):
    """The first date and the beginning of a year bear the year."""
    date = dates.num2date(x)
    with_year = position == 0 or (date.month, date.day) == (1, 1)
    return date.strftime("%-d %b\n%Y" if with_year else "%-d %b")
