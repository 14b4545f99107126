"""
How fast are markers found, and does the number of entries matter?

    python tests/benchmarks/markers.py --n 1000

Prints one row per size of lexicon: MB/s of processor time on one core for `Matcher.hits_among`
over tokens that are cut (as when a corpus is measured), for `Matcher.find`, for `find_markers`
(which makes a table of each article), for the plain walk over all tokens, and for what one would
write without biaskit: a loop over the word list with one regular expression for
each entry, on a few articles only, since it is slow. All run in turn on the same texts, and the
best of the rounds counts: on a busy machine trust the ratios. The lexicons are the shipped one
cut or filled up with rarer words of the texts themselves, so that longer ones hit more, too. The
texts are not part of the repository.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from biaskit.lexicon import Entry, Lexicon, read_lexicon
from biaskit.markers import Matcher, find_markers
from biaskit.pools import uncollected
from biaskit.tokens import sentence_spans, term_of, token_spans
from biaskit.tokentable import Chunker, Cutter, Tokens

TEXTS = Path(__file__).parents[3] / "shared" / "data" / "articles.jsonl.gz"
BATCH = 128  # articles
LINE = re.compile(r".+")
SIZES = (125, 1_000, 10_000)
FOR_LOOP = 10  # articles are enough to time the loop


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of matching.")
    parser.add_argument("--n", type=int, default=1_000, help="articles")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not TEXTS.exists():
        sys.exit(f"no texts to measure on: {str(TEXTS)!r} is absent")
    with gzip.open(TEXTS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, options.n)]
    print(f"{'entries':>8}{'batch':>9}{'find':>9}{'table':>9}{'walk':>9}{'loop':>9}   MB/s")  # noqa: T201
    for n in SIZES:
        lexicon = lexicon_of(n, texts)
        matcher = Matcher(lexicon)
        few = texts[: max(1, options.n // 10)]
        speeds = (
            speed(lambda batch, x=matcher: x.hits_among(*batch), cut_up(texts), options.rounds),
            speed(matcher.find, texts, options.rounds),
            speed(lambda text, x=lexicon: find_markers(text, x), few, options.rounds),
            speed(lambda text, x=matcher: walk(x, text), few, options.rounds),
            speed(loop_over(lexicon), texts[:FOR_LOOP], 1),
        )
        print(f"{n:>8}" + "".join(f"{x:9.2f}" for x in speeds))  # noqa: T201


def lexicon_of(n: int, texts: list[str]) -> Lexicon:
    """The shipped lexicon with `n` entries: cut, or filled up with words of the texts."""
    shipped = read_lexicon()
    counts = Counter(term_of(x[a:b]) for x in texts[:300] for a, b in token_spans(x))
    words = sorted(
        word for word, count in counts.items() if word.isalpha() and len(word) > 3 and count < 30
    )
    rng = random.Random(1)
    entries = list(shipped.entries[:n])
    while len(entries) < n:
        pattern = " ".join(rng.choice(words) for _ in range(rng.choice((1, 1, 1, 2))))
        entries.append(Entry(f"w{len(entries)}", (pattern + rng.choice(("", "*")),), "test"))
    return replace(shipped, name=f"of-{n}", entries=tuple(entries))


def cut_up(texts: list[str]) -> list[tuple[list[str], Tokens, np.ndarray]]:
    """Batches of texts with their tokens and the number of the sentence that each is in."""
    chunker, cutter, batches = Chunker(), Cutter(), []
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        line = np.cumsum([0, *(len(text) + 1 for text in batch)])
        begins = [
            line[i] + found.start() + begin
            for i, text in enumerate(batch)
            for found in LINE.finditer(text)
            for begin, _ in sentence_spans(found[0])
        ]
        tokens = cutter.cut(chunker.split(batch))
        places = tokens.start + line[tokens.text]
        batches.append((batch, tokens, np.searchsorted(begins, places, side="right")))
    return batches


def walk(matcher: Matcher, text: str) -> None:
    position = 0
    for line in text.split("\n"):
        for start, end in sentence_spans(text, position, position + len(line)):
            matcher.hits(text, token_spans(text, start, end))
        position += len(line) + 1


def loop_over(lexicon: Lexicon) -> Callable[[str], object]:
    """One regular expression for each entry, without context, spelling or longest match."""
    expressions = []
    for entry in lexicon.entries:
        forms = [re.escape(pattern).replace(r"\*", r"\w*") for pattern in entry.pattern]
        expressions.append(re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE))
    return lambda text: [found.span() for x in expressions for found in x.finditer(text)]


def speed(function: Callable[[Any], object], texts: Sequence[Any], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        with uncollected():
            for text in texts:
                function(text)
        best = min(best, time.process_time() - began)
    whole = [text for given in texts for text in ([given] if isinstance(given, str) else given[0])]
    return sum(len(text.encode()) for text in whole) / 1e6 / best


if __name__ == "__main__":
    main()
