"""
Do the entries that speak for one side fire more often than those that speak for the other?

An entry's `towards` says for or against whom it speaks: "rules on guns (left): for", "the
right: against". The side stands in brackets, or is the whole name. To speak against one side
is to speak for the other, so every such entry belongs to one side, and its hits in articles
of left, center and right outlets are counted per 1,000 words. In outlets of the center
neither side's entries should fire much more than the other's: a list whose left half is
common and whose right half is rare would find framing on one side only, whatever is written.

What it can't tell: whether two sides write alike. Outlets of the center may well use one
side's words more, and a list made until the figures are equal would hide it. So the ratio is
printed, with each entry's hits, and no entry is chosen by it.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from biaskit.lexicon import Entry, Lexicon, read_lexicon
from biaskit.markers import Matcher
from biaskit.tokens import sentence_spans, token_spans

__all__ = ["LEANINGS", "Stand", "balance", "balance_table", "parse_towards", "side_of"]

OPPOSITE = {"left": "right", "right": "left"}
LEANINGS = ("left", "center", "right")
PER_WORDS = 1_000

TOWARDS = re.compile(
    r"(?P<whom>[^:()]+?)(?: \((?P<side>left|right)\))?"
    r": (?P<stance>for|against|open|stronger)(?P<mildly>, mildly)?"
)
NOBODY = "neither side"


class Stand(NamedTuple):
    """Whom an entry speaks of, on which side that is (None: on none), for or against it."""

    whom: str
    side: str | None
    stance: str
    mildly: bool = False


def parse_towards(towards: str) -> Stand | None:
    """
    Read the `towards` of an entry; None for "neither side".

    >>> parse_towards("rules on guns (left): against, mildly")
    Stand(whom='rules on guns', side='left', stance='against', mildly=True)

    Raises
    ------
    ValueError : naming the text, and a form that would have been read.
    """
    if towards == NOBODY:
        return None
    found = TOWARDS.fullmatch(towards)
    if found is None:
        raise ValueError(
            f"towards is {towards!r}; write {NOBODY!r}, or 'whom (left): for', where the stance is "
            "for, against, open or stronger, and (left) or (right) may be left out"
        )
    whom = found["whom"]
    own_side = {"the left": "left", "the right": "right"}.get(whom)
    return Stand(whom, found["side"] or own_side, found["stance"], found["mildly"] is not None)


def side_of(entry: Entry) -> str | None:
    """
    The side a marker speaks for, left or right; None where it speaks for neither.

    Plain variants, entries that speak of no side, and open ones have none.
    """
    stand = parse_towards(entry.towards) if entry.is_marker and entry.towards else None
    if stand is None or stand.side is None or stand.stance not in {"for", "against"}:
        return None
    return stand.side if stand.stance == "for" else OPPOSITE[stand.side]


def balance_table(rows: Iterable[dict], lexicon: Lexicon | None = None) -> pd.DataFrame:
    """
    Hits of one-sided entries by the leaning of the outlet.

    Parameters
    ----------
    rows : articles with `text` and `leaning` (left, center or right).
    lexicon : by default framing-en.

    Returns
    -------
    One row per entry that speaks for a side and leaning: entry, speaks_for, leaning, hits,
    words (of all articles of that leaning), per_1000_words. Rows with no hit are among them.

    Raises
    ------
    ValueError : a leaning other than the three.
    """
    lexicon = lexicon or read_lexicon()
    sides = {entry.id: side for entry in lexicon.entries if (side := side_of(entry))}
    hits, words = _count(rows, Matcher(lexicon), sides)
    table = pd.DataFrame(
        [
            (entry, side, leaning, hits[entry, leaning], words[leaning])
            for entry, side in sides.items()
            for leaning in LEANINGS
        ],
        columns=["entry", "speaks_for", "leaning", "hits", "words"],
    )
    with_words = table["words"].where(table["words"] > 0)
    return table.assign(per_1000_words=PER_WORDS * table["hits"] / with_words)


def _count(
    rows: Iterable[dict], matcher: Matcher, sides: dict[str, str]
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    hits: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    for row in rows:
        text, leaning = row["text"], row["leaning"]
        if leaning not in LEANINGS:
            raise ValueError(f"a leaning is {leaning!r}; it must be one of {', '.join(LEANINGS)}")
        position = 0
        for line in text.split("\n"):
            for start, end in sentence_spans(text, position, position + len(line)):
                tokens = token_spans(text, start, end)
                words[leaning] += len(tokens)
                for hit in matcher.hits(text, tokens):
                    if hit.entry.id in sides:
                        hits[hit.entry.id, leaning] += 1
            position += len(line) + 1
    return hits, words


def balance(rows: Sequence[dict], lexicon: Lexicon | None = None) -> dict[str, Any]:
    """
    How evenly the two sides' entries fire, in outlets of each leaning.

    Returns
    -------
    - center_ratio: the larger of the two rates in the center over the smaller, 1 at best;
      nan where the smaller is 0
    - left_in_left, left_in_center, ... right_in_right: hits of the entries that speak for the
      first, per 1,000 words in outlets of the second; nan without such outlets
    - entries_left, entries_right: how many entries speak for the side
    - hits_left, hits_right: their hits in all rows
    - top_left, top_right: share of the side's hits in the center that its most frequent entry
      has; near 1, the ratio is that of two words
    - n: articles; n_tokens: their words; seconds
    """
    lexicon, started = lexicon or read_lexicon(), time.perf_counter()
    table = balance_table(rows, lexicon)
    rates = table.groupby(["speaks_for", "leaning"])["per_1000_words"].sum(min_count=1)
    found = {
        f"{side}_in_{leaning}": float(rates.get((side, leaning), float("nan")))
        for side in OPPOSITE
        for leaning in LEANINGS
    }
    low, high = sorted((found["left_in_center"], found["right_in_center"]))
    center = table[table["leaning"] == "center"]
    words = table.drop_duplicates("leaning")["words"].sum()
    return {
        "center_ratio": high / low if low > 0 else float("nan"),
        **found,
        **{f"entries_{s}": int((center["speaks_for"] == s).sum()) for s in OPPOSITE},
        **{f"hits_{s}": int(table.loc[table["speaks_for"] == s, "hits"].sum()) for s in OPPOSITE},
        **{f"top_{side}": _top(center[center["speaks_for"] == side]["hits"]) for side in OPPOSITE},
        "n": len(rows),
        "n_tokens": int(words),
        "seconds": time.perf_counter() - started,
    }


def _top(hits: pd.Series) -> float:
    return float(hits.max() / hits.sum()) if hits.sum() else float("nan")
