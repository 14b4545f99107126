"""How many findings do the same settings give where nothing differs?"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from biaskit.comparison.markers import ALPHA, Settings, compared, samples_of
from biaskit.comparison.wording import two_digits
from biaskit.keyness import (
    DESCRIBED,
    PERMUTATIONS_PER_ITEM,
    SEED,
    Sample,
    Shuffling,
    known_of,
    p_by_t,
    units_of,
)
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.resampling import counted, q_values
from biaskit.tables import build

__all__ = ["null_check", "null_checks", "null_sentence"]

HALVES = ("one half", "the other half")

# As many as a test of a few items asks for, and enough that p hardly moves.
FEWEST_PERMUTATIONS = 999


def null_check(
    measured: MeasurementSet,
    outlet: str,
    settings: Settings | None = None,
    *,
    split: str = "document",
    runs: int = 200,
    rng: np.random.Generator | None = None,
    track: Callable[[Any], Iterable[Any]] = iter,
    **changed: Any,
) -> pd.DataFrame:
    """
    Split one outlet at random, again and again, and count what the same settings find.

    Parameters
    ----------
    measured : a measurement set; one outlet is enough.
    outlet : the one to split into halves.
    settings : those of the comparison; any of its fields may be given by name instead. Level may
        also be term.
    split : document, week or event: what goes to one half whole. Articles split one by one are
        exchangeable by construction; with whole weeks or events the halves differ as outlets do
        that differ in nothing but what happened, and that is the figure to believe.
    runs : splits.
    rng : a numpy Generator; without it one of a fixed seed.
    track : the place of a progress bar, called with the numbers of the splits.

    Returns
    -------
    One row, with the columns of a `null_checks` table.

    Raises
    ------
    ValueError : an unknown outlet, level, unit or split, or too little to split.
    """
    settings = replace(settings or Settings(), **changed)
    if outlet not in measured.outlets:
        raise ValueError(f"no outlet {outlet!r}; this set has {', '.join(measured.outlets)}")
    documents = without_copies(measured).columns("documents", "outlet", *DESCRIBED)
    documents = documents[documents["outlet"] == outlet].sort_values("document")
    part_of = units_of(documents, split).set_axis(documents["document"])
    parts = np.array(sorted({*part_of}), dtype=object)
    if len(parts) < len(HALVES):
        raise ValueError(f"{outlet!r} has one {split} only, too little to split into halves")
    rng = rng or np.random.default_rng(SEED)
    samples = {
        name: whole.between([outlet]).at_least(settings.min_n)
        for name, whole in samples_of(measured, settings).items()
    }
    permutations = _enough(samples, settings.permutations)
    shares = settings.level == "set"
    quick = [_quick(whole, shares=shares) for whole in samples.values()]
    splits = []
    for _ in track(range(runs)):
        first = part_of.isin(rng.permutation(parts)[: len(parts) // 2])
        p = np.concatenate([p_of(first) for p_of in quick]) if quick else np.array([])
        findings = int((q_values(p) < ALPHA).sum())
        # The larger of two p is never below Student's: it finds nothing where that doesn't.
        if findings and permutations:
            halves = {name: _halved(whole, first) for name, whole in samples.items()}
            table = compared(halves, [HALVES], settings, Shuffling(permutations, rng))
            findings = 0 if table is None else int((table["q"] < ALPHA).sum())
        splits.append((findings, p[~np.isnan(p)]))
    row = {"outlet": outlet, "level": settings.level, "voice": settings.voice,
           "unit": settings.unit, "split": split, "runs": runs, "n_documents": len(documents),
           "n_parts": len(parts), **_told(splits)}  # fmt: skip
    return build("null_checks", [row])


def _quick(whole: Sample, *, shares: bool) -> Callable[[pd.Series], np.ndarray]:
    """From a split (document to whether it is in the first half) to Student's p of each item."""
    held = np.asarray((whole.y > 0).sum(axis=0))[0] > 1
    whole = whole.with_items(held)
    plain = whole.unit == "document" and not whole.within
    units = counted(whole.y, whole.n) if plain else None

    def p_of(first: pd.Series) -> np.ndarray:
        labels = whole.documents["document"].map(first).to_numpy(dtype=int)
        if units is not None:
            return p_by_t(units, labels, shares=shares)
        gathered, of_unit, strata = whole.units(labels)
        return p_by_t(gathered, of_unit, strata if whole.within else None, shares=shares)

    return p_of


def _halved(whole: Sample, first: pd.Series) -> Sample:
    in_first = whole.documents["document"].map(first).to_numpy(dtype=bool)
    return replace(whole, documents=whole.documents.assign(group=np.where(in_first, *HALVES)))


def _enough(samples: dict[str, Sample], permutations: int) -> int:
    """As few permutations as give q from the same p as the comparison has it from."""
    needed = PERMUTATIONS_PER_ITEM * sum(len(whole.items) for whole in samples.values())
    return max(needed, min(FEWEST_PERMUTATIONS, permutations)) if permutations >= needed else 0


def _told(splits: list[tuple[int, np.ndarray]]) -> dict[str, float | None]:
    findings = np.array([n for n, _ in splits])
    p = np.concatenate([p for _, p in splits])
    return {
        "n_tested": len(p) / len(splits),
        "mean_findings": findings.mean() if len(p) else None,
        "share_any": (findings > 0).mean() if len(p) else None,
        "share_p": (p < ALPHA).mean() if len(p) else None,
    }


def null_checks(
    measured: MeasurementSet,
    outlet: str,
    settings: Settings | None = None,
    *,
    runs: int = 200,
    rng: np.random.Generator | None = None,
    track: Callable[[Any], Iterable[Any]] = iter,
) -> pd.DataFrame:
    """
    Null checks of one outlet by document, and by week and by event where they are known.

    One row for each, with the columns of a `null_checks` table.
    """
    documents = measured.columns("documents", "outlet", *DESCRIBED)
    documents = documents[documents["outlet"] == outlet]
    rng = rng or np.random.default_rng(SEED)
    splits = ["document"]
    for split in ("week", "event"):
        if known_of(documents, split).nunique() > 1:
            splits.append(split)
    checks = [
        null_check(measured, outlet, settings, split=split, runs=runs, rng=rng, track=track)
        for split in splits
    ]
    return pd.concat(checks, ignore_index=True)


def null_sentence(check: pd.Series) -> str:
    """One row of a `null_checks` table as a sentence."""
    how = {"document": "article by article", "week": "by whole weeks", "event": "by whole events"}
    start = f"Split at random {check['runs']:,} times, {how[check['split']]}, {check['outlet']}"
    if np.isnan(check["mean_findings"]):
        return f"{start} leaves too few documents a side to test anything."
    how_often = f"in {check['share_any']:.1%} of the splits in any"
    if not check["share_any"]:
        # What happens in none of n splits has at most this share, with 95 % confidence.
        most = 1 - ALPHA ** (1 / check["runs"])
        how_often = (
            f"in none of the splits in any, so with 95 % confidence in fewer than {most:.1%} of "
            f"all such splits"
        )
    return (
        f"{start} differs from itself in {two_digits(check['mean_findings'])} of "
        f"{check['n_tested']:.0f} on average; {how_often}."
    )
