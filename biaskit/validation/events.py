"""
How well are articles on the same event found, against people who grouped them?

The articles of a gold file are shuffled, their groups forgotten and sought again, with titles
and first sentences only. Each article's own event is compared with its gold one (B-cubed:
Bagga & Baldwin 1998; Amigó et al. 2009), and beside it each pair of articles.

In such gold nearly every article has a partner, in a real collection few have. So the figures
are those of the threshold made for such gold (`events.EVERYONE`); those named
`default_...` are of the threshold that collections get.
"""

import time
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from biaskit.events import EVERYONE, THRESHOLD, match_events
from biaskit.tables import build

__all__ = ["b_cubed", "pairwise", "validate_events"]

SENTENCES = 5  # of an article that comes in sentences: what a title and a lead are elsewhere
SEED = 20_310_504


def validate_events(rows: Sequence[dict], dates: bool = True) -> dict[str, Any]:
    """
    Agreement of `match_events` with the events of a gold file.

    Parameters
    ----------
    rows : stories (story, articles [{outlet, title, lead, date}]) or articles (event, outlet,
        title, sentences, date).
    dates : whether the articles keep their dates; without, they are joined by wording alone.

    Returns
    -------
    - f1, precision, recall: B-cubed, over articles
    - pair_f1, pair_precision, pair_recall: the same over pairs of articles; default_... and
      default_pair_...: both at the default threshold
    - n: articles; n_events: gold events; n_found: events found
    - seconds, mb_per_s: time in `match_events` alone, and text per second
    """
    articles, gold = _articles(rows, dates)
    size = sum(
        len((a + b).encode()) for a, b in zip(articles["title"], articles["text"], strict=True)
    )
    began = time.perf_counter()
    found = _events(articles, dates, EVERYONE)
    seconds = time.perf_counter() - began
    strict = _events(articles, dates, THRESHOLD)
    return {
        **b_cubed(gold, found),
        "n": len(gold),
        "seconds": seconds,
        "mb_per_s": size / 1e6 / seconds if seconds else None,
        "n_events": len({*gold}),
        "n_found": len({*found}),
        "dates": dates,
        **_named("pair", pairwise(gold, found)),
        **_named("default", b_cubed(gold, strict)),
        **_named("default_pair", pairwise(gold, strict)),
    }


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float | None]:
    """
    For each article the share of its found group that is right, and of its gold group found.

    >>> round(b_cubed(["a", "a", "b"], [1, 1, 1])["precision"], 3)  # of 2/3, 2/3 and 1/3
    0.556
    """
    both, right = _shared(gold, found)
    of_gold, of_found = Counter(gold), Counter(found)
    n = len(both)
    precision = sum(right[x] / of_found[x[1]] for x in both) / n if n else None
    recall = sum(right[x] / of_gold[x[0]] for x in both) / n if n else None
    return _agreement(precision, recall)


def pairwise(gold: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float | None]:
    """
    Shares of the pairs found that are right, and of the right pairs that are found.

    >>> round(pairwise(["a", "a", "b"], [1, 1, 1])["precision"], 3)
    0.333
    """
    right, n_found, n_gold = (
        sum(n * (n - 1) // 2 for n in counted.values())
        for counted in (_shared(gold, found)[1], Counter(found), Counter(gold))
    )
    return _agreement(right / n_found if n_found else None, right / n_gold if n_gold else None)


def _shared(
    gold: Sequence[Hashable], found: Sequence[Hashable]
) -> tuple[list[tuple[Hashable, Hashable]], Counter]:
    both = list(zip(gold, found, strict=True))
    return both, Counter(both)


def _agreement(precision: float | None, recall: float | None) -> dict[str, float | None]:
    defined = precision is not None and recall is not None and precision + recall > 0
    f1 = 2 * precision * recall / (precision + recall) if defined else None  # type: ignore[operator]
    return {"f1": f1, "precision": precision, "recall": recall}


def _named(name: str, agreement: dict[str, float | None]) -> dict[str, float | None]:
    return {f"{name}_{key}": value for key, value in agreement.items()}


def _events(articles: pd.DataFrame, dates: bool, threshold: float) -> list[str]:
    matched = match_events(articles, undated=not dates, threshold=threshold)
    return list(matched.matches["event"])


def _articles(rows: Sequence[dict], dates: bool) -> tuple[pd.DataFrame, list[str]]:
    """The articles in an order that tells nothing of their events, and their gold events."""
    single = [(event, one) for row in rows for event, one in _articles_of(row)]
    order = np.random.default_rng(SEED).permutation(len(single))
    width = len(str(len(single)))
    table = []
    for place, k in enumerate(order):
        _, one = single[k]
        day = str(one["date"])[:10] if dates and one.get("date") else None
        lead = one["lead"] if "lead" in one else one["sentences"][:SENTENCES]
        text = lead if isinstance(lead, str) else " ".join(lead)
        table.append((f"{place:0{width}}", one["outlet"], day, day, one["title"] or "", text))
    return build("articles", table), [single[k][0] for k in order]


def _articles_of(row: dict) -> list[tuple[str, dict]]:
    """The articles of one row, with the name of their event."""
    if "articles" in row:
        return [(str(row["story"]), one) for one in row["articles"]]
    return [(str(row["event"]), row)]
