"""
What are VADER's compound scores of thousands of sentences?

The rules of `vader`, as steps over arrays: only words that count are worked on, one or two in
a sentence, each with the three words before it. Every distinct chunk is asked once what the
rules would ask of it. The few sentences that hold the beginning of an idiom ("kind of",
"the bomb") go to `vader` itself, and so does what Python computes otherwise than NumPy.

Equal to `vader`, whatever sentences share a batch; a test compares them and the library.
"""

import string
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from nltk.sentiment.vader import VaderConstants as Constants

from biaskit.sentiment.chunks import Answered, Answers, Cut, count_between, sums
from biaskit.sentiment.libraries import analyser
from biaskit.sentiment.vader import (
    AFTER_BUT,
    ALPHA,
    BEFORE_BUT,
    FADING,
    NEVER_SO,
    PHRASES,
    compound,
    emphasis,
    word_of,
)

__all__ = ["compounds"]

# The words that begin a phrase, two by two: sentences that hold such a pair are rare, so what
# the phrase does is left to `vader`.
PAIRS = [tuple(phrase.lower().split()[:2]) for phrase in PHRASES]
RARER = {max(pair, key=len) for pair in PAIRS}
NAMED = frozenset("so this never least at very but".split()).union(*PAIRS)

DIGITS = 4
# A score whose next digits lie this near to a half is rounded by Python, which looks at the
# number itself; NumPy looks at 10,000 times the number, already rounded.
NEAR_A_HALF = 1e-6


class Asked(NamedTuple):
    """What the rules ask of a chunk."""

    value: float = 0.0
    boost: float = 0.0
    known: bool = False
    counts: bool = False
    negates: bool = False
    shouts: bool = False
    dropped: bool = False
    is_so: bool = False
    is_never: bool = False
    is_least: bool = False
    excuses_least: bool = False
    is_but: bool = False
    is_rarer: bool = False  # of a pair
    begins: int = 0  # a bit for each of PAIRS
    follows: int = 0
    text: str = ""  # of words that count: one that comes twice is known by it


class Marks(NamedTuple):
    """
    How many marks a chunk has; asked apart, since a word with a mark and without is one word.
    """

    exclaims: int = 0
    asks: int = 0


UNMARKED = Marks()
NOTHING, SHOUTED, DROPPED = Asked(), Asked(shouts=True), Asked(dropped=True)


@lru_cache(maxsize=1)
def _answers() -> Answers:
    lexicon = analyser().lexicon
    asked = NAMED.union(lexicon, Constants.BOOSTER_DICT, Constants.NEGATE)

    def ask(chunk: str) -> Asked:
        if len(chunk) < 2:
            return DROPPED
        lower = chunk.lower()
        if lower in asked or lower.strip(string.punctuation) in asked or "n't" in lower:
            return _row(chunk)
        return SHOUTED if chunk.isupper() else NOTHING

    return Answers(ask, NOTHING)


@lru_cache(maxsize=1)
def _marks() -> Answers:
    def ask(chunk: str) -> Marks:
        if "!" in chunk or "?" in chunk:
            return Marks(chunk.count("!"), chunk.count("?"))
        return UNMARKED

    return Answers(ask, UNMARKED)


def _row(chunk: str) -> Asked:
    word = word_of(chunk)
    return Asked(
        value=word.value or 0.0,
        boost=word.boost,
        known=word.value is not None,
        counts=word.counts,
        negates=word.negates,
        shouts=word.shouts,
        is_so=word.text in ("so", "this"),
        is_never=word.text == "never",
        is_least=word.lower == "least",
        excuses_least=word.lower in ("at", "very"),
        is_but=word.lower == "but",
        is_rarer=word.lower in RARER,
        begins=sum(1 << bit for bit, (first, _) in enumerate(PAIRS) if word.lower == first),
        follows=sum(1 << bit for bit, (_, second) in enumerate(PAIRS) if word.lower == second),
        text=word.text if word.counts else "",
    )


def compounds(sentences: Sequence[str], cut: Cut) -> np.ndarray:
    """VADER's compound score of each sentence; `cut` are the same sentences."""
    words = _answers().of(cut).without("dropped")
    hits = words.where("counts")
    if not len(hits):
        return np.zeros(len(sentences))
    sentence = words.sentences(hits)
    values = _of_first_places(words, hits, sentence) * _weights(words, hits, sentence)
    scores = _summed(values, sentence, _marks().of(cut))
    for number in {*_phrased(words).tolist()}.intersection(sentence.tolist()):
        scores[number] = compound(sentences[number])
    return scores


def _of_first_places(words: Answered, hits: np.ndarray, sentence: np.ndarray) -> np.ndarray:
    """The value of each hit: that of the first place of the same word in the sentence."""
    same = sentence * len(words.table["text"]) + words.row[hits]
    _, first, back = np.unique(same, return_index=True, return_inverse=True)
    return _values(words, hits[first], sentence[first])[back]


def _values(words: Answered, hits: np.ndarray, sentence: np.ndarray) -> np.ndarray:
    """The value of each hit, changed by capitals, adverbs, negations and "least" around it."""
    place = hits - words.starts[sentence]
    mixed = _mixed(words)[sentence]
    near = {back: hits - np.minimum(back, place) for back in (0, 1, 2, 3)}
    value = words.at(hits, "value")
    shouts = words.at(hits, "shouts") & mixed
    value = value + np.where(shouts, _away_from_zero(value, Constants.C_INCR), 0.0)
    for back in (1, 2, 3):
        boost = words.at(near[back], "boost")
        boosts = np.where(value < 0, -boost, boost)
        shouts = (boost != 0) & words.at(near[back], "shouts") & mixed
        boosts += np.where(shouts, _away_from_zero(value, Constants.C_INCR), 0.0)
        turned = np.where(words.at(near[back], "negates"), Constants.N_SCALAR, 1.0)
        if back in NEVER_SO:
            turned = np.where(_never_so(words, near, back), NEVER_SO[back], turned)
        heeded = (place >= back) & ~words.at(near[back], "known")
        value = np.where(heeded, (value + boosts * FADING[back]) * turned, value)
    least = (place >= 1) & words.at(near[1], "is_least") & ~words.at(near[1], "known")
    least &= (place < 2) | ~words.at(near[2], "excuses_least")
    return np.where(least, value * Constants.N_SCALAR, value)


def _mixed(words: Answered) -> np.ndarray:
    """Whether some words of a sentence shout, but not all."""
    starts, ends = words.starts[:-1], words.starts[1:]
    n_shouting = count_between(words.where("shouts"), starts, ends)
    return (n_shouting > 0) & (n_shouting < ends - starts)


def _away_from_zero(value: np.ndarray, step: float) -> np.ndarray:
    return np.where(value > 0, step, -step)


def _never_so(words: Answered, near: dict[int, np.ndarray], back: int) -> np.ndarray:
    """ "never so", or three words back a mere "so" just before: see `vader`."""
    never_so = words.at(near[back], "is_never") & words.at(near[back - 1], "is_so")
    return never_so | words.at(near[1], "is_so") if back == 3 else never_so


def _weights(words: Answered, hits: np.ndarray, sentence: np.ndarray) -> np.ndarray:
    """Less before the first "but" of the sentence, more after it."""
    buts = words.where("is_but")[::-1]
    first = np.full(len(words), -1)
    first[words.sentences(buts)] = buts  # from behind, so the first is written last
    but = first[sentence]
    return np.select([but < 0, hits < but, hits > but], [1.0, BEFORE_BUT, AFTER_BUT], 1.0)


def _phrased(words: Answered) -> np.ndarray:
    """The sentences in which a phrase may begin."""
    rarer = words.where("is_rarer")
    before, after = np.maximum(rarer - 1, 0), np.minimum(rarer + 1, len(words.row) - 1)
    ended = words.at(before, "begins") & words.at(rarer, "follows")
    begun = words.at(rarer, "begins") & words.at(after, "follows")
    return words.sentences(rarer[(ended | begun) != 0])


def _summed(values: np.ndarray, sentence: np.ndarray, chunks: Answered) -> np.ndarray:
    """The compound score of each sentence from the values in it."""
    total = _totals(values, sentence, len(chunks))
    marks, questions = _counted(chunks, "exclaims"), _counted(chunks, "asks")
    for number in np.flatnonzero(((marks > 0) | (questions > 1)) & (total != 0)):
        total[number] += np.copysign(emphasis(marks[number], questions[number]), total[number])
    return _rounded(total / np.sqrt(total * total + ALPHA))


def _counted(chunks: Answered, marks: str) -> np.ndarray:
    """How many of the marks each sentence holds."""
    places = chunks.where(marks)
    return np.bincount(chunks.sentences(places), chunks.at(places, marks), len(chunks)).astype(int)


def _totals(values: np.ndarray, sentence: np.ndarray, n: int) -> np.ndarray:
    """What `sum` gives: from Python 3.12 on, it carries the error of three or more along."""
    total = sums(sentence, values, n)
    ends = np.cumsum(np.bincount(sentence, minlength=n))
    many = np.flatnonzero(np.diff(ends, prepend=0) > 2)
    each = values.tolist()
    total[many] = [
        sum(each[first:end])
        for first, end in zip(np.append(0, ends)[many].tolist(), ends[many].tolist(), strict=True)
    ]
    return total


def _rounded(scores: np.ndarray) -> np.ndarray:
    scaled = scores * 10.0**DIGITS
    rounded = np.rint(scaled) / 10.0**DIGITS
    halves = np.abs(scaled - np.floor(scaled) - 0.5) < NEAR_A_HALF
    rounded[halves] = [round(score, DIGITS) for score in scores[halves].tolist()]
    return rounded
