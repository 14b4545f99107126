"""
What would a careful author write about one word, and on which lines does it rest?

One sentence with the counts, the rates, how far apart they are and how surely, and the KWIC
lines behind it. It says *uses more*, never what that means; where a difference cannot be
tested, or is none, it says that with the same care.
"""

from typing import NamedTuple

import pandas as pd

from biaskit.comparison import ALPHA, compare, how_small, two_digits
from biaskit.kwic import kwic_lines
from biaskit.measurement import MeasurementSet
from biaskit.rates import VOICE_CHOICES
from biaskit.tables import RATE_ZONES

__all__ = ["Explanation", "explain"]

WHOSE = {
    "all": "",
    "unquoted": ", quotations left out",
    "narration": ", in its own voice",
    "quoted": ", in quotations",
    "reported": ", in reported speech",
    "attributed": ", in what it ascribes to others",
}


class Explanation(NamedTuple):
    """A sentence, and the KWIC lines it rests on (rows of a `kwic` table)."""

    sentence: str
    lines: pd.DataFrame

    def __str__(self) -> str:
        return self.sentence


def explain(
    measured: MeasurementSet,
    entry: str,
    target: str | None = None,
    reference: str | None = None,
    *,
    voice: str = "all",
    unit: str = "document",
) -> Explanation:
    """
    Say how two outlets use an entry, as one would in a paper.

    Parameters
    ----------
    measured : a measurement set.
    entry : id of a lexicon entry.
    target, reference : the outlets; the target alone is compared with all others. Both may
        be left out where there are only two.
    voice : whose words count, one of `rates.VOICE_CHOICES`.
    unit : what is taken as independent: document, week or event.

    Raises
    ------
    ValueError : no such entry or outlet; more than two outlets and no target.
    """
    known = measured.entries["entry"]
    if entry not in set(known):
        raise ValueError(
            f"no entry {entry!r} in the lexicons of this set; see biaskit lexicon list"
        )
    outlets = measured.outlets
    if target is None and len(outlets) > 2:
        raise ValueError(
            f"name the outlet to explain {entry!r} for; there are {', '.join(outlets)}"
        )
    found = compare(
        measured, level="entry", voice=voice, unit=unit, target=target, reference=reference
    )
    rows = found[found["item"] == entry]
    lines = kwic_lines(measured, entry)
    lines = lines[lines["zone"].isin(RATE_ZONES) & lines["voice"].isin(VOICE_CHOICES[voice])]
    if rows.empty:
        both = " nor ".join(outlets[:2]) if len(outlets) == 2 else "any outlet compared"
        start = "Neither " if len(outlets) == 2 else "Not "
        return Explanation(f"{start}{both} uses “{entry}”{WHOSE[voice]}.", lines.iloc[:0])
    row = rows.iloc[0]
    if row["reference"] in outlets:
        lines = lines[lines["outlet"].isin({row["target"], row["reference"]})]
    return Explanation(_sentence(row, len(found), voice), lines.reset_index(drop=True))


def _sentence(row: pd.Series, n_items: int, voice: str) -> str:
    sides = [_side(row, "target"), _side(row, "reference")]
    if row["per_1000_target"] < row["per_1000_reference"]:
        sides.reverse()
    more, less = sides
    whose = f"{WHOSE[voice]}," if WHOSE[voice] else ""
    told = (
        f"{more['name']} uses “{row['item']}”{whose} {more['rate']} "
        f"({more['counts']}), {less['name']} {less['rate']} ({less['counts']})"
    )
    return f"{told}{_how_far(row)}{_how_sure(row, n_items)}"


def _side(row: pd.Series, side: str) -> dict[str, str]:
    n, with_it = int(row[f"n_{side}"]), int(row[f"n_with_{side}"])
    of = int(row[f"n_documents_{side}"])
    return {
        "name": row[side],
        "rate": f"{two_digits(row[f'per_1000_{side}'])} times in 1,000 words",
        "counts": f"{n:,} hit{'' if n == 1 else 's'} in {with_it:,} of {of:,} articles",
    }


def _how_far(row: pd.Series) -> str:
    if pd.isna(row["log_ratio"]) or 0 in {row["n_target"], row["n_reference"]}:
        return ""
    low, high = sorted((row["low"], row["high"]), key=abs)
    sign = 1 if row["log_ratio"] > 0 else -1
    times = f", {two_digits(2 ** abs(row['log_ratio']))} times as often"
    if pd.isna(low):
        return times
    low, high = sorted((sign * row["low"], sign * row["high"]))
    return f"{times} (95 % interval {two_digits(2**low)} to {two_digits(2**high)})"


def _how_sure(row: pd.Series, n_items: int) -> str:
    unit = {"document": "articles", "week": "weeks", "event": "events"}[row.get("unit", "document")]
    if pd.isna(row["p"]):
        return f". {row['note']}" if isinstance(row["note"], str) else ", which was not tested."
    p, q = how_small("p", row["p"]), how_small("q", row["q"])
    if row["q"] < ALPHA:
        among = f"among {n_items:,} entries compared" if n_items > 1 else "by itself"
        return f"; {unit} shuffled between them do this with {p}, and it holds {among} ({q})."
    if row["p"] < ALPHA:
        return (
            f"; {unit} shuffled between them do this with {p}, but of {n_items:,} entries "
            f"compared some do so by chance ({q})."
        )
    return f"; {unit} shuffled between them differ as much ({p})."
