"""
What is each event called, when was it, and who tells it?

An event's name is its first day and its three most telling words, so that it means something
in a table and stays the same however the articles are ordered. Words tell an event when they
are rare elsewhere and many of its articles have them.
"""

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import scipy.sparse as sp

from biaskit.events.wording import Wording
from biaskit.tables import build

__all__ = ["event_names", "event_table", "telling_words"]

IN_NAME = 3
SHOWN = 6
GROUPS_AT_ONCE = 20_000


def telling_words(wording: Wording, group: np.ndarray, n: int) -> list[list[str]]:
    """The words that tell each of `n` groups of articles from the others, best first."""
    members = sp.csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), (n, len(group)))
    found = []
    for first in range(0, n, GROUPS_AT_ONCE):
        weights = sp.csr_matrix(members[first : first + GROUPS_AT_ONCE] @ wording.whole)
        for start, end in pairwise(weights.indptr):
            stems, weight = weights.indices[start:end], weights.data[start:end]
            words = [wording.words[k] for k in stems]
            best = sorted(zip(-weight.round(9), words, strict=True))
            found.append([word for _, word in best if re.search(r"[^\W\d_]", word)][:SHOWN])
    return found


def event_names(firsts: list[str | None], words: list[list[str]], taken: set[str]) -> list[str]:
    """
    A name for each event, of its first day and its words; equal ones are numbered.

    >>> event_names(["2031-05-04", None], [["coup", "velmora"], ["ferry"]], {"undated-ferry"})
    ['2031-05-04-coup-velmora', 'undated-ferry-2']
    """
    times = Counter(dict.fromkeys(taken, 1))
    names = []
    for first, telling in zip(firsts, words, strict=True):
        slugs = [re.sub(r"\W+", "", word) for word in telling[:IN_NAME]]
        base = "-".join([first or "undated", *slugs])
        times[base] += 1
        names.append(base if times[base] == 1 else f"{base}-{times[base]}")
    return names


def event_table(
    documents: pd.DataFrame, matches: pd.DataFrame, words: dict[str, list[str]]
) -> pd.DataFrame:
    """One row per event, by day and name, with the columns of an `events` table."""
    table = documents[["document", "outlet", "date_low", "date_high"]].merge(
        matches[["document", "event", "how", "log_odds"]], on="document"
    )
    table["log_odds"] = table["log_odds"].where(table["how"] == "wording")
    by_event = table.groupby("event", sort=True)
    found = by_event.agg(
        n_documents=("document", "size"),
        n_outlets=("outlet", "nunique"),
        weakest=("log_odds", "min"),
    ).reset_index()
    for column, earliest in (("date_low", True), ("date_high", False)):
        dates = table.dropna(subset=[column]).sort_values(column, ascending=earliest)
        found[column] = found["event"].map(dict(reversed(_pairs(dates, column))))
    outlets = table.drop_duplicates(["event", "outlet"]).sort_values("outlet")
    found["outlets"] = found["event"].map(outlets.groupby("event")["outlet"].agg(", ".join))
    found["words"] = [", ".join(words[event]) for event in found["event"]]
    ordered = found.sort_values(["date_low", "event"], na_position="last")
    return build("events", ordered.reset_index(drop=True))


def _pairs(table: pd.DataFrame, column: str) -> list[tuple[str, str]]:
    return list(zip(table["event"], table[column], strict=True))
