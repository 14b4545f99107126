"""The comparing commands: each option reaches its function, and each answer can be read."""

import json

import pandas as pd
import pytest
import typer
from conftest import ROOT
from test_comparison import NEWS
from typer.testing import CliRunner

from biaskit.cli import comparing
from biaskit.measurement import save

THREE = str(ROOT / "corpus" / "sputnik-the-local")

# The commands on their own; `biaskit` holds the same functions among its others.
app = typer.Typer(pretty_exceptions_enable=False)
for command in (comparing.compare, comparing.keywords, comparing.nullcheck, comparing.power):
    app.command()(command)


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> str:
    """A saved set of two outlets, of which Echo uses "coup" more."""
    return str(save(NEWS, tmp_path_factory.mktemp("news")))


def run(*words: str) -> str:
    found = CliRunner().invoke(app, list(words))
    if found.exception:
        raise found.exception
    return found.stdout


def as_json(*words: str) -> dict:
    return json.loads(run(*words, "--json"))


def test_compare_shows_rows_and_the_null_check(news):
    """The planted entry first, and the sentences on what chance would find."""
    shown = run("compare", news, "--permutations", "200", "--runs", "5")
    assert shown.splitlines()[1].startswith("coup\tEcho\tPost\t")
    assert "4 rows, 1 with q below .05" in shown
    assert "Split at random 5 times, article by article, Echo differs from itself in" in shown
    assert "by whole weeks, Echo" in shown


def test_an_outlet_of_one_article_is_compared_without_a_null_check():
    """The Local's one article cannot be split, which is said, and hides no row."""
    found = CliRunner().invoke(app, ["compare", THREE, "--target", "The Local"])
    assert found.exit_code == 0
    assert found.stderr.splitlines()[-1] == (
        "no null check: The Local has one article, too little to split"
    )
    assert "\tThe Local\tSputnik\t" in found.stdout
    assert "Split at random" not in found.stdout


@pytest.mark.parametrize(
    ("option", "column", "value"),
    [
        (["--level", "frame"], "level", "frame"),
        (["--voice", "quoted"], "voice", "quoted"),
        (["--unit", "event"], "n_units_target", 15),
        (["--target", "Post"], "reference", "Echo"),
        (["--by", "section"], "target", "arts"),
    ],
)
def test_an_option_of_compare_reaches_the_table(news, option, column, value):
    """Every one of them changes the answer."""
    plain = as_json("compare", news, "--runs", "0", "--permutations", "0")["rows"][0]
    found = as_json("compare", news, "--runs", "0", "--permutations", "0", *option)["rows"][0]
    assert found[column] == value != plain[column]


def test_events_found_are_events_to_compare_within(news, tmp_path):
    """The file that `biaskit events` writes; what it doesn't name keeps its own event."""
    documents = NEWS.documents["document"]
    file = tmp_path / "events.csv"
    file.write_text("document,event\n" + "".join(f"{one},storm\n" for one in documents[1:]))
    options = (news, "--unit", "event", "--permutations", "0", "--events", str(file))
    found = as_json("compare", *options, "--runs", "0")["rows"][0]
    assert (found["n_units_target"], found["n_units_reference"]) in {(2, 1), (1, 2)}
    for command in ("keywords", "nullcheck"):
        file.write_text("document,event\nnobody,storm\n")
        with pytest.raises(
            ValueError, match="an event of 'nobody', which is none of these 60 documents"
        ):
            run(command, news, "--events", str(file))


def test_compare_stays_within_strata_and_takes_a_seed(news):
    """Several strata with commas; the seed gives p."""
    common = ("compare", news, "--runs", "0", "--permutations", "50")
    found = as_json(*common, "--within", "section,month")["rows"][0]
    assert found["crude"] is not None
    p = [[r["p"] for r in as_json(*common, "--seed", s)["rows"]] for s in ("1", "1", "2")]
    assert p[0] == p[1] != p[2]


def test_compare_writes_all_rows_as_csv_and_shows_some(news, tmp_path):
    """However few are shown."""
    file = tmp_path / "rows.csv"
    options = ("--runs", "0", "--permutations", "0", "-n", "2")
    shown = run("compare", news, *options, "-o", str(file))
    assert len(pd.read_csv(file)) == 4
    assert len([line for line in shown.splitlines() if "\tEcho\tPost\t" in line]) == 2


def test_the_three_articles_are_shown_and_refused_a_test(tmp_path):
    """In words, and nothing that is missing is shown as a number."""
    shown = run("compare", THREE, "--runs", "3")
    assert "Too few (Sputnik 2 documents and The Local 1 document)" in shown
    assert "0 with q below .05" in shown
    assert "nan" not in shown.lower()
    rows = as_json("compare", THREE, "--runs", "0")["rows"]
    assert all(row["p"] is None and row["low"] is None for row in rows)


def test_keywords_lists_terms(tmp_path):
    """With the reference and the least number of hits."""
    shown = run("keywords", THREE, "--target", "Sputnik", "--min-n", "8", "-n", "3")
    assert shown.splitlines()[0].startswith("term\ttarget\treference")
    many, few = (
        as_json("keywords", THREE, "--target", "Sputnik", "--min-n", n)["rows"] for n in ("3", "12")
    )
    assert len(many) > len(few) > 0
    narrated = as_json("keywords", THREE, "--target", "Sputnik", "--voice", "narration")["rows"]
    assert {row["voice"] for row in narrated} == {"narration"}


def test_keywords_says_when_there_is_nothing_to_compare():
    """A sentence instead of an empty table."""
    assert run("keywords", THREE, "--min-n", "9999") == (
        "nothing to compare: no item occurs often enough\n"
    )


def test_nullcheck_has_a_sentence_for_each_outlet_and_split(news):
    """Both outlets, by article, week and event; or one."""
    shown = run("nullcheck", news, "--runs", "3").splitlines()
    assert len(shown) == 6
    found = as_json("nullcheck", news, "--runs", "3", "--outlet", "Post", "--level", "frame")
    assert {(c["outlet"], c["level"], c["runs"]) for c in found["null_checks"]} == {
        ("Post", "frame", 3)
    }


def test_power_is_a_table_and_a_sentence(news):
    """By number of articles; the effect matters."""
    shown = run("power", news, "--runs", "50")
    assert shown.splitlines()[0] == "n_documents\tpower\tlow\thigh"
    assert shown.splitlines()[-1].startswith("To see “all” 1.5 times as often in 80% of studies")
    weak, strong = (
        as_json("power", news, "--runs", "200", "--effect", effect, "--item", "coup", "--level",
                "entry", "--outlet", "Post")["power"][2]["power"]
        for effect in ("1.2", "3")
    )  # fmt: skip
    assert weak < strong


def test_one_outlet_is_refused_in_a_sentence(tmp_path):
    """Which `biaskit` prints without a traceback."""
    from dataclasses import replace

    alone = replace(NEWS, documents=NEWS.documents[NEWS.documents["outlet"] == "Echo"])
    folder = str(save(alone, tmp_path / "alone"))
    with pytest.raises(ValueError) as error:  # noqa: PT011
        run("compare", folder)
    assert str(error.value) == "nothing to compare 'Echo' with; it is the only outlet of this set"
