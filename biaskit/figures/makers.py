"""
How does each figure of the gallery come about?

One function per figure: it computes the table, looks whether the table holds enough to be
drawn, and returns the figure with its table and caption, or a sentence that says what is
missing. `MAKERS` is their order, which is that of the report.
"""

from collections.abc import Callable
from typing import NamedTuple, cast

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from biaskit.comparison import null_checks
from biaskit.figures import captions
from biaskit.figures.choosing import RUNS, Chosen
from biaskit.figures.contrasts import comparison_figure, keyness_figure
from biaskit.figures.drawing import (
    alternation_figure,
    rates_figure,
    sentiment_figure,
    voices_figure,
)
from biaskit.figures.sentiments import (
    sentiment_spread_figure,
    target_sentiment_figure,
    word_shift_figure,
)
from biaskit.figures.soundness import null_check_figure, power_figure, specification_figure
from biaskit.figures.sources import speakers_figure
from biaskit.figures.style import count_of, size_named
from biaskit.figures.times import (
    articles_by_period,
    coverage_figure,
    paired_figure,
    timeline_figure,
)
from biaskit.findings.words import in_turn
from biaskit.keyness import keywords
from biaskit.paired import coverage, paired_comparison, tellings
from biaskit.power import power
from biaskit.rates import FEWEST_DOCUMENTS, alternation_shares, marker_rates
from biaskit.shifts import word_shift
from biaskit.sourcing import speaker_shares, voice_shares
from biaskit.specification import specification_curve, specification_sentence
from biaskit.tables import RATE_ZONES
from biaskit.targets import is_target, sentiment_spread, target_sentiment

__all__ = ["MAKERS", "Made", "most_used"]


class Made(NamedTuple):
    """A figure, the table behind it, and what it shows."""

    figure: Figure
    table: pd.DataFrame
    finding: str


ARTICLES_SHOWN = {"paper": 6, "slide": 3, "notebook": 12}
BARS_SHOWN = {"paper": 40, "slide": 12, "notebook": 60}
FEWEST_SETS = {"paper": 4, "slide": 1, "notebook": 4}
EFFECTS = (1.25, 1.5, 2.0)


def _figure_of(ax: Axes) -> Figure:
    return cast(Figure, ax.figure)


def _markers(chosen: Chosen) -> Made:
    rates = marker_rates(chosen.measured)
    ax = rates_figure(rates, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), rates, captions.about_rates(rates))


def _voices(chosen: Chosen) -> Made:
    voices = voice_shares(chosen.measured)
    ax = voices_figure(voices, size=chosen.size)
    return Made(_figure_of(ax), voices, captions.about_voices(voices))


def _speakers(chosen: Chosen) -> Made | str:
    speakers = speaker_shares(chosen.measured)
    if speakers.empty:
        return "no words are ascribed to a named speaker"
    ax = speakers_figure(speakers, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), speakers, captions.about_speakers(speakers))


def _alternation(chosen: Chosen) -> Made | str:
    shares = alternation_shares(chosen.measured)
    if shares.empty:
        return "no alternation set of the lexicons occurs"
    drawn = most_used(shares, chosen.size)
    ax = alternation_figure(drawn, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), shares, captions.about_shares(shares, drawn))


def most_used(shares: pd.DataFrame, size: str = "notebook") -> pd.DataFrame:
    """The sets with the most hits, as many as a page holds bars."""
    n = shares.groupby("set")["n"].sum().sort_values(ascending=False, kind="stable")
    room = max(FEWEST_SETS[size], BARS_SHOWN[size] // shares["outlet"].nunique())
    return shares[shares["set"].isin(n.index[:room])]


def _sentiment(chosen: Chosen) -> Made:
    measured, most = chosen.measured, ARTICLES_SHOWN[chosen.size]
    order = measured.documents.sort_values(["outlet", "date_low", "document"])
    first = in_turn(order).index[:most]  # of each outlet, by date
    documents = order[order.index.isin(first)]
    width, font, *_ = size_named(chosen.size)
    height = min(font * (0.19 * len(documents) + 0.08), 7.5 if chosen.size == "slide" else 99)
    figure = plt.figure(figsize=(width, height), layout="constrained")
    panels = figure.subplots(len(documents), squeeze=False)[:, 0]
    for ax, (_, row) in zip(panels, documents.iterrows(), strict=True):
        one = row.to_frame().T
        sentiment_figure(measured.sentences, one, ax, size=chosen.size, colours=chosen.colours)
    apart = "\n" if chosen.size == "paper" else " "
    panels[-1].set_xlabel(f"sentence, in the order of reading;{apart}hatched: no word of narration")
    figure.suptitle(f"How the sentences of each article score,{apart}in the order of reading",
                    x=0.01, ha="left", fontsize="large")  # fmt: skip
    scores = measured.sentences[measured.sentences["zone"].isin(RATE_ZONES)]
    n = len(measured.documents)
    which = "each article" if n <= most else f"{most} of {n:,} articles, from each outlet in turn"
    finding = f"VADER's score of every sentence, from -1 to 1, along {which}."
    return Made(figure, scores, finding)


def _comparison(chosen: Chosen) -> Made | str:
    if chosen.too_few:
        return chosen.too_few
    compared = chosen.compared
    if compared.empty:
        return "no marker occurs"
    ax = comparison_figure(compared, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), compared, captions.about_differences(compared, "marker"))


def _keyness(chosen: Chosen) -> Made | str:
    if chosen.too_few:
        return chosen.too_few
    terms = keywords(chosen.measured, chosen.target, permutations=0)
    if not ((terms["n_target"] > 0) & (terms["n_reference"] > 0)).any():
        return "no term is frequent enough on both sides"
    ax = keyness_figure(terms, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), terms, captions.about_differences(terms, "term"))


def _spread(chosen: Chosen) -> Made | str:
    spread = sentiment_spread(chosen.measured)
    if spread["n_documents"].max() < FEWEST_DOCUMENTS:
        return f"no outlet has {FEWEST_DOCUMENTS} articles, and fewer have no spread to speak of"
    ax = sentiment_spread_figure(spread, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), spread, captions.about_spread(spread))


def _targets(chosen: Chosen) -> Made | str:
    if not is_target(chosen.measured.entries["frame"]).any():
        return "the set was measured without targets; measure it with --lexicon targets-en, too"
    sentiment = target_sentiment(chosen.measured)
    if not sentiment["mean"].notna().any():
        return "no sentence mentions a target"
    ax = target_sentiment_figure(sentiment, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), sentiment, captions.about_targets(sentiment))


def _shift(chosen: Chosen) -> Made | str:
    if len(chosen.by_articles) < 2:
        return chosen.too_few or ""
    try:
        shift = word_shift(chosen.measured, *chosen.pair)
    except ValueError as error:
        return str(error)
    ax = word_shift_figure(shift, chosen.pair, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), shift, captions.about_shift(shift, chosen.pair))


def _timeline(chosen: Chosen) -> Made | str:
    documents = chosen.measured.documents
    periods = articles_by_period(documents)
    n_known = int(periods["n_documents"].sum())
    if n_known < FEWEST_DOCUMENTS:
        return captions.too_few_dates(n_known, len(documents))
    events = chosen.matched.events
    ax = timeline_figure(periods, events, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), periods, captions.about_periods(periods, events))


NOTHING_SHARED = "no event is told by two outlets"


def _coverage(chosen: Chosen) -> Made | str:
    if not (chosen.matched.events["n_outlets"] > 1).any():
        return NOTHING_SHARED
    told = coverage(chosen.measured, chosen.matched.matches)
    ax = coverage_figure(told, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), told, captions.about_coverage(told))


def _paired(chosen: Chosen) -> Made | str:
    if len(chosen.by_articles) < 2:
        return chosen.too_few or ""
    told = tellings(chosen.measured, chosen.matched.matches)
    told = told[told["outlet"].isin(chosen.pair)].reset_index(drop=True)
    if not told["event"].duplicated().any():
        return f"no event is told by both {' and '.join(sorted(chosen.pair))}"
    ax = paired_figure(told, size=chosen.size, colours=chosen.colours)
    every = paired_comparison(chosen.measured, chosen.matched.matches)
    target, reference = sorted(chosen.pair)
    row = every[(every["target"] == target) & (every["reference"] == reference)].iloc[0]
    return Made(_figure_of(ax), told, captions.about_pairs(row))


def _null(chosen: Chosen) -> Made | str:
    if chosen.too_few:
        return chosen.too_few
    checks = null_checks(chosen.measured, chosen.target, chosen.settings, runs=RUNS, rng=chosen.rng)
    checks = checks[checks["mean_findings"].notna()]
    if checks.empty or chosen.compared.empty:
        return f"{chosen.target} split into halves leaves too few articles to test anything"
    ax = null_check_figure(checks, chosen.compared, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), checks, captions.about_null(checks, chosen.compared))


def _power(chosen: Chosen) -> Made | str:
    n = len(chosen.measured.documents)
    if n < 2 * FEWEST_DOCUMENTS:
        return f"{count_of(n)} are too few to draw samples from; it takes {2 * FEWEST_DOCUMENTS}"
    try:
        tables = [power(chosen.measured, effect=effect, runs=5 * RUNS, rng=chosen.rng)
                  for effect in EFFECTS]  # fmt: skip
    except ValueError as error:
        return str(error)
    curves = pd.concat(tables, ignore_index=True)
    return Made(_figure_of(power_figure(curves, size=chosen.size)), curves,
                captions.about_power(curves))  # fmt: skip


def _specifications(chosen: Chosen) -> Made | str:
    if chosen.too_few:
        return chosen.too_few
    curve = specification_curve(chosen.measured, *chosen.pair)
    if not curve["log_ratio"].notna().any():
        return specification_sentence(curve)
    ax = specification_figure(curve, size=chosen.size, colours=chosen.colours)
    return Made(_figure_of(ax), curve, specification_sentence(curve))


MAKERS: dict[str, Callable[[Chosen], Made | str]] = {
    "markers": _markers,
    "voices": _voices,
    "speakers": _speakers,
    "alternation": _alternation,
    "sentiment": _sentiment,
    "comparison": _comparison,
    "keyness": _keyness,
    "spread": _spread,
    "targets": _targets,
    "word-shift": _shift,
    "timeline": _timeline,
    "coverage": _coverage,
    "paired": _paired,
    "null-check": _null,
    "power": _power,
    "specifications": _specifications,
}
