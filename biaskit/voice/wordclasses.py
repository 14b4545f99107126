"""
Which grammatical classes does each word of a sentence belong to?

The voice rules look at words and marks in order and ask of each only whether it is a
determiner, an auxiliary, a cue, a comma ... The classes stand in `en.toml` (grammar) and
come as bits; `Classes` works them out once for each distinct token.

When the answer is wrong: classes go by form alone, so "can" is an auxiliary on a shelf too.
"""

from dataclasses import dataclass

from biaskit.voice.cues import Cue, cues

__all__ = ["QUOTATIONS", "Classes", "Sentence"]

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
SEPARATORS = frozenset((",", ";", "—", "–", "―"))
FULL_STOPS = frozenset(".!?")

# The tokens that stand for a whole quotation, by two signs: it begins with a small letter, and so
# goes on with the sentence (The mill, he said, “will close”); a comma inside its marks (or "!" or
# "?") ends the clause (“I see,” promised the owner).
QUOTATIONS = ('"', '"…', '",', '"…,')
ALONE, RESUMED = frozenset(QUOTATIONS[::2]), frozenset(QUOTATIONS[1::2])
ENDING = frozenset(QUOTATIONS[2:])


@dataclass(slots=True)
class Sentence:
    """
    One sentence: its lower-cased words and marks with their classes, where its final stop
    stands, and the tokens that may be cues.
    """

    words: list[str]
    flags: list[int]
    end: int
    triggers: list[int]

    def up_to(self, end: int) -> "Sentence":
        """The same sentence for rules that look no further than token `end`."""
        return Sentence(self.words, self.flags, end, self.triggers)

    def after(self, k: int) -> "Sentence":
        """The same sentence for rules that look for cues after token `k` only."""
        return Sentence(self.words, self.flags, self.end, [x for x in self.triggers if x > k])


class Classes:
    """The words and marks met so far by number: lower-cased, and their classes as bits."""

    def __init__(self) -> None:
        known = cues()
        self.words: list[str] = []
        self.flags: list[int] = []
        self._distinct: dict[int, int] = {}
        self._pronouns = known.grammar["pronoun"]
        self._of: dict[str, int] = {}
        for bit, words in [
            *((bit, known.grammar[name]) for bit, name in zip(GRAMMATICAL, GRAMMAR, strict=True)),
            (CUE, set(known.verbs) | {form for form, _ in known.phrasal}),
            (ASIDE, [form for form, cue in known.verbs.items() if _may_be_aside(cue)]),
            (NOUN, known.nouns),
            (ADJECTIVE, known.adjectives),
            (HEDGE, known.hedges),
            (PHRASE, known.phrases),
            (SEPARATOR, SEPARATORS),
            (QUOTE, QUOTATIONS),
        ]:
            for word in words:
                self._of[word] = self._of.get(word, 0) | bit

    def add(self, token: str) -> None:
        """Give the next number to a token."""
        low = token.lower().replace("’", "'")
        flags = self._of.get(low, 0)
        if "'" in low and low.partition("'")[0] in self._pronouns:
            flags |= PRONOUN  # they're, she'd
        if low.endswith("ly") and token[0].islower():
            flags |= AUXILIARY  # "has repeatedly said", but not Italy
        flags |= (CAPITAL if token[0].isupper() else 0) | (WORD if token[0].isalnum() else 0)
        if flags & (SEPARATOR | QUOTE | SUBORDINATOR) or low in {"and", "but"}:
            flags |= TURN
        # One object for what is equal: these are read so often that memory is what takes time.
        self.flags.append(self._distinct.setdefault(flags, flags))
        self.words.append(token if low == token else low)


def _may_be_aside(cue: Cue) -> bool:
    return bool(cue.frames & {"aside", "quoted"}) and cue.form != "ing"
