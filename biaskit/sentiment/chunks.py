"""
Which distinct chunks do a batch of sentences hold, and where does each stand?

A chunk is what stands between white space: both scorers cut a text there first. Most chunks
come many times, so a batch is kept as columns: the distinct chunks, and for each place the
number of the chunk that stands there. A scorer asks its questions once per distinct chunk
(`Answers`) and goes on with arrays of numbers.

Splitting and counting is Arrow's, whose white space is that of `str.split` at every code
point; a test goes through them all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Answered", "Answers", "Chunks", "chunks_of", "count_between", "sums"]

# Halves of a pair without the other cannot be encoded. Neither lexicon knows one, and the
# sign for "no character" is treated alike by every rule.
SURROGATES = re.compile("[\ud800-\udfff]")
NO_CHARACTER = "\ufffd"

# Distinct chunks that a scorer remembers before it begins afresh, some 30 MB. They grow by a few
# thousand per MB of news.
REMEMBERED = 262_144


@dataclass(frozen=True, eq=False)
class Chunks:
    """
    A batch of sentences as columns.

    - kinds: the distinct chunks
    - kind: for each chunk, sentence after sentence, its number among `kinds`
    - starts: where each sentence begins in `kind`; at the end, where the last one ends
    - last_byte: of each of the `kinds`, in UTF-8
    - text: all sentences in UTF-8, byte by byte, white space included
    - bounds: where each sentence begins in `text`; at the end, where the last one ends
    """

    kinds: list[str]
    kind: np.ndarray
    starts: np.ndarray
    last_byte: np.ndarray
    text: np.ndarray
    bounds: np.ndarray

    def with_mark(self, mark: str) -> np.ndarray:
        """The number of the sentence, for each place where this ASCII character stands."""
        return rows_of(self.bounds, np.flatnonzero(self.text == ord(mark)))


def chunks_of(sentences: Sequence[str]) -> Chunks:
    """Cut a batch of sentences at white space."""
    column = _column(sentences)
    lists = pc.utf8_split_whitespace(column)
    encoded = lists.flatten().dictionary_encode()
    kinds, kind = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    starts = lists.offsets.to_numpy()
    if "" in kinds:  # Arrow has one before and after white space at the ends
        kind, starts = _without(kind, starts, kind == kinds.index(""))
    letters, ends = _bytes_of(encoded.dictionary)
    last_byte = letters[ends[1:] - 1] if len(letters) else np.zeros(len(kinds), np.uint8)
    return Chunks(kinds, kind, starts, last_byte, *_bytes_of(column))


def _column(sentences: Sequence[str]) -> Any:
    try:
        return pa.array(sentences, pa.large_string())
    except UnicodeEncodeError:
        whole = [SURROGATES.sub(NO_CHARACTER, sentence) for sentence in sentences]
        return pa.array(whole, pa.large_string())


def _bytes_of(column: Any) -> tuple[np.ndarray, np.ndarray]:
    """The texts of an Arrow column as bytes, and where each begins and the last one ends."""
    _, bounds, text = column.buffers()
    starts = np.frombuffer(bounds, np.int64)[: len(column) + 1]
    return np.frombuffer(text or b"", np.uint8)[: starts[-1]], starts


def _without(
    values: np.ndarray, starts: np.ndarray, drop: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The values that are not dropped, and where each sentence begins among them."""
    return values[~drop], starts - count_between(np.flatnonzero(drop), 0, starts)


def rows_of(starts: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The number of the sentence that each place lies in."""
    return np.searchsorted(starts, places, "right") - 1


def count_between(places: np.ndarray, first: Any, end: Any) -> np.ndarray:
    """How many of the places, which are in order, lie from each `first` to before its `end`."""
    return np.searchsorted(places, end) - np.searchsorted(places, first)


def sums(rows: np.ndarray, values: np.ndarray, n: int) -> np.ndarray:
    """Per row, the values added one after the other, as a loop adds them; np.sum does not."""
    return np.bincount(rows, values, n)


@dataclass(frozen=True, eq=False)
class Answered:
    """
    A batch of sentences with what a scorer asked of its chunks.

    - row: for each chunk, sentence after sentence, its row in the table of answers
    - starts: where each sentence begins in `row`; at the end, where the last one ends
    - table: from a question to its answer for each row
    """

    row: np.ndarray
    starts: np.ndarray
    table: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def where(self, question: str) -> np.ndarray:
        """The places at which the answer is yes, in order."""
        return np.flatnonzero(self.table[question][self.row])

    def at(self, places: np.ndarray, question: str) -> np.ndarray:
        """The answers at these places."""
        return self.table[question][self.row[places]]

    def sentences(self, places: np.ndarray) -> np.ndarray:
        """The number of the sentence that each place lies in."""
        return rows_of(self.starts, places)

    def without(self, question: str) -> "Answered":
        """The same batch without the chunks for which the answer is yes."""
        return Answered(
            *_without(self.row, self.starts, self.table[question][self.row]), self.table
        )


class Answers(dict[str, int]):
    """
    What a scorer asks of chunks, each distinct one once.

    From a chunk to the number of its row of answers; chunks about which all is the same share
    a row. `ask` gives the row of a chunk, a named tuple. Row 0 is `nothing`, which most have.
    """

    def __init__(self, ask: Callable[[str], Any], nothing: Any) -> None:
        super().__init__()
        self.ask, self.nothing = ask, nothing
        self.rows: dict[Any, int] = {}
        self.table: dict[str, np.ndarray] = {}

    def __missing__(self, chunk: str) -> int:
        row = self.ask(chunk)
        number = 0 if row is self.nothing else self.rows.setdefault(row, len(self.rows))
        self[chunk] = number
        return number

    def of(self, chunks: Chunks) -> Answered:
        """The answers about the chunks of a batch."""
        if not self or len(self) > REMEMBERED:
            self._begin()
        numbers = np.fromiter(map(self.__getitem__, chunks.kinds), np.int32, len(chunks.kinds))
        n_old = len(next(iter(self.table.values())))
        new = zip(*islice(self.rows, n_old, None), strict=True)
        for (question, old), answers in zip(self.table.items(), new, strict=False):
            self.table[question] = np.concatenate([old, np.array(answers)])
        return Answered(numbers[chunks.kind], chunks.starts, {**self.table})

    def _begin(self) -> None:
        self.clear()
        self[""] = 0  # among the kinds where white space stands at an end, but at no place
        self.rows = {self.nothing: 0}
        self.table = {
            question: np.array([answer]) for question, answer in self.nothing._asdict().items()
        }
