"""
Which patterns can go on with this word?

The tree of a lexicon's patterns is read word by word. Because of `*` and of spelling a word
can lead to several places at once; all of them together are one *state*. States are made when
a text first leads to them and kept, so that a word costs one look-up whatever the lexicon:
the patterns "a*", "ad*", "adm*" and 100,000 others make the tree larger, not the reading
slower. A state knows the step from it by the *symbol* of a word, which is the word itself if
some pattern has it, else the longest starred stem it begins with: two words of one symbol
lead to the same places.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from zlib import crc32

from biaskit.lexicon import Entry, spellings

__all__ = ["EVERY", "Remembered", "State", "Tree"]

Asked = TypeVar("Asked")
Told = TypeVar("Told")

# What is remembered is thrown away when it grows beyond this. Words do in a few thousand articles,
# and are soon learnt again; states of ordinary text never do.
MOST_STATES = 200_000
MOST_WORDS = 50_000
BITS = 64  # of a number in an array
EVERY = (1 << BITS) - 1
LAST_ID = chr(0x10FFFF)  # after every id


def _bits(words: Iterable[str]) -> int:
    """One bit for each word: two sets of words that have no bit in common share no word."""
    bits = 0
    for word in words:
        bits |= 1 << crc32(word.encode("utf-8", "surrogatepass")) % BITS
    return bits


class Remembered(dict[Asked, Told]):
    """What was told of each thing asked so far, `MOST_WORDS` at most; then it begins anew."""

    def __init__(self, tell: Callable[[Asked], Told]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, asked: Asked) -> Told:
        if len(self) >= MOST_WORDS:
            self.clear()
        told = self[asked] = self._tell(asked)
        return told


class _Node:
    """A place in the tree: what may follow it, and which entries end there."""

    __slots__ = ("_contenders", "entries", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.entries: list[Entry] = []
        self._contenders: list[Entry] | None = None

    def contenders(self) -> list[Entry]:
        """Those of the entries that can be chosen: by id, as far as one that needs no context."""
        if self._contenders is None:
            self._contenders = []
            for entry in sorted(self.entries, key=lambda entry: entry.id):
                self._contenders.append(entry)
                if not (entry.near or entry.not_near):
                    break
        return self._contenders


class State:
    """
    The places reached by the words read so far.

    `entries` are those that end here, best first: listed in this spelling before respelt, then
    by id. What comes after an entry that needs no context could never be chosen and is left
    out. `ends` says that no pattern goes on.
    """

    __slots__ = ("_names", "ends", "entries", "places", "steps")

    def __init__(self, places: Sequence[tuple[_Node, bool]]) -> None:
        self.places = tuple(places)
        self.steps: dict[str, State | None] = {}
        self._names: set[str] | None = None
        self.ends = not any(node.following for node, _ in places)
        ranked = [
            ((respelt, entry.id), entry) for node, respelt in places for entry in node.contenders()
        ]
        free = [rank for rank, entry in ranked if not (entry.near or entry.not_near)]
        last = min(free, default=(True, LAST_ID))
        best = {rank: entry for rank, entry in ranked if rank <= last}
        self.entries = [best[rank] for rank in sorted(best)]

    def expected(self) -> tuple[int, int]:
        """
        The words that may come next, and those after them, as `Tree.bits` gives them.

        The second number has all bits where a pattern may end with the next word.
        """
        following = [pair for node, _ in self.places for pair in node.following.items()]
        after = 0
        for _, node in following:
            after |= EVERY if node.entries else _bits(node.following)
        return _bits(word for word, _ in following), after

    @property
    def names(self) -> set[str]:
        """The ids of all entries that end here."""
        if self._names is None:
            self._names = {entry.id for node, _ in self.places for entry in node.entries}
        return self._names


class Tree:
    """
    Patterns, cut into words, with the entry that each belongs to.

    >>> tree = Tree([(("far", "right"), Entry("far-right", ("far-right",), ""))])
    >>> [e.id for e in tree.read(["far", "right"]).entries], tree.read(["far", "left"])
    (['far-right'], None)
    """

    def __init__(self, patterns: Iterable[tuple[Sequence[str], Entry]]) -> None:
        self._root = _Node()
        self._forms: dict[str, set[tuple[str, bool]]] = {}  # pattern words a form stands for
        self._stems: set[str] = set()
        for words, entry in patterns:
            self._add(words, entry)
        lengths = {len(stem) for stem in self._stems}
        self._lengths = sorted(lengths, reverse=True)
        self._shortest = min(lengths, default=0)
        self._heads = {stem[: self._shortest] for stem in self._stems}
        self._states: dict[frozenset, State] = {}
        self._symbols = Remembered(self.symbol)  # None for a word that no pattern has
        self.alone = Remembered(self._alone)  # the ids of the entries a word is a whole pattern of
        self.start = State([(self._root, False)])

    def _add(self, words: Sequence[str], entry: Entry) -> None:
        node = self._root
        for word in words:
            if word.endswith("*"):
                self._stems.add(word[:-1])
            else:
                self._forms.setdefault(word, set()).add((word, False))
            if entry.language == "en":
                for other in spellings(word):
                    self._forms.setdefault(other, set()).add((word, True))
            node = node.following.setdefault(word, _Node())
        if words:
            node.entries.append(entry)

    def symbol(self, word: str) -> str | None:
        """The word if a pattern has it, else the longest starred stem it begins with, or None."""
        if word in self._forms:
            return word
        if word[: self._shortest] in self._heads:  # hardly any word comes this far
            for n in self._lengths:
                if word[:n] in self._stems:
                    return word[:n] + "*"
        return None

    def _alone(self, word: str) -> tuple[str, ...]:
        state = self.step(self.start, word)
        return tuple(state.names) if state else ()

    def bits(self, word: str) -> int:
        """What the word can be read as wherever it stands in a pattern; 0 if as nothing."""
        if word not in self._forms and word[: self._shortest] not in self._heads:
            return 0
        symbol = self._symbols[word]
        return _bits(read for read, _ in self._readings(symbol)) if symbol else 0

    def step(self, state: State, word: str) -> State | None:
        """The state after one more word, or None where no pattern goes on with it."""
        symbol = self._symbols[word]
        if symbol is None:
            return None
        try:
            return state.steps[symbol]
        except KeyError:
            reached = state.steps[symbol] = self._reach(state, symbol)
            return reached

    def read(self, words: Iterable[str]) -> State | None:
        """The state after all these words."""
        state: State | None = self.start
        for word in words:
            state = self.step(state, word) if state else None
        return state

    def _reach(self, state: State, symbol: str) -> State | None:
        reached: dict[int, tuple[_Node, bool]] = {}
        for word, respelt in self._readings(symbol):
            for node, was in state.places:
                if word in node.following:
                    following = node.following[word]
                    told = respelt or was
                    told = told and reached.get(id(following), (following, True))[1]
                    reached[id(following)] = following, told
        if not reached:
            return None
        if len(self._states) > MOST_STATES:
            self._states.clear()
            self.start.steps.clear()
        key = frozenset((number, respelt) for number, (_, respelt) in reached.items())
        if key not in self._states:
            self._states[key] = State([*reached.values()])
        return self._states[key]

    def _readings(self, symbol: str) -> set[tuple[str, bool]]:
        """The words of patterns that a word of this symbol can be taken for."""
        word = symbol.removesuffix("*")
        found = set() if symbol.endswith("*") else {*self._forms[symbol]}
        stems = (word[:n] for n in self._lengths if n <= len(word))
        return found | {(stem + "*", False) for stem in stems if stem in self._stems}
