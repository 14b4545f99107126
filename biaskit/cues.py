"""
Which words ascribe what is said to somebody else, and how do they present it?

The words stand in `cues/en.toml`, by class; here their forms are computed and gathered into
one dictionary, so that a form is looked up once. Spelling rules give "claims, claimed,
claiming" from "claim"; what they cannot give stands in the file. A form says nothing about its
use: "claims" may be a noun, and whether it is a cue is for the rules of voice.py to decide.
"""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Cue", "Cues", "cues", "forms"]

STANCES = ("endorsing", "neutral", "doubting")


class Cue(NamedTuple):
    """
    One form of a verb that may ascribe something.

    - lemma, form: "claim", and base, s, past, participle or ing. The past form of a regular
      verb is its participle too and counts as past.
    - frames: how what is ascribed may follow; see the head of cues/en.toml
    - prepositions: that may introduce it ("accused of")
    - stance: endorsing, neutral or doubting
    """

    lemma: str
    form: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    stance: str


class Cues(NamedTuple):
    """The lexicon of one language, form by form."""

    verbs: dict[str, Cue]
    phrasal: dict[tuple[str, str], Cue]  # ("pointed", "out")
    nouns: dict[str, tuple[frozenset[str], str]]  # what may follow, stance
    adjectives: dict[str, tuple[frozenset[str], str]]  # what may follow, stance
    hedges: dict[str, str]  # stance
    phrases: dict[str, str]  # stance
    grammar: dict[str, frozenset[str]]  # closed classes of words


@lru_cache(maxsize=1)
def cues(language: str = "en") -> Cues:
    """The cue words of one language, read when they are first needed."""
    path = resources.files("biaskit") / "cues" / f"{language}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    irregular, doubling = data["irregular"], set(data["irregular"].pop("doubling").split())
    verbs, phrasal = {}, {}
    for name, (frames, prepositions, stance) in _verbs(data["verbs"]).items():
        lemma, _, particle = name.partition("_")
        for form, kind in forms(lemma, irregular, doubling).items():
            cue = Cue(
                name.replace("_", " "), kind, frozenset(frames), frozenset(prepositions), stance
            )
            if particle:
                phrasal[form, particle] = cue
            else:
                verbs[form] = cue
    return Cues(
        verbs=verbs,
        phrasal=phrasal,
        nouns=_nouns(data["nouns"]),
        adjectives=_adjectives(data["adjectives"]),
        hedges=_by_stance(data["hedges"]),
        phrases={phrase: stance for stance, some in data["phrases"].items() for phrase in some},
        grammar={name: frozenset(words.split()) for name, words in data["grammar"].items()},
    )


def forms(lemma: str, irregular: dict[str, str], doubling: set[str]) -> dict[str, str]:
    """
    The forms of a verb, each with its kind.

    >>> forms("deny", {}, set())
    {'deny': 'base', 'denies': 's', 'denied': 'past', 'denying': 'ing'}
    """
    if lemma in irregular:
        third, past, participle, ing = irregular[lemma].split()
        return {participle: "participle", past: "past", third: "s", ing: "ing", lemma: "base"}
    stem = lemma + lemma[-1] if lemma in doubling else lemma
    third, past = lemma + "s", stem + "ed"
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        third = lemma + "es"
    elif lemma.endswith("e"):
        past, stem = lemma + "d", lemma if lemma.endswith("ee") else lemma[:-1]
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    return {lemma: "base", third: "s", past: "past", stem + "ing": "ing"}


def _verbs(classes: dict) -> dict[str, tuple[set[str], set[str], str]]:
    """Frames, prepositions and stance of each verb over all classes it stands in."""
    found: dict[str, tuple[set[str], set[str], str]] = {}
    for content in classes.values():
        for name, stance in _by_stance(content).items():
            lemma, _, preposition = name.partition(":")
            frames, prepositions, known = found.get(lemma, (set(), set(), "neutral"))
            frames.update(content["frames"])
            prepositions.update([preposition] if preposition else [])
            found[lemma] = frames, prepositions, stance if stance != "neutral" else known
    return found


def _nouns(content: dict) -> dict[str, tuple[frozenset[str], str]]:
    stances = {noun: s for s in STANCES for noun in content.get(s, "").split()}
    following: dict[str, set[str]] = {}
    for word in ("that", "of", "about", "to", "for", "on", "against", "in"):
        for noun in content[word].split():
            following.setdefault(noun, set()).add(word)
    found = {}
    for noun, words in following.items():
        plural = noun[:-1] + "ies" if noun[-1] == "y" and noun[-2] not in "aeiou" else noun + "s"
        for form in (noun, plural):
            found[form] = frozenset(words), stances.get(noun, "neutral")
    return found


def _adjectives(content: dict) -> dict[str, tuple[frozenset[str], str]]:
    found: dict[str, tuple[frozenset[str], str]] = {}
    for entry, stance in _by_stance(content).items():
        adjective, _, following = entry.partition(":")
        words, _ = found.get(adjective, (frozenset(), ""))
        found[adjective] = words | {following}, stance
    return found


def _by_stance(content: dict) -> dict[str, str]:
    return {word: stance for stance in STANCES for word in content.get(stance, "").split()}
