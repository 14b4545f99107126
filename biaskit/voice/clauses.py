"""
Where, around a cue, does the outlet stop speaking and its source begin?

There is no parser here. A sentence is its words and marks in order, each with the classes it
belongs to (`en.toml`, grammar), a quotation counting as one word; from a cue we walk left
to its subject and right to the end of what it governs. Commas, conjunctions and auxiliaries
are landmarks enough for edited news prose.

When the answer is wrong: a clause that returns to the outlet without any landmark ("He said
the mill would close in May and the river froze.") is taken along whole, and a noun that looks
like a verb ("the state claims court") may pass for a cue.
"""

from biaskit.voice.subjects import subject_end
from biaskit.voice.wordclasses import (
    BE,
    CAPITAL,
    CLAUSE_OPENER,
    CONJUNCTION,
    CUE,
    DEMONSTRATIVE,
    DETERMINER,
    MODAL,
    NOUN_LIKE,
    OCCASION,
    PLURAL,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTE,
    RELATIVE,
    SEPARATOR,
    SUBORDINATOR,
    TAKING_THE_FLOOR,
    TIME,
    TURN,
    TURNING_BACK,
    VERB,
    WORD,
    Sentence,
)  # fmt: skip

__all__ = ["after_adjunct", "content_end", "is_pointer", "phrase_end", "starts_clause", "use"]

# Endings of nouns in the plural, which take no verb in -s: "the polls shows" is no clause.
PLURAL_ENDS = tuple("ds ts rs ls es ns ks ps gs ms".split())
CONTRACTING = frozenset("he she it that who what there here everyone nobody".split())
NO_CLAUSE = {("united", "states"), ("story", "highlights")}  # the latter heads a summary
OF = frozenset(("of", "among", "by"))
DASHES = frozenset("—–―-")
BEFORE_GERUNDS = frozenset(("by", "in", "of", "for", "from", "without"))


def use(s: Sentence, k: int, form: str) -> str:
    """
    How the form at `k` is used, judged by what stands before it.

    One of finite, passive, infinitive, progressive, participle, inverted ("said the mayor")
    and "" where it is no verb at all ("the claims", "United States").
    """
    j = subject_end(s, k)
    word, before = (s.words[j], s.flags[j]) if j >= 0 else ("", 0)
    helpers = 0
    for x in range(j + 1, k):
        helpers |= s.flags[x]
    if form == "ing":
        return _use_of_ing(word, before, helpers)
    if not word or before & QUOTE:
        return "inverted" if form in {"past", "s"} else ""
    if j == k - 1 and _is_owner(word):  # "Arlen's alleged fraud"
        return ""
    noun = before & (DETERMINER | PREPOSITION) and not before & RELATIVE
    if helpers & BE and form in {"past", "participle"} and not noun:
        return "infinitive" if "to" in s.words[j + 1 : k] else "passive"
    if word == "," or (word in DASHES and word in s.words[: j - 1]):  # Ode -- a mayor -- said
        return "finite" if form in {"past", "s"} or helpers else ""
    if before & DETERMINER and not before & DEMONSTRATIVE:
        return ""
    if helpers and "to" in s.words[j + 1 : k]:
        return "infinitive"
    if before & PREPOSITION:
        return ""
    if before & CONJUNCTION:
        joined = form == "base" and s.words[j] in {"and", "or", "but"}
        return "finite" if form in {"past", "s"} or joined else ""
    return "finite" if _agrees(s, k, j, form, helpers) else ""


def _is_owner(word: str) -> bool:
    """Whether a word in 's owns what follows; "she's" is a subject with its verb."""
    return word.endswith("'s") and word[:-2] not in CONTRACTING


def _use_of_ing(word: str, before: int, helpers: int) -> str:
    if before & (PREPOSITION | DETERMINER) and word not in BEFORE_GERUNDS:
        return ""
    return "progressive" if helpers & BE else "participle"


def _agrees(s: Sentence, k: int, j: int, form: str, helpers: int) -> bool:
    """Whether the subject that ends at `j` can have the form at `k` as its verb."""
    word, before = s.words[j], s.flags[j]
    plural = word.endswith("s") and not word.endswith("ss")
    if s.flags[k] & NOUN_LIKE and form in {"s", "base"}:
        after = s.flags[k + 1] if k + 1 < s.end else 0
        introduces = after & (DETERMINER | PRONOUN | CAPITAL | QUESTION)
        if not (before & (PRONOUN | PLURAL) or helpers or (form == "s" and before & CAPITAL)) and (
            form == "s" or not plural or not introduces
        ):
            return False  # "the calls", "campaign promises"
    if (word, s.words[k]) in NO_CLAUSE:
        return False
    if form == "base":
        return bool(helpers & MODAL or before & (PRONOUN | PLURAL) or plural or word == "%")
    if form == "s":
        # "a survey of voters shows": the noun before "of" is the subject
        single = before & WORD and (
            not word.endswith(PLURAL_ENDS) or not OF.isdisjoint(s.words[max(0, j - 5) : j])
        )
        return bool(before & (CAPITAL | PRONOUN) or single or word == ")")
    if form == "participle" and not helpers:
        return False
    return bool(before & WORD or word == ")")


def after_adjunct(s: Sentence, i: int) -> int:
    """
    The token after time and place: said [on Tuesday in a letter] rain was likely.

    A comma after the adjunct goes with it; a comma alone is none.
    """
    while i < s.end:
        at = i + 1 if s.words[i] == "," else i
        if at >= s.end:
            return i
        flags = s.flags[at]
        if flags & TIME and (s.words[at] not in {"this", "that"} or is_pointer(s, at)):
            i = at + 1
        elif flags & PREPOSITION and (after := _occasion(s, at + 1)):
            i = after
        else:
            return at
    return i


def _occasion(s: Sentence, i: int) -> int:
    """End of "a joint statement to the Courier on Friday" that begins at `i`, or 0."""
    for x in range(i, min(i + 5, s.end)):
        when = s.flags[x] & TIME and s.words[x] not in {"this", "that"}
        if when or s.flags[x] & OCCASION or s.words[x].isdigit():
            return _with_place(s, x + 1)
        if not s.flags[x] & WORD or s.flags[x] & (PRONOUN | VERB | CONJUNCTION):
            return 0
    return 0


def _with_place(s: Sentence, x: int) -> int:
    while x + 1 < s.end and s.flags[x] & PREPOSITION:
        y = x + 2 if s.words[x + 1] == "the" else x + 1
        if y >= s.end or not s.flags[y] & (CAPITAL | TIME):
            break
        while y < s.end and s.flags[y] & (CAPITAL | TIME):
            y += 1
        x = y
    return x


def is_pointer(s: Sentence, that: int) -> bool:
    """Whether "that" points at a time (said [that night]) and opens no clause."""
    return that + 1 < s.end and s.words[that + 1] in PERIODS


PERIODS = frozenset(("day", "night", "morning", "afternoon", "evening", "week", "month", "year"))


def starts_clause(s: Sentence, i: int) -> bool:
    """Whether a clause can begin with the token at `i`."""
    flags, word = s.flags[i], s.words[i]
    if flags & VERB and not flags & CAPITAL:
        return False
    if word == "when" and s.words[i + 1 : i + 2] in (["asked"], ["pressed"]):
        return False
    if flags & (CAPITAL | QUOTE | DETERMINER | PRONOUN | CLAUSE_OPENER):
        return True
    return word[0].isdigit() or word == "$" or word.endswith(("s", "ing"))


def content_end(s: Sentence, i: int) -> int:
    """End of the clause that begins at `i`: where the sentence turns back to the outlet."""
    words, flags = s.words, s.flags
    for x in range(i + 2, s.end - 1):
        if not flags[x] & TURN:
            continue
        following = words[x + 1]
        if flags[x] & SUBORDINATOR:
            if _says_that(s, x + 1):
                return x
            continue
        if flags[x] & (SEPARATOR | QUOTE):
            if words[x] == ";" or flags[x + 1] & TURNING_BACK:
                return x
            if flags[x + 1] & CUE and following.endswith("ing"):
                return x  # ..., confirming that
            if following in {"and", "but"} and _somebody_else(s, x + 2):
                return x
        if words[x] in {"and", "but", ","}:
            y = x + 2 if following in {"also", "later", "then", "he", "she", "they"} else x + 1
            if y < s.end and flags[y] & TAKING_THE_FLOOR:
                return x
    return s.end


def _somebody_else(s: Sentence, i: int) -> bool:
    """Whether another takes the floor: ..., and [four in ten voters said] ... - ..., and is"""
    if i < s.end and s.flags[i] & VERB and s.words[i] in FINITE:
        return True
    for x in range(i, min(i + 9, s.end)):
        if s.flags[x] & TAKING_THE_FLOOR:
            return True
        if s.flags[x] & (SEPARATOR | QUOTE | VERB | CONJUNCTION):
            return False
    return False


def _says_that(s: Sentence, i: int) -> bool:
    """Whether a new source speaks: ... after [the coast guard confirmed that] ..."""
    for x in range(i + 1, min(i + 9, s.end - 1)):
        if s.words[x + 1] == "that":
            return bool(s.flags[x] & CUE)
        if s.flags[x] & (SEPARATOR | QUOTE | VERB):
            return False
    return False


FINITE = frozenset(("has", "have", "had", "was", "were", "is", "are"))
# Subjects that need no "which" before them: the plan [she rejected].
SUBJECTS = frozenset(("i", "we", "he", "she", "they", "it"))


def phrase_end(s: Sentence, i: int) -> int:
    """End of the noun phrase that begins at `i`, lists and relative clauses included."""
    in_clause = i < s.end and bool(s.flags[i] & QUESTION)
    listed = 0
    for x in range(i + 1, s.end):
        flags = s.flags[x]
        if x < listed:
            continue
        if flags & (SUBORDINATOR | SEPARATOR):
            if flags & SEPARATOR and x + 1 < s.end and s.words[x + 1] in EXAMPLES:
                continue  # the dams, [including the new one]
            listed = _last_of_list(s, x) if s.words[x] == "," else -1
            if listed < 0:
                return x
        elif (
            flags & (RELATIVE | QUESTION)
            or s.words[x] in SUBJECTS
            or (x > i + 1 and _is_name_after_noun(s, x))
        ):
            in_clause = True
        elif flags & VERB and s.words[x] not in {"not", "be"} and not in_clause:
            return x - 1 if s.flags[x - 1] & CONJUNCTION else x
        elif flags & QUOTE and x + 1 < s.end and s.flags[x + 1] & CUE:
            if s.words[x + 1].endswith("ing"):
                return x + 1  # called it “a ruin,” saying
        elif flags & TIME and (flags & CAPITAL or s.words[x] in {"last", "earlier", "recently"}):
            return x - 1 if s.flags[x - 1] & PREPOSITION else x
    return s.end


def _is_name_after_noun(s: Sentence, x: int) -> bool:
    """Whether a name opens a relative clause: the plan [Ode had made], but not plans of Ode"""
    before = s.flags[x - 1]
    return bool(
        s.flags[x] & CAPITAL
        and not s.flags[x] & TIME
        and before & WORD
        and not before & (CAPITAL | PREPOSITION | DETERMINER | CONJUNCTION)
    )


EXAMPLES = frozenset(("including", "such", "especially", "particularly"))
LONGEST_LIST, LONGEST_ITEM = 12, 4  # tokens


def _last_of_list(s: Sentence, comma: int) -> int:
    """Where the last of several begins: the mill, the dam and [the bridge]; -1 if this is none."""
    first = comma + 1
    if first >= s.end or s.flags[first] & (DETERMINER | CONJUNCTION | PREPOSITION):
        return -1  # the mill, a ruin and a shame: not three things
    for x in range(first, min(comma + 1 + LONGEST_LIST, s.end)):
        if s.words[x] in {"and", "or"}:
            return x + 1
        if s.flags[x] & (VERB | QUOTE | RELATIVE | SUBORDINATOR | PRONOUN):
            return -1
        if s.flags[x] & SEPARATOR:
            if s.words[x] != "," or x - first > LONGEST_ITEM:
                return -1
            first = x + 1
    return -1
