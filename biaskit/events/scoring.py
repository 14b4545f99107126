"""
How likely are two articles to be about one event?

Only pairs that may be are looked at: articles within two days of each other, and, for an
article without a date or in days of thousands of articles, those that share its rarest words.
So the cost grows with the corpus, never with its square.

A pair's log-odds is a sum of what speaks for one event, with weights fitted on pairs of real
stories (WEIGHTS). Most tells how alike the words are; next how alike the article is to its
third to seventh neighbour, since in a week of one topic everything is alike and only what is
more alike than that counts. The scale was fitted on the stories of one year and country: it
orders pairs well, and elsewhere is no probability.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp

from biaskit.events.wording import Wording

__all__ = ["FEATURES", "WEIGHTS", "Days", "Kept", "Pairs", "days_of", "features", "score"]

WINDOW = 2  # days between the dates of two articles on one event, at most
NEIGHBOURS = (2, 7)  # the third to the seventh most alike make an article's own level
LEAST = 0.03  # similarity below which no pair was ever of one event
BLOCK = 256  # articles compared at a time

# An article without a date, or with more than a crowd of others on its days, is compared with
# those that share words which at most so many articles have, and of these with the most alike.
CROWD = 3_000
RARE = 200
CANDIDATES = 50

FEATURES = (
    "similarity",  # square root of the cosine of title and lead
    "titles",  # square root of the cosine of the titles
    "shared",  # ln(1 + summed inverse document frequency of the shared stems) / 10
    "weekdays",  # 1 where both name days of the week, but no day in common
    "level",  # square root of the mean of both articles' own levels
    "one_day",  # 1 where the dates are one day apart
    "two_days",
    "constant",
)

# Logistic regression (C = 100) on the pairs of 127 of 254 stories of 2021 (in the data
# of Lee et al. 2022, NeuS): once whole and, at half weight, with 70 % of them cut to one article.
# The undated weights were then stretched so that one threshold serves both kinds of pairs.
# tests/benchmarks/events.py makes them again.
WEIGHTS = {
    "dated": (10.93, 4.03, 10.98, -1.77, -17.82, -0.06, -1.15, -3.83),
    "undated": (16.04, 2.60, 6.62, -1.57, -21.22, 0.0, 0.0, -2.91),
}


class Days(NamedTuple):
    """The earliest and latest day of each article, in days; open ends are infinite."""

    low: np.ndarray
    high: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Whether an article is dated to a few days, as an event is."""
        return self.high - self.low <= WINDOW

    def gap(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Days that lie between two articles at least."""
        return np.maximum(0, np.maximum(self.low[i] - self.high[j], self.low[j] - self.high[i]))


class Pairs(NamedTuple):
    """Pairs of articles, the first with the lower number, and what speaks for one event."""

    i: np.ndarray
    j: np.ndarray
    similarity: np.ndarray
    log_odds: np.ndarray
    dated: np.ndarray  # whether both are

    def chosen(self, which: np.ndarray) -> "Pairs":
        """Some of the pairs."""
        return Pairs(*(column[which] for column in self))


def days_of(documents: pd.DataFrame) -> Days:
    """The days of articles with the columns `date_low` and `date_high` (YYYY-MM-DD or missing)."""
    low = [_day(x, -np.inf) for x in documents["date_low"]]
    high = [_day(x, np.inf) for x in documents["date_high"]]
    return Days(np.array(low, float), np.array(high, float))


def _day(written: str | None, otherwise: float) -> float:
    if not isinstance(written, str):
        return otherwise
    try:
        return date.fromisoformat(written[:10]).toordinal()
    except ValueError as error:
        raise ValueError(f"{written!r} is no day; write YYYY-MM-DD") from error


Kept = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
Part = tuple[np.ndarray, ...]


def score(wording: Wording, days: Days, kept: Kept | None = None) -> Pairs:
    """
    All pairs that may be of one event, with their log-odds.

    kept : from both articles of some pairs and their log-odds to whether each is kept; without
        it all are.
    """

    def told(i: np.ndarray, j: np.ndarray, cosine: np.ndarray, dated: np.ndarray,
             table: np.ndarray) -> Part:  # fmt: skip
        weights = np.where(dated[:, None], WEIGHTS["dated"], WEIGHTS["undated"])
        log_odds = (table * weights).sum(axis=1)
        which = slice(None) if kept is None else kept(i, j, log_odds)
        return tuple(x[which] for x in (i, j, cosine, log_odds, dated))

    return Pairs(*_compared(wording, days, told))


def features(wording: Wording, days: Days) -> Part:
    """Pairs i < j, their cosine, whether both are dated, and their FEATURES, a row each."""
    return _compared(wording, days, lambda *part: part)


def _compared(wording: Wording, days: Days, told: Callable[..., Part]) -> Part:
    """
    What is told of each pair, once: those of the dated articles first, then the others.

    Every article's own level must be known before a pair can be judged. So articles are compared
    twice, block by block, and what is not worth telling is never held.
    """
    rare = _rare(wording.whole)
    sources: list[Callable[[], Iterator[Found]]] = [
        lambda: _dated(wording.whole, rare, days),
        lambda: _undated(wording.whole, rare, days),
    ]
    levels = [_own_levels(source(), len(days.low)) for source in sources]
    found = []
    for source in sources:
        parts = [told(*part, _features(wording, days, levels, part)) for part in
                 _pairs(source(), days.known)]  # fmt: skip
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        once = np.unique(columns[0] * len(days.low) + columns[1], return_index=True)[1]
        found.append([column[once] for column in columns])
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))


def _features(wording: Wording, days: Days, levels: list[np.ndarray], part: Part) -> np.ndarray:
    i, j, cosine, dated = part
    gap = np.where(dated, days.gap(i, j), 0)
    week = wording.weekdays
    table = (
        np.sqrt(cosine),
        np.sqrt(_products(wording.titles, wording.titles, i, j)),
        np.log1p(_products(wording.rarity, wording.rarity, i, j, sign=True)) / 10,
        (week[i] > 0) & (week[j] > 0) & (week[i] & week[j] == 0),
        np.sqrt(_level(days.known, i, j, *levels)),
        gap == 1,
        gap == 2,
        np.ones(len(i)),
    )
    return np.column_stack(table).astype(float)


def _level(
    known: np.ndarray, i: np.ndarray, j: np.ndarray, near: np.ndarray, far: np.ndarray
) -> np.ndarray:
    """
    Mean of both articles' own levels.

    A dated article's level comes from its own days, an undated one's from all of them; where
    one meets the other, the undated one's is the only one to judge by.
    """
    level = np.where(known, near, far)
    one = np.where(known[i] & ~known[j], j, i)
    two = np.where(known[j] & ~known[i], i, j)
    return (level[one] + level[two]) / 2


# Articles, others, cosines, and whether all others that may be of their event are among them.
Found = tuple[np.ndarray, np.ndarray, np.ndarray, bool]


def _dated(whole: sp.csr_matrix, rare: sp.csr_matrix, days: Days) -> Iterator[Found]:
    """Each dated article with all that are near in time, a block of articles at a time."""
    known = np.flatnonzero(days.known)
    order = known[np.argsort(days.low[known], kind="stable")]
    low = days.low[order]
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        first = np.searchsorted(low, days.low[rows].min() - 2 * WINDOW)
        last = np.searchsorted(low, days.high[rows].max() + WINDOW, "right")
        others = order[first:last]
        if len(others) > CROWD:
            yield *_sharing_rare(whole, rare, rows, others, days), False
            continue
        found = (whole[rows] @ whole[others].T).tocoo()
        one, two = rows[found.row], others[found.col]
        fits = (one != two) & (days.gap(one, two) <= WINDOW)
        yield one[fits], two[fits], found.data[fits], True


def _undated(whole: sp.csr_matrix, rare: sp.csr_matrix, days: Days) -> Iterator[Found]:
    """Each article without a date with those it shares most of its rare words with."""
    undated = np.flatnonzero(~days.known)
    for start in range(0, len(undated), BLOCK):
        rows = undated[start : start + BLOCK]
        yield *_sharing_rare(whole, rare, rows, np.arange(whole.shape[0]), days), False


def _rare(whole: sp.csr_matrix) -> sp.csr_matrix:
    """The columns of the words that few articles have, but more than one."""
    df = np.bincount(whole.indices, minlength=whole.shape[1])
    return whole[:, (df > 1) & (df <= RARE)]


def _sharing_rare(
    whole: sp.csr_matrix, rare: sp.csr_matrix, rows: np.ndarray, others: np.ndarray, days: Days
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each of the `rows` with those of the `others` it shares most of its rare words with."""
    found = (rare[rows] @ rare[others].T).tocoo()
    one, two = rows[found.row], others[found.col]
    fits = (one != two) & (days.gap(one, two) <= WINDOW)
    one, two, partly = one[fits], two[fits], found.data[fits]
    order, rank = _ranked(one, partly)
    best = order[rank < CANDIDATES]
    one, two = one[best], two[best]
    return one, two, _products(whole, whole, one, two)


def _ranked(rows: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An order by row, highest value first, and the place of each in its row, from 0."""
    order = np.lexsort((-values, rows))
    ordered = rows[order]
    return order, np.arange(len(rows)) - np.searchsorted(ordered, ordered)


def _own_levels(found: Iterator[Found], n: int) -> np.ndarray:
    """How alike each article is to its third to seventh neighbour, on average."""
    level = np.zeros(n)
    first, last = NEIGHBOURS
    for one, _, cosine, _ in found:
        order, rank = _ranked(one, cosine)
        here = order[(rank >= first) & (rank < last)]
        np.add.at(level, one[here], cosine[here] / (last - first))
    return level


def _pairs(found: Iterator[Found], known: np.ndarray) -> Iterator[Part]:
    """Pairs that are alike, the lower number first, their cosine, and whether both are dated."""
    done, nothing = np.zeros(len(known), bool), np.empty(0, int)
    yield nothing, nothing, np.empty(0), np.empty(0, bool)
    for one, two, cosine, is_whole in found:
        new = (cosine > LEAST) & ~done[two]
        i, j = np.minimum(one[new], two[new]), np.maximum(one[new], two[new])
        once = np.unique(i * len(known) + j, return_index=True)[1]
        i, j = i[once].astype(int), j[once].astype(int)
        yield i, j, cosine[new][once], known[i] & known[j]
        done[one] |= is_whole  # whoever comes later has been compared with these


def _products(
    one: sp.csr_matrix, two: sp.csr_matrix, i: np.ndarray, j: np.ndarray, *, sign: bool = False
) -> np.ndarray:
    """The product of row i of one with row j of the other, or with its signs, for each pair."""
    size = 64 * BLOCK
    parts = [np.zeros(0)]
    for k in range(0, len(i), size):
        other = two[j[k : k + size]]
        both = one[i[k : k + size]].multiply(other.sign() if sign else other)
        parts.append(np.asarray(both.sum(axis=1)).ravel())
    return np.concatenate(parts)
