"""What a word contributes adds up to the difference, and no word is hidden."""

import numpy as np
import pytest
from handmade import handmade
from hypothesis import given, settings
from hypothesis import strategies as st

from biaskit.shifts import mean_valence, shortened, vader_valences, word_shift
from biaskit.tables import require

VALENCES = {"good": 2.0, "fine": 1.0, "bad": -2.0, "absent": 3.0}
# Echo: good 3 (one of them quoted), bad 1; Post: good 1, fine 2, bad 1. Captions do not count.
COUNTS = [
    ("e1", "body", "good", "narration", 2),
    ("e1", "body", "good", "quoted", 1),
    ("e1", "body", "harbour", "narration", 5),
    ("e2", "headline", "bad", "narration", 1),
    ("e2", "caption", "bad", "narration", 9),
    ("p1", "body", "good", "narration", 1),
    ("p1", "body", "fine", "narration", 2),
    ("p1", "subhead", "bad", "reported", 1),
]
SIZES = [
    ("e1", "body", "narration", 7, 1),
    ("e1", "body", "quoted", 1, 1),
    ("e2", "headline", "narration", 1, 1),
    ("e2", "caption", "narration", 9, 1),
    ("p1", "body", "narration", 3, 1),
    ("p1", "subhead", "reported", 1, 1),
]
OUTLETS = {"Echo": ["e1", "e2"], "Post": ["p1"]}


@pytest.fixture
def small():
    return handmade(OUTLETS, counts=COUNTS, sizes=SIZES)


def shift_of(measured, *outlets, **options):
    """The shift as rows by term."""
    return word_shift(measured, *outlets, valences=VALENCES, **options).set_index("term")


# ---- means -----------------------------------------------------------------------------------


def test_the_mean_is_that_of_the_words_with_a_valence(small):
    """Echo: (3 * 2 - 2) / 4; harbour has none, and captions do not count."""
    table = require(mean_valence(small, valences=VALENCES), "valences")
    echo = table[(table["outlet"] == "Echo") & (table["voice"] == "all")].iloc[0]
    assert echo["mean"] == (3 * 2 - 2) / 4
    assert echo[["n", "n_tokens", "n_documents"]].tolist() == [4, 9, 2]
    assert echo[["low", "high"]].isna().all()


def test_each_voice_has_its_own_mean(small):
    """Echo's narration has 2 good and 1 bad; its quotations 1 good; nothing is reported."""
    table = mean_valence(small, valences=VALENCES)
    echo = table[table["outlet"] == "Echo"].set_index("voice")
    assert echo.at["narration", "mean"] == pytest.approx((2 * 2 - 2) / 3)
    assert echo.at["quoted", "mean"] == 2
    assert np.isnan(echo.at["reported", "mean"])
    assert echo.at["reported", "n"] == 0
    assert echo.at["narration", "n_tokens"] == 8


def test_without_a_list_the_valences_are_vader_s(small):
    """In VADER's own unit, -4 to 4."""
    vader = vader_valences()
    table = mean_valence(small)
    expected = (3 * vader["good"] + vader["bad"]) / 4
    assert table.loc[table["outlet"] == "Echo", "mean"].iloc[0] == pytest.approx(expected)
    assert min(vader.values()) >= -4
    assert max(vader.values()) <= 4
    assert len(vader) > 7_000


def test_copies_count_once():
    """A story printed twice is one story."""
    twice = handmade(OUTLETS, counts=COUNTS, sizes=SIZES, copies={"e2": "e1"})
    assert mean_valence(twice, valences=VALENCES)["mean"].iloc[0] == 2
    with_bad = word_shift(twice, "Echo", "Post", valences=VALENCES).set_index("term")
    assert with_bad.at["bad", "n_target"] == 0


# ---- shifts ----------------------------------------------------------------------------------


def test_contributions_are_counted_as_by_hand(small):
    """Post's mean is (2 + 2 - 2) / 4 = .5, so good lies 1.5 above it, fine .5, bad 2.5 below."""
    shift = require(word_shift(small, "Echo", "Post", valences=VALENCES), "word_shift")
    shift = shift.set_index("term")
    assert shift["contribution"].to_dict() == {
        "good": (3 / 4 - 1 / 4) * (2 - 0.5),
        "fine": (0 - 2 / 4) * (1 - 0.5),
        "bad": 0.0,
    }
    assert shift.loc["good", ["n_target", "n_reference"]].tolist() == [3, 1]
    assert shift.loc["bad", ["n_documents_target", "n_documents_reference"]].tolist() == [1, 1]
    assert shift.loc["fine", ["share_target", "share_reference"]].tolist() == [0, 2 / 4]
    assert shift["kind"].to_dict() == {
        "good": "above the mean, used more",
        "fine": "above the mean, used less",
        "bad": "below the mean, used as much",
    }


def test_a_word_that_contributes_nothing_is_shown_all_the_same(small):
    """ "bad" is as frequent on both sides; a word that neither uses took no part."""
    assert shift_of(small, "Echo", "Post").index.tolist() == ["good", "fine", "bad"]


def test_a_voice_has_its_own_shift(small):
    """In narration Echo has good 2 of 3."""
    shift = shift_of(small, "Echo", "Post", voice="narration")
    assert shift.at["good", "share_target"] == 2 / 3
    assert shift.at["bad", "n_reference"] == 0


words = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), min_size=1)
valued = st.fixed_dictionaries(
    {word: st.floats(-4, 4).map(lambda x: round(x, 2)) for word in "abcdefgh"}
)


def two_outlets(target, reference):
    """One document an outlet, with so many of each word."""
    counts = [
        (document, "body", term, "narration", n)
        for document, found in (("e", target), ("p", reference))
        for term, n in found.items()
    ]
    return handmade({"Echo": ["e"], "Post": ["p"]}, counts=counts)


@pytest.mark.slow
@settings(max_examples=25)
@given(words, words, valued)
def test_contributions_add_up_to_the_difference(target, reference, valences):
    """Exactly, whatever the words."""

    def mean(found):
        return sum(valences[word] * n for word, n in found.items()) / sum(found.values())

    shift = word_shift(two_outlets(target, reference), "Echo", "Post", valences=valences)
    difference = mean(target) - mean(reference)
    assert shift["contribution"].sum() == pytest.approx(difference, abs=1e-12)
    assert set(shift["term"]) == {*target, *reference}


@pytest.mark.slow
@settings(max_examples=25)
@given(words, words, valued, st.integers(0, 9))
def test_a_shortened_shift_adds_up_as_well(target, reference, valences, n):
    """The words that are not drawn stand in one row, with their number."""
    shift = word_shift(two_outlets(target, reference), "Echo", "Post", valences=valences)
    bars = shortened(shift, n)
    assert bars["contribution"].sum() == pytest.approx(shift["contribution"].sum(), abs=1e-12)
    assert len(bars) == min(n + 1, len(shift))


def test_a_shortened_shift_says_how_many_words_it_leaves_out(small):
    """The first words as they are, then the others together."""
    shift = word_shift(small, "Echo", "Post", valences=VALENCES)
    assert shortened(shift, 1)["term"].tolist() == ["good", "all 2 other words"]
    assert shortened(shift, 3)["term"].tolist() == ["good", "fine", "bad"]
    assert shortened(shift)["contribution"].tolist() == shift["contribution"].tolist()


def test_the_largest_contribution_comes_first_whatever_its_sign():
    """And ties go by name."""
    measured = two_outlets({"a": 5, "b": 1}, {"a": 1, "b": 5})
    shift = word_shift(measured, "Echo", "Post", valences={"a": -1.0, "b": 3.0})
    # Post's mean is 14 / 6: a lies 20 / 6 below it, b 4 / 6 above it.
    assert shift["term"].tolist() == ["a", "b"]
    assert shift["contribution"].to_numpy() == pytest.approx([-80 / 36, -16 / 36])
    # Post's mean is 0 here, and both words lie one from it.
    even = two_outlets({"b": 6, "a": 2}, {"a": 4, "b": 4})
    tied = word_shift(even, "Echo", "Post", valences={"a": -1.0, "b": 1.0})
    assert tied["term"].tolist() == ["a", "b"]
    assert tied["contribution"].tolist() == [0.25, 0.25]


def test_the_interval_of_a_contribution_is_over_documents():
    """Documents of ten words each: Welch's interval of the share, times the distance."""
    from scipy.stats import ttest_ind

    x, y = [6, 8, 7, 9, 5], [3, 5, 4, 2, 6, 4]
    counts = [
        (f"{side}{i}", "body", term, "narration", n)
        for side, side_counts in (("e", x), ("p", y))
        for i, good in enumerate(side_counts)
        for term, n in (("good", good), ("bad", 10 - good))
    ]
    outlets = {"Echo": [f"e{i}" for i in range(5)], "Post": [f"p{i}" for i in range(6)]}
    shift = shift_of(handmade(outlets, counts=counts), "Echo", "Post")
    welch = ttest_ind(np.array(x) / 10, np.array(y) / 10, equal_var=False).confidence_interval(0.95)
    mean = (24 * 2 - 36 * 2) / 60
    good, bad = shift.loc["good"], shift.loc["bad"]
    assert (good["low"], good["high"]) == pytest.approx(
        (welch.low * (2 - mean), welch.high * (2 - mean))
    )
    assert (bad["low"], bad["high"]) == pytest.approx(
        (welch.low * (mean + 2), welch.high * (mean + 2))
    )
    assert (shift["low"] <= shift["contribution"]).all()


def test_below_five_documents_a_side_there_is_no_interval(small):
    """A shift of three articles is a description."""
    assert shift_of(small, "Echo", "Post")[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("outlets", "options", "message"),
    [
        (("Eco", "Post"), {}, "no outlet 'Eco'; this corpus has Echo, Post"),
        (("Echo", "Echo"), {}, "'Echo' is compared with nothing; name another outlet, too"),
        (("Echo", "Post"), {"voice": "quoted"},
         "Post has no word with a valence (quoted); a shift needs some on both sides"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_a_sentence(small, outlets, options, message):
    """Naming the outlet."""
    with pytest.raises(ValueError, match="o") as error:
        word_shift(small, *outlets, **options)
    assert str(error.value) == message
