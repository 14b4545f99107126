"""
How well does loadedness agree with people who marked loaded words?

Two kinds of gold are read, told apart by their keys. **BABE**: single sentences with the words
that at least two of five experts marked, and whether most called the sentence biased. **BASIL**:
articles with spans of lexical bias, each in a source's quotation or in the outlet's own voice.

Beside the marks stand simpler ways to find such words: the list with nothing fitted (any frame
that may mark alone), the curated lexicon, negative words of VADER, subjective words of TextBlob.

A sentence's score is the mean of its three highest words. How well it ranks biased sentences is
given pooled and **within outlets**, since the outlet's name alone ranks them well already; quote
the figure within outlets.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from biaskit.loadedness.context import word_spans
from biaskit.loadedness.fitting import fit_weights, observe
from biaskit.loadedness.marking import Loadedness, Weights, shipped_weights
from biaskit.tokens import term_of
from biaskit.validation.baselines import SIMPLER, overlap
from biaskit.validation.ranking import auc, auc_within

__all__ = ["by_topic", "gold_terms", "validate_lexicon"]

SETTING = "broad"  # the cut with the best F1; `strict` stands beside it
TOP_WORDS = 3
DRAWS = 1_000

Row = dict[str, Any]
Spans = set[tuple[int, int]]


def validate_lexicon(rows: Sequence[Row], folds: str | None = None) -> Row:
    """
    Agreement of the marks with people's, word by word.

    Parameters
    ----------
    rows : BABE (text, outlet, topic, biased, biased_words) or BASIL (sentences, spans).
    folds : `topic` to fit the weights anew on all other topics for each topic, which is how to
        measure on the rows that the shipped weights were fitted on; else these are used.

    Returns
    -------
    For BABE:

    - f1, precision, recall of the setting `broad`, with the 95 % interval of f1 (low, high: a
      bootstrap over sentences); n: sentences; n_words, n_gold, n_marked
    - precision_strict, recall_strict: of the setting `strict`
    - f1_unfitted_list, f1_curated, f1_vader, f1_textblob: of the simpler ways
    - auc: of biased sentences against others; auc_within_outlets: over pairs of one outlet;
      auc_outlet_name: of the outlet's own share of biased sentences
    - seconds, mb_per_s: time in the marker alone, and text per second

    For BASIL, f1, low, high, n, seconds and mb_per_s, and:

    - recall: share of the lexical spans with a marked word; precision: share of the marked words
      that stand in one; f1: their harmonic mean; n_spans
    - recall_own_voice, recall_quoted: by whether the span stands in a quotation
    - the same of `strict`, of the unfitted list, the curated lexicon, VADER and TextBlob

    Raises
    ------
    ValueError : other folds than `topic`, or folds of fewer than two topics.
    KeyError : rows of neither kind.
    """
    if folds not in (None, "topic"):
        raise ValueError(f"no folds {folds!r}; there is topic")
    if "biased_words" in rows[0]:
        return _babe(rows, folds)
    if "spans" in rows[0]:
        if folds:
            raise ValueError("folds are for gold with topics; this one has articles and spans")
        return _basil(rows)
    raise KeyError("biased_words or spans")  # told in full by `validate`


def gold_terms(row: Row) -> set[str]:
    """The words that people marked, as they are counted."""
    return {term_of(word) for word in row["biased_words"]}


def by_topic(rows: Sequence[Row]) -> list[tuple[list[int], list[int]]]:
    """For each topic, the numbers of the rows of the others and of its own."""
    topics = sorted({row["topic"] for row in rows})
    if len(topics) < 2:
        raise ValueError(f"folds by topic need two topics; the gold has {', '.join(topics)}")
    numbers = range(len(rows))
    return [
        (
            [i for i in numbers if rows[i]["topic"] != topic],
            [i for i in numbers if rows[i]["topic"] == topic],
        )
        for topic in topics
    ]


# ---- BABE -----------------------------------------------------------------------------------


def _babe(rows: Sequence[Row], folds: str | None) -> Row:
    scores: list[list[tuple[int, int, float]]] = [[] for _ in rows]
    found: dict[str, list[Spans]] = {SETTING: [set()] * len(rows), "strict": [set()] * len(rows)}
    seconds = 0.0
    for test, markers in _markers(rows, folds):
        for i in test:
            text = rows[i]["text"]
            whole = (0, len(text))
            for setting, marker in markers.items():
                began = time.perf_counter()
                found[setting][i] = {mark[:2] for mark in marker.hits(text, [whole])}
                seconds += (time.perf_counter() - began) * (setting == SETTING)
            scores[i] = markers[SETTING].scores(text, whole)
    gold = [_gold_spans(row) for row in rows]
    counts = _counts(gold, found[SETTING])
    biased = np.array([bool(row["biased"]) for row in rows])
    outlets = np.array([row["outlet"] for row in rows])
    ranking = np.array([_sentence_score([score for *_, score in one]) for one in scores])
    shares = np.array([biased[outlets == outlet].mean() for outlet in outlets])
    simple = {
        f"f1_{name}": _agreement(_counts(gold, [find(row["text"]) for row in rows]))["f1"]
        for name, find in SIMPLER.items()
    }
    strict = _agreement(_counts(gold, found["strict"]))
    return {
        **_agreement(counts),
        **_interval(counts),
        "n": len(rows),
        "n_words": sum(map(len, scores)),
        "n_gold": int(counts[:, 2].sum()),
        "n_marked": int(counts[:, 1].sum()),
        "precision_strict": strict["precision"],
        "recall_strict": strict["recall"],
        "auc": auc(ranking, biased),
        "auc_within_outlets": auc_within(ranking, biased, outlets),
        "auc_outlet_name": auc(shares, biased),
        **simple,
        **_work(seconds, sum(len(row["text"].encode()) for row in rows)),
    }


def _markers(
    rows: Sequence[Row], folds: str | None
) -> list[tuple[Sequence[int], dict[str, Loadedness]]]:
    """The markers of each part of the rows, fitted without it where folds are asked for."""
    if folds is None:
        return [(range(len(rows)), _both(shipped_weights()))]
    observed = observe([row["text"] for row in rows])
    marked = [gold_terms(row) for row in rows]
    strict = shipped_weights().cuts["strict"]
    found: list[tuple[Sequence[int], dict[str, Loadedness]]] = []
    for train, test in by_topic(rows):
        signs, gold = [observed[i] for i in train], [marked[i] for i in train]
        found.append((test, _both(fit_weights(signs, gold, strict=strict))))
    return found


def _both(model: Weights) -> dict[str, Loadedness]:
    return {setting: Loadedness(setting, weights=model) for setting in (SETTING, "strict")}


def _gold_spans(row: Row) -> Spans:
    text, terms = row["text"], gold_terms(row)
    return {(a, b) for a, b in word_spans(text, 0, len(text)) if term_of(text[a:b]) in terms}


def _sentence_score(scores: Sequence[float]) -> float:
    """Mean of the three highest; a sentence of fewer words is filled up with zeros."""
    return sum(sorted(scores, reverse=True)[:TOP_WORDS]) / TOP_WORDS


# ---- BASIL ----------------------------------------------------------------------------------


def _basil(rows: Sequence[Row]) -> Row:
    """Sentences are read one by one, as they are annotated."""
    sentences, spans, quoted = [], [], []
    for row in rows:
        for number, text in enumerate(row["sentences"]):
            lexical = [s for s in row["spans"] if s["kind"] == "lex" and s["sentence"] == number]
            sentences.append(text)
            spans.append([(s["start"], s["end"]) for s in lexical])
            quoted.append([bool(s["in_quote"]) for s in lexical])
    marker, strict = Loadedness(SETTING), Loadedness("strict")
    began = time.perf_counter()
    marks = [{m[:2] for m in marker.hits(text, [(0, len(text))])} for text in sentences]
    seconds = time.perf_counter() - began
    others: dict[str, Callable[[str], Spans]] = {
        "strict": lambda text: {m[:2] for m in strict.hits(text, [(0, len(text))])},
        **SIMPLER,
    }
    by_name: Row = {}
    for name, find in others.items():
        agreement = _span_agreement(_span_counts(spans, [find(text) for text in sentences]))
        by_name |= {f"{key}_{name}": value for key, value in agreement.items()}
    counts = _span_counts(spans, marks)
    own, within = (
        _span_counts([[s for s, q in zip(*pair, strict=True) if q is wanted]
                      for pair in zip(spans, quoted, strict=True)], marks)
        for wanted in (False, True)
    )  # fmt: skip
    return {
        **_span_agreement(counts),
        **_interval(counts, _span_f1),
        "n": len(rows),
        "n_sentences": len(sentences),
        "n_spans": int(counts[:, 2].sum()),
        "n_marked": int(counts[:, 1].sum()),
        "recall_own_voice": _span_agreement(own)["recall"],
        "recall_quoted": _span_agreement(within)["recall"],
        **by_name,
        **_work(seconds, sum(len(text.encode()) for text in sentences)),
    }


def _span_counts(spans: Sequence[list[tuple[int, int]]], marks: Sequence[Spans]) -> np.ndarray:
    """By sentence: marks in a span, marks, spans, spans with a mark."""
    return np.array(
        [
            (
                sum(any(overlap(mark, span) for span in here) for mark in found),
                len(found),
                len(here),
                sum(any(overlap(mark, span) for mark in found) for span in here),
            )
            for here, found in zip(spans, marks, strict=True)
        ]
    )


def _span_agreement(counts: np.ndarray) -> dict[str, float | None]:
    right, marked, n_spans, found = counts.sum(axis=0)
    return {
        "f1": float(_span_f1(counts.sum(axis=0))) if right else None,
        "precision": float(right / marked) if marked else None,
        "recall": float(found / n_spans) if n_spans else None,
    }


def _span_f1(sums: np.ndarray) -> np.ndarray:
    right, marked, n_spans, found = np.moveaxis(sums, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = right / marked, found / n_spans
        return 2 * precision * recall / (precision + recall)


# ---- agreement ------------------------------------------------------------------------------


def _counts(gold: Sequence[Spans], marks: Sequence[Spans]) -> np.ndarray:
    """By sentence: words marked by both, by the marker, by people."""
    return np.array([(len(g & m), len(m), len(g)) for g, m in zip(gold, marks, strict=True)])


def _agreement(counts: np.ndarray) -> dict[str, float | None]:
    right, marked, gold = counts.sum(axis=0)
    return {
        "f1": float(2 * right / (marked + gold)) if marked + gold else None,
        "precision": float(right / marked) if marked else None,
        "recall": float(right / gold) if gold else None,
    }


def _f1(sums: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return 2 * sums[..., 0] / (sums[..., 1] + sums[..., 2])


def _interval(
    counts: np.ndarray, measure: Callable[[np.ndarray], np.ndarray] = _f1
) -> dict[str, float]:
    """95 % percentile interval of the measure, sentences drawn anew."""
    rng = np.random.default_rng(1)
    n = len(counts)
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=DRAWS) @ counts
    low, high = np.nanquantile(measure(drawn), [0.025, 0.975])
    return {"low": float(low), "high": float(high)}


def _work(seconds: float, size: int) -> dict[str, float | None]:
    return {"seconds": seconds, "mb_per_s": size / 1e6 / seconds if seconds else None}
