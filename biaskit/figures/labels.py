"""
Where do the words beside marks and the numbers of an axis go, so that none covers another?

Labels are placed one by one, the most important first: each takes the first free place around
its mark, near ones before far ones, and a thin line leads to a far one. A label without a free
place is left out, which is no loss: the table beside the figure has every row.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from biaskit.figures.style import mark_area, plain, wrap_words

__all__ = ["Label", "place_labels", "times_axis"]


class Label(NamedTuple):
    """Words that belong to a mark at x, y."""

    x: float
    y: float
    words: str
    colour: str


# Right and left first, as one reads; distances in sizes of the letters.
DIRECTIONS = ((1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1))
DISTANCES = (0.75, 1.6, 2.6)
LED_FROM = 1


def place_labels(ax: Axes, labels: Sequence[Label], marks: np.ndarray) -> int:
    """
    Write the labels where they cover neither each other nor any of `marks`; returns how many.

    `marks` holds x and y of what must stay to be seen, a row each. Limits and everything else
    in the figure must be settled before.
    """
    wrap_words(ax)
    cast(Figure, ax.figure).draw_without_rendering()
    frame = ax.get_window_extent()
    points = ax.transData.transform(np.asarray(marks, float).reshape(-1, 2))
    taken: list[Bbox] = []
    for label in labels:
        box, offset = _free(ax, label, frame, points, taken)
        if box is not None:
            _write(ax, label, offset)
            taken.append(box)
    return len(taken)


def _free(
    ax: Axes, label: Label, frame: Bbox, points: np.ndarray, taken: Sequence[Bbox]
) -> tuple[Bbox | None, tuple[float, float, bool]]:
    """The first free place of a label, and how far it lies from the mark in points."""
    at = ax.transData.transform((label.x, label.y))
    trial = ax.text(0, 0, plain(label.words), fontsize="small", transform=None)
    extent = trial.get_window_extent()
    trial.remove()
    scale = ax.figure.dpi / 72
    half = 0.5 * np.sqrt(mark_area()) * scale
    for x, y, far in _places(mpl.rcParams["font.size"]):
        width, height = extent.width, extent.height
        left = at[0] + x * scale - width * (0.5 - 0.5 * np.sign(x))
        bottom = at[1] + y * scale - height * 0.5
        box = Bbox.from_bounds(left, bottom, width, height)
        inside = frame.x0 <= box.x0 and box.x1 <= frame.x1
        inside = inside and frame.y0 <= box.y0 and box.y1 <= frame.y1
        if inside and not box.padded(half).count_contains(points) and not box.count_overlaps(taken):
            return box.padded(scale), (x, y, far)
    return None, (0, 0, False)


def _places(font: float) -> Iterator[tuple[float, float, bool]]:
    for i, distance in enumerate(DISTANCES):
        for x, y in DIRECTIONS:
            # A label above or below must clear its own height; beside, only the mark.
            yield x * distance * font, y * (0.5 + distance) * font * 0.8, i >= LED_FROM


def _write(ax: Axes, label: Label, place: tuple[float, float, bool]) -> None:
    x, y, far = place
    line = {"arrowstyle": "-", "color": label.colour, "lw": 0.5, "shrinkB": 2}
    ax.annotate(
        plain(label.words), (label.x, label.y), (x, y), textcoords="offset points",
        ha={1: "left", 0: "center", -1: "right"}[int(np.sign(x))], va="center",
        color=label.colour, fontsize="small", zorder=5,
        arrowprops=line if far else None,
        path_effects=[withStroke(linewidth=2, foreground="white")],
    ).set_in_layout(False)  # fmt: skip


# Ratios to read an axis by, where whole powers of 2 would be too far apart.
NEAR = (1, 1.1, 1.25, 1.5, 2)
FAR = (1, 1.5, 2, 3, 4, 6, 8)
PER_INCH_ACROSS, PER_INCH_UP = 1.9, 3.5


def times_axis(axis: Axis) -> None:
    """Let an axis of log2 ratios be read in how many times as often; its limits must be set."""
    low, high = axis.get_view_interval()
    if high - low > 2 * np.log2(FAR[3]):
        most = max(1, min(7, _room(axis)))
        ticks = np.asarray(mpl.ticker.MaxNLocator(nbins=most, integer=True).tick_values(low, high))
    else:
        powers = np.log2(NEAR if high - low < np.log2(NEAR[-1]) else FAR)
        ticks = np.array([*-powers[:0:-1], *powers])
    ticks = ticks[(low <= ticks) & (ticks <= high)]
    axis.set_ticks(ticks, [_times(tick) for tick in ticks])


def _room(axis: Axis) -> int:
    """How many labels fit along the axis, as long as the layout has it so far."""
    box, dpi = axis.axes.get_window_extent(), axis.axes.figure.dpi
    if isinstance(axis, XAxis):
        return int(PER_INCH_ACROSS * box.width / dpi)
    return int(PER_INCH_UP * box.height / dpi)


def _times(log_ratio: float) -> str:
    """
    >>> _times(10.0), _times(0.0), _times(-2.0)
    ('1024', '1', '1/4')
    """
    return f"{2**log_ratio:.6g}" if log_ratio >= 0 else f"1/{2**-log_ratio:.6g}"
