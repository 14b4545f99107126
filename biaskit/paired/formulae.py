"""
How large is a difference within strata, and could its sign be chance?

Numbers in, numbers out: the sign-flip permutation of a mean (Phipson & Smyth 2010), the
Mantel-Haenszel odds ratio (1959) and the BCa interval of a bootstrap (Efron 1987).

The sign flip takes differences for exchangeable with their negatives. Where one outlet has one
article in an event and the other ten, that holds less well, and with few events p is coarse:
with six of them its smallest value is 2/64.
"""

import numpy as np
from scipy.special import ndtr, ndtri

__all__ = ["FEWEST_EVENTS", "bca_interval", "mantel_haenszel", "sign_flip"]

FEWEST_EVENTS = 6
EXACT = 16  # events of which all 65,536 signs are gone through
FLIPS = 9_999
CHUNK = 500  # flips at a time, so that memory does not grow with their number
TIE = 1e-9  # sums that differ by less are equal, whatever the order they were added in


def sign_flip(
    differences: np.ndarray, *, flips: int = FLIPS, rng: np.random.Generator | None = None
) -> float:
    """
    Two-sided p of a mean difference, under flips of the events' signs.

    >>> sign_flip(np.array([1.0, 2.0, 1.5, 0.5, 3.0, 2.5]))  # 2 of 64 flips reach the sum
    0.03125

    Up to 16 events all flips are gone through; above, `flips` are drawn, and the observed one
    counts among them: (1 + reached) / (1 + flips). Flips leave the sum of squares as it is, so
    the mean orders them as its t statistic does. Missing below six events.
    """
    d = np.asarray(differences, float)
    if len(d) < FEWEST_EVENTS:
        return float("nan")
    reach = abs(d.sum()) - TIE * abs(d).sum()
    if len(d) <= EXACT:
        signs = 1 - 2 * (np.arange(2 ** len(d))[:, None] >> np.arange(len(d)) & 1)
        return float((abs(signs @ d) >= reach).mean())
    rng = np.random.default_rng(0) if rng is None else rng
    reached = 0
    for start in range(0, flips, CHUNK):
        size = (min(CHUNK, flips - start), len(d))
        signs = 1 - 2 * rng.integers(0, 2, size, dtype=np.int8)
        reached += int((abs(signs @ d) >= reach).sum())
    return (1 + reached) / (1 + flips)


def mantel_haenszel(
    a: np.ndarray,
    n_a: np.ndarray,
    b: np.ndarray,
    n_b: np.ndarray,
    *,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """
    Common odds ratio of strata: sum(a (n_b - b) / n) / sum(b (n_a - a) / n).

    >>> float(mantel_haenszel(np.array([2]), np.array([10]), np.array([1]), np.array([9])))
    2.0

    Hits `a` of `n_a` tokens of the one outlet, `b` of `n_b` of the other; `weights` says how
    often each event counts, a row for each way to count. Missing where nobody has a hit,
    infinite where only the first has.
    """
    one, two = a * (n_b - b) / (n_a + n_b), b * (n_a - a) / (n_a + n_b)
    w = np.ones(len(one)) if weights is None else weights
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(w @ one) / np.asarray(w @ two)


def bca_interval(
    drawn: np.ndarray, estimate: float | np.ndarray, without_one: np.ndarray
) -> tuple[float, float]:
    """
    95 % interval, corrected for bias and acceleration (Efron 1987).

    Missing where a draw in forty or more, or a single event's absence, leaves nothing defined.
    """
    known = np.isfinite(drawn)
    if known.mean() <= 1 - 1 / 40 or not np.isfinite([estimate, *without_one]).all():
        return np.nan, np.nan
    drawn = drawn[known]
    below = ((drawn < estimate).mean() + (drawn <= estimate).mean()) / 2
    away = without_one.mean() - without_one
    if not 0 < below < 1 or not away.any():
        return np.nan, np.nan
    bias, acceleration = ndtri(below), (away**3).sum() / (6 * (away**2).sum() ** 1.5)
    z = bias + ndtri([0.025, 0.975])
    low, high = np.quantile(drawn, ndtr(bias + z / (1 - acceleration * z)))
    return float(low), float(high)
