"""Between which ends does an effect lie, if documents are drawn again?"""

from collections.abc import Callable

import numpy as np

from biaskit.resampling.totals import Counted, Totals

__all__ = ["bootstrap_interval"]


def bootstrap_interval(
    units: Counted,
    labels: np.ndarray,
    effect: Callable[[Totals, Totals], tuple[np.ndarray, np.ndarray]],
    *,
    draws: int = 2_000,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """
    Studentised 95 % interval of an effect: units are drawn with replacement, group by group.

    `effect` gives an estimate and its standard error for the totals of both groups. Missing
    where a draw in forty or more leaves it undefined, since the ends would hang on the rest.
    """
    sides = [units.totals((labels == side)[:, None]) for side in (1, 0)]
    estimate, error = effect(*sides)
    resampled = []
    for side in (1, 0):
        weights = np.zeros((len(labels), draws))
        size = int((labels == side).sum())
        weights[labels == side] = rng.multinomial(size, np.full(size, 1 / size), draws).T
        resampled.append(units.totals(weights))
    drawn, errors = effect(*resampled)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = (drawn - estimate) / errors
    distance[~np.isfinite(distance)] = np.nan
    known = np.isfinite(distance).mean(axis=1) > 1 - 1 / 40
    ends = np.full((2, len(distance)), np.nan)
    if known.any():
        ends[:, known] = np.nanquantile(distance[known], [0.975, 0.025], axis=1)
    low, high = estimate[:, 0] - ends * error[:, 0]
    return low, high
