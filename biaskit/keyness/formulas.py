"""
How large is a difference, in the measures that the field uses?

Plain functions of counts: `a` hits in `n_a` tokens on one side, `b` in `n_b` on the other, as
numbers or arrays. Positive means more on the first side; where neither side has a hit there is
no difference to measure, and the answer is missing.

Effects (`log_ratio`, `percent_difference`) say how large. G2, chi-squared and zeta take tokens
for independent observations, which they are not: halves of one outlet cut at random differ by
them in a sixth to a third of all terms. They are here so that tables can be laid beside others'.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.special import xlogy
from scipy.stats import chi2
from scipy.stats import t as student

from biaskit.resampling import Totals

__all__ = [
    "Sure",
    "absence_test",
    "chi_squared",
    "dispersion",
    "g2",
    "g2_p",
    "g2_two_cells",
    "log_odds",
    "log_ratio",
    "logit_difference",
    "percent_difference",
    "ratio_test",
    "share_test",
]

CONFIDENCE = 0.95

# Chosen on null splits of four outlets of news (1,300 of terms, 2,200 each of entries and frames):
# with two more than holders intervals cover .945 to .964, by level and size.
MORE_THAN_HOLDERS = 2

# A term that never occurs on one side would have an infinite ratio. Hardie (2014) counts the
# zero, and nothing but the zero, as half an occurrence.
HALF = 0.5

# Monroe, Colaresi & Quinn (2008) leave the weight of the prior open; the published values that
# tests hold this formula to are for 500 tokens.
PRIOR_TOKENS = 500.0


def log_ratio(a: Any, n_a: Any, b: Any, n_b: Any) -> Any:
    """
    Log2 of how many times as frequent the first side is: 1 is twice, -1 half (Hardie 2014).

    A zero counts as half a hit, so that the ratio is then a bound and not an estimate.

    >>> round(float(log_ratio(30, 10_000, 10, 10_000)), 4)
    1.585
    """
    some = np.where(np.add(a, b) > 0, 1.0, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate_a = np.where(np.equal(a, 0), HALF, a) / np.where(np.equal(n_a, 0), np.nan, n_a)
        rate_b = np.where(np.equal(b, 0), HALF, b) / np.where(np.equal(n_b, 0), np.nan, n_b)
        return some * np.log2(rate_a / rate_b)


def percent_difference(ratio: Any) -> Any:
    """
    The same as a percentage of the second side's rate (Gabrielatos 2018).

    >>> percent_difference(1)
    100
    """
    return 100 * (2**ratio - 1)


class Sure(NamedTuple):
    """How sure an effect is: the ends of its 95 % interval, and p of no effect."""

    low: np.ndarray
    high: np.ndarray
    p: np.ndarray


def ratio_test(a: Totals, b: Totals, holders: Sequence[np.ndarray]) -> Sure:
    """
    95 % interval of the log ratio over units and p, from Student's t on Satterthwaite's df.

    `holders` are the units with a hit on either side: where few of many units hold a term, the
    variance is known only as well as these few tell it. With units less one, intervals cover
    .94, and in up to a ninth of null splits something is left after Benjamini-Hochberg; with
    holders less one they cover .97. Missing where
    a side has no hit or fewer than two units.
    """
    freedom = [
        np.minimum(side.m - 1, k + MORE_THAN_HOLDERS)
        for side, k in zip((a, b), holders, strict=True)
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = np.log(a.rate / b.rate)
        variances = a.variance / a.rate**2, b.variance / b.rate**2
    return _sure(effect, variances, freedom, unit=np.log(2))


def absence_test(a: Totals, b: Totals, holders: Sequence[np.ndarray]) -> np.ndarray:
    """
    p that an item is missing on one side by chance, from Student's t on the rates' difference.

    A side without a hit shows no spread of its own, so the spread is taken from both together,
    as if they did not differ.
    """
    both = a.plus(b)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(both.variance * both.n * (1 / a.n + 1 / b.n))
        freedom = np.minimum(both.m - 2, holders[0] + holders[1] + MORE_THAN_HOLDERS)
        return 2 * student.sf(np.abs(a.rate - b.rate) / error, freedom)


def _sure(effect: np.ndarray, variances: Sequence, freedom: Sequence, *, unit: float) -> Sure:
    """Interval and p of an effect in natural logarithms; its ends are told in units of `unit`."""
    (va, vb), (fa, fb) = variances, freedom
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(va + vb)
        common = (va + vb) ** 2 / (va**2 / fa + vb**2 / fb)
        reach = student.ppf(0.5 + CONFIDENCE / 2, common) * error
        p = 2 * student.sf(np.abs(effect) / error, common)
        known = np.where(np.isfinite(effect) & (error > 0), 1.0, np.nan)
        return Sure(known * (effect - reach) / unit, known * (effect + reach) / unit, known * p)


def logit_difference(a: Any, n_a: Any, b: Any, n_b: Any) -> Any:
    """
    Difference of the logits of two shares, in natural logarithms: an odds ratio's logarithm.

    Half a hit is added on both sides of a share that is 0 or 1.

    >>> round(float(logit_difference(3, 4, 1, 4)), 4)
    2.1972
    """
    return _logit(a, n_a) - _logit(b, n_b)


def _logit(y: Any, n: Any) -> Any:
    y, rest = np.asarray(y, dtype=float), np.subtract(n, y, dtype=float)
    half = np.where((y == 0) | (rest == 0), HALF, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.equal(n, 0), np.nan, np.log((y + half) / (rest + half)))


def share_test(a: Totals, b: Totals) -> Sure:
    """95 % interval of `logit_difference` over units and p; missing where a share is 0 or 1."""
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second = (side.variance / (side.rate * (1 - side.rate)) ** 2 for side in (a, b))
        effect = np.log(a.rate / (1 - a.rate)) - np.log(b.rate / (1 - b.rate))
    return _sure(effect, (first, second), (a.m - 1, b.m - 1), unit=1.0)


# ---- for comparison with others' tables ------------------------------------------------------


def g2(a: Any, n_a: Any, b: Any, n_b: Any) -> Any:
    """
    Log-likelihood ratio of all four cells, signed (Dunning 1993).

    >>> round(float(g2(30, 10_000, 10, 10_000)), 4)
    10.485
    """
    cells = _cells(a, n_a, b, n_b)
    return _signed(2 * sum(xlogy(o, o) - xlogy(o, e) for o, e in cells), a, n_a, b, n_b)


def g2_two_cells(a: Any, n_a: Any, b: Any, n_b: Any) -> Any:
    """The same of the two cells of hits alone, signed (Rayson & Garside 2000)."""
    cells = _cells(a, n_a, b, n_b)[:2]
    return _signed(2 * sum(xlogy(o, o) - xlogy(o, e) for o, e in cells), a, n_a, b, n_b)


def chi_squared(a: Any, n_a: Any, b: Any, n_b: Any) -> Any:
    """Pearson's chi-squared of all four cells, without Yates's correction, unsigned."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return sum((o - e) ** 2 / e for o, e in _cells(a, n_a, b, n_b))


def g2_p(statistic: Any) -> Any:
    """p of a G2 or chi-squared of one degree of freedom; 1 - cdf would print 0 from 71 on."""
    return chi2.sf(np.abs(statistic), 1)


def _cells(a: Any, n_a: Any, b: Any, n_b: Any) -> list[tuple[np.ndarray, np.ndarray]]:
    """Observed and expected: hits on either side, then what is no hit."""
    a, n_a, b, n_b = (np.asarray(x, dtype=float) for x in (a, n_a, b, n_b))
    total = np.where(n_a + n_b > 0, n_a + n_b, np.nan)
    hits, rest = (a + b) / total, (n_a + n_b - a - b) / total
    return [(a, n_a * hits), (b, n_b * hits), (n_a - a, n_a * rest), (n_b - b, n_b * rest)]


def _signed(size: Any, a: Any, n_a: Any, b: Any, n_b: Any) -> Any:
    some = np.where(np.add(a, b) > 0, 1.0, np.nan)
    return some * np.sign(np.multiply(a, n_b) - np.multiply(b, n_a)) * np.maximum(size, 0)


def log_odds(
    a: Any, n_a: Any, b: Any, n_b: Any, *, prior: Any = None, prior_tokens: float = PRIOR_TOKENS
) -> Any:
    """
    Zeta of the log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).

    `prior` is each term's share of the prior's tokens, by default its share of both sides.

    >>> round(float(log_odds(30, 10_000, 10, 10_000)), 4)
    2.9577
    """
    a, n_a, b, n_b = (np.asarray(x, dtype=float) for x in (a, n_a, b, n_b))
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = prior_tokens * ((a + b) / (n_a + n_b) if prior is None else prior)
        first = np.log((a + alpha) / (n_a + prior_tokens - a - alpha))
        second = np.log((b + alpha) / (n_b + prior_tokens - b - alpha))
        zeta = (first - second) / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
    return np.where(a + b > 0, zeta, np.nan)


def dispersion(y: sparse.csr_matrix, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """
    Gries's (2008) DP of each column of `y` over documents of `n` tokens, and DPnorm.

    0 is spread as evenly as the tokens, 1 is all in one small part. DPnorm divides by the
    largest DP there can be (Lijffijt & Gries 2012). DP falls as a term gets more frequent
    (Gries 2021), so compare terms of like frequency. Missing where there is but one document.
    """
    parts = np.asarray(n, dtype=float) / np.sum(n)
    hits = sparse.coo_matrix(y, dtype=float)
    total = np.bincount(hits.col, hits.data, hits.shape[1]).astype(float)
    total[total == 0] = np.nan
    here = np.abs(hits.data / total[hits.col] - parts[hits.row]) - parts[hits.row]
    dp = (1 + np.bincount(hits.col, here, hits.shape[1])) / 2
    dp[np.isnan(total) | (len(parts) < 2)] = np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        return dp, dp / (1 - parts.min())
