"""
What are TextBlob's polarity and subjectivity of a sentence, rule by rule?

TextBlob cuts a text into words and marks (Pattern's tokenizer), looks each up in a lexicon of
adjectives and adverbs, and takes the mean of those it knows. An adverb is merged with the known
word after it ("very good"), a negation turns what follows and halves it, "!" strengthens the
word before, and an emoticon counts as a word of its own.

This is the readable account of what the library computes, and equal to it to the last digit.
What looks like slips is kept: "n't" never negates, since its apostrophe is split off first;
emoticons are found across white space, so that "page: 3" holds ":3"; and known words are
looked up one at a time, so that no entry of two words is ever found.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from textblob import _text as pattern
from textblob.en import sentiment as scorer

from biaskit.sentiment.libraries import pattern_entries

__all__ = [
    "CACHED",
    "EDGES",
    "HEADS",
    "JOINTS",
    "LONGEST_EMOTICON",
    "Piece",
    "cut",
    "joined",
    "piece_of",
    "polarity_and_subjectivity",
    "words_of",
]

# What is split off a word at both ends; a full stop only at its end, and only if it closes no
# abbreviation.
EDGES = pattern.PUNCTUATION.replace(".", "")
ABBREVIATED = (pattern.RE_ABBR1, pattern.RE_ABBR2, pattern.RE_ABBR3)
QUOTES = str.maketrans({quote: f" {quote} " for quote in "“”‘’'\""})
LINE_BREAKS = re.compile(r"\n{2,}")

ENDS = frozenset({"...", ".", "!", "?", pattern.EOS})
TAKEN_ALONG = ENDS | {"”", "’", ")"}

# The first kind of emoticon that has a form gives it its polarity. Longer words, words of
# letters and runs of Pattern's own punctuation are no emoticons, whatever the lists say.
EMOTICONS = {
    form.lower(): polarity
    for (_, polarity), forms in reversed(pattern.EMOTICONS.items())
    for form in forms
}
LONGEST_EMOTICON = 5
SARCASM = "(!)"

# What meets where white space inside an emoticon or "(!)" is closed up, and what may begin
# behind such a space: elsewhere nothing can be joined.
FORMS = [*chain(*pattern.EMOTICONS.values()), SARCASM]
JOINTS = frozenset(a + b for form in FORMS for a, b in pairwise(form))
HEADS = frozenset(
    form[start:end]
    for form in FORMS
    for start in range(1, len(form))
    for end in range(start + 1, len(form) + 1)
)

# "not good" is half as strong as "good", and the other way round; "!" strengthens by a quarter.
TURNED, EXCLAIMED = -0.5, 1.25

# Chunks and words kept in memory, some 20 MB. Which ones are kept changes no number.
CACHED = 65_536


class Piece(NamedTuple):
    """All that the rules ask of one word or mark by itself."""

    known: tuple[float, float, float] | None = None  # polarity, subjectivity, intensity
    modifies: bool = False  # an adverb, merged with the known word after it
    modifies_negation: bool = False  # ends in -ly: "really not" turns the word before
    negates: bool = False
    ends_negation: bool = False  # too long to stand between "not" and its word
    ends_adverb: bool = False  # too long to stand between "very" and its word
    exclaims: bool = False
    mood: float | None = None  # the polarity of an emoticon, or 0.0 of "(!)"


@lru_cache(maxsize=CACHED)
def piece_of(word: str) -> Piece:
    """The piece that a word in lower case, a mark or an emoticon is."""
    entry = pattern_entries().get(word)
    mood = None
    if not word.isalpha() and len(word) <= LONGEST_EMOTICON and word not in pattern.PUNCTUATION:
        mood = EMOTICONS.get(word)
    negates = word in scorer.negations
    return Piece(
        known=tuple(entry[None]) if entry else None,
        modifies=entry is not None and any(tag in entry for tag in scorer.modifiers),
        modifies_negation=scorer.modifier(word),
        negates=negates,
        ends_negation=not negates and len(word.strip("'")) > 1,
        ends_adverb=len(word) > 2,
        exclaims=word == "!",
        mood=0.0 if word == SARCASM else mood,
    )


@lru_cache(maxsize=CACHED)
def cut(chunk: str) -> tuple[str, ...]:
    """
    The words and marks in a chunk, which is what stands between white space.

    >>> cut("“Don't!”")
    ('“', 'Do', 'n', "'", 't', '!', '”')
    """
    if "'" in chunk:
        for contraction, spaced in pattern.replacements.items():
            chunk = chunk.replace(contraction, spaced)
    return tuple(chain.from_iterable(map(_without_edges, chunk.translate(QUOTES).split())))


def _without_edges(word: str) -> list[str]:
    body = word.lstrip(EDGES)
    marks, tail = [*word.removesuffix(body)], []
    while body and body[-1] in EDGES + ".":
        if body[-1] in EDGES:
            tail.append(body[-1])
            body = body[:-1]
        if body.endswith("..."):
            tail.append("...")
            body = body[:-3].rstrip(".")
        if body.endswith("."):
            if body in pattern.ABBREVIATIONS or any(form.match(body) for form in ABBREVIATED):
                break
            tail.append(".")
            body = body[:-1]
    return [*marks, *([body] if body else []), *reversed(tail)]


def joined(words: Sequence[str]) -> list[str]:
    """
    The words in lower case, with emoticons and "(!)" closed up.

    >>> joined(["Page", ":", "3", "."])
    ['page', ':3', '.']

    Nothing is joined across the end of a sentence, and the marker of an empty line is dropped.
    """
    if pattern.EOS not in words and not any(a[-1] + b[0] in JOINTS for a, b in pairwise(words)):
        return [word.lower() for word in words]
    return [word.lower() for run in _runs(words) for word in _closed_up(run).split()]


def _runs(words: Iterable[str]) -> list[list[str]]:
    """The words of each sentence, as Pattern ends one; closing marks after the end belong to it."""
    runs: list[list[str]] = [[]]
    ended = False
    for word in words:
        if ended and word not in TAKEN_ALONG:
            runs.append([])
            ended = False
        ended = ended or word in ENDS
        if word != pattern.EOS:
            runs[-1].append(word)
    return runs


def _closed_up(run: Iterable[str]) -> str:
    text = pattern.RE_SARCASM.sub(SARCASM, " ".join(run))
    return pattern.RE_EMOTICONS.sub(lambda found: found[1].replace(" ", "") + found[2], text)


def words_of(text: str) -> list[str]:
    """The words, marks and emoticons of a text in lower case, as Pattern's tokenizer gives them."""
    if "\n" in text:
        text = LINE_BREAKS.sub(f" {pattern.EOS} ", text.replace("\r\n", "\n"))
    return joined([*chain.from_iterable(map(cut, text.split()))])


def polarity_and_subjectivity(text: str) -> tuple[float, float]:
    """TextBlob's polarity, from -1 to 1, and subjectivity, from 0 to 1; no known word: 0.0."""
    found = _assessments(map(piece_of, words_of(text)))
    polarity = subjectivity = 0.0
    for one in found:
        polarity += one.polarity * TURNED if one.turned else one.polarity
        subjectivity += one.subjectivity
    return polarity / max(len(found), 1), subjectivity / max(len(found), 1)


@dataclass(slots=True)
class _Assessment:
    """What is said by a known word, with the adverbs and negations before it, or an emoticon."""

    polarity: float
    subjectivity: float
    intensity: float = 1.0
    turned: bool = False

    def then(self, polarity: float, subjectivity: float, intensity: float) -> None:
        """Merge with the known word that this one, an adverb, modifies."""
        self.polarity = _bounded(polarity * self.intensity)
        self.subjectivity = _bounded(subjectivity * self.intensity)
        self.intensity = intensity


def _bounded(score: float) -> float:
    return max(-1.0, min(score, 1.0))


def _assessments(pieces: Iterable[Piece]) -> list[_Assessment]:
    found: list[_Assessment] = []
    adverb: Piece | None = None
    negated = False
    for piece in pieces:
        if piece.known:
            if adverb is not None:
                found[-1].then(*piece.known)
            else:
                found.append(_Assessment(*piece.known))
            if negated:
                found[-1].intensity = 1.0 / found[-1].intensity
                found[-1].turned = True
            adverb, negated = (piece if piece.modifies else None), piece.negates
            continue
        negated = piece.negates or (negated and not piece.ends_negation)
        if negated and adverb is not None and adverb.modifies_negation:
            found[-1].turned = True
            negated = False
        elif piece.ends_adverb:
            adverb = None
        if piece.exclaims and found:
            found[-1].polarity = _bounded(found[-1].polarity * EXCLAIMED)
        if piece.mood is not None:
            found.append(_Assessment(piece.mood, 1.0))
    return found
