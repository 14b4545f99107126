"""
How large is a difference once both sides are compared like with like?

Mantel and Haenszel's ratio compares rates section by section, or month by month, and weighs
each by what both sides have there. What differs between the plain and the stratified ratio was
a difference in what, or when, the outlets wrote. It is wrong where the ratio itself differs
much between strata: then it is a mean of unlike things.
"""

import numpy as np
from scipy import sparse
from scipy.stats import t as student

from biaskit.keyness.formulas import CONFIDENCE, HALF, MORE_THAN_HOLDERS, Sure
from biaskit.resampling import Counted

__all__ = ["mantel_haenszel"]


def mantel_haenszel(
    units: Counted, labels: np.ndarray, strata: np.ndarray
) -> tuple[np.ndarray, Sure]:
    """
    Log2 of Mantel and Haenszel's ratio of rates for each item, its 95 % interval and its p.

    sum(a_s N_Bs / N_s) / sum(b_s N_As / N_s) over strata s. The variance is that of sums over
    units, with residuals from the rates that the common ratio fits; Student's t has as many
    degrees of freedom as units in strata that hold both sides, less one for each such stratum
    and one for the ratio, and at most two more than units with a hit. A side without a hit
    counts as half a hit of average weight, and has no interval.
    """
    size = int(strata.max()) + 1
    sides = [_by_stratum(units, labels == side, strata, size) for side in (1, 0)]
    n = [side[0] for side in sides]
    weights = [n[1] / (n[0] + n[1]), n[0] / (n[0] + n[1])]  # a side weighs by the other's tokens
    sums = [weight[:, 0] @ side[2] for weight, side in zip(weights, sides, strict=True)]
    half = [HALF * float((w * k).sum() / k.sum()) for w, k in zip(weights, n, strict=True)]
    with np.errstate(invalid="ignore", divide="ignore"):
        counted = [np.where(s > 0, s, h) for s, h in zip(sums, half, strict=True)]
        ratio = np.where(sums[0] + sums[1] > 0, counted[0] / counted[1], np.nan)
        rate = (sides[0][2] + sides[1][2]) / (ratio * n[0] + n[1])
        variance = sum(
            (weight**2 * _squares(side, rate * factor)).sum(axis=0) / total**2
            for weight, side, factor, total in zip(weights, sides, (ratio, 1), sums, strict=True)
        )
    useful = (n[0] > 0) & (n[1] > 0)
    telling = useful[strata, 0]
    freedom = np.minimum(
        telling.sum() - useful.sum() - 1, units.holders(telling[:, None])[:, 0] + MORE_THAN_HOLDERS
    )
    estimate = np.log2(ratio)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = np.where((sums[0] > 0) & (sums[1] > 0) & (freedom > 0), 1.0, np.nan)
        error = known * np.sqrt(variance) / np.log(2)
        reach = student.ppf(0.5 + CONFIDENCE / 2, freedom) * error
        p = 2 * student.sf(np.abs(estimate) / error, freedom)
    return estimate, Sure(estimate - reach, estimate + reach, p)


def _by_stratum(units: Counted, rows: np.ndarray, strata: np.ndarray, size: int) -> list:
    """Sums of n, n^2, y, yn, y^2 and 1 over one side's units: strata x items, or strata x 1."""
    chosen = np.flatnonzero(rows)
    inside = sparse.csr_matrix((np.ones(len(chosen)), (strata[chosen], chosen)), (size, len(rows)))
    y, n = units.y, units.n[:, None]
    products = (y, sparse.diags(units.n) @ y, y.multiply(y))
    return [inside @ n, inside @ n**2, *((inside @ x).toarray() for x in products),
            inside @ np.ones_like(n)]  # fmt: skip


def _squares(side: list, rate: np.ndarray) -> np.ndarray:
    """Sum of squared residuals from a rate, stratum by stratum."""
    return np.maximum(side[4] - 2 * rate * side[3] + rate**2 * side[1], 0.0)
