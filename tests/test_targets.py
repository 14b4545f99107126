"""Articles are compared by their scores, and sentences that mention a target are described."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import SHARED, at_hand, write_pages
from handmade import entry, handmade, hit, sentence
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp, ttest_ind

from biaskit.corpus import read_corpus
from biaskit.lexicon import read_lexicon
from biaskit.markers import find_markers
from biaskit.measuring import measure
from biaskit.sentiment import MEASURES, score_sentences
from biaskit.tables import require
from biaskit.targets import (
    AGREEMENT,
    clause_around,
    document_sentiment,
    is_target,
    sentiment_differences,
    sentiment_spread,
    target_sentiment,
)
from biaskit.validation import read_gold
from biaskit.validation.sentiment import validate_sentiment

# e1: 3 tokens at .4, 1 at -.4 (quoted), and a caption; e2: 2 at .2. Post: p1 4 at -.8.
SENTENCES = [
    sentence("e1", 0, 0.4, narration=3),
    sentence("e1", 1, -0.4, quoted=1),
    sentence("e1", 2, -1.0, narration=9, zone="caption"),
    sentence("e2", 0, 0.2, narration=1, quoted=1),
    sentence("p1", 0, -0.8, narration=4, zone="headline"),
]
ENTRIES = [
    entry("velmora", "target/country"),
    entry("league", "target"),
    entry("coup", "targeted/rule"),
]
HITS = [
    hit("e1", "velmora", sentence=0),
    hit("e1", "velmora", sentence=0, start=5, end=9),
    hit("e1", "velmora", sentence=1, voice="quoted"),
    hit("e1", "velmora", sentence=2, zone="caption"),
    hit("e2", "velmora", sentence=0),
    hit("p1", "league", sentence=0, zone="headline"),
    hit("p1", "coup", sentence=0, zone="headline"),
]
OUTLETS = {"Echo": ["e1", "e2"], "Post": ["p1"]}


@pytest.fixture
def small():
    return handmade(OUTLETS, sentences=SENTENCES, entries=ENTRIES, hits=HITS)


def row_of(table, **values):
    """The one row with these values."""
    for column, value in values.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def one_sentence_each(**scores):
    """Documents of one sentence with one token of narration each, by outlet."""
    outlets = {outlet: [f"{outlet}{i}" for i in range(len(x))] for outlet, x in scores.items()}
    return handmade(
        outlets,
        sentences=[
            sentence(document, 0, score, narration=1)
            for outlet, documents in outlets.items()
            for document, score in zip(documents, scores[outlet], strict=True)
        ],
        entries=ENTRIES,
    )


# ---- documents -------------------------------------------------------------------------------


def test_a_document_s_mean_weighs_its_sentences_by_their_tokens(small):
    """e1: (3 * .4 - 1 * .4) / 4 = .2; what stands in a caption does not count."""
    table = require(document_sentiment(small), "document_sentiment")
    first = row_of(table, document="e1", measure="vader")
    assert first["mean"] == pytest.approx((3 * 0.4 - 0.4) / 4)
    assert first[["n_tokens", "n_sentences"]].tolist() == [4, 2]
    assert row_of(table, document="e1", measure="subjectivity")["mean"] == pytest.approx(0.2 / 4)
    assert table["document"].tolist() == ["e1"] * 3 + ["e2"] * 3 + ["p1"] * 3


def test_a_voice_weighs_by_its_own_tokens(small):
    """In quotations e1 has -.4 alone, e2 its mixed sentence, and p1 nothing."""
    table = document_sentiment(small, voice="quoted")
    vader = table[table["measure"] == "vader"].set_index("document")["mean"]
    assert vader.to_dict() == {"e1": -0.4, "e2": pytest.approx(0.2)}


def test_only_sentences_that_mention_a_target_count_where_one_is_named(small):
    """e1 mentions Velmora in both sentences, twice in the first; Post never does."""
    table = document_sentiment(small, mentions="velmora")
    assert set(table["document"]) == {"e1", "e2"}
    assert row_of(table, document="e1", measure="vader")["n_sentences"] == 2
    only = document_sentiment(small, mentions="league")
    assert set(only["document"]) == {"p1"}


def test_copies_count_once():
    """A story printed twice is one story."""
    twice = handmade(OUTLETS, sentences=SENTENCES, entries=ENTRIES, copies={"e2": "e1"})
    assert set(document_sentiment(twice)["document"]) == {"e1", "p1"}


def test_spread_has_the_quantiles_of_the_documents():
    """Five documents at 0, .1, .2, .3, .4: numpy's quantiles, and t on 4 degrees of freedom."""
    x = [0.0, 0.1, 0.2, 0.3, 0.4]
    table = require(sentiment_spread(one_sentence_each(Echo=x, Post=[0.5])), "sentiment_spread")
    found = row_of(table, outlet="Echo", voice="narration", measure="vader")
    assert found[["q10", "q25", "median", "q75", "q90"]].tolist() == pytest.approx(
        [0.04, 0.1, 0.2, 0.3, 0.36]
    )
    assert (found["mean"], found["sd"]) == pytest.approx((0.2, np.std(x, ddof=1)))
    assert found["high"] - 0.2 == pytest.approx(2.776445 * np.std(x, ddof=1) / np.sqrt(5), abs=1e-6)
    alone = row_of(table, outlet="Post", voice="all", measure="vader")
    assert (alone["n_documents"], alone["mean"]) == (1, 0.5)
    assert alone[["low", "high", "sd"]].isna().all()


def test_a_voice_that_an_outlet_does_not_have_is_missing():
    """NaN, never 0.0, with 0 documents."""
    table = sentiment_spread(one_sentence_each(Echo=[0.1], Post=[0.2]))
    found = row_of(table, outlet="Echo", voice="quoted", measure="vader")
    assert found["n_documents"] == 0
    assert found[["mean", "low", "high", "sd", "median"]].isna().all()


def test_spread_is_of_sentences_that_mention_a_target_where_one_is_named(small):
    """Post has none on Velmora."""
    table = sentiment_spread(small, mentions="velmora")
    assert row_of(table, outlet="Post", voice="all", measure="vader")["n_documents"] == 0
    assert row_of(sentiment_spread(small), outlet="Post", voice="all", measure="vader")["mean"] == (
        -0.8
    )


# ---- differences -----------------------------------------------------------------------------

X, Y = [0.1, 0.4, 0.2, 0.6, 0.3, 0.5], [-0.3, 0.2, 0.0, 0.1, -0.1]


def test_the_difference_and_its_test_are_scipy_s():
    """Welch's test and interval, and Kolmogorov and Smirnov's, over documents."""
    table = require(
        sentiment_differences(one_sentence_each(Echo=X, Post=Y)), "sentiment_differences"
    )
    found = row_of(table, voice="narration", measure="vader")
    welch = ttest_ind(X, Y, equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert found[["target", "reference"]].tolist() == ["Echo", "Post"]
    assert found["difference"] == pytest.approx(np.mean(X) - np.mean(Y))
    assert found["p"] == pytest.approx(welch.pvalue)
    assert (found["low"], found["high"]) == pytest.approx((interval.low, interval.high))
    assert found["ks"] == pytest.approx(ks_2samp(X, Y).statistic)
    assert found["ks_p"] == pytest.approx(ks_2samp(X, Y).pvalue)
    assert found["note"] is None


def test_cliff_s_delta_counts_pairs():
    """Of 30 pairs Echo is higher in so many, lower in so many."""
    found = sentiment_differences(one_sentence_each(Echo=X, Post=Y))
    higher = sum(x > y for x in X for y in Y)
    lower = sum(x < y for x in X for y in Y)
    expected = (higher - lower) / 30
    assert row_of(found, voice="all", measure="vader")["cliffs_delta"] == pytest.approx(expected)


def test_p_is_corrected_over_the_whole_table():
    """all, unquoted and narration are one and the same here: nine p's, three of each measure."""
    table = sentiment_differences(one_sentence_each(Echo=X, Post=Y))
    tested = table[table["p"].notna()]
    assert len(tested) == 9
    # All three measures are one up to a factor, so all nine p are equal and so is q.
    assert tested["q"].to_numpy() == pytest.approx(tested["p"].to_numpy())
    assert tested["ks_q"].to_numpy() == pytest.approx(tested["ks_p"].to_numpy())


score = st.floats(-1, 1).map(lambda x: round(x, 3))


@pytest.mark.slow
@settings(max_examples=6)
@given(st.lists(score, min_size=5, max_size=8), st.lists(score, min_size=5, max_size=8))
def test_swapping_the_outlets_flips_every_sign(x, y):
    """Neither outlet is privileged."""
    measured = one_sentence_each(Echo=x, Post=y)
    one = row_of(sentiment_differences(measured), voice="all", measure="vader")
    other = row_of(sentiment_differences(measured, "Post", "Echo"), voice="all", measure="vader")
    for column in ("difference", "cliffs_delta"):
        assert other[column] == pytest.approx(-one[column], abs=1e-12)
    for column in ("p", "ks", "ks_p"):
        assert other[column] == pytest.approx(one[column], nan_ok=True)
    assert (other["low"], other["high"]) == pytest.approx(
        (-one["high"], -one["low"]), nan_ok=True, abs=1e-12
    )


def test_below_five_documents_a_side_nothing_is_tested():
    """The three articles are described, and refused a test in words."""
    table = sentiment_differences(one_sentence_each(Echo=[0.1, 0.2], Post=[0.3]))
    found = row_of(table, voice="all", measure="vader")
    assert found["difference"] == pytest.approx(0.15 - 0.3)
    assert found[["low", "high", "p", "q", "ks_p", "ks_q"]].isna().all()
    assert found["note"] == "2 and 1 documents: below 5 a side there is no interval and no p"
    empty = row_of(table, voice="quoted", measure="vader")
    assert empty["note"].startswith("0 and 0 documents")
    assert empty[["mean_target", "mean_reference", "difference", "cliffs_delta", "ks"]].isna().all()


def test_documents_that_are_all_alike_are_not_tested():
    """There is no spread to measure a difference by."""
    table = sentiment_differences(one_sentence_each(Echo=[0.5] * 5, Post=[0.25] * 5))
    found = row_of(table, voice="all", measure="vader")
    assert found["difference"] == 0.25
    assert found["note"] == "no document differs from the others of its side: no test"
    assert found[["p", "low", "high"]].isna().all()


def test_pairs_can_be_chosen_and_sentences_by_what_they_mention(small):
    """Every pair by default; with a target only the sentences that mention it."""
    three = one_sentence_each(A=[0.1], B=[0.2], C=[0.3])
    table = sentiment_differences(three)
    assert [*table[["target", "reference"]].drop_duplicates().itertuples(index=False)] == [
        ("A", "B"), ("A", "C"), ("B", "C"),
    ]  # fmt: skip
    assert set(sentiment_differences(three, "C", "A")["reference"]) == {"A"}
    found = row_of(sentiment_differences(small, mentions="velmora"), voice="all", measure="vader")
    assert found[["n_documents_target", "n_documents_reference"]].tolist() == [2, 0]
    assert np.isnan(found["difference"])


def test_one_outlet_is_compared_with_nothing():
    """The one-sentence error."""
    with pytest.raises(
        ValueError, match=r"^this set has one outlet, Echo; a difference needs two$"
    ):
        sentiment_differences(one_sentence_each(Echo=[0.1]))


# ---- sentences that mention a target ---------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "expected"),
    [("target", True), ("target/country", True), ("targeted/rule", False), ("neutral", False)],
)
def test_a_target_is_known_by_its_frame(frame, expected):
    """`target` or a frame below it."""
    import pandas as pd

    assert is_target(pd.Series([frame])).tolist() == [expected]


def test_a_sentence_counts_once_however_often_it_mentions_the_target(small):
    """Echo on Velmora: .4 and -.4 in e1, .2 in e2; the caption is not the article."""
    table = require(target_sentiment(small), "target_sentiment")
    found = row_of(table, outlet="Echo", entry="velmora", measure="vader")
    assert found[["n_sentences", "n_documents"]].tolist() == [3, 2]
    assert found["mean"] == pytest.approx((0.4 - 0.4 + 0.2) / 3)
    assert found["largest_share"] == 2 / 3
    assert found["note"] == "2 documents: below 5 there is no interval"
    assert found[["low", "high"]].isna().all()


def test_an_outlet_that_never_mentions_a_target_has_a_row_and_no_mean(small):
    """Missing, and said in words; markers are no targets."""
    table = target_sentiment(small)
    assert set(table["entry"]) == {"velmora", "league"}
    found = row_of(table, outlet="Post", entry="velmora", measure="vader")
    assert found[["n_sentences", "n_documents"]].tolist() == [0, 0]
    assert found[["mean", "low", "high", "largest_share"]].isna().all()
    assert found["note"] == "no sentence of Post mentions velmora"


def test_the_voice_is_that_of_the_mention(small):
    """The quoted Velmora stands in the sentence at -.4."""
    table = target_sentiment(small, voice="quoted")
    found = row_of(table, outlet="Echo", entry="velmora", measure="vader")
    assert (found["mean"], found["n_sentences"]) == (-0.4, 1)
    assert found["note"] == "1 document: below 5 there is no interval"


def test_the_interval_is_over_documents():
    """Six documents, one sentence each: that of Student's t, which may lie below 0."""
    x = [-0.5, -0.1, 0.2, -0.3, 0.1, -0.2]
    measured = one_sentence_each(Echo=x, Post=[0.1])
    hits = handmade({}, hits=[hit(f"Echo{i}", "velmora") for i in range(6)]).hits
    table = target_sentiment(replace(measured, hits=hits))
    found = row_of(table, outlet="Echo", measure="vader")
    reach = 2.570582 * np.std(x, ddof=1) / np.sqrt(6)
    assert (found["low"], found["high"]) == pytest.approx(
        (np.mean(x) - reach, np.mean(x) + reach), abs=1e-6
    )
    assert found["note"] is None


def test_agreement_with_people_stands_beside_every_mean(small):
    """Of each scorer its own; of subjectivity nobody knows it."""
    table = target_sentiment(small).groupby("measure")["agreement"].first()
    assert table["vader"] == AGREEMENT["sentence"]["vader"]
    assert table["polarity"] == AGREEMENT["sentence"]["polarity"]
    assert np.isnan(table["subjectivity"])


def test_a_set_without_targets_says_how_to_get_them(measured):
    """By measuring it again."""
    with pytest.raises(ValueError, match="targets") as error:
        target_sentiment(measured)
    assert str(error.value) == (
        "no targets in this set, which was measured with tiny; "
        "measure it again with --lexicon targets-en, or with a targets file of your own"
    )


def test_a_target_that_is_not_there_names_those_that_are(small):
    """Also where a marker has that name."""
    with pytest.raises(ValueError, match="coup") as error:
        sentiment_spread(small, mentions="coup")
    assert str(error.value) == "no target 'coup'; this set's lexicons have league, velmora"


def test_voices_and_units_that_are_none_name_those_there_are(small):
    """In one sentence."""
    with pytest.raises(ValueError, match=r"^no unit 'word'; there are clause, sentence$"):
        target_sentiment(small, unit="word")
    with pytest.raises(ValueError, match=r"^no voice 'loud'; there are all, "):
        target_sentiment(small, voice="loud")


# ---- clauses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Arlen won a prize.", "Arlen won a prize."),
        ("After a bad storm, Arlen won a prize.", " Arlen won a prize."),
        ("Arlen won a prize, and wept.", "Arlen won a prize, and wept."),
        ("Arlen won a prize, but Velmora wept.", "Arlen won a prize, "),
        ("Velmora wept while Arlen won; it rained.", " Arlen won"),
        ("Velmora wept - Arlen won - and it rained.", "Arlen won - and it rained."),
        ("A button fell off the butter of Arlen.", "A button fell off the butter of Arlen."),
    ],
)
def test_a_clause_runs_from_the_last_comma_or_turn_to_the_next_turn(text, clause):
    """What is said of somebody mostly follows the name, so a comma after it ends nothing."""
    start = text.index("Arlen")
    begin, stop = clause_around(text, start, start + len("Arlen"))
    assert text[begin:stop] == clause


TARGETS = """\
[lexicon]
name = "lands"
[[entry]]
id = "arlen"
pattern = ["Arlen"]
frame = "target/place"
"""
PAGES = {
    "Echo/one.txt": "A Quiet Day by the Sea\n\nThe storm was a terrible disaster while Arlen won "
    "a prize, and Arlen was happy; the harbour was ruined.\n\n"
    "The mayor of the old town went home at noon on the first day of the fair.\n",
    "Post/one.txt": "A Grey Day by the Sea\n\nThe mayor of Arlen went home at noon on the first "
    "day of the fair, and the band played.\n",
}


def test_clauses_are_scored_alone_where_the_texts_are_at_hand(tmp_path):
    """One clause with two mentions is one clause; the disaster before it is another's."""
    (tmp_path / "lands.toml").write_text(TARGETS)
    pages = write_pages(tmp_path / "pages", PAGES)
    measured = measure(read_corpus(pages), [tmp_path / "lands.toml"])
    clauses = [" Arlen won a prize, and Arlen was happy", " and Arlen was happy"]
    expected = np.mean([x.vader for x in score_sentences(clauses)])
    found = row_of(target_sentiment(measured, unit="clause"), outlet="Echo", measure="vader")
    whole = row_of(target_sentiment(measured), outlet="Echo", measure="vader")
    assert found["mean"] == pytest.approx(expected)
    assert found["mean"] > whole["mean"]
    assert (found["n_sentences"], whole["n_sentences"]) == (2, 1)
    assert found["agreement"] == AGREEMENT["clause"]["vader"] > whole["agreement"]
    with pytest.raises(
        ValueError, match=r"^clauses are scored from the texts, and none is at hand"
    ):
        target_sentiment(replace(measured, texts={}), unit="clause")


# ---- the shipped targets ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian officials met NATO envoys in Italy.", ["russia", "nato", "italy"]),
        ("Mr. Trump spoke of the EU and of the U.S.", ["trump", "european-union", "united-states"]),
        ("Hillary Clinton and Bill Clinton", ["clinton", "namesakes-of-people"]),
        ("They told us that turkeys polish china.", []),
        ("Anti-Trump signs and anti-Russian songs", ["trump", "russia"]),
        ("New Mexico is in America.", ["namesakes-of-lands", "united-states"]),
    ],
)
def test_the_shipped_targets_find_names_and_leave_other_things_alone(text, expected):
    """Names, peoples and abbreviations; not dishes, birds and cities."""
    assert find_markers(text, read_lexicon("targets-en"))["entry"].tolist() == expected


def test_entries_of_the_shipped_lexicons_share_no_name():
    """Co-occurrences are stored by entry, so that a shared name would mix two entries."""
    ids = [
        entry.id for name in ("framing-en", "targets-en") for entry in read_lexicon(name).entries
    ]
    assert len(set(ids)) == len(ids)


def test_every_entry_of_the_targets_is_a_target_or_kept_apart_from_one():
    """The frames are target/... and neutral."""
    frames = read_lexicon("targets-en").table()["frame"]
    assert (is_target(frames) | (frames == "neutral")).all()
    assert is_target(frames).sum() == 60


@pytest.mark.slow
def test_the_agreement_that_is_printed_is_the_one_that_is_measured():
    """Within a hundredth, since the data here are a part of the set."""
    found = validate_sentiment(read_gold(at_hand(SHARED / "data" / "newsmtsc.jsonl.gz")))
    assert found["f1"] == pytest.approx(AGREEMENT["sentence"]["vader"], abs=0.01)
    assert found["textblob_f1"] == pytest.approx(AGREEMENT["sentence"]["polarity"], abs=0.01)
    assert found["clause_f1"] == pytest.approx(AGREEMENT["clause"]["vader"], abs=0.01)
    assert found["textblob_clause_f1"] == pytest.approx(AGREEMENT["clause"]["polarity"], abs=0.01)
    assert {*AGREEMENT["sentence"]} < {*MEASURES}
