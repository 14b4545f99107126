"""
What do the scorers know of the chunks of a batch of sentences?

A chunk is what stands between white space: both scorers cut a text there first. Most chunks
come many times, so a batch is kept as columns (`tokentable.Chunker`): for each place the
number of the chunk that stands there. A scorer asks its questions once per distinct chunk
(`Answers`) and goes on with arrays of numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from biaskit.tokentable import Chunker

__all__ = ["Answered", "Answers", "Cut", "count_between", "cut_sentences", "sums"]


class Cut(NamedTuple):
    """Sentences cut into chunks."""

    kinds: list[str]
    """The distinct chunks by number; a chunker's list."""
    kind: np.ndarray
    """The number of each chunk, sentence after sentence."""
    starts: np.ndarray
    """Where each sentence begins in `kind`; at the end, where the last one ends."""


def cut_sentences(sentences: Sequence[str]) -> Cut:
    """Cut a batch of sentences at white space."""
    chunks = _chunker().split(sentences)
    return Cut(chunks.kinds, chunks.kind, np.searchsorted(chunks.text, range(len(sentences) + 1)))


@lru_cache(maxsize=1)
def _chunker() -> Chunker:
    return Chunker()


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


class Answers:
    """
    What a scorer asks of chunks, each distinct one once.

    Each chunk has a row of answers, and chunks about which all is the same share one. `ask`
    gives the row of a chunk, a named tuple. Row 0 is `nothing`, which most have. All is
    forgotten when the chunks come by other numbers.
    """

    def __init__(self, ask: Callable[[str], Any], nothing: Any) -> None:
        self.ask, self.nothing = ask, nothing
        self._begin([])

    def _begin(self, kinds: list[str]) -> None:
        self._kinds = kinds
        self._numbers = np.empty(0, np.int32)
        self.rows: dict[Any, int] = {self.nothing: 0}
        self.table: dict[str, np.ndarray] = {
            question: np.array([answer]) for question, answer in self.nothing._asdict().items()
        }

    def of(self, cut: Cut) -> Answered:
        """The answers about the chunks of a batch."""
        if cut.kinds is not self._kinds:
            self._begin(cut.kinds)
        n_old = len(self.rows)
        new = [self._row(chunk) for chunk in cut.kinds[len(self._numbers) :]]
        self._numbers = np.concatenate([self._numbers, np.array(new, np.int32)])
        columns = zip(*islice(self.rows, n_old, None), strict=True)
        for (question, old), answers in zip(self.table.items(), columns, strict=False):
            self.table[question] = np.concatenate([old, np.array(answers)])
        return Answered(self._numbers[cut.kind], cut.starts, {**self.table})

    def _row(self, chunk: str) -> int:
        row = self.ask(chunk)
        return 0 if row is self.nothing else self.rows.setdefault(row, len(self.rows))
