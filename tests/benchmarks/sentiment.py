"""
How fast are the sentiment scores, and how do they stand to the libraries' own code?

    python tests/benchmarks/sentiment.py

Prints one row per scorer: MB/s of the library, MB/s by columns and how many times faster that
is, on articles it has not seen ("new"; others came before them, as in the midst of a long run)
and on the same articles once more ("again"). "Plain" are the same rules sentence by sentence.

Processor time of one core. The library and the columns go in turn through parts of the same
articles, of which the library has a tenth: on a busy machine trust the ratio, not the MB/s.
The articles are not part of the repository.
"""

import argparse
import gzip
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from textblob import TextBlob

from biaskit.sentiment.blob import polarity_and_subjectivity
from biaskit.sentiment.blob_columns import polarities_and_subjectivities
from biaskit.sentiment.chunks import cut_sentences
from biaskit.sentiment.libraries import analyser
from biaskit.sentiment.scoring import BATCH
from biaskit.sentiment.vader import compound
from biaskit.sentiment.vader_columns import compounds
from biaskit.tokens import sentence_spans

ARTICLES = Path(__file__).parents[3] / "shared" / "data" / "articles.jsonl.gz"
SHARE_OF_LIBRARY = 10


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of the sentiment scores.")
    parser.add_argument("--before", type=int, default=4_000, help="articles that come before")
    parser.add_argument("--n", type=int, default=1_500, help="articles to measure on")
    parser.add_argument("--parts", type=int, default=10)
    options = parser.parse_args()
    if not ARTICLES.exists():
        sys.exit(f"no articles to measure on: {str(ARTICLES)!r} is absent")
    articles = read_articles()
    before, rest = articles[: options.before], articles[options.before :][: options.n]
    for score in BY_COLUMNS.values():
        score(flat(before))
    parts = [flat(rest[i :: options.parts]) for i in range(options.parts)]
    speeds = measure_speeds(parts)
    print(f"{'':22}{'library':>9}{'new':>9}{'ratio':>7}{'again':>9}{'ratio':>7}   MB/s")  # noqa: T201
    for name in BY_COLUMNS:
        library, new, again = speeds["library", name], speeds["new", name], speeds["again", name]
        ratios = [f"{speed / library:7.1f}" if library else " " * 7 for speed in (new, again)]
        print(f"{name:22}{library:9.2f}{new:9.2f}{ratios[0]}{again:9.2f}{ratios[1]}")  # noqa: T201


def read_articles() -> list[list[str]]:
    """The sentences of each article, in an order that mixes outlets and dates."""
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    random.Random(0).shuffle(texts)
    return [[p[a:b] for p in t.split("\n") for a, b in sentence_spans(p)] for t in texts]


def flat(articles: list[list[str]]) -> list[str]:
    return [sentence for article in articles for sentence in article]


def in_batches(score: Callable[[list[str]], object]) -> Callable[[list[str]], None]:
    def run(sentences: list[str]) -> None:
        for start in range(0, len(sentences), BATCH):
            score(sentences[start : start + BATCH])

    return run


def both(batch: list[str]) -> None:
    chunks = cut_sentences(batch)
    compounds(batch, chunks)
    polarities_and_subjectivities(batch, chunks)


def one_by_one(*scorers: Callable[[str], object]) -> Callable[[list[str]], None]:
    def run(sentences: list[str]) -> None:
        for sentence in sentences:
            for score in scorers:
                score(sentence)

    return run


BY_LIBRARY = {
    "VADER": one_by_one(lambda sentence: analyser().polarity_scores(sentence)),
    "TextBlob": one_by_one(lambda sentence: TextBlob(sentence).sentiment),
}
BOTH = "both, chunks shared"
BY_COLUMNS = {
    "VADER": in_batches(lambda batch: compounds(batch, cut_sentences(batch))),
    "TextBlob": in_batches(
        lambda batch: polarities_and_subjectivities(batch, cut_sentences(batch))
    ),
    BOTH: in_batches(both),
    "chunks alone": in_batches(cut_sentences),
    "VADER, plain": one_by_one(compound),
    "TextBlob, plain": one_by_one(polarity_and_subjectivity),
}


def measure_speeds(parts: list[list[str]]) -> defaultdict[tuple[str, str], float]:
    """MB/s by kind of run and scorer, over all parts; 0.0 where there is nothing to run."""
    seconds: defaultdict[tuple[str, str], float] = defaultdict(float)
    size: defaultdict[tuple[str, str], float] = defaultdict(float)
    for i, part in enumerate(parts):
        # Words are new to one run only, so every other part is for both scorers together.
        new = {name: score for name, score in BY_COLUMNS.items() if (name == BOTH) == i % 2}
        few = part[::SHARE_OF_LIBRARY]
        runs = [("library", BY_LIBRARY, few), ("new", new, part), ("again", BY_COLUMNS, part)]
        for kind, scorers, sentences in runs:
            for name, score in scorers.items():
                began = time.process_time()
                score(sentences)
                seconds[kind, name] += time.process_time() - began
                size[kind, name] += sum(len(s.encode()) for s in sentences) / 1e6
    speeds = defaultdict(float, {key: size[key] / seconds[key] for key in seconds})
    shared = [speeds["library", name] for name in BY_LIBRARY]
    speeds["library", BOTH] = 1 / sum(1 / speed for speed in shared)
    for name in BY_LIBRARY:
        speeds["library", f"{name}, plain"] = speeds["library", name]
    return speeds


if __name__ == "__main__":
    main()
