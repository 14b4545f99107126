"""
How are the weights of the signs found?

By logistic regression on sentences whose loaded words people marked: the weights under which
their marks are most probable, pulled towards zero so that no sign is believed beyond its
evidence (a ridge penalty on standardised signs). A few Newton steps find them. F1 hardly changes
over a wide range of cuts, and `broad` is to miss few words, so its cut is the lowest whose F1 on
the sentences fitted on is as good as the best; with so few weights a cut found on other
sentences is no better.

Only whoever measures or refits needs this; marking reads the weights that are there.
"""

from collections.abc import Collection, Sequence

import numpy as np

from biaskit.loadedness.marking import Loadedness, Weights
from biaskit.loadedness.signs import RARITY, Signs, sign_names
from biaskit.loadedness.wordlist import WordList, shipped_list
from biaskit.tokens import term_of

__all__ = ["fit_weights", "logistic_regression", "lowest_good_cut", "observe"]

# Weights between .01 and 10 give the same F1 to .003; this is the ridge of the measurements.
PENALTY = 10.0
STEPS = 30
SMALL_STEP = 1e-4
DECIMALS = 3
# An F1 that is lower by this is as good: its 95 % interval on BABE reaches .02 to either side.
AS_GOOD = 0.02

Observed = list[tuple[str, Signs]]


def observe(texts: Sequence[str], words: WordList | None = None) -> list[Observed]:
    """The words of each text (one sentence) as counted, each with its signs."""
    empty = Weights(0.0, {}, {}, {"broad": 0.5})
    marker = Loadedness("broad", weights=empty, words=words)
    return [
        [(term_of(text[a:b]), signs) for a, b, signs in marker.observe(text, (0, len(text)))]
        for text in texts
    ]


def fit_weights(
    observed: Sequence[Observed],
    marked: Sequence[Collection[str]],
    *,
    strict: float = 0.5,
    words: WordList | None = None,
) -> Weights:
    """
    Weights for sentences of which people marked words.

    Parameters
    ----------
    observed : of `observe`; marked: for each sentence the terms that people marked.
    strict : the cut of `strict`, which is chosen for its precision and not fitted.
    """
    names = sign_names(words or shipped_list())
    x = np.array([[signs.get(name, 0.0) for name in names] for one in observed for _, signs in one])
    y = np.array(
        [term in gold for one, gold in zip(observed, marked, strict=True) for term, _ in one]
    )
    if y.all() or not y.any():
        raise ValueError("weights need words that people marked and words that they did not")
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    coefficients, intercept = logistic_regression((x - mean) / spread, y)
    weights = (coefficients / spread).round(DECIMALS)
    intercept = round(float(intercept - (coefficients / spread) @ mean), DECIMALS)
    scores = 1 / (1 + np.exp(-(x @ weights + intercept)))
    return Weights(
        intercept=intercept,
        weights=dict(zip(names, map(float, weights), strict=True)),
        means={name: round(float(mean[names.index(name)]), DECIMALS) for name in sorted(RARITY)},
        cuts={"strict": strict, "broad": lowest_good_cut(scores, y)},
    )


def logistic_regression(
    x: np.ndarray, y: np.ndarray, penalty: float = PENALTY
) -> tuple[np.ndarray, float]:
    """
    Coefficients and intercept that minimise the log loss plus penalty / 2 · sum of squares.

    The intercept is not penalised. With penalty 1 / C this is scikit-learn's
    LogisticRegression(C=C).
    """
    a = np.column_stack([x, np.ones(len(x))])
    ridge = np.append(np.full(x.shape[1], penalty), 0.0)
    w = np.zeros(a.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(a @ w)))
        gradient = a.T @ (p - y) + ridge * w
        hessian = (a * (p * (1 - p))[:, None]).T @ a + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < SMALL_STEP:
            break
    return w[:-1], float(w[-1])


def lowest_good_cut(scores: np.ndarray, y: np.ndarray) -> float:
    """The lowest score from which on marking everything is as good, by F1, as it can be."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(np.asarray(y)[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + right[-1])
    last = np.flatnonzero(f1 >= f1.max() - AS_GOOD)[-1]
    return round(float(scores[order][last]), DECIMALS)
