"""
What do the tables that describe one set look like?

One function per figure: a finished table goes in, `Axes` come out, nothing is computed on
the way. Every mark carries its counts, so that three hits look like three hits.
"""

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from biaskit.figures.style import (
    FAINT,
    INK,
    NOTEBOOK,
    canvas,
    colours_for,
    count_of,
    legend_below,
    mark_area,
    marks_for,
    plain,
    size_named,
)
from biaskit.tables import RATE_ZONES, require

__all__ = ["alternation_figure", "rates_figure", "sentiment_figure", "voices_figure"]

# Narration, all but quotations, all: how much a rate hangs on whose words are counted.
VOICE_NAMES = {
    "narration": "narration",
    "unquoted": "all but quotations",
    "all": "all voices",
    "quoted": "quoted",
    "reported": "reported",
    "attributed": "attributed",
}
# Where not all voices fit, those that say most come first.
FIRST_VOICES = ("narration", "all")

# Dark for the outlet's own words, and for the others the hues that the report shades them with,
# each lighter than the one before, so that they differ in grey, too.
VOICE_COLOURS = {
    "narration": "#4a4a4a",
    "quoted": "#6fa8d8",
    "reported": "#cabde6",
    "attributed": "#f6e8c3",
}

# The mean width of a letter as a share of a bar's whole length, which is most of the figure's
# width, in letters of one point and figures of one inch.
LETTER = 0.0098
# What lies between a mark and its counts, as a share of the longest interval.
GAP = {"paper": 0.06, "slide": 0.03, "notebook": 0.02}
Colours = Mapping[str, str] | None


def rates_figure(
    rates: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    Markers per 1,000 tokens, by voice (rows) and outlet (colours), with intervals where any.

    Beside each mark stand the hits and the tokens it is made of. `rates` is a `rates` table.
    A slide of many outlets shows narration and all voices only.
    """
    require(rates, "rates")
    outlets, voices = sorted(rates["outlet"].unique()), [*VOICE_NAMES]
    crowded = size == "slide" and len(voices) * len(outlets) > 2 * size_named(size).rows
    if crowded:
        voices = [*FIRST_VOICES]
    colour, shapes = colours_for(outlets, colours), marks_for(outlets, colours)
    lines = 6 + len(voices) * (1 + 1.15 * len(outlets)) + len(outlets) / 3
    with canvas(ax, size, lines) as ax:
        spread = 0.4 if len(outlets) > 3 else 0.28
        offsets = np.linspace(-spread, spread, len(outlets)) if len(outlets) > 1 else [0.0]
        widest = rates.loc[rates["voice"].isin(voices), ["per_1000", "high"]].max().max()
        widest = 1.0 if pd.isna(widest) or widest == 0 else float(widest)
        marks = []
        for outlet, offset in zip(outlets, offsets, strict=True):
            rows = rates[(rates["outlet"] == outlet) & rates["voice"].isin(voices)]
            rows = rows[rows["per_1000"].notna()]
            y = np.array([voices.index(v) for v in rows["voice"]]) + offset
            marks.append(_rates(ax, rows, y, colour[outlet], shapes[outlet]))
            _counts(ax, rows, y, widest * GAP[size], crowded)
        ax.set_yticks(range(len(voices)), [VOICE_NAMES[v] for v in voices])
        if len(voices) > 3:
            ax.axhline(2.5, color=FAINT, lw=1)
        room = {"paper": 1.6, "slide": 1.4}.get(size, 1.28)
        ax.set(ylim=(len(voices) - 0.5, -0.5), xlim=(-widest * 0.02, widest * room))
        ax.set(xlabel="markers per 1,000 tokens of that voice", ylabel="")
        ax.grid(False, axis="y")
        ax.set_title("How often markers occur, and in whose voice", loc="left")
        n = rates[rates["voice"] == "all"].set_index("outlet")["n_documents"]
        legend_below(ax, marks, [f"{plain(o)} ({count_of(n[o])})" for o in outlets])
    return ax


def _rates(ax: Axes, rows: pd.DataFrame, y: np.ndarray, colour: str, shape: str) -> object:
    known = rows["low"].notna().to_numpy()
    ax.hlines(y[known], rows["low"][known], rows["high"][known], colors=colour)
    area = mark_area()
    return ax.scatter(rows["per_1000"], y, color=colour, marker=shape, s=area, zorder=3)


def _counts(ax: Axes, rows: pd.DataFrame, y: np.ndarray, gap: float, crowded: bool) -> None:
    ends = rows["high"].fillna(rows["per_1000"])
    for end, at, n, size in zip(ends, y, rows["n"], rows["n_tokens"], strict=True):
        words = f"{n:,} in {size:,} tokens"
        ax.text(end + gap, at, words, va="center", fontsize="x-small" if crowded else "small")


def voices_figure(voices: pd.DataFrame, ax: Axes | None = None, *, size: str = NOTEBOOK) -> Axes:
    """How each outlet's tokens are divided among the voices. `voices` is a `voices` table."""
    require(voices, "voices")
    outlets = sorted(voices["outlet"].unique())
    with canvas(ax, size, 7 + 1.9 * len(outlets)) as ax:
        y, left = np.arange(len(outlets)), np.zeros(len(outlets))
        bars = []
        for voice, colour in VOICE_COLOURS.items():
            of_it = voices[voices["voice"] == voice].set_index("outlet").reindex(outlets)
            shares = of_it["share"].fillna(0).to_numpy()
            bars.append(ax.barh(y, shares, left=left, color=colour, edgecolor="white"))
            for at, start, share, n in zip(y, left, shares, of_it["n_tokens"], strict=True):
                if _fits(f"{n:,}", share, size):
                    ax.text(float(start + share / 2), float(at), f"{n:,}", ha="center",
                            va="center", fontsize="small",
                            color="white" if voice == "narration" else INK)  # fmt: skip
            left = left + shares
        ax.set_yticks(y, [plain(outlet) for outlet in outlets])
        ax.set_ylim(len(outlets) - 0.5, -0.5)
        _per_cent(ax, "share of the outlet's tokens (number of tokens in the bar)")
        ax.set_title("Whose words the articles are made of", loc="left")
        legend_below(ax, bars, [*VOICE_COLOURS])
    return ax


def _fits(words: str, share: float, size: str) -> bool:
    """Whether words have room in a piece of a bar."""
    width, font, *_ = size_named(size)
    return len(words) * LETTER * font < share * width


def _per_cent(ax: Axes, label: str) -> None:
    ax.set(xlim=(0, 1), xlabel=label, ylabel="")
    ax.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(1.0, decimals=0))
    ax.grid(False)
    sns.despine(ax=ax, left=True)


def alternation_figure(
    shares: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    Which variant each outlet chooses: a bar per set and outlet, cut by its variants' shares.

    Sets that most outlets have a variant of come first; an outlet without any has no bar.
    `shares` is a `shares` table.
    """
    require(shares, "shares")
    used = shares[shares["n"] > 0].sort_values(["n", "variant"], ascending=[False, True])
    bars = list(used.groupby(["set", "outlet"], sort=True))
    sizes = used.groupby("set")["outlet"].nunique()
    bars.sort(key=lambda bar: (-sizes[bar[0][0]], bar[0]))
    colour = colours_for(sorted(shares["outlet"].unique()), colours)
    with canvas(ax, size, 5.5 + 1.35 * len(bars) + 1.2 * len(sizes)) as ax:
        ticks, y, last = [], -0.9, None
        for (name, outlet), rows in bars:
            if name != last:
                y += 0.9
                heading = plain(name[:1].upper() + name[1:].replace("-", " "))
                ax.text(0, y - 0.66, heading, fontweight="bold", va="center")
                last = name
            _stack(ax, y, rows, colour[outlet], size)
            ticks.append(y)
            y += 1
        ax.set_yticks(ticks, [plain(outlet) for (_, outlet), _ in bars])
        ax.set_ylim(y - 0.4, -1.1)
        _per_cent(
            ax, "share of all variants of the set; pieces without a word are too small for it"
        )
        ax.set_title("Which word for the same thing (number of hits)", loc="left")
    return ax


def _stack(ax: Axes, y: float, rows: pd.DataFrame, colour: str, size: str) -> None:
    left, base = 0.0, np.array(to_rgb(colour))
    for i, row in enumerate(rows.itertuples()):
        lighter = base + (1 - base) * min(0.75, 0.22 * i)
        ax.barh(y, row.share, left=left, color=lighter, edgecolor="white", height=0.82)
        dark = lighter @ (0.299, 0.587, 0.114) < 0.55
        words = f"{row.variant} {row.n}"
        if _fits(words, row.share, size):
            ax.text(left + row.share / 2, y, plain(words), ha="center", va="center",
                    fontsize="small", color="white" if dark else INK)  # fmt: skip
        left += row.share


def sentiment_figure(
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    VADER's score of each sentence along one article, in the order of reading.

    `documents` holds the one article's row; full bars are sentences that hold narration,
    hatched ones are wholly somebody else's words.
    """
    require(sentences, "sentences")
    document = documents.iloc[0]
    table = sentences[sentences["document"] == document["document"]]
    table = table[table["zone"].isin(RATE_ZONES)].reset_index(drop=True)
    colour = colours_for([document["outlet"]], colours)[document["outlet"]]
    own = (table["n_narration"] > 0).to_numpy()
    x = np.arange(1, len(table) + 1)
    zero = (table["vader"] == 0).to_numpy()
    with canvas(ax, size, 10) as ax:
        ax.bar(x[own], table["vader"][own], color=colour, width=0.8)
        ax.bar(x[~own], table["vader"][~own], facecolor="white", edgecolor=colour, hatch="////",
               width=0.8)  # fmt: skip
        ax.plot(x[zero], np.zeros(zero.sum()), "|", color=colour)
        ax.axhline(0, color=INK, lw=0.8)
        ax.set(ylim=(-1.05, 1.05), xlim=(0.3, max(len(table), 1) + 0.7), ylabel="VADER score")
        title = f"{plain(document['label'])}: {count_of(len(table), 'sentence')}"
        ax.set_title(title, loc="left", fontsize="medium")
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, min_n_ticks=1))
        ax.grid(False, axis="x")
    return ax
