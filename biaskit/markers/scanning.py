"""
Where do patterns begin and end in a whole text?

The filter names the few runs of letters at which a pattern may begin. Most of them are whole
tokens, and what a token begins is remembered; beside marks that can stand inside a token
("1,000", "U.S.", "don't") the text around is cut as the tokens are. From there on the tree is
read word by word, by one regular expression that finds the next token if a pattern may go on.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from biaskit.markers.filtering import Filter
from biaskit.markers.tree import MOST_WORDS, State, Tree
from biaskit.tokens import TOKEN, token_spans

__all__ = ["JOINTS", "Place", "Scanner", "is_negated", "longest"]

JOINTS = "-‐‑–'’"  # the apostrophe for "coup d'état"
NEGATING_PREFIXES = frozenset({"anti", "counter", "non"})
LONGEST_PREFIX = max(map(len, NEGATING_PREFIXES))

# Beside these a run of letters may be part of a token: "1,000", "U.S.", "Italy's".
INSIDE_TOKENS = frozenset(".,:'’")

# The next token, if a pattern may go on to it; as it stands rather than after an apostrophe: 's.
FOLLOWING = re.compile(rf"(?:\s+|[{JOINTS}])??({TOKEN.pattern})", re.IGNORECASE)
NO_SPACE = re.compile(r"\S*")

# Where a pattern that may be a hit begins and ends (in characters, or in tokens), its words,
# and the state it leads to. A plain tuple, since most of the time is spent in making these.
Place = tuple[int, int, int, State]


def is_negated(text: str, start: int) -> bool:
    """Whether anti-, counter- or non- stands before this place, as a token of its own."""
    if not start or text[start - 1] not in JOINTS:
        return False
    before = text[max(0, start - LONGEST_PREFIX - 2) : start - 1]
    words = token_spans(before)
    return (
        bool(words)
        and words[-1][1] == len(before)
        and (before[words[-1][0] :].casefold() in NEGATING_PREFIXES)
    )


class Scanner:
    """
    The trees of one lexicon, ready for whole texts.

    `read` gives a word of the text as the patterns of a tree are written.
    """

    def __init__(
        self,
        trees: Sequence[Tree],
        patterns: Iterable[Sequence[str]],
        read: Callable[[Tree, str], str],
        *,
        skip_negated: bool,
    ) -> None:
        self._read, self._skip_negated = read, skip_negated
        self._filter = Filter(patterns)
        self._begins = _Begins(trees, read)

    def places(self, text: str) -> list[Place]:
        """Where patterns begin and end in a text, in order of their beginnings."""
        places: list[Place] = []
        begins, following = self._begins, 0
        padded = text + " "
        for start, end in self._filter.runs(text):
            if start < following:
                continue
            if self._filter.passes_all or (start and text[start - 1] in INSIDE_TOKENS):
                following = _chunk_end(text, start)
                tokens = _tokens_from(text, start, following)
            elif padded[end] in INSIDE_TOKENS:
                tokens = [TOKEN.match(text, start).span()]  # type: ignore[union-attr]
            else:
                tokens = [(start, end)]
            for begin, stop in tokens:
                begun = begins[text[begin:stop]]
                if begun and not (self._skip_negated and is_negated(text, begin)):
                    for tree, state in begun:
                        if state.entries:
                            places.append((begin, stop, 1, state))
                        if not state.ends:
                            places += self._goes_on(text, begin, stop, tree, state)
        return places

    def _goes_on(
        self, text: str, start: int, stop: int, tree: Tree, state: State | None
    ) -> list[Place]:
        """The places with more than one word that begin with the token from `start` to `stop`."""
        places: list[Place] = []
        n_words = 1
        while state and not state.ends:
            following = FOLLOWING.match(text, stop)
            if following is None:
                break
            stop = following.end()
            state = tree.step(state, self._read(tree, following[1]))
            n_words += 1
            if state and state.entries:
                places.append((start, stop, n_words, state))
        return places


class _Begins(dict):
    """For each word met so far, as it is written: the states that it begins."""

    def __init__(self, trees: Sequence[Tree], read: Callable[[Tree, str], str]) -> None:
        super().__init__()
        self._trees, self._read = trees, read

    def __missing__(self, word: str) -> tuple[tuple[Tree, State], ...]:
        if len(self) > MOST_WORDS:
            self.clear()
        states = ((tree, tree.step(tree.start, self._read(tree, word))) for tree in self._trees)
        begun = self[word] = tuple((tree, state) for tree, state in states if state)
        return begun


def _chunk_end(text: str, start: int) -> int:
    """Where the stretch without a space ends that this place is in."""
    return NO_SPACE.match(text, start).end()  # type: ignore[union-attr]


def _tokens_from(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The tokens from `start` to `end`, cut as when the text is read from its beginning."""
    begin = start
    while begin and not text[begin - 1].isspace():
        begin -= 1
    return [token for token in token_spans(text, begin, end) if token[0] >= start]


def longest(chosen: list[Any]) -> list[Any]:
    """
    The hits with most words, then leftmost, then by id; none overlaps a better one.

    Hits begin with their start, end, number of words and entry; they are sought for among
    those that hang together, since hardly any hit overlaps another.
    """
    kept: list[Any] = []
    together: list[Any] = []
    reach = 0
    for hit in sorted(chosen, key=itemgetter(0)):
        if hit[0] >= reach:
            kept += together if len(together) < 2 else _best(together)
            together = []
        together.append(hit)
        reach = max(reach, hit[1])
    return kept + (together if len(together) < 2 else _best(together))


def _best(together: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    taken: set[int] = set()
    for hit in sorted(together, key=lambda hit: (-hit[2], hit[0], hit[3].id)):
        if taken.isdisjoint(range(hit[0], hit[1])):
            kept.append(hit)
            taken.update(range(hit[0], hit[1]))
    return sorted(kept, key=itemgetter(0))
