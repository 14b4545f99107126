"""
How well do the sentence scores agree with people?

Two kinds of gold are told apart by what their rows hold. *Ratings* (the editorial snippets
that VADER was published with) have a text and the mean of many people's ratings: the figure is
the correlation with them. *Targets* (NewsMTSC) have sentences, and in each the places of
somebody named and how the sentence presents them: negative, neutral or positive. The figure is
the macro F1 of those three, on the target itself: how far off a sentence's score can be when it
is taken for a tone towards somebody.

A score becomes one of the three by the scorers' own customs: VADER's compound is neutral
between -.05 and .05 (Hutto & Gilbert 2014), TextBlob's polarity where it is 0. No threshold is
fitted here.
"""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import pearsonr, spearmanr

from biaskit.lexicon import read_lexicon
from biaskit.markers import find_markers
from biaskit.sentiment import score_sentences
from biaskit.targets import clause_around

__all__ = ["CLASSES", "validate_sentiment"]

CLASSES = {"negative": -1, "neutral": 0, "positive": 1}

# A score below minus this or above this is no longer neutral.
NEUTRAL_WITHIN = {"vader": 0.05, "polarity": 0.0}

# A target named less often than this has too few sentences for three classes.
FEWEST_MENTIONS = 30


def validate_sentiment(rows: Sequence[dict]) -> dict[str, Any]:
    """
    Agreement of VADER and TextBlob with people.

    Returns
    -------
    For ratings: `correlation` (Pearson's, VADER's compound), `spearman`, and both for TextBlob's
    polarity. For targets: `f1` (macro F1 by VADER on the whole sentence), its `precision` and
    `recall`, `clause_f1` (VADER on the clause around the target), both for TextBlob, `accuracy`,
    the F1 of each class, and `by_target`: macro F1 and n of targets with 30 sentences or more.
    For both: n, seconds and mb_per_s (both scorers on the texts).

    Raises
    ------
    KeyError : rows that hold neither.
    """
    if "mean_rating" not in rows[0]:
        return _targets(rows)
    return _ratings(rows)


def _ratings(rows: Sequence[dict]) -> dict[str, Any]:
    scores, work = _scored([row["text"] for row in rows])
    people = [row["mean_rating"] for row in rows]
    return {
        "correlation": _correlation(pearsonr, scores["vader"], people),
        "spearman": _correlation(spearmanr, scores["vader"], people),
        "textblob_correlation": _correlation(pearsonr, scores["polarity"], people),
        "textblob_spearman": _correlation(spearmanr, scores["polarity"], people),
        "n": len(rows),
        **work,
    }


def _correlation(of: Any, scores: np.ndarray, people: list[float]) -> float | None:
    """Missing where either does not vary."""
    if len(people) < 2 or np.ptp(scores) == 0 or np.ptp(people) == 0:
        return None
    return float(of(scores, people).statistic)


def _targets(rows: Sequence[dict]) -> dict[str, Any]:
    targets = [(i, target) for i, row in enumerate(rows) for target in row["targets"]]
    wanted = np.array([CLASSES[target["polarity"]] for _, target in targets])
    scores, work = _scored([row["text"] for row in rows])
    clauses = []
    for i, target in targets:
        begin, stop = clause_around(rows[i]["text"], target["start"], target["end"])
        clauses.append(rows[i]["text"][begin:stop])
    of_clauses, _ = _scored(clauses)
    of_target = [i for i, _ in targets]
    found = {
        measure: (
            _classes(scores[measure][of_target], neutral_within),
            _classes(of_clauses[measure], neutral_within),
        )
        for measure, neutral_within in NEUTRAL_WITHIN.items()
    }
    sentence, clause = found["vader"]
    of_classes = _by_class(wanted, sentence)
    return {
        "f1": _macro(wanted, sentence),
        "precision": _mean([one["precision"] for one in of_classes.values()]),
        "recall": _mean([one["recall"] for one in of_classes.values()]),
        "clause_f1": _macro(wanted, clause),
        "textblob_f1": _macro(wanted, found["polarity"][0]),
        "textblob_clause_f1": _macro(wanted, found["polarity"][1]),
        "accuracy": float((wanted == sentence).mean()),
        **{f"f1_{name}": one["f1"] for name, one in of_classes.items()},
        "n": len(rows),
        "n_targets": len(targets),
        **work,
        "by_target": _by_target([target for _, target in targets], wanted, sentence, clause),
    }


def _scored(texts: Sequence[str]) -> tuple[dict[str, np.ndarray], dict[str, float | None]]:
    began = time.perf_counter()
    scores = np.array(score_sentences(texts), dtype=float).reshape(len(texts), 3)
    seconds = time.perf_counter() - began
    size = sum(len(text.encode()) for text in texts)
    columns = dict(zip(("vader", "polarity", "subjectivity"), scores.T, strict=True))
    return columns, {"seconds": seconds, "mb_per_s": size / 1e6 / seconds if seconds else None}


def _classes(scores: np.ndarray, neutral_within: float) -> np.ndarray:
    """
    -1, 0 or 1; VADER's own rule counts .05 itself as positive, and 0 is never either.

    >>> _classes(np.array([-0.05, -0.04, 0.0, 0.05]), 0.05)
    array([-1,  0,  0,  1])
    """
    return np.where(
        np.abs(scores) >= max(neutral_within, np.finfo(float).tiny), np.sign(scores), 0
    ).astype(int)


def _by_class(wanted: np.ndarray, found: np.ndarray) -> dict[str, dict[str, float | None]]:
    table = {}
    for name, one in CLASSES.items():
        right = int(((wanted == one) & (found == one)).sum())
        n_found, n_wanted = int((found == one).sum()), int((wanted == one).sum())
        table[name] = {
            "precision": right / n_found if n_found else None,
            "recall": right / n_wanted if n_wanted else None,
            "f1": 2 * right / (n_found + n_wanted) if n_found + n_wanted else None,
        }
    return table


def _macro(wanted: np.ndarray, found: np.ndarray) -> float | None:
    """Mean F1 of the classes that occur on either side."""
    return _mean([one["f1"] for one in _by_class(wanted, found).values()])


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _by_target(
    targets: Sequence[dict], wanted: np.ndarray, sentence: np.ndarray, clause: np.ndarray
) -> dict[str, dict[str, Any]]:
    """Aliases of one entry of targets-en count as one; other mentions go by their own words."""
    lexicon = read_lexicon("targets-en")
    names: dict[str, str] = {}
    for mention in {target["mention"] for target in targets}:
        hits = find_markers(mention, lexicon)
        entries = hits.loc[hits["frame"].str.startswith("target"), "entry"]
        names[mention] = entries.iloc[0] if len(entries) else mention.casefold()
    of = np.array([names[target["mention"]] for target in targets], dtype=object)
    table = {}
    for name in sorted({*of}):
        here = of == name
        if here.sum() >= FEWEST_MENTIONS:
            table[name] = {
                "f1": _macro(wanted[here], sentence[here]),
                "clause_f1": _macro(wanted[here], clause[here]),
                "n": int(here.sum()),
            }
    return table
