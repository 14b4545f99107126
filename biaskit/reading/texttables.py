"""
Which rows does a table in a text file hold: CSV, JSON lines or JSON?

CSV and JSON lines are read line by line, so a file may be larger than the memory. JSON that
is one value has to be held whole and is refused above `MAX_WHOLE`.

A row that breaks the rules of its format is a fault and the next one is read, with one
exception: once a CSV row has a quotation mark that isn't closed as CSV asks, nobody can know
where the next row begins, so nothing is read from there on. Guessing would make articles
out of the middle of others.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from biaskit.reading.decoding import decode, decode_line
from biaskit.reading.records import Found, Row, records_of_rows
from biaskit.reading.streams import HEAD, MAX_ARTICLE, MAX_WHOLE, Stream, UnreadableError, in_mb

__all__ = ["csv_records", "json_line_records", "json_records", "tsv_records"]

# In the order in which they win a tie; a header without any of them is one column.
DELIMITERS = ",;\t"

# Excel writes this above the header where its delimiter is not the country's.
EXCEL_HINT = "sep="

# No article has more. An open quotation mark is found out the sooner.
MAX_LINES = 100_000

# Under these names web services and databases hand over their articles.
LISTS = ("articles", "data", "items", "documents")

# Many a .json is JSON lines. Its first line tells, if it is no longer than this.
FIRST_LINE = 1_000_000
AS_LINES = "write it as JSON lines (.jsonl), an article a line"

EMPTY = "the file is empty; it should hold an article"
TOO_LONG = f"the line is larger than {in_mb(MAX_ARTICLE)}"


class _TextLine(NamedTuple):
    number: int
    text: str
    encoding: str
    n_replaced: int
    size: int


def csv_records(
    source: str, stream: Stream, columns: Mapping[str, str], *, delimiter: str | None = None
) -> Iterator[Found]:
    """The articles of a CSV file; its delimiter is told from the header unless given."""
    lines = _text_lines(stream)
    header = next((line for line in lines if line.text.strip()), None)
    if header is not None and header.text.lower().startswith(EXCEL_HINT):
        delimiter = header.text[len(EXCEL_HINT) :][:1] or delimiter
        header = next(lines, None)
    if header is None:
        raise UnreadableError(EMPTY)
    rows = _csv_rows(chain([header], lines), delimiter or _delimiter(header.text))
    names = [name.strip() for name in next(rows)[0]]
    yield from records_of_rows(source, _rows_of_cells(rows, names, stream), columns, names=names)


def tsv_records(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    """The articles of a file with tabs between the cells."""
    return csv_records(source, stream, columns, delimiter="\t")


def _text_lines(stream: Stream) -> Iterator[_TextLine]:
    number = 0
    for line in stream.lines():
        if line.content is None:
            raise UnreadableError(
                f"line {line.number} is larger than {in_mb(MAX_ARTICLE)}; "
                f"nothing was read from there on"
            )
        parts = line.content.split(b"\r")  # old Macs ended their lines so
        for part in parts:
            number += 1
            read = decode_line(part)
            encoding = "utf-16" if stream.is_utf16 else read.encoding
            yield _TextLine(number, read.text, encoding, read.n_replaced, line.size // len(parts))


def _delimiter(header: str) -> str:
    """
    The delimiter that a header has most of, outside quotation marks.

    >>> _delimiter('id;"Title, in full";text')
    ';'
    """
    bare = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


class _Lines:
    """The lines that one row of CSV stands in."""

    def __init__(self, first: _TextLine) -> None:
        self.number = first.number
        self.n = self.size = self.n_replaced = 0
        self.encoding = "utf-8"

    def add(self, line: _TextLine) -> None:
        self.n += 1
        self.size += line.size
        self.n_replaced += line.n_replaced
        if self.encoding == "utf-8":
            self.encoding = line.encoding
        if self.size > MAX_ARTICLE or self.n > MAX_LINES:
            raise csv.Error("a row without an end")


def _csv_rows(lines: Iterator[_TextLine], delimiter: str) -> Iterator[tuple[list[str], _Lines]]:
    """
    The cells of each row, and the lines it stands in.

    csv.reader asks for lines until every quotation mark is closed; here it gets no more once
    a row is larger than an article can be.
    """
    of_row: _Lines | None = None

    def feed() -> Iterator[str]:
        nonlocal of_row
        for line in lines:
            of_row = of_row or _Lines(line)
            of_row.add(line)
            yield line.text + "\n"

    # The limit is one for the whole program, so it is raised and never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ARTICLE))
    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            where = f" that begins in line {of_row.number}" if of_row else ""
            raise UnreadableError(
                f"the row{where} has a quotation mark that is not closed as CSV asks; "
                f"nothing was read from there on"
            ) from error
        if cells is None or of_row is None:
            return
        if cells:
            yield cells, of_row
        of_row = None


def _rows_of_cells(
    rows: Iterator[tuple[list[str], _Lines]], names: list[str], stream: Stream
) -> Iterator[Row]:
    for number, (cells, lines) in enumerate(rows, 1):
        if not any(cell.strip() for cell in cells):
            continue  # Excel leaves rows of empty cells below a table
        if len(cells) < len(names) or any(cells[len(names) :]):
            yield Row(number, {}, problem=_ragged(len(cells), len(names), lines.number))
            continue
        # Of two columns with one name the first counts.
        values = dict(zip(reversed(names), reversed(cells[: len(names)]), strict=True))
        size = stream.on_disk(lines.size)
        yield Row(number, values, lines.encoding, size, lines.n_replaced)


def _ragged(n_cells: int, n_columns: int, line: int) -> str:
    return (
        f"the row in line {line} has {n_cells} cells and the header {n_columns}; "
        f"text that holds the delimiter goes between quotation marks"
    )


def json_line_records(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    """The articles of a file with a JSON object a line."""
    if _is_blank(stream, HEAD):
        raise UnreadableError(EMPTY)
    yield from records_of_rows(source, _rows_of_lines(stream), columns)


def _is_blank(stream: Stream, n: int) -> bool:
    head = stream.head(n)
    return len(head) < n and not head.strip()


def _rows_of_lines(stream: Stream) -> Iterator[Row]:
    for line in stream.lines():
        if line.content is None:
            yield Row(line.number, {}, problem=TOO_LONG)
            continue
        if not line.content.strip():
            continue
        read = decode_line(line.content)
        try:
            value = _parsed(read.text)
        except UnreadableError as error:
            yield Row(line.number, {}, problem=str(error))
            continue
        yield _row_of_value(line.number, value)._replace(
            encoding="utf-16" if stream.is_utf16 else read.encoding,
            size=stream.on_disk(line.size),
            n_replaced=read.n_replaced,
        )


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        raise UnreadableError(f"it is not JSON: {error.msg} ({where})") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 10,000 brackets
        raise UnreadableError("it is JSON too large or too nested for an article") from error


def _row_of_value(number: int, value: Any) -> Row:
    if isinstance(value, dict):
        return Row(number, value)
    return Row(number, {}, problem=f"it is {_kind(value)}, and an article is an object")


def _kind(value: Any) -> str:
    kinds = {str: "a string", bool: "true or false", list: "a list", type(None): "null"}
    return kinds.get(type(value), "a number")


def json_records(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    """The articles of a JSON file: a list of objects, one object, or JSON lines after all."""
    if _is_blank(stream, FIRST_LINE):
        raise UnreadableError(EMPTY)
    if _is_json_lines(stream.head(FIRST_LINE)):
        yield from json_line_records(source, stream, columns)
        return
    content = stream.whole(MAX_WHOLE, AS_LINES)
    try:
        read = decode(content)
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    values = _articles(_parsed(read.text))
    alone = isinstance(values, dict)
    listed = [values] if alone else values
    size = stream.on_disk(len(content)) // max(1, len(listed))
    rows = (
        _row_of_value(n, value)._replace(encoding=read.encoding, size=size)
        for n, value in enumerate(listed, 1)
    )
    yield from records_of_rows(source, rows, columns, numbered=not alone)


def _is_json_lines(head: bytes) -> bool:
    first, newline, rest = head.strip().partition(b"\n")
    try:
        return bool(newline and rest) and isinstance(_parsed(decode_line(first).text), dict)
    except UnreadableError:
        return False


def _articles(value: Any) -> Any:
    """The list of articles in a JSON value, or the object that is the only one."""
    if isinstance(value, dict):
        lists = (value[name] for name in LISTS if isinstance(value.get(name), list))
        return next(lists, value)
    if not isinstance(value, list):
        raise UnreadableError(f"it is {_kind(value)}, and articles are objects or a list of them")
    return value
