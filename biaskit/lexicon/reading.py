"""
How does a file become a lexicon, and what is wrong with it?

Every file is first brought into the shape of our TOML (a passport, frames, entries), each
entry with the place where it stands, and then checked entry by entry. All faults of a file
are gathered: `read_lexicon` refuses with the first, `examine_lexicon` hands over all of them
beside the entries that are sound.

A file ending in .csv or .tsv is read as a table, .dic as a LIWC dictionary, .yml or .yaml as
a quanteda dictionary, and any other as TOML.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any

from biaskit.lexicon.entries import Entry, Lexicon, pattern_fault, pattern_words
from biaskit.lexicon.formats import FORMATS, Raw

__all__ = ["examine_lexicon", "read_lexicon", "shipped_lexicons"]

PASSPORT = ("name", "version", "title", "description", "language", "licence")
TABLES = ("lexicon", "sources", "frames", "entry")


def shipped_lexicons() -> list[str]:
    """Names of the lexicons inside the package, in alphabetical order."""
    folder = resources.files("biaskit") / "lexicons"
    return sorted(
        f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")
    )


def read_lexicon(name: str | Path = "framing-en") -> Lexicon:
    """
    Read and check a lexicon: one that is shipped, by its name, or a file of your own.

    The file can be TOML like the shipped ones, a table (.csv, .tsv) with at least the column
    pattern, a LIWC dictionary (.dic) or a quanteda dictionary (.yml, .yaml).

    >>> lexicon = read_lexicon("framing-en")
    >>> lexicon["coup"].frame
    'legitimacy/overthrow'

    Raises
    ------
    ValueError : in one sentence, naming the file and the entry: a file that cannot be parsed,
        an unknown or missing key, an id given twice, a pattern that two entries claim, an
        unknown frame, source or mirror, half an alternation variant. Where there is more
        than one fault, the sentence says how many and how to see them all.
    FileNotFoundError : no such file, and no shipped lexicon of that name.
    """
    lexicon, faults = examine_lexicon(name)
    if faults:
        more = len(faults) - 1
        plural = "fault" if more == 1 else "faults"
        rest = f"; biaskit lexicon check shows {more} more {plural}" if more else ""
        raise ValueError(faults[0] + rest)
    return lexicon


def examine_lexicon(name: str | Path) -> tuple[Lexicon, list[str]]:
    """
    The lexicon of a file without its faulty entries, and every fault in one sentence each.

    Raises
    ------
    FileNotFoundError : no such file, and no shipped lexicon of that name.
    """
    where, content = _content(name)
    stem, suffix = Path(where).stem, Path(where).suffix.lower()
    faults: list[str] = []
    try:
        raw = FORMATS[suffix](content, stem) if suffix in FORMATS else _toml(content)
    except ValueError as error:
        return _lexicon({"name": stem}, content, []), [f"{where}{error}"]
    contents = raw.contents
    passport = contents.get("lexicon", {})
    for table, known, needed, place in (
        (contents, {*TABLES}, {"lexicon", "entry"}, where),
        (passport, {*PASSPORT}, {"name"}, f"{where}, [lexicon]"),
    ):
        fault = _key_fault(table, known, needed, place)
        if fault:
            return _lexicon({"name": stem}, content, []), [fault]
    faults += [f"{where}, {fault}" for fault in raw.faults]
    entries = _entries(raw, str(passport.get("language") or "en"), where, faults)
    lexicon = _lexicon(passport, content, [entry for _, entry in entries], contents)
    unsound = _check_entries(lexicon, entries, where, faults)
    if unsound:
        sound = [entry for place, entry in entries if place not in unsound]
        lexicon = _lexicon(passport, content, sound, contents)
    return lexicon, faults


def _content(name: str | Path) -> tuple[str, bytes]:
    if str(name) in shipped_lexicons():
        where = f"{name}.toml"
        return where, (resources.files("biaskit") / "lexicons" / where).read_bytes()
    path = Path(name)
    if not path.is_file():
        shipped = ", ".join(shipped_lexicons())
        raise FileNotFoundError(f"no lexicon {str(name)!r}: give a TOML file or one of {shipped}")
    return str(path), path.read_bytes()


def _toml(content: bytes) -> Raw:
    try:
        contents = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f" is not a TOML file in UTF-8: {error}") from error
    if "entry" in contents and not isinstance(contents["entry"], list):
        raise ValueError(": entries are written [[entry]], with two brackets")
    places = []
    for i, entry in enumerate(contents.get("entry", []), start=1):
        named = isinstance(entry, dict) and entry.get("id")
        places.append(f"entry {i} ({named})" if named else f"entry {i}")
    return Raw(contents, places, [])


def _lexicon(
    passport: dict[str, Any],
    content: bytes,
    entries: Iterable[Entry],
    contents: dict[str, Any] | None = None,
) -> Lexicon:
    texts: dict[str, Any] = {key: str(passport.get(key, "")) for key in PASSPORT}
    texts["language"] = texts["language"] or "en"
    return Lexicon(
        **texts,
        sha256=hashlib.sha256(content).hexdigest(),
        entries=tuple(entries),
        frames=(contents or {}).get("frames", {}),
        sources=(contents or {}).get("sources", {}),
    )


# ---- one entry ---------------------------------------------------------------------------------


def _entries(raw: Raw, language: str, where: str, faults: list[str]) -> list[tuple[str, Entry]]:
    found = []
    for place, values in zip(raw.places, raw.contents["entry"], strict=True):
        at = f"{where}, {place}"
        fault = _key_fault(values, {f.name for f in fields(Entry)}, {"id", "pattern", "frame"}, at)
        if fault is None:
            try:
                found.append((place, _entry(values, language)))
                continue
            except ValueError as error:
                fault = f"{at}: {error}"
        faults.append(fault)
    return found


def _entry(raw: dict[str, Any], language: str) -> Entry:
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
            raise ValueError(f"{one.name} is {value!r}; it must be {kind}")
        values[one.name] = value
    return Entry(**values)


def _key_fault(table: Any, known: set[str], needed: set[str], where: str) -> str | None:
    if not isinstance(table, dict):
        return f"{where} must be a table with the keys {', '.join(sorted(known))}"
    unknown = sorted(set(table) - known)
    if unknown:
        return (
            f"{where}: unknown key {', '.join(map(repr, unknown))}; known are "
            f"{', '.join(sorted(known))}"
        )
    missing = sorted(needed - set(table))
    if missing:
        return f"{where}: the key {', '.join(map(repr, missing))} is missing"
    return None


# ---- the entries together ----------------------------------------------------------------------


def _check_entries(
    lexicon: Lexicon, entries: list[tuple[str, Entry]], where: str, faults: list[str]
) -> set[str]:
    """Add what is wrong with each entry beside the others; returns the places of those."""
    ids: set[str] = set()
    owners: dict[tuple, str] = {}
    every = {entry.id for _, entry in entries}
    unsound = set()
    for place, entry in entries:
        found = list(_faults(entry, lexicon, ids, owners))
        if entry.mirror is not None and entry.mirror not in every:
            found.append(f"its mirror {entry.mirror!r} is no entry")
        ids.add(entry.id)
        line = "" if place.startswith("entry") else f"{place}, "
        faults += [f"{where}, {line}entry {entry.id}: {fault}" for fault in found]
        if found:
            unsound.add(place)
    return unsound


def _faults(
    entry: Entry, lexicon: Lexicon, ids: set[str], owners: dict[tuple, str]
) -> Iterable[str]:
    if entry.id in ids:
        yield "this id is given twice"
    patterns = (*entry.pattern, *entry.near, *entry.not_near)
    wrong = [(pattern, pattern_fault(pattern)) for pattern in patterns]
    yield from (f"the pattern {pattern!r} {fault}" for pattern, fault in wrong if fault)
    if not entry.pattern:
        yield "it has no pattern"
    for pattern in entry.pattern:  # one form in two senses is told apart by its context
        key = pattern_words(pattern, case=entry.case), entry.near, entry.not_near
        if key[0] and owners.setdefault(key, entry.id) != entry.id:
            yield f"the pattern {pattern!r} is also that of {owners[key]}"
    if lexicon.frames and entry.frame not in lexicon.frames:
        yield f"the frame {entry.frame!r} is not in [frames]"
    if entry.source != "own" and entry.source not in lexicon.sources:
        yield f"the source {entry.source!r} is not in [sources]"
    if (entry.set is None) != (entry.variant is None):
        yield "set and variant go together; only one of them is given"
