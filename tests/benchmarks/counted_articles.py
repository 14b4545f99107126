"""
How often does each term and each lexicon entry occur in each article of ../shared/data?

Counted straight from the texts, all voices and lines together, since measuring an article in
full takes a hundred times as long and null splits need counts alone. Counts, no text, are kept
in the folder for temporary files, so that a second run starts at once.
"""

import gzip
import json
import pickle
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse

from biaskit.lexicon import NEUTRAL, Lexicon, read_lexicon
from biaskit.markers import Matcher
from biaskit.tokens import sentence_spans, term_of, token_spans

FILE = Path(__file__).parents[3] / "shared" / "data" / "articles.jsonl.gz"
LEVELS = ("term", "entry", "frame")


class Articles(NamedTuple):
    """One outlet's articles: tokens of each, days, and a matrix of counts for each level."""

    n: np.ndarray
    dates: list[str]
    y: dict[str, sparse.csr_matrix]
    items: dict[str, list[str]]


def counted(domain: str) -> Articles:
    """The articles of one domain, each text once."""
    kept = Path(tempfile.gettempdir()) / f"biaskit-counted-{domain}.pickle"
    if kept.is_file():
        return pickle.loads(kept.read_bytes())
    rows = {}
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["domain"] == domain:
                rows.setdefault(row["text"], row)
    found = count(rows.values())
    kept.write_bytes(pickle.dumps(found))
    return found


def count(rows: Iterable[dict]) -> Articles:
    lexicon = read_lexicon()
    matcher, by_level, n, dates = Matcher(lexicon), {level: [] for level in LEVELS}, [], []
    for row in rows:
        counts, size = _count_one(row["text"], matcher)
        counts["frame"] = _frames(counts["entry"], lexicon)
        for level in LEVELS:
            by_level[level].append(counts[level])
        n.append(size)
        dates.append(row["date"] or "")
    pairs = {level: _matrix(by_level[level]) for level in LEVELS}
    return Articles(
        np.array(n, dtype=float),
        dates,
        {level: y for level, (y, _) in pairs.items()},
        {level: items for level, (_, items) in pairs.items()},
    )


def _count_one(text: str, matcher: Matcher) -> tuple[dict[str, Counter], int]:
    terms, entries = Counter(), Counter()
    position = 0
    for line in text.split("\n"):
        for start, end in sentence_spans(text, position, position + len(line)):
            tokens = token_spans(text, start, end)
            terms.update(term_of(text[a:b]) for a, b in tokens)
            entries.update(hit.entry.id for hit in matcher.hits(text, tokens))
        position += len(line) + 1
    return {"term": terms, "entry": entries}, terms.total()


def _frames(entries: Counter, lexicon: Lexicon) -> Counter:
    frames = Counter()
    for entry, n in entries.items():
        if lexicon[entry].frame != NEUTRAL:
            frames[lexicon[entry].frame] += n
    return frames


def _matrix(counts: list[Counter]) -> tuple[sparse.csr_matrix, list[str]]:
    items = sorted({item for one in counts for item in one})
    place = {item: j for j, item in enumerate(items)}
    rows = [i for i, one in enumerate(counts) for _ in one]
    columns = [place[item] for one in counts for item in one]
    values = [float(n) for one in counts for n in one.values()]
    return sparse.csr_matrix((values, (rows, columns)), (len(counts), len(items))), items
