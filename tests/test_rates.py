"""Rates are hits per 1,000 tokens over documents, shares are parts of a set; both countable."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from biaskit.rates import alternation_shares, design_effect, marker_rates, ratio
from biaskit.tables import COLUMNS, VOICES, build

# Counted by hand in conftest: tokens of headline and body, and of quotations among them.
ECHO, ECHO_QUOTED = 31 + 34, 4
POST, TRIBUNE = 33 + 35, 32


def rate_of(table: pd.DataFrame, outlet: str, voice: str = "all") -> pd.Series:
    return table[(table["outlet"] == outlet) & (table["voice"] == voice)].iloc[0]


def share_of(table: pd.DataFrame, outlet: str, variant: str) -> pd.Series:
    return table[(table["outlet"] == outlet) & (table["variant"] == variant)].iloc[0]


def twice(measured, again="-again"):
    """Every document a second time, under another id."""
    doubled = {}
    for name in ("documents", "sizes", "sentences", "spans", "hits", "zones", "counts"):
        table = measured.table(name)
        copy = table.assign(document=table["document"] + again)
        doubled[name] = pd.concat([table, copy], ignore_index=True)
    return dataclasses.replace(measured, **doubled)


def shuffled(measured, seed: int):
    names = ("documents", "sizes", "hits", "entries")
    rng = np.random.default_rng(seed)
    mixed = {n: measured.table(n).sample(frac=1, random_state=rng) for n in names}
    return dataclasses.replace(measured, **mixed)


# ---- rates -----------------------------------------------------------------------------------


def test_there_is_a_row_for_each_outlet_and_voice(measured):
    """Outlets in alphabetical order, all voices first, with the columns of the contract."""
    table = marker_rates(measured)
    assert list(table.columns) == list(COLUMNS["rates"])
    voices = ["all", "unquoted", *VOICES]
    keys = [(outlet, voice) for outlet in ("Echo", "Post", "Tribune") for voice in voices]
    assert list(table[["outlet", "voice"]].itertuples(index=False, name=None)) == keys


@pytest.mark.parametrize(
    ("outlet", "n", "n_tokens", "n_documents", "n_with"),
    [("Echo", 4, ECHO, 2, 2), ("Post", 2, POST, 2, 1), ("Tribune", 0, TRIBUNE, 1, 0)],
)
def test_a_rate_is_hits_per_1000_tokens_with_its_counts(
    measured, outlet, n, n_tokens, n_documents, n_with
):
    """Markers of headline, subheads and body; neither plain variants nor links count."""
    rate = rate_of(marker_rates(measured), outlet)
    counts = rate[["n", "n_tokens", "n_documents", "n_documents_with"]].tolist()
    assert counts == [n, n_tokens, n_documents, n_with]
    assert rate["per_1000"] == pytest.approx(1_000 * n / n_tokens)


@pytest.mark.parametrize(
    ("voice", "n", "n_tokens", "n_documents"),
    [
        ("narration", 3, ECHO - ECHO_QUOTED, 2),
        ("quoted", 1, ECHO_QUOTED, 1),
        ("unquoted", 3, ECHO - ECHO_QUOTED, 2),
    ],
)
def test_each_voice_has_its_own_denominator(measured, voice, n, n_tokens, n_documents):
    """Hits in a voice over tokens in that voice, in documents that have any."""
    rate = rate_of(marker_rates(measured), "Echo", voice)
    assert rate[["n", "n_tokens", "n_documents"]].tolist() == [n, n_tokens, n_documents]
    assert rate["per_1000"] == pytest.approx(1_000 * n / n_tokens)


def test_a_rate_over_no_tokens_is_missing_not_zero(measured):
    """Nobody is quoted by Tribune, so nothing can be said of its quotations."""
    rate = rate_of(marker_rates(measured), "Tribune", "quoted")
    assert rate[["n", "n_tokens", "n_documents"]].tolist() == [0, 0, 0]
    assert np.isnan(rate["per_1000"])
    assert rate_of(marker_rates(measured), "Tribune")["per_1000"] == 0.0


def test_the_largest_share_tells_when_one_document_gives_the_hits(measured):
    """Three of Echo's four hits stand in one article; no share of no hits."""
    table = marker_rates(measured)
    assert rate_of(table, "Echo")["largest_share"] == 3 / 4
    assert rate_of(table, "Post")["largest_share"] == 2 / 2
    assert np.isnan(rate_of(table, "Tribune")["largest_share"])


@pytest.mark.parametrize(
    ("frame", "n"), [(None, 4), ("naming", 4), ("naming/rule", 3), ("naming/rulers", 1)]
)
def test_a_frame_chooses_its_markers_and_those_below_it(measured, frame, n):
    """ "naming" holds "naming/rule", and "naming/rule" doesn't hold "naming/rulers"."""
    assert rate_of(marker_rates(measured, frame=frame), "Echo")["n"] == n


def test_an_unknown_frame_names_those_there_are(measured):
    """Neutral is no frame of markers."""
    with pytest.raises(ValueError, match="no frame") as error:
        marker_rates(measured, frame="neutral")
    assert str(error.value) == (
        "no frame 'neutral'; this set's lexicons have naming/rule, naming/rulers"
    )


def test_per_changes_the_unit(measured):
    """Per 100 tokens is a tenth of per 1,000."""
    rate = rate_of(marker_rates(measured, per=100), "Echo")
    assert rate["per_1000"] == pytest.approx(100 * 4 / ECHO)


def test_an_id_in_two_lexicons_is_two_entries(measured):
    """A plain word of one lexicon isn't made a marker by its namesake in another."""
    other = measured.entries[measured.entries["entry"] == "coup"]
    other = other.assign(lexicon="other", entry="change-of-power")
    both = pd.concat([measured.entries, other], ignore_index=True)
    table = marker_rates(dataclasses.replace(measured, entries=both))
    assert rate_of(table, "Post")["n"] == 2


def test_below_five_documents_there_is_no_interval(measured):
    """Two articles say nothing of the outlet's next one."""
    table = marker_rates(measured)
    assert table[["low", "high"]].isna().all(axis=None)


def test_from_five_documents_on_there_is_one(measured):
    """With every document four times there are eight, and the rate lies in its interval."""
    rate = rate_of(marker_rates(twice(twice(measured), "-anew")), "Echo")
    assert rate["n_documents"] == 8
    assert rate["low"] < rate["per_1000"] < rate["high"]


def test_every_document_twice_leaves_rates_and_shares_as_they_are(measured):
    """A rate doesn't grow with the corpus; its counts do."""
    once, again = marker_rates(measured), marker_rates(twice(measured))
    np.testing.assert_allclose(again["per_1000"], once["per_1000"])
    np.testing.assert_allclose(again["n"], 2 * once["n"])
    np.testing.assert_allclose(again["n_documents"], 2 * once["n_documents"])
    once, again = alternation_shares(measured), alternation_shares(twice(measured))
    np.testing.assert_allclose(again["share"], once["share"])
    np.testing.assert_allclose(again["n_set"], 2 * once["n_set"])


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_doesnt_matter(measured, seed):
    """Shuffled tables give the same rates and shares."""
    mixed = shuffled(measured, seed)
    pd.testing.assert_frame_equal(marker_rates(mixed), marker_rates(measured))
    pd.testing.assert_frame_equal(alternation_shares(mixed), alternation_shares(measured))


# ---- shares ----------------------------------------------------------------------------------


def test_there_is_a_row_for_each_variant_and_outlet(measured):
    """Sets, variants and outlets in alphabetical order."""
    table = alternation_shares(measured)
    assert list(table.columns) == list(COLUMNS["shares"])
    keys = [("change", v, o) for v in ("coup", "plain", "uprising") for o in measured.outlets]
    assert list(table[["set", "variant", "outlet"]].itertuples(index=False, name=None)) == keys


@pytest.mark.parametrize(
    ("outlet", "variant", "n", "n_set", "n_documents"),
    [
        ("Echo", "coup", 3, 3, 2),
        ("Echo", "uprising", 0, 3, 2),
        ("Post", "uprising", 2, 3, 2),
        ("Post", "plain", 1, 3, 2),
        ("Post", "coup", 0, 3, 2),
    ],
)
def test_a_share_is_a_variants_part_of_its_set(measured, outlet, variant, n, n_set, n_documents):
    """In all voices together; the coup of Post's link is no part of it."""
    share = share_of(alternation_shares(measured), outlet, variant)
    assert share[["n", "n_set", "n_documents"]].tolist() == [n, n_set, n_documents]
    assert share["share"] == pytest.approx(n / n_set)


def test_an_outlet_that_uses_no_variant_has_no_share(measured):
    """Tribune chose none: that is missing, not 0."""
    share = share_of(alternation_shares(measured), "Tribune", "coup")
    assert share[["n", "n_set", "n_documents"]].tolist() == [0, 0, 0]
    assert np.isnan(share["share"])


def test_shares_of_an_outlet_add_up_to_one(measured):
    """Every hit of a set is one of its variants."""
    sums = alternation_shares(measured).groupby("outlet")["share"].sum()
    assert sums["Echo"] == pytest.approx(1)
    assert sums["Post"] == pytest.approx(1)


def test_a_set_that_doesnt_occur_has_no_rows(measured):
    """An empty table has the columns all the same."""
    none = dataclasses.replace(measured, hits=measured.hits[measured.hits["entry"] == "regime"])
    table = alternation_shares(none)
    assert table.empty
    assert list(table.columns) == list(COLUMNS["shares"])


def test_an_interval_of_a_share_is_cut_at_one(measured):
    """Four of five documents write "uprising": 0.8 with an interval that would reach 1.35."""
    ids = [f"e-{i}" for i in range(5)]
    entries = ["uprising"] * 4 + ["coup"]
    hit = {"zone": "body", "lexicon": "tiny", "sentence": 0, "start": 0, "end": 1}
    five = dataclasses.replace(
        measured,
        documents=build(
            "documents",
            [{"document": x, "outlet": "Echo", "n_tokens": 9, "n_sentences": 1} for x in ids],
        ),
        hits=build(
            "hits", [{**hit, "document": x, "entry": e} for x, e in zip(ids, entries, strict=True)]
        ),
    )
    share = share_of(alternation_shares(five), "Echo", "uprising")
    assert (share["share"], share["high"]) == (4 / 5, 1.0)
    reach = stats.t.ppf(0.975, 4) * np.sqrt(5 / 4 * (4 * 0.2**2 + 0.8**2) / 5**2)
    assert share["low"] == pytest.approx(0.8 - reach)
    plain = share_of(alternation_shares(five), "Echo", "coup")
    assert (plain["low"], plain["high"]) == (0.0, pytest.approx(0.2 + reach))


# ---- the estimator ---------------------------------------------------------------------------

Y, N = pd.Series([1, 0, 3, 2, 0, 4]), pd.Series([100, 50, 210, 90, 120, 330])


def test_the_interval_is_cochrans():
    """The ratio estimator's linearised variance, worked out again from the residuals' mean."""
    m, p = len(Y), 10 / 900
    residuals = (Y - p * N) / N.mean()
    error = np.sqrt(np.var(residuals, ddof=1) / m)
    low, high = stats.t.interval(0.95, m - 1, loc=p, scale=error)
    rate = ratio(Y, N, per=1_000)
    assert rate == pytest.approx((1_000 * p, max(0, 1_000 * low), 1_000 * high))
    assert rate[1] > 0


def test_with_equal_documents_it_is_the_mean_with_students_interval():
    """Where all are of one length, the ratio is an ordinary mean."""
    y, n = pd.Series([3, 5, 4, 6, 7]), pd.Series([100] * 5)
    expected = stats.t.interval(0.95, 4, loc=np.mean(y), scale=stats.sem(y))
    assert ratio(y, n, per=100) == pytest.approx((5.0, *expected))


def test_an_interval_doesnt_reach_below_zero():
    """No outlet uses fewer than no markers."""
    y, n = pd.Series([0, 0, 0, 0, 9]), pd.Series([100] * 5)
    rate, low, high = ratio(y, n)
    assert (rate, low) == (9 / 500, 0.0)
    assert high > rate


@pytest.mark.parametrize("m", [1, 4])
def test_fewer_than_five_documents_have_a_rate_and_no_interval(m):
    """Below that an interval says more of its formula than of the outlet."""
    assert ratio(Y[:m], N[:m]) == (Y[:m].sum() / N[:m].sum(), None, None)
    assert ratio(Y[:5], N[:5])[1] is not None


def test_a_ratio_over_nothing_is_undefined():
    """No tokens, no rate."""
    assert ratio(pd.Series([], dtype=int), pd.Series([], dtype=int)) == (None, None, None)
    assert ratio(pd.Series([0]), pd.Series([0])) == (None, None, None)


def test_a_design_effect_is_one_where_tokens_are_drawn_one_by_one():
    """And as large as documents that repeat every hit five times make it."""
    draw = np.random.default_rng(1)
    n = pd.Series(draw.integers(200, 900, 2_000))
    y = pd.Series(draw.binomial(n, 0.01))
    assert design_effect(y, n) == pytest.approx(1, abs=0.1)
    clustered = pd.Series(5 * draw.binomial(n, 0.002))
    assert design_effect(clustered, n) == pytest.approx(5, abs=0.5)


@pytest.mark.parametrize("hits", [[0] * 6, [1, 0, 0, 1]])
def test_a_design_effect_needs_hits_and_five_documents(hits):
    """Without them it is undefined."""
    assert design_effect(pd.Series(hits), pd.Series([9] * len(hits))) is None


def test_the_sizes_are_what_rates_divide_by(measured):
    """Twice the tokens of every document is half the rate."""
    sizes = measured.sizes.assign(n_tokens=2 * measured.sizes["n_tokens"])
    half = marker_rates(dataclasses.replace(measured, sizes=sizes))
    np.testing.assert_allclose(half["per_1000"], marker_rates(measured)["per_1000"] / 2)
    assert build("rates", []).empty
