"""What a user says of pages comes before what is found out from them, and typing errors show."""

import pytest
from conftest import PAGES

from biaskit.corpus import read_corpus
from biaskit.metadata import METADATA, read_metadata, read_sample
from biaskit.reading.records import Fault, Note, Record

COLUMNS_OF_METADATA = "source, outlet, date, event, author, url, section"


def table(tmp_path, *lines: str) -> str:
    file = tmp_path / "facts.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


def fault(path, kind=ValueError, **arguments) -> str:
    """The message with which a reading stops."""
    with pytest.raises(kind) as error:
        read_corpus(path, **arguments)
    return str(error.value)


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
    assert read_corpus(pages, metadata=facts).set_aside == [
        ("Echo/empty.txt", "the file is empty; it should hold an article")
    ]


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


def test_the_columns_are_those_of_the_documents():
    """The message that lists them lists all there are."""
    assert ", ".join(METADATA) == COLUMNS_OF_METADATA


def test_cells_that_are_left_out_at_the_end_are_empty(tmp_path):
    """As editors write them by hand."""
    file = table(tmp_path, "source,outlet,event", "a.txt,Echo", "b.txt")
    assert read_metadata(file) == {"a.txt": {"outlet": "Echo"}, "b.txt": {}}


# ---- samples ---------------------------------------------------------------------------------


def record(source: str, **fields: str) -> Record:
    return Record(source, "text", "text", fields, "utf-8", 4)


@pytest.mark.parametrize(
    ("key", "wanted", "other"),
    [
        ("id", record("x#1", id="7"), record("7", id="8", url="7")),
        ("url", record("x#1", url="7"), record("7", id="7")),
        ("source", record("7", id="8"), record("x#1", id="7", url="7")),
    ],
)
def test_a_sample_takes_the_articles_it_lists(tmp_path, key, wanted, other):
    """By id, address or source; faults and notes concern everybody."""
    sample = read_sample(table(tmp_path, f"outlet,{key}", "Echo, 7 ", "Post,"))
    assert sample.takes(wanted)
    assert not sample.takes(other)
    assert not sample.takes(record("x#2"))
    assert sample.takes(Fault("x#3", "it has no text"))
    assert sample.takes(Note("x", "text from 'body'"))


def test_a_sample_leaves_out_what_it_doesnt_list(pages, tmp_path):
    """Silently, since that is what was asked for."""
    file = table(tmp_path, "source", "Echo/one.txt", "Post/two.txt")
    corpus = read_corpus(pages, only=file)
    assert {a.row["source"] for a in corpus.articles} == {"Echo/one.txt", "Post/two.txt"}
    assert corpus.set_aside == []
    assert len(read_corpus(pages).articles) == len(PAGES)


def test_metadata_of_what_a_sample_leaves_out_is_no_typing_error(pages, tmp_path):
    """Only a page that the sample lists, too, is called missing."""
    facts = table(tmp_path, "source,event", "Echo/one.txt,x", "Echo/two.txt,x", "Echo/won.txt,x")
    missing = ("Echo/won.txt", f"named in {facts}, but there is no such page")
    for lines, aside in {
        ("source", "Echo/one.txt"): [],
        ("source", "Echo/one.txt", "Echo/won.txt"): [missing],
    }.items():
        (tmp_path / "sample.csv").write_text("\n".join(lines) + "\n")
        assert read_corpus(pages, metadata=facts, only=tmp_path / "sample.csv").set_aside == aside


def test_a_list_of_a_sample_that_is_none_is_named(tmp_path):
    """A missing file, one without a column to go by, and one that is no CSV."""
    path = str(tmp_path / "facts.csv")
    assert fault(tmp_path, FileNotFoundError, only=path) == f"no list of a sample at {path!r}"
    table(tmp_path, "document,outlet", "a,Echo")
    assert fault(tmp_path, only=path) == (
        f"{path}: no column of a sample; it needs one of id, url, source"
    )
    (tmp_path / "facts.csv").write_bytes(b"id\n\xff\n")
    assert fault(tmp_path, only=path).startswith(f"{path} is not a CSV file in UTF-8: ")
