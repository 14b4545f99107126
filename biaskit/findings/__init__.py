"""
What would a careful author write first about a measurement set?

Sentences, each with the hits it rests on. They say what occurs and in whose voice, never
what it means. Where two outlets have five articles or more, differences between them are
tested, all together; with fewer the sentences describe these articles, not the outlets.
"""

from typing import NamedTuple

import pandas as pd

from biaskit.findings.differences import (
    about_chance,
    compared_entries,
    comparison_settings,
    told_differences,
)
from biaskit.findings.setting import about_events, summary
from biaskit.findings.words import articles, in_turn, names, times, wordings
from biaskit.kwic import kwic_lines
from biaskit.lexicon import markers_among
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import alternation_shares
from biaskit.tables import RATE_ZONES

__all__ = [
    "Finding",
    "about_chance",
    "about_events",
    "compared_entries",
    "comparison_settings",
    "findings",
    "names",
    "summary",
]

FIRST_PER_OUTLET = 2
MOST_PER_OUTLET = 5
MOST_CONTRASTS = 3

# Words that tie a marker to what it is said of: "coup in Ukraine", "reunification with Russia".
TIES = frozenset("in with of to on against for by up".split())


class Finding(NamedTuple):
    """One sentence and the KWIC lines it rests on (rows of `kwic_lines(measured)`)."""

    sentence: str
    lines: pd.DataFrame


def findings(
    measured: MeasurementSet,
    compared: pd.DataFrame | None = None,
    shares: pd.DataFrame | None = None,
) -> list[Finding]:
    """
    Sentences on a set, most telling first: differences that hold against chance, what each
    outlet writes in its own voice, where outlets choose different words for the same thing, and
    what is left to sources.

    Parameters
    ----------
    measured : a measurement set of two outlets or more.
    compared : a `comparisons` table, by default that of `compared_entries`.
    shares : a `shares` table, by default that of `alternation_shares`.
    """
    compared = compared_entries(measured) if compared is None else compared
    measured = without_copies(measured)
    shares = alternation_shares(measured) if shares is None else shares
    lines = kwic_lines(measured)
    lines = lines[lines["zone"].isin(RATE_ZONES)]
    markers = lines[markers_among(lines)]
    own, left = [], []
    for outlet in measured.outlets:
        here = markers[markers["outlet"] == outlet]
        own.append(_own_voice(outlet, here[here["voice"] == "narration"]))
        left += _left_to_sources(outlet, here)
    contrasts = _contrasts(measured, lines, shares)
    first = [finding for of_outlet in own for finding in of_outlet[:FIRST_PER_OUTLET]]
    more = [finding for of_outlet in own for finding in of_outlet[FIRST_PER_OUTLET:]]
    hold = [Finding(*told) for told in told_differences(compared, markers)]
    return hold + first + contrasts + left + more


def _own_voice(outlet: str, lines: pd.DataFrame) -> list[Finding]:
    if lines.empty:
        return [Finding(f"{outlet} uses no marker in its own voice.", lines)]
    told = []
    for entry, of_it in _most_telling(lines):
        words = wordings(of_it["node"]) if len(of_it) > 1 else f"“{_phrase(of_it.iloc[0])}”"
        often = f", {times(len(of_it))} in {articles(of_it)}" if len(of_it) > 1 else ""
        told.append((entry, Finding(f"{outlet} writes {words} in its own voice{often}.", of_it)))
    return [finding for _, finding in told[:MOST_PER_OUTLET]]


def _most_telling(lines: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    by_entry = [(str(entry), of_it) for entry, of_it in lines.groupby("entry", sort=True)]
    # What more articles hold comes first, since one article repeats its words; then what is
    # said of something by name, which tells a reader most; then what occurs more often.
    return sorted(
        by_entry,
        key=lambda pair: (
            -pair[1]["document"].nunique(),
            _phrase(pair[1].iloc[0]) == pair[1]["node"].iloc[0],
            -len(pair[1]),
            pair[0],
        ),
    )


def _phrase(line: pd.Series) -> str:
    """The hit with the words that tie it to a name, where two such words follow."""
    following = str(line["right"]).split()[:2]
    if len(following) == 2 and following[0] in TIES and following[1][0].isupper():
        return f"{line['node']} {following[0]} {following[1].rstrip('.,;:')}"
    return str(line["node"])


def _contrasts(
    measured: MeasurementSet, lines: pd.DataFrame, shares: pd.DataFrame
) -> list[Finding]:
    shares = shares[shares["n"] > 0]
    different = []
    for name, rows in shares.groupby("set", sort=True):
        choices = rows.groupby("outlet")["variant"].agg(frozenset)
        if choices.nunique() > 1:
            different.append((-int(rows["n"].sum()), str(name), rows))
    told = []
    for _, name, rows in sorted(different, key=lambda x: x[:2])[:MOST_CONTRASTS]:
        entries = measured.entries.loc[measured.entries["set"] == name, "entry"]
        of_set = lines[lines["entry"].isin(entries)]
        told.append(Finding(_choices(name, rows), in_turn(of_set)))
    return told


def _choices(name: str, rows: pd.DataFrame) -> str:
    parts = []
    for outlet, of_it in rows.groupby("outlet"):
        of_it = of_it.sort_values(["n", "variant"], ascending=[False, True])
        words = ", ".join(f"“{r.variant}” ({r.n:,})" for r in of_it.itertuples())
        parts.append(f"{outlet} writes {words}")
    return f"Naming {name.replace('-', ' ')}, {'; '.join(parts)}."


def _left_to_sources(outlet: str, lines: pd.DataFrame) -> list[Finding]:
    told = []
    for entry, of_it in _most_telling(lines):
        if len(of_it) > 1 and not (of_it["voice"] == "narration").any():
            voices = of_it["voice"].value_counts()
            how = ", ".join(f"{n} {voice}" for voice, n in sorted(voices.items()))
            words = wordings(of_it["node"])
            sentence = f"{outlet} leaves {words} to its sources: {times(len(of_it))}, {how}."
            told.append((entry, Finding(sentence, of_it)))
    return [finding for _, finding in told[:1]]
