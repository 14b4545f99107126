"""
Where do patterns begin and end among the tokens of many texts?

Most words of a text begin no pattern, and Python is too slow to ask each of them. So each
distinct term is asked once what it can be to the lexicon: a hit by itself, or the beginning of
a pattern, and which words that pattern expects. A batch of texts is searched in arrays for
tokens that may begin a hit, and only there the trees are read word by word. What is expected is
kept as 64 bits, so the answer may be yes too often and is never no where a pattern goes on; of
two terms that may begin one, each distinct pair is then asked once.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from biaskit.markers.tree import EVERY, Remembered, State, Tree
from biaskit.tokens import token_spans
from biaskit.tokentable import Tokens

__all__ = ["Place", "Roles", "Scanner", "Terms", "is_joined", "is_negated", "longest"]

JOINTS = "-‐‑–'’"  # the apostrophe for "coup d'état"
NEGATING_PREFIXES = frozenset({"anti", "counter", "non"})
LONGEST_PREFIX = max(map(len, NEGATING_PREFIXES))

# First and last token of a pattern that may be a hit, its number of words, and the state that it
# leads to.
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


def is_joined(text: str, end: int, start: int) -> bool:
    """Whether only white space or one hyphen stands between two tokens."""
    between = text[end:start]
    return not between.strip() or (len(between) == 1 and between in JOINTS)


class Roles(NamedTuple):
    """What each of some terms can be to some patterns."""

    alone: np.ndarray  # whether it is one
    expects: np.ndarray  # if it begins one, the words that may follow, as `State.expected`
    expects_then: np.ndarray  # and those after these
    reads: np.ndarray  # what it can be read as in one


class Terms:
    """What each term of a cutter can be to the patterns of some trees."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._trees = trees
        self._begin([])

    def _begin(self, terms: Sequence[str]) -> None:
        self._terms, self._pairs = terms, Remembered(self._begin_a_pattern)
        self._known = Roles(np.empty(0, bool), *(np.empty(0, "u8") for _ in range(3)))

    def beginnings(self, tokens: Tokens, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """
        Which tokens are a pattern by themselves, and which begin one of several words.

        The second may be true where the pattern does not go on after two words. `inside` tells
        of each token if the next is in its sentence, which no pattern leaves.
        """
        known, term = self._roles(tokens.terms), tokens.term
        may = np.flatnonzero((known.expects != 0)[term] & inside)
        may = may[known.expects[term[may]] & known.reads[term[may + 1]] != 0]
        then, third = known.expects_then[term[may]], np.minimum(may + 2, len(term) - 1)
        may = may[(then == EVERY) | (then & known.reads[term[third]] != 0)]
        pairs = zip(term[may].tolist(), term[may + 1].tolist(), strict=True)
        longer = np.zeros(len(term), bool)
        longer[may] = [*map(self._pairs.__getitem__, pairs)]
        return known.alone[term], longer

    def _roles(self, terms: Sequence[str]) -> Roles:
        """What each of the terms can be."""
        if terms is not self._terms:
            self._begin(terms)
        known = self._known
        new = [self._role(term) for term in terms[len(known.alone) :]]
        if new:
            columns = zip(known, zip(*new, strict=True), strict=True)
            known = Roles(*(np.append(old, np.array(more, old.dtype)) for old, more in columns))
            self._known = known
        return known

    def _begin_a_pattern(self, pair: tuple[int, int]) -> bool:
        words = [self._terms[number] for number in pair]
        return any(tree.read(words) is not None for tree in self._trees)

    def _role(self, term: str) -> tuple[bool, int, int, int]:
        alone, expects, expects_then, reads = False, 0, 0, 0
        for tree in self._trees:
            if bits := tree.bits(term):
                reads |= bits
                if state := tree.step(tree.start, term):
                    alone |= bool(state.entries)
                    following, then = state.expected()
                    expects |= following
                    expects_then |= then
        return alone, expects, expects_then, reads


class Scanner:
    """
    The trees of one lexicon, ready for batches of tokens.

    `read` gives a word of the text as the patterns of a tree are written.
    """

    def __init__(
        self, trees: Sequence[Tree], read: Callable[[Tree, str], str], *, skip_negated: bool
    ) -> None:
        self._trees, self._read, self._skip_negated = trees, read, skip_negated
        self._begun = Remembered(self._states)

    def places(
        self,
        texts: Sequence[str],
        tokens: Tokens,
        beginnings: tuple[np.ndarray, np.ndarray],
        inside: np.ndarray,
    ) -> Iterator[Place]:
        """Where patterns begin and end, in order of their beginnings."""
        alone, longer = beginnings
        may = np.flatnonzero(alone | longer)
        columns = tokens.text[may], tokens.start[may], tokens.end[may], longer[may]
        for first, i, start, end, more in zip(
            may.tolist(), *(column.tolist() for column in columns), strict=True
        ):
            text = texts[i]
            if self._skip_negated and text[start - 1] in JOINTS and is_negated(text, start):
                continue
            for tree, state in self._begun[text[start:end]]:
                if state.entries:
                    yield first, first, 1, state
                if more and not state.ends:
                    yield from self._longer(text, tokens, inside, first, tree, state)

    def _states(self, word: str) -> tuple[tuple[Tree, State], ...]:
        """Those that a word begins, as it is written."""
        states = ((tree, tree.step(tree.start, self._read(tree, word))) for tree in self._trees)
        return tuple((tree, state) for tree, state in states if state)

    def _longer(
        self, text: str, tokens: Tokens, inside: np.ndarray, first: int, tree: Tree, state: State
    ) -> Iterator[Place]:
        """The places of more than one word that begin with a token and this state."""
        last, reached, end = first, state, tokens.end.item(first)
        while not reached.ends and inside.item(last):
            last += 1
            start, before, end = tokens.start.item(last), end, tokens.end.item(last)
            following = tree.step(reached, self._read(tree, text[start:end]))
            if following is None or not is_joined(text, before, start):
                return
            reached = following
            if reached.entries:
                yield first, last, last - first + 1, reached


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


def _best(together: list[Any]) -> list[Any]:
    kept: list[Any] = []
    taken: set[int] = set()
    for hit in sorted(together, key=lambda hit: (-hit[2], hit[0], hit[3].id)):
        if taken.isdisjoint(range(hit[0], hit[1])):
            kept.append(hit)
            taken.update(range(hit[0], hit[1]))
    return sorted(kept, key=itemgetter(0))
