"""
What do the two libraries themselves say of a sentence?

NLTK's VADER and TextBlob, run by their own code, a sentence at a time: slow, and what every
other way of scoring must equal. Their word lists are read from the installed packages.

Nothing is downloaded. NLTK would fetch VADER's lexicon; the package vaderSentiment holds
the same file, and it is handed over in memory, so that what lies in a folder of nltk_data
changes nothing. Its hash is in the provenance of every measurement set.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

__all__ = ["analyser", "library_scores", "pattern_entries", "sentiment_provenance"]


def _vader_file() -> bytes:
    return (resources.files("vaderSentiment") / "vader_lexicon.txt").read_bytes()


@lru_cache(maxsize=1)
def analyser() -> "SentimentIntensityAnalyzer":
    """NLTK's analyser with the lexicon of the package vaderSentiment."""
    from nltk.sentiment import vader

    class Analyser(vader.SentimentIntensityAnalyzer):
        def __init__(self) -> None:
            # NLTK's loader stumbles over an empty last line.
            self.lexicon_file = _vader_file().decode("utf-8").rstrip("\n")
            self.lexicon = self.make_lex_dict()
            self.constants = vader.VaderConstants()

    return Analyser()


@lru_cache(maxsize=1)
def pattern_entries() -> dict[str, dict]:
    """
    TextBlob's lexicon by word: part of speech (None for all) to polarity, subjectivity, intensity.

    Taken once it is loaded, not from its file: loading adds adverbs in -ly, which replace
    what the file says of them.
    """
    from textblob.en import sentiment

    sentiment.load()
    return dict(sentiment.items())


def library_scores(sentences: Sequence[str]) -> list[tuple[float, float, float]]:
    """One (compound, polarity, subjectivity) per sentence, as the libraries give them."""
    from textblob.en import sentiment

    scores = []
    for sentence in sentences:
        polarity, subjectivity = sentiment(sentence)
        vader = analyser().polarity_scores(sentence)["compound"]
        scores.append((float(vader), float(polarity), float(subjectivity)))
    return scores


def sentiment_provenance() -> dict[str, str]:
    """Versions of the scorers and the hash of the lexicon that VADER was given."""
    return {
        "nltk": metadata.version("nltk"),
        "textblob": metadata.version("textblob"),
        "vader_lexicon_sha256": hashlib.sha256(_vader_file()).hexdigest(),
    }
