"""Each command does its one thing, and says in one sentence what is wrong with its input."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import LEXICON, PAGES, ROOT, without_pictures, write_pages

from biaskit.cli import app, main
from biaskit.corpus import read_corpus
from biaskit.measurement import load, save
from biaskit.measuring import measure

GROUPS = {(g.name,): g.typer_instance for g in app.registered_groups}
COMMANDS = [
    [*group, command.name or command.callback.__name__]
    for group, commands in {(): app, **GROUPS}.items()
    for command in commands.registered_commands
]
NUL = b"\x00\x01\x02 not a text"


@pytest.fixture
def biaskit(monkeypatch, capsys):
    """`biaskit("kwic", "coup")` → status, standard output, standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["biaskit", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in, which holds no ./corpus."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def my_pages(here):
    """Folder per outlet, as the README draws it, and the lexicon to count with."""
    (here / "tiny.toml").write_text(LEXICON, encoding="utf-8")
    return write_pages(here / "my-pages", PAGES)


@pytest.fixture
def my_set(here, measured):
    return save(measured, here / "my-set")


@pytest.fixture
def quick():
    """Pictures take most of the time of a report, and are looked at elsewhere."""
    with without_pictures():
        yield


def everything_in(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# ---- help ------------------------------------------------------------------------------------


def test_the_commands_that_were_promised_are_there():
    """And the tests below look at every command that there is."""
    promised = ["report", "figures", "measure", "kwic", "lexicon list", "lexicon explain"]
    assert {*promised, "validate"} <= {" ".join(command) for command in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_shows_an_example(biaskit, command):
    """A reader can copy a line that begins with the command itself."""
    status, out, err = biaskit(*command, "--help")
    assert (status, err) == (0, "")
    assert f"Example: biaskit {' '.join(command)}" in out
    assert len(out.split("Example:")[0].split()) > 10


@pytest.mark.parametrize("command", [[], ["lexicon"]], ids=["biaskit", "lexicon"])
def test_without_a_command_the_help_is_shown(biaskit, command):
    """Whoever types only the name learns what there is."""
    _, out, err = biaskit(*command)
    assert "Commands:" in out + err
    assert "Usage:" in out + err


def test_the_package_can_be_run():
    """`python -m biaskit` is the same, where no command is on the path."""
    run = [sys.executable, "-m", "biaskit", "kwic", "--help"]
    shown = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert "Example: biaskit kwic" in shown


# ---- what goes right -------------------------------------------------------------------------


def test_measure_reads_a_folder_for_each_outlet(biaskit, my_pages, here):
    """README's layout: the folders name the outlets, and a set lies where it was wanted."""
    status, out, err = biaskit("measure", "my-pages/", "-o", "my-set", "--lexicon", "tiny.toml")
    assert (status, err) == (0, "")
    assert (
        out
        == "5 articles (Echo 2, Post 2, Tribune 1), 0 of them copies, 8 hits, 0 set aside\nmy-set\n"
    )
    measured = load(here / "my-set")
    assert measured.outlets == ["Echo", "Post", "Tribune"]
    assert sorted(measured.documents["source"]) == sorted(PAGES)


def test_measure_equals_the_functions(biaskit, my_pages, here, lexicon):
    """The command line adds nothing to what the library computes."""
    biaskit("measure", "my-pages", "-o", "my-set", "--lexicon", "tiny.toml")
    assert load(here / "my-set").id == measure(read_corpus(my_pages), [lexicon]).id


def test_measure_says_what_it_set_aside(biaskit, my_pages):
    """An empty and a binary file among pages are left out, by name and with the reason."""
    (my_pages / "Echo" / "empty.txt").write_text("\n")
    (my_pages / "Post" / "image.txt").write_bytes(NUL)
    status, out, err = biaskit("measure", my_pages, "-o", "my-set", "--lexicon", "tiny.toml")
    assert status == 0
    assert err == (
        "set aside: Echo/empty.txt: the file is empty; it should hold an article\n"
        "set aside: Post/image.txt: it is a binary file, not text; save it as text or HTML\n"
    )
    assert out.startswith(
        "5 articles (Echo 2, Post 2, Tribune 1), 0 of them copies, 8 hits, 2 set aside\n"
    )


@pytest.mark.slow
def test_metadata_outlet_profiles_and_lexicon_matter(biaskit, my_pages, here):
    """Each option changes the set: date and event, outlet, outlet's name, entries."""
    loose = write_pages(here / "loose", {"one.txt": PAGES["Echo/one.txt"], "two.txt": "x " * 40})
    Path("m.csv").write_text("source,date,event\none.txt,2031-05-04,palace\n")
    Path("profiles").mkdir()
    Path("profiles/gazette.toml").write_text(
        '[outlet]\nname = "The Gazette"\naliases = ["gazette"]\n'
    )
    status, out, _ = biaskit("measure", loose, "-o", "s", "--outlet", "gazette", "--metadata",
                             "m.csv", "--profiles", "profiles", "--lexicon", "tiny.toml",
                             "--lexicon", "framing-en")  # fmt: skip
    assert status == 0
    measured = load(here / "s")
    assert measured.outlets == ["The Gazette"]
    one = measured.documents.set_index("source").loc["one.txt"]
    assert (one["date_low"], one["event"]) == ("2031-05-04", "palace")
    assert {*measured.entries["lexicon"]} == {"tiny", "framing-en"}
    assert "The Gazette 2" in out


@pytest.mark.slow
def test_report_of_a_set_is_written_where_it_is_wanted(biaskit, my_set, here, quick):
    """It prints the path, and nothing else."""
    assert biaskit("report", "my-set", "-o", "my-report.html") == (0, "my-report.html\n", "")
    page = (here / "my-report.html").read_text(encoding="utf-8")
    assert "<h1>How Echo, Post and Tribune word it</h1>" in page
    assert "What do the articles say?" not in page


@pytest.mark.slow
def test_report_shows_the_texts_where_they_are_named(biaskit, my_set, my_pages, here, quick):
    """A set keeps no text, but recognises the pages it was made from."""
    assert biaskit("report", my_set, "--texts", my_pages)[0] == 0
    page = (here / "report.html").read_text(encoding="utf-8")
    assert "What do the articles say?" in page
    assert "the market was full" in page


def test_report_of_pages_needs_no_set(biaskit, my_pages, here, quick):
    """Pages are measured on the spot, and their texts are at hand."""
    assert biaskit("report", "my-pages") == (0, "report.html\n", "")
    assert "the market was full" in (here / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_report_without_a_path_compares_what_comes_with_biaskit(biaskit, here, quick):
    """Outside the repository it finds the comparisons too; the invented texts are shaded."""
    assert biaskit("report") == (0, "report.html\n", "")
    page = (here / "report.html").read_text(encoding="utf-8")
    assert page.count('role="tab"') == 2
    assert page.index("How Sputnik and The Local word it") < page.index(
        "How Harbour Lantern and Northgate Courier word it"
    )
    assert "a tuba, which nobody had come to collect" in page
    assert everything_in(here) == {"report.html"}


@pytest.mark.slow
def test_report_without_a_path_prefers_the_corpus_at_hand(biaskit, here, measured, quick):
    """In a checkout, ./corpus is what is shown."""
    save(measured, here / "corpus" / "invented")
    assert biaskit("report")[0] == 0
    page = (here / "report.html").read_text(encoding="utf-8")
    assert "<h1>How Echo, Post and Tribune word it</h1>" in page
    assert "Sputnik" not in page


@pytest.mark.slow
def test_report_and_figures_without_a_path_are_equal_byte_for_byte(biaskit, here):
    """Run twice, every file is the same, in another process with another hash seed."""
    for name, seed in (("a", "1"), ("b", "2")):
        (here / name).mkdir()
        for command in ("report", "figures"):
            subprocess.run(
                [sys.executable, "-c", "from biaskit.cli import main; main()", command],
                cwd=here / name, check=True, capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
    names = everything_in(here / "a")
    assert names == everything_in(here / "b")
    assert sum(name.endswith(".png") for name in names) >= 2 * 4
    for name in names:
        assert (here / "a" / name).read_bytes() == (here / "b" / name).read_bytes(), name


@pytest.mark.slow
def test_figures_prints_what_it_wrote(biaskit, my_set, here):
    """Every file is printed, each figure in three kinds with its data; what is left out is said."""
    environment = dict(os.environ)
    status, out, err = biaskit("figures", my_set, "-o", "my-figures")
    assert status == 0
    assert os.environ == environment  # a kernel that starts later shows its pictures
    assert all(" is left out: " in line for line in err.splitlines())
    written = out.splitlines()
    assert everything_in(here / "my-figures") == {Path(file).name for file in written}
    assert all(Path(file).is_file() for file in written)
    kinds = Counter(Path(file).suffix for file in written)
    n = kinds[".png"]
    assert n >= 4
    assert kinds == {".png": n, ".svg": n, ".pdf": n, ".csv": n + 1}  # and the index of all


# ---- keyword in context ----------------------------------------------------------------------


def test_kwic_of_an_entry_comes_from_the_set(biaskit, my_set):
    """Every hit with up to three words around it, its article, zone and voice; then the count."""
    status, out, err = biaskit("kwic", "coup", my_set)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[-1] == "4 lines in 3 articles"
    assert [re.search(r"\[(.*)\]", line)[1] for line in lines[:-1]] == [
        "Echo (1); body; quoted",
        "Echo (2); body; narration",
        "Echo (2); body; narration",
        "Post (2); related; narration",
    ]
    starts = {re.search(r"\bcoup\b", line, re.IGNORECASE).start() for line in lines[:-1]}
    assert len(starts) == 1  # the words found stand one under the other


def test_kwic_finds_an_entry_in_any_case_and_by_its_form(biaskit, my_set):
    """COUP, or the words as they stand."""
    assert biaskit("kwic", "COUP", my_set) == biaskit("kwic", "coup", my_set)
    assert biaskit("kwic", "Change of power", my_set)[1] == (
        "The change of power in Velmora was   [Post (1); body; narration]\n1 line in 1 article\n"
    )


def test_kwic_of_another_word_needs_the_texts(biaskit, my_set):
    """A set without its texts cannot know; the message says what would help."""
    assert biaskit("kwic", "harbour", my_set) == (
        2,
        "",
        "biaskit: 'harbour' is no entry found in this set, and its texts are not at hand: a set "
        "keeps only the words around entries; name the pages to look in\n",
    )


@pytest.mark.parametrize("with_set", [True, False], ids=["set and texts", "pages"])
def test_kwic_of_another_word_looks_into_the_texts(biaskit, my_set, my_pages, with_set):
    """ "harbour" stands once in each of three articles, once of them in the headline."""
    arguments = [my_set, "--texts", my_pages] if with_set else [my_pages]
    status, out, _ = biaskit("kwic", "harbour", *arguments)
    assert status == 0
    assert "The new regime has closed the harbour, and nobody was hurt in the coup" in out
    assert "[Echo (1); headline; narration]" in out
    assert out.endswith("3 lines in 3 articles\n")


def test_kwic_without_a_path_looks_into_what_comes_with_biaskit(biaskit, here):
    """README's example; the invented texts are at hand, so any of their words is found, too."""
    status, out, _ = biaskit("kwic", "pretext")
    assert status == 0
    assert "Sputnik, Oct 2016; body; narration" in out
    assert "Harbour Lantern, " in out
    assert "tuba" in biaskit("kwic", "tuba")[1]


def test_kwic_of_a_word_that_is_nowhere_says_so(biaskit, my_pages):
    """Not found is an answer."""
    assert biaskit("kwic", "zebra", my_pages) == (0, "not found\n", "")


# ---- lexicon ---------------------------------------------------------------------------------


def test_lexicon_lists_every_entry_by_frame(biaskit, my_pages):
    """In a pipe: columns set off by tabs, sorted by frame and entry."""
    status, out, err = biaskit("lexicon", "list", "tiny.toml")
    assert (status, err) == (0, "")
    assert out == (
        "frame\tentry\tpattern\tset\tmirror\n"
        "naming/rule\tcoup\tcoup*\tchange\tuprising\n"
        "naming/rule\tuprising\tuprising\tchange\tcoup\n"
        "naming/rulers\tregime\tregime\t\t\n"
        "neutral\tchange-of-power\tchange of power\tchange\t\n"
    )


def test_lexicon_lists_the_shipped_one(biaskit):
    """Without a name it is framing-en, with the words that the project began with."""
    rows = [line.split("\t")[1] for line in biaskit("lexicon", "list")[1].splitlines()[1:]]
    first = "pretext reunification coup regime alleged so-called claimed far-right cosying-up"
    assert {*first.split(), "pro-kremlin", "terrorist-controlled"} <= {*rows}
    assert len(rows) == len({*rows}) >= 80


@pytest.mark.parametrize("words", ["regime", "the REGIME in Velmora", "Regim"])
def test_lexicon_explains_an_entry(biaskit, words):
    """By its id, by words that hold it, or by part of its pattern."""
    status, out, _ = biaskit("lexicon", "explain", words)
    assert status == 0
    assert "regime   (" in out
    for fact in ("presents as given:", "patterns:", "others write:", "found in:", "source:"):
        assert fact in out


def test_lexicon_explains_from_the_lexicon_given(biaskit, my_pages):
    """Another lexicon, another entry."""
    status, out, _ = biaskit("lexicon", "explain", "uprising", "--lexicon", "tiny.toml")
    assert status == 0
    assert out.startswith("uprising   (naming/rule)\n")
    assert "set:               change, as uprising\n" in out


def test_lexicon_says_that_there_is_no_such_entry(biaskit):
    """And where to look."""
    assert biaskit("lexicon", "explain", "zebra") == (
        2, "", "biaskit: no entry for 'zebra' in framing-en; see biaskit lexicon list\n",
    )  # fmt: skip


# ---- what goes wrong -------------------------------------------------------------------------

NO_PATH = "there is no 'nowhere'; give a file, a folder, or a pattern in quotes"
BAD = {
    "a missing path": (["nowhere"], NO_PATH),
    "a pattern that matches nothing": (["nowhere/*.txt"], "no file matches 'nowhere/*.txt'"),
    "an empty folder": (
        ["empty-folder"],
        "nothing in 'empty-folder' is a file that biaskit reads; it reads .csv, .gz, .htm, .html, "
        ".json, .jsonl, .ndjson, .parquet, .tsv, .txt, .warc, .xhtml, .xlsx, .zip",
    ),
    "an empty file": (
        ["Echo/empty.txt"],
        "empty.txt cannot be used: the file is empty; it should hold an article",
    ),
    "a binary file": (
        ["Echo/binary.txt"],
        "binary.txt cannot be used: it is a binary file, not text; save it as text or HTML",
    ),
}


@pytest.fixture
def bad(here):
    """One of everything that cannot be read."""
    (here / "empty-folder").mkdir()
    (here / "Echo").mkdir()
    (here / "Echo" / "empty.txt").write_bytes(b"")
    (here / "Echo" / "binary.txt").write_bytes(NUL)
    (here / "unknown.txt").write_text(PAGES["Echo/one.txt"])
    write_pages(here / "one-outlet", {"Echo/one.txt": PAGES["Echo/one.txt"]})
    return here


COMMANDS_WITH_PAGES = {
    "measure": (["measure"], ["-o", "new/set"]),
    "report": (["report"], ["-o", "new/report.html"]),
    "figures": (["figures"], ["-o", "new/figures"]),
    "kwic": (["kwic", "coup"], []),
}


def refusal(biaskit, bad, arguments):
    """The sentence on standard error, after checking that it is one and nothing was written."""
    before = everything_in(bad)
    status, out, err = biaskit(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("biaskit: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert everything_in(bad) == before
    assert not (bad / "new").exists()
    return err.removeprefix("biaskit: ").removesuffix("\n")


@pytest.mark.parametrize(
    ("command", "what"),
    [("measure", what) for what in BAD]
    + [(command, what) for command in ("report", "figures", "kwic")
       for what in ("a missing path", "an empty file")],
)  # fmt: skip
def test_bad_pages_are_refused_in_one_sentence(biaskit, bad, command, what):
    """Whatever the command: status 2, what is wrong, what would have worked, nothing written."""
    paths, message = BAD[what]
    before, after = COMMANDS_WITH_PAGES[command]
    assert refusal(biaskit, bad, [*before, *paths, *after]) == message


@pytest.mark.parametrize("command", COMMANDS_WITH_PAGES)
def test_a_page_of_an_unknown_outlet_is_refused(biaskit, bad, command):
    """Names the page, the outlets that are known, and the three ways to say whose it is."""
    before, after = COMMANDS_WITH_PAGES[command]
    message = refusal(biaskit, bad, [*before, "unknown.txt", *after])
    known = re.fullmatch(
        r"unknown\.txt cannot be used: no mark of a known outlet \((.*)\) on the page; say whose "
        r"it is with biaskit measure --outlet NAME, a folder for each outlet, or a metadata file",
        message,
    )
    assert known is not None, message
    names = known[1].split(", ")
    assert {"Sputnik", "The Local"} <= {*names} or "Sputnik" in known[1]


def test_an_unknown_outlet_is_measured_once_it_is_named(biaskit, bad):
    """What the message says would work does work."""
    assert biaskit("measure", "unknown.txt", "-o", "s", "--outlet", "My Paper")[0] == 0
    assert load(bad / "s").outlets == ["My Paper"]


def test_a_report_on_one_outlet_is_refused(biaskit, bad):
    """There is nothing to compare."""
    message = refusal(biaskit, bad, ["report", "one-outlet", "-o", "new/report.html"])
    assert message == (
        "nothing to compare 'Echo' with; a report needs articles of two outlets or more"
    )


def test_a_report_on_a_set_of_one_outlet_is_refused(biaskit, bad):
    """The same for a measurement set; the report that stood there stays as it was."""
    biaskit("measure", "one-outlet", "-o", "one-set")
    Path("report.html").write_text("an older report")
    assert refusal(biaskit, bad, ["report", "one-set"]) == (
        "nothing to compare 'Echo' with; a report needs articles of two outlets or more"
    )
    assert Path("report.html").read_text() == "an older report"


ENTRY = '[[entry]]\nid = "coup"\npattern = ["coup"]\nframe = "f"\n'
KEYS = (
    "alternatives, case, counterexamples, examples, frame, gloss, id, language, mirror, near, "
    "not_near, pattern, set, source, towards, unseen, variant"
)
BAD_LEXICONS = {
    "a duplicate id": (
        ENTRY + ENTRY.replace('["coup"]', '["putsch"]'),
        "bad.toml, entry coup: this id is given twice",
    ),
    "an unknown key": (
        ENTRY + 'weight = "3"\n',
        f"bad.toml, entry 1 (coup): unknown key 'weight'; known are {KEYS}",
    ),
    "a missing key": (
        '[[entry]]\nid = "coup"\nframe = "f"\n',
        "bad.toml, entry 1 (coup): the key 'pattern' is missing",
    ),
}


@pytest.mark.parametrize(
    "arguments",
    [
        ["measure", "one-outlet", "-o", "new/set", "--lexicon", "bad.toml"],
        ["lexicon", "list", "bad.toml"],
        ["lexicon", "explain", "coup", "--lexicon", "bad.toml"],
    ],
    ids=["measure", "list", "explain"],
)
@pytest.mark.parametrize("what", BAD_LEXICONS)
def test_a_faulty_lexicon_is_refused_with_the_entry(biaskit, bad, what, arguments):
    """File, entry and key are named before any page is read."""
    entries, message = BAD_LEXICONS[what]
    (bad / "bad.toml").write_text(f'[lexicon]\nname = "bad"\n\n{entries}')
    assert refusal(biaskit, bad, arguments) == message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["measure", "one-outlet", "-o", "new/set", "--lexicon", "framing-xx"],
         "no lexicon 'framing-xx': give a TOML file or one of framing-en, targets-en"),
        (["measure", "one-outlet", "-o", "new/set", "--metadata", "none.csv"],
         "no metadata file at 'none.csv'"),
        (["measure", "one-outlet", "-o", "new/set", "--profiles", "none"],
         "no folder of outlet profiles at 'none'"),
        (["report", "one-outlet", "--texts", "nowhere", "-o", "new/r.html"], None),
        (["validate", "pages", "--gold", "none.jsonl"], "no gold file at 'none.jsonl'"),
    ],
    ids=["lexicon", "metadata", "profiles", "texts", "gold"],
)  # fmt: skip
def test_a_missing_file_is_named(biaskit, bad, arguments, message):
    """Whatever the option it was given for."""
    told = refusal(biaskit, bad, arguments)
    assert message is None or told == message


def test_texts_of_other_pages_are_refused(biaskit, bad, my_set):
    """A set shows only the pages it was made from, never others in their place."""
    write_pages(bad / "other", {"Echo/one.txt": "Another text altogether.\n"})
    message = refusal(biaskit, bad, ["report", my_set, "--texts", "other", "-o", "new/report.html"])
    assert message == (
        f"none of these 1 pages is one that the set {load(my_set).id[:12]} was made from"
    )


def test_a_file_where_the_set_should_go_is_left_alone(biaskit, my_pages, here):
    """-o names a folder; a file of that name is somebody's work."""
    (here / "notes").write_text("mine")
    status, out, err = biaskit("measure", "my-pages", "-o", "notes")
    assert (status, out) == (2, "")
    assert err == "biaskit: 'notes' is a file; a measurement set needs a folder\n"
    assert (here / "notes").read_text() == "mine"


def test_a_damaged_set_is_refused(biaskit, my_set, here):
    """A table cut short is named, not read halfway."""
    file = my_set / "hits.parquet"
    file.write_bytes(file.read_bytes()[:100])
    before = everything_in(here)
    status, out, err = biaskit("report", my_set, "-o", "new/report.html")
    assert (status, out) == (2, "")
    assert err.startswith(f"biaskit: the measurement set in {str(my_set)!r} is damaged: ")
    assert err.count("\n") == 1
    assert everything_in(here) == before


def test_an_unknown_option_is_a_usage_error(biaskit, here):
    """Status 2, and the option is named."""
    status, out, err = biaskit("report", "--colour", "red")
    assert (status, out) == (2, "")
    assert "--colour" in err


# ---- as a process ----------------------------------------------------------------------------


def process(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-c", "from biaskit.cli import main; main()", *map(str, arguments)],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_in_a_pipe_there_is_no_progress_bar(my_pages, here):
    """Standard error stays empty, standard output holds no control character."""
    done = process(here, "measure", "my-pages", "-o", "my-set", "--lexicon", "tiny.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == "5 articles (Echo 2, Post 2, Tribune 1), 0 of them copies, 8 hits, 0 set aside\nmy-set\n"
    )


def test_a_fault_ends_the_process_with_status_two(bad):
    """No traceback, one sentence."""
    done = process(bad, "measure", "nowhere", "-o", "new/set")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"biaskit: {NO_PATH}\n")


def test_the_words_of_kwic_are_cut_by_no_terminal_width(my_set, here):
    """A line of the pipe is a line of the table, however long."""
    done = process(here, "kwic", "coup", my_set)
    assert len(done.stdout.splitlines()) == 5
    assert "\x1b" not in done.stdout
