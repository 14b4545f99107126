"""
Which words is an article to be known by?

Two articles on one event share names, places and acts, and share them in the title and the
first lines above all. So an article is read by its title and the first 90 words of its text;
where there is no text, by the counted terms of its headline, subheads and body. Words are cut
to stems ("voted", "votes", "voting"), prose's own words ("the", "said") are left out, and
rare words weigh most (tf-idf).

An article that opens with a scene or a joke shares few words with the others; one that opens
with the topic of the week ("the budget", "the election") shares them with too many.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp
from nltk.stem.snowball import SnowballStemmer

from biaskit.tables import RATE_ZONES, require
from biaskit.tokens import FUNCTION_WORDS, term_of, token_spans

__all__ = ["WEEKDAYS", "Wording", "stem", "wording_of_counts", "wording_of_texts"]

# What follows was chosen on halves of 254 stories told by two or three outlets each (2021).
LEAD = 90  # words; 60 are too few, and the stories' leads had no more to try
TITLE = 2  # a word of the title counts twice
STEMS = 50  # that a lead has; of a whole text's the weightiest, since long texts share more
STEM = 6  # letters: "nominee" meets "nomination"; six did as well as any other way to stem

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
LEFT_OUT = FUNCTION_WORDS | frozenset(WEEKDAYS)


class Wording(NamedTuple):
    """The words of articles, one row per article, one column per stem."""

    whole: sp.csr_matrix
    """tf-idf of title and lead together, each row of length 1."""
    titles: sp.csr_matrix
    """tf-idf of the title alone, each row of length 1, or empty where there is none."""
    rarity: sp.csr_matrix
    """The inverse document frequency of each stem that occurs."""
    words: list[str]
    """For each stem its most frequent word."""
    weekdays: np.ndarray
    """Days of the week that are named: 1 for Monday, 2 for Tuesday, 4 for Wednesday, ..."""


def wording_of_texts(articles: pd.DataFrame) -> Wording:
    """The wording of articles with the columns `title` and `text`."""
    rows: list[int] = []
    words: list[str] = []
    n_title: list[int] = []
    for row, (title, text) in enumerate(zip(articles["title"], articles["text"], strict=True)):
        for part, often in ((_words(title or ""), 1), (_lead(text or "", title or ""), 0)):
            words += part
            rows += [row] * len(part)
            n_title += [often] * len(part)
    in_title = np.array(n_title, float)
    table = {"row": rows, "word": words, "title": in_title, "lead": 1 - in_title}
    return _wording(pd.DataFrame(table), len(articles))


def wording_of_counts(documents: pd.DataFrame, counts: pd.DataFrame) -> Wording:
    """The wording of a measurement set's documents, whose texts are not at hand."""
    places = dict(zip(documents["document"], range(len(documents)), strict=True))
    counts = require(counts, "counts")
    counts = counts[counts["zone"].isin(RATE_ZONES) & counts["document"].isin(places)]
    headline = np.where(counts["zone"] == "headline", counts["n"], 0)
    return _wording(
        pd.DataFrame(
            {
                "row": counts["document"].map(places).to_numpy(int),
                "word": counts["term"].to_numpy(),
                "title": headline.astype(float),
                "lead": (counts["n"].to_numpy() - headline).astype(float),
            }
        ),
        len(documents),
        STEMS,
    )


def _words(text: str) -> list[str]:
    return [term_of(text[start:end]) for start, end in token_spans(text)]


def _lead(text: str, title: str) -> list[str]:
    """The first words below the title, which some texts repeat at their beginning."""
    text = text.strip()
    body = text[len(title) :] if title and text.startswith(title) else text
    # Positions are made for so much only; 20 characters a word are more than any lead has.
    return _words(body[: 20 * LEAD])[:LEAD]


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


def _wording(table: pd.DataFrame, n: int, most: int | None = None) -> Wording:
    """
    From one row per article and word with its counts in `title` and `lead`.

    most : keep only so many stems of each article, those of the highest weight.
    """
    weekdays = _weekdays(table, n)
    table = table[~table["word"].isin(LEFT_OUT)]
    often = table.groupby("word")[["title", "lead"]].sum().sum(axis=1)
    stems = {word: stem(word) for word in often.index}
    table = table.assign(stem=table["word"].map(stems).astype(object))
    table = table.groupby(["row", "stem"], as_index=False)[["title", "lead"]].sum()
    codes, names = pd.factorize(table["stem"], sort=True)
    rows, shape = table["row"].to_numpy(int), (n, len(names))
    title, lead = table["title"].to_numpy(), table["lead"].to_numpy()
    idf = np.log((1 + n) / (1 + np.bincount(codes, minlength=shape[1]))) + 1
    weights = idf[codes]
    whole = (1 + np.log(TITLE * title + lead)) * weights
    if most is not None:
        kept = _heaviest(rows, whole, most)
        rows, codes, title, weights, whole = (x[kept] for x in (rows, codes, title, weights, whole))

    def matrix(values: np.ndarray) -> sp.csr_matrix:
        found = sp.csr_matrix((values, (rows, codes)), shape)
        found.eliminate_zeros()
        return found

    return Wording(
        _unit(matrix(whole)),
        _unit(matrix(np.where(title > 0, (1 + np.log(np.maximum(title, 1))) * weights, 0))),
        matrix(weights),
        _commonest(often, stems, list(names)),
        weekdays,
    )


def _heaviest(rows: np.ndarray, weights: np.ndarray, most: int) -> np.ndarray:
    """Places of the `most` highest weights of each row."""
    order = np.lexsort((-weights, rows))
    ordered = rows[order]
    return order[np.arange(len(rows)) - np.searchsorted(ordered, ordered) < most]


def _weekdays(table: pd.DataFrame, n: int) -> np.ndarray:
    named = table[table["word"].isin(WEEKDAYS)].drop_duplicates(["row", "word"])
    bits = named["word"].map({day: 1 << k for k, day in enumerate(WEEKDAYS)}).astype(float)
    return np.bincount(named["row"].to_numpy(int), bits, minlength=n).astype(int)


def _unit(matrix: sp.csr_matrix) -> sp.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def _commonest(often: pd.Series, stems: dict[str, str], names: list[str]) -> list[str]:
    """Of the words with one stem that which occurs most often, the first of equals."""
    best: dict[str, str] = {}
    for word in sorted(often.index, key=lambda word: (-often[word], word)):
        best.setdefault(stems[word], word)
    return [best[name] for name in names]
