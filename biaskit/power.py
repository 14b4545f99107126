"""
How many articles would it take to see a difference of this size?

From the corpus's own spread: articles are drawn from it, with replacement, for both sides; on
one side hits are multiplied, hit by hit at random, and the share of draws in which the test
reports the difference is its power. The test is Student's on the log ratio
(`p_t` of a comparison).

The answer is about one item tested alone. Among hundreds, correction asks for more: give the
`alpha` that the rarest finding must stay below, such as .05 over the number of items. And it
is about articles like these: others, of fewer words or other topics, spread differently.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from biaskit.comparison import ALPHA, Settings, samples_of
from biaskit.keyness import SEED
from biaskit.keyness.formulas import absence_test, ratio_test
from biaskit.measurement import MeasurementSet
from biaskit.resampling import Totals
from biaskit.tables import build

__all__ = ["SIZES", "power", "power_sentence"]

SIZES = (10, 20, 50, 100, 200, 500, 1_000)
ENOUGH = 0.8  # the power that most fields ask of a study


def power(
    measured: MeasurementSet,
    item: str = "all",
    *,
    effect: float = 1.5,
    outlet: str | None = None,
    sizes: Sequence[int] = SIZES,
    alpha: float = ALPHA,
    runs: int = 1_000,
    rng: np.random.Generator | None = None,
    **settings: Any,
) -> pd.DataFrame:
    """
    How often a difference of a chosen size would be reported, by number of articles.

    Parameters
    ----------
    measured : the set whose articles are drawn from.
    item : entry, frame or term; `all` is all markers together.
    effect : how many times as frequent the item is made on one side; 0.5 is half.
    outlet : draw from this outlet's articles alone; by default from all.
    sizes : articles a side.
    alpha : p below which a difference is reported.
    runs : pairs of samples for each size.
    rng : a numpy Generator; without it one of a fixed seed.
    settings : `level` ("frame" by default; entry or term) and `voice`, as in `compare`.

    Returns
    -------
    One row per size, with the columns of a `power` table.

    Raises
    ------
    ValueError : an item or outlet that there is not, or an effect that changes nothing.
    """
    chosen = replace(Settings(level="frame"), **settings)
    if chosen.level == "set":
        raise ValueError("power is told for rates: level entry, frame or term")
    if effect <= 0 or effect == 1:
        raise ValueError(f"an effect of {effect!r} is none to look for; 1.5 is half as often again")
    y, n = _hits(measured, item, outlet, chosen)
    rng = rng or np.random.default_rng(SEED)
    rows = []
    for size in sizes:
        sides = [_draw(y, n, size, runs, rng, effect=times) for times in (effect, 1.0)]
        found = int((_p(*sides) < alpha).sum())
        interval = binomtest(found, runs).proportion_ci(method="wilson")
        rows.append((item, chosen.voice, effect, size, alpha, found / runs, interval.low,
                     interval.high, runs, len(n)))  # fmt: skip
    return build("power", rows)


def _hits(
    measured: MeasurementSet, item: str, outlet: str | None, settings: Settings
) -> tuple[np.ndarray, np.ndarray]:
    if outlet is not None and outlet not in measured.outlets:
        raise ValueError(f"no outlet {outlet!r}; this set has {', '.join(measured.outlets)}")
    sample = samples_of(measured, settings)[settings.level]
    if outlet is not None:
        sample = sample.between([outlet])
    y = sample.choose([item]).y.toarray()[:, 0]
    if not y.any():
        where = f" in {outlet}" if outlet else ""
        raise ValueError(f"{item!r} never occurs{where}, so that its spread is unknown")
    return y, sample.n


def _draw(
    y: np.ndarray, n: np.ndarray, size: int, runs: int, rng: np.random.Generator, *, effect: float
) -> tuple[Totals, np.ndarray]:
    """Totals and holders in `runs` samples of `size` documents, hits multiplied by `effect`."""
    chosen = rng.integers(len(n), size=(size, runs))
    hits, tokens = y[chosen].astype(int), n[chosen]
    whole, part = int(effect // 1), effect % 1
    hits = whole * hits + rng.binomial(hits, part)
    sums = (x.sum(axis=0) for x in (tokens, tokens**2, hits, hits * tokens, hits**2))
    return Totals(np.full(runs, float(size)), *sums), (hits > 0).sum(axis=0)


def _p(first: tuple[Totals, np.ndarray], second: tuple[Totals, np.ndarray]) -> np.ndarray:
    """`p_t` of each pair of samples; where one has no hit p of that absence."""
    (a, k_a), (b, k_b) = first, second
    p = ratio_test(a, b, (k_a, k_b)).p
    return np.where(np.isnan(p), absence_test(a, b, (k_a, k_b)), p)


def power_sentence(table: pd.DataFrame) -> str:
    """A `power` table in one sentence: from how many articles on the difference is seen."""
    row = table.iloc[0]
    what = f"“{row['item']}” {row['effect']:g} times as often"
    enough = table[table["power"] >= ENOUGH]
    if enough.empty:
        most = table["n_documents"].max()
        share = f"{table['power'].max():.0%}"
        return f"With {most:,} articles a side, {what} is seen in {share} of studies."
    least = enough["n_documents"].min()
    return f"To see {what} in {ENOUGH:.0%} of studies takes about {least:,} articles a side."
