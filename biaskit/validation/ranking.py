"""
How well does a score rank what people say yes to above what they say no to?

As the area under the ROC curve: the share of pairs of a yes and a no in which the yes scores
higher. Within groups only pairs of one group count, so that a score that merely tells the groups
apart gains nothing.
"""

import numpy as np
from scipy.stats import rankdata

__all__ = ["auc", "auc_within"]


def auc(scores: np.ndarray, positive: np.ndarray) -> float | None:
    """Share of pairs in which the positive one scores higher; ties count half."""
    n, m = int(positive.sum()), int((~positive).sum())
    if not n or not m:
        return None
    return float((rankdata(scores)[positive].sum() - n * (n + 1) / 2) / (n * m))


def auc_within(scores: np.ndarray, positive: np.ndarray, groups: np.ndarray) -> float | None:
    """The same over pairs of one group."""
    right = pairs = 0.0
    for group in np.unique(groups):
        here = groups == group
        area = auc(scores[here], positive[here])
        n = float(positive[here].sum() * (~positive[here]).sum())
        right, pairs = right + (area or 0.0) * n, pairs + n
    return right / pairs if pairs else None
