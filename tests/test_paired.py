"""Outlets are compared within the events both tell, and nothing is tested on too few."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from biaskit.paired import (
    FEWEST_EVENTS,
    coverage,
    event_differences,
    mantel_haenszel,
    paired_comparison,
    sign_flip,
    tellings,
)
from biaskit.paired.formulae import bca_interval
from biaskit.tables import build

# Hits and tokens of Echo and Post in seven events, one article each; the last is Echo's alone.
ECHO = [(3, 100), (2, 100), (4, 200), (1, 50), (2, 100), (5, 250), (9, 100)]
POST = [(1, 100), (1, 100), (2, 200), (1, 100), (0, 100), (3, 250)]
# Mean over six events: ((3-1) + (2-1) + (2-1) + (2-1) + (2-0) + (2-1.2)) / 100 / 6.
MEAN = 1_000 * (0.02 + 0.01 + 0.01 + 0.01 + 0.02 + 0.008) / 6


@pytest.fixture
def made(measured):
    """A set of those articles, each with hits of "coup" in narration."""
    documents, sizes, hits = [], [], []
    for outlet, cells in (("Echo", ECHO), ("Post", POST)):
        for k, (n, n_tokens) in enumerate(cells):
            document = f"{outlet}-{k}"
            documents.append({"document": document, "outlet": outlet, "event": f"event-{k}",
                              "date_low": "2031-05-04", "n_tokens": 0,
                              "n_sentences": 0})  # fmt: skip
            sizes.append((document, "body", "narration", n_tokens, 1))
            hit = {"document": document, "zone": "body", "voice": "narration", "lexicon": "tiny",
                   "entry": "coup", "sentence": 0, "start": 0, "end": 4}  # fmt: skip
            hits += [hit] * n
    return replace(
        measured,
        documents=build("documents", documents),
        sizes=build("sizes", sizes),
        hits=build("hits", hits),
    )


def changed(made, document, **values):
    documents = made.documents.copy()
    for column, value in values.items():
        documents.loc[documents["document"] == document, column] = value
    return replace(made, documents=documents)


def only(table):
    (row,) = table.itertuples()
    return row


# ---- events of a set --------------------------------------------------------------------------


def test_tellings_count_by_hand(made):
    """Hits, tokens, documents and mean rate of each outlet in each event."""
    told = tellings(made).set_index(["event", "outlet"])
    assert len(told) == 13
    assert list(told.loc[("event-2", "Echo")]) == [4, 200, 1, pytest.approx(20)]
    assert list(told.loc[("event-4", "Post")]) == [0, 100, 1, 0]


def test_a_rate_is_the_mean_over_documents(made):
    """Two articles of one outlet on an event count alike, however long they are."""
    both = changed(made, "Echo-5", event="event-0")  # 3 / 100 and 5 / 250
    row = tellings(both).set_index(["event", "outlet"]).loc[("event-0", "Echo")]
    assert (row["n"], row["n_tokens"], row["n_documents"]) == (8, 350, 2)
    assert row["per_1000"] == pytest.approx(1_000 * (3 / 100 + 5 / 250) / 2)


def test_copies_and_agency_stories_count_once(made):
    """A copy never, and of an outlet's agency stories on one event the first."""
    copied = changed(changed(made, "Echo-5", event="event-0"), "Echo-5", copy_of="Echo-0")
    assert tellings(copied).set_index(["event", "outlet"]).at[("event-0", "Echo"), "n"] == 3
    wire = changed(changed(made, "Echo-5", event="event-0", wire=True), "Echo-0", wire=True)
    assert tellings(wire).set_index(["event", "outlet"]).at[("event-0", "Echo"), "n"] == 3
    later = changed(wire, "Echo-0", date_low="2031-05-05")
    assert tellings(later).set_index(["event", "outlet"]).at[("event-0", "Echo"), "n"] == 5
    one = changed(changed(made, "Echo-5", event="event-0", wire=True), "Echo-0", wire=False)
    assert tellings(one).set_index(["event", "outlet"]).at[("event-0", "Echo"), "n"] == 8


def test_matches_give_the_events_where_the_set_has_none(made):
    """What was matched counts, not the column."""
    matches = build("decisions", [("Echo-0", "x"), ("Post-3", "x")])
    told = tellings(made, matches)
    assert list(zip(told["event"], told["outlet"], told["n"], strict=True)) == [
        ("x", "Echo", 3),
        ("x", "Post", 1),
    ]


def test_frame_entry_and_voice_choose_what_counts(made):
    """Each option changes the answer."""
    assert tellings(made, frame="naming/rule")["n"].sum() == 38 - 4
    assert tellings(made, frame="naming/rulers")["n"].sum() == 0
    assert tellings(made, entry="regime")["n"].sum() == 0
    assert tellings(made, entry="coup")["n"].sum() == 34
    assert tellings(made, voice="quoted").empty


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"frame": "nome"}, "no frame 'nome'; this set's lexicons have naming/rule, naming/rulers"),
        ({"entry": "coop"}, "no entry 'coop'; see biaskit lexicon list"),
        ({"voice": "loud"}, "no voice 'loud'; there are all, unquoted, narration, quoted, "
         "reported, attributed"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused(made, options, message):
    """With what there is instead."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        tellings(made, **options)


def test_without_events_there_is_nothing_to_pair(measured):
    """The message says how to get some."""
    with pytest.raises(ValueError, match=r"^no document has an event; name them in the metadata"):
        paired_comparison(measured)


def test_coverage_shows_what_is_left_out(made):
    """A row per event and outlet, 0 where the outlet is silent; the events most tell come first."""
    table = coverage(made)
    assert len(table) == 14
    last = table.tail(2)
    assert list(last["event"]) == ["event-6", "event-6"]
    assert list(last["n_documents"]) == [1, 0]
    assert (table["n_documents"].head(12) == 1).all()


# ---- within events ----------------------------------------------------------------------------


def test_differences_are_of_events_that_both_tell(made):
    """Six of seven; the target is the first in the alphabet."""
    table = event_differences(tellings(made))
    assert list(table["event"]) == [f"event-{k}" for k in range(6)]
    assert list(table["difference"]) == pytest.approx([20, 10, 10, 10, 20, 8])
    assert {*table["target"]}, {*table["reference"]} == ({"Echo"}, {"Post"})


def test_the_comparison_says_how_much_and_how_sure(made):
    """All six differences have one sign: 2 of 64 flips reach their sum."""
    row = only(paired_comparison(made))
    assert (row.target, row.reference, row.voice, row.n_events) == ("Echo", "Post", "all", 6)
    assert row.difference == pytest.approx(MEAN)
    assert row.p == 2 / 64
    assert row.p_wilcoxon == 2 / 64
    assert 8 <= row.low < row.difference < row.high <= 20
    assert 1 < row.odds_low < row.odds_ratio < row.odds_high
    assert row.note == ""


def test_the_unpaired_difference_stands_beside(made):
    """It counts Echo's seventh article, on an event that Post left out."""
    row = only(paired_comparison(made))
    echo, post = (np.mean([1_000 * n / size for n, size in x]) for x in (ECHO, POST))
    assert row.unpaired == pytest.approx(echo - post)
    assert row.unpaired > 2 * row.difference - 10
    assert 0 < row.p_unpaired < 1


@pytest.mark.parametrize("n", [0, 1, 5])
def test_below_six_events_nothing_is_tested(made, n):
    """The row stays, says why, and leaves p and intervals missing."""
    matches = build("decisions", [(f"{o}-{k}", f"e{k}") for k in range(n) for o in ("Echo", "Post")]
                    or [("Echo-0", "alone")])  # fmt: skip
    row = only(paired_comparison(made, matches))
    assert row.n_events == n < FEWEST_EVENTS
    assert np.isnan([row.p, row.p_wilcoxon, row.low, row.high, row.odds_low]).all()
    assert (
        row.note
        == {
            0: "no event that both tell",
            1: "1 event that both tell; below 6 nothing is tested",
            5: "5 events that both tell; below 6 nothing is tested",
        }[n]
    )
    assert np.isnan(row.difference) == (n == 0)


def test_without_hits_there_is_no_odds_ratio(made):
    """No difference at all is p = 1; a ratio of nothing is missing."""
    row = only(paired_comparison(made, entry="uprising"))
    assert (row.difference, row.p, row.note) == (0, 1, "no hit in these events")
    assert np.isnan([row.odds_ratio, row.odds_low, row.p_wilcoxon, row.p_unpaired]).all()


def test_swapping_the_outlets_flips_the_signs(made):
    """Neither is privileged."""
    swap = {"Echo": "Post", "Post": "Echo"}
    other = replace(
        made, documents=made.documents.assign(outlet=made.documents["outlet"].map(swap))
    )
    one, two = only(paired_comparison(made)), only(paired_comparison(other))
    assert two.difference == pytest.approx(-one.difference)
    assert two.odds_ratio == pytest.approx(1 / one.odds_ratio)
    assert two.p == one.p
    assert two.p_unpaired == pytest.approx(one.p_unpaired)


def test_one_seed_one_table(made):
    """The same twice; another generator draws other events."""
    pd.testing.assert_frame_equal(paired_comparison(made), paired_comparison(made))
    other = only(paired_comparison(made, rng=np.random.default_rng(9)))
    assert other.odds_low != only(paired_comparison(made)).odds_low


# ---- formulae ---------------------------------------------------------------------------------


def test_sign_flip_agrees_with_scipy():
    """Its permutation test of one sample goes through the same flips."""
    d = np.array([1.2, -0.3, 0.8, 2.0, 0.1, -0.7, 1.1])
    wanted = permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf)
    assert sign_flip(d) == pytest.approx(wanted.pvalue)


@given(st.lists(st.integers(-3, 3), min_size=6, max_size=8))
def test_sign_flip_counts_every_flip(values):
    """Ties included: whole numbers meet their own sums often."""
    sums = [abs(sum(s * d for s, d in zip(signs, values, strict=True)))
            for signs in product((1, -1), repeat=len(values))]  # fmt: skip
    reached = sum(x >= abs(sum(values)) for x in sums) / len(sums)
    assert sign_flip(np.array(values, float)) == pytest.approx(reached)


def test_drawn_flips_come_close_to_all_flips():
    """Above 16 events flips are drawn: their p is that of 17 events gone through, within chance."""
    d = np.array([0.9, -0.2, 0.4, 1.0, -0.6, 0.3, 0.8, -0.1] * 2 + [0.2])
    signs = 1 - 2 * (np.arange(2**17)[:, None] >> np.arange(17) & 1)
    exact = (abs(signs @ d) >= abs(d.sum()) - 1e-9).mean()
    drawn = sign_flip(d, rng=np.random.default_rng(1))
    assert drawn == pytest.approx(exact, abs=4 * np.sqrt(exact / 9_999))
    assert sign_flip(np.ones(30), flips=99) == 1 / 100
    assert np.isnan(sign_flip(np.ones(5)))


def test_mantel_haenszel_agrees_with_a_worked_sum():
    """Two strata by hand: (5*90/200 + 4*48/100) / (10*95/200 + 2*46/100)."""
    found = mantel_haenszel(*np.array([[5, 4], [100, 50], [10, 2], [100, 50]]))
    assert float(found) == pytest.approx(
        (5 * 90 / 200 + 4 * 48 / 100) / (10 * 95 / 200 + 2 * 46 / 100)
    )
    weighted = mantel_haenszel(
        *np.array([[5, 4], [100, 50], [10, 2], [100, 50]]), weights=np.eye(2)
    )
    assert list(weighted) == pytest.approx([5 * 90 / (10 * 95), 4 * 48 / (2 * 46)])


def test_the_interval_of_a_mean_agrees_with_scipy():
    """BCa of the same draws, from another hand, within what 20,000 draws leave open."""
    from scipy.stats import bootstrap

    d = np.array([0.3, 1.9, 0.2, 4.1, 0.7, 1.4, 0.1, 2.2, 0.9, 0.4])
    rng = np.random.default_rng(2)
    weights = rng.multinomial(10, np.full(10, 0.1), 20_000)
    away = 1 - np.eye(10)
    found = bca_interval(weights @ d / 10, d.mean(), away @ d / 9)
    drawn = bootstrap((d,), np.mean, n_resamples=20_000, method="BCa", random_state=3)
    wanted = drawn.confidence_interval
    assert found == pytest.approx((wanted.low, wanted.high), abs=0.05)


def test_an_interval_of_undefined_draws_is_missing():
    """Where one draw in forty has no value, the ends would hang on the rest."""
    drawn = np.r_[np.arange(100.0), [np.nan] * 5]
    assert np.isnan(bca_interval(drawn, 50.0, np.array([49.0, 51.0, 50.0]))).all()
