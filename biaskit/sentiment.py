"""
How positive or negative does each sentence sound to two well-known scorers?

VADER (Hutto & Gilbert 2014), through NLTK, gives a compound score from -1 to 1. TextBlob
gives a polarity from -1 to 1 and a subjectivity from 0 to 1. Both are run by the libraries'
own code, sentence by sentence: VADER's compound saturates on long texts, so an article is
never scored whole.

Neither sees framing: "Crimea reunified with Russia" and "Russia annexed Crimea" both score
0.0. Neither knows whom a sentence is about, so a low mean is no sign of hostility; say
"sentences with narration" and "sentences that mention Russia", not "towards Russia".

Nothing is downloaded. NLTK would fetch VADER's lexicon; the package vaderSentiment holds
the same file, and it is handed over in memory, so that what lies in a folder of nltk_data
changes nothing. Its hash is in the provenance of every measurement set.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from biaskit.tables import RATE_ZONES, VOICES, build, require

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

__all__ = ["MEASURES", "Scores", "mean_sentiment", "score_sentences", "sentiment_provenance"]

MEASURES = ("vader", "polarity", "subjectivity")


class Scores(NamedTuple):
    """What the scorers say of one sentence."""

    vader: float
    polarity: float
    subjectivity: float


def _vader_file() -> bytes:
    return (resources.files("vaderSentiment") / "vader_lexicon.txt").read_bytes()


@lru_cache(maxsize=1)
def _vader() -> "SentimentIntensityAnalyzer":
    from nltk.sentiment import vader

    class Analyser(vader.SentimentIntensityAnalyzer):
        def __init__(self) -> None:
            # NLTK's loader stumbles over an empty last line.
            self.lexicon_file = _vader_file().decode("utf-8").rstrip("\n")
            self.lexicon = self.make_lex_dict()
            self.constants = vader.VaderConstants()

    return Analyser()


def score_sentences(sentences: Sequence[str]) -> list[Scores]:
    """
    Score each sentence whole, by NLTK's VADER and by TextBlob.

    >>> score_sentences(["A splendid day."])
    [Scores(vader=0.5859, polarity=0.8333333333333334, subjectivity=1.0)]

    Returns
    -------
    One `Scores` per sentence, in the same order, equal to the last digit to what
    `SentimentIntensityAnalyzer.polarity_scores` and `TextBlob(...).sentiment` give.
    """
    from textblob.en import sentiment as textblob_sentiment

    vader = _vader()
    return [
        Scores(float(vader.polarity_scores(s)["compound"]), *map(float, textblob_sentiment(s)))
        for s in sentences
    ]


def sentiment_provenance() -> dict[str, str]:
    """Versions of the scorers and the hash of the lexicon that VADER was given."""
    return {
        "nltk": metadata.version("nltk"),
        "textblob": metadata.version("textblob"),
        "vader_lexicon_sha256": hashlib.sha256(_vader_file()).hexdigest(),
    }


def mean_sentiment(
    sentences: pd.DataFrame, documents: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """
    Mean sentence scores by outlet and voice.

    A sentence often holds two voices, and its score is the whole sentence's. So two means
    stand side by side: `mean` weighs each sentence by its tokens of the voice (sum of score
    times tokens over sum of tokens), `mean_wholly` takes only sentences wholly in it. Only
    headline, subheads and body count.

    Returns
    -------
    One row per outlet, voice (and `all`) and measure, in the order of the columns of a
    `sentiment` table; means are missing where there is no such sentence.
    """
    require(sentences, "sentences")
    require(documents, "documents")
    columns = [f"n_{voice}" for voice in VOICES]
    sentences = sentences[sentences["zone"].isin(RATE_ZONES)]
    table = sentences.merge(documents[["document", by]], on="document")
    total = table[columns].sum(axis=1)
    rows = []
    for outlet in sorted(documents[by].unique()):
        here = table[by] == outlet
        for voice in ("all", *VOICES):
            weights = total if voice == "all" else table[f"n_{voice}"]
            chosen = table[here & (weights > 0)]
            n = weights[chosen.index]
            wholly = chosen[n == total[chosen.index]]
            for measure in MEASURES:
                mean = (chosen[measure] * n).sum() / n.sum() if n.sum() else None
                rows.append(
                    (outlet, voice, measure, mean, n.sum(), len(chosen), wholly[measure].mean(),
                     len(wholly), chosen["document"].nunique())
                )  # fmt: skip
    return build("sentiment", rows)
