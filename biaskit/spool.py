"""
How are tables written that do not fit into memory?

Rows arrive in the order of reading and are wanted in the order of their documents. They are
spooled into buckets, each holding the documents between two ids, as they come; then bucket
after bucket is sorted and appended to the table's Parquet file. Memory holds one bucket at
a time, whatever the size of the corpus, and the result is the same whatever the buckets.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from biaskit.tables import COLUMNS, STORED, build

__all__ = ["Spool", "arrow_schema", "arrow_table", "rows_hash", "write_parquet"]

ROWS_BEFORE_WRITING = 10_000
ROWS_AT_ONCE = 20_000  # in pandas a row of text takes ten times its size
DOCUMENTS_IN_A_BUCKET = 250
MOST_BUCKETS = 64

# Rows that are compressed together in a Parquet file: however a table comes to be written, it
# is cut at the same places, so that the file is the same to the last byte.
ROWS_IN_A_GROUP = 100_000

# What the rows of each table are sorted by; no two rows of a table share all of these.
ORDER = {
    "documents": ["document"],
    "zones": ["document", "start"],
    "sizes": ["document", "zone", "voice"],
    "sentences": ["document", "sentence"],
    "spans": ["document", "start"],
    "hits": ["document", "start", "lexicon"],
    "counts": ["document", "zone", "term", "voice"],
    "cooccurrences": ["document", "zone", "voice", "entry", "term"],
}

_ARROW = {"text": pa.string(), "count": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}


def arrow_schema(name: str) -> pa.Schema:
    """The columns of a stored table as Parquet holds them."""
    return pa.schema([(c, _ARROW[column.kind]) for c, column in COLUMNS[name].items()])


def rows_hash(table: pd.DataFrame) -> bytes:
    """Hash of each row, in order; numbers count to nine decimals, so that it holds anywhere."""
    numbers = table.select_dtypes("float64").round(9) + 0.0  # no negative zero
    rows = pd.util.hash_pandas_object(table.assign(**numbers), index=False)
    return rows.to_numpy().astype("<u8").tobytes()


class Spool:
    """Rows on their way into a folder; the documents' ids are known before the first row."""

    def __init__(self, folder: Path, documents: Sequence[str]) -> None:
        self.folder = folder
        ids = sorted(documents)
        size = max(DOCUMENTS_IN_A_BUCKET, -(-len(ids) // MOST_BUCKETS))
        self.bounds = ids[size::size]
        self._waiting: dict[tuple[str, int], list] = {}
        self._n_waiting = 0
        self._files: dict[tuple[str, int], pa.ipc.RecordBatchStreamWriter] = {}

    def add(self, document: str, rows: Mapping[str, Sequence]) -> None:
        """Take the rows of one document, by table, as `tables.build` takes them."""
        bucket = bisect_right(self.bounds, document)
        for name, more in rows.items():
            if more:
                self._waiting.setdefault((name, bucket), []).extend(more)
                self._n_waiting += len(more)
        if self._n_waiting > ROWS_BEFORE_WRITING:
            self._write_waiting()

    def _write_waiting(self) -> None:
        for (name, bucket), rows in self._waiting.items():
            batch = arrow_table(build(name, rows), name)
            if (name, bucket) not in self._files:
                file = self.folder / f"{name}-{bucket}.arrows"
                self._files[name, bucket] = pa.ipc.new_stream(str(file), batch.schema)
            self._files[name, bucket].write_table(batch)
        self._waiting.clear()
        self._n_waiting = 0

    def finish(self, given: Mapping[str, pd.DataFrame]) -> str:
        """
        Write every stored table as Parquet into the folder; `given` ones are written as they are.

        Returns the hash over all tables, which is the id of the set.
        """
        self._write_waiting()
        for file in self._files.values():
            file.close()
        whole = hashlib.sha256()
        for name in STORED:
            whole.update(f"{name} {' '.join(COLUMNS[name])}\n".encode())
            tables = self._sorted(name) if name not in given else [given[name]]
            write_parquet(_hashed(tables, whole), name, self.folder / f"{name}.parquet")
        return whole.hexdigest()

    def _sorted(self, name: str) -> Iterable[pd.DataFrame]:
        for bucket in range(len(self.bounds) + 1):
            file = self.folder / f"{name}-{bucket}.arrows"
            if (name, bucket) not in self._files:
                continue
            with pa.memory_map(str(file)) as stored, pa.ipc.open_stream(stored) as rows:
                table = rows.read_all().sort_by([(key, "ascending") for key in ORDER[name]])
            file.unlink()
            for first in range(0, len(table), ROWS_AT_ONCE):
                yield build(name, table.slice(first, ROWS_AT_ONCE).to_pandas())


def _hashed(tables: Iterable[pd.DataFrame], whole: Any) -> Iterator[pd.DataFrame]:
    for table in tables:
        whole.update(rows_hash(table))
        yield table


def write_parquet(tables: Iterable[pd.DataFrame], name: str, file: Path) -> None:
    """Write the parts of a stored table one after the other; the parts leave no trace."""
    with pq.ParquetWriter(file, arrow_schema(name), compression="zstd") as written:
        rest = arrow_schema(name).empty_table()
        for table in tables:
            rest = pa.concat_tables([rest, arrow_table(table, name)])
            while len(rest) > ROWS_IN_A_GROUP:
                written.write_table(rest[:ROWS_IN_A_GROUP].combine_chunks())
                rest = rest[ROWS_IN_A_GROUP:]
        written.write_table(rest.combine_chunks())


def arrow_table(table: pd.DataFrame, name: str) -> pa.Table:
    """A stored table as it is written, without anything of pandas."""
    schema = arrow_schema(name)
    rows = pa.Table.from_pandas(table[schema.names], schema=schema, preserve_index=False)
    return rows.replace_schema_metadata(None)
