"""
Which words are on the list of loaded words, and in which frame?

The list is a TOML file of frames. A frame has a note, words to take as they stand, verbs and
nouns whose forms are added by rule, and `alone = false` if its words are mostly used plainly. A
word stands in one frame: where two claim a form, the frame that comes first in the file has it.
Phrases are found as runs of words; the longest wins.

When the answer is wrong: it sees forms, not senses. "Great" is praise in "Great Britain" too.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Frame", "WordList", "forms_of_noun", "forms_of_verb", "shipped_list"]

FILE = "loaded-words-en.toml"
KINDS = ("words", "verbs", "nouns")

# Forms that no rule makes; the past and the participle, where they differ.
IRREGULAR = {
    "bleed": "bled", "blow": "blew blown", "break": "broke broken", "cling": "clung",
    "creep": "crept", "fight": "fought", "fling": "flung", "hit": "hit", "lose": "lost",
    "mislead": "misled", "overrun": "overran overrun", "put": "put", "rip": "ripped",
    "run": "ran run", "sell": "sold", "set": "set", "shoot": "shot", "spin": "spun",
    "steal": "stole stolen", "strike": "struck", "swear": "swore sworn", "sweep": "swept",
    "take": "took taken", "tear": "tore torn", "throw": "threw thrown", "trade": "traded",
    "undercut": "undercut", "weep": "wept", "wring": "wrung", "bow": "bowed", "go": "went gone",
}  # fmt: skip

# A short verb doubles its last letter: slam, slammed. Of longer ones these do.
DOUBLES = re.compile(r"[^aeiou]*[aeiou][bdgklmnprtz]|qu[aeiou][bdgklmnprtz]")
ALSO_DOUBLE = frozenset("compel control handicap kidnap entrap rebut".split())

# What may be taken off a word to find one on the list, and what may have stood there before.
ENDINGS = re.compile(
    r"(?:ically|ally|fully|ly|ness|ists?|ism|ers?|ing|ed|es|d|s|ity|ize[ds]?|ization|able|ful)$"
)
SHORTEST_STEM = 4


class Frame(NamedTuple):
    """One way of loading a word: its name, what it means, and whether it may mark alone."""

    name: str
    note: str
    alone: bool


def forms_of_verb(verb: str) -> set[str]:
    """
    The forms of a verb; in a phrase the first word is the verb.

    >>> sorted(forms_of_verb("rip into"))
    ['rip into', 'ripped into', 'ripping into', 'rips into']
    """
    head, _, rest = verb.partition(" ")
    stem = head
    if head.endswith("e"):
        stem = head[:-1]
    elif DOUBLES.fullmatch(head) or head in ALSO_DOUBLE:
        stem = head + head[-1]
    present, past = f"{head}s", f"{stem}ed"
    ing = f"{head}ing" if head.endswith(("ee", "oe")) else f"{stem}ing"
    if re.search(r"[^aeiou]y$", head):
        present, past = f"{head[:-1]}ies", f"{head[:-1]}ied"
    elif re.search(r"(?:s|sh|ch|x|z)$", head):
        present = f"{head}es"
    elif head.endswith("ie"):
        ing = f"{head[:-2]}ying"
    pasts = IRREGULAR.get(head, past).split()
    return {f"{form} {rest}".strip() for form in (head, present, ing, *pasts)}


def forms_of_noun(noun: str) -> set[str]:
    """
    A noun and its plural.

    >>> sorted(forms_of_noun("enemy")), sorted(forms_of_noun("witch hunt"))
    (['enemies', 'enemy'], ['witch hunt', 'witch hunts'])
    """
    if noun.endswith("s") and not noun.endswith("ss"):
        return {noun}
    if re.search(r"[^aeiou]y$", noun):
        return {noun, f"{noun[:-1]}ies"}
    return {noun, f"{noun}es" if re.search(r"(?:s|sh|ch|x)$", noun) else f"{noun}s"}


class WordList:
    """
    A list of loaded words, ready to be looked for.

    >>> shipped_list().frames_of(["the", "witch", "hunt", "was", "absurd"])
    [None, 'falsehood', 'falsehood', None, 'ridicule']
    """

    def __init__(self, content: dict) -> None:
        self.passport = content["passport"]
        self.frames: dict[str, Frame] = {}
        self.words: dict[str, str] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, raw in content["frames"].items():
            self.frames[name] = Frame(name, raw["note"], raw.get("alone", True))
            for form in sorted(_forms(raw)):
                first, *rest = form.split(" ")
                if rest:
                    self.phrases.setdefault(first, []).append(((first, *rest), name))
                else:
                    self.words.setdefault(form, name)
        for phrases in self.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def frames_of(self, terms: Sequence[str]) -> list[str | None]:
        """The frame of each of a sentence's terms, None where it is not on the list."""
        found = [self.words.get(term) or self.words.get(without_s(term)) for term in terms]
        for at, term in enumerate(terms):
            for phrase, frame in self.phrases.get(term, ()):
                if tuple(terms[at : at + len(phrase)]) == phrase:
                    found[at : at + len(phrase)] = [frame] * len(phrase)
                    break
        return found

    def is_related(self, term: str) -> bool:
        """
        Whether a word that is not listed is derived from one, or joined to one by a hyphen.

        >>> shipped_list().is_related("scandal-hit"), shipped_list().is_related("table")
        (True, False)
        """
        term = without_s(term)
        if term in self.words:
            return False
        ending = ENDINGS.search(term)
        if ending and ending.start() >= SHORTEST_STEM:
            stem = term[: ending.start()]
            bases = {stem, f"{stem}e", f"{stem}y"}
            bases |= {f"{stem[:-1]}y"} if stem.endswith("i") else set()
            if not bases.isdisjoint(self.words):
                return True
        return "-" in term and any(part in self.words for part in term.split("-"))


def without_s(term: str) -> str:
    """The term without the 's of a possessive."""
    return term.removesuffix("'s")


def _forms(raw: dict) -> Iterator[str]:
    for kind in KINDS:
        for word in re.split(r",\s*", raw.get(kind, "").strip()):
            if word and kind == "verbs":
                yield from forms_of_verb(word)
            elif word:
                yield from forms_of_noun(word) if kind == "nouns" else (word,)


@lru_cache(maxsize=1)
def shipped_list() -> WordList:
    """The list that comes with biaskit."""
    file = resources.files("biaskit") / "loadedness" / FILE
    return WordList(tomllib.loads(file.read_text(encoding="utf-8")))
