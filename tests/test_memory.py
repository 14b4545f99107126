"""Memory stays bounded: a corpus ten times as large needs hardly more of it."""

import json
import random
import subprocess
import sys

import pytest
from conftest import LEXICON, ROOT, SHARED
from test_copies import WORDS

pytestmark = pytest.mark.slow

# Each corpus is read in a process of its own, since a peak never falls again. What the
# language model takes (30 MB, once) is not the corpus's.
PEAK = """
import resource, sys
sys.path.insert(0, {root!r})
from biaskit import annotation, corpus, languages, lexicon, measurement, sentiment
languages.language_of("The mayor opened the new bridge over the river on Monday, and most of "
    "the town was there to see it, to cheer and to dance.")
annotation.score_sentences = lambda sentences: [sentiment.Scores(0.0, 0.0, 0.0)] * len(sentences)

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6

before = peak()
{run}
print(peak() - before, n)
"""


def growth(run: str) -> tuple[float, int]:
    """Megabytes above those after the imports, and how many articles there were."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK.format(root=str(ROOT), run=run)],
        capture_output=True,
        text=True,
        check=True,
    )
    megabytes, n = done.stdout.split()
    return float(megabytes), int(n)


def write_articles(file, n: int) -> None:
    """Short articles, no two of which are copies, with a marker in each."""
    draw = random.Random(1)
    with file.open("w", encoding="utf-8") as lines:
        for i in range(n):
            words = draw.choices(WORDS, k=44)
            text = f"{' '.join(words[:22])} coup.\n\n{' '.join(words[22:])}."
            row = {"outlet": "Echo Post Tribune".split()[i % 3], "date": "2031-06-03", "text": text}
            lines.write(json.dumps(row) + "\n")


def test_ten_times_the_articles_need_little_more_memory(tmp_path):
    """Scans and labels grow with the corpus, a few kilobytes an article; the tables don't."""
    (tmp_path / "tiny.toml").write_text(LEXICON, encoding="utf-8")
    grown = {}
    for n in (3_000, 30_000):
        file = tmp_path / f"{n}.jsonl"
        write_articles(file, n)
        grown[n], n_measured = growth(
            f"read = corpus.read_corpus({str(file)!r}, stream=True)\n"
            f"told = measurement.measure_into({str(tmp_path / f'set-{n}')!r}, read, "
            f"[lexicon.read_lexicon({str(tmp_path / 'tiny.toml')!r})])\n"
            f"n = told['n_documents']"
        )
        assert n_measured >= 0.99 * n
    assert grown[30_000] - grown[3_000] < 60


def test_six_thousand_real_articles_are_read_within_300_megabytes():
    """All of them, with their copies and recurring lines settled."""
    file = SHARED / "data" / "articles.jsonl.gz"
    if not file.is_file():
        pytest.skip(f"needs {file}, which is not part of the repository")
    megabytes, n = growth(
        f"n = len(corpus.read_corpus({str(file)!r}, columns={{'section': 'topic'}}, "
        f"stream=True).documents)"
    )
    assert n > 6_100
    assert megabytes <= 300
