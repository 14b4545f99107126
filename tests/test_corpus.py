"""Articles are read with their outlets and dates, and what can't be read is named, not lost."""

import hashlib
import json
import os

import pandas as pd
import pyarrow as pa
import pytest
from conftest import PAGES, write_pages
from hypothesis import given, settings
from hypothesis import strategies as st
from test_copies import article as words_of

from biaskit.articles import text_hash
from biaskit.corpus import read_corpus, read_texts
from biaskit.outlets import read_profiles
from biaskit.reading.paths import ENDINGS
from biaskit.tables import COLUMNS

PAGE = PAGES["Tribune/one.txt"]
OTHER = PAGES["Post/two.txt"]
KNOWN = ", ".join(profile.name for profile in read_profiles() if profile.recognise)


def sources(corpus) -> dict[str, str]:
    """Outlet by source."""
    return {article.row["source"]: article.row["outlet"] for article in corpus.articles}


def fault(path, kind=ValueError, **arguments) -> str:
    """The message with which a reading stops."""
    with pytest.raises(kind) as error:
        read_corpus(path, **arguments)
    return str(error.value)


def table(tmp_path, *lines: str) -> str:
    file = tmp_path / "facts.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def story(seed: int, *lines: str) -> str:
    """An article of its own: four lines of random words, and the given lines among them."""
    return "\n\n".join([*words_of(seed, 4), *lines, *words_of(1_000 + seed, 4)])


def rows_of(corpus) -> dict[str, dict]:
    """Row of the documents table by source."""
    return {article.row["source"]: article.row for article in corpus.articles}


@pytest.fixture
def export(tmp_path):
    """Writes articles, given as dictionaries, into a JSONL file."""

    def write(*articles: dict, name: str = "export.jsonl"):
        lines = [json.dumps({"outlet": "Echo", **article}) for article in articles]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return write


# ---- what is given ---------------------------------------------------------------------------


def test_a_folder_is_read_with_all_below_it(pages):
    """Each folder in it is an outlet; a source is relative to what was given."""
    corpus = read_corpus(pages)
    assert sources(corpus) == {source: source.split("/")[0] for source in PAGES}
    assert corpus.set_aside == []
    assert read_corpus(str(pages)) == corpus


def test_a_file_a_pattern_and_several_of_them_are_read(pages):
    """A source is relative to the file's folder, or to where the pattern begins."""
    one = read_corpus(pages / "Echo" / "one.txt", outlet="Echo")
    assert sources(one) == {"one.txt": "Echo"}
    assert set(sources(read_corpus(f"{pages}/*/one.txt"))) == {
        "Echo/one.txt",
        "Post/one.txt",
        "Tribune/one.txt",
    }
    assert set(sources(read_corpus(f"{pages}/**/t*.txt"))) == {"Echo/two.txt", "Post/two.txt"}
    several = read_corpus([f"{pages}/Post/tw*.txt", pages / "Tribune"], outlet="Post")
    assert sources(several) == {"two.txt": "Post", "one.txt": "Post"}


def test_two_files_of_one_name_are_told_apart_by_their_folders(pages):
    """Nothing is overwritten silently; the same file twice is one file."""
    first, second = pages / "Echo" / "one.txt", pages / "Post" / "one.txt"
    assert sources(read_corpus([first, second])) == {"Echo/one.txt": "Echo", "Post/one.txt": "Post"}
    assert len(read_corpus([first, str(first)], outlet="Echo").articles) == 1


def test_files_of_other_kinds_are_left_out_and_counted(pages):
    """A picture beside the pages is nobody's article; upper case makes no other kind."""
    (pages / "Echo" / "picture.png").write_bytes(b"\x89PNG\0")
    (pages / "Echo" / "THREE.TXT").write_text(OTHER + "\n")
    corpus = read_corpus(pages)
    assert set(sources(corpus)) == {*PAGES, "Echo/THREE.TXT"}
    assert corpus.set_aside == []
    assert corpus.notes == [
        (".", "1 file of kinds that biaskit does not read were left out: .png 1")
    ]


def test_a_table_that_is_no_articles_is_set_aside(pages):
    """A metadata file left among the pages is named, and stops nothing."""
    (pages / "metadata.csv").write_text("source,event\nEcho/one.txt,x\n")
    corpus = read_corpus(pages)
    assert set(sources(corpus)) == set(PAGES)
    reason = (
        "no column is called text or the like; it has source, event; name it, as in text=COLUMN"
    )
    assert corpus.set_aside == [("metadata.csv", reason)]


def test_a_missing_path_is_named(tmp_path):
    """With what could have been given instead."""
    path = str(tmp_path / "nowhere")
    assert fault(path, FileNotFoundError) == (
        f"there is no {path!r}; give a file, a folder, or a pattern in quotes"
    )


def test_a_missing_path_stops_even_beside_a_good_one(pages, tmp_path):
    """Half of what was asked for is not what was asked for."""
    path = str(tmp_path / "nowhere")
    assert fault([pages, path], FileNotFoundError).startswith(f"there is no {path!r}; ")


def test_an_empty_folder_is_named(tmp_path):
    """A folder of other files is as empty as one of none."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0")
    assert fault(tmp_path) == (
        f"nothing in {str(tmp_path)!r} is a file that biaskit reads; it reads {', '.join(ENDINGS)}"
    )


def test_a_pattern_without_files_is_named(tmp_path):
    """A pattern that matches only an empty folder holds nothing to read."""
    path = str(tmp_path / "*.txt")
    assert fault(path, FileNotFoundError) == f"no file matches {path!r}"
    (tmp_path / "folder.txt").mkdir()
    assert fault(path) == (
        f"nothing in {path!r} is a file that biaskit reads; it reads {', '.join(ENDINGS)}"
    )


def test_nothing_given_is_an_error():
    """A list that an unlucky pattern left empty."""
    assert fault([]) == "nothing to read; give a file, a folder, or a pattern in quotes"


def test_a_table_without_rows_is_an_error():
    """A DataFrame that an unlucky filter left empty."""
    assert fault(pd.DataFrame({"text": []})) == "table cannot be used: it has no rows"


FAULTS = {
    "empty.txt": (b"", "the file is empty; it should hold an article"),
    "blank.txt": (b" \n\t \n", "the file is empty; it should hold an article"),
    "binary.txt": (
        b"PK\x03\x04\x00\x00 text",
        "it is a binary file, not text; save it as text or HTML",
    ),
    "menu.html": (
        b"<html><body><script>coup()</script></body></html>",
        "no article was found in it",
    ),
    "table.csv": (
        b"id,name\n1,x\n",
        "no column is called text or the like; it has id, name; name it, as in text=COLUMN",
    ),
    "rows.csv": (b"text,outlet\n", "it has no rows"),
    "list.json": (b"[1, 2", "it is not JSON: Expecting ',' delimiter (line 1, character 6)"),
    "cut.jsonl.gz": (b"\x1f\x8b\x08\x00", "the file is empty; it should hold an article"),
    "cut.zip": (b"PK\x03\x04", "it is not a zip archive, or a damaged one"),
    "book.xlsx": (b"PK", "it is not an Excel workbook (.xlsx), or a damaged one"),
    "rows.parquet": (b"PAR1", "it is not a Parquet file, or a damaged one"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cant_be_used_is_named_or_set_aside(tmp_path, name):
    """Alone it stops the reading; beside a good page it is set aside with its reason."""
    content, reason = FAULTS[name]
    (tmp_path / name).write_bytes(content)
    alone = fault(tmp_path / name, outlet="Echo")
    (tmp_path / "zz.txt").write_text(PAGE)
    corpus = read_corpus(tmp_path, outlet="Echo")
    assert sources(corpus) == {"zz.txt": "Echo"}
    assert corpus.set_aside == [(name, reason)]
    assert alone == f"{name} cannot be used: {reason}"


def test_where_nothing_can_be_used_the_first_is_named_and_the_others_counted(tmp_path):
    """One sentence, whatever the number of files."""
    reason = "the file is empty; it should hold an article"
    for n in (1, 2):
        (tmp_path / "a.txt").write_bytes(b"")
        (tmp_path / f"b{n}.txt").write_bytes(b"")
        assert fault(tmp_path) == f"a.txt cannot be used (nor can {n} more): {reason}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Ström".encode("latin-1"), "it is not in UTF-8 and read as cp1252, which is a guess"),
        ("Буря".encode("cp1251"), "it is not in UTF-8 and read as cp1251, which is a guess"),
        ("Ström".encode("utf-16"), None),
        ("Ström".encode("utf-8-sig"), None),
    ],
)
def test_a_page_in_another_encoding_is_read_and_a_guess_is_said(tmp_path, content, told):
    """What was guessed is in the notes; what is certain needs no note."""
    (tmp_path / "a.txt").write_bytes(content)
    corpus = read_corpus(tmp_path / "a.txt", outlet="Echo")
    assert [a.text for a in corpus.articles] in (["Ström"], ["Буря"])
    assert corpus.notes == ([("a.txt", told)] if told else [])


# ---- the text --------------------------------------------------------------------------------


def test_the_text_is_kept_as_read(tmp_path):
    """Line ends are \\n and a byte order mark is none of it; nothing else is touched."""
    raw = "\ufeff" + PAGE.replace(" ", "\xa0", 3) + "  \u2028é"
    (tmp_path / "a.txt").write_bytes(raw.replace("\n", "\r\n").encode("utf-8"))
    (tmp_path / "b.txt").write_bytes((raw + "b").replace("\n", "\r").encode("utf-8"))
    texts = {a.row["source"]: a.text for a in read_corpus(tmp_path, outlet="Echo").articles}
    assert texts == {"a.txt": raw[1:], "b.txt": raw[1:] + "b"}
    assert read_texts(tmp_path) == texts


def test_texts_alone_leave_out_what_cant_be_read(tmp_path):
    """Whoever adds texts to a set needs no outlets, and no fault stops it."""
    write_pages(tmp_path, {"a.txt": PAGE, "b.txt": "", "c/d.txt": OTHER})
    assert read_texts(tmp_path) == {"a.txt": PAGE, "c/d.txt": OTHER}
    assert read_texts([tmp_path / "a.txt"]) == {"a.txt": PAGE}


def test_the_zones_are_those_of_the_text(pages):
    """An article comes with its zones, cut with the help of its outlet's profile."""
    article = next(a for a in read_corpus(pages).articles if a.row["source"] == "Echo/one.txt")
    told = [(zone.zone, article.text[zone.start : zone.end][:7]) for zone in article.zones]
    assert told == [
        ("furniture", "Menu"),
        ("headline", "General"),
        ("body", "The cou"),
        ("body", "The new"),
    ]


# ---- ids and labels --------------------------------------------------------------------------


def test_an_id_is_the_outlets_slug_and_the_hash_of_outlet_and_text(pages):
    """Whoever has the page can work the id out."""
    (article,) = read_corpus(pages / "Echo" / "one.txt", outlet="The Örebro Post").articles
    digits = hashlib.sha256(f"The Örebro Post\0{PAGES['Echo/one.txt']}".encode()).hexdigest()
    assert article.row["sha256"] == digits == text_hash("The Örebro Post", article.text)
    assert article.row["document"] == f"the-örebro-post-{digits[:10]}"
    assert set(article.row) <= set(COLUMNS["documents"])


@settings(max_examples=5)
@given(st.permutations(sorted(PAGES)))
def test_ids_dont_depend_on_names_or_order(tmp_path_factory, order):
    """The same pages under other names have the same ids; articles stand in the order of ids."""
    folder = tmp_path_factory.mktemp("renamed")
    renamed = {f"{old.split('/')[0]}/{i}.txt": PAGES[old] for i, old in enumerate(order)}
    articles = read_corpus(write_pages(folder, renamed)).articles
    ids = [article.row["document"] for article in articles]
    assert ids == sorted(ids)
    texts = {article.row["document"]: article.text for article in articles}
    plain = read_corpus(write_pages(folder.parent / "plain", PAGES)).articles
    assert texts == {article.row["document"]: article.text for article in plain}


def test_the_same_page_twice_is_read_once(pages):
    """The second copy is set aside by name; another outlet's copy is an article of its own."""
    write_pages(
        pages, {"Echo/zwei.txt": PAGES["Echo/two.txt"], "Post/copy.txt": PAGES["Echo/two.txt"]}
    )
    corpus = read_corpus(pages)
    assert corpus.set_aside == [("Echo/zwei.txt", "the same page as Echo/two.txt")]
    assert sources(corpus)["Post/copy.txt"] == "Post"
    assert len(corpus.articles) == len(PAGES) + 1


@pytest.mark.parametrize(
    ("date", "label"),
    [
        ("2031-06-03", "Echo, 3 Jun 2031"),
        ("2031-06-13", "Echo, 13 Jun 2031"),
        ("2031-06", "Echo, Jun 2031"),
        ("2031", "Echo, 2031"),
        ("", "Echo"),
    ],
)
def test_a_label_is_the_outlet_and_the_date_as_far_as_it_is_known(tmp_path, date, label):
    """What stands in figures says no more than is known."""
    (tmp_path / "a.txt").write_text(PAGE)
    facts = table(tmp_path, "source,outlet,date", f"a.txt,Echo,{date}")
    (article,) = read_corpus(tmp_path, metadata=facts).articles
    assert article.row["label"] == label


def test_equal_labels_are_numbered(pages):
    """No two articles share a label; one that is alone needs no number."""
    labels = [a.row["label"] for a in read_corpus(pages).articles]
    assert labels == ["Echo (1)", "Echo (2)", "Post (1)", "Post (2)", "Tribune"]


# ---- whose article ---------------------------------------------------------------------------

LANTERN = (
    '[outlet]\nname = "The Lantern"\nslug = "lantern"\n[recognise]\npatterns = ["^© Lantern$"]\n'
)


@pytest.fixture
def profiles(tmp_path):
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "lantern.toml").write_text(LANTERN, encoding="utf-8")
    return folder


def test_the_outlet_is_told_by_table_then_folder_then_marks_then_argument(tmp_path, profiles):
    """What a person says of one page comes first, what is said of all the others last."""
    folder = write_pages(
        tmp_path / "pages",
        {
            "Echo/table.txt": f"{PAGE}© Lantern\n1",
            "Echo/folder.txt": f"{PAGE}© Lantern\n2",
            "marks.txt": f"{PAGE}© Lantern\n3",
            "argument.txt": f"{PAGE}4",
        },
    )
    facts = table(tmp_path, "source,outlet", "Echo/table.txt,Tribune", "marks.txt,")
    corpus = read_corpus(folder, metadata=facts, outlet="Post", profiles=profiles)
    assert sources(corpus) == {
        "Echo/table.txt": "Tribune",
        "Echo/folder.txt": "Echo",
        "marks.txt": "The Lantern",
        "argument.txt": "Post",
    }


def test_without_its_profile_an_outlet_isnt_recognised(tmp_path, profiles):
    """The folder of profiles is what makes the difference."""
    (tmp_path / "a.txt").write_text(f"{PAGE}© Lantern\n")
    assert sources(read_corpus(tmp_path / "a.txt", profiles=profiles)) == {"a.txt": "The Lantern"}
    assert "a.txt cannot be used: no mark of a known outlet" in fault(tmp_path / "a.txt")


def test_a_folder_may_bear_any_name_of_an_outlet(tmp_path, profiles):
    """An alias or a domain as a folder's name is that outlet; folders below it don't matter."""
    pages = {"www.thelocal.it/2031/a.txt": PAGE, "Lantern Weekly/b.txt": PAGE}
    corpus = read_corpus(write_pages(tmp_path / "pages", pages), profiles=profiles)
    assert sorted(sources(corpus).values()) == ["Lantern Weekly", "The Local"]


def test_a_page_of_nobody_is_set_aside_and_alone_an_error(tmp_path):
    """It is named with what would have told whose it is; a good neighbour is read."""
    write_pages(tmp_path / "p", {"a.txt": PAGE, "Echo/b.txt": OTHER})
    reason = (
        f"no mark of a known outlet ({KNOWN}) on the page; say whose it is with "
        f"biaskit measure --outlet NAME, a folder for each outlet, or a metadata file"
    )
    corpus = read_corpus(tmp_path / "p")
    assert sources(corpus) == {"Echo/b.txt": "Echo"}
    assert corpus.documents == [article.row["document"] for article in corpus.articles]
    assert corpus.set_aside == [("a.txt", reason)]
    assert fault(tmp_path / "p" / "a.txt") == f"a.txt cannot be used: {reason}"


def test_sources_have_slashes_on_every_system(pages):
    """A metadata file made on one machine fits on another."""
    assert all(os.sep == "/" or os.sep not in source for source in sources(read_corpus(pages)))
    assert all("/" in source for source in sources(read_corpus(pages)))


# ---- the user's ids --------------------------------------------------------------------------


def test_a_users_id_is_kept_where_it_is_one_articles_alone(export):
    """A repeated one says nothing; then the id is made of outlet and text."""
    file = export(
        {"id": "a-7", "text": story(1)},
        {"id": "b", "text": story(2)},
        {"id": "b", "text": story(3)},
        {"text": story(4)},
    )
    corpus = read_corpus(file)
    made = [f"echo-{text_hash('Echo', story(i))[:10]}" for i in (2, 3, 4)]
    assert [rows_of(corpus)[f"export.jsonl#{i}"]["document"] for i in (1, 2, 3, 4)] == [
        "a-7",
        *made,
    ]
    assert corpus.documents == sorted(["a-7", *made])
    assert corpus.set_aside == []


def test_an_id_that_a_fault_bears_too_is_still_one_articles_alone(export):
    """What is set aside takes no id."""
    file = export({"id": "a", "text": story(1)}, {"id": "a", "text": ""})
    corpus = read_corpus(file)
    assert corpus.documents == ["a"]
    assert corpus.set_aside == [("export.jsonl#2", "it has no text")]


# ---- what is settled for all of them together ------------------------------------------------


def test_copies_within_an_outlet_are_linked_to_the_earliest(export):
    """Whatever stands first in the file; the headline may be another, each keeps its row."""
    file = export(
        {"id": "a", "date": "2031-06-04", "title": "Harbour Opens", "text": story(1)},
        {"id": "z", "date": "2031-06-02", "title": "Old Harbour Is Open", "text": story(1)},
        {"id": "m", "date": "2031-06-03", "title": "Boats Are Back", "text": story(1)},
        {"id": "other", "date": "2031-06-01", "title": "Boats Sold", "text": story(2)},
    )
    corpus = read_corpus(file)
    copies = {article.row["document"]: article.row["copy_of"] for article in corpus.articles}
    assert copies == {"a": "z", "m": "z", "z": None, "other": None}
    assert corpus.shared == {}


def test_copies_across_outlets_count_for_each_and_are_reported(export):
    """Both printed it; how many they share is said beside."""
    file = export(
        {"id": "a", "outlet": "Post", "date": "2031-06-02", "text": story(1)},
        {"id": "b", "outlet": "Echo", "date": "2031-06-03", "text": story(1)},
        {"id": "c", "outlet": "Echo", "date": "2031-06-01", "text": story(2)},
    )
    corpus = read_corpus(file)
    assert [article.row["copy_of"] for article in corpus.articles] == [None] * 3
    assert corpus.shared == {"a": "a", "b": "a"}


NOTE = "Editor's note: the mayor of Arlen has denied all of this many times."


def zones_of(article) -> list[tuple[str, str]]:
    return [(zone.zone, article.text[zone.start : zone.end]) for zone in article.zones]


def test_a_recurring_sentence_is_counted_apart_and_a_short_line_is_furniture(export):
    """An editor's note under every article is framing, "Follow us" is not; no line is lost."""
    lines = [NOTE, "Follow us everywhere."]
    corpus = read_corpus(export(*({"text": story(i, *lines)} for i in range(5))))
    for article in corpus.articles:
        zones = dict(map(reversed, zones_of(article)))
        assert zones[NOTE] == "recurring"
        assert zones["Follow us everywhere."] == "furniture"
        assert len(zones) == 8 + 2
        assert list(zones.values()).count("body") == 8
        reasons = {z.reason for z in article.zones if z.zone != "body"}
        assert reasons == {"stands in several articles of the outlet"}


def test_what_recurs_recurs_in_one_outlet(export):
    """A note in one article of each outlet is nobody's habit."""
    outlets = ("Echo", "Post", "Tribune", "Lantern")
    corpus = read_corpus(
        export(*({"outlet": o, "text": story(i, NOTE)} for i, o in enumerate(outlets)))
    )
    assert all(dict(map(reversed, zones_of(a)))[NOTE] == "body" for a in corpus.articles)


def test_what_opens_several_headlines_is_a_zone_of_its_own(export):
    """The label is not this article's wording; what follows it is the headline."""
    titles = [
        "Velmora latest: Boats Are Back",
        "Velmora latest:  Gates Open",
        "Velmora latest: Rain",
    ]
    file = export(*({"title": title, "text": story(i)} for i, title in enumerate(titles)))
    for article, zones in ((a, zones_of(a)) for a in read_corpus(file).articles):
        title = article.text.split("\n")[0]
        assert zones[:2] == [
            ("recurring", "Velmora latest:"),
            ("headline", title.removeprefix("Velmora latest:").strip()),
        ]
        assert article.zones[0].reason == "opens several headlines of the outlet"
        assert [zone for zone, _ in zones[2:]] == ["body"] * 8


def test_an_opening_of_one_headline_stays_in_it(export):
    """Two are no habit."""
    titles = ["Velmora latest: Boats Are Back", "Velmora latest: Gates Open", "Rain in Velmora"]
    file = export(*({"title": title, "text": story(i)} for i, title in enumerate(titles)))
    headlines = [dict(zones_of(article))["headline"] for article in read_corpus(file).articles]
    assert sorted(headlines) == sorted(titles)


ITALIAN = (
    "Il sindaco di Arlen ha aperto il nuovo ponte sul fiume lunedì mattina, e quasi tutta la "
    "città era presente per vedere la banda e per ascoltare il discorso della preside."
)


def test_what_isnt_english_is_set_aside_with_its_language(export):
    """Its neighbour is read; alone it is an error."""
    file = export({"id": "it", "text": ITALIAN}, {"id": "en", "text": story(1)})
    corpus = read_corpus(file)
    assert corpus.documents == ["en"]
    assert corpus.set_aside == [("export.jsonl#1", "in it, not in English")]
    assert [article.row["language"] for article in corpus.articles] == ["en"]
    assert fault(export({"text": ITALIAN})) == (
        "export.jsonl#1 cannot be used: in it, not in English"
    )


# ---- streams and tables ----------------------------------------------------------------------


def test_a_data_frame_goes_in_as_it_is():
    """With its index and whatever other columns; a row without text is set aside."""
    frame = pd.DataFrame(
        {
            "Body": [story(1), None, story(2)],
            "source": ["Echo", "Echo", "Post"],
            "published": pd.to_datetime(["2031-06-03", None, "2031-06-04"]),
            "n": [1.5, 2, 3],
        },
        index=[7, 7, "x"],
    )
    before = frame.copy()
    corpus = read_corpus(frame)
    assert sources(corpus) == {"table#1": "Echo", "table#3": "Post"}
    assert rows_of(corpus)["table#1"]["date_low"] == "2031-06-03"
    assert [a.text for a in sorted(corpus.articles, key=lambda a: a.row["source"])] == [
        story(1),
        story(2),
    ]
    assert corpus.set_aside == [("table#2", "it has no text")]
    assert corpus.notes == [
        ("table", "text from 'Body', outlet from 'source', date from 'published'")
    ]
    pd.testing.assert_frame_equal(frame, before)


def test_tables_of_arrow_and_polars_go_in_as_they_are():
    """The same rows give the same articles, whatever holds them."""
    columns = {"text": [story(1), story(2)], "outlet": ["Echo", "Post"], "id": ["a", "b"]}
    expected = read_corpus(pd.DataFrame(columns))
    assert read_corpus(pa.table(columns)) == expected
    polars = pytest.importorskip("polars")
    assert read_corpus(polars.DataFrame(columns)) == expected


def test_columns_say_which_column_holds_what(export):
    """A named column comes before the usual one; a field that is none is refused."""
    file = export(
        {"text": story(1), "full_report": story(2), "outlet": "Echo", "agency": "Post"},
    )
    (plain,) = read_corpus(file).articles
    (mapped,) = read_corpus(file, columns={"text": "full_report", "outlet": "agency"}).articles
    assert (plain.text, plain.row["outlet"]) == (story(1), "Echo")
    assert (mapped.text, mapped.row["outlet"]) == (story(2), "Post")
    assert fault(file, columns={"body": "text"}) == (
        "no field 'body'; columns may name "
        "text, title, outlet, date, url, author, section, event, language, id"
    )
    assert fault(file, columns={"text": "story"}) == (
        "export.jsonl cannot be used: no column 'story'; it has outlet, text, full_report, agency"
    )


def test_columns_of_a_data_frame_are_named_alike():
    """The same words for a table at hand as for a file."""
    frame = pd.DataFrame({"text": [story(1)], "report": [story(2)], "outlet": ["Echo"]})
    (article,) = read_corpus(frame, columns={"text": "report"}).articles
    assert article.text == story(2)


def test_track_is_given_all_that_is_found(pages):
    """A progress bar sees records, faults and notes once, in the order of reading."""
    (pages / "Echo" / "empty.txt").write_text("")
    (pages / "Echo" / "picture.png").write_bytes(b"\x89PNG\0")
    seen = []

    def bar(found):
        for one in found:
            seen.append(one.source)
            yield one

    assert len(read_corpus(pages, track=bar).articles) == len(PAGES)
    assert seen == [*sorted([*PAGES, "Echo/empty.txt"]), "."]
