"""
What do the looks of a paragraph tell of its voices, before a word of it is read?

Quotation marks, a name and a colon in a headline, names that take turns in a transcript, and
a dateline, which is the outlet's however the sentence goes on. Sentences are those of
`tokens.sentence_spans`, but a boundary inside a quotation is none.

When the answer is wrong: scare quotes are told by their length, so a short quotation whose
speaker stands in the sentence before passes for them.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence

from biaskit.languages import LABELS
from biaskit.voice.quotations import Quotation, find_quotations, is_title_of_a_work, opens_with_mark
from biaskit.voice.speakers import Span

__all__ = ["marked", "quotations_of", "turns_of", "whole_sentences"]

# Scare quotes: this many words or fewer that nobody is said to say.
SCARE_WORDS = 4
SPEECH_BEFORE = re.compile(
    r"(?:said|says|asked|replied|responded|wrote|tweeted|answered|chanted|shouted)\W*$"
)
SPEECH_AFTER = re.compile(
    r"\s*[—,]?\s*(?:he|she|they|[A-Z]\w+)? ?(?:said|says|wrote|asked|replied)\b"
)
SPEECH_DISTANCE = 20

# "Mayor: The mill will close", in headlines only: in a body it may be a list or a label.
HEADLINE = re.compile(r"\s*([A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]*|of|the|and|for)){0,5}):\s+(?=\S)")
# "SMITH: I said so." / "Q: Why?" in a transcript, where at least two names take turns.
TURN = re.compile(
    r"\s*((?:[A-Z][A-Z.'’\-]+(?:\s+[A-Z][A-Z.'’\-]+){0,3}|Q|A)(?:\s*\([^)]*\))?)\s?:\s+(?=\S)"
)
# "ARLEN (Courier) — " is the outlet's however the sentence goes on.
DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’\-]+[ ,]*){1,4}[^—–\n-]{0,40}?\([A-Z][\w. ]*\)\s*[—–-]+\s*"
    r"|\s*(?:[A-Z][A-Z.'’\-]+(?:, | )?){1,3}(?:[A-Z][a-z]+\.? ?)?\s?[—–-]{1,2}\s"
)


def turns_of(text: str, stretches: Sequence[tuple[int, int, str]]) -> dict[int, re.Match]:
    """
    The turns of a transcript by paragraph: of two or more names, and one of them more than
    once, unlike a lone "UPDATE: ...".
    """
    if text.count(":") < 3:
        return {}
    turns = {
        n: turn
        for n, (start, end, zone) in enumerate(stretches)
        if zone == "body" and (turn := TURN.match(text, start, end))
    }
    return turns if 1 < len({turn[1] for turn in turns.values()}) < len(turns) else {}


def quotations_of(
    text: str, stretches: Sequence[tuple[int, int, str]], turns: Container[int]
) -> list[list[Quotation]]:
    """The quotations of each paragraph; a transcript's turns are quoted as a whole."""
    found: list[list[Quotation]] = []
    following = [*stretches[1:], (0, 0, "")]
    for (start, end, zone), (after, _, zone_after) in zip(stretches, following, strict=False):
        if len(found) in turns:
            found.append([])
            continue
        runs_on = zone == zone_after == "body" and opens_with_mark(text, after)
        inside = find_quotations(text, start, end, runs_on=runs_on)
        found.append([q for q in inside if any(map(str.isalnum, text[q.start : q.end]))])
    return found


def marked(text: str, start: int, end: int, zone: str, quotations: list[Quotation]) -> list[Span]:
    """Spans that marks tell of: quotations, and what follows a name and a colon in a headline."""
    spans = []
    for q in quotations:
        if not is_title_of_a_work(text[q.start : q.end]):
            scare = _is_scare(text, q, start, end)
            spans.append(Span(q.start, q.end, "quoted", scare, None, None, None, "quotation"))
    titled = HEADLINE.match(text, start, end) if zone in {"headline", "subhead"} else None
    if titled and titled[1].casefold() not in LABELS:
        told = Span(titled.end(), end, "reported", False, ":", "neutral", titled[1], "headline")
        spans.append(told)
    return spans


def _is_scare(text: str, q: Quotation, start: int, end: int) -> bool:
    n = len(text[q.start : q.end].split(maxsplit=SCARE_WORDS))
    if n > SCARE_WORDS or SPEECH_AFTER.match(text, q.end, end):
        return False
    if n > 2:
        return text[q.start : q.end].rstrip("'”\"’ ")[-1:] not in ",.!?"
    return not SPEECH_BEFORE.search(text, max(start, q.start - SPEECH_DISTANCE), q.start)


def whole_sentences(
    text: str,
    start: int,
    end: int,
    sentences: list[tuple[int, int]],
    quotations: list[Quotation],
) -> list[tuple[int, int]]:
    """The sentences after the dateline; a boundary inside a quotation is none."""
    if len(sentences) > 1:
        sentences = _merged(text, sentences, quotations)
    if not sentences or text[sentences[0][0] + 1 : sentences[0][0] + 2].islower():
        return sentences  # a dateline opens with capitals
    if dateline := DATELINE.match(text, start, end):
        after = dateline.end()
        if quotations and (cut := quotations[bisect_left(quotations, (after,)) - 1]).start < after:
            after = max(after, cut.end)
        sentences = [(after if a < dateline.end() < b else a, b) for a, b in sentences]
    return sentences


def _merged(
    text: str, sentences: list[tuple[int, int]], quotations: list[Quotation]
) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for a, b in sentences:
        before = bisect_left(quotations, (a - 1,)) if quotations else 0
        inside = before and quotations[before - 1].end > a
        if merged and (inside or text[a].islower()):
            merged[-1] = merged[-1][0], b
        else:
            merged.append((a, b))
    return merged
