"""Memory stays bounded: a corpus ten times as large needs hardly more of it."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LEXICON, ROOT, SHARED, at_hand
from test_copies import WORDS

STATUS = Path("/proc/self/status")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not STATUS.is_file(), reason="the peak is read from /proc, as on Linux"),
]

# Each corpus is read in a process of its own, whose peak is set back once the imports and the
# language model (30 MB) are there. Not ru_maxrss: a process inherits that of its parent.
PEAK = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from biaskit import corpus, languages, partitions
languages.language_of("The mayor opened the new bridge over the river on Monday, and most of "
    "the town was there to see it, to cheer and to dance.")

def peak():
    lines = Path("/proc/self/status").read_text().split("\\n")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6

Path("/proc/self/clear_refs").write_text("5")

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
            f"reading = corpus.Reading({str(file)!r})\n"
            f"told = partitions.measure_paths({str(tmp_path / f'set-{n}')!r}, reading, "
            f"[{str(tmp_path / 'tiny.toml')!r}])\n"
            f"n = told['n_documents']"
        )
        assert n_measured >= 0.99 * n
    assert grown[30_000] - grown[3_000] < 60


def test_six_thousand_real_articles_are_read_within_300_megabytes():
    """All of them, with their copies and recurring lines settled."""
    file = at_hand(SHARED / "data" / "articles.jsonl.gz")
    megabytes, n = growth(
        f"n = len(corpus.read_corpus({str(file)!r}, columns={{'section': 'topic'}}).documents)"
    )
    assert n > 6_100
    assert megabytes <= 300
