"""One event as each outlet tells it, in one table, silences included."""

from dataclasses import replace

import pandas as pd
import pytest
from conftest import ROOT

from biaskit.corpus import read_corpus
from biaskit.measurement import load
from biaskit.measuring import measure
from biaskit.sidebyside import across_outlets, side_by_side
from biaskit.tables import build

INVENTED = ROOT / "corpus" / "invented"


@pytest.fixture(scope="module")
def told():
    """The invented articles, with their texts."""
    return measure(read_corpus(INVENTED / "pages", metadata=INVENTED / "metadata.csv"))


def rows(table, kind):
    found = table[table["kind"] == kind]
    return {(x.name, x.outlet): (x.n, x.detail) for x in found.itertuples(index=False)}


def test_words_for_one_thing_stand_beside_each_other(told):
    """Lantern: coup twice in its own words; Courier: coup once, in a quotation, and uprising."""
    found = rows(side_by_side(told, "velmora-palace"), "alternation")
    assert found["coup", "Harbour Lantern"] == (2, "narration 2")
    assert found["coup", "Northgate Courier"] == (1, "quoted 1")
    assert found["uprising", "Northgate Courier"] == (1, "narration 1")
    assert found["uprising", "Harbour Lantern"] == (0, "")


def test_every_item_has_a_row_for_every_outlet(told):
    """So that what one leaves out can be seen."""
    table = side_by_side(told, "kestria-bridge")
    assert (table.groupby(["kind", "group", "name"])["outlet"].nunique() == 2).all()
    assert {*table["kind"]} == {"headline", "entry", "alternation", "speaker", "stance"}
    assert (table.groupby(["kind", "group", "name"])["n"].sum() > 0).all()


def test_speakers_and_stances_are_counted(told):
    """Ould speaks in both: the one says that she claimed, the other that she pointed out."""
    table = side_by_side(told, "kestria-bridge")
    speakers = {name for name, _ in rows(table, "speaker")}
    assert any("Ould" in name for name in speakers)
    stances = rows(table, "stance")
    assert "claimed" in stances["doubting", "Harbour Lantern"][1]
    assert "pointed out" in stances["endorsing", "Northgate Courier"][1]


def test_headlines_stand_only_where_the_texts_are(told):
    """A measurement set holds none."""
    assert ("Kestria Votes for Bridge Paid by Tarsk Regime", "Harbour Lantern") in rows(
        side_by_side(told, "kestria-bridge"), "headline"
    )
    without = side_by_side(load(INVENTED), "kestria-bridge")
    assert "headline" not in {*without["kind"]}
    assert len(without)


def test_only_the_event_and_no_copies_count(measured):
    """Echo's and Post's first articles; a copy of one adds nothing."""
    documents = measured.documents.set_index("source")
    first = documents.at["Echo/one.txt", "document"]

    def coups(events, copy_of=None):
        changed = documents.assign(event=pd.Series(events, dtype=object), copy_of=copy_of)
        table = side_by_side(replace(measured, documents=changed.reset_index()), "x")
        return rows(table, "entry")["coup", "Echo"]

    one = {"Echo/one.txt": "x", "Post/one.txt": "x"}
    both = {**one, "Echo/two.txt": "x"}
    assert coups(one) == (2, "narration 2")
    assert coups(both) == (3, "narration 2, quoted 1")
    copy = [first if source == "Echo/two.txt" else None for source in documents.index]
    assert coups(both, copy) == (2, "narration 2")


def test_matches_name_the_event(measured):
    """Where the set knows of none."""
    first = measured.documents["document"][0]
    table = side_by_side(measured, "night", build("decisions", [(first, "night")]))
    assert {*table["outlet"]} == {"Echo"}


def test_an_unknown_event_is_refused_with_those_there_are(told, measured):
    """Up to eight names, those that most outlets tell first."""
    message = r"^no event 'velmora'; this set has .*velmora-palace"
    with pytest.raises(ValueError, match=message):
        side_by_side(told, "velmora")
    with pytest.raises(ValueError, match=r"^no event 'velmora'; this set has none$"):
        side_by_side(measured, "velmora")
    many = measured.documents.assign(event=list("abcde"))
    with pytest.raises(ValueError, match=r"^no event 'x'; this set has a, b, c, d, e$"):
        side_by_side(replace(measured, documents=many), "x")


def test_outlets_become_columns(told):
    """A cell tells number and voices, a dash the silence; the order stays."""
    table = side_by_side(told, "velmora-palace")
    wide = across_outlets(table)
    assert list(wide.columns) == ["kind", "group", "name", "Harbour Lantern", "Northgate Courier"]
    (coup,) = wide[(wide["kind"] == "alternation") & (wide["name"] == "coup")].itertuples(
        index=False
    )
    assert coup[3:] == ("2 (narration 2)", "1 (quoted 1)")
    (new,) = wide[(wide["kind"] == "alternation") & (wide["name"] == "uprising")].itertuples(
        index=False
    )
    assert new[3] == "–"
    assert list(dict.fromkeys(wide["kind"])) == [
        "headline", "entry", "alternation", "speaker", "stance"
    ]  # fmt: skip
