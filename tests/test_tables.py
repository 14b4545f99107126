"""Tables keep their contract: columns, kinds, and nothing made up where something is missing."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from biaskit.tables import COLUMNS, RATE_ZONES, STORED, VOICES, ZONES, build, named, require

SIZES = ["document", "zone", "voice", "n_tokens", "n_sentences"]
DTYPES = {"text": "object", "count": "int64", "number": "float64", "flag": "object"}


def test_a_complete_table_comes_back_itself():
    """`require` checks and hands on; it copies and changes nothing."""
    table = pd.DataFrame([("a-1", "body", "quoted", 4, 1)], columns=SIZES)
    assert require(table, "sizes") is table


@pytest.mark.parametrize(("n", "kind"), [(2, pa.int8()), (127, pa.int8()), (40_000, pa.int32())])
def test_names_are_held_by_number_in_few_bytes(n, kind):
    """A column of names is the name of each row, held as small numbers."""
    names = [f"n{i}" for i in range(n)]
    column = named(names, np.array([1, 0, n - 1]))
    assert isinstance(column, pa.DictionaryArray)
    assert column.type.index_type == kind
    assert column.to_pylist() == ["n1", "n0", names[-1]]


def test_columns_of_the_caller_are_no_fault():
    """What a caller adds to a table stays, in any order."""
    table = pd.DataFrame([("x", 1, 4, "quoted", "body", "a-1")], columns=["mine", *SIZES[::-1]])
    assert list(require(table, "sizes").columns) == ["mine", *SIZES[::-1]]


@pytest.mark.parametrize(
    ("there", "message"),
    [
        (
            ["zone", "document"],
            "a sizes table needs the columns n_sentences, n_tokens, voice; "
            "this one has document, zone",
        ),
        (
            [],
            "a sizes table needs the columns document, n_sentences, n_tokens, voice, zone; "
            "this one has none",
        ),
    ],
)
def test_require_names_what_is_missing_and_what_is_there(there, message):
    """A table that lacks columns is refused in one sentence, in alphabetical order."""
    with pytest.raises(ValueError, match="needs the columns") as error:
        require(pd.DataFrame(columns=there), "sizes")
    assert str(error.value) == message


def test_the_name_chooses_the_contract():
    """The very same table may be one of sizes and none of counts."""
    table = build("sizes", [])
    assert require(table, "sizes") is table
    with pytest.raises(ValueError, match=r"^a counts table needs the columns n, term; this one"):
        require(table, "counts")


@pytest.mark.parametrize("name", COLUMNS)
def test_an_empty_table_has_every_column_with_its_type(name):
    """A table without rows can be joined and stored like any other."""
    table = build(name, [])
    assert len(table) == 0
    assert {c: str(dtype) for c, dtype in table.dtypes.items()} == {
        c: DTYPES[column.kind] for c, column in COLUMNS[name].items()
    }


def test_rows_are_read_in_the_order_of_the_columns():
    """A tuple is a row of the contract; a dictionary may come in any order."""
    as_tuple = build("sizes", [("a-1", "body", "quoted", 4, 1)])
    backwards = dict(zip(SIZES[::-1], (1, 4, "quoted", "body", "a-1"), strict=True))
    pd.testing.assert_frame_equal(as_tuple, build("sizes", [backwards]))
    assert as_tuple.loc[0].tolist() == ["a-1", "body", "quoted", 4, 1]


def test_what_is_left_out_is_missing_not_zero():
    """No text becomes "", no number 0.0 and no flag False by being unknown."""
    zones = build("zones", [{"document": "a-1", "start": 0, "end": 4, "n_tokens": 1}])
    assert zones.loc[0, "reason"] is None
    assert np.isnan(zones.loc[0, "score"])
    documents = build("documents", [{"document": "a-1", "n_tokens": 1, "n_sentences": 1}])
    assert documents.loc[0, "wire"] is None
    assert documents.loc[0, "date_low"] is None


def test_a_missing_text_is_none_however_it_was_given():
    """NaN in a column of text reads as missing, like None."""
    zones = build("zones", [("a-1", 0, 4, "body", float("nan"), 1.5, 1)])
    assert zones.loc[0, "reason"] is None
    assert zones.loc[0, "score"] == 1.5


def test_a_count_cannot_be_missing():
    """A count nobody took is an error, not a 0."""
    with pytest.raises(TypeError):
        build("sizes", [{"document": "a-1", "zone": "body", "voice": "quoted", "n_tokens": 4}])


def test_every_voice_has_its_column_of_tokens():
    """The sentences table splits its tokens by the very voices that the others name."""
    named = [c.removeprefix("n_") for c in COLUMNS["sentences"] if c.startswith("n_")]
    assert tuple(named) == VOICES


def test_rates_are_taken_over_what_was_published_as_the_article():
    """Captions, links and furniture are no part of a denominator."""
    assert set(RATE_ZONES) == {"headline", "subhead", "body"}
    assert set(RATE_ZONES) < set(ZONES)


def test_each_stored_table_is_described():
    """Everything a set stores has its columns in the contract, and each table stands once."""
    assert len(set(STORED)) == len(STORED) == 9
    assert set(STORED) <= set(COLUMNS)
