"""
What do the tables look like?

One function per figure: a finished table goes in, `Axes` come out, nothing is computed on
the way. Every outlet has one colour in all figures of a set, readable by the colour-blind
and in grey; every mark carries its counts, so that three hits look like three hits.
"""

from collections.abc import Sequence

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from biaskit.tables import RATE_ZONES, require

__all__ = [
    "COLOURS",
    "STYLE",
    "alternation_figure",
    "outlet_colours",
    "rates_figure",
    "sentiment_figure",
    "voices_figure",
]

# Okabe & Ito's colours for the colour-blind, dark ones first, and four of Tol's; they differ in
# grey, too. Marks come round sooner, so that no two of 132 outlets share both.
COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D1F",
    "#882255", "#332288", "#44AA99", "#999999",
)  # fmt: skip
MARKERS = tuple("osD^vPX*<>p")
INK, FAINT = "#222222", "#d9d9d9"

# Equal bytes each time: no date, no version, and fixed names inside SVG files.
STYLE = {
    **sns.axes_style("whitegrid", {"grid.color": "#ececec", "axes.edgecolor": FAINT}),
    **sns.plotting_context("notebook", font_scale=0.85),
    "svg.hashsalt": "biaskit",
    "svg.fonttype": "none",
    "figure.dpi": 100,
    "savefig.dpi": 160,
    "font.family": "DejaVu Sans",
    "text.color": INK,
}

# Narration, all but quotations, all: how much a rate hangs on whose words are counted.
VOICE_NAMES = {
    "narration": "narration",
    "unquoted": "all but quotations",
    "all": "all voices",
    "quoted": "quoted",
    "reported": "reported",
    "attributed": "attributed",
}


# Dark for the outlet's own words, and the tints that the report shades the others with.
VOICE_COLOURS = {
    "narration": "#4a4a4a",
    "quoted": "#9cc4e6",
    "reported": "#c3b4e0",
    "attributed": "#ecd39a",
}
FITS_A_NUMBER = 0.04


def outlet_colours(outlets: Sequence[str]) -> dict[str, str]:
    """The colour of each outlet, given out in alphabetical order and again after twelve."""
    return {outlet: COLOURS[i % len(COLOURS)] for i, outlet in enumerate(sorted(outlets))}


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    with mpl.rc_context(STYLE):
        return plt.subplots(figsize=(width, height), layout="constrained")[1]


def _labels(rates: pd.DataFrame) -> dict[str, str]:
    n = rates[rates["voice"] == "all"].set_index("outlet")["n_documents"]
    return {o: f"{_plain(o)} ({k} article{'s' if k != 1 else ''})" for o, k in n.items()}


def _plain(words: str) -> str:
    """Words as matplotlib shows them: two dollar signs would make a formula of what is between."""
    return words.replace("$", r"\$")


def rates_figure(rates: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """
    Markers per 1,000 tokens, by voice (rows) and outlet (colours), with intervals where any.

    Beside each mark stand the hits and the tokens it is made of. `rates` is a `rates` table.
    """
    require(rates, "rates")
    outlets, voices = sorted(rates["outlet"].unique()), list(VOICE_NAMES)
    ax = _axes(ax, 8.2, 0.75 + len(voices) * (0.24 + 0.24 * len(outlets)))
    colours, labels, marks = outlet_colours(outlets), _labels(rates), []
    spread = 0.4 if len(outlets) > 3 else 0.28
    offsets = np.linspace(-spread, spread, len(outlets)) if len(outlets) > 1 else [0.0]
    widest = rates[["per_1000", "high"]].max().max()
    widest = 1.0 if pd.isna(widest) or widest == 0 else float(widest)
    for outlet, offset, marker in zip(outlets, offsets, MARKERS * len(outlets), strict=False):
        rows = rates[(rates["outlet"] == outlet) & rates["per_1000"].notna()]
        y = np.array([voices.index(v) for v in rows["voice"]]) + offset
        x = rows["per_1000"].to_numpy()
        known = rows["low"].notna().to_numpy()
        ax.hlines(y[known], rows["low"][known], rows["high"][known], colors=colours[outlet], lw=2)
        marks.append(ax.scatter(x, y, color=colours[outlet], marker=marker, s=42, zorder=3))
        ends = np.where(known, rows["high"].to_numpy(), x)
        for end, at, n, size in zip(
            ends.tolist(), y.tolist(), rows["n"], rows["n_tokens"], strict=True
        ):
            ax.text(end + widest * 0.02, at, f"{n} in {size:,} tokens", va="center", fontsize=8)
    ax.set_yticks(range(len(voices)), [VOICE_NAMES[v] for v in voices])
    ax.axhline(2.5, color=FAINT, lw=1)
    ax.set(ylim=(len(voices) - 0.5, -0.5), xlim=(-widest * 0.02, widest * 1.28))
    ax.set(xlabel="markers per 1,000 tokens of that voice", ylabel="")
    ax.grid(False, axis="y")
    ax.set_title("How often markers occur, and in whose voice", loc="left", fontsize=11)
    # Handed over by name: of itself a legend leaves out a label that begins with "_".
    names = [labels[outlet] for outlet in outlets]
    ax.legend(marks, names, loc="upper left", bbox_to_anchor=(0, -0.1), ncols=2, frameon=False)
    return ax


def voices_figure(voices: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """How each outlet's tokens are divided among the voices. `voices` is a `voices` table."""
    require(voices, "voices")
    outlets = sorted(voices["outlet"].unique())
    ax = _axes(ax, 8.2, 1.1 + 0.42 * len(outlets))
    y, left = np.arange(len(outlets)), np.zeros(len(outlets))
    for voice, colour in VOICE_COLOURS.items():
        of_it = voices[voices["voice"] == voice].set_index("outlet").reindex(outlets)
        shares = of_it["share"].fillna(0).to_numpy()
        ax.barh(y, shares, left=left, color=colour, edgecolor="white", label=voice)
        for at, start, share, n in zip(y, left, shares, of_it["n_tokens"], strict=True):
            if share > FITS_A_NUMBER:
                ax.text(float(start + share / 2), float(at), f"{n:,}", ha="center", va="center",
                        fontsize=8, color="white" if voice == "narration" else INK)  # fmt: skip
        left = left + shares
    ax.set_yticks(y, [_plain(outlet) for outlet in outlets])
    ax.set_ylim(len(outlets) - 0.5, -0.5)
    ax.set(
        xlim=(0, 1), xlabel="share of the outlet's tokens (number of tokens in the bar)", ylabel=""
    )
    ax.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(1.0, decimals=0))
    ax.grid(False)
    sns.despine(ax=ax, left=True)
    ax.set_title("Whose words the articles are made of", loc="left", fontsize=11)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 0.96), ncols=4, frameon=False, fontsize=8.5)
    return ax


def alternation_figure(shares: pd.DataFrame, ax: Axes | None = None) -> Axes:
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
    n_sets = len(sizes)
    ax = _axes(ax, 8.2, 1.1 + 0.3 * len(bars) + 0.26 * n_sets)
    colours, ticks, y, last = outlet_colours(sorted(shares["outlet"].unique())), [], -0.9, None
    for (name, outlet), rows in bars:
        if name != last:
            y += 0.9
            heading = _plain(name.replace("-", " "))
            ax.text(0, y - 0.66, heading, fontsize=9, fontweight="bold", va="center")
            last = name
        _stack(ax, y, rows, colours[outlet])
        ticks.append(y)
        y += 1
    ax.set_yticks(ticks, [_plain(outlet) for (_, outlet), _ in bars])
    ax.set(ylim=(y - 0.4, -1.1), xlim=(0, 1), xlabel="share of all variants of the set", ylabel="")
    ax.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(1.0, decimals=0))
    ax.grid(False)
    sns.despine(ax=ax, left=True)
    ax.set_title("Which word for the same thing (number of hits)", loc="left", fontsize=11)
    return ax


def _stack(ax: Axes, y: float, rows: pd.DataFrame, colour: str) -> None:
    left, base = 0.0, np.array(to_rgb(colour))
    for i, row in enumerate(rows.itertuples()):
        lighter = base + (1 - base) * min(0.75, 0.22 * i)
        ax.barh(y, row.share, left=left, color=lighter, edgecolor="white", height=0.82)
        dark = lighter @ (0.299, 0.587, 0.114) < 0.55
        words = _plain(f"{row.variant} {row.n}")
        if len(words) * 0.0125 < row.share:
            ax.text(left + row.share / 2, y, words, ha="center", va="center", fontsize=8,
                    color="white" if dark else INK)  # fmt: skip
        left += row.share


def sentiment_figure(
    sentences: pd.DataFrame, documents: pd.DataFrame, ax: Axes | None = None
) -> Axes:
    """
    VADER's score of each sentence along one article, in the order of reading.

    `documents` holds the one article's row; full bars are sentences that hold narration,
    hatched ones are wholly somebody else's words.
    """
    require(sentences, "sentences")
    document = documents.iloc[0]
    ax = _axes(ax, 8.2, 2.0)
    table = sentences[sentences["document"] == document["document"]]
    table = table[table["zone"].isin(RATE_ZONES)].reset_index(drop=True)
    colour = outlet_colours([document["outlet"]])[document["outlet"]]
    colour = documents.attrs.get("colours", {}).get(document["outlet"], colour)
    own = (table["n_narration"] > 0).to_numpy()
    x = np.arange(1, len(table) + 1)
    ax.bar(x[own], table["vader"][own], color=colour, width=0.8)
    ax.bar(
        x[~own], table["vader"][~own], facecolor="white", edgecolor=colour, hatch="////", width=0.8
    )
    ax.plot(x[table["vader"] == 0], np.zeros((table["vader"] == 0).sum()), "|", color=colour, ms=6)
    ax.axhline(0, color=INK, lw=0.8)
    ax.set(ylim=(-1.05, 1.05), xlim=(0.3, max(len(table), 1) + 0.7), ylabel="VADER score")
    n = f"{len(table)} sentence{'' if len(table) == 1 else 's'}"
    ax.set_title(f"{_plain(document['label'])}: {n}", loc="left", fontsize=10)
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    ax.grid(False, axis="x")
    return ax
