"""
What is there to read, in whatever form it was brought?

`records` goes through files, folders and patterns and gives every article as it was found,
as a `Record`; what could not be read, as a `Fault`; and what a user should hear, as a
`Note`. It never raises on account of what a file holds, never holds more than one article
or a few rows at once, and never takes anything on trust: neither a file's ending nor a
member's size.

The ending says how a file is read (`READERS`); .gz and .zip are unpacked on the way, at
most `MAX_DEPTH` of them. Files with other endings are counted in a note.
"""

import contextlib
import hashlib
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from biaskit.reading.archives import gunzipped, warc_records, zip_members
from biaskit.reading.columns import FIELDS, check_columns
from biaskit.reading.paths import ENDINGS, File, ending, files, given, printable
from biaskit.reading.records import Fault, Found, Note, Record, Tally, record_of_page
from biaskit.reading.streams import MAX_ARTICLE, Stream, UnreadableError
from biaskit.reading.texttables import csv_records, json_line_records, json_records, tsv_records
from biaskit.reading.typedtables import excel_records, parquet_records, records_of_table

__all__ = [
    "FIELDS",
    "Fault",
    "Note",
    "Record",
    "records",
    "records_of_table",
    "stamp",
    "total_size",
]

# A zip of .csv.gz is what databases send; more is a mistake or an attack.
MAX_DEPTH = 2

NO_FILES = {
    stat.S_ISFIFO: "a pipe",
    stat.S_ISSOCK: "a socket",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
}

Reader = Callable[[str, Stream, Mapping[str, str]], Iterator[Found]]


def records(
    paths: str | Path | Sequence[str | Path], *, columns: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """
    Every article in these files, folders and patterns, in the order of their sources.

    Parameters
    ----------
    paths : a file, a folder (with all below it), a pattern, or several of these.
    columns : our field, their column, as in {"text": "body"}; one of `FIELDS` each. What is
        not named goes by its usual names.

    Raises
    ------
    FileNotFoundError, ValueError : before anything is read, in one sentence: a path that is
        not there, a folder without a file that can be read, a field that is none.
    """
    chosen = check_columns(columns)
    return _records(files(given(paths)), chosen)


def total_size(paths: str | Path | Sequence[str | Path]) -> int:
    """The bytes of all files that `records` reads, as they are on disk."""
    return sum(_size(file) for file in files(given(paths)) if isinstance(file, File))


def stamp(paths: Any) -> str:
    """A hash of which files `records` reads, of what size and age; of a table, of its cells."""
    whole = hashlib.sha256()
    if not isinstance(paths, str | Path | Sequence):
        whole.update(repr(paths).encode())
        return whole.hexdigest()
    for file in files(given(paths)):
        if isinstance(file, File):
            with contextlib.suppress(OSError):
                found = file.path.stat()
                whole.update(f"{file.source}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _size(file: File) -> int:
    try:
        found = file.path.stat()
    except OSError:
        return 0
    return found.st_size if ending(file.path.name) and stat.S_ISREG(found.st_mode) else 0


def _records(found: Iterator[File | Fault], columns: Mapping[str, str]) -> Iterator[Found]:
    left_out: Counter[str] = Counter()
    for file in found:
        if isinstance(file, Fault):
            yield file
        elif ending(file.path.name) or file.by_name:
            yield from _of_file(file, columns, left_out)
        else:
            left_out[_kind(file.path.name)] += 1
    if left_out:
        kinds = ", ".join(f"{kind} {n:,}" for kind, n in sorted(left_out.items()))
        one = left_out.total() == 1
        what = "1 file" if one else f"{left_out.total():,} files"
        yield Note(".", f"{what} of kinds that biaskit does not read were left out: {kinds}")


def _kind(name: str) -> str:
    return printable(Path(name).suffix.lower()) or "without an ending"


def _of_file(file: File, columns: Mapping[str, str], left_out: Counter) -> Iterator[Found]:
    try:
        with _opened(file.path) as stream:
            yield from _read(file.source, file.path.name, stream, columns, left_out)
    except UnreadableError as error:
        yield Fault(file.source, str(error))


@contextmanager
def _opened(path: Path) -> Iterator[Stream]:
    """A file to read, unless it is something else, which might never end."""
    try:
        if path.is_symlink() and not path.exists():
            raise UnreadableError("it is a link to a file that is not there")
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = next(
                (what for test, what in NO_FILES.items() if test(found.st_mode)), "a folder"
            )
            raise UnreadableError(f"it is {what}, not a file")
        raw = path.open("rb")
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror}") from error
    with raw:
        yield Stream(raw, size=found.st_size)


def _read(
    source: str,
    name: str,
    stream: Stream,
    columns: Mapping[str, str],
    left_out: Counter,
    depth: int = 0,
) -> Iterator[Found]:
    kind = ending(name)
    if not kind:
        raise UnreadableError(
            f"biaskit does not read files that end so; it reads {', '.join(ENDINGS)}"
        )
    if kind in {".gz", ".zip"} and depth == MAX_DEPTH:
        raise UnreadableError(f"it is packed more than {MAX_DEPTH} times; unpack it first")
    if kind == ".gz":
        inner = name[: -len(".gz")]
        yield from _read(source, inner, gunzipped(stream), columns, left_out, depth + 1)
    elif kind == ".zip":
        yield from _zipped(source, stream, columns, left_out, depth + 1)
    else:
        yield from READERS[kind](source, stream, columns)


def _zipped(
    source: str, stream: Stream, columns: Mapping[str, str], left_out: Counter, depth: int
) -> Iterator[Found]:
    is_empty = True
    for member in zip_members(stream):
        is_empty = False
        inside = f"{source}/{printable(member[0])}"
        if isinstance(member, Fault):
            yield member._replace(source=inside)
        elif not ending(member.name):
            left_out[_kind(member.name)] += 1
        else:
            try:
                inner = member.open()
                with closing(inner.raw):
                    yield from _read(inside, member.name, inner, columns, left_out, depth)
            except UnreadableError as error:
                yield Fault(inside, str(error))
    if is_empty:
        raise UnreadableError("there is nothing in it")


def _page(source: str, stream: Stream, kind: str) -> Iterator[Found]:
    content = stream.whole(MAX_ARTICLE)
    tally = Tally()
    record = record_of_page(source, content, kind, tally)
    yield record._replace(size=stream.on_disk(record.size))
    yield from tally.notes(source)


def _text_page(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    return _page(source, stream, "page")


def _html_page(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    return _page(source, stream, "html")


def _warc(source: str, stream: Stream, columns: Mapping[str, str]) -> Iterator[Found]:
    return warc_records(source, stream)


READERS: dict[str, Reader] = {
    ".csv": csv_records,
    ".htm": _html_page,
    ".html": _html_page,
    ".json": json_records,
    ".jsonl": json_line_records,
    ".ndjson": json_line_records,
    ".parquet": parquet_records,
    ".tsv": tsv_records,
    ".txt": _text_page,
    ".warc": _warc,
    ".xhtml": _html_page,
    ".xlsx": excel_records,
}
