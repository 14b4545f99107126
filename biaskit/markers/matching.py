"""
Which occurrences are hits?

There are two ways through a text, and they find the same. `Matcher.hits` walks the tokens of
one sentence: it is short, and the measure of what is right. `Matcher.hits_among` takes the
tokens of many texts at once and looks closely only where a pattern may begin, which makes it
some fifty times faster. `find` is the same for one text that has not been cut.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from biaskit.lexicon import Entry, Lexicon, pattern_words
from biaskit.markers.context import Context, context_tree, fitting
from biaskit.markers.scanning import Place, Scanner, Terms, is_joined, is_negated, longest
from biaskit.markers.tree import Tree
from biaskit.tokens import sentence_spans, term_of
from biaskit.tokentable import Chunker, Cutter, Tokens

__all__ = ["Found", "Hit", "Matcher", "find_markers"]


class Hit(NamedTuple):
    """One occurrence: its entry, and its first and last token by number among those given."""

    entry: Entry
    first: int
    last: int


class Found(NamedTuple):
    """One occurrence: its entry, and where it begins and ends in the text."""

    entry: Entry
    start: int
    end: int


class Matcher:
    """
    The patterns of one lexicon, ready to be looked for.

    Without `skip_negated` a word after anti-, counter- or non- is a hit, too.
    """

    def __init__(self, lexicon: Lexicon, *, skip_negated: bool = True) -> None:
        self.lexicon = lexicon
        self.skip_negated = skip_negated
        self._folded, self._cased, uncased = (
            Tree(
                (pattern_words(pattern, case=as_written), entry)
                for entry in lexicon.entries
                if entry.case == case
                for pattern in entry.pattern
            )
            for case, as_written in ((False, False), (True, True), (True, False))
        )
        self._trees = [t for t in (self._folded, self._cased) if not t.start.ends]
        self._contexts = context_tree(lexicon.entries)
        self._terms, self._context_terms = Terms([self._folded, uncased]), Terms([self._contexts])
        self._scanner = Scanner(self._trees, self._read, skip_negated=skip_negated)
        self._chunker, self._cutter = Chunker(), Cutter()

    def hits(self, text: str, tokens: Sequence[tuple[int, int]]) -> list[Hit]:
        """Hits in one sentence, given the positions of its tokens; none overlap, in order."""
        words = [text[start:end] for start, end in tokens]
        places = [
            place
            for tree in self._trees
            for place in self._walk(tree, text, [self._read(tree, w) for w in words], tokens)
        ]
        terms = [*map(term_of, words)]
        begins = [(i, term, True) for i, term in enumerate(terms)]
        context = Context(self._contexts, begins, terms.__getitem__, len(terms))
        return _chosen(places, lambda first: context)

    def _read(self, tree: Tree, word: str) -> str:
        """A word of the text as the patterns of a tree are written."""
        return term_of(word) if tree is self._folded else word.replace("’", "'")

    def _walk(
        self, tree: Tree, text: str, words: Sequence[str], tokens: Sequence[tuple[int, int]]
    ) -> Iterator[Place]:
        for first, word in enumerate(words):
            state, last = tree.step(tree.start, word), first
            if state and self.skip_negated and is_negated(text, tokens[first][0]):
                continue
            while state:
                if state.entries:
                    yield first, last, last - first + 1, state
                last += 1
                if last == len(words) or not is_joined(text, tokens[last - 1][1], tokens[last][0]):
                    break
                state = tree.step(state, words[last])

    def claimants(self, words: Sequence[str]) -> list[Entry]:
        """All entries that these words, as a text has them, could be a hit of, by id."""
        words = [word.rstrip("*") for word in words]
        states = (tree.read([self._read(tree, word) for word in words]) for tree in self._trees)
        places = [place for state in states if state for place, _ in state.places]
        return sorted({e.id: e for node in places for e in node.entries}.values(), key=_id)

    # ---- many texts at once ---------------------------------------------------------------------

    def hits_among(self, texts: Sequence[str], tokens: Tokens, sentence: np.ndarray) -> list[Hit]:
        """
        Hits in each sentence of some texts; none overlap, in order.

        Parameters
        ----------
        texts : as they are written.
        tokens : all of theirs.
        sentence : of each token the number of the sentence it is in, from 0 upwards.
        """
        inside = np.append(sentence[1:] == sentence[:-1], False)[: len(sentence)]
        alone, longer = self._context_terms.beginnings(tokens, inside)
        may = np.flatnonzero(alone | longer)
        terms = map(tokens.terms.__getitem__, tokens.term[may].tolist())
        begins = [*zip(may.tolist(), terms, longer[may].tolist(), strict=True)]
        edges = np.searchsorted(sentence, np.arange(sentence[-1:].sum() + 2))
        own, edges = np.searchsorted(may, edges).tolist(), edges.tolist()
        context: dict[int, Context] = {}

        def context_of(first: int) -> Context:
            number = sentence.item(first)
            if number not in context:
                here = begins[own[number] : own[number + 1]]
                context[number] = Context(self._contexts, here, term, edges[number + 1])
            return context[number]

        def term(i: int) -> str:
            return tokens.terms[tokens.term.item(i)]

        beginnings = self._terms.beginnings(tokens, inside)
        places = self._scanner.places(texts, tokens, beginnings, inside)
        return _chosen(places, context_of)

    def find(self, text: str) -> list[Found]:
        """Hits in each sentence of a text of which each line is a paragraph, in order."""
        tokens = self._cutter.cut(self._chunker.split([text]))
        starts, position = [], 0
        for line in text.split("\n"):
            starts += [start for start, _ in sentence_spans(text, position, position + len(line))]
            position += len(line) + 1
        sentence = np.searchsorted(starts, tokens.start, side="right")
        return [
            Found(hit.entry, int(tokens.start[hit.first]), int(tokens.end[hit.last]))
            for hit in self.hits_among([text], tokens, sentence)
        ]


def _chosen(places: Iterable[Place], context_of: Callable[[int], Context]) -> list[Hit]:
    """Of all places the hits; `context_of` gives the context of what begins at a token."""
    chosen = []
    for first, last, n_words, state in places:
        entry: Entry | None = state.entries[0]
        if entry and (entry.near or entry.not_near):
            entry = fitting(state.entries, context_of(first), first, last + 1)
        if entry:
            chosen.append((first, last + 1, n_words, entry))
    return [Hit(entry, first, after - 1) for first, after, _, entry in longest(chosen)]


def _id(entry: Entry) -> str:
    return entry.id


@lru_cache(maxsize=16)
def _matcher(lexicon: Lexicon) -> Matcher:
    return Matcher(lexicon)


def find_markers(text: str, lexicon: Lexicon) -> pd.DataFrame:
    """
    Find the entries of a lexicon in plain text; each line is a paragraph.

    >>> from biaskit.lexicon import read_lexicon
    >>> find_markers("The far-right party denounced the coup.", read_lexicon())["form"].tolist()
    ['far-right', 'coup']

    Returns
    -------
    One row per hit, in the order of the text: start, end (code points), entry, frame, form.
    Plain variants of alternation sets (frame `neutral`) are among them.
    """
    rows = [
        (hit.start, hit.end, hit.entry.id, hit.entry.frame, text[hit.start : hit.end])
        for hit in _matcher(lexicon).find(text)
    ]
    return pd.DataFrame(rows, columns=["start", "end", "entry", "frame", "form"])
