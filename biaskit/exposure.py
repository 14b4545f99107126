"""
How much of somebody's article may a measurement set show?

A set holds no text, but every hit comes with a few words around it, and many windows laid
side by side would give the article back. So windows are cut: at most three words on either
side, never past the line the hit stands in; from all windows of a document together no more
than nine words in a row, and no more than a quarter of the article's words.

The words of the hit itself always show. Markers get their windows before the plain variants
of alternation sets, and every hit gets its first word on either side before any gets its
second, so that what is cut is cut evenly.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

__all__ = ["LONGEST_RUN", "SHARE_OF_WORDS", "WINDOW", "Window", "short_name", "windows"]

WINDOW = 3
# Nine words in a row are the limit; two less, since the first words of the next window can
# happen to be those that follow.
LONGEST_RUN = 7
SHARE_OF_WORDS = 0.25
LONGEST_NAME = 6

WORD = re.compile(r"\w+")
JOINED = re.compile(r"\w['’]\Z")


class Window(NamedTuple):
    """
    What to keep for one hit: where the line it stands in begins and ends, and the hit.

    Of a bare one (a target, a loaded word) nothing is shown but the hit itself.
    """

    line_start: int
    start: int
    end: int
    line_end: int
    is_marker: bool
    is_bare: bool = False


def short_name(speaker: str | None) -> str | None:
    """
    A source as a set may name it: the last six words, since a name closes its titles.

    >>> short_name("the deputy head of the harbour board of Arlen Ada Nobody")
    'harbour board of Arlen Ada Nobody'
    """
    if speaker is None:
        return None
    starts = [m.start() for m in WORD.finditer(speaker)]
    return speaker if len(starts) <= LONGEST_NAME else speaker[starts[-LONGEST_NAME] :]


def windows(text: str, wanted: Sequence[Window], n_words: int) -> list[tuple[str, str]]:
    """
    The words before and after each hit that the budget allows.

    Parameters
    ----------
    text : the article as read.
    wanted : one per hit; hits of one lexicon never overlap.
    n_words : words of the article, of which at most a quarter may show.

    Returns
    -------
    One (left, right) per hit, in the same order; "" where nothing is left of the budget.
    """
    words = _Words(text)
    starts, ends = words.starts, words.ends
    shown: set[int] = set()
    reach = []  # first and last word that shows, by number, for each hit
    for hit in wanted:
        first, last = bisect_right(ends, hit.start), bisect_left(starts, hit.end) - 1
        shown.update(range(first, last + 1))
        reach.append([first, last])
    budget = int(SHARE_OF_WORDS * n_words)
    order = [i for i in range(len(wanted)) if not wanted[i].is_bare]
    order.sort(key=lambda i: (not wanted[i].is_marker, wanted[i].start))
    for _ in range(WINDOW):
        for i in order:
            hit = wanted[i]
            for side, step in ((0, -1), (1, 1)):
                word = reach[i][side] + step
                inside = 0 <= word < len(starts) and (
                    starts[word] >= hit.line_start and ends[word] <= hit.line_end
                )
                if inside and _may_show(word, shown, budget):
                    shown.add(word)
                    reach[i][side] = word
    _part_chance_neighbours(words, wanted, reach, shown)
    return [
        ("", "")
        if hit.is_bare
        else _cut(text, hit, starts[first] if first < len(starts) else hit.start, ends[last])
        for hit, (first, last) in zip(wanted, reach, strict=True)
    ]


# Nearly every character of English news stands below this code point; the rest is asked about
# one by one.
TABLED = 0x2100
_IS_WORD = np.array([WORD.match(chr(point)) is not None for point in range(TABLED)])


class _Words:
    """Where the words of a text begin and end: the runs that `WORD` finds, by number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        self._inside = _IS_WORD[np.minimum(self._points, TABLED - 1)]
        for place in np.flatnonzero(self._points >= TABLED).tolist():
            self._inside[place] = text[place].isalnum()
        outside = np.concatenate([[False], self._inside, [False]])
        edges = np.flatnonzero(outside[1:] != outside[:-1])
        self.starts, self.ends = edges[::2].tolist(), edges[1::2].tolist()

    def follow(self, one: int, other: int) -> bool:
        """Whether two words stand side by side anywhere in the text, in whatever case."""
        both = (self.text[self.starts[i] : self.ends[i]].lower() for i in (one, other))
        return f" {' '.join(both)} " in self._in_a_row

    @cached_property
    def _in_a_row(self) -> str:
        """All words in lower case with a space before, between and after."""
        keep = self._inside.copy()
        keep[1:] |= self._inside[:-1]
        spaced = np.where(self._inside, self._points, ord(" "))[keep]
        return f" {spaced.astype('<u4').tobytes().decode('utf-32-le', 'surrogatepass').lower()} "


def _part_chance_neighbours(
    words: _Words, wanted: Sequence[Window], reach: list[list[int]], shown: set[int]
) -> None:
    """
    Hide the first words of a window where, side by side with the one before, they would go on.

    Whoever writes "the coup. The coup that" shows "the coup" and "that" in two windows, which
    together are words that stand in the text in a row.
    """
    ends = words.ends
    run, before = 0, -2  # how many words the last window shows in a row, and its last word
    for i in sorted(range(len(wanted)), key=lambda i: wanted[i].start):
        first, last = reach[i]
        own = bisect_right(ends, wanted[i].start)
        if wanted[i].is_bare:
            first, last = own, bisect_left(ends, wanted[i].end)
        while (
            first < own
            and first > before + 1
            and run + last - first + 1 > LONGEST_RUN
            and words.follow(before, first)
        ):
            shown.discard(first)
            first += 1
        if not wanted[i].is_bare:
            reach[i][0] = first
        run = last - first + 1 if first > before + 1 else run + last - before
        before = max(before, last)


def _may_show(word: int, shown: set[int], budget: int) -> bool:
    if word in shown:
        return True
    before, after = word, word
    while before - 1 in shown:
        before -= 1
    while after + 1 in shown:
        after += 1
    return after - before + 1 <= LONGEST_RUN and len(shown) < budget


def _cut(text: str, hit: Window, first: int, last: int) -> tuple[str, str]:
    left, right = text[min(first, hit.start) : hit.start], text[hit.end : max(last, hit.end)]
    if JOINED.search(text[max(0, first - 2) : first]) and " " in left:
        left = left.partition(" ")[2]  # the window cuts "Italy's": its bare "s" helps nobody
    return left.strip(), right.strip()
