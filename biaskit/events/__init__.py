"""
Which articles are about the same event?

Outlets differ first in what they cover. Only articles on one event show how they word it, so
this finds them: articles within two days of each other whose titles and first words are alike,
and more alike than everything else that week. `matches` says of each article which event it is
about, which other article joined it and how strongly; `events` says what each event is;
`uncertain` lists the pairs that look alike and were not joined.

Likeness alone never makes an event: two elections, two coups, two budgets look alike years
apart. Dates must agree, or the user says so, by an `event` column or a file of decisions,
which always wins. Articles without a date stay alone unless `undated` asks for them; joined
by wording alone, two storms of two years may become one event.

On 254 stories of two or three outlets each (2021), with the weights of one half and the figures
of the other, pairs are joined with precision .92 and recall .81 at the default threshold where
most articles have no partner, and with .91 and .93 at EVERYONE where nearly all have one. What
people count as one event differs: the budget, or each of its votes.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from biaskit.events.decisions import read_decisions, save_decisions, with_events
from biaskit.events.evidence import best_partners, reasons, uncertain_pairs
from biaskit.events.linkage import FLOOR, link
from biaskit.events.naming import event_names, event_table, telling_words
from biaskit.events.scoring import Kept, Pairs, days_of, score
from biaskit.events.wording import wording_of_counts, wording_of_texts
from biaskit.tables import build, require

__all__ = [
    "DESCRIBED",
    "EVERYONE",
    "THRESHOLD",
    "Matched",
    "match_events",
    "read_decisions",
    "save_decisions",
    "with_events",
]

# Log-odds that a merge needs. In real collections most articles have no partner, and there the
# first gives precision .9 of pairs; the second suits benchmarks in which nearly all have one.
THRESHOLD = 1.25
EVERYONE = -2.0

# The columns of a measurement set's documents that are needed.
DESCRIBED = ("document", "outlet", "date_low", "date_high", "event", "copy_of")


class Matched(NamedTuple):
    """What `match_events` found."""

    matches: pd.DataFrame
    """One row per document, in the order of their ids: its event, and what joined it."""
    events: pd.DataFrame
    """One row per event, by day."""
    uncertain: pd.DataFrame
    """One row per pair of documents that look alike and were not joined, likeliest first."""


def match_events(
    documents: pd.DataFrame,
    counts: pd.DataFrame | Iterable[pd.DataFrame] | None = None,
    *,
    decisions: pd.DataFrame | None = None,
    undated: bool = False,
    threshold: float = THRESHOLD,
) -> Matched:
    """
    Group articles by the event they are about.

    >>> articles = pd.DataFrame({
    ...     "document": ["e1", "p1", "p2"], "outlet": ["Echo", "Post", "Post"],
    ...     "date_low": ["2031-05-04", "2031-05-05", "2032-07-01"],
    ...     "date_high": ["2031-05-04", "2031-05-05", "2032-07-01"],
    ...     "title": ["Generals seize Velmora palace", "Velmora palace taken by generals",
    ...               "Generals leave Velmora palace"],
    ...     "text": ["A coup in Velmora.", "A revolution in Velmora.", "The junta has resigned."],
    ... })
    >>> match_events(articles).events[["event", "outlets", "n_documents"]]
                                    event     outlets  n_documents
    0  2031-05-04-velmora-generals-palace  Echo, Post            2
    1     2032-07-01-leave-generals-junta        Post            1

    Parameters
    ----------
    documents : an `articles` table; or, with `counts`, the documents of a measurement set, or
        their columns DESCRIBED alone.
        Where there is a column `event`, documents with one name are one event and documents
        with different ones never are; where there is `copy_of`, a copy goes with its original.
    counts : terms of the documents, in place of their texts; a table, or the pieces of one that
        `MeasurementSet.pieces` gives.
    decisions : a `decisions` table (see `read_decisions`): wins over the column `event`.
    undated : join documents without a date by their wording alone, too.
    threshold : log-odds that joining needs; higher joins less.

    Returns
    -------
    A `Matched` of three tables. Both evidence and names stay the same when rows are shuffled.

    Raises
    ------
    ValueError : columns are missing, an id occurs twice, or a decision is on no document.
    """
    if counts is None:
        require(documents, "articles")
    else:
        require(documents, "documents", DESCRIBED)
    documents = documents.sort_values("document", kind="stable").reset_index(drop=True)
    given, decided = _named(documents, decisions)
    original = _originals(documents, given)
    own = documents[original == np.arange(len(documents))].reset_index(drop=True)
    words = wording_of_texts(own) if counts is None else wording_of_counts(own, counts)
    days = days_of(own)
    names = own["document"].map(given).astype(object)
    pairs = score(words, days, _worth_keeping(names, min(threshold, FLOOR)))
    given_pairs = names.notna().to_numpy()[np.array([pairs.i, pairs.j])].all(axis=0)
    may = (pairs.dated | undated) & ~given_pairs
    group = _groups(names, pairs, may, threshold)

    telling = telling_words(words, group, group.max(initial=-1) + 1)
    events = _event_of_each(own, names, group, telling)
    matches = own[["document", "outlet"]].assign(
        event=events,
        how=reasons(own["document"], group, given, decided),
        **best_partners(own["document"], group, pairs),
    )
    open_pairs = pairs.chosen(~given_pairs)
    least = min(threshold, EVERYONE)
    uncertain = uncertain_pairs(own["document"], group, open_pairs, days, least, threshold)
    matches = _with_copies(documents, original, matches)
    of_event = dict(zip(events, (telling[k] for k in group), strict=True))
    return Matched(matches, event_table(documents, matches, of_event), uncertain)


def _named(
    documents: pd.DataFrame, decisions: pd.DataFrame | None
) -> tuple[dict[str, str], set[str]]:
    """The event that the user gave each document, and the documents it was decided for."""
    ids = documents["document"]
    if ids.duplicated().any():
        twice = ids[ids.duplicated()].iloc[0]
        raise ValueError(f"two articles have the id {twice!r}; give each its own")
    given = {}
    if "event" in documents.columns:
        known = documents.dropna(subset=["event"])
        given = dict(zip(known["document"], known["event"], strict=True))
    if decisions is None:
        return given, set()
    require(decisions, "decisions")
    decided = dict(zip(decisions["document"], decisions["event"], strict=True))
    unknown = sorted(decided.keys() - {*ids})
    if unknown:
        raise ValueError(
            f"a decision on {unknown[0]!r}, which is none of these {len(ids):,} documents"
        )
    return {**given, **decided}, {*decided}


def _originals(documents: pd.DataFrame, given: dict[str, str]) -> np.ndarray:
    """For each row that of the document it is a copy of, or its own."""
    own = np.arange(len(documents))
    if "copy_of" not in documents.columns:
        return own
    rows = dict(zip(documents["document"], own, strict=True))
    first = documents["copy_of"].map(rows)  # missing where the original is not among them
    found = np.where(first.isna(), own, first.fillna(0)).astype(int)
    names = documents["document"].map(given).astype(object)
    # What the user says of a copy and not of its original is said of the copy.
    apart = names.notna().to_numpy() & (names.to_numpy() != names.to_numpy()[found])
    return np.where(apart | (found[found] != found), own, found)


def _groups(names: pd.Series, pairs: Pairs, may: np.ndarray, threshold: float) -> np.ndarray:
    joinable = [x[may] for x in (pairs.i, pairs.j, pairs.log_odds)]
    given = pd.factorize(names)[0]  # -1 where the user gave none
    return link(len(names), joinable, threshold, given)


def _worth_keeping(names: pd.Series, least: float) -> Kept:
    """Pairs that could be joined or be shown as alike, and those that the user joined."""
    given = pd.factorize(names)[0]

    def kept(i: np.ndarray, j: np.ndarray, log_odds: np.ndarray) -> np.ndarray:
        return (log_odds >= least) | ((given[i] == given[j]) & (given[i] >= 0))

    return kept


def _event_of_each(
    documents: pd.DataFrame, names: pd.Series, group: np.ndarray, telling: list[list[str]]
) -> list[str]:
    """The name of each document's event: the user's where there is one."""
    users = dict(zip(group[names.notna()], names.dropna(), strict=True))
    days = documents["date_low"].where(days_of(documents).known, None)
    firsts = days.groupby(group).min().replace({np.nan: None})
    unnamed = [k for k in range(len(telling)) if k not in users]
    made = event_names([firsts[k] for k in unnamed], [telling[k] for k in unnamed],
                       {*users.values()})  # fmt: skip
    names_of = {**users, **dict(zip(unnamed, made, strict=True))}
    return [names_of[k] for k in group]


def _with_copies(
    documents: pd.DataFrame, original: np.ndarray, matches: pd.DataFrame
) -> pd.DataFrame:
    """The matches of all documents: a copy has its original's event, and was joined by it."""
    copies = original != np.arange(len(documents))
    table = documents.loc[copies, ["document", "outlet"]].assign(
        joined_by=documents["document"].to_numpy()[original[copies]], how="copy"
    )
    events = dict(zip(matches["document"], matches["event"], strict=True))
    table["event"] = table["joined_by"].map(events)
    whole = pd.concat([matches, table], ignore_index=True) if len(table) else matches
    return build("matches", whole.sort_values("document", ignore_index=True))
