"""Cells are counted piece by piece as they would be all at once."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from biaskit import cells as module
from biaskit.cells import cells, column_parts

ROWS = pd.DataFrame(
    [("a", "coup", 2), ("a", "the", 5), ("b", "the", 1), ("c", "coup", 3), ("a", "coup", 1)],
    columns=["document", "item", "n"],
)


def test_rows_of_one_cell_add_up():
    """Two rows of "coup" in a make one cell; c is none of the documents."""
    y, items = cells([ROWS], ["a", "b"])
    assert items == ["coup", "the"]
    assert y.toarray().tolist() == [[2 + 1, 5], [0, 1]]
    assert y.dtype == float


def test_a_row_without_n_is_one():
    """Hits stand for themselves."""
    y, _ = cells([ROWS.drop(columns="n")], ["c", "a"])
    assert y.toarray().tolist() == [[1, 0], [2, 1]]


@pytest.mark.parametrize("kind", [object, "category"])
@pytest.mark.parametrize("cuts", [[2], [1, 2, 4], [4]])
def test_pieces_make_the_matrix_of_the_whole(cuts, kind):
    """In any order of rows, cut anywhere, a document's rows apart, with and without categories."""
    pieces = [
        ROWS[a:b].astype({"document": kind, "item": kind})
        for a, b in zip([0, *cuts], [*cuts, len(ROWS)], strict=True)
    ]
    y, items = cells(pieces, ["a", "b", "c"])
    assert items == ["coup", "the"]
    assert y.toarray().tolist() == [[3, 5], [0, 1], [3, 0]]
    assert y.has_canonical_format


def test_items_are_sorted_however_they_come():
    """Numbers are given on the way, and names decide in the end."""
    table = pd.DataFrame({"document": ["a", "a", "b"], "item": ["z", "a", "m"]})
    y, items = cells([table[:1], table[1:]], ["a", "b"])
    assert items == ["a", "m", "z"]
    assert y.toarray().tolist() == [[1, 0, 1], [0, 1, 0]]


@pytest.mark.parametrize("largest", [3, 65_535, 65_536])
def test_many_cells_are_held_small_and_are_the_same(monkeypatch, largest):
    """A count that fits into two bytes takes two; one that doesn't takes four."""
    table = pd.DataFrame({"document": ["a", "b"], "item": ["x", "y"], "n": [1, largest]})
    plain, _ = cells([table[:1], table[1:]], ["a", "b"])
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 1)
    small, _ = cells([table[:1], table[1:]], ["a", "b"])
    assert small.dtype == (np.uint16 if largest < 65_536 else np.int32)
    assert (small.toarray() == plain.toarray()).all()


def test_nothing_gives_an_empty_matrix():
    """A set without hits can be compared like any other."""
    for pieces in ([], [ROWS[:0]], [ROWS[3:4]]):
        y, _ = cells(pieces, ["a", "b"])
        assert y.shape[0] == 2
        assert y.nnz == 0


def test_two_documents_of_one_id_are_refused():
    """Nobody could tell whose a row is."""
    with pytest.raises(ValueError, match=r"^two documents have the id 'a'$"):
        cells([ROWS], ["a", "b", "a"])


@pytest.mark.parametrize(("at_once", "expected"), [(3, [[0, 1]]), (2, [[0], [1]])])
def test_parts_hold_all_columns_once(monkeypatch, at_once, expected):
    """A column with more cells than fit is a part of its own, or opens one."""
    y, _ = cells([ROWS], ["a", "b", "c"])
    assert y.nnz == 4
    monkeypatch.setattr(module, "CELLS_AT_ONCE", at_once)
    assert [[*range(2)[columns]] for columns, _ in column_parts(y)] == expected
    assert y.nnz == 0  # the parts have them all


@pytest.mark.parametrize("in_a_block", [1, 7, 50, 10_000])
def test_parts_are_the_columns_of_the_matrix(monkeypatch, in_a_block):
    """However many rows are turned at once, with rows and columns that hold nothing."""
    rng = np.random.default_rng(1)
    dense = rng.integers(1, 9, (40, 25)) * (rng.random((40, 25)) < 0.2)
    dense[[0, 17, 39]], dense[:, [0, 24]] = 0, 0
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 20)
    monkeypatch.setattr(module, "CELLS_IN_A_BLOCK", in_a_block)
    y = sparse.csr_matrix(dense.astype("u2"))
    parts = list(column_parts(y))
    assert len(parts) > 5
    assert np.hstack([part.toarray() for _, part in parts]).tolist() == dense.tolist()
    assert all(part.dtype == "u2" and part.has_sorted_indices for _, part in parts)
    assert [i for columns, _ in parts for i in range(25)[columns]] == [*range(25)]
