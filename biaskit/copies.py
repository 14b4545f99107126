"""
Which articles are copies, and which lines stand in article after article?

`settle` takes what `scans` keeps of each article, in any order and from any number of
processes, and decides:

- *Copies* have enough runs of three words in common, spread over nearly all lines of one of
  the two, so that a quoted statement makes no copy; copies of copies are copies. Compared are
  their signatures. Within an outlet the earliest
  counts; across outlets each keeps its own.
- *Recurring lines* stand to the letter in at least three articles of an outlet that are no
  copies of each other; *openings* of headlines ("Ukraine war latest:") open as many.

Lines on three tenths of an outlet's pages, its boilerplate, make no copies. When this is wrong:
of two pages nobody can tell boilerplate from article, unless the caller gives the article's
lines apart (`body`); in a corpus so small that one story is three tenths of an outlet's pages,
its versions may each count; a copy with a quarter of new paragraphs is an article of its own.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from biaskit.languages import not_english
from biaskit.scans import ROWS, SIZE, Scan

__all__ = ["Decisions", "settle"]


class Decisions(NamedTuple):
    """What is settled about a corpus, to be applied while it is measured."""

    copy_of: dict[str, str]  # document -> the earliest of its copies in the same outlet
    shared: dict[str, str]  # document -> the earliest of its copies, where outlets share them
    recurring: dict[str, frozenset[int]]  # outlet -> hashes of recurring lines
    openings: dict[str, frozenset[str]]  # outlet -> recurring openings of headlines
    set_aside: dict[str, str]  # document -> reason


# ---- all articles ---------------------------------------------------------------------------

# How many articles of an outlet a line must stand in, or an opening above.
AT_LEAST = 3
ALL_OF = 4  # of so few it must be all
RECURS = 0.01  # CNN's notes stand in 1 to 3 % of its articles, a speech it quotes in less
CERTAIN = 20  # so many are no chance, however large the outlet
OPENS = 0.03
BOILERPLATE = 0.3  # menus and rules stand on nearly all pages; of copies no story has so many

# Chosen on one half of 6,199 articles, with the limits above. A copy with 5-20 % of its words
# changed keeps .34 of its runs or more, spread evenly. Articles on one topic and day share
# .02; with more they quote one statement or list one set of pictures: evenness .4 to .88.
SIMILAR = 0.28
EVEN = 0.9
SHORT = 50  # words: of a shorter text one sentence is a quarter,
ENOUGH = 16  # as it is where fewer values are no boilerplate's;
SAME = 0.95  # there nearly all must be the same
NEXT = 8  # of those with the same three values, how many each is compared with
CHUNK = 4_096  # pairs at a time


def settle(scans: Iterable[Scan]) -> Decisions:
    """
    Decide which articles are copies, which lines and openings recur, what to set aside.

    The order of the scans changes nothing. What is set aside takes no part in the rest.

    Raises
    ------
    ValueError : two different articles have one id.
    """
    ordered = _ordered(scans)
    set_aside = not_english((x.document, x.outlet, x.language) for x in ordered)
    kept = [x for x in ordered if x.document not in set_aside]
    places: dict[str, list[int]] = defaultdict(list)
    for i, x in enumerate(kept):
        places[x.outlet].append(i)
    links = list(_links(kept, places))
    within = _firsts(len(kept), [(i, j) for i, j in links if kept[i].outlet == kept[j].outlet])
    across = _firsts(len(kept), links)
    names, outlets = [x.document for x in kept], defaultdict(set)
    for x, first in zip(kept, across, strict=True):
        outlets[first].add(x.outlet)
    recurring, openings = {}, {}
    for outlet, own in places.items():
        recurring[outlet] = frozenset(_standing(kept, own, within, RECURS, CERTAIN).tolist())
        openings[outlet] = _openings([kept[i] for i in own if within[i] == i])
    copy_of = {names[i]: names[j] for i, j in enumerate(within) if i != j}
    shared = {names[i]: names[j] for i, j in enumerate(across) if len(outlets[j]) > 1}
    return Decisions(copy_of, shared, recurring, openings, set_aside)


def _ordered(scans: Iterable[Scan]) -> list[Scan]:
    """By date and id, those without a date last; a scan that is given twice counts once."""
    ordered = sorted(set(scans), key=lambda x: (x.date or "9999", x.document))
    twice = sorted(d for d, n in Counter(x.document for x in ordered).items() if n > 1)
    if twice:
        raise ValueError(f"two different articles have the id {twice[0]!r}; give each its own")
    return ordered


def _needed(n: int, share: float, certain: int = 0) -> int:
    wanted = n if n <= ALL_OF else min(math.ceil(share * n), certain or n)
    return max(AT_LEAST, wanted)


def _standing(
    scans: list[Scan], own: list[int], group: Sequence[int], share: float, certain: int = 0
) -> np.ndarray:
    """Lines that stand in enough groups of an outlet's `own` articles; `group` is of each."""
    lines = np.frombuffer(b"".join(scans[i].lines for i in own), "<u8")
    owners = np.repeat([group[i] for i in own], [len(scans[i].lines) // 8 for i in own])
    order = np.lexsort((owners, lines))
    lines, owners = lines[order], owners[order]
    again = (lines[1:] == lines[:-1]) & (owners[1:] == owners[:-1])
    found, n = np.unique(lines[np.append(True, ~again)[: len(lines)]], return_counts=True)
    return found[n >= _needed(len({group[i] for i in own}), share, certain)]


def _openings(scans: list[Scan]) -> frozenset[str]:
    found = Counter(x.opening for x in scans if x.opening is not None)
    return frozenset(x for x, n in found.items() if x and n >= _needed(found.total(), OPENS))


class _Sketches(NamedTuple):
    """The signatures of a corpus, one row per article, in the order of date and id."""

    values: np.ndarray
    rows: np.ndarray
    own: np.ndarray  # whether the value comes from a line that is no boilerplate
    n: np.ndarray  # words
    strict: np.ndarray  # whether there is so little of the article that all must be the same


def _sketches(scans: list[Scan], boilerplate: dict[str, np.ndarray]) -> _Sketches:
    values = np.frombuffer(b"".join(x.signature for x in scans), "u1").reshape(-1, SIZE)
    rows = np.frombuffer(b"".join(x.rows for x in scans), "u1").reshape(-1, SIZE)
    lines = [~np.isin(np.frombuffer(x.lines, "<u8"), boilerplate[x.outlet]) for x in scans]
    own = np.array([x[row] for x, row in zip(lines, rows, strict=True)], bool).reshape(-1, SIZE)
    little = own.sum(axis=1) < ENOUGH
    own[little] = True
    n = np.array([x.n_words for x in scans], float)
    return _Sketches(values, rows, own, n, little | (n < SHORT))


def _links(scans: list[Scan], places: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """All pairs of copies, as places in `scans`, the earlier first."""
    at = [i for i, x in enumerate(scans) if x.signature]
    lines = {o: _standing(scans, i, range(len(scans)), BOILERPLATE) for o, i in places.items()}
    sketches = _sketches([scans[i] for i in at], lines)
    values, _, own, n, strict = sketches
    n_own = n * own.mean(axis=1)
    pairs = _candidates(values, own)
    for start in range(0, len(pairs), CHUNK):
        one, two = np.divmod(pairs[start : start + CHUNK], len(at))
        alike = values[one] == values[two]
        same = alike & own[one] & own[two]
        common = (n[one] + n[two]) * same.sum(axis=1) / (SIZE + alike.sum(axis=1))
        either = n_own[one] + n_own[two] - common
        least = np.where(strict[one] | strict[two], SAME, SIMILAR)
        for k in np.flatnonzero(common >= least * either):
            if max(_evenness(sketches, x[k], same[k]) for x in (one, two)) >= EVEN:
                yield at[one[k]], at[two[k]]


def _candidates(values: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Pairs that agree in three values in a row, as first * number of articles + second."""
    n = len(values)
    following = np.full((n, SIZE + 1), SIZE, "u1")  # the next place with a value of its own
    for place in range(SIZE - 1, 0, -1):
        following[:, place - 1] = np.where(own[:, place], place, following[:, place])
    pairs = [np.empty(0, "i8")]
    for first in range(SIZE):
        third = following[np.arange(n), following[:, first]]
        here = np.flatnonzero(own[:, first] & (third < SIZE))
        key = values[here, first].astype("u8")
        for after in (following[here, first], third[here]):
            key = key << 16 | after.astype("u8") << 8 | values[here, after]
        order = np.argsort(key, kind="stable")
        key, here = key[order], here[order]
        for ahead in range(1, NEXT + 1):
            equal = key[ahead:] == key[:-ahead]
            pairs.append(here[:-ahead][equal] * n + here[ahead:][equal])
    return np.unique(np.concatenate(pairs))


def _evenness(sketches: _Sketches, i: int, same: np.ndarray) -> float:
    """How much of an article is in lines that share something, against an even spread."""
    sizes = np.bincount(sketches.rows[i][sketches.own[i]], minlength=ROWS)
    shared = np.bincount(sketches.rows[i][same], minlength=ROWS)
    expected = sizes @ (1 - (1 - shared.sum() / sizes.sum()) ** sizes)
    return float(sizes @ (shared > 0) / expected)


def _firsts(n: int, links: list[tuple[int, int]]) -> list[int]:
    """For each of `n` articles the first of those it is linked to, directly or through others."""
    ends = np.array(links, int).reshape(-1, 2).T
    graph = coo_array((np.ones(len(links)), ends), shape=(n, n))
    group = connected_components(graph, directed=False)[1]
    return np.unique(group, return_index=True)[1][group].tolist()
