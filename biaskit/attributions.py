"""
Which parts of a sentence are somebody else's claim, outside quotation marks?

Each rule is a construction of English news prose. `RULES` names them, each with an invented
sentence that made it necessary; square brackets stand around what it finds. A rule starts from
a cue (`cues/en.toml`), asks whether the word is used as one, and takes what the cue governs.
What a rule finds is `reported` where somebody says or thinks a clause, and `attributed` where
somebody's attitude, wish or claim is only named.

When the answer is wrong: attitudes are expressed by thousands of verbs and only the commoner
ones are listed; a claim that runs on into the next sentence without a cue is taken for the
outlet's own; and where the outlet describes what somebody did, not what they said ("offered
the keys"), the object may be taken for a claim.
"""

from collections.abc import Iterator
from typing import NamedTuple

from biaskit import clauses
from biaskit.clauses import (
    ADJECTIVE,
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    CUE,
    DETERMINER,
    HEDGE,
    NOUN,
    PHRASE,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTE,
    RELATIVE,
    SEPARATOR,
    TIME,
    VERB,
    WORD,
    Sentence,
    after_adjunct,
    content_end,
    phrase_end,
    source,
    subject_end,
)  # fmt: skip
from biaskit.complements import complement, hearer
from biaskit.cues import Cue, cues

__all__ = ["RULES", "Attribution", "find_attributions"]

RULES = {
    "according": "[The mill will close], according to the owner.",
    "survey": "In the latest poll, [four in ten want a bridge].",
    "aside": "[The mill will close], the owner said.",
    "person": "She told the council [the mill would close].",
    "that": "The owner claimed on Friday that [the mill would close].",
    "question": "He asked [whether the mill would close].",
    "colon": "The letter said: [the mill must close].",
    "clause": "The owner said [rain had ruined the mill].",
    "relative": "He left over what he said [was a broken promise].",
    "to": "The owner wants [to close the mill].",
    "person to": "The union urged the owner [to keep the mill].",
    "preposition": "The union objected to [the closure of the mill].",
    "as": "Farmers see [the dam as a threat].",
    "name": "The union called [the plan a disgrace].",
    "object": "The union rejected [the plan].",
    "passive": "The mill is expected [to close].",
    "noun": "She repeated the claim that [the mill was safe].",
    "adjective": "The owner was confident that [the mill would close].",
    "seem": "[The owner] seems [to like the plan].",
    "hedge": "Police looked into the alleged [theft].",
}


# "to" and "whether" belong to what they introduce, "that" and prepositions do not.
KEPT = frozenset(("to", "whether"))
# Before whoever holds a fear or makes a claim: "fear among farmers that".
HOLDER = frozenset(("among", "by", "from"))


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


def find_attributions(s: Sentence) -> list[Attribution]:
    """Everything in the sentence that its own words ascribe to somebody; parts may overlap."""
    found, limit = _according_to(s)
    found += _survey(s)
    if not found:
        found, limit = _aside(s)
    inside = s if limit >= s.end else s._replace(end=limit)
    found += _verbs(inside)
    for k in s.triggers:
        if k < inside.end - 1:
            flags = s.flags[k]
            if flags & NOUN:
                found += _noun(inside, k)
            if flags & ADJECTIVE:
                found += _adjective(inside, k)
            if flags & HEDGE:
                found.append(_hedge(inside, k))
    return found


# What surrounds its cue.


def _according_to(s: Sentence) -> tuple[list[Attribution], int]:
    """CONTENT, according to SOURCE - According to SOURCE, CONTENT"""
    for k in s.triggers:
        if s.flags[k] & PHRASE:
            words, place, stance = cues().phrases[s.low[k]]
            first, after = k - place, k - place + len(words)
            if first < 0 or s.low[first:after] != words:
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
        appositive = comma + 1 < s.end and s.low[comma + 1] in {
            "a", "an", "the", "who", "which", "whose",
        }  # fmt: skip
        if not appositive or "," not in s.words[comma + 1 : comma + 13]:
            return comma
        i = comma + 1
    return s.end


def _survey(s: Sentence) -> list[Attribution]:
    if s.end < 4 or s.low[0] not in {"in", "among"} or "," not in s.words[2:14]:
        return []
    comma = s.words.index(",", 2)
    if not {"poll", "survey", "polls", "surveys"} & set(s.low[1:comma]):
        return []
    return [Attribution(comma + 1, s.end, "reported", "in", "neutral", (1, comma), "survey")]


def _aside(s: Sentence) -> tuple[list[Attribution], int]:
    """CONTENT, SOURCE said - CONTENT, said SOURCE - CONTENT, SOURCE said, CONTENT"""
    verbs = cues().verbs
    for k in reversed(s.triggers):
        cue = verbs.get(s.low[k]) if 0 < k < s.end and s.flags[k] & CUE else None
        if not cue or cue.form == "ing" or "aside" not in cue.frames:
            continue
        left = _mark_before(s, k)
        right = next((x for x in range(k + 1, s.end) if s.flags[x] & SEPARATOR), s.end)
        interrupts = right + 1 < s.end and s.flags[right + 1] & VERB
        if left < 0 or not (interrupts or _can_be_said(s, left + 1)):
            continue
        if left + 1 == k:
            if s.low[k] not in cues().grammar["inverting"] or not _is_inverted(s, k, right):
                continue
            named = k + 1, right
        else:
            if not _is_source(s, left, k, cue) or not _ends_aside(s, k, right, cue):
                continue
            named = left + 1, subject_end(s, k) + 1
        intro = s.flags[left] & QUOTE and left and s.words[left - 1] in {",", ":"}
        found = [Attribution(left if intro else 0, left + 1, "reported", s.low[k], cue.stance, named, "aside")]
        if right == s.end:
            return found, left
        if right - k <= 7 and left + 1 < k and s.words[right] != ";" and _resumes(s, right + 1):
            found.append(found[0]._replace(first=right + 1, last=s.end))
        return found, s.end
    return [], s.end


def _mark_before(s: Sentence, k: int) -> int:
    for x in range(k - 1, max(k - 15, -1), -1):
        if s.flags[x] & (SEPARATOR | QUOTE) or s.words[x] in {"?", "!"}:
            return x
    return -1


def _can_be_said(s: Sentence, last: int) -> bool:
    """Whether the sentence up to `last` can be what somebody said: it needs a verb."""
    for x in range(last):
        if s.flags[x] & (QUOTE | VERB | CUE) or s.low[x].endswith(
            ("ed", "n't", "'s", "'re", "'ll")
        ):
            return True
    return False


def _is_source(s: Sentence, left: int, k: int, cue: Cue) -> bool:
    first, last = left + 1, k - 1
    if s.low[first] == "as" and first < last:
        first += 1  # as the owner said
    if s.low[first] in cues().grammar["no_source"] or s.flags[first] & (PREPOSITION | TIME):
        return False
    if s.flags[last] & PREPOSITION or "that" in s.low[first:k]:
        return False
    return clauses.use(s, k, cue.form) == "finite"


def _is_inverted(s: Sentence, k: int, right: int) -> bool:
    """..., said [the owner of the mill]: a name or noun phrase that has no verb of its own."""
    first = k + 1
    if first >= s.end or s.flags[first] & (TIME | PRONOUN) or s.low[first] in POSSESSIVES:
        return False
    for x in range(first, min(right, s.end)):
        if s.flags[x] & RELATIVE and s.low[x] != "that":
            break
        if s.flags[x] & (VERB | QUOTE) or s.low[x] == "that":
            return False
    if s.low[first].endswith("'s"):
        return False
    return bool(s.flags[first] & (CAPITAL | DETERMINER) or s.flags[right - 1] & CAPITAL)


def _ends_aside(s: Sentence, k: int, right: int, cue: Cue) -> bool:
    """Whether only time, place and hearer follow the cue, so that content came before it."""
    after = hearer(s, k + 1) if cue.lemma == "tell" else k + 1
    if after < 0:
        return False
    for x in range(after, min(right, k + 9)):
        if s.flags[x] & QUESTION or s.low[x] in {"that", ":"}:
            return False
    rest = after_adjunct(s, after)
    if rest >= right:
        return True
    if s.flags[rest] & (QUOTE | PRONOUN | DETERMINER | CAPITAL) or s.low[rest] == "to":
        return False
    loose = s.flags[rest] & PREPOSITION or s.low[rest] in {"as", "when", "while", "after", "before"}
    return right - rest < (22 if loose else 4)


def _resumes(s: Sentence, i: int) -> bool:
    """Whether the content goes on at `i`, and not a remark of the outlet's about it."""
    return i < s.end and not (
        s.flags[i] & clauses.TURNING_BACK
        or s.low[i] in cues().grammar["no_resumption"]
        or s.low[i].endswith("ing")
    )


# What its cue governs.


def _verbs(s: Sentence) -> Iterator[Attribution]:
    known, done = cues(), -1
    for k in s.triggers:
        if k >= s.end:
            return
        if not s.flags[k] & CUE or k < done:
            continue
        e, cue = k + 1, known.verbs.get(s.low[k])
        if e < s.end and (phrasal := known.phrasal.get((s.low[k], s.low[e]))):
            e, cue = e + 1, phrasal
        if not cue:
            continue
        if "seem" in cue.frames:
            yield from _seeming(s, k, cue)
            continue
        i, voice, rule = _introduced(s, k, e, cue)
        if 0 <= i < s.end:
            last = _end_of(s, i, rule)
            yield Attribution(i, last, voice, _words(s, k, e), cue.stance, source(s, k), rule)
            done = last if voice == "reported" else i


def _words(s: Sentence, k: int, e: int) -> str:
    return " ".join(s.low[k:e])


def _introduced(s: Sentence, k: int, e: int, cue: Cue) -> tuple[int, str, str]:
    how = clauses.use(s, k, cue.form)
    if (
        cue.lemma == "ask"
        and (k == 0 or s.low[k - 1] in {"when", ",", "if"})
        and cue.form == "past"
    ):
        how = "passive"  # Asked about the mill, she ...
    elif not how and cue.form == "base" and "bare" in cue.frames and k:
        # "aides to the owner say": the subject's last word need not be plural
        plain = s.flags[k - 1] & WORD and not s.flags[k - 1] & DETERMINER
        how = "finite" if plain or s.words[k - 1] == "," else ""
    if "passive_to" in cue.frames and k and s.low[k - 1] == "," and s.low[e : e + 1] == ["to"]:
        how = "passive"  # the painting, thought to be lost, ...
    if how in {"", "inverted"}:
        return -1, "", ""
    return complement(s, k, e, cue, how)


def _end_of(s: Sentence, i: int, rule: str) -> int:
    if rule in {"object", "preposition", "as", "name"}:
        return phrase_end(s, i)
    last = content_end(s, i)
    opens = rule == "question" and s.low[0] in {"asked", "when"}
    inserted = rule == "passive" and "," in s.words[max(i - 3, 0) : i]
    if (opens or inserted) and "," in s.words[i:last]:
        return s.words.index(",", i)
    return last


def _seeming(s: Sentence, k: int, cue: Cue) -> Iterator[Attribution]:
    following = s.low[k + 1] if k + 1 < s.end else ""
    if following not in {"to", "like", "that", "as"} and (
        following in {"", "at", "the"} or not following.endswith(("ly", "ed", "ing", "y", "t", "e"))
    ):
        return
    j = first = subject_end(s, k)
    while first >= 0 and not s.flags[first] & (SEPARATOR | CONJUNCTION | QUOTE | RELATIVE):
        first -= 1
    found = Attribution(
        k + 1, content_end(s, k + 1), "attributed", s.low[k], cue.stance, None, "seem"
    )
    yield found
    if first + 1 <= j:
        yield found._replace(first=first + 1, last=j + 1)


def _noun(s: Sentence, k: int) -> Iterator[Attribution]:
    """claim that [...], concern about [...], fear among farmers that [...]"""
    (allowed, stance), following = cues().nouns[s.low[k]], s.low[k + 1]
    holder = following in HOLDER and "that" in allowed and "that" in s.low[k + 2 : k + 7]
    if holder:
        first = s.low.index("that", k + 2) + 1
        named = (k + 2, first - 1)
        yield Attribution(
            first, content_end(s, first), "attributed", s.low[k], stance, named, "noun"
        )
    elif following in allowed and not (following == "that" and _is_relative_clause(s, k + 2)):
        first = k + 1 if following in KEPT else k + 2
        last = content_end(s, first) if following in {"that", "whether"} else phrase_end(s, first)
        yield Attribution(first, last, "attributed", s.low[k], stance, None, "noun")


def _adjective(s: Sentence, k: int) -> Iterator[Attribution]:
    """was confident that [...], is wary of [...]"""
    (allowed, stance), following = cues().adjectives[s.low[k]], s.low[k + 1]
    if following in allowed:
        first = k + 1 if following in KEPT else k + 2
        clause = following in KEPT or following == "that"
        last = content_end(s, first) if clause else phrase_end(s, first)
        yield Attribution(first, last, "attributed", s.low[k], stance, source(s, k), "adjective")


def _is_relative_clause(s: Sentence, i: int) -> bool:
    """a claim that [was rejected]: says something about the claim, not what is claimed"""
    return i < s.end and bool(s.flags[i] & (VERB | AUXILIARY) or s.low[i].endswith("ed"))


def _hedge(s: Sentence, k: int) -> Attribution:
    last = k + 2
    while last < s.end and not (
        s.flags[last] & (VERB | CONJUNCTION | RELATIVE)
        or s.low[last] == "as"
        or not s.flags[last] & WORD
    ):
        last += 1
    stance = cues().hedges[s.low[k]]
    return Attribution(k + 1, last, "attributed", s.low[k], stance, None, "hedge")
