"""Which markers, frames and variants do outlets use more or less, and how surely?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from biaskit.keyness import (
    SEED,
    Sample,
    Shuffling,
    chosen_pairs,
    contrast,
    finished,
    in_one_family,
    omnibus_p,
    sample,
    term_hits,
)
from biaskit.lexicon import markers_among
from biaskit.measurement import MeasurementSet
from biaskit.rates import OF_SET
from biaskit.tables import COLUMNS, build

__all__ = ["ALPHA", "LEVELS", "Settings", "compare", "compared", "samples_of"]

LEVELS = ("entry", "frame", "set")
ALL_MARKERS = "all"
ALPHA = 0.05


@dataclass(frozen=True)
class Settings:
    """
    What is compared and how; a null check repeats a comparison by being given the same.

    level : entry, frame (each with all below it) or set (alternation shares); term, too, for
        null checks.
    voice : one of `rates.VOICE_CHOICES`.
    unit : what is independent: document, week or event.
    within : sections, months, weeks, events or authors to stay within.
    min_n : leave out items with fewer hits on both sides together.
    permutations : shuffles; 0 for none, which leaves p to Student's t.
    """

    level: str = "entry"
    voice: str = "all"
    unit: str = "document"
    within: tuple[str, ...] = ()
    min_n: int = 1
    permutations: int = 9_999


def compare(
    measured: MeasurementSet,
    settings: Settings | None = None,
    *,
    by: str = "outlet",
    target: str | None = None,
    reference: str | None = None,
    rng: np.random.Generator | None = None,
    track: Callable[[Any], Iterable[Any]] = iter,
    **changed: Any,
) -> pd.DataFrame:
    """
    Compare how outlets use markers, or which variant of a set they choose.

    Parameters
    ----------
    measured : a measurement set. Copies take no part.
    settings : what is compared and how; any of its fields may be given by name instead:
        `compare(measured, level="frame", voice="narration")`.
    by : column of the documents table whose values are compared.
    target, reference : the two to compare. Without a reference the target is compared with all
        others; without both, two are compared with each other, and of more each with the
        others, and all pairs, as one family of tests.
    rng : a numpy Generator; without it one of a fixed seed.
    track : the place of a progress bar, called with blocks of shuffles.
    changed : fields of the settings by name, as above.

    Returns
    -------
    One row per item and pair that occurs, sorted by the bound of the effect's interval that is
    nearer to 0, with the columns of a `comparisons` table; of a `choices` table at level set.

    Raises
    ------
    ValueError : an unknown level, voice, unit, stratum or group, or one group only.
    """
    settings = replace(settings or Settings(), **changed)
    shuffling = Shuffling(settings.permutations, rng or np.random.default_rng(SEED), track)
    samples = samples_of(measured, settings, by=by)
    stored = by in COLUMNS["documents"]
    documents = measured.columns("documents", by) if stored else measured.documents
    groups = sorted(documents[by].dropna().unique())
    pairs = chosen_pairs(groups, target, reference, by=by)
    table = compared(samples, pairs, settings, shuffling)
    name = "choices" if settings.level == "set" else "comparisons"
    if table is None:
        return build(name, [])
    return finished(table.assign(voice=settings.voice, level=settings.level), name)


def samples_of(
    measured: MeasurementSet, settings: Settings, *, by: str = "outlet"
) -> dict[str, Sample]:
    """What is counted at a level: one sample, or one for each alternation set."""
    if settings.level == "term":
        hits = term_hits(measured)
    elif settings.level in LEVELS:
        hits = _item_hits(measured, settings.level)
    else:
        raise ValueError(f"no level {settings.level!r}; there are {', '.join(LEVELS)}")
    counts = sample(
        measured,
        hits,
        by=by,
        voice=settings.voice,
        unit=settings.unit,
        within=settings.within,
    )
    return _by_set(counts, settings) if settings.level == "set" else {settings.level: counts}


def _item_hits(measured: MeasurementSet, level: str) -> Iterator[pd.DataFrame]:
    for hits in measured.pieces("hits", "document", "zone", "voice", "lexicon", "entry"):
        yield _as_items(hits, measured.entries, level)


def _as_items(hits: pd.DataFrame, entries: pd.DataFrame, level: str) -> pd.DataFrame:
    hits = hits.merge(entries, on=["lexicon", "entry"])
    if level == "set":
        hits = hits[hits["set"].notna()]
        return hits.assign(item=hits["set"] + OF_SET + hits["variant"])
    hits = hits[markers_among(hits)]
    if level == "entry":
        several = entries["lexicon"].nunique() > 1
        return hits.assign(item=hits["lexicon"] + ":" + hits["entry"] if several else hits["entry"])
    paths = hits["frame"].map(lambda frame: [ALL_MARKERS, *_with_parents(frame)])
    return hits.assign(item=paths).explode("item", ignore_index=True)


def _with_parents(frame: str) -> list[str]:
    """
    >>> _with_parents("naming/rule")
    ['naming', 'naming/rule']
    """
    parts = frame.split("/")
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


def _by_set(counts: Sample, settings: Settings) -> dict[str, Sample]:
    """One sample for each set: its variants, out of its hits, in documents that have any."""
    if settings.within:
        raise ValueError("shares of a set leave topics out already; strata are for rates")
    parts = [item.partition(OF_SET) for item in counts.items]
    names, variants = (np.array([part[i] for part in parts], dtype=object) for i in (0, 2))
    found = {}
    for name in sorted({*names}):
        whole = counts.with_items(names == name)
        total = np.asarray(whole.y.sum(axis=1))[:, 0]
        whole = replace(whole, n=total, items=list(variants[names == name]))
        found[name] = whole.only(total > 0)
    return found


def compared(
    samples: dict[str, Sample],
    pairs: list[tuple[str, str]],
    settings: Settings,
    shuffling: Shuffling,
) -> pd.DataFrame | None:
    """All contrasts of all samples as one family; None where there is nothing to compare."""
    tables = []
    for name, whole in samples.items():
        of_all = {}
        if len(pairs) > 1:
            of_all = dict(zip(whole.items, omnibus_p(whole, shuffling), strict=True))
        for pair in pairs:
            chosen = whole.between(pair).at_least(settings.min_n)
            if not chosen.items:
                continue
            table = contrast(chosen, *pair, shuffling, shares=settings.level == "set")
            omnibus = table["item"].map(of_all) if len(pairs) > 1 else np.nan
            tables.append(table.assign(p_omnibus=omnibus, set=name))
    return in_one_family(tables, shuffling.permutations) if tables else None
