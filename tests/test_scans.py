"""A scan says what a plain reading of the definition says, however it is counted."""

import hashlib
import re
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rensa import RMinHash

from biaskit import scans
from biaskit.scans import SIZE, line_hash, scan

WORDS = (
    "a of harbour Council's café “no” 7,000 1990s x-y \xa0 \t \u2028 \u200b \u00ad ½ \0 …".split(
        " "
    )
)
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), max_size=9)


def plain_hash(line: str) -> int:
    """Of the words of a line, in a short one with 0 for each number."""
    words = " ".join(line.split())
    if len(line.split()) < 8:
        words = re.sub(r"\d+", "0", words)
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "little")


def plain_signature(lines: list[str]) -> tuple[int, list[int], list[int]]:
    """Line by line: the smallest hash of any run of three words, and the first line it is in."""
    n_words, rows = 0, []
    for line in lines:
        letters = [c.lower() if c.isalnum() and c.isascii() else c for c in line]
        words = "".join(
            " " if (c.isascii() and not c.isalnum()) or c in "‘’“”–—…\xa0" else c for c in letters
        ).split(" ")
        words = [word for word in words if word]
        n_words += len(words)
        one, two, three = ([zlib.crc32(w.encode()) for w in words[i:]] for i in range(3))
        runs = [
            ((a * 0x9E3779B97F4A7C15 + b) * 0x9E3779B97F4A7C15 + c) % 2**64
            for a, b, c in zip(one, two, three, strict=False)
        ]
        ends = np.array([0, len(runs)], "u8")
        digest = RMinHash.digest_matrix_from_flat_token_hashes
        rows.append((digest(np.array(runs, "u8"), ends, SIZE, 1).to_rows()[0], bool(runs)))
    if not any(has for _, has in rows):
        return n_words, [], []
    columns = list(zip(*(row for row, _ in rows), strict=True))
    smallest = [min(column) for column in columns]
    first = [column.index(value) for column, value in zip(columns, smallest, strict=True)]
    return n_words, [value % 256 for value in smallest], first


@given(st.lists(st.sampled_from(WORDS)).map(" ".join) | st.text(st.characters(codec="utf-8")))
def test_the_number_of_a_line_is_that_of_its_words(line):
    """White space of any kind and length makes no other."""
    assert line_hash(line) == plain_hash(line)


@given(LINES)
def test_a_signature_is_the_smallest_of_each_hash_and_its_line(lines):
    """Counted over a whole text at once it is what it is line by line."""
    n_words, values, rows = scans._signature(lines)
    assert (n_words, [*values], [*rows]) == plain_signature(lines)


@pytest.mark.parametrize("body", [None, ["one two three four five six seven eight"]])
def test_the_lines_of_a_scan_are_each_there_once_those_of_the_signature_first(body):
    """A line that stands twice is one; blank ones are none."""
    long = "one two three four five six seven eight"
    found = scan("a", "Echo", None, None, ["Menu 3", "Menu 4", "", " ", long, long], body=body)
    kept = np.frombuffer(found.lines, "<u8").tolist()
    assert kept == [line_hash(long), line_hash("Menu 3")]
