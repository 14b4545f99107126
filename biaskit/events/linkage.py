"""
Which articles are one group, when pairs of them are likely to belong together?

Agglomeration: the two groups that fit best become one, until no two fit well enough. Two groups
fit as well as halfway between the mean over all pairs across them and the weakest of these
pairs. The mean alone lets a chain of follow-ups grow from one week into the next; the weakest
alone breaks an event in two over a single odd article.

Only pairs that were compared are held, so nothing here grows with the square of the corpus;
a pair that was not compared counts as a bad one.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

__all__ = ["FLOOR", "link"]

FLOOR = -6.0  # log-odds of a pair that was not compared or is less alike: 1 to 400
CEILING = 8.0  # and of copies, lest one pair outweigh all the others
STRICT = 0.5  # 0 is average, 1 complete linkage; .3 to .7 do alike on 254 stories


class _Tie(NamedTuple):
    """What is known of the pairs across two groups."""

    total: float  # sum of their log-odds above the floor
    least: float
    n: int


def link(n: int, pairs: Sequence[np.ndarray], threshold: float, given: np.ndarray) -> np.ndarray:
    """
    A group for each of `n` articles.

    Parameters
    ----------
    pairs : columns of pairs: one article, another, and the log-odds that they belong together.
    threshold : log-odds that a merge needs.
    given : number of the group that is known of an article, else -1. Articles with one such
        number end in one group, articles with two different ones never do.

    Returns
    -------
    Numbers of groups, from 0.
    """
    group, fixed = _first_groups(given)
    size = np.bincount(group).tolist()
    ties: list[dict[int, _Tie]] = [{} for _ in size]
    for one, two, log_odds in _within_reach(group, pairs, threshold):
        a, b = int(group[one]), int(group[two])
        if not (fixed[a] and fixed[b]):
            held, z = ties[a].get(b, _Tie(0.0, CEILING, 0)), min(log_odds, CEILING)
            tie = _Tie(held.total + z - FLOOR, min(held.least, z), held.n + 1)
            ties[a][b] = ties[b][a] = tie

    parent = _merge(ties, size, fixed, threshold)
    for k in range(len(parent) - 1, -1, -1):  # a parent has a higher number than its children
        parent[k] = parent[parent[k]]
    return np.unique(np.array(parent, int)[group], return_inverse=True)[1]


def _within_reach(
    group: np.ndarray, pairs: Sequence[np.ndarray], threshold: float
) -> Iterator[tuple[int, int, float]]:
    """
    The pairs that can matter.

    Two groups fit no better than the best pair across them. So whatever is joined in the end is
    joined by a chain of pairs above the threshold, and what is known of others is not needed.
    """
    one, two, log_odds = (np.asarray(column) for column in pairs)
    above = log_odds > threshold
    ends = group[one[above]], group[two[above]]
    graph = sparse.coo_matrix((np.ones(above.sum()), ends), (group.max(initial=-1) + 1,) * 2)
    part = connected_components(graph, directed=False)[1][group] if len(group) else group
    near = (log_odds > FLOOR) & (group[one] != group[two]) & (part[one] == part[two])
    yield from zip(one[near].tolist(), two[near].tolist(), log_odds[near].tolist(), strict=True)


def _first_groups(given: np.ndarray) -> tuple[np.ndarray, list[bool]]:
    """Those that are known, then each other article alone; and which of them were known."""
    known = np.unique(given[given >= 0])
    group = np.searchsorted(known, given)
    alone = given < 0
    group[alone] = len(known) + np.arange(alone.sum())
    return group, [True] * len(known) + [False] * int(alone.sum())


def _fit(tie: _Tie, n_pairs: int) -> float:
    weakest = tie.least if tie.n == n_pairs else min(tie.least, FLOOR)
    return (1 - STRICT) * (FLOOR + tie.total / n_pairs) + STRICT * weakest


def _merge(
    ties: list[dict[int, _Tie]], size: list[int], fixed: list[bool], threshold: float
) -> list[int]:
    """The parent of each group, itself where there is none; the lists grow by what is merged."""
    parent = list(range(len(size)))
    heap = [
        (-fit, a, b)
        for a, of_a in enumerate(ties)
        for b, tie in of_a.items()
        if a < b and (fit := _fit(tie, size[a] * size[b])) > threshold
    ]
    heapq.heapify(heap)
    while heap:
        _, a, b = heapq.heappop(heap)
        if parent[a] != a or parent[b] != b:
            continue
        new = len(parent)
        parent[a] = parent[b] = new
        parent.append(new)
        size.append(size[a] + size[b])
        fixed.append(fixed[a] or fixed[b])
        ties.append(_joined(ties[a], ties[b], (a, b)))
        ties[a], ties[b] = {}, {}
        for k, tie in list(ties[new].items()):
            ties[k].pop(a, None)
            ties[k].pop(b, None)
            if fixed[new] and fixed[k]:
                del ties[new][k]
                continue
            ties[k][new] = tie
            fit = _fit(tie, size[new] * size[k])
            if fit > threshold:
                heapq.heappush(heap, (-fit, k, new))
    return parent


def _joined(one: dict[int, _Tie], two: dict[int, _Tie], between: tuple[int, int]) -> dict:
    found: defaultdict[int, list[_Tie]] = defaultdict(list)
    for ties in (one, two):
        for k, tie in ties.items():
            if k not in between:
                found[k].append(tie)
    return {
        k: _Tie(sum(t.total for t in of), min(t.least for t in of), sum(t.n for t in of))
        for k, of in found.items()
    }
