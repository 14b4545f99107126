"""
Whose words are these: the outlet's own, or somebody else's?
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import pandas as pd

from biaskit.cues import Cue, cues
from biaskit.quotations import find_quotations, is_title_of_a_work, opens_with_mark
from biaskit.tokens import sentence_spans

__all__ = ["Span", "tag_voice", "voice_spans"]

# Words with inner hyphens, apostrophes and full stops in one piece (so-called, U.S, 1,000),
# and every mark by itself: the rules look at commas as much as at words.
WORD_OR_MARK = re.compile(r"([^\W_]+(?:[.'’&-][^\W_]+|(?<=\d)[,:]\d+)*|[^\w\s])")

FLAGS = (
    "determiner", "demonstrative", "pronoun", "object_pronoun", "auxiliary", "be", "modal",
    "preposition", "conjunction", "plural", "question", "clause_opener", "verb", "time",
    "occasion", "noun_like", "cue", "noun", "adjective", "hedge", "phrase", "separator", "capital", "quote", "word",
)  # fmt: skip
(
    DETERMINER, DEMONSTRATIVE, PRONOUN, OBJECT_PRONOUN, AUXILIARY, BE, MODAL, PREPOSITION,
    CONJUNCTION, PLURAL, QUESTION, CLAUSE_OPENER, VERB, TIME, OCCASION, NOUN_LIKE, CUE, NOUN, ADJECTIVE, HEDGE, PHRASE,
    SEPARATOR, CAPITAL, QUOTE, WORD,
) = (1 << n for n in range(len(FLAGS)))  # fmt: skip
TRIGGER = CUE | NOUN | ADJECTIVE | HEDGE | PHRASE
SEPARATORS = frozenset((",", ";", "—", "–", "--"))
STOPS = frozenset(".!?")
TRIMMED = frozenset((",", ":", ";", "—", "–", "-"))
PLURAL_ENDS = ("ds", "ts", "rs", "ls", "es", "ns", "ks", "ps", "gs", "ms")
QUOTED = '"'  # the token that stands for a whole quotation


class Span(NamedTuple):
    start: int
    end: int
    voice: str
    scare: bool
    cue: str | None
    stance: str | None
    speaker: str | None
    rule: str


class Sentence(NamedTuple):
    words: list[str]
    low: list[str]
    flags: list[int]
    starts: list[int]
    ends: list[int]
    end: int


class Found(NamedTuple):
    """Content by token positions, with its cue and the tokens that name its source."""

    first: int
    last: int
    voice: str
    cue: str
    stance: str
    source: tuple[int, int] | None
    rule: str


class _Types(dict):
    """Lower-cased form and flags of each distinct token, worked out at first sight."""

    def __init__(self) -> None:
        super().__init__()
        lexicon = cues()
        self.sets = [(1 << n, lexicon.grammar[name]) for n, name in enumerate(FLAGS[:16])]
        self.sets += [
            (CUE, frozenset(lexicon.verbs) | {form for form, _ in lexicon.phrasal}),
            (NOUN, frozenset(lexicon.nouns)),
            (ADJECTIVE, frozenset(lexicon.adjectives)),
            (HEDGE, frozenset(lexicon.hedges)),
            (PHRASE, frozenset(_anchors())),
            (SEPARATOR, SEPARATORS),
        ]

    def __missing__(self, token: str) -> tuple[str, int]:
        low = token.lower().replace("’", "'")
        flags = sum(bit for bit, words in self.sets if low in words)
        stem, apostrophe, _ = low.partition("'")
        if apostrophe and any(stem in words for bit, words in self.sets if bit == PRONOUN):
            flags |= PRONOUN
        if low.endswith("ly"):
            flags |= AUXILIARY
        if token[0].isupper():
            flags |= CAPITAL
        if token[0].isalnum():
            flags |= WORD
        self[token] = low, flags
        return low, flags


@lru_cache(maxsize=1)
def _types() -> _Types:
    return _Types()


@lru_cache(maxsize=1)
def _anchors() -> dict[str, list[tuple[list[str], int, str]]]:
    """Longest word of each phrase, with the phrase, the word's place in it and the stance."""
    found: dict[str, list[tuple[list[str], int, str]]] = {}
    for phrase, stance in cues().phrases.items():
        words = phrase.split()
        at = max(range(len(words)), key=lambda n: len(words[n]))
        found.setdefault(words[at], []).append((words, at, stance))
    return found


# ---- around a cue


def _subject_end(s: Sentence, k: int) -> int:
    j = k - 1
    while j >= 0 and s.flags[j] & AUXILIARY:
        j -= 1
    return j


def _use(s: Sentence, k: int, form: str) -> str:
    """How the form at `k` is used: finite, participle, ... or "" if it is no cue at all."""
    j = _subject_end(s, k)
    before = s.flags[j] if j >= 0 else 0
    word = s.words[j] if j >= 0 else ""
    aux = 0
    for x in range(j + 1, k):
        aux |= s.flags[x]
    to = "to" in s.low[j + 1 : k]
    if form == "ing":
        return _participle_use(word, before, aux)
    if s.low[j] == "united" and s.low[k] == "states":
        return ""
    if not word or before & QUOTE:
        return "inverted" if form in {"past", "s"} else ""
    if word == ",":
        return "finite" if form in {"past", "s"} or aux else ""
    if before & DETERMINER and not before & DEMONSTRATIVE:
        return ""
    if to:
        return "infinitive"
    if before & PREPOSITION:
        return ""
    if before & CONJUNCTION:
        plain = form == "base" and s.low[j] in {"and", "or", "but"}
        return "finite" if form in {"past", "s"} or plain else ""
    if aux & BE and form in {"past", "participle"}:
        return "passive"
    if s.flags[k] & NOUN_LIKE and form in {"s", "base"} and not (
        before & (PRONOUN | PLURAL) or before & CAPITAL and form == "s" or aux & (MODAL | AUXILIARY)
        or form == "base" and s.low[j].endswith("s") and k + 1 < s.end
        and (s.flags[k + 1] & (DETERMINER | PRONOUN | CAPITAL | QUESTION) or s.low[k + 1] == "that")
    ):
        return ""
    if form == "base":
        plural = s.low[j].endswith("s") and not s.low[j].endswith("ss")
        return "finite" if aux & MODAL or before & (PRONOUN | PLURAL) or plural or word == "%" else ""
    if form == "s":
        single = before & WORD and not s.low[j].endswith(PLURAL_ENDS)
        return "finite" if before & (CAPITAL | PRONOUN) or single or word == ")" else ""
    if form == "participle" and not aux & AUXILIARY:
        return ""
    return "finite" if before & WORD or word == ")" else ""


def _participle_use(word: str, before: int, aux: int) -> str:
    if not word or word in {",", "—", "–"}:
        pass
    elif before & (PREPOSITION | DETERMINER):
        if word.lower() not in {"by", "in", "of", "for", "from", "without"}:
            return ""
    elif not before & WORD:
        return ""
    return "progressive" if aux & BE else "participle"


def _after_adjunct(s: Sentence, i: int) -> int:
    """Skip time and place between cue and content: said [on Tuesday in a letter] rain ..."""
    while i < s.end:
        at = i + 1 if s.words[i] == "," else i
        if at >= s.end:
            return i
        if s.flags[at] & TIME and s.low[at] not in {"this", "that"}:
            i = at + 1
        elif s.flags[at] & PREPOSITION and (after := _occasion(s, at + 1)):
            i = after
        else:
            return i + 1 if s.words[i] == "," and at > i else i
    return i


def _occasion(s: Sentence, i: int) -> int:
    """End of "a joint statement to the Courier on Friday" that begins at `i`, or 0."""
    for x in range(i, min(i + 5, s.end)):
        if s.flags[x] & (OCCASION | TIME) or s.words[x].isdigit():
            x += 1
            while x + 1 < s.end and s.flags[x] & PREPOSITION:
                y = x + 2 if s.low[x + 1] == "the" else x + 1
                if y >= s.end or not s.flags[y] & (CAPITAL | TIME):
                    break
                while y < s.end and s.flags[y] & (CAPITAL | TIME):
                    y += 1
                x = y
            return x
        if not s.flags[x] & WORD or s.flags[x] & (PRONOUN | VERB | CONJUNCTION):
            return 0
    return 0


LEAVING = frozenset(
    """but though although while whereas which who despite prompting drawing sparking adding
    saying noting calling citing arguing claiming suggesting telling referring""".split()
)
PHRASE_ENDS = frozenset(
    "because when while although though after before if since unless despite but".split()
)
FINITE = frozenset("has have had was were is are".split())
NEXT_SPEECH = frozenset(
    """said added told noted warned insisted described called argued suggested accused urged vowed
    promised denied claimed stressed""".split()
)


def _content_end(s: Sentence, i: int) -> int:
    """End of the content that begins at `i`: where the sentence turns back to the outlet."""
    low = s.low
    for x in range(i + 2, s.end):
        word = low[x]
        if word == ";":
            return x
        if s.flags[x] & (SEPARATOR | QUOTE) and x + 1 < s.end:
            following = low[x + 1]
            if following in LEAVING or (
                following == "and" and x + 2 < s.end and low[x + 2] in FINITE
            ):
                return x
            if following in {"and", "but"} and _speaks_soon(s, x + 2):
                return x
        if word in {"and", "but", ","} and x + 1 < s.end:
            y = x + 2 if low[x + 1] in {"also", "later", "then", "he", "she", "they"} else x + 1
            if y < s.end and low[y] in NEXT_SPEECH:
                return x
    return s.end


def _speaks_soon(s: Sentence, i: int) -> bool:
    """Whether somebody else takes the floor: ..., and [four in ten voters] said ..."""
    for x in range(i, min(i + 9, s.end)):
        if s.low[x] in NEXT_SPEECH:
            return True
        if s.flags[x] & (SEPARATOR | QUOTE | VERB | CONJUNCTION):
            return False
    return False


def _phrase_end(s: Sentence, i: int) -> int:
    """End of the noun phrase that begins at `i`, with the clauses that belong to it."""
    relative = False
    for x in range(i + 1, s.end):
        word, flags = s.low[x], s.flags[x]
        if word in PHRASE_ENDS:
            return x
        if flags & SEPARATOR and x > i:
            return x
        if word in {"that", "who", "whose", "which", "how", "what", "whether", "why"}:
            relative = True
        elif flags & VERB and word not in {"not", "be"} and not relative:
            if s.flags[x - 1] & CONJUNCTION:
                x -= 1
            return x
        elif flags & TIME and (flags & CAPITAL or word in {"last", "earlier", "recently"}):
            return x - 1 if s.flags[x - 1] & PREPOSITION else x
    return s.end


def _starts_clause(s: Sentence, i: int) -> bool:
    if s.flags[i] & VERB and not s.flags[i] & CAPITAL:
        return False
    return bool(
        s.flags[i] & (CAPITAL | QUOTE | DETERMINER | PRONOUN | CLAUSE_OPENER)
        or s.words[i][0].isdigit()
        or s.words[i] == "$"
        or s.low[i].endswith(("s", "ing"))
    )


# ---- complements: what follows a cue. Each returns the first token of the content, or -1.


def _that(s: Sentence, e: int, reach: int = 12) -> int:
    """claimed [on Friday in a letter] that ...: only time, place and hearer stand before."""
    for x in range(e, min(s.end, e + reach)):
        if s.low[x] == "that":
            if x == e or x == _after_adjunct(s, e):
                return x + 1
            plain = s.flags[e] & (PREPOSITION | TIME | AUXILIARY) or s.words[e] == ","
            return x + 1 if plain and not s.flags[x - 1] & PREPOSITION else -1
        if s.words[x] in {";", ":"} or s.flags[x] & (QUOTE | VERB):
            return -1
        if s.words[x] == "," and x > e + 7:
            return -1
    return -1


def _hearer(s: Sentence, e: int) -> int:
    """End of the person told: told [the council] ..., or -1."""
    j = e
    if j >= s.end:
        return -1
    if s.flags[j] & OBJECT_PRONOUN:
        j += 1
    elif s.flags[j] & (DETERMINER | CAPITAL):
        j += bool(s.flags[j] & DETERMINER)
        first = j
        while j < s.end and (
            (s.flags[j] & CAPITAL and not s.flags[j] & PRONOUN)
            or s.words[j] == "&"
            or (
                j <= first + 1
                and s.words[j].isalpha()
                and not s.flags[j] & (PRONOUN | DETERMINER | PREPOSITION)
            )
        ):
            j += 1
    elif s.words[j].isalpha() and not s.flags[j] & (PRONOUN | CONJUNCTION):
        j += 1
    return j if j > e else -1


def _person(s: Sentence, e: int) -> int:
    """told [the council on Friday] ..."""
    j = _hearer(s, e)
    if j < 0 or j >= s.end:
        return -1
    after = _after_adjunct(s, j)
    that = _that(s, j, 10)
    if that >= 0:
        return that
    if s.low[j] in {"how", "what", "why", "whether", "to"}:
        return j
    if s.low[j] in {"about", "of"}:
        return j + 1
    return after if after < s.end and _starts_clause(s, after) else -1


def _clause(s: Sentence, e: int, bare: bool) -> int:
    i = _after_adjunct(s, e)
    if i >= s.end or not _starts_clause(s, i):
        return -1
    if s.words[e] == "," and i == e + 1 and s.low[i].endswith("ing"):
        return -1
    if s.low[i] in {"to", "by", "for", "as", "with", "of", "and", "about"}:
        return -1
    if s.low[i] in {"in", "on", "at", "after", "before", "since", "while", "when", "with", "under"} and not bare:
        return -1
    if bare or s.flags[i] & QUOTE:
        return i
    for x in range(i + 1, min(i + 16, s.end)):
        if s.flags[x] & VERB or s.low[x].endswith(("ed", "n't", "'s", "'re", "'d", "'ll", "'ve")):
            return i
        if s.flags[x] & SEPARATOR and x > i + 8:
            return -1
    return -1


def _person_to(s: Sentence, e: int) -> int:
    for x in range(e, min(s.end, e + 11)):
        if s.words[x] in {",", ";", ":"} or s.flags[x] & QUOTE:
            return -1
        if s.low[x] == "to" and x > e and x + 1 < s.end:
            following = s.flags[x + 1]
            if following & WORD and not following & (DETERMINER | CAPITAL):
                return x
    return -1


def _object(s: Sentence, e: int) -> int:
    if e >= s.end:
        return -1
    if s.low[e] in {"only", "no", "that", "how", "few", "little", "more", "most", "both", "two"}:
        return e
    if s.flags[e] & (DETERMINER | CAPITAL | QUOTE | OBJECT_PRONOUN) or s.low[e].endswith(
        ("s", "ing", "tion", "ment")
    ):
        return e
    return -1


def _likened(s: Sentence, e: int) -> int:
    """sees [the plan as a gamble]"""
    for x in range(e + 1, min(s.end - 1, e + 12)):
        if s.low[x] == "as":
            return e if not s.flags[x + 1] & PRONOUN and s.low[x + 1] != "well" else -1
        if s.flags[x] & (SEPARATOR | VERB | CONJUNCTION):
            return -1
    return -1


def _named(s: Sentence, e: int) -> int:
    """called [the plan a gamble]"""
    if e + 1 >= s.end or s.low[e] in {"for", "on", "upon", "in", "to", "out", "off"}:
        return -1
    if s.flags[e] & QUOTE:
        return e
    for x in range(e + 1, min(s.end, e + 12)):
        if s.flags[x] & QUOTE or (s.low[x] in {"a", "an", "the"} and not s.flags[x - 1] & PREPOSITION and x > e):
            return e
        if s.flags[x] & (SEPARATOR | VERB | CONJUNCTION):
            return -1
    return e if s.flags[e] & OBJECT_PRONOUN else -1


def _seeming(s: Sentence, limit: int) -> Iterator[Found]:
    """[the plan] seems [to work]"""
    verbs = cues().verbs
    for k in range(1, min(s.end, limit) - 1):
        if s.flags[k] & CUE and s.low[k] in verbs and "seem" in verbs[s.low[k]].frames:
            following = s.low[k + 1]
            if following not in {"to", "like", "that", "as"} and not following.endswith(("ly", "ed", "ing", "y", "t", "e")) or following in {"at", "the"}:
                continue
            cue, j = verbs[s.low[k]], _subject_end(s, k)
            first = j
            while first >= 0 and not (s.flags[first] & (SEPARATOR | CONJUNCTION | QUOTE) or s.low[first] in {"that", "which", "who"}):
                first -= 1
            last = _content_end(s, k + 1)
            yield Found(k + 1, min(last, limit), "attributed", s.low[k], cue.stance, None, "seem")
            if first + 1 <= j:
                yield Found(first + 1, j + 1, "attributed", s.low[k], cue.stance, None, "seem")


def _adjectives(s: Sentence, limit: int) -> Iterator[Found]:
    adjectives = cues().adjectives
    for k in range(1, min(s.end, limit) - 1):
        if s.flags[k] & ADJECTIVE and s.low[k + 1] in adjectives[s.low[k]][0]:
            following = s.low[k + 1]
            first = k + 1 if following == "to" else k + 2
            last = _content_end(s, first) if following in {"that", "to"} else _phrase_end(s, first)
            yield Found(first, min(last, limit), "attributed", s.low[k], adjectives[s.low[k]][1], _source(s, k), "adjective")


def _complement(s: Sentence, k: int, e: int, cue: Cue, use: str) -> tuple[int, str, str]:
    """First token of what the cue at `k` introduces, with its voice and rule."""
    frames, following = cue.frames, s.low[e] if e < s.end else ""
    if use == "passive":
        return _passive(s, e, cue, following)
    if "person" in frames and (i := _person(s, e)) >= 0:
        return i, "reported", "person"
    if "that" in frames:
        if (i := _that(s, e)) >= 0:
            return i, "reported", "that"
        i = _after_adjunct(s, e)
        if i < s.end and s.flags[i] & QUESTION and s.words[i - 1] != "," and s.low[i] not in {"when", "where"}:
            return i, "reported", "question"
        if i < s.end and s.words[i] == ":" and cue.form != "base":
            return i + 1, "reported", "colon"
    if ("clause" in frames or "bare" in frames) and (i := _clause(s, e, "bare" in frames)) >= 0:
        return i, "reported", "clause"
    if "bare" in frames and e < s.end and s.flags[e] & (VERB | AUXILIARY) and (source := _source(s, k)):
        if source[0] and s.low[source[0] - 1] in {"what", "which", "that", "who"} or s.low[source[0]] in {"what", "which", "that", "who"}:
            return e, "reported", "relative"
    if "to" in frames and following == "to" and use != "participle":
        return e, "attributed", "to"
    if "person_to" in frames and (i := _person_to(s, e)) >= 0:
        if cue.lemma != "call" or following in {"on", "for", "upon"}:
            return i, "reported", "person to"
    if following in cue.prepositions:
        return e + 1, "attributed", "preposition"
    if "as" in frames and (i := _likened(s, e)) >= 0:
        return i, "attributed", "as"
    if "name" in frames and (i := _named(s, e)) >= 0:
        return i, "attributed", "name"
    if cue.lemma == "accuse" and "of" in s.low[e : e + 9]:
        return e, "attributed", "preposition"
    if "object" in frames and (i := _object(s, e)) >= 0:
        return i, "attributed", "object"
    return -1, "", ""


def _passive(s: Sentence, e: int, cue: Cue, following: str) -> tuple[int, str, str]:
    if "question" in cue.frames:
        i = _after_adjunct(s, e)
        if i < s.end and (s.flags[i] & QUESTION or s.low[i] == "about"):
            return i + (s.low[i] == "about"), "reported", "question"
    if "person" in cue.frames and (following == "that" or cue.lemma == "tell"):
        return e, "reported", "passive"
    if following == "to" and "passive_to" in cue.frames:
        return e, "attributed", "passive"
    if "passive_name" in cue.frames and (
        following in {"as", "of", "about", "a", "the", "for", "whether", "if", QUOTED}
    ):
        return e, "attributed", "passive"
    if following == "that" and "that" in cue.frames:
        return e, "reported", "passive"
    return -1, "", ""


def _cue_verbs(s: Sentence, limit: int) -> Iterator[Found]:
    lexicon, done = cues(), -1
    s = s._replace(end=min(s.end, limit))
    for k in range(s.end):
        if not s.flags[k] & CUE or k < done:
            continue
        e = k + 1
        cue = lexicon.phrasal.get((s.low[k], s.low[e] if e < s.end else ""))
        if cue:
            e += 1
        else:
            cue = lexicon.verbs.get(s.low[k])
        if not cue:
            continue
        use = _use(s, k, cue.form)
        if not use and cue.form == "base" and "bare" in cue.frames and not s.flags[k - 1] & DETERMINER:
            use = "finite" if k and s.flags[k - 1] & WORD else ""
        if s.low[k] == "asked" and (k == 0 or s.low[k - 1] in {"when", ",", "if"}):
            use = "passive"
        if not use or use == "inverted":
            continue
        i, voice, rule = _complement(s, k, e, cue, use)
        if i < 0 or i >= s.end:
            continue
        phrase = rule in {"object", "preposition", "as", "name"}
        last = _phrase_end(s, i) if phrase else _content_end(s, i)
        if rule == "question" and use == "passive":
            last = next((x for x in range(i, last) if s.words[x] == ","), last)
        yield Found(i, last, voice, s.low[k], cue.stance, _source(s, k), rule)
        done = last if voice == "reported" else i


def _source(s: Sentence, k: int) -> tuple[int, int] | None:
    j = _subject_end(s, k)
    first = j
    while first >= 0 and j - first < 9:
        if s.flags[first] & (QUOTE | CONJUNCTION) or not (
            s.flags[first] & WORD or s.words[first] in {"$", "."}
        ):
            break
        first -= 1
    return (first + 1, j + 1) if j > first else None


# ---- around the content: "according to", and speech after its content


def _according_to(s: Sentence) -> tuple[list[Found], int]:
    found, limit = [], s.end
    for k in range(s.end):
        if not s.flags[k] & PHRASE:
            continue
        for words, at, stance in _anchors()[s.low[k]]:
            first = k - at
            if first >= 0 and s.low[first : first + len(words)] == words:
                break
        else:
            continue
        after = first + len(words)
        name = " ".join(words)
        comma = _comma_after_source(s, after)
        if first == 0 or (first < 3 and s.flags[0] & CONJUNCTION):
            if comma < s.end:
                found.append(
                    Found(comma + 1, s.end, "reported", name, stance, (after, comma), "according")
                )
        elif s.flags[first - 1] & SEPARATOR or first > 4:
            limit = min(limit, first)
            source = (after, min(comma, s.end))
            found.append(Found(0, first, "reported", name, stance, source, "according"))
            if comma - after <= 8 and s.words[first - 1] == "," and comma + 1 < s.end:
                if s.low[comma + 1] not in {"a", "an", "the", "which", "who", "and"}:
                    found.append(
                        Found(comma + 1, s.end, "reported", name, stance, source, "according")
                    )
        if found:
            return found, limit
    return found, limit


def _comma_after_source(s: Sentence, i: int) -> int:
    while True:
        try:
            comma = s.words.index(",", i, s.end)
        except ValueError:
            return s.end
        following = s.low[comma + 1] if comma + 1 < s.end else ""
        if following in {"a", "an", "who", "which", "whose", "the"} and (
            "," in s.words[comma + 1 : comma + 13]
        ):
            i = comma + 1
        else:
            return comma


NO_SOURCE_START = frozenset(
    """and but who which as while that when because where if though although since after before
    with or""".split()
)
INVERTING = frozenset(
    """said says added wrote asked explained noted argued warned declared tweeted recalled
    continued replied writes concluded insisted joked""".split()
)


def _aside(s: Sentence) -> tuple[list[Found], int]:
    """CONTENT, the mayor said. - CONTENT, said the mayor. - CONTENT, she said, CONTENT"""
    verbs = cues().verbs
    for k in range(s.end - 1, 0, -1):
        if not s.flags[k] & CUE:
            continue
        cue = verbs.get(s.low[k])
        if not cue or cue.form == "ing" or "aside" not in cue.frames:
            continue
        left = next(
            (
                x
                for x in range(k - 1, max(k - 15, -1), -1)
                if s.flags[x] & (SEPARATOR | QUOTE) or s.words[x] in {"?", "!"}
            ),
            -1,
        )
        right = next((x for x in range(k + 1, s.end) if s.flags[x] & SEPARATOR), s.end)
        interrupts = right + 1 < s.end and s.flags[right + 1] & VERB
        if left < 0 or not (interrupts or _is_said(s, 0, left + 1)):
            continue
        if left + 1 == k:
            if s.low[k] not in INVERTING or not _is_inverted(s, k):
                continue
            source = (k + 1, right)
        else:
            if not _is_source(s, left, k) or not _ends_aside(s, k, right, cue):
                continue
            source = (left + 1, _subject_end(s, k) + 1)
        found = [Found(0, left + 1, "reported", s.low[k], cue.stance, source, "aside")]
        if right == s.end:
            return found, left
        if right - k <= 7 and left + 1 < k and s.words[right] in {",", "—", "–"} and _resumes(s, right + 1):
            found.append(Found(right + 1, s.end, "reported", s.low[k], cue.stance, source, "aside"))
        return found, s.end
    return [], s.end


def _is_said(s: Sentence, first: int, last: int) -> bool:
    """Whether these tokens can be what somebody said: a quotation or a clause with a verb."""
    return any(
        s.flags[x] & (QUOTE | VERB | CUE) or s.low[x].endswith(("ed", "n't", "'s", "'re", "'ll"))
        for x in range(first, last)
    )


def _ends_aside(s: Sentence, k: int, right: int, cue: Cue) -> bool:
    """Whether nothing but time, place and hearer follows the cue, so that content came before."""
    after = k + 1
    if cue.lemma == "tell":
        after = _hearer(s, after)
        if after < 0:
            return False
    rest = _after_adjunct(s, after)
    if any(s.flags[x] & QUESTION or s.low[x] == "that" or s.words[x] == ":" for x in range(after, min(right, k + 9))):
        return False
    if rest >= right:
        return True
    if s.flags[rest] & (QUOTE | PRONOUN | DETERMINER | CAPITAL) or s.low[rest] == "to":
        return False
    if s.flags[rest] & PREPOSITION or s.low[rest] in {"as", "when", "while", "after", "before"}:
        return right - rest < 22
    return right - rest <= 3


def _resumes(s: Sentence, i: int) -> bool:
    return i < s.end and not (
        s.low[i] in LEAVING or s.low[i] in {"a", "an", "the", "according", "before", "after", "as", "with", "his", "her", "when", "in", "at", "on", "who"}
        or s.low[i].endswith("ing")
    )


def _is_source(s: Sentence, left: int, k: int) -> bool:
    first, last = left + 1, k - 1
    if s.low[first] == "as" and first < last:
        first += 1
    if s.low[first] in NO_SOURCE_START or s.flags[first] & (PREPOSITION | TIME):
        return False
    if s.flags[last] & PREPOSITION or "that" in s.low[first:k]:
        return False
    return _use(s, k, cues().verbs[s.low[k]].form) == "finite"


def _is_inverted(s: Sentence, k: int) -> bool:
    first = k + 1
    if first >= s.end or s.flags[first] & TIME or "that" in s.low[first : first + 12]:
        return False
    if not (
        (s.flags[first] & CAPITAL and not s.flags[first] & PRONOUN)
        or s.flags[first] & DETERMINER
        or s.low[first] in {"one", "former", "senior", "longtime"}
    ):
        return False
    z = first
    while z < s.end and (
        s.flags[z] & (CAPITAL | DETERMINER)
        or s.low[z] in {"of", ".", "for", "and"}
        or (z < k + 4 and s.words[z].isalpha() and not s.flags[z] & VERB)
    ):
        z += 1
    if z < s.end and (s.flags[z] & VERB or (s.low[z].endswith(("ed", "'s")) and z > first)):
        return False
    return not s.low[first].endswith("'s")


def _nouns(s: Sentence, limit: int) -> Iterator[Found]:
    nouns = cues().nouns
    for k in range(min(s.end, limit) - 1):
        if s.flags[k] & NOUN and s.low[k + 1] in nouns[s.low[k]][0]:
            following = s.low[k + 1]
            if following == "that" and k + 2 < s.end and (s.flags[k + 2] & (VERB | AUXILIARY) or s.low[k + 2].endswith("ed")):
                continue  # a relative clause: "a plan that was rejected"
            first = k + 1 if following in {"that", "to"} else k + 2
            last = _content_end(s, first)
            if following != "that":
                last = _phrase_end(s, first)
            yield Found(first, min(last, limit), "attributed", s.low[k], nouns[s.low[k]][1], None, "noun")


def _hedges(s: Sentence) -> Iterator[Found]:
    for k in range(s.end - 1):
        if s.flags[k] & HEDGE:
            last = next(
                (x for x in range(k + 2, s.end) if not s.flags[x] & WORD or s.flags[x] & (VERB | PREPOSITION | CONJUNCTION)), s.end)
            yield Found(k + 1, last, "attributed", s.low[k], cues().hedges[s.low[k]], None, "hedge")


def _survey(s: Sentence) -> list[Found]:
    """In the latest poll, [four in ten want a bridge]"""
    if s.low[0] in {"in", "among"}:
        comma = next((x for x in range(2, min(s.end - 1, 14)) if s.words[x] == ","), 0)
        if comma and any(w in {"poll", "survey", "polls", "surveys"} for w in s.low[1:comma]):
            return [Found(comma + 1, s.end, "reported", "in", "neutral", (1, comma), "survey")]
    return []


def _sentence(s: Sentence) -> list[Found]:
    found, limit = _according_to(s)
    found += _survey(s)
    if not found:
        found, limit = _aside(s)
    found += _cue_verbs(s, limit)
    found += _nouns(s, limit)
    found += _adjectives(s, limit)
    found += _seeming(s, limit)
    found += _hedges(s)
    return found


# ---- paragraphs

TRANSCRIPT = re.compile(
    r"\s*((?:[A-Z][A-Z.'’\-]+(?:\s+[A-Z][A-Z.'’\-]+){0,3}|Q|A)(?:\s*\([^)]*\))?)\s?:\s+(?=\S)"
)
HEADLINE = re.compile(r"\s*([A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]*|of|the|and|for)){0,5}):\s+(?=\S)")
DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’\-]+[ ,]*){1,4}[^—–\n-]{0,40}?\([A-Z][\w. ]*\)\s*[—–-]+\s*"
    r"|\s*(?:[A-Z][A-Z.'’\-]+(?:, | )?){1,3}(?:[A-Z][a-z]+\.? ?)?\s?[—–-]{1,2}\s"
)


def _tokens(text: str, start: int, end: int, quotes: list) -> tuple[list, list, list, list]:
    parts = WORD_OR_MARK.split(text[start:end])
    edges = list(accumulate(map(len, parts), initial=start))
    words, starts, ends = parts[1::2], edges[1:-1:2], edges[2::2]
    for q in reversed(quotes):
        a, b = bisect_left(starts, q.start), bisect_left(starts, q.end)
        words[a:b], starts[a:b], ends[a:b] = [QUOTED], [q.start], [q.end]
    types = _types()
    flags = [types[word][1] for word in words]
    for q in quotes:
        flags[bisect_left(starts, q.start)] = QUOTE
    return words, starts, ends, flags


def _sentences(text: str, start: int, end: int, quotes: list) -> Iterator[Sentence]:
    words, starts, ends, flags = _tokens(text, start, end, quotes)
    union = 0
    for f in flags:
        union |= f
    if not union & TRIGGER:
        return
    types = _types()
    dateline = DATELINE.match(text, start, end)
    spans: list[tuple[int, int]] = []
    for a, b in sentence_spans(text, start, end):
        if spans and any(q.start < a - 1 and a < q.end for q in quotes):
            spans[-1] = spans[-1][0], b
        elif spans and text[a].islower():
            spans[-1] = spans[-1][0], b
        else:
            spans.append((a, b))
    for a, b in spans:
        if dateline and a < dateline.end() < b:
            a = dateline.end()
        i, j = bisect_left(starts, a), bisect_left(starts, b)
        part = words[i:j]
        union = 0
        for f in flags[i:j]:
            union |= f
        if not union & TRIGGER:
            continue
        n = len(part)
        while n and part[n - 1] in STOPS:
            n -= 1
        yield Sentence(part, [types[w][0] for w in part], flags[i:j], starts[i:j], ends[i:j], n)


SPEECH_BEFORE = re.compile(
    r"(?:said|says|asked|replied|responded|wrote|tweeted|answered|chanted|shouted)\W*$"
)
SPEECH_AFTER = re.compile(r"\s*[—,]?\s*(?:he|she|they|[A-Z]\w+)? ?(?:said|says|wrote|asked|replied)\b")


def _is_scare(text: str, q, start: int, end: int) -> bool:
    n = len(text[q.start : q.end].split())
    inner = text[q.start : q.end].rstrip("'”\"’ ")
    if n > 4:
        return False
    if inner[-1:] in ",.!?" and n > 2:
        return False
    if SPEECH_AFTER.match(text, q.end, end):
        return False
    return not (n <= 2 and SPEECH_BEFORE.search(text, start, q.start))


def _paragraph(text: str, start: int, end: int, zone: str, runs_on: bool) -> list[Span]:
    quotes = find_quotations(text, start, end, runs_on=runs_on)
    quotes = [q for q in quotes if any(c.isalnum() for c in text[q.start : q.end])]
    spans = []
    for q in quotes:
        if not is_title_of_a_work(text[q.start : q.end]):
            scare = _is_scare(text, q, start, end)
            spans.append(Span(q.start, q.end, "quoted", scare, None, None, None, "quotation"))
    if zone in {"headline", "subhead"} and (m := HEADLINE.match(text, start, end)):
        spans.append(Span(m.end(), end, "reported", False, ":", "neutral", m[1], "headline"))
    for s in _sentences(text, start, end, quotes):
        for f in _sentence(s):
            a, b = f.first, min(f.last, s.end)
            while a < b and s.words[a] in TRIMMED:
                a += 1
            while b > a and s.words[b - 1] in TRIMMED:
                b -= 1
            if a >= b:
                continue
            speaker = None
            if f.source and f.source[1] > f.source[0]:
                speaker = text[s.starts[f.source[0]] : s.ends[f.source[1] - 1]]
            spans.append(Span(s.starts[a], s.ends[b - 1], f.voice, False, f.cue, f.stance, speaker, f.rule))
    return spans


PRIORITY = {"quoted": 0, "reported": 1, "attributed": 2}


def _without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda x: (PRIORITY[x.voice], x.start, -x.end)):
        pieces = [(span.start, span.end)]
        for other in kept:
            pieces = [
                piece
                for a, b in pieces
                for piece in ((a, min(b, other.start)), (max(a, other.end), b))
                if piece[0] < piece[1]
            ] if any(a < other.end and other.start < b for a, b in pieces) else pieces
        kept += [span._replace(start=a, end=b) for a, b in pieces]
    return sorted(kept)


def voice_spans(text: str, stretches: Sequence[tuple[int, int, str]]) -> list[Span]:
    text = text.replace("\xa0", " ").replace("\u202f", " ")
    spans = []
    for n, (start, end, zone) in enumerate(stretches):
        runs_on = (
            zone == "body"
            and n + 1 < len(stretches)
            and stretches[n + 1][2] == "body"
            and opens_with_mark(text, stretches[n + 1][0])
        )
        m = TRANSCRIPT.match(text, start, end)
        if m and len(text[start:end].split()) > 4:
            spans.append(Span(m.end(), end, "quoted", False, ":", "neutral", m[1], "transcript"))
            continue
        spans += _without_overlaps(_paragraph(text, start, end, zone, runs_on))
    return spans


def tag_voice(text: str) -> pd.DataFrame:
    stretches = [(m.start(), m.end(), "body") for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return pd.DataFrame(voice_spans(text, stretches), columns=list(Span._fields))
