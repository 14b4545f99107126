"""
One event: what does each outlet call it, whom does it let speak, and with what welcome?

All that a set knows of the outlets' words on one event, in one table: headlines (where the
texts are at hand), lexicon entries, variants of the alternation sets, speakers, and how cue
words present them. It is the page to put on a wall and talk about; a single event proves
nothing about an outlet.
"""

from collections.abc import Iterator

import pandas as pd

from biaskit.measurement import MeasurementSet, without_copies
from biaskit.pages import readable
from biaskit.sourcing import one_name_each
from biaskit.tables import RATE_ZONES, build, require

__all__ = ["across_outlets", "side_by_side"]

SPEAKING = ("quoted", "reported")


def side_by_side(
    measured: MeasurementSet, event: str, matches: pd.DataFrame | None = None
) -> pd.DataFrame:
    """
    The outlets' words on one event beside each other.

    Parameters
    ----------
    measured : a measurement set; with its texts the headlines are shown, too.
    event : the event's name.
    matches : the event of each document (see `events.match_events`); by default the column
        `event` of the set's documents.

    Returns
    -------
    One row per item and outlet that tells the event, with the columns of a `side_by_side`
    table: headlines, entries by frame, variants by set, speakers, stances. An outlet without
    the item has a row with n = 0, so that its silence shows. Copies do not count.

    Raises
    ------
    ValueError : no such event; the message names some there are.
    """
    measured = without_copies(measured)
    documents = _documents(measured, event, matches)
    outlets = sorted(documents["outlet"].unique())
    rows = [
        row
        for part in (_headlines, _entries, _variants, _speakers, _stances)
        for row in _for_all(part(measured, documents), outlets)
    ]
    return build("side_by_side", rows)


def across_outlets(table: pd.DataFrame) -> pd.DataFrame:
    """
    A `side_by_side` table with a column per outlet: one row per kind, group and name.

    A cell reads "2 (narration 1, quoted 1)", and "–" where the outlet has none.
    """
    require(table, "side_by_side")
    told = [f"{x.n} ({x.detail})" if x.detail else str(x.n) for x in table.itertuples()]
    cells = table.assign(
        cell=[cell if n else "–" for cell, n in zip(told, table["n"], strict=True)]
    )
    cells["order"] = cells.groupby(["kind", "group", "name"], sort=False).ngroup()
    wide = cells.pivot(index=["order", "kind", "group", "name"], columns="outlet", values="cell")
    return wide.reset_index().drop(columns="order").rename_axis(columns=None)


Item = tuple[str, str, str, str, int, str]  # kind, group, name, outlet, n, detail


def _documents(measured: MeasurementSet, event: str, matches: pd.DataFrame | None) -> pd.DataFrame:
    documents = measured.documents
    if matches is not None:
        events = require(matches, "decisions").set_index("document")["event"]
        documents = documents.assign(event=documents["document"].map(events))
    chosen = documents[documents["event"] == event]
    if chosen.empty:
        told = documents.dropna(subset=["event"]).groupby("event")["outlet"].nunique()
        names = sorted(told.index, key=lambda name: (-told[name], name))
        shown = ", ".join(names[:NAMES]) + (", …" if len(names) > NAMES else "")
        raise ValueError(f"no event {event!r}; this set has {shown or 'none'}")
    return chosen[["document", "outlet"]]


NAMES = 8


def _for_all(items: list[Item], outlets: list[str]) -> Iterator[Item]:
    """The items in their order, each for all outlets, with 0 where one has none."""
    found = {item[:4]: item for item in items}
    for key in dict.fromkeys(item[:3] for item in items):
        for outlet in outlets:
            yield found.get((*key, outlet), (*key, outlet, 0, ""))


def _headlines(measured: MeasurementSet, documents: pd.DataFrame) -> list[Item]:
    items = []
    zones = measured.zones[measured.zones["zone"] == "headline"]
    for x in zones.merge(documents, on="document").itertuples():
        text = measured.texts.get(x.document)
        if text is not None:
            items.append(("headline", "", readable(text[x.start : x.end]), x.outlet, 1, ""))
    return list(dict.fromkeys(items))


def _hits(measured: MeasurementSet, documents: pd.DataFrame) -> pd.DataFrame:
    hits = measured.hits[measured.hits["zone"].isin(RATE_ZONES)]
    return hits.merge(documents, on="document").merge(measured.entries, on=["lexicon", "entry"])


def _entries(measured: MeasurementSet, documents: pd.DataFrame) -> list[Item]:
    return _counted("entry", _hits(measured, documents), "frame", "entry", "voice")


def _variants(measured: MeasurementSet, documents: pd.DataFrame) -> list[Item]:
    hits = _hits(measured, documents).dropna(subset=["set", "variant"])
    return _counted("alternation", hits, "set", "variant", "voice")


def _speakers(measured: MeasurementSet, documents: pd.DataFrame) -> list[Item]:
    spans = measured.spans[measured.spans["zone"].isin(RATE_ZONES)].merge(documents, on="document")
    spans = spans[spans["voice"].isin(SPEAKING) & spans["speaker"].notna()]
    names = one_name_each(spans["speaker"])
    return _counted("speaker", spans.assign(name=spans["speaker"].map(names)), "", "name", "voice")


def _stances(measured: MeasurementSet, documents: pd.DataFrame) -> list[Item]:
    spans = measured.spans[measured.spans["zone"].isin(RATE_ZONES)].merge(documents, on="document")
    known = spans.dropna(subset=["stance", "cue"])
    return _counted("stance", known, "", "stance", "cue")


def _counted(kind: str, table: pd.DataFrame, group: str, name: str, detail: str) -> list[Item]:
    """Rows of a table counted by outlet, and in words by `detail`; most frequent names first."""
    table = table.assign(group=table[group] if group else "")
    often = table.groupby(["group", name]).size()
    keys = sorted(often.index, key=lambda key: (key[0], -often[key], key[1]))
    items = []
    for key in keys:
        of_it = table[(table["group"] == key[0]) & (table[name] == key[1])]
        for outlet, rows in of_it.groupby("outlet", sort=True):
            told = sorted(rows[detail].value_counts().items(), key=lambda x: (-x[1], x[0]))
            words = ", ".join(f"{what} {n}" for what, n in told)
            items.append((kind, *key, str(outlet), len(rows), words))
    return items
