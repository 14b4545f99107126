"""A measurement set is made, saved, read and refused as it says of itself."""

import dataclasses
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import LEXICON, PAGES, ROOT, SHARED, write_pages
from test_copies import article as words_of

from biaskit import __version__
from biaskit.corpus import read_corpus, read_texts
from biaskit.kwic import kwic_lines
from biaskit.lexicon import read_lexicon
from biaskit.measurement import (
    is_set,
    load,
    save,
    with_texts,
    without_copies,
)
from biaskit.measuring import measure, measure_into
from biaskit.parts import write_parquet
from biaskit.rates import marker_rates
from biaskit.sentiment import score_columns, score_sentences, sentiment_provenance
from biaskit.sourcing import headline_claims, speaker_shares, stance_counts, voice_shares
from biaskit.tables import (
    COLUMNS,
    RATE_ZONES,
    SCHEMA,
    STORED,
    VOICES,
    arrow_schema,
    arrow_table,
    build,
)
from biaskit.tokens import token_spans

FILES = {f"{name}.parquet" for name in STORED} | {"provenance.json", "set_aside.csv"}


def document(measured, source: str) -> str:
    documents = measured.documents
    return documents.loc[documents["source"] == source, "document"].item()


def rows(measured, table: str, source: str) -> pd.DataFrame:
    whole = measured.table(table)
    return whole[whole["document"] == document(measured, source)].reset_index(drop=True)


def assert_equal_sets(one, other) -> None:
    """Every table is the same, floats to 1e-9, in values, order and types."""
    for name in STORED:
        pd.testing.assert_frame_equal(
            one.table(name), other.table(name), check_exact=False, rtol=0, atol=1e-9, obj=name
        )


# ---- making ----------------------------------------------------------------------------------


def test_the_tables_have_their_columns_and_are_sorted(measured):
    """Rows stand by document, then by place; the columns are those of the contract."""
    for name in STORED:
        assert list(measured.table(name).columns) == list(COLUMNS[name])
    for name, place in {
        "zones": "start",
        "sentences": "start",
        "spans": "start",
        "hits": "start",
    }.items():
        keys = measured.table(name)[["document", place]]
        assert keys.equals(keys.sort_values(["document", place], ignore_index=True))
    for name, keys in {"counts": ["zone", "term", "voice"], "sizes": ["zone", "voice"]}.items():
        table = measured.table(name)[["document", *keys]]
        assert table.equals(table.sort_values(["document", *keys], ignore_index=True))


def test_documents_are_counted_over_headline_subheads_and_body(measured):
    """Tokens and sentences as counted by hand in conftest: menus and links aren't among them."""
    counted = measured.documents.set_index("source")[["n_tokens", "n_sentences"]]
    assert counted.loc["Echo/one.txt"].tolist() == [5 + 12 + 14, 3]
    assert counted.loc["Echo/two.txt"].tolist() == [5 + 14 + 15, 3]
    assert counted.loc["Post/one.txt"].tolist() == [6 + 12 + 15, 3]
    assert counted.loc["Tribune/one.txt"].tolist() == [4 + 13 + 15, 3]


def test_sizes_are_tokens_and_sentences_by_zone_and_voice(measured):
    """The quotation's four tokens aren't narration, and its sentence holds both voices."""
    sizes = rows(measured, "sizes", "Echo/two.txt").drop(columns="document")
    assert sizes.to_numpy().tolist() == [
        ["body", "narration", 10 + 15, 2],
        ["body", "quoted", 4, 1],
        ["headline", "narration", 5, 1],
    ]


def test_every_token_is_counted_once_in_every_table(measured):
    """Zones, sizes, sentences and counts add up to the same number, document by document."""
    sums = {
        "zones": measured.zones.groupby("document")["n_tokens"].sum(),
        "sizes": measured.sizes.groupby("document")["n_tokens"].sum(),
        "counts": measured.counts.groupby("document")["n"].sum(),
        "sentences": measured.sentences.set_index("document")[[f"n_{v}" for v in VOICES]]
        .sum(axis=1)
        .groupby("document")
        .sum(),
    }
    for name, total in sums.items():
        assert total.to_dict() == sums["zones"].to_dict(), name
    article = measured.sizes[measured.sizes["zone"].isin(RATE_ZONES)]
    tokens = article.groupby("document")["n_tokens"].sum()
    assert tokens.to_dict() == measured.documents.set_index("document")["n_tokens"].to_dict()


def test_sentences_point_at_the_text_and_are_scored_whole(measured):
    """Positions are of the text as read; scores are those of the sentence standing there."""
    text = PAGES["Echo/two.txt"]
    sentences = rows(measured, "sentences", "Echo/two.txt")
    assert sentences["sentence"].tolist() == [0, 1, 2]
    assert sentences["zone"].tolist() == ["headline", "body", "body"]
    told = [text[a:b] for a, b in sentences[["start", "end"]].to_numpy()]
    assert told == [line for line in text.split("\n") if line]
    scores = sentences[["vader", "polarity", "subjectivity"]].to_numpy().tolist()
    assert scores == [list(score) for score in score_sentences(told)]
    assert sentences[["n_narration", "n_quoted"]].to_numpy().tolist() == [[5, 0], [10, 4], [15, 0]]


def test_hits_say_what_stands_where_and_in_whose_voice(measured):
    """Form, position, sentence, zone, voice and windows, in the order of the text."""
    columns = ["sentence", "zone", "entry", "form", "voice", "left", "right"]
    hits = rows(measured, "hits", "Echo/one.txt")
    assert hits[columns[:5]].to_numpy().tolist() == [
        [2, "body", "coup", "coup", "narration"],
        [3, "body", "regime", "regime", "narration"],
        [3, "body", "coup", "coup", "narration"],
    ]
    for hit in hits.itertuples():
        assert PAGES["Echo/one.txt"][hit.start : hit.end] == hit.form
    quoted = rows(measured, "hits", "Echo/two.txt")
    assert quoted[columns].to_numpy().tolist() == [
        [1, "body", "coup", "coup", "quoted", "It was a", '," said the mayor']
    ]
    assert set(measured.hits["lexicon"]) == {"tiny"}
    assert measured.hits["score"].isna().all()


def test_a_hit_outside_the_article_is_listed_in_its_zone(measured):
    """The link below Post's article holds a coup: kept, named, and not among the rates' zones."""
    hits = rows(measured, "hits", "Post/one.txt")
    assert hits[["zone", "entry", "form"]].to_numpy().tolist() == [
        ["headline", "uprising", "Uprising"],
        ["body", "uprising", "uprising"],
        ["related", "coup", "Coup"],
    ]


def test_quotations_are_spans(measured):
    """The one quotation of the corpus: its tokens, its voice, and that nothing scares here."""
    spans = measured.spans[measured.spans["voice"] == "quoted"]
    assert len(spans) == 1
    span = spans.iloc[0]
    assert span["document"] == document(measured, "Echo/two.txt")
    assert span[["sentence", "zone", "n_tokens", "scare"]].tolist() == [1, "body", 4, False]
    assert "It was a coup" in PAGES["Echo/two.txt"][span["start"] : span["end"]]


def test_counts_are_terms_by_zone_and_voice(measured):
    """Casefolded, each zone and voice by itself."""
    counts = rows(measured, "counts", "Echo/one.txt").set_index(["zone", "term"])["n"]
    assert counts["body", "the"] == 4  # The, The, the, the
    assert counts["body", "coup"] == 2
    assert counts["headline", "velmora"] == 1
    assert counts["furniture", "menu"] == 1
    voices = rows(measured, "counts", "Echo/two.txt").set_index(["zone", "term", "voice"])["n"]
    assert voices["body", "was", "quoted"] == voices["body", "was", "narration"] == 1


def test_cooccurrences_are_terms_within_five_tokens_of_a_hit(measured):
    """In its sentence, on both sides, without the hit itself."""
    near = rows(measured, "cooccurrences", "Echo/one.txt")
    regime = near[near["entry"] == "regime"].set_index("term")["n"]
    # The new [regime] has closed the harbour and | nobody was hurt in the coup
    assert regime.to_dict() == {"the": 2, "new": 1, "has": 1, "closed": 1, "harbour": 1, "and": 1}
    phrase = rows(measured, "cooccurrences", "Post/two.txt").set_index("term")["n"]
    # The [change of power] in Velmora was quick and | the
    expected = {"the": 1, "in": 1, "velmora": 1, "was": 1, "quick": 1, "and": 1}
    assert phrase.to_dict() == expected


def test_entries_are_those_of_all_lexicons(measured, lexicon, tmp_path):
    """Whether found or not; a second lexicon adds its own hits and entries."""
    assert measured.entries.equals(lexicon.table())
    (tmp_path / "two.toml").write_text(LEXICON.replace('"tiny"', '"second"'))
    corpus = read_corpus(write_pages(tmp_path / "pages", PAGES))
    both = measure(corpus, [lexicon, tmp_path / "two.toml"])
    assert both.entries["lexicon"].tolist() == ["tiny"] * 4 + ["second"] * 4
    assert len(both.hits) == 2 * len(measured.hits)
    assert both.hits["lexicon"].tolist() == ["second", "tiny"] * len(measured.hits)


def test_the_default_lexicon_is_the_shipped_one(pages):
    """Whoever names none gets the framing lexicon."""
    one = measure(read_corpus(pages / "Echo" / "one.txt", outlet="Echo"))
    assert set(one.entries["lexicon"]) == {"framing-en"}
    assert one.provenance["lexicons"][0]["sha256"] == read_lexicon().sha256


def test_two_lexicons_of_one_name_are_refused(lexicon, pages):
    """Their hits couldn't be told apart."""
    with pytest.raises(ValueError, match="two lexicons") as error:
        measure(read_corpus(pages), [lexicon, lexicon])
    assert str(error.value) == "two lexicons of one name: tiny, tiny"


def test_track_is_given_every_article_and_gives_them_back(lexicon, pages):
    """A progress bar sees each article once; what it holds back isn't measured."""
    seen = []
    corpus = read_corpus(pages)

    def bar(articles):
        for article in articles:
            seen.append(article.row["source"])
            yield article

    assert len(measure(corpus, [lexicon], track=bar).documents) == len(PAGES)
    assert sorted(seen) == sorted(PAGES)
    assert len(measure(corpus, [lexicon], track=lambda articles: [*articles][:2]).documents) == 2


def test_provenance_says_how_the_set_was_made(measured, lexicon):
    """Schema, versions, lexicons with their hashes, settings, and what was set aside."""
    told = dict(measured.provenance)
    assert told.pop("id") == measured.id
    assert told == {
        "schema": SCHEMA,
        "biaskit": __version__,
        "lexicons": [{"name": "tiny", "version": "1", "sha256": lexicon.sha256}],
        "sentiment": sentiment_provenance(),
        "settings": {"rate_zones": list(RATE_ZONES), "collocate_span": 5},
        "n_documents": 5,
        "set_aside": [],
        "notes": [],
        "shared": [],
    }


def test_what_was_set_aside_is_in_the_provenance_and_in_a_file(lexicon, pages, tmp_path):
    """An unreadable neighbour is named with its reason, what a user should know beside it."""
    (pages / "Echo" / "empty.txt").write_text("")
    (pages / "Echo" / "odd, name.txt").write_bytes(b"\0")
    (pages / "Post" / "picture.png").write_bytes(b"")
    measured = measure(read_corpus(pages), [lexicon])
    aside = [
        ["Echo/empty.txt", "the file is empty; it should hold an article"],
        ["Echo/odd, name.txt", "it is a binary file, not text; save it as text or HTML"],
    ]
    assert measured.provenance["set_aside"] == aside
    (note,) = measured.provenance["notes"]
    assert note == [".", "1 file of kinds that biaskit does not read were left out: .png 1"]
    save(measured, tmp_path / "saved")
    measure_into(tmp_path / "made", read_corpus(pages), [lexicon])
    for folder in ("saved", "made"):
        assert (tmp_path / folder / "set_aside.csv").read_text(encoding="utf-8") == (
            "source,reason\n"
            "Echo/empty.txt,the file is empty; it should hold an article\n"
            '"Echo/odd, name.txt","it is a binary file, not text; save it as text or HTML"\n'
        )


def test_nothing_set_aside_is_a_file_that_says_so(measured, tmp_path):
    """A header and no rows, so that nobody wonders whether the file was forgotten."""
    save(measured, tmp_path / "set")
    assert (tmp_path / "set" / "set_aside.csv").read_text() == "source,reason\n"


# ---- straight into a folder ------------------------------------------------------------------


@pytest.mark.parametrize(("size", "rows"), [(256, 100_000), (1, 100_000), (2, 7)])
def test_what_is_measured_into_a_folder_is_the_set_that_is_saved(
    lexicon, pages, tmp_path, monkeypatch, size, rows
):
    """Table by table and byte by byte, however many articles are measured at once."""
    (pages / "Echo" / "empty.txt").write_text("")
    whole = measure(read_corpus(pages), [lexicon])
    monkeypatch.setattr("biaskit.parts.ROWS_IN_A_GROUP", rows)
    saved = save(whole, tmp_path / "saved")
    monkeypatch.setattr("biaskit.measuring.ARTICLES_AT_ONCE", size)
    monkeypatch.setattr("biaskit.parts.ROWS_AT_ONCE", 10 * size)
    told = measure_into(tmp_path / "made", read_corpus(pages), [lexicon])
    made = load(tmp_path / "made")
    for name in STORED:
        pd.testing.assert_frame_equal(made.table(name), whole.table(name), check_exact=True)
    assert told == made.provenance == whole.provenance
    assert {file.name for file in saved.iterdir()} == FILES
    assert {file.name for file in (tmp_path / "made").iterdir()} == FILES
    for name in FILES:
        assert (saved / name).read_bytes() == (tmp_path / "made" / name).read_bytes(), name


def test_measuring_that_fails_leaves_the_folder_as_it_was(measured, lexicon, pages, tmp_path):
    """The set that was there is whole; a folder made for it is gone again."""
    folder = save(measured, tmp_path / "set")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def broken(articles):
        yield from list(articles)[:2]
        raise KeyboardInterrupt

    for there in (folder, tmp_path / "new" / "set"):
        with pytest.raises(KeyboardInterrupt):
            measure_into(there, read_corpus(pages), [lexicon], track=broken)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert not (tmp_path / "new").exists()


# ---- copies ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copied(lexicon):
    """Echo printed one story twice, the second time under another headline; Post once."""
    story = [*words_of(1, 3), '"It was a coup," said the mayor of Arlen.', *words_of(2, 3)]
    other = [*words_of(3, 3), "The regime fell.", *words_of(4, 3)]
    frame = pd.DataFrame(
        [
            ("first", "Echo", "2031-06-02", "Coup in Arlen", story),
            ("again", "Echo", "2031-06-03", "Coup After Coup in Arlen", story),
            ("post", "Post", "2031-06-03", "Coup in Arlen", story),
            ("other", "Echo", "2031-06-03", "Arlen Waits", other),
        ],
        columns=["id", "outlet", "date", "title", "text"],
    )
    return measure(read_corpus(frame), [lexicon])


def test_copies_are_in_the_set_and_left_out_where_it_is_counted(copied):
    """A story printed twice is one story; across outlets each keeps its own."""
    documents = copied.documents.set_index("document")
    assert documents["copy_of"].to_dict() == {
        "again": "first",
        "first": None,
        "other": None,
        "post": None,
    }
    assert copied.provenance["shared"] == [
        ["again", "first"],
        ["first", "first"],
        ["post", "first"],
    ]
    less = without_copies(copied)
    assert less.provenance == copied.provenance
    for name in STORED:
        table = copied.table(name)
        if "document" in table:
            kept = table[table["document"] != "again"].reset_index(drop=True)
            assert less.table(name).equals(kept)
            assert name == "entries" or len(kept) < len(table) or table.empty
        else:
            assert less.table(name).equals(table)


def test_without_copies_there_is_nothing_to_leave_out(measured):
    """Then the set is handed back as it is."""
    assert without_copies(measured) is measured


def test_rates_lines_and_sources_leave_copies_out(copied):
    """Headline and quotation of the copy are counted in none of them."""
    all_voices = marker_rates(copied).set_index(["outlet", "voice"]).loc[("Echo", "all")]
    assert (all_voices["n"], all_voices["n_documents"]) == (1 + 1 + 1, 2)
    sizes = copied.documents.set_index("document")["n_tokens"]
    assert all_voices["n_tokens"] == sizes["first"] + sizes["other"]
    lines = kwic_lines(copied)
    assert sorted(lines["document"]) == ["first", "first", "other", "post", "post"]
    assert set(kwic_lines(copied, "mayor of Arlen")["document"]) == {"first", "post"}
    voices = voice_shares(copied).set_index(["outlet", "voice"]).loc[("Echo", "quoted")]
    assert (voices["n_tokens"], voices["n_documents"]) == (4, 2)
    assert stance_counts(copied).set_index("outlet").loc["Echo", "n"].sum() == 1
    (mayor,) = speaker_shares(copied).query("outlet == 'Echo'").itertuples()
    assert (mayor.n_spans, mayor.n_documents) == (1, 1)
    assert set(headline_claims(copied)["document"]) == {"first", "other", "post"}


def test_a_no_break_space_is_read_as_a_space(lexicon, tmp_path):
    """Hits, terms and windows know only spaces, at the same positions as in the text."""
    glued = {"Echo/one.txt": PAGES["Post/two.txt"].replace("of power in", "of\xa0power in\xa0")}
    measured = measure(read_corpus(write_pages(tmp_path, glued)), [lexicon])
    (hit,) = measured.hits.itertuples()
    assert (hit.form, hit.right[:10]) == ("change of power", "in  Velmora"[:10])
    assert glued["Echo/one.txt"][hit.start : hit.end] == "change of\xa0power"


def test_the_set_cant_be_reassigned(measured):
    """A set is what was measured."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        measured.hits = measured.hits[:1]


def test_a_set_knows_its_outlets_and_tables(measured):
    """In alphabetical order; a table by its name is the table."""
    assert measured.outlets == ["Echo", "Post", "Tribune"]
    assert measured.table("hits") is measured.hits
    assert len(measured.texts) == 5


# ---- the id ----------------------------------------------------------------------------------


def test_the_id_is_the_same_for_the_same_corpus(measured, lexicon, pages):
    """Made anew in another folder, the set is cited by the same name."""
    again = measure(read_corpus(pages), [lexicon])
    assert again.id == measured.id
    assert re.fullmatch("[0-9a-f]{64}", again.id)
    assert_equal_sets(again, measured)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("documents", "label", "other"),
        ("zones", "reason", "other"),
        ("sizes", "n_tokens", 99),
        ("sentences", "vader", 0.123456788),
        ("spans", "scare", True),
        ("hits", "left", "other"),
        ("entries", "gloss", "other"),
        ("counts", "n", 99),
        ("cooccurrences", "term", "other"),
    ],
)
def test_the_id_changes_with_any_table(lexicon, pages, monkeypatch, measured, table, column, value):
    """One cell is enough, in whichever table."""
    import biaskit.measuring as module

    write = module.write_part

    def changed(folder, number, tables):
        if table in tables:
            cells = tables[table].cast(arrow_schema(table)).to_pandas()
            cells.loc[0, column] = value
            tables = {**tables, table: arrow_table(table, cells)}
        write(folder, number, tables)

    def changed_entries(name, made):
        built = build(name, made)
        if name == table:
            built.loc[0, column] = value
        return built

    monkeypatch.setattr(module, "write_part", changed)
    monkeypatch.setattr(module, "build", changed_entries)
    assert measure(read_corpus(pages), [lexicon]).id != measured.id


def test_the_id_ignores_what_no_machine_agrees_on(lexicon, pages, monkeypatch, measured):
    """The eleventh decimal is noise, and so is the sign of the zero that it leaves."""

    def noisy(*sentences):
        scores = score_columns(*sentences)
        return {**scores, "vader": scores["vader"] - 1e-11}

    assert (measured.sentences["vader"] == 0).any()
    monkeypatch.setattr("biaskit.annotation.score_columns", noisy)
    again = measure(read_corpus(pages), [lexicon])
    assert (again.sentences["vader"] != measured.sentences["vader"]).all()
    assert again.id == measured.id


# ---- saving and reading ----------------------------------------------------------------------


def test_what_is_saved_is_read_again(measured, tmp_path):
    """Tables with their types and missing cells, and the provenance; the texts stay at home."""
    again = load(save(measured, tmp_path / "a" / "set"))
    for name in STORED:
        pd.testing.assert_frame_equal(again.table(name), measured.table(name), check_exact=True)
        for column, kind in COLUMNS[name].items():
            values = again.table(name)[column]
            if kind.kind in {"text", "flag"}:
                assert all(x is None or isinstance(x, str | bool) for x in values), (name, column)
    assert again.provenance == measured.provenance
    assert again.texts == {}


def test_a_set_without_hits_and_spans_is_read_again(lexicon, tmp_path):
    """Empty tables keep their columns and types."""
    one = {"Tribune/one.txt": PAGES["Tribune/one.txt"]}
    measured = measure(read_corpus(write_pages(tmp_path / "pages", one)), [lexicon])
    assert measured.hits.empty
    assert measured.spans.empty
    assert_equal_sets(load(save(measured, tmp_path / "set")), measured)


def test_saved_twice_the_files_are_equal_byte_for_byte(measured, tmp_path):
    """Also when what is saved was read from a file."""
    first = save(measured, tmp_path / "first")
    second = save(load(first), tmp_path / "second")
    assert {file.name for file in first.iterdir()} == FILES
    assert {file.name for file in second.iterdir()} == FILES
    for name in FILES:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_what_else_lies_in_the_folder_stays(measured, tmp_path):
    """A README beside a set isn't the set's to remove; an old set is replaced."""
    (tmp_path / "README.md").write_text("mine")
    save(dataclasses.replace(measured, hits=measured.hits[:0]), tmp_path)
    save(measured, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == FILES | {"README.md"}
    assert len(load(tmp_path).hits) == len(measured.hits)


def test_a_file_in_the_place_of_the_folder_is_refused(measured, tmp_path):
    """Nobody's file is overwritten by a folder."""
    (tmp_path / "set").write_text("mine")
    with pytest.raises(FileExistsError) as error:
        save(measured, tmp_path / "set")
    assert (
        str(error.value) == f"{str(tmp_path / 'set')!r} is a file; a measurement set needs a folder"
    )


def test_no_text_is_saved(measured, tmp_path):
    """No line of an article stands in any file of the set."""
    folder = save(measured, tmp_path / "set")
    cells = {
        str(cell)
        for name in STORED
        for column in pq.read_table(folder / f"{name}.parquet").to_pydict().values()
        for cell in column
    }
    whole = "\n".join([*cells, (folder / "provenance.json").read_text(encoding="utf-8")])
    for page in PAGES.values():
        for line in page.split("\n"):
            assert len(token_spans(line)) < 4 or line not in whole


@pytest.mark.parametrize("at", range(1, 1 + len(STORED)))
def test_a_set_is_never_left_half_written(measured, tmp_path, monkeypatch, at):
    """When a table can't be written, the set that was there before is still there, whole."""
    folder = save(dataclasses.replace(measured, hits=measured.hits[:1]), tmp_path / "set")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    write, calls = write_parquet, []

    def full_disk(*args, **kwargs):
        calls.append(args)
        if len(calls) == at:
            raise OSError("no space left on device")
        return write(*args, **kwargs)

    monkeypatch.setattr("biaskit.measurement.write_parquet", full_disk)
    with pytest.raises(OSError, match="no space left"):
        save(measured, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_folder_made_for_a_set_that_failed_is_gone_again(measured, tmp_path, monkeypatch):
    """Nothing is left of a first attempt, not even empty folders; older ones stay."""

    def full_disk(*args, **kwargs):
        raise OSError("no space left on device")

    monkeypatch.setattr("biaskit.measurement.write_parquet", full_disk)
    with pytest.raises(OSError, match="no space left"):
        save(measured, tmp_path / "new" / "set")
    assert list(tmp_path.iterdir()) == []


def test_tables_of_two_sets_are_never_read_as_one(measured, tmp_path, monkeypatch):
    """When even the moving fails halfway, what is left is no set."""
    folder = save(dataclasses.replace(measured, hits=measured.hits[:1]), tmp_path / "set")
    move, calls = Path.replace, []

    def broken(self, target):
        calls.append(target)
        if len(calls) == 4:
            raise OSError("the disk is gone")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="the disk is gone"):
        save(measured, folder)
    assert len(calls) == 4
    assert not is_set(folder)


def test_a_folder_without_a_set_names_the_command_that_makes_one(tmp_path):
    """An empty folder and a missing one are answered alike."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert not is_set(folder)
        with pytest.raises(FileNotFoundError) as error:
            load(folder)
        assert str(error.value) == (
            f"no measurement set in {str(folder)!r}; biaskit measure PAGES -o {folder} makes one"
        )


def remark(folder, **changes) -> None:
    file = folder / "provenance.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_a_newer_set_is_refused(measured, tmp_path):
    """What this version can't know it doesn't guess."""
    folder = save(measured, tmp_path / "set")
    remark(folder, schema=SCHEMA + 1)
    with pytest.raises(ValueError, match="newer") as error:
        load(folder)
    assert str(error.value) == (
        f"the set in {str(folder)!r} was made by a newer biaskit (schema {SCHEMA + 1}, this one "
        f"reads {SCHEMA}); update biaskit to read it"
    )


def test_an_older_set_names_the_command_that_makes_it_anew(measured, tmp_path):
    """Old columns are never read as new ones."""
    folder = save(measured, tmp_path / "set")
    remark(folder, schema=SCHEMA - 1)
    with pytest.raises(ValueError, match="older") as error:
        load(folder)
    assert str(error.value) == (
        f"the set in {str(folder)!r} was made by an older biaskit (schema {SCHEMA - 1}, this one "
        f"reads {SCHEMA}); make it again with biaskit measure PAGES -o {folder}"
    )


@pytest.mark.parametrize("harm", ["cut", "gone", "no table", "no json", "no schema"])
def test_a_damaged_set_is_named(measured, tmp_path, harm):
    """Whatever is wrong with its files, the folder is named first."""
    folder = save(measured, tmp_path / "set")
    hits, provenance = folder / "hits.parquet", folder / "provenance.json"
    if harm == "cut":
        hits.write_bytes(hits.read_bytes()[:-20])
    elif harm == "gone":
        hits.unlink()
    elif harm == "no table":
        hits.write_text("form,left\n")
    elif harm == "no json":
        provenance.write_text("{")
    else:
        provenance.write_text("{}")
    with pytest.raises(ValueError, match="damaged") as error:
        load(folder)
    assert str(error.value).startswith(f"the measurement set in {str(folder)!r} is damaged: ")


# ---- texts and published sets ----------------------------------------------------------------


def test_whoever_has_the_pages_can_add_their_texts(measured, pages, tmp_path):
    """Only texts that the set was made from to the letter are taken, whatever their source."""
    stored = load(save(measured, tmp_path / "set"))
    texts = read_texts(pages)
    assert with_texts(stored, texts).texts == measured.texts
    changed = {**texts, "Echo/one.txt": texts["Echo/one.txt"] + " "}
    assert document(measured, "Echo/one.txt") not in with_texts(stored, changed).texts
    assert len(with_texts(stored, changed).texts) == 4
    with pytest.raises(ValueError, match="none of these") as error:
        with_texts(stored, {"Echo/one.txt": "other", "x": "y"})
    assert str(error.value) == (
        f"none of these 2 pages is one that the set {measured.id[:12]} was made from"
    )


MAKING = {
    "sputnik-the-local": f"{SHARED}/pages/*.txt",
    "invented": ROOT / "corpus" / "invented" / "pages",
}


@pytest.mark.parametrize("name", MAKING)
def test_a_published_set_is_made_again_from_its_pages(name, tmp_path):
    """Whoever has the pages and runs the command of corpus/README.md gets the same tables."""
    folder = ROOT / "corpus" / name
    try:
        corpus = read_corpus(MAKING[name], metadata=folder / "metadata.csv")
    except FileNotFoundError as error:
        pytest.skip(f"the pages aren't at hand: {error}")
    made, published = measure(corpus), load(folder)
    assert_equal_sets(made, published)
    assert made.id == published.id
    for key in ("schema", "lexicons", "settings", "n_documents", "set_aside"):
        assert made.provenance[key] == published.provenance[key]
    shutil.copytree(folder, tmp_path / "copy")
    assert load(tmp_path / "copy").id == published.id
