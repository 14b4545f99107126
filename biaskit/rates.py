"""
How often does each outlet use markers, and which variant does it choose?

A *rate* is hits per 1,000 tokens, in one voice or in all. It answers how often a reader of
the outlet meets such words, and it moves with the topic: an outlet that writes about coups
writes "coup". A *share* is a variant's part of all variants of its alternation set (coup,
revolution, change of power); what the outlet writes about cancels out there.

Documents are the unit, never tokens: rates are ratio estimates over documents (Cochran
1977, chapter 6), with an interval from Student's t. Below five documents there is none, and
no test is made here at all.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import t as student

from biaskit.cells import cells
from biaskit.lexicon import NEUTRAL, markers_among
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.tables import RATE_ZONES, VOICES, build

__all__ = [
    "FEWEST_DOCUMENTS",
    "OF_SET",
    "VOICE_CHOICES",
    "alternation_shares",
    "design_effect",
    "marker_rates",
]

CONFIDENCE = 0.95

# What a rate can be taken over: the whole article, all that no quotation marks fix the wording
# of, and each voice. Narration alone, unquoted and all together show how much hangs on voice.
VOICE_CHOICES: dict[str, tuple[str, ...]] = {
    "all": VOICES,
    "unquoted": ("narration", "reported", "attributed"),
    **{voice: (voice,) for voice in VOICES},
}

OF_SET = "\t"  # between a set and its variant

# Below this many documents an interval says more about its formula than about the outlet.
FEWEST_DOCUMENTS = 5


def marker_rates(
    measured: MeasurementSet, *, frame: str | None = None, per: int = 1_000
) -> pd.DataFrame:
    """
    How often markers occur, by outlet and voice.

    Parameters
    ----------
    measured : a measurement set. Only headline, subheads and body count.
    frame : only markers of this frame or of frames below it ("nomination").
    per : tokens that the rate refers to.

    Returns
    -------
    One row per outlet and voice (`all` first, then `unquoted`: narration, reported and
    attributed together, then each alone), with the columns of a `rates` table. A rate
    is missing where the outlet has no tokens of that voice; the interval is missing below
    five documents.

    Raises
    ------
    ValueError : the set's lexicons have no such frame.
    """
    measured = without_copies(measured)
    chosen = _markers(measured, frame)
    documents = measured.columns("documents", "document", "outlet")
    sizes = measured.pieces("sizes", "document", "zone", "voice", "n_tokens")
    tokens = _by_voice((x.rename(columns={"n_tokens": "n"}) for x in sizes), documents)
    hits = measured.pieces("hits", "document", "zone", "voice", "lexicon", "entry")
    counted = _by_voice((x.merge(chosen, on=["lexicon", "entry"]) for x in hits), documents)
    rows = []
    for outlet in measured.outlets:
        of_it = (documents["outlet"] == outlet).to_numpy()
        for voice, voices in VOICE_CHOICES.items():
            n, y = (x.loc[of_it, list(voices)].sum(axis=1) for x in (tokens, counted))
            rate, low, high = ratio(y[n > 0], n[n > 0], per=per)
            share = y.max() / y.sum() if y.sum() else None
            rows.append((outlet, voice, y.sum(), n.sum(), (n > 0).sum(), (y > 0).sum(),
                         rate, low, high, share))  # fmt: skip
    return build("rates", rows)


def alternation_shares(measured: MeasurementSet) -> pd.DataFrame:
    """
    Which variant each outlet chooses, set by set, in all voices together.

    Returns
    -------
    One row per set, variant and outlet of the sets that occur at all, in alphabetical order,
    with the columns of a `shares` table. Outlets that use no variant of a set have a missing
    share, not 0; the interval is missing below five documents.
    """
    measured = without_copies(measured)
    documents = measured.columns("documents", "document", "outlet")
    in_sets = measured.entries[measured.entries["set"].notna()]
    in_sets = in_sets.assign(item=in_sets["set"] + OF_SET + in_sets["variant"])
    hits = measured.pieces("hits", "document", "zone", "lexicon", "entry")
    pieces = (_in_article(x).merge(in_sets, on=["lexicon", "entry"]) for x in hits)
    counted, items = cells(pieces, documents["document"])
    sets = pd.Series([item.partition(OF_SET)[0] for item in items], items, dtype=object)
    of_variant = counted.tocsc()
    rows = []
    for name in sorted({*sets}):
        here = of_variant[:, np.flatnonzero(sets == name)].tocsr()
        using = np.flatnonzero(np.diff(here.indptr))  # documents with any variant
        used = pd.DataFrame(here[using].toarray(), columns=sets.index[sets == name])
        outlets = documents["outlet"].to_numpy()[using]
        for item in sorted(in_sets.loc[in_sets["set"] == name, "item"].unique()):
            for outlet in measured.outlets:
                of_it = used[outlets == outlet]
                total = of_it.sum(axis=1)
                y = of_it[item] if item in of_it.columns else total * 0
                share, low, high = ratio(y, total)
                rows.append((name, item.partition(OF_SET)[2], outlet, y.sum(), total.sum(),
                             len(total), share, low,
                             None if high is None else min(high, 1.0)))  # fmt: skip
    return build("shares", rows)


def ratio(
    y: pd.Series, n: pd.Series, *, per: float = 1
) -> tuple[float | None, float | None, float | None]:
    """
    Sum of `y` over sum of `n`, times `per`, with its 95 % interval over documents.

    Ratio estimator: variance m / (m - 1) * sum((y_i - rate * n_i)^2) / (sum n)^2, Student's t
    with m - 1 degrees of freedom, cut at 0.

    >>> ratio(pd.Series([1, 2]), pd.Series([100, 200]), per=1_000)
    (10.0, None, None)
    """
    m, total = len(n), n.sum()
    if not total:
        return None, None, None
    rate = y.sum() / total
    if m < FEWEST_DOCUMENTS:
        return float(rate * per), None, None
    variance = m / (m - 1) * ((y - rate * n) ** 2).sum() / total**2
    reach = student.ppf(0.5 + CONFIDENCE / 2, m - 1) * np.sqrt(variance)
    return float(rate * per), float(max(rate - reach, 0) * per), float((rate + reach) * per)


def design_effect(y: pd.Series, n: pd.Series) -> float | None:
    """
    How many times as uncertain a rate is as if its tokens had been drawn one by one.

    variance * sum n / (rate * (1 - rate)), with the variance of `ratio` (Rao & Scott 1992). 1
    means that hits are spread over documents like tokens drawn at random. None where the rate is 0
    or 1 or there are fewer than five documents.
    """
    m, total, hits = len(n), n.sum(), y.sum()
    if m < FEWEST_DOCUMENTS or not 0 < hits < total:
        return None
    rate = hits / total
    variance = m / (m - 1) * ((y - rate * n) ** 2).sum() / total**2
    return float(variance * total / (rate * (1 - rate)))


def _markers(measured: MeasurementSet, frame: str | None) -> pd.DataFrame:
    """Lexicon and id of the entries that count; an id may stand in two lexicons."""
    entries = measured.entries[measured.entries["frame"] != NEUTRAL]
    if frame is None:  # neither whom sentences are about nor loadedness; both can be asked for
        return entries.loc[markers_among(entries), ["lexicon", "entry"]]
    chosen = entries[(entries["frame"] == frame) | entries["frame"].str.startswith(f"{frame}/")]
    if chosen.empty:
        frames = ", ".join(sorted(entries["frame"].unique()))
        raise ValueError(f"no frame {frame!r}; this set's lexicons have {frames}")
    return chosen[["lexicon", "entry"]]


def _in_article(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["zone"].isin(RATE_ZONES)]


def _by_voice(pieces: Iterable[pd.DataFrame], documents: pd.DataFrame) -> pd.DataFrame:
    """Rows, or their `n`, by document and voice."""
    chosen = (_in_article(piece).rename(columns={"voice": "item"}) for piece in pieces)
    counted, items = cells(chosen, documents["document"])
    table = pd.DataFrame(counted.toarray(), columns=items).astype(int)
    return table.reindex(columns=VOICES, fill_value=0)
