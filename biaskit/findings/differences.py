"""
Which differences between outlets hold against chance, and what can be said of chance at all?

Every entry and every two outlets are compared once, and all these tests are corrected together;
below five articles a side nothing is tested, and a sentence says so.
"""

import numpy as np
import pandas as pd

from biaskit.comparison import ALPHA, Settings, compare, how_small, two_digits
from biaskit.findings.words import names, times, wordings
from biaskit.keyness import OTHERS
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import FEWEST_DOCUMENTS

__all__ = ["about_chance", "compared_entries", "comparison_settings", "told_differences"]

MOST_DIFFERENCES = 3

# Enough for a family of a hundred rows; of more, p is Student's t and nothing is shuffled.
PERMUTATIONS = 1_999


def comparison_settings(measured: MeasurementSet) -> Settings:
    """How the entries of a set are compared here: shuffled between two outlets, by t of more."""
    return Settings(permutations=PERMUTATIONS if len(measured.outlets) == 2 else 0)


def compared_entries(measured: MeasurementSet) -> pd.DataFrame:
    """
    Every entry and every two outlets, tested together where there are articles enough.

    One row per entry and pair, with the columns of a `comparisons` table.
    """
    return compare(measured, comparison_settings(measured))


def told_differences(
    compared: pd.DataFrame, markers: pd.DataFrame
) -> list[tuple[str, pd.DataFrame]]:
    """Sentence and lines of differences that hold among all tested, the surest in size first."""
    told = []
    for row in compared[compared["q"] < ALPHA].to_dict("records"):
        entry = str(row["item"]).rpartition(":")[2]
        sides = {row["target"], row["reference"]}
        of_it = markers[markers["entry"] == entry]
        if OTHERS not in sides:
            of_it = of_it[of_it["outlet"].isin(sides)]
        told.append((_difference(row, of_it), _sides_in_turn(of_it, row)))
    return told[:MOST_DIFFERENCES]


def _sides(row: dict) -> list[str]:
    """First the side that uses it more."""
    sides = ["target", "reference"]
    return sides if row["log_ratio"] > 0 else sides[::-1]


def _sides_in_turn(lines: pd.DataFrame, row: dict) -> pd.DataFrame:
    """First a line of the outlet that uses it more, then one of the other or the others."""
    other = lines["outlet"] != row[_sides(row)[0]]
    turn = lines.groupby(other).cumcount()
    order = pd.DataFrame({"turn": turn, "other": other}).sort_values(["turn", "other"])
    return lines.loc[order.index]


def _difference(row: dict, lines: pd.DataFrame) -> str:
    sides, words = _sides(row), wordings(lines["node"])
    more, less = (row[side] for side in sides)
    counts = [_count(row, side) for side in sides]
    sure = how_small("q", row["q"])
    if not row[f"n_{sides[1]}"]:
        return f"{more} uses {words}, {counts[0]}; {less}, {counts[1]} ({sure})."
    factor = 2 ** abs(row["log_ratio"])
    ends = sorted(2 ** (np.sign(row["log_ratio"]) * row[end]) for end in ("low", "high"))
    low, high = map(two_digits, ends)
    return (
        f"{more} uses {words} {two_digits(factor)} times as often as {less} "
        f"(95 % interval {low} to {high}; {sure}): {counts[0]} against {counts[1]}."
    )


def _count(row: dict, side: str) -> str:
    """
    >>> _count({"n_target": 30, "n_with_target": 12, "n_documents_target": 20}, "target")
    '30 times in 12 of 20 articles'
    """
    n, held, of = (row[f"{part}_{side}"] for part in ("n", "n_with", "n_documents"))
    return f"{times(n)} in {held:,} of {of:,} articles" if n else f"never in {of:,} articles"


def about_chance(measured: MeasurementSet, compared: pd.DataFrame | None = None) -> str:
    """
    What the number of articles allows one to say, and how many differences hold against chance.

    `compared` is a `comparisons` table, by default that of `compared_entries`.
    """
    compared = compared_entries(measured) if compared is None else compared
    n = without_copies(measured).documents.groupby("outlet")["document"].count()
    tested = compared.dropna(subset=["q"])
    told = []
    if n.min() < FEWEST_DOCUMENTS:
        few = names([f"{outlet} has {k}" for outlet, k in n.items() if k < FEWEST_DOCUMENTS])
        told.append(
            f"It could be, and nobody can tell from so few articles: {few}. The article is the "
            f"unit here, not the word, since one article repeats its words. Below "
            f"{FEWEST_DOCUMENTS} articles a side nothing is tested and no interval is given: what "
            f"stands above describes these articles, not the outlets."
        )
    if len(tested):
        told.append(_about_tests(tested))
    elif n.min() >= FEWEST_DOCUMENTS:
        told.append("No marker stands in two articles or more, so there is nothing to test.")
    return " ".join(told)


def _about_tests(tested: pd.DataFrame) -> str:
    n, hold = len(tested), int((tested["q"] < ALPHA).sum())
    alone = int((tested["p_t"] < ALPHA).sum())
    held = f"{hold:,} hold" if hold > 1 else "1 holds" if hold else "none holds"
    return (
        f"Entries of the lexicon were compared between outlets, over articles, in {n:,} "
        f"test{'s' * (n > 1)}: {held} (q below {ALPHA}). One by one, {alone:,} would have passed "
        f"(p below {ALPHA}); but of {n:,} where nothing differs, about {ALPHA * n:,.0f} pass by "
        f"chance. p is how often chance alone makes a difference at least as large; q is the share "
        f"of findings that may be wrong if all that are as sure are believed. A difference that "
        f"holds may still be one of topic or of dates."
    )
