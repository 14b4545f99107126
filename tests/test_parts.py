"""A table that was measured in parts is the same as one made at once, to the last byte."""

import random

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biaskit import parts
from biaskit.parts import MEASURED, Digest, merge, part_numbers, write_parquet, write_part
from biaskit.tables import COLUMNS, STORED, arrow_schema, arrow_table, build

IDS = [f"echo-{i:02}" for i in range(12)]
ENTRIES = arrow_table("entries", build("entries", [{"lexicon": "tiny", "entry": "coup"}]))


def rows_of(i: int) -> dict[str, list]:
    """Some rows of several tables; of the document with number `i`, `i` hits."""
    document = IDS[i]
    return {
        "documents": [{"document": document, "outlet": "Echo", "n_tokens": i, "n_sentences": 1}],
        "zones": [(document, 0, 9, "body", "reads as body", i / 7, i)],
        "hits": [
            (document, 0, "body", 10 * n, 10 * n + 4, "tiny", "coup", "coup", "narration",
             *[None] * 3, None, None, "", "of")
            for n in range(i)
        ],
        "counts": [(document, "body", term, "narration", 1) for term in ("a", "é", "z", "𝄞")],
    }  # fmt: skip


def tables_of(numbers: list[int]) -> dict[str, pa.Table]:
    """The tables of some documents, in their order."""
    rows = [rows_of(i) for i in sorted(numbers)]
    return {
        name: arrow_table(name, build(name, [row for own in rows for row in own.get(name, [])]))
        for name in MEASURED
    }


def merged(folder, *cuts: list[int]) -> tuple[str, dict[str, bytes]]:
    """The id, and what each file holds, of documents measured in these parts."""
    (folder / "set").mkdir(parents=True)
    for number, numbers in enumerate(cuts):
        write_part(folder, number, tables_of(numbers))
    name = merge(folder, folder / "set", {"entries": ENTRIES})
    files = {file.name: file.read_bytes() for file in (folder / "set").iterdir()}
    assert set(files) == {f"{name}.parquet" for name in STORED}
    return name, files


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> tuple[str, dict[str, bytes]]:
    """The id and the files of all documents in one part."""
    return merged(tmp_path_factory.mktemp("parts") / "plain", list(range(12)))


@pytest.mark.parametrize("at_once", [1, 5, 1_000])
@pytest.mark.parametrize("n", [1, 3, 12])
def test_neither_parts_nor_memory_leave_a_trace(plain, tmp_path, monkeypatch, n, at_once):
    """The same rows give the same files and the same id, however they were cut and merged."""
    monkeypatch.setattr(parts, "ROWS_AT_ONCE", at_once)
    order = random.Random(n).sample(range(12), 12)
    assert merged(tmp_path, *(order[i::n] for i in range(n))) == plain


def test_a_part_without_articles_is_none(plain, tmp_path):
    """All of it was set aside."""
    assert merged(tmp_path, [], list(range(12)), []) == plain


@pytest.mark.parametrize("rows", [3, 4, 7])
def test_groups_of_rows_are_cut_at_the_same_places(tmp_path, monkeypatch, rows):
    """A file of several groups shows no parts either, and no group is larger than said."""
    monkeypatch.setattr(parts, "ROWS_IN_A_GROUP", rows)
    whole = merged(tmp_path / "whole", list(range(12)))
    assert merged(tmp_path / "cut", [0, 2, 4, 11], [1, 3, 5, 6, 7, 8, 9, 10]) == whole
    found = pq.ParquetFile(tmp_path / "cut" / "set" / "counts.parquet").metadata
    sizes = [found.row_group(i).num_rows for i in range(found.num_row_groups)]
    assert sum(sizes) == 4 * len(IDS)
    assert set(sizes[:-1]) == {rows}
    assert sizes[-1] <= rows


def test_groups_of_rows_can_be_skipped_by_document(tmp_path):
    """Each says its first and last document; places that grow are kept as differences."""
    merged(tmp_path, list(range(12)))
    group = pq.ParquetFile(tmp_path / "set" / "hits.parquet").metadata.row_group(0)
    columns = {c.path_in_schema: c for c in map(group.column, range(group.num_columns))}
    said = columns["document"].statistics
    assert (said.min, said.max) == (IDS[1], IDS[-1])
    assert [name for name, column in columns.items() if column.is_stats_set] == ["document"]
    packed = [name for name, c in columns.items() if "DELTA_BINARY_PACKED" in c.encodings]
    assert packed == ["sentence", "start", "end"]


def test_no_row_is_lost_or_changed(tmp_path):
    """Each table holds all rows in its order, with their types and missing cells."""
    merged(tmp_path, [1, 5, 9], [0, 2, 3, 4, 6, 7, 8, 10, 11])
    whole = tables_of(list(range(12)))
    for name in MEASURED:
        stored = pq.read_table(tmp_path / "set" / f"{name}.parquet")
        assert stored.schema.equals(arrow_schema(name), check_metadata=True)
        assert stored.equals(whole[name])
    assert pq.read_table(tmp_path / "set" / "entries.parquet").equals(ENTRIES)


def test_without_a_part_there_are_tables_without_rows(tmp_path):
    """With all their columns."""
    merged(tmp_path)
    for name in MEASURED:
        stored = pq.read_table(tmp_path / "set" / f"{name}.parquet")
        assert stored.num_rows == 0
        assert stored.schema.names == list(COLUMNS[name])


def test_memory_holds_no_more_rows_than_said(tmp_path, monkeypatch):
    """Tables come in stretches of documents, in order; no document is in two of them."""
    monkeypatch.setattr(parts, "ROWS_AT_ONCE", 9)
    write_part(tmp_path, 0, tables_of([0, 3, 6, 9]))
    write_part(tmp_path, 1, tables_of([1, 2, 4, 5, 7, 8, 10, 11]))
    found = list(parts._merged(tmp_path, [0, 1], "counts"))
    assert [len(table) for table in found] == [8] * 6
    documents = [id_ for table in found for id_ in table["document"].to_pylist()]
    assert documents == sorted(documents)


def test_a_part_is_there_once_all_its_tables_are(tmp_path):
    """`documents` comes last; what a killed process left is no part."""
    write_part(tmp_path, 3, tables_of([1]))
    write_part(tmp_path, 12, tables_of([2]))
    (tmp_path / "000003.documents.arrow").unlink()
    (tmp_path / "000004.documents.arrow.77").write_bytes(b"half")
    assert part_numbers(tmp_path) == [12]


# ---- the hash --------------------------------------------------------------------------------


def digest(name: str, *tables: pa.Table) -> bytes:
    made = Digest(name)
    assert [*made.of_each(tables)] == [*tables]
    return made.digest()


@pytest.mark.parametrize("at", [1, 5, 15])
def test_the_hash_of_a_table_is_that_of_its_parts(at):
    """So a set has one id, however it was held."""
    table = tables_of([0, 1, 2, 3])["counts"]
    assert digest("counts", table) == digest("counts", table[:at], table[at:])
    assert digest("counts", table) != digest("counts", table[at:], table[:at])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (0.5, 0.5 + 1e-12, True),
        (0.0, -0.0, True),
        (-1e-12, 0.0, True),
        (0.5, 0.5 + 1e-8, False),
        (None, 0.0, False),
    ],
)
def test_numbers_count_to_nine_decimals(one, other, same):
    """What machines do not agree on is no other table; a missing number is no zero."""
    hashes = [
        digest("zones", arrow_table("zones", build("zones", [("e", 0, 9, "body", "x", score, 2)])))
        for score in (one, other)
    ]
    assert (hashes[0] == hashes[1]) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [(["ab", "c"], ["a", "bc"]), ([None, "a"], ["", "a"]), (["a", None], [None, "a"])],
)
def test_texts_are_told_apart(one, other):
    """By where they end, and what is missing from what is empty."""
    rows = [[("e", "body", term, "quoted", 1) for term in terms] for terms in (one, other)]
    first, second = (digest("counts", arrow_table("counts", build("counts", r))) for r in rows)
    assert first != second


def test_what_is_written_carries_nothing_of_pandas(tmp_path):
    """The index of a table, or the version of a library, would be another file."""
    table = build("counts", rows_of(1)["counts"])
    other = table.set_index(pd.Index([7, 7, 1, 0]))
    for name, one in (("one", table), ("two", other)):
        write_parquet([arrow_table("counts", one)], "counts", tmp_path / f"{name}.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert arrow_table("counts", table).schema.metadata is None
    assert np.all([field.nullable for field in arrow_schema("counts")])
