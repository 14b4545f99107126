"""
Who is the subject of a cue, and who is its hearer: who is said to speak or think, and to whom?

From the cue we walk left over adverbs and auxiliaries to the last word of its subject, and on
to the first. A participle that opens its phrase has the subject of the main clause.

When the answer is wrong: of a subject with clauses of its own ("the owner of the mill that
burnt down said") only the part beside the cue is found.
"""

from biaskit.voice.wordclasses import (
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    CUE,
    DETERMINER,
    OBJECT_PRONOUN,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTE,
    RELATIVE,
    SEPARATOR,
    SUBORDINATOR,
    TIME,
    VERB,
    WORD,
    Sentence,
)  # fmt: skip

__all__ = ["CONTRACTED", "hearer", "opens_adjunct", "source", "subject_end"]

CONTRACTED = ("ed", "n't", "'s", "'re", "'d", "'ll", "'ve")
LONGEST_SUBJECT = 9  # tokens
FARTHEST = 150  # tokens from the subject of a sentence to what it says later


def subject_end(s: Sentence, k: int) -> int:
    """Last token of the subject of the verb at `k`: before "has repeatedly [said]"."""
    j = k - 1
    while j >= 0 and s.flags[j] & AUXILIARY:
        j -= 1
    if j > 0 and s.words[j] == ".":
        j -= 1  # F.B.I. said
    return j


def source(s: Sentence, k: int) -> tuple[int, int] | None:
    """
    First token and end of the subject of the verb at `k`, if there is one.

    A verb after "and" and a participle after a comma share the subject of their sentence:
    [the owner] left, saying ...; for "who said" it is what "who" stands for.
    """
    j = subject_end(s, k)
    if j < 0 or s.flags[j] & CONJUNCTION or "to" in s.words[j + 1 : k]:
        return _main_subject(s, k)
    if s.words[k].endswith("ing") and (not s.flags[j] & WORD or s.flags[j] & PREPOSITION):
        return _main_subject(s, k)  # but: with [half of the voters] saying
    if s.flags[j] & SEPARATOR or s.words[j] == "-":
        j = _before_apposition(s, j)
    while j > 0 and s.flags[j] & TIME:  # the owner on Tuesday said
        j -= 1 + bool(s.flags[j - 1] & PREPOSITION)
    if j < 0:
        return None
    if s.words[j] in {"who", "which"}:
        j -= 2 if s.words[j - 1] == "," else 1
    elif s.flags[j] & PRONOUN:
        return j, j + 1
    first = j
    while first >= 0 and j - first < LONGEST_SUBJECT:
        if s.flags[first] & (QUOTE | CONJUNCTION | RELATIVE | SUBORDINATOR):
            break
        if s.words[k].endswith("ing") and s.words[first].endswith("ed"):
            return _main_subject(s, k)  # the university [released] a poll showing
        if not s.flags[first] & WORD and s.words[first] not in {"$", "."}:
            break
        first -= 1
    while first < j and s.flags[first + 1] & (VERB | PREPOSITION | SUBORDINATOR | TIME):
        first += 1
    return (first + 1, j + 1) if j > first else None


def _before_apposition(s: Sentence, j: int) -> int:
    """
    The last token of [the owner], a former mayor, or [the owner] -- a former mayor --; the
    mark at `j` itself where there is no second.
    """
    mark, first = s.words[j], j
    while first >= 0 and s.words[first] == mark:
        first -= 1
    if mark not in s.words[: first + 1]:
        return j
    first -= s.words[first::-1].index(mark)
    while first >= 0 and s.words[first] == mark:
        first -= 1
    return first


def hearer(s: Sentence, e: int) -> int:
    """End of the person told: told [the town council] ..."""
    j = e
    if j >= s.end:
        return -1
    if s.flags[j] & OBJECT_PRONOUN:
        return j + 1
    if s.flags[j] & (DETERMINER | CAPITAL):
        j += bool(s.flags[j] & DETERMINER)
        first = j
        while j < s.end and (
            (s.flags[j] & CAPITAL and not s.flags[j] & PRONOUN)
            or s.words[j] == "&"
            or (
                j <= first + 1
                and s.words[j].isalpha()
                and not s.flags[j] & (PRONOUN | DETERMINER | PREPOSITION | CONJUNCTION | QUESTION)
            )
        ):
            j += 1
    elif s.words[j].isalpha() and not s.flags[j] & (PRONOUN | CONJUNCTION):
        j += 1
    return j if j > e else -1


def _main_subject(s: Sentence, k: int) -> tuple[int, int] | None:
    """Subject of the sentence before `k`: However, [the owner of the mill] left, saying"""
    if k > FARTHEST:
        return None
    first = 0
    for comma in [x for x in range(k) if s.words[x] == ","]:
        named = any(s.flags[x] & (VERB | CUE) for x in range(first, comma))
        apposition = s.flags[comma + 1] & DETERMINER and not s.flags[first] & PREPOSITION
        if apposition or (named and not opens_adjunct(s, first)):
            break
        first = comma + 1
    first += bool(first < k and s.flags[first] & (CONJUNCTION | QUOTE))
    for x in range(first + 1, k):
        if s.flags[x] & (VERB | CUE | SEPARATOR | QUOTE) or s.words[x].endswith(CONTRACTED):
            return first, x
    return None


def opens_adjunct(s: Sentence, i: int) -> bool:
    """Whether what begins at `i` leads to the main clause: [asked about the mill], the owner"""
    leads = s.flags[i] & (PREPOSITION | SUBORDINATOR) or s.words[i].endswith("ing")
    return bool(leads) or s.words[i] == "asked"
