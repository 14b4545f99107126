"""
Is it more than chance, how many articles would it take, and does it hang on how one measures?

These figures are about the measuring: what the same settings find where nothing differs, how
often a difference of a given size would be seen, and what comes of every reasonable choice.
"""

from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from biaskit.comparison import ALPHA, two_digits
from biaskit.figures.labels import times_axis
from biaskit.figures.style import (
    FAINT,
    INK,
    NOTEBOOK,
    OTHER,
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
from biaskit.power import ENOUGH
from biaskit.tables import require

__all__ = ["null_check_figure", "power_figure", "specification_figure"]

Colours = Mapping[str, str] | None

SPLITS = {"document": "article by article", "week": "by whole weeks", "event": "by whole events"}
LINES = ("-", "--", ":", "-.")


def null_check_figure(
    checks: pd.DataFrame,
    comparisons: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    Findings where nothing differs, beside the findings observed: a bar each.

    An outlet split at random differs from itself in nothing but chance, so the upper bars say
    how many findings the same settings give for nothing. A finding is a row with q below .05.
    `checks` is a `null_checks` table, `comparisons` a `comparisons` table made with the same
    settings; each of its pairs is a bar.
    """
    require(checks, "null_checks")
    require(comparisons, "comparisons")
    apart = "\n " if size == "paper" else "; "
    bars = [
        (f"{plain(c.outlet)} against itself,\n{SPLITS[c.split]}", c.mean_findings, c.outlet,
         f"{two_digits(c.mean_findings)} of {c.n_tested:.0f} tested, {count_of(c.n_documents)}"
         f"{apart}any in {_share(c.share_any)} of {c.runs:,} splits", False)
        for c in checks.itertuples()
    ]  # fmt: skip
    for (one, other), rows in comparisons.groupby(["target", "reference"], sort=True):
        found = int((rows["q"] < ALPHA).sum())
        n = rows["n_documents_target"].max() + rows["n_documents_reference"].max()
        words = f"{found} of {rows['p_t'].notna().sum():,} tested, {count_of(n)}"
        bars.append((f"{plain(one)} against\n{plain(other)}", found, one, words, True))
    colour = colours_for([outlet for *_, outlet, _, _ in bars], colours)
    most = max(1.0, *(0 if np.isnan(bar[1]) else bar[1] for bar in bars))
    with canvas(ax, size, 8 + 3.4 * len(bars)) as ax:
        for y, (_, found, outlet, words, observed) in enumerate(bars):
            ax.barh(y, found, height=0.42, color=colour[outlet] if observed else "white",
                    edgecolor=colour[outlet], hatch=None if observed else "////")  # fmt: skip
            ax.text(0, y - 0.28, f" {words}", va="bottom", fontsize="small")
        ax.set_yticks(range(len(bars)), [bar[0] for bar in bars])
        ax.set(ylim=(len(bars) - 0.5, -0.75), xlim=(0, most * 1.08), ylabel="")
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
        ax.grid(False, axis="y")
        ax.set_xlabel(f"findings (q below {ALPHA:g}); hatched: on average, where nothing differs")
        ax.set_title("Findings between outlets, and within one that is split at random", loc="left")
    return ax


def _share(share: float) -> str:
    return f"{share:.0%}" if share else "none"


def power_figure(power: pd.DataFrame, ax: Axes | None = None, *, size: str = NOTEBOOK) -> Axes:
    """
    How often a difference would be seen, by number of articles a side: a line per item and effect.

    The band is the 95 % interval over the runs; the mark is the least number of articles, of
    those tried, with which four studies in five see it. `power` is a `power` table, or several
    one below the other.
    """
    require(power, "power")
    lines = list(power.groupby(["item", "voice", "effect"], sort=True))
    with canvas(ax, size, 26) as ax:
        handles, words = [], []
        for (key, rows), stroke in zip(lines, LINES * len(lines), strict=False):
            item, voice, effect = key
            rows = rows.sort_values("n_documents")
            ax.fill_between(rows["n_documents"], rows["low"], rows["high"], color=OTHER, alpha=0.2,
                            linewidth=0)  # fmt: skip
            handles += ax.plot(rows["n_documents"], rows["power"], stroke, color=INK)
            enough = rows[rows["power"] >= ENOUGH][:1]
            ax.scatter(enough["n_documents"], enough["power"], color=INK, s=mark_area(), zorder=3)
            words.append(_told_power(item, voice, effect, enough["n_documents"]))
        ax.axhline(ENOUGH, color=OTHER, lw=0.8)
        ax.set_xscale("log")
        ticks = sorted(power["n_documents"].unique())
        ax.set_xticks(ticks, [f"{n:,}" for n in ticks])
        ax.minorticks_off()
        ax.set(ylim=(0, 1.08))
        ax.yaxis.set_major_formatter(mpl.ticker.PercentFormatter(1.0, decimals=0))
        ax.set_ylabel("power: studies that see it")
        runs, n = power["runs"].max(), power["n_drawn_from"].max()
        ax.set_xlabel(f"articles a side, drawn from {n:,} (band: 95 % interval of {runs:,} runs)")
        alpha = " or ".join(f"{x:g}" for x in sorted(power["alpha"].unique()))
        ax.set_title(
            f"How many articles it takes to see a difference (p below {alpha})", loc="left"
        )
        legend_below(ax, handles, words)
    return ax


def _told_power(item: str, voice: str, effect: float, enough: pd.Series) -> str:
    what = f"“{plain(item)}”" if item != "all" else "all markers"
    how = "" if voice == "all" else f", {voice}"
    least = f"{count_of(enough.iloc[0])} a side" if len(enough) else "more than were tried"
    return f"{what} {effect:g} times as often{how}: {least}"


# Columns of a specification table that are choices, as a reader calls them.
CHOICES = {
    "voice": "whose words",
    "zones": "part of the page",
    "copies": "copies",
    "recurring": "recurring lines",
    "markers": "markers",
}
EFFECTS, BETWEEN = 18, 1.5  # lines


def specification_figure(
    specifications: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    One comparison under every reasonable choice: effects above, the choices made for each below.

    Effects stand in the order of their size, in the colour of the outlet that has more, faint
    where the 95 % interval holds 1. Choices that were the same in all are not drawn; on a slide the
    frames that were left out are not, where they are many. The axes
    that come back frame two: `ax.child_axes` are the effects and the choices.
    `specifications` is a `specifications` table.
    """
    require(specifications, "specifications")
    rows = specifications.dropna(subset=["log_ratio"]).sort_values("rank", ignore_index=True)
    chosen = [
        (column, value)
        for column in CHOICES
        if rows[column].nunique() > 1
        for value in _in_order(rows[column])
    ]
    if size == "slide" and len(chosen) > size_named(size).rows:
        chosen = [(column, value) for column, value in chosen if column != "markers"]
    pair = rows["target"].iloc[0], rows["reference"].iloc[0]
    lines = EFFECTS + BETWEEN + 1.25 * len(chosen)
    with canvas(ax, size, 8 + lines) as ax:
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        above = ax.inset_axes((0, 1 - EFFECTS / lines, 1, EFFECTS / lines))
        below = ax.inset_axes((0, 0, 1, 1.25 * len(chosen) / lines), sharex=above)
        _choices(below, rows, chosen)
        n = rows["n_documents"].max()
        ax.set_xlabel(f"ways to measure, by their effect (up to {count_of(n)})",
                      labelpad=2 * mpl.rcParams["font.size"])  # fmt: skip
        legend_below(ax, *_effects(above, rows, pair, colours))
        more = int((rows["log_ratio"] > 0).sum())
        ax.set_title(f"{plain(pair[0])} has more markers than {plain(pair[1])} in {more:,} of "
                     f"{len(rows):,} ways to measure it", loc="left")  # fmt: skip
    return ax


def _in_order(values: pd.Series) -> list[str]:
    """All first, then by name."""
    return sorted(values.unique(), key=lambda value: (value != "all", value))


def _effects(
    ax: Axes, rows: pd.DataFrame, pair: tuple[str, str], colours: Colours
) -> tuple[list[Any], list[str]]:
    """Marks and intervals, in the order of the effect; returns what a legend says of them."""
    colour, shapes = colours_for(pair, colours), marks_for(pair, colours)
    sure = (rows["low"] > 0) | (rows["high"] < 0)
    handles, words = [], []
    for outlet, here in zip(pair, (rows["log_ratio"] > 0, rows["log_ratio"] <= 0), strict=True):
        for of_it, alpha in ((rows[here & sure], 1.0), (rows[here & ~sure], 0.35)):
            x = of_it.index.to_numpy()
            ax.vlines(x, of_it["low"], of_it["high"], colors=colour[outlet], alpha=alpha * 0.6,
                      lw=mpl.rcParams["lines.linewidth"] * 0.7)  # fmt: skip
            ax.scatter(x, of_it["log_ratio"], color=colour[outlet], marker=shapes[outlet],
                       alpha=alpha, s=mark_area() * 0.4, linewidth=0, zorder=3)  # fmt: skip
        if here.any():
            handles.append(mark(shapes[outlet], colour[outlet]))
            words.append(f"more in {plain(outlet)}")
    ax.axhline(0, color=INK, lw=0.8)
    times_axis(ax.yaxis)
    ax.set_ylabel("times as often\n(line: 95 % interval)")
    ax.tick_params(labelbottom=False)
    ax.grid(False, axis="x")
    words[-1] += "; faint: the interval holds 1"
    return handles, words


def _choices(ax: Axes, rows: pd.DataFrame, chosen: list[tuple[str, str]]) -> None:
    for y, (column, value) in enumerate(chosen):
        x = rows.index[rows[column] == value].to_numpy()
        ax.plot(x, np.full(len(x), y), "|", color=INK, markeredgewidth=0.8)
    names = [
        plain(f"{CHOICES[column]}: {_told(column, value)}" if first else _told(column, value))
        for (column, value), first in zip(chosen, _firsts(chosen), strict=True)
    ]
    ax.set_yticks(range(len(chosen)), names)
    for y, first in enumerate(_firsts(chosen)):
        if first and y:
            ax.axhline(y - 0.5, color=FAINT, lw=0.8)
    ax.set(ylim=(len(chosen) - 0.5, -0.5), xlim=(-1, len(rows)))
    ax.grid(False)


def _told(column: str, value: str) -> str:
    return f"without {value}" if column == "markers" and value != "all" else value


def _firsts(chosen: list[tuple[str, str]]) -> list[bool]:
    return [i == 0 or chosen[i - 1][0] != column for i, (column, _) in enumerate(chosen)]
