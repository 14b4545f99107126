"""
What is found in a file: articles, faults, and what a user should know?

A `Record` is one article as it was found, a `Fault` something that could not be read, and a
`Note` what a user should hear although nothing is lost: which columns were taken for what,
an encoding that was guessed, text that was decoded wrongly before it came here. Tables give
rows first; a row becomes a record or, where it has no text that can be read, a fault.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import Any, NamedTuple

from biaskit.reading.columns import Chosen, choose
from biaskit.reading.decoding import decode, mojibake, unix_lines, without_surrogates
from biaskit.reading.streams import MAX_ARTICLE, UnreadableError, in_mb

__all__ = ["Fault", "Found", "Note", "Record", "Row", "Tally", "record_of_page", "records_of_rows"]

# JSON lines leave out what is missing, so one line does not show all columns; these many do.
# The bytes bound what is held for it.
ROWS_LOOKED_AT = 100
BYTES_LOOKED_AT = 4_000_000

# A file that is no table at all is told from one with broken rows by then.
MAX_BROKEN = 1_000

# Above this a whole number in floating point is no longer exact, and so is no id.
EXACT = 2**53


class Record(NamedTuple):
    """One article as found, before anything is made of it."""

    source: str
    """File relative to what was given; "export.csv#12" is the 12th row, "a.zip/b.txt" a member."""
    kind: str
    """page (text dump of a web page), html, or text (article text from a table)."""
    content: str
    """Decoded, line ends as newlines, never otherwise changed."""
    fields: dict[str, str]
    """What the file says of it: any of `FIELDS` but text; never empty, without spaces around."""
    encoding: str
    """utf-8, utf-16, or the code page and where its name is from: cp1252 (guessed)."""
    size: int
    """Bytes it took in its file; in a packed one its share of them."""


class Fault(NamedTuple):
    """Something that could not be read, and why, in one sentence."""

    source: str
    reason: str


class Note(NamedTuple):
    """Something a user should know: columns taken for what, mojibake, a guessed encoding."""

    source: str
    message: str


Found = Record | Fault | Note


class Row(NamedTuple):
    """One row of a table file: its number from 1, its cells, or what is wrong with it."""

    number: int
    values: Mapping[str, Any]
    encoding: str = "utf-8"
    size: int = 0
    n_replaced: int = 0
    problem: str = ""


class Tally:
    """What a user should hear of one file once it is read."""

    def __init__(self) -> None:
        self.guessed: Counter[str] = Counter()
        self.mojibake: Counter[str] = Counter()
        self.n_surrogates = 0
        self.n_replaced = 0

    def text(self, text: str, encoding: str, n_replaced: int = 0) -> str:
        """The text with lone surrogates replaced and its line ends made one, once counted."""
        if encoding.endswith("(guessed)"):
            self.guessed[encoding] += 1
        self.n_replaced += n_replaced
        self.mojibake.update(mojibake(text))
        text, n = without_surrogates(text)
        self.n_surrogates += n
        return unix_lines(text)

    def notes(self, source: str) -> Iterator[Note]:
        """One note for each kind of thing that was seen."""
        for encoding, n in sorted(self.guessed.items()):
            what = "it is" if n == 1 else f"{n:,} articles are"
            name = encoding.removesuffix(" (guessed)")
            yield Note(source, f"{what} not in UTF-8 and read as {name}, which is a guess")
        if self.mojibake:
            n = self.mojibake.total()
            example = min(self.mojibake, key=lambda form: (-self.mojibake[form], form))
            places = "1 place" if n == 1 else f"{n:,} places"
            yield Note(
                source,
                f"in {places} letters were decoded wrongly before they came here, as in "
                f"{example!r}; they stay as they are",
            )
        if self.n_surrogates:
            yield Note(source, f"lone surrogates read as U+FFFD: {self.n_surrogates:,}")
        if self.n_replaced:
            yield Note(source, f"bytes that are no text read as U+FFFD: {self.n_replaced:,}")


def record_of_page(
    source: str, content: bytes, kind: str, tally: Tally, fields: dict[str, str] | None = None
) -> Record:
    """The record of a page, kind page or html, from its bytes; the size is theirs."""
    try:
        read = decode(content, html=kind == "html")
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    if not read.text.strip():
        raise UnreadableError("the file is empty; it should hold an article")
    text = tally.text(read.text, read.encoding, read.n_replaced)
    return Record(source, kind, text, fields or {}, read.encoding, len(content))


def records_of_rows(
    source: str,
    rows: Iterable[Row],
    columns: Mapping[str, str],
    *,
    names: Sequence[str] | None = None,
    numbered: bool = True,
) -> Iterator[Found]:
    """
    The records of a table, after a note of which columns were taken for what.

    Parameters
    ----------
    rows : the rows in their order; what breaks off their reading becomes the last fault.
    columns : what the user says: our field, their column.
    names : the columns where there is a header; else the first rows tell.
    numbered : whether the number of a row is part of its source.
    """
    found = _with_faults(source, rows)
    looked_at: list[Row | Fault] = []
    if names is None:
        while (looked_at := _first(found)) and all(isinstance(one, Fault) for one in looked_at):
            yield from (one for one in looked_at if isinstance(one, Fault))
        if not looked_at:
            return
        read = [one.values for one in looked_at if isinstance(one, Row)]
        names = list(dict.fromkeys(name for values in read for name in values))
    try:
        chosen = choose(names, columns)
    except UnreadableError as error:
        yield Fault(source, str(error))
        return
    yield Note(source, str(chosen))
    tally = Tally()
    for one in chain(looked_at, found):
        if isinstance(one, Fault):
            yield one
        else:
            where = f"{source}#{one.number}" if numbered else source
            yield _record(where, one, chosen, tally)
    yield from tally.notes(source)


def _with_faults(source: str, rows: Iterable[Row]) -> Iterator[Row | Fault]:
    """The rows, faults for those with a problem, and at last why there are no more, if a fault."""
    n, n_broken = 0, 0
    try:
        for n, row in enumerate(rows, 1):  # noqa: B007 - n is used once the rows have ended
            n_broken = n_broken + 1 if row.problem else 0
            yield Fault(f"{source}#{row.number}", row.problem) if row.problem else row
            if n_broken == MAX_BROKEN:
                raise UnreadableError(
                    f"none of {MAX_BROKEN:,} rows one after another could be read; "
                    f"nothing was read from there on"
                )
    except UnreadableError as error:
        yield Fault(source, str(error))
    else:
        if not n:
            yield Fault(source, "it has no rows")


def _first(found: Iterator[Row | Fault]) -> list[Row | Fault]:
    """As many rows as tell the columns, taken from those found."""
    looked_at: list[Row | Fault] = []
    n = 0
    for one in found:
        looked_at.append(one)
        n += one.size if isinstance(one, Row) else 0
        if len(looked_at) == ROWS_LOOKED_AT or n > BYTES_LOOKED_AT:
            break
    return looked_at


def _record(source: str, row: Row, chosen: Chosen, tally: Tally) -> Record | Fault:
    value: Any = row.values.get(chosen.columns["text"])
    encoding, n_replaced = row.encoding, row.n_replaced
    if isinstance(value, bytes):
        try:
            value, encoding, n_replaced = decode(value, html=chosen.is_html)
        except ValueError as error:
            return Fault(source, str(error))
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))  # its paragraphs
    if problem := _problem(value):
        return Fault(source, problem)
    fields = {
        field: written
        for field, name in chosen.columns.items()
        if field != "text" and (written := _written(row.values.get(name)))
    }
    content = tally.text(value, encoding, n_replaced)
    kind = "html" if chosen.is_html else "text"
    return Record(source, kind, content, fields, encoding, row.size)


def _problem(value: Any) -> str:
    """Why this cannot be the text of an article, or nothing."""
    if value is None or value != value or (isinstance(value, str) and not value.strip()):
        return "it has no text"
    if not isinstance(value, str):
        return f"its text is {str(value)[:40]!r} of type {type(value).__name__}, not text"
    if len(value) > MAX_ARTICLE:
        return f"its text is larger than {in_mb(MAX_ARTICLE)}"
    if "\0" in value:
        return "its text holds NUL characters, as binary data does"
    return ""


def _written(value: Any) -> str:
    """
    A cell as text; empty where it is missing or is nothing that can stand in a table.

    >>> [_written(x) for x in (12.0, float("nan"), ["A. Moss", {"name": "B. Reed"}], {"id": 3})]
    ['12', '', 'A. Moss, B. Reed', '']
    """
    if isinstance(value, list):
        return ", ".join(filter(None, map(_written_alone, value)))
    return _written_alone(value)


def _written_alone(value: Any) -> str:
    if isinstance(value, dict):  # as in {"source": {"id": null, "name": "The Lantern"}}
        value = value.get("name")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return without_surrogates(value)[0].replace("\0", "").strip()
    if isinstance(value, bool | list | dict) or value is None:
        return ""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < EXACT
        return str(int(value)) if whole else str(value) if math.isfinite(value) else ""
    if isinstance(value, datetime) and value.time() == time.min and value.tzinfo is None:
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)
