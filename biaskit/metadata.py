"""
What does a reader know of the pages that they do not say themselves?

A metadata file is a CSV with the column `source` (the file, relative to what was given) and
any of `outlet`, `date`, `event`, `author`, `url`, `section`. What it says of a page comes
before everything that is found out from the page.
"""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from biaskit.dates import Dates, interval
from biaskit.reading.records import Found, Record

__all__ = ["METADATA", "Sample", "read_metadata", "read_sample"]

SAMPLE_KEYS = ("id", "url", "source")
METADATA = ("source", "outlet", "date", "event", "author", "url", "section")


def read_metadata(file: str | Path) -> dict[str, dict[str, str]]:
    """What a metadata file says, by source; empty cells are left out."""
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"no metadata file at {str(file)!r}")
    try:
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), strict=True)
        names = rows.fieldnames or []
        unknown = sorted({*names} - {*METADATA})
        if "source" not in names or unknown:
            problem = f"unknown column {unknown[0]!r}" if unknown else "no column 'source'"
            raise ValueError(f"{file}: {problem}; it may have {', '.join(METADATA)}")
        facts: dict[str, dict[str, str]] = {}
        for row in rows:
            if None in row:
                raise ValueError(
                    f"{file}, line {rows.line_num}: more cells than columns; "
                    f"put text that holds a comma between quotation marks"
                )
            source = (row.pop("source") or "").strip()
            if source in facts:
                raise ValueError(f"{file}, line {rows.line_num}: {source!r} is given twice")
            facts[source] = {k: v.strip() for k, v in row.items() if k and v and v.strip()}
            if "date" in facts[source]:
                _user_date(facts[source]["date"], f"{file}, line {rows.line_num}")
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} is not a CSV file in UTF-8: {error}") from error
    return facts


class Sample(NamedTuple):
    """Which articles are wanted: the values of one key, which all records are asked for."""

    key: str
    values: frozenset[str]

    def takes(self, found: Found) -> bool:
        """Whether a record is in the sample; faults and notes always are."""
        if not isinstance(found, Record):
            return True
        return (found.source if self.key == "source" else found.fields.get(self.key)) in self.values


def read_sample(file: str | Path) -> Sample:
    """
    The list of a sample: a CSV with the column id, url or source.

    Raises
    ------
    FileNotFoundError, ValueError : no such file, or none of these columns.
    """
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"no list of a sample at {str(file)!r}")
    try:
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), strict=True)
        key = next((key for key in SAMPLE_KEYS if key in (rows.fieldnames or [])), None)
        if key is None:
            raise ValueError(
                f"{file}: no column of a sample; it needs one of {', '.join(SAMPLE_KEYS)}"
            )
        return Sample(key, frozenset(row[key].strip() for row in rows if row[key]))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} is not a CSV file in UTF-8: {error}") from error


def _user_date(written: str, where: str) -> Dates:
    try:
        return interval(written, "user")
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
