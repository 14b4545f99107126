"""Shuffling documents: exact where all shuffles can be listed, and the same on any machine."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from biaskit.resampling import (
    bootstrap_interval,
    counted,
    omnibus,
    permutation_test,
    q_values,
    shuffles,
    stratified,
    studentised,
    t_test,
    two_groups,
)

N = np.array([100.0, 50, 210, 90, 120, 330, 80, 140, 60, 200])
Y = np.array(
    [[1, 0, 3, 2, 0, 4, 1, 0, 0, 2], [0, 2, 0, 0, 1, 0, 5, 6, 2, 9], [0, 0, 0, 0, 0, 7, 0, 0, 0, 0]]
).T
LABELS = np.repeat([1, 0], 5)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def sides(units, labels=LABELS):
    return [units.totals((labels == side)[:, None]) for side in (1, 0)]


def by_hand(y: np.ndarray, n: np.ndarray, labels: np.ndarray) -> float:
    """The studentised difference of one item, residual by residual."""
    rates, variances = [], []
    for side in (1, 0):
        hits, tokens = y[labels == side], n[labels == side]
        rate = hits.sum() / tokens.sum()
        residuals = (hits - rate * tokens) / tokens.mean()
        rates.append(rate)
        variances.append(np.var(residuals, ddof=1) / len(hits))
    return (rates[0] - rates[1]) / np.sqrt(sum(variances))


def invented(seed: int, units: int = 40, items: int = 30) -> tuple[np.ndarray, np.ndarray]:
    draw = rng(seed)
    n = draw.integers(50, 500, units).astype(float)
    return draw.poisson(n[:, None] * draw.gamma(0.5, 0.02, (units, items))), n


# ---- statistics ------------------------------------------------------------------------------


def test_the_studentised_difference_is_the_one_in_the_book():
    """Sums of squares and products give what the residuals give."""
    found = studentised(*sides(counted(Y, N)))[:, 0]
    assert found == pytest.approx([by_hand(y, N, LABELS) for y in Y.T])


def test_with_documents_of_one_length_the_t_test_is_welchs():
    """Where all units have as many tokens, a ratio is a mean."""
    found = t_test(*sides(counted(Y, np.full(10, 100.0))))[:, 0]
    assert found == pytest.approx(stats.ttest_ind(Y[:5], Y[5:], equal_var=False).pvalue)


def test_a_unit_without_tokens_is_refused():
    """It has no rate, so that it can't be shuffled."""
    with pytest.raises(ValueError, match=r"^1 units have no tokens; leave them out$"):
        counted(Y, np.r_[N[:-1], 0])


def test_counting_leaves_the_matrix_it_was_given_alone():
    """Unsorted columns, as picking items leaves them, give the same sums."""
    mixed = sparse.csr_matrix(Y)[:, [2, 0, 1]]
    found = counted(mixed, N).everything()
    np.testing.assert_array_equal(found.yn[:, 0], (Y * N[:, None]).sum(axis=0)[[2, 0, 1]])
    np.testing.assert_array_equal(mixed.toarray(), Y[:, [2, 0, 1]])


def test_with_one_stratum_the_strata_change_no_rate():
    """Mantel and Haenszel's weights cancel: T has the sign and order of the plain difference."""
    units = counted(*invented(2))
    labels = np.arange(40) % 2
    plain = two_groups(units)(labels[:, None])
    one = stratified(units, np.zeros(40, dtype=int))(labels[:, None])
    assert stats.spearmanr(plain, one).statistic > 0.98


def test_a_stratum_of_one_group_says_nothing():
    """Whatever happens there, the other strata's statistic stays."""
    y, n = invented(3, items=5)
    strata = np.repeat([0, 1, 2, 3], 10)
    labels = np.where(strata == 3, 1, np.arange(40) % 2)
    more = y.copy()
    more[strata == 3] *= 50
    found = [stratified(counted(hits, n), strata)(labels[:, None]) for hits in (y, more)]
    np.testing.assert_allclose(*found)


def test_what_only_strata_differ_in_is_no_difference_within_them():
    """One section has ten times the hits, and one group writes it more often."""
    strata = np.repeat([0, 1], 20)
    labels = np.r_[np.repeat([1, 0], [16, 4]), np.repeat([1, 0], [4, 16])]
    y = np.where(strata == 0, 10, 1)[:, None] + np.arange(40)[:, None] % 2
    units = counted(y, np.full(40, 100.0))
    plain = permutation_test(two_groups(units), labels, permutations=999, rng=rng())
    within = permutation_test(
        stratified(units, strata), labels, strata=strata, permutations=999, rng=rng()
    )
    assert plain.p[0] < 0.01
    assert within.p[0] > 0.5


def test_the_omnibus_test_sees_one_group_that_differs():
    """The first item is planted in one group of three, the others are noise."""
    y, n = invented(4, units=60)
    labels = np.repeat([0, 1, 2], 20)
    y[labels == 2, 0] = n[labels == 2] // 5
    found = permutation_test(omnibus(counted(y, n)), labels, permutations=499, rng=rng())
    assert found.p[0] == 1 / 500
    assert np.median(found.p[1:]) > 0.2


# ---- shuffling -------------------------------------------------------------------------------


def test_p_is_that_of_all_splits_where_these_can_be_listed():
    """Ten documents have 252 splits into halves; shuffles come close to listing them all."""
    units = counted(Y[:, :2], N)
    splits = np.zeros((10, 252), dtype=int)
    for i, chosen in enumerate(combinations(range(10), 5)):
        splits[list(chosen), i] = 1
    listed = two_groups(units)(splits)
    observed = two_groups(units)(LABELS[:, None])
    exact = (listed >= observed * (1 - 1e-9)).mean(axis=1)
    found = permutation_test(two_groups(units), LABELS, permutations=19_999, rng=rng())
    np.testing.assert_allclose(found.p, exact, atol=0.01)


def test_scipy_finds_the_same_p():
    """Its permutation test with the same statistic, on documents instead of sums."""
    found = permutation_test(two_groups(counted(Y, N)), LABELS, permutations=9_999, rng=rng())
    for item in (0, 1):
        scipys = stats.permutation_test(
            (np.arange(5), np.arange(5, 10)),
            lambda a, b, y=Y[:, item]: abs(by_hand(y[np.r_[a, b]], N[np.r_[a, b]], LABELS)),
            vectorized=False,
            alternative="greater",
            n_resamples=9_999,
        )
        assert found.p[item] == pytest.approx(scipys.pvalue, abs=0.02)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_number_of_cores_changes_nothing(threads):
    """The same seed gives the same table on every machine."""
    statistic, labels = two_groups(counted(*invented(5))), np.arange(40) % 2
    runs = [
        permutation_test(statistic, labels, permutations=500, rng=rng(7), threads=n)
        for n in (3, threads)
    ]
    for one, other in zip(*runs, strict=True):
        np.testing.assert_array_equal(one, other)


def test_another_seed_shuffles_otherwise():
    """The generator is used."""
    statistic, labels = two_groups(counted(*invented(5))), np.arange(40) % 2
    runs = [permutation_test(statistic, labels, permutations=99, rng=rng(s)) for s in (1, 2)]
    assert (runs[0].p != runs[1].p).any()


@given(st.integers(0, 1_000))
def test_swapping_the_groups_changes_no_p(seed):
    """Neither group is privileged."""
    statistic, labels = two_groups(counted(*invented(seed, 12, 4))), np.arange(12) % 2
    runs = [
        permutation_test(statistic, x, permutations=50, rng=rng(3)) for x in (labels, 1 - labels)
    ]
    np.testing.assert_array_equal(runs[0].p, runs[1].p)


def test_ties_count_as_reached():
    """Where all documents are alike every split is as large as the one observed, so p is 1."""
    units = counted(np.full((12, 1), 3), np.full(12, 7.0))
    assert permutation_test(two_groups(units), np.arange(12) % 2, permutations=99, rng=rng()).p == 1


def test_shuffles_stay_within_strata():
    """Every stratum keeps as many of each label."""
    strata, labels = np.repeat([0, 1, 2], [5, 9, 2]), np.arange(16) % 2
    drawn = shuffles(labels, 200, rng(), strata)
    for stratum in range(3):
        inside = strata == stratum
        assert (drawn[inside].sum(axis=0) == labels[inside].sum()).all()
    assert (drawn != labels[:, None]).any()


def test_the_family_wise_p_allows_for_all_items():
    """It is never below an item's own p, and its smallest is that of the largest of all T."""
    y, n = invented(6)
    statistic, labels = two_groups(counted(y, n)), np.arange(40) % 2
    found = permutation_test(statistic, labels, permutations=640, rng=rng(9))
    assert (found.p_family >= found.p).all()
    largest = [statistic(shuffles(labels, 64, own)).max(axis=0) for own in rng(9).spawn(10)]
    top = found.statistic.max()
    reached = (np.concatenate(largest) >= top * (1 - 1e-9)).sum()
    assert found.p_family.min() == (1 + reached) / 641


def test_blocks_of_shuffles_pass_through_the_progress_bar():
    """All of them, in their order."""
    seen = []

    def track(blocks):
        for block in blocks:
            seen.append(block)
            yield block

    statistic = two_groups(counted(Y, N))
    permutation_test(statistic, LABELS, permutations=200, rng=rng(), track=track)
    assert len(seen) == 4  # blocks of 64


# ---- corrections and intervals ---------------------------------------------------------------


def test_q_is_scipys_and_what_has_no_p_takes_no_part():
    """Benjamini and Hochberg's, over the items that were tested."""
    p = np.array([0.01, np.nan, 0.02, 0.8])
    q = q_values(p)
    assert q[[0, 2, 3]] == pytest.approx(stats.false_discovery_control([0.01, 0.02, 0.8]))
    assert np.isnan(q[1])
    assert np.isnan(q_values([np.nan])).all()


def difference(a, b):
    return a.rate - b.rate, np.sqrt(a.variance + b.variance)


def test_a_bootstrap_interval_of_means_is_close_to_students():
    """Forty documents of one length: the studentised bootstrap of a plain difference of means."""
    y = rng(8).normal(5, 1, (80, 1))
    labels = np.repeat([1, 0], 40)
    units = counted(y, np.ones(80))
    low, high = bootstrap_interval(units, labels, difference, draws=4_000, rng=rng())
    t = stats.ttest_ind(y[:40, 0], y[40:, 0], equal_var=False).confidence_interval()
    assert (low[0], high[0]) == pytest.approx((t.low, t.high), abs=0.06)


def test_a_bootstrap_that_is_often_undefined_has_no_interval():
    """The third item's hits stand in one document, which a third of the draws leave out."""
    low, high = bootstrap_interval(counted(Y, N), LABELS, difference, draws=500, rng=rng())
    logs = bootstrap_interval(
        counted(Y, N),
        LABELS,
        lambda a, b: (np.log(np.where(a.rate > 0, a.rate, np.nan)), a.rate + 1),
        draws=500,
        rng=rng(),
    )
    assert (low < high)[:2].all()
    assert np.isnan(logs[0][2])
