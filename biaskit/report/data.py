"""
How do tables become small and harmless data on a page?

Columns stay columns, since the name of a field would otherwise stand before every value, and
text that repeats becomes numbers with one list of the words. What is written for a browser to
read holds none of the signs that could end the element it stands in.
"""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from markupsafe import Markup

__all__ = ["as_json", "coded", "numbers"]

# Within a string of JSON each may be written as its number, and then no browser sees markup.
MARKUP: dict[str, str | int | None] = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def as_json(value: Any) -> Markup:
    r"""
    The value as JSON that may stand in an HTML element, whatever its strings hold.

    >>> as_json(["</script>", 1])
    Markup('["\\u003c/script\\u003e",1]')
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(written.translate(str.maketrans(MARKUP)))


def coded(values: Iterable[str | None]) -> tuple[list[int], list[str]]:
    """
    Each value as its place in a list of the different ones; -1 where it is missing.

    >>> coded(["noon", None, "dawn", "noon"])
    ([1, -1, 0, 1], ['dawn', 'noon'])
    """
    codes, names = pd.factorize(pd.Series(list(values), dtype=object), sort=True)
    return [int(code) for code in codes], [str(name) for name in names]


def numbers(values: Iterable[Any]) -> list[int]:
    """Whole numbers as Python has them, which is what JSON can write."""
    return [int(value) for value in values]
