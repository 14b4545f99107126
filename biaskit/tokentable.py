"""
Where do the tokens of many texts stand, and which terms are they?

`token_spans` cuts one text. Measuring cuts millions, and the same words again and again: no
token holds white space, so how a chunk between two spaces is cut depends on the chunk alone
and is looked up after the first time. What is left are arrays, one place per token, that
every later step of measuring counts in without touching the text again.

The tokens are those of `token_spans`, to the last one: a test compares them. Where a caller
cuts a text inside a chunk (a headline's opening without a space behind it), the token stays
whole and belongs to the side that it begins on.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from biaskit.tokens import term_of, token_spans

__all__ = ["Cutter", "Tokens"]

# Everything that `str.split` takes for white space stands below this code point.
HIGHEST_SPACE = 0x3000
_IS_SPACE = np.array([chr(point).isspace() for point in range(HIGHEST_SPACE + 1)] + [False])

# Marks around a word that are never part of a token.
MARKS = '.,;:!?()[]“”"…'

# A million articles hold a few million distinct chunks, most of them once: numbers, addresses.
MOST_CHUNKS = 400_000


class Tokens(NamedTuple):
    """Arrays with one place per token, texts one after the other, each in its own order."""

    text: np.ndarray
    """Number of the text."""
    start: np.ndarray
    """First character, in code points of its text."""
    end: np.ndarray
    """One past the last character."""
    term: np.ndarray
    """Number of the term in `terms`."""
    terms: Sequence[str]
    """The terms by number; a cutter's list, which only grows."""


class Cutter:
    """
    Cuts texts into tokens and remembers chunks; the numbers of terms are this cutter's own.

    >>> tokens = Cutter().cut(["Italy's far-right", "the far side"])
    >>> [tokens.terms[i] for i in tokens.term]
    ['italy', "'s", 'far', 'right', 'the', 'far', 'side']
    >>> tokens.start.tolist()
    [0, 5, 8, 12, 0, 4, 8]
    """

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.terms: list[str] = []
        self._number: dict[str, int] = {}
        self._chunks = _Chunks(self)
        # Of each chunk how many tokens it holds and where they begin in `pieces`; of each of
        # these its start and end in the chunk and its term.
        self._sizes, self._pieces = np.empty(0, "i4"), np.empty((0, 3), "i4")
        self._new_sizes: list[int] = []
        self._new_pieces: list[tuple[int, int, int]] = []

    def cut(self, texts: Sequence[str]) -> Tokens:
        """The tokens of some texts."""
        if len(self._chunks) > MOST_CHUNKS:
            self._forget()
        found = [_chunk_starts(text) for text in texts]
        starts = np.concatenate([np.empty(0, "i8"), *found])
        split = chain.from_iterable(map(str.split, texts))
        chunk = np.fromiter(map(self._chunks.__getitem__, split), "i8", len(starts))
        self._keep_what_is_new()
        n = self._sizes[chunk]
        first = (np.cumsum(self._sizes) - self._sizes)[chunk]
        which = np.repeat(np.arange(len(chunk)), n)
        nth = np.arange(len(which)) - np.repeat(np.cumsum(n) - n, n)
        pieces = self._pieces[first[which] + nth]
        begins = starts[which]
        text = np.repeat(np.arange(len(texts)), [len(x) for x in found])[which]
        return Tokens(text, begins + pieces[:, 0], begins + pieces[:, 1], pieces[:, 2], self.terms)

    def _keep_what_is_new(self) -> None:
        if self._new_sizes:
            self._sizes = np.concatenate([self._sizes, np.array(self._new_sizes, "i4")])
            pieces = np.array(self._new_pieces, "i4").reshape(-1, 3)
            self._pieces = np.concatenate([self._pieces, pieces])
            self._new_sizes, self._new_pieces = [], []

    def _learn(self, chunk: str) -> int:
        spans = _whole_word(chunk) or token_spans(chunk)
        self._new_sizes.append(len(spans))
        for start, end in spans:
            term = term_of(chunk[start:end])
            number = self._number.setdefault(term, len(self.terms))
            if number == len(self.terms):
                self.terms.append(term)
            self._new_pieces.append((start, end, number))
        return len(self._chunks)


class _Chunks(dict):
    """Chunk to its number; one that is new is learnt."""

    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter

    def __missing__(self, chunk: str) -> int:
        number = self.cutter._learn(chunk)
        self[chunk] = number
        return number


def _whole_word(chunk: str) -> list[tuple[int, int]] | None:
    """The one token of a chunk that is letters between marks, as most are; it needs no rules."""
    word = chunk.strip(MARKS)
    if not word.isalpha():
        return None
    start = chunk.find(word)
    return [(start, start + len(word))]


def _chunk_starts(text: str) -> np.ndarray:
    """Where the chunks that `text.split()` gives begin."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    space = _IS_SPACE[np.minimum(points, HIGHEST_SPACE + 1)]
    begins = ~space
    begins[1:] &= space[:-1]
    return np.flatnonzero(begins)
