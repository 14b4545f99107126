"""Agreement with people's events is counted as the papers count it."""

import pytest
from conftest import SHARED, at_hand

from biaskit.validation import read_gold
from biaskit.validation.events import b_cubed, pairwise, validate_events


def test_b_cubed_of_a_table_by_hand():
    """Two gold groups of two; three of four put together."""
    found = b_cubed(["a", "a", "b", "b"], [1, 1, 1, 2])
    precision, recall = (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, (1 + 1 + 1 / 2 + 1 / 2) / 4
    assert found["precision"] == pytest.approx(precision)
    assert found["recall"] == pytest.approx(recall)
    assert found["f1"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_pairs_of_a_table_by_hand():
    """One of three pairs found is right, and one of two right pairs is found."""
    found = pairwise(["a", "a", "b", "b"], [1, 1, 1, 2])
    assert (found["precision"], found["recall"]) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert found["f1"] == pytest.approx(0.4)


@pytest.mark.slow
def test_pairs_agree_with_scikit_learn():
    """Its pair confusion matrix counts every pair twice."""
    metrics = pytest.importorskip("sklearn.metrics.cluster")
    gold, found = [0, 0, 1, 1, 2, 2, 2], [0, 0, 0, 1, 2, 2, 1]
    (_, wrong), (missed, right) = metrics.pair_confusion_matrix(gold, found)
    ours = pairwise(gold, found)
    assert ours["precision"] == pytest.approx(right / (right + wrong))
    assert ours["recall"] == pytest.approx(right / (right + missed))


def test_nothing_to_measure_is_missing_not_zero():
    """Neither an empty file nor articles that are all alone have an agreement of pairs."""
    empty = validate_events([])
    assert (empty["n"], empty["f1"], empty["pair_f1"]) == (0, None, None)
    assert pairwise(["a", "b"], [1, 2]) == {"f1": None, "precision": None, "recall": None}


STORIES = [
    {"story": 1, "articles": [
        {"outlet": "Echo", "title": "Flood closes Harrowby bridge", "date": "2031-05-04",
         "lead": ["The river Tarn rose over the bridge at Harrowby."]},
        {"outlet": "Post", "title": "Harrowby bridge under water", "date": "2031-05-04",
         "lead": "At Harrowby the river Tarn rose over the bridge."}]},
    {"story": 2, "articles": [
        {"outlet": "Echo", "title": "Flood closes Harrowby bridge", "date": "2033-05-04",
         "lead": ["The river Tarn rose over the bridge at Harrowby."]},
        {"outlet": "Post", "title": "Harrowby bridge under water", "date": "2033-05-04",
         "lead": "At Harrowby the river Tarn rose over the bridge."}]},
]  # fmt: skip


def test_dates_can_be_taken_away():
    """With dates two floods are two events; without, the same words are one."""
    assert validate_events(STORIES)["f1"] == 1
    without = validate_events(STORIES, dates=False)
    assert (without["recall"], without["precision"]) == (1, 0.5)


def test_articles_in_sentences_are_read_by_the_first_five():
    """What stands further down changes nothing."""
    rows = [
        {"event": row["story"], "outlet": x["outlet"], "title": x["title"], "date": x["date"],
         "sentences": ["The river Tarn rose over the bridge."] * 5 + ["Apples are red."] * more}
        for row in STORIES for x in row["articles"] for more in (0,)
    ]  # fmt: skip
    longer = [
        {**row, "sentences": [*row["sentences"], f"Word{k} alone."]} for k, row in enumerate(rows)
    ]
    one, two = validate_events(rows), validate_events(longer)
    assert {k: v for k, v in one.items() if k not in {"seconds", "mb_per_s"}} == {
        k: v for k, v in two.items() if k not in {"seconds", "mb_per_s"}
    }
    assert one["n"] == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "dates", "least"),
    [("stories", True, 0.95), ("stories", False, 0.86), ("basil", False, 0.985)],
)
def test_people_and_program_agree(name, dates, least, record_property):
    """B-cubed F1 on the whole of the sets at hand; tests/benchmarks/events.py holds halves out."""
    file = at_hand(SHARED / "data" / f"{name}.jsonl.gz")
    found = validate_events(read_gold(file), dates=dates)
    record_property("f1", round(found["f1"], 3))
    assert found["f1"] >= least
