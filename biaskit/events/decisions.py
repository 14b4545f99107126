"""
What has the user decided about events, and where is it kept?

A decision says of one document which event it is about. It wins over dates, wording and the
documents' own `event` column. Documents with one event's name are joined, documents with
different ones are kept apart: so a wrong event is split by naming two, and two are merged by
giving them one name. A file of decisions is a CSV with the columns document and event, as
`save_decisions` writes it, or a TOML with a table [event] of documents and names.
"""

import csv
import tomllib
from pathlib import Path

import pandas as pd

from biaskit.measurement import MeasurementSet, replaced
from biaskit.tables import build, require

__all__ = ["read_decisions", "save_decisions", "with_events"]


def read_decisions(file: str | Path) -> pd.DataFrame:
    """
    The decisions in a CSV or TOML file: one row per document, in alphabetical order.

    Rows without an event are left out, so that a list to be filled in can be read half done.

    Raises
    ------
    FileNotFoundError, ValueError : no such file; neither CSV nor TOML, or without the columns;
        a document with two events.
    """
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"no file of decisions at {str(file)!r}")
    rows = _toml(path) if path.suffix == ".toml" else _csv(path)
    events: dict[str, str] = {}
    for document, event in rows:
        if event and events.setdefault(document, event) != event:
            raise ValueError(
                f"{file} gives {document!r} two events, {events[document]!r} and {event!r}"
            )
    return build("decisions", sorted(events.items()))


def save_decisions(matches: pd.DataFrame, file: str | Path) -> Path:
    """
    Write which event each document is about as CSV, to be edited and read back.

    matches : any table with the columns document and event.
    """
    table = require(matches, "decisions")[["document", "event"]]
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    table.sort_values("document").to_csv(path, index=False, lineterminator="\n")
    return path


def with_events(measured: MeasurementSet, events: pd.DataFrame) -> MeasurementSet:
    """
    The set with these events, to compare within them or to shuffle whole ones.

    Parameters
    ----------
    events : a table with the columns document and event, such as the `matches` of
        `match_events` or what `read_decisions` reads; other documents keep the event they have.

    Raises
    ------
    ValueError : an event of a document that the set does not have.
    """
    documents, events = measured.documents, require(events, "decisions")
    given = dict(zip(events["document"], events["event"], strict=True))
    if unknown := sorted(given.keys() - {*documents["document"]}):
        n = len(documents)
        raise ValueError(f"an event of {unknown[0]!r}, which is none of these {n:,} documents")
    told = documents["document"].map(given).astype(object)
    return replaced(measured, documents=documents.assign(event=told.fillna(documents["event"])))


def _csv(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        there = reader.fieldnames or []
        if not {"document", "event"} <= {*there}:
            names = ", ".join(map(str, there)) or "none"
            raise ValueError(f"{path} needs the columns document, event; it has {names}")
        rows = [(row["document"] or "", row["event"] or "") for row in reader]
    return [(document.strip(), event.strip()) for document, event in rows]


def _toml(path: Path) -> list[tuple[str, str]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["event"]
        return [(document, str(event)) for document, event in table.items()]
    except (tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        raise ValueError(
            f'{path} is no file of decisions: it needs a table [event] with lines like "id" = "x"'
        ) from error
