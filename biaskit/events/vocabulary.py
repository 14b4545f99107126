"""
Which stems do the articles have, in how many of them, and which words stand behind each?

A collection is gone through table by table, so that of one larger than memory only its
vocabulary is held. Prose's own words ("the", "said") and days of the week have no stem here;
what days are named is kept apart.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from nltk.stem.snowball import SnowballStemmer

from biaskit.tokens import FUNCTION_WORDS

__all__ = ["LEFT_OUT", "WEEKDAYS", "Stems", "Vocabulary", "stem"]

STEM = 6  # letters: "nominee" meets "nomination"; six did as well as any other way to stem

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
LEFT_OUT = FUNCTION_WORDS | frozenset(WEEKDAYS)
BITS = {day: 1 << k for k, day in enumerate(WEEKDAYS)}

NONE = -1  # the number of the stem of a word that is left out


@lru_cache(maxsize=1)
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """
    What a word's forms have in common.

    >>> stem("nominees"), stem("nomination"), stem("voted")
    ('nomine', 'nomin', 'vote')
    """
    return str(_stemmer().stem(word))[:STEM]


class Stems(NamedTuple):
    """The stems of some articles: one entry per article and stem, in the order of both numbers."""

    row: np.ndarray
    number: np.ndarray
    title: np.ndarray  # how often it stands in the title
    lead: np.ndarray


class Vocabulary:
    """
    What is known of the words of `n` articles after all tables were added.

    A table has one row per article and word: `row` (number of the article), `word`, and how
    often it stands in `title` and `lead`.
    """

    def __init__(self, n: int) -> None:
        self.weekdays = np.zeros(n, int)
        self.often: dict[str, float] = {}
        self._known = np.zeros(n, bool)
        self._stem_of: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._df = np.zeros(0, int)

    def add(self, table: pd.DataFrame) -> None:
        """
        Count the words of some articles.

        Raises
        ------
        ValueError : an article that has words in a table added before, too.
        """
        rows = np.unique(table["row"].to_numpy(int))
        if self._known[rows].any():
            raise ValueError("the terms of a document stand apart; sort the counts by document")
        self._known[rows] = True
        codes, words = pd.factorize(table["word"])
        n = np.bincount(codes, table["title"] + table["lead"], minlength=len(words))
        for word, times in zip(words, n.tolist(), strict=True):
            if word in LEFT_OUT:
                self._stem_of[word] = NONE
                continue
            if word not in self._stem_of:
                self._stem_of[word] = self._numbers.setdefault(stem(word), len(self._numbers))
            self.often[word] = self.often.get(word, 0.0) + times
        days = np.array([BITS.get(word, 0) for word in words], int)[codes]
        np.bitwise_or.at(self.weekdays, table["row"].to_numpy(int), days)
        df = np.bincount(self.stems(table).number, minlength=len(self._numbers))
        df[: len(self._df)] += self._df
        self._df = df

    def stems(self, table: pd.DataFrame) -> Stems:
        """The stems of a table's articles."""
        codes, words = pd.factorize(table["word"])
        numbers = np.array([self._stem_of[word] for word in words], int)[codes]
        width = len(self._numbers)
        key = table["row"].to_numpy(int) * width + numbers
        there = numbers != NONE
        cells, of = np.unique(key[there], return_inverse=True)
        title, lead = (
            np.bincount(of, table[part].to_numpy(float)[there], minlength=len(cells))
            for part in ("title", "lead")
        )
        return Stems(*np.divmod(cells, max(width, 1)), title, lead)

    def in_order(self) -> np.ndarray:
        """Number the stems by the alphabet from now on; in how many articles each of them is."""
        names = sorted(self._numbers)
        old = np.array([self._numbers[name] for name in names], int)
        place = np.full(len(self._numbers) + 1, NONE)  # one more, for what has no stem
        place[old] = np.arange(len(names))
        self._stem_of = {word: int(place[k]) for word, k in self._stem_of.items()}
        self._numbers = {name: k for k, name in enumerate(names)}
        self._df = self._df[old]
        return self._df

    def commonest(self) -> list[str]:
        """For each stem the word that occurs most often, the first of equals."""
        best: dict[int, str] = {}
        for word in sorted(self.often, key=lambda word: (-self.often[word], word)):
            best.setdefault(self._stem_of[word], word)
        return [best[k] for k in range(len(self._numbers))]
