"""
How far apart do the outlets' articles lie in sentiment?

An article is one observation: the mean of its sentences' scores, weighted by their tokens of
the chosen voice. Outlets are compared by the means of these, with Welch's test and interval,
and by their whole distribution: Cliff's delta says how often an article of one outlet lies
above one of the other, and Kolmogorov and Smirnov's distance how far the two part at most.
Below five articles a side there is no test, and the table says so.

When the answer is wrong: articles on one event are no independent observations, and an outlet
that reports more wars scores lower in every sentence about them. Look at the same events, or
at sentences that mention one target.
"""

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import ks_2samp, mannwhitneyu
from scipy.stats import t as student

from biaskit.collocation import pairs_of, too_few, voices_of
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import CONFIDENCE, FEWEST_DOCUMENTS, VOICE_CHOICES
from biaskit.resampling import q_values
from biaskit.sentiment import MEASURES
from biaskit.tables import build
from biaskit.targets.mentions import mentions_of, scored_sentences

__all__ = ["document_sentiment", "sentiment_differences", "sentiment_spread"]

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)

Scores = Mapping[tuple[str, str], np.ndarray]


def document_sentiment(
    measured: MeasurementSet, *, voice: str = "all", mentions: str | None = None
) -> pd.DataFrame:
    """
    The mean score of each document, weighted by its sentences' tokens of one voice.

    Parameters
    ----------
    measured : a measurement set. Only headline, subheads and body count, and no copies.
    voice : all, unquoted (all but quotations), or one voice.
    mentions : a target, by its entry: only sentences that mention it.

    Returns
    -------
    One row per document with such a sentence and measure, in the order of outlet, document and
    measure, with the columns of a `document_sentiment` table.

    Raises
    ------
    ValueError : no such voice; no such target.
    """
    columns = [f"n_{one}" for one in voices_of(voice)]
    measured = without_copies(measured)
    table = scored_sentences(measured)
    if mentions is not None:
        found = mentions_of(measured, mentions)[["document", "sentence"]].drop_duplicates()
        table = table.merge(found, on=["document", "sentence"])
    table["weight"] = table[columns].sum(axis=1)
    table = table[table["weight"] > 0]
    for measure in MEASURES:
        table[measure] *= table["weight"]
    grouped = table.groupby(["outlet", "document"])
    n = grouped.size()
    sums = grouped[["weight", *MEASURES]].sum()
    rows = [
        (document, outlet, measure, sums.at[(outlet, document), measure] / weight, weight,
         n[outlet, document])
        for (outlet, document), weight in sums["weight"].items()
        for measure in MEASURES
    ]  # fmt: skip
    return build("document_sentiment", rows)


def sentiment_spread(measured: MeasurementSet, *, mentions: str | None = None) -> pd.DataFrame:
    """
    How each outlet's documents are spread: mean, standard deviation and quantiles.

    Returns
    -------
    One row per outlet, voice (`all` and `unquoted` first) and measure, with the columns of a
    `sentiment_spread` table. The interval of the mean is missing below five documents, and
    every figure where the outlet has no such sentence.
    """
    by_voice = {voice: _scores(measured, voice, mentions) for voice in VOICE_CHOICES}
    rows = []
    for outlet in measured.outlets:
        for voice, scores in by_voice.items():
            for measure in MEASURES:
                x = scores[outlet, measure]
                quantiles = np.quantile(x, QUANTILES) if len(x) else [None] * len(QUANTILES)
                sd = x.std(ddof=1) if len(x) > 1 else None
                rows.append(
                    (outlet, voice, measure, len(x), x.mean() if len(x) else None, *_interval(x),
                     sd, *quantiles)
                )  # fmt: skip
    return build("sentiment_spread", rows)


def sentiment_differences(
    measured: MeasurementSet,
    target: str | None = None,
    reference: str | None = None,
    *,
    mentions: str | None = None,
) -> pd.DataFrame:
    """
    How far apart outlets' documents are, in their mean and in their whole distribution.

    Parameters
    ----------
    measured : a measurement set of two outlets or more.
    target, reference : which outlets to compare; by default every pair.
    mentions : a target, by its entry: only sentences that mention it.

    Returns
    -------
    One row per pair, voice (`all` and `unquoted` first) and measure, pairs in alphabetical
    order, with the columns of a `sentiment_differences` table. p and interval are Welch's, over
    documents; q corrects over the whole table. Where a side has fewer than five documents they
    are missing, and `note` says so.

    Raises
    ------
    ValueError : one outlet only; no such outlet; no such target.
    """
    pairs = pairs_of(measured, target, reference)
    by_voice = {voice: _scores(measured, voice, mentions) for voice in VOICE_CHOICES}
    rows = [
        {"target": a, "reference": b, "voice": voice, "measure": measure,
         **_compared(scores[a, measure], scores[b, measure])}
        for a, b in pairs
        for voice, scores in by_voice.items()
        for measure in MEASURES
    ]  # fmt: skip
    table = build("sentiment_differences", rows)
    return table.assign(q=q_values(table["p"]), ks_q=q_values(table["ks_p"]))


def _scores(measured: MeasurementSet, voice: str, mentions: str | None) -> Scores:
    """The documents' means by outlet and measure."""
    table = document_sentiment(measured, voice=voice, mentions=mentions)
    found = {
        (outlet, measure): group.to_numpy()
        for (outlet, measure), group in table.groupby(["outlet", "measure"])["mean"]
    }
    nothing = np.empty(0)
    return {(o, m): found.get((o, m), nothing) for o in measured.outlets for m in MEASURES}


def _interval(x: np.ndarray) -> tuple[float | None, float | None]:
    if len(x) < FEWEST_DOCUMENTS:
        return None, None
    reach = student.ppf(0.5 + CONFIDENCE / 2, len(x) - 1) * x.std(ddof=1) / np.sqrt(len(x))
    return x.mean() - reach, x.mean() + reach


def _compared(x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """
    Two sides' difference by Welch (1947), Cliff's delta (1993) and Kolmogorov and Smirnov's.

    Cliff's delta is 2 U / (m n) - 1, with Mann and Whitney's U.
    """
    row: dict[str, Any] = {"n_documents_target": len(x), "n_documents_reference": len(y)}
    row["note"] = too_few(len(x), len(y))
    row |= {"mean_target": x.mean()} if len(x) else {}
    row |= {"mean_reference": y.mean()} if len(y) else {}
    if not (len(x) and len(y)):
        return row
    with warnings.catch_warnings():
        # With ties scipy's exact p may not be found; it says so, and takes the asymptotic one.
        warnings.filterwarnings("ignore", "ks_2samp: Exact", RuntimeWarning)
        apart = ks_2samp(x, y)
    row |= {
        "difference": x.mean() - y.mean(),
        "cliffs_delta": 2 * mannwhitneyu(x, y).statistic / (len(x) * len(y)) - 1,
        "ks": apart.statistic,
    }
    if row["note"]:
        return row
    if x.std() == 0 and y.std() == 0:
        return row | {"note": "no document differs from the others of its side: no test"}
    return row | _welch(x, y) | {"ks_p": apart.pvalue}


def _welch(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    a, b = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
    freedom = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    difference, error = x.mean() - y.mean(), np.sqrt(a + b)
    reach = student.ppf(0.5 + CONFIDENCE / 2, freedom) * error
    return {
        "low": difference - reach,
        "high": difference + reach,
        "p": 2 * student.sf(abs(difference) / error, freedom),
    }
