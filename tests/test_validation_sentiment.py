"""Agreement of the sentence scores with people is counted as by hand."""

import pytest
from conftest import SHARED, at_hand
from scipy.stats import pearsonr, spearmanr

from biaskit.sentiment import score_sentences
from biaskit.validation import read_gold
from biaskit.validation.sentiment import CLASSES, FEWEST_MENTIONS, validate_sentiment

GOOD, BAD, PLAIN = "Arlen won a splendid prize.", "Arlen met a terrible disaster.", "Arlen met Bo."


def sentence_with(text, *polarities, mention="Arlen"):
    """A row of gold whose targets all are one mention."""
    start = text.index(mention)
    target = {"start": start, "end": start + len(mention), "mention": mention}
    return {"text": text, "targets": [{**target, "polarity": one} for one in polarities]}


# ---- ratings ---------------------------------------------------------------------------------

TEXTS = [GOOD, BAD, PLAIN, "A fine day.", "A bad day, and a good one."]
RATINGS = [3.0, -3.5, 0.0, -1.0, 0.5]


def test_ratings_are_correlated_with_both_scorers():
    """Pearson's and Spearman's, with VADER's compound first."""
    rows = [{"text": t, "mean_rating": r} for t, r in zip(TEXTS, RATINGS, strict=True)]
    found = validate_sentiment(rows)
    scores = score_sentences(TEXTS)
    vader, polarity = [x.vader for x in scores], [x.polarity for x in scores]
    assert found["correlation"] == pytest.approx(pearsonr(vader, RATINGS).statistic)
    assert found["spearman"] == pytest.approx(spearmanr(vader, RATINGS).statistic)
    assert found["textblob_correlation"] == pytest.approx(pearsonr(polarity, RATINGS).statistic)
    assert found["textblob_spearman"] == pytest.approx(spearmanr(polarity, RATINGS).statistic)
    assert found["n"] == 5
    assert found["seconds"] > 0
    assert found["mb_per_s"] == pytest.approx(sum(len(t) for t in TEXTS) / 1e6 / found["seconds"])


def test_ratings_that_do_not_vary_correlate_with_nothing():
    """Missing, not 0."""
    rows = [{"text": text, "mean_rating": 1.0} for text in TEXTS]
    assert validate_sentiment(rows)["correlation"] is None
    one = validate_sentiment([{"text": GOOD, "mean_rating": 1.0}])
    assert one["spearman"] is None


# ---- targets ---------------------------------------------------------------------------------


def test_targets_that_sound_as_they_are_meant_agree_wholly():
    """All three classes right: 1."""
    rows = [sentence_with(GOOD, "positive"), sentence_with(BAD, "negative"),
            sentence_with(PLAIN, "neutral")]  # fmt: skip
    found = validate_sentiment(rows)
    for key in ("f1", "precision", "recall", "accuracy", "clause_f1", "textblob_f1",
                "f1_negative", "f1_neutral", "f1_positive", "textblob_clause_f1"):  # fmt: skip
        assert found[key] == 1, key
    assert (found["n"], found["n_targets"]) == (3, 3)


def test_macro_f1_is_the_mean_over_the_classes():
    """
    The good sentence is meant once positively and once neutrally, the bad one negatively.

    positive: 2 * 1 / (2 + 1); neutral: 0 of 1; negative: 1.
    """
    rows = [sentence_with(GOOD, "positive", "neutral"), sentence_with(BAD, "negative")]
    found = validate_sentiment(rows)
    assert found["f1_positive"] == pytest.approx(2 / 3)
    assert found["f1_neutral"] == 0
    assert found["f1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["precision"] == pytest.approx((1 / 2 + 1) / 2)
    assert found["recall"] == pytest.approx((1 + 0 + 1) / 3)
    assert (found["n"], found["n_targets"]) == (2, 3)


def test_the_clause_leaves_out_what_is_said_of_others():
    """The storm is bad and the sentence with it; Arlen's clause is good."""
    text = "The storm was a terrible, horrible disaster while Arlen won a prize."
    found = validate_sentiment([sentence_with(text, "positive")])
    assert found["f1"] == 0
    assert found["clause_f1"] == 1


@pytest.mark.parametrize(
    ("score", "expected"), [(0.05, "positive"), (0.0499, "neutral"), (-0.05, "negative")]
)
def test_vader_is_neutral_between_its_published_thresholds(score, expected, monkeypatch):
    """.05 itself is positive, -.05 itself negative (Hutto & Gilbert 2014)."""
    monkeypatch.setattr(
        "biaskit.validation.sentiment.score_sentences",
        lambda texts: [(score, 0.0, 0.0)] * len(texts),
    )
    for meant in CLASSES:
        assert validate_sentiment([sentence_with(PLAIN, meant)])["f1"] == (meant == expected)


@pytest.mark.parametrize(
    ("score", "expected"), [(0.001, "positive"), (0.0, "neutral"), (-0.001, "negative")]
)
def test_textblob_is_neutral_at_0_alone(score, expected, monkeypatch):
    """It has no other custom."""
    monkeypatch.setattr(
        "biaskit.validation.sentiment.score_sentences",
        lambda texts: [(0.0, score, 0.0)] * len(texts),
    )
    for meant in CLASSES:
        found = validate_sentiment([sentence_with(PLAIN, meant)])
        assert found["textblob_f1"] == (meant == expected)


def test_targets_named_often_enough_have_a_figure_of_their_own():
    """Aliases of one entry are one target; others go by their own words."""
    trump = [sentence_with(f"{name} won a splendid prize.", "positive", mention=name)
             for name in ("Mr. Trump", "Donald Trump")] * (FEWEST_MENTIONS // 2)  # fmt: skip
    arlen = [sentence_with(GOOD, "negative")] * (FEWEST_MENTIONS - 1)
    assert validate_sentiment([*trump, *arlen])["by_target"] == {
        "trump": {"f1": 1.0, "clause_f1": 1.0, "n": FEWEST_MENTIONS}
    }
    more = validate_sentiment([*trump, *arlen, sentence_with(GOOD, "negative")])["by_target"]
    assert more["arlen"] == {"f1": 0.0, "clause_f1": 0.0, "n": FEWEST_MENTIONS}


@pytest.mark.parametrize(
    "row",
    [{"text": GOOD}, {"mean_rating": 1.0}, sentence_with(GOOD, "splendid")],
    ids=["no gold", "no text", "no class"],
)
def test_rows_that_hold_something_else_are_no_gold(row):
    """`validate` turns this into a sentence on what a row needs."""
    with pytest.raises(KeyError):
        validate_sentiment([row])


@pytest.mark.slow
def test_the_figures_are_those_known_of_the_data():
    """VADER .50 on the editorials and .51 on targets, and the clause better than the sentence."""
    editorials = validate_sentiment(read_gold(at_hand(SHARED / "data" / "nyt_editorials.jsonl.gz")))
    assert editorials["correlation"] == pytest.approx(0.50, abs=0.01)
    rows = read_gold(at_hand(SHARED / "data" / "newsmtsc.jsonl.gz"))
    for half in (rows[::2], rows[1::2]):
        found = validate_sentiment(half)
        assert found["f1"] > 0.50
        assert found["clause_f1"] > found["f1"] + 0.02
        assert found["textblob_f1"] > 0.40
