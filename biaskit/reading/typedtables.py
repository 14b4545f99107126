"""
Which rows does a table hold whose cells have types: Parquet, Excel, a DataFrame at hand?

Parquet is read a few rows at a time. An Excel workbook has to be held whole, and its reader
lays out every cell between the first and the last one in use: one stray cell in the last
row makes 17 thousand million of them. So the cells are counted before it is opened.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from biaskit.reading.columns import check_columns, choose
from biaskit.reading.records import Found, Record, Row, records_of_rows
from biaskit.reading.streams import BROKEN, MAX_WHOLE, PIECE, Stream, UnreadableError, in_mb

__all__ = ["excel_records", "parquet_records", "records_of_table"]

# Rows held at once: eight of the largest articles allowed are 160 MB.
BATCH = 8

NO_PARQUET = "it is not a Parquet file, or a damaged one"
NO_WORKBOOK = "it is not an Excel workbook (.xlsx), or a damaged one"
UNPACK = "unpack it first"
AS_CSV = "save it as CSV"

# A sheet of 2,000 columns and 5,000 rows; calamine takes 32 bytes for each cell.
MAX_CELLS = 10_000_000
MAX_UNPACKED_WORKBOOK = 256_000_000
CELL = re.compile(rb"""r\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
LONGEST_CELL = 32

ARROW_ERRORS = (pa.ArrowException, OSError, ValueError, KeyError, MemoryError)


def parquet_records(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    """The articles of a Parquet file."""
    if not stream.head(1):
        raise UnreadableError("the file is empty; it should hold an article")
    file = stream.seekable(UNPACK)
    try:
        parquet = pq.ParquetFile(file)
        schema, n_rows = parquet.schema_arrow, parquet.metadata.num_rows
    except ARROW_ERRORS as error:
        raise UnreadableError(NO_PARQUET) from error
    chosen = choose(schema.names, columns)
    _check_type(chosen.columns["text"], schema)
    size = stream.on_disk(file.seek(0, io.SEEK_END)) // max(1, n_rows)
    wanted = list(dict.fromkeys(chosen.columns.values()))
    batches = _parquet_batches(parquet, wanted)
    yield from records_of_rows(source, _rows_of_batches(batches, size), columns, names=schema.names)


def _parquet_batches(parquet: pq.ParquetFile, wanted: list[str]) -> Iterator[pa.RecordBatch]:
    try:
        yield from parquet.iter_batches(BATCH, columns=wanted, use_threads=False)
    except ARROW_ERRORS as error:
        raise UnreadableError(f"{NO_PARQUET}; what came before was read") from error


def _check_type(name: str, schema: pa.Schema) -> None:
    kind = schema.field(schema.names.index(name)).type
    while pa.types.is_dictionary(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        kind = kind.value_type
    if pa.types.is_null(kind) or re.fullmatch("(large_)?(string|binary)(_view)?", str(kind)):
        return
    raise UnreadableError(f"its column {name!r} holds {kind}, not text")


def _rows_of_batches(batches: Iterable[pa.RecordBatch], size: int = 0) -> Iterator[Row]:
    number = 0
    for batch in batches:
        names = batch.schema.names
        cells = [_cells(column) for column in batch.columns]
        for values in zip(*cells, strict=True):
            number += 1
            row = dict(zip(reversed(names), reversed(values), strict=True))
            yield Row(number, row, size=size)


def _cells(column: pa.Array) -> list:
    try:
        return column.to_pylist()
    except UnicodeDecodeError:  # Arrow believes the file that its strings are UTF-8
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        large = pa.types.is_large_string(column.type)
        return column.cast(pa.large_binary() if large else pa.binary()).to_pylist()


# ---- Excel -----------------------------------------------------------------------------------


def excel_records(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    """The articles of the first sheet that has a column of text; formulas give their values."""
    content = stream.whole(MAX_WHOLE, AS_CSV)
    if not content:
        raise UnreadableError("the file is empty; it should hold an article")
    _check_workbook(content)
    problem = ""
    for names, rows in _sheets(content):
        try:
            choose(names, columns)
        except UnreadableError as error:
            problem = problem or str(error)
            continue
        size = stream.on_disk(len(content)) // max(1, len(rows))
        found = (Row(n, _row(names, cells), size=size) for n, cells in rows)
        yield from records_of_rows(source, found, columns, names=names)
        return
    raise UnreadableError(problem or "it has no rows")


def _row(names: list[str], cells: list) -> dict[str, Any]:
    values = zip(reversed(names), reversed(cells[: len(names)]), strict=False)
    return {name: None if cell == "" else cell for name, cell in values}


def _sheets(content: bytes) -> Iterator[tuple[list[str], list[tuple[int, list]]]]:
    """The header of each sheet, and its rows, numbered from the one below the header."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for name in book.sheet_names:
                cells = enumerate(book.get_sheet_by_name(name).iter_rows())
                rows = [(n, row) for n, row in cells if any(cell != "" for cell in row)]
                if rows:
                    first, header = rows[0]
                    names = [str(cell).strip() for cell in header]
                    yield names, [(n - first, row) for n, row in rows[1:]]
    except (CalamineError, *BROKEN) as error:
        raise UnreadableError(NO_WORKBOOK) from error


def _check_workbook(content: bytes) -> None:
    """Refuse a workbook that would fill the memory."""
    left = MAX_UNPACKED_WORKBOOK
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for member in book.infolist():
                left -= _check_sheet(Stream(book.open(member)), left)
    except BROKEN as error:
        raise UnreadableError(NO_WORKBOOK) from error


def _check_sheet(stream: Stream, left: int) -> int:
    """The bytes of a part of a workbook, if it is not too large for what is left."""
    rest, n_columns, n_rows = b"", 1, 1
    while piece := stream.read(PIECE):
        if stream.n_read > left:
            most = in_mb(MAX_UNPACKED_WORKBOOK)
            raise UnreadableError(f"it unpacks to more than {most}; {AS_CSV}")
        piece = rest + piece
        rest = piece[-LONGEST_CELL:]
        for column, row in CELL.findall(piece):
            n_columns, n_rows = max(n_columns, _number(column)), max(n_rows, int(row))
        if n_columns * n_rows > MAX_CELLS:
            raise UnreadableError(
                f"a sheet reaches to row {n_rows:,} and column {n_columns:,}; "
                f"delete what stands there, or {AS_CSV}"
            )
    return stream.n_read


def _number(column: bytes) -> int:
    """
    The number of a column by its letters.

    >>> _number(b"AB")
    28
    """
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


# ---- DataFrames ------------------------------------------------------------------------------


def records_of_table(
    table: Any, *, columns: Mapping[str, str] | None = None, name: str = "table"
) -> Iterator[Found]:
    """
    The articles of a pandas or polars DataFrame, or of any table that Arrow can stream.

    >>> texts = pd.DataFrame({"Body": ["The harbour is open."], "source": ["The Lantern"]})
    >>> for found in records_of_table(texts):
    ...     print(found)
    Note(source='table', message="text from 'Body', outlet from 'source'")
    Record(source='table#1', kind='text', content='The harbour is open.', \
fields={'outlet': 'The Lantern'}, encoding='utf-8', size=20)

    Parameters
    ----------
    columns : our field, the table's column; what is not named goes by usual names.
    name : what the sources begin with.
    """
    chosen = check_columns(columns)
    if not isinstance(table, pd.DataFrame) and not hasattr(table, "__arrow_c_stream__"):
        if not hasattr(table, "to_pandas"):
            kind = type(table).__name__
            raise TypeError(f"a table is a pandas or polars DataFrame; this is of type {kind!r}")
        table = table.to_pandas()
    return _of_table(table, chosen, name)


def _of_table(table: Any, columns: dict[str, str], name: str) -> Iterator[Found]:
    if isinstance(table, pd.DataFrame):
        names, rows = [str(column) for column in table.columns], _rows_of_frame(table)
    else:
        reader = pa.RecordBatchReader.from_stream(table)
        names, rows = reader.schema.names, _rows_of_batches(reader)
    for found in records_of_rows(name, rows, columns, names=names):
        if isinstance(found, Record):
            found = found._replace(size=len(found.content.encode()))
        yield found


def _rows_of_frame(table: pd.DataFrame) -> Iterator[Row]:
    names = [str(column) for column in reversed(table.columns)]
    for start in range(0, len(table), BATCH):
        part = table.iloc[start : start + BATCH].astype(object)
        part = part.where(part.notna(), None)
        for number, values in enumerate(part.itertuples(index=False, name=None), start + 1):
            cells = (x.tolist() if hasattr(x, "tolist") else x for x in reversed(values))
            yield Row(number, dict(zip(names, cells, strict=True)))
