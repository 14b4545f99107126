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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp

from biaskit.events.vocabulary import Vocabulary
from biaskit.storage import places
from biaskit.tables import RATE_ZONES, require
from biaskit.tokens import term_of, token_spans

__all__ = ["Wording", "wording_of_counts", "wording_of_texts"]

# What follows was chosen on halves of 254 stories told by two or three outlets each (2021).
LEAD = 90  # words; 60 are too few, and the stories' leads had no more to try
TITLE = 2  # a word of the title counts twice
STEMS = 50  # that a lead has; of a whole text's the weightiest, since long texts share more

# Articles whose weights are scaled together.
ROWS_AT_ONCE = 20_000


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
    return _wording([pd.DataFrame(table)], len(articles))


def wording_of_counts(
    documents: pd.DataFrame, counts: pd.DataFrame | Iterable[pd.DataFrame]
) -> Wording:
    """
    The wording of a measurement set's documents, whose texts are not at hand.

    counts : a `counts` table, or pieces of one that can be gone through twice.
    """
    pieces = [require(counts, "counts")] if isinstance(counts, pd.DataFrame) else counts
    index = pd.Index(documents["document"], dtype=object)
    return _wording(_OfCounts(pieces, index), len(documents), STEMS)


@dataclass(frozen=True)
class _OfCounts:
    """Tables of words for a `Vocabulary`, made of counts as often as one goes through them."""

    pieces: Iterable[pd.DataFrame]
    index: pd.Index

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for piece in self.pieces:
            row = places(piece["document"], self.index)
            chosen = (row >= 0) & piece["zone"].isin(RATE_ZONES).to_numpy()
            counts = piece[chosen].reset_index(drop=True)
            title = np.where(counts["zone"] == "headline", counts["n"], 0).astype(float)
            yield pd.DataFrame(
                {"row": row[chosen], "word": counts["term"], "title": title,
                 "lead": counts["n"] - title}
            )  # fmt: skip


def _words(text: str) -> list[str]:
    return [term_of(text[start:end]) for start, end in token_spans(text)]


def _lead(text: str, title: str) -> list[str]:
    """The first words below the title, which some texts repeat at their beginning."""
    text = text.strip()
    body = text[len(title) :] if title and text.startswith(title) else text
    # Positions are made for so much only; 20 characters a word are more than any lead has.
    return _words(body[: 20 * LEAD])[:LEAD]


def _wording(tables: Iterable[pd.DataFrame], n: int, most: int | None = None) -> Wording:
    """
    From tables for a `Vocabulary`, which are gone through twice.

    most : keep only so many stems of each article, those of the highest weight.
    """
    vocabulary = Vocabulary(n)
    for table in tables:
        vocabulary.add(table)
    idf = np.log((1 + n) / (1 + vocabulary.in_order())) + 1
    # Times that a stem stands in a title fit into the smallest float.
    columns = [[np.empty(0, kind)] for kind in ("i4", "i4", "f8", "f4")]
    for table in tables:
        rows, codes, title, lead = vocabulary.stems(table)
        whole = (1 + np.log(TITLE * title + lead)) * idf[codes]
        kept = slice(None) if most is None else np.sort(_heaviest(rows, whole, most))
        for column, values in zip(columns, (rows, codes, whole, title), strict=True):
            column.append(values[kept].astype(column[0].dtype))
    rows, codes, whole, title = map(_in_one, columns)
    return _matrices(rows, codes, whole, title, idf, vocabulary)


def _in_one(parts: list[np.ndarray]) -> np.ndarray:
    """The parts as one array; they are let go of, so that only one column is held twice."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole


def _matrices(
    rows: np.ndarray,
    codes: np.ndarray,
    whole: np.ndarray,
    title: np.ndarray,
    idf: np.ndarray,
    vocabulary: Vocabulary,
) -> Wording:
    shape = len(vocabulary.weekdays), len(idf)
    if (np.diff(rows) < 0).any():
        order = np.argsort(rows, kind="stable")
        rows, codes, whole, title = (x[order] for x in (rows, codes, whole, title))
    ends = np.append(0, np.cumsum(np.bincount(rows, minlength=shape[0])))
    weights = sp.csr_matrix((whole, codes.copy(), ends), shape, copy=False)
    named = title > 0
    of_title = (1 + np.log(title[named].astype(float))) * idf[codes[named]]
    return Wording(
        _unit(weights),
        _unit(sp.csr_matrix((of_title, (rows[named], codes[named])), shape)),
        sp.csr_matrix((idf[codes], codes, ends), shape, copy=False),
        vocabulary.commonest(),
        vocabulary.weekdays,
    )


def _heaviest(rows: np.ndarray, weights: np.ndarray, most: int) -> np.ndarray:
    """Places of the `most` highest weights of each row."""
    order = np.lexsort((-weights, rows))
    ordered = rows[order]
    return order[np.arange(len(rows)) - np.searchsorted(ordered, ordered) < most]


def _unit(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """The matrix with each row made of length 1, in place."""
    for start in range(0, matrix.shape[0], ROWS_AT_ONCE):
        part = matrix[start : start + ROWS_AT_ONCE]
        lengths = np.sqrt(np.asarray(part.multiply(part).sum(axis=1)).ravel())
        # The product leaves a row's cells in an order of its own, in which they are summed later;
        # scaled in place they would differ from it in the last digit.
        made = sp.csr_matrix(sp.diags(1 / np.where(lengths > 0, lengths, 1)) @ part)
        here = slice(matrix.indptr[start], matrix.indptr[start] + part.nnz)
        matrix.data[here], matrix.indices[here] = made.data, made.indices
    matrix.has_sorted_indices = False
    return matrix
