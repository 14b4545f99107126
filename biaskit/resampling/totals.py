"""What does a group of documents add up to, and how sure is its rate?"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

__all__ = ["TIE", "Counted", "Totals", "counted"]

# Sums of one shuffle come in another order than those observed; what differs by less is a tie.
TIE = 1e-9


class Totals(NamedTuple):
    """Sums over the units of one group; each is one number for each item (and shuffle)."""

    m: np.ndarray  # units
    n: np.ndarray  # tokens
    nn: np.ndarray  # tokens squared
    y: np.ndarray  # hits
    yn: np.ndarray  # hits times tokens
    yy: np.ndarray  # hits squared

    @property
    def rate(self) -> np.ndarray:
        """Ratio estimate: all hits over all tokens."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.y / self.n

    @property
    def variance(self) -> np.ndarray:
        """
        Of the rate: m / (m - 1) * sum((y - rate * n)^2) / (sum n)^2 (Cochran 1977, chapter 6).

        Missing below two units.
        """
        rate = self.rate
        with np.errstate(invalid="ignore", divide="ignore"):
            residuals = self.yy - 2 * rate * self.yn + rate**2 * self.nn
            # Where hits are in proportion to tokens, rounding may leave less than nothing.
            residuals = np.where(residuals > TIE * self.yy, residuals, 0.0)
            bessel = np.where(self.m > 1, self.m / (self.m - 1.0), np.nan)
            return bessel * residuals / self.n**2

    def plus(self, other: "Totals") -> "Totals":
        """The totals of these units and of those in `other`."""
        return Totals(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def without(self, other: "Totals") -> "Totals":
        """The totals of the units that are not in `other`."""
        return Totals(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


class Counted(NamedTuple):
    """Units' tokens, their hits (a row per unit, a column per item), and both multiplied out."""

    n: np.ndarray
    y: sparse.csr_matrix
    products: sparse.csr_matrix

    def totals(self, weights: np.ndarray) -> Totals:
        """
        Sums over units, each as often as `weights` says.

        Weights have a row per unit and a column per shuffle; the sums a row per item.
        """
        weights = weights.astype(float)
        y, yn, yy = np.split(self.products @ weights, 3)
        sizes = np.vstack([np.ones_like(self.n), self.n, self.n**2]) @ weights
        m, n, nn = sizes[:, None]
        return Totals(m, n, nn, y, yn, yy)

    def holders(self, weights: np.ndarray) -> np.ndarray:
        """Units with a hit, each as often as `weights` says: a row per item."""
        return (self.y > 0).astype(float).T @ weights.astype(float)

    def everything(self) -> Totals:
        """Sums over all units."""
        return self.totals(np.ones((len(self.n), 1)))


def counted(y: sparse.csr_matrix | np.ndarray, n: np.ndarray) -> Counted:
    """
    Prepare hits `y` (units x items) and tokens `n` (units) for shuffling.

    Raises
    ------
    ValueError : a unit without tokens, which has no rate to take part with.
    """
    n = np.asarray(n, dtype=float)
    if (n <= 0).any():
        raise ValueError(f"{int((n <= 0).sum())} units have no tokens; leave them out")
    y = sparse.csr_matrix(y, dtype=float, copy=True)
    y.sum_duplicates()
    products = sparse.hstack([y, sparse.diags(n) @ y, y.multiply(y)]).T.tocsr()
    return Counted(n, y, products)
