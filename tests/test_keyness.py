"""Keyness: every measure as published, every row with its evidence, and gaps told in words."""

import numpy as np
import pandas as pd
import pytest
from handmade import handmade
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from biaskit.keyness import keywords
from biaskit.keyness.contrasts import p_by_t
from biaskit.keyness.formulas import (
    chi_squared,
    dispersion,
    g2,
    g2_p,
    g2_two_cells,
    log_odds,
    log_ratio,
    logit_difference,
    percent_difference,
)
from biaskit.keyness.stratified import mantel_haenszel
from biaskit.resampling import counted
from biaskit.tables import COLUMNS

# Tables of a, N_A, b, N_B that several independent programs agree on.
ORACLES = [
    ((12_000, 1e6, 10_000, 1e6), 182.0695, 184.0917, 183.8404, 0.2630, 13.6113),
    ((30, 1e4, 10, 1e4), 10.4650, 10.4850, 10.0200, 1.5850, 2.9577),
    ((5, 1e4, 0, 2e4), 10.9861, 10.9878, 10.0017, 4.3219, 1.3688),
    ((1, 500, 40, 3000), -6.8213, -6.8769, 4.7549, -2.7370, -1.5968),
]

SIZE = 100  # tokens of each invented article


def articles(n: int, outlets=("Echo", "Post")) -> dict[str, list[str]]:
    return {outlet: [f"{outlet.lower()}-{i:02}" for i in range(n)] for outlet in outlets}


def newsroom(terms: dict[str, dict[str, list[int]]], *, n: int = 8, columns=None, voices=None):
    """Articles of 100 tokens each; `terms` says how often each outlet's articles use a term."""
    outlets = articles(n, tuple(next(iter(terms.values()))))
    counts = [
        (document, "body", term, "narration", times)
        for term, by_outlet in terms.items()
        for outlet, hits in by_outlet.items()
        for document, times in zip(outlets[outlet], hits, strict=False)
        if times
    ]
    voices = voices or dict.fromkeys(outlets, "narration")
    sizes = [(d, "body", voices[o], SIZE, 5) for o, ids in outlets.items() for d in ids]
    made = handmade(outlets, counts=counts, sizes=sizes)
    for column, values in (columns or {}).items():
        made.documents[column] = values
    return made


FEW = newsroom(
    {
        "chaos": {"Echo": [3, 2, 4, 1, 3, 2, 5, 2], "Post": [1, 0, 1, 0, 0, 1, 0, 1]},
        "the": {"Echo": [9, 8, 9, 7, 9, 8, 9, 9], "Post": [8, 9, 9, 8, 7, 9, 9, 8]},
        "harbour": {"Echo": [6, 5, 0, 0, 0, 0, 7, 0], "Post": [0] * 8},
        "storm": {"Echo": [0] * 8, "Post": [0, 0, 12, 0, 0, 0, 0, 0]},
        "rare": {"Echo": [1], "Post": [1]},
    }
)


def row(table: pd.DataFrame, term: str) -> pd.Series:
    return table[table["term"] == term].iloc[0]


# ---- formulas --------------------------------------------------------------------------------


@pytest.mark.parametrize(("four", "two_cells", "four_cells", "chi2", "ratio", "zeta"), ORACLES)
def test_every_measure_has_the_published_value(four, two_cells, four_cells, chi2, ratio, zeta):
    """To four decimals, as several independent programs print them."""
    measures = (g2_two_cells, g2, chi_squared, log_ratio, log_odds)
    found = [round(float(measure(*four)), 4) for measure in measures]
    assert found == [two_cells, four_cells, chi2, ratio, zeta]


@pytest.mark.parametrize(("a", "b"), [(12, 3), (3, 12), (40, 1)])
def test_g2_and_chi_squared_are_scipys(a, b):
    """The same table of four cells, tested by scipy."""
    table = [[a, b], [100 - a, 100 - b]]
    of_g2 = stats.chi2_contingency(table, lambda_="log-likelihood", correction=False)
    of_chi2 = stats.chi2_contingency(table, correction=False)
    assert abs(g2(a, 100, b, 100)) == pytest.approx(of_g2.statistic)
    assert g2_p(g2(a, 100, b, 100)) == pytest.approx(of_g2.pvalue)
    assert chi_squared(a, 100, b, 100) == pytest.approx(of_chi2.statistic)


def test_p_of_a_large_g2_is_small_and_not_zero():
    """1 - cdf would print 0 from 71 on."""
    assert 0 < g2_p(184.0917) < 1e-40


@given(st.integers(0, 99), st.integers(0, 99), st.integers(100, 900), st.integers(100, 900))
def test_swapping_the_sides_flips_every_sign(a, b, n_a, n_b):
    """What is key for one outlet is negatively key for the other."""
    for measure in (log_ratio, g2, g2_two_cells, log_odds, logit_difference):
        there, back = measure(a, n_a, b, n_b), measure(b, n_b, a, n_a)
        np.testing.assert_allclose(there, -back, atol=1e-9)


def test_what_never_occurs_has_no_measure():
    """Missing, never 0."""
    for measure in (log_ratio, g2, g2_two_cells, log_odds):
        assert np.isnan(measure(0, 100, 0, 100))
    assert np.isnan(log_ratio(3, 100, 0, 0))


def test_only_the_zero_counts_as_a_half():
    """Hardie's way: the other side stays as counted."""
    assert log_ratio(4, 100, 0, 100) == pytest.approx(3)  # 4 against 0.5
    assert log_ratio(4, 100, 1, 100) == pytest.approx(2)


def test_a_percent_difference_is_that_of_the_rates():
    """Three times as often is 200 % more, half as often 50 % less."""
    assert percent_difference(np.log2(3)) == pytest.approx(200)
    assert percent_difference(-1) == -50


def test_a_logit_difference_is_the_logarithm_of_the_odds_ratio():
    """A half is added on both sides of a share of 1, and nowhere else."""
    assert logit_difference(3, 4, 1, 4) == pytest.approx(np.log((3 / 1) / (1 / 3)))
    assert logit_difference(4, 4, 1, 4) == pytest.approx(np.log(4.5 / 0.5) - np.log(1 / 3))
    assert np.isnan(logit_difference(0, 0, 1, 4))


def test_a_prior_of_more_tokens_pulls_zeta_to_nothing():
    """The prior's weight matters, and so does a prior of one's own."""
    assert log_odds(30, 1e4, 10, 1e4, prior_tokens=1e6) < log_odds(30, 1e4, 10, 1e4)
    assert log_odds(30, 1e4, 10, 1e4, prior=0.5) != log_odds(30, 1e4, 10, 1e4)


def test_dispersion_is_griess():
    """Three parts of 2, 3 and 5 tenths; hits 1, 2, 2, and all in the smallest part."""
    y = sparse.csr_matrix([[1, 4, 0], [2, 0, 0], [2, 0, 0]])
    dp, norm = dispersion(y, np.array([20, 30, 50]))
    expected = (abs(0.2 - 0.2) + abs(0.4 - 0.3) + abs(0.4 - 0.5)) / 2
    np.testing.assert_allclose(dp, [expected, 0.8, np.nan])
    np.testing.assert_allclose(norm, [expected / 0.8, 1.0, np.nan])


# ---- the table -------------------------------------------------------------------------------


def test_a_row_has_its_counts_documents_and_rates():
    """Twenty-two hits in 800 tokens against four."""
    found = row(keywords(FEW, "Echo", permutations=99), "chaos")
    counts = ["n_target", "n_reference", "n_tokens_target", "n_documents_target",
              "n_with_target", "n_with_reference", "n_units_reference"]  # fmt: skip
    assert list(found[counts]) == [22, 4, 800, 8, 8, 4, 8]
    assert found["per_1000_target"] == pytest.approx(1_000 * 22 / 800)
    assert found["difference"] == pytest.approx(1_000 * (22 - 4) / 800)
    assert found["log_ratio"] == pytest.approx(np.log2(22 / 4))
    assert found["percent"] == pytest.approx(450)
    assert found["largest_share"] == pytest.approx(5 / 22)
    assert found["g2"] == pytest.approx(g2(22, 800, 4, 800))
    assert found["low"] < found["log_ratio"] < found["high"]
    assert found["p"] <= 2 / 100
    assert list(keywords(FEW, "Echo", permutations=9).columns) == list(COLUMNS["keywords"])


def test_rows_are_sorted_by_the_near_bound_of_the_interval():
    """What surely differs most comes first, on whichever side."""
    table = keywords(FEW, "Echo", permutations=0, min_n=1)
    told = table.dropna(subset=["low"])
    near = np.maximum(told["low"], -told["high"])
    assert (near.diff().dropna() <= 0).all()
    assert table["term"].iloc[0] == "chaos"


def test_swapping_target_and_reference_flips_the_signs():
    """The same p, the interval turned round."""
    one = keywords(FEW, "Echo", permutations=99).set_index("term").sort_index()
    other = keywords(FEW, "Post", permutations=99).set_index("term").sort_index()
    for column in ("log_ratio", "difference", "g2", "zeta"):
        np.testing.assert_allclose(one[column], -other[column])
    np.testing.assert_allclose(one["low"], -other["high"])
    for column in ("p", "p_t", "q", "p_family", "dp"):
        np.testing.assert_allclose(one[column], other[column])


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_doesnt_matter(seed):
    """Shuffled tables give the same keywords, to the last p."""
    from dataclasses import replace

    names = ("documents", "counts", "sizes")
    draw = np.random.default_rng(seed)
    mixed = replace(FEW, **{n: FEW.table(n).sample(frac=1, random_state=draw) for n in names})
    pd.testing.assert_frame_equal(
        keywords(mixed, "Echo", permutations=50), keywords(FEW, "Echo", permutations=50)
    )


def test_every_document_twice_keeps_rates_and_effects():
    """Only how sure one is changes."""
    twice = {
        term: {outlet: [*hits, *[0] * (8 - len(hits))] * 2 for outlet, hits in of_it.items()}
        for term, of_it in {"chaos": {"Echo": [3, 2, 4], "Post": [1, 0, 1]}}.items()
    }
    once = {"chaos": {"Echo": [3, 2, 4], "Post": [1, 0, 1]}}
    a, b = (row(keywords(newsroom(t, n=n), "Echo", permutations=0), "chaos")
            for t, n in ((once, 8), (twice, 16)))  # fmt: skip
    for column in ("per_1000_target", "per_1000_reference", "log_ratio", "difference"):
        assert a[column] == pytest.approx(b[column])
    assert b["high"] - b["low"] < a["high"] - a["low"]


def test_a_seed_gives_the_same_table_and_another_another():
    """A generator is taken, and without one there is a fixed seed."""
    tables = [
        keywords(FEW, "Echo", permutations=99, rng=np.random.default_rng(s)) for s in (4, 4, 5)
    ]
    pd.testing.assert_frame_equal(tables[0], tables[1])
    assert (tables[0]["p"] != tables[2]["p"]).any()
    pd.testing.assert_frame_equal(
        keywords(FEW, permutations=99), keywords(FEW, "Echo", permutations=99)
    )


# ---- what cannot be said ---------------------------------------------------------------------


def test_a_side_without_a_hit_has_a_bound_and_no_interval():
    """The table says so, and tests the absence all the same."""
    found = row(keywords(FEW, "Echo", permutations=99), "harbour")
    assert np.isnan(found[["low", "high"]].astype(float)).all()
    assert found["log_ratio"] == pytest.approx(np.log2(18 / 0.5))
    sentence = "No hit in Post: the log ratio is a bound, with the 0 counted as 0.5."
    assert sentence in found["note"]
    assert 0 < found["p_t"] < 1


def test_one_document_that_holds_all_hits_is_not_tested():
    """It is an article's word, and nobody knows of the others."""
    found = row(keywords(FEW, "Echo", permutations=99), "storm")
    gaps = ["low", "high", "p", "p_t", "p_family", "q"]
    assert np.isnan(found[gaps].astype(float)).all()
    assert "All its hits stand in one document, which says nothing about others." in found["note"]
    assert found["largest_share"] == 1


def test_a_term_that_never_occurs_is_missing_and_not_zero():
    """Asked for by name it has a row, with a sentence."""
    found = row(keywords(FEW, "Echo", only=["chaos", "meteor"], permutations=9), "meteor")
    assert found["note"] == "It never occurs."
    assert found["n_target"] == 0
    blank = ["log_ratio", "low", "high", "difference", "p", "q", "g2", "zeta", "dp"]
    assert np.isnan(found[blank].astype(float)).all()


@pytest.mark.parametrize("voice", ["quoted", "attributed"])
def test_an_empty_voice_is_missing_and_not_zero(voice):
    """No tokens, no rates: on one side, or on both."""
    made = newsroom({"chaos": {"Echo": [3] * 8, "Post": [2] * 8}}, voices={"Echo": "narration",
                    "Post": "quoted"})  # fmt: skip
    found = row(keywords(made, "Echo", voice=voice, only=["chaos"], permutations=9), "chaos")
    assert "No tokens of this voice in Echo" in found["note"]
    assert np.isnan(found[["per_1000_target", "log_ratio", "p", "low"]].astype(float)).all()


@pytest.mark.parametrize(("n", "interval", "test"), [(1, 0, 0), (2, 1, 0), (4, 1, 0), (5, 1, 1)])
def test_too_few_documents_have_no_interval_or_no_test(n, interval, test):
    """Below two a side there is no interval, below five no p."""
    made = newsroom({"chaos": {"Echo": [3, 4, 3, 6, 2], "Post": [1, 2, 1, 1, 2]}}, n=n)
    found = keywords(made, "Echo", min_n=1, permutations=99).iloc[0]
    assert (found[["low", "high"]].notna().all(), pd.notna(found["p"])) == (interval, test)
    assert found["n_target"] > 0
    assert (found["note"] is None) == bool(test)
    if n == 4:
        sizes = "(Echo 4 documents and Post 4 documents)"
        assert found["note"] == f"Too few {sizes}: no test below 5 a side."


# ---- options ---------------------------------------------------------------------------------


def test_min_n_counts_both_sides_together():
    """A word the target never uses is still news."""
    assert "rare" not in set(keywords(FEW, "Echo", permutations=0)["term"])
    assert "rare" in set(keywords(FEW, "Echo", permutations=0, min_n=2)["term"])
    assert keywords(FEW, "Echo", permutations=0, min_n=999).empty


def test_a_voice_has_its_own_hits_and_tokens():
    """All of these articles is narration."""
    assert len(keywords(FEW, "Echo", voice="narration", permutations=0)) == 4
    assert keywords(FEW, "Echo", voice="quoted", permutations=0).empty


def test_weeks_and_events_are_shuffled_whole():
    """Eight articles on four events are four units a side, too few to test."""
    events = [f"event-{i // 2}" for i in range(8)] * 2
    made = newsroom({"chaos": {"Echo": [3] * 8, "Post": [1, 2] * 4}}, columns={"event": events})
    found = keywords(made, "Echo", unit="event", permutations=99).iloc[0]
    assert (found["n_documents_target"], found["n_units_target"]) == (8, 4)
    assert found["note"].startswith("Too few (Echo 4 events and Post 4 events)")
    days = [f"2017-04-{3 + 7 * (i % 2):02}" for i in range(16)]
    made = newsroom(
        {"chaos": {"Echo": [3] * 8, "Post": [1, 2] * 4}},
        columns={"date_low": days, "date_high": days},
    )
    assert keywords(made, "Echo", unit="week", permutations=9).iloc[0]["n_units_target"] == 2


def test_within_sections_what_sections_differ_in_cancels():
    """Echo writes more on weather, where everybody writes of chaos; nothing else differs."""
    sections = ["weather"] * 6 + ["arts"] * 2 + ["weather"] * 2 + ["arts"] * 6
    hits = {"Echo": [6, 5, 4, 6, 4, 5, 1, 0], "Post": [5, 5, 1, 0, 0, 1, 1, 0]}
    made = newsroom({"chaos": hits}, columns={"section": sections})
    plain = keywords(made, "Echo", permutations=499).iloc[0]
    inside = keywords(made, "Echo", within=["section"], permutations=499).iloc[0]
    assert inside["crude"] == pytest.approx(plain["log_ratio"]) == np.log2(31 / 13)
    assert abs(inside["log_ratio"]) < 0.2
    assert inside["low"] < 0 < inside["high"]
    assert plain["p"] < 0.15 < 0.5 < inside["p"]
    assert np.isnan(plain["crude"])


def test_mantel_haenszels_ratio_is_that_of_the_textbook():
    """Two sections, sums by hand: sum(a N_B / N) over sum(b N_A / N)."""
    sections = ["weather"] * 6 + ["arts"] * 2 + ["weather"] * 2 + ["arts"] * 6
    hits = {"Echo": [6, 5, 4, 6, 4, 5, 1, 0], "Post": [5, 5, 1, 0, 0, 1, 1, 0]}
    made = newsroom({"chaos": hits}, columns={"section": sections})
    found = keywords(made, "Echo", within=["section"], permutations=0).iloc[0]
    above = 30 * 200 / 800 + 1 * 600 / 800
    below = 10 * 600 / 800 + 3 * 200 / 800
    assert found["log_ratio"] == pytest.approx(np.log2(above / below))


PAIRS = {"within": ["event"], "permutations": 0}


def pairs(**terms):
    """A term's hits in each outlet's article on each of some events."""
    n = len(next(iter(terms.values()))["Echo"])
    events = [f"event-{i}" for i in range(n)] * 2
    return newsroom(terms, n=n, columns={"event": events})


def test_the_interval_over_pairs_is_that_of_their_differences():
    """Of each pair what it adds to a - ratio x b, squared; pairs with many hits weigh more."""
    a, b = np.array([3, 2, 4, 6, 1, 0]), np.array([1, 2, 1, 2, 0, 1])
    found = keywords(pairs(chaos={"Echo": [*a], "Post": [*b]}), "Echo", **PAIRS).iloc[0]
    ratio = a.sum() / b.sum()
    free = (a + b).sum() ** 2 / ((a + b) ** 2).sum()
    error = np.sqrt(((a - ratio * b) ** 2).sum() * free / (free - 1)) / a.sum() / np.log(2)
    assert found["log_ratio"] == pytest.approx(np.log2(ratio))
    reach = stats.t.ppf(0.975, free - 1) * error
    assert (found["low"], found["high"]) == pytest.approx(
        np.log2(ratio) + np.array([-reach, reach])
    )
    assert found["p_t"] == pytest.approx(2 * stats.t.sf(np.log2(ratio) / error, free - 1))


def test_hits_of_one_pair_prove_nothing():
    """The ratio fits one pair exactly, which is not to know it exactly."""
    made = pairs(chaos={"Echo": [3, 0, 0, 0, 0, 0], "Post": [1, 0, 0, 0, 0, 0]})
    found = keywords(made, "Echo", min_n=1, **PAIRS).iloc[0]
    assert np.isnan(found["low"])
    assert found["p_t"] > 0.2


def test_within_pairs_chance_finds_what_it_should():
    """1,000 terms that differ from event to event, and not between outlets."""
    draw = np.random.default_rng(4)
    rate = draw.gamma(0.5, 1.0, (80, 1_000))
    hits, strata = draw.poisson(np.repeat(rate, 2, axis=0)), np.repeat(np.arange(80), 2)
    units = counted(sparse.csr_matrix(hits.astype(float)), np.full(160, 500.0))
    labels = np.tile([0, 1], 80)
    p = p_by_t(units, labels, strata)
    _, sure = mantel_haenszel(units, labels, strata)
    assert 0.02 < (p < 0.05).mean() < 0.065
    assert 0.94 < ((sure.low < 0) & (sure.high > 0)).mean() < 0.98


def test_q_is_made_of_the_larger_p_where_permutations_suffice():
    """Twenty for each row; with fewer Student's alone, and the table says which."""
    many, few = (keywords(FEW, "Echo", permutations=n) for n in (60, 59))
    tested = many["p_t"].notna()
    assert tested.sum() == 3
    assert set(many["q_from"][tested]) == {"larger"}
    assert set(few["q_from"][tested]) == {"t"}
    larger = many[["p", "p_t"]].max(axis=1)[tested]
    np.testing.assert_allclose(many["q"][tested], stats.false_discovery_control(larger))
    np.testing.assert_allclose(few["q"][tested], stats.false_discovery_control(few["p_t"][tested]))


THREE = newsroom(
    {
        "chaos": {
            "Echo": [3, 2, 4, 3, 2, 4],
            "Post": [1, 0, 1, 1, 1, 0],
            "Sun": [1, 1, 0, 1, 1, 0],
        },
        "the": {"Echo": [9, 8, 9, 7, 9, 8], "Post": [8, 9, 9, 8, 7, 9], "Sun": [9, 9, 8, 8, 9, 9]},
    },
    n=6,
)


def test_of_three_outlets_each_is_compared_with_the_others_and_all_pairs():
    """In one family of six contrasts and two terms."""
    table = keywords(THREE, permutations=99)
    pairs = {*table[["target", "reference"]].itertuples(index=False, name=None)}
    others = {(outlet, "the others") for outlet in ("Echo", "Post", "Sun")}
    assert pairs == others | {("Echo", "Post"), ("Echo", "Sun"), ("Post", "Sun")}
    np.testing.assert_allclose(table["q"], stats.false_discovery_control(table["p_t"]))
    alone = keywords(THREE, "Echo", reference="Post", permutations=99)
    together = table[(table["target"] == "Echo") & (table["reference"] == "Post")]
    assert row(alone, "the")["q"] < row(together, "the")["q"] or row(alone, "the")["q"] == 1


def test_one_target_of_three_is_compared_with_the_others():
    """Their articles together are the reference."""
    found = row(keywords(THREE, "Echo", permutations=0), "chaos")
    assert (found["reference"], found["n_reference"]) == ("the others", 8)
    found = row(keywords(THREE, "Echo", reference="Sun", permutations=0), "chaos")
    assert (found["reference"], found["n_reference"]) == ("Sun", 4)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"target": "Eco"}, "no outlet 'Eco'; this set has Echo, Post"),
        ({"target": "Echo", "reference": "Pst"}, "no outlet 'Pst'; this set has Echo, Post"),
        ({"target": "Echo", "unit": "day"}, "no unit 'day'; there are document, week, event"),
        ({"target": "Echo", "within": ["section"]}, "no document of this set has a known section"),
        (
            {"target": "Echo", "within": ["mood"]},
            "nothing known of 'mood' to stay within; there are section, month, week, event, author",
        ),
        (
            {"target": "Echo", "voice": "sung"},
            "no voice 'sung'; there are all, unquoted, narration, quoted, reported, attributed",
        ),
        (
            {"reference": "Echo"},
            "a reference needs a target other than itself; this is 'Echo'",
        ),
    ],
)
def test_an_error_names_what_would_have_worked(given, message):
    """In one sentence."""
    with pytest.raises(ValueError) as error:  # noqa: PT011
        keywords(FEW, **given)
    assert str(error.value) == message


def test_one_outlet_has_nothing_to_be_compared_with():
    """One sentence, no traceback of a division."""
    alone = newsroom({"chaos": {"Echo": [3] * 8}})
    with pytest.raises(ValueError) as error:  # noqa: PT011
        keywords(alone)
    assert str(error.value) == "nothing to compare 'Echo' with; it is the only outlet of this set"
