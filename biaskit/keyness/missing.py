"""
What can a comparison of these documents not say, and why?

Each rule names rows, the columns that stay missing there, and the sentence that says so. What
is undefined is missing, never 0.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from biaskit.keyness.units import Sample
from biaskit.rates import FEWEST_DOCUMENTS

__all__ = ["explain"]

# Below two units a side there is no spread to make an interval of.
FEWEST_FOR_INTERVAL = 2

# Cut at random into halves, five documents fall on one side together once in sixteen times.
FEW_HOLDERS = 5

EFFECT = ("estimate", "crude", "difference", "dp", "dp_norm", "largest_share", "g2", "zeta")
INTERVAL = ("low", "high")
TEST = ("p",)  # and whatever is made of it


class Rule(NamedTuple):
    """Where (one flag per row, or all), what is missing there, and why."""

    rows: np.ndarray | bool
    columns: tuple[str, ...]
    sentence: str


def explain(
    table: pd.DataFrame, names: tuple[str, str], sample: Sample, *, shares: bool
) -> tuple[pd.DataFrame, np.ndarray]:
    """The table with its gaps and a `note` on each; and which of its rows can be tested."""
    m = int(table["n_units_target"].max()), int(table["n_units_reference"].max())
    rules = [*_of_all(names, m, sample, shares), *_of_items(table, names, shares)]
    notes = np.full(len(table), "", dtype=object)
    testable = np.ones(len(table), dtype=bool)
    for rule in rules:
        rows = np.broadcast_to(rule.rows, len(table))
        notes[rows] += rule.sentence + " "
        testable &= ~rows | ("p" not in rule.columns)
        table.loc[rows, [c for c in rule.columns if c in table.columns]] = np.nan
    return table.assign(note=[note.strip() or None for note in notes]), testable


def _of_all(names: tuple[str, str], m: tuple[int, int], sample: Sample, shares: bool) -> list[Rule]:
    """What is missing in every row, since a side has too little."""
    if not all(m) and not sample.within:
        empty = " and ".join(name for name, size in zip(names, m, strict=True) if not size)
        what = "hits of this set" if shares else "tokens of this voice"
        return [Rule(True, EFFECT + INTERVAL + TEST, f"No {what} in {empty}.")]
    if min(m) >= FEWEST_DOCUMENTS:
        return []
    counts = " and ".join(
        f"{name} {size} {sample.unit}{'' if size == 1 else 's'}"
        for name, size in zip(names, m, strict=True)
    )
    inside = f" in a {' and '.join(sample.within)} that both have" if sample.within else ""
    gaps: tuple[str, ...]
    if min(m) < FEWEST_FOR_INTERVAL:
        gaps, what = INTERVAL + TEST, "nothing to make an interval of, or a test"
    else:
        gaps, what = TEST, f"no test below {FEWEST_DOCUMENTS} a side"
    if shares and sum(m) < FEWEST_DOCUMENTS:
        gaps, what = ("estimate", *INTERVAL, *TEST), "too few for more than shares"
    return [Rule(True, gaps, f"Too few{inside} ({counts}): {what}.")]


def _of_items(table: pd.DataFrame, names: tuple[str, str], shares: bool) -> list[Rule]:
    """What is missing in some rows, since the item occurs too little."""
    a, b = (table[f"n_{side}"].to_numpy() for side in ("target", "reference"))
    documents = (table["n_with_target"] + table["n_with_reference"]).to_numpy()
    some = a + b > 0
    rules = [
        Rule(~some, EFFECT + INTERVAL + TEST, "It never occurs."),
        Rule(
            some & (documents == 1),
            INTERVAL + TEST,
            "All its hits stand in one document, which says nothing about others.",
        ),
        Rule(
            (documents > 1) & (documents <= FEW_HOLDERS),
            (),
            f"At most {FEW_HOLDERS} documents hold it: p may rest on their lengths; see p_t.",
        ),
    ]
    if shares:
        n_a, n_b = (table[f"n_set_{side}"].to_numpy() for side in ("target", "reference"))
        only = some & ((a == n_a) | (n_a == 0)) & ((b == n_b) | (n_b == 0))
        alone = Rule(only, ("estimate", *INTERVAL, *TEST), "No other variant of the set occurs.")
        edge = ~only & (n_a > 0) & (n_b > 0) & ((a == 0) | (b == 0) | (a == n_a) | (b == n_b))
        sentence = "A share is 0 or 1: the effect is a bound, with 0.5 added to both sides of it."
        return [*rules, alone, Rule(edge & some, INTERVAL, sentence)]
    sentence = "No hit in {}: the log ratio is a bound, with the 0 counted as 0.5."
    return [
        *rules,
        *(
            Rule(
                some & (table[f"n_{side}"] == 0) & (table[f"n_tokens_{side}"] > 0),
                INTERVAL,
                sentence.format(name),
            )
            for side, name in zip(("target", "reference"), names, strict=True)
        ),
    ]
