"""
Where does a set lie, and how is a table read that is larger than memory?

A set lies in a folder, or under an address that fsspec knows (`s3://bucket/my-set`,
`memory://my-set`). A `Stored` table stays there until somebody asks for it: for some of its
columns, or for all its rows piece by piece. Words that recur (documents, zones, terms) are held
once, and beside them a number for each row, so that a column of a million rows takes megabytes.

What is read from an address is copied into a folder first where it is gone through from end to
end, as articles are: `fetched` needs the disk for it. What is written to an address is made in
a folder and copied at the end, since an address knows no half-written file and no renaming.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from biaskit.tables import COLUMNS, require

__all__ = ["FETCHED", "Pieces", "Stored", "brought", "exists", "fetched", "is_address",
           "local_copy", "opened", "places", "put"]  # fmt: skip

# Rows of a piece: enough for arrays to pay, some tens of megabytes.
ROWS_AT_ONCE = 1_000_000

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # two letters or more: C:\ is none
FETCHED = ".fetched"
PATTERN = re.compile(r"[*?\[]")


# ---- tables ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stored:
    """A table of a set that lies in a Parquet file; `left_out` documents take no part."""

    name: str
    file: str
    left_out: frozenset[str] = frozenset()

    def check(self) -> None:
        """Raise ValueError unless the file is a Parquet file with the columns of the table."""
        with self._reader() as reader:
            require(pd.DataFrame(columns=reader.schema_arrow.names), self.name)

    def without(self, documents: frozenset[str]) -> "Stored":
        """The table without the rows of these documents."""
        if "document" not in COLUMNS[self.name]:
            return self
        return replace(self, left_out=self.left_out | documents)

    def read(self, columns: Sequence[str] = ()) -> pd.DataFrame:
        """These columns, or all of them, with the types of the contract."""
        names = list(columns or COLUMNS[self.name])
        with self._reader() as reader:
            table = self._kept(reader.read(self._and_document(names)))
        kinds = COLUMNS[self.name]
        return pd.DataFrame({name: _typed(table[name], kinds[name].kind) for name in names})

    def pieces(self, columns: Sequence[str]) -> "Pieces":
        """These columns, piece by piece."""
        return Pieces(self, tuple(columns))

    def _tables(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Whole documents, as far as rows stand by document."""
        rest: list[pa.Table] = []
        with self._reader() as reader:
            for groups in _stretches(reader.metadata):
                table = pa.concat_tables([*rest, reader.read_row_groups(groups, columns)])
                documents = table["document"].cast(pa.string())
                cut = pc.index(documents, documents[-1]).as_py()
                yield self._kept(table[:cut])
                rest = [table[cut:]]
        yield from map(self._kept, rest)

    def _kept(self, table: pa.Table) -> pa.Table:
        if not self.left_out:
            return table
        ids = pa.array(sorted(self.left_out), pa.string())
        return table.filter(pc.invert(pc.is_in(table["document"].cast(pa.string()), ids)))

    def _and_document(self, columns: Sequence[str]) -> list[str]:
        return [*dict.fromkeys([*columns, *(["document"] if self.left_out else [])])]

    @contextmanager
    def _reader(self) -> Iterator[pq.ParquetFile]:
        texts = [name for name, column in COLUMNS[self.name].items() if column.kind == "text"]
        try:
            with opened(self.file) as file, pq.ParquetFile(file, read_dictionary=texts) as reader:
                yield reader
        except (OSError, KeyError, pa.ArrowException) as error:
            folder = self.file.rpartition(f"{self.name}.parquet")[0].rstrip("/\\")
            raise ValueError(f"the measurement set in {folder!r} is damaged: {error}") from error


@dataclass(frozen=True)
class Pieces:
    """
    Some columns of a stored table, piece by piece, as often as one goes through them.

    Each piece is a table of about `ROWS_AT_ONCE` rows; columns of text are categories.
    """

    stored: Stored
    columns: tuple[str, ...]

    def __iter__(self) -> Iterator[pd.DataFrame]:
        columns = [*dict.fromkeys([*self.columns, "document"])]
        for table in self.stored._tables(columns):
            yield table.select(self.columns).to_pandas()
        # Else Arrow keeps a piece's memory, some 150 MB, for whatever it reads next.
        pa.default_memory_pool().release_unused()


def places(column: pd.Series, index: pd.Index) -> np.ndarray:
    """
    Where each value of a column, of categories or not, stands in an index; -1 where it doesn't.

    >>> places(pd.Series(["b", "x", "b"], dtype="category"), pd.Index(["a", "b"])).tolist()
    [1, -1, 1]
    """
    codes, values = pd.factorize(column)
    return np.append(index.get_indexer(np.asarray(values, dtype=object)), -1)[codes]


def _stretches(metadata: Any) -> Iterator[list[int]]:
    """Numbers of row groups that make a piece."""
    groups, n = [], 0
    for number in range(metadata.num_row_groups):
        rows = metadata.row_group(number).num_rows
        groups += [number] if rows else []
        n += rows
        if n >= ROWS_AT_ONCE:
            yield groups
            groups, n = [], 0
    if groups:
        yield groups


def _typed(column: pa.ChunkedArray, kind: str) -> pd.Series:
    """A column as pandas holds it: one string for all rows with one word, None where missing."""
    if kind == "text":
        words = column.to_pandas().array
        known = np.array([*words.categories, None], dtype=object)
        values = known[words.codes]
    else:
        values = column.to_numpy()
    return pd.Series(values, dtype={"count": "int64", "number": "float64"}.get(kind, "object"))


# ---- addresses -------------------------------------------------------------------------------


def is_address(path: Any) -> bool:
    """
    Whether this is an address for fsspec, and no path of this machine.

    >>> is_address("s3://bucket/set"), is_address("C:/set"), is_address("corpus/set")
    (True, False, False)
    """
    return isinstance(path, str) and ADDRESS.match(path) is not None


def _system(address: str) -> tuple[Any, str]:
    """fsspec's file system of an address, and the path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ValueError(
            f"{address!r} is no path of this machine, and reading it needs fsspec: "
            "pip install 'biaskit[remote]'"
        ) from error
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:  # no such protocol, or its driver is missing
        raise ValueError(f"fsspec cannot reach {address!r}: {error}") from error
    return system, path


@contextmanager
def opened(path: str | Path) -> Iterator[Any]:
    """A file or an address, opened to read its bytes."""
    if not is_address(path):
        with Path(path).open("rb") as file:
            yield file
        return
    system, there = _system(str(path))
    with system.open(there, "rb") as file:
        yield file


def exists(path: str) -> bool:
    """Whether there is a file at this path or address."""
    if not is_address(path):
        return Path(path).is_file()
    system, there = _system(path)
    return bool(system.isfile(there))


def put(made: Path, names: Sequence[str], address: str) -> None:
    """
    Copy files of a folder to an address, where they take the place of others.

    The last of them makes a set of the others: it is taken away first and comes last.
    """
    system, there = _system(address)
    *_, last = names
    system.makedirs(there, exist_ok=True)
    if system.exists(f"{there}/{last}"):
        system.rm_file(f"{there}/{last}")
    for name in names:
        system.put_file(str(made / name), f"{there}/{name}")


def local_copy(address: str) -> Path:
    """
    The folder in which a set is made that is to lie at an address.

    >>> local_copy("s3://bucket/my-set/").name
    '.my-set.unfinished'
    """
    name = PurePosixPath(address.partition("://")[2]).name or "set"
    return Path(f".{name}.unfinished")


def brought(pages: Sequence[str], folder: Path) -> list[str]:
    """What is to be read, with what lies at addresses copied into `FETCHED` in a folder."""
    return [
        fetched(page, folder / FETCHED / str(number)) if is_address(page) else page
        for number, page in enumerate(pages)
    ]


def fetched(address: str, into: Path) -> str:
    """
    Copy a file, a folder or what a pattern matches into a new folder; its path, or pattern, there.

    What has been copied whole is not copied again, so that an interrupted command goes on.

    Raises
    ------
    FileNotFoundError : nothing is there.
    """
    system, there = _system(address)
    whole = PurePosixPath(there)
    parts = whole.parts
    fixed = next((n for n, part in enumerate(parts) if PATTERN.search(part)), len(parts) - 1)
    base = str(PurePosixPath(*parts[:fixed]))
    matched = sorted(system.glob(there)) if PATTERN.search(there) else [there]
    files = [file for one in matched for file in _below(system, one)]
    if not files:
        raise FileNotFoundError(f"there is nothing at {address!r}")
    for file in files:
        _fetch(system, file, into / PurePosixPath(file).relative_to(base))
    return str(into / PurePosixPath(*parts[fixed:]))


def _below(system: Any, path: str) -> list[str]:
    return [path] if system.isfile(path) else sorted(system.find(path))


def _fetch(system: Any, file: str, target: Path) -> None:
    if target.is_file() and target.stat().st_size == system.size(file):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.part")
    with system.open(file, "rb") as source, beside.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    beside.replace(target)
