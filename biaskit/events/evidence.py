"""
What speaks for each article's event, and which pairs were left apart?

Two tables that let a reader check and change what was matched: for each article the other one
of its event that it most likely belongs with, and the pairs that look alike and were not
joined, each with the reason.
"""

import numpy as np
import pandas as pd

from biaskit.events.scoring import Days, Pairs
from biaskit.tables import build

__all__ = ["best_partners", "reasons", "uncertain_pairs"]


def best_partners(documents: pd.Series, group: np.ndarray, pairs: Pairs) -> pd.DataFrame:
    """One row per article, in order: joined_by, similarity and log_odds of its likeliest pair."""
    same = np.flatnonzero(group[pairs.i] == group[pairs.j])
    both = pd.DataFrame(
        {
            "at": np.concatenate([pairs.i[same], pairs.j[same]]),
            "other": np.concatenate([pairs.j[same], pairs.i[same]]),
            "similarity": np.tile(pairs.similarity[same], 2),
            "log_odds": np.tile(pairs.log_odds[same], 2),
        }
    )
    best = both.sort_values(["at", "log_odds", "other"], ascending=[True, False, True])
    best = best.drop_duplicates("at").set_index("at")
    table = best[["similarity", "log_odds"]].reindex(range(len(documents)))
    table.insert(0, "joined_by", best["other"].map(documents).reindex(table.index))
    return table


def reasons(
    documents: pd.Series, group: np.ndarray, given: dict[str, str], decided: set[str]
) -> list[str]:
    """What put each article into its event: decided, given, wording or alone."""
    together = np.bincount(group)[group] > 1 if len(group) else []
    return [
        "decided" if document in decided
        else "given" if document in given
        else "wording" if shared else "alone"
        for document, shared in zip(documents, together, strict=True)
    ]  # fmt: skip


def uncertain_pairs(
    documents: pd.Series, group: np.ndarray, pairs: Pairs, days: Days, least: float, needed: float
) -> pd.DataFrame:
    """
    Pairs that look alike but stand in different events, likeliest first.

    Parameters
    ----------
    least, needed : log-odds above which a pair with dates, or one without, is listed.
    """
    listed = pairs.log_odds >= np.where(pairs.dated, least, needed)
    listed &= group[pairs.i] != group[pairs.j]
    chosen = np.flatnonzero(listed)
    one, two = pairs.i[chosen], pairs.j[chosen]
    dated = pairs.dated[chosen]
    table = pd.DataFrame(
        {
            "document": documents.to_numpy()[one],
            "other": documents.to_numpy()[two],
            "similarity": pairs.similarity[chosen],
            "log_odds": pairs.log_odds[chosen],
            "days": np.where(dated, days.gap(one, two), np.nan),
            "reason": _why(dated, pairs.log_odds[chosen] < needed),
        }
    )
    ordered = table.sort_values(
        ["log_odds", "document", "other"], ascending=[False, True, True], ignore_index=True
    )
    return build("uncertain", ordered)


def _why(dated: np.ndarray, weak: np.ndarray) -> np.ndarray:
    return np.where(
        ~dated,
        "alike, but no dates that agree",
        np.where(weak, "alike, but not enough", "alike, but not with the rest of the event"),
    )
