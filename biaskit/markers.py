"""
Where do the entries of a lexicon occur?

All patterns go into one tree of words, and the text is walked once: at each token the tree
says which patterns can go on. The work grows with the text and the longest pattern, never
with the number of entries. Where two patterns overlap, the one with more words wins, then
the earlier one ("terrorist-controlled" is one hit, not also a hit of "terrorist").

Words of a pattern may be joined by white space, one hyphen or an apostrophe and by nothing
else: "so, called" is not "so-called". After anti-, counter- and non- a word is not a hit, because
"anti-terrorist" names nobody a terrorist; a pattern that spells the prefix out still is.

What this cannot see: sense. "Reunification" near Germany is kept out by the entry's
`not_near`, but "the regime of exercises" needs someone to have thought of exercises.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from biaskit.lexicon import Entry, Lexicon, pattern_words
from biaskit.tokens import sentence_spans, term_of, token_spans

__all__ = ["Hit", "Matcher", "find_markers"]

JOINTS = frozenset("-‐‑–'’")  # the apostrophe for "coup d'état"
NEGATING_PREFIXES = frozenset({"anti", "counter", "non"})


class Hit(NamedTuple):
    """One occurrence: its entry, and its first and last token by number in the sentence."""

    entry: Entry
    first: int
    last: int


class _Node:
    """A place in the tree of words: what may follow, and which entries end here."""

    __slots__ = ("entries", "starred", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.starred: dict[str, _Node] = {}
        self.entries: list[Entry] = []

    def add(self, words: Sequence[str], entry: Entry) -> None:
        node = self
        for word in words:
            branch, key = (node.starred, word[:-1]) if word.endswith("*") else (node.words, word)
            node = branch.setdefault(key, _Node())
        node.entries.append(entry)

    def after(self, word: str) -> list["_Node"]:
        """The places reached by reading `word`, as it is or as the start of a starred word."""
        found = [self.words[word]] if word in self.words else []
        if self.starred:
            starts = (word[:n] for n in range(1, len(word) + 1))
            found += [self.starred[start] for start in starts if start in self.starred]
        return found


class Matcher:
    """
    The patterns of one lexicon, ready to be looked for in sentences.

    Without `skip_negated` a word after anti-, counter- or non- is a hit, too.
    """

    def __init__(self, lexicon: Lexicon, *, skip_negated: bool = True) -> None:
        self.lexicon = lexicon
        self.skip_negated = skip_negated
        self._folded, self._cased = _Node(), _Node()
        for entry in lexicon.entries:
            root = self._cased if entry.case else self._folded
            for pattern in entry.pattern:
                root.add(pattern_words(pattern, case=entry.case), entry)

    def hits(self, text: str, tokens: Sequence[tuple[int, int]]) -> list[Hit]:
        """Hits in one sentence, given the positions of its tokens; none overlap, in order."""
        words = [text[start:end] for start, end in tokens]
        terms = [term_of(word) for word in words]
        found = self._walk(self._folded, text, terms, tokens)
        if self._cased.words or self._cased.starred:
            found += self._walk(self._cased, text, [w.replace("’", "'") for w in words], tokens)
        found = [hit for hit in found if _context_fits(hit, terms)]
        return _longest(found)

    def _walk(
        self, root: _Node, text: str, words: Sequence[str], tokens: Sequence[tuple[int, int]]
    ) -> list[Hit]:
        found = []
        for first, word in enumerate(words):
            nodes, last = root.after(word), first
            if nodes and self.skip_negated and _is_negated(text, words, tokens, first):
                continue
            while nodes:
                found += [Hit(entry, first, last) for node in nodes for entry in node.entries]
                last += 1
                if last == len(words) or not _joined(text, tokens[last - 1][1], tokens[last][0]):
                    break
                nodes = [after for node in nodes for after in node.after(words[last])]
        return found


def _joined(text: str, end: int, start: int) -> bool:
    """Whether only white space or one hyphen stands between two tokens."""
    between = text[end:start]
    return not between.strip() or (len(between) == 1 and between in JOINTS)


def _is_negated(
    text: str, words: Sequence[str], tokens: Sequence[tuple[int, int]], first: int
) -> bool:
    if first == 0 or words[first - 1].casefold() not in NEGATING_PREFIXES:
        return False
    return text[tokens[first - 1][1] : tokens[first][0]] in JOINTS


def _context_fits(hit: Hit, terms: Sequence[str]) -> bool:
    entry = hit.entry
    if not (entry.near or entry.not_near):
        return True
    sides = terms[: hit.first], terms[hit.last + 1 :]
    if any(_stands_in(entry.not_near, side) for side in sides):
        return False
    return not entry.near or any(_stands_in(entry.near, side) for side in sides)


def _stands_in(patterns: tuple[str, ...], terms: Sequence[str]) -> bool:
    for words in _context_words(patterns):
        for i in range(len(terms) - len(words) + 1):
            if all(_is(word, term) for word, term in zip(words, terms[i:], strict=False)):
                return True
    return False


@lru_cache(maxsize=4096)
def _context_words(patterns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [pattern_words(pattern) for pattern in patterns]


def _is(word: str, term: str) -> bool:
    return term.startswith(word[:-1]) if word.endswith("*") else term == word


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Longest first, then leftmost, then by id; what overlaps a chosen hit is left out."""
    chosen: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, hit.first, hit.entry.id)):
        if taken.isdisjoint(range(hit.first, hit.last + 1)):
            chosen.append(hit)
            taken.update(range(hit.first, hit.last + 1))
    return sorted(chosen, key=lambda hit: hit.first)


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
    matcher, rows, position = Matcher(lexicon), [], 0
    for line in text.split("\n"):
        for start, end in sentence_spans(text, position, position + len(line)):
            tokens = token_spans(text, start, end)
            for hit in matcher.hits(text, tokens):
                a, b = tokens[hit.first][0], tokens[hit.last][1]
                rows.append((a, b, hit.entry.id, hit.entry.frame, text[a:b]))
        position += len(line) + 1
    return pd.DataFrame(rows, columns=["start", "end", "entry", "frame", "form"])
