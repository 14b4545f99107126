"""
Find how common words are in news, and what the signs of loadedness weigh; write both down.

    python tests/validation/fit_loadedness.py frequencies articles.jsonl.gz
    python tests/validation/fit_loadedness.py weights babe.jsonl.gz

The first reads articles (title, text) and writes biaskit/loadedness/frequencies.txt: words, by the
logarithm of their occurrences per million, to the quarter. The second reads sentences (text,
topic, biased_words) and writes biaskit/loadedness/weights.toml. The cut of `strict` is the lowest
score at which three in five marked words of the topics not fitted on were marked by people, too.
Neither file lets anyone rebuild a sentence. The sentences are BABE's (AGPL-3.0), which is not
part of this repository.
"""

import argparse
import datetime
import math
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from biaskit.loadedness.context import word_spans
from biaskit.loadedness.fitting import fit_weights, observe
from biaskit.loadedness.marking import Loadedness
from biaskit.loadedness.signs import RARE
from biaskit.tokens import term_of
from biaskit.validation import read_gold
from biaskit.validation.lexicon import by_topic, gold_terms

PACKAGE = Path(__file__).parents[2] / "biaskit" / "loadedness"
FREQUENCIES_HEAD = """\
# How common words are in US news: the logarithm (base 10) of occurrences per million words, to the
# quarter. Counted in {n_articles:,} articles of 2012-2020 ({n_words:.1f} million words); words of
# fewer than {least} articles and those of {rare} and below are left out.
"""
LEAST_ARTICLES = 3
PRECISION_OF_STRICT = 0.6


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of loadedness.")
    parser.add_argument("what", choices=["frequencies", "weights"])
    parser.add_argument("file")
    options = parser.parse_args()
    rows = read_gold(options.file)
    if options.what == "frequencies":
        written = frequencies_of([f"{row['title']}\n{row['text']}" for row in rows])
        (PACKAGE / "frequencies.txt").write_text(written, encoding="utf-8")
    else:
        today = datetime.date.today().isoformat()
        (PACKAGE / "weights.toml").write_text(weights_of(rows, today), encoding="utf-8")


def frequencies_of(texts: Sequence[str]) -> str:
    """The table of frequencies, as it is written."""
    n: Counter[str] = Counter()
    n_articles: Counter[str] = Counter()
    for text in texts:
        terms = [term_of(text[a:b]) for a, b in word_spans(text, 0, len(text))]
        n.update(terms)
        n_articles.update(set(terms))
    total = n.total()
    levels: dict[float, list[str]] = {}
    for term, count in n.items():
        level = round(math.log10(count / total * 1e6) * 4) / 4
        if level > RARE and n_articles[term] >= LEAST_ARTICLES and term.isascii():
            levels.setdefault(level, []).append(term)
    head = FREQUENCIES_HEAD.format(
        n_articles=len(texts), n_words=total / 1e6, least=LEAST_ARTICLES, rare=RARE
    )
    return head + "".join(line for level in sorted(levels) for line in _lines(level, levels[level]))


def _lines(level: float, words: Sequence[str]) -> Iterator[str]:
    wrapped = textwrap.wrap(
        " ".join(sorted(words)), 92, break_long_words=False, break_on_hyphens=False
    )
    return (f"{level:.2f}: {line}\n" for line in wrapped)


def weights_of(rows: Sequence[dict], day: str) -> str:
    """The weights of all rows, as they are written."""
    observed = observe([row["text"] for row in rows])
    marked = [gold_terms(row) for row in rows]
    strict = cut_of_precision(rows, observed, marked)
    model = fit_weights(observed, marked, strict=strict)
    provenance = {
        "fitted_on": f"BABE (Spinde et al. 2021; AGPL-3.0): {len(rows):,} of its sentences",
        "gold": "words that at least two of five experts marked",
        "fitted_by": "tests/validation/fit_loadedness.py",
        "fitted_when": day,
        "method": "logistic regression with a ridge of 10 on standardised signs; raw weights here",
    }
    lines = ["# What each sign adds to the log odds that people mark a word as loaded.", ""]
    lines += [f"intercept = {model.intercept}", ""]
    for name, table in (
        ("provenance", provenance),
        ("cuts", model.cuts),
        ("means", model.means),
        ("weights", model.weights),
    ):
        lines += [f"[{name}]", *(f"{_key(k)} = {_value(v)}" for k, v in table.items()), ""]
    return "\n".join(lines)


def cut_of_precision(
    rows: Sequence[dict], observed: Sequence[list], marked: Sequence[set[str]]
) -> float:
    """The lowest score from which on `PRECISION_OF_STRICT` is kept, on topics not fitted on."""
    scores: list[float] = []
    gold: list[bool] = []
    for train, test in by_topic(rows):
        model = fit_weights([observed[i] for i in train], [marked[i] for i in train])
        marker = Loadedness("broad", weights=model)
        for i in test:
            text = rows[i]["text"]
            for start, end, score in marker.scores(text, (0, len(text))):
                scores.append(score)
                gold.append(term_of(text[start:end]) in marked[i])
    order = np.argsort(-np.array(scores))
    precision = np.cumsum(np.array(gold)[order]) / np.arange(1, len(order) + 1)
    last = np.flatnonzero(precision >= PRECISION_OF_STRICT)[-1]
    return round(float(np.array(scores)[order][last]), 3)


def _key(name: str) -> str:
    return name if name.isidentifier() else f'"{name}"'


def _value(value: str | float) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


if __name__ == "__main__":
    main()
