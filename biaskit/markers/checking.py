"""
What is wrong with a lexicon, and what should its author know of it?

A fault of the file is an *error*, and so is an example that is not found or a counterexample
that is. Everything else is a *note*, which an author may have good reasons for: two entries that
can match the same words, a mirror that does not look back, a set with one variant and so
nothing to choose between, an entry that never hits in the texts given.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from biaskit.lexicon import Entry, Lexicon, examine_lexicon, pattern_words
from biaskit.markers.matching import Matcher
from biaskit.tables import build

__all__ = ["check_lexicon"]

_Finding = tuple[str, str | None, str]


def check_lexicon(name: str | Path, texts: Iterable[str] = ()) -> pd.DataFrame:
    """
    Check a lexicon file against itself, and against texts where some are given.

    Returns
    -------
    One row per finding with the columns of a `lexicon_checks` table: errors first, in the
    order of the file, then notes by kind. Nothing is raised for a faulty lexicon.

    Raises
    ------
    FileNotFoundError : no such file, and no shipped lexicon of that name.
    """
    lexicon, faults = examine_lexicon(name)
    findings: list[_Finding] = [("error", None, fault) for fault in faults]
    matcher = Matcher(lexicon)
    findings += _examples(matcher)
    findings += _overlaps(matcher)
    findings += _mirrors(lexicon)
    findings += _sets(lexicon)
    findings += _seen(matcher, texts)
    return build("lexicon_checks", findings)


def _examples(matcher: Matcher) -> Iterator[_Finding]:
    for entry in matcher.lexicon.entries:
        for text in entry.examples:
            if entry.id not in _entries_in(matcher, text):
                yield "error", entry.id, f"it is not found in its example {text!r}"
        for text in entry.counterexamples:
            if entry.id in _entries_in(matcher, text):
                yield "error", entry.id, f"it is found in its counterexample {text!r}"


def _entries_in(matcher: Matcher, text: str) -> set[str]:
    return {found.entry.id for found in matcher.find(text)}


def _overlaps(matcher: Matcher) -> Iterator[_Finding]:
    """Pairs of entries one of which is also found in a pattern of the other, once each."""
    seen: set[tuple[str, str]] = set()
    for entry in matcher.lexicon.entries:
        for pattern in entry.pattern:
            for other in matcher.claimants(pattern_words(pattern, case=True)):
                one, two = sorted((entry.id, other.id))
                if one == two or (one, two) in seen:
                    continue
                seen.add((one, two))
                yield "overlap", entry.id, _overlap(pattern, entry, other)


def _overlap(pattern: str, entry: Entry, other: Entry) -> str:
    told_apart = any((entry.near, entry.not_near, other.near, other.not_near))
    how = (
        "where the context allows both, the id that comes first in the alphabet counts"
        if told_apart
        else "only one of them can count, the one spelt so, or first in the alphabet"
    )
    return f"the pattern {pattern!r} is also matched by {other.id}: {how}"


def _mirrors(lexicon: Lexicon) -> Iterator[_Finding]:
    by_id = {entry.id: entry for entry in lexicon.entries}
    for entry in lexicon.entries:
        mirror = by_id.get(entry.mirror or "")
        if mirror is not None and mirror.mirror != entry.id:
            said = f"names {mirror.mirror}" if mirror.mirror else "names none"
            yield "mirror", entry.id, f"its mirror {mirror.id} {said} as its own mirror"


def _sets(lexicon: Lexicon) -> Iterator[_Finding]:
    variants: dict[str, dict[str, str]] = {}
    for entry in lexicon.entries:
        if entry.set and entry.variant:
            variants.setdefault(entry.set, {}).setdefault(entry.variant, entry.id)
    for name, found in variants.items():
        if len(found) == 1:
            ((variant, entry_id),) = found.items()
            yield "set", entry_id, f"the set {name!r} has no other variant than {variant!r}"


def _seen(matcher: Matcher, texts: Iterable[str]) -> Iterator[_Finding]:
    hits: set[str] = set()
    n_texts = 0
    for text in texts:
        n_texts += 1
        hits |= _entries_in(matcher, text)
    if not n_texts:
        return
    for entry in matcher.lexicon.entries:
        if entry.id not in hits and not entry.unseen:
            yield "unseen", entry.id, f"it never hits in the {n_texts:,} texts given"
        if entry.id in hits and entry.unseen:
            yield "seen", entry.id, "it is marked unseen, but hits in the texts given"
