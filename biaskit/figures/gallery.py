"""
Which figures does a measurement set come with?

`all_figures` draws them in the order of the report, each with the table behind it and with
one sentence that says what is to be seen (which is also its alternative text).
"""

from pathlib import Path
from typing import NamedTuple, cast

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from biaskit.figures.drawing import (
    STYLE,
    alternation_figure,
    outlet_colours,
    rates_figure,
    sentiment_figure,
    voices_figure,
)
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import alternation_shares, marker_rates
from biaskit.sourcing import voice_shares
from biaskit.tables import RATE_ZONES

__all__ = ["Drawing", "all_figures", "most_used", "save_figures"]


class Drawing(NamedTuple):
    """One figure, its file name without ending, the table behind it, and what it shows."""

    name: str
    figure: Figure
    table: pd.DataFrame
    finding: str


def _figure_of(ax: Axes) -> Figure:
    return cast(Figure, ax.figure)


ARTICLES_SHOWN = 12
BARS_SHOWN = 60
FEWEST_SETS = 4


def _along_each_article(measured: MeasurementSet) -> Figure:
    documents = measured.documents.sort_values(["outlet", "date_low", "document"])[:ARTICLES_SHOWN]
    with mpl.rc_context(STYLE):
        figure = plt.figure(figsize=(8.2, 1.75 * len(documents) + 0.3), layout="constrained")
        panels = figure.subplots(len(documents), squeeze=False)[:, 0]
        for ax, (_, row) in zip(panels, documents.iterrows(), strict=True):
            one = row.to_frame().T
            one.attrs["colours"] = outlet_colours(measured.outlets)
            sentiment_figure(measured.sentences, one, ax)
        panels[-1].set_xlabel("sentence, in the order of reading; hatched: no word of narration")
    return figure


def all_figures(measured: MeasurementSet) -> list[Drawing]:
    """The standard figures of a measurement set, in the order of the report."""
    measured = without_copies(measured)
    rates, shares = marker_rates(measured), alternation_shares(measured)
    with mpl.rc_context(STYLE):
        drawings = [Drawing("markers", _figure_of(rates_figure(rates)), rates, _about_rates(rates))]
        voices = voice_shares(measured)
        figure = _figure_of(voices_figure(voices))
        drawings.append(Drawing("voices", figure, voices, _about_voices(voices)))
        if len(shares):
            figure = _figure_of(alternation_figure(most_used(shares)))
            drawings.append(Drawing("alternation", figure, shares, _about_shares(shares)))
        scores = measured.sentences[measured.sentences["zone"].isin(RATE_ZONES)]
        about = f"VADER's score of every sentence, from -1 to 1, along {_shown(measured)}."
        drawings.append(Drawing("sentiment", _along_each_article(measured), scores, about))
    for drawing in drawings:  # they are shown where they are wanted, not at the end of a cell
        plt.close(drawing.figure)
    return drawings


def _about_rates(rates: pd.DataFrame) -> str:
    told = []
    for outlet in sorted(rates["outlet"].unique()):
        rows = rates[rates["outlet"] == outlet].set_index("voice")
        own, every = rows.loc["narration"], rows.loc["all"]
        if pd.isna(own["per_1000"]):
            told.append(f"{outlet} has no narration")
            continue
        told.append(
            f"{outlet} uses {own['per_1000']:.1f} markers per 1,000 tokens of narration "
            f"({_hits(own['n'])}) and {every['per_1000']:.1f} in all voices ({_hits(every['n'])})"
        )
    return "; ".join(told) + "."


def _shown(measured: MeasurementSet) -> str:
    n = len(measured.documents)
    return (
        "each article" if n <= ARTICLES_SHOWN else f"the first {ARTICLES_SHOWN} of {n:,} articles"
    )


def _hits(n: int) -> str:
    return f"{n} hit" if n == 1 else f"{n} hits"


def _about_voices(voices: pd.DataFrame) -> str:
    told = []
    for outlet, of_it in voices.groupby("outlet", sort=True):
        shares = of_it.set_index("voice")["share"]
        if shares.isna().all():
            told.append(f"{outlet} has no words")
            continue
        told.append(f"of {outlet}'s words {shares['narration']:.0%} are narration and "
                    f"{shares['quoted']:.0%} quoted")  # fmt: skip
    sentence = "; ".join(told) + "."
    return sentence[0].upper() + sentence[1:]


def most_used(shares: pd.DataFrame) -> pd.DataFrame:
    """The sets with the most hits, as many as a page holds bars."""
    n = shares.groupby("set")["n"].sum().sort_values(ascending=False, kind="stable")
    room = max(FEWEST_SETS, BARS_SHOWN // shares["outlet"].nunique())
    return shares[shares["set"].isin(n.index[:room])]


def _about_shares(shares: pd.DataFrame) -> str:
    used = shares[shares["n"] > 0].groupby("set")["outlet"].nunique()
    both = ", ".join(name.replace("-", " ") for name in used.index[used > 1]) or "none"
    drawn = most_used(shares)["set"].nunique()
    shown = "" if drawn == len(used) else f" The {drawn} with the most hits are shown."
    return (
        f"{len(used)} alternation set{' occurs' if len(used) == 1 else 's occur'}; sets that more "
        f"than one outlet has a variant of: {both}.{shown}"
    )


def save_figures(measured: MeasurementSet, folder: str | Path, prefix: str = "") -> list[Path]:
    """Write each figure as PNG and SVG and its table as CSV; returns the files' paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, figure, table, _ in all_figures(measured):
        stem = folder / f"{prefix}{name}"
        with mpl.rc_context(STYLE):
            figure.savefig(f"{stem}.png", metadata={"Software": None})
            figure.savefig(f"{stem}.svg", metadata={"Date": None, "Creator": None})
        table.to_csv(f"{stem}.csv", index=False, float_format="%.6g", lineterminator="\n")
        paths += [Path(f"{stem}.{ending}") for ending in ("png", "svg", "csv")]
    return paths
