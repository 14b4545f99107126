"""
Which words stand beside an entry, and do they differ between outlets?

A *collocate* of an entry is a term within five tokens of one of its hits, in the same
sentence. `log_dice` (Rychlý 2008) says how closely the two belong together: 14 + log2 of the
share of their occurrences that they have in common. It does not grow with the corpus, so
outlets of unlike size can be laid side by side: 14 means that they never part, one more is
twice as strong.

Whether a difference is more than chance is asked of another figure, `per_hit`: how often the
term stands beside a hit. It is a ratio over documents, so documents are shuffled between the
outlets, as everywhere, and never hits.

When the answer is wrong: a term between two hits is counted with both, so on very small
numbers `log_dice` can pass 14. The table of a set is by entry, not by lexicon: entries of one
name in two lexicons are counted together. And an entry's topic brings its collocates: outlets
that write about other events have other words beside "regime".
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import t as student

from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import CONFIDENCE, FEWEST_DOCUMENTS, VOICE_CHOICES, ratio
from biaskit.resampling import Totals, counted, permutation_test, q_values, two_groups
from biaskit.tables import RATE_ZONES, build
from biaskit.tokens import FUNCTION_WORDS

__all__ = [
    "collocate_differences",
    "collocates",
    "difference_interval",
    "is_function_word",
    "log_dice",
    "pairs_of",
    "too_few",
    "voices_of",
]

PERMUTATIONS = 9_999

# With `FUNCTION_WORDS` these are what grammar puts beside any word. They are left out of the
# tables unless they are asked for; who writes "their regime" may be of interest.
LITTLE_WORDS = FUNCTION_WORDS | frozenset(
    """all also am any because before being between both can could did do does during had how if
    into may me might must my no nor of off only our over own shall should so some such than them
    then there these those through too under until us very what where while why your""".split()
)


def log_dice(n: Any, n_entry: Any, n_term: Any) -> np.ndarray:
    """
    14 + log2(2 n / (n_entry + n_term)) (Rychlý 2008); missing where n is 0.

    >>> float(log_dice(4, 4, 4)), float(log_dice(1, 12, 4))
    (14.0, 11.0)
    """
    n = np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, 14 + np.log2(2 * n / (np.asarray(n_entry) + n_term)), np.nan)


def collocates(
    measured: MeasurementSet,
    entry: str,
    *,
    min_n: int = 5,
    voice: str = "all",
    function_words: bool = False,
) -> pd.DataFrame:
    """
    The terms that stand beside an entry, outlet by outlet.

    Parameters
    ----------
    measured : a measurement set. Only headline, subheads and body count, and no copies.
    entry : id of an entry or target of the set's lexicons.
    min_n : leave out terms that stand beside it fewer times than this in the outlet.
    voice : whose voice the entry stands in: all, unquoted, or one voice.
    function_words : keep the, of, their ... as well.

    Returns
    -------
    One row per outlet and term, with the columns of a `collocates` table; outlets in
    alphabetical order, each with its highest `log_dice` first, ties in alphabetical order.
    The interval of `per_hit` is missing below five documents with the entry.

    Raises
    ------
    ValueError : no such entry among those found in the set; no such voice.
    """
    measured = without_copies(measured)
    hits, beside, terms = _around(measured, entry, voice, function_words)
    rows = []
    for outlet in measured.outlets:
        n_hits = hits.loc[hits["outlet"] == outlet, "n"]
        for term, lines in _frequent(beside, n_hits.index, min_n).groupby("term"):
            y = lines.set_index("document")["n"]
            n, n_entry, n_term = y.sum(), n_hits.sum(), terms[outlet][term]
            rows.append(
                (outlet, entry, term, n, n_entry, n_term, len(y),
                 *ratio(y.reindex(n_hits.index, fill_value=0), n_hits),
                 log_dice(n, n_entry, n_term).item(), y.max() / n)
            )  # fmt: skip
    table = build("collocates", rows)
    order = ["outlet", "log_dice", "term"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def collocate_differences(
    measured: MeasurementSet,
    entry: str,
    target: str | None = None,
    reference: str | None = None,
    *,
    min_n: int = 5,
    voice: str = "all",
    function_words: bool = False,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Which terms stand beside an entry more often in one outlet than in another.

    Parameters
    ----------
    measured, entry, voice, function_words : as for `collocates`.
    target, reference : which outlets to compare; by default every pair.
    min_n : leave out terms that stand beside it fewer times than this in both together.
    rng : where the shuffles of documents come from; by default seed 1.

    Returns
    -------
    One row per pair and term, with the columns of a `collocate_differences` table. Pairs are in
    alphabetical order; within each the first row is the difference that stands farthest from 0
    by the near end of its interval, ties in alphabetical order. p and interval are missing
    where a side has fewer than five documents with the entry, and `note` says so.

    Raises
    ------
    ValueError : no such entry, voice or outlet; one outlet only.
    """
    pairs = pairs_of(measured, target, reference)
    measured = without_copies(measured)
    hits, beside, terms = _around(measured, entry, voice, function_words)
    rng = rng or np.random.default_rng(1)
    rows = []
    for a, b in pairs:
        documents = hits[hits["outlet"].isin([a, b])]
        here = _frequent(beside, documents.index, min_n)
        if here.empty:
            continue
        found = _compared(documents, here, a, rng)
        for outlet, side in ((a, "target"), (b, "reference")):
            n_term = terms[outlet].reindex(found["term"], fill_value=0).to_numpy()
            n, n_entry = found[f"n_{side}"], found[f"n_entry_{side}"]
            found[f"log_dice_{side}"] = log_dice(n, n_entry, n_term)
        rows += found.assign(target=a, reference=b, entry=entry).to_dict("records")
    table = build("collocate_differences", rows)
    table["q"] = q_values(table["p"])
    table["near"] = -np.fmax(table["low"], -table["high"])
    table = table.sort_values(["target", "reference", "near", "term"], ignore_index=True)
    return table.drop(columns="near")


def _compared(
    hits: pd.DataFrame, beside: pd.DataFrame, target: str, rng: np.random.Generator
) -> pd.DataFrame:
    """Terms per hit in the target and in the other outlet, and their difference."""
    terms, columns = np.unique(beside["term"].to_numpy(str), return_inverse=True)
    lines = hits.index.get_indexer(beside["document"])
    y = sparse.csr_matrix((beside["n"], (lines, columns)), shape=(len(hits), len(terms)))
    units, first = counted(y, hits["n"].to_numpy()), (hits["outlet"] == target).to_numpy()
    sides = {"target": first, "reference": ~first}
    table = pd.DataFrame({"term": terms.astype(object)})
    totals = {side: units.totals(rows[:, None]) for side, rows in sides.items()}
    for side, rows in sides.items():
        table[f"n_{side}"] = totals[side].y[:, 0].astype(int)
        table[f"n_entry_{side}"] = int(rows @ units.n)
        table[f"n_documents_{side}"] = (y > 0).T @ rows.astype(int)
        table[f"per_hit_{side}"] = totals[side].rate[:, 0]
    table["difference"] = table["per_hit_target"] - table["per_hit_reference"]
    table["largest_share"] = y.max(axis=0).toarray()[0] / np.asarray(y.sum(axis=0))[0]
    table["note"] = note = too_few(int(first.sum()), int((~first).sum()))
    if note is None:
        table["low"], table["high"] = difference_interval(totals["target"], totals["reference"])
        table["p"] = permutation_test(
            two_groups(units), first.astype(int), permutations=PERMUTATIONS, rng=rng
        ).p
    return table


def difference_interval(a: Totals, b: Totals) -> tuple[np.ndarray, np.ndarray]:
    """
    95 % interval of a difference of two rates over documents, one for each item.

    Student's t on Satterthwaite's degrees of freedom; missing where no document of either
    side differs from the others.
    """
    va, vb = a.variance[:, 0], b.variance[:, 0]
    difference = a.rate[:, 0] - b.rate[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (va + vb) ** 2 / (va**2 / (a.m[:, 0] - 1) + vb**2 / (b.m[:, 0] - 1))
        reach = student.ppf(0.5 + CONFIDENCE / 2, freedom) * np.sqrt(va + vb)
    return difference - reach, difference + reach


# ---- what stands where -----------------------------------------------------------------------


def _around(
    measured: MeasurementSet, entry: str, voice: str, function_words: bool
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, pd.Series]]:
    """
    The entry's hits by document, the terms beside them, and each outlet's counts of every term.

    Documents without the entry have no rate and are left out.
    """
    voices = voices_of(voice)
    hits = measured.hits[(measured.hits["entry"] == entry) & _counts(measured.hits)]
    if hits.empty:
        there = measured.hits.loc[_counts(measured.hits), "entry"]
        known = ", ".join(sorted(there.unique())) or "none"
        raise ValueError(f"no entry {entry!r} in the articles of this set; they have {known}")
    outlets = measured.documents.set_index("document")["outlet"]
    n = hits[hits["voice"].isin(voices)].groupby("document").size()
    documents = pd.DataFrame({"outlet": outlets.reindex(n.index), "n": n})
    beside = measured.cooccurrences
    beside = beside[(beside["entry"] == entry) & _counts(beside) & beside["voice"].isin(voices)]
    beside = beside.groupby(["document", "term"], as_index=False)["n"].sum()
    beside = beside if function_words else beside[~is_function_word(beside["term"])]
    counts = measured.counts[_counts(measured.counts)]
    counts = counts[counts["term"].isin(beside["term"])]
    totals = counts.groupby([counts["document"].map(outlets), "term"])["n"].sum()
    nothing = pd.Series(dtype=int)
    held = set(totals.index.get_level_values(0))
    return documents, beside, {o: totals[o] if o in held else nothing for o in measured.outlets}


def _frequent(beside: pd.DataFrame, documents: pd.Index, min_n: int) -> pd.DataFrame:
    here = beside[beside["document"].isin(documents)]
    return here[here.groupby("term")["n"].transform("sum") >= min_n]


def _counts(table: pd.DataFrame) -> pd.Series:
    return table["zone"].isin(RATE_ZONES)


def is_function_word(terms: pd.Series) -> pd.Series:
    """Whether grammar alone puts a term there: the, of, n't, and what follows an apostrophe."""
    return terms.isin(LITTLE_WORDS) | terms.str.startswith("'") | (terms == "n't")


# ---- two sides -------------------------------------------------------------------------------


def voices_of(voice: str) -> tuple[str, ...]:
    """The voices that a choice of voice takes together."""
    if voice not in VOICE_CHOICES:
        raise ValueError(f"no voice {voice!r}; there are {', '.join(VOICE_CHOICES)}")
    return VOICE_CHOICES[voice]


def pairs_of(
    measured: MeasurementSet, target: str | None, reference: str | None
) -> list[tuple[str, str]]:
    """
    Every pair of outlets, those of one outlet with each other one, or the pair that is named.

    Raises
    ------
    ValueError : one outlet only; no such outlet; an outlet and itself; only a reference.
    """
    outlets = measured.outlets
    if len(outlets) < 2:
        raise ValueError(f"this set has one outlet, {outlets[0]}; a difference needs two")
    for outlet in (target, reference):
        if outlet is not None and outlet not in outlets:
            raise ValueError(f"no outlet {outlet!r}; this corpus has {', '.join(outlets)}")
    if target is None and reference is None:
        return list(combinations(outlets, 2))
    if target is None or target == reference:
        raise ValueError(f"{reference!r} is compared with nothing; name another outlet, too")
    return [(target, one) for one in ([reference] if reference else outlets) if one != target]


def too_few(m_target: int, m_reference: int) -> str | None:
    """Why two sides of so many documents are not tested; nothing where they are."""
    if min(m_target, m_reference) >= FEWEST_DOCUMENTS:
        return None
    return (
        f"{m_target} and {m_reference} documents: below {FEWEST_DOCUMENTS} a side there is "
        "no interval and no p"
    )
