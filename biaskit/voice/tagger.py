"""
Whose words are these: the outlet's own, or somebody else's?

An article lets others speak. `quoted` words stand between quotation marks (quotations.py);
`reported` ones are what somebody says or thinks, in the outlet's wording; `attributed` ones
are a claim, wish or attitude that is only named (attributions.py). What is left is
`narration`: the outlet speaks for itself, and the words that name a source or say how it
spoke belong to it too. Spans of different voices never overlap: quotation marks win, then
reported content, and a bracketed insertion in a quotation is the outlet's.

Only quotation marks fix the wording. In reported and attributed content the claim is the
source's and the word may still be the outlet's choice.

When the answer is wrong (measured on US political news): about one in six words of narration
is somebody else's claim to a human reader, most often an attitude expressed by a verb that is
not listed or a claim that runs on without a cue; and one word in four of `attributed` is the
outlet's own to that reader. Sarcasm is not seen. English only.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from biaskit.tokens import sentence_spans
from biaskit.voice.asides import Attribution
from biaskit.voice.attributions import find_attributions
from biaskit.voice.quotations import Quotation, find_quotations, is_title_of_a_work, opens_with_mark
from biaskit.voice.speakers import Span, Speakers
from biaskit.voice.wordclasses import QUOTED, Sentence, sentence_of

__all__ = ["PARAGRAPH", "tag_voice", "voice_spans"]

NO_BREAK_SPACES = "\xa0\u2007\u202f"
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")

TRIMMED = frozenset((",", ":", ";", "—", "–", "-"))

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
# "[the mill]" in a quotation is the outlet's, but not the letter in "[T]he mill".
BRACKETS = re.compile(r"(?<!\w)\[[^\]\n]{2,}\](?!\w)")
CUT_MARKS = " ,:;—–-"
PRIORITY = {"quoted": 0, "reported": 1, "attributed": 2}


def tag_voice(text: str) -> pd.DataFrame:
    """
    Whose voice each part of a plain text is in; every line that is not blank is a paragraph.

    >>> tag_voice("The mill is “unsafe,” Ann Ode claimed.")[["start", "end", "voice", "stance"]]
       start  end     voice    stance
    0      0   11  reported  doubting
    1     12   21    quoted  doubting

    Returns
    -------
    One row per stretch that is not narration, by position.

    - start, end: in code points of `text`
    - voice: quoted, reported or attributed
    - scare: whether these are scare quotes: a few quoted words that nobody is said to say
    - cue, stance: the word that ascribes the stretch, and how it presents the source
    - speaker: the source as the text names it, in full where it is named in full before
    - rule: the rule that found the stretch
    """
    stretches = [(*line.span(), "body") for line in PARAGRAPH.finditer(text)]
    rows = voice_spans(text, stretches)
    table = pd.DataFrame(rows, columns=list(Span._fields), dtype=object)
    return table.astype({"start": "int64", "end": "int64"})


def voice_spans(text: str, stretches: Sequence[tuple[int, int, str]]) -> list[Span]:
    """
    The spans of one document that are not narration, by position; none overlaps another.

    Parameters
    ----------
    stretches : start, end and zone of the document's paragraphs, in order.
    """
    for space in NO_BREAK_SPACES:
        text = text.replace(space, " ")
    in_transcript = _is_transcript(text, stretches)
    speakers = Speakers(text, min((a for a, _, zone in stretches if zone == "body"), default=0))
    spans: list[Span] = []
    for n, (start, end, zone) in enumerate(stretches):
        following = stretches[n + 1] if n + 1 < len(stretches) else (0, 0, "")
        runs_on = zone == following[2] == "body" and opens_with_mark(text, following[0])
        turn = TURN.match(text, start, end) if in_transcript and zone == "body" else None
        if turn:
            spans.append(
                Span(turn.end(), end, "quoted", False, ":", "neutral", turn[1], "transcript")
            )
        else:
            found = _paragraph(text, start, end, zone, runs_on)
            spans += _without_overlaps(text, speakers.named(found)) if found else []
    return spans


def _is_transcript(text: str, stretches: Sequence[tuple[int, int, str]]) -> bool:
    """Two or more names, and one of them more than once: not a lone "UPDATE: ..."."""
    if text.count(":") < 3:
        return False
    turns = [
        turn[1]
        for start, end, zone in stretches
        if zone == "body" and (turn := TURN.match(text, start, end))
    ]
    return 1 < len(set(turns)) < len(turns)


def _paragraph(text: str, start: int, end: int, zone: str, runs_on: bool) -> list[Span]:
    spans = []
    quotations = [
        q
        for q in find_quotations(text, start, end, runs_on=runs_on)
        if any(map(str.isalnum, text[q.start : q.end]))
    ]
    for q in quotations:
        if not is_title_of_a_work(text[q.start : q.end]):
            scare = _is_scare(text, q, start, end)
            spans.append(Span(q.start, q.end, "quoted", scare, None, None, None, "quotation"))
    if zone in {"headline", "subhead"} and (name := HEADLINE.match(text, start, end)):
        spans.append(Span(name.end(), end, "reported", False, ":", "neutral", name[1], "headline"))
    for a, b in _sentences(text, start, end, quotations):
        inner = _inside(quotations, a, b)
        s = sentence_of(_with_quotations_as_words(text, a, b, inner))
        if s and (attributions := find_attributions(s)):
            starts, ends = _edges(text, a, s.words, inner)
            spans += [
                span for found in attributions if (span := _span_of(text, s, starts, ends, found))
            ]
    return spans


def _span_of(
    text: str, s: Sentence, starts: list[int], ends: list[int], found: Attribution
) -> Span | None:
    first, last = found.first, min(found.last, s.end)
    while first < last and s.words[first] in TRIMMED:
        first += 1
    while last > first and s.words[last - 1] in TRIMMED:
        last -= 1
    if first >= last:
        return None
    return Span(
        starts[first],
        ends[last - 1],
        found.voice,
        False,
        found.cue,
        found.stance,
        _text_of(text, starts, ends, found.source),
        found.rule,
    )


def _text_of(
    text: str, starts: list[int], ends: list[int], tokens: tuple[int, int] | None
) -> str | None:
    if not tokens or tokens[0] >= min(tokens[1], len(starts)):
        return None
    return text[starts[tokens[0]] : ends[min(tokens[1], len(ends)) - 1]]


def _is_scare(text: str, q: Quotation, start: int, end: int) -> bool:
    n = len(text[q.start : q.end].split(maxsplit=SCARE_WORDS))
    if n > SCARE_WORDS or SPEECH_AFTER.match(text, q.end, end):
        return False
    if n > 2:
        return text[q.start : q.end].rstrip("'”\"’ ")[-1:] not in ",.!?"
    return not SPEECH_BEFORE.search(text, max(start, q.start - SPEECH_DISTANCE), q.start)


def _sentences(
    text: str, start: int, end: int, quotations: list[Quotation]
) -> list[tuple[int, int]]:
    """Positions of the sentences after the dateline; a boundary inside a quotation is none."""
    sentences = _merged(text, sentence_spans(text, start, end), quotations)
    if dateline := DATELINE.match(text, start, end):
        after = dateline.end()
        if quotations and (cut := quotations[bisect_left(quotations, (after,)) - 1]).start < after:
            after = max(after, cut.end)
        sentences = [(after if a < dateline.end() < b else a, b) for a, b in sentences]
    return sentences


def _inside(quotations: list[Quotation], start: int, end: int) -> list[Quotation]:
    if not quotations:
        return quotations
    return quotations[bisect_left(quotations, (start,)) : bisect_left(quotations, (end,))]


def _with_quotations_as_words(text: str, start: int, end: int, quotations: list[Quotation]) -> str:
    if not quotations:
        return text[start:end]
    pieces = []
    for q in quotations:
        pieces.append(text[start : q.start])
        start = q.end
    pieces.append(text[start:end])
    return f" {QUOTED} ".join(pieces)


def _edges(
    text: str, start: int, words: list[str], quotations: list[Quotation]
) -> tuple[list[int], list[int]]:
    """Starts and ends of a sentence's tokens, sought only where it has something to report."""
    starts, ends, at, n = [], [], start, 0
    for word in words:
        if word == QUOTED and n < len(quotations) and not text[at : quotations[n].start].strip():
            first, at, _ = quotations[n]
            n += 1
        else:
            first = text.find(word, at)
            at = first + len(word)
        starts.append(first)
        ends.append(at)
    return starts, ends


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


def _without_overlaps(text: str, spans: list[Span]) -> list[Span]:
    """Cut every span around those of a firmer voice, and quotations around bracketed words."""
    apart = all(span.end <= following.start for span, following in pairwise(spans))
    if apart and text.find("[", spans[0].start, spans[-1].end) < 0:
        return spans
    kept = [
        Span(*bracket.span(), "narration", False, None, None, None, "bracket")
        for span in spans
        if span.rule == "quotation"
        for bracket in BRACKETS.finditer(text, span.start, span.end)
    ]
    for span in sorted(spans, key=lambda span: (PRIORITY[span.voice], span.start, -span.end)):
        for piece in _pieces(text, span, kept):
            insort(kept, piece)
    return [span for span in kept if span.voice != "narration"]


def _pieces(text: str, span: Span, kept: list[Span]) -> list[Span]:
    """What of the span lies outside the others (sorted by position), without bare marks."""
    n = bisect_left(kept, (span.start,))
    if n and kept[n - 1].end > span.start:
        n -= 1
    pieces, at = [], span.start
    while at < span.end:
        other = kept[n] if n < len(kept) and kept[n].start < span.end else None
        end = other.start if other else span.end
        if at == span.start and end == span.end:
            return [span]
        inner = text[at:end]
        if any(map(str.isalnum, inner)):
            left = len(inner) - len(inner.lstrip(CUT_MARKS))
            pieces.append(span._replace(start=at + left, end=at + len(inner.rstrip(CUT_MARKS))))
        at, n = (other.end if other else span.end), n + 1
    return pieces
