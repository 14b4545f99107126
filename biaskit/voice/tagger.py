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
from bisect import bisect_left
from collections.abc import Container, Sequence

import pandas as pd

from biaskit.tokens import sentence_spans
from biaskit.voice.asides import Attribution
from biaskit.voice.attributions import find_attributions
from biaskit.voice.overlaps import without_overlaps
from biaskit.voice.quotations import Quotation, find_quotations, is_title_of_a_work, opens_with_mark
from biaskit.voice.speakers import Span, Speakers
from biaskit.voice.wordclasses import Sentence, sentence_of, token_starts

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
    # One step over the whole document before the next: that is a fifth faster than all the
    # steps paragraph by paragraph, as a processor keeps at hand what it does again and again.
    turns = _turns(text, stretches)
    quotations = _quotations(text, stretches, turns)
    paragraphs = [
        _marked(text, *stretch, inside)
        for stretch, inside in zip(stretches, quotations, strict=True)
    ]
    for n, found in _attributed(text, stretches, quotations, turns):
        paragraphs[n].append(found)
    speakers = Speakers(text, min((a for a, _, zone in stretches if zone == "body"), default=0))
    paragraphs = [speakers.named(spans) if spans else spans for spans in paragraphs]
    for n, turn in turns.items():
        end = stretches[n][1]
        paragraphs[n] = [
            Span(turn.end(), end, "quoted", False, ":", "neutral", turn[1], "transcript")
        ]
    return [span for spans in paragraphs if spans for span in without_overlaps(text, spans)]


def _turns(text: str, stretches: Sequence[tuple[int, int, str]]) -> dict[int, re.Match]:
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


def _quotations(
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


def _marked(text: str, start: int, end: int, zone: str, quotations: list[Quotation]) -> list[Span]:
    """Spans that marks tell of: quotations, and what follows a name and a colon in a headline."""
    spans = []
    for q in quotations:
        if not is_title_of_a_work(text[q.start : q.end]):
            scare = _is_scare(text, q, start, end)
            spans.append(Span(q.start, q.end, "quoted", scare, None, None, None, "quotation"))
    if zone in {"headline", "subhead"} and (name := HEADLINE.match(text, start, end)):
        spans.append(Span(name.end(), end, "reported", False, ":", "neutral", name[1], "headline"))
    return spans


def _attributed(
    text: str,
    stretches: Sequence[tuple[int, int, str]],
    quotations: list[list[Quotation]],
    turns: Container[int],
) -> list[tuple[int, Span]]:
    """Spans that a sentence's words tell of, each with the number of its paragraph."""
    sentences = [
        (n, a, b, _inside(quotations[n], a, b))
        for n, (start, end, _) in enumerate(stretches)
        if n not in turns
        for a, b in _sentences(text, start, end, quotations[n])
    ]
    read = [(n, a, inner, sentence_of(text, a, b, inner)) for n, a, b, inner in sentences]
    telling = [(n, a, inner, s, find_attributions(s)) for n, a, inner, s in read if s]
    return [
        (n, span)
        for n, a, inner, s, attributions in telling
        if attributions
        for span in _spans_of(text, s, a, inner, attributions)
    ]


def _spans_of(
    text: str,
    s: Sentence,
    start: int,
    quotations: list[Quotation],
    attributions: list[Attribution],
) -> list[Span]:
    starts = token_starts(text, start, s.words, quotations)
    quoted = {q.start: q.end for q in quotations}
    spans = [_span_of(text, s, starts, quoted, found) for found in attributions]
    return [span for span in spans if span]


def _span_of(
    text: str, s: Sentence, starts: list[int], quoted: dict[int, int], found: Attribution
) -> Span | None:
    first, last = found.first, min(found.last, s.end)
    while first < last and s.words[first] in TRIMMED:
        first += 1
    while last > first and s.words[last - 1] in TRIMMED:
        last -= 1
    if first >= last:
        return None
    speaker = None
    if found.source:
        of, to = found.source[0], min(found.source[1], len(starts))
        speaker = text[starts[of] : _end(s, starts, quoted, to - 1)] if of < to else None
    start, end = starts[first], _end(s, starts, quoted, last - 1)
    return Span(start, end, found.voice, False, found.cue, found.stance, speaker, found.rule)


def _end(s: Sentence, starts: list[int], quoted: dict[int, int], k: int) -> int:
    start = starts[k]
    return quoted.get(start) or start + len(s.words[k])


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
    sentences = sentence_spans(text, start, end)
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


def _inside(quotations: list[Quotation], start: int, end: int) -> list[Quotation]:
    if not quotations:
        return quotations
    return quotations[bisect_left(quotations, (start,)) : bisect_left(quotations, (end,))]


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
