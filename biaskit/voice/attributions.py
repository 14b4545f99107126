"""
Which parts of a sentence are somebody else's claim, outside quotation marks?

Each rule is a construction of English news prose. `RULES` names them, each with an invented
sentence that made it necessary; square brackets stand around what it finds. A rule starts from
a cue (`en.toml`), asks whether the word is used as one, and takes what the cue governs.
What a rule finds is `reported` where somebody says or thinks a clause, and `attributed` where
somebody's attitude, wish or claim is only named.

When the answer is wrong: attitudes are expressed by thousands of verbs and only the commoner
ones are listed; a claim that runs on into the next sentence without a cue is taken for the
outlet's own; and where the outlet describes what somebody did, not what they said ("offered
the keys"), the object may be taken for a claim.
"""

from collections.abc import Iterator

from biaskit.voice.asides import Attribution, according_to, aside, survey
from biaskit.voice.clauses import content_end, phrase_end, starts_clause, use
from biaskit.voice.complements import complement, has_verb
from biaskit.voice.cues import Cue, cues
from biaskit.voice.subjects import source, subject_end
from biaskit.voice.wordclasses import (
    ADJECTIVE,
    ASIDE,
    AUXILIARY,
    CONJUNCTION,
    CUE,
    DETERMINER,
    HEDGE,
    NOUN,
    NOUN_LIKE,
    PHRASE,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    SEPARATOR,
    SUBORDINATOR,
    VERB,
    WORD,
    Sentence,
)  # fmt: skip

__all__ = ["RULES", "find_attributions"]

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
    "person to": "The union urged [the owner to keep the mill].",
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
CLAUSAL = frozenset(("that", "whether"))
# Before whoever holds a fear or makes a claim: "fear among farmers that".
HOLDER = frozenset(("among", "by", "from"))


def find_attributions(s: Sentence) -> list[Attribution]:
    """Everything in the sentence that its own words ascribe to somebody; parts may overlap."""
    kinds = 0
    for k in s.triggers:
        kinds |= s.flags[k]
    found, limit = according_to(s) if kinds & PHRASE else ([], s.end)
    found += survey(s)
    used = -1
    if not found and kinds & ASIDE:
        found, limit, used = aside(s)
    inside = s if limit >= s.end else s.up_to(limit)
    if kinds & CUE:
        found += _verbs(inside, used)
        if limit <= used:  # “I see,” the owner said when [asked about the mill]
            found += _verbs(s.after(used), used)
    if kinds & (NOUN | ADJECTIVE | HEDGE):
        found += _nouns_and_adjectives(inside)
    return found


def _nouns_and_adjectives(s: Sentence) -> Iterator[Attribution]:
    for k in s.triggers:
        if k < s.end - 1:
            flags = s.flags[k]
            if flags & NOUN:
                yield from _noun(s, k)
            if flags & ADJECTIVE:
                yield from _adjective(s, k)
            if flags & HEDGE:
                yield _hedge(s, k)


def _verbs(s: Sentence, used: int) -> Iterator[Attribution]:
    """What cues introduce; the token `used` is a cue whose content is found."""
    known, done = cues(), -1
    for k in s.triggers:
        if k >= s.end:
            return
        if not s.flags[k] & CUE or k < done or k == used:
            continue
        e, cue = k + 1, known.verbs.get(s.words[k])
        if e < s.end and (phrasal := known.phrasal.get((s.words[k], s.words[e]))):
            e, cue = e + 1, phrasal
        if not cue:
            continue
        if "seem" in cue.frames:
            yield from _seeming(s, k, cue)
            continue
        i, voice, rule = _introduced(s, k, e, cue)
        if 0 <= i < s.end:
            last = _end_of(s, i, rule, cue)
            if "," in s.words[i:last] and _is_before_main_clause(s, k):
                last = s.words.index(",", i)
            yield Attribution(i, last, voice, _words(s, k, e), cue.stance, source(s, k), rule)
            done = last if voice == "reported" else i


def _words(s: Sentence, k: int, e: int) -> str:
    return " ".join(s.words[k:e])


def _introduced(s: Sentence, k: int, e: int, cue: Cue) -> tuple[int, str, str]:
    how = use(s, k, cue.form)
    if (
        cue.lemma == "ask"
        and (k == 0 or s.words[k - 1] in {"when", ",", "if"})
        and cue.form == "past"
    ):
        how = "passive"  # Asked about the mill, she ...
    elif not how and cue.form == "base" and k and _is_plain_verb(s, k, e, cue.frames):
        how = "finite"
    if "passive_to" in cue.frames and k and s.words[k - 1] == "," and s.words[e : e + 1] == ["to"]:
        how = "passive"  # the painting, thought to be lost, ...
    if how in {"", "inverted"}:
        return -1, "", ""
    return complement(s, k, e, cue, how)


def _is_plain_verb(s: Sentence, k: int, e: int, frames: frozenset[str]) -> bool:
    """
    Whether a base form is a verb though the word before it is no plural: aides to the owner
    [say], whatever follows, and others by what follows: some who live there [argue that].
    """
    before, following = s.flags[k - 1], s.words[e] if e < s.end else ""
    if before & (DETERMINER | PREPOSITION) or not before & (WORD | SEPARATOR):
        return False
    if "bare" in frames:
        return True
    if not following or s.words[k - 1].endswith("'s"):
        return False
    if following in {"that", "to"}:  # of "campaign claim that" the noun rule knows more
        return following in frames and not s.flags[k] & NOUN
    if following in {"whether", "how", "why"}:
        return "question" in frames
    noun = s.flags[k] & (NOUN | NOUN_LIKE)  # the claim [the firm filed]
    return "clause" in frames and not noun and starts_clause(s, e) and has_verb(s, e + 1, e + 16)


# But not "as": of "as the owner said, the mill will close" the main clause is what he said.
BEFORE_MAIN_CLAUSE = frozenset(
    "if when while although though after before because since with".split()
)


OPENERS = frozenset(("and", "but", "or", "so", "yet", "even"))


def _is_before_main_clause(s: Sentence, k: int) -> bool:
    """
    Whether the cue is in a clause that leads to another: But even if [he says so], the mill -
    Rejecting [the plan], the mayor
    """
    first = s.words.index(",", 0, 3) + 1 if "," in s.words[:3] else 0
    while first < k and s.words[first] in OPENERS:
        first += 1
    if first == k:
        return s.words[k].endswith("ing")
    return first < k and s.words[first] in BEFORE_MAIN_CLAUSE and "," not in s.words[first:k]


def _end_of(s: Sentence, i: int, rule: str, cue: Cue) -> int:
    if rule in {"object", "preposition", "as", "name"}:
        return phrase_end(s, _of_what(s, i) if cue.lemma == "accuse" else i)
    if rule == "colon" and s.flags[i] & QUOTE:
        return i + 1
    last = content_end(s, i)
    opens = rule == "question" and s.words[0] in {"asked", "when"}
    inserted = rule == "passive" and "," in s.words[max(i - 3, 0) : i]
    if (opens or inserted) and "," in s.words[i:last]:
        return s.words.index(",", i)
    return last


def _of_what(s: Sentence, i: int) -> int:
    """The token "of" in: accused [the owner, a former mayor, of theft]; `i` if there is none."""
    commas = 0
    for x in range(i, min(i + 9, s.end)):
        if s.words[x] == "of" and commas in {0, 2}:
            return x
        if s.flags[x] & (VERB | CONJUNCTION | SUBORDINATOR | QUOTE):
            break
        commas += s.words[x] == ","
    return i


def _seeming(s: Sentence, k: int, cue: Cue) -> Iterator[Attribution]:
    following = s.words[k + 1] if k + 1 < s.end else ""
    if following not in {"to", "like", "that", "as"} and (
        following in {"", "at", "the"} or not following.endswith(("ly", "ed", "ing", "y", "t", "e"))
    ):
        return
    j = first = subject_end(s, k)
    while first >= 0 and not s.flags[first] & (SEPARATOR | CONJUNCTION | QUOTE | RELATIVE):
        first -= 1
    found = Attribution(
        k + 1, content_end(s, k + 1), "attributed", s.words[k], cue.stance, None, "seem"
    )
    yield found
    if first + 1 <= j:
        yield found._replace(first=first + 1, last=j + 1)


def _noun(s: Sentence, k: int) -> Iterator[Attribution]:
    """claim that [...], concern about [...], fear among farmers that [...]"""
    (allowed, stance), following = cues().nouns[s.words[k]], s.words[k + 1]
    holder = following in HOLDER and "that" in allowed and "that" in s.words[k + 2 : k + 7]
    if holder:
        first = s.words.index("that", k + 2) + 1
        named = (k + 2, first - 1)
        yield Attribution(
            first, content_end(s, first), "attributed", s.words[k], stance, named, "noun"
        )
    elif following in allowed and not (following == "that" and _is_relative_clause(s, k + 2)):
        first = k + 1 if following in KEPT else k + 2
        last = content_end(s, first) if following in CLAUSAL else phrase_end(s, first)
        yield Attribution(first, last, "attributed", s.words[k], stance, None, "noun")
    elif (i := _complement_of_be(s, k)) >= 0 and s.words[i] in CLAUSAL & allowed:
        first = i if s.words[i] in KEPT else i + 1
        yield Attribution(
            first, content_end(s, first), "attributed", s.words[k], stance, None, "noun"
        )


def _complement_of_be(s: Sentence, k: int) -> int:
    """The token after "is": the concern within the union is [that the mill would close]; or -1"""
    for x in range(k + 1, min(k + 9, s.end - 1)):
        if s.words[x] in {"is", "was"}:
            return x + 1
        if s.flags[x] & (SEPARATOR | QUOTE | VERB | CUE):
            return -1
    return -1


def _adjective(s: Sentence, k: int) -> Iterator[Attribution]:
    """was confident that [...], is wary of [...]"""
    (allowed, stance), following = cues().adjectives[s.words[k]], s.words[k + 1]
    if following in allowed:
        first = k + 1 if following in KEPT else k + 2
        clause = following in KEPT or following == "that"
        last = content_end(s, first) if clause else phrase_end(s, first)
        yield Attribution(first, last, "attributed", s.words[k], stance, source(s, k), "adjective")


def _is_relative_clause(s: Sentence, i: int) -> bool:
    """a claim that [was rejected]: says something about the claim, not what is claimed"""
    return i < s.end and bool(s.flags[i] & (VERB | AUXILIARY) or s.words[i].endswith("ed"))


def _hedge(s: Sentence, k: int) -> Attribution:
    last = k + 2
    while last < s.end and not (
        s.flags[last] & (VERB | CONJUNCTION | RELATIVE)
        or s.words[last] == "as"
        or not s.flags[last] & WORD
    ):
        last += 1
    stance = cues().hedges[s.words[k]]
    return Attribution(k + 1, last, "attributed", s.words[k], stance, None, "hedge")
