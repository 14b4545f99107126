"""
Which hits are people asked about?

Hits of markers are drawn at random, at most three of an entry, so that no frequent word
fills the sheet. At least a quarter of the items are *decoys*: places with the words of an entry
where its context, a prefix (anti-) or another entry of the same words refused the hit. The
coder sees neither which is which, nor outlet, nor document: these are in the key alone, and
outlets' names in the sentence are covered.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from biaskit.lexicon import Entry, Lexicon
from biaskit.markers import Matcher
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.pages import readable
from biaskit.tables import RATE_ZONES, build

__all__ = ["draw_sheet"]

MOST_OF_AN_ENTRY = 3
SHARE_OF_DECOYS = 0.25
COVER = "[outlet]"


class _Place(NamedTuple):
    kind: str
    entry: Entry
    document: str
    sentence: tuple[int, int]
    start: int
    end: int


def draw_sheet(
    measured: MeasurementSet,
    lexicon: Lexicon,
    *,
    rng: np.random.Generator,
    n: int = 200,
    decoys: float = SHARE_OF_DECOYS,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Draw a sheet to be coded blind, and the key that is kept from the coders.

    Parameters
    ----------
    measured : a measurement set with its texts. Copies are left out, and so is what is
        neither headline, subhead nor body.
    lexicon : whose markers to ask about; plain variants of sets are left out.
    rng : where chance comes from; the same seed draws the same sheet.
    n : items, decoys among them. Fewer come back where there are not so many places; then
        hits are left out, too, so that the share of decoys holds.
    decoys : at least this share of the items are decoys. Where the rules of the lexicon
        refuse nothing in these texts there can be none, and all items are hits.

    Returns
    -------
    Two tables, one row per item, in the same random order: a `sheet` with empty verdicts, which
    holds sentences of the articles and must not be published, and a `sheet_key`, which holds
    none.

    Raises
    ------
    ValueError : no texts at hand, no hit at all, or a number out of range.
    """
    if n < 1:
        raise ValueError(f"n is {n}; a sheet has at least 1 item")
    if not 0 <= decoys < 1:
        raise ValueError(f"decoys is {decoys}; it must be at least 0 and less than 1")
    if not measured.texts:
        raise ValueError("the texts of this set are not at hand; a sheet is made of sentences")
    found = _places(without_copies(measured), lexicon)
    sizes = Counter(place.kind for place in found)
    if not sizes["hit"]:
        raise ValueError(f"no marker of {lexicon.name} occurs in these texts")
    mixed = [found[i] for i in rng.permutation(len(found))]
    hits = _at_most([p for p in mixed if p.kind == "hit"])
    refused = [p for p in mixed if p.kind == "decoy"]
    # Few entries have rules, so the rest of the decoys may be of an entry that has three.
    spread = _at_most(refused)
    rest = {*refused} - {*spread}
    refused = [*spread, *(place for place in refused if place in rest)]
    refused = refused[: min(math.ceil(n * decoys), n - 1)]
    n_hits = n - len(refused)
    if refused:
        n_hits = min(n_hits, math.floor(len(refused) * (1 - decoys) / decoys + 1e-9))
    items = [*hits[: max(n_hits, 1)], *refused]
    items = [items[i] for i in rng.permutation(len(items))]
    codes = [f"{i:04d}" for i in range(1, len(items) + 1)]
    names = _names(measured.outlets)
    rows = [
        _row(c, p, measured.texts[p.document], names) for c, p in zip(codes, items, strict=True)
    ]
    key = [
        (code, p.kind, lexicon.name, p.entry.id, p.entry.frame, p.document, p.start, p.end,
         sizes[p.kind])
        for code, p in zip(codes, items, strict=True)
    ]  # fmt: skip
    return build("sheet", rows), build("sheet_key", key)


def _places(measured: MeasurementSet, lexicon: Lexicon) -> list[_Place]:
    """Every hit of a marker and every place where one was refused, in order."""
    markers = [entry for entry in lexicon.entries if entry.is_marker]
    bare = replace(lexicon, entries=tuple(replace(e, near=(), not_near=()) for e in markers))
    refusing, allowing = Matcher(lexicon), Matcher(bare, skip_negated=False)
    by_id = {entry.id: entry for entry in markers}
    found = []
    sentences = measured.sentences[measured.sentences["zone"].isin(RATE_ZONES)]
    for document, rows in sentences.groupby("document", sort=True):
        text = readable(measured.texts.get(document, ""))
        for row in rows.itertuples():
            span = int(row.start), int(row.end)
            for kind, entry, start, end in _in_sentence(refusing, allowing, text[slice(*span)]):
                place = span[0] + start, span[0] + end
                found.append(_Place(kind, by_id[entry], str(document), span, *place))
    return found


def _in_sentence(
    refusing: Matcher, allowing: Matcher, sentence: str
) -> Iterator[tuple[str, str, int, int]]:
    line = sentence.replace("\n", " ")  # a sentence of the set may be broken over two lines
    possible = allowing.find(line)
    if not possible:
        return
    hits = [hit for hit in refusing.find(line) if hit.entry.is_marker]
    for hit in hits:
        yield "hit", hit.entry.id, hit.start, hit.end
    for place in possible:
        if not any(hit.start < place.end and place.start < hit.end for hit in hits):
            yield "decoy", place.entry.id, place.start, place.end


def _at_most(places: Sequence[_Place]) -> list[_Place]:
    n: Counter = Counter()
    kept = []
    for place in places:
        n[place.entry.id] += 1
        if n[place.entry.id] <= MOST_OF_AN_ENTRY:
            kept.append(place)
    return kept


def _names(outlets: Sequence[str]) -> re.Pattern:
    longest_first = sorted(outlets, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _row(code: str, place: _Place, text: str, names: re.Pattern) -> tuple:
    text = readable(text)
    first, last = place.sentence
    left, node, right = (
        " ".join(text[a:b].split())
        for a, b in ((first, place.start), (place.start, place.end), (place.end, last))
    )
    question = (
        f"Does {node!r} do this here? {place.entry.gloss}"
        if place.entry.gloss
        else (f"Is {node!r} used here as a word of the frame {place.entry.frame}?")
    )
    cover = names.sub(COVER, left), node, names.sub(COVER, right)
    return code, place.entry.id, question, *cover, "", ""
