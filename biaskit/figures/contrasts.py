"""
What does one outlet use more than another, and how surely?

Both figures show a table of one pair of outlets: its effect as "times as often", with its 95 %
interval, filled where q is below .05 and hollow where it is not. Hollow does not mean alike:
it means that these articles do not tell.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from biaskit.comparison import ALPHA
from biaskit.figures.labels import Label, place_labels, times_axis
from biaskit.figures.style import (
    FAINT,
    INK,
    NOTEBOOK,
    OTHER,
    SIZES,
    canvas,
    colours_for,
    count_of,
    legend_below,
    mark,
    mark_area,
    marks_for,
    plain,
    size_named,
)
from biaskit.tables import require

__all__ = ["comparison_figure", "keyness_figure", "one_pair"]

Colours = Mapping[str, str] | None

# Rarer than this the terms of a corpus form a cloud; intervals and labels are for the surest.
FAINT_MARK = 0.35
LEAST_REACH = 1.0
Q = f"q below {ALPHA:g}"


def one_pair(table: pd.DataFrame) -> tuple[str, str]:
    """
    Target and reference of a table that compares one pair.

    Raises
    ------
    ValueError : there is no row, or more than one pair.
    """
    pairs = [*table[["target", "reference"]].drop_duplicates().itertuples(index=False, name=None)]
    if len(pairs) != 1:
        found = "; ".join(f"{a} and {b}" for a, b in pairs[:3]) or "none"
        more = ", ..." if len(pairs) > 3 else ""
        raise ValueError(f"this figure shows one pair of outlets; the table has {found}{more}")
    return pairs[0]


def _sides(table: pd.DataFrame, pair: tuple[str, str]) -> list[str]:
    """Both outlets with their articles, as titles name them."""
    n = [table[f"n_documents_{side}"].max() for side in ("target", "reference")]
    return [f"{plain(name)} ({count_of(k)})" for name, k in zip(pair, n, strict=True)]


def comparison_figure(
    comparisons: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
    most: int | None = None,
) -> Axes:
    """
    How many times as often one outlet uses each marker as the other: a row each, by the effect.

    `comparisons` is a `comparisons` table of one pair; its first `most` rows are shown, as many
    as the size holds by default. Hits and the articles that hold them stand beside each row. An
    arrow is a bound: one side has no hit.

    Raises
    ------
    ValueError : not exactly one pair of outlets, or no such size.
    """
    require(comparisons, "comparisons")
    pair = one_pair(comparisons)
    shown = comparisons[: most or size_named(size).rows]
    shown = shown.sort_values(["log_ratio", "item"], ascending=[False, True], ignore_index=True)
    with canvas(ax, size, 9 + 1.15 * len(shown)) as ax:
        ax.axvline(0, color=INK, lw=0.8)
        _effects(ax, shown, pair, colours)
        ax.set_yticks(range(len(shown)), [plain(item) for item in shown["item"]])
        ax.set(ylim=(len(shown) - 0.4, -0.6), ylabel="")
        _reach(ax, shown)
        times_axis(ax.xaxis)
        one, other = map(plain, pair)
        ax.set_xlabel(f"times as often in {one} as in {other} ({_line(ax, shown)})\n"
                      f"right: hits in articles that hold them, {one} : {other}")  # fmt: skip
        _rest(ax, shown, len(comparisons), _sides(comparisons, pair))
        legend_below(ax, *_legend(shown, pair, colours))
    return ax


def _effects(ax: Axes, rows: pd.DataFrame, pair: tuple[str, str], colours: Colours) -> None:
    """A mark and an interval for each row, in the colour of the outlet that has more."""
    colour, shapes = colours_for(pair, colours), marks_for(pair, colours)
    beside = ax.get_yaxis_transform()
    for y, row in enumerate(rows.itertuples()):
        more = pair[0] if row.log_ratio > 0 else pair[1]
        bound = not (row.n_target and row.n_reference)
        arrow = ">" if row.log_ratio > 0 else "<"
        sure = row.q < ALPHA
        if not np.isnan(row.low):
            ax.hlines(y, row.low, row.high, colors=colour[more], zorder=2)
        ax.scatter([row.log_ratio], [y], marker=arrow if bound else shapes[more], s=mark_area(),
                   facecolor=colour[more] if sure else "white", edgecolor=colour[more],
                   linewidth=mpl.rcParams["lines.linewidth"] * 0.8, zorder=3)  # fmt: skip
        counts = " : ".join(
            f"{n:,} in {k:,}" if n else "0"
            for n, k in ((row.n_target, row.n_with_target), (row.n_reference, row.n_with_reference))
        )
        ax.text(1.01, y, counts, va="center", fontsize="small", transform=beside)


def _reach(ax: Axes, rows: pd.DataFrame) -> None:
    """Limits that hold all effects; an interval that reaches much further is cut by the frame."""
    far = np.abs(rows["log_ratio"]).max()
    ends = np.abs(rows[["low", "high"]].to_numpy())
    known = ends[~np.isnan(ends)]
    reach = max(far, LEAST_REACH, np.quantile(known, 0.9) if known.size else 0) * 1.06
    least = rows[["low", "log_ratio"]].min().min()
    most = rows[["high", "log_ratio"]].max().max()
    ax.set_xlim(max(-reach, least - 0.06 * reach), min(reach, most + 0.06 * reach))
    left, right = ax.get_xlim()
    ax.set_xlim(min(left, -0.1 * reach), max(right, 0.1 * reach))


def _line(ax: Axes, rows: pd.DataFrame) -> str:
    left, right = ax.get_xlim()
    cut = (rows["low"] < left) | (rows["high"] > right)
    return "line: 95 % interval" + (", cut at the edge" if cut.any() else "")


def _rest(ax: Axes, shown: pd.DataFrame, n: int, sides: Sequence[str]) -> None:
    how = f", the {len(shown)} surest of {n:,}" if len(shown) < n else ""
    ax.set_title(f"Markers that {sides[0]} uses more or less often than {sides[1]}{how}",
                 loc="left")  # fmt: skip
    ax.grid(False, axis="y")
    ax.hlines(range(len(shown)), 0, 1, colors=FAINT, lw=0.5, zorder=0,
              transform=ax.get_yaxis_transform())  # fmt: skip


def _legend(
    rows: pd.DataFrame, pair: tuple[str, str], colours: Colours
) -> tuple[list[Any], list[str]]:
    """Who has more, and what a filled, a hollow and a pointed mark say; only what is drawn."""
    colour, shapes = colours_for(pair, colours), marks_for(pair, colours)
    sure = rows["q"] < ALPHA
    bound = (rows["n_target"] == 0) | (rows["n_reference"] == 0)
    drawn = [
        ((rows["log_ratio"] > 0).any(), mark(shapes[pair[0]], colour[pair[0]]),
         f"more often in {pair[0]}"),
        ((rows["log_ratio"] <= 0).any(), mark(shapes[pair[1]], colour[pair[1]]),
         f"more often in {pair[1]}"),
        (sure.any(), mark("o", INK), f"filled: {Q}"),
        ((~sure).any(), mark("o", INK, filled=False), "hollow: not, or not tested"),
        (bound.any(), mark(">", INK, filled=False), "arrow: a bound, one side has no hit"),
    ]  # fmt: skip
    kept = [(handle, plain(words)) for there, handle, words in drawn if there]
    return [handle for handle, _ in kept], [words for _, words in kept]


def keyness_figure(
    keywords: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
    most: int | None = None,
) -> Axes:
    """
    The effect of each term, with its interval, against how evenly articles hold it.

    To the left a term is spread over many articles, to the right it stands in few, which is of
    a topic rather than of an outlet. `keywords` is a `keywords` table of one pair; terms that
    one side does not have at all are left to the table. Terms with q below .05 are filled and
    have intervals, and of them the first `most` are named; without any the first are.

    Raises
    ------
    ValueError : not exactly one pair of outlets, or no such size.
    """
    require(keywords, "keywords")
    pair = one_pair(keywords)
    colour, shapes = colours_for(pair, colours), marks_for(pair, colours)
    both = keywords[(keywords["n_target"] > 0) & (keywords["n_reference"] > 0)]
    sure = both[both["q"] < ALPHA]
    named = (sure if len(sure) else both)[: most or 2 * SIZES[size].rows]
    with canvas(ax, size, 26 if size != "paper" else 30) as ax:
        ax.axhline(0, color=INK, lw=0.8)
        faint = both.drop(index=sure.index)
        ax.scatter(faint["dp_norm"], faint["log_ratio"], s=mark_area() * FAINT_MARK / 2,
                   color=OTHER, alpha=FAINT_MARK, linewidth=0, rasterized=True)  # fmt: skip
        for outlet, rows in zip(pair, (sure[sure["log_ratio"] > 0], sure[sure["log_ratio"] <= 0]),
                                strict=True):  # fmt: skip
            ax.vlines(rows["dp_norm"], rows["low"], rows["high"], colors=colour[outlet], alpha=0.5)
            ax.scatter(rows["dp_norm"], rows["log_ratio"], s=mark_area() * 0.8, zorder=3,
                       color=colour[outlet], marker=shapes[outlet])  # fmt: skip
        ax.set_xlim(max(0.0, both["dp_norm"].min() - 0.03), 1.01)
        ends = both[["log_ratio"]].join(sure[["low", "high"]]).to_numpy()
        reach = np.nanmax(np.abs(ends)) if ends.size else LEAST_REACH
        ax.set_ylim(-1.08 * reach, 1.08 * reach)
        times_axis(ax.yaxis)
        ax.set_ylabel(f"times as often in {plain(pair[0])}\nas in {plain(pair[1])}")
        ax.set_xlabel("dispersion (Gries's DP, normed; 0: spread evenly over the articles, "
                      "1: all in few of them)")  # fmt: skip
        sides = _sides(keywords, pair)
        ax.set_title(f"Terms that {sides[0]} uses more or less often than {sides[1]}: "
                     f"{len(sure):,} of {len(both):,} with {Q}", loc="left")  # fmt: skip
        handles = [mark(shapes[outlet], colour[outlet]) for outlet in pair]
        words = [f"more often in {plain(outlet)}, {Q}" for outlet in pair]
        legend_below(ax, [*handles, mark(".", OTHER)], [*words, "other terms that both use"])
        colour_of = [colour[pair[0] if x > 0 else pair[1]] for x in named["log_ratio"]]
        labels = [Label(*one) for one in zip(named["dp_norm"], named["log_ratio"], named["term"],
                                             colour_of, strict=True)]  # fmt: skip
        place_labels(ax, labels, sure[["dp_norm", "log_ratio"]].to_numpy())
    return ax
