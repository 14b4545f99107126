"""How often do shuffled labels reach what was observed?"""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import false_discovery_control

from biaskit.resampling.statistics import Statistic
from biaskit.resampling.totals import TIE

__all__ = ["Shuffled", "permutation_test", "q_values", "shuffles"]

# Shuffles at a time: few enough that their sums stay in the processor's cache. Each block has
# a generator of its own, so this number, unlike the number of cores, is part of the result.
BLOCK = 64
MOST_THREADS = 8


class Shuffled(NamedTuple):
    """For each item: the statistic observed, its p, and its p among all items together."""

    statistic: np.ndarray
    p: np.ndarray
    p_family: np.ndarray


def shuffles(
    labels: np.ndarray, n: int, rng: np.random.Generator, strata: np.ndarray | None = None
) -> np.ndarray:
    """`n` random orders of `labels`, one per column; within strata where these are given."""
    drawn = np.repeat(labels[:, None], n, axis=1)
    if strata is None:
        return rng.permuted(drawn, axis=0)
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        drawn[members] = rng.permuted(drawn[members], axis=0)
    return drawn


def permutation_test(
    statistic: Statistic,
    labels: np.ndarray,
    *,
    strata: np.ndarray | None = None,
    permutations: int = 9_999,
    rng: np.random.Generator,
    track: Callable[[Sequence[Future]], Iterable[Future]] = iter,
    threads: int | None = None,
) -> Shuffled:
    """
    How often shuffled labels reach the statistic of the labels as they are.

    Parameters
    ----------
    statistic : labels (units x shuffles) to a number for each item and shuffle, large where
        groups differ: `two_groups`, `stratified` or `omnibus`.
    labels : the group of each unit.
    strata : number of each unit's stratum, within which labels are shuffled.
    permutations : shuffles. The smallest p is 1 / (permutations + 1).
    track : called with the blocks of shuffles, gives them back: the place of a progress bar.
    threads : as many as there are cores; the result does not depend on it.

    Returns
    -------
    p = (1 + shuffles that reach it) / (1 + shuffles) (Phipson & Smyth 2010), and the
    family-wise p of Westfall & Young's step-down max-T.
    """
    observed = statistic(labels[:, None])[:, 0]
    order = np.argsort(-np.nan_to_num(observed, nan=-1.0), kind="stable")
    reached = observed * (1 - TIE)
    sizes = [min(BLOCK, permutations - done) for done in range(0, permutations, BLOCK)]

    def block(size: int, own: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        drawn = statistic(shuffles(labels, size, own, strata))
        # A shuffle that leaves the statistic undefined is no evidence against chance.
        each = (~(drawn < reached[:, None])).sum(axis=1)
        best = np.maximum.accumulate(np.nan_to_num(drawn[order[::-1]], posinf=np.inf))[::-1]
        return each, (best >= reached[order, None]).sum(axis=1)

    with ThreadPoolExecutor(threads or min(os.cpu_count() or 1, MOST_THREADS)) as pool:
        jobs = [pool.submit(block, *job) for job in zip(sizes, rng.spawn(len(sizes)), strict=True)]
        try:
            counts = [job.result() for job in track(jobs)]
        finally:
            pool.shutdown(cancel_futures=True)
    p = (1 + sum(each for each, _ in counts)) / (1 + permutations)
    stepped = np.maximum.accumulate((1 + sum(best for _, best in counts)) / (1 + permutations))
    p_family = np.empty(len(observed))
    p_family[order] = stepped
    undefined = np.isnan(observed)
    return Shuffled(observed, np.where(undefined, np.nan, p), np.where(undefined, np.nan, p_family))


def q_values(p: Any) -> np.ndarray:
    """Benjamini & Hochberg's false discovery rate; what has no p takes no part and has no q."""
    p = np.asarray(p, dtype=float)
    there = ~np.isnan(p)
    q = np.full(p.shape, np.nan)
    if there.any():
        q[there] = false_discovery_control(p[there])
    return q
