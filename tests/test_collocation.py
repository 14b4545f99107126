"""Collocates are counted beside hits, and compared over documents."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import entry, handmade, hit
from hypothesis import given
from hypothesis import strategies as st

from biaskit import collocation
from biaskit.collocation import collocate_differences, collocates, difference_interval, log_dice
from biaskit.resampling import counted
from biaskit.tables import require

# Echo writes "regime" twice in e1 and once in e2, Post once in p1. In e1 "grim" stands beside
# it twice, in e2 once; Post has "calm" beside it. Each document counts its words once more.
OUTLETS = {"Echo": ["e1", "e2", "e3"], "Post": ["p1", "p2"]}
HITS = [
    hit("e1", "regime"),
    hit("e1", "regime", voice="quoted"),
    hit("e2", "regime"),
    hit("p1", "regime"),
    hit("p2", "regime", zone="caption"),
]
BESIDE = [
    ("e1", "body", "narration", "regime", "grim", 1),
    ("e1", "body", "narration", "regime", "the", 2),
    ("e1", "body", "quoted", "regime", "grim", 1),
    ("e2", "body", "narration", "regime", "grim", 1),
    ("e2", "body", "narration", "other", "grim", 5),
    ("p1", "body", "narration", "regime", "calm", 1),
    ("p2", "caption", "narration", "regime", "calm", 1),
]
COUNTS = [
    ("e1", "body", "grim", "narration", 3),
    ("e1", "body", "the", "narration", 9),
    ("e2", "body", "grim", "narration", 1),
    ("e3", "headline", "grim", "quoted", 1),
    ("e3", "caption", "grim", "narration", 7),
    ("p1", "body", "calm", "narration", 1),
    ("p2", "caption", "calm", "narration", 1),
]
ENTRIES = [entry("regime", "naming/rulers"), entry("other", "naming/rulers")]


@pytest.fixture
def small():
    return handmade(OUTLETS, hits=HITS, cooccurrences=BESIDE, counts=COUNTS, entries=ENTRIES)


@pytest.fixture(autouse=True)
def few_shuffles(monkeypatch):
    """Enough for what is tested here."""
    monkeypatch.setattr(collocation, "PERMUTATIONS", 499)


def row_of(table, **values):
    """The one row with these values."""
    for column, value in values.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


# ---- logDice ---------------------------------------------------------------------------------


def test_log_dice_is_that_of_the_paper():
    """14 + log2 D; 14 for words that never part, 13 where a half of both is shared."""
    assert log_dice(7, 7, 7) == 14
    assert log_dice(5, 10, 10) == 13
    assert log_dice(3, 100, 40) == pytest.approx(14 + np.log2(6 / 140))


def test_log_dice_of_words_that_never_meet_is_missing():
    """Minus infinity is no number to sort by."""
    assert np.isnan(log_dice(0, 3, 4))


@given(st.integers(1, 50), st.integers(50, 500), st.integers(50, 500), st.integers(2, 9))
def test_log_dice_does_not_grow_with_the_corpus(n, n_entry, n_term, times):
    """The same corpus several times over has the same collocates."""
    assert log_dice(n * times, n_entry * times, n_term * times) == pytest.approx(
        float(log_dice(n, n_entry, n_term))
    )


# ---- collocates ------------------------------------------------------------------------------


def test_collocates_are_counted_as_by_hand(small):
    """Echo: 3 hits in 2 documents, grim 3 times beside them, 5 times in headline and body."""
    table = require(collocates(small, "regime", min_n=1), "collocates")
    assert table[["outlet", "term"]].to_numpy().tolist() == [["Echo", "grim"], ["Post", "calm"]]
    grim = table.iloc[0]
    counts = ["n", "n_entry", "n_term", "n_documents"]
    assert grim[counts].tolist() == [3, 3, 5, 2]
    assert grim["per_hit"] == 3 / 3
    assert grim["log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (3 + 5)))
    assert grim["largest_share"] == 2 / 3
    assert np.isnan(grim["low"])
    assert table.iloc[1][counts].tolist() == [1, 1, 1, 1]


def test_rare_collocates_are_left_out_by_min_n(small):
    """Outlet by outlet: Post has calm only once."""
    assert collocates(small, "regime", min_n=2)["term"].tolist() == ["grim"]
    assert collocates(small, "regime", min_n=4).empty


def test_function_words_are_left_out_unless_asked_for(small):
    """The commonest neighbour of every word tells nothing of it."""
    asked = collocates(small, "regime", min_n=1, function_words=True)
    assert row_of(asked, term="the")[["n", "n_term"]].tolist() == [2, 9]
    assert "the" not in set(collocates(small, "regime", min_n=1)["term"])


@pytest.mark.parametrize("term", ["the", "their", "n't", "'s", "'re"])
def test_what_grammar_puts_there_is_a_function_word(term):
    """Contracted or not."""
    import pandas as pd

    assert collocation.is_function_word(pd.Series([term, "harbour"])).tolist() == [True, False]


def test_the_voice_is_that_of_the_entry(small):
    """In narration Echo has two hits with one grim each; in quotations one with one."""
    for voice, expected in (("narration", [2, 2, 5]), ("quoted", [1, 1, 5]), ("all", [3, 3, 5])):
        table = collocates(small, "regime", min_n=1, voice=voice)
        found = row_of(table, outlet="Echo")
        assert found[["n", "n_entry", "n_term"]].tolist() == expected


def test_highest_log_dice_comes_first_and_ties_go_by_name():
    """What keeps company with nothing else stands at the top."""
    beside = [("e1", "body", "narration", "regime", term, 1) for term in ("ab", "zz", "aa", "cd")]
    counts = [("e1", "body", term, "narration", n) for _, _, _, _, term, n in beside]
    counts[3] = ("e1", "body", "cd", "narration", 50)
    one = handmade(
        {"Echo": ["e1"]},
        hits=[hit("e1", "regime")],
        cooccurrences=beside,
        counts=counts,
        entries=ENTRIES,
    )
    assert collocates(one, "regime", min_n=1)["term"].tolist() == ["aa", "ab", "zz", "cd"]


def test_copies_count_once():
    """A story printed twice is one story."""
    twice = handmade(
        OUTLETS, hits=HITS, cooccurrences=BESIDE, counts=COUNTS, entries=ENTRIES,
        copies={"e2": "e1"},
    )  # fmt: skip
    assert row_of(collocates(twice, "regime", min_n=1), term="grim")["n"] == 2


def test_the_interval_is_that_of_a_ratio_over_documents():
    """Five documents with one hit each, and 0, 0, 1, 1, 1 times the term: t on 4 degrees."""
    names = [f"e{i}" for i in range(5)]
    five = handmade(
        {"Echo": names},
        hits=[hit(name, "regime") for name in names],
        cooccurrences=[(name, "body", "narration", "regime", "grim", 1) for name in names[2:]],
        counts=[(name, "body", "grim", "narration", 1) for name in names],
        entries=ENTRIES,
    )
    found = collocates(five, "regime", min_n=1).iloc[0]
    reach = 2.776445 * np.std([0, 0, 1, 1, 1], ddof=1) / np.sqrt(5)
    assert found["per_hit"] == 3 / 5
    assert found["high"] == pytest.approx(3 / 5 + reach, abs=1e-6)
    assert found["low"] == pytest.approx(max(3 / 5 - reach, 0), abs=1e-6)


def test_an_entry_that_is_not_there_names_those_that_are(small):
    """Only entries that occur in an article, since others have no neighbours."""
    with pytest.raises(ValueError, match="regme") as error:
        collocates(small, "regme")
    assert str(error.value) == "no entry 'regme' in the articles of this set; they have regime"


def test_a_voice_that_is_none_names_those_there_are(small):
    """In one sentence."""
    with pytest.raises(ValueError, match=r"^no voice 'loud'; there are all, unquoted, narration"):
        collocates(small, "regime", voice="loud")


def test_a_measured_set_has_the_collocates_that_its_pages_show(measured):
    """Echo/one.txt: 'The coup in Velmora began at dawn'; 'was hurt in the coup'."""
    table = collocates(measured, "coup", min_n=1)
    echo = table[table["outlet"] == "Echo"].set_index("term")
    assert echo.at["velmora", "n"] == 1
    assert echo.at["hurt", "n"] == 1
    assert set(echo["n_entry"]) == {3}
    assert "Post" not in set(table["outlet"]), "Post's coup stands in a related link"


# ---- differences -----------------------------------------------------------------------------


def two_sides(target, reference, term="grim"):
    """One hit in each document, and so many times the term beside it."""
    names = {"Echo": [f"e{i}" for i in range(len(target))],
             "Post": [f"p{i}" for i in range(len(reference))]}  # fmt: skip
    documents = [*names["Echo"], *names["Post"]]
    rows = [*zip(documents, [*target, *reference], strict=True)]
    return handmade(
        names,
        hits=[hit(name, "regime") for name in documents],
        cooccurrences=[(d, "body", "narration", "regime", term, n) for d, n in rows if n],
        counts=[(d, "body", term, "narration", 2) for d in documents],
        entries=ENTRIES,
    )


ECHO, POST = [1, 1, 0, 1, 1, 1, 0, 1], [0, 1, 0, 0, 0, 1]


def test_differences_are_counted_as_by_hand():
    """6 of 8 hits against 2 of 6."""
    table = collocate_differences(two_sides(ECHO, POST), "regime", min_n=1)
    found = require(table, "collocate_differences").iloc[0]
    assert found[["target", "reference", "entry", "term"]].tolist() == [
        "Echo", "Post", "regime", "grim",
    ]  # fmt: skip
    assert found[["n_target", "n_reference"]].tolist() == [6, 2]
    assert found[["n_entry_target", "n_entry_reference"]].tolist() == [8, 6]
    assert found[["n_documents_target", "n_documents_reference"]].tolist() == [6, 2]
    assert found["per_hit_target"] == 6 / 8
    assert found["per_hit_reference"] == 2 / 6
    assert found["difference"] == pytest.approx(6 / 8 - 2 / 6)
    assert found["log_dice_target"] == pytest.approx(14 + np.log2(2 * 6 / (8 + 16)))
    assert found["log_dice_reference"] == pytest.approx(14 + np.log2(2 * 2 / (6 + 12)))
    assert found["largest_share"] == 1 / 8
    assert found["note"] is None
    assert found["q"] == found["p"]


def test_with_one_hit_a_document_the_interval_is_welch_s():
    """The ratio estimator of documents of one size is their mean."""
    from scipy.stats import ttest_ind

    found = collocate_differences(two_sides(ECHO, POST), "regime", min_n=1).iloc[0]
    expected = ttest_ind(ECHO, POST, equal_var=False).confidence_interval(0.95)
    assert (found["low"], found["high"]) == pytest.approx((expected.low, expected.high))


def test_p_is_the_share_of_shuffles_that_reach_the_difference(monkeypatch):
    """
    5 of 5 against 1 of 5: of the 252 ways to deal the ten documents, 12 are as far apart.

    Either side may have a single one of the six that have the term beside a hit: 2 * 6.
    """
    monkeypatch.setattr(collocation, "PERMUTATIONS", 9_999)
    found = collocate_differences(two_sides([1] * 5, [0] * 4 + [1]), "regime", min_n=1).iloc[0]
    assert found["p"] == pytest.approx(12 / 252, abs=0.006)


def test_an_outlet_without_the_entry_has_no_figure_to_compare():
    """Missing, and said in words; never 0."""
    sides = two_sides([1] * 6, [1] * 6)
    only = replace(sides, hits=sides.hits[sides.hits["document"].str.startswith("e")])
    beside = sides.cooccurrences
    only = replace(only, cooccurrences=beside[beside["document"].str.startswith("e")])
    found = collocate_differences(only, "regime", min_n=1).iloc[0]
    missing = ["per_hit_reference", "difference", "low", "high", "p", "log_dice_reference"]
    assert found[missing].isna().all()
    assert found["n_entry_reference"] == 0
    assert found["note"].startswith("6 and 0 documents: ")


def test_swapping_the_outlets_flips_the_signs():
    """Neither outlet is privileged."""
    sides = two_sides(ECHO, POST)
    one = collocate_differences(sides, "regime", "Echo", "Post", min_n=1).iloc[0]
    other = collocate_differences(sides, "regime", "Post", "Echo", min_n=1).iloc[0]
    assert other["difference"] == -one["difference"]
    assert (other["low"], other["high"]) == pytest.approx((-one["high"], -one["low"]))
    assert other["n_target"] == one["n_reference"]
    assert other["log_dice_target"] == one["log_dice_reference"]


def test_below_five_documents_a_side_nothing_is_tested():
    """And the table says so."""
    found = collocate_differences(two_sides([1] * 9, [0] * 4), "regime", min_n=1).iloc[0]
    assert found[["low", "high", "p", "q"]].isna().all()
    assert found["note"] == ("9 and 4 documents: below 5 a side there is no interval and no p")
    assert found["difference"] == 1
    assert np.isnan(found["log_dice_reference"])


def test_min_n_counts_both_outlets_together():
    """A word that the target never uses is still news."""
    sides = two_sides(ECHO, POST)
    assert len(collocate_differences(sides, "regime", min_n=8)) == 1
    assert collocate_differences(sides, "regime", min_n=9).empty


def test_voice_and_function_words_are_chosen_as_for_collocates():
    """Options of one name do the same everywhere."""
    the = two_sides(ECHO, POST, term="the")
    assert collocate_differences(the, "regime", min_n=1).empty
    assert len(collocate_differences(the, "regime", min_n=1, function_words=True)) == 1
    sides = two_sides(ECHO, POST)
    assert collocate_differences(sides, "regime", min_n=1, voice="quoted").empty


def test_the_same_seed_gives_the_same_p(monkeypatch):
    """And another may give another."""
    monkeypatch.setattr(collocation, "PERMUTATIONS", 99)
    sides = two_sides(ECHO, POST)

    def p(seed):
        rng = np.random.default_rng(seed)
        return collocate_differences(sides, "regime", min_n=1, rng=rng)["p"].item()

    assert p(1) == p(1) == collocate_differences(sides, "regime", min_n=1)["p"].item()
    assert len({p(seed) for seed in range(8)}) > 1


def test_the_surest_difference_comes_first():
    """By the near end of its interval, whatever its sign; what has none comes last."""
    parts = [two_sides(ECHO, POST, "weak"), two_sides([0] * 7 + [1], [1] * 6, "strong")]
    both = replace(
        parts[0],
        cooccurrences=together(parts, "cooccurrences"),
        counts=together(parts, "counts"),
    )
    assert collocate_differences(both, "regime", min_n=1)["term"].tolist() == ["strong", "weak"]


def together(sets, table):
    import pandas as pd

    return pd.concat([getattr(one, table) for one in sets], ignore_index=True)


def test_every_pair_is_compared_unless_outlets_are_named():
    """Three outlets make three pairs; one named outlet has two."""
    three = handmade(
        {"A": ["a"], "B": ["b"], "C": ["c"]},
        hits=[hit(d, "regime") for d in "abc"],
        cooccurrences=[(d, "body", "narration", "regime", "grim", 1) for d in "abc"],
        counts=[(d, "body", "grim", "narration", 1) for d in "abc"],
        entries=ENTRIES,
    )

    def pairs(*outlets):
        table = collocate_differences(three, "regime", *outlets, min_n=1)
        return [*zip(table["target"], table["reference"], strict=True)]

    assert pairs() == [("A", "B"), ("A", "C"), ("B", "C")]
    assert pairs("B") == [("B", "A"), ("B", "C")]
    assert pairs("C", "A") == [("C", "A")]


@pytest.mark.parametrize(
    ("outlets", "message"),
    [
        (("Eco",), "no outlet 'Eco'; this corpus has Echo, Post"),
        (("Echo", "Pst"), "no outlet 'Pst'; this corpus has Echo, Post"),
        (("Echo", "Echo"), "'Echo' is compared with nothing; name another outlet, too"),
        ((None, "Post"), "'Post' is compared with nothing; name another outlet, too"),
    ],
)
def test_outlets_that_cannot_be_compared_are_named(outlets, message, small):
    """One sentence for each fault."""
    with pytest.raises(ValueError, match="'") as error:
        collocate_differences(small, "regime", *outlets)
    assert str(error.value) == message


def test_one_outlet_is_compared_with_nothing():
    """A difference needs two."""
    with pytest.raises(
        ValueError, match=r"^this set has one outlet, Echo; a difference needs two$"
    ):
        collocate_differences(handmade({"Echo": ["e1"]}), "regime")


def test_where_no_document_differs_there_is_no_interval():
    """Two sides of documents all alike have no spread to measure with."""
    units = counted(np.ones((10, 1)), np.ones(10))
    first = np.arange(10) < 5
    low, high = difference_interval(units.totals(first[:, None]), units.totals(~first[:, None]))
    assert np.isnan([low, high]).all()
