"""
How does a measurement set get into R or a spreadsheet?

`csv` writes one long table that a mixed model reads as it is: for each document, zone, voice
and marker the hits and the tokens they were counted in, zeros included, since a model
without them would think that every document uses every marker. `quanteda` writes a
document-feature matrix as triplets, the documents' variables, and the lexicon as a
dictionary in YAML.

A cell that begins with = + - @ would be run as a formula by a spreadsheet; such text is
given an apostrophe in front, which spreadsheets take as "this is text".
"""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from biaskit.lexicon import Lexicon, markers_among
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.tables import RATE_ZONES

__all__ = ["FORMATS", "export", "inert", "long_table"]

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
DOCUMENT_VARIABLES = ("outlet", "source", "date_low", "date_high", "event", "section", "n_tokens")


def inert(table: pd.DataFrame) -> pd.DataFrame:
    """
    The table with text that a spreadsheet would run as a formula marked as text.

    >>> inert(pd.DataFrame({"term": ["=cmd()", "coup"], "n": [-1, 2]}))
          term  n
    0  '=cmd() -1
    1     coup  2
    """

    def mark(value: object) -> object:
        runs = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
        return f"'{value}" if runs else value

    text = [c for c in table.columns if not pd.api.types.is_numeric_dtype(table[c])]
    return table.assign(**{column: table[column].map(mark) for column in text})


def long_table(measured: MeasurementSet) -> pd.DataFrame:
    """
    Hits of every marker in every document, zone and voice that has tokens, zeros included.

    Returns
    -------
    One row per document, zone (headline, subhead, body), voice and marker that occurs in the
    set: document, outlet, event, month (YYYY-MM, where the dates leave one month), zone,
    voice, n_tokens, entry, n; sorted by these in this order. Copies are left out.
    """
    measured = without_copies(measured)
    documents = measured.documents
    sizes = measured.sizes[measured.sizes["zone"].isin(RATE_ZONES)]
    cells = sizes[["document", "zone", "voice", "n_tokens"]].merge(
        documents[["document", "outlet", "event", "date_low", "date_high"]], on="document"
    )
    low, high = cells["date_low"].str[:7], cells["date_high"].str[:7]
    cells["month"] = low.where(low == high)
    markers = measured.entries.loc[markers_among(measured.entries), "entry"]
    hits = measured.hits[measured.hits["entry"].isin(markers)]
    n = hits.groupby(["document", "zone", "voice", "entry"]).size().rename("n").reset_index()
    found = pd.DataFrame({"entry": sorted(hits["entry"].unique())})
    table = cells.merge(found, how="cross").merge(
        n, on=["document", "zone", "voice", "entry"], how="left"
    )
    table["n"] = table["n"].fillna(0).astype(int)
    columns = ["document", "outlet", "event", "month", "zone", "voice", "n_tokens", "entry", "n"]
    return table[columns].sort_values(["document", "zone", "voice", "entry"], ignore_index=True)


def export(
    measured: MeasurementSet, folder: str | Path, *, to: str, lexicon: Lexicon | None = None
) -> list[Path]:
    """
    Write a set for other programs; returns the files' paths.

    Parameters
    ----------
    measured : a measurement set.
    folder : where to write; made where it is missing.
    to : one of `FORMATS`.
    lexicon : the lexicon to write as a dictionary (quanteda only).

    Raises
    ------
    ValueError : no such format.
    """
    if to not in FORMATS:
        raise ValueError(f"cannot export to {to!r}; there are {', '.join(sorted(FORMATS))}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return FORMATS[to](measured, folder, lexicon)


def _csv(measured: MeasurementSet, folder: Path, lexicon: Lexicon | None) -> list[Path]:
    return [_write(long_table(measured), folder / "hits-by-document.csv")]


def _quanteda(measured: MeasurementSet, folder: Path, lexicon: Lexicon | None) -> list[Path]:
    measured = without_copies(measured)
    counts = measured.counts[measured.counts["zone"].isin(RATE_ZONES)]
    triplets = counts.groupby(["document", "term"], sort=True)["n"].sum().reset_index()
    variables = measured.documents[["document", *DOCUMENT_VARIABLES]]
    written = [
        _write(triplets, folder / "dfm-triplets.csv"),
        _write(variables.sort_values("document"), folder / "docvars.csv"),
    ]
    if lexicon is not None:
        file = folder / "dictionary.yml"
        file.write_text(quanteda_dictionary(lexicon), encoding="utf-8", newline="\n")
        written.append(file)
    return written


FORMATS: dict[str, Callable[[MeasurementSet, Path, Lexicon | None], list[Path]]] = {
    "csv": _csv,
    "quanteda": _quanteda,
}


def quanteda_dictionary(lexicon: Lexicon) -> str:
    """
    The lexicon as a quanteda dictionary in YAML: frames hold entries, entries hold patterns.

    Context words (near, not_near) and longest match have no counterpart there, so counts
    made in quanteda can be higher.
    """
    lines = []
    for frame in sorted({entry.frame for entry in lexicon.entries}):
        lines.append(f"{json.dumps(frame)}:")
        for entry in lexicon.entries:
            if entry.frame == frame:
                patterns = ", ".join(json.dumps(p, ensure_ascii=False) for p in entry.pattern)
                lines.append(f"  {json.dumps(entry.id)}: [{patterns}]")
    return "\n".join(lines) + "\n"


def _write(table: pd.DataFrame, file: Path) -> Path:
    inert(table).to_csv(file, index=False, lineterminator="\n")
    return file
