"""
What has to be kept of an article to tell later whether it is a copy and which lines recur?

`scan` looks at one article alone and keeps less than a kilobyte of it: a hash of each line, a
MinHash signature of its runs of three words, the language, what its headline opens with.
`copies` decides with the scans of all articles.

*Signature.* Each of `SIZE` hash functions orders all runs of three words at random; the first
of them in that order is the same in two articles as often as they have their runs in common
(Broder 1997). A byte of it is enough. With it goes the line that the run stands in. Case,
quotation marks and white space count for nothing; a run never goes from line to line.

When this is wrong: only the first `ROWS` lines of eight words or more make the signature, so
of a very long page the end is not compared.
"""

import hashlib
import zlib
from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rensa import RMinHash

from biaskit.languages import LONG, NUMBER, language_of, opening_of

__all__ = ["OTHER_LINES", "ROWS", "SIZE", "Scan", "line_hash", "scan"]


class Scan(NamedTuple):
    """What one article contributes to the decisions."""

    document: str
    outlet: str
    date: str | None
    n_words: int  # of the lines that the signature is made of
    signature: bytes  # a byte of each of `SIZE` smallest hashes; empty where there is no text
    rows: bytes  # the line that each of them comes from, as a place in `lines`
    lines: bytes  # hashes of its distinct lines, eight bytes each, those of the signature first
    opening: str | None  # of the headline; "" where it has none, None without a headline
    language: str | None


SIZE = 128  # finds as many of 800 planted copies as 192 do (799), in less time and space
SHINGLE = 3  # words
SEED = 1
ROWS = 255  # lines that a byte can number
OTHER_LINES = 256  # of all other lines the first and last of a page, where furniture stands

_MARKS = "‘’“”–—…\xa0"  # read as white space, as all of ASCII that is no letter or digit
_PLAIN = bytes(b if b > 127 or b == 10 or chr(b).isalnum() else 32 for b in range(256)).lower()
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio spreads sums over all bits (Knuth)


def line_hash(line: str) -> int:
    """
    A number for a line: equal for lines that are the same but for white space.

    Case counts. In lines of fewer than eight words one number is as good as another.

    >>> line_hash("12  comments") == line_hash("7 comments ") != line_hash("7 Comments")
    True
    """
    return int.from_bytes(_told(line)[0], "little")


def _told(line: str) -> tuple[bytes, bool]:
    """The number of a line as eight bytes, and whether it has `LONG` words."""
    # Most lines have nothing but single spaces, and need not be split.
    plain = line.isprintable() and "  " not in line
    same = line.strip(" ") if plain else " ".join(line.split())
    is_long = same.count(" ") >= LONG - 1
    written = (same if is_long else NUMBER.sub("0", same)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=8).digest(), is_long


def scan(
    document: str,
    outlet: str,
    date: str | None,
    headline: str | None,
    lines: Sequence[str],
    *,
    body: Sequence[str] | None = None,
) -> Scan:
    """
    What one article contributes to the decisions.

    `lines` are all lines of the page, in order; `body` those that are known to be the article.
    Without it copies and language are judged on all lines of eight words or more, boilerplate
    among them. `date` is the earliest day that the article can be from.
    """
    among = lines if body is None else body
    distinct = dict.fromkeys((*lines, *(body or ())))
    told = {line: _told(line) for line in distinct if line and not line.isspace()}
    long = [line for line in among if line in told and told[line][1]]
    prose = {told[line][0]: line for line in (long or among)[:ROWS] if line in told}
    others = list(dict.fromkeys(number for number, _ in told.values() if number not in prose))
    if len(others) > OTHER_LINES:
        others = others[: OTHER_LINES // 2] + others[-OTHER_LINES // 2 :]
    opening = (opening_of(headline) or ("", 0))[0] if headline else None
    stored = b"".join([*prose, *others])
    language = language_of("\n".join(prose.values()))
    return Scan(document, outlet, date, *_signature([*prose.values()]), stored, opening, language)


def _signature(lines: list[str]) -> tuple[int, bytes, bytes]:
    """Number of words; of each of `SIZE` smallest shingle hashes a byte; the line of each."""
    text = "\n".join([line.replace("\n", " ") for line in lines])
    for mark in _MARKS:
        text = text.replace(mark, " ")
    plain = text.encode("utf-8", "surrogatepass").translate(_PLAIN)
    words = plain.split()
    letters = np.frombuffer(plain, "u1")
    begins = letters > ord(" ")
    begins[1:] &= letters[:-1] <= ord(" ")
    line_of = np.cumsum(letters == ord("\n"))[begins]
    whole = line_of[: 1 - SHINGLE] == line_of[SHINGLE - 1 :]  # no run across two lines
    if not whole.any():
        return len(words), b"", b""
    hashes = np.fromiter(map(zlib.crc32, words), "u8", len(words))
    shingles = ((hashes[:-2] * _MIX + hashes[1:-1]) * _MIX + hashes[2:])[whole]
    sizes = np.bincount(line_of[: 1 - SHINGLE][whole], minlength=len(lines))
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype("u8")
    digests = RMinHash.digest_matrix_from_flat_token_hashes(shingles, ends, SIZE, SEED)
    values = b"".join([array("I", row) for row in digests.to_rows()])
    smallest = np.frombuffer(values, np.uintc).reshape(-1, SIZE)
    found = smallest.min(axis=0), smallest.argmin(axis=0)
    return len(words), found[0].astype("u1").tobytes(), found[1].astype("u1").tobytes()
