"""Articles lie end to end in a batch, and each finds its own tokens there."""

import numpy as np
import pytest
from conftest import PAGES, write_pages
from hypothesis import given
from hypothesis import strategies as st

from biaskit.annotation import Annotator
from biaskit.articles import Article
from biaskit.batches import VOICE_ORDER, ZONE_ORDER, Reader, Stretches, ranked, tally
from biaskit.corpus import read_corpus
from biaskit.pages import Zone
from biaskit.sentiment import score_sentences
from biaskit.tables import VOICES, ZONES
from biaskit.tokens import token_spans


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    return read_corpus(write_pages(tmp_path_factory.mktemp("pages"), PAGES)).articles


def stretches(*edges: tuple[int, int]) -> Stretches:
    start, end = np.array(edges, "i8").reshape(-1, 2).T
    nothing = np.zeros(len(edges), "i8")
    return Stretches(nothing, start, end, start, end, nothing)


def test_every_place_is_in_the_stretch_that_holds_it():
    """From its first character to before its end; between two it is in none."""
    found = stretches((2, 4), (4, 5), (7, 9)).holding(np.arange(10))
    assert found.tolist() == [-1, -1, 0, 0, 1, -1, -1, 2, 2, -1]
    assert stretches().holding(np.arange(2)).tolist() == [-1, -1]


def test_articles_are_sorted_by_id_and_do_not_touch(articles):
    """So that rows come in the order of the tables, and no token is in two articles."""
    batch = Reader().read(articles[::-1])
    assert [a.row["document"] for a in batch.articles] == [a.row["document"] for a in articles]
    assert (np.diff(batch.places) > 0).all()
    for i, article in enumerate(batch.articles):
        own = batch.tokens.text == i
        spans = [span for z in article.zones for span in token_spans(article.text, z.start, z.end)]
        assert list(zip(batch.tokens.start[own], batch.tokens.end[own], strict=True)) == spans


def test_every_token_has_its_zone_and_sentence(articles):
    """By the article's own zones; a number within the article counts from 0."""
    batch = Reader().read(articles)
    assert (batch.token_sentence >= 0).all()
    for i, article in enumerate(batch.articles):
        for zone in article.zones:
            inside = (batch.tokens.text == i) & (batch.tokens.start >= zone.start)
            inside &= batch.tokens.start < zone.end
            assert {ZONE_ORDER[label] for label in batch.token_zone[inside]} == {zone.zone}
    for i in range(len(articles)):
        own = batch.sentences.number[batch.sentences.article == i]
        assert own.tolist() == list(range(len(own)))


def test_an_article_is_read_the_same_in_any_company(articles):
    """What is said of one does not depend on the others."""
    together = Reader().read(articles)
    for i, article in enumerate(articles):
        alone = Reader().read([article])
        own = together.tokens.text == i
        for name in ("token_zone", "token_voice"):
            assert getattr(alone, name).tolist() == getattr(together, name)[own].tolist()


def cut_up(batch):
    cut, parted = batch.cut_sentences()
    chunks = [cut.kinds[kind] for kind in cut.kind]
    edges = zip(cut.starts[:-1], cut.starts[1:], strict=True)
    return [chunks[a:b] for a, b in edges], parted.tolist()


def test_sentences_are_cut_as_split_cuts_them(articles):
    """The scorers are given the chunks of each sentence and no others."""
    batch = Reader().read(articles)
    places = zip(*(column.tolist() for column in batch.sentences[:3]), strict=True)
    assert cut_up(batch) == ([batch.texts[i][a:b].split() for i, a, b in places], [])
    assert cut_up(Reader().read([])) == ([], [])


def test_a_sentence_that_parts_a_chunk_is_told(articles):
    """ "[LIVE]Ships sail": the opening is a line of its own, without a space behind it."""
    row = {**articles[0].row, "document": "x"}
    text = "Before. [LIVE, good]Good sail.\nAfter."
    edges = [(0, 7), (8, 20), (20, 30), (31, 37)]
    zones = [Zone(start, end, "body", "", None) for start, end in edges]
    article = Article(row, text, zones)
    batch = Reader().read([article])
    assert batch.token_sentence.tolist() == [0, 1, 1, 2, 2, 3]
    assert batch.sentence_in_line().tolist() == [0, 0, 0, 0, 0, 1]
    _, parted = cut_up(Reader().read([article]))
    assert parted == [1, 2]
    table = Annotator([])([article])["sentences"]
    scores = score_sentences([text[start:end] for start, end in edges])
    assert table["vader"].to_pylist() == [score.vader for score in scores]


def test_no_articles_are_an_empty_batch():
    """A part of which all was set aside."""
    batch = Reader().read([])
    assert len(batch.places) == len(batch.sentences.article) == len(batch.texts) == 0


def test_numbers_sort_as_names_do():
    """Or tables would not be in the order of their text columns."""
    assert list(ZONE_ORDER) == sorted(ZONES)
    assert list(VOICE_ORDER) == sorted(VOICES)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=30))
def test_a_tally_counts_each_row(rows):
    """As a Counter does, sorted."""
    columns = np.array(rows, "i8").reshape(-1, 2).T
    (one, two), n = tally((columns[0], 4), (columns[1], 5))
    expected = {row: rows.count(row) for row in sorted({*rows})}
    assert (
        dict(zip(zip(one.tolist(), two.tolist(), strict=True), n.tolist(), strict=True)) == expected
    )
    assert list(zip(one.tolist(), two.tolist(), strict=True)) == list(expected)


@given(st.lists(st.sampled_from("edcba"), min_size=1, max_size=9, unique=True), st.data())
def test_ranks_are_those_of_the_names_in_use(names, data):
    """Each number still stands for its name, and the names are sorted."""
    numbers = data.draw(st.lists(st.integers(0, len(names) - 1), max_size=12))
    used, rank = ranked(names, np.array(numbers, "i8"))
    assert used == sorted({names[i] for i in numbers})
    assert [used[i] for i in rank] == [names[i] for i in numbers]
