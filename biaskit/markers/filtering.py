"""
Where in a text may a pattern begin?

Most words of a text begin no pattern, and Python is too slow to ask each of them. So the whole
text is asked at once, in arrays: every run of letters is taken as its first eight letters, one
64-bit number, and looked up in a table of those that patterns begin with; for patterns of
several words the beginnings of a run and of the next are looked up together. The answer may be
yes too often (two words that share eight letters, or a place in the table) and is never no
where a pattern begins: what is exact comes after this, at the few places that are left.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from biaskit.lexicon import spellings

__all__ = ["Filter"]

LETTERS = 8  # bytes of a 64-bit number
HEAD = 3  # letters of each of two runs that are looked up together
HEADS, HEAD_BITS = np.uint64(0xFFFFFF), np.uint64(24)
EXACT = 0  # the "length" of a word without a star
ALONE, JOINED = 1, 2  # what a run may be: enough on its own, or only with the run after it

# Starred stems are looked up by so many of their letters, since each length costs time; to
# shorter ones all endings are given that words can have there, a blank for the end of the word.
STEM_LENGTHS = (6, 4, 3)
ENDS = "abcdefghijklmnopqrstuvwxyz0123456789_ "

# Letters, digits and _ each have a number; a letter beyond ASCII only says that it is one,
# since its other case may have other letters ("ß" is "SS"), and its run always passes.
BEYOND = 0x40
ANY_BEYOND = np.uint64(0x4040404040404040)
ASCII = {letter: i for i, letter in enumerate(ENDS[:-1], start=1)}

# To find the first zero byte of a number: Warren, Hacker's Delight, section 6-1.
ONES, TOPS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
ONE, SEVEN = np.uint64(1), np.uint64(7)
# 2^64 over the golden ratio spreads the numbers: Knuth, volume 3, section 6.4.
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
PLACES_PER_RUN = 128  # so that one run in 128 passes by chance, at most, and the table is small
MOST_BITS = 22
WORD = re.compile(r"\w+")


class Filter:
    """The beginnings of some patterns, each given as its words."""

    def __init__(self, patterns: Iterable[Sequence[str]]) -> None:
        patterns = [words for words in patterns if words]
        firsts: dict[tuple[str, int], int] = {}
        pairs: dict[tuple[str, int], int] = {}
        for words in patterns:
            joined = _is_joined(words)
            runs = _runs(words[0])
            for run in runs:
                firsts[run] = firsts.get(run, 0) | (JOINED if joined else ALONE)
            if joined:
                both = product(_heads(runs), _heads(_runs(words[1])))
                pairs.update(((one + two, EXACT), ALONE) for one, two in both)
        # "n't" begins in the middle of a run ("didn't"), and then every run may hold it.
        self.passes_all = any(words[0].startswith("n't") for words in patterns)
        self._firsts = _Table(firsts)
        self._pairs = _Table(pairs)

    def runs(self, text: str) -> list[tuple[int, int]]:
        """The runs of letters that may be, or begin with, the first word of a pattern."""
        letters = _letters(text)
        inside = letters != 0
        borders = np.flatnonzero(inside[1:] != inside[:-1])
        starts, ends = borders[::2], borders[1::2]
        if self.passes_all or not len(starts):
            return [*zip(starts.tolist(), ends.tolist(), strict=True)]
        runs = _numbers(letters, starts + 1)
        found = self._firsts.look_up(runs)
        joined = np.flatnonzero(found == JOINED)
        following = np.append(runs, np.uint64(0))[joined + 1]
        pairs = (runs[joined] & HEADS) | ((following & HEADS) << HEAD_BITS)
        goes_on = self._pairs.look_up(pairs) | _is_beyond(following)
        found[joined] = goes_on
        if not text.isascii():
            found |= _is_beyond(runs)
        passed = np.flatnonzero(found)
        return [*zip(starts[passed].tolist(), ends[passed].tolist(), strict=True)]


def _is_joined(words: Sequence[str]) -> bool:
    """Whether the run after the first one must begin the second word, and which is known."""
    if len(words) < 2 or words[1].rstrip("*") == "n't":
        return False
    short = any(word.endswith("*") and len(word) <= HEAD for word in words[:2])
    return not short and WORD.fullmatch(words[0].rstrip("*")) is not None


def _heads(runs: Iterable[tuple[str, int]]) -> set[str]:
    return {run[:HEAD].ljust(HEAD) for run, _ in runs}


def _runs(word: str) -> set[tuple[str, int]]:
    """The runs of letters a word of a pattern may begin as, each with its length if starred."""
    found = set()
    for one in (word, *spellings(word)):
        first = WORD.search(one)
        if first is None:
            continue
        run = first[0].casefold()
        if one.endswith("*") and first.end() == len(one) - 1:
            length = next((n for n in STEM_LENGTHS if n <= len(run)), STEM_LENGTHS[-1])
            rest = product(ENDS, repeat=max(0, length - len(run)))
            found |= {("".join((run[:length], *letters)), length) for letters in rest}
        else:
            # The run of "don't" is "don", and its first word "do".
            found |= {(run[:LETTERS], EXACT), ((run + "n")[:LETTERS], EXACT)}
    return found


class _Table:
    """For runs, exact or starred, what they may be; a place is shared by chance now and then."""

    def __init__(self, runs: dict[tuple[str, int], int]) -> None:
        self._parts = []
        for length in sorted({length for _, length in runs}):
            these = {_number(run): flag for (run, of), flag in runs.items() if of == length}
            numbers = np.array([*these], dtype=np.uint64)
            bits = min(MOST_BITS, max(8, (len(these) * PLACES_PER_RUN).bit_length()))
            mask = np.uint64((1 << 8 * (length or LETTERS)) - 1)
            table = np.zeros(1 << bits, dtype=np.uint8)
            part = mask, np.uint64(64 - bits), table
            flags = np.array([*these.values()], dtype=np.uint8)
            np.bitwise_or.at(table, _places(numbers, *part[:2]), flags)
            self._parts.append(part)

    def look_up(self, numbers: np.ndarray) -> np.ndarray:
        found = np.zeros(len(numbers), dtype=np.uint8)
        for mask, shift, table in self._parts:
            found |= table[_places(numbers, mask, shift)]
        return found


def _places(numbers: np.ndarray, mask: np.uint64, shift: np.uint64) -> np.ndarray:
    return ((numbers & mask) * MULTIPLIER) >> shift


def _number(run: str) -> int:
    letters = bytes(0 if letter == " " else ASCII.get(letter, BEYOND) for letter in run)
    return int.from_bytes(letters.ljust(LETTERS, b"\0"), "little")


def _numbers(letters: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The first letters of each run as one number; what comes after the run is zero."""
    every = np.ndarray((len(letters) - LETTERS + 1,), "<u8", letters.data, strides=(1,))
    numbers = every[starts]
    zero = (numbers - ONES) & ~numbers & TOPS
    first = zero & (~zero + ONE)
    return numbers & ((first >> SEVEN) - ONE)


def _is_beyond(numbers: np.ndarray) -> np.ndarray:
    return ((numbers & ANY_BEYOND) != 0).astype(np.uint8)


def _letters(text: str) -> np.ndarray:
    """One number for each character, after one and before eight zeros."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = np.zeros(len(codes) + 1 + LETTERS, dtype=np.uint8)
    classes = _classes()
    try:
        letters[1 : len(codes) + 1] = classes[codes]
    except IndexError:
        letters[1 : len(codes) + 1] = classes[np.minimum(codes, len(classes) - 1)]
        for i in np.flatnonzero(codes >= len(classes)):
            letters[i + 1] = BEYOND if WORD.match(text[i]) else 0
    return letters


@lru_cache(maxsize=1)
def _classes() -> np.ndarray:
    """The number of each character of the basic plane."""
    plane = "".join(map(chr, range(1 << 16)))
    classes = np.zeros(len(plane), dtype=np.uint8)
    for run in WORD.finditer(plane):
        classes[slice(*run.span())] = BEYOND
    for letter, number in ASCII.items():
        classes[[ord(letter), ord(letter.upper())]] = number
    return classes
