"""
Which grammatical classes does each word of a sentence belong to?

The voice rules look at words and marks in order and ask of each only whether it is a
determiner, an auxiliary, a cue, a comma ... The classes stand in `cues/en.toml` (grammar) and
come as bits, worked out once for each distinct token, so that most sentences are passed over
without a second look.

When the answer is wrong: classes go by form alone, so "can" is an auxiliary on a shelf too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from sys import intern

from biaskit.voice.cues import Cue, cues
from biaskit.voice.quotations import Quotation

__all__ = ["QUOTED", "Sentence", "sentence_of", "token_starts"]

# The rarest class comes last: numbers of more than 30 bits are slower.
GRAMMAR = (
    "determiner", "demonstrative", "pronoun", "object_pronoun", "auxiliary", "be", "modal",
    "preposition", "conjunction", "plural", "question", "clause_opener", "verb", "time",
    "noun_like", "relative", "subordinator", "turning_back", "taking_the_floor", "occasion",
)  # fmt: skip
(
    CUE, ASIDE, NOUN, ADJECTIVE, HEDGE, PHRASE, SEPARATOR, QUOTE, WORD, CAPITAL, TURN, *GRAMMATICAL,
) = (1 << n for n in range(11 + len(GRAMMAR)))  # fmt: skip
(
    DETERMINER, DEMONSTRATIVE, PRONOUN, OBJECT_PRONOUN, AUXILIARY, BE, MODAL, PREPOSITION,
    CONJUNCTION, PLURAL, QUESTION, CLAUSE_OPENER, VERB, TIME, NOUN_LIKE, RELATIVE, SUBORDINATOR,
    TURNING_BACK, TAKING_THE_FLOOR, OCCASION,
) = GRAMMATICAL  # fmt: skip
TRIGGER = CUE | NOUN | ADJECTIVE | HEDGE | PHRASE
SEPARATORS = frozenset((",", ";", "—", "–"))
FULL_STOPS = frozenset(".!?")

# A word with its inner hyphens, apostrophes and full stops (so-called, U.S, 1,000), or a mark:
# around a cue, commas matter as much as words. Counting uses tokens.token_spans.
WORD_OR_MARK = re.compile(r"\w+(?:[.'’&-]\w+|(?<=\d)[,:]\d+)*|[^\w\s]")

# So that memory stays flat however long the corpus: about 30 MB of types.
MOST_TYPES = 200_000
LONGEST_CHUNK = 60
QUOTED = '"'  # the token that stands for a whole quotation


@dataclass(slots=True)
class Sentence:
    """
    One sentence: parallel lists over its tokens, where its final stop stands, and the tokens
    that may be cues.
    """

    words: list[str]
    low: list[str]
    flags: list[int]
    end: int
    triggers: list[int]

    def up_to(self, end: int) -> "Sentence":
        """The same sentence for rules that look no further than token `end`."""
        return Sentence(self.words, self.low, self.flags, end, self.triggers)


class _Types(dict):
    """Classes of each distinct token, worked out when it is first seen."""

    def __init__(self) -> None:
        super().__init__()
        known = cues()
        self.low: dict[str, str] = {}
        self.distinct: dict[int, int] = {}
        self.pronouns = known.grammar["pronoun"]
        self.classes: dict[str, int] = {}
        for bit, words in [
            *((bit, known.grammar[name]) for bit, name in zip(GRAMMATICAL, GRAMMAR, strict=True)),
            (CUE, set(known.verbs) | {form for form, _ in known.phrasal}),
            (ASIDE, [form for form, cue in known.verbs.items() if _may_be_aside(cue)]),
            (NOUN, known.nouns),
            (ADJECTIVE, known.adjectives),
            (HEDGE, known.hedges),
            (PHRASE, known.phrases),
            (SEPARATOR, SEPARATORS),
            (QUOTE, (QUOTED,)),
        ]:
            for word in words:
                self.classes[word] = self.classes.get(word, 0) | bit

    def __missing__(self, token: str) -> int:
        low = token.lower().replace("’", "'")
        flags = self.classes.get(low, 0)
        stem, apostrophe, _ = low.partition("'")
        if apostrophe and stem in self.pronouns:
            flags |= PRONOUN  # they're, she'd
        if low.endswith("ly") and token[0].islower():
            flags |= AUXILIARY  # "has repeatedly said", but not Italy
        flags |= (CAPITAL if token[0].isupper() else 0) | (WORD if token[0].isalnum() else 0)
        if flags & (SEPARATOR | QUOTE | SUBORDINATOR) or low in {"and", "but"}:
            flags |= TURN
        # One object for what is equal: these are read so often that memory is what takes time.
        flags = self.distinct.setdefault(flags, flags)
        self.low[token] = token if low == token else low
        self[token] = flags
        return flags


def _may_be_aside(cue: Cue) -> bool:
    return "aside" in cue.frames and cue.form != "ing"


class _Chunks(dict):
    """
    The tokens of each stretch between two spaces, found when it is first seen; `cold` are those
    that are known to hold no cue.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cold: set[str] = set()

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        tokens = tuple(map(intern, WORD_OR_MARK.findall(chunk)))
        if len(chunk) <= LONGEST_CHUNK:
            self[chunk] = tokens
        return tokens


@lru_cache(maxsize=1)
def _seen() -> tuple[_Chunks, _Types]:
    return _Chunks(), _Types()


def sentence_of(
    text: str, start: int, end: int, quotations: Sequence[Quotation] = ()
) -> Sentence | None:
    """The sentence by its tokens, or None where no word of it may be a cue."""
    seen, types = _seen()
    if len(seen) > MOST_TYPES or len(types) > MOST_TYPES:
        seen.clear()
        seen.cold.clear()
        types.clear()
        types.low.clear()
    chunks = _with_quotations_as_words(text, start, end, quotations).split(" ")
    if seen.cold.issuperset(chunks):
        return None
    words = list(chain.from_iterable(map(seen.__getitem__, chunks)))
    flags = list(map(types.__getitem__, words))
    triggers = [k for k, flag in enumerate(flags) if flag & TRIGGER]
    if not triggers:
        seen.cold.update(seen.keys() & chunks)
        return None
    low = list(map(types.low.__getitem__, words))
    end = len(words)
    while end and words[end - 1] in FULL_STOPS:
        end -= 1
    return Sentence(words, low, flags, end, triggers)


def _with_quotations_as_words(
    text: str, start: int, end: int, quotations: Sequence[Quotation]
) -> str:
    if not quotations:
        return text[start:end]
    pieces = []
    for q in quotations:
        pieces.append(text[start : q.start])
        start = q.end
    pieces.append(text[start:end])
    return f" {QUOTED} ".join(pieces)


def token_starts(
    text: str, start: int, words: list[str], quotations: Sequence[Quotation]
) -> list[int]:
    """Where the tokens stand in the text, sought only where a sentence has something to report."""
    starts, at, left = [], start, list(quotations[::-1])
    for word in words:
        if word == QUOTED and left and not text[at : left[-1].start].strip():
            starts.append(left[-1].start)
            at = left.pop().end
        else:
            starts.append(at := text.find(word, at))
            at += len(word)
    return starts
