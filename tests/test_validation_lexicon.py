"""Loadedness is measured as its users are told it is."""

import gzip
import json

import numpy as np
import pytest
from conftest import SHARED, at_hand

from biaskit.loadedness import Loadedness
from biaskit.validation import lexicon
from biaskit.validation.baselines import curated_words, negative_words, subjective_words
from biaskit.validation.lexicon import by_topic, gold_terms, validate_lexicon
from biaskit.validation.ranking import auc, auc_within

BABE = SHARED / "data" / "babe.jsonl.gz"
BASIL = SHARED / "data" / "basil.jsonl.gz"

LOADED = "The mayor slammed this absurd plan."
PLAIN = "The council of Arlen meets on Tuesday."


def sentence(text: str, words: str = "", *, outlet: str = "Echo", topic: str = "bridge") -> dict:
    marked = words.split()
    return {
        "text": text, "outlet": outlet, "topic": topic, "biased": bool(marked),
        "biased_words": marked,
    }  # fmt: skip


ROWS = [
    sentence(LOADED, "Slammed absurd"),
    sentence(PLAIN),
    sentence("A disgraceful, shameful sham.", "shameful", topic="harbour", outlet="Post"),
    sentence("The bridge was built in 1931.", "bridge", topic="harbour"),
]

ARTICLE = {
    "sentences": [LOADED, PLAIN, "He called it “a disgraceful sham” on Tuesday."],
    "spans": [
        {"sentence": 0, "start": 10, "end": 17, "kind": "lex", "in_quote": False},
        {"sentence": 0, "start": 0, "end": 34, "kind": "inf", "in_quote": False},
        {"sentence": 1, "start": 27, "end": 37, "kind": "lex", "in_quote": False},
        {"sentence": 2, "start": 14, "end": 32, "kind": "lex", "in_quote": True},
    ],
}


def test_words_are_counted_by_hand():
    """Six marks, three of them right, four words marked by people."""
    found = validate_lexicon(ROWS)
    marked = [m.form for r in ROWS for m in Loadedness("broad").hits(r["text"], [(0, 99)])]
    right = [w for w in marked if w.lower() in {"slammed", "absurd", "shameful"}]
    assert len(right) == 3
    assert found["n"] == 4
    assert found["n_gold"] == 4
    assert found["n_marked"] == len(marked)
    assert found["precision"] == pytest.approx(3 / len(marked))
    assert found["recall"] == pytest.approx(3 / 4)
    assert found["f1"] == pytest.approx(2 * 3 / (len(marked) + 4))
    assert found["low"] <= found["f1"] <= found["high"]
    assert found["mb_per_s"] > 0


def test_simpler_ways_stand_beside():
    """The list alone marks slammed, absurd, disgraceful, shameful and sham."""
    found = validate_lexicon(ROWS)
    assert found["f1_unfitted_list"] == pytest.approx(2 * 3 / (5 + 4))
    assert {"f1_curated", "f1_vader", "f1_textblob"} < set(found)
    text = "A horrible, absurd and lovely plan."
    assert {text[a:b] for a, b in negative_words(text)} == {"horrible"}
    assert {text[a:b] for a, b in subjective_words(text)} == {"horrible", "absurd", "lovely"}
    assert curated_words("The regime fell.") == {(4, 10)}
    assert curated_words("The bridge fell.") == set()


def test_sentences_are_ranked_within_outlets():
    """Echo's pairs: the loaded sentence outranks the plain one, the bridge's does not."""
    found = validate_lexicon(ROWS)
    assert found["auc_within_outlets"] in {0.5, 1.0}
    assert found["auc_outlet_name"] == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert 0 <= found["auc"] <= 1


def test_areas_count_pairs():
    """Ties count half; within groups only pairs of one group; no pairs, no area."""
    scores, yes = np.array([1.0, 2.0, 2.0, 5.0]), np.array([False, True, False, True])
    assert auc(scores, yes) == (1 + 0.5 + 1 + 1) / 4
    assert auc_within(scores, yes, np.array(["a", "a", "b", "b"])) == 1
    assert auc_within(scores, yes, np.array(["a", "b", "a", "b"])) is None
    assert auc(scores, yes | True) is None


def test_folds_fit_on_the_other_topics(monkeypatch):
    """Each topic is measured with weights that never saw it."""
    assert by_topic(ROWS) == [([2, 3], [0, 1]), ([0, 1], [2, 3])]
    seen = []
    fit = lexicon.fit_weights

    def watched(observed, marked, **options):
        seen.append([set(one) for one in marked])
        return fit(observed, marked, **options)

    monkeypatch.setattr(lexicon, "fit_weights", watched)
    folded = validate_lexicon(ROWS, folds="topic")
    golds = [gold_terms(row) for row in ROWS]
    assert seen == [golds[2:], golds[:2]]
    assert folded["f1"] != validate_lexicon(ROWS)["f1"]


def test_spans_are_counted_by_hand():
    """Two of three lexical spans hold a mark; inferred ones are not asked for."""
    found = validate_lexicon([ARTICLE])
    marked = [
        m.form for text in ARTICLE["sentences"] for m in Loadedness("broad").hits(text, [(0, 99)])
    ]
    assert set(marked) >= {"slammed", "absurd", "disgraceful", "sham"}
    assert found["n_spans"] == 3
    assert found["n_marked"] == len(marked)
    assert found["recall"] == pytest.approx(2 / 3)
    assert found["recall_own_voice"] == pytest.approx(1 / 2)
    assert found["recall_quoted"] == pytest.approx(1)
    assert found["precision"] == pytest.approx(3 / len(marked))
    assert found["f1"] == pytest.approx(2 * (2 / 3) * (3 / len(marked)) / (2 / 3 + 3 / len(marked)))
    assert found["recall_unfitted_list"] == pytest.approx(2 / 3)


def test_what_cannot_be_measured_is_said():
    """Folds without topics, one topic, other gold."""
    with pytest.raises(ValueError, match=r"^no folds 'outlet'; there is topic$"):
        validate_lexicon(ROWS, folds="outlet")
    with pytest.raises(ValueError, match=r"^folds by topic need two topics; the gold has bridge$"):
        validate_lexicon(ROWS[:2], folds="topic")
    with pytest.raises(ValueError, match=r"^folds are for gold with topics"):
        validate_lexicon([ARTICLE], folds="topic")
    with pytest.raises(KeyError, match="biased_words or spans"):
        validate_lexicon([{"text": PLAIN}])


def test_nothing_marked_is_missing_and_not_zero():
    """A precision of no marks is nothing."""
    found = validate_lexicon([sentence(PLAIN), sentence(PLAIN, "council")])
    assert found["precision"] is None
    assert found["recall"] == 0


def rows_of(file) -> list[dict]:
    with gzip.open(at_hand(file), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.slow
def test_people_agree_on_topics_not_seen():
    """On BABE, as far as the documentation promises."""
    found = validate_lexicon(rows_of(BABE), folds="topic")
    assert found["f1"] >= 0.43
    assert found["f1_unfitted_list"] >= 0.34
    assert found["auc_within_outlets"] >= 0.72
    assert found["precision_strict"] >= 0.58


@pytest.mark.slow
def test_people_agree_on_articles_never_fitted_on():
    """On BASIL, with the cut of BABE."""
    found = validate_lexicon(rows_of(BASIL))
    assert found["recall"] >= 0.45
    assert found["precision"] >= 0.06
