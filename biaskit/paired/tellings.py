"""
How often does each outlet use markers in each event, and which events does it leave out?

A rate here is the mean over an outlet's documents on the event. A copy does not count, and
what the outlet prints of agencies on one event counts once: its first agency story stands for
all, since their wording is the agency's.
"""

from itertools import combinations

import pandas as pd

from biaskit.lexicon import markers_among
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import VOICE_CHOICES
from biaskit.tables import RATE_ZONES, build, require

__all__ = ["coverage", "document_rates", "event_differences", "tellings"]


def tellings(
    measured: MeasurementSet,
    matches: pd.DataFrame | None = None,
    *,
    frame: str | None = None,
    entry: str | None = None,
    voice: str = "all",
) -> pd.DataFrame:
    """
    How often each outlet uses markers in each event.

    Parameters
    ----------
    measured : a measurement set. Only headline, subheads and body count.
    matches : the event of each document (see `events.match_events`); by default the column
        `event` of the set's documents. A document without an event takes no part.
    frame, entry : only markers of this frame and those below it, or only this entry.
    voice : one of all, unquoted, narration, quoted, reported, attributed.

    Returns
    -------
    One row per event and outlet that tells it, in alphabetical order, with the columns of a
    `tellings` table.

    Raises
    ------
    ValueError : no such frame, entry or voice; no document has an event.
    """
    documents = document_rates(measured, frame, entry, voice)
    events = _in_events(measured, matches)
    rows = events.merge(documents.drop(columns="outlet"), on="document")
    found = rows.groupby(["event", "outlet"], as_index=False).agg(
        n=("n", "sum"),
        n_tokens=("n_tokens", "sum"),
        n_documents=("document", "size"),
        per_1000=("per_1000", "mean"),
    )
    return build("tellings", found.to_dict("records"))


def coverage(measured: MeasurementSet, matches: pd.DataFrame | None = None) -> pd.DataFrame:
    """
    Which events each outlet tells, and which it leaves out.

    Returns
    -------
    One row per event and outlet of the set, with the columns of a `coverage` table: its
    documents, 0 where it leaves the event out. Events that more outlets tell come first.
    """
    events = _in_events(measured, matches)
    n = events.groupby(["event", "outlet"]).size().unstack(fill_value=0)
    n = n.reindex(columns=measured.outlets, fill_value=0)
    order = sorted(n.index, key=lambda event: (-(n.loc[event] > 0).sum(), event))
    return build("coverage", [(e, o, n.at[e, o]) for e in order for o in measured.outlets])


def _in_events(measured: MeasurementSet, matches: pd.DataFrame | None) -> pd.DataFrame:
    """Document, outlet and event, where each outlet's agency stories on an event count once."""
    documents = without_copies(measured).documents
    if matches is not None:
        events = require(matches, "decisions").set_index("document")["event"]
        documents = documents.assign(event=documents["document"].map(events))
    known = documents.dropna(subset=["event"])
    if known.empty:
        raise ValueError(
            "no document has an event; name them in the metadata, or match them with "
            "biaskit events SET"
        )
    known = known.sort_values(["date_low", "document"], na_position="last")
    wire = known["wire"] == True  # noqa: E712
    again = wire & known[wire].duplicated(["event", "outlet"]).reindex(
        known.index, fill_value=False
    )
    return known.loc[~again, ["document", "outlet", "event"]]


def document_rates(
    measured: MeasurementSet, frame: str | None, entry: str | None, voice: str
) -> pd.DataFrame:
    """
    Hits, tokens and rate of each document that has tokens of the voice; copies do not count.

    One row per document: document, outlet, n, n_tokens, per_1000. For parameters and errors
    see `tellings`.
    """
    if voice not in VOICE_CHOICES:
        raise ValueError(f"no voice {voice!r}; there are {', '.join(VOICE_CHOICES)}")
    measured = without_copies(measured)
    chosen = _entries(measured.entries, frame, entry)
    table = measured.documents[["document", "outlet"]].set_index("document")
    sizes, hits = (
        x[x["zone"].isin(RATE_ZONES) & x["voice"].isin(VOICE_CHOICES[voice])]
        for x in (measured.sizes, measured.hits)
    )
    hits = hits.merge(chosen[["lexicon", "entry"]], on=["lexicon", "entry"])
    table["n"] = hits.groupby("document").size()
    table["n_tokens"] = sizes.groupby("document")["n_tokens"].sum()
    table = table.fillna({"n": 0, "n_tokens": 0}).query("n_tokens > 0").reset_index()
    return table.assign(per_1000=1_000 * table["n"] / table["n_tokens"])


def _entries(entries: pd.DataFrame, frame: str | None, entry: str | None) -> pd.DataFrame:
    if entry is not None:
        chosen = entries[entries["entry"] == entry]
        if chosen.empty:
            raise ValueError(f"no entry {entry!r}; see biaskit lexicon list")
        return chosen
    markers = entries[markers_among(entries)]
    if frame is None:
        return markers
    chosen = markers[(markers["frame"] == frame) | markers["frame"].str.startswith(f"{frame}/")]
    if chosen.empty:
        frames = ", ".join(sorted(markers["frame"].unique()))
        raise ValueError(f"no frame {frame!r}; this set's lexicons have {frames}")
    return chosen


def event_differences(told: pd.DataFrame) -> pd.DataFrame:
    """
    The difference of two outlets' rates in each event that both tell.

    told : a `tellings` table.

    Returns
    -------
    One row per pair of outlets and event, in alphabetical order, with the columns of an
    `event_differences` table. The target is the outlet that comes first in the alphabet.
    """
    require(told, "tellings")
    of_outlet = dict(list(told.groupby("outlet", sort=True)))
    rows = []
    for target, reference in combinations(of_outlet, 2):
        both = of_outlet[target].merge(of_outlet[reference], on="event").sort_values("event")
        rows += [
            (x.event, target, reference, x.per_1000_x, x.per_1000_y, x.per_1000_x - x.per_1000_y)
            for x in both.itertuples()
        ]
    return build("event_differences", rows)
