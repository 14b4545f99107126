"""Comparing markers: what differs is found, what does not is left alone, and gaps are told."""

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from handmade import entry, handmade, hit

import biaskit
from biaskit.comparison import (
    LEVELS,
    Settings,
    compare,
    null_check,
    null_checks,
    null_sentence,
)
from biaskit.comparison.wording import how_small, two_digits
from biaskit.tables import COLUMNS, build

N = 30  # articles of each outlet, 100 tokens each
VOICES = ("narration", "quoted")


def newsroom(seed: int = 1, *, outlets=("Echo", "Post"), planted: float = 4.0):
    """
    Four entries in two frames, spread at random; Echo writes "coup" `planted` times as often.

    Every second hit is quoted. "uprising" and "coup" are variants of one set.
    """
    draw = np.random.default_rng(seed)
    ids = {outlet: [f"{outlet.lower()}-{i:02}" for i in range(N)] for outlet in outlets}
    rates = {"coup": 0.7, "uprising": 0.7, "regime": 0.7, "junta": 0.7}
    hits = []
    for outlet, documents in ids.items():
        for document in documents:
            for name, rate in rates.items():
                times = planted if (name, outlet) == ("coup", "Echo") else 1
                for i in range(draw.poisson(rate * times)):
                    hits.append(hit(document, name, voice=VOICES[i % 2], start=i, end=i + 1))
    frames = {"coup": "naming/rule", "uprising": "naming/rule", "regime": "naming/rulers",
              "junta": "naming/rulers"}  # fmt: skip
    entries = [entry(name, frame) for name, frame in frames.items()]
    for one in entries[:2]:
        one |= {"set": "change", "variant": one["entry"]}
    sizes = [(d, "body", v, 50, 3) for of_it in ids.values() for d in of_it for v in VOICES]
    made = handmade(ids, hits=hits, entries=entries, sizes=sizes)
    days = [f"2017-04-{3 + i % 20:02}" for i in range(N)] * len(outlets)
    made.documents["date_low"] = made.documents["date_high"] = days
    made.documents["section"] = ["arts", "news"] * (N * len(outlets) // 2)
    made.documents["event"] = [f"event-{i // 2}" for i in range(N)] * len(outlets)
    return made


NEWS = newsroom()


def row(table: pd.DataFrame, item: str, **more: str) -> pd.Series:
    column = "variant" if "variant" in table.columns else "item"
    chosen = table[column] == item
    for name, value in more.items():
        chosen &= table[name] == value
    return table[chosen].iloc[0]


# ---- levels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (0, "0"),
        (0.00003, "0.00003"),
        (-0.937, "-0.94"),
        (3.96, "4"),
        (99.6, "100"),
        (1e6, "1,000,000"),
    ],
)
def test_a_number_has_two_digits_and_no_power_of_ten(x, words):
    """However small or large it is."""
    assert two_digits(x) == words


@pytest.mark.parametrize(
    ("p", "words"),
    [(0.0372, "p = 0.037"), (0.0001, "p = 0.0001"), (0.00009, "p < 0.0001"), (np.nan, "p = NaN")],
)
def test_a_p_that_is_missing_is_not_small(p, words):
    """Only what is below four decimals is said to be."""
    assert how_small("p", p) == words


def test_a_planted_entry_is_found_and_nothing_else():
    """Four times as often: the only q below .05."""
    table = compare(NEWS, permutations=999)
    assert list(table.columns) == list(COLUMNS["comparisons"])
    assert list(table.loc[table["q"] < 0.05, "item"]) == ["coup"]
    assert table["item"].iloc[0] == "coup"
    coup = row(table, "coup")
    n = [
        int((NEWS.hits["entry"].eq("coup") & NEWS.hits["document"].str.startswith(o)).sum())
        for o in ("echo", "post")
    ]
    assert list(coup[["n_target", "n_reference"]]) == n
    assert coup["log_ratio"] == pytest.approx(np.log2(n[0] / n[1]))
    assert coup["low"] < 2 < coup["high"]
    assert coup["p_family"] == 1 / 1_000


def test_a_frame_counts_all_below_it_and_all_counts_all_markers():
    """Parents are sums of their children."""
    table = compare(NEWS, level="frame", permutations=0)
    assert set(table["item"]) == {"all", "naming", "naming/rule", "naming/rulers"}
    n = table.set_index("item")["n_target"]
    assert n["all"] == n["naming"] == n["naming/rule"] + n["naming/rulers"]


def test_neutral_entries_are_variants_and_no_markers(measured):
    """Plain words count in shares alone."""
    assert "change-of-power" not in set(compare(measured, permutations=0)["item"])
    assert "plain" in set(compare(measured, level="set", permutations=0)["variant"])


def test_a_set_is_compared_by_shares_and_odds():
    """What both outlets write of cancels; the two variants mirror each other."""
    table = compare(NEWS, level="set", permutations=999)
    assert list(table.columns) == list(COLUMNS["choices"])
    coup, uprising = row(table, "coup"), row(table, "uprising")
    a, n_a = coup["n_target"], coup["n_set_target"]
    b, n_b = coup["n_reference"], coup["n_set_reference"]
    assert coup["share_target"] == pytest.approx(a / n_a)
    odds = np.log(a / (n_a - a)) - np.log(b / (n_b - b))
    assert coup["log_odds_ratio"] == pytest.approx(odds)
    assert uprising["log_odds_ratio"] == pytest.approx(-odds)
    assert uprising["p"] == coup["p"] < 0.1
    assert coup["low"] < odds < coup["high"]


def test_a_share_of_one_has_a_bound_and_no_interval():
    """Post writes nothing but "uprising"."""
    hits = NEWS.hits[
        ~(NEWS.hits["document"].str.startswith("post") & (NEWS.hits["entry"] == "coup"))
    ]
    from dataclasses import replace

    found = row(compare(replace(NEWS, hits=hits), level="set", permutations=99), "coup")
    assert (found["share_reference"], found["n_reference"]) == (0, 0)
    assert np.isnan(found[["low", "high"]].astype(float)).all()
    assert "A share is 0 or 1: the effect is a bound" in found["note"]
    assert found["log_odds_ratio"] > 0


def test_a_set_with_one_variant_left_says_so():
    """Shares of 1 on both sides are no difference of 0."""
    from dataclasses import replace

    alone = replace(NEWS, hits=NEWS.hits[NEWS.hits["entry"] != "coup"])
    found = row(compare(alone, level="set", permutations=99), "uprising")
    assert "No other variant of the set occurs." in found["note"]
    assert np.isnan(found[["log_odds_ratio", "p", "low"]].astype(float)).all()


# ---- settings --------------------------------------------------------------------------------


def test_a_voice_counts_its_own_hits_and_tokens():
    """Narration and quotations add up to all."""
    n = {v: row(compare(NEWS, voice=v, permutations=0), "coup") for v in ("all", *VOICES)}
    assert n["all"]["n_target"] == n["narration"]["n_target"] + n["quoted"]["n_target"]
    assert n["narration"]["n_tokens_target"] == 50 * N


def test_settings_can_be_given_whole_or_by_name():
    """The same comparison either way."""
    whole = compare(NEWS, Settings(level="frame", permutations=99))
    pd.testing.assert_frame_equal(whole, compare(NEWS, level="frame", permutations=99))


def test_units_are_weeks_or_events():
    """Fifteen events and three weeks a side."""
    by_event = compare(NEWS, unit="event", permutations=99)
    assert set(by_event["n_units_target"]) == {15}
    by_week = compare(NEWS, unit="week", permutations=99)
    assert set(by_week["n_units_target"]) == {3}
    assert by_week["p"].isna().all()
    assert by_week["low"].notna().any()
    assert (by_event["p"] != compare(NEWS, permutations=99)["p"]).any()


def test_within_sections_the_effect_and_how_far_it_moves_stand_side_by_side():
    """Sections are no cause here, so it hardly moves."""
    found = row(compare(NEWS, within=("section",), permutations=199), "coup")
    assert found["crude"] == pytest.approx(row(compare(NEWS, permutations=0), "coup")["log_ratio"])
    assert found["log_ratio"] == pytest.approx(found["crude"], abs=0.2)
    assert found["log_ratio"] != found["crude"]
    both = compare(NEWS, within=("section", "month"), permutations=0)
    assert row(both, "coup")["log_ratio"] == pytest.approx(found["log_ratio"])


def test_min_n_leaves_out_what_is_rare():
    """Hits of both sides together."""
    least = int(compare(NEWS, permutations=0)[["n_target", "n_reference"]].sum(axis=1).max())
    assert list(compare(NEWS, min_n=least, permutations=0)["item"]) == ["coup"]


def test_anything_the_documents_say_can_be_compared():
    """By section instead of outlet."""
    table = compare(NEWS, by="section", permutations=0)
    assert {*table["target"], *table["reference"]} == {"arts", "news"}


def test_three_outlets_have_an_omnibus_p():
    """Per item, over all of them; the planted one alone stands out."""
    table = compare(newsroom(outlets=("Echo", "Post", "Sun")), permutations=499)
    assert len(table) == 4 * 6
    assert row(table, "coup")["p_omnibus"] == 1 / 500
    assert row(table, "junta")["p_omnibus"] > 0.01
    assert compare(NEWS, permutations=99)["p_omnibus"].isna().all()


def test_swapping_the_outlets_flips_the_signs():
    """At every level."""
    for level in LEVELS:
        effect = "log_odds_ratio" if level == "set" else "log_ratio"
        name = "variant" if level == "set" else "item"
        one, other = (
            compare(NEWS, level=level, target=t, reference=r, permutations=50)
            .set_index(name)
            .sort_index()
            for t, r in (("Echo", "Post"), ("Post", "Echo"))
        )
        np.testing.assert_allclose(one[effect], -other[effect])
        np.testing.assert_allclose(one["p"], other["p"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"level": "word"}, "no level 'word'; there are entry, frame, set"),
        ({"by": "mood"}, None),
        ({"target": "Eco"}, "no outlet 'Eco'; this set has Echo, Post"),
        (
            {"level": "set", "within": ("section",)},
            "shares of a set leave topics out already; strata are for rates",
        ),
    ],
)
def test_an_error_names_what_would_have_worked(given, message):
    """In one sentence."""
    with pytest.raises(ValueError) as error:  # noqa: PT011
        compare(NEWS, **given)
    shown = str(error.value)
    assert shown == message if message else shown.startswith("no column 'mood'; documents have ")


def test_a_set_without_a_hit_gives_an_empty_table():
    """With the columns of the contract."""
    from dataclasses import replace

    none = replace(NEWS, hits=build("hits", []))
    assert list(compare(none).columns) == list(COLUMNS["comparisons"])
    assert list(compare(none, level="set").columns) == list(COLUMNS["choices"])


# ---- the three articles ----------------------------------------------------------------------

THREE = ROOT / "corpus" / "sputnik-the-local"


@pytest.mark.parametrize("level", LEVELS)
def test_the_three_articles_are_described_and_refused_a_test(level):
    """Two of Sputnik and one of The Local: every row says why there is neither p nor interval."""
    table = compare(biaskit.load(THREE), level=level)
    assert len(table) > 5
    assert table[["p", "p_t", "q", "p_family", "low", "high"]].isna().all(axis=None)
    assert (table["n_target"] + table["n_reference"] > 0).all()
    assert table["note"].str.contains("Too few|No hits of this set").all()
    if level == "entry":
        sizes = "(Sputnik 2 documents and The Local 1 document)"
        sentence = f"Too few {sizes}: nothing to make an interval of, or a test."
        assert table["note"].str.startswith(sentence).all()


# ---- the null check --------------------------------------------------------------------------


def test_an_outlet_differs_from_itself_in_next_to_nothing():
    """Forty splits of one outlet, with permutations as in the comparison."""
    check = null_check(NEWS, "Echo", runs=40).iloc[0]
    assert (check["n_documents"], check["n_parts"], check["runs"]) == (N, N, 40)
    assert check["n_tested"] == 4
    assert check["mean_findings"] < 0.2
    assert check["share_any"] <= check["mean_findings"]
    assert check["share_p"] < 0.12


def test_whole_weeks_that_differ_are_seen_in_the_second_figure():
    """All of "coup" stands in one week: article by article it evens out, by weeks it cannot."""
    from dataclasses import replace

    made = newsroom()
    week = made.documents["date_low"].str[-2:].astype(int).between(3, 9)
    kept = set(made.documents.loc[week, "document"])
    hits = made.hits[(made.hits["entry"] != "coup") | made.hits["document"].isin(kept)]
    checks = null_checks(replace(made, hits=hits), "Echo", Settings(permutations=0), runs=30)
    assert list(checks["split"]) == ["document", "week", "event"]
    by_document, by_week = (row for _, row in checks.iloc[:2].iterrows())
    assert by_week["n_parts"] == 3
    assert by_week["mean_findings"] > 0.5 > 0.2 > by_document["mean_findings"]


def test_a_null_check_has_the_settings_of_the_comparison():
    """Level, voice and unit are what they are there."""
    checks = [
        null_check(NEWS, "Echo", runs=5, **given).iloc[0]
        for given in ({"level": "frame"}, {"voice": "quoted"}, {"unit": "event"}, {"level": "set"})
    ]
    assert [c["level"] for c in checks] == ["frame", "entry", "entry", "set"]
    assert [c["voice"] for c in checks] == ["all", "quoted", "all", "all"]
    assert checks[2]["unit"] == "event"
    assert checks[0]["n_tested"] == 4
    assert checks[3]["n_tested"] == 2


def test_splits_are_counted_from_the_generator():
    """The same seed gives the same check, another another."""
    runs = [
        null_check(NEWS, "Echo", runs=10, rng=np.random.default_rng(s)).iloc[0]["share_p"]
        for s in (1, 1, 2, 3, 4)
    ]
    assert runs[0] == runs[1]
    assert len({*runs}) > 1


def test_a_null_check_reads_as_a_sentence():
    """With its figures; and where nothing can be tested it says that."""
    check = build("null_checks", [
        {"outlet": "Echo", "split": "week", "runs": 200, "n_tested": 96.0, "mean_findings": 0.4,
         "share_any": 0.12, "share_p": 0.06, "n_documents": 90, "n_parts": 12}])  # fmt: skip
    assert null_sentence(check.iloc[0]) == (
        "Split at random 200 times, by whole weeks, Echo differs from itself in 0.4 of 96 on "
        "average; in 12.0% of the splits in any."
    )
    often = null_sentence(check.assign(n_tested=300.0, mean_findings=128.0).iloc[0])
    assert "differs from itself in 130 of 300 on average" in often
    never = check.assign(mean_findings=0.0, share_any=0.0).iloc[0]
    assert null_sentence(never).endswith(
        "in 0 of 96 on average; in none of the splits in any, so with 95 % confidence in fewer "
        "than 1.5% of all such splits."
    )
    never_of_200 = (1 - 0.015) ** 200
    assert never_of_200 == pytest.approx(0.05, abs=0.002)
    few = null_check(biaskit.load(THREE), "Sputnik", runs=2)
    assert null_sentence(few.iloc[0]) == (
        "Split at random 2 times, article by article, Sputnik leaves too few documents a side to "
        "test anything."
    )


@pytest.mark.parametrize(
    ("outlet", "split", "message"),
    [
        ("Eco", "document", "no outlet 'Eco'; this set has Sputnik, The Local"),
        ("Sputnik", "day", "no unit 'day'; there are document, week, event"),
        ("The Local", "document", "'The Local' has one document only, too little to split into "
         "halves"),
    ],
)  # fmt: skip
def test_what_cannot_be_split_is_refused_in_a_sentence(outlet, split, message):
    """Naming what there is."""
    with pytest.raises(ValueError) as error:  # noqa: PT011
        null_check(biaskit.load(THREE), outlet, split=split)
    assert str(error.value) == message
