"""
Which voice has a word that several rules claim?

Quotation marks win over reported content and that over attributed content, because they are
the firmer evidence; what is left of the weaker span stays on either side of the firmer one. A
bracketed insertion in a quotation is the outlet's.

When the answer is wrong: a comment in round brackets stays with its quotation, and so does an
insertion of one character.
"""

import re
from bisect import bisect_left, insort

from biaskit.voice.speakers import Span

__all__ = ["without_overlaps"]

# "[the mill]" in a quotation is the outlet's, but not the letter in "[T]he mill".
BRACKETS = re.compile(r"(?<!\w)\[[^\]\n]{2,}\](?!\w)")
CUT_MARKS = " ,:;—–-"
PRIORITY = {"quoted": 0, "reported": 1, "attributed": 2}


def without_overlaps(text: str, spans: list[Span]) -> list[Span]:
    """Cut every span around those of a firmer voice, and quotations around bracketed words."""
    at = 0
    for span in spans:
        if span.start < at:
            break
        at = span.end
    else:
        if text.find("[", spans[0].start, at) < 0:
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
