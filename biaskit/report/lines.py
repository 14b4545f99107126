"""
Which hits stand on the page, and with which words around them?

All of them, unless they are so many that the page grows too large to be sent by mail; then
markers in the article come first, plain variants second and what stands elsewhere on the page
last, and within each the outlets take turns, so that none is missing. The page says how many
it holds of how many.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from biaskit.kwic import kwic_lines
from biaskit.lexicon import NEUTRAL, markers_among
from biaskit.measurement import MeasurementSet
from biaskit.report.data import coded, numbers
from biaskit.tables import RATE_ZONES, VOICES, ZONES

__all__ = ["MARKER", "OTHER", "PLAIN", "chosen_lines", "document_data", "line_data"]

# How a line takes part: in rates, in shares alone, or in neither, since it stands outside the
# article or names a target.
MARKER, PLAIN, OTHER = range(3)

# Characters of a line or an article beside its words: its numbers, quotation marks and commas.
BESIDE_WORDS = 24
BESIDE_NAMES = 70


def chosen_lines(
    measured: MeasurementSet, room: int, needed: Iterable[tuple[str, int, str]]
) -> pd.DataFrame:
    """
    The lines of a set that fit on the page, in the order of kind, outlet, article and position.

    Parameters
    ----------
    measured : a measurement set without copies.
    room : characters there are for lines and for the names of the articles they stand in.
    needed : document, start and entry of lines that must be among them.

    Returns
    -------
    One row per line: the columns of a `kwic` table with at most three words a side, speaker,
    sentence, and kind; `attrs["n"]` is the number of lines in the set.
    """
    lines = kwic_lines(replace(measured, texts={}))
    of_hit = measured.hits.drop_duplicates(["document", "start", "end"])
    of_hit = of_hit[["document", "start", "end", "speaker", "sentence"]]
    lines = lines.merge(of_hit, on=["document", "start", "end"], how="left")
    counted = lines["zone"].isin(RATE_ZONES)
    kinds = [counted & markers_among(lines), counted & (lines["frame"] == NEUTRAL)]
    lines["kind"] = np.select(kinds, [MARKER, PLAIN], default=OTHER)
    keys = zip(lines["document"], lines["start"], lines["entry"], strict=True)
    wanted = {*needed}
    first = pd.Series([key not in wanted for key in keys], lines.index, dtype=bool)
    turn = lines.groupby(["kind", "outlet"]).cumcount()
    order = lines.assign(first=first, turn=turn).sort_values(["first", "kind", "turn", "outlet"])
    cost = order[["left", "node", "right"]].map(len).sum(axis=1) + BESIDE_WORDS
    new = ~order["document"].duplicated()
    cost += new * (order["document"].map(_cost_of_documents(measured)))
    kept = order.index[(cost.cumsum() <= room) | ~order["first"]]
    shown = lines.loc[kept].sort_values(["kind", "outlet", "document", "start", "entry"])
    shown = shown.reset_index(drop=True)
    shown.attrs["n"] = len(lines)
    return shown


def _cost_of_documents(measured: MeasurementSet) -> pd.Series:
    documents = measured.documents.set_index("document")
    names = documents[["label", "source", "event"]].fillna("")
    return names.map(len).sum(axis=1) + BESIDE_NAMES


def line_data(lines: pd.DataFrame, documents: list[str], entries: list[str]) -> dict[str, Any]:
    """The lines as columns for the page; documents and entries are given by their place."""
    nodes, words = coded(lines["node"])
    speakers, names = coded(lines["speaker"])
    places = {document: i for i, document in enumerate(documents)}
    known = {entry: i for i, entry in enumerate(entries)}
    return {
        "n": lines.attrs["n"],
        "document": [places[document] for document in lines["document"]],
        "entry": [known[entry] for entry in lines["entry"]],
        "voice": [VOICES.index(voice) for voice in lines["voice"]],
        "zone": [ZONES.index(zone) for zone in lines["zone"]],
        "kind": numbers(lines["kind"]),
        "sentence": numbers(lines["sentence"].fillna(-1)),
        "left": lines["left"].tolist(),
        "node": nodes,
        "right": lines["right"].tolist(),
        "speaker": speakers,
        "words": words,
        "speakers": names,
    }


def document_data(
    measured: MeasurementSet, needed: Iterable[str], room: int
) -> tuple[list[str], dict[str, Any]]:
    """
    The articles as columns for the page, and their ids in the same order.

    Those that lines stand in are all there, the others as far as `room` characters go; `n` is
    how many the set has.
    """
    documents = measured.documents.sort_values(["outlet", "date_low", "document"])
    ids = documents["document"]
    needed = {*needed}
    other = ~ids.isin(needed)
    turn = documents[other].groupby("outlet").cumcount().sort_values(kind="stable").index
    cost = ids[turn].map(_cost_of_documents(measured)).cumsum()
    documents = documents[~other | ids.index.isin(turn[cost <= room])]
    outlets = {outlet: i for i, outlet in enumerate(measured.outlets)}
    zones = _counted(measured.zones.assign(n=1), "zone", ZONES, "n")
    sizes = measured.sizes[measured.sizes["zone"].isin(RATE_ZONES)]
    voices = _counted(sizes, "voice", VOICES, "n_tokens")
    known = documents["document"].tolist()
    return known, {
        "n": len(measured.documents),
        "label": documents["label"].tolist(),
        "outlet": [outlets[outlet] for outlet in documents["outlet"]],
        "source": documents["source"].tolist(),
        "event": [event or "" for event in documents["event"]],
        "date": [_date(row) for row in documents.itertuples()],
        "tokens": numbers(documents["n_tokens"]),
        "voices": [voices.get(document, [0] * len(VOICES)) for document in known],
        "zones": [zones.get(document, [0] * len(ZONES)) for document in known],
    }


def _counted(
    table: pd.DataFrame, column: str, names: tuple[str, ...], n: str
) -> dict[str, list[int]]:
    counts = table.pivot_table(index="document", columns=column, values=n, aggfunc="sum")
    counts = counts.reindex(columns=list(names)).fillna(0).astype(int)
    return dict(zip(counts.index, counts.to_numpy().tolist(), strict=True))


def _date(row: Any) -> str:
    if not row.date_low:
        return ""
    until = "" if row.date_high == row.date_low else f" to {row.date_high or 'open'}"
    return f"{row.date_low}{until} ({row.date_kind})"
