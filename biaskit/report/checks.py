"""
Would the page say the same of nothing, of one event, or of other choices?

Three checks that stand beside the findings: how often an outlet differs from itself when it
is cut in two at random; how outlets tell the events they share; and whether a difference
hangs on how it was measured. They are kept short here, so that a page is made in seconds, and
the page says so.
"""

from typing import Any

import pandas as pd

from biaskit.comparison import Settings, null_checks, null_sentence
from biaskit.measurement import MeasurementSet
from biaskit.paired import paired_comparison
from biaskit.rates import FEWEST_DOCUMENTS
from biaskit.sidebyside import across_outlets, side_by_side
from biaskit.specification import specification_curve, specification_sentence

__all__ = ["EVENTS_SHOWN", "NULL_RUNS", "null_sentences", "paired_rows", "specified", "told_twice"]

NULL_RUNS = 40
OUTLETS_SPLIT = 3
EVENTS_SHOWN = 20
PAIRS_SHOWN = 10


def null_sentences(measured: MeasurementSet, settings: Settings) -> list[str]:
    """What the same settings find within one outlet, for those with most articles."""
    n = _most_articles(measured)
    enough = n.index[n >= 2 * FEWEST_DOCUMENTS]
    return [
        null_sentence(check)
        for outlet in enough[:OUTLETS_SPLIT]
        for _, check in null_checks(measured, outlet, settings, runs=NULL_RUNS).iterrows()
    ]


def _most_articles(measured: MeasurementSet) -> pd.Series:
    n = measured.documents.groupby("outlet", sort=True)["document"].count()
    return n.sort_values(ascending=False, kind="stable")


def specified(measured: MeasurementSet) -> str:
    """How far a comparison of the two outlets with most articles hangs on choices."""
    target, reference = sorted(_most_articles(measured).index[:2])
    return specification_sentence(specification_curve(measured, target, reference))


def told_twice(measured: MeasurementSet) -> dict[str, Any]:
    """The events that two outlets or more tell, those of most articles first, side by side."""
    known = measured.documents.dropna(subset=["event"])
    events = known.groupby("event").agg(outlets=("outlet", "nunique"), n=("document", "count"))
    events = events[events["outlets"] > 1].reset_index()
    events = events.sort_values(["outlets", "n", "event"], ascending=[False, False, True])
    return {
        "n": len(events),
        "shown": [
            {**event, **_beside(measured, event["event"])}
            for event in events[:EVENTS_SHOWN].to_dict("records")
        ],
    }


def _beside(measured: MeasurementSet, event: str) -> dict[str, Any]:
    table = across_outlets(side_by_side(measured, event))
    outlets = [column for column in table.columns if column not in {"kind", "group", "name"}]
    rows = [
        {"kind": row["kind"], "group": row["group"], "name": row["name"],
         "cells": [row[outlet] for outlet in outlets]}
        for row in table.to_dict("records")
    ]  # fmt: skip
    return {"columns": outlets, "rows": rows}


def paired_rows(measured: MeasurementSet) -> list[dict[str, Any]]:
    """Each two outlets within the events both tell, those with most events first."""
    if measured.documents["event"].isna().all():
        return []
    table = paired_comparison(measured)
    table = table[table["n_events"] > 0].sort_values("n_events", ascending=False, kind="stable")
    return table.head(PAIRS_SHOWN).to_dict("records")
