"""
Is this table what its name says, and how is one made from rows?

What the columns of each table hold stands in `schema`; everything else is here.
"""

import pandas as pd

from biaskit.schema import COLUMNS, RATE_ZONES, SCHEMA, STORED, VOICES, ZONES

__all__ = ["COLUMNS", "RATE_ZONES", "SCHEMA", "STORED", "VOICES", "ZONES", "build", "require"]

_DTYPES = {"text": "object", "count": "int64", "number": "float64", "flag": "object"}


def require(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """
    Return `table` unchanged if it has the columns of the table called `name`.

    >>> require(pd.DataFrame({"term": ["the"], "zone": ["body"]}), "counts")
    Traceback (most recent call last):
        ...
    ValueError: a counts table needs the columns document, n, voice; this one has term, zone

    Raises
    ------
    ValueError : naming the columns that are missing and those that are there.
    """
    missing = sorted(set(COLUMNS[name]) - set(table.columns))
    if missing:
        there = ", ".join(sorted(map(str, table.columns))) or "none"
        raise ValueError(
            f"a {name} table needs the columns {', '.join(missing)}; this one has {there}"
        )
    return table


def build(name: str, rows: list) -> pd.DataFrame:
    """
    A table called `name` from rows in the order of its columns, or from dictionaries.

    What a row leaves out is missing (None, or NaN in a column of numbers), never 0 or "".
    """
    columns = COLUMNS[name]
    table = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return table.where(table.notna(), None).astype(
        {c: _DTYPES[column.kind] for c, column in columns.items()}
    )
