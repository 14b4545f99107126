"""
Is this table what its name says, and how is one made from rows?

What the columns of each table hold stands in `schema`; everything else is here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from biaskit.schema import COLUMNS, RATE_ZONES, SCHEMA, STORED, VOICES, ZONES

__all__ = [
    "COLUMNS",
    "RATE_ZONES",
    "SCHEMA",
    "STORED",
    "VOICES",
    "ZONES",
    "arrow_schema",
    "arrow_table",
    "build",
    "named",
    "require",
]

_DTYPES = {"text": "object", "count": "int64", "number": "float64", "flag": "object"}
_ARROW = {"text": pa.string(), "count": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}


def require(table: pd.DataFrame, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """
    Return `table` unchanged if it has the columns of the table called `name`, or these of them.

    >>> require(pd.DataFrame({"term": ["the"], "zone": ["body"]}), "counts")
    Traceback (most recent call last):
        ...
    ValueError: a counts table needs the columns document, n, voice; this one has term, zone

    Raises
    ------
    ValueError : naming the columns that are missing and those that are there.
    """
    missing = sorted(set(columns or COLUMNS[name]) - set(table.columns))
    if missing:
        there = ", ".join(sorted(map(str, table.columns))) or "none"
        raise ValueError(
            f"a {name} table needs the columns {', '.join(missing)}; this one has {there}"
        )
    return table


def build(name: str, rows: list | pd.DataFrame) -> pd.DataFrame:
    """
    A table called `name` from rows in the order of its columns, from dictionaries, or a table.

    What a row leaves out is missing (None, or NaN in a column of numbers), never 0 or "".
    """
    columns = COLUMNS[name]
    kind = None if isinstance(rows, pd.DataFrame) else object
    table = pd.DataFrame(rows, columns=list(columns), dtype=kind)
    table = table.astype({c: "object" for c in columns if _DTYPES[columns[c].kind] == "object"})
    return table.where(table.notna(), None).astype(
        {c: _DTYPES[column.kind] for c, column in columns.items()}
    )


def arrow_schema(name: str) -> pa.Schema:
    """The columns of a stored table as Parquet holds them."""
    return pa.schema([(c, _ARROW[column.kind]) for c, column in COLUMNS[name].items()])


def arrow_table(name: str, columns: Mapping[str, Any] | pd.DataFrame) -> pa.Table:
    """
    A stored table from its columns: lists, arrays or a pandas table.

    What is `named` stays so, until `arrow_schema` is cast to.
    """
    schema = arrow_schema(name)
    return pa.table([_arrow(columns[x.name], x.type) for x in schema], names=schema.names)


def _arrow(column: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(column, pa.DictionaryArray):
        return column
    if isinstance(column, pa.Array):
        return column.cast(kind)
    return pa.array(column, kind, from_pandas=True)


def named(names: Sequence[str], numbers: np.ndarray) -> pa.DictionaryArray:
    """A column of text, held as the number of each row's name, in as few bytes as will do."""
    numbers = numbers.astype(np.min_scalar_type(-len(names) - 1))
    return pa.DictionaryArray.from_arrays(numbers, pa.array(names, pa.string()))
