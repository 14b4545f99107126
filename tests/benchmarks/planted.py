"""
How often is a difference found that was planted?

    python tests/benchmarks/planted.py [RUNS]

Reads ../shared/data/articles.jsonl.gz and splits draws of one outlet's articles at random. First
a term is made 1.5 times as frequent in one half, and the share of terms that each test calls
different at .05 is printed. Then five of the 2,000 most frequent terms are made three times as
frequent, and what is left after Benjamini-Hochberg is printed for each test, by how often the
terms occur per 1,000 tokens.
"""

import sys
from collections import defaultdict

import numpy as np
from counted_articles import Articles, counted
from null_splits import DOMAINS, SIZES
from scipy import sparse, stats

from biaskit import resampling
from biaskit.keyness.contrasts import p_by_t

SHUFFLES = 999
TERMS = 2_000
PLANTED = 5
SIDE = 60
ALPHA = 0.05
# Hits in both halves together that planted terms have at least; rarer ones nobody could find.
CLASSES = (20, 50, 100)
# Invented terms instead, spread like a common word: so many per 1,000 tokens.
EVENLY = (0.25, 0.5, 1.0)


def multiplied(y: np.ndarray, effect: float, rng: np.random.Generator) -> np.ndarray:
    return int(effect) * y + rng.binomial(y.astype(int), effect % 1)


def half_as_often_again(articles: Articles, size: int, rng: np.random.Generator) -> dict:
    """Each term in ten documents or more, planted on its own."""
    chosen = rng.choice(len(articles.n), 2 * size, replace=False)
    y, n = articles.y["term"][chosen], articles.n[chosen]
    y = y[:, (y > 0).sum(axis=0).A1 >= 10].toarray()
    y = y[:, rng.choice(y.shape[1], min(300, y.shape[1]), replace=False)]
    labels = np.repeat([1, 0], size)
    y[labels == 1] = multiplied(y[labels == 1], 1.5, rng)
    units = resampling.counted(sparse.csr_matrix(y), n)
    sides = y[:size] / n[:size, None], y[size:] / n[size:, None]
    test = resampling.permutation_test(
        resampling.two_groups(units), labels, permutations=SHUFFLES, rng=rng
    )
    return {
        "permutation": test.p < ALPHA,
        "t (log ratio, p_t)": p_by_t(units, labels) < ALPHA,
        "Welch": stats.ttest_ind(*sides, equal_var=False).pvalue < ALPHA,
        "Mann-Whitney": stats.mannwhitneyu(*sides, method="asymptotic").pvalue < ALPHA,
    }


def five_among_many(articles: Articles, least: float, rng: np.random.Generator) -> dict:
    """Which of five planted terms are left after the correction, and how many others."""
    chosen = rng.choice(len(articles.n), 2 * SIDE, replace=False)
    y, n = articles.y["term"][chosen], articles.n[chosen]
    total = y.sum(axis=0).A1
    y = y[:, np.argsort(-total)[:TERMS]].toarray()
    if least < min(CLASSES):  # invented terms, at so many per 1,000 tokens in every article
        planted = np.arange(TERMS - PLANTED, TERMS)
        y[:, planted] = rng.poisson(least * n[:, None] / 1_000, (len(n), PLANTED))
    else:
        planted = rng.choice(np.flatnonzero(y.sum(axis=0) >= least), PLANTED, replace=False)
    y[:SIDE, planted] = 3 * y[:SIDE, planted]
    units = resampling.counted(sparse.csr_matrix(y), n)
    labels = np.repeat([1, 0], SIDE)
    rates = y / n[:, None]
    welch = stats.ttest_ind(rates[:SIDE], rates[SIDE:], equal_var=False).pvalue
    found = {"t": p_by_t(units, labels), "Welch": welch}
    left = {name: resampling.q_values(p) < ALPHA for name, p in found.items()}
    return {name: (q[planted].sum(), q.sum() - q[planted].sum()) for name, q in left.items()}


def main(runs: int) -> None:
    outlets = [counted(domain) for domain in DOMAINS]
    rng = np.random.default_rng(15)
    for size in SIZES:
        power = defaultdict(list)
        for i in range(runs):
            for name, found in half_as_often_again(outlets[i % len(outlets)], size, rng).items():
                power[name] += list(found)
        shown = ", ".join(f"{name} {np.mean(found):.3f}" for name, found in power.items())
        print(f"x1.5, {size} documents a side, {len(found):,} terms a run: {shown}", flush=True)  # noqa: T201
    for least in (*EVENLY, *CLASSES):
        kept = defaultdict(list)
        for i in range(runs):
            for name, pair in five_among_many(outlets[i % len(outlets)], least, rng).items():
                kept[name].append(pair)
        evenly = f"invented, {least} per 1,000 tokens"
        what = evenly if least in EVENLY else f"with {least} hits or more"
        for name, pairs in kept.items():
            of_five, others = np.array(pairs).T
            print(  # noqa: T201
                f"x3, five of {TERMS:,} terms, {what}, {SIDE} a side, {name}: "
                f"{of_five.mean() / PLANTED:.3f} of them found, all five in "
                f"{(of_five == PLANTED).mean():.3f} of runs, any in {(of_five > 0).mean():.3f}; "
                f"{others.mean():.2f} others",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
