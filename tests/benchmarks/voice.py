"""
How fast is the voice tagger, and how does it stand to the prototypes?

    python tests/benchmarks/voice.py --n 300

Prints one row per tagger: MB/s on one core, and how many times faster than the plain prototype
it is. All run in turn on the same texts, and the best of the rounds counts: on a busy machine
trust the ratio, not the MB/s. The texts and the prototypes are not part of the repository.
"""

import argparse
import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from biaskit.pools import uncollected
from biaskit.tokens import sentence_spans
from biaskit.tokentable import Chunker
from biaskit.voice import PARAGRAPH, Tagger

SHARED = Path(__file__).parents[3] / "shared"
TEXTS = SHARED / "data" / "polnear.jsonl.gz"
PROTOTYPES = ("voice", "voice_fast")
BATCH = 128  # articles


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of the voice tagger.")
    parser.add_argument("--n", type=int, default=924, help="articles, default all 924")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if not TEXTS.exists():
        sys.exit(f"no texts to measure on: {str(TEXTS)!r} is absent")
    with gzip.open(TEXTS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][: options.n]
    seconds = best_seconds(taggers(), texts, options.rounds)
    size = sum(len(text.encode()) for text in texts) / 1e6
    plain = seconds.get("voice.py")
    print(f"{'tagger':14}{'MB/s':>8}{'ratio':>8}")  # noqa: T201
    for name, taken in seconds.items():
        ratio = f"{plain / taken:8.2f}" if plain else ""
        print(f"{name:14}{size / taken:8.2f}{ratio}")  # noqa: T201


def taggers() -> dict[str, Callable[[list[str]], object]]:
    """biaskit's tagger and the prototypes, where they are at hand."""
    found: dict[str, Callable[[list[str]], object]] = {"biaskit": tag}
    folder = SHARED / "prototypes"
    if folder.exists():
        sys.path.insert(0, str(folder))
        for name in PROTOTYPES:
            found[f"{name}.py"] = one_by_one(importlib.import_module(name).tag)
    return found


def tag(texts: list[str]) -> None:
    """As a corpus is measured: in batches, splitting and sentences included."""
    chunker, tagger = Chunker(), Tagger()
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        lines = [[(*line.span(), "body") for line in PARAGRAPH.finditer(text)] for text in batch]
        sentences = [
            [sentence_spans(text, a, b) for a, b, _ in own]
            for text, own in zip(batch, lines, strict=True)
        ]
        with uncollected():
            tagger.tag(batch, chunker.split(batch), lines, sentences)


def one_by_one(function: Callable[[str], object]) -> Callable[[list[str]], None]:
    def run(texts: list[str]) -> None:
        for text in texts:
            function(text)

    return run


def best_seconds(
    functions: dict[str, Callable[[list[str]], object]], texts: list[str], rounds: int
) -> dict[str, float]:
    """Seconds of processor time of each function, in turn so that all see the same machine."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(rounds):
        for name, function in functions.items():
            began = time.process_time()
            function(texts)
            best[name] = min(best[name], time.process_time() - began)
    return best


if __name__ == "__main__":
    main()
