"""
What do coded sheets say of a lexicon's precision?

Precision is the share of "yes" among the items coded yes or no, with Wilson's interval, which
holds for small numbers and never leaves 0 to 1. Where several people coded an item, it
counts as they agree, and as unclear if they don't. Decoys are apart: their "yes" are hits
that the rules refused wrongly.

How far a coder can be replaced by another is Krippendorff's alpha: 1 for full agreement, 0 for
what chance gives; .667 is the least from which conclusions are drawn (Krippendorff 2004).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

from biaskit.reading.decoding import decode, unix_lines
from biaskit.tables import build, require

__all__ = [
    "corrected_rates",
    "krippendorff_alpha",
    "precision",
    "read_sheets",
    "rogan_gladen",
    "wilson",
]

VERDICTS = {
    **dict.fromkeys(("yes", "y", "1"), "yes"),
    **dict.fromkeys(("no", "n", "0"), "no"),
    **dict.fromkeys(("unclear", "u", "?"), "unclear"),
}
Z = float(norm.ppf(0.975))  # 95 %


def read_sheets(files: Sequence[str | Path], key: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Read coded sheets and their key, as a spreadsheet saves them as CSV.

    Returns
    -------
    A `verdicts` table, one row per item and coder (by the sheet's name) that is coded, in the
    order of the key; and the `sheet_key`. Neither holds a word of the articles.

    Raises
    ------
    ValueError : naming file and line: a verdict that is none of yes, no, unclear; an item
        that the key lacks; two sheets of one name; a sheet without any verdict.
    """
    table = require(_table(key), "sheet_key")
    table = table.astype({"start": int, "end": int, "n_places": int})
    names = [Path(file).stem for file in files]
    if len(set(names)) < len(names):
        names = [str(file) for file in files]
    if len(set(names)) < len(names):
        raise ValueError(f"the sheet {names[0]} is given twice; give each coder's own")
    coded = {name: _verdicts(file, table) for name, file in zip(names, files, strict=True)}
    rows = [
        (item, name, verdicts[item])
        for name, verdicts in coded.items()
        for item in table["item"]
        if item in verdicts
    ]
    return build("verdicts", rows), table


def _table(file: str | Path) -> pd.DataFrame:
    text = unix_lines(decode(Path(file).read_bytes()).text).removeprefix("\ufeff")
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    try:
        return pd.read_csv(StringIO(text), sep=delimiter, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{file} is not a table: {' '.join(str(error).split())}") from error


def _verdicts(file: str | Path, key: pd.DataFrame) -> dict[str, str]:
    table = _table(file)
    missing = {"item", "verdict"} - {*table.columns}
    if missing:
        raise ValueError(f"{file} lacks the column {', '.join(sorted(missing))}")
    # A spreadsheet turns 0007 into 7.
    items = {str(item).lstrip("0"): str(item) for item in key["item"]}
    found: dict[str, str] = {}
    for line, (item, said) in enumerate(zip(table["item"], table["verdict"], strict=True), start=2):
        known = items.get(item.strip().lstrip("0"))
        if known is None:
            raise ValueError(
                f"{file}, row {line}: no item {item!r} in the key; is it of this sheet?"
            )
        if known in found:
            raise ValueError(f"{file}, row {line}: the item {item!r} is there twice")
        verdict = said.strip().casefold()
        if verdict and verdict not in VERDICTS:
            raise ValueError(
                f"{file}, row {line}: the verdict is {said!r}; write yes, no or unclear"
            )
        if verdict:
            found[known] = VERDICTS[verdict]
    if not found:
        raise ValueError(f"{file} holds no verdict; write yes, no or unclear into that column")
    return found


def precision(verdicts: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """
    Precision over all hits, by frame and by entry, and what became of the decoys.

    Returns
    -------
    One row per level, name and coder, with the columns of a `precision` table: all hits and
    all decoys first, with each coder apart where there are several, then frames and entries in
    alphabetical order. The share is missing where nothing was coded yes or no.
    """
    table = require(verdicts, "verdicts").merge(require(key, "sheet_key"), on="item")
    together = table.groupby("item")["verdict"].agg(_agreed).rename("verdict").reset_index()
    together = together.merge(key, on="item")
    coders = list(dict.fromkeys(verdicts["coder"]))
    groups = []
    for level, kind in (("all", "hit"), ("decoys", "decoy")):
        groups.append((level, level, "all", together[together["kind"] == kind]))
        for coder in coders if len(coders) > 1 else ():
            own = table[(table["kind"] == kind) & (table["coder"] == coder)]
            groups.append((level, level, coder, own))
    hits = together[together["kind"] == "hit"]
    for level in ("frame", "entry"):
        groups += [(level, str(name), "all", rows) for name, rows in hits.groupby(level)]
    return build("precision", [_counted(*group) for group in groups])


def _agreed(verdicts: pd.Series) -> str:
    found = set(verdicts)
    return found.pop() if len(found) == 1 else "unclear"


def _counted(level: str, name: str, coder: str, rows: pd.DataFrame) -> tuple:
    n = Counter(rows["verdict"])
    total = n["yes"] + n["no"]
    low, high = wilson(n["yes"], total)
    places = (
        int(rows["n_places"].iloc[0]) if len(rows) and level in {"all", "decoys"} else len(rows)
    )
    share = n["yes"] / total if total else None
    return (level, name, coder, len(rows), n["yes"], n["no"], n["unclear"], share, low, high,
            places)  # fmt: skip


def wilson(k: int, n: int) -> tuple[float | None, float | None]:
    """
    Wilson's 95 % interval of k successes in n; none without trials.

    Wilson (1927), Probable inference, the law of succession, and statistical inference.

    >>> [round(x, 3) for x in wilson(81, 263)]
    [0.255, 0.366]
    """
    if n == 0:
        return None, None
    p = k / n
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    low, high = float(middle - reach), float(middle + reach)
    return (0.0 if k == 0 else low), (1.0 if k == n else high)


def krippendorff_alpha(units: Sequence[Mapping[str, str]]) -> float | None:
    """
    Krippendorff's alpha for categories without order.

    Parameters
    ----------
    units : for each thing coded, the category that each coder gave; who gave none is left out,
        and a unit with fewer than two categories tells nothing.

    Returns
    -------
    1 - (n - 1) * (disagreements observed) / (disagreements expected by chance), with pairs
    of values as Krippendorff (2011), Computing Krippendorff's alpha-reliability, counts them;
    None where there is nothing to disagree on: no unit coded twice, or one category only.

    >>> krippendorff_alpha([{"a": "yes", "b": "yes"}, {"a": "no", "b": "no"}])
    1.0
    """
    pairable = [Counter(unit.values()) for unit in units if len(unit) > 1]
    totals: Counter = sum(pairable, Counter())
    n = sum(totals.values())
    expected = n**2 - sum(count**2 for count in totals.values())
    if not expected:
        return None
    observed = 0.0
    for counts in pairable:
        m = sum(counts.values())
        observed += (m**2 - sum(count**2 for count in counts.values())) / (m - 1)
    return 1 - (n - 1) * observed / expected


def rogan_gladen(apparent: float, sensitivity: float, specificity: float) -> float | None:
    """
    The true share of what a test with these errors finds in the share `apparent`.

    (apparent + specificity - 1) / (sensitivity + specificity - 1), kept within 0 and 1; None
    for a test that is no better than chance. Rogan and Gladen (1978), Estimating prevalence
    from the results of a screening test.

    >>> rogan_gladen(0.5, 0.75, 0.75)
    0.5
    """
    better = sensitivity + specificity - 1
    if better <= 0:
        return None
    return min(1.0, max(0.0, (apparent + specificity - 1) / better))


def corrected_rates(rates: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """
    Rates per 1,000 tokens beside the same corrected for measured precision.

    A token is taken as tested by the lexicon. Its specificity follows from the hits that
    the coders found wrong, taken over all outlets of a voice and so the same for each: an
    outlet with few hits loses a larger part of them than one with many, as Rogan and Gladen
    (1978) show for rare diseases. Its sensitivity follows from the decoys that should have
    been hits; what no entry looks for is not in it.

    Parameters
    ----------
    rates : a `rates` table, as `marker_rates` returns it, of the set the sheet was drawn from.
    measured : a `precision` table.

    Returns
    -------
    One row per outlet and voice with the columns of a `corrected_rates` table, in the order
    of the rates. The interval is that of precision alone; corrected rates are missing where
    nothing was coded yes or no.
    """
    rates, measured = require(rates, "rates"), require(measured, "precision")
    whole = measured[measured["coder"] == "all"].set_index("level")
    hits = whole.loc["all"]
    refused = whole.loc["decoys"] if "decoys" in whole.index else None
    ratio = _missed_by_hit(hits, refused)
    sums = rates.groupby("voice")[["n", "n_tokens"]].sum()
    rows = []
    for row in rates.itertuples():
        total = sums.loc[row.voice]
        corrected = [
            _corrected(row.n, row.n_tokens, total["n"], total["n_tokens"], share, ratio)
            for share in (hits["share"], hits["low"], hits["high"])
        ]
        rows.append((row.outlet, row.voice, row.n, row.n_tokens, row.per_1000, *corrected))
    return build("corrected_rates", rows)


def _missed_by_hit(hits: pd.Series, refused: pd.Series | None) -> float:
    """Places wrongly refused, for each hit."""
    if refused is None or pd.isna(refused["share"]) or not hits["n_places"]:
        return 0.0
    return float(refused["share"] * refused["n_places"] / hits["n_places"])


def _corrected(
    n: int, tokens: int, all_n: int, all_tokens: int, share: float, missed: float
) -> float | None:
    if pd.isna(share) or not tokens:
        return None
    right, wrong = all_n * share, all_n * (1 - share)
    true = right + all_n * missed
    sensitivity = right / true if true else 1.0
    specificity = 1 - wrong / (all_tokens - true) if all_tokens > true else 1.0
    found = rogan_gladen(n / tokens, sensitivity, specificity)
    return None if found is None else 1000 * found
