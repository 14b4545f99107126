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

When the answer is wrong (measured on US political news): about one in seven words of narration
is somebody else's claim to a human reader, most often an attitude expressed by a verb that is
not listed or a claim that runs on without a cue; and more than one word in four of `attributed`
is the outlet's own to that reader. Sarcasm is not seen. English only.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from biaskit.tokens import sentence_spans
from biaskit.tokentable import Chunker, Chunks
from biaskit.voice.asides import Attribution
from biaskit.voice.attributions import find_attributions
from biaskit.voice.overlaps import without_overlaps
from biaskit.voice.paragraphs import marked, quotations_of, turns_of, whole_sentences
from biaskit.voice.quotations import ends_clause, resumes
from biaskit.voice.speakers import NOBODY, Span, Speakers
from biaskit.voice.wordclasses import Sentence
from biaskit.voice.wording import Told, Wording

__all__ = ["PARAGRAPH", "Paragraph", "Tagger", "tag_voice", "voice_spans"]

NO_BREAK_SPACES = "\xa0\u2007\u202f"
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")

TRIMMED = frozenset((",", ":", ";", "—", "–", "-"))

# Start, end and zone.
Paragraph = tuple[int, int, str]


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


def voice_spans(text: str, stretches: Sequence[Paragraph]) -> list[Span]:
    """
    The spans of one document that are not narration, by position; none overlaps another.

    Parameters
    ----------
    stretches : start, end and zone of the document's paragraphs, in order.
    """
    sentences = [sentence_spans(text, start, end) for start, end, _ in stretches]
    chunker, tagger = _kept()
    return tagger.tag([text], chunker.split([text]), [stretches], [sentences])[0]


@lru_cache(maxsize=1)
def _kept() -> tuple[Chunker, "Tagger"]:
    return Chunker(), Tagger()


class Tagger:
    """
    Tags documents, many at a time; what it says of one does not depend on the others.

    It remembers words, so one that is kept is faster.
    """

    def __init__(self) -> None:
        self._wording = Wording()

    def tag(
        self,
        texts: Sequence[str],
        chunks: Chunks,
        paragraphs: Sequence[Sequence[Paragraph]],
        sentences: Sequence[Sequence[list[tuple[int, int]]]],
    ) -> list[list[Span]]:
        """
        The spans of each document, as `voice_spans` gives them.

        Parameters
        ----------
        texts, chunks : of the documents.
        paragraphs : of each document, in order.
        sentences : of each paragraph, start and end.
        """
        # One step over all documents before the next: a processor keeps at hand what it does
        # again and again.
        texts = [_with_plain_spaces(text) for text in texts]
        both = [*zip(texts, paragraphs, strict=True)]
        turns = [turns_of(text, own) for text, own in both]
        quotations = [quotations_of(*own, names) for own, names in zip(both, turns, strict=True)]
        found = [
            [marked(text, *p, q) for p, q in zip(own, inside, strict=True)]
            for (text, own), inside in zip(both, quotations, strict=True)
        ]
        whole = [
            (i, n, sentence)
            for i, (text, own) in enumerate(both)
            for n, (start, end, _) in enumerate(own)
            if n not in turns[i]
            for sentence in whole_sentences(text, start, end, sentences[i][n], quotations[i][n])
        ]
        quoted = [(i, q[:2]) for i, own in enumerate(quotations) for inside in own for q in inside]
        kinds = [resumes(texts[i], *q) + 2 * ends_clause(texts[i], *q) for i, q in quoted]
        line = np.cumsum([0, *(len(text) + 1 for text in texts)])
        told = self._wording.telling(
            chunks,
            line,
            _on_line([q for _, q in quoted], [i for i, _ in quoted], line),
            np.array(kinds, "i8"),
            _on_line([sentence for _, _, sentence in whole], [i for i, _, _ in whole], line),
        )
        for number, s, first, attributions in [
            (*telling, find_attributions(telling.sentence)) for telling in told.tellings
        ]:
            i, n, _ = whole[number]
            for attribution in attributions:
                if span := _span_of(texts[i], s, told, first, attribution):
                    found[i][n].append(span)
        return [
            _settled(*own, spans, names)
            for own, spans, names in zip(both, found, turns, strict=True)
        ]


def _with_plain_spaces(text: str) -> str:
    for space in NO_BREAK_SPACES:
        text = text.replace(space, " ")
    return text


def _on_line(rows: list[tuple[int, int]], of: list[int], line: np.ndarray) -> np.ndarray:
    """Starts and ends in the texts `of` which they are, as places on the line of all texts."""
    return np.array(rows, "i8").reshape(-1, 2) + line[np.array(of, "i8")][:, None]


def _span_of(text: str, s: Sentence, told: Told, offset: int, found: Attribution) -> Span | None:
    """What an attribution finds; `offset` is the number of the sentence's first token."""
    first, last = found.first, min(found.last, s.end)
    while first < last and s.words[first] in TRIMMED:
        first += 1
    while last > first and s.words[last - 1] in TRIMMED:
        last -= 1
    if first >= last:
        return None
    speaker = None
    if found.source:
        of, to = found.source[0], min(found.source[1], len(s.words))
        speaker = text[told.starts[offset + of] : told.ends[offset + to - 1]] if of < to else None
    start, end = told.starts[offset + first], told.ends[offset + last - 1]
    return Span(start, end, found.voice, False, found.cue, found.stance, speaker, found.rule)


def _settled(
    text: str, paragraphs: Sequence[Paragraph], found: list[list[Span]], turns: dict[int, re.Match]
) -> list[Span]:
    """The spans of one document with names in full, none overlapping another."""
    speakers = Speakers(text, min((a for a, _, zone in paragraphs if zone == "body"), default=0))
    found = [speakers.named(spans) if spans else spans for spans in found]
    for n, turn in turns.items():
        end, name = paragraphs[n][1], None if turn[1].casefold() in NOBODY else turn[1]
        found[n] = [Span(turn.end(), end, "quoted", False, ":", "neutral", name, "transcript")]
    return [span for spans in found if spans for span in without_overlaps(text, spans)]
