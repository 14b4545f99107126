"""One sentence on one word, as a careful author would write it, with the lines it rests on."""

import dataclasses
import re

import pytest
from handmade import entry, handmade, hit

from biaskit.explanation import explain

ECHO = [f"e{i}" for i in range(8)]
POST = [f"p{i}" for i in range(8)]
ENTRIES = [entry("coup", "rule"), entry("mob", "threat"), entry("junta", "rule")]


def made(hits, echo=ECHO, post=POST):
    sizes = [(d, "body", "narration", 990 + 10 * i, 1) for i, d in enumerate([*echo, *post])]
    return handmade({"Echo": echo, "Post": post}, entries=ENTRIES, hits=hits, sizes=sizes)


@pytest.fixture
def measured():
    """Echo: three coups in each article but the first and last, with two; Post: one in four."""
    hits = [hit(d, "coup", start=10 * n) for d in ECHO for n in range(3 - (d in {"e0", "e7"}))]
    hits += [hit(d, "coup") for d in POST[:4]]
    hits += [hit(d, "mob", start=90) for d in ("e1", "e2", "e5", "p1", "p3", "p4")]
    return made(hits)


def test_a_clear_difference_is_said_with_its_counts(measured):
    """Rates, hits, articles, how many times, its interval, and q over what was compared."""
    found = explain(measured, "coup")
    assert found.sentence.startswith(
        "Echo uses “coup” 2.7 times in 1,000 words (22 hits in 8 of 8 articles), "
        "Post 0.45 times in 1,000 words (4 hits in 4 of 8 articles)"
    )
    assert "times as often (95 % interval" in found.sentence
    p, q = re.search(
        r"do this with p = (0\.\d+), and it holds among 2 entries compared \(q = (0\.\d+)\)\.",
        found.sentence,
    ).groups()
    assert 0.0001 <= float(p) <= float(q) < 0.05
    assert len(found.lines) == 26
    assert str(found) == found.sentence


def test_no_difference_is_said_with_the_same_care(measured):
    """A p that chance gives easily is no finding."""
    sentence = explain(measured, "mob").sentence
    assert "articles shuffled between them differ as much (p = " in sentence
    assert "holds" not in sentence


def test_the_outlet_that_uses_it_more_comes_first(measured):
    """Whichever was named the target."""
    assert explain(measured, "coup", "Post", "Echo").sentence.startswith("Echo uses “coup” 2.7")


def test_too_few_articles_are_described_and_not_tested():
    """In words, without a p."""
    few = made([hit("e0", "coup"), hit("p0", "coup")], ["e0", "e1"], ["p0"])
    sentence = explain(few, "coup").sentence
    assert "Too few (Echo 2 documents and Post 1 document)" in sentence
    assert "p =" not in sentence


def test_a_word_that_nobody_uses_is_said_to_be_unused(measured):
    """And rests on no line."""
    found = explain(measured, "junta")
    assert found.sentence == "Neither Echo nor Post uses “junta”."
    assert found.lines.empty


def test_the_voice_is_part_of_the_sentence(measured):
    """What was left out is said."""
    assert (
        "“coup”, in its own voice, 2.7 times"
        in explain(measured, "coup", voice="narration").sentence
    )
    assert explain(measured, "coup", voice="quoted").sentence == (
        "Neither Echo nor Post uses “coup”, in quotations."
    )


def test_what_is_not_there_is_named(measured):
    """An entry that no lexicon has; three outlets and none named."""
    with pytest.raises(ValueError, match=r"^no entry 'cup' in the lexicons of this set; see"):
        explain(measured, "cup")
    documents = measured.documents.copy()
    documents.loc[documents["document"] == "e0", "outlet"] = "Tribune"
    three = dataclasses.replace(measured, documents=documents)
    with pytest.raises(ValueError, match="name the outlet") as error:
        explain(three, "coup")
    assert str(error.value) == (
        "name the outlet to explain 'coup' for; there are Echo, Post, Tribune"
    )
    assert "Echo" in explain(three, "coup", "Echo").sentence


def test_against_all_others_the_lines_are_those_counted(measured):
    """Of every outlet, in the voice and the parts of the page that the sentence is about."""
    documents = measured.documents.copy()
    documents.loc[documents["document"] == "p0", "outlet"] = "Tribune"
    hits = measured.hits.copy()
    hits.loc[hits["document"] == "p1", "zone"] = "caption"
    hits.loc[hits["document"] == "e0", "voice"] = "quoted"
    three = dataclasses.replace(measured, documents=documents, hits=hits)
    lines = explain(three, "coup", "Echo", voice="unquoted").lines
    assert dict(lines["outlet"].value_counts()) == {"Echo": 22 - 2, "Post": 2, "Tribune": 1}
    assert {*lines["zone"]} == {"body"}
    assert {*lines["voice"]} == {"narration"}
