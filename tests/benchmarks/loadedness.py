"""
How fast are loaded words marked, and how does that stand to the prototype?

    python tests/benchmarks/loadedness.py --n 200

Prints words per second on one core for the marker given sentences, as measuring gives them, and
for the prototype's extractor of signs, where it is at hand (it gives no marks without weights, so
it has less to do). The first round of each fills what it keeps of every form, as in measuring a
corpus; the best of the rounds is the speed on a corpus that is large. On a busy machine trust the
ratio. The articles and the prototype are not part of the repository.
"""

import argparse
import gzip
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from biaskit.loadedness import Loadedness
from biaskit.loadedness.context import word_spans
from biaskit.tokens import sentence_spans

SHARED = Path(__file__).parents[3] / "shared"
ARTICLES = SHARED / "data" / "articles.jsonl.gz"
Cut = list[tuple[str, list[tuple[int, int]]]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of loadedness.")
    parser.add_argument("--n", type=int, default=200, help="articles, default 200")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not ARTICLES.exists():
        sys.exit(f"no articles to measure on: {str(ARTICLES)!r} is absent")
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, options.n)]
    cut = [(text, sentences_of(text)) for text in texts]
    n_words = sum(len(word_spans(text, 0, len(text))) for text in texts)
    print(f"{n_words:,} words in {len(texts)} articles")  # noqa: T201
    for name, mark in markers(texts).items():
        seconds = []
        for _ in range(options.rounds):
            began = time.process_time()
            mark(cut)
            seconds.append(time.process_time() - began)
        first, best = (n_words / taken for taken in (seconds[0], min(seconds)))
        print(f"{name:10}{first:12,.0f} words/s at first{best:12,.0f} at best")  # noqa: T201


def sentences_of(text: str) -> list[tuple[int, int]]:
    spans, position = [], 0
    for line in text.split("\n"):
        spans += sentence_spans(text, position, position + len(line))
        position += len(line) + 1
    return spans


def markers(texts: list[str]) -> dict[str, Callable[[Cut], object]]:
    """biaskit in both settings, and the prototype where it is at hand."""

    def of(setting: str) -> Callable[[Cut], object]:
        marker = Loadedness(setting)
        return lambda cut: [marker.hits(text, sentences) for text, sentences in cut]

    found = {setting: of(setting) for setting in ("strict", "broad")}
    folder = SHARED / "prototypes"
    if folder.exists():
        sys.path.insert(0, str(folder))
        words = Counter(text[a:b].lower() for text in texts for a, b in word_spans(text, 0, 10**9))
        extract = importlib.import_module("loaded").Extractor.load(
            folder / "loaded_lexicon.toml", words
        )
        found["prototype"] = lambda cut: [
            extract(text[a:b]) for text, sentences in cut for a, b in sentences
        ]
    return found


if __name__ == "__main__":
    main()
