"""
How fast is measuring, beside what a user would run without biaskit?

    python tests/benchmarks/measure.py --n 1000

Both measure the same articles on one core in one process: the plain stack (Punkt sentences,
NLTK words, VADER and TextBlob sentence by sentence, a loop over a word list), half of it before
and half of it after `biaskit measure` with everything it does: reading, copies, recurring lines,
voice, markers of the shipped lexicon, sentiment, counts, co-occurrences, files. "The plain
stack's work" is that part of it which the plain stack does, too: sentences, tokens, markers,
VADER and TextBlob. biaskit starts with nothing in its memory. Times are of the processor
(`process_time`); on a busy machine trust the ratios.

The articles are not part of the repository. Needs the extra `dev`.
"""

import argparse
import gzip
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import punkt
from nltk.tokenize import NLTKWordTokenizer
from textblob import TextBlob

from biaskit import annotation, batches, occurrences, partitions
from biaskit.corpus import Reading
from biaskit.lexicon import read_lexicon
from biaskit.sentiment import blob_columns, vader_columns
from biaskit.sentiment.libraries import analyser

# The stages of biaskit that do what the plain stack does; cutting tokens takes two of them.
PLAIN_WORK = ("sentences", "splitting", "tokens", "markers", "VADER and TextBlob")

FILE = Path(__file__).parents[3] / "shared" / "data" / "articles.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of measuring.")
    parser.add_argument("--n", type=int, default=1_000, help="articles, default 1,000")
    parser.add_argument("--plain", type=int, default=100, help="of these for the plain stack")
    parser.add_argument("--skip", type=int, default=0, help="articles to leave out before")
    options = parser.parse_args()
    if not FILE.exists():
        sys.exit(f"no articles to measure on: {str(FILE)!r} is absent")
    texts = read_texts(options.skip, options.n)
    sample = texts[: options.plain]
    plain: dict[str, float] = defaultdict(float)
    plain_stack(sample[::2], plain)
    ours, scorers, whole = biaskit_stack(texts)
    plain_stack(sample[1::2], plain)
    show(plain, ours, scorers, whole, size_of(sample), size_of(texts), len(texts))


def read_texts(skip: int, n: int) -> list[str]:
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for i, line in enumerate(lines) if skip <= i < skip + n]


def size_of(texts: list[str]) -> float:
    """Megabytes, in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def plain_stack(texts: list[str], spent: dict[str, float]) -> None:
    """Add the seconds of each stage of what a user would run."""
    words = {pattern for entry in read_lexicon().entries for pattern in entry.pattern}
    tokenizer, vader = NLTKWordTokenizer(), analyser()
    for text in texts:
        with clocked(spent, "sentences"):
            paragraphs = (line for line in text.split("\n") if line.strip())
            sentences = [s for line in paragraphs for s in punkt.sent_tokenize(line)]
        with clocked(spent, "tokens"):
            tokens = [tokenizer.tokenize(sentence) for sentence in sentences]
        with clocked(spent, "markers"):
            sum(token.lower() in words for own in tokens for token in own)
        with clocked(spent, "VADER"):
            for sentence in sentences:
                vader.polarity_scores(sentence)
        with clocked(spent, "TextBlob"):
            for sentence in sentences:
                _ = TextBlob(sentence).sentiment


def biaskit_stack(texts: list[str]) -> tuple[dict[str, float], dict[str, float], float]:
    """Seconds of each stage of biaskit, of each scorer, and of all together."""
    spent: dict[str, float] = defaultdict(float)
    scorers: dict[str, float] = defaultdict(float)
    parts_of_stages: list[tuple[Any, str, str]] = [
        (vader_columns, "compounds", "VADER"),
        (blob_columns, "polarities_and_subjectivities", "TextBlob"),
    ]
    stages: list[tuple[Any, str, str]] = [
        (partitions, "look_at", "looking (dates, zones, language, copies)"),
        (partitions, "settle_all", "settling copies and recurring lines"),
        (batches.Chunker, "split", "splitting"),
        (batches.Tagger, "tag", "voice"),
        (occurrences, "windows", "words around hits"),
        (annotation, "find_hits", "markers"),
        (annotation, "score_columns", "VADER and TextBlob"),
        (batches.Cutter, "cut", "tokens"),
        (batches, "sentence_spans", "sentences"),
        (annotation, "_counts", "counts of terms"),
        (partitions, "write_part", "writing parts"),
        (partitions, "assemble", "merging parts"),
    ]
    plain = [(where, name, getattr(where, name)) for where, name, _ in stages + parts_of_stages]
    for into, of in ((spent, stages), (scorers, parts_of_stages)):
        for where, name, stage in of:
            setattr(where, name, timed(getattr(where, name), into, stage))
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "articles.jsonl"
            with file.open("w", encoding="utf-8") as lines:
                for i, text in enumerate(texts):
                    lines.write(json.dumps({"outlet": f"Outlet {i % 7}", "text": text}) + "\n")
            started = time.process_time()
            partitions.measure_paths(Path(folder) / "set", Reading(file))
            whole = time.process_time() - started
    finally:
        for where, name, function in plain:
            setattr(where, name, function)
    spent["the rest"] = whole - sum(spent.values())
    return spent, scorers, whole


@contextmanager
def clocked(spent: dict[str, float], stage: str) -> Iterator[None]:
    started = time.process_time()
    yield
    spent[stage] += time.process_time() - started


def timed(function: Callable, spent: dict[str, float], stage: str) -> Callable:
    def clocking(*args: Any, **kwargs: Any) -> Any:
        with clocked(spent, stage):
            return function(*args, **kwargs)

    return clocking


def show(
    plain: dict[str, float],
    ours: dict[str, float],
    scorers: dict[str, float],
    whole: float,
    size_plain: float,
    size: float,
    n: int,
) -> None:
    def row(stage: str, mb_per_s: float, ratio: float | None = None) -> None:
        print(f"{stage:44}{mb_per_s:9.2f}" + (f"{ratio:9.1f}" if ratio else ""))  # noqa: T201

    base = size_plain / sum(plain.values())
    print(f"{'stage':44}{'MB/s':>9}{'ratio':>9}")  # noqa: T201
    for stage, seconds in plain.items():
        row(f"plain stack: {stage}", size_plain / seconds)
    row("plain stack in all", base, 1)
    for stage, seconds in ours.items():
        row(f"biaskit: {stage}", size / seconds)
    row("biaskit in all", size / whole, size / whole / base)
    without = size / (whole - ours["voice"])
    row("biaskit in all but voice", without, without / base)
    shared = size / sum(ours[stage] for stage in PLAIN_WORK)
    row("biaskit: the plain stack's work", shared, shared / base)
    voiced = size / sum(ours[stage] for stage in (*PLAIN_WORK, "voice"))
    row("biaskit: the plain stack's work and voice", voiced, voiced / base)
    for scorer, seconds in scorers.items():
        row(scorer, size / seconds, size / seconds / size_plain * plain[scorer])
    scores = size / ours["VADER and TextBlob"]
    row("both scorers", scores, scores / size_plain * (plain["VADER"] + plain["TextBlob"]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{n:,} articles, {n / whole:,.0f} a second; peak memory {peak:,.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
