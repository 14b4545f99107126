"""Which terms does one outlet use more, or less, than the others?"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from biaskit.keyness.contrasts import OTHERS, Shuffling, contrast, in_one_family, pairs_of
from biaskit.keyness.formulas import percent_difference
from biaskit.keyness.units import sample, term_hits
from biaskit.measurement import MeasurementSet
from biaskit.tables import COLUMNS, build

__all__ = ["SEED", "chosen_pairs", "finished", "keywords"]

# Where no generator is given, so that a table can be made again.
SEED = 2015


def keywords(
    measured: MeasurementSet,
    target: str | None = None,
    *,
    reference: str | None = None,
    voice: str = "all",
    min_n: int = 10,
    only: Sequence[str] | None = None,
    unit: str = "document",
    within: Sequence[str] = (),
    permutations: int = 9_999,
    rng: np.random.Generator | None = None,
    track: Callable[[Any], Iterable[Any]] = iter,
) -> pd.DataFrame:
    """
    Compare how often each term occurs, term by term and document by document.

    Parameters
    ----------
    measured : a measurement set of two outlets or more. Copies take no part.
    target : the outlet to describe; without it each is described against the others, and all
        pairs, as one family of tests.
    reference : the outlet to compare it with; without it all others together.
    voice : one of `rates.VOICE_CHOICES`; hits and tokens of that voice alone count.
    min_n : leave out terms with fewer hits on both sides together.
    only : these terms alone, however rare.
    unit : what is independent: document, week or event.
    within : compare only within sections, months, weeks, events or authors, and shuffle there.
    permutations : shuffles; 0 for none, which leaves p to Student's t. Over many thousands of
        documents give 0: q is made of Student's p alone there, and terms are gone through
        some at a time, which is what keeps memory small.
    rng : a numpy Generator; without it one of a fixed seed.
    track : the place of a progress bar, called with blocks of shuffles.

    Returns
    -------
    One row per term and pair, with the columns of a `keywords` table, sorted by the bound of
    the log ratio's interval that is nearer to 0: first what surely differs most.

    Raises
    ------
    ValueError : an unknown outlet, voice, unit or stratum, or one outlet only.
    """
    pairs = chosen_pairs(measured.outlets, target, reference)
    terms = sample(measured, term_hits(measured), voice=voice, unit=unit, within=within)
    if only is not None:
        terms = terms.choose(list(only))
    shuffling = Shuffling(permutations, rng or np.random.default_rng(SEED), track)
    least = 0 if only is not None else min_n
    found: dict[tuple[str, str], list[pd.DataFrame]] = {pair: [] for pair in pairs}
    # Only shuffles, which are to be the same for all terms, need all of them at once.
    for part in [terms] if permutations else terms.parts():
        for pair, tables in found.items():
            here = part.between(pair).at_least(least)
            if here.items:
                tables.append(contrast(here, *pair, shuffling))
    whole = [pd.concat(tables, ignore_index=True) for tables in found.values() if tables]
    if not whole:
        return build("keywords", [])
    return finished(in_one_family(whole, permutations).assign(voice=voice), "keywords")


def chosen_pairs(
    groups: list[str], target: str | None, reference: str | None, *, by: str = "outlet"
) -> list[tuple[str, str]]:
    """The pairs to compare, or an error that says what there is."""
    for name in (target, reference):
        if name is not None and name not in groups:
            raise ValueError(f"no {by} {name!r}; this set has {', '.join(groups)}")
    if len(groups) < 2:
        raise ValueError(f"nothing to compare {groups[0]!r} with; it is the only {by} of this set")
    if target is None and reference is None:
        return pairs_of(groups)
    if target is None or reference == target:
        raise ValueError(f"a reference needs a target other than itself; this is {reference!r}")
    others = [name for name in groups if name != target]
    return [(target, reference or (others[0] if len(others) == 1 else OTHERS))]


def finished(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table with the columns of the contract, under the names they have there."""
    columns = COLUMNS[name]
    effect = next(c for c in ("log_ratio", "log_odds_ratio") if c in columns)
    item = next(c for c in ("term", "item", "variant") if c in columns)
    table = table.rename(columns={"estimate": effect, "item": item})
    if "percent" in columns:
        table["percent"] = percent_difference(table[effect])
    return build(name, table[[c for c in columns if c in table.columns]])
