"""What is the article on an HTML page, and what would its text dump hold?"""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaskit.webpages import text_of_dump, text_of_html

PARAGRAPHS = [
    "The fishermen of Velmora were out at sea on the first morning after the storm, and the "
    "market on the hill was full of people who had not met since the spring.",
    "Nobody in the old town knew who had opened the gates of the harbour, but the boats came in "
    "one after the other, and the children counted them from the wall.",
    "In the evening there was music in the park, the trains were on time for once, and the mayor "
    "said that the shops would stay open until midnight all week.",
]
PAGE = f"""\
<!DOCTYPE html>
<html><head><title>Harbour Opens Again</title><style>p {{ color: red }}</style>
<script>var coup = "a coup in a script";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>Harbour Opens Again in Velmora</h1>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></article></main>
<section class="comments"><h2>Comments</h2>
<p>First! What a coup this article is, I say.</p></section>
<footer><p>All rights reserved. Imprint. Cookie settings.</p></footer>
<noscript>Please switch on scripts.</noscript></body></html>
"""


def test_the_article_is_found_paragraph_by_paragraph():
    """Each paragraph is a line of its own, in order and to the letter."""
    lines = text_of_html(PAGE).split("\n")
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS


@pytest.mark.parametrize(
    "words", ["Cookie settings", "What a coup", "a coup in a script", "World", "color"]
)
def test_what_stands_around_the_article_is_left_out(words):
    """Menu, comments, footer, script and style are not the outlet's article."""
    assert words not in text_of_html(PAGE)


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<html><body><script>coup()</script></body></html>"]
)
def test_a_page_without_an_article_has_no_text(html):
    """Nothing found is an empty text, not a fault."""
    assert text_of_html(html) == ""


# ---- dumps -----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _beautiful_soup():
    pytest.importorskip("bs4", reason="page dumps need beautifulsoup4")


def test_a_dump_holds_the_whole_page_block_by_block():
    """Menu, article, comments and footer, each on a line; nothing left out."""
    lines = [line for line in text_of_dump(PAGE).split("\n") if line]
    assert lines == [
        "Home",
        "World",
        "Harbour Opens Again in Velmora",
        *PARAGRAPHS,
        "Comments",
        "First! What a coup this article is, I say.",
        "All rights reserved. Imprint. Cookie settings.",
    ]


@pytest.mark.parametrize("words", ["a coup in a script", "color", "switch on scripts", "<p>"])
def test_a_dump_holds_nothing_that_a_browser_does_not_show(words):
    """No script, no style, no tag, no text for browsers without scripts."""
    assert words in PAGE
    assert words not in text_of_dump(PAGE)


def test_words_inside_a_paragraph_stay_on_its_line():
    """Links and bold words do not break a line, a line break does; spaces are one space."""
    html = "<p>The <b>coup</b>  in <a href='x'>Velmora</a>\tbegan. </p><p>It<br>ended.</p>"
    lines = [line for line in text_of_dump(html).split("\n") if line]
    assert lines == ["The coup in Velmora began.", "It", "ended."]


def test_words_after_a_block_stand_on_a_line_of_their_own():
    """Text that follows a paragraph without a tag of its own does not run into it."""
    lines = text_of_dump("<div>One.<p>Two.</p>Three.</div>Four.").split("\n")
    assert [line for line in lines if line] == ["One.", "Two.", "Three.", "Four."]


def test_entities_are_read_as_characters():
    """A dump is what a reader sees."""
    assert "“Coup” & regime" in text_of_dump("<p>&ldquo;Coup&rdquo; &amp; regime</p>")


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_no_word_of_a_dump_is_lost_or_added(words):
    """Whatever the words, all come out, in order, with at most one blank line between blocks."""
    text = text_of_dump("".join(f"<div><p>{word}</p></div>" for word in words))
    assert text.split() == " ".join(words).split()
    assert not re.search(r"\n{3}|^ | $", text, re.MULTILINE)


def test_dumps_say_what_they_need(monkeypatch):
    """Without beautifulsoup4 the message names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "bs4", None)
    with pytest.raises(ValueError, match="page dumps") as refused:
        text_of_dump("<p>text</p>")
    assert str(refused.value) == (
        "page dumps need beautifulsoup4 and lxml: pip install 'biaskit[dev]'"
    )
