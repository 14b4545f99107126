"""
Where do the tokens of many texts stand, and which terms are they?

`token_spans` cuts one text. Measuring cuts millions, and the same words again and again: no
token holds white space, so how a chunk between two spaces is cut depends on the chunk alone
and is looked up after the first time. What is left are arrays, one place per token, that
every later step of measuring counts in without touching the text again.

A `Chunker` gives every distinct chunk a number. Whatever is asked of chunks (their tokens, the
words and marks that the voice rules read, what the scorers know of them) is kept by these
numbers, and a batch of texts is split only once for all of it.

The tokens are those of `token_spans`, to the last one: a test compares them. Where a caller
cuts a text inside a chunk (a headline's opening without a space behind it), the token stays
whole and belongs to the side that it begins on.
"""

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from biaskit.tokens import term_of, token_spans

__all__ = ["Chunker", "Chunks", "Cutter", "Tokens", "cut", "letters"]

# Everything that `str.split` takes for white space stands below this code point.
HIGHEST_SPACE = 0x3000
_IS_SPACE = np.array([chr(point).isspace() for point in range(HIGHEST_SPACE + 1)] + [False])

# Marks around a word that are never part of it.
MARKS = '.,;:!?()[]“”"…'

# Without any of these inside, tokens are runs of letters and digits.
UNSIMPLE = re.compile(r"['’._,:]")
RUN = re.compile(r"\w+")
POSSESSIVE = ("'s", "’s", "'S", "’S")

# A million articles hold a few million distinct chunks, most of them once: numbers, addresses.
# All that is kept of so many takes some 70 MB; 2,000 articles hold no more.
MOST_CHUNKS = 100_000


class Chunks(NamedTuple):
    """Arrays with one place per chunk between white space, texts one after the other."""

    text: np.ndarray
    """Number of the text."""
    start: np.ndarray
    """First character, in code points of its text."""
    kind: np.ndarray
    """Number of the chunk in `kinds`."""
    kinds: list[str]
    """The distinct chunks by number; a chunker's list, which only grows."""


class Chunker:
    """
    Splits texts at white space and numbers the distinct chunks.

    When there are too many it begins a new list: whoever keeps something by number sees that by
    `kinds` being another object.
    """

    def __init__(self) -> None:
        self._numbers = _Numbers()

    def split(self, texts: Sequence[str]) -> Chunks:
        """The chunks of some texts."""
        if len(self._numbers) > MOST_CHUNKS:
            self._numbers = _Numbers()
        found = [_chunk_starts(text) for text in texts]
        start = np.concatenate([np.empty(0, "i8"), *found])
        split = chain.from_iterable(map(str.split, texts))
        kind = np.fromiter(map(self._numbers.__getitem__, split), "i8", len(start))
        text = np.repeat(np.arange(len(texts)), [len(x) for x in found])
        return Chunks(text, start, kind, self._numbers.kinds)


class _Numbers(dict):
    """Chunk to its number; one that is new gets the next."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = len(self.kinds)
        self.kinds.append(chunk)
        return number


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
    Cuts chunks into tokens and remembers them; the numbers of terms are this cutter's own.

    `spans` gives the positions of the tokens in a chunk, `term` what a token counts as.

    >>> tokens = cut(["Italy's far-right", "the far side"])
    >>> [tokens.terms[i] for i in tokens.term]
    ['italy', "'s", 'far', 'right', 'the', 'far', 'side']
    >>> tokens.start.tolist()
    [0, 5, 8, 12, 0, 4, 8]
    """

    def __init__(
        self,
        spans: Callable[[str], list[tuple[int, int]]] | None = None,
        term: Callable[[str], str] = term_of,
    ) -> None:
        self._spans, self._term = spans or _spans, term
        self._begin([])

    def _begin(self, kinds: list[str]) -> None:
        self._kinds = kinds
        self.terms: list[str] = []
        self._number: dict[str, int] = {}
        # Of each chunk how many tokens it holds and the place of the first one; of each token
        # its start and end in the chunk and its term.
        self._sizes, self._firsts = np.empty(0, "i4"), np.empty(0, "i8")
        self._starts, self._ends, self._terms = (np.empty(0, "i4") for _ in range(3))

    def cut(self, chunks: Chunks) -> Tokens:
        """The tokens of some chunks."""
        if chunks.kinds is not self._kinds:
            self._begin(chunks.kinds)
        self._learn()
        n = self._sizes[chunks.kind]
        before = np.cumsum(n) - n
        at = np.repeat(self._firsts[chunks.kind] - before, n) + np.arange(n.sum())
        begin = np.repeat(chunks.start, n)
        start, end = begin + self._starts[at], begin + self._ends[at]
        return Tokens(np.repeat(chunks.text, n), start, end, self._terms[at], self.terms)

    def number_of(self, term: str) -> int:
        """The number of a term; one that is new gets the next."""
        number = self._number.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        return number

    def _learn(self) -> None:
        """Cut the chunks that are new."""
        sizes, pieces = [], []
        numbers, terms = self._number, self.terms
        for chunk in self._kinds[len(self._sizes) :]:
            spans = self._spans(chunk)
            sizes.append(len(spans))
            for start, end in spans:
                term = self._term(chunk[start:end])
                number = numbers.get(term)
                if number is None:
                    number = numbers[term] = len(terms)
                    terms.append(term)
                pieces.append((start, end, number))
        if sizes:
            n = len(self._starts)
            self._sizes = np.append(self._sizes, np.array(sizes, "i4"))
            self._firsts = np.append(self._firsts, n + np.cumsum(sizes) - sizes)
            columns = np.array(pieces, "i4").reshape(-1, 3).T
            known = self._starts, self._ends, self._terms
            self._starts, self._ends, self._terms = map(np.append, known, columns)


def cut(texts: Sequence[str]) -> Tokens:
    """The tokens of some texts, by a cutter that is not kept."""
    return Cutter().cut(Chunker().split(texts))


def letters(chunk: str) -> tuple[int, int] | None:
    """
    Where the letters stand in a chunk that is letters between marks, as most are; else None.

    >>> letters("(word),"), letters("far-right")
    ((1, 5), None)
    """
    if chunk.isalpha():
        return 0, len(chunk)
    word = chunk.strip(MARKS)
    if not word.isalpha():
        return None
    start = chunk.find(word)
    return start, start + len(word)


def _spans(chunk: str) -> list[tuple[int, int]]:
    """The tokens of a chunk; few are cut by the rules, which take ten times as long."""
    if span := letters(chunk):
        return [span]
    word = chunk.strip(MARKS)
    if word.endswith(POSSESSIVE) and word[:-2].isalpha():
        start = chunk.find(word)
        end = start + len(word)
        return [(start, end - 2), (end - 2, end)]
    if UNSIMPLE.search(word):
        return token_spans(chunk)
    return [run.span() for run in RUN.finditer(chunk)]


def _chunk_starts(text: str) -> np.ndarray:
    """Where the chunks that `text.split()` gives begin."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    space = _IS_SPACE[np.minimum(points, HIGHEST_SPACE + 1)]
    begins = ~space
    begins[1:] &= space[:-1]
    return np.flatnonzero(begins)
