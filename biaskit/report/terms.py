"""
Which words does the page show of each outlet, and how sure is each rate?

For every entry and term the page gets the counts of every outlet, the articles that hold it,
and the standard error of its rate over articles. From these a browser makes the log ratio of
any two outlets with its 95 % interval, by the formula of `keyness.formulas.ratio_test`; a test
holds the two against each other. Of very many terms only those are shown in which some outlet
differs most surely from all together.
"""

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from biaskit.keyness import Sample, sample, term_hits
from biaskit.measurement import MeasurementSet
from biaskit.report.data import numbers
from biaskit.resampling import Totals, counted

__all__ = ["MOST_TERMS", "VOICES_SHOWN", "term_data"]

MOST_TERMS = 1_500
VOICES_SHOWN = ("all", "narration")

# Standard errors are written as whole numbers, in ten-thousandths of the rate.
PARTS = 10_000
UNKNOWN = -1

# For each term and outlet the articles that hold it most often.
ARTICLES_SHOWN = 3

# Between these a browser interpolates; past the last one t is the normal curve, nearly.
DEGREES = 120
UPPER = 0.975

# An interval reaches about two standard errors either way.
REACH = 2.0


def term_data(
    measured: MeasurementSet, entries: list[str], documents: list[str], most: int
) -> dict[str, Any]:
    """
    Counts of entries and terms by outlet and voice, as columns for the page.

    Parameters
    ----------
    measured : a measurement set without copies.
    entries, documents : their ids; the page knows them by their place here.
    most : terms to show, beside all entries that occur.
    """
    of_entries = measured.hits.assign(item=measured.hits["entry"])
    terms = {voice: sample(measured, term_hits(measured), voice=voice) for voice in VOICES_SHOWN}
    shown = _most_telling(terms["all"], most)
    known = sorted({*of_entries["entry"]} & {*entries})
    data: dict[str, Any] = {
        "words": [*known, *shown],
        "entry": [*(entries.index(entry) for entry in known), *[UNKNOWN] * len(shown)],
        "n": len(terms["all"].items),
        "t": [round(float(x), 4) for x in student.ppf(UPPER, range(1, DEGREES + 1))],
    }
    for voice in VOICES_SHOWN:
        parts = [sample(measured, of_entries, voice=voice).choose(known),
                 terms[voice].choose(shown)]  # fmt: skip
        data[voice] = _by_outlet(parts, measured.outlets)
    data["documents"] = _articles(terms["all"].choose(shown), documents, len(known))
    return data


def _totals(of_it: Sample) -> tuple[Totals, np.ndarray]:
    units = counted(of_it.y, of_it.n)
    everything = np.ones((len(of_it.n), 1))
    return units.totals(everything), units.holders(everything)[:, 0]


def _relative_error(totals: Totals) -> np.ndarray:
    """Standard error over the rate, missing where there is no hit or no second article."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(totals.y > 0, np.sqrt(totals.variance) / totals.rate, np.nan)[:, 0]


def _by_outlet(parts: list[Sample], outlets: list[str]) -> dict[str, list]:
    columns: dict[str, list] = {"articles": [], "tokens": [], "n": [], "holders": [], "error": []}
    for outlet in outlets:
        here = [part.between([outlet]) for part in parts]
        if not len(here[0].n):
            items = sum(len(part.items) for part in parts)
            nothing: list = [0, 0, [0] * items, [0] * items, [UNKNOWN] * items]
            for column, value in zip(columns.values(), nothing, strict=True):
                column.append(value)
            continue
        found = [_totals(part) for part in here]
        error = np.concatenate([_relative_error(totals) for totals, _ in found]) * PARTS
        columns["articles"].append(len(here[0].n))
        columns["tokens"].append(int(here[0].n.sum()))
        columns["n"].append(numbers(np.concatenate([totals.y[:, 0] for totals, _ in found])))
        columns["holders"].append(numbers(np.concatenate([holders for _, holders in found])))
        columns["error"].append(numbers(np.where(np.isnan(error), UNKNOWN, np.rint(error))))
    return columns


def _most_telling(terms: Sample, most: int) -> list[str]:
    """Terms in which an outlet most surely differs from all together, else the most widespread."""
    if len(terms.items) <= most:
        return terms.items
    everything, holders = _totals(terms)
    nearest = np.full(len(terms.items), -np.inf)
    for outlet in terms.groups:
        of_it, _ = _totals(terms.between([outlet]))
        with np.errstate(invalid="ignore", divide="ignore"):
            effect = np.abs(np.log(of_it.rate / everything.rate))[:, 0]
        near = effect - REACH * _relative_error(of_it)
        nearest = np.fmax(nearest, np.where(np.isfinite(near), near, -np.inf))
    # Of one article nobody knows how a term varies; such terms come last.
    nearest[holders < REACH] = -np.inf
    order = pd.DataFrame({"near": -nearest, "n": -holders, "term": terms.items})
    return sorted(order.sort_values(["near", "n", "term"])["term"][:most])


def _articles(terms: Sample, documents: list[str], before: int) -> list[list[int]]:
    """For each item article and count, one after the other, outlet by outlet; entries have none."""
    places = {document: i for i, document in enumerate(documents)}
    y = terms.y.tocoo()
    table = pd.DataFrame({"item": y.col, "row": y.row, "n": y.data.astype(int)})
    table["outlet"] = terms.documents["group"].to_numpy()[table["row"]]
    ids = terms.documents["document"].to_numpy()[table["row"]]
    table["place"] = [places.get(document, UNKNOWN) for document in ids]
    table = table[(table["place"] >= 0) & (table["n"] > 0)]
    table = table.sort_values(["item", "outlet", "n", "place"], ascending=[True, True, False, True])
    table = table.groupby(["item", "outlet"]).head(ARTICLES_SHOWN)
    found: list[list[int]] = [[] for _ in range(before + len(terms.items))]
    for row in table.itertuples():
        found[before + row.item] += [int(row.place), int(row.n)]
    return found
