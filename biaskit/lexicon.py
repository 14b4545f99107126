"""
Which words are looked for, and why is each of them there?

A lexicon is a TOML file with a passport (name, version, licence, sources) and entries. An
entry names a pattern, the frame it belongs to, what the word presents as given, what others
write instead, and sentences that it must and must not be found in, so that a reader can
quarrel with it entry by entry. Nothing in a lexicon says that a word is biased: it says
which choice of words was made where others were possible.

Patterns are words, not regular expressions: "coup", "cosy* up to", "far-right". A `*` at
the end of a word stands for any ending. Words may be joined by white space or one hyphen,
so "far-right" also finds "far right". That keeps matching linear in the text whatever a
user writes, and keeps a lexicon readable by people who do not program.

An **alternation set** groups what different writers call one and the same referent (coup,
revolution, change of power). Its plain variants have the frame `neutral`: they are counted,
so that shares have a denominator, but they are no markers.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from biaskit.tables import build
from biaskit.tokens import term_of, token_spans

__all__ = ["NEUTRAL", "Entry", "Lexicon", "read_lexicon", "shipped_lexicons"]

NEUTRAL = "neutral"


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
    source: str = "own"
    language: str = "en"

    @property
    def is_marker(self) -> bool:
        """Whether a hit is a sign of framing; plain variants of a set are not."""
        return self.frame != NEUTRAL


@dataclass(frozen=True)
class Lexicon:
    """A word list with its passport; `sha256` is the hash of the file it was read from."""

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


def shipped_lexicons() -> list[str]:
    """Names of the lexicons inside the package, in alphabetical order."""
    folder = resources.files("biaskit") / "lexicons"
    return sorted(
        f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")
    )


def read_lexicon(name: str | Path = "framing-en") -> Lexicon:
    """
    Read and check a lexicon: one that is shipped, by its name, or a TOML file of your own.

    >>> lexicon = read_lexicon("framing-en")
    >>> lexicon["coup"].frame
    'legitimacy/overthrow'

    Raises
    ------
    ValueError : in one sentence, naming the file and the entry: a file that is not TOML, an
        unknown or missing key, an id given twice, a pattern that two entries claim, an unknown
        frame, source or mirror, half an alternation variant.
    FileNotFoundError : no such file, and no shipped lexicon of that name.
    """
    if str(name) in shipped_lexicons():
        where = f"{name}.toml"
        content = (resources.files("biaskit") / "lexicons" / where).read_bytes()
    else:
        path = Path(name)
        if not path.is_file():
            shipped = ", ".join(shipped_lexicons())
            raise FileNotFoundError(
                f"no lexicon {str(name)!r}: give a TOML file or one of {shipped}"
            )
        where, content = str(path), path.read_bytes()
    try:
        contents = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{where} is not a TOML file in UTF-8: {error}") from error
    lexicon = _build(contents, where, hashlib.sha256(content).hexdigest())
    _check_entries(lexicon, where)
    return lexicon


PASSPORT = ("name", "version", "title", "description", "language", "licence")


def _build(contents: dict[str, Any], where: str, sha256: str) -> Lexicon:
    _check_keys(contents, {"lexicon", "sources", "frames", "entry"}, {"lexicon", "entry"}, where)
    passport = contents["lexicon"]
    _check_keys(passport, set(PASSPORT), {"name"}, f"{where}, [lexicon]")
    texts = {key: str(passport.get(key, "")) for key in PASSPORT}
    texts["language"] = texts["language"] or "en"
    if not isinstance(contents["entry"], list):
        raise ValueError(f"{where}: entries are written [[entry]], with two brackets")
    entries = [_entry(raw, texts["language"], f"{where}, entry {i}") for i, raw in
               enumerate(contents["entry"], start=1)]  # fmt: skip
    return Lexicon(
        **texts,
        sha256=sha256,
        entries=tuple(entries),
        frames=contents.get("frames", {}),
        sources=contents.get("sources", {}),
    )


def _entry(raw: dict[str, Any], language: str, where: str) -> Entry:
    if isinstance(raw, dict) and raw.get("id"):
        where = f"{where} ({raw['id']})"
    _check_keys(raw, {f.name for f in fields(Entry)}, {"id", "pattern", "frame"}, where)
    values: dict[str, Any] = {"language": language}
    for one in fields(Entry):
        if one.name not in raw:
            continue
        value = raw[one.name]
        if str(one.type).startswith("tuple"):
            strings, kind = (
                [value] if isinstance(value, str) else value,
                "a string or a list of strings",
            )
            fits = isinstance(strings, list) and all(isinstance(x, str) for x in strings)
            value = tuple(strings) if fits else value
        else:
            wanted, kind = (bool, "true or false") if one.type is bool else (str, "a string")
            fits = isinstance(value, wanted)
        if not fits:
            raise ValueError(f"{where}: {one.name} is {value!r}; it must be {kind}")
        values[one.name] = value
    return Entry(**values)


def _check_keys(table: Any, known: set[str], needed: set[str], where: str) -> None:
    if not isinstance(table, dict):
        raise ValueError(f"{where} must be a table with the keys {', '.join(sorted(known))}")
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(
            f"{where}: unknown key {', '.join(map(repr, unknown))}; known are "
            f"{', '.join(sorted(known))}"
        )
    missing = sorted(needed - set(table))
    if missing:
        raise ValueError(f"{where}: the key {', '.join(map(repr, missing))} is missing")


def _check_entries(lexicon: Lexicon, where: str) -> None:
    ids: set[str] = set()
    owners: dict[tuple, str] = {}
    for entry in lexicon.entries:
        at = f"{where}, entry {entry.id}"
        if entry.id in ids:
            raise ValueError(f"{at}: this id is given twice")
        ids.add(entry.id)
        for pattern in (*entry.pattern, *entry.near, *entry.not_near):
            _check_pattern(pattern, at)
        if not entry.pattern:
            raise ValueError(f"{at}: it has no pattern")
        for pattern in entry.pattern:  # one form in two senses is told apart by its context
            key = pattern_words(pattern, case=entry.case), entry.near, entry.not_near
            if owners.setdefault(key, entry.id) != entry.id:
                raise ValueError(f"{at}: the pattern {pattern!r} is also that of {owners[key]}")
        if lexicon.frames and entry.frame not in lexicon.frames:
            raise ValueError(f"{at}: the frame {entry.frame!r} is not in [frames]")
        if entry.source != "own" and entry.source not in lexicon.sources:
            raise ValueError(f"{at}: the source {entry.source!r} is not in [sources]")
        if (entry.set is None) != (entry.variant is None):
            raise ValueError(f"{at}: set and variant go together; only one of them is given")
    for entry in lexicon.entries:
        if entry.mirror is not None and entry.mirror not in ids:
            raise ValueError(f"{where}, entry {entry.id}: its mirror {entry.mirror!r} is no entry")


# What may stand between two words of a pattern: what may stand there in the text.
BETWEEN = re.compile(r"(?:\*?(?:\s+|[-‐‑–'’]))?")


def _check_pattern(pattern: str, where: str) -> None:
    tokens = token_spans(pattern)
    ends, starts = [0, *(end for _, end in tokens)], [start for start, _ in tokens]
    first, *between = (pattern[a:b] for a, b in zip(ends, [*starts, len(pattern)], strict=True))
    joined = all(BETWEEN.fullmatch(gap) for gap in between[:-1])
    if not tokens or first or not joined or between[-1] not in {"", "*"}:
        raise ValueError(
            f"{where}: the pattern {pattern!r} must be words, with * only at the end of a word"
        )


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
        words.append((word if case else term_of(word)) + star)
    if pattern.count("*") != sum(word.endswith("*") for word in words):
        return ()
    return tuple(words)
