"""The page of a figure: title, subtitle, legend and caption wrapped to its width, room for axes between them, and texts
of the axes wrapped to the room that they have. Nothing is cut, whatever the lengths. Sizes are in inches."""

import re
import warnings

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

import truce_style as style

MARGIN = 0.12
ROW_LABEL = 2.1  # the widest that a label of a row may be
_MEASURE = RendererAgg(8, 8, 72)  # a pixel is a point


def width_of(line, size, weight="normal"):
    """Of a line of text in a size in points."""
    return _MEASURE.get_text_width_height_descent(
        line, FontProperties(size=size, weight=weight), False)[0] / 72


def _pieces(word, fits):
    """A word in pieces that fit: parted behind its joints if that helps, else anywhere."""
    while word and not fits(word):
        most = next((i for i in range(1, len(word)) if not fits(word[:i + 1])), 1)
        joints = [m.end() for m in re.finditer(r"[._/\-]", word[:most])]
        cut = max(joints[-1] if joints else most, 1)
        yield word[:cut]
        word = word[cut:]
    yield word


def wrapped(string, width, size, weight="normal"):
    """The lines of a text, none of them wider. Its own line breaks stay."""
    def fits(line):
        return width_of(line, size, weight) <= 0.97 * width
    lines = []
    for paragraph in string.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            for piece in _pieces(word, fits):
                joined = f"{line} {piece}".strip()
                if fits(joined) or not line:
                    line = joined
                else:
                    lines.append(line)
                    line = piece
        lines.append(line)
    return lines


def row_lines(name, size=8.5):
    return wrapped(name, ROW_LABEL, size)


def row_height(names, least=0.3):
    """What each row needs for the tallest of its labels."""
    return max([least] + [0.16 * len(row_lines(name)) + 0.1 for name in names])


def label_rows(ax, names, axis="y", size=8.5):
    """Names at 0, 1, ... of an axis, from the top down."""
    ax.set_yticks(range(len(names)), ["\n".join(row_lines(name, size)) for name in names],
                  fontsize=size)
    ax.tick_params(axis=axis, length=0)
    ax.set_ylim(len(names) - 0.4, -0.6)


class Page:
    """A figure of a given width whose axes have `height` to share, with `grid` to put them in.
    `legend` is a list of handles that have labels; `caption` a list of paragraphs."""

    def __init__(self, title, subtitle, caption, width, height, legend=()):
        self.figure = style.plt.figure(figsize=(width, height), facecolor="white")
        within = width - 2 * MARGIN
        texts = [(wrapped(title, within, 13, "bold"), 13, "bold", style.INK, 0.06),
                 (wrapped(subtitle, within, 9.5), 9.5, "normal", style.SOFT, 0.06)]
        foot = [line for paragraph in caption for line in wrapped(paragraph, within, 7.5)]
        lines = {id(t): len(t[0]) * t[1] * 1.25 / 72 + t[4] for t in texts}
        legend = self._legend(legend, within)
        legend_height = 0 if legend is None else (
            legend.get_window_extent().height / self.figure.dpi + 0.08)
        head = MARGIN + sum(lines.values()) + legend_height
        bottom = 0.04 + 2 * MARGIN + len(foot) * 7.5 * 1.25 / 72
        whole = head + height + bottom
        self.figure.set_size_inches(width, whole)
        y = MARGIN
        for text in texts:
            self.figure.text(MARGIN / width, 1 - y / whole, "\n".join(text[0]), fontsize=text[1],
                             fontweight=text[2], color=text[3], va="top", linespacing=1.1)
            y += lines[id(text)]
        if legend is not None:
            legend.set_bbox_to_anchor((MARGIN / width, 1 - y / whole))
        self.figure.text(MARGIN / width, MARGIN / whole, "\n".join(foot), fontsize=7.5,
                         color=style.SOFT, va="bottom", linespacing=1.15)
        self.body = (0.05 / width, bottom / whole, 1 - 0.1 / width, height / whole)

    def _legend(self, handles, within):
        """In as many columns as fit. None where there is nothing to tell apart."""
        if not handles:
            return None
        for handle in handles:
            handle.set_label("\n".join(wrapped(handle.get_label(), within - 0.6, 8)))
        for columns in range(len(handles), 0, -1):
            legend = self.figure.legend(
                handles=handles, ncol=columns, fontsize=8, frameon=False, loc="upper left",
                borderaxespad=0, borderpad=0, columnspacing=1.4, handlelength=1.6)
            legend.set_in_layout(False)
            if legend.get_window_extent().width / self.figure.dpi <= within or columns == 1:
                return legend
            legend.remove()
        return None

    def grid(self, rows, columns, **ratios):
        """Places for axes that fill the body; they will not touch each other."""
        self.figure.set_layout_engine("constrained", rect=self.body, w_pad=0.1, h_pad=0.08)
        return self.figure.add_gridspec(rows, columns, **ratios)


def fit(figure):
    """Separates thousands of ticks, and wraps titles and labels of axes to the axes' sizes. Wrapping
    moves the axes: done until nothing changes. Before that they may leave an axes no room, of which matplotlib need not
    warn; it does when the figure is written, should there still be none."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if type(axis.get_major_formatter()) is style.ticker.ScalarFormatter:
                axis.set_major_formatter(style.Numbers())
    full = {}
    for _ in range(4):
        with warnings.catch_warnings():  # titles in one line may leave axes no room
            warnings.filterwarnings("ignore", "constrained_layout not applied")
            figure.draw_without_rendering()
        changed = False
        for ax in figure.axes:
            box = ax.get_window_extent()
            least = 1.5 * figure.dpi  # of a title; an axes that is narrower has room beside it
            for text, pixels in ((ax._left_title, max(box.width, least)),
                                 (ax.xaxis.label, box.width), (ax.yaxis.label, box.height)):
                if not text.get_text():
                    continue
                string = full.setdefault(text, text.get_text())
                lines = "\n".join(wrapped(string, max(pixels / figure.dpi, 0.6),
                                          text.get_fontsize(), text.get_fontweight()))
                changed |= lines != text.get_text()
                text.set_text(lines)
        if not changed:
            break
    return figure
