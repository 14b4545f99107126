"""
What do the articles say, and whose words are they?

Where the user's own texts are at hand they are cut into pieces: words of one voice, in one
sentence, that are one hit or none. A browser lays the pieces in a row for an article, and those
of one sentence for a line of the table of hits.
"""

from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from biaskit.measurement import MeasurementSet
from biaskit.pages import readable
from biaskit.tables import VOICES, ZONES

__all__ = ["text_data"]

NARRATION = VOICES.index("narration")

# Characters of a piece beside its words.
BESIDE_WORDS = 12


class Stretch(NamedTuple):
    """Part of an article and what it is: a voice, a line or a sentence by its number."""

    start: int
    end: int
    what: int


def text_data(
    measured: MeasurementSet, lines: pd.DataFrame, documents: list[str], room: int
) -> dict[str, Any]:
    """
    The articles that fit, those with most lines first, by their place in `documents`.

    Each is a list of stretches of the page, [zone, pieces]; pieces stand one after the other as
    words, voice, line (-1 for none) and sentence (-1 for none).
    """
    at_hand = [d for d in documents if d in measured.texts]
    if not at_hand:
        return {}
    n = lines["document"].value_counts()
    spans = _by_document(
        measured.spans.assign(what=[VOICES.index(voice) for voice in measured.spans["voice"]])
    )
    hits = _by_document(lines.assign(what=range(len(lines))))
    sentences = _by_document(measured.sentences.assign(what=measured.sentences["sentence"]))
    zones = _by_document(
        measured.zones.assign(what=[ZONES.index(zone) for zone in measured.zones["zone"]])
    )
    data: dict[str, Any] = {}
    for document in sorted(at_hand, key=lambda d: (-n.get(d, 0), documents.index(d))):
        text = readable(measured.texts[document])
        layers = [layer.get(document, []) for layer in (spans, hits, sentences)]
        room -= len(text) + BESIDE_WORDS * sum(map(len, layers))
        if room < 0:
            break
        data[str(documents.index(document))] = [
            [zone.what, _pieces(text, zone, *layers)] for zone in zones.get(document, [])
        ]
    return data


def _by_document(table: pd.DataFrame) -> dict[str, list[Stretch]]:
    return {
        str(document): [
            Stretch(*map(int, row))
            for row in of_it[["start", "end", "what"]].itertuples(index=False)
        ]
        for document, of_it in table.groupby("document")
    }


def _pieces(
    text: str,
    zone: Stretch,
    spans: list[Stretch],
    hits: list[Stretch],
    sentences: list[Stretch],
) -> list[str | int]:
    layers = [
        [s for s in layer if s.start < zone.end and s.end > zone.start]
        for layer in (spans, hits, sentences)
    ]
    cuts = {zone.start, zone.end}
    cuts |= {
        min(max(edge, zone.start), zone.end)
        for layer in layers
        for stretch in layer
        for edge in (stretch.start, stretch.end)
    }
    pieces: list[str | int] = []
    for start, end in pairwise(sorted(cuts)):
        of_piece = [_at(layer, start) for layer in layers]
        voice = NARRATION if of_piece[0] < 0 else of_piece[0]
        pieces += [text[start:end], voice, *of_piece[1:]]
    return pieces


def _at(layer: list[Stretch], place: int) -> int:
    return next((s.what for s in layer if s.start <= place < s.end), -1)
