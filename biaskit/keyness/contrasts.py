"""
How large is each item's difference between two groups of documents, and how sure is it?

`contrast` lays two groups of one sample side by side and gives a row for each item; `missing`
says in a sentence what a row lacks. `in_one_family` joins several such tables, corrects for all
their rows together, and sorts them by the near bound of the effect's interval: what is large
for sure comes first, on either side.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from biaskit import resampling
from biaskit.keyness import formulas
from biaskit.keyness.missing import explain
from biaskit.keyness.stratified import absence_within, mantel_haenszel
from biaskit.keyness.units import OTHERS, Sample
from biaskit.rates import FEWEST_DOCUMENTS
from biaskit.resampling import Counted, Totals

__all__ = [
    "PERMUTATIONS_PER_ITEM",
    "Shuffling",
    "contrast",
    "in_one_family",
    "omnibus_p",
    "p_by_t",
    "pairs_of",
]

SIDES = ("target", "reference")
SPREAD = ("dp", "dp_norm", "largest_share")
PER = 1_000

# The q of the smallest p among V is V times that p: with fewer than 20 V permutations it could
# never be below .05, however large the difference. Student's t has no smallest p.
PERMUTATIONS_PER_ITEM = 20

# A side without a hit leaves no interval, and yet the row wants a place in the order: the one
# it would have with half a hit there, the inverse of whose number is a count's variance.
VARIANCE_OF_HALF = 2.0
NORMAL_REACH = 1.96


@dataclass(frozen=True)
class Shuffling:
    """How p is found: how many permutations (0 for none), their generator, a progress bar."""

    permutations: int
    rng: np.random.Generator
    track: Callable[[Any], Iterable[Any]] = iter


def pairs_of(groups: list[str]) -> list[tuple[str, str]]:
    """Two groups: the first against the second. More: each against the others, and all pairs."""
    pairs = [(a, b) for i, a in enumerate(groups) for b in groups[i + 1 :]]
    return pairs if len(groups) < 3 else [(a, OTHERS) for a in groups] + pairs


def contrast(
    sample: Sample, target: str, reference: str, shuffling: Shuffling, *, shares: bool = False
) -> pd.DataFrame:
    """
    One row per item with the counts of both sides, effect, interval, p and note.

    `reference` may be `OTHERS`. With `shares`, hits are parts of their set's hits, and the
    effect is a difference of logits instead of a log ratio.
    """
    group = sample.documents["group"]
    ours = (group == target).to_numpy()
    theirs = ~ours if reference == OTHERS else (group == reference).to_numpy()
    sample, labels = sample.only(ours | theirs), ours[ours | theirs].astype(int)
    sample = replace(sample, y=sample.y.astype(float, copy=False))
    units, of_unit, strata = sample.units(labels)
    table = _counts(sample, labels, shares=shares)
    telling = _both_sides(of_unit, strata) if sample.within else np.ones(len(of_unit), dtype=bool)
    for side, name in zip((1, 0), SIDES, strict=True):
        table[f"n_units_{name}"] = int((telling & (of_unit == side)).sum())
    table = table.assign(**_effect(units, of_unit, shares=shares))
    if sample.within and telling.any():
        estimate, sure = mantel_haenszel(units, of_unit, strata)
        table = table.assign(crude=table["estimate"], estimate=estimate)
        table = table.assign(low=sure.low, high=sure.high)
    table, testable = explain(table, (target, reference), sample, shares=shares)
    tested = resampling.counted(units.y[:, np.flatnonzero(testable)], units.n)
    found = _test(tested, of_unit, strata if sample.within else None, shuffling, shares=shares)
    for column, values in found.items():
        table[column] = np.nan
        table.loc[testable, column] = values
    return table.assign(target=target, reference=reference)


def _both_sides(labels: np.ndarray, strata: np.ndarray) -> np.ndarray:
    """Which units lie in a stratum that holds units of both sides."""
    means = pd.Series(labels).groupby(strata).transform("mean").to_numpy()
    return (means > 0) & (means < 1)


def _sides(units: Counted, labels: np.ndarray) -> tuple[Totals, Totals]:
    return units.totals((labels == 1)[:, None]), units.totals((labels == 0)[:, None])


def _counts(sample: Sample, labels: np.ndarray, *, shares: bool) -> pd.DataFrame:
    """What occurs how often on either side, by document."""
    whole, rate, per = ("n_set", "share", 1) if shares else ("n_tokens", "per_1000", PER)
    columns: dict[str, Any] = {"item": sample.items}
    spread = []
    for side, name in zip((1, 0), SIDES, strict=True):
        rows = np.flatnonzero(labels == side)
        y, n = sample.y[rows], sample.n[rows]
        hits = np.asarray(y.sum(axis=0))[0]
        columns[f"n_{name}"] = hits.astype(int)
        columns[f"{whole}_{name}"] = int(n.sum())
        columns[f"n_documents_{name}"] = len(rows)
        columns[f"n_with_{name}"] = np.asarray((y > 0).sum(axis=0))[0].astype(int)
        columns[f"{rate}_{name}"] = hits / n.sum() * per if len(rows) else np.nan
        spread.append(_spread(y, n, hits))
    table = pd.DataFrame(columns)
    table["difference"] = table[f"{rate}_target"] - table[f"{rate}_reference"]
    for column, (ours, theirs) in zip(SPREAD, zip(*spread, strict=True), strict=True):
        table[column] = np.where(table["difference"] >= 0, ours, theirs)
    four = [table[f"{part}_{name}"].to_numpy() for name in SIDES for part in ("n", whole)]
    return table.assign(g2=formulas.g2(*four), zeta=formulas.log_odds(*four))


def _spread(y: sparse.csr_matrix, n: np.ndarray, hits: np.ndarray) -> tuple[np.ndarray, ...]:
    """DP, DPnorm, and the largest share of one document, of every item on one side."""
    if not len(n):
        return (np.full(y.shape[1], np.nan),) * 3
    largest = y.max(axis=0).toarray()[0] / np.where(hits > 0, hits, np.nan)
    return *formulas.dispersion(y, n), largest


def _effect(units: Counted, labels: np.ndarray, *, shares: bool) -> dict[str, np.ndarray]:
    """Estimate and interval over units, and where in the order a row without interval stands."""
    a, b = _sides(units, labels)
    of = formulas.logit_difference if shares else formulas.log_ratio
    estimate = of(a.y, a.n, b.y, b.n)[:, 0]
    bound = np.full(len(estimate), np.nan) if shares else _bound(estimate, a, b)
    sure = _sure(units, labels, shares=shares)
    return {"estimate": estimate, "low": sure.low, "high": sure.high, "bound": bound}


def _sure(units: Counted, labels: np.ndarray, *, shares: bool) -> formulas.Sure:
    sides = _sides(units, labels)
    if shares:
        found = formulas.share_test(*sides)
    else:
        holders = [units.holders((labels == side)[:, None]) for side in (1, 0)]
        found = formulas.ratio_test(*sides, holders)
    return formulas.Sure(*(part[:, 0] for part in found))


def _bound(estimate: np.ndarray, a: Totals, b: Totals) -> np.ndarray:
    """How far from 0 an estimate is for sure where a side has no hit."""
    with np.errstate(invalid="ignore", divide="ignore"):
        known = [(side.variance / side.rate**2)[:, 0] for side in (a, b)]
    variance = sum(np.where(np.isfinite(v), v, VARIANCE_OF_HALF) for v in known)
    return np.abs(estimate) - NORMAL_REACH * np.sqrt(variance) / np.log(2)


def _test(
    units: Counted,
    labels: np.ndarray,
    strata: np.ndarray | None,
    shuffling: Shuffling,
    *,
    shares: bool,
) -> dict[str, np.ndarray]:
    """p from permutations, from Student's t, and among all items of this contrast."""
    nothing = np.full(units.y.shape[1], np.nan)
    if not len(nothing):
        return {"p": nothing, "p_t": nothing, "p_family": nothing}
    p_t = p_by_t(units, labels, strata, shares=shares)
    if not shuffling.permutations:
        return {"p": nothing, "p_t": p_t, "p_family": nothing}
    shuffled = resampling.permutation_test(
        _statistic(units, strata),
        labels,
        strata=strata,
        permutations=shuffling.permutations,
        rng=shuffling.rng,
        track=shuffling.track,
    )
    return {"p": shuffled.p, "p_t": p_t, "p_family": shuffled.p_family}


def _statistic(units: Counted, strata: np.ndarray | None) -> resampling.Statistic:
    if strata is None:
        return resampling.two_groups(units)
    return resampling.stratified(units, strata)


def p_by_t(
    units: Counted, labels: np.ndarray, strata: np.ndarray | None = None, *, shares: bool = False
) -> np.ndarray:
    """
    Student's p of every item; all missing below five units a side.

    It is p of the effect, as its interval is: a difference that is a factor is seen better on
    that scale, and groups of unlike size are tested fairly. Where a side has no hit it is p of
    that absence.
    """
    telling = np.ones(len(labels), dtype=bool) if strata is None else _both_sides(labels, strata)
    if min((telling & (labels == side)).sum() for side in (1, 0)) < FEWEST_DOCUMENTS:
        return np.full(units.y.shape[1], np.nan)
    if strata is None:
        p = _sure(units, labels, shares=shares).p
        holders = [units.holders((labels == side)[:, None]) for side in (1, 0)]
        absent = formulas.absence_test(*_sides(units, labels), holders)[:, 0]
        return np.where(np.isnan(p), absent, p)
    p = mantel_haenszel(units, labels, strata)[1].p
    return np.where(np.isnan(p), absence_within(units, labels, strata), p)


def omnibus_p(sample: Sample, shuffling: Shuffling) -> np.ndarray:
    """For each item the p that all groups with five units or more have one rate."""
    units, of_unit, strata = sample.units(pd.factorize(sample.documents["group"])[0])
    sizes = np.bincount(of_unit)
    kept = np.flatnonzero(sizes[of_unit] >= FEWEST_DOCUMENTS)
    labels = np.unique(of_unit[kept], return_inverse=True)[1]
    if not len(labels) or labels.max() < 2 or not shuffling.permutations:
        return np.full(len(sample.items), np.nan)
    large = resampling.counted(units.y[kept], units.n[kept])
    return resampling.permutation_test(
        resampling.omnibus(large),
        labels,
        strata=strata[kept] if sample.within else None,
        permutations=shuffling.permutations,
        rng=shuffling.rng,
        track=shuffling.track,
    ).p


def in_one_family(tables: list[pd.DataFrame], permutations: int) -> pd.DataFrame:
    """
    The rows of several contrasts, corrected together and sorted by the near bound.

    q is made of the larger of p and p_t where permutations are twenty times as many as rows,
    else of p_t alone, and `q_from` says which. p_family is Westfall and Young's within each
    contrast, times the number of contrasts.
    """
    table = pd.concat(tables, ignore_index=True)
    larger = permutations >= PERMUTATIONS_PER_ITEM * table["p_t"].notna().sum()
    p = table[["p", "p_t"]].max(axis=1, skipna=False) if larger else table["p_t"]
    table["q"] = resampling.q_values(p)
    table["q_from"] = pd.Series("larger" if larger else "t", table.index).where(table["q"].notna())
    table["p_family"] = (table["p_family"] * len(tables)).clip(upper=1.0)
    near = table[["low"]].assign(high=-table["high"]).max(axis=1).fillna(table["bound"])
    order = pd.DataFrame({"near": -near, "n": -(table["n_target"] + table["n_reference"])})
    order = order.assign(item=table["item"], target=table["target"], other=table["reference"])
    return table.loc[order.sort_values([*order.columns]).index].reset_index(drop=True)
