"""
By how much do groups differ, in units of what chance makes them differ?

`studentised` and `t_test` take the totals of two groups. `two_groups`, `stratified` and
`omnibus` each return a function from labels (units x shuffles) to one number for each item and
shuffle, never below 0, large where groups differ: what `permutation_test` counts.
"""

from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.stats import t as student

from biaskit.resampling.totals import Counted, Totals

__all__ = ["Statistic", "omnibus", "stratified", "studentised", "t_test", "two_groups"]

Statistic = Callable[[np.ndarray], np.ndarray]


def studentised(a: Totals, b: Totals) -> np.ndarray:
    """Difference of two rates over its standard error; 0 where the rates are equal."""
    difference = a.rate - b.rate
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(difference == 0, 0.0, difference / np.sqrt(a.variance + b.variance))


def t_test(a: Totals, b: Totals) -> np.ndarray:
    """
    Two-sided p of `studentised` from Student's t, the quick companion of the permutation test.

    Degrees of freedom are Satterthwaite's, as in Welch's test, which this is where all units
    are of one length. Only for groups of like size: with 20 documents against 300 of the same
    outlet it calls a quarter of all terms different, since a small group without a hit shows no
    spread. `keyness.p_by_t` does not.
    """
    va, vb = a.variance, b.variance
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (va + vb) ** 2 / (va**2 / (a.m - 1) + vb**2 / (b.m - 1))
    return 2 * student.sf(np.abs(studentised(a, b)), freedom)


def two_groups(units: Counted) -> Statistic:
    """The size of the studentised difference; labels are 1 in one group and 0 in the other."""
    everything = units.everything()

    def statistic(labels: np.ndarray) -> np.ndarray:
        first = units.totals(labels == 1)
        return np.abs(studentised(first, everything.without(first)))

    return statistic


def stratified(units: Counted, strata: np.ndarray) -> Statistic:
    """
    The same within strata: Mantel and Haenszel's weighted difference over its standard error.

    A unit of one group weighs by the other group's share of its stratum's tokens. Strata that
    hold one group only say nothing and weigh nothing. Residuals are taken from the stratum's
    common rate, so that strata with one unit a side have a variance, too.
    """
    inside = sparse.csr_matrix((np.ones(len(strata)), (strata, np.arange(len(strata)))))
    size = inside @ units.n
    rate = sparse.diags(1 / size) @ (inside @ units.y)
    n = sparse.diags(units.n)
    hits = sparse.csr_matrix(units.y.T)
    spread = sparse.csr_matrix(
        (units.y.multiply(units.y) - 2 * n @ units.y.multiply(inside.T @ rate)).T
    )
    rate_squared = sparse.csr_matrix(rate.multiply(rate).T)

    def statistic(labels: np.ndarray) -> np.ndarray:
        first = labels == 1
        share = (inside @ (first * units.n[:, None]) / size[:, None])[strata]
        weight = np.where(first, 1 - share, -share)
        squared = weight**2
        variance = spread @ squared + rate_squared @ (inside @ (squared * units.n[:, None] ** 2))
        difference = hits @ weight
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.abs(np.where(difference == 0, 0.0, difference / np.sqrt(variance)))

    return statistic


def omnibus(units: Counted) -> Statistic:
    """
    F on rates: each group's distance from the common rate over that group's own variance.

    The mean over groups of (rate - common rate)^2 / variance, with residuals from the common
    rate, so that a group without a hit has a variance, too. Labels number the groups from 0.
    """
    everything = units.everything()
    y, yn, yy = _thirds(units.products)
    rate = everything.rate
    squares = yy - 2 * sparse.diags(rate[:, 0]) @ yn

    def statistic(labels: np.ndarray) -> np.ndarray:
        total = np.zeros(())
        groups = range(int(labels.max()) + 1)
        for group in groups:
            of_it = (labels == group).astype(float)
            excess = y @ of_it - rate * (units.n @ of_it)
            residuals = squares @ of_it + rate**2 * (units.n**2 @ of_it)
            with np.errstate(invalid="ignore", divide="ignore"):
                total = total + excess**2 / residuals
        return total / (len(groups) - 1)

    return statistic


def _thirds(products: sparse.csr_matrix) -> list[sparse.csr_matrix]:
    size = products.shape[0] // 3
    return [products[i * size : (i + 1) * size] for i in range(3)]
