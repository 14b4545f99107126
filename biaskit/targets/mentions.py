"""
How do the sentences sound that mention a target?

A target is an entry of a lexicon whose frame begins with "target". The table is about
*sentences that mention* it, and never about a tone towards it: a sentence on a flood in Italy
scores low and blames nobody. How often such a score agrees with what people read of the target
itself stands beside it, so that nobody takes it for more. With the texts at hand the score can
be that of the clause around the mention, which agrees better.

When the answer is wrong: pronouns and capitals ("Moscow said") are no mentions; a sentence that
mentions two targets counts for both.
"""

import re

import numpy as np
import pandas as pd
from scipy.stats import t as student

from biaskit.collocation import voices_of
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.pages import readable
from biaskit.rates import CONFIDENCE, FEWEST_DOCUMENTS
from biaskit.sentiment import MEASURES, score_sentences
from biaskit.tables import RATE_ZONES, build

__all__ = [
    "AGREEMENT",
    "clause_around",
    "is_target",
    "mean_and_interval",
    "mentions_of",
    "scored_sentences",
    "target_sentiment",
]

# Macro F1 (negative, neutral, positive) against people on 8,739 targets in 7,758 sentences of
# NewsMTSC (Hamborg & Donnay 2021), VADER cut at its published -.05 and .05, TextBlob at 0:
# biaskit validate sentiment --gold newsmtsc.jsonl.gz. Large neural models reach .83.
AGREEMENT = {
    "sentence": {"vader": 0.522, "polarity": 0.429},
    "clause": {"vader": 0.555, "polarity": 0.445},
}

# A clause begins after the last comma or turn before its target and ends with the next turn
# after it: in English what is said of somebody mostly follows the name. Of a dozen cuts the
# plainest that did well on one half of NewsMTSC (VADER's .520 became .555); the other half
# agreed (.524, .555).
TURN = r"[;:]|\b(?:but|while|although|though|whereas)\b"
BEFORE = re.compile(rf",|[—–]|\s-\s|{TURN}", re.IGNORECASE)
AFTER = re.compile(TURN, re.IGNORECASE)


def is_target(frames: pd.Series) -> pd.Series:
    """Whether each frame is `target` or one below it."""
    return frames.str.partition("/")[0] == "target"


def clause_around(sentence: str, start: int, end: int) -> tuple[int, int]:
    """
    Where the clause around the mention at `start`, `end` begins and ends in its sentence.

    >>> sentence = "The storm was terrible, Arlen helped at once, but the sea won."
    >>> begin, stop = clause_around(sentence, 24, 29)
    >>> sentence[begin:stop]
    ' Arlen helped at once, '
    """
    begin = max((m.end() for m in BEFORE.finditer(sentence, 0, start)), default=0)
    turn = AFTER.search(sentence, end)
    return begin, turn.start() if turn else len(sentence)


def target_sentiment(
    measured: MeasurementSet, *, voice: str = "all", unit: str = "sentence"
) -> pd.DataFrame:
    """
    How the sentences sound that mention a target. It is no tone towards the target.

    Parameters
    ----------
    measured : a set measured with a lexicon of targets (`targets-en`). Only headline, subheads
        and body count, and no copies.
    voice : whose voice the mention stands in: all, unquoted (all but quotations), or one voice.
    unit : sentence, or the clause around each mention, which needs the texts.

    Returns
    -------
    One row per outlet, target that occurs at all and measure, in alphabetical order, with the
    columns of a `target_sentiment` table. `mean` is missing where the outlet has no such
    sentence; the interval, over documents, below five.

    Raises
    ------
    ValueError : no such voice or unit; no lexicon of targets; clauses without texts.
    """
    if unit not in AGREEMENT:
        raise ValueError(f"no unit {unit!r}; there are {', '.join(sorted(AGREEMENT))}")
    voices = voices_of(voice)
    measured = without_copies(measured)
    found = mentions_of(measured)
    entries = sorted(found["entry"].unique())
    found = found[found["voice"].isin(voices)]
    scored = _clauses(measured, found) if unit == "clause" else _sentences(measured, found)
    rows = []
    for outlet in measured.outlets:
        for entry in entries:
            here = scored[(scored["outlet"] == outlet) & (scored["entry"] == entry)]
            documents = here.groupby("document").size()
            share = documents.max() / documents.sum() if len(documents) else None
            for measure in MEASURES:
                mean, low, high = mean_and_interval(
                    here.groupby("document")[measure].sum(), documents
                )
                rows.append(
                    (outlet, entry, measure, mean, low, high, len(here), len(documents), share,
                     AGREEMENT[unit].get(measure), _note(len(documents), outlet, entry))
                )  # fmt: skip
    return build("target_sentiment", rows)


def mentions_of(measured: MeasurementSet, entry: str | None = None) -> pd.DataFrame:
    """
    Hits of one target, or of all, in headline, subheads and body.

    Raises
    ------
    ValueError : the set was measured without targets; no such target.
    """
    entries = measured.entries[is_target(measured.entries["frame"])]
    if entries.empty:
        names = ", ".join(sorted(measured.entries["lexicon"].unique()))
        raise ValueError(
            f"no targets in this set, which was measured with {names}; "
            "measure it again with --lexicon targets-en, or with a targets file of your own"
        )
    if entry is not None:
        known = ", ".join(sorted(entries["entry"]))
        entries = entries[entries["entry"] == entry]
        if entries.empty:
            raise ValueError(f"no target {entry!r}; this set's lexicons have {known}")
    hits = measured.hits[measured.hits["zone"].isin(RATE_ZONES)]
    return hits.merge(entries[["lexicon", "entry"]], on=["lexicon", "entry"])


def scored_sentences(measured: MeasurementSet) -> pd.DataFrame:
    """The sentences of headline, subheads and body, each with its outlet."""
    outlets = measured.documents[["document", "outlet"]]
    sentences = measured.sentences
    return sentences[sentences["zone"].isin(RATE_ZONES)].merge(outlets, on="document")


def _sentences(measured: MeasurementSet, mentions: pd.DataFrame) -> pd.DataFrame:
    """One row per target and sentence that mentions it, however often it does."""
    once = mentions[["document", "sentence", "entry"]].drop_duplicates()
    return once.merge(scored_sentences(measured), on=["document", "sentence"])


def _clauses(measured: MeasurementSet, mentions: pd.DataFrame) -> pd.DataFrame:
    """One row per target and clause that mentions it, with the clause's own scores."""
    mentions = mentions[mentions["document"].isin(measured.texts)]
    if mentions.empty:
        raise ValueError("clauses are scored from the texts, and none is at hand: name the pages")
    sentences = scored_sentences(measured).drop(columns=[*MEASURES])
    keys = ["document", "sentence"]
    table = mentions[[*keys, "entry", "start", "end"]].merge(
        sentences, on=keys, suffixes=("_hit", "")
    )
    clauses = []
    for row in table.itertuples():
        text = readable(measured.texts[row.document][row.start : row.end])
        begin, stop = clause_around(text, row.start_hit - row.start, row.end_hit - row.start)
        clauses.append((row.start + begin, text[begin:stop]))
    table["begin"] = [begin for begin, _ in clauses]
    scores = pd.DataFrame(score_sentences([text for _, text in clauses]), table.index, MEASURES)
    return table.join(scores).drop_duplicates(["document", "entry", "begin"])


def mean_and_interval(
    y: pd.Series, n: pd.Series
) -> tuple[float | None, float | None, float | None]:
    """Sum of `y` over sum of `n` with its interval over documents, as `rates.ratio`, but signed."""
    m, total = len(n), n.sum()
    if not total:
        return None, None, None
    mean = y.sum() / total
    if m < FEWEST_DOCUMENTS:
        return mean, None, None
    variance = m / (m - 1) * ((y - mean * n) ** 2).sum() / total**2
    reach = student.ppf(0.5 + CONFIDENCE / 2, m - 1) * np.sqrt(variance)
    return mean, mean - reach, mean + reach


def _note(m: int, outlet: str, entry: str) -> str | None:
    if m == 0:
        return f"no sentence of {outlet} mentions {entry}"
    if m < FEWEST_DOCUMENTS:
        return f"{m} document{'' if m == 1 else 's'}: below {FEWEST_DOCUMENTS} there is no interval"
    return None
