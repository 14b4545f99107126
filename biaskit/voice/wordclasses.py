"""
Which grammatical classes does each word of a sentence belong to?

The voice rules look at words and marks in order and ask of each only whether it is a
determiner, an auxiliary, a cue, a comma ... The classes stand in `cues/en.toml` (grammar) and
come as bits, worked out once for each distinct token, so that most sentences are passed over
without a second look.

When the answer is wrong: classes go by form alone, so "can" is an auxiliary on a shelf too.
"""

from functools import lru_cache
from typing import NamedTuple

from biaskit.voice.cues import cues

__all__ = ["QUOTED", "Sentence", "flags_of", "forms_of"]

GRAMMAR = (
    "determiner", "demonstrative", "pronoun", "object_pronoun", "auxiliary", "be", "modal",
    "preposition", "conjunction", "plural", "question", "clause_opener", "verb", "time", "occasion",
    "noun_like", "relative", "subordinator", "turning_back", "taking_the_floor",
)  # fmt: skip
(
    DETERMINER, DEMONSTRATIVE, PRONOUN, OBJECT_PRONOUN, AUXILIARY, BE, MODAL, PREPOSITION,
    CONJUNCTION, PLURAL, QUESTION, CLAUSE_OPENER, VERB, TIME, OCCASION, NOUN_LIKE, RELATIVE,
    SUBORDINATOR, TURNING_BACK, TAKING_THE_FLOOR, CUE, NOUN, ADJECTIVE, HEDGE, PHRASE, SEPARATOR,
    QUOTE, WORD, CAPITAL, TURN,
) = (1 << n for n in range(30))  # fmt: skip
TRIGGER = CUE | NOUN | ADJECTIVE | HEDGE | PHRASE
SEPARATORS = frozenset((",", ";", "—", "–"))

# So that memory stays flat however long the corpus: about 30 MB of types.
MOST_TYPES = 200_000
QUOTED = '"'  # the token that stands for a whole quotation


class Sentence(NamedTuple):
    """
    One sentence: parallel lists over its tokens, where its final stop stands, and the tokens
    that may be cues.
    """

    words: list[str]
    low: list[str]
    flags: list[int]
    starts: list[int]
    ends: list[int]
    end: int
    triggers: list[int]


class _Types(dict):
    """Classes of each distinct token, worked out when it is first seen."""

    def __init__(self) -> None:
        super().__init__()
        known = cues()
        self.low: dict[str, str] = {}
        self.classes = [(1 << n, known.grammar[name]) for n, name in enumerate(GRAMMAR)] + [
            (CUE, frozenset(known.verbs) | {form for form, _ in known.phrasal}),
            (NOUN, frozenset(known.nouns)),
            (ADJECTIVE, frozenset(known.adjectives)),
            (HEDGE, frozenset(known.hedges)),
            (PHRASE, frozenset(known.phrases)),
            (SEPARATOR, SEPARATORS),
            (QUOTE, frozenset((QUOTED,))),
        ]

    def __missing__(self, token: str) -> int:
        low = token.lower().replace("’", "'")
        flags = sum(bit for bit, words in self.classes if low in words)
        stem, apostrophe, _ = low.partition("'")
        if apostrophe and stem in self.classes[2][1]:
            flags |= PRONOUN  # they're, she'd
        if low.endswith("ly") and token[0].islower():
            flags |= AUXILIARY  # "has repeatedly said", but not Italy
        flags |= (CAPITAL if token[0].isupper() else 0) | (WORD if token[0].isalnum() else 0)
        if flags & (SEPARATOR | QUOTE | SUBORDINATOR) or low in {"and", "but"}:
            flags |= TURN
        self.low[token] = low
        self[token] = flags
        return flags


@lru_cache(maxsize=1)
def _types() -> _Types:
    return _Types()


def flags_of(words: list[str]) -> list[int]:
    """Classes of each token."""
    types = _types()
    if len(types) > MOST_TYPES:
        types.clear()
        types.low.clear()
    return list(map(types.__getitem__, words))


def forms_of(words: list[str]) -> list[str]:
    """Lower-cased form of each token; `flags_of` must have seen them last."""
    return list(map(_types().low.__getitem__, words))
