"""
How does a table look when it is shown to somebody?

As a notebook shows it: with a caption that says what is counted, an interval beside its number, the
hit in bold and shaded by voice, each outlet in the colour that it has in the figures. What is shown
is for the eye; to compute with, take the table itself. Words of articles and names are escaped, so
that markup in them is seen and does nothing.
"""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import pandas as pd
from markupsafe import escape
from pandas.io.formats.style import Styler

from biaskit.comparison import ALPHA
from biaskit.figures import outlet_colours
from biaskit.tables import require

__all__ = ["Shown", "show_comparisons", "show_lines", "show_rates"]

MISSING = "–"
INTERVAL = "[95 % interval]"

# Dark letters on the tints of the report, which can be read on a dark page, too.
SHADES = {"quoted": "#d7e8f7", "reported": "#e6dff5", "attributed": "#f6e8c3"}
SHADED = "background-color: {}; color: #222222"

BOLD = "font-weight: bold"
STROKE = "0.4em"


class Shown(Styler):
    """A table as a notebook shows it; outside of one its caption and its rows as text."""

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.data.to_string(index=False)}"


def _shown(table: pd.DataFrame, caption: str, right: Sequence[str] = ()) -> Shown:
    """The table as text, with the columns named in `right` along their right edge."""
    # Named by what it holds: no two tables of a page share a style, and it is the same each time.
    name = sha256(f"{caption}{table.to_csv()}".encode()).hexdigest()[:8]
    shown = Shown(table, uuid=name, cell_ids=False)
    shown.set_caption(str(escape(caption))).hide(axis="index").format(escape="html")
    places = [list(table.columns).index(column) for column in right]
    styles = [
        {"selector": "caption", "props": "caption-side: top; text-align: left"},
        {"selector": "th, td", "props": "text-align: left"},
        *({"selector": f".col{i}", "props": "text-align: right"} for i in places),
    ]
    shown.format_index(escape="html", axis="columns").set_table_styles(styles)
    return shown


def _with_outlets(shown: Shown, *columns: str) -> Shown:
    """A stroke before each outlet's name, in the outlet's colour."""
    names = {*shown.data[[*columns]].to_numpy().ravel()}
    colours = outlet_colours(sorted(names))
    return shown.map(lambda name: f"border-left: {STROKE} solid {colours[name]}", subset=[*columns])


def _interval(x: float, low: float, high: float) -> str:
    """
    >>> _interval(3.21, 2.08, 14.4), _interval(0.321, np.nan, np.nan), _interval(*[np.nan] * 3)
    ('3.2 [2.1, 14.4]', '0.32', '–')
    """
    if pd.isna(x):
        return MISSING
    return _number(x) if pd.isna(low) else f"{_number(x)} [{_number(low)}, {_number(high)}]"


def _number(x: float) -> str:
    return f"{x:,.1f}" if abs(x) >= 1 or x == 0 else f"{x:.2f}"


def show_rates(rates: pd.DataFrame) -> Shown:
    """
    Show how often markers occur, by outlet and voice.

    Parameters
    ----------
    rates : a `rates` table.

    Returns
    -------
    One row per row of the table: the rate with its interval where there is one, and the hits,
    tokens and articles that it is made of.
    """
    require(rates, "rates")
    intervals = f" {INTERVAL}" if rates["low"].notna().any() else ""
    table = pd.DataFrame(
        {
            "outlet": rates["outlet"],
            "voice": rates["voice"],
            f"markers per 1,000 tokens{intervals}": [
                _interval(*row) for row in rates[["per_1000", "low", "high"]].to_numpy()
            ],
            "hits": [f"{n:,}" for n in rates["n"]],
            "tokens": [f"{n:,}" for n in rates["n_tokens"]],
            "articles with a hit": [
                f"{k:,} of {n:,}"
                for k, n in zip(rates["n_documents_with"], rates["n_documents"], strict=True)
            ],
        }
    )
    few = "" if intervals else "; below five articles there is no interval"
    caption = f"How often markers occur, and in whose voice{few}"
    shown = _with_outlets(_shown(table, caption, ["hits", "tokens"]), "outlet")
    return shown.map(_shade, subset=["voice"])


def _shade(voice: str) -> str:
    return SHADED.format(SHADES[voice]) if voice in SHADES else ""


def show_lines(lines: pd.DataFrame, most: int | None = None) -> Shown:
    """
    Show hits between the words around them: bold, and shaded by voice.

    Parameters
    ----------
    lines : a `kwic` table.
    most : lines to show, by default all; the caption says how many there are.

    Returns
    -------
    One row per line: article, zone where there are several, voice, and the hit in its context.
    """
    require(lines, "kwic")
    table = lines[:most].rename(columns={"label": "article", "node": "hit"})
    zone = ["zone"] if lines["zone"].nunique() > 1 else []
    columns = ["article", *zone, "voice", "left", "hit", "right"]
    rest = f"the first {len(table):,} of " if len(table) < len(lines) else ""
    caption = f"{rest}{len(lines):,} line{'' if len(lines) == 1 else 's'}, the hit shaded by voice"
    caption = caption[0].upper() + caption[1:]
    shown = _shown(table[columns].reset_index(drop=True), caption, ["left"])
    shown.map(_shade, subset=["voice"])
    voices = table["voice"].to_numpy()
    shown.apply(lambda hits: [f"{BOLD}; {_shade(v)}" for v in voices], subset=["hit"])
    return shown


def show_comparisons(comparisons: pd.DataFrame, most: int | None = None) -> Shown:
    """
    Show what outlets use more and less often than each other, with interval, p and q.

    Parameters
    ----------
    comparisons : a `comparisons` table.
    most : rows to show, by default all; the caption says how many were compared.

    Returns
    -------
    One row per row of the table: how many times as often the target uses the item as the
    reference, and hits of both; q in bold where it is below .05.
    """
    require(comparisons, "comparisons")
    rows = comparisons[:most]
    ratios = np.exp2(rows[["log_ratio", "low", "high"]]).to_numpy()
    table = pd.DataFrame(
        {
            "item": rows["item"],
            "target": rows["target"],
            "reference": rows["reference"],
            f"times as often {INTERVAL}": [_interval(*row) for row in ratios],
            "hits, target : reference": [
                f"{a:,} : {b:,}" for a, b in rows[["n_target", "n_reference"]].to_numpy()
            ],
            "p": [_probability(p) for p in rows["p"].fillna(rows["p_t"])],
            "q": [_probability(q) for q in rows["q"]],
        }
    )
    first = f", the first {len(rows):,} of {len(comparisons):,}" * (len(rows) < len(comparisons))
    caption = f"How many times as often the target uses it as the reference{first}"
    shown = _with_outlets(_shown(table, caption), "target", "reference")
    sure = (rows["q"] < ALPHA).to_numpy()
    return shown.apply(lambda q: [BOLD if s else "" for s in sure], subset=["q"])


def _probability(p: float) -> str:
    """
    >>> _probability(0.0004), _probability(0.0421)
    ('< .001', '.042')
    """
    if pd.isna(p):
        return MISSING
    return "< .001" if p < 0.001 else f"{p:.3f}".lstrip("0")
