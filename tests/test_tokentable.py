"""The tokens of many texts are those of each text, however often and in whatever company."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaskit import tokentable
from biaskit.tokens import term_of, token_spans
from biaskit.tokentable import Chunker, Cutter, cut

# What tokens are cut at, and every kind of white space.
PIECES = [
    "word",
    "don't",
    "U.S.",
    "Italy’s",
    "far-right",
    "1,000",
    "11:57",
    "_",
    "x_y",
    "—",
    "“",
    "a.m.",
    "ITALY'S",
    "5th",
    "’s",
]
SPACES = [" ", "\n", "\t", "\xa0", "\x1f", "\x85", "\u2009", "\u3000", "\ufeff", "\u200b"]
TEXTS = st.lists(st.sampled_from(PIECES + SPACES) | st.text(max_size=3), max_size=30).map("".join)


def cut_one_by_one(texts: list[str]) -> list[tuple[int, int, int, str]]:
    return [
        (i, start, end, term_of(text[start:end]))
        for i, text in enumerate(texts)
        for start, end in token_spans(text)
    ]


def rows(tokens: tokentable.Tokens) -> list[tuple[int, int, int, str]]:
    numbers = (x.tolist() for x in tokens[:4])
    return [(i, a, b, tokens.terms[term]) for i, a, b, term in zip(*numbers, strict=True)]


@given(st.lists(TEXTS, max_size=4))
def test_tokens_are_those_of_token_spans(texts):
    """To the last one, with their positions and terms."""
    assert rows(cut(texts)) == cut_one_by_one(texts)


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_what_was_cut_before_changes_nothing(texts):
    """A chunk that is known is cut as one that is new."""
    chunker, cutter = Chunker(), Cutter()
    for own in (texts[:1], texts, texts[::-1]):
        assert rows(cutter.cut(chunker.split(own))) == cut_one_by_one(own)


def test_forgetting_changes_nothing(monkeypatch):
    """When too many chunks are known all are forgotten, and numbers begin anew."""
    monkeypatch.setattr(tokentable, "MOST_CHUNKS", 3)
    chunker, cutter = Chunker(), Cutter()
    for texts in (["one two"], ["three four five"], ["six, one"], ["two"]):
        assert rows(cutter.cut(chunker.split(texts))) == cut_one_by_one(texts)
    assert len(cutter.terms) <= 5


def test_a_cutter_serves_any_chunker():
    """Chunks that come by other numbers are cut as what they are."""
    cutter = Cutter()
    for texts in (["one two"], ["two one"]):
        assert rows(cutter.cut(Chunker().split(texts))) == cut_one_by_one(texts)


def test_another_rule_cuts_other_tokens():
    """The places in a chunk and the term of a token are what the cutter is told."""
    letters = Cutter(lambda chunk: [(i, i + 1) for i in range(len(chunk))], str.upper)
    tokens = letters.cut(Chunker().split(["ab a"]))
    assert rows(tokens) == [(0, 0, 1, "A"), (0, 1, 2, "B"), (0, 3, 4, "A")]
    assert letters.number_of("B") == 1
    assert letters.number_of("new") == 2


def test_white_space_is_that_of_split():
    """At every character there is, halves of pairs among them."""
    text = "b".join(map(chr, range(sys.maxunicode + 1)))
    chunks = Chunker().split([text])
    split = text.split()
    assert [chunks.kinds[kind] for kind in chunks.kind] == split
    starts = chunks.start.tolist()
    assert all(text.startswith(c, start) for c, start in zip(split, starts, strict=True))


@pytest.mark.parametrize("texts", [[], [""], ["", " \n"], ["—"]])
def test_no_tokens_are_empty_arrays(texts):
    """An empty text takes its number all the same."""
    tokens = cut(texts)
    assert rows(tokens) == []
    assert all(column.dtype.kind == "i" for column in tokens[:4])


def test_terms_have_one_number_each():
    """Casefolded, with ’ read as '."""
    tokens = cut(["Don’t DON'T"])
    assert [tokens.terms[i] for i in tokens.term] == ["do", "n't"] * 2
    assert np.unique(tokens.term).tolist() == [0, 1]
