"""A table written through buckets is the same as one that was made at once, to the last byte."""

import random

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biaskit import spool
from biaskit.spool import ORDER, Spool, arrow_schema, arrow_table, rows_hash, write_parquet
from biaskit.tables import COLUMNS, STORED, build

IDS = [f"echo-{i:02}" for i in range(12)]
ENTRIES = build("entries", [{"lexicon": "tiny", "entry": "coup"}])


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
        "spans": [],
    }  # fmt: skip


def written(folder, order=tuple(range(12))) -> tuple[str, dict[str, bytes]]:
    """The id, and what each file holds."""
    folder.mkdir()
    spooled = Spool(folder, IDS)
    for i in order:
        spooled.add(IDS[i], rows_of(i))
    name = spooled.finish({"entries": ENTRIES})
    assert {file.name for file in folder.iterdir()} == {f"{name}.parquet" for name in STORED}
    return name, {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> tuple[str, dict[str, bytes]]:
    """The id and the files of the rows in their order, all in one bucket."""
    return written(tmp_path_factory.mktemp("spool") / "plain")


@pytest.mark.parametrize(
    ("size", "most", "waiting"), [(2_000, 64, 20_000), (1, 64, 10), (5, 2, 0), (4, 64, 50)]
)
def test_neither_order_nor_buckets_leave_a_trace(plain, tmp_path, monkeypatch, size, most, waiting):
    """The same rows give the same files and the same id, however they came and were held."""
    monkeypatch.setattr(spool, "DOCUMENTS_IN_A_BUCKET", size)
    monkeypatch.setattr(spool, "MOST_BUCKETS", most)
    monkeypatch.setattr(spool, "ROWS_BEFORE_WRITING", waiting)
    order = random.Random(size).sample(range(len(IDS)), len(IDS))
    assert written(tmp_path / "other", order) == plain


@pytest.mark.parametrize("rows", [3, 4, 7])
def test_groups_of_rows_are_cut_at_the_same_places(tmp_path, monkeypatch, rows):
    """A file of several groups shows no buckets either, and no group is larger than said."""
    monkeypatch.setattr(spool, "ROWS_IN_A_GROUP", rows)
    plain = written(tmp_path / "plain")
    monkeypatch.setattr(spool, "DOCUMENTS_IN_A_BUCKET", 2)
    assert written(tmp_path / "other") == plain
    found = pq.ParquetFile(tmp_path / "other" / "counts.parquet").metadata
    sizes = [found.row_group(i).num_rows for i in range(found.num_row_groups)]
    assert sum(sizes) == 4 * len(IDS)
    assert set(sizes[:-1]) == {rows}
    assert sizes[-1] <= rows


def test_no_row_is_lost_or_changed(tmp_path):
    """Each table holds all rows in its order, with their types and missing cells."""
    written(tmp_path / "set", reversed(range(len(IDS))))
    for name in STORED:
        stored = pq.read_table(tmp_path / "set" / f"{name}.parquet")
        assert stored.schema.equals(arrow_schema(name), check_metadata=True)
        if name in ORDER:
            rows = [row for i in range(len(IDS)) for row in rows_of(i).get(name, [])]
            assert stored.num_rows == len(rows)
            expected = build(name, rows).sort_values(ORDER[name], ignore_index=True)
            assert stored.equals(arrow_table(expected, name))
    assert pq.read_table(tmp_path / "set" / "hits.parquet").num_rows == sum(range(len(IDS)))
    entries = pq.read_table(tmp_path / "set" / "entries.parquet")
    assert entries.equals(arrow_table(ENTRIES, "entries"))


def test_without_a_row_there_is_a_table_without_rows(tmp_path):
    """A corpus without quotations has a table of spans all the same."""
    spooled = Spool(tmp_path, [])
    spooled.finish({"entries": build("entries", [])})
    for name in STORED:
        stored = pq.read_table(tmp_path / f"{name}.parquet")
        assert stored.num_rows == 0
        assert stored.schema.names == list(COLUMNS[name])


def test_every_stored_table_has_its_order_and_its_columns():
    """Those of the lexicons are given whole; any other table is sorted by columns it has."""
    assert set(ORDER) == set(STORED) - {"entries"}
    for name, keys in ORDER.items():
        assert set(keys) <= set(COLUMNS[name])


@pytest.mark.parametrize(
    ("n", "size", "most", "n_buckets"),
    [(10, 10, 64, 1), (11, 10, 64, 2), (1_000, 10, 64, 63), (1_000, 10, 4, 4), (0, 10, 64, 1)],
)
def test_a_bucket_holds_no_more_documents_than_said(
    tmp_path, monkeypatch, n, size, most, n_buckets
):
    """Until there would be too many buckets; then they grow."""
    monkeypatch.setattr(spool, "DOCUMENTS_IN_A_BUCKET", size)
    monkeypatch.setattr(spool, "MOST_BUCKETS", most)
    ids = [f"{i:04}" for i in range(n)]
    spooled = Spool(tmp_path, ids[::-1])
    assert len(spooled.bounds) + 1 == n_buckets
    edges = [0, *(ids.index(bound) for bound in spooled.bounds), n]
    assert max(np.diff(edges)) <= max(size, -(-n // most))


def test_memory_holds_no_more_rows_than_said(tmp_path, monkeypatch):
    """What waits is written before it is too much, whatever the number of documents."""
    monkeypatch.setattr(spool, "ROWS_BEFORE_WRITING", 10)
    spooled = Spool(tmp_path, IDS)
    for i in range(len(IDS)):
        spooled.add(IDS[i], rows_of(i))
        assert sum(map(len, spooled._waiting.values())) == spooled._n_waiting <= 10
    assert list(tmp_path.glob("*.arrows"))
    spooled.finish({"entries": ENTRIES})
    assert not list(tmp_path.glob("*.arrows"))


def test_one_bucket_is_held_at_a_time(tmp_path, monkeypatch):
    """Sorted tables come one by one, none larger than a bucket."""
    monkeypatch.setattr(spool, "DOCUMENTS_IN_A_BUCKET", 2)
    spooled = Spool(tmp_path, IDS)
    for i in range(len(IDS)):
        spooled.add(IDS[i], rows_of(i))
    spooled._write_waiting()
    parts = []
    for part in spooled._sorted("counts"):
        parts.append(part)
        assert len(list(tmp_path.glob("counts-*.arrows"))) == 6 - len(parts)
    assert [len(part) for part in parts] == [2 * 4] * 6
    assert pd.concat(parts)["document"].is_monotonic_increasing


# ---- the hash --------------------------------------------------------------------------------


def test_the_hash_of_a_table_is_that_of_its_parts(tmp_path):
    """So a set has one id, however it was held."""
    table = build("counts", [row for i in range(4) for row in rows_of(i)["counts"]])
    parts = [rows_hash(table[:5].reset_index(drop=True)), rows_hash(table[5:])]
    assert rows_hash(table) == b"".join(parts)
    assert len(rows_hash(table)) == 8 * len(table)


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
        rows_hash(build("zones", [("echo-1", 0, 9, "body", "x", score, 2)]))
        for score in (one, other)
    ]
    assert (hashes[0] == hashes[1]) is same


def test_what_is_written_carries_nothing_of_pandas(tmp_path):
    """The index of a table, or the version of a library, would be another file."""
    table = build("counts", rows_of(1)["counts"])
    write_parquet([table], "counts", tmp_path / "one.parquet")
    write_parquet([table.set_index(pd.Index([7, 7, 1, 0]))], "counts", tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert arrow_table(table, "counts").schema.metadata is None
    assert isinstance(arrow_table(table, "counts"), pa.Table)
