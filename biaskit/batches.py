"""
Where do the zones, sentences, tokens and voices of many articles lie?

Articles are measured a few hundred at a time, because what is counted in arrays costs the
same call for one article as for all of them. A batch lays its articles end to end, sorted by
their ids, and gives every stretch and every token a place on that line; which zone, sentence
or voice a token is in is then one sorted search. Nothing is shown in these places: tables
hold positions in the article's own text.

How articles fall into batches changes no table: an article's rows depend on it alone.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from biaskit.articles import Article
from biaskit.exposure import short_name
from biaskit.pages import readable
from biaskit.sentiment.chunks import Cut
from biaskit.tables import VOICES, ZONES
from biaskit.tokens import sentence_spans
from biaskit.tokentable import Chunker, Chunks, Cutter, Tokens
from biaskit.voice import Span, Tagger

__all__ = ["VOICE_ORDER", "ZONE_ORDER", "Batch", "Reader", "Stretches", "ranked", "tally"]

# By name, so that numbers sort as the tables do.
ZONE_ORDER = tuple(sorted(ZONES))
VOICE_ORDER = tuple(sorted(VOICES))
NARRATION = VOICE_ORDER.index("narration")


class Stretches(NamedTuple):
    """Parts of the articles, in order, none overlapping another; one array place each."""

    article: np.ndarray
    start: np.ndarray  # in code points of the article
    end: np.ndarray
    begins: np.ndarray  # the same on the line of all articles
    ends: np.ndarray
    label: np.ndarray  # zone or voice, as a number in ZONE_ORDER or VOICE_ORDER

    @property
    def number(self) -> np.ndarray:
        """Number of each stretch within its article, from 0."""
        return np.arange(len(self.article)) - np.searchsorted(self.article, self.article)

    def holding(self, places: np.ndarray) -> np.ndarray:
        """Number of the stretch that each place on the line is in; -1 where it is in none."""
        found = np.searchsorted(self.begins, places, side="right") - 1
        inside = (found >= 0) & (places < np.append(self.ends, 0)[found])
        return np.where(inside, found, -1)


class Batch(NamedTuple):
    """Some articles, sorted by document id, and where everything in them lies."""

    articles: list[Article]
    texts: list[str]
    begins: np.ndarray  # place of each text on the line
    chunks: Chunks
    zones: Stretches
    sentences: Stretches
    spans: Stretches
    found: list[Span]  # the spans themselves
    tokens: Tokens
    places: np.ndarray  # of the tokens' first characters
    token_zone: np.ndarray  # label
    token_voice: np.ndarray  # label
    token_sentence: np.ndarray  # number in `sentences`

    def cut_sentences(self) -> tuple[Cut, np.ndarray]:
        """The sentences by their chunks, and the numbers of those that part a chunk."""
        begins, chunks = self.sentences.begins, self.chunks
        places = self.begins[chunks.text] + chunks.start
        inside = self.sentences.holding(places) >= 0
        starts = np.searchsorted(places[inside], np.append(begins, self.sentences.ends[-1:]))
        starts = np.append(starts, 0)[: len(begins) + 1]
        parted = np.flatnonzero(~np.isin(begins, places))
        both = np.unique([parted - 1, parted])
        return Cut(chunks.kinds, chunks.kind[inside], starts), both[both >= 0]

    def sentence_in_line(self) -> np.ndarray:
        """Of each token the number of its sentence, where one that zones part counts as one."""
        article, start, end, begins = self.sentences[:4]
        zone = self.zones.holding(begins)
        goes_on = np.zeros(len(article), bool)
        parted = (zone[1:] != zone[:-1]) & (article[1:] == article[:-1])
        for i in np.flatnonzero(parted).tolist():
            goes_on[i + 1] = "\n" not in self.texts[article[i]][end[i] : start[i + 1]]
        return (np.arange(len(article)) - np.cumsum(goes_on))[self.token_sentence]


class Reader:
    """Reads batches of articles; it remembers chunks, so one that is kept is faster."""

    def __init__(self) -> None:
        self.chunker, self.cutter, self.tagger = Chunker(), Cutter(), Tagger()

    def read(self, articles: Sequence[Article]) -> Batch:
        """Cut some articles into sentences and tokens and find whose voice each token is in."""
        articles = sorted(articles, key=lambda article: article.row["document"])
        texts = [readable(article.text) for article in articles]
        # One further between two articles, so that no stretch ends where another article begins.
        line = np.cumsum([0, *(len(text) + 1 for text in texts)])
        parts = [[(zone.start, zone.end, zone.zone) for zone in a.zones] for a in articles]
        cut = [
            [sentence_spans(text, start, end) for start, end, _ in own]
            for text, own in zip(texts, parts, strict=True)
        ]
        chunks = self.chunker.split(texts)
        found = self._voices(texts, chunks, parts, cut)
        zones = _stretches(
            ((i, start, end, ZONE_ORDER.index(zone)) for i, own in enumerate(parts)
             for start, end, zone in own),
            line,
        )  # fmt: skip
        sentences = _stretches(
            ((i, *span, ZONE_ORDER.index(zone)) for i, own in enumerate(parts)
             for (_, _, zone), spans in zip(own, cut[i], strict=True) for span in spans),
            line,
        )  # fmt: skip
        spans = _stretches(
            ((i, x.start, x.end, VOICE_ORDER.index(x.voice)) for i, own in enumerate(found)
             for x in own),
            line,
        )  # fmt: skip
        tokens = self.cutter.cut(chunks)
        places = tokens.start + line[tokens.text]
        inside = spans.holding(places)
        sentence = sentences.holding(places)
        return Batch(
            articles,
            texts,
            line[:-1],
            chunks,
            zones,
            sentences,
            spans,
            [span for own in found for span in own],
            tokens,
            places,
            sentences.label[sentence],
            np.where(inside < 0, NARRATION, np.append(spans.label, NARRATION)[inside]),
            sentence,
        )

    def _voices(
        self, texts: list[str], chunks: Chunks, parts: list[list], cut: list[list]
    ) -> list[list[Span]]:
        found = self.tagger.tag(texts, chunks, parts, cut)
        return [[_with_short_name(span) for span in own] for own in found]


def _with_short_name(span: Span) -> Span:
    name = short_name(span.speaker)
    return span if name == span.speaker else span._replace(speaker=name)


def _stretches(rows: Iterable[tuple[int, int, int, int]], line: np.ndarray) -> Stretches:
    article, start, end, label = np.array(list(rows), "i8").reshape(-1, 4).T
    return Stretches(article, start, end, start + line[article], end + line[article], label)


def tally(*columns: tuple[np.ndarray, int]) -> tuple[list[np.ndarray], np.ndarray]:
    """
    The distinct rows of some columns of numbers, sorted, and how often each occurs.

    Each column comes with the count of its numbers, which are 0 and up.

    >>> tally((np.array([1, 0, 1]), 2), (np.array([2, 0, 2]), 3))
    ([array([0, 1]), array([0, 2])], array([1, 2]))
    """
    key = np.zeros(len(columns[0][0]), "i8")
    for numbers, size in columns:
        key = key * size + numbers
    key, n = np.unique(key, return_counts=True)
    distinct: list[np.ndarray] = []
    for _, size in reversed(columns):
        key, numbers = np.divmod(key, max(size, 1))
        distinct.insert(0, numbers)
    return distinct, n


def ranked(names: Sequence[str], numbers: np.ndarray) -> tuple[list[str], np.ndarray]:
    """
    Those of the names that `numbers` use, in alphabetical order, and the numbers in it.

    >>> ranked(["b", "c", "a"], np.array([2, 0, 2]))
    (['a', 'b'], array([0, 1, 0]))
    """
    used, number = np.unique(numbers, return_inverse=True)
    own = [names[i] for i in used.tolist()]
    order = sorted(range(len(own)), key=own.__getitem__)
    rank = np.empty(len(used), "i8")
    rank[order] = np.arange(len(used))
    return [own[i] for i in order], rank[number]
