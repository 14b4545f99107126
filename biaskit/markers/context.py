"""
Does the sentence around a word allow the hit?

An entry may ask for words near it, or for their absence, in the same sentence. The context
words of all entries stand in one tree, and a sentence is walked once for all of them, if an
entry that may be a hit in it asks. For every context word it is enough to know its first and
its last place, since any place before or after the hit will do.
"""

from collections.abc import Callable, Iterable, Sequence

from biaskit.lexicon import Entry, pattern_words
from biaskit.markers.tree import Tree

__all__ = ["Context", "context_tree", "fitting"]


def context_tree(entries: Sequence[Entry]) -> Tree:
    """The context words of all entries; an "entry" of this tree is one of them."""
    patterns = {(p, e.language) for e in entries for p in (*e.near, *e.not_near)}
    return Tree(
        (pattern_words(pattern), Entry(pattern, (pattern,), "", language=language))
        for pattern, language in sorted(patterns)
    )


class Context:
    """
    Which context words one sentence holds, as far as anybody asks.

    Parameters
    ----------
    tree : of the context words.
    begins : the tokens of the sentence that may begin a context word, or all of them; whether
        one of several words may begin there.
    term : gives the term of any other token by its number.
    after : one past the last token of the sentence.
    """

    def __init__(
        self,
        tree: Tree,
        begins: Iterable[tuple[int, str, bool]],
        term: Callable[[int], str],
        after: int,
    ) -> None:
        self._tree, self._begins, self._term, self._after = tree, begins, term, after
        self._found: tuple[dict[str, int], dict[str, int]] | None = None

    def fits(self, entry: Entry, first: int, after: int) -> bool:
        """Whether the sentence around these tokens of it is one the entry asks for."""
        if entry.not_near and self._any_stands(entry.not_near, first, after):
            return False
        return not entry.near or self._any_stands(entry.near, first, after)

    def _any_stands(self, patterns: tuple[str, ...], first: int, after: int) -> bool:
        if self._found is None:
            self._found = self._search()
        ends, starts = self._found
        for pattern in patterns:
            if pattern in ends and (ends[pattern] <= first or starts[pattern] >= after):
                return True
        return False

    def _search(self) -> tuple[dict[str, int], dict[str, int]]:
        """Where each context word that is there first ends, and where it last begins."""
        tree = self._tree
        ends: dict[str, int] = {}
        starts: dict[str, int] = {}
        for first, word, more in self._begins:
            for pattern in tree.alone[word]:
                ends.setdefault(pattern, first + 1)
                starts[pattern] = first
            state, last = tree.step(tree.start, word) if more else None, first + 1
            while state and not state.ends and last < self._after:
                state = tree.step(state, self._term(last))
                last += 1
                for pattern in state.names if state else ():
                    ends.setdefault(pattern, last)
                    starts[pattern] = first
        return ends, starts


def fitting(entries: Iterable[Entry], context: Context, first: int, after: int) -> Entry | None:
    """The best entry that the context allows."""
    for entry in entries:
        if not (entry.near or entry.not_near) or context.fits(entry, first, after):
            return entry
    return None
