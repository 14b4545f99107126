"""
How well does the voice tagger agree with people?

The gold is a list of articles as PolNeAR annotates them: their text and, for each attribution,
the character spans of its source, cue and content. A token counts as attributed where any
content covers it; "that" is ignored, as annotators differ on it. Two people agree on these
tokens with an F1 of .912 (16 articles of PolNeAR that several annotated).
"""

import re
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from biaskit.tokens import token_spans
from biaskit.voice import PARAGRAPH, Span, voice_spans
from biaskit.voice.quotations import find_quotations

__all__ = ["charged_words", "validate_voice"]

# Cues that say that somebody spoke or wrote: said, according to, or a colon.
SPEECH_CUE = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|ask(?:s|ed|ing)?|according|add(?:s|ed|ing)?"
    r"|wr(?:ote|ites?|iting|itten)|explain\w*|argu(?:e|es|ed|ing)|claim(?:s|ed|ing)?"
    r"|not(?:es|ed|ing)|tweet\w*|warn\w*|insist\w*|suggest\w*|announc\w*|report(?:s|ed|ing)"
    r"|acknowledg\w*|declar\w*|respond\w*|repl(?:y|ies|ied)|stat(?:es|ed|ing))\b|:",
    re.IGNORECASE,
)
PRONOUNS = frozenset("i he she it we they you who that which him her them his their".split())
DRAWS = 1_000


def validate_voice(rows: Sequence[dict]) -> dict[str, Any]:
    """
    Agreement of `voice_spans` with the content that people marked.

    Returns
    -------
    - f1, precision, recall: attributed tokens against narration; n: articles; n_tokens
    - quotation_marks: the same three for quotation marks alone
    - by_class: precision and n by voice; by_outlet: f1, n and recall of speech cues with its
      95 % interval over documents; recall_gap: largest difference of that recall
    - speakers: by voice, share whose words meet the gold source's, n compared, share named
    - seconds, mb_per_s: time in the tagger alone, and text per second
    """
    counts, marks = np.zeros((2, 2), int), np.zeros((2, 2), int)
    classes: dict[str, list[int]] = {}
    outlets: dict[str, list[tuple]] = {}
    speakers: dict[str, list[int]] = {"quoted": [0, 0, 0, 0], "reported": [0, 0, 0, 0]}
    seconds, size = 0.0, 0
    for row in rows:
        text, gold = row["text"], _gold(row)
        paragraphs = [line.span() for line in PARAGRAPH.finditer(text)]
        began = time.perf_counter()
        spans = voice_spans(
            text, [(*line, "body" if n else "headline") for n, line in enumerate(paragraphs)]
        )
        seconds += time.perf_counter() - began
        size += len(text.encode())
        voices, quoted = _labels(text, spans), bytearray(len(text))
        for line in paragraphs:
            for q in find_quotations(text, *line):
                quoted[q.start : q.end] = b"\1" * (q.end - q.start)
        table = np.zeros((2, 2), int)
        for start, end in token_spans(text):
            if text[start:end].lower() != "that":
                table[gold[start], int(voices[start] != "")] += 1
                marks[gold[start], quoted[start]] += 1
                if voices[start]:
                    classes.setdefault(voices[start], [0, 0])[gold[start]] += 1
        counts += table
        outlets.setdefault(row["outlet"], []).append((table, *_speech_recall(row, voices)))
        _compare_speakers(row, spans, speakers)
    by_outlet = {outlet: _outlet(tables) for outlet, tables in sorted(outlets.items())}
    recalls = [found["speech_recall"] for found in by_outlet.values()]
    return {
        **_scores(counts),
        "n": len(rows),
        "seconds": seconds,
        "mb_per_s": size / 1e6 / seconds if seconds else float("nan"),
        "n_tokens": int(counts.sum()),
        "quotation_marks": _scores(marks),
        "by_class": {v: {"precision": c[1] / sum(c), "n": sum(c)} for v, c in classes.items()},
        "by_outlet": by_outlet,
        "recall_gap": max(recalls) - min(recalls) if recalls else float("nan"),
        "speakers": {
            voice: {"share": same / n, "n": n, "named": named / total} if n else {"n": 0}
            for voice, (same, n, named, total) in speakers.items()
        },
    }


def charged_words(rows: Sequence[dict], words: frozenset[str]) -> dict[str, float]:
    """Share of the charged words in tagged narration that gold too leaves unattributed."""
    n = own = 0
    for row in rows:
        text, gold = row["text"], _gold(row)
        stretches = [(*line.span(), "body") for line in PARAGRAPH.finditer(text)]
        voices = _labels(text, voice_spans(text, stretches))
        for start, end in token_spans(text):
            if text[start:end].lower() in words and not voices[start]:
                n, own = n + 1, own + (not gold[start])
    return {"share": own / n if n else float("nan"), "n": n}


def _gold(row: dict) -> bytearray:
    gold = bytearray(len(row["text"]))
    for attribution in row["attributions"]:
        for start, end in attribution.get("content", []):
            gold[start:end] = b"\1" * (end - start)
    return gold


def _labels(text: str, spans: list[Span]) -> list[str]:
    labels = [""] * len(text)
    for span in spans:
        labels[span.start : span.end] = [span.voice] * (span.end - span.start)
    return labels


def _scores(table: np.ndarray) -> dict[str, float]:
    """From counts by gold (rows) and tagger (columns)."""
    hits, wrong, missed = table[1, 1], table[0, 1], table[1, 0]
    with np.errstate(invalid="ignore"):
        return {
            "f1": float(2 * hits / (2 * hits + wrong + missed)),
            "precision": float(hits / (hits + wrong)),
            "recall": float(hits / (hits + missed)),
            "n": int(table.sum()),
        }


def _speech_recall(row: dict, voices: list[str]) -> tuple[int, int]:
    found = n = 0
    for attribution in row["attributions"]:
        cue = " ".join(row["text"][a:b] for a, b in attribution.get("cue", []))
        if SPEECH_CUE.search(cue):
            tokens = [
                t for a, b in attribution.get("content", []) for t in token_spans(row["text"], a, b)
            ]
            n += len(tokens)
            found += sum(bool(voices[start]) for start, _ in tokens)
    return found, n


def _outlet(tables: list[tuple]) -> dict[str, Any]:
    found, n = (np.array([table[k] for table in tables]) for k in (1, 2))
    rng = np.random.default_rng(1)
    draws = rng.integers(0, len(tables), (DRAWS, len(tables)))
    recalls = found[draws].sum(axis=1) / np.maximum(n[draws].sum(axis=1), 1)
    low, high = np.quantile(recalls, [0.025, 0.975])
    scores = _scores(sum(table for table, *_ in tables))
    return {
        "f1": scores["f1"],
        "n": scores["n"],
        "n_documents": len(tables),
        "speech_recall": float(found.sum() / max(n.sum(), 1)),
        "low": float(low),
        "high": float(high),
    }


def _compare_speakers(row: dict, spans: list[Span], tally: dict[str, list[int]]) -> None:
    """A gold source that is only a pronoun names nobody, so it is left out."""
    text = row["text"]
    contents = [
        (a, b, x.get("source", [])) for x in row["attributions"] for a, b in x.get("content", [])
    ]
    for span in spans:
        if span.voice not in tally or span.scare:
            continue
        overlaps = [(min(b, span.end) - max(a, span.start), s) for a, b, s in contents if s]
        overlap, named = max(overlaps, key=lambda x: x[0], default=(0, []))
        words = {w.lower() for a, b in named for w in re.findall(r"\w+", text[a:b])}
        if overlap <= 0 or words <= PRONOUNS:
            continue
        counts = tally[span.voice]
        counts[3] += 1
        if span.speaker:
            counts[2] += 1
            counts[1] += 1
            counts[0] += bool(words & {w.lower() for w in re.findall(r"\w+", span.speaker)})
