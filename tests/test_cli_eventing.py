"""`biaskit events` and `biaskit side-by-side` say what was matched, and take decisions back."""

import pandas as pd
import pytest
import typer
from conftest import ROOT
from typer.testing import CliRunner

from biaskit.cli.eventing import events, side_by_side

INVENTED = str(ROOT / "corpus" / "invented")

PAGES = pd.DataFrame(
    [
        ("e1", "Echo", "2031-05-04", "Flood closes the bridge at Harrowby",
         "The river Tarn rose over the bridge at Harrowby. Two hundred people left their homes."),
        ("p1", "Post", "2031-05-04", "Harrowby bridge under water",
         "Two hundred people left their homes when the river Tarn rose over the bridge there."),
        ("p2", "Post", None, "Harrowby bridge is still under water",
         "Two hundred people left their homes in Harrowby when the river Tarn rose over the bridge "
         "and stayed there for the night, and nobody could say when it would fall again."),
        ("e2", "Echo", "2031-05-04", "Apple growers expect a late harvest",
         "Cold nights held the blossom back, say growers in Kestria, who sell much of it abroad."),
    ],
    columns=["id", "outlet", "date", "title", "text"],
)  # fmt: skip


@pytest.fixture
def run():
    """Runs a command of an app that has these two, and returns its output."""
    app = typer.Typer()
    app.command("events")(events)
    app.command("side-by-side")(side_by_side)

    def run(*arguments):
        found = CliRunner().invoke(app, [str(x) for x in arguments])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found.output

    return run


@pytest.fixture
def pages(tmp_path):
    file = tmp_path / "pages.csv"
    PAGES.to_csv(file, index=False)
    return file


def test_a_set_names_its_events(run):
    """Those that the metadata give are kept, with words, dates and outlets beside them."""
    told = run("events", INVENTED)
    assert "12 articles, 6 events, 6 told by several outlets" in told
    (line,) = [x for x in told.splitlines() if x.startswith("dunmere-dam")]
    assert "Harbour Lantern, Northgate Courier\t2031-10-08 to 2031-10-09\t" in line


def test_pages_are_matched_by_words_and_dates(run, pages):
    """The flood is told twice; what has no date is listed, and joined when asked for."""
    told = run("events", pages)
    assert "4 articles, 3 events, 1 told by several outlets" in told
    assert "alike, but no dates that agree" in told
    assert "4 articles, 2 events, 1 told by several outlets" in run("events", pages, "--undated")


def test_events_of_one_article_are_shown_on_request(run, pages):
    """They are no comparison, and there are many of them."""
    assert "apple" not in run("events", pages)
    assert "apple" in run("events", pages, "--all")


def test_saved_decisions_are_edited_and_read_back(run, pages, tmp_path):
    """The file names each document's event; what it says wins."""
    file = tmp_path / "events.csv"
    assert str(file) in run("events", pages, "--save", file)
    decisions = pd.read_csv(file)
    assert list(decisions["document"]) == ["e1", "e2", "p1", "p2"]
    decisions["event"] = ["flood", "apples", "bridge", "flood"]
    decisions.to_csv(file, index=False)
    told = run("events", pages, "--decisions", file, "--all")
    assert [line.split("\t")[:2] for line in told.splitlines()[1:4]] == [
        ["apples", "1"],
        ["bridge", "1"],
        ["flood", "2"],
    ]


def test_one_event_stands_side_by_side(run):
    """A column for each outlet, in the sets that come with biaskit or in the one that is named."""
    told = run("side-by-side", "velmora-palace", INVENTED, "--texts", f"{INVENTED}/pages")
    assert told.splitlines()[0] == "kind\tgroup\tname\tHarbour Lantern\tNorthgate Courier"
    assert "\tGenerals Seize Palace in Velmora Coup\t1\t–" in told
    assert "\tcoup\t2 (narration 2)\t1 (quoted 1)" in told
    without = run("side-by-side", "velmora-palace", INVENTED)
    assert "Generals Seize" not in without
    assert "Generals Seize" in run("side-by-side", "velmora-palace")


def test_decisions_name_the_event_to_show(run, tmp_path):
    """An event that only the file knows of."""
    matched = tmp_path / "events.csv"
    run("events", INVENTED, "--save", matched)
    text = matched.read_text(encoding="utf-8").replace("skerry-vote", "counted-by-lamp")
    matched.write_text(text, encoding="utf-8")
    told = run("side-by-side", "counted-by-lamp", INVENTED, "--decisions", matched)
    assert "so-called" in told


def test_an_event_that_is_not_there_is_refused(run):
    """With those there are."""
    with pytest.raises(ValueError, match=r"^no event 'ball'; this set has dunmere-dam, harrowby"):
        run("side-by-side", "ball", INVENTED)
