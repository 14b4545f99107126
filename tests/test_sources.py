"""Whatever is brought is read, and what cannot be read is said in one sentence, beside its kind."""

import contextlib
import gzip
import io
import json
import os
import random
import re
import socket
import subprocess
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biaskit.reading.paths import ENDINGS
from biaskit.reading.sources import Fault, Note, Record, records, records_of_table, total_size

GOOD = "The harbour of Velmora is open — again.\n"
TEXT = 'The mayor said "no", twice;\nthe harbour, she said, stays open.'
ARTICLE = {"text": TEXT, "title": "Harbour Open", "outlet": "The Lantern", "date": "2031-02-03"}


def read(*paths: Path, **options) -> list:
    return list(records([*paths], **options))


def faults(found: list) -> list[Fault]:
    return [one for one in found if isinstance(one, Fault)]


def notes(found: list) -> list[Note]:
    return [one for one in found if isinstance(one, Note)]


def articles(found: list) -> list[Record]:
    return [one for one in found if isinstance(one, Record)]


# ---- files to read ---------------------------------------------------------------------------


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def lines(*values) -> bytes:
    return "\n".join(x if isinstance(x, str) else json.dumps(x) for x in values).encode()


def parquet(table: dict | pa.Table, **options) -> bytes:
    file = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), file, **options)
    return file.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore")  # two members of one name
        for name, content in members.items():
            archive.writestr(name.removesuffix("\n"), content)
    return file.getvalue()


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(place: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "&#10;")
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def workbook(*sheets: list[list], more: str = "") -> bytes:
    """An Excel workbook with these rows of cells in its sheets; `more` ends the last one."""
    names, relations, members = "", "", {}
    for n, rows in enumerate(sheets, 1):
        names += f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>'
        kind = f"{OFFICE}/worksheet"
        relations += f'<Relationship Id="r{n}" Type="{kind}" Target="worksheets/sheet{n}.xml"/>'
        data = "".join(
            "".join(
                [
                    f'<row r="{i}">',
                    *(cell(f"{a}{i}", x) for a, x in zip("ABCD", row, strict=False)),
                    "</row>",
                ]
            )
            for i, row in enumerate(rows, 1)
        )
        data += more if n == len(sheets) else ""
        content = f'<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData></worksheet>'
        members[f"xl/worksheets/sheet{n}.xml"] = content.encode()
    whole = f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    members["xl/workbook.xml"] = whole.encode()
    links = f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
    members["xl/_rels/workbook.xml.rels"] = links.encode()
    root = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    members["_rels/.rels"] = f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>'.encode()
    return zipped(members)


HEADER = list(ARTICLE)
ROW = list(ARTICLE.values())
GOOD_CSV = pd.DataFrame([ARTICLE]).to_csv(index=False).encode()


# ---- the same article in every form ----------------------------------------------------------

FORMS = {
    "a.csv": GOOD_CSV,
    "b.csv": pd.DataFrame([ARTICLE]).to_csv(index=False, sep=";").encode("utf-8-sig"),
    "c.csv": pd.DataFrame([ARTICLE]).to_csv(index=False, sep="\t").encode("utf-16"),
    "d.csv": GOOD_CSV.replace(b"\n", b"\r\n"),
    "e.csv": GOOD_CSV.replace(b"\n", b"\r"),
    "f.csv": b"sep=,\n" + GOOD_CSV,
    "g.csv.gz": gzip.compress(GOOD_CSV),
    "h.tsv": pd.DataFrame([ARTICLE]).to_csv(index=False, sep="\t").encode(),
    "i.jsonl": lines(ARTICLE),
    "j.ndjson": lines(ARTICLE),
    "k.json": lines([ARTICLE]),
    "l.json": lines({"status": "ok", "articles": [ARTICLE]}),
    "m.json": json.dumps({"data": [ARTICLE]}, indent=2).encode("utf-16-le"),
    "n.json": lines(ARTICLE, {"title": "no text"}),
    "o.parquet": parquet(pa.Table.from_pylist([ARTICLE])),
    "p.parquet": parquet(pa.Table.from_pylist([ARTICLE]), use_dictionary=False),
    "q.xlsx": workbook([HEADER, ROW]),
    "r.xlsx": workbook([["An empty sheet"]], [["notes"], ["of mine"]], [[], HEADER, ROW]),
    "s.zip": zipped({"lantern/x.csv": GOOD_CSV}),
    "t.zip": zipped({"inner.zip": zipped({"x.jsonl": lines(ARTICLE)})}),
    "u.zip.gz": gzip.compress(zipped({"x.parquet": parquet(pa.Table.from_pylist([ARTICLE]))})),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_article_is_the_same_in_every_form(tmp_path, name):
    """To the letter: quotation marks, semicolons and line ends within the text, too."""
    (tmp_path / name).write_bytes(FORMS[name])
    record = articles(read(tmp_path))[0]
    assert record.content == TEXT
    assert record.kind == "text"
    assert record.fields == {key: value for key, value in ARTICLE.items() if key != "text"}
    inside = {"s.zip": "/lantern/x.csv", "t.zip": "/inner.zip/x.jsonl", "u.zip.gz": "/x.parquet"}
    assert record.source == f"{name}{inside.get(name, '')}#1"
    assert record.encoding == ("utf-16" if name in {"c.csv", "m.json"} else "utf-8")


PAGES = {
    "a.txt": (GOOD.encode(), "page", "utf-8"),
    "b.txt": (GOOD.encode("utf-8-sig"), "page", "utf-8"),
    "c.txt": (GOOD.replace("\n", "\r\n").encode("utf-16"), "page", "utf-16"),
    "d.txt": (GOOD.replace("\n", "\r").encode("cp1252"), "page", "cp1252 (guessed)"),
    "e.txt.gz": (gzip.compress(GOOD.encode()), "page", "utf-8"),
    "f.html": (GOOD.encode(), "html", "utf-8"),
    "g.HTM": (GOOD.encode("utf-16-be"), "html", "utf-16"),
    "h.xhtml": (GOOD.encode(), "html", "utf-8"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_in_every_encoding(tmp_path, name):
    """What it was read as is recorded; nothing but the ends of its lines is changed."""
    content, kind, encoding = PAGES[name]
    (tmp_path / name).write_bytes(content)
    (record,) = articles(read(tmp_path))
    assert record == Record(name, kind, GOOD, {}, encoding, len(content))


def test_a_page_in_a_zip_has_its_path_in_its_source(tmp_path):
    """The folder in the zip can name the outlet, as a folder on disk can."""
    (tmp_path / "pages.zip").write_bytes(
        zipped({"lantern/a.txt": GOOD.encode(), "lantern/": b"", "README.md": b"x", ".x.txt": b"x"})
    )
    assert [x.source for x in read(tmp_path)] == ["pages.zip/lantern/a.txt"]


def test_a_page_of_the_web_archive_has_its_address(tmp_path):
    """Only pages that were found are articles; the date of a fetch is no date of an article."""
    pytest.importorskip("fastwarc", reason="fastwarc is the extra 'warc'")
    answers = [
        ("text/html", "200 OK", "<p>Open</p>"),
        ("image/png", "200 OK", "png"),
        ("text/html; charset=utf-8", "404 Not Found", "<p>Sorry</p>"),
    ]
    content = b"".join(_response(*answer) for answer in answers)
    (tmp_path / "crawl.warc").write_bytes(content)
    (tmp_path / "crawl2.warc.gz").write_bytes(gzip.compress(content))
    found = read(tmp_path)
    assert faults(found) == []
    assert [(x.source, x.kind, x.content, x.fields) for x in articles(found)] == [
        ("crawl.warc#1", "html", "<p>Open</p>", {"url": "https://lantern.example/1"}),
        ("crawl2.warc.gz#1", "html", "<p>Open</p>", {"url": "https://lantern.example/1"}),
    ]
    what = "2 responses that are no HTML pages were left out"
    assert notes(found) == [Note("crawl.warc", what), Note("crawl2.warc.gz", what)]


def _response(kind: str, status: str, body: str) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}"
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lantern.example/1\r\n"
        "WARC-Date: 2031-02-03T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        f"{http}\r\n\r\n"
    ).encode()


# ---- bad inputs, each beside a good neighbour ------------------------------------------------


class Bad(NamedTuple):
    """A file, the faults it must give (where in it, reason), and the articles that survive."""

    name: str
    content: bytes | Callable[[], bytes]  # what is large is made when it is needed
    faults: list[tuple[str, str]]
    survivors: tuple[str, ...] = ()


EMPTY = "the file is empty; it should hold an article"
BINARY = "it is a binary file, not text; save it as text or HTML"
NO_TEXT = "it has no text"
NO_NAMES = "no column is called text or the like; it has {}; name it, as in text=COLUMN"
UNCLOSED = (
    "the row that begins in line {} has a quotation mark that is not closed as CSV asks; "
    "nothing was read from there on"
)
RAGGED = (
    "the row in line {} has {} cells and the header {}; "
    "text that holds the delimiter goes between quotation marks"
)
CUT = "it breaks off before its end; what came before was read"
NO_ZIP = "it is not a zip archive, or a damaged one"
NO_PARQUET = "it is not a Parquet file, or a damaged one"
NO_WORKBOOK = "it is not an Excel workbook (.xlsx), or a damaged one"
BROKEN = "none of 1,000 rows one after another could be read; nothing was read from there on"
OUTSIDE = "its name leads out of the archive"
BOMB = (
    "it unpacks to more than 200 times its size, as no news text does; "
    "what came after that was not read"
)
THREE = ["text,id", "One.,1", "Two.,2", "Three.,3"]
# Incompressible, so that a cut takes whole rows with it.
NOISE = [{"text": f"Row {n}. {random.Random(n).randbytes(400).hex()}"} for n in range(300)]
NOISY = lines(*NOISE)
ONE_SUM = hex(zlib.crc32(lines({"text": "One."}, "")))


def truncated_rows() -> tuple[bytes, tuple[str, ...]]:
    """A gzip file cut in its middle, and the rows before the cut."""
    cut = gzip.compress(NOISY)[:70_000]
    n_rows = zlib.decompressobj(31).decompress(cut).count(b"\n")
    return cut, tuple(f"#{n + 1}" for n in range(n_rows))


def encrypted() -> bytes:
    content = bytearray(zipped({"a.txt": b"secret", "b.txt": GOOD.encode()}))
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(header) + at] |= 1
    return bytes(content)


def lying_zip() -> bytes:
    """A zip whose member says that it is smaller than it is."""
    content = bytearray(zipped({"a.txt": b"a" * 5_000, "b.txt": GOOD.encode()}))
    for header, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.find(header) + at
        content[place : place + 4] = (50).to_bytes(4, "little")
    return bytes(content)


def link_in_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hosts")
        archive.writestr("b.txt", GOOD)
    return file.getvalue()


BAD = {
    # pages
    "empty page": Bad("x.txt", b"", [("", EMPTY)]),
    "page of blanks": Bad("x.txt", b" \n\t\r\n", [("", EMPTY)]),
    "page of a mark only": Bad("x.txt", b"\xef\xbb\xbf", [("", EMPTY)]),
    "NUL bytes": Bad("x.txt", b"The harbour\0\0\0 is open\0", [("", BINARY)]),
    "picture called a page": Bad("x.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0", [("", BINARY)]),
    "page too large": Bad("x.txt", lambda: b"a" * 20_000_001, [("", "it is larger than 20 MB")]),
    "HTML too large": Bad("x.html", lambda: b"<" * 20_000_001, [("", "it is larger than 20 MB")]),
    # CSV
    "empty CSV": Bad("x.csv", b"", [("", EMPTY)]),
    "CSV of blank lines": Bad("x.csv", b"\n\n\n", [("", EMPTY)]),
    "header only": Bad("x.csv", b"text,id\n", [("", "it has no rows")]),
    "no column of text": Bad("x.csv", csv("id,name", "1,a"), [("", NO_NAMES.format("id, name"))]),
    "no header": Bad("x.csv", csv("1,One.", "2,Two."), [("", NO_NAMES.format("1, One."))]),
    "binary CSV": Bad("x.csv", b"text\n\0\0\0\1", [("", BINARY)]),
    "NUL far down in a CSV": Bad(
        "x.csv",
        csv("id,text", *[f"{n},Article {n}." for n in range(1, 1_001)], "1001,A\0B", "1002,C"),
        [("#1001", "its text holds NUL characters, as binary data does")],
        tuple(f"#{n}" for n in [*range(1, 1_001), 1_002]),
    ),
    "quotation mark never closed": Bad(
        "x.csv",
        csv("text,id", "One.,1", '"Two.,2', "Three.,3"),
        [("", UNCLOSED.format(3))],
        ("#1",),
    ),
    "quotation mark that swallows the rest": Bad(
        "x.csv",
        lambda: csv("text,id", "One.,1", '"Two.,2', *["Three.,3"] * 200_000),
        [("", UNCLOSED.format(3))],
        ("#1",),
    ),
    "quotation mark within quotation marks": Bad(
        "x.csv",
        csv("text,id", "One.,1", '"The "mayor" spoke.",2', "Three.,3"),
        [("", UNCLOSED.format(3))],
        ("#1",),
    ),
    "unclosed header": Bad("x.csv", csv('"text,id', "One.,1"), [("", UNCLOSED.format(1))]),
    "too many cells": Bad(
        "x.csv",
        csv("text,id", "One.,1", "Two, they say.,2", "Three.,3"),
        [("#2", RAGGED.format(3, 3, 2))],
        ("#1", "#3"),
    ),
    "too few cells": Bad(
        "x.csv",
        csv("id,text", "1,One.", "2", "3,Three."),
        [("#2", RAGGED.format(3, 1, 2))],
        ("#1", "#3"),
    ),
    "row without text": Bad(
        "x.csv", csv("id,text", "1,One.", "2,", "3, "), [("#2", NO_TEXT), ("#3", NO_TEXT)], ("#1",)
    ),
    "line of 20 MB in a CSV": Bad(
        "x.csv",
        lambda: csv("text,id", "One.,1", "a" * 20_000_001, "Two.,2"),
        [("", "line 3 is larger than 20 MB; nothing was read from there on")],
        ("#1",),
    ),
    "TSV with commas": Bad("x.tsv", csv("text,id", "One.,1"), [("", NO_NAMES.format("text,id"))]),
    # JSON lines
    "empty JSON lines": Bad("x.jsonl", b"", [("", EMPTY)]),
    "JSON lines of blanks": Bad("x.jsonl", b"\n \n", [("", EMPTY)]),
    "broken line": Bad(
        "x.jsonl",
        lines({"text": "One."}, '{"text": "Two', {"text": "Three."}),
        [("#2", "it is not JSON: Unterminated string starting at (line 1, character 10)")],
        ("#1", "#3"),
    ),
    "line that is no object": Bad(
        "x.jsonl",
        lines({"text": "One."}, [1], 2, "null", '"Five."', "true"),
        [
            ("#2", "it is a list, and an article is an object"),
            ("#3", "it is a number, and an article is an object"),
            ("#4", "it is null, and an article is an object"),
            ("#5", "it is a string, and an article is an object"),
            ("#6", "it is true or false, and an article is an object"),
        ],
        ("#1",),
    ),
    "JSON lines without text": Bad(
        "x.jsonl", lines({"id": 1, "name": "a"}), [("", NO_NAMES.format("id, name"))]
    ),
    "one of the lines without text": Bad(
        "x.jsonl",
        lines({"id": 1}, {"text": "Two."}, {"text": None}),
        [("#1", NO_TEXT), ("#3", NO_TEXT)],
        ("#2",),
    ),
    "text that is a number": Bad(
        "x.jsonl",
        lines({"text": 12}, {"text": "Two."}, {"text": {"en": "Three."}}),
        [
            ("#1", "its text is '12' of type int, not text"),
            ("#3", "its text is \"{'en': 'Three.'}\" of type dict, not text"),
        ],
        ("#2",),
    ),
    "text that is not a number": Bad(
        "x.jsonl", lines('{"text": NaN}', {"text": "Two."}), [("#1", NO_TEXT)], ("#2",)
    ),
    "NUL in a JSON string": Bad(
        "x.jsonl",
        lines({"text": "One\0"}, {"text": "Two."}),
        [("#1", "its text holds NUL characters, as binary data does")],
        ("#2",),
    ),
    "JSON line nested too deep": Bad(
        "x.jsonl",
        lines({"text": "One."}, "[" * 100_000, {"text": "Three."}),
        [("#2", "it is JSON too large or too nested for an article")],
        ("#1", "#3"),
    ),
    "number of 5,000 digits": Bad(
        "x.jsonl",
        lines('{"id": ' + "9" * 5_000 + "}", {"text": "Two."}),
        [("#1", "it is JSON too large or too nested for an article")],
        ("#2",),
    ),
    "binary JSON lines": Bad("x.jsonl", b"\0\1\2\3\n" * 9, [("", BINARY)]),
    "JSON lines cut in the last one": Bad(
        "x.jsonl",
        lines({"text": "One."}, '{"te'),
        [("#2", "it is not JSON: Unterminated string starting at (line 1, character 2)")],
        ("#1",),
    ),
    # JSON
    "empty JSON": Bad("x.json", b" ", [("", EMPTY)]),
    "no JSON": Bad(
        "x.json", b"hello", [("", "it is not JSON: Expecting value (line 1, character 1)")]
    ),
    "list of strings": Bad(
        "x.json",
        b'["One.", "Two."]',
        [(f"#{n}", "it is a string, and an article is an object") for n in (1, 2)],
    ),
    "JSON that is a string": Bad(
        "x.json", b'"One."', [("", "it is a string, and articles are objects or a list of them")]
    ),
    "empty list": Bad("x.json", b"[]", [("", "it has no rows")]),
    "empty object": Bad("x.json", b"{}", [("", NO_NAMES.format("none"))]),
    "JSON nested too deep": Bad(
        "x.json", b"[" * 200_000, [("", "it is JSON too large or too nested for an article")]
    ),
    "JSON of 65 MB": Bad(
        "x.json",
        lambda: b'[{"text": "' + b"a" * 65_000_000 + b'"}]',
        [("", "it is larger than 64 MB; write it as JSON lines (.jsonl), an article a line")],
    ),
    "binary JSON": Bad("x.json", b"[\0\0\0]", [("", BINARY)]),
    "list with a stranger in it": Bad(
        "x.json",
        b'[{"text": "One."}, 2]',
        [("#2", "it is a number, and an article is an object")],
        ("#1",),
    ),
    # Parquet
    "empty Parquet": Bad("x.parquet", b"", [("", EMPTY)]),
    "no Parquet": Bad("x.parquet", b"text,id\nOne.,1\n" * 9, [("", NO_PARQUET)]),
    "Parquet cut in the middle": Bad(
        "x.parquet", parquet(ARTICLE and {"text": ["One."]})[:-20], [("", NO_PARQUET)]
    ),
    "numbers for text": Bad(
        "x.parquet", parquet({"text": [1, 2]}), [("", "its column 'text' holds int64, not text")]
    ),
    "objects for text": Bad(
        "x.parquet",
        parquet({"text": [{"en": "One."}]}),
        [("", "its column 'text' holds struct<en: string>, not text")],
    ),
    "Parquet without text": Bad("x.parquet", parquet({"id": [1]}), [("", NO_NAMES.format("id"))]),
    "Parquet without rows": Bad(
        "x.parquet", parquet({"text": pa.array([], pa.string())}), [("", "it has no rows")]
    ),
    "Parquet with a missing text": Bad(
        "x.parquet", parquet({"text": ["One.", None]}), [("#2", NO_TEXT)], ("#1",)
    ),
    # Excel
    "empty workbook": Bad("x.xlsx", b"", [("", EMPTY)]),
    "workbook that is no zip": Bad("x.xlsx", b"text;id\n1;2", [("", NO_WORKBOOK)]),
    "zip that is no workbook": Bad("x.xlsx", zipped({"a.txt": b"a"}), [("", NO_WORKBOOK)]),
    "workbook without text": Bad(
        "x.xlsx", workbook([["id", "name"], [1, 2]]), [("", NO_NAMES.format("id, name"))]
    ),
    "workbook without rows": Bad("x.xlsx", workbook([[]]), [("", "it has no rows")]),
    "header only in a workbook": Bad("x.xlsx", workbook([HEADER]), [("", "it has no rows")]),
    "stray cell in the last row": Bad(
        "x.xlsx",
        workbook([HEADER, ROW], more=f'<row r="1048576">{cell("XFD1048576", 1)}</row>'),
        [
            (
                "",
                "a sheet reaches to row 1,048,576 and column 16,384; delete what stands there, or "
                "save it as CSV",
            )
        ],
    ),
    "workbook that is a bomb": Bad(
        "x.xlsx",
        lambda: zipped({"xl/worksheets/sheet1.xml": b" " * 256_000_001}),
        [("", "it unpacks to more than 256 MB; save it as CSV")],
    ),
    "number for text in a workbook": Bad(
        "x.xlsx",
        workbook([["text"], [12], ["Two."]]),
        [("#1", "its text is '12.0' of type float, not text")],
        ("#2",),
    ),
    # archives
    "empty gzip": Bad("x.txt.gz", b"", [("", EMPTY)]),
    "no gzip": Bad("x.txt.gz", b"The harbour", [("", "it is damaged: Not a gzipped file (b'Th')")]),
    "gzip cut in the middle": Bad(
        "x.jsonl.gz", truncated_rows()[0], [("", CUT)], truncated_rows()[1]
    ),
    "page in a gzip cut in the middle": Bad("x.txt.gz", gzip.compress(NOISY)[:900], [("", CUT)]),
    "gzip with a false sum": Bad(
        "x.jsonl.gz",
        gzip.compress(lines({"text": "One."}, ""))[:-8] + b"12345678",
        [("", f"it is damaged: CRC check failed 0x34333231 != {ONE_SUM}")],
        ("#1",),
    ),
    "gzip bomb": Bad(
        "x.jsonl.gz",
        lambda: gzip.compress(
            lines({"text": "One."}, "") + b" " * 21_000_000 + lines("", {"text": "Two."})
        ),
        [("", BOMB)],
        ("#1",),
    ),
    "packed three times": Bad(
        "x.txt.gz.gz.gz",
        gzip.compress(gzip.compress(gzip.compress(GOOD.encode()))),
        [("", "it is packed more than 2 times; unpack it first")],
    ),
    "blank lines only": Bad(
        "x.jsonl.gz",
        lambda: gzip.compress(lines({"text": "One."}) + b"\n" * 1_200_000),
        [("", "from line 1,100,002 on it has nothing but blank lines")],
        ("#1",),
    ),
    "no table at all": Bad(
        "x.jsonl",
        lines({"text": "One."}) + b"\n1" * 100_000,
        [(f"#{n}", "it is a number, and an article is an object") for n in range(2, 1_002)]
        + [("", BROKEN)],
        ("#1",),
    ),
    "zip in a zip in a zip": Bad(
        "x.zip",
        zipped({"y.zip": zipped({"z.zip": b"", "a.txt": GOOD.encode()})}),
        [("/y.zip/z.zip", "it is packed more than 2 times; unpack it first")],
        ("/y.zip/a.txt",),
    ),
    "no zip": Bad("x.zip", b"PK\x03\x04 and so on", [("", NO_ZIP)]),
    "empty zip": Bad("x.zip", zipped({}), [("", "there is nothing in it")]),
    "zip cut in the middle": Bad("x.zip", zipped({"a.txt": NOISY})[:5_000], [("", NO_ZIP)]),
    "zip with a flipped byte": Bad(
        "x.zip",
        zipped({"a.txt": b"a", "b.txt": b"b"}, zipfile.ZIP_STORED).replace(b"txta", b"txtA", 1),
        [("/a.txt", "it is damaged: Bad CRC-32 for file 'a.txt'")],
        ("/b.txt",),
    ),
    "ways out of a zip": Bad(
        "x.zip",
        zipped(
            dict.fromkeys(
                ("../a.txt", "/b.txt", "C:\\c.txt", "d/../../d.txt", "e\\..\\e.txt"), b"x"
            )
            | {"f..txt": GOOD.encode()}
        ),
        [
            ("/../a.txt", OUTSIDE),
            ("//b.txt", OUTSIDE),
            ("/C:\\c.txt", OUTSIDE),
            ("/d/../../d.txt", OUTSIDE),
            ("/e\\..\\e.txt", OUTSIDE),
        ],
        ("/f..txt",),
    ),
    "encrypted member": Bad("x.zip", encrypted(), [("/a.txt", "it is encrypted")], ("/b.txt",)),
    "member that is a link": Bad(
        "x.zip", link_in_zip(), [("/a.txt", "it is a link, not a file")], ("/b.txt",)
    ),
    "two members of one name": Bad(
        "x.zip",
        zipped({"a.txt": b"One.", "a.txt\n": b"Two."}),
        [("/a.txt", "the archive holds another file of this name, which was read")],
        ("/a.txt",),
    ),
    "member packed by LZMA": Bad(
        "x.zip",
        zipped({"a.txt": b"One."}, zipfile.ZIP_LZMA),
        [("/a.txt", "it is packed by method 14; biaskit reads plain (deflate) zips")],
    ),
    "member larger than it says": Bad(
        "x.zip",
        lying_zip(),
        [("/a.txt", "it is damaged: Bad CRC-32 for file 'a.txt'")],
        ("/b.txt",),
    ),
    "member larger than an article": Bad(
        "x.zip",
        lambda: zipped({"a.txt": b"a" * 20_000_001, "b.txt": GOOD.encode()}),
        [("/a.txt", "it is larger than 20 MB")],
        ("/b.txt",),
    ),
    "zip bomb": Bad(
        "x.zip",
        lambda: zipped(dict.fromkeys(("a.jsonl", "b.jsonl"), b" " * 21_000_000)),
        [("/a.jsonl", BOMB)],
    ),
    "large zip in a zip": Bad(
        "x.zip",
        lambda: zipped({"y.zip": b"a" * 64_000_001}),
        [("/y.zip", "it is larger than 64 MB; unpack it first")],
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_bad_file_is_reported_and_its_neighbour_read(tmp_path, case):
    """No traceback, the reason in one sentence, and nothing else is lost."""
    content = case.content() if callable(case.content) else case.content
    (tmp_path / case.name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.csv").write_bytes(GOOD_CSV)
    found = read(tmp_path)
    assert faults(found) == [Fault(case.name + where, reason) for where, reason in case.faults]
    survivors = [f"{case.name}{where}" for where in case.survivors]
    assert [x.source for x in articles(found)] == ["good.txt", *survivors, "z.csv#1"]
    assert articles(found)[0].content == GOOD
    assert articles(found)[-1].content == TEXT


def test_enough_kinds_of_bad_input_are_tried():
    """Sixty were asked for."""
    assert len(BAD) >= 60


def test_a_line_of_200_mb_is_skipped(tmp_path):
    """It is never held, and the lines around it are read."""
    with (tmp_path / "x.jsonl").open("wb") as file:
        file.write(lines({"text": "One."}) + b'\n{"text": "')
        for _ in range(200):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n' + lines({"text": "Three."}))
    found = read(tmp_path)
    assert faults(found) == [Fault("x.jsonl#2", "the line is larger than 20 MB")]
    assert [x.source for x in articles(found)] == ["x.jsonl#1", "x.jsonl#3"]


# ---- what is no file, or is none that may be read --------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good page."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def only_good(found: list) -> list[Fault]:
    """The faults, once it is sure that the good page was read."""
    assert [(x.source, x.content) for x in articles(found)] == [("good.txt", GOOD)]
    return faults(found)


def test_a_dangling_link_is_reported(folder):
    """Its target may be on a disk that is not there today."""
    (folder / "x.txt").symlink_to(folder / "nowhere.txt")
    assert only_good(read(folder)) == [Fault("x.txt", "it is a link to a file that is not there")]


def test_a_link_to_itself_is_reported(folder):
    (folder / "x.txt").symlink_to("x.txt")
    (fault,) = only_good(read(folder))
    assert fault.source == "x.txt"
    assert "link" in fault.reason


def test_a_pipe_never_blocks(folder):
    """Nobody writes into it, so reading would wait for ever."""
    os.mkfifo(folder / "x.txt")
    assert only_good(read(folder)) == [Fault("x.txt", "it is a pipe, not a file")]


def test_a_socket_is_no_file(folder, monkeypatch):
    monkeypatch.chdir(folder)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("x.txt")
        assert only_good(read(folder)) == [Fault("x.txt", "it is a socket, not a file")]


def test_a_device_is_no_file(folder):
    (folder / "x.txt").symlink_to("/dev/zero")
    assert only_good(read(folder)) == [Fault("x.txt", "it is a device, not a file")]


def test_a_file_one_may_not_read_is_reported(folder, monkeypatch):
    """The others are read."""
    (folder / "x.txt").write_text(GOOD)
    opened = Path.open

    def refusing(path, *args, **options):
        if path.name == "x.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", refusing)
    assert only_good(read(folder)) == [Fault("x.txt", "it cannot be read: Permission denied")]


def test_a_folder_one_may_not_read_is_reported(folder, monkeypatch):
    (folder / "closed").mkdir()
    scandir = os.scandir

    def refusing(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    what = "the folder cannot be read: Permission denied"
    assert only_good(read(folder)) == [Fault("closed", what)]


def test_a_folder_called_like_a_file_is_a_folder(folder):
    (folder / "x.txt").mkdir()
    (folder / "x.txt" / "y.csv").write_bytes(GOOD_CSV)
    assert [x.source for x in articles(read(folder))] == ["good.txt", "x.txt/y.csv#1"]


def test_links_that_go_round_are_survived(folder):
    """Each real folder is read once, and a link out of the top is not followed."""
    (folder / "a").mkdir()
    (folder / "a" / "one.txt").write_text("One.")
    (folder / "a" / "round").symlink_to(folder / "a")
    (folder / "b").symlink_to(folder / "a")
    (folder / "top").symlink_to(folder)
    (folder / "up").symlink_to(folder.parent)
    found = read(folder)
    assert [x.source for x in articles(found)] == ["a/one.txt", "good.txt"]
    what = "it is a link to a folder above it, and is not followed"
    assert faults(found) == [Fault("up", what)]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x \n\x1b[31m.txt", "x \\n\\x1b[31m.txt"),
        (os.fsdecode(b"caf\xe9.txt"), "caf\\xe9.txt"),
        ("кафе 'é' “x” 😀.txt", "кафе 'é' “x” 😀.txt"),
        ("x" * 251 + ".txt", "x" * 251 + ".txt"),
        ("-rf *.txt", "-rf *.txt"),
    ],
)
def test_odd_names_are_read_and_can_be_printed(tmp_path, name, source):
    """A source goes into tables and onto terminals, so it is always text, on one line."""
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (record,) = read(tmp_path)
    assert (record.source, record.content) == (source, GOOD)
    assert record.source.encode()


def test_web_archives_need_the_extra(folder, monkeypatch):
    """The message names what to install."""
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (folder / "x.warc.gz").write_bytes(b"anything")
    assert only_good(read(folder)) == [
        Fault(
            "x.warc.gz",
            "WARC files are read by fastwarc, which is not there: pip install 'biaskit[warc]'",
        )
    ]


# ---- odd, but read ---------------------------------------------------------------------------


def read_one(tmp_path: Path, name: str, content: bytes, **options) -> list:
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name, **options)


def test_formulas_are_text(tmp_path):
    """Nothing is ever evaluated, and nothing is made inert on the way in."""
    rows = csv("text,title", '"=HYPERLINK(""https://x.example"")",+1+1', "@SUM(A1),-2")
    found = articles(read_one(tmp_path, "x.csv", rows))
    assert [(x.content, x.fields["title"]) for x in found] == [
        ('=HYPERLINK("https://x.example")', "+1+1"),
        ("@SUM(A1)", "-2"),
    ]


def test_strange_dates_and_repeated_ids_are_passed_on(tmp_path):
    """Who makes documents of the records settles what they mean."""
    rows = csv("text,date,id", "One.,0001-01-01,7", "Two.,31/12/9999,7", "Three.,soon,")
    found = articles(read_one(tmp_path, "x.csv", rows))
    assert [x.fields for x in found] == [
        {"date": "0001-01-01", "id": "7"},
        {"date": "31/12/9999", "id": "7"},
        {"date": "soon"},
    ]


def test_lone_surrogates_are_replaced_one_for_one(tmp_path):
    """No file can hold them; a pair is one letter and stays."""
    content = b'{"text": "a\\ud800b\\ude00c \\ud83d\\ude00", "title": "\\udfff!"}'
    found = read_one(tmp_path, "x.jsonl", content)
    (record,) = articles(found)
    assert record.content == "a\ufffdb\ufffdc 😀"
    assert record.fields == {"title": "\ufffd!"}
    assert notes(found)[1:] == [Note("x.jsonl", "lone surrogates read as U+FFFD: 2")]


def test_html_nested_50000_deep_arrives(tmp_path):
    """What to make of it is the extractor's question."""
    page = "<div>" * 50_000 + "x" + "</div>" * 50_000
    assert read_one(tmp_path, "x.html", page.encode())[0].content == page


def test_a_cell_larger_than_the_csv_module_allows_is_read(tmp_path):
    """Its limit is 128 KB, and a live blog is longer."""
    text = "The harbour. " * 20_000
    found = read_one(tmp_path, "x.csv", csv("id,text", f"1,{text}", f'2,"{text}"'))
    assert [x.content for x in articles(found)] == [text, text]


def test_rows_of_empty_cells_are_not_articles(tmp_path):
    """Excel leaves them below a table; trailing delimiters are no cells."""
    found = read_one(tmp_path, "x.csv", csv("text,id", "One.,1,,", ",", "", " , ", "Two.,2"))
    assert [x.source for x in articles(found)] == ["x.csv#1", "x.csv#4"]
    assert faults(found) == []


def test_of_two_columns_of_one_name_the_first_counts(tmp_path):
    found = read_one(tmp_path, "x.csv", csv("text,title,text", "One.,A,Two."))
    assert articles(found)[0].content == "One."


def test_a_table_may_change_its_encoding_from_row_to_row(tmp_path):
    """Exports are glued together; each row says what it was read as."""
    rows = [x.encode() for x in ("text,id", "Café,1")] + [
        "Café,2".encode("cp1252"),
        "Гавань открыта,3".encode("cp1251"),
    ]
    found = read_one(tmp_path, "x.csv", b"\n".join(rows))
    assert [(x.content, x.encoding) for x in articles(found)] == [
        ("Café", "utf-8"),
        ("Café", "cp1252 (guessed)"),
        ("Гавань открыта", "cp1251 (guessed)"),
    ]
    assert notes(found)[1:] == [
        Note("x.csv", "it is not in UTF-8 and read as cp1251, which is a guess"),
        Note("x.csv", "it is not in UTF-8 and read as cp1252, which is a guess"),
    ]


def test_mojibake_is_counted_and_left_alone(tmp_path):
    content = "It wasnâ€™t the mayorâ€™s cafÃ©."
    found = read_one(tmp_path, "x.txt", content.encode())
    assert articles(found)[0].content == content
    assert notes(found) == [
        Note(
            "x.txt",
            "in 3 places letters were decoded wrongly before they came here, as in 'â€™'; "
            "they stay as they are",
        )
    ]


def test_bytes_that_are_no_text_are_counted(tmp_path):
    """A download that broke off within a letter is still UTF-8."""
    found = read_one(tmp_path, "x.txt", "“Café” — “naïve”".encode()[:-1])
    assert articles(found)[0].encoding == "utf-8 (damaged)"
    assert notes(found) == [Note("x.txt", "bytes that are no text read as U+FFFD: 1")]


def test_strings_in_parquet_that_are_no_utf8_are_read(tmp_path):
    """Arrow believes whoever wrote the file."""
    raw = pa.array([b"Caf\xe9", b"Harbour"], pa.binary())
    table = pa.table({"text": pa.Array.from_buffers(pa.string(), 2, raw.buffers())})
    found = articles(read_one(tmp_path, "x.parquet", parquet(table)))
    assert [(x.content, x.encoding) for x in found] == [
        ("Café", "cp1252 (guessed)"),
        ("Harbour", "utf-8"),
    ]


def test_text_in_paragraphs_is_joined(tmp_path):
    """Some databases hand over a list of them."""
    found = read_one(tmp_path, "x.jsonl", lines({"text": ["One.", None, "Two."]}))
    assert articles(found)[0].content == "One.\nTwo."


def test_cells_become_strings_sensibly(tmp_path):
    """Whole numbers lose their .0, lists are joined, a name stands for its object."""
    row = {
        "text": "One.",
        "id": 12.0,
        "title": 1984,
        "author": ["A. Moss", {"name": "B. Reed"}, 3, None],
        "source": {"id": None, "name": " The Lantern "},
        "section": {"code": 3},
        "event": True,
        "url": "",
        "language": float("nan"),
    }
    assert articles(read_one(tmp_path, "x.jsonl", lines(row)))[0].fields == {
        "id": "12",
        "title": "1984",
        "author": "A. Moss, B. Reed, 3",
        "outlet": "The Lantern",
    }


# ---- columns ---------------------------------------------------------------------------------


def test_the_guess_is_said_aloud(tmp_path):
    """Upper case, spaces and hyphens don't matter."""
    found = read_one(tmp_path, "x.csv", csv("ID,Full Text,Publication-Date,site", "1,One.,2031,L"))
    assert notes(found) == [
        Note(
            "x.csv",
            "text from 'Full Text', outlet from 'site', date from 'Publication-Date', id from 'ID'",
        )
    ]
    assert articles(found)[0].fields == {"outlet": "L", "date": "2031", "id": "1"}


def test_columns_that_are_named_come_before_the_guess(tmp_path):
    """And are guessed for nothing else."""
    content = csv("text,body,source", "Summary.,One.,Agency")
    found = read_one(tmp_path, "x.csv", content, columns={"text": "body", "author": "source"})
    assert notes(found) == [Note("x.csv", "text from 'body', author from 'source'")]
    assert [(x.content, x.fields) for x in articles(found)] == [("One.", {"author": "Agency"})]


def test_a_named_column_that_is_missing_names_those_there_are(folder):
    """A typing error must not be taken for a column that is empty."""
    (folder / "x.csv").write_bytes(csv("id,text", "1,One."))
    found = read(folder, columns={"outlet": "sauce"})
    assert only_good(found) == [Fault("x.csv", "no column 'sauce'; it has id, text")]


def test_a_field_that_is_none_is_refused_at_once(folder):
    with pytest.raises(ValueError, match="no field") as error:
        records(folder, columns={"body": "text"})
    assert str(error.value) == (
        "no field 'body'; columns may name text, title, outlet, date, url, author, section, "
        "event, language, id"
    )


@pytest.mark.parametrize(
    ("column", "kind"), [("html", "html"), ("Raw HTML", "html"), ("body", "text")]
)
def test_a_column_of_html_gives_html(tmp_path, column, kind):
    content = csv(f"id,{column}", "1,<p>One.")
    (record,) = articles(read_one(tmp_path, "x.csv", content, columns={"text": column}))
    assert record.kind == kind


def test_many_columns_are_not_all_listed(tmp_path):
    """A survey export has thousands."""
    content = csv(",".join(f"q{n}" for n in range(1_000)), "1")
    (fault,) = read_one(tmp_path, "x.csv", content)
    assert "q19 and 980 more; name it" in fault.reason


def test_columns_of_json_lines_are_those_of_the_first_hundred(tmp_path):
    """A line leaves out what it does not know."""
    rows = [{"text": "One."}, {"text": "Two.", "headline": "B"}, {"id": 3}]
    found = read_one(tmp_path, "x.jsonl", lines(*rows))
    assert notes(found) == [
        Note("x.jsonl", "text from 'text', title from 'headline', id from 'id'")
    ]
    assert [x.fields for x in articles(found)] == [{}, {"title": "B"}]
    assert faults(found) == [Fault("x.jsonl#3", NO_TEXT)]


# ---- sizes ----------------------------------------------------------------------------------


def test_sizes_add_up_to_the_whole(tmp_path):
    """A progress bar ends at its end, also for packed files."""
    (tmp_path / "a.jsonl").write_bytes(NOISY)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(NOISY))
    (tmp_path / "c.zip").write_bytes(zipped({"x.jsonl": NOISY}))
    (tmp_path / "d.json").write_bytes(b"[" + NOISY.replace(b"\n", b",") + b"]")
    (tmp_path / "e.parquet").write_bytes(parquet(pa.Table.from_pylist(NOISE)))
    (tmp_path / "f.txt").write_bytes(GOOD.encode())
    (tmp_path / "g.pdf").write_bytes(b"not read")
    for file in tmp_path.iterdir():
        if file.suffix != ".pdf":
            size = sum(x.size for x in articles(read(file)))
            assert total_size(file) == file.stat().st_size
            assert size == pytest.approx(file.stat().st_size, rel=0.02)
    assert total_size(tmp_path) == sum(
        x.stat().st_size for x in tmp_path.iterdir() if x.suffix != ".pdf"
    )


# ---- tables at hand --------------------------------------------------------------------------


def test_a_data_frame_goes_in_as_it_is():
    """Missing values are missing, whatever pandas calls them, and days are days."""
    table = pd.DataFrame(
        {
            "body": pd.Series(["One.", "Two.\r\n", None, "Four.\ud800"], [9] * 4, dtype=object),
            "published": pd.to_datetime(
                ["2031-02-03", None, "2031-02-04", "2031-02-05 06:07"], format="ISO8601"
            ),
            "id": [1.0, float("nan"), 3.0, 4.0],
            7: pd.array([1, None, 3, 4], dtype="Int64"),
        },
        index=[9] * 4,  # no matter
    )
    before = table.copy()
    found = list(records_of_table(table, columns={"section": "7"}, name="mine"))
    pd.testing.assert_frame_equal(table, before)
    assert found == [
        Note("mine", "text from 'body', date from 'published', section from '7', id from 'id'"),
        Record(
            "mine#1", "text", "One.", {"date": "2031-02-03", "section": "1", "id": "1"}, "utf-8", 4
        ),
        Record("mine#2", "text", "Two.\n", {}, "utf-8", 5),
        Fault("mine#3", NO_TEXT),
        Record(
            "mine#4",
            "text",
            "Four.\ufffd",
            {"date": "2031-02-05T06:07:00", "section": "4", "id": "4"},
            "utf-8",
            8,
        ),
        Note("mine", "lone surrogates read as U+FFFD: 1"),
    ]


def test_a_table_that_arrow_can_stream_goes_in_as_it_is():
    """That is how polars hands over its own, without biaskit knowing of it."""
    table = pa.table(
        {
            "text": ["One.", None],
            "date": [date(2031, 2, 3), None],
            "author": [["A. Moss"], None],
            "url": [datetime(2031, 2, 3, 4, tzinfo=UTC), None],
        }
    )

    class Frame:
        def __arrow_c_stream__(self, requested_schema=None):
            return table.__arrow_c_stream__(requested_schema)

    fields = {"date": "2031-02-03", "author": "A. Moss", "url": "2031-02-03T04:00:00+00:00"}
    assert list(records_of_table(Frame()))[1:] == [
        Record("table#1", "text", "One.", fields, "utf-8", 4),
        Fault("table#2", NO_TEXT),
    ]


def test_an_older_frame_goes_through_pandas():
    class Frame:
        def to_pandas(self):
            return pd.DataFrame({"text": ["One."]})

    assert [x.content for x in articles(list(records_of_table(Frame())))] == ["One."]


def test_what_is_no_table_is_refused():
    with pytest.raises(TypeError) as error:
        records_of_table([{"text": "One."}])
    assert str(error.value) == "a table is a pandas or polars DataFrame; this is of type 'list'"


def test_a_frame_without_text_is_a_fault():
    assert list(records_of_table(pd.DataFrame({"id": [1]}))) == [
        Fault("table", NO_NAMES.format("id"))
    ]


# ---- anything at all -------------------------------------------------------------------------

KINDS = [*ENDINGS, ".csv.gz", ".json.gz"]
KINDS.remove(".gz")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300), kind=st.sampled_from(KINDS))
def test_random_bytes_never_raise(tmp_path, content, kind):
    """Every file gives at least one record or says why it does not."""
    (tmp_path / f"x{kind}").write_bytes(content)
    found = list(records(tmp_path / f"x{kind}"))
    assert articles(found) or faults(found)
    assert all(x.source.startswith(f"x{kind}") for x in found)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(sorted({**FORMS, **PAGES})), data=st.data())
def test_good_files_with_damage_never_raise(tmp_path, name, data):
    """Bytes flipped, cut out and put in, wherever they are."""
    content = bytearray(FORMS[name] if name in FORMS else PAGES[name][0])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 9))
        content[place : place + length] = data.draw(st.binary(max_size=9))
    (tmp_path / name).write_bytes(content)
    found = list(records(tmp_path / name))
    assert articles(found) or faults(found) or notes(found)


# ---- memory ----------------------------------------------------------------------------------

PEAK = """
import resource, sys
from biaskit.reading.sources import Record, records
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
n = sum(isinstance(x, Record) for x in records(sys.argv[1]))
print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def peak(path: Path) -> tuple[int, float]:
    """Articles read, and the MB that reading them took beyond the imports."""
    run = [sys.executable, "-c", PEAK, str(path)]
    n, grown = subprocess.run(run, capture_output=True, check=True, text=True).stdout.split()
    return int(n), int(grown) / 1024


@pytest.mark.slow
@pytest.mark.parametrize("kind", [".jsonl", ".csv", ".jsonl.gz", ".zip"])
def test_memory_stays_flat_over_300_mb(tmp_path, kind):
    """A file may be larger than the memory."""
    rng = random.Random(1)
    row = json.dumps({"text": " ".join(f"word{rng.randrange(9_999)}" for _ in range(600))})
    rows = row + "\n" if "json" in kind or kind == ".zip" else row[10:-2] + "\n"
    path = tmp_path / f"x{kind}"
    block, n_blocks = (rows * 100).encode(), 300_000_000 // (len(rows) * 100)
    with contextlib.ExitStack() as opened:
        if kind == ".zip":
            archive = opened.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_STORED))
            file = opened.enter_context(archive.open("x.jsonl", "w", force_zip64=True))
        else:
            opener = gzip.open if kind.endswith(".gz") else open
            file = opened.enter_context(opener(path, "wb"))
        file.write(b"text\n" if kind == ".csv" else b"")
        for _ in range(n_blocks):
            file.write(block)
    n, grown = peak(path)
    assert n == n_blocks * 100
    assert grown < 60


@pytest.mark.slow
def test_a_line_of_200_mb_is_never_held(tmp_path):
    with (tmp_path / "x.jsonl").open("wb") as file:
        file.write(b'{"text": "One."}\n')
        for _ in range(200):
            file.write(b"a" * 1_000_000)
    n, grown = peak(tmp_path / "x.jsonl")
    assert n == 1
    assert grown < 60


@pytest.mark.slow
def test_memory_stays_flat_over_a_large_parquet_file(tmp_path):
    """One row group of 300 MB, as pandas writes it."""
    texts = [f"{n} " + "The harbour is open. " * 300 for n in range(50_000)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "x.parquet", use_dictionary=False)
    n, grown = peak(tmp_path / "x.parquet")
    assert n == 50_000
    assert grown < 200


SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not at hand")
def test_the_annotated_data_is_read_whole():
    """6,199 articles and 1,896 headlines, none lost."""
    found = read(SHARED / "articles.jsonl.gz", columns={"section": "topic"})
    assert (len(articles(found)), faults(found)) == (6_199, [])
    found = read(SHARED / "headlines.jsonl.gz", columns={"text": "title"})
    assert (len(articles(found)), faults(found)) == (1_896, [])
    assert re.match(r"20\d\d-\d\d-\d\d$", articles(found)[0].fields["date"])
