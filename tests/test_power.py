"""Power comes from the corpus's own spread: it grows with articles and effects, and is honest."""

import numpy as np
import pytest
from test_comparison import NEWS, THREE

import biaskit
from biaskit.power import SIZES, power, power_sentence
from biaskit.tables import COLUMNS


def at(table, size: int) -> float:
    return float(table.loc[table["n_documents"] == size, "power"].iloc[0])


def test_there_is_a_row_for_each_size():
    """With the columns of the contract and an interval over runs."""
    table = power(NEWS, runs=200)
    assert list(table.columns) == list(COLUMNS["power"])
    assert list(table["n_documents"]) == list(SIZES)
    assert ((table["low"] <= table["power"]) & (table["power"] <= table["high"])).all()
    assert set(table["n_drawn_from"]) == {60}


def test_power_grows_with_articles_and_with_the_effect():
    """More of either, and the difference is seen oftener, up or down."""
    table = power(NEWS, effect=1.5, sizes=(10, 60, 300), runs=300)
    assert at(table, 10) < at(table, 60) < at(table, 300)
    assert at(power(NEWS, effect=3, sizes=(10,), runs=300), 10) > at(table, 10)
    assert at(power(NEWS, effect=0.3, sizes=(60,), runs=300), 60) > 0.9


def test_with_next_to_no_effect_the_test_reports_as_often_as_alpha():
    """One in twenty, or one in a hundred."""
    for alpha in (0.05, 0.01):
        table = power(NEWS, effect=1.0001, sizes=(50,), alpha=alpha, runs=3_000)
        assert at(table, 50) == pytest.approx(alpha, abs=0.015)


def test_an_item_a_level_and_an_outlet_are_chosen():
    """Rarer items need more articles; Echo uses "coup" four times as often as Post."""
    sizes = {"sizes": (60,), "runs": 400}
    coup = at(power(NEWS, "coup", level="entry", outlet="Echo", **sizes), 60)
    assert coup > at(power(NEWS, "coup", level="entry", outlet="Post", **sizes), 60)
    narrated = power(NEWS, "coup", level="entry", voice="narration", **sizes)
    assert at(narrated, 60) != at(power(NEWS, "coup", level="entry", **sizes), 60)


def test_the_seed_is_the_table():
    """The same generator, the same power."""
    one, same, other = (
        power(NEWS, runs=100, rng=np.random.default_rng(seed))["power"].tolist()
        for seed in (1, 1, 2)
    )
    assert one == same != other


def test_a_table_reads_as_a_sentence():
    """From how many articles on; or how often at most."""
    enough = power(NEWS, effect=2, sizes=(10, 200), runs=100)
    assert power_sentence(enough) == (
        "To see “all” 2 times as often in 80% of studies takes about 200 articles a side."
    )
    few = power(NEWS, effect=1.2, sizes=(10,), runs=100)
    share = f"{at(few, 10):.0%}"
    assert power_sentence(few) == (
        f"With 10 articles a side, “all” 1.2 times as often is seen in {share} of studies."
    )


def test_the_three_articles_tell_their_spread_and_no_more():
    """Even three can be drawn from; the table says that it was three."""
    assert set(power(biaskit.load(THREE), runs=10)["n_drawn_from"]) == {3}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"item": "putsch"}, "'putsch' never occurs, so that its spread is unknown"),
        ({"outlet": "Eco"}, "no outlet 'Eco'; this set has Echo, Post"),
        ({"effect": 1}, "an effect of 1 is none to look for; 1.5 is half as often again"),
        ({"level": "set"}, "power is told for rates: level entry, frame or term"),
    ],
)
def test_an_error_names_what_would_have_worked(given, message):
    """In one sentence."""
    with pytest.raises(ValueError) as error:  # noqa: PT011
        power(NEWS, **given)
    assert str(error.value) == message
