"""
How long do 9,999 permutations of 2,000 documents take for 2,000 terms, and against a plain loop?

    python tests/benchmarks/permutation.py

Counts are drawn from a Zipf law with a spread between documents, so that no corpus is needed.
The plain loop makes the same numbers, one shuffle and one term at a time, for a few of them;
its time is extrapolated, and its p must be the library's.
"""

import resource
import time

import numpy as np
from scipy import sparse

from biaskit.resampling import counted, permutation_test, shuffles, two_groups

TERMS, DOCUMENTS, PERMUTATIONS = 2_000, 2_000, 9_999
LOOPED_TERMS, LOOPED_SHUFFLES = 20, 100


def invented(rng: np.random.Generator) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Counts of 2,000 terms in 2,000 documents of some 800 tokens."""
    n = rng.gamma(4, 200, DOCUMENTS).astype(int) + 50
    frequency = 0.06 / np.arange(1, TERMS + 1)
    y = sparse.hstack(
        [sparse.csc_matrix(rng.poisson(n * f * rng.gamma(0.5, 2, DOCUMENTS))[:, None])
         for f in frequency]
    ).tocsr()  # fmt: skip
    return y, n.astype(float)


def plain(y: np.ndarray, n: np.ndarray, labels: np.ndarray) -> float:
    """The studentised difference of one term, as the formula stands in a book."""
    rates, variances = [], []
    for side in (1, 0):
        hits, tokens = y[labels == side], n[labels == side]
        rate, m = hits.sum() / tokens.sum(), len(tokens)
        rates.append(rate)
        variances.append(m / (m - 1) * ((hits - rate * tokens) ** 2).sum() / tokens.sum() ** 2)
    return abs(rates[0] - rates[1]) / np.sqrt(sum(variances))


def main() -> None:
    rng = np.random.default_rng(1)
    y, n = invented(rng)
    labels = np.repeat([0, 1], DOCUMENTS // 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    units = counted(y, n)
    permutation_test(
        two_groups(units), labels, permutations=PERMUTATIONS, rng=np.random.default_rng(2)
    )
    ours = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    few = y[:, :LOOPED_TERMS].toarray()
    drawn = shuffles(labels, LOOPED_SHUFFLES, np.random.default_rng(3))
    start = time.perf_counter()
    looped = [[plain(column, n, order) for order in drawn.T] for column in few.T]
    each = (time.perf_counter() - start) / (LOOPED_TERMS * LOOPED_SHUFFLES)
    np.testing.assert_allclose(two_groups(counted(few, n))(drawn), looped, rtol=1e-9)
    loop = each * TERMS * PERMUTATIONS
    print(f"{y.nnz / TERMS / DOCUMENTS:.1%} of the cells hold a hit")  # noqa: T201
    print(f"biaskit {ours:.1f} s, peak memory {peak:.0f} MB ({before:.0f} MB before)")  # noqa: T201
    print(f"plain loop {loop:,.0f} s (extrapolated), {loop / ours:,.0f} times as long")  # noqa: T201


if __name__ == "__main__":
    main()
