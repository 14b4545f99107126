"""
Told about the same event, does one outlet use markers more than the other?

Where outlets cover different things, a difference in topic passes as one in wording. So here
the outlets are compared event by event: D_e is the one outlet's mean rate in event e less the
other's, and only events that both tell count. If nothing but chance lies between the two, each
D_e might as well have the other sign: that is the test (sign-flip permutation of events), with
Wilcoxon's signed ranks and the Mantel-Haenszel odds ratio beside it. Which events an outlet
leaves out is a finding of its own: `coverage`.

Below six events nothing is tested: flipping five signs gives no p below 2/2^5 = .06. A copy
does not count, and what an outlet prints of agencies on one event counts once. The comparison
is as good as its events: two stories joined by mistake bring the topic back in.

References: Phipson & Smyth 2010 (p of a permutation); Mantel & Haenszel 1959; Efron 1987 (BCa).
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import ttest_ind, wilcoxon

from biaskit.measurement import MeasurementSet
from biaskit.paired.formulae import FEWEST_EVENTS, bca_interval, mantel_haenszel, sign_flip
from biaskit.paired.tellings import coverage, document_rates, event_differences, tellings
from biaskit.rates import FEWEST_DOCUMENTS
from biaskit.tables import build

__all__ = [
    "FEWEST_EVENTS",
    "coverage",
    "event_differences",
    "mantel_haenszel",
    "paired_comparison",
    "sign_flip",
    "tellings",
]

DRAWS = 2_000


def paired_comparison(
    measured: MeasurementSet,
    matches: pd.DataFrame | None = None,
    *,
    frame: str | None = None,
    entry: str | None = None,
    voice: str = "all",
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Compare each two outlets within the events that both tell.

    Parameters
    ----------
    measured, matches : a set, and its articles by event; by default the set's own events.
    frame, entry : count the markers of one frame, or one entry alone.
    voice : whose words count.
    rng : draws flips and resampled events; seeded by default, so that a table comes out the
        same twice.

    Returns
    -------
    One row per pair of outlets, with the columns of a `paired` table. Beside the paired
    difference stands the unpaired one over all documents, which takes coverage for wording.
    What too few events leave missing is said in `note`. With more than two outlets correct the
    p-values for their number.
    """
    rng = np.random.default_rng(0) if rng is None else rng
    told = tellings(measured, matches, frame=frame, entry=entry, voice=voice)
    documents = document_rates(measured, frame, entry, voice)
    differences = event_differences(told).groupby(["target", "reference"])["difference"]
    rows = []
    for target, reference in combinations(measured.outlets, 2):
        cells = _both(told, target, reference)
        found: dict[str, Any] = {"target": target, "reference": reference, "voice": voice}
        found |= {"n_events": cells.shape[1], "note": _note(cells.shape[1], cells[[0, 2]].sum())}
        found |= _unpaired(documents, target, reference)
        if cells.size:
            d = differences.get_group((target, reference)).to_numpy()
            found |= _within(d, cells, rng)
        rows.append(found)
    return build("paired", rows)


def _both(told: pd.DataFrame, target: str, reference: str) -> np.ndarray:
    """Hits and tokens of the one and of the other outlet: four rows, a column per event."""
    of_pair = told[told["outlet"].isin([target, reference])]
    wide = of_pair.pivot(index="event", columns="outlet", values=["n", "n_tokens"])
    wanted = [(x, outlet) for outlet in (target, reference) for x in ("n", "n_tokens")]
    return wide.reindex(columns=wanted).dropna().to_numpy(float).T


def _note(n_events: int, n_hits: float) -> str:
    if not n_events:
        return "no event that both tell"
    if n_events < FEWEST_EVENTS:
        return (
            f"{n_events} event{'' if n_events == 1 else 's'} that both tell; "
            f"below {FEWEST_EVENTS} nothing is tested"
        )
    return "" if n_hits else "no hit in these events"


def _unpaired(documents: pd.DataFrame, target: str, reference: str) -> dict[str, float]:
    a, b = (documents.loc[documents["outlet"] == x, "per_1000"] for x in (target, reference))
    found = {"unpaired": a.mean() - b.mean()}
    if min(len(a), len(b)) >= FEWEST_DOCUMENTS and max(a.std(), b.std()) > 0:
        found["p_unpaired"] = float(ttest_ind(a, b, equal_var=False).pvalue)
    return found


def _within(d: np.ndarray, cells: np.ndarray, rng: np.random.Generator) -> dict[str, float]:
    """What the events say: difference and odds ratio, and from six of them p and intervals."""
    found = {"difference": float(d.mean()), "odds_ratio": float(mantel_haenszel(*cells))}
    if len(d) < FEWEST_EVENTS:
        return found
    found["p"] = sign_flip(d, rng=rng)
    found["p_wilcoxon"] = float(wilcoxon(d).pvalue) if d.any() else np.nan
    weights = rng.multinomial(len(d), np.full(len(d), 1 / len(d)), DRAWS)
    leave_one_out = 1 - np.eye(len(d))

    def mean(w: np.ndarray) -> np.ndarray:
        return w @ d / w.sum(axis=-1)

    def log_odds(w: np.ndarray) -> np.ndarray:
        return np.log(mantel_haenszel(*cells, weights=w))

    every = np.ones(len(d))
    found["low"], found["high"] = bca_interval(mean(weights), mean(every), mean(leave_one_out))
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = bca_interval(log_odds(weights), log_odds(every), log_odds(leave_one_out))
        found["odds_low"], found["odds_high"] = np.exp(ends)
    return found
