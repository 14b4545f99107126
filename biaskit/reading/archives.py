"""
What lies in an archive: gzip, zip, or a web archive (WARC)?

Members are read where they are; nothing is ever written to disk, so a member called
../../x does no harm, but it is no article either and is reported. Bounds stand in
`streams.py`: an archive in an archive is held in memory, all members share one budget.
"""

import gzip
import importlib
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple, cast

from biaskit.reading.paths import printable
from biaskit.reading.records import Fault, Found, Note, Record, Tally, record_of_page
from biaskit.reading.streams import BROKEN, CUT, MAX_ARTICLE, Budget, Stream, UnreadableError, in_mb

__all__ = ["Member", "gunzipped", "warc_records", "zip_members"]

NO_ZIP = "it is not a zip archive, or a damaged one"
NO_WARC = "it is not a WARC file, or a damaged one"
UNPACK = "unpack it first"
NEEDS_WARC = "WARC files are read by fastwarc, which is not there: pip install 'biaskit[warc]'"

# Both unpack in pieces. Python's bzip2 and LZMA hand over whatever a piece unpacks to at
# once, which can be gigabytes.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")

# macOS puts a shadow of each file into its zips, below this folder.
SHADOWS = "__MACOSX"


# The answer of a server that has the page; redirects and "not found" are pages, too.
FOUND = 200
PACKED_BY = ("Content-Encoding", "Transfer-Encoding")


class Member(NamedTuple):
    """A file in an archive: its name, and how to begin reading it."""

    name: str
    open: Callable[[], Stream]


def gunzipped(stream: Stream) -> Stream:
    """What a gzip stream unpacks to."""
    budget = stream.budget or Budget(stream.size or 0)
    return Stream(gzip.GzipFile(fileobj=cast(BinaryIO, stream)), budget=budget, outer=stream)


def zip_members(stream: Stream) -> Iterator[Member | Fault]:
    """The files in a zip archive by name; the source of a fault is the member's name."""
    budget = stream.budget or Budget(stream.size or 0)
    try:
        archive = zipfile.ZipFile(stream.seekable(UNPACK))
    except BROKEN as error:
        raise UnreadableError(NO_ZIP) from error
    last = None
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if info.is_dir() or _is_hidden(info.filename):
                continue
            problem = _problem(info)
            if info.filename == last:
                problem = "the archive holds another file of this name, which was read"
            last = info.filename
            if problem:
                yield Fault(info.filename, problem)
                continue
            yield Member(info.filename, _opener(archive, info, budget, stream.share))
            if budget.left < 0:
                return


def _opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, share: float
) -> Callable[[], Stream]:
    def opened() -> Stream:
        try:
            raw = archive.open(info)
        except BROKEN as error:
            raise UnreadableError(f"it is damaged: {error}") from error
        packed = min(1.0, info.compress_size / max(1, info.file_size))
        return Stream(raw, size=info.file_size, budget=budget, share=share * packed)

    return opened


def _is_hidden(name: str) -> bool:
    parts = name.split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return hidden or parts[0] == SHADOWS or parts[-1] == "README.md"


def _problem(info: zipfile.ZipInfo) -> str:
    """Why a member is not read, or nothing."""
    if OUTSIDE.search(info.filename):
        return "its name leads out of the archive"
    if info.flag_bits & ENCRYPTED:
        return "it is encrypted"
    if info.compress_type not in METHODS:
        return f"it is packed by method {info.compress_type}; biaskit reads plain (deflate) zips"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, not a file"
    return ""


def warc_records(source: str, stream: Stream) -> Iterator[Found]:
    """The HTML pages of a web archive; a page's date is not known, only when it was fetched."""
    try:
        warc = importlib.import_module("fastwarc.warc")
    except ImportError as error:
        raise UnreadableError(NEEDS_WARC) from error
    if not stream.head(1):
        raise UnreadableError("the file is empty; it should hold an article")
    budget = stream.budget or Budget(stream.size or 0)
    file = stream.seekable(UNPACK)
    tally, n_others, number = Tally(), 0, 0
    try:
        responses = warc.ArchiveIterator(
            file, record_types=warc.WarcRecordType.response, auto_decode="all"
        )
        for number, response in enumerate(responses, 1):
            budget.spend(response.content_length)
            if not _is_page(response):
                n_others += 1
                continue
            try:
                yield _page_of(response, f"{source}#{number}", tally)
            except UnreadableError as error:
                yield Fault(f"{source}#{number}", str(error))
    except BROKEN as error:
        raise UnreadableError(f"{NO_WARC}; what came before was read") from error
    if not number:
        raise UnreadableError("it has no pages")
    yield from tally.notes(source)
    if n_others:
        yield Note(source, f"{n_others:,} responses that are no HTML pages were left out")


def _is_page(response: Any) -> bool:
    headers = response.http_headers
    return (
        headers is not None
        and headers.status_code == FOUND
        and (response.http_content_type or "").lower() in {"text/html", "application/xhtml+xml"}
    )


def _page_of(response: Any, source: str, tally: Tally) -> Record:
    n_announced = response.content_length
    content = response.reader.read(MAX_ARTICLE + 1)
    if len(content) > MAX_ARTICLE:
        raise UnreadableError(f"it is larger than {in_mb(MAX_ARTICLE)}")
    is_packed = any(response.http_headers.get(name) for name in PACKED_BY)
    if len(content) < n_announced and not is_packed:
        raise UnreadableError(CUT)
    url = (response.headers.get("WARC-Target-URI") or "").strip()
    record = record_of_page(source, content, "html", tally, {"url": printable(url)} if url else {})
    return record._replace(size=n_announced)
