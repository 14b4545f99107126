"""Which side an entry speaks for is read from its words, and hits are counted by leaning."""

import math

import pytest
from conftest import SHARED, at_hand

from biaskit.lexicon import read_lexicon
from biaskit.validation import read_gold
from biaskit.validation.balance import (
    LEANINGS,
    Stand,
    balance,
    balance_table,
    parse_towards,
    side_of,
)

LEXICON = """\
[lexicon]
name = "sides"

[[entry]]
id = "levy"
pattern = "death levy"
frame = "naming"
towards = "the levy (left): against"

[[entry]]
id = "gift"
pattern = "levy gift"
frame = "naming"
towards = "the levy's end (right): against"

[[entry]]
id = "edge"
pattern = "far-left"
frame = "naming"
towards = "the left: against"

[[entry]]
id = "name"
pattern = "leftcare"
frame = "naming"
towards = "the levy (left): open"

[[entry]]
id = "plain"
pattern = "levy"
frame = "neutral"
towards = "the levy (left): for"
"""

# left: 6 words; center: 8 + 4; right: none. Hits: levy in center 2, gift in left 1, center 1.
ROWS = [
    {"leaning": "left", "text": "The levy gift was a leftcare."},
    {"leaning": "center", "text": "The death levy.\nA levy gift, the levy."},
    {"leaning": "center", "text": "Another death levy. Oh."},
]


@pytest.fixture
def sides(tmp_path):
    (tmp_path / "sides.toml").write_text(LEXICON, encoding="utf-8")
    return read_lexicon(tmp_path / "sides.toml")


# ---- what an entry speaks for ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("towards", "stand"),
    [
        ("neither side", None),
        ("whoever acts: against", Stand("whoever acts", None, "against")),
        ("rules on guns (left): for", Stand("rules on guns", "left", "for")),
        ("the right: against, mildly", Stand("the right", "right", "against", True)),
        ("the left: for", Stand("the left", "left", "for")),
        ("whatever is named: stronger", Stand("whatever is named", None, "stronger")),
    ],
)
def test_towards_is_read(towards, stand):
    """Whom, on which side, for or against, and how strongly."""
    assert parse_towards(towards) == stand


@pytest.mark.parametrize("towards", ["", "the left", "the left: badly", "x (up): for", "a: for, b"])
def test_another_form_is_refused_with_one_that_works(towards):
    """An entry whose side can't be read would silently count for nobody."""
    with pytest.raises(ValueError, match="write 'neither side', or 'whom") as error:
        parse_towards(towards)
    assert str(error.value).startswith(f"towards is {towards!r}")


def test_to_speak_against_one_side_is_to_speak_for_the_other(sides):
    """Open entries and plain variants speak for none."""
    found = {entry.id: side_of(entry) for entry in sides.entries}
    assert found == {"levy": "right", "gift": "left", "edge": "right", "name": None, "plain": None}


def test_a_marker_that_says_nothing_of_sides_has_none(lexicon):
    """A user's lexicon need not have the key."""
    assert {side_of(entry) for entry in lexicon.entries} == {None}


# ---- counting --------------------------------------------------------------------------------


def test_each_entry_has_a_row_for_each_leaning(sides):
    """Hits and words can be counted by hand; what occurs nowhere has its row too."""
    table = balance_table(ROWS, sides)
    assert list(table["entry"]) == ["levy"] * 3 + ["gift"] * 3 + ["edge"] * 3
    assert list(table["leaning"]) == [*LEANINGS] * 3
    assert list(table["hits"]) == [0, 2, 0, 1, 1, 0, 0, 0, 0]
    assert list(table["words"]) == [6, 12, 0] * 3
    rates = table["per_1000_words"].tolist()
    assert rates[:2] == [0, pytest.approx(1_000 * 2 / 12)]
    assert math.isnan(rates[2])


def test_the_ratio_is_that_of_the_two_rates_in_the_center(sides):
    """2 hits for the right against 1 for the left; the outlets of the sides don't enter."""
    found = balance(ROWS, sides)
    assert found["center_ratio"] == pytest.approx(2)
    assert found["right_in_center"] == pytest.approx(1_000 * 2 / 12)
    assert found["left_in_left"] == pytest.approx(1_000 / 6)
    assert math.isnan(found["left_in_right"])
    assert (found["entries_left"], found["entries_right"]) == (1, 2)
    assert (found["hits_left"], found["hits_right"]) == (2, 2)
    assert (found["top_left"], found["top_right"]) == (1, 1)
    assert (found["n"], found["n_tokens"]) == (3, 18)


def test_the_ratio_does_not_depend_on_which_side_is_larger(sides):
    """One more hit for the left, and another: even, then one and a half to one."""
    more = {"leaning": "center", "text": "A levy gift."}
    assert balance([*ROWS, more], sides)["center_ratio"] == pytest.approx(1)
    assert balance([*ROWS, more, more], sides)["center_ratio"] == pytest.approx(1.5)


def test_without_hits_on_a_side_there_is_no_ratio(sides):
    """Nothing divides by nothing."""
    assert math.isnan(balance(ROWS[:1], sides)["center_ratio"])
    assert math.isnan(balance(ROWS[:1], sides)["top_right"])


def test_another_leaning_is_refused(sides):
    """A typing error would lose an outlet."""
    with pytest.raises(ValueError, match=r"'centre'; it must be one of left, center, right"):
        balance([{"leaning": "centre", "text": "A levy."}], sides)


def test_by_default_it_is_the_shipped_lexicon():
    """`rows` alone is enough."""
    found = balance([{"leaning": "center", "text": "The far-left and the far-right met."}])
    assert found["center_ratio"] == pytest.approx(1)


@pytest.mark.slow
def test_no_side_fires_much_more_in_the_center():
    """The promise of the lexicon, on real articles: at most 1.5 to 1."""
    found = balance(read_gold(at_hand(SHARED / "data" / "articles.jsonl.gz")))
    assert found["center_ratio"] <= 1.5
    assert found["hits_left"] > 1_000
    assert found["hits_right"] > 1_000
