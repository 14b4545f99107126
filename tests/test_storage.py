"""Tables stay in their files until they are needed, wherever the files lie."""

import dataclasses
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from typer.testing import CliRunner

from biaskit import cells, storage
from biaskit.comparison import Settings, compare, null_check
from biaskit.events import DESCRIBED, match_events
from biaskit.keyness import keywords
from biaskit.measurement import MeasurementSet, is_set, load, save, send, with_texts, without_copies
from biaskit.rates import alternation_shares, marker_rates
from biaskit.storage import Stored, fetched, is_address
from biaskit.tables import COLUMNS, STORED

SET = ROOT / "corpus" / "invented"
LARGER = ROOT / "corpus" / "us-outlets"
EXACTLY = {"check_exact": True}


@pytest.fixture
def memory():
    """An empty file system in memory, of fsspec's own."""
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


@pytest.fixture
def read(monkeypatch):
    """The columns that are read from files, as (table, column)."""
    seen = set()
    plain, in_pieces = Stored.read, Stored.pieces

    def read(self, columns=()):
        seen.update((self.name, column) for column in columns or COLUMNS[self.name])
        return plain(self, columns)

    def pieces(self, columns):
        seen.update((self.name, column) for column in columns)
        return in_pieces(self, columns)

    monkeypatch.setattr(Stored, "read", read)
    monkeypatch.setattr(Stored, "pieces", pieces)
    return seen


def in_memory(folder) -> MeasurementSet:
    """The set with all tables held as a whole."""
    loaded = load(folder)
    tables = {name: loaded.table(name) for name in STORED}
    return MeasurementSet(**tables, provenance=loaded.provenance)


# ---- tables ----------------------------------------------------------------------------------


def test_a_loaded_set_reads_no_table_before_it_is_asked_for(read):
    """Its id and its texts need none, and its outlets one column."""
    measured = load(SET)
    assert measured.id
    assert read == set()
    assert repr(measured) == f"<MeasurementSet {measured.id[:12]}>"
    assert read == set()
    assert len(measured.outlets) == 2
    assert read == {("documents", "outlet")}


def test_a_table_is_read_once(read):
    """The second time it is the same object."""
    measured = load(SET)
    assert measured.hits is measured.hits
    read.clear()
    assert list(measured.columns("hits", "form").columns) == ["form"]
    assert read == set()


def test_what_is_no_table_is_no_attribute():
    """As of any other object."""
    with pytest.raises(AttributeError, match="has no attribute 'bias'"):
        _ = load(SET).bias


@pytest.mark.parametrize(
    ("function", "tables"),
    [
        (marker_rates, {"documents", "sizes", "hits", "entries"}),
        (alternation_shares, {"documents", "hits", "entries"}),
        (lambda m: keywords(m, permutations=0), {"documents", "sizes", "counts"}),
        (lambda m: compare(m, level="frame", permutations=0),
         {"documents", "sizes", "hits", "entries"}),
    ],
)  # fmt: skip
def test_a_comparison_reads_the_columns_it_needs(read, function, tables):
    """No words around hits, no addresses of documents, no positions."""
    function(load(SET))
    assert {table for table, _ in read} == tables
    unwanted = {"left", "right", "form", "start", "url", "sha256", "source", "label"}
    assert not {column for _, column in read} & unwanted


@pytest.mark.parametrize(
    ("source", "at_once", "least"),
    [(SET, 50, 2), pytest.param(LARGER, 20_000, 100, marks=pytest.mark.slow)],
)
def test_large_sets_are_reckoned_to_the_last_digit_as_small_ones(
    monkeypatch, tmp_path, source, at_once, least
):
    """In pieces of some rows, with cells of two bytes, terms in parts: the same tables."""
    whole = in_memory(source)
    documents = whole.documents.copy()
    documents.loc[2::7, "copy_of"] = documents["document"].iloc[1]
    whole = dataclasses.replace(whole, documents=documents)
    save(whole, tmp_path)
    for name in STORED:  # row groups of a large set
        file = tmp_path / f"{name}.parquet"
        pq.write_table(pq.read_table(file), file, row_group_size=at_once)
    plain = results(whole, least)
    monkeypatch.setattr(storage, "ROWS_AT_ONCE", at_once)
    monkeypatch.setattr(cells, "CELLS_AT_ONCE", at_once)
    monkeypatch.setattr("biaskit.keyness.units.CELLS_AT_ONCE", at_once)
    large = load(tmp_path)
    assert len([*large.pieces("counts", "term")]) > 5
    for name, table in results(large, least).items():
        pd.testing.assert_frame_equal(table, plain[name], obj=name, **EXACTLY)


def results(measured, least: int) -> dict[str, pd.DataFrame]:
    one, two = measured.outlets[:2]
    matched = match_events(
        measured.columns("documents", *DESCRIBED),
        measured.pieces("counts", "document", "zone", "term", "n"),
    )
    settings = Settings(level="term", min_n=least, permutations=0)
    return {
        "rates": marker_rates(measured),
        "shares": alternation_shares(measured),
        "keywords": keywords(measured, one, permutations=0, min_n=least),
        "quoted": keywords(measured, one, reference=two, permutations=0, voice="quoted"),
        "weeks": keywords(measured, one, permutations=0, unit="week", min_n=least),
        "only": keywords(measured, one, only=["war", "the", "zzz"], permutations=9),
        "entries": compare(measured, target=one, permutations=9),
        "null": null_check(measured, one, settings, runs=3),
        **matched._asdict(),
    }


def test_copies_are_left_out_of_what_is_not_read_yet(tmp_path):
    """Whole tables, columns and pieces alike; tables without documents stay."""
    loaded = load(SET)
    documents = loaded.documents.assign(copy_of=None)
    documents.loc[3:5, "copy_of"] = documents["document"].iloc[0]
    copies = {*documents["document"][3:6]}
    save(dataclasses.replace(loaded, documents=documents), tmp_path)
    kept = without_copies(load(tmp_path))
    for name in STORED:
        table = kept.table(name)
        if "document" in table.columns:
            whole = loaded.table(name) if name != "documents" else documents
            assert len(table) == (~whole["document"].isin(copies)).sum()
            assert table.index.equals(pd.RangeIndex(len(table)))
    again = without_copies(load(tmp_path))
    assert len(again.columns("hits", "form")) == len(kept.hits)
    assert sum(len(piece) for piece in again.pieces("hits", "form")) == len(kept.hits)


def test_a_piece_holds_whole_documents(monkeypatch, tmp_path):
    """Row groups are cut anywhere, and pieces between documents."""
    table = pa.table({
        "document": ["a", "a", "b", "b", "b", "b", "b", "c"], "zone": ["body"] * 8,
        "term": [*"stuvwxyz"], "voice": ["quoted"] * 8, "n": [*range(8)],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "counts.parquet", row_group_size=3)
    monkeypatch.setattr(storage, "ROWS_AT_ONCE", 1)
    stored = Stored("counts", str(tmp_path / "counts.parquet"))
    pieces = stored.pieces(["term", "n"])
    for _ in range(2):  # as often as one likes
        assert [[*piece["term"]] for piece in pieces] == [["s", "t"], [], [*"uvwxy"], ["z"]]
    assert [[*p["n"]] for p in stored.without(frozenset("b")).pieces(["n"])] == [
        [0, 1],
        [],
        [],
        [7],
    ]


def test_an_empty_table_has_no_pieces_and_its_columns(tmp_path):
    """A set without hits is read like any other."""
    empty = pq.read_schema(SET / "hits.parquet").empty_table()
    pq.write_table(empty, tmp_path / "hits.parquet")
    stored = Stored("hits", str(tmp_path / "hits.parquet"))
    assert sum(len(piece) for piece in stored.pieces(["document"])) == 0
    assert {str(dtype) for dtype in stored.read(["form", "start", "score"]).dtypes} == {
        "object", "int64", "float64"
    }  # fmt: skip


def test_terms_of_a_document_that_stand_apart_are_refused(monkeypatch, tmp_path):
    """Its fifty weightiest stems can't be told from a part of it."""
    loaded = load(SET)
    counts = loaded.counts[loaded.counts["document"].isin(loaded.documents["document"][:9])]
    mixed = pd.concat([counts[1::2], counts[::2]], ignore_index=True)
    with pytest.raises(ValueError, match="stand apart; sort the counts by document"):
        match_events(loaded.documents, [mixed[:900], mixed[900:]])


def test_damage_that_shows_late_is_told_like_any_other(tmp_path):
    """The end of a file may be whole and its middle not."""
    for file in SET.glob("*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "provenance.json").write_bytes((SET / "provenance.json").read_bytes())
    content = bytearray((SET / "hits.parquet").read_bytes())
    content[4 : len(content) // 2] = bytes(len(content) // 2 - 4)
    (tmp_path / "hits.parquet").write_bytes(content)
    measured = load(tmp_path)
    with pytest.raises(ValueError, match="damaged") as error:
        _ = measured.hits
    assert str(error.value).startswith(f"the measurement set in {str(tmp_path)!r} is damaged: ")


# ---- addresses -------------------------------------------------------------------------------


def test_a_path_is_no_address():
    """Windows' drives have one letter."""
    assert [is_address(x) for x in ("memory://a", "C:\\a", "C:/a", "a//b", SET)] == [
        True, False, False, False, False
    ]  # fmt: skip


def test_a_set_goes_to_an_address_and_comes_back(memory, measured):
    """The same tables, and the same bytes in another place of that kind."""
    assert save(measured, "memory://sets/one") == "memory://sets/one"
    again = load("memory://sets/one")
    for name in STORED:
        pd.testing.assert_frame_equal(again.table(name), measured.table(name), **EXACTLY)
    assert with_texts(again, texts_of(measured)).texts == measured.texts
    save(again, "memory://sets/two/")
    for file in memory.find("/sets/one"):
        assert memory.cat(file) == memory.cat(file.replace("/one/", "/two/"))


def texts_of(measured) -> dict[str, str]:
    sources = measured.documents.set_index("document")["source"]
    return {sources[document]: text for document, text in measured.texts.items()}


def test_a_file_address_is_the_folder(measured, tmp_path):
    """file:// is read and written as the path behind it."""
    pytest.importorskip("fsspec")
    save(measured, f"file://{tmp_path.as_posix()}/set")
    assert load(tmp_path / "set").id == load(f"file://{tmp_path.as_posix()}/set").id


def test_a_set_at_an_address_is_never_half_of_another(memory, measured, monkeypatch, tmp_path):
    """The provenance goes first and comes last; the folder it was made in is named."""
    save(measured, "memory://set")
    folder = save(measured, tmp_path / "set")
    monkeypatch.setattr(type(memory), "put_file", broken)
    with pytest.raises(ValueError, match="the line is dead") as error:
        send(folder, "memory://set")
    assert str(error.value) == (
        f"the set lies whole in {str(folder)!r} and could not be copied to 'memory://set': "
        "the line is dead"
    )
    assert not is_set("memory://set")
    assert is_set(folder)


def broken(self, source, target, **options):
    raise OSError("the line is dead")


def test_where_no_set_is_the_address_is_named(memory):
    """With the command that makes one."""
    with pytest.raises(FileNotFoundError) as error:
        load("memory://nowhere")
    assert str(error.value) == (
        "no measurement set in 'memory://nowhere'; "
        "biaskit measure PAGES -o memory://nowhere makes one"
    )


def test_without_fsspec_the_extra_is_named(monkeypatch):
    """Nobody needs it for files of their own machine."""
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(ValueError, match="needs fsspec") as error:
        is_set("s3://bucket/set")
    assert str(error.value) == (
        "'s3://bucket/set/provenance.json' is no path of this machine, and reading it needs "
        "fsspec: pip install 'biaskit[remote]'"
    )


def test_an_unknown_kind_of_address_is_named():
    """fsspec knows which there are."""
    pytest.importorskip("fsspec")
    with pytest.raises(ValueError, match=r"^fsspec cannot reach 'nowhere://set'"):
        fetched("nowhere://set", ROOT)


LINES = "\n".join(
    f'{{"outlet": "Echo", "date": "2031-06-03", "text": "The regime fell. Velmora saw coup {i}."}}'
    for i in range(9)
)


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("memory://in/2031/a.jsonl", "a.jsonl#1"),
        ("memory://in/2031/*.jsonl", "a.jsonl#1"),
        ("memory://in/*/*.jsonl", "2031/a.jsonl#1"),
        ("memory://in", "2031/a.jsonl#1"),
    ],
)
def test_articles_at_an_address_give_the_set_of_those_at_home(
    memory, tmp_path, monkeypatch, address, source
):
    """Same sources, same bytes; nothing is left of the copies or of the work."""
    from biaskit.cli.app import app

    memory.pipe("/in/2031/a.jsonl", LINES.encode())
    here = tmp_path / "in" / "2031"
    here.mkdir(parents=True)
    (here / "a.jsonl").write_text(LINES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    local = address.removeprefix("memory://")
    for pages, output in ((address, "memory://out/set"), (local, "set")):
        done = CliRunner().invoke(app, ["measure", pages, "-o", output])
        assert done.exit_code == 0, done.output
        assert done.output.endswith(f"{output}\n")
    assert source in {*load("memory://out/set").documents["source"]}
    for file in (tmp_path / "set").iterdir():
        assert memory.cat(f"/out/set/{file.name}") == file.read_bytes()
    assert {file.name for file in tmp_path.iterdir()} == {"in", "set"}


def test_nothing_at_an_address_is_said(memory, tmp_path):
    """Before anything is made."""
    for address in ("memory://nothing.jsonl", "memory://in/*.jsonl"):
        with pytest.raises(FileNotFoundError) as error:
            fetched(address, tmp_path / "new")
        assert str(error.value) == f"there is nothing at {address!r}"
    assert not (tmp_path / "new").exists()


def test_what_was_fetched_whole_is_not_fetched_again(memory, tmp_path):
    """An interrupted command finds files of the same age, and goes on."""
    memory.pipe("/in/a.jsonl", b"one")
    file = tmp_path / "a.jsonl"
    assert fetched("memory://in/a.jsonl", tmp_path) == str(file)
    before = file.stat().st_mtime_ns
    fetched("memory://in/a.jsonl", tmp_path)
    assert file.stat().st_mtime_ns == before
    memory.pipe("/in/a.jsonl", b"longer")
    fetched("memory://in/a.jsonl", tmp_path)
    assert file.read_bytes() == b"longer"


def test_a_set_is_sent_as_it_lies(memory, measured, tmp_path):
    """Its files and no others."""
    save(measured, tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    send(tmp_path, "memory://set")
    names = {file.rpartition("/")[2] for file in memory.find("/set")}
    assert names == {file.name for file in tmp_path.iterdir()} - {"notes.txt"}
    assert np.all(load("memory://set").hits["form"] == measured.hits["form"])
