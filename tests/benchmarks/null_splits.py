"""
How often does each test find a difference where there is none?

    python tests/benchmarks/null_splits.py [SUBSETS [DOMAIN ...]]

Reads ../shared/data/articles.jsonl.gz. From each of four outlets it draws SUBSETS (9) times 40,
120 and 400 articles and splits each draw twenty times at random into two halves; whatever then
differs, differs by chance. Printed by level and size: the share of items that each test calls
different at .05, the share of splits in which anything is left after Benjamini-Hochberg, the
share of 95 % intervals of the log ratio that hold 0. Permutations are those of the library;
since all splits of one draw have the same shuffles, these are made once for each draw.
"""

import sys
from collections import defaultdict

import numpy as np
from counted_articles import LEVELS, Articles, counted
from scipy import stats

from biaskit import resampling
from biaskit.keyness.contrasts import p_by_t
from biaskit.keyness.formulas import g2, g2_p, log_odds, ratio_test

DOMAINS = ("foxnews.com", "washingtontimes.com", "politico.com", "cnn.com")
SIZES = (20, 60, 200)  # documents a side
SPLITS = 20  # of each draw
SHUFFLES = 1_999
FEWEST_HITS = 10
FEWEST_DOCUMENTS = 10
ALPHA = 0.05

Tally = dict[str, list[float]]


def one_draw(y: np.ndarray, n: np.ndarray, rng: np.random.Generator, found: Tally) -> None:
    """Split one draw of documents twenty times and note what each test says."""
    y = y[:, np.asarray(y.sum(axis=0))[0] >= FEWEST_HITS]
    units = resampling.counted(y, n)
    labels = np.repeat([0, 1], len(n) // 2)
    statistic = resampling.two_groups(units)
    drawn = np.sort(statistic(resampling.shuffles(labels, SHUFFLES, rng)), axis=1)
    rates = y.toarray() / n[:, None]
    common = (y > 0).sum(axis=0).A1 >= FEWEST_DOCUMENTS
    for split in resampling.shuffles(labels, SPLITS, rng).T:
        a, b = (units.totals((split == side)[:, None]) for side in (1, 0))
        reached = np.abs(resampling.studentised(a, b))[:, 0] * (1 - resampling.TIE)
        below = [np.searchsorted(*pair) for pair in zip(drawn, reached, strict=True)]
        p = (1 + SHUFFLES - np.array(below)) / (1 + SHUFFLES)
        sides = rates[split == 1], rates[split == 0]
        hits = a.y[:, 0], a.n[0, 0], b.y[:, 0], b.n[0, 0]
        t = p_by_t(units, split)
        found["permutation, all"] += list(p < ALPHA)
        for name, values in {
            "permutation": p,
            "t (log ratio, p_t)": t,
            "t (difference of rates)": resampling.t_test(a, b)[:, 0],
            "Welch": stats.ttest_ind(*sides, equal_var=False).pvalue,
            "Mann-Whitney": stats.mannwhitneyu(*sides, method="asymptotic").pvalue,
            "G2": g2_p(g2(*hits)),
            "Monroe zeta": 2 * stats.norm.sf(np.abs(log_odds(*hits))),
        }.items():
            found[name] += list(values[common] < ALPHA)
        found["any after BH, t"].append((resampling.q_values(t) < ALPHA).any())
        found["any after BH, permutation"].append((resampling.q_values(p) < ALPHA).any())
        found["any after BH, larger of both"].append(
            (resampling.q_values(np.maximum(p, t)) < ALPHA).any()
        )
        found["any after BH, G2"].append((resampling.q_values(g2_p(g2(*hits))) < ALPHA).any())
        holders = tuple(units.holders((split == side)[:, None]) for side in (1, 0))
        low, high = (end[:, 0] for end in ratio_test(a, b, holders)[:2])
        told = common & np.isfinite(low)
        found["coverage"] += list((low <= 0)[told] & (high >= 0)[told])


def main(n_draws: int, domains: tuple[str, ...]) -> None:
    outlets: list[Articles] = [counted(domain) for domain in domains]
    found: dict[tuple[str, int | str], Tally] = defaultdict(lambda: defaultdict(list))
    rng = np.random.default_rng(6)
    for level in LEVELS:
        for size in SIZES:
            here = found[level, size]
            for articles in outlets:
                for _ in range(n_draws):
                    chosen = rng.choice(len(articles.n), 2 * size, replace=False)
                    one_draw(articles.y[level][chosen], articles.n[chosen], rng, here)
            show(level, size, here)
            for name, values in here.items():
                found[level, "all"][name] += values
        show(level, "all", found[level, "all"])


def show(level: str, size: int | str, found: Tally) -> None:
    splits = len(found["any after BH, t"])
    print(f"\n{level}, {size} documents a side, {splits} splits")  # noqa: T201
    for name, values in found.items():
        print(f"  {name:<28}{np.mean(values):.3f}  of {len(values):,}", flush=True)  # noqa: T201


if __name__ == "__main__":
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    main(draws, tuple(sys.argv[2:]) or DOMAINS)
