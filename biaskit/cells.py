"""
How often does each item occur in each document?

The answer is a sparse matrix, a row for each document and a column for each item: markers,
terms, variants or voices. It is made piece by piece, so that of a table of half a billion rows
only the cells are ever held, six bytes each. A small matrix holds numbers of full size, with
which one can reckon; a large one holds the smallest that fit, and is reckoned with in parts.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from biaskit.storage import places

__all__ = ["CELLS_AT_ONCE", "cells", "column_parts"]

# Cells that are held as numbers of full size: with all that is made of them some 250 MB.
CELLS_AT_ONCE = 1_500_000

# Cells that are turned from rows to columns at once, for which they are held three times.
CELLS_IN_A_BLOCK = 20_000_000

LARGEST = np.iinfo("u2").max


def cells(
    pieces: Iterable[pd.DataFrame], documents: Iterable[str]
) -> tuple[sparse.csr_matrix, list[str]]:
    """
    How often each item occurs in each of the documents, and the items in alphabetical order.

    pieces : tables with the columns document and item, and n where a row stands for several.

    Raises
    ------
    ValueError : an id stands twice among the documents.
    """
    index = pd.Index(documents, dtype=object)
    if not index.is_unique:
        raise ValueError(f"two documents have the id {index[index.duplicated()][0]!r}")
    known: dict[str, int] = {}
    columns, values = array("i"), array("H")
    rows, sizes = [np.empty(0, int)], [np.empty(0, int)]
    for piece in pieces:
        part = _of_piece(piece, index, known)
        if part.nnz and part.data.max() > LARGEST and values.typecode == "H":
            values = array("i", values)
        columns.frombytes(part.indices.astype("i4").tobytes())
        values.frombytes(part.data.astype(values.typecode).tobytes())
        in_row = np.diff(part.indptr)
        rows.append(np.flatnonzero(in_row))
        sizes.append(in_row[in_row > 0])
    items = sorted(known)
    _renumber(np.frombuffer(columns, "i4"), np.array([known[item] for item in items], int))
    y = _matrix(
        np.frombuffer(values, values.typecode),
        np.frombuffer(columns, "i4"),
        np.concatenate(rows),
        np.concatenate(sizes),
        (len(index), len(items)),
    )
    return (y if y.nnz > CELLS_AT_ONCE else y.astype(float)), items


def _of_piece(piece: pd.DataFrame, index: pd.Index, known: dict[str, int]) -> sparse.csr_matrix:
    """The matrix of one piece; new items get the next numbers."""
    row = places(piece["document"], index)
    piece, row = piece[row >= 0], row[row >= 0]
    codes, names = pd.factorize(piece["item"])
    numbers = np.array([known.setdefault(name, len(known)) for name in names], int)
    n = piece["n"].to_numpy() if "n" in piece.columns else np.ones(len(piece), int)
    return sparse.csr_matrix((n, (row, np.append(numbers, -1)[codes])), (len(index), len(known)))


def _renumber(columns: np.ndarray, order: np.ndarray) -> None:
    """Give each column its place in the order, without a second copy of all of them."""
    place = np.empty(len(order), "i4")
    place[order] = np.arange(len(order))
    for start in range(0, len(columns), CELLS_AT_ONCE):
        part = columns[start : start + CELLS_AT_ONCE]
        part[:] = place[part]


def _matrix(
    values: np.ndarray,
    columns: np.ndarray,
    rows: np.ndarray,
    sizes: np.ndarray,
    shape: tuple[int, int],
) -> sparse.csr_matrix:
    """Rows of cells that lie one after the other; in the order of the documents as a rule."""
    if (np.diff(rows) <= 0).any():
        return sparse.csr_matrix((values.astype(int), (np.repeat(rows, sizes), columns)), shape)
    ends = np.zeros(shape[0] + 1, int)
    ends[rows + 1] = sizes
    y = sparse.csr_matrix((values, columns, np.cumsum(ends)), shape, copy=False)
    y.sort_indices()
    return y


def column_parts(y: sparse.csr_matrix) -> Iterator[tuple[slice, sparse.csr_matrix]]:
    """
    A matrix taken apart: columns that follow each other, and their cells; `y` is empty afterwards.

    A part holds `CELLS_AT_ONCE` cells or, if one column is large, more.
    """
    blocks = _turned(y)
    held = np.sum([np.diff(block.ends) for block in blocks], axis=0, dtype=int)
    part = (np.cumsum(held) - held) // CELLS_AT_ONCE
    edges = [*np.flatnonzero(np.diff(part, prepend=-1)).tolist(), len(held)]
    for columns in map(slice, edges, edges[1:]):
        yield columns, sparse.vstack([block.columns(columns) for block in blocks], "csr")


class _Block(NamedTuple):
    """Some rows of a matrix, column after column. scipy would copy what is part of an array."""

    values: np.ndarray
    rows: np.ndarray
    ends: np.ndarray  # of each column, from 0
    n_rows: int

    def columns(self, which: slice) -> sparse.csc_matrix:
        """The cells of columns that follow each other."""
        ends = self.ends[which.start : which.stop + 1]
        own = slice(ends[0], ends[-1])
        shape = self.n_rows, len(ends) - 1
        return sparse.csc_matrix((self.values[own], self.rows[own], ends - ends[0]), shape)


def _turned(y: sparse.csr_matrix) -> list[_Block]:
    """
    The rows in blocks from which columns can be taken without a walk through all cells.

    Each is turned in the place where it lies, so that there are never two of all cells.
    """
    edges = np.searchsorted(y.indptr, range(0, max(y.nnz, 1), CELLS_IN_A_BLOCK)).tolist()
    blocks = []
    for first, after in pairwise(dict.fromkeys([*edges, y.shape[0]])):
        own = slice(y.indptr[first], y.indptr[after])
        values, rows, ends = y.data[own], y.indices[own], y.indptr[first : after + 1] - own.start
        turned = sparse.csr_matrix((values, rows, ends), (after - first, y.shape[1])).tocsc()
        values[:], rows[:] = turned.data, turned.indices
        blocks.append(_Block(values, rows, turned.indptr, after - first))
    y.indptr[:] = 0
    return blocks
