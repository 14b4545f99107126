"""
Which articles are copies, and which lines stand under article after article?

Two steps, so that a corpus of any size can be cut in parts. `scan` looks at one article alone
and keeps less than a kilobyte of it; `settle` takes all scans, in any order and from any
number of processes, and decides:

- *Copies.* Two articles are copies when enough of their runs of three words are the same and
  what they share is spread over the shorter one's lines; copies of copies are copies. What is
  compared is a MinHash signature of the lines of eight words or more, so a new headline, a
  new picture or a cut at the end change little. Within an outlet the earliest counts; across
  outlets each keeps its own, and the group says so.
- *Recurring lines* stand, to the letter, under at least three articles of an outlet that are
  no copies of each other; so do *openings* of headlines ("Ukraine war latest:", "WATCH |").

Boilerplate must not make copies, so lines that stand in a tenth of an outlet's pages count for
nothing in the comparison. When this is wrong: with two or three pages of an outlet there is no
telling boilerplate from article, unless the caller gives the article's lines apart (`body`);
and in a corpus so small that three versions of one story are a tenth of an outlet's pages,
versions with new paragraphs may each count.
"""

import hashlib
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rensa import RMinHash

from biaskit.languages import language_of, not_english
from biaskit.lines import SENTENCE_END
from biaskit.tokens import sentence_spans

__all__ = ["Decisions", "Scan", "line_hash", "opening_of", "scan", "settle", "zone_of_recurring"]


class Scan(NamedTuple):
    """What one article contributes to the decisions."""

    document: str
    outlet: str
    date: str | None
    n_words: int  # of the lines that the signature is made of
    signature: bytes  # `SIZE` smallest hashes, a byte each; empty where there is no text
    rows: bytes  # for each of them the line it comes from, as a place in `lines`
    lines: bytes  # hashes of its distinct lines, eight bytes each, those of the signature first
    opening: str | None  # of its headline; "" where it has none, None without a headline
    language: str | None


class Decisions(NamedTuple):
    """What is settled about a corpus, to be applied while it is measured."""

    copy_of: dict[str, str]  # document -> the earliest of its copies in the same outlet
    shared: dict[str, str]  # document -> the earliest of its copies, where outlets share them
    recurring: dict[str, frozenset[int]]  # outlet -> hashes of recurring lines
    openings: dict[str, frozenset[str]]  # outlet -> recurring openings of headlines
    set_aside: dict[str, str]  # document -> reason


# ---- scan -----------------------------------------------------------------------------------

SIZE = 192
SEED = 1  # a signature can only be compared with one of the same seed and size
SHINGLE = 3  # words
LONG = 8  # words; a shorter line is a menu, a credit or a heading more often than prose
ROWS = 255  # lines that a byte can number
SHORT_LINES = 256  # of the shorter lines the first and last, where furniture stands

_NUMBER = re.compile(r"\d+")
_MARKS = "‘’“”–—…\xa0"
_WORDS = bytes(b if chr(b).isalnum() or b > 127 or b == 10 else 32 for b in range(256))
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads sums over all bits (Knuth)


def line_hash(line: str) -> int:
    """
    A number for a line: equal for lines that are the same but for white space.

    Case counts. In lines of fewer than eight words one number is as good as another.

    >>> line_hash("12  comments") == line_hash("7 comments ") != line_hash("7 Comments")
    True
    """
    words = line.split()
    same = " ".join(words)
    if len(words) < LONG:
        same = _NUMBER.sub("0", same)
    written = same.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "little")


def zone_of_recurring(line: str) -> str:
    """
    The zone of a recurring line: `recurring` for sentences, `furniture` for all else.

    An editor's note under article after article is the outlet's wording and is counted apart;
    "Read more" is nobody's.

    >>> zone_of_recurring("Editor's note: the mayor has denied all of this many times.")
    'recurring'
    >>> zone_of_recurring("Follow us.")
    'furniture'
    """
    sentence = SENTENCE_END.search(line) or len(sentence_spans(line)) > 1
    return "recurring" if sentence and len(line.split()) >= LONG else "furniture"


# A label in capitals needs a mark behind it, or "NATO agrees to talks" would open with one;
# the words that name the form and not the matter of an article need none.
OPENING = re.compile(
    r"""(?P<colon>[^:]{1,60}):(?=\s)
    | \[(?P<brackets>[^\W\d_]{2,}(?:\ [^\W\d_]+)?)\]
    | (?P<label>[A-Z]{4,}(?:\ [A-Z]{2,}){0,2})\s*[|–—-](?=\s)
    | (?P<form>WATCH|LIVE|VIDEO|PHOTOS?|BREAKING|UPDATED?|EXCLUSIVE|OPINION|ANALYSIS)(?=\s)""",
    re.VERBOSE,
)


def opening_of(headline: str) -> tuple[str, int] | None:
    """
    What a headline opens with, up to a colon or as a label, and where that ends.

    >>> opening_of("Ukraine war latest: Grain ships sail")
    ('ukraine war latest', 19)
    >>> opening_of("Grain ships sail") is None
    True
    """
    found = OPENING.match(headline)
    if not found:
        return None
    label = next(part for part in found.groups() if part is not None)
    return _NUMBER.sub("0", " ".join(label.casefold().split())), found.end()


def scan(
    document: str,
    outlet: str,
    date: str | None,
    headline: str | None,
    lines: Sequence[str],
    *,
    body: Sequence[str] | None = None,
) -> Scan:
    """
    What one article contributes to the decisions.

    Parameters
    ----------
    document, outlet, date : the article's id, its outlet, and the earliest day it can be from.
    headline : where one is known.
    lines : all lines of the page, in order; any of them may recur.
    body : those of them that are known to be the article. Without it copies and language are
        judged on the lines of eight words or more, boilerplate among them.
    """
    candidates = lines if body is None else body
    long = [line for line in candidates if len(line.split(None, LONG)) >= LONG]
    prose = {line_hash(line): line for line in long or candidates if line.strip()}
    prose = dict(list(prose.items())[:ROWS])
    others = [h for h in dict.fromkeys(line_hash(x) for x in lines if x.strip()) if h not in prose]
    if len(others) > SHORT_LINES:
        others = others[: SHORT_LINES // 2] + others[-SHORT_LINES // 2 :]
    n_words, signature, rows = _signature(list(prose.values()))
    opening = opening_of(headline) if headline else None
    return Scan(
        document,
        outlet,
        date,
        n_words,
        signature,
        rows,
        np.array([*prose, *others], "<u8").tobytes(),
        (opening[0] if opening else "") if headline else None,
        language_of("\n".join(prose.values())),
    )


def _signature(lines: list[str]) -> tuple[int, bytes, bytes]:
    """Number of words; and of each of `SIZE` smallest shingle hashes a byte, and its line."""
    text = "\n".join(line.replace("\n", " ") for line in lines).casefold()
    for mark in _MARKS:
        text = text.replace(mark, " ")
    plain = text.encode("utf-8", "surrogatepass").translate(_WORDS)
    split = [line.split() for line in plain.split(b"\n")]
    words = [word for line in split for word in line]
    line_of = np.repeat(np.arange(len(split)), [len(line) for line in split])
    whole = line_of[: 1 - SHINGLE] == line_of[SHINGLE - 1 :]
    if not whole.any():
        return len(words), b"", b""
    hashes = np.fromiter(map(zlib.crc32, words), "u8", len(words))
    shingles = ((hashes[:-2] * _MIX + hashes[1:-1]) * _MIX + hashes[2:])[whole]
    sizes = np.bincount(line_of[: 1 - SHINGLE][whole], minlength=len(split))
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype("u8")
    digests = RMinHash.digest_matrix_from_flat_token_hashes(shingles, ends, SIZE, SEED)
    smallest = np.array(digests.to_rows(), "u4")
    values = smallest.min(axis=0).astype("u1")  # its lowest byte
    return len(words), values.tobytes(), smallest.argmin(axis=0).astype("u1").tobytes()


# ---- settle ---------------------------------------------------------------------------------

# How many articles of an outlet a line must stand under, an opening above, or boilerplate in.
AT_LEAST = 3
ALL_OF = 4  # of so few articles it must be all
RECURS = 0.01  # CNN's editor's notes stand in 1 to 3 % of its articles, speeches quoted in < 1 %
CERTAIN = 20  # the same line to the letter in so many is no chance, however large the outlet
OPENS = 0.03
BOILERPLATE = 0.1

SIMILAR = 0.25
EVEN = 0.75
RUN = 3
NEXT = 8
ENOUGH = 16
SHORT = 50
SAME = 0.95
CHUNK = 4_096


def settle(scans: Iterable[Scan]) -> Decisions:
    """
    Decide which articles are copies, which lines and openings recur, what to set aside.

    The order of the scans, and how the corpus was cut in parts, change nothing.

    Raises
    ------
    ValueError : two different articles have one id.
    """
    ordered = _ordered(scans)
    set_aside = not_english((x.document, x.outlet, x.language) for x in ordered)
    kept = [x for x in ordered if x.document not in set_aside]
    of_outlet: dict[str, list[int]] = defaultdict(list)
    for i, x in enumerate(kept):
        of_outlet[x.outlet].append(i)
    links = list(_links(kept, of_outlet))
    within = _first_of_each(len(kept), [p for p in links if kept[p[0]].outlet == kept[p[1]].outlet])
    across = _first_of_each(len(kept), links)
    outlets_of: dict[int, set[str]] = defaultdict(set)
    for i, first in enumerate(across):
        outlets_of[first].add(kept[i].outlet)
    return Decisions(
        copy_of={kept[i].document: kept[j].document for i, j in enumerate(within) if i != j},
        shared={
            kept[i].document: kept[j].document
            for i, j in enumerate(across)
            if len(outlets_of[j]) > 1
        },
        recurring={
            outlet: frozenset(
                _standing(
                    [kept[i] for i in own], [within[i] for i in own], RECURS, CERTAIN
                ).tolist()
            )
            for outlet, own in of_outlet.items()
        },
        openings={
            outlet: _openings([kept[i] for i in own if within[i] == i])
            for outlet, own in of_outlet.items()
        },
        set_aside=set_aside,
    )


def _ordered(scans: Iterable[Scan]) -> list[Scan]:
    """By date and id, those without a date last; a scan that is given twice counts once."""
    ordered = sorted(set(scans), key=lambda x: (x.date or "9999", x.document))
    document, n = Counter(x.document for x in ordered).most_common(1)[0] if ordered else ("", 1)
    if n > 1:
        raise ValueError(f"{n} different articles have the id {document!r}; ids must be unique")
    return ordered


def _needed(n: int, share: float, certain: int | None = None) -> int:
    """How many of `n` articles it takes."""
    if n <= ALL_OF:
        return max(AT_LEAST, n)
    return max(AT_LEAST, min(math.ceil(share * n), certain or n))


def _standing(
    scans: list[Scan], groups: list[int], share: float, certain: int | None = None
) -> np.ndarray:
    """The lines that stand in enough groups of these articles."""
    lines = np.frombuffer(b"".join(x.lines for x in scans), "<u8")
    owners = np.repeat(groups, [len(x.lines) // 8 for x in scans])
    order = np.lexsort((owners, lines))
    lines, owners = lines[order], owners[order]
    new = np.ones(len(lines), bool)
    new[1:] = (lines[1:] != lines[:-1]) | (owners[1:] != owners[:-1])
    found, n = np.unique(lines[new], return_counts=True)
    return found[n >= _needed(len(set(groups)), share, certain)]


def _openings(scans: list[Scan]) -> frozenset[str]:
    found = Counter(x.opening for x in scans if x.opening is not None)
    needed = _needed(found.total(), OPENS)
    return frozenset(opening for opening, n in found.items() if opening and n >= needed)


class _Sketches(NamedTuple):
    """The signatures of a corpus, one row per article, in the order of date and id."""

    values: np.ndarray
    rows: np.ndarray
    own: np.ndarray  # whether the value comes from a line that is no boilerplate
    strict: np.ndarray  # whether there is so little of the article that all must be the same


def _sketches(scans: list[Scan], boilerplate: dict[str, np.ndarray]) -> _Sketches:
    values = np.frombuffer(b"".join(x.signature for x in scans), "u1").reshape(-1, SIZE)
    rows = np.frombuffer(b"".join(x.rows for x in scans), "u1").reshape(-1, SIZE)
    own = np.empty(rows.shape, bool)
    for i, x in enumerate(scans):
        lines = np.frombuffer(x.lines, "<u8", count=min(ROWS, len(x.lines) // 8))
        own[i] = ~np.isin(lines, boilerplate[x.outlet])[rows[i]]
    little = own.sum(axis=1) < ENOUGH
    own[little] = True
    return _Sketches(values, rows, own, little | [x.n_words < SHORT for x in scans])


def _links(scans: list[Scan], of_outlet: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    """All pairs of copies, as places in `scans`, the earlier first."""
    at = [i for i, x in enumerate(scans) if x.signature]
    if not at:
        return
    boilerplate = {
        outlet: _standing([scans[i] for i in own], own, BOILERPLATE)
        for outlet, own in of_outlet.items()
    }
    sketches = _sketches([scans[i] for i in at], boilerplate)
    pairs = _candidates(sketches)
    for start in range(0, len(pairs), CHUNK):
        one, two = np.divmod(pairs[start : start + CHUNK], len(at))
        same = sketches.values[one] == sketches.values[two]
        same &= sketches.own[one] & sketches.own[two]
        sizes = np.maximum(sketches.own[one].sum(axis=1), sketches.own[two].sum(axis=1))
        least = np.where(sketches.strict[one] | sketches.strict[two], SAME, SIMILAR)
        for k in np.flatnonzero(same.sum(axis=1) >= least * sizes):
            if max(_evenness(sketches, x[k], same[k]) for x in (one, two)) >= EVEN:
                yield at[one[k]], at[two[k]]


def _candidates(sketches: _Sketches) -> np.ndarray:
    """Pairs that agree in a run of values, as one number each: first * articles + second."""
    values, _, own, _ = sketches
    n = len(values)
    following = np.full((n, SIZE + 1), SIZE)  # the next place with a value of the article's own
    for place in range(SIZE - 1, 0, -1):
        following[:, place - 1] = np.where(own[:, place], place, following[:, place])
    pairs = []
    for first in range(SIZE):
        second = following[:, first]
        third = following[np.arange(n), second]
        here = np.flatnonzero(own[:, first] & (third < SIZE))
        key = values[here, first].astype("u8")
        for place in (second[here], third[here]):
            key = key << 16 | place.astype("u8") << 8 | values[here, place]
        order = np.argsort(key, kind="stable")
        key, here = key[order], here[order]
        for ahead in range(1, NEXT + 1):
            equal = key[ahead:] == key[:-ahead]
            pairs.append(here[:-ahead][equal] * n + here[ahead:][equal])
    return np.unique(np.concatenate(pairs))


def _evenness(sketches: _Sketches, i: int, same: np.ndarray) -> float:
    """How much of the article stands in lines that share anything, against an even spread."""
    sizes = np.bincount(sketches.rows[i][sketches.own[i]], minlength=ROWS)
    shared = np.bincount(sketches.rows[i][same], minlength=ROWS)
    expected = sizes @ (1 - (1 - shared.sum() / sizes.sum()) ** sizes)
    return float(sizes @ (shared > 0) / expected)


def _first_of_each(n: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """For each of `n` articles the first of those it is linked to, directly or through others."""
    first = list(range(n))

    def find(i: int) -> int:
        while first[i] != i:
            first[i] = i = first[first[i]]
        return i

    for one, two in links:
        one, two = sorted((find(one), find(two)))
        first[two] = one
    return [find(i) for i in range(n)]
