"""
Which words of a sentence stand around the cue that ascribes them?

"The mill will close, the owner said" puts the content before its source, "The mill, the owner
said, will close" on both sides of it, and "According to the owner, ..." after it. The words
between are the outlet's. These constructions are looked for before any other, as what they
surround would otherwise pass for narration with a cue in it.

When the answer is wrong: "Ann Ode, who owns the mill, said it would close" has a comma before
its cue too; what tells them apart is whether a clause follows the cue.
"""

from typing import NamedTuple

from biaskit.voice.clauses import after_adjunct, is_pointer, starts_clause, use
from biaskit.voice.complements import has_verb
from biaskit.voice.cues import Cue, cues
from biaskit.voice.subjects import hearer, subject_end
from biaskit.voice.wordclasses import (
    ALONE,
    ASIDE,
    CAPITAL,
    CONJUNCTION,
    CUE,
    DETERMINER,
    ENDING,
    PHRASE,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTE,
    RELATIVE,
    RESUMED,
    SEPARATOR,
    TIME,
    TURNING_BACK,
    VERB,
    Sentence,
)  # fmt: skip

__all__ = ["Attribution", "according_to", "aside", "survey"]

LONGEST_APPOSITION = 20  # tokens
# Tokens after the cue, to the next comma: of time and place told at length, of other words that
# are no content, and to the verb that shows them to be a clause.
LONGEST_ADJUNCT, LONGEST_REST, TO_VERB = 22, 4, 40
# After these and prepositions time and place may be told at length.
LEADING_ON = frozenset(("as", "when", "while", "after", "before"))
POSSESSIVES = frozenset(("his", "her", "its", "their", "our", "my", "your"))


class Attribution(NamedTuple):
    """Content by its tokens (end exclusive), its cue, and the tokens that name the source."""

    first: int
    last: int
    voice: str
    cue: str
    stance: str
    source: tuple[int, int] | None
    rule: str


def according_to(s: Sentence) -> tuple[list[Attribution], int]:
    """CONTENT, according to SOURCE - According to SOURCE, CONTENT"""
    for k in s.triggers:
        if s.flags[k] & PHRASE:
            words, place, stance = cues().phrases[s.words[k]]
            first, after = k - place, k - place + len(words)
            if first < 0 or s.words[first:after] != words:
                continue
            comma = _comma_after_source(s, after)
            basis = Attribution(
                0, first, "reported", " ".join(words), stance, (after, comma), "according"
            )
            rest = basis._replace(first=comma + 1, last=s.end)
            if first == 0 or (first < 3 and s.flags[0] & CONJUNCTION):
                if comma < s.end:
                    return [rest], s.end
            elif s.flags[first - 1] & SEPARATOR or first > 4:
                resumes = (
                    comma - after <= 8 and s.words[first - 1] == "," and _resumes(s, comma + 1)
                )
                return [basis, rest] if resumes else [basis], first
    return [], s.end


def _comma_after_source(s: Sentence, i: int) -> int:
    """The comma that ends "the owner, a former mayor of Arlen, ..." """
    while "," in s.words[i : s.end]:
        comma = s.words.index(",", i, s.end)
        appositive = comma + 1 < s.end and s.words[comma + 1] in {
            "a", "an", "the", "who", "which", "whose",
        }  # fmt: skip
        if not appositive or "," not in s.words[comma + 1 : comma + 13]:
            return comma
        i = comma + 1
    return s.end


def survey(s: Sentence) -> list[Attribution]:
    if s.end < 4 or s.words[0] not in {"in", "among"} or "," not in s.words[2:14]:
        return []
    comma = s.words.index(",", 2)
    if not {"poll", "survey", "polls", "surveys"} & set(s.words[1:comma]):
        return []
    return [Attribution(comma + 1, s.end, "reported", "in", "neutral", (1, comma), "survey")]


def aside(s: Sentence) -> tuple[list[Attribution], int, int]:
    """
    CONTENT, SOURCE said - CONTENT, said SOURCE - CONTENT, SOURCE said, CONTENT

    Returns what was found, the end of what other rules may look at, and the token of the cue
    (-1 where nothing was found).
    """
    verbs = cues().verbs
    for k in reversed(s.triggers):
        if not (s.flags[k] & ASIDE and 0 < k < s.end and (left := _mark_before(s, k)) >= 0):
            continue
        cue, after_quotation = verbs[s.words[k]], s.flags[left] & QUOTE
        if not (after_quotation or "aside" in cue.frames):
            continue
        right = next((x for x in range(k + 1, s.end) if s.flags[x] & SEPARATOR), s.end)
        following = s.words[right + 1] if right + 1 < s.end else ""
        if not after_quotation and s.words[right : right + 1] == [","] and following in ALONE:
            continue  # asked about the mill, the owner said, [“It is old”]
        interrupts = right + 1 < s.end and (
            s.flags[right + 1] & VERB or (following in RESUMED and _is_plain_phrase(s, left))
        )
        if not (interrupts or _can_be_said(s, left + 1)):
            continue
        if left + 1 == k and (described := _with_apposition(s, left, k, cue)):
            left, named = described
        elif left + 1 == k:
            if not _may_invert(s, left, k, cue) or not _is_inverted(s, k, right):
                continue
            named = k + 1, right
        else:
            if not _is_source(s, left, k, cue) or not _ends_aside(s, left, k, right, cue):
                continue
            named = left + 1 + (s.words[left + 1] == "as"), subject_end(s, k) + 1
        # “I see” after a comma or a colon stands alone; “will close” has what is before it
        intro = s.words[left] in ALONE and left and s.words[left - 1] in {",", ":"}
        first = left if intro else _after_semicolon(s, left)
        found = [Attribution(first, left + 1, "reported", s.words[k], cue.stance, named, "aside")]
        if right == s.end:
            return found, left, k
        goes_on = interrupts or left + 1 < k
        if right - k <= 7 and goes_on and s.words[right] != ";" and _resumes(s, right + 1):
            found.append(found[0]._replace(first=right + 1, last=s.end))
        return found, s.end, k
    return [], s.end, -1


def _is_plain_phrase(s: Sentence, last: int) -> bool:
    """[The mill], he said, “will close”, and not: In a letter, he said, “we will”"""
    opens = s.flags[0] & (DETERMINER | PRONOUN) and not s.flags[0] & TIME
    return bool(opens) and not any(flags & SEPARATOR for flags in s.flags[:last])


def _may_invert(s: Sentence, left: int, k: int, cue: Cue) -> bool:
    """
    Whether the cue after the mark at `left` may stand before its subject: always for "said",
    for other verbs after a quotation that is a clause (“I see,” promised the owner).
    """
    if s.words[k] in cues().grammar["inverting"]:
        return True
    begins = left == 0 or s.words[left - 1] in {",", ":"}
    ends = s.words[left] in ENDING and begins
    return ends and cue.form in {"past", "s"} and cue.lemma != "tell"


def _after_semicolon(s: Sentence, left: int) -> int:
    """The token after the last semicolon before `left`, or the first."""
    return max((x + 1 for x in range(left) if s.words[x] == ";"), default=0)


def _mark_before(s: Sentence, k: int) -> int:
    flags, words = s.flags, s.words
    for x in range(k - 1, max(k - 15, -1), -1):
        if flags[x] & (SEPARATOR | QUOTE) or words[x] in {"?", "!"}:
            return x
    return -1


def _can_be_said(s: Sentence, last: int) -> bool:
    """Whether the sentence up to `last` can be what somebody said: it needs a verb."""
    for x in range(last):
        if s.flags[x] & (QUOTE | VERB | CUE) or s.words[x].endswith(
            ("ed", "n't", "'s", "'re", "'ll")
        ):
            return True
    return False


def _with_apposition(
    s: Sentence, comma: int, k: int, cue: Cue
) -> tuple[int, tuple[int, int]] | None:
    """
    “I see,” [the owner], a former mayor, said

    The quotation and the source, if the cue after the comma has a source like that.
    """
    if s.words[comma] != "," or use(s, k, cue.form) != "finite":
        return None
    for x in range(comma - 2, max(comma - LONGEST_APPOSITION, -1), -1):
        if s.flags[x] & QUOTE:
            named = s.flags[x + 1] & (CAPITAL | DETERMINER)
            if not named or "," not in s.words[x + 2 : comma]:
                return None
            return x, (x + 1, s.words.index(",", x + 2))
    return None


def _is_source(s: Sentence, left: int, k: int, cue: Cue) -> bool:
    first, last = left + 1, k - 1
    if s.words[first] == "as" and first < last:
        first += 1  # as the owner said
    if s.words[first] in cues().grammar["no_source"] or s.flags[first] & (PREPOSITION | TIME):
        return False
    if s.flags[last] & (PREPOSITION | CONJUNCTION) or "that" in s.words[first:k]:
        return False
    return use(s, k, cue.form) == "finite"


def _is_inverted(s: Sentence, k: int, right: int) -> bool:
    """..., said [the owner of the mill]: a name or noun phrase that has no verb of its own."""
    first = k + 1
    if first >= s.end or s.flags[first] & (TIME | PRONOUN | PREPOSITION):
        return False
    if s.words[first] in POSSESSIVES and not s.flags[k - 1] & QUOTE:
        return False
    for x in range(first, min(right, s.end)):
        if s.flags[x] & RELATIVE and s.words[x] != "that":
            break
        if s.flags[x] & (VERB | QUOTE) or s.words[x] == "that":
            return False
    return bool(s.flags[first] & (CAPITAL | DETERMINER) or s.flags[right - 1] & CAPITAL)


def _ends_aside(s: Sentence, left: int, k: int, right: int, cue: Cue) -> bool:
    """Whether only time, place and hearer follow the cue, so that content came before it."""
    after = hearer(s, k + 1) if cue.lemma == "tell" else k + 1
    if after < 0:
        return False
    for x in range(after, min(right, k + 9)):
        if s.words[x] in LEADING_ON:
            break
        that = s.words[x] == "that" and not is_pointer(s, x)
        if that or s.flags[x] & QUESTION or s.words[x] == ":":
            return False
    rest = after_adjunct(s, after)
    if rest >= right:
        return True
    clause = starts_clause(s, rest) and has_verb(s, rest + 1, rest + TO_VERB)
    if left == 0 and s.flags[left] & QUOTE and not clause:
        return True  # “I see,” the owner said at a meeting that day
    if s.flags[rest] & (QUOTE | PRONOUN | DETERMINER | CAPITAL) or s.words[rest] == "to":
        return False
    loose = s.flags[rest] & PREPOSITION or s.words[rest] in LEADING_ON
    return right - rest < (LONGEST_ADJUNCT if loose else LONGEST_REST)


def _resumes(s: Sentence, i: int) -> bool:
    """Whether the content goes on at `i`, and not a remark of the outlet's about it."""
    return i < s.end and not (
        s.flags[i] & TURNING_BACK
        or s.words[i] in cues().grammar["no_resumption"]
        or s.words[i].endswith("ing")
    )
