"""
How often does a comparison within strata find a difference where there is none?

    python tests/benchmarks/null_strata.py [SHUFFLES]

Reads corpus/us-outlets. Of events told by two articles, of events told by three to nine, and of
months with ten or more articles (200 of them drawn), each stratum's articles are given to two
sides at random, SHUFFLES (40) times; whatever then differs, differs by chance. Printed by how
many articles hold a term: the share of p_t below .05, and of 95 % intervals that hold 0.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from biaskit import resampling
from biaskit.events import match_events
from biaskit.keyness.contrasts import p_by_t
from biaskit.keyness.stratified import mantel_haenszel
from biaskit.measurement import MeasurementSet, load, without_copies
from biaskit.tables import RATE_ZONES

SET = Path(__file__).parents[2] / "corpus" / "us-outlets"
FEWEST_HITS = 10
HOLDERS = ((1, 3), (4, 6), (7, 12), (13, 30), (31, 10_000))
ALPHA = 0.05


def main(shuffles: int) -> None:
    measured = without_copies(load(SET))
    y, n = counted(measured)
    matches = match_events(measured.documents, measured.counts).matches
    events = measured.documents["document"].map(matches.set_index("document")["event"])
    months = measured.documents["date_low"].str[:7]
    rng = np.random.default_rng(5)
    for name, strata, least, most, drawn in (
        ("events of two articles", events, 2, 2, 10_000),
        ("events of three to nine", events, 3, 9, 10_000),
        ("months", months, 10, 10_000, 200),
    ):
        size = strata.map(strata.value_counts())
        kept = np.flatnonzero(size.between(least, most))
        kept = np.sort(rng.permutation(kept)[:drawn])
        numbers = pd.factorize(strata.iloc[kept])[0]
        show(name, y[kept], n[kept], numbers, shuffles, rng)


def counted(measured: MeasurementSet) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Hits of each frequent term in each document, and the documents' tokens."""
    counts = measured.counts[measured.counts["zone"].isin(RATE_ZONES)]
    row = counts["document"].map({d: i for i, d in enumerate(measured.documents["document"])})
    column, _ = pd.factorize(counts["term"])
    y = sparse.csr_matrix((counts["n"].to_numpy(float), (row, column)))
    return y[:, np.asarray(y.sum(axis=0))[0] >= FEWEST_HITS], np.asarray(y.sum(axis=1))[:, 0]


def show(
    name: str,
    y: sparse.csr_matrix,
    n: np.ndarray,
    strata: np.ndarray,
    shuffles: int,
    rng: np.random.Generator,
) -> None:
    units, holders = resampling.counted(y, n), (y > 0).sum(axis=0).A1
    p, holds = [], []
    for _ in range(shuffles):
        labels = sides(strata, rng)
        _, sure = mantel_haenszel(units, labels, strata)
        p.append(p_by_t(units, labels, strata))
        holds.append(np.where(np.isnan(sure.low), np.nan, (sure.low <= 0) & (sure.high >= 0)))
    print(f"\n{name}: {len(n)} articles in {strata.max() + 1} strata")  # noqa: T201
    for least, most in HOLDERS:
        these = (holders >= least) & (holders <= most)
        tested, told = (np.array(x)[:, these] for x in (p, holds))
        tested, told = tested[~np.isnan(tested)], told[~np.isnan(told)]
        below = f"p_t < {ALPHA} {np.mean(tested < ALPHA):.3f} of {len(tested):,}"
        hold = f"intervals hold 0 {np.mean(told):.3f} of {len(told):,}"
        print(f"  in {least} to {most} articles: {below}, {hold}")  # noqa: T201


def sides(strata: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Half of each stratum on one side; of an odd number the odd one at random."""
    labels = np.zeros(len(strata), int)
    for stratum in range(strata.max() + 1):
        members = rng.permutation(np.flatnonzero(strata == stratum))
        labels[members[: (len(members) + rng.integers(2)) // 2]] = 1
    return labels


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
