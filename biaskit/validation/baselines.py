"""
Which words would simpler ways mark as loaded?

Four, none of them fitted: the list of loaded words taken as it is, the markers of the curated
lexicon, the negative words of VADER, the subjective ones of TextBlob. Each takes a sentence and
gives the positions of its words, cut as loadedness cuts them, so that all can be compared.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import resources

from biaskit.lexicon import read_lexicon
from biaskit.loadedness.context import word_spans
from biaskit.loadedness.wordlist import shipped_list
from biaskit.markers import Matcher
from biaskit.tokens import term_of, token_spans

__all__ = [
    "SIMPLER",
    "curated_words",
    "listed_words",
    "negative_words",
    "overlap",
    "subjective_words",
]

SUBJECTIVE = 0.6  # of TextBlob, 0 to 1

Spans = set[tuple[int, int]]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def listed_words(text: str) -> Spans:
    """Words of the frames that may mark alone."""
    words, spans = shipped_list(), word_spans(text, 0, len(text))
    frames = words.frames_of([term_of(text[a:b]) for a, b in spans])
    return {s for s, f in zip(spans, frames, strict=True) if f and words.frames[f].alone}


def curated_words(text: str) -> Spans:
    """Words in a marker of the curated lexicon."""
    tokens = token_spans(text)
    hits = [
        (tokens[hit.first][0], tokens[hit.last][1])
        for hit in _curated_matcher().hits(text, tokens)
        if hit.entry.is_marker
    ]
    return {s for s in word_spans(text, 0, len(text)) if any(overlap(s, hit) for hit in hits)}


@lru_cache(maxsize=1)
def _curated_matcher() -> Matcher:
    return Matcher(read_lexicon())


def negative_words(text: str) -> Spans:
    """Words of negative valence."""
    valence = _vader_valence()
    spans = word_spans(text, 0, len(text))
    return {(a, b) for a, b in spans if valence.get(term_of(text[a:b]), 0.0) < 0}


@lru_cache(maxsize=1)
def _vader_valence() -> dict[str, float]:
    file = resources.files("vaderSentiment") / "vader_lexicon.txt"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line)
    return {row[0]: float(row[1]) for row in rows}


def subjective_words(text: str) -> Spans:
    """Words that are subjective by themselves."""
    spans = word_spans(text, 0, len(text))
    return {(a, b) for a, b in spans if _subjectivity(term_of(text[a:b])) >= SUBJECTIVE}


@lru_cache(maxsize=1 << 16)
def _subjectivity(term: str) -> float:
    from textblob.en import sentiment

    return float(sentiment(term)[1])


SIMPLER: dict[str, Callable[[str], Spans]] = {
    "unfitted_list": listed_words,
    "curated": curated_words,
    "vader": negative_words,
    "textblob": subjective_words,
}
