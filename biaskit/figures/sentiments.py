"""
How do outlets' articles sound, how do sentences that mention a target, and which words do it?

The scores are those of word lists, which see neither framing nor irony; an outlet that reports
more wars scores lower. A picture of them shows what the lists count and nothing more.
"""

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from biaskit.comparison import two_digits
from biaskit.figures.style import (
    FAINT,
    INK,
    NOTEBOOK,
    canvas,
    colours_for,
    counted_name,
    legend_below,
    mark,
    mark_area,
    marks_for,
    plain,
    size_named,
)
from biaskit.shifts import shortened
from biaskit.tables import require

__all__ = ["sentiment_spread_figure", "target_sentiment_figure", "word_shift_figure"]

Colours = Mapping[str, str] | None

SCORES = {
    "vader": "VADER score, -1 to 1",
    "polarity": "TextBlob polarity, -1 to 1",
    "subjectivity": "TextBlob subjectivity, 0 to 1",
}


def _of_measure(table: pd.DataFrame, name: str, measure: str) -> pd.DataFrame:
    require(table, name)
    if measure not in SCORES:
        raise ValueError(f"no measure {measure!r}; there are {', '.join(sorted(SCORES))}")
    return table[table["measure"] == measure]


def sentiment_spread_figure(
    spread: pd.DataFrame,
    ax: Axes | None = None,
    *,
    measure: str = "vader",
    voice: str = "all",
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    How the articles of each outlet are spread in sentiment: a row per outlet.

    The thin line holds eight tenths of the outlet's articles, the thick one half of them, the
    white stroke is the median; the mark is the mean, the line through it its 95 % interval.
    `spread` is a `sentiment_spread` table.

    Raises
    ------
    ValueError : no such measure, voice or size.
    """
    rows = _of_measure(spread, "sentiment_spread", measure)
    if voice not in {*rows["voice"]}:
        raise ValueError(f"no voice {voice!r}; there are {', '.join(sorted({*rows['voice']}))}")
    rows = rows[(rows["voice"] == voice) & (rows["n_documents"] > 0)]
    rows = rows.sort_values("outlet", ignore_index=True)
    colour, shapes = (f([*rows["outlet"]], colours) for f in (colours_for, marks_for))
    with canvas(ax, size, 8 + 1.9 * len(rows)) as ax:
        width = mpl.rcParams["lines.linewidth"]
        for y, row in enumerate(rows.itertuples()):
            one = colour[row.outlet]
            ax.hlines(y - 0.14, row.q10, row.q90, colors=one, lw=width)
            ax.hlines(y - 0.14, row.q25, row.q75, colors=one, lw=5 * width, alpha=0.75)
            ax.plot([row.median], [y - 0.14], "|", color="white", zorder=4)
            ax.scatter([row.mean], [y + 0.22], color=one, marker=shapes[row.outlet],
                       s=mark_area() * 0.6, zorder=3)  # fmt: skip
            if not np.isnan(row.low):
                ax.hlines(y + 0.22, row.low, row.high, colors=one, lw=width)
        labels = [counted_name(r.outlet, r.n_documents, size) for r in rows.itertuples()]
        ax.set_yticks(range(len(rows)), labels)
        ax.axvline(0, color=INK, lw=0.8)
        ax.set(ylim=(len(rows) - 0.4, -0.6), ylabel="")
        ax.set_xlabel(f"mean {SCORES[measure]}, of an article's sentences\n"
                      "thick line: half of the articles, thin: eight tenths, white: median; "
                      "mark: their mean and its 95 % interval; in brackets: articles")  # fmt: skip
        ax.grid(False, axis="y")
        how = {"all": "in all voices", "unquoted": "without quotations"}.get(voice, f"in {voice}")
        ax.set_title(f"How the articles of each outlet are spread in sentiment, {how}", loc="left")
    return ax


def target_sentiment_figure(
    sentiment: pd.DataFrame,
    ax: Axes | None = None,
    *,
    measure: str = "vader",
    size: str = NOTEBOOK,
    colours: Colours = None,
    most: int | None = None,
) -> Axes:
    """
    How the sentences sound that mention a target: a row per target, a mark per outlet.

    It is no tone towards the target: a sentence on a flood scores low and blames nobody. The
    `most` targets with the most sentences are shown, as many as the size holds by default.
    `sentiment` is a `target_sentiment` table.

    Raises
    ------
    ValueError : no such measure or size.
    """
    rows = _of_measure(sentiment, "target_sentiment", measure)
    outlets = sorted(rows["outlet"].unique())
    n = rows.groupby("entry")["n_sentences"].sum().sort_values(ascending=False, kind="stable")
    few = max(1, round(1.6 * size_named(size).rows / max(2, len(outlets))))
    shown = [*n.index[: most or few]]
    colour, shapes = colours_for(outlets, colours), marks_for(outlets, colours)
    step = 0.7 / max(1, len(outlets) - 1)
    with canvas(ax, size, 9 + len(shown) * (1.1 * len(outlets) + 0.6)) as ax:
        for i, outlet in enumerate(outlets):
            of_it = rows[(rows["outlet"] == outlet) & rows["mean"].notna()]
            of_it = of_it[of_it["entry"].isin(shown)]
            y = np.array([shown.index(entry) for entry in of_it["entry"]]) + i * step
            y = y - (0.35 if len(outlets) > 1 else 0)
            ax.hlines(y, of_it["low"], of_it["high"], colors=colour[outlet])
            ax.scatter(of_it["mean"], y, color=colour[outlet], marker=shapes[outlet], zorder=3,
                       s=mark_area() * 0.8)  # fmt: skip
            for at, k, m in zip(y, of_it["n_sentences"], of_it["n_documents"], strict=True):
                ax.text(1.01, at, f"{k:,} in {m:,}", va="center", fontsize="small",
                        transform=ax.get_yaxis_transform())  # fmt: skip
        ax.set_yticks(range(len(shown)), [plain(entry) for entry in shown])
        ax.axvline(0, color=INK, lw=0.8)
        ax.hlines(np.arange(len(shown) - 1) + 0.5, 0, 1, colors=FAINT, lw=0.8,
                  transform=ax.get_yaxis_transform())  # fmt: skip
        ax.set(ylim=(len(shown) - 0.5, -0.5), ylabel="")
        ax.set_xlabel(f"mean {SCORES[measure]}, of sentences that mention the target "
                      "(line: 95 % interval)\n"
                      f"right: sentences in articles{_trust(rows)}")  # fmt: skip
        ax.grid(False, axis="y")
        rest = f", the {len(shown)} most mentioned of {len(n)}" if len(shown) < len(n) else ""
        ax.set_title(f"How sentences sound that mention a target{rest}", loc="left")
        marks = [mark(shapes[o], colour[o], line=True) for o in outlets]
        legend_below(ax, marks, [plain(o) for o in outlets])
    return ax


def _trust(rows: pd.DataFrame) -> str:
    agreement = rows["agreement"].dropna()
    if agreement.empty:
        return ""
    return f"; the score agrees with people on the target at F1 {agreement.iloc[0]:.2f}"


def word_shift_figure(
    shift: pd.DataFrame,
    pair: tuple[str, str],
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
    most: int | None = None,
) -> Axes:
    """
    Which words make the mean valence of one outlet's words higher or lower: a bar per word.

    A bar has the colour and the mark of the outlet that uses the word more, and is hatched where
    the word's valence lies below the reference's mean; the last bar is the sum of all other words.
    `shift` is a `word_shift` table, `pair` its target and reference.

    Raises
    ------
    ValueError : no such size.
    """
    require(shift, "word_shift")
    bars = shortened(shift, (most or size_named(size).rows) - 1)
    words = shift.set_index("term")
    colour, shapes = colours_for(pair, colours), marks_for(pair, colours)
    with canvas(ax, size, 9 + 1.2 * len(bars)) as ax:
        for y, bar in enumerate(bars.itertuples()):
            one, below = _look(bar.kind, pair, colour)
            ax.barh(y, bar.contribution, color="white" if below else one, edgecolor=one,
                    hatch="////" if below else None, height=0.75)  # fmt: skip
            if isinstance(bar.kind, str):
                row = words.loc[bar.term]
                ax.scatter(bar.contribution, y, color=one, marker=shapes[_user(bar.kind, pair)],
                           edgecolor="white", s=mark_area(), zorder=3)  # fmt: skip
                ax.text(1.01, y, f"{row['n_target']:,} : {row['n_reference']:,}", va="center",
                        fontsize="small", transform=ax.get_yaxis_transform())  # fmt: skip
        names = [_named(*bar) for bar in bars[["term", "valence", "kind"]].itertuples(index=False)]
        ax.set_yticks(range(len(bars)), names)
        ax.axvline(0, color=INK, lw=0.8)
        ax.set(ylim=(len(bars) - 0.4, -0.6), ylabel="")
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(nbins=4 if size == "paper" else 8))
        ax.grid(False, axis="y")
        one, other = map(plain, pair)
        ax.set_xlabel(f"contribution to the difference of mean valence, {one} less {other}\n"
                      f"right: occurrences, {one} : {other}; in brackets: valence")  # fmt: skip
        total = shift["contribution"].sum()
        higher = "higher" if total > 0 else "lower"
        ax.set_title(f"Which words make the mean valence of {one} {two_digits(abs(total))} "
                     f"{higher} than that of {other}", loc="left")  # fmt: skip
        handles: list[Artist] = [mark(shapes[outlet], colour[outlet]) for outlet in pair]
        handles.append(Patch(facecolor="white", edgecolor=INK, hatch="////"))
        names = [f"used more by {one}", f"used more by {other}"]
        legend_below(ax, handles, [*names, "hatched: valence below the mean"])
    return ax


def _look(kind: object, pair: tuple[str, str], colour: Mapping[str, str]) -> tuple[str, bool]:
    """The colour of a bar, and whether it is hatched; the bar of all other words has no kind."""
    if not isinstance(kind, str):
        return FAINT, False
    return colour[_user(kind, pair)], kind.startswith("below")


def _user(kind: str, pair: tuple[str, str]) -> str:
    """The outlet that uses the word more."""
    return pair[0 if kind.endswith("more") else 1]


def _named(term: str, valence: float, kind: object) -> str:
    return plain(f"{term} ({valence:+g})" if isinstance(kind, str) else term)
