"""Tokens and sentences are positions in the text that was given, and lose nothing of it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaskit.tokens import ABBREVIATIONS, LONGER, sentence_spans, term_of, token_spans

# Letters, figures, marks and odd spaces as news prints them, and whole words that the rules know.
PIECES = ["Mr.", "U.S.", "a.m.", "didn't", "Arlen’s", "far-right", "1,000", "5th", "No.", '"', "“"]
PROSE = st.lists(
    st.sampled_from([*PIECES, *"aZé0_.?!…,;'’”»)]([ -–—\t\n\xa0\u2028"]), max_size=60
).map("".join)


def tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in token_spans(text)]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arlen's mayor", ["Arlen", "'s", "mayor"]),
        ("they’ve said we'd", ["they", "’ve", "said", "we", "'d"]),
        ("didn't can’t", ["did", "n't", "ca", "n’t"]),
        ("far-right, pro-Kremlin", ["far", "right", "pro", "Kremlin"]),
        ("at 9 a.m. in the U.S. Senate", ["at", "9", "a.m.", "in", "the", "U.S.", "Senate"]),
        ("1,000 at 11:57, 3.5", ["1,000", "at", "11:57", "3.5"]),
        ("the 1990s, a 5th", ["the", "1990s", "a", "5th"]),
        ("A321 of G7", ["A321", "of", "G7"]),
        ("the 're-elected' man", ["the", "re", "elected", "man"]),
        ("café — naïve … “so”", ["café", "naïve", "so"]),
        ("__ a_b _", ["a_b"]),
        ("... !? —", []),
        ("", []),
    ],
)
def test_a_token_is_what_a_reader_would_count(text, expected):
    """Words, figures and the treebanks' clitics count; punctuation doesn't."""
    assert tokens(text) == expected


@given(PROSE | st.text())
def test_tokens_join_back_to_the_text(text):
    """Tokens and what stands between them are the text; no letter or figure is between them."""
    spans = token_spans(text)
    pieces, position = [], 0
    for start, end in spans:
        between, token = text[position:start], text[start:end]
        assert not any(c.isalnum() for c in between)
        assert any(c.isalnum() for c in token)
        pieces += [between, token]
        position = end
    assert not any(c.isalnum() for c in text[position:])
    assert "".join(pieces) + text[position:] == text


@given(PROSE | st.text())
def test_tokens_come_in_order_and_hold_no_space(text):
    """No token overlaps another, none is empty, none holds white space."""
    spans = token_spans(text)
    assert all(a < b for a, b in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert not any(c.isspace() for a, b in spans for c in text[a:b])


def test_start_and_end_choose_a_stretch_and_keep_its_positions():
    """A part is cut as such, and its positions are those of the whole text."""
    text = "one two three"
    assert token_spans(text, 4) == [(4, 7), (8, 13)]
    assert token_spans(text, 4, 7) == [(4, 7)]
    assert token_spans(text, 0, 9) == [(0, 3), (4, 7), (8, 9)]


@pytest.mark.parametrize(
    ("token", "term"), [("Coup", "coup"), ("N’T", "n't"), ("n't", "n't"), ("STRASSE", "strasse")]
)
def test_a_term_is_the_casefolded_token_with_straight_apostrophes(token, term):
    """The same word is the same term at the head of a sentence and in curly type."""
    assert term_of(token) == term
    assert term_of("Straße") == "strasse"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("a full stop", ["It rained.", "Arlen slept."]),
        ("a small letter goes on", ["The site arlen.example was down. so it seems."]),
        ("titles end nothing", ["Mr. Ode met Gen. Vane in St. Orlin."]),
        ("titles behind a mark", ['The "Dr. Ode" of the play.']),
        ("initials end nothing", ["J. Ode and A. B. Vane came."]),
        ("an initial before an opener ends", ["He chose plan B.", "The others left."]),
        ("an initial before a name goes on", ["They asked J. A Vane was sent."]),
        ("the pronoun ends", ["Nobody but you and I.", "A dog barked."]),
        ("No. before a figure", ["It was No. 5 on the list."]),
        ("No. before a word", ["The answer was no.", "Nobody moved."]),
        ("an abbreviation before a name", ["The U.S. Senate and the Vane Co. Tower stood."]),
        ("an abbreviation before an opener", ["He left the U.S.", "However, she stayed."]),
        ("a compound abbreviation", ["The mid-Jan. Frost came."]),
        ("an abbreviation before a figure", ["On Jan. 5 it fell.", "By Dec. 7 it rose."]),
        ("an abbreviation before a quotation", ["He runs Vane Inc.", "“Why?", "Who knows.”"]),
        ("a list number ends nothing", ["1. Open the door."]),
        ("a year ends", ["It was 2031.", "Nobody came."]),
        ("a closing mark ends", ["“It rained.”", "Arlen slept."]),
        ("a bracket ends", ["(It rained.)", "Arlen slept."]),
        ("a question", ["Why?", "Nobody knew."]),
        ("a question that goes on", ["“Why?” Asked the mayor."]),
        ("an exclamation that goes on", ["“Stop!” Said the mayor."]),
        ("said without a mark ends", ["Stop!", "Said the mayor: go."]),
        ("dots that trail off", ["It rained … and rained …", "The end."]),
        ("dots before a figure", ["It fell … 3 times a day."]),
        ("a title before an opener's namesake", ["Only Gen. An Lo came."]),
        ("an abbreviation before a quoted figure", ["It was in Jan. “5” or so."]),
        ("several marks", ["What?!", "Nobody knew..."]),
        ("an opening mark", ["It rained.", "‘So what’, she wrote."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(label, expected):
    """Each rule has a text that made it necessary."""
    assert sentences(" ".join(expected)) == expected, label


def test_no_abbreviation_is_as_long_as_what_is_taken_for_a_word_unseen():
    """A full stop after so many letters ends a sentence without a look at the abbreviations."""
    assert max(map(len, ABBREVIATIONS)) < LONGER
    assert sentences("Only Messrs. Ode came. Approx. Vane came.") == [
        "Only Messrs. Ode came.",
        "Approx. Vane came.",
    ]


def test_a_line_break_after_a_mark_ends_a_sentence_whatever_follows():
    """Even an abbreviation or a small letter doesn't reach over a line break."""
    assert sentences("Seen by Mr.\node of Arlen") == ["Seen by Mr.", "ode of Arlen"]
    assert sentences("Seen by Mr. ode of Arlen") == ["Seen by Mr. ode of Arlen"]


def test_white_space_around_a_paragraph_is_no_sentence():
    """A sentence begins and ends with something to read."""
    assert sentence_spans("  It rained. \xa0 ") == [(2, 12)]
    assert sentence_spans(" \t\n ") == []
    assert sentence_spans("") == []


def test_start_and_end_bound_the_sentences():
    """A part is cut as such, and its positions are those of the whole text."""
    text = "It rained. Arlen slept. It rained."
    assert sentence_spans(text, 11) == [(11, 23), (24, 34)]
    assert sentence_spans(text, 11, 23) == [(11, 23)]
    assert sentence_spans(text, 0, 16) == [(0, 10), (11, 16)]


@given(PROSE | st.text())
def test_sentences_hold_everything_but_white_space(text):
    """They come in order, touch or leave white space between them, and have none at their ends."""
    position = 0
    for start, end in sentence_spans(text):
        assert not text[position:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("noise", [".", "a.", "?!", "' ", "“", "n't"])
def test_time_grows_with_the_text_and_no_faster(noise):
    """A leader of 40,000 dots, or any other run of marks, is over at once."""
    text = f"A line{noise * 20_000}of noise"
    began = time.process_time()
    token_spans(text)
    sentence_spans(text)
    assert time.process_time() - began < 1.5
