"""
Which colours, letters and measures do all figures share?

Every outlet has one colour in all figures of a set, readable by the colour-blind and in grey,
and one shape of mark beside it. A figure is made for one of three places (`SIZES`): the column
of a paper, a slide, or a notebook; its letters have the size that the place needs, and it shows
as many rows as fit there.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import (
    IdentityTransform,
    ScaledTranslation,
    Transform,
    blended_transform_factory,
)

__all__ = [
    "COLOURS",
    "FAINT",
    "INK",
    "MARKERS",
    "NOTEBOOK",
    "OTHER",
    "SIZES",
    "STYLE",
    "Size",
    "canvas",
    "colours_for",
    "count_of",
    "counted_name",
    "drawn_in",
    "legend_below",
    "mark",
    "mark_area",
    "marks_for",
    "outlet_colours",
    "plain",
    "size_named",
    "style",
    "wrap_words",
]

# Okabe & Ito's colours for the colour-blind, dark ones first, and four of Tol's; they differ in
# grey, too. Marks come round sooner, so that no two of 132 outlets share both.
COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D1F",
    "#882255", "#332288", "#44AA99", "#999999",
)  # fmt: skip
MARKERS = tuple("osD^vPX*<>p")
INK, FAINT = "#222222", "#d9d9d9"

# Who has no colour of its own: all the others together, and what belongs to no outlet.
OTHER = "#6f6f6f"


class Size(NamedTuple):
    """Where a figure goes: width in inches, letters in points, rows that fit, dots per inch."""

    width: float
    font: float
    rows: int
    dpi: int


# 86 mm are one of a journal's two columns; 13.3 inches are a slide of 16:9, 7.5 high.
SIZES = {
    "paper": Size(3.4, 7, 20, 300),
    "slide": Size(13.3, 17, 12, 110),
    "notebook": Size(8.2, 9, 24, 160),
}
NOTEBOOK, SLIDE_HEIGHT = "notebook", 7.5

# Inches from line to line are this many times the size of its letters.
LEADING = 1.6 / 72
# The mean width of a letter of DejaVu Sans, in its size.
LETTER = 0.52 / 72
TITLE = 1.15
# What part of the figure's width a label of an axis may have, and a legend.
LABEL, LEGEND = 0.9, 0.95

# Equal bytes each time: no date, no version, and fixed names inside SVG files.
_EVERYWHERE = {
    **sns.axes_style("whitegrid", {"grid.color": "#ececec", "axes.edgecolor": FAINT}),
    "svg.hashsalt": "biaskit",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "figure.dpi": 100,
    "font.family": "DejaVu Sans",
    "text.color": INK,
    "axes.titlelocation": "left",
}


def size_named(size: str) -> Size:
    """
    The measures of a size.

    >>> size_named("poster")
    Traceback (most recent call last):
        ...
    ValueError: no size 'poster'; there are notebook, paper, slide
    """
    if size not in SIZES:
        raise ValueError(f"no size {size!r}; there are {', '.join(sorted(SIZES))}")
    return SIZES[size]


def style(size: str = NOTEBOOK) -> dict[Any, Any]:
    """The settings of matplotlib that a figure of this size is drawn and saved with."""
    font = size_named(size).font
    return {
        **_EVERYWHERE,
        "font.size": font,
        "axes.labelsize": font,
        "axes.titlesize": TITLE * font,
        "xtick.labelsize": 0.95 * font,
        "ytick.labelsize": 0.95 * font,
        "legend.fontsize": 0.95 * font,
        "lines.linewidth": font / 6,
        "lines.markersize": 0.7 * font,
        "hatch.linewidth": font / 12,
        "savefig.dpi": SIZES[size].dpi,
    }


STYLE = style()


@contextmanager
def drawn_in(size: str) -> Iterator[None]:
    """Draw in the style of the size, and leave all settings as they were."""
    with mpl.rc_context(style(size)):
        yield
        interactive = mpl.is_interactive()
    # With its first figure a notebook learns to show figures below cells, and must not unlearn it.
    mpl.interactive(interactive)


@contextmanager
def canvas(ax: Axes | None, size: str, lines: float) -> Iterator[Axes]:
    """
    The axes to draw on, in the style of the size; new ones, `lines` of text high, without any.

    New ones get their title at the figure's edge and in as many lines as it needs.
    """
    with drawn_in(size):
        if ax is None:
            width, font, *_ = SIZES[size]
            height = max(lines * font * LEADING, 0.3 * width)
            if size == "slide":
                height = SLIDE_HEIGHT
            ax = plt.subplots(figsize=(width, height), layout="constrained")[1]
        yield ax
        wrap_words(ax)


def _inches(ax: Axes) -> float:
    return cast(Figure, ax.figure).get_figwidth()


def _alone(ax: Axes) -> bool:
    return ax.figure.axes == [ax]


def wrap_words(ax: Axes) -> None:
    """Break the title and the label of axes that have a figure of their own; twice does no harm."""
    if not _alone(ax):
        return
    font = mpl.rcParams["font.size"]
    letters = 0.97 * _inches(ax) / LETTER / font
    title = ax.set_title(_filled(ax.get_title("left"), letters / TITLE), loc="left")
    lift = ScaledTranslation(0, 0.6 * font / 72, ax.figure.dpi_scale_trans)
    title.set_transform(blended_transform_factory(ax.figure.transFigure, ax.transAxes) + lift)
    title.set_x(0.01)
    ax.set_xlabel(_filled(ax.get_xlabel(), LABEL * letters))
    whole = blended_transform_factory(ax.figure.transFigure, IdentityTransform())
    ax.xaxis.label.set_transform(whole)


def _filled(words: str, letters: float) -> str:
    """Each line of the words in as few lines as it needs, which are about as long as each other."""
    return "\n".join(_balanced(line, int(letters)) for line in words.split("\n"))


def _balanced(line: str, letters: int) -> str:
    n = len(textwrap.wrap(line, letters))
    least = max(1, len(line) // max(n, 1))
    fits = (width for width in range(least, letters) if len(textwrap.wrap(line, width)) <= n)
    return textwrap.fill(line, next(fits, letters))


def legend_below(ax: Axes, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """A legend under the axis label, in as many columns as fit."""
    font = mpl.rcParams["font.size"]
    width = ax.get_window_extent().width / ax.figure.dpi
    across: Transform = ax.transAxes
    if _alone(ax):
        width, across = _inches(ax), ax.figure.transFigure
    most = int(np.clip(width / LETTER / font // (max(map(len, labels)) + 4.5), 1, len(labels)))
    words = _filled(ax.get_xlabel(), 0.97 * LABEL * width / LETTER / font).count("\n")
    # Ticks, pads and the label itself, which do not all grow with the letters.
    points = 12 + (2.6 + 1.3 * words) * font
    drop = ScaledTranslation(0, -points / 72, ax.figure.dpi_scale_trans)
    below = blended_transform_factory(across, ax.transAxes) + drop
    for columns in range(most, 0, -1):
        # Handed over by name: of itself a legend leaves out a label that begins with "_".
        legend = ax.legend(
            handles, labels, loc="upper left", bbox_to_anchor=(0, 0), ncols=columns, frameon=False,
            bbox_transform=below, handletextpad=0.5, columnspacing=1.4, borderaxespad=0,
        )  # fmt: skip
        if legend.get_window_extent().width <= LEGEND * width * ax.figure.dpi:
            break


def mark(shape: str, colour: str, *, filled: bool = True, line: bool = False) -> Line2D:
    """A mark to stand in a legend."""
    return Line2D(
        [], [], marker=shape, color=colour, markerfacecolor=colour if filled else "white",
        linestyle="-" if line else "none",
    )  # fmt: skip


def mark_area() -> float:
    """The area of a mark in points, as large as letters of the current size ask for."""
    return float((0.75 * mpl.rcParams["font.size"]) ** 2)


def outlet_colours(outlets: Sequence[str]) -> dict[str, str]:
    """The colour of each outlet, given out in alphabetical order and again after twelve."""
    return {outlet: COLOURS[i % len(COLOURS)] for i, outlet in enumerate(sorted(outlets))}


def colours_for(outlets: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The colours of these outlets: those given, of whole sets, or else their own."""
    given = outlet_colours([*{*outlets}]) if given is None else given
    return {outlet: given.get(outlet, OTHER) for outlet in outlets}


def marks_for(outlets: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The shape of each outlet's marks, which goes with its colour."""
    whole = sorted({*outlets} if given is None else {*given, *outlets})
    return {outlet: MARKERS[whole.index(outlet) % len(MARKERS)] for outlet in outlets}


def counted_name(name: str, n: int, size: str, unit: str = "article") -> str:
    """A name with its number of articles; in the narrow column of a paper the number alone."""
    return f"{plain(name)} ({n:,})" if size == "paper" else f"{plain(name)} ({count_of(n, unit)})"


def plain(words: str) -> str:
    """Words as matplotlib shows them: two dollar signs would make a formula of what is between."""
    return words.replace("$", r"\$")


def count_of(n: int, unit: str = "article") -> str:
    """
    >>> count_of(1), count_of(1_200, "event")
    ('1 article', '1,200 events')
    """
    return f"{n:,} {unit}{'' if n == 1 else 's'}"
