"""Which files a user means, what each is called, and in which order they come."""

from pathlib import Path

import pytest

from biaskit.reading.paths import ENDINGS, ending, printable
from biaskit.reading.sources import Fault, Note, Record, records


def read(*paths: Path) -> list:
    return list(records([*paths]))


def faults(found: list) -> list[Fault]:
    return [one for one in found if isinstance(one, Fault)]


def sources(*paths: Path) -> list[str]:
    return [one.source for one in read(*paths) if isinstance(one, Record)]


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"At {name}.")
    return folder


def test_a_folder_is_read_with_all_below_it_in_the_order_of_sources(tmp_path):
    """Hidden files and README.md are left out, and what else is left out is counted."""
    tree(tmp_path, "b/x.txt", "b.txt", "b-c.txt", "a/z/y.TXT", ".git/x.txt", ".x.txt", "README.md")
    tree(tmp_path, "a/style.css", "a/p.pdf", "c.pdf", "Makefile")
    there = sources(tmp_path)
    assert there == ["a/z/y.TXT", "b-c.txt", "b.txt", "b/x.txt"] == sorted(there)
    what = "4 files of kinds that biaskit does not read were left out"
    assert read(tmp_path)[-1:] == [Note(".", f"{what}: .css 1, .pdf 2, without an ending 1")]


def test_a_file_has_its_name_as_its_source(tmp_path):
    tree(tmp_path, "a/x.txt")
    assert sources(tmp_path / "a" / "x.txt") == ["x.txt"]
    assert [x.source for x in records(str(tmp_path / "a" / "x.txt"))] == ["x.txt"]


def test_a_pattern_gives_sources_below_where_it_begins(tmp_path):
    """So a folder can name the outlet; a folder that matches is read."""
    tree(tmp_path, "lantern/x.txt", "lantern/deep/z.txt", "echo/y.txt", "echo/y.csv")
    assert sources(tmp_path / "*" / "*.txt") == ["echo/y.txt", "lantern/x.txt"]
    assert sources(tmp_path / "l*") == ["lantern/deep/z.txt", "lantern/x.txt"]
    every = ["echo/y.txt", "lantern/deep/z.txt", "lantern/x.txt"]
    assert sources(tmp_path / "**" / "*.txt") == every


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path):
    tree(tmp_path, "x[1].txt", "x1.txt")
    assert sources(tmp_path / "x[1].txt") == ["x[1].txt"]


def test_two_files_of_one_name_are_named_from_the_folder_that_holds_both(tmp_path):
    """Two folders named after their outlets then tell the outlets."""
    tree(tmp_path, "lantern/x.txt", "echo/x.txt", "echo/y.txt")
    assert sources(tmp_path / "lantern", tmp_path / "echo") == [
        "echo/x.txt",
        "echo/y.txt",
        "lantern/x.txt",
    ]
    assert sources(tmp_path / "lantern/x.txt", tmp_path / "echo/x.txt") == [
        "echo/x.txt",
        "lantern/x.txt",
    ]


def test_folders_without_namesakes_keep_their_short_sources(tmp_path):
    tree(tmp_path, "one/a.txt", "two/b.txt")
    assert sources(tmp_path / "two", tmp_path / "one") == ["a.txt", "b.txt"]


def test_what_is_given_twice_is_read_once(tmp_path):
    """Also when it lies in a folder that is given, too."""
    tree(tmp_path, "a/x.txt", "a/y.txt", "b.txt", ".hidden.txt")
    inner = tmp_path / "a"
    everything = ["a/x.txt", "a/y.txt", "b.txt"]
    assert sources(tmp_path, inner, inner / "x.txt", tmp_path / "*.txt", tmp_path) == everything
    assert sources(tmp_path, tmp_path / ".hidden.txt") == [".hidden.txt", *everything]


def test_a_file_of_another_kind_that_is_named_is_a_fault(tmp_path):
    """Whoever names it wants it read."""
    tree(tmp_path, "x.docx", "good.txt")
    assert faults(read(tmp_path / "x.docx", tmp_path / "good.txt")) == [
        Fault(
            "x.docx",
            "biaskit does not read files that end so; it reads .csv, .gz, .htm, .html, .json, "
            ".jsonl, .ndjson, .parquet, .tsv, .txt, .warc, .xhtml, .xlsx, .zip",
        )
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one page."""
    return tree(tmp_path, "good.txt")


@pytest.mark.parametrize("name", ["nowhere", "x" * 5_000])
def test_a_path_that_is_not_there_is_an_error_before_anything_is_read(folder, name):
    there = str(folder / name)
    with pytest.raises(FileNotFoundError) as error:
        records([folder, there])
    assert str(error.value) == (
        f"there is no {there!r}; give a file, a folder, or a pattern in quotes"
    )


def test_a_pattern_that_nothing_matches_is_an_error(tmp_path):
    pattern = str(tmp_path / "*.txt")
    with pytest.raises(FileNotFoundError) as error:
        records(pattern)
    assert str(error.value) == f"no file matches {pattern!r}"


def test_a_folder_without_a_file_to_read_is_an_error(tmp_path):
    """It names the endings that would have been read."""
    tree(tmp_path, "x.docx")
    with pytest.raises(ValueError, match="nothing in") as error:
        records(tmp_path)
    assert str(error.value) == (
        f"nothing in {str(tmp_path)!r} is a file that biaskit reads; it reads .csv, .gz, .htm, "
        ".html, .json, .jsonl, .ndjson, .parquet, .tsv, .txt, .warc, .xhtml, .xlsx, .zip"
    )


def test_nothing_given_is_an_error():
    with pytest.raises(ValueError, match=r"^nothing to read; give a file, a folder, or a pattern"):
        records([])


@pytest.mark.parametrize("name", ["a" + ".gz" * 20_000, ".gz", "gz", "", "csv", "a.csv.gz.pdf"])
def test_names_of_any_length_have_an_ending_or_none(name):
    """Names in a zip are a stranger's."""
    assert ending(name) == ""


@pytest.mark.parametrize("known", ENDINGS)
def test_upper_case_does_not_matter(known):
    assert ending(f"x{known.upper()}") == (known if known != ".gz" else "")


def test_a_web_archive_is_unpacked_by_its_own_reader():
    """It is packed page by page."""
    assert ending("crawl.warc.gz") == ending("crawl.warc") == ".warc"


def test_printable_names_stay():
    assert printable("кафе “x” 😀.txt") == "кафе “x” 😀.txt"


def test_namesakes_that_stay_namesakes_are_refused(tmp_path, monkeypatch):
    """Both files are named; there is one folder that holds them all."""
    monkeypatch.setattr("biaskit.reading.paths.printable", lambda name: "same")
    tree(tmp_path, "one/a.txt", "two/b.txt")
    first, second = tmp_path / "one", tmp_path / "two"
    with pytest.raises(ValueError, match="would be") as error:
        records([first, second])
    assert str(error.value) == (
        f"both {str(first / 'a.txt')!r} and {str(second / 'b.txt')!r} would be 'same'; "
        f"give the folder that holds them all"
    )
