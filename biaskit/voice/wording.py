"""
Which words and marks do the sentences of many texts hold, a quotation counting as one word?

The voice rules need the words of a sentence, lower-cased and with their classes, but only of
sentences in which one of them may be a cue. So the words of a batch of texts are looked up all
at once, by the numbers of the chunks that they stand in, and sentences are cut out of these
lists where a cue is in sight.

When this is wrong: a quotation mark that stands inside a word (x'_y) belongs to the word.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from biaskit.tokentable import Chunks, Cutter, letters
from biaskit.voice.wordclasses import FULL_STOPS, QUOTATIONS, TRIGGER, Classes, Sentence

__all__ = ["Told", "Wording"]

# A word with its inner hyphens, apostrophes and full stops (so-called, U.S, 1,000), or a mark:
# around a cue, commas matter as much as words. Counting uses tokens.token_spans.
WORD_OR_MARK = re.compile(r"\w+(?:[.'’&-]\w+|(?<=\d)[,:]\d+)*|[^\w\s]")


class Telling(NamedTuple):
    """A sentence in which a word may be a cue, its number, and the number of its first token."""

    number: int
    sentence: Sentence
    first: int


class Told(NamedTuple):
    """The sentences of a batch that may hold a cue, and where all its tokens stand."""

    tellings: Iterator[Telling]
    starts: list[int]  # in code points of its text
    ends: list[int]


class Wording:
    """The words and marks of batches of texts; it remembers chunks and classes."""

    def __init__(self) -> None:
        self.cutter = Cutter(_words_and_marks, str)
        self._begin()

    def _begin(self) -> None:
        self.words, self.classes = self.cutter.terms, Classes()
        # Arrays of objects, since many are taken out of them at once.
        self._word, self._flags = np.empty(0, object), np.empty(0, object)
        self._bits = np.empty(0, "i8")

    def telling(
        self,
        chunks: Chunks,
        line: np.ndarray,
        quotations: np.ndarray,
        kinds: np.ndarray,
        sentences: np.ndarray,
    ) -> Told:
        """
        The sentences that may hold a cue, in order.

        Parameters
        ----------
        chunks : of the texts.
        line : where each text begins when all are laid end to end.
        quotations, sentences : start and end on that line, one row each, in order.
        kinds : of each quotation, as a place in `QUOTATIONS`.
        """
        place, start, end, number = self._tokens(chunks, line, quotations, kinds)
        edges = np.searchsorted(place, sentences)
        triggers = np.flatnonzero(self._bits[number] & TRIGGER)
        bounds = np.searchsorted(triggers, edges)
        kept = np.flatnonzero(bounds[:, 0] < bounds[:, 1])
        tellings = self._sentences(number, kept, edges[kept], bounds[kept], triggers)
        return Told(tellings, start.tolist(), end.tolist())

    def _sentences(
        self,
        number: np.ndarray,
        kept: np.ndarray,
        edges: np.ndarray,
        bounds: np.ndarray,
        triggers: np.ndarray,
    ) -> Iterator[Telling]:
        columns = self._word[number], self._flags[number], triggers
        words, flags, found = (column.tolist() for column in columns)
        for n, (first, after), (a, b) in zip(
            kept.tolist(), edges.tolist(), bounds.tolist(), strict=True
        ):
            stop = after
            while stop > first and words[stop - 1] in FULL_STOPS:
                stop -= 1
            sentence = Sentence(
                words[first:after],
                flags[first:after],
                stop - first,
                [k - first for k in found[a:b]],
            )
            yield Telling(n, sentence, first)

    def _tokens(
        self, chunks: Chunks, line: np.ndarray, quotations: np.ndarray, kinds: np.ndarray
    ) -> tuple[np.ndarray, ...]:
        """Place on the line, start, end and number of each token, quotations as one."""
        tokens = self.cutter.cut(chunks)
        if tokens.terms is not self.words:
            self._begin()
        whole = np.array([self.cutter.number_of(kind) for kind in QUOTATIONS])
        self._classify()
        start, end, number = tokens.start, tokens.end, tokens.term
        place = start + line[tokens.text]
        if not len(quotations):
            return place, start, end, number
        q = np.searchsorted(quotations[:, 0], place, side="right") - 1
        within = (q >= 0) & (place < quotations[q, 1])
        opens = np.append(True, q[1:] != q[:-1])[: len(q)]
        opens |= np.append(True, ~within[:-1])[: len(q)]
        opens &= within
        size = quotations[q[opens], 1] - quotations[q[opens], 0]
        end[opens] = start[opens] + size
        number = number.copy()
        number[opens] = whole[kinds[q[opens]]]
        kept = opens | ~within
        return place[kept], start[kept], end[kept], number[kept]

    def _classify(self) -> None:
        """Work out the classes of the words that are new."""
        n = len(self._bits)
        words = self.words[n:]
        for word in words:
            self.classes.add(word)
        lowered, flags = self.classes.words[n:], self.classes.flags[n:]
        self._word = np.append(self._word, np.array(lowered, object))
        self._flags = np.append(self._flags, np.array(flags, object))
        self._bits = np.append(self._bits, np.array(flags, "i8"))


def _words_and_marks(chunk: str) -> list[tuple[int, int]]:
    span = letters(chunk)
    if span is None:
        return [match.span() for match in WORD_OR_MARK.finditer(chunk)]
    start, end = span
    after = [(i, i + 1) for i in range(end, len(chunk))]
    return [*((i, i + 1) for i in range(start)), span, *after] if start else [span, *after]
