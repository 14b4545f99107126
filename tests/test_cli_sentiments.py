"""The commands on targets, collocates and citation read a set and write what was computed."""

import json

import pandas as pd
import pytest
import typer
from conftest import PAGES, write_pages
from typer.testing import CliRunner

from biaskit.citation import bibtex, methods_paragraph, references
from biaskit.cli.sentiments import cite, collocates, targets
from biaskit.collocation import collocate_differences
from biaskit.collocation import collocates as collocates_of
from biaskit.corpus import read_corpus
from biaskit.measurement import load, save
from biaskit.measuring import measure
from biaskit.targets import sentiment_differences, target_sentiment

LANDS = """\
[lexicon]
name = "lands"
[[entry]]
id = "velmora"
pattern = ["Velmora"]
frame = "target/country"
"""

commands = typer.Typer()
for command in (cite, collocates, targets):
    commands.command()(command)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, lexicon):
    """The invented pages, measured with the tiny lexicon and one target, and saved."""
    home = tmp_path_factory.mktemp("cli")
    (home / "lands.toml").write_text(LANDS)
    pages = write_pages(home / "pages", PAGES)
    save(measure(read_corpus(pages), [lexicon, home / "lands.toml"]), home / "set")
    return home


@pytest.fixture
def run(folder, monkeypatch):
    """Run a command in the folder of the set; gives what it writes."""
    monkeypatch.chdir(folder)

    def running(*arguments):
        return CliRunner().invoke(commands, [*map(str, arguments)])

    return running


def rows_of(output):
    """Lines between tabs as rows, by the first line's names."""
    head, *lines = output.splitlines()
    return [
        dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines if "\t" in line
    ]


def same(output, table):
    """Whether JSON holds the table."""
    found = pd.DataFrame(json.loads(output))
    assert found.columns.tolist() == table.columns.tolist()
    pd.testing.assert_frame_equal(
        found.astype(object).where(found.notna(), None),
        table.astype(object).where(table.notna(), None).reset_index(drop=True),
        check_dtype=False,
    )


# ---- collocates ------------------------------------------------------------------------------


def test_collocates_lists_what_stands_beside_an_entry(run, folder):
    """The table of the function, column by column."""
    done = run("collocates", "set", "velmora", "--min-n", 1)
    table = collocates_of(load(folder / "set"), "velmora", min_n=1)
    found = rows_of(done.stdout)
    assert done.exit_code == 0
    assert [row["term"] for row in found] == table["term"].tolist()
    assert found[0]["log_dice"] == f"{table['log_dice'].iloc[0]:.3g}"


def test_collocates_compares_two_outlets_where_one_is_named(run, folder):
    """With a note where there are too few documents."""
    options = ["--min-n", 1, "--target", "Echo", "--reference", "Post"]
    found = rows_of(run("collocates", "set", "velmora", *options).stdout)
    table = collocate_differences(load(folder / "set"), "velmora", "Echo", "Post", min_n=1)
    assert [row["term"] for row in found] == table["term"].tolist()
    assert {row["p"] for row in found} == {""}
    assert "below 5 a side" in found[0]["note"]


def test_collocates_gives_the_whole_table_as_json(run, folder):
    """On one line, missing as null."""
    done = run("collocates", "set", "velmora", "--min-n", 1, "--json")
    same(done.stdout, collocates_of(load(folder / "set"), "velmora", min_n=1))


@pytest.mark.parametrize("option", [["--function-words"], ["--voice", "quoted"], ["--min-n", 2]])
def test_every_option_of_collocates_matters(run, option):
    """Changing it changes the answer."""
    plain = ["collocates", "set", "velmora", "--min-n", 1]
    assert run(*plain, *option).stdout != run(*plain).stdout


def test_collocates_says_when_nothing_is_that_frequent(run):
    """Rather than a table without rows."""
    assert run("collocates", "set", "velmora", "--min-n", 99).stdout == "nothing found that often\n"


def test_an_entry_that_is_not_there_is_a_sentence(run):
    """Which `main` writes and ends with 2."""
    done = run("collocates", "set", "velmara")
    assert str(done.exception).startswith("no entry 'velmara' in the articles of this set; they ")


# ---- targets ---------------------------------------------------------------------------------


def test_targets_lists_sentences_that_mention_a_target(run, folder):
    """Their title says so, and the agreement with people stands below."""
    done = run("targets", "set")
    table = target_sentiment(load(folder / "set"))
    found = rows_of(done.stdout)
    assert [(row["outlet"], row["measure"]) for row in found] == [
        *zip(table["outlet"], table["measure"], strict=True)
    ]
    assert found[0]["n_sentences"] == str(table["n_sentences"].iloc[0])
    assert "people's reading of the target itself" in done.stdout
    same(run("targets", "set", "--json").stdout, table)


def test_targets_compares_the_outlets_on_one_target(run, folder):
    """Every pair, in the voice that is asked for."""
    table = sentiment_differences(load(folder / "set"), mentions="velmora")
    for voice in ("all", "quoted"):
        expected = table[table["voice"] == voice]
        same(run("targets", "set", "velmora", "--voice", voice, "--json").stdout, expected)
    found = rows_of(run("targets", "set", "velmora").stdout)
    assert len(found) == 3 * 3
    assert "agreement" not in found[0]


def test_targets_can_be_of_one_voice(run, folder):
    """The voice of the mention."""
    table = target_sentiment(load(folder / "set"), voice="narration")
    same(run("targets", "set", "--voice", "narration", "--json").stdout, table)


def test_clauses_need_the_texts(run):
    """Named, they are scored; unnamed, that is a sentence."""
    done = run("targets", "set", "--clauses", "--texts", "pages")
    assert done.exit_code == 0
    assert "0.555" in done.stdout
    refused = run("targets", "set", "--clauses")
    assert str(refused.exception).startswith("clauses are scored from the texts")
    both = run("targets", "set", "velmora", "--clauses", "--texts", "pages")
    assert str(both.exception) == "--clauses is for the list of targets; name no target with it"


def test_a_voice_that_is_none_is_a_sentence(run):
    """Before anything is read."""
    assert str(run("targets", "nowhere", "--voice", "loud").exception).startswith("no voice 'loud'")


# ---- cite ------------------------------------------------------------------------------------


def test_cite_writes_the_paragraph_and_the_references(run, folder):
    """The paragraph, a blank line, a reference a line."""
    measured = load(folder / "set")
    paragraph, blank, *works = run("cite", "set").stdout.splitlines()
    assert paragraph == methods_paragraph(measured)
    assert blank == ""
    assert works == [str(work) for work in references(measured)]


def test_cite_writes_bibtex_alone(run, folder):
    """To be put into a file."""
    assert run("cite", "set", "--bibtex").stdout == bibtex(references(load(folder / "set")))


def test_cite_adds_the_works_of_what_was_done(run):
    """As often as methods are named."""
    done = run("cite", "set", "--method", "collocation", "--method", "shifts").stdout
    assert "Rychlý" in done
    assert "Gallagher" in done
    assert "Rychlý" not in run("cite", "set").stdout
