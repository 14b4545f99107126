"""
Who gets to speak in each outlet, and in whose wording?

Names are found by rules, and some are none ("Story" before a link). What two persons of one
surname say is told apart only where the article does; the table has every name.
"""

from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from biaskit.figures.style import (
    INK,
    NOTEBOOK,
    canvas,
    colours_for,
    count_of,
    legend_below,
    plain,
)
from biaskit.tables import require

__all__ = ["most_heard", "speakers_figure"]

# Bars that a page holds, and the most of one outlet: those after them are hardly ever different.
BARS = {"paper": 24, "slide": 12, "notebook": 36}
MOST = 8
LONGEST_NAME = {"paper": 20, "slide": 36, "notebook": 36}
# Lines of an outlet's name above its bars.
HEADING = 1.1
# Room for the counts behind the longest bar, as a share of it.
ROOM = {"paper": 1.7, "slide": 1.3, "notebook": 1.2}
# Of a longer bar the ticks are whole per cents.
WIDE = 0.06


def most_heard(
    speakers: pd.DataFrame, size: str = NOTEBOOK, most: int | None = None
) -> pd.DataFrame:
    """The `most` speakers of each outlet with most words, by default as many as the page holds."""
    room = BARS[size] // max(1, speakers["outlet"].nunique())
    return speakers.groupby("outlet", sort=True).head(most or min(MOST, max(1, room)))


def speakers_figure(
    speakers: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Mapping[str, str] | None = None,
    most: int | None = None,
) -> Axes:
    """
    Whom each outlet gives most words: a bar per speaker, full where quoted, hatched where not.

    Behind each bar stand the speaker's tokens and articles. The `most` speakers of each outlet
    are shown, as many as the size holds by default. `speakers` is a `speakers` table.

    Raises
    ------
    ValueError : no such size.
    """
    require(speakers, "speakers")
    colour = colours_for(sorted(speakers["outlet"].unique()), colours)
    shown = most_heard(speakers, size, most)
    longest = float(shown["share"].max())
    told = speakers.groupby("outlet")["n_tokens"].agg(["sum", "size"])
    with canvas(ax, size, 8 + HEADING * len(told) + 1.25 * len(shown)) as ax:
        y, ticks = 0.0, {}
        for outlet, rows in shown.groupby("outlet", sort=True):
            heading = f"{outlet}: {told.at[outlet, 'sum']:,} tokens"
            if size != "paper":
                heading += f" of {count_of(told.at[outlet, 'size'], 'speaker')}"
            ax.text(0, y, plain(heading), fontweight="bold", va="center")
            for row in rows.itertuples():
                y += 1
                _bar(ax, y, row, colour[row.outlet])
                ticks[y] = _short(row.speaker, size)
            y += HEADING
        ax.set_yticks([*ticks], [*ticks.values()])
        ax.set(ylim=(y - 0.4, -0.6), xlim=(0, longest * ROOM[size]), ylabel="")
        whole = 0 if longest > WIDE else None
        ax.xaxis.set_major_formatter(mpl.ticker.PercentFormatter(1.0, decimals=whole))
        ax.set_xlabel("share of the words that the outlet ascribes to named speakers\n"
                      "behind the bars: tokens in how many articles")  # fmt: skip
        ax.grid(False, axis="y")
        ax.set_title("Whom each outlet gives most words", loc="left")
        legend_below(ax, [Patch(color=INK), Patch(facecolor="white", edgecolor=INK, hatch="////")],
                     ["between quotation marks", "reported without them"])  # fmt: skip
    return ax


def _bar(ax: Axes, y: float, row: Any, colour: str) -> None:
    """The share of one speaker, cut where the words between quotation marks end."""
    quoted = row.share * row.n_quoted / row.n_tokens
    ax.barh(y, quoted, color=colour, edgecolor=colour, height=0.75)
    ax.barh(y, row.share - quoted, left=quoted, color="white", edgecolor=colour, hatch="////",
            height=0.75)  # fmt: skip
    words = f"  {row.n_tokens:,} in {row.n_documents:,}"
    ax.text(row.share, y, words, va="center", fontsize="small")


def _short(name: str, size: str) -> str:
    most = LONGEST_NAME[size]
    return plain(name if len(name) <= most else f"{name[: most - 1].rstrip()}…")
