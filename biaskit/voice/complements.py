"""
What does a cue verb introduce, and from which word on?

"She told the council on Friday that ..." and "the council urged her to ..." differ in where
their content begins. Each of the smaller functions here tries one construction after the cue
that ends before token `e`, and returns the first token of the content, or -1. `complement`
tries those that the cue's frames allow (`en.toml`), clauses before phrases, and says which one
it is and whose voice the content is in: `reported` for what is said or thought, `attributed` for
the object of a wish, a request or an attitude.

When the answer is wrong: "that" may point at something ("he said that man lied"), and a
relative clause may stand between the cue and its own "that".
"""

from biaskit.voice.clauses import after_adjunct, is_pointer, starts_clause
from biaskit.voice.cues import Cue, cues
from biaskit.voice.subjects import CONTRACTED, hearer, source
from biaskit.voice.wordclasses import (
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    OBJECT_PRONOUN,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTATIONS,
    QUOTE,
    RELATIVE,
    SEPARATOR,
    SUBORDINATOR,
    TIME,
    VERB,
    WORD,
    Sentence,
)  # fmt: skip

__all__ = ["complement", "has_verb"]

# Tokens: to a colon, and to a comma behind which no clause has its verb.
NEAR = 8
SHORTEST_CLAUSE = 3  # of a bare clause that nothing marks as one
NOTHING = (-1, "", "")


def complement(s: Sentence, k: int, e: int, cue: Cue, use: str) -> tuple[int, str, str]:
    """First token of what the cue at `k` introduces, its voice, and the rule that found it."""
    if use == "passive":
        return _passive(s, e, cue)
    found = _reported(s, k, e, cue)
    return found if found[0] >= 0 else _attributed(s, e, cue)


def _reported(s: Sentence, k: int, e: int, cue: Cue) -> tuple[int, str, str]:
    frames = cue.frames
    if "person" in frames and (i := _person(s, e)) >= 0:
        return i, "reported", "person"
    if cue.lemma == "ask" and (i := _asked_of(s, e)) >= 0:
        return i, "reported", "question"
    if "that" in frames and (i := _that(s, e)) >= 0:
        return i, "reported", "that"
    if cue.form != "base" and (i := _quoted(s, e, frames)) >= 0:
        return i, "reported", "colon"
    if "question" in frames and (i := after_adjunct(s, e)) < s.end:
        if s.flags[i] & QUESTION and s.words[i - 1] != "," and s.words[i] not in {"when", "where"}:
            return i, "reported", "question"
        if s.words[i] == ":" and cue.form != "base":
            return i + 1, "reported", "colon"
    bare = "bare" in frames
    if (bare or "clause" in frames) and (i := _clause(s, e, bare=bare)) >= 0:
        # “I see,” the owner said [at his desk]: after a quotation less is content
        told = not _follows_quotation(s, k) or has_verb(s, i + 1, s.end)
        return (i, "reported", "clause") if told else NOTHING
    if bare and e < s.end and s.flags[e] & (VERB | AUXILIARY) and _is_relative(s, k):
        return e, "reported", "relative"
    return NOTHING


def _attributed(s: Sentence, e: int, cue: Cue) -> tuple[int, str, str]:
    frames, following = cue.frames, s.words[e] if e < s.end else ""
    if "to" in frames and following == "to":
        return e, "attributed", "to"
    if following in cue.prepositions:
        return e + 1, "attributed", "preposition"
    if e + 1 < s.end and s.flags[e] & (TIME | AUXILIARY) and s.words[e + 1] in cue.prepositions:
        return e + 2, "attributed", "preposition"  # argued again for
    if "person_to" in frames and cue.lemma != "call" and (i := _person_to(s, e)) >= 0:
        # told the owner [to close it], but urged [the owner to close it]
        return i if "person" in frames else e, "reported", "person to"
    if cue.lemma == "accuse" and "of" in s.words[e : e + 9]:
        return e, "attributed", "preposition"
    for frame, function in (("as", _likened), ("name", _named), ("object", _object)):
        if frame in frames and (i := function(s, e)) >= 0:
            return i, "attributed", frame
    return NOTHING


def _passive(s: Sentence, e: int, cue: Cue) -> tuple[int, str, str]:
    """was asked [about the mill], is expected [to close], was accused [of theft]"""
    following = s.words[e] if e < s.end else ""
    if "question" in cue.frames:
        i = after_adjunct(s, e)
        if i < s.end and (s.flags[i] & QUESTION or s.words[i] == "about"):
            return i + (s.words[i] == "about"), "reported", "question"
    if "person" in cue.frames and (following == "that" or cue.lemma == "tell"):
        return e, "reported", "passive"
    if following == "to" and "passive_to" in cue.frames:
        return e, "attributed", "passive"
    if "passive_name" in cue.frames and following in AFTER_NAMED:
        return e, "attributed", "passive"
    if following == "that" and "that" in cue.frames:
        return e, "reported", "passive"
    if following == "as" and "as" in cue.frames:
        return e + 1, "attributed", "as"
    return NOTHING


AFTER_NAMED = frozenset(("as", "of", "about", "a", "the", "for", "whether", "if", *QUOTATIONS))


def _is_relative(s: Sentence, k: int) -> bool:
    """Whether the cue's clause belongs to a relative: the plan that critics say [is dear]."""
    named = source(s, k)
    if not named:
        return False
    return bool((named[0] and s.flags[named[0] - 1] & RELATIVE) or s.flags[named[0]] & RELATIVE)


def _quoted(s: Sentence, e: int, frames: frozenset[str]) -> int:
    """wrote back to the owner: ["I see"] - shouted ["I see"]"""
    if "quoted" in frames:
        i = e + (s.words[e : e + 1] == [","])
        if i < s.end and s.flags[i] & QUOTE:
            return i
    if not frames & {"quoted", "question"}:
        return -1
    for x in range(e, min(e + NEAR, s.end - 1)):
        if s.words[x] == ":":
            return x + 1 if s.flags[x + 1] & QUOTE else -1
        if s.flags[x] & (VERB | QUOTE | SEPARATOR):
            return -1
    return -1


def _that(s: Sentence, e: int, reach: int = 12) -> int:
    for x in range(e, min(s.end, e + reach)):
        if s.words[x] == "that" and not is_pointer(s, x):
            if x == e:
                return x + 1
            comma = "," in {s.words[e], s.words[x - 1]}
            plain = comma or s.flags[e] & (PREPOSITION | TIME | AUXILIARY)
            return x + 1 if plain and not s.flags[x - 1] & PREPOSITION else -1
        if s.flags[x] & VERB or s.words[x] in {";", ":"}:
            return -1
    return -1


def _person(s: Sentence, e: int) -> int:
    j = hearer(s, e)
    if j < 0 or j >= s.end:
        return -1
    if (that := _that(s, j, 10)) >= 0:
        return that
    if s.words[j] in {"how", "what", "why", "whether", "to"}:
        return j
    if s.words[j] in {"about", "of"}:
        return j + 1
    after = after_adjunct(s, j)
    return after if after < s.end and starts_clause(s, after) else -1


def _asked_of(s: Sentence, e: int) -> int:
    """asked the owner [whether ...], asked her about [...]"""
    j = hearer(s, e)
    i = after_adjunct(s, j) if 0 <= j < s.end else s.end
    if i >= s.end or s.words[i - 1] == ",":
        return -1
    return i + 1 if s.words[i] == "about" else i if s.flags[i] & QUESTION else -1


def _follows_quotation(s: Sentence, k: int) -> bool:
    named = source(s, k)
    return bool(named and named[0] and s.flags[named[0] - 1] & QUOTE)


def _clause(s: Sentence, e: int, *, bare: bool) -> int:
    """said [rain had ruined it]; verbs that take objects too need a clause with a verb"""
    i = after_adjunct(s, e)
    if i >= s.end or s.words[i] in cues().grammar["no_content"]:
        return -1
    if s.words[e] == "," and i == e + 1:
        if s.words[i].endswith("ing"):
            return -1  # he said, raising his hands
        if s.words[e - 1].endswith("ing") and not s.flags[i] & QUOTE:
            return -1  # with half of the towns reporting, the union led
    if not starts_clause(s, i):
        plain = s.flags[i] & WORD and not s.flags[i] & (
            PREPOSITION | AUXILIARY | TIME | CONJUNCTION
        )
        return i if bare and plain and s.end - i > SHORTEST_CLAUSE else -1
    if bare or s.flags[i] & QUOTE:
        return i
    if s.flags[i] & (PREPOSITION | SUBORDINATOR):
        return -1
    near = i + (0 if s.words[e - 1].endswith("ing") else NEAR)
    return i if has_verb(s, i + 1, i + 16, near) else -1


def has_verb(s: Sentence, first: int, last: int, near: int = 0) -> bool:
    """
    Whether a verb stands there before any comma that comes after token `near`, and before
    another clause: not in "the car [that was sold]".
    """
    for x in range(first, min(last, s.end)):
        if s.flags[x] & (RELATIVE | SUBORDINATOR | QUESTION):
            return False
        if s.flags[x] & VERB or s.words[x].endswith(CONTRACTED):
            return True
        if s.flags[x] & SEPARATOR and x > near:
            return False
    return False


def _person_to(s: Sentence, e: int) -> int:
    for x in range(e, min(s.end - 1, e + 11)):
        if s.words[x] in {",", ";", ":"} or s.flags[x] & QUOTE:
            return -1
        if s.words[x] == "to" and x > e:
            following = s.flags[x + 1]
            if following & WORD and not following & (DETERMINER | CAPITAL):
                return x
    return -1


def _likened(s: Sentence, e: int) -> int:
    for x in range(e + 1, min(s.end - 1, e + 12)):
        if s.words[x] == "as":
            return -1 if s.flags[x + 1] & PRONOUN or s.words[x + 1] == "well" else e
        if s.flags[x] & (SEPARATOR | VERB | CONJUNCTION):
            return -1
    return -1


def _named(s: Sentence, e: int) -> int:
    if e >= s.end or s.words[e] in {"for", "on", "upon", "in", "to", "out", "off"}:
        return -1
    if s.flags[e] & (QUOTE | OBJECT_PRONOUN):
        return e
    for x in range(e + 1, min(s.end, e + 12)):
        if s.flags[x] & QUOTE:
            return e
        if s.words[x] in {"a", "an", "the"} and not s.flags[x - 1] & PREPOSITION:
            return e
        if s.flags[x] & (SEPARATOR | VERB | CONJUNCTION):
            return -1
    return -1


QUANTITIES = frozenset("only no that how few little more most both two".split())
NO_OBJECT = PREPOSITION | AUXILIARY | TIME | CONJUNCTION | VERB | RELATIVE | SUBORDINATOR | QUESTION


def _object(s: Sentence, e: int) -> int:
    """rejected [further cuts]: any word that may begin a noun phrase"""
    if e >= s.end:
        return -1
    flags, word = s.flags[e], s.words[e]
    if flags & (DETERMINER | CAPITAL | QUOTE | OBJECT_PRONOUN) or word in QUANTITIES:
        return e
    plain = flags & WORD and not flags & NO_OBJECT and not word.endswith(("ly", "ed"))
    return e if plain else -1
