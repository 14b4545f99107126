"""
What is VADER's compound score of a sentence, rule by rule?

VADER adds up the values of the words its lexicon knows. A value is changed by the three words
before it: adverbs strengthen or weaken it, negations turn it, capitals shout it, and a few
idioms replace it. Then "but" shifts the weight to what follows, and "!" and "?" add emphasis.

This is the readable account of what NLTK computes, and equal to it to the last digit. Some
rules are surely slips, and kept: a word that comes twice is judged both times by the
surroundings of its first place; idioms are looked for only from the fourth word on; "so" or
"this" just before a word strengthens it as if "never" stood before; and a neighbour that is
itself in the lexicon changes nothing, neither as adverb nor as negation.
"""

import math
import string
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nltk.sentiment.vader import VaderConstants as Constants

from biaskit.sentiment.libraries import analyser

__all__ = ["PHRASES", "Word", "compound", "emphasis", "word_of"]

# Numbers that NLTK has inside its functions (sentiment_valence, _never_check, _amplify_ep,
# _amplify_qm, normalize): a booster two or three words back counts less.
FADING = {1: 1.0, 2: 0.95, 3: 0.9}
NEVER_SO = {2: 1.5, 3: 1.25}
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
PER_EXCLAMATION, MOST_EXCLAMATIONS = 0.292, 4
PER_QUESTION, FEW_QUESTIONS, MANY_QUESTIONS = 0.18, 3, 0.96
ALPHA = 15

BIGRAM_BOOSTERS = frozenset(phrase for phrase in Constants.BOOSTER_DICT if " " in phrase)
PHRASES = (*Constants.SPECIAL_CASE_IDIOMS, *BIGRAM_BOOSTERS)

NO_PUNCTUATION = str.maketrans("", "", string.punctuation)

# Words kept in memory, some 20 MB. Which ones are kept changes no number.
CACHED = 65_536


class Word(NamedTuple):
    """All that VADER asks of one word by itself."""

    text: str
    lower: str
    value: float | None
    boost: float
    negates: bool
    shouts: bool

    @property
    def counts(self) -> bool:
        """Whether its value is added up: an adverb of degree only changes other words."""
        return self.value is not None and self.lower not in Constants.BOOSTER_DICT


@lru_cache(maxsize=CACHED)
def word_of(chunk: str) -> Word:
    """The word in a chunk of two characters or more."""
    text = _bare(chunk)
    lower = text.lower()
    return Word(
        text,
        lower,
        analyser().lexicon.get(lower),
        Constants.BOOSTER_DICT.get(lower, 0.0),
        lower in Constants.NEGATE or "n't" in lower,
        text.isupper(),
    )


def _bare(chunk: str) -> str:
    """
    The chunk without the mark at its one end.

    Only a mark that VADER lists, and only if no other punctuation is in the chunk: `"good.`
    and `well-known,` stay as they are.
    """
    inner = chunk.translate(NO_PUNCTUATION)
    if 1 < len(inner) < len(chunk):
        if chunk.endswith(inner) and chunk.removesuffix(inner) in Constants.PUNC_LIST:
            return inner
        if chunk.startswith(inner) and chunk.removeprefix(inner) in Constants.PUNC_LIST:
            return inner
    return chunk


def compound(sentence: str) -> float:
    """VADER's compound score, from -1 to 1; 0.0 where the lexicon knows no word."""
    words = [word_of(chunk) for chunk in sentence.split() if len(chunk) > 1]
    total = float(sum(_weighed(words, _values(words))))
    if total:
        total += math.copysign(emphasis(sentence.count("!"), sentence.count("?")), total)
    return round(total / math.sqrt(total * total + ALPHA), 4)


def emphasis(exclamations: int, questions: int) -> float:
    """What the marks of a sentence add to the sum of its values, away from zero."""
    added = min(exclamations, MOST_EXCLAMATIONS) * PER_EXCLAMATION
    if questions > FEW_QUESTIONS:
        return added + MANY_QUESTIONS
    return added + (questions * PER_QUESTION if questions > 1 else 0)


def _values(words: Sequence[Word]) -> dict[int, float]:
    """The value of each word that counts, by place."""
    counting = [place for place, word in enumerate(words) if word.counts]
    if not counting:
        return {}
    first: dict[str, int] = {}
    for place, word in enumerate(words):
        first.setdefault(word.text, place)
    mixed = 0 < sum(word.shouts for word in words) < len(words)
    return {place: _value(words, first[words[place].text], mixed) for place in counting}


def _weighed(words: Sequence[Word], values: dict[int, float]) -> list[float]:
    """The values, less before the first "but" and more after it."""
    but = next((place for place, word in enumerate(words) if word.lower == "but"), None)
    if but is None:
        return [*values.values()]
    weights = {place: BEFORE_BUT if place < but else AFTER_BUT for place in values if place != but}
    return [value * weights.get(place, 1) for place, value in values.items()]


def _value(words: Sequence[Word], place: int, mixed: bool) -> float:
    """The value of the word at a place; `mixed`: some words shout, but not all."""
    word = words[place]
    value = word.value or 0.0
    if word.lower == "kind" and [after.lower for after in words[place + 1 : place + 2]] == ["of"]:
        return 0
    if word.shouts and mixed:
        value += Constants.C_INCR if value > 0 else -Constants.C_INCR
    for back in range(1, min(place, 3) + 1):
        near = words[place - back]
        if near.value is None:
            value += _boost(near, value, mixed) * FADING[back]
            value *= _turn(words, place, back)
            if back == 3:
                value = _in_phrases(words, place, value)
    return value * _least(words, place)


def _boost(near: Word, value: float, mixed: bool) -> float:
    """What an adverb of degree adds to a value, away from zero if it strengthens."""
    if not near.boost:
        return 0.0
    boost = -near.boost if value < 0 else near.boost
    if near.shouts and mixed:
        boost += Constants.C_INCR if value > 0 else -Constants.C_INCR
    return boost


def _turn(words: Sequence[Word], place: int, back: int) -> float:
    """What the word some places back multiplies a value by, if it negates or is "never so"."""
    texts = [word.text for word in words[place - back : place]]
    so = {"so", "this"}
    if back == 2 and texts[0] == "never" and texts[1] in so:
        return NEVER_SO[2]
    if back == 3 and ((texts[0] == "never" and texts[1] in so) or texts[2] in so):
        return NEVER_SO[3]
    return Constants.N_SCALAR if words[place - back].negates else 1


def _in_phrases(words: Sequence[Word], place: int, value: float) -> float:
    """The value of an idiom around the fourth word or a later one, in place of the word's own."""
    idioms = Constants.SPECIAL_CASE_IDIOMS
    third, second, first, word = (near.text for near in words[place - 3 : place + 1])
    before = (
        f"{first} {word}",
        f"{second} {first} {word}",
        f"{second} {first}",
        f"{third} {second} {first}",
        f"{third} {second}",
    )
    value = next((idioms[phrase] for phrase in before if phrase in idioms), value)
    for end in (place + 2, place + 3):
        if end <= len(words):
            value = idioms.get(" ".join(near.text for near in words[place:end]), value)
    if {f"{third} {second}", f"{second} {first}"} & BIGRAM_BOOSTERS:
        value += Constants.B_DECR
    return value


def _least(words: Sequence[Word], place: int) -> float:
    """What "least" just before a word multiplies its value by, but for "at least", "very least"."""
    if not place or words[place - 1].lower != "least" or words[place - 1].value is not None:
        return 1
    excused = place > 1 and words[place - 2].lower in ("at", "very")
    return 1 if excused else Constants.N_SCALAR
