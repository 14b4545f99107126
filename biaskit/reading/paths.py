"""
Which files does a user mean, and what is each of them called?

Files, folders with all below them, and patterns, several at a time. The *source* of a file
is its path from what was given; the first folder in it may name the outlet. Where two files
would be called the same, all are named from the folder that holds everything given, so
`measure lantern echo` gives lantern/one.txt and echo/one.txt.

Files come in the order of their sources, folder by folder, so that a million of them are
never held at once. Hidden files are left out, as is README.md, in which people describe
their data. A link to a folder is followed, but no folder is read twice.
"""

import glob
import heapq
import os
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from biaskit.reading.records import Fault

__all__ = ["ENDINGS", "File", "Given", "ending", "files", "given", "printable"]

ENDINGS = (
    ".csv", ".gz", ".htm", ".html", ".json", ".jsonl", ".ndjson", ".parquet", ".tsv", ".txt",
    ".warc", ".xhtml", ".xlsx", ".zip",
)  # fmt: skip
DESCRIPTION = "README.md"

# Line ends, colour codes of terminals, and bytes that are no letters in a file's name.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Given(NamedTuple):
    """A file or folder a user gave, the folder its source begins below, and if by its own name."""

    path: Path
    base: Path
    by_name: bool


class File(NamedTuple):
    """A file to read, its source, and whether the user gave it by its own name."""

    source: str
    path: Path
    by_name: bool


def ending(name: str) -> str:
    """
    The ending that says how to read a file; empty where biaskit does not read such files.

    >>> ending("Export.CSV"), ending("pages.html.gz"), ending("pages.tar.gz")
    ('.csv', '.gz', '')
    """
    name = name.rpartition("/")[2].lower()
    inner = name
    while inner.endswith(".gz"):
        inner = inner.removesuffix(".gz")
    last = f".{inner.rpartition('.')[2]}" if "." in inner else ""
    if last not in ENDINGS:
        return ""
    # A .warc.gz is packed page by page, which its reader sees to.
    return ".gz" if name.endswith(".gz") and last != ".warc" else last


def printable(name: str) -> str:
    r"""
    A name as it can be printed and stored; what can't is spelled as in Python.

    >>> printable("caf\udce9\n.txt")
    'caf\\xe9\\n.txt'
    """

    def spelled(found: re.Match[str]) -> str:
        code = ord(found[0])
        return repr(chr(code))[1:-1] if code < 0xDC80 else f"\\x{code - 0xDC00:02x}"

    return UNPRINTABLE.sub(spelled, name)


def given(paths: str | Path | Sequence[str | Path]) -> list[Given]:
    """
    What the user gave, with patterns spelled out and nothing in it twice.

    Raises
    ------
    FileNotFoundError : a path that is not there, a pattern that nothing matches.
    ValueError : nothing given; a folder without a file that biaskit reads.
    """
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    if not listed:
        raise ValueError("nothing to read; give a file, a folder, or a pattern in quotes")
    found = []
    for path in map(str, listed):
        here = _spelled_out(path)
        if not any(map(_holds_any, here)):
            raise ValueError(
                f"nothing in {path!r} is a file that biaskit reads; it reads {', '.join(ENDINGS)}"
            )
        found += here
    return _once(found)


def _spelled_out(path: str) -> list[Given]:
    whole = Path(path)
    try:
        if whole.is_dir():
            return [Given(whole, whole, False)]
        there = whole.exists()
    except OSError:  # a name longer than the disk allows
        there = False
    if there:
        return [Given(whole, whole.parent, True)]
    if not glob.has_magic(path):
        raise FileNotFoundError(
            f"there is no {path!r}; give a file, a folder, or a pattern in quotes"
        )
    n_fixed = next(n for n, part in enumerate(whole.parts) if glob.has_magic(part))
    base, pattern = Path(*whole.parts[:n_fixed]), str(Path(*whole.parts[n_fixed:]))
    matches = [
        match for match in base.glob(pattern) if not _is_hidden(match.relative_to(base).parts)
    ]
    if not matches:
        raise FileNotFoundError(f"no file matches {path!r}")
    return [Given(match, base, False) for match in matches]


def _is_hidden(parts: Sequence[str]) -> bool:
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return hidden or DESCRIPTION in parts[-1:]


def _holds_any(one: Given) -> bool:
    if one.path.is_dir():
        return any(map(_is_read, _walk(one, "")))
    return one.by_name or bool(ending(one.path.name))


def _is_read(found: File | Fault) -> bool:
    return isinstance(found, File) and bool(ending(found.path.name))


def _once(found: list[Given]) -> list[Given]:
    """What was given without what stands twice in it or lies in a folder that is given, too."""
    by_place = {one.path.resolve(): one for one in reversed(found)}
    folders = {place for place, one in by_place.items() if one.path.is_dir()}

    def is_reached(place: Path) -> bool:
        return any(
            folder in folders and not _is_hidden(place.relative_to(folder).parts)
            for folder in place.parents
        )

    return [one for place, one in reversed(by_place.items()) if not is_reached(place)]


def files(found: list[Given]) -> Iterator[File | Fault]:
    """
    The files of what was given, in the order of their sources.

    Raises
    ------
    ValueError : two files would have one source whatever they are named from.
    """
    bases = [one.base.resolve() for one in found]
    prefixes = [""] * len(found)
    if len({*bases}) > 1 and _namesakes(_merged(found, prefixes)):
        common = Path(os.path.commonpath(bases))
        prefixes = [base.relative_to(common).as_posix() for base in bases]
        clash = _namesakes(_merged(found, prefixes))
        if clash:
            first, second = (str(file.path) for file in clash)
            raise ValueError(
                f"both {first!r} and {second!r} would be {clash[0].source!r}; "
                f"give the folder that holds them all"
            )
    return _merged(found, prefixes)


def _merged(found: list[Given], prefixes: list[str]) -> Iterator[File | Fault]:
    alone, folders = [], []
    for one, prefix in zip(found, prefixes, strict=True):
        below = one.path.relative_to(one.base).as_posix()
        source = "/".join(part for part in (prefix, below) if part not in {"", "."})
        if one.path.is_dir():
            folders.append(_walk(one, source))
        else:
            alone.append(File(printable(source), one.path, one.by_name))
    return heapq.merge(sorted(alone), *folders, key=lambda file: file.source)


def _namesakes(merged: Iterator[File | Fault]) -> tuple[File, File] | None:
    """Two files that follow each other with one source."""
    for one, other in pairwise(merged):
        if one.source == other.source and isinstance(one, File) and isinstance(other, File):
            return one, other
    return None


def _walk(folder: Given, source: str) -> Iterator[File | Fault]:
    """
    The files below a folder, in the order of their sources.

    A folder's name counts with its slash, so that a-b.txt comes before a/one.txt, as in the
    sorted list of all sources.
    """
    above = {*folder.path.resolve().parents}
    seen: set[tuple[int, int]] = set()
    todo = [(folder.path, "", iter(["./"]))]
    while todo:
        path, below, names = todo[-1]
        name = next(names, None)
        if name is None:
            todo.pop()
            continue
        inner, here = path / name, below + name.removeprefix("./")
        shown = printable("/".join(part for part in (source, here.rstrip("/")) if part)) or "."
        if not name.endswith("/"):
            yield File(shown, inner, False)
            continue
        try:
            if inner.is_symlink() and inner.resolve() in above:
                yield Fault(shown, "it is a link to a folder above it, and is not followed")
            elif _is_new(inner, seen):
                todo.append((inner, here, iter(_names(inner))))
        except OSError as error:
            yield Fault(shown, f"the folder cannot be read: {error.strerror}")


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    place = folder.stat()
    known = (place.st_dev, place.st_ino) in seen
    seen.add((place.st_dev, place.st_ino))
    return not known


def _names(folder: Path) -> list[str]:
    """The names in a folder, sorted, those of folders with a slash; hidden ones left out."""
    with os.scandir(folder) as entries:
        return sorted(
            f"{entry.name}/" if _is_folder(entry) else entry.name
            for entry in entries
            if not _is_hidden([entry.name])
        )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, which opening will tell
        return False
