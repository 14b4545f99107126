"""
How do tables that were measured part by part become one set?

Whoever measures leaves, for each part of a corpus, one small file per table, its rows in
the order of the table. At the end they are merged: a table is cut into stretches of its
documents that fit into memory, and for each stretch every part gives the rows it has. The
result shows nothing of the parts: the same articles give the same files, to the last byte,
however they were cut, and the id of the set is made of what the tables hold, column by column.

A file appears whole or not at all, so whoever is killed can go on where the files end.
"""

import hashlib
import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from biaskit.tables import STORED, arrow_schema

__all__ = ["MEASURED", "Digest", "merge", "part_numbers", "write_atomically", "write_parquet",
           "write_part"]  # fmt: skip

# What is measured; the entries are the lexicons' own.
MEASURED = tuple(name for name in STORED if name != "entries")

# Held at once while a table is merged: rows of about 60 bytes.
ROWS_AT_ONCE = 150_000

# Rows that are compressed together in a Parquet file: however a table comes to be written, it
# is cut at the same places, so that the file is the same to the last byte.
ROWS_IN_A_GROUP = 100_000

LEVEL = 3  # 3 % smaller files than 1; 2 % larger ones than 6, in three quarters of its time

# What a reader may skip groups of rows by; of other columns every group holds nearly all values.
SORTED_BY = "document"

# These grow from row to row, so that the differences take a quarter less space than the numbers.
GROWING = ("sentence", "start", "end")

PART = re.compile(r"(\d{6})\.documents\.arrow")


# ---- one part -------------------------------------------------------------------------------


def write_part(folder: Path, number: int, tables: Mapping[str, pa.Table]) -> None:
    """Leave the tables of one part in a folder; `documents` comes last and says it is whole."""
    for name in sorted(MEASURED, key=lambda name: name == "documents"):
        write_atomically(_file(folder, number, name), _as_bytes(tables[name]))


def part_numbers(folder: Path) -> list[int]:
    """The parts that lie whole in a folder."""
    return sorted(int(m[1]) for file in folder.iterdir() if (m := PART.fullmatch(file.name)))


def write_atomically(file: Path, content: bytes | pa.Buffer) -> None:
    """Write a file that is there whole or not at all."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    with beside.open("wb") as opened:
        opened.write(content)
    beside.replace(file)


def _file(folder: Path, number: int, name: str) -> Path:
    return folder / f"{number:06}.{name}.arrow"


def _as_bytes(table: pa.Table) -> pa.Buffer:
    written = pa.BufferOutputStream()
    with pa.ipc.new_file(written, table.schema) as opened:
        opened.write_table(table.combine_chunks())
    return written.getvalue()


# ---- all parts ------------------------------------------------------------------------------


def merge(folder: Path, into: Path, given: Mapping[str, pa.Table]) -> str:
    """
    Write every stored table as Parquet; `given` ones are written as they are.

    Returns the hash over all tables, which is the id of the set.
    """
    parts = part_numbers(folder)
    whole = hashlib.sha256()
    for name in STORED:
        tables = [given[name]] if name in given else _merged(folder, parts, name)
        digest = Digest(name)
        write_parquet(digest.of_each(tables), name, into / f"{name}.parquet")
        whole.update(digest.digest())
    return whole.hexdigest()


class _Rows(NamedTuple):
    """Where the rows of documents lie in one of a part's tables."""

    documents: list[str]  # those with any, sorted
    edges: np.ndarray  # first row of each document, and one past the last row


def _merged(folder: Path, parts: Sequence[int], name: str) -> Iterator[pa.Table]:
    """The rows of one table by document, in tables that fit into memory."""
    rows = [_rows(_file(folder, number, name)) for number in parts]
    sizes = sorted(
        (document, size)
        for part in rows
        for document, size in zip(part.documents, np.diff(part.edges).tolist(), strict=True)
    )
    for first, after in _stretches(sizes):
        slices: list[pa.Table] = []
        order: list[tuple[str, int]] = []
        for number, part in zip(parts, rows, strict=True):
            low = bisect_left(part.documents, first)
            high = len(part.documents) if after is None else bisect_left(part.documents, after)
            start, stop = part.edges[low], part.edges[high]
            if start < stop:
                slices.append(_copied(folder, number, name, start, stop))
                n = np.diff(part.edges[low : high + 1]).tolist()
                order += zip(part.documents[low:high], n, strict=True)
        if slices:
            yield pa.concat_tables(slices).take(_in_order(order))


def _rows(file: Path) -> _Rows:
    column = _opened(file)["document"].combine_chunks().cast(pa.string())
    runs = pc.run_end_encode(column, run_end_type=pa.int64())
    edges = np.append(0, runs.run_ends.to_numpy())
    return _Rows(runs.values.to_pylist(), edges)


def _opened(file: Path) -> pa.Table:
    """A part's table where it lies on disk; what is not used is not read."""
    with pa.memory_map(str(file)) as mapped, pa.ipc.open_file(mapped) as opened:
        return opened.read_all()  # stays mapped as long as the table is there


def _copied(folder: Path, number: int, name: str, start: int, stop: int) -> pa.Table:
    """Rows of a part's table, in memory: of files that stay mapped all would be held at once."""
    rows = _opened(_file(folder, number, name)).take(pa.array(np.arange(start, stop)))
    return rows.cast(arrow_schema(name))


def _stretches(sizes: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str | None]]:
    """First document of each stretch, and the first of the next."""
    firsts, n = [document for document, _ in sizes[:1]], 0
    for document, size in sizes:
        n += size
        if n > ROWS_AT_ONCE and document != firsts[-1]:
            firsts.append(document)
            n = size
    yield from zip(firsts, [*firsts, None][1:], strict=True)


def _in_order(documents: Sequence[tuple[str, int]]) -> pa.Array:
    """Places of rows that lie document after document, so that the documents are sorted."""
    n = np.array([size for _, size in documents], "i8")
    starts = np.cumsum(n) - n
    order = np.array(sorted(range(len(documents)), key=lambda i: documents[i][0]), "i8")
    repeated = np.repeat(starts[order] - (np.cumsum(n[order]) - n[order]), n[order])
    return pa.array(repeated + np.arange(len(repeated)))


# ---- one file, one hash ---------------------------------------------------------------------


class Digest:
    """
    A hash of what a table holds: of each column's values in order, however they are cut.

    Numbers count to nine decimals, since the last digits differ between machines.
    """

    def __init__(self, name: str) -> None:
        fields = list(arrow_schema(name))
        head = f"{name} {' '.join(field.name for field in fields)}\n"
        self._columns = {field.name: hashlib.sha256(head.encode()) for field in fields}
        self._letters = {field.name: hashlib.sha256() for field in fields}

    def of_each(self, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """The tables as they come, each taken into account."""
        for table in tables:
            for name in table.column_names:
                for chunk in table[name].chunks:
                    self._columns[name].update(_numbers(chunk).data)
                    if pa.types.is_string(chunk.type):
                        self._letters[name].update(_letters(chunk))
            yield table

    def digest(self) -> bytes:
        """The hash of what has been taken into account so far."""
        parts = (*self._columns.values(), *self._letters.values())
        return hashlib.sha256(b"".join(part.digest() for part in parts)).digest()


def _numbers(column: pa.Array) -> np.ndarray:
    """A number for each value; of a text its bytes. What is missing is told from 0 and empty."""
    if pa.types.is_floating(column.type):
        return column.fill_null(np.nan).to_numpy().round(9) + 0.0  # no negative zero
    if pa.types.is_string(column.type):
        column = pc.binary_length(column)
    return column.cast(pa.int64()).fill_null(-1).to_numpy()


def _letters(column: pa.Array) -> memoryview:
    column = column.fill_null("")
    _, offsets, letters = column.buffers()
    edges = np.frombuffer(offsets, "i4")[[column.offset, column.offset + len(column)]]
    return memoryview(letters or b"")[edges[0] : edges[1]]


def write_parquet(tables: Iterable[pa.Table], name: str, file: Path) -> None:
    """Write the parts of a stored table one after the other; the parts leave no trace."""
    schema = arrow_schema(name)
    growing = [column for column in schema.names if column in GROWING]
    with pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=LEVEL,
        write_statistics=[SORTED_BY],
        use_dictionary=[column for column in schema.names if column not in growing],
        column_encoding=dict.fromkeys(growing, "DELTA_BINARY_PACKED"),
    ) as written:
        rest = schema.empty_table()
        for table in tables:
            rest = pa.concat_tables([rest, table])
            while len(rest) > ROWS_IN_A_GROUP:
                written.write_table(rest[:ROWS_IN_A_GROUP].combine_chunks())
                rest = rest[ROWS_IN_A_GROUP:]
        written.write_table(rest.combine_chunks())
