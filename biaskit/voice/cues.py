"""
Which words ascribe what is said to somebody else, and how do they present it?

The words stand in `en.toml`, by class, each class with the constructions it allows and
each word with its stance. Here their forms are computed and gathered into dictionaries, so
that a form is looked up once. Spelling rules give "claims, claimed, claiming" from "claim";
what they cannot give stands in the file.

When the answer is wrong: a form says nothing about its use. "Claims" may be a noun and "held"
a matter of hands; whether a word is a cue where it stands is for clauses.py to decide.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

__all__ = ["Cue", "Cues", "cues", "forms"]

STANCES = ("endorsing", "neutral", "doubting")


@dataclass(frozen=True, slots=True)
class Cue:
    """
    One form of a verb that may ascribe something.

    - lemma, form: "claim", and base, s, past, participle or ing. The past form of a regular
      verb is its participle too and counts as past.
    - frames: how what is ascribed may follow; see the head of en.toml
    - prepositions: that may introduce it ("objected to")
    - stance: endorsing, neutral or doubting
    """

    lemma: str
    form: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    stance: str


# What may follow a noun or an adjective ("concern about"), and its stance.
Followed = tuple[frozenset[str], str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The lexicon of one language, form by form."""

    verbs: dict[str, Cue]
    phrasal: dict[tuple[str, str], Cue]  # ("pointed", "out")
    nouns: dict[str, Followed]
    adjectives: dict[str, Followed]
    hedges: dict[str, str]  # stance
    phrases: dict[str, tuple[list[str], int, str]]  # by longest word: words, its place, stance
    grammar: dict[str, frozenset[str]]  # closed classes of words


@lru_cache(maxsize=1)
def cues(language: str = "en") -> Cues:
    """The cue words of one language, read when they are first needed."""
    path = resources.files("biaskit.voice") / f"{language}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    verbs, phrasal = _inflected(data)
    return Cues(
        verbs=verbs,
        phrasal=phrasal,
        nouns=_followed(_by_stance(data["nouns"]), plurals=True),
        adjectives=_followed(_by_stance(data["adjectives"]), plurals=False),
        hedges=dict(_by_stance(data["hedges"])),
        phrases=_phrases(data["phrases"]),
        grammar={name: frozenset(words.split()) for name, words in data["grammar"].items()},
    )


def forms(lemma: str, irregular: dict[str, str], doubling: Iterable[str]) -> dict[str, str]:
    """
    The forms of a verb, each with its kind.

    >>> forms("deny", {}, [])
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


def _by_stance(content: dict) -> list[tuple[str, str]]:
    """The words of one class, each with its stance."""
    return [(word, stance) for stance in STANCES for word in content.get(stance, "").split()]


def _inflected(data: dict) -> tuple[dict[str, Cue], dict[tuple[str, str], Cue]]:
    verbs: dict[str, Cue] = {}
    phrasal: dict[tuple[str, str], Cue] = {}
    doubling = data["doubling"]["verbs"].split()
    for name, (frames, prepositions, stance) in _merged(data["verbs"]).items():
        lemma, _, particle = name.partition("_")
        for form, kind in forms(lemma, data["irregular"], doubling).items():
            cue = Cue(f"{lemma} {particle}".strip(), kind, frozenset(frames), prepositions, stance)
            if particle:
                phrasal[form, particle] = cue
            else:
                verbs[form] = cue
    return verbs, phrasal


def _merged(classes: dict) -> dict[str, tuple[set[str], frozenset[str], str]]:
    """Frames, prepositions and stance of each verb over all the classes it stands in."""
    found: dict[str, tuple[set[str], frozenset[str], str]] = {}
    for content in classes.values():
        for entry, stance in _by_stance(content):
            lemma, _, preposition = entry.partition(":")
            frames, prepositions, known = found.get(lemma, (set(), frozenset(), "neutral"))
            found[lemma] = (
                frames | set(content["frames"]),
                prepositions | ({preposition} if preposition else set()),
                known if stance == "neutral" else stance,
            )
    return found


def _followed(entries: list[tuple[str, str]], *, plurals: bool) -> dict[str, Followed]:
    """Entries like "concern:about,that" by form, with what may follow."""
    found: dict[str, Followed] = {}
    for entry, stance in entries:
        word, _, following = entry.partition(":")
        for form in {word, _plural(word)} if plurals else {word}:
            found[form] = frozenset(following.split(",")), stance
    return found


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def _phrases(content: dict) -> dict[str, tuple[list[str], int, str]]:
    found = {}
    for stance in STANCES:
        for phrase in content.get(stance, []):
            words = phrase.split()
            place = max(range(len(words)), key=lambda n: len(words[n]))
            found[words[place]] = words, place, stance
    return found
