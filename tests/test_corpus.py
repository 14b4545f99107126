"""Articles are read with their outlets and dates, and what can't be read is named, not lost."""

import hashlib
import os

import pytest
from conftest import PAGES, write_pages
from hypothesis import given, settings
from hypothesis import strategies as st

from biaskit.articles import text_hash
from biaskit.corpus import read_corpus, read_texts
from biaskit.metadata import read_metadata
from biaskit.outlets import read_profiles
from biaskit.tables import COLUMNS

PAGE = PAGES["Tribune/one.txt"]
OTHER = PAGES["Post/two.txt"]
COLUMNS_OF_METADATA = "source, outlet, date, event, author, url, section"
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


def test_two_files_that_would_have_one_source_are_refused(pages):
    """Nothing is overwritten silently; the same file twice is no fault."""
    first, second = pages / "Echo" / "one.txt", pages / "Post" / "one.txt"
    assert fault([first, second], outlet="Echo") == (
        f"both {str(first)!r} and {str(second)!r} would be 'one.txt'; "
        f"give the folder that holds them all"
    )
    assert len(read_corpus([first, str(first)], outlet="Echo").articles) == 1


def test_only_text_files_of_a_folder_are_pages(pages):
    """A picture or a table beside the pages is nobody's article."""
    (pages / "Echo" / "picture.png").write_bytes(b"\x89PNG\0")
    (pages / "metadata.csv").write_text("source\n")
    (pages / "Echo" / "THREE.TXT").write_text(OTHER + "\n")
    corpus = read_corpus(pages)
    assert set(sources(corpus)) == {*PAGES, "Echo/THREE.TXT"}
    assert corpus.set_aside == []


def test_a_missing_path_is_named(tmp_path):
    """With what could have been given instead."""
    path = str(tmp_path / "nowhere")
    assert fault(path, FileNotFoundError) == (
        f"there is no {path!r}; give a text file, a folder of them, or a pattern in quotes"
    )


def test_a_missing_path_stops_even_beside_a_good_one(pages, tmp_path):
    """Half of what was asked for is not what was asked for."""
    path = str(tmp_path / "nowhere")
    assert fault([pages, path], FileNotFoundError).startswith(f"there is no {path!r}; ")


def test_an_empty_folder_is_named(tmp_path):
    """A folder of other files is as empty as one of none."""
    (tmp_path / "table.csv").write_text("a,b\n")
    assert fault(tmp_path) == (
        f"{str(tmp_path)!r} is a folder without pages; biaskit reads *.txt files"
    )


def test_a_pattern_without_files_is_named(tmp_path):
    """A pattern that matches only folders matches no file."""
    (tmp_path / "folder.txt").mkdir()
    path = str(tmp_path / "*.txt")
    assert fault(path, FileNotFoundError) == f"no file matches {path!r}"


def test_nothing_given_is_an_error():
    """A list that an unlucky pattern left empty."""
    assert fault([]) == "nothing to read; give a text file, a folder of them, or a pattern"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t \n", "the file is empty"),
        (b"PK\x03\x04\x00\x00 text", "it is a binary file, not text"),
        ("Ström".encode("latin-1"), "it is not text in UTF-8"),
        ("Ström".encode("utf-16"), "it is a binary file, not text"),
    ],
)
def test_a_file_that_cant_be_read_is_named_or_set_aside(tmp_path, content, reason):
    """Alone it stops the reading; beside a good page it is set aside with its reason."""
    (tmp_path / "a.txt").write_bytes(content)
    assert fault(tmp_path / "a.txt", outlet="Echo") == (
        f"a.txt cannot be read ({reason}); biaskit reads text files in UTF-8"
    )
    (tmp_path / "b.txt").write_bytes(content)
    assert fault(tmp_path, outlet="Echo") == (
        f"a.txt cannot be read ({reason}), nor any of 1 more; biaskit reads text files in UTF-8"
    )
    (tmp_path / "c.txt").write_text(PAGE)
    corpus = read_corpus(tmp_path, outlet="Echo")
    assert sources(corpus) == {"c.txt": "Echo"}
    assert corpus.set_aside == [("a.txt", reason), ("b.txt", reason)]


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
    assert "a.txt: no mark of a known outlet" in fault(tmp_path / "a.txt")


def test_a_folder_may_bear_any_name_of_an_outlet(tmp_path, profiles):
    """An alias or a domain as a folder's name is that outlet; folders below it don't matter."""
    pages = {"www.thelocal.it/2031/a.txt": PAGE, "Lantern Weekly/b.txt": PAGE}
    corpus = read_corpus(write_pages(tmp_path / "pages", pages), profiles=profiles)
    assert sorted(sources(corpus).values()) == ["Lantern Weekly", "The Local"]


def test_a_page_of_nobody_stops_the_reading(tmp_path):
    """Half a comparison would be none, so a good neighbour doesn't help."""
    write_pages(tmp_path / "p", {"a.txt": PAGE, "Echo/b.txt": OTHER})
    assert fault(tmp_path / "p") == (
        f"a.txt: no mark of a known outlet ({KNOWN}) on the page; say whose it is with "
        f"--outlet NAME, a folder for each outlet, or a metadata file"
    )


# ---- the metadata file -----------------------------------------------------------------------


def test_a_metadata_file_says_what_pages_do_not(pages, tmp_path):
    """Its cells go into the documents; empty ones, and pages it doesn't name, stay as they are."""
    facts = table(
        tmp_path,
        "source,date,event,author,url,section",
        'Echo/one.txt,2031-06,"palace, night",Ada Vane,https://echo.example/2030/01/02/x,World',
        "Post/one.txt,,,,https://post.example/2031/06/03/x,",
    )
    corpus = read_corpus(pages, metadata=facts)
    rows = {article.row["source"]: article.row for article in corpus.articles}
    echo, post = rows["Echo/one.txt"], rows["Post/one.txt"]
    assert (echo["event"], echo["author"], echo["section"]) == (
        "palace, night",
        "Ada Vane",
        "World",
    )
    assert echo["url"] == "https://echo.example/2030/01/02/x"
    dates = ("date_low", "date_high", "date_kind", "date_evidence")
    assert [echo[d] for d in dates] == ["2031-06-01", "2031-06-30", "user", "2031-06"]
    assert [post[d] for d in dates] == ["2031-06-03", "2031-06-03", "url", "/2031/06/03"]
    assert "event" not in post
    assert [rows["Tribune/one.txt"][d] for d in dates] == [None] * 4
    assert corpus.set_aside == []


def test_a_row_without_a_page_is_named(pages, tmp_path):
    """A typing error in a source would otherwise lose a date silently."""
    facts = table(tmp_path, "source,event", "Echo/one.txt,x", "Echo/won.txt,x")
    corpus = read_corpus(pages, metadata=facts)
    assert corpus.set_aside == [("Echo/won.txt", f"named in {facts}, but there is no such page")]


def test_a_page_that_cant_be_read_isnt_called_missing(pages, tmp_path):
    """It is there; it has one reason, not two."""
    (pages / "Echo" / "empty.txt").write_text("")
    facts = table(tmp_path, "source,event", "Echo/empty.txt,x")
    assert read_corpus(pages, metadata=facts).set_aside == [("Echo/empty.txt", "the file is empty")]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["source,colour,date", "a.txt,red,2031"],
            f": unknown column 'colour'; it may have {COLUMNS_OF_METADATA}",
        ),
        (
            ["file,date", "a.txt,2031"],
            f": unknown column 'file'; it may have {COLUMNS_OF_METADATA}",
        ),
        (
            ["outlet,date", "Echo,2031"],
            f": no column 'source'; it may have {COLUMNS_OF_METADATA}",
        ),
        (
            [""],
            f": no column 'source'; it may have {COLUMNS_OF_METADATA}",
        ),
        (
            ["source,date", "a.txt,2031", "b.txt,June 2031"],
            ", line 3: 'June 2031' is no date; write YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            ["source,date", "a.txt,2031-02-30"],
            ", line 2: '2031-02-30' is no date; write YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            ["source,outlet", "a.txt,Echo", "b.txt,Echo", " a.txt ,Post"],
            ", line 4: 'a.txt' is given twice",
        ),
        (
            ["source,event", "a.txt,palace, night"],
            ", line 2: more cells than columns; "
            "put text that holds a comma between quotation marks",
        ),
    ],
)
def test_a_faulty_metadata_file_is_refused_with_its_line(pages, tmp_path, lines, message):
    """Before any page is read, in one sentence that names the file."""
    facts = table(tmp_path, *lines)
    assert fault(pages, metadata=facts) == facts + message


def test_a_metadata_file_that_isnt_there_or_no_csv_is_named(pages, tmp_path):
    """The path as it was given."""
    path = str(tmp_path / "facts.csv")
    assert fault(pages, FileNotFoundError, metadata=path) == f"no metadata file at {path!r}"
    (tmp_path / "facts.csv").write_bytes(b"source,event\na.txt,\xff\n")
    assert fault(pages, metadata=path).startswith(f"{path} is not a CSV file in UTF-8: ")
    (tmp_path / "facts.csv").write_text('source,event\na.txt,"open\n')
    assert fault(pages, metadata=path).startswith(f"{path} is not a CSV file in UTF-8: ")


def test_metadata_is_read_as_spreadsheets_write_it(tmp_path):
    """With a byte order mark, CRLF, and spaces around cells; empty cells are left out."""
    file = tmp_path / "facts.csv"
    file.write_bytes("\ufeffsource,outlet,event\r\n a.txt , Echo ,\r\nb.txt,,x\r\n".encode())
    assert read_metadata(file) == {"a.txt": {"outlet": "Echo"}, "b.txt": {"event": "x"}}


def test_sources_have_slashes_on_every_system(pages):
    """A metadata file made on one machine fits on another."""
    assert all(os.sep == "/" or os.sep not in source for source in sources(read_corpus(pages)))
    assert all("/" in source for source in sources(read_corpus(pages)))
