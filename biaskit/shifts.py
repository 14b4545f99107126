"""
Which words make one outlet's mean valence higher than another's?

A list gives words a valence (VADER's: -4 to 4). An outlet's mean over its words that have one
is a sum over words, so the difference of two means can be laid open word by word (a word
shift, Gallagher et al. 2021): a word contributes what its share differs by, times how far its
valence lies from the reference's mean. The contributions add up to the difference exactly, and
every word that took part is in the table: a shift that rests on "trump" or "like" must show it.

When the answer is wrong: this is the mean of *words*, which knows no negation, no "very" and
no sentence. It explains VADER's list and not its compound, which can move the other way; lay
`mean_sentiment` beside it. Whether a word means in this corpus what the list takes it for, only
its KWIC lines tell.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from biaskit.collocation import difference_interval, pairs_of, too_few, voices_of
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import VOICE_CHOICES
from biaskit.resampling import counted
from biaskit.sentiment.libraries import analyser
from biaskit.tables import RATE_ZONES, build
from biaskit.targets.mentions import mean_and_interval

__all__ = ["mean_valence", "shortened", "vader_valences", "word_shift"]

Valences = Mapping[str, float]


def vader_valences() -> dict[str, float]:
    """
    VADER's valence of each word and emoticon, -4 to 4; what is no word of a text never counts.

    >>> vader_valences()["splendid"]
    2.8
    """
    return dict(analyser().lexicon)


def mean_valence(measured: MeasurementSet, *, valences: Valences | None = None) -> pd.DataFrame:
    """
    The mean valence of each outlet's words that have one.

    Parameters
    ----------
    measured : a measurement set. Only headline, subheads and body count, and no copies.
    valences : casefolded words and their valence; by default VADER's.

    Returns
    -------
    One row per outlet and voice (`all` and `unquoted` first), with the columns of a `valences`
    table. The mean is missing where there is no such word, its interval below five documents.
    """
    measured = without_copies(measured)
    sizes = measured.sizes[measured.sizes["zone"].isin(RATE_ZONES)]
    outlets = measured.documents.set_index("document")["outlet"]
    by_voice = {voice: _valued(measured, voice, valences) for voice in VOICE_CHOICES}
    rows = []
    for outlet in measured.outlets:
        n_tokens = (
            sizes[sizes["document"].map(outlets) == outlet].groupby("voice")["n_tokens"].sum()
        )
        for voice, words in by_voice.items():
            here = words[words["outlet"] == outlet]
            n = here.groupby("document")["n"].sum()
            total = (here["n"] * here["valence"]).groupby(here["document"]).sum()
            of_voice = n_tokens.reindex(voices_of(voice), fill_value=0).sum()
            rows.append((outlet, voice, *mean_and_interval(total, n), n.sum(), of_voice, len(n)))
    return build("valences", rows)


def word_shift(
    measured: MeasurementSet,
    target: str,
    reference: str,
    *,
    voice: str = "all",
    valences: Valences | None = None,
) -> pd.DataFrame:
    """
    What each word contributes to the difference of two outlets' mean valence.

    Parameters
    ----------
    measured, valences : as for `mean_valence`.
    target, reference : the outlets; the difference is the target's mean less the reference's.
    voice : whose words: all, unquoted (all but quotations), or one voice.

    Returns
    -------
    One row per word with a valence that either outlet uses, the largest contribution first,
    whatever its sign, ties in alphabetical order; with the columns of a `word_shift` table. The
    contributions add up to the difference. Intervals are missing below five documents a side.

    Raises
    ------
    ValueError : no such outlet or voice; an outlet without any word that has a valence.
    """
    pairs_of(measured, target, reference)
    words = _valued(without_copies(measured), voice, valences)
    words = words[words["outlet"].isin([target, reference])]
    for outlet in (target, reference):
        if not (words["outlet"] == outlet).any():
            raise ValueError(
                f"{outlet} has no word with a valence ({voice}); a shift needs some on both sides"
            )
    lines, documents = pd.factorize(words["document"])
    columns, terms = pd.factorize(words["term"], sort=True)
    y = sparse.csr_matrix((words["n"].to_numpy(), (lines, columns)))
    first = (
        words.groupby("document", sort=False)["outlet"].first()[documents] == target
    ).to_numpy()
    units = counted(y, np.asarray(y.sum(axis=1))[:, 0])
    table = pd.DataFrame({"term": terms.astype(object)})
    table["valence"] = table["term"].map(words.groupby("term")["valence"].first())
    sides = {"target": first, "reference": ~first}
    totals = {side: units.totals(rows[:, None]) for side, rows in sides.items()}
    for side, rows in sides.items():
        table[f"n_{side}"] = totals[side].y[:, 0].astype(int)
        table[f"n_documents_{side}"] = (y > 0).T @ rows.astype(int)
        table[f"share_{side}"] = totals[side].rate[:, 0]
    more = table["share_target"] - table["share_reference"]
    above = table["valence"] - (table["share_reference"] * table["valence"]).sum()
    table["contribution"] = more * above
    table["kind"] = [_kind(*one) for one in zip(above, more, strict=True)]
    if too_few(int(first.sum()), int((~first).sum())) is None:
        ends = np.array(difference_interval(totals["target"], totals["reference"])) * above.array
        table["low"], table["high"] = ends.min(axis=0), ends.max(axis=0)
    table["order"] = -table["contribution"].abs()
    table = table.sort_values(["order", "term"], ignore_index=True)
    return build("word_shift", table.drop(columns="order").to_dict("records"))


def shortened(shift: pd.DataFrame, n: int = 20) -> pd.DataFrame:
    """
    A word shift for a figure: its first `n` words, and all others in one row.

    Returns
    -------
    One row per bar: term, valence, contribution and kind, in the order of the shift. The last
    row says how many words it holds; its contribution is their sum, so that the bars still add
    up to the difference.
    """
    columns = ["term", "valence", "contribution", "kind"]
    shown, others = shift[columns].iloc[:n], shift.iloc[n:]
    if others.empty:
        return shown
    rest = {
        "term": f"all {len(others):,} other words",
        "valence": np.nan,
        "contribution": others["contribution"].sum(),
        "kind": None,
    }
    return pd.DataFrame([*shown.to_dict("records"), rest], columns=columns)


def _valued(measured: MeasurementSet, voice: str, valences: Valences | None) -> pd.DataFrame:
    """Words that have a valence, by document: document, outlet, term, n, valence."""
    valences = vader_valences() if valences is None else valences
    counts = measured.counts
    counts = counts[counts["term"].isin(list(valences)) & counts["voice"].isin(voices_of(voice))]
    counts = counts[counts["zone"].isin(RATE_ZONES)]
    words = counts.groupby(["document", "term"], as_index=False)["n"].sum()
    words["valence"] = words["term"].map(valences).astype(float)
    return words.merge(measured.documents[["document", "outlet"]], on="document")


def _kind(above: float, more: float) -> str:
    where = {1: "above", -1: "below", 0: "at"}[int(np.sign(above))]
    how = {1: "more", -1: "less", 0: "as much"}[int(np.sign(more))]
    return f"{where} the mean, used {how}"
