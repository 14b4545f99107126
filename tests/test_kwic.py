"""Every number can be traced to its places, as far as the set at hand allows."""

import dataclasses

import pytest

from biaskit.kwic import kwic_lines
from biaskit.tables import COLUMNS


@pytest.fixture
def published(measured):
    """The same set as somebody else has it: without the texts."""
    return dataclasses.replace(measured, texts={})


def lines(table) -> list[tuple]:
    return list(table[["outlet", "left", "node", "right"]].itertuples(index=False, name=None))


def test_without_a_term_every_hit_has_its_line(measured, published):
    """Nothing that was counted is without evidence; outlets, documents and positions in order."""
    shuffled = measured.hits.sample(frac=1, random_state=1)
    for one in (measured, published, dataclasses.replace(measured, hits=shuffled)):
        table = kwic_lines(one)
        assert list(table.columns) == list(COLUMNS["kwic"])
        assert len(table) == len(one.hits) == 8
        places = table[["outlet", "document", "start"]].to_numpy().tolist()
        assert places == sorted(places)


def test_a_line_says_whose_words_they_are_and_where_they_stand(measured):
    """Document, zone, voice, entry and frame come with the words."""
    found = kwic_lines(measured, "coup").set_index("zone")
    link = found.loc["related"]
    assert (link["outlet"], link["voice"], link["node"]) == ("Post", "narration", "Coup")
    assert (link["entry"], link["frame"]) == ("coup", "naming/rule")
    assert kwic_lines(measured, "coup")["voice"].tolist().count("quoted") == 1
    labels = dict(measured.documents[["document", "label"]].to_numpy())
    assert found["label"].tolist() == [labels[d] for d in found["document"]]


def test_with_the_texts_there_are_eight_words_on_either_side(measured):
    """Within the line of the hit, with the marks as they stand."""
    assert sorted(lines(kwic_lines(measured, "coup"))) == [
        ("Echo", "It was a", "coup", '," said the mayor of the old town on'),
        ("Echo", "The", "coup", "in Velmora began at dawn and was over"),
        ("Echo", "the harbour, and nobody was hurt in the", "coup", "."),
        ("Post", "", "Coup", "Leaders Named in Velmora (12"),
    ]


def test_without_the_texts_the_windows_of_the_set_are_shown(published):
    """What the set keeps, and no more."""
    kept, lines = published.hits.set_index(["document", "start"]), kwic_lines(published)
    assert len(lines) == len(kept) == 8
    for row in lines.itertuples():
        hit = kept.loc[(row.document, row.start)]
        assert (row.left, row.node, row.right) == (hit["left"], hit["form"], hit["right"])
        assert len(row.left.split()) <= 3


@pytest.mark.parametrize("term", ["change-of-power", "Change-Of-Power", "change of power"])
def test_an_entry_goes_by_its_id_or_a_form_in_any_case(published, term):
    """Whoever read the words in a report needn't know the id."""
    assert kwic_lines(published, term)["node"].tolist() == ["change of power"]


def test_an_id_stands_for_all_forms_and_a_form_for_itself(published, lexicon):
    """The id comes first where a word is both."""
    hits = published.hits.assign(form=published.hits["form"].replace("uprising", "uprisings"))
    plural = dataclasses.replace(published, hits=hits)
    assert kwic_lines(plural, "uprising")["node"].tolist() == ["Uprising", "uprisings"]
    assert kwic_lines(plural, "uprisings")["node"].tolist() == ["uprisings"]


def test_an_id_with_capitals_is_found(published):
    """A user's lexicon may name its entries as it likes."""
    renamed = {"coup": "The Coup"}
    capital = dataclasses.replace(
        published,
        hits=published.hits.assign(entry=published.hits["entry"].replace(renamed)),
        entries=published.entries.assign(entry=published.entries["entry"].replace(renamed)),
    )
    assert len(kwic_lines(capital, "the coup")) == len(kwic_lines(capital, "The Coup")) == 4


def test_any_other_words_are_looked_up_in_the_texts(measured):
    """Term, voice and zone are found as a hit's are; it belongs to no entry."""
    table = kwic_lines(measured, "harbour")
    assert sorted(table["node"]) == ["Harbour", "harbour", "harbour"]
    assert set(table["zone"]) == {"headline", "body"}
    assert table["entry"].tolist() == [None] * 3
    assert kwic_lines(measured, "it was")["voice"].tolist() == ["quoted", "narration", "narration"]
    assert kwic_lines(measured, "fisher*")["node"].tolist() == ["fishermen"]
    assert list(table.columns) == list(COLUMNS["kwic"])


def test_words_that_dont_occur_give_no_lines(measured):
    """Nothing found is an empty table."""
    table = kwic_lines(measured, "earthquake")
    assert table.empty
    assert list(table.columns) == list(COLUMNS["kwic"])


def test_an_entry_without_hits_gives_no_lines(published):
    """An entry of the lexicon that no outlet uses is an answer, not an error."""
    without = dataclasses.replace(
        published, hits=published.hits[published.hits["entry"] != "regime"]
    )
    assert kwic_lines(without, "regime").empty


def test_other_words_need_the_texts(published):
    """A set keeps only the words around entries, and says so."""
    with pytest.raises(ValueError, match="texts are not at hand") as error:
        kwic_lines(published, "harbour")
    assert str(error.value) == (
        "'harbour' is no entry found in this set, and its texts are not at hand: a set keeps only "
        "the words around entries; name the pages to look in"
    )


@pytest.mark.parametrize("term", ["", " ", "…"])
def test_a_term_without_a_word_is_refused(measured, term):
    """There is nothing to look for in a dash."""
    with pytest.raises(ValueError, match="holds no word") as error:
        kwic_lines(measured, term)
    assert str(error.value) == f"{term!r} holds no word to look for"


def test_the_set_isnt_changed(measured):
    """Lines are made beside the hits, not in them."""
    before = measured.hits.copy()
    kwic_lines(measured)
    assert measured.hits.equals(before)
