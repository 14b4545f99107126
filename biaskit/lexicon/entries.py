"""
What is an entry, what is a lexicon, and where does a pattern end?

Both are frozen: what was measured with a lexicon stays true of it. A pattern is cut into
words by the rules that cut the text, so that the two cannot disagree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from biaskit.tables import build
from biaskit.tokens import term_of, token_spans

__all__ = [
    "LONGEST_PATTERN",
    "NEUTRAL",
    "Entry",
    "Lexicon",
    "markers_among",
    "pattern_fault",
    "pattern_words",
]

NEUTRAL = "neutral"
TARGET = "target"
LOADEDNESS = "loadedness"

# Entries that are found and no signs of framing: plain variants, whom sentences are about, and
# what the loadedness of a word is listed under, which stands beside the markers.
NO_MARKERS = (NEUTRAL, TARGET, LOADEDNESS)

# Reading on from each word of a text goes as far as the longest pattern, so a pattern of a
# thousand words would make every text a thousand times as long. The longest set phrase in
# the word lists we know has nine.
LONGEST_PATTERN = 20


@dataclass(frozen=True)
class Entry:
    """One thing to look for. The fields are the keys of an `[[entry]]` in the TOML file."""

    id: str
    pattern: tuple[str, ...]
    frame: str
    gloss: str = ""
    alternatives: tuple[str, ...] = ()
    set: str | None = None
    variant: str | None = None
    mirror: str | None = None
    towards: str = ""
    case: bool = False
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    unseen: bool = False
    source: str = "own"
    language: str = "en"

    @property
    def is_marker(self) -> bool:
        """Whether a hit is a sign of framing; plain variants of a set and targets are not."""
        return self.frame.partition("/")[0] not in NO_MARKERS

    @property
    def is_target(self) -> bool:
        """Whether it names somebody whom sentences are about, as in a targets file."""
        return self.frame.partition("/")[0] == TARGET


@dataclass(frozen=True)
class Lexicon:
    """
    A word list with its passport; `sha256` is the hash of the file it was read from.

    Without `shows_context` a set keeps no words around its hits.
    """

    name: str
    version: str
    title: str
    description: str
    language: str
    licence: str
    sha256: str
    entries: tuple[Entry, ...]
    frames: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    shows_context: bool = True

    def __hash__(self) -> int:
        return hash((self.name, self.version, self.sha256, len(self.entries)))

    def __getitem__(self, entry: str) -> Entry:
        for one in self.entries:
            if one.id == entry:
                return one
        raise KeyError(f"no entry {entry!r} in the lexicon {self.name}")

    def table(self) -> pd.DataFrame:
        """One row per entry, in the file's order, with the columns of an `entries` table."""
        return build(
            "entries",
            [
                (
                    self.name,
                    e.id,
                    e.frame,
                    e.gloss,
                    e.set,
                    e.variant,
                    e.mirror,
                    e.towards,
                    e.language,
                )
                for e in self.entries
            ],
        )


# What may stand between two words of a pattern: what may stand there in the text.
BETWEEN = re.compile(r"(?:\*?(?:\s+|[-‐‑–'’]))?")


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern, in words that go on from "the pattern 'x'"; or None."""
    tokens = token_spans(pattern)
    ends, starts = [0, *(end for _, end in tokens)], [start for start, _ in tokens]
    first, *between = (pattern[a:b] for a, b in zip(ends, [*starts, len(pattern)], strict=True))
    joined = all(BETWEEN.fullmatch(gap) for gap in between[:-1])
    if not tokens or first or not joined or between[-1] not in {"", "*"}:
        return "must be words, with * only at the end of a word"
    if len(tokens) > LONGEST_PATTERN:
        return f"has {len(tokens)} words; {LONGEST_PATTERN} are the most that are looked for"
    return None


def pattern_words(pattern: str, *, case: bool = False) -> tuple[str, ...]:
    """
    The words of a pattern, cut as text is cut; a final `*` stays on its word.

    >>> pattern_words("so-called reform*")
    ('so', 'called', 'reform*')
    """
    words = []
    for start, end in token_spans(pattern):
        word = pattern[start:end]
        star = "*" if pattern[end : end + 1] == "*" else ""
        words.append((word.replace("’", "'") if case else term_of(word)) + star)
    if pattern.count("*") != sum(word.endswith("*") for word in words):
        return ()
    return tuple(words)


def markers_among(entries: pd.DataFrame) -> pd.Series:
    """
    Whether each row, by its column `frame`, is a sign of framing.

    >>> frames = pd.DataFrame({"frame": ["neutral", "moral/praise", "target/country"]})
    >>> markers_among(frames).tolist()
    [False, True, False]
    """
    return ~entries["frame"].str.split("/").str[0].isin(NO_MARKERS)
