"""
Does the sentence around a word allow the hit?

An entry may ask for words near it, or for their absence, in the same sentence. The context
words of all entries stand in one tree, and a sentence is walked once for all of them, if an
entry that may be a hit in it asks. For every context word it is enough to know its first and
its last place, since any place before or after the hit will do.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from biaskit.lexicon import Entry, pattern_words, spellings
from biaskit.markers.tree import Tree
from biaskit.tokens import sentence_spans, term_of, token_spans

__all__ = ["Context", "Contexts", "Sentences", "fitting"]


class Contexts:
    """The context words of all entries, and the letters that each of them begins with."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        patterns = {(p, e.language) for e in entries for p in (*e.near, *e.not_near)}
        cut = [(pattern, pattern_words(pattern), language) for pattern, language in patterns]
        self.tree = Tree(
            (words, Entry(pattern, (pattern,), "", language=language))
            for pattern, words, language in sorted(cut)
        )
        letters = {
            pattern: [x.rstrip("*") for word in words[:1] for x in (word, *spellings(word))]
            for pattern, words, _ in cut
        }
        self.letters = {
            patterns: tuple(x for pattern in patterns for x in letters[pattern])
            for patterns in {p for e in entries for p in (e.near, e.not_near)}
        }


class Context:
    """Which context words one sentence holds, as far as anybody asks."""

    def __init__(
        self, contexts: Contexts, text: str, tokens: Sequence[tuple[int, int]] | None,
        sentence: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        self._contexts, self._text = contexts, text
        self._tokens, self._sentence = tokens, sentence
        # A sentence without the letters of a context word need not be cut into tokens for it.
        self._letters = None if tokens is not None else _folded(text[slice(*sentence)])
        self._places: dict[str, tuple[int, int]] | None = None

    def fits(self, entry: Entry, start: int, end: int) -> bool:
        """Whether the sentence around this stretch of it is one the entry asks for."""
        if entry.not_near and self._any_stands(entry.not_near, start, end):
            return False
        return not entry.near or self._any_stands(entry.near, start, end)

    def _any_stands(self, patterns: tuple[str, ...], start: int, end: int) -> bool:
        if self._places is None:
            if self._letters is not None:
                for beginning in self._contexts.letters[patterns]:
                    if beginning in self._letters:
                        break
                else:
                    return False
            self._places = self._search()
        for pattern in patterns:
            earliest_end, latest_start = self._places.get(pattern, (end, start))
            if earliest_end <= start or latest_start >= end:
                return True
        return False

    def _search(self) -> dict[str, tuple[int, int]]:
        """For each pattern that is there: where it first ends and where it last begins."""
        tree = self._contexts.tree
        found: dict[str, tuple[int, int]] = {}
        if self._tokens is None:
            self._tokens = token_spans(self._text, *self._sentence)
        terms = [term_of(self._text[a:b]) for a, b in self._tokens]
        for i in range(len(terms)):
            state, last = tree.step(tree.start, terms[i]), i
            while state:
                for pattern in state.names:
                    earliest = found.get(pattern, (self._tokens[last][1], 0))[0]
                    found[pattern] = earliest, self._tokens[i][0]
                last += 1
                state = tree.step(state, terms[last]) if last < len(terms) else None
        return found


def _folded(text: str) -> str:
    return text.casefold().replace("’", "'")


def fitting(entries: Iterable[Entry], context: Context, start: int, end: int) -> Entry | None:
    """The best entry that the context allows."""
    for entry in entries:
        if not (entry.near or entry.not_near) or context.fits(entry, start, end):
            return entry
    return None


class Sentences:
    """The sentences of a text of which each line is a paragraph, as far as anybody asks."""

    def __init__(self, text: str, contexts: Contexts) -> None:
        self._text, self._contexts = text, contexts
        self._line = (0, -1)
        self._starts: list[int] = []
        self._spans: list[tuple[int, int]] = []
        self._context: tuple[tuple[int, int], Context] | None = None

    def hold(self, start: int, end: int) -> bool:
        """Whether the stretch lies in one sentence; only a full stop or a line end can part it."""
        if "\n" in self._text[start:end]:
            return False
        if "." not in self._text[start:end]:
            return True
        return self._span(start)[1] >= end

    def context(self, start: int) -> Context:
        """The context of whatever begins at `start`."""
        span = self._span(start)
        if self._context is None or self._context[0] != span:
            self._context = span, Context(self._contexts, self._text, None, span)
        return self._context[1]

    def _span(self, position: int) -> tuple[int, int]:
        if not self._line[0] <= position <= self._line[1]:
            start = self._text.rfind("\n", 0, position) + 1
            end = self._text.find("\n", position)
            self._line = start, len(self._text) if end < 0 else end
            self._spans = sentence_spans(self._text, *self._line)
            self._starts = [start for start, _ in self._spans]
        return self._spans[bisect_right(self._starts, position) - 1]
