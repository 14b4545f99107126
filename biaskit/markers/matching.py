"""
Which occurrences are hits?

There are two ways through a text, and they find the same. `Matcher.hits` walks the tokens of
one sentence: it is short, and the measure of what is right. `Matcher.find` takes a whole
text and looks closely only where a pattern may begin; it cuts a sentence into tokens only
where an entry asks for its context. That makes it some ten times faster. `candidates` gives just
the places, to whoever has sentences already.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from biaskit.lexicon import Entry, Lexicon, pattern_words
from biaskit.markers.context import Context, Contexts, Sentences, fitting
from biaskit.markers.scanning import JOINTS, Place, Scanner, is_negated, longest
from biaskit.markers.tree import Tree
from biaskit.tokens import term_of

__all__ = ["Found", "Hit", "Matcher", "find_markers"]


class Hit(NamedTuple):
    """One occurrence: its entry, and its first and last token by number in the sentence."""

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
        self._folded, self._cased = (
            Tree(
                (pattern_words(pattern, case=case), entry)
                for entry in lexicon.entries
                if entry.case == case
                for pattern in entry.pattern
            )
            for case in (False, True)
        )
        self._trees = [t for t in (self._folded, self._cased) if not t.start.ends]
        self._contexts = Contexts(lexicon.entries)
        patterns = ((p, e.case) for e in lexicon.entries for p in e.pattern)
        words = (pattern_words(pattern, case=case) for pattern, case in patterns)
        self._scanner = Scanner(self._trees, words, self._read, skip_negated=skip_negated)

    def hits(self, text: str, tokens: Sequence[tuple[int, int]]) -> list[Hit]:
        """Hits in one sentence, given the positions of its tokens; none overlap, in order."""
        words = [text[start:end] for start, end in tokens]
        places = [
            place
            for tree in self._trees
            for place in self._walk(tree, text, [self._read(tree, w) for w in words], tokens)
        ]
        context = Context(self._contexts, text, tokens)
        chosen = []
        for first, last, n_words, state in places:
            start, end = tokens[first][0], tokens[last][1]
            entry = fitting(state.entries, context, start, end)
            if entry:
                chosen.append((start, end, n_words, entry, Hit(entry, first, last)))
        return [one[-1] for one in longest(chosen)]

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
                if last == len(words) or not _joined(text, tokens[last - 1][1], tokens[last][0]):
                    break
                state = tree.step(state, words[last])

    # ---- a whole text ---------------------------------------------------------------------------

    def claimants(self, words: Sequence[str]) -> list[Entry]:
        """All entries that these words, as a text has them, could be a hit of, by id."""
        words = [word.rstrip("*") for word in words]
        states = (tree.read([self._read(tree, word) for word in words]) for tree in self._trees)
        places = [place for state in states if state for place, _ in state.places]
        return sorted({e.id: e for node in places for e in node.entries}.values(), key=_id)

    def candidates(self, text: str) -> list[int]:
        """
        Where in the text a pattern of the lexicon begins and ends, whatever its context.

        Every hit in any sentence of the text begins at one of these places, so a sentence
        without one need not be walked.
        """
        return sorted({place[0] for place in self._scanner.places(text)})

    def find(self, text: str) -> list[Found]:
        """
        Hits in a text of which each line is a paragraph; none overlap, in order.

        These are the hits of each sentence of each line, at their positions in the text.
        """
        chosen = []
        sentences = Sentences(text, self._contexts)
        for start, end, n_words, state in self._scanner.places(text):
            if n_words > 1 and not sentences.hold(start, end):
                continue
            entry: Entry | None = state.entries[0]
            if entry and (entry.near or entry.not_near):
                entry = fitting(state.entries, sentences.context(start), start, end)
            if entry:
                chosen.append((start, end, n_words, entry))
        return [Found(entry, start, end) for start, end, _, entry in longest(chosen)]


def _id(entry: Entry) -> str:
    return entry.id


def _joined(text: str, end: int, start: int) -> bool:
    """Whether only white space or one hyphen stands between two tokens."""
    between = text[end:start]
    return not between.strip() or (len(between) == 1 and between in JOINTS)


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
