"""Cells are counted piece by piece as they would be all at once."""

import numpy as np
import pandas as pd
import pytest

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


def test_parts_hold_all_columns_once(monkeypatch):
    """A column with more cells than fit is a part of its own, or opens one."""
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 3)
    y, _ = cells([ROWS], ["a", "b", "c"])
    assert y.nnz == 4
    parts = list(column_parts(y))
    assert [range(2)[part] for part in parts] == [range(2)]
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 2)
    parts = list(column_parts(y))
    assert [[*range(2)[part]] for part in parts] == [[0], [1]]
