"""
What are TextBlob's polarity and subjectivity of thousands of sentences?

The rules of `blob`, as steps over arrays. Chunks are cut and looked up once per distinct chunk;
known words, the adverbs merged with them and the negations before them are array steps. What
is rare goes to `blob` itself: sentences in which "!", an emoticon, "really not" or a chunk of two
known words stands beside a known word, or in which two chunks may join into an emoticon.

Equal to `blob`, whatever sentences share a batch; a test compares them and the library.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from textblob import _text as pattern
from textblob.en import sentiment as scorer

from biaskit.sentiment.blob import (
    CACHED,
    EDGES,
    HEADS,
    JOINTS,
    LONGEST_EMOTICON,
    QUOTES,
    TURNED,
    Piece,
    cut,
    joined,
    piece_of,
    polarity_and_subjectivity,
)
from biaskit.sentiment.chunks import Answered, Answers, Cut, count_between, sums
from biaskit.sentiment.libraries import pattern_entries

__all__ = ["polarities_and_subjectivities"]

# Any word that no rule knows and that is no part of an emoticon is treated alike, so one stands
# for all. With their marks they are most chunks.
STAND_IN = "unheardof"
MARKS = EDGES + "".join(map(chr, QUOTES))
POSSESSIVE = ("'s", "’s")

# As the first byte of a head: of chunks that must never be judged by themselves. No text in UTF-8
# holds it.
ANY = 255


class Asked(NamedTuple):
    """What the rules ask of a chunk."""

    polarity: float = 0.0
    subjectivity: float = 0.0
    intensity: float = 1.0
    counts: bool = False
    modifies: bool = False
    negates: bool = False
    ends_negation: bool = True
    ends_adverb: bool = True
    odd: bool = False  # to be judged by `blob`, if the sentence has a known word
    head: int = 0  # first byte of its first piece, where that may end an emoticon


UNKNOWN = Asked()


@lru_cache(maxsize=1)
def _answers() -> Answers:
    special = {*pattern_entries(), *scorer.negations, pattern.EOS.lower()}

    def ask(chunk: str) -> Asked:
        core = chunk.lstrip(MARKS).rstrip(MARKS + ".")
        if core.endswith(POSSESSIVE):
            core = core[:-2]
        if core.lower() in special or not _is_plain(core):
            return _row(chunk)
        return UNKNOWN if core == chunk else of_stand_in(chunk.replace(core, STAND_IN, 1))

    of_stand_in = lru_cache(maxsize=CACHED)(_row)
    return Answers(ask, UNKNOWN)


def _is_plain(core: str) -> bool:
    """Whether it is one word, too long for what it may be part of: no emoticon has "abc"."""
    if core.isalnum():
        return len(core) > 2
    return len(core) > LONGEST_EMOTICON and core.replace("-", "").isalnum()


def _row(chunk: str) -> Asked:
    raw = cut(chunk)
    pieces = [piece_of(word) for word in joined(raw)]
    known = [piece for piece in pieces if piece.known]
    others = [piece for piece in pieces if not piece.known]
    first = known[0] if known else Piece()
    negates = any(piece.negates for piece in others)
    ends_negation = any(piece.ends_negation for piece in others)
    ends_adverb = any(piece.ends_adverb for piece in others)
    mood = any(piece.mood is not None for piece in pieces)
    return Asked(
        *(first.known or UNKNOWN[:3]),
        counts=bool(known) or mood,
        modifies=first.modifies,
        negates=negates,
        ends_negation=ends_negation,
        ends_adverb=ends_adverb,
        odd=mood
        or any(piece.exclaims for piece in pieces)
        or len(known) + negates > 1
        or ((bool(known) or negates) and ends_negation)
        or first.negates,
        head=_head(raw),
    )


def _head(raw: Sequence[str]) -> int:
    if not raw or pattern.EOS in raw:  # without a piece, its neighbours stand side by side
        return ANY
    return raw[0].encode()[0] if raw[0] in HEADS else 0


@lru_cache(maxsize=1)
def _joining() -> np.ndarray:
    """Which last byte of a chunk may join with which first byte of the next one's head."""
    joining = np.zeros((256, 256), bool)
    for last, first in JOINTS:
        joining[last.encode()[-1], first.encode()[0]] = True
    joining[:, ANY] = True
    return joining


def polarities_and_subjectivities(
    sentences: Sequence[str], cut: Cut
) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays, one number per sentence; `cut` are the same sentences."""
    words = _answers().of(cut)
    hits, nots = words.where("counts"), words.where("negates")
    sentence = words.sentences(hits)
    by_hand = np.zeros(len(sentences), bool)
    by_hand[words.sentences(words.where("odd"))] = True
    by_hand[words.sentences(_really_not(words, hits, nots))] = True
    by_hand &= np.bincount(sentence, minlength=len(sentences)) > 0
    by_hand[_may_join(words, cut)] = True
    easy = ~by_hand[sentence]
    scores = _means(words, hits[easy], sentence[easy], nots)
    for number in np.flatnonzero(by_hand).tolist():
        for column, score in zip(scores, polarity_and_subjectivity(sentences[number]), strict=True):
            column[number] = score
    return scores


def _really_not(words: Answered, hits: np.ndarray, nots: np.ndarray) -> np.ndarray:
    """Where a negation stands just behind an adverb, but for short words between them."""
    before = np.searchsorted(hits, nots) - 1
    nots, adverbs = nots[before >= 0], hits[before[before >= 0]]
    modifies = words.at(adverbs, "modifies")
    nots, adverbs = nots[modifies], adverbs[modifies]
    return nots[_not_ended(words, "ends_adverb", adverbs, nots)]


def _not_ended(words: Answered, ends: str, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Whether no chunk between two places ends what began at the first."""
    return count_between(words.where(ends), first + 1, last) == 0


def _may_join(words: Answered, cut: Cut) -> np.ndarray:
    """The sentences in which two chunks may join into an emoticon."""
    heads = words.where("head")
    if not len(heads):
        return heads
    before = (cut.kinds[kind] for kind in cut.kind[heads - 1].tolist())
    last = [chunk.encode("utf-8", "surrogatepass")[-1] for chunk in before]
    return words.sentences(heads[_joining()[last, words.at(heads, "head")]])


def _means(
    words: Answered, hits: np.ndarray, sentence: np.ndarray, nots: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The mean scores of each sentence over its known words, adverbs merged with what follows."""
    follows = np.append(False, sentence[1:] == sentence[:-1])[: len(hits)]
    since = np.where(follows, np.roll(hits, 1) + 1, words.starts[sentence])
    negated = _negated(words, hits, nots, since)
    intensity = words.at(hits, "intensity")
    intensity = np.where(negated, 1.0 / intensity, intensity)
    merged = follows[1:] & words.at(hits[:-1], "modifies")
    merged[merged] = _not_ended(words, "ends_adverb", hits[:-1][merged], hits[1:][merged])
    last = np.append(~merged, True)[: len(hits)]  # an adverb itself is used up
    turned = np.bincount(np.cumsum(last) - last, negated, np.sum(last)) > 0
    means = []
    for measure, factor in (("polarity", np.where(turned, TURNED, 1.0)), ("subjectivity", 1.0)):
        score = words.at(hits, measure)
        strengthened = np.clip(score[1:] * intensity[:-1], -1.0, 1.0)
        score[1:] = np.where(merged, strengthened, score[1:])
        means.append(sums(sentence[last], score[last] * factor, len(words)))
    n = np.maximum(np.bincount(sentence[last], minlength=len(words)), 1)
    return means[0] / n, means[1] / n


def _negated(words: Answered, hits: np.ndarray, nots: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Whether a negation stands before each hit and after the one before, not ended between."""
    if not len(nots):
        return np.zeros(len(hits), bool)
    last = nots[np.searchsorted(nots, hits) - 1]
    negated = (last >= since) & (last < hits)
    negated[negated] = _not_ended(words, "ends_negation", last[negated], hits[negated])
    return negated
