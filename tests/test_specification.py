"""The same comparison under every reasonable choice, each choice with what it changes."""

import dataclasses

import numpy as np
import pytest
from handmade import entry, handmade, hit

from biaskit.specification import specification_curve, specification_sentence

ECHO = [f"e{i}" for i in range(6)]
POST = [f"p{i}" for i in range(6)]
ENTRIES = [entry("coup", "rule/overthrow"), entry("mob", "threat"), entry("change", "neutral")]


def sizes(document, **zones):
    """Tokens of narration by zone; quotations hold a tenth of the body's."""
    rows = [(document, zone, "narration", n, 1) for zone, n in sorted(zones.items())]
    return [*rows, (document, "body", "quoted", zones["body"] // 10, 1)]


@pytest.fixture(scope="module")
def measured():
    """Echo writes two coups an article, Post one, in a headline; p5 is a copy of p4."""
    hits = [hit(d, "coup", start=n) for d in ECHO for n in range(2)]
    hits += [hit(d, "coup", zone="headline") for d in POST]
    hits += [hit(d, "mob", start=9, voice="quoted") for d in POST[:3]]
    hits += [hit(d, "coup", start=50, zone="recurring") for d in POST]
    return handmade(
        {"Echo": ECHO, "Post": POST},
        entries=ENTRIES,
        hits=hits,
        copies={"p5": "p4"},
        sizes=[
            row
            for i, d in enumerate([*ECHO, *POST])
            for row in sizes(d, headline=10, body=100 + i, recurring=10)
        ],
    )


@pytest.fixture(scope="module")
def table(measured):
    """Echo against Post, under every choice."""
    return specification_curve(measured)


def one(table, **chosen):
    """The one row with these choices; what is not named is as in the usual comparison."""
    usual = {"voice": "all", "zones": "article", "copies": "left out", "recurring": "left out",
             "markers": "all"}  # fmt: skip
    for column, value in {**usual, **chosen}.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_every_combination_is_made_once(table):
    """Three voices, three sets of zones, copies, recurring lines, and two frames to leave out."""
    choices = ["voice", "zones", "copies", "recurring", "markers"]
    assert not table.duplicated(choices).any()
    assert [table[c].nunique() for c in choices] == [3, 3, 2, 2, 3]
    assert table["rank"].tolist() == list(range(len(table)))
    assert table["log_ratio"].dropna().is_monotonic_increasing
    assert {*table["target"]} == {"Echo"}
    assert {*table["reference"]} == {"Post"}


@pytest.mark.parametrize(
    ("chosen", "n_target", "n_reference"),
    [
        ({}, 12, 5 + 3),
        ({"voice": "narration"}, 12, 5),
        ({"voice": "unquoted"}, 12, 5),
        ({"zones": "body"}, 12, 3),
        ({"copies": "counted"}, 12, 6 + 3),
        ({"recurring": "counted"}, 12, 5 + 3 + 5),
        ({"recurring": "counted", "copies": "counted"}, 12, 6 + 3 + 6),
        ({"markers": "threat"}, 12, 5),
        ({"markers": "rule"}, 0, 3),
    ],
)
def test_each_choice_counts_what_it_says(table, chosen, n_target, n_reference):
    """By hand, from the comment on the set."""
    row = one(table, **chosen)
    assert (row["n_target"], row["n_reference"]) == (n_target, n_reference)


def test_a_choice_that_changes_nothing_is_not_made(measured):
    """Without copies and recurring lines there is one way to treat them."""
    hits = measured.hits[measured.hits["zone"] != "recurring"]
    plain = dataclasses.replace(
        measured, hits=hits, documents=measured.documents.assign(copy_of=None)
    )
    table = specification_curve(plain)
    assert {*table["copies"]} == {*table["recurring"]} == {"left out"}


def test_one_entry_can_be_looked_at_alone(measured):
    """Then there is no frame to leave out."""
    table = specification_curve(measured, entry="mob")
    assert {*table["markers"]} == {"all"}
    assert one(table, copies="left out")["n_reference"] == 3


@pytest.mark.slow
def test_swapping_the_outlets_flips_every_effect(measured, table):
    """Neither is privileged."""
    there = table["log_ratio"].dropna()
    back = specification_curve(measured, "Post", "Echo")["log_ratio"].dropna()
    np.testing.assert_allclose(sorted(there), sorted(-back))


def test_the_sentence_counts_the_rows(table):
    """How many ways, how many give the target more, and between what bounds."""
    known = table.dropna(subset=["log_ratio"])
    sentence = specification_sentence(table)
    more = (known["log_ratio"] > 0).sum()
    assert sentence.startswith(
        f"Of {len(known)} reasonable ways to make this comparison, {more} give Echo more than Post;"
    )
    sure = ((known["low"] > 0) | (known["high"] < 0)).sum()
    assert sentence.endswith(f", and in {sure} the 95 % interval lies on one side of equal.")
    assert specification_sentence(table[:0]) == "No choice leaves enough hits to compare."


def test_the_sentence_says_when_nothing_is_sure(table):
    """An interval that holds equal is not one that there is none of."""
    unsure = specification_sentence(table.assign(low=-1.0, high=1.0))
    assert unsure.endswith(", and in none does the 95 % interval lie on one side of equal.")
    untested = specification_sentence(table.assign(low=np.nan, high=np.nan))
    assert untested.endswith(", and no interval is given, for want of articles.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"target": "Eco"}, "no outlet 'Eco'; this set has Echo, Post"),
        ({"entry": "cup"}, "no entry 'cup' in the lexicons of this set; see biaskit lexicon list"),
    ],
)
def test_what_is_not_there_is_named(measured, arguments, message):
    """In one sentence, with what would have worked."""
    with pytest.raises(ValueError, match="no ") as error:
        specification_curve(measured, **arguments)
    assert str(error.value) == message


def test_of_three_outlets_two_have_to_be_named(measured):
    """Nobody can guess which."""
    documents = measured.documents.copy()
    documents.loc[documents["document"] == "e0", "outlet"] = "Tribune"
    with pytest.raises(ValueError, match=r"^name the two outlets to compare; this set has Echo"):
        specification_curve(dataclasses.replace(measured, documents=documents))
