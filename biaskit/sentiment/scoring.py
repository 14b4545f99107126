"""
What do VADER and TextBlob say of each of many sentences?

Three ways, one answer: by columns (fast, for batches of thousands), sentence by sentence (the
rules as one reads them), or by the libraries' own code. They differ in time only, which the
tests check digit by digit; where they should ever differ, the libraries are right.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from biaskit.sentiment.libraries import library_scores

if TYPE_CHECKING:
    from biaskit.sentiment.chunks import Cut

__all__ = ["MEASURES", "WAYS", "Scores", "score_columns", "score_sentences"]

MEASURES = ("vader", "polarity", "subjectivity")
WAYS = ("columns", "sentence", "library")

# Sentences taken at once. Measured: 32,768 are a tenth faster, 4,096 a tenth slower; these need
# some 60 MB.
BATCH = 16_384


class Scores(NamedTuple):
    """What the scorers say of one sentence."""

    vader: float
    polarity: float
    subjectivity: float


def score_sentences(sentences: Sequence[str], *, by: str = "columns") -> list[Scores]:
    """
    Score each sentence whole, as NLTK's VADER and TextBlob do.

    >>> score_sentences(["A splendid day."])
    [Scores(vader=0.5859, polarity=0.8333333333333334, subjectivity=1.0)]

    Parameters
    ----------
    sentences : any number; each is scored by itself, whatever stands beside it.
    by : how. "columns" is made for thousands of sentences in one call and slow for one,
        "sentence" takes them one after the other, "library" runs NLTK and TextBlob.

    Returns
    -------
    One `Scores` per sentence, in the same order, equal to the last digit to what
    `SentimentIntensityAnalyzer.polarity_scores` and `TextBlob(...).sentiment` give.
    """
    if by not in WAYS:
        raise ValueError(f"no way {by!r} to score sentences; there are {', '.join(sorted(WAYS))}")
    sentences = _checked(sentences)
    if by == "columns":
        columns = score_columns(sentences)
        return [*map(Scores, *(columns[measure].tolist() for measure in MEASURES))]
    if by == "library":
        return [Scores(*scores) for scores in library_scores(sentences)]
    from biaskit.sentiment.blob import polarity_and_subjectivity
    from biaskit.sentiment.vader import compound

    return [Scores(compound(s), *polarity_and_subjectivity(s)) for s in sentences]


def score_columns(sentences: Sequence[str], cut: "Cut | None" = None) -> dict[str, np.ndarray]:
    """
    The same scores as one array per measure, for whoever fills a table with them.

    >>> score_columns(["A splendid day.", "A day."])["vader"]
    array([0.5859, 0.    ])

    Parameters
    ----------
    cut : the sentences cut into chunks, where somebody has done that.
    """
    from biaskit.sentiment.blob_columns import polarities_and_subjectivities
    from biaskit.sentiment.chunks import cut_sentences
    from biaskit.sentiment.vader_columns import compounds

    sentences = _checked(sentences)
    batches = [(sentences, cut)] if cut else (
        (batch, cut_sentences(batch)) for start in range(0, len(sentences), BATCH)
        if (batch := sentences[start : start + BATCH])
    )  # fmt: skip
    parts: list[tuple[np.ndarray, ...]] = [(np.zeros(0),) * len(MEASURES)]
    for batch, own in batches:
        parts.append((compounds(batch, own), *polarities_and_subjectivities(batch, own)))
    return {m: np.concatenate(c) for m, c in zip(MEASURES, zip(*parts, strict=True), strict=True)}


def _checked(sentences: Sequence[str]) -> list[str]:
    if isinstance(sentences, str):
        raise ValueError("sentences are scored as a list of texts, not as one text")
    for number, sentence in enumerate(sentences):
        if not isinstance(sentence, str):
            raise ValueError(f"sentence {number} is {sentence!r}, not text; leave it out")
    return [*sentences]
