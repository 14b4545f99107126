"""
Does a difference hang on how it was measured?

Whoever compares outlets has to choose: only the outlet's own words or all of them, with the
headline or without, with recurring lines, with copies, with this frame or without it. Each
choice is reasonable and none is right. The specification curve (Simonsohn, Simmons and Nelson
2020) makes the same comparison under every combination of them. Where the effect keeps its
sign in nearly all, the choices do not matter; where it changes, the difference is that of a
choice.

The rows are no independent tests, and their number is none of evidence: they are one corpus,
counted again. No row is corrected for the others.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from biaskit.comparison import two_digits
from biaskit.keyness import Shuffling, contrast, sample
from biaskit.lexicon import markers_among
from biaskit.measurement import MeasurementSet
from biaskit.tables import RATE_ZONES, build

__all__ = ["specification_curve", "specification_sentence"]

VOICES = ("narration", "unquoted", "all")
ZONES = {"article": RATE_ZONES, "body": ("subhead", "body"), "headline": ("headline",)}
LEFT_OUT, COUNTED = "left out", "counted"
ALL = "all"

# Counted as the article's own where a choice says so.
AS_BODY = "body"
SET_APART = "related"


class Choice(NamedTuple):
    """One way to measure; the fields are columns of the table."""

    zones: str
    copies: str
    recurring: str


def specification_curve(
    measured: MeasurementSet,
    target: str | None = None,
    reference: str | None = None,
    *,
    entry: str | None = None,
    track: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> pd.DataFrame:
    """
    Compare how often two outlets use markers, under every reasonable choice.

    Parameters
    ----------
    measured : a measurement set.
    target, reference : the two outlets; may be left out where there are only two.
    entry : one entry alone, instead of all markers.
    track : the place of a progress bar.

    Returns
    -------
    One row per choice, sorted by the effect, with the columns of a `specifications` table.
    Choices that the set cannot tell apart (copies where there are none) are made once.

    Raises
    ------
    ValueError : no such outlet or entry; more than two outlets and none named.
    """
    target, reference = _pair(measured, target, reference)
    if entry is not None and entry not in set(measured.entries["entry"]):
        raise ValueError(
            f"no entry {entry!r} in the lexicons of this set; see biaskit lexicon list"
        )
    rows, last = [], None
    nothing = Shuffling(0, np.random.default_rng())
    for choice, voice in track(list(product(_choices(measured), VOICES))):
        if choice != last:
            chosen, last = _measured_so(measured, choice), choice
            hits = _hits(chosen, entry)
        counted = sample(chosen, hits, by="outlet", voice=voice)
        pair = target, reference
        found = counted.between(pair).at_least(1)
        if found.items:
            rows += _rows(contrast(found, *pair, nothing), choice, voice)
    table = build("specifications", rows).sort_values(
        ["log_ratio", "voice", "zones", "copies", "recurring", "markers"], ignore_index=True
    )
    return table.assign(rank=np.arange(len(table)))


def specification_sentence(specifications: pd.DataFrame) -> str:
    """What the curve shows, in words."""
    effects = specifications.dropna(subset=["log_ratio"])
    if effects.empty:
        return "No choice leaves enough hits to compare."
    target, reference = effects["target"].iloc[0], effects["reference"].iloc[0]
    n, more = len(effects), int((effects["log_ratio"] > 0).sum())
    sure = int(((effects["low"] > 0) | (effects["high"] < 0)).sum())
    low, high = (two_digits(2**x) for x in (effects["log_ratio"].min(), effects["log_ratio"].max()))
    how_sure = f"in {sure:,} the 95 % interval lies on one side of equal"
    if not sure:
        how_sure = "in none does the 95 % interval lie on one side of equal"
    if effects["low"].isna().all():
        how_sure = "no interval is given, for want of articles"
    ways = "The one way" if n == 1 else f"Of {n} reasonable ways"
    return (
        f"{ways} to make this comparison, {more} give {target} more than {reference}; its rate is "
        f"{low} to {high} times that of {reference}, and {how_sure}."
    )


def _pair(measured: MeasurementSet, target: str | None, reference: str | None) -> tuple[str, str]:
    outlets = measured.outlets
    for name in (target, reference):
        if name is not None and name not in outlets:
            raise ValueError(f"no outlet {name!r}; this set has {', '.join(outlets)}")
    others = [outlet for outlet in outlets if outlet not in {target, reference}]
    missing = (target is None) + (reference is None)
    if len(outlets) < 2 or (missing and len(others) != missing):
        raise ValueError(
            f"name the two outlets to compare; this set has {', '.join(outlets) or 'none'}"
        )
    target = target or others.pop(0)
    return target, reference or others.pop(0)


def _choices(measured: MeasurementSet) -> Iterator[Choice]:
    """Every combination of choices that make a difference in this set."""
    has_copies = measured.documents["copy_of"].notna().any()
    has_recurring = (measured.hits["zone"] == "recurring").any()
    for made in product(
        ZONES,
        (LEFT_OUT, COUNTED) if has_copies else (LEFT_OUT,),
        (LEFT_OUT, COUNTED) if has_recurring else (LEFT_OUT,),
    ):
        yield Choice(*made)


def _measured_so(measured: MeasurementSet, choice: Choice) -> MeasurementSet:
    """The set as it would be, had the choice been made before measuring."""
    zones = {zone: SET_APART for zone in RATE_ZONES if zone not in ZONES[choice.zones]}
    if choice.recurring == COUNTED:
        zones["recurring"] = AS_BODY if AS_BODY not in zones else SET_APART
    moved = {
        name: (table := measured.table(name)).assign(zone=table["zone"].replace(zones))
        for name in ("hits", "sizes")
    }
    documents = measured.documents
    if choice.copies == COUNTED:
        documents = documents.assign(copy_of=None)
    return replace(measured, documents=documents, **moved)


def _hits(measured: MeasurementSet, entry: str | None) -> pd.DataFrame:
    """Hits with the choice of markers that they count in: all, and all without another frame."""
    hits = measured.hits.merge(measured.entries, on=["lexicon", "entry"])
    if entry is not None:
        return hits[hits["entry"] == entry].assign(item=ALL)
    hits = hits[markers_among(hits)]
    frame = hits["frame"].str.split("/").str[0]
    frames = sorted({*frame})
    if len(frames) < 2:
        return hits.assign(item=ALL)
    without = [hits[frame != one].assign(item=one) for one in frames]
    return pd.concat([hits.assign(item=ALL), *without], ignore_index=True)


def _rows(found: pd.DataFrame, choice: Choice, voice: str) -> list[dict[str, Any]]:
    return [
        {
            **choice._asdict(),
            "voice": voice,
            "markers": row.item,
            "n_documents": row.n_documents_target + row.n_documents_reference,
            "log_ratio": row.estimate,
            "p": row.p_t,
            **{name: getattr(row, name) for name in SAME},
            "rank": 0,
        }
        for row in found.itertuples()
    ]


SAME = ("target", "reference", "n_target", "n_reference", "low", "high", "note")
