"""
How strong are a word's signs together, and which words are marked?

The weights of a word's signs are added to the intercept; the logistic function turns the sum
into a score between 0 and 1, the share of such words that people marked. Words whose score
reaches the cut of a setting are marked: `broad` finds as many as possible for one false mark
each, `strict` only what is clear.

Every mark gives its two strongest signs as reasons. Rarity speaks for loaded words and for
learned ones alike, so it is never the first reason and never marks: a mark needs evidence, which
is a frame or another telling sign, and in frames whose words are mostly used plainly, both.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import pandas as pd

from biaskit.loadedness.context import Form, SentenceInView, word_spans
from biaskit.loadedness.signs import (
    BY_PLACE,
    LISTED,
    RARITY,
    Signs,
    is_evidence,
    is_function_word,
    list_of,
    signs_of_form,
)
from biaskit.loadedness.wordlist import WordList, shipped_list
from biaskit.tokens import sentence_spans, term_of

__all__ = ["SETTINGS", "Loadedness", "Mark", "Weights", "loaded_words", "shipped_weights"]

SETTINGS = ("strict", "broad")
UNLISTED = "unlisted"
RARE = "rare in news"
N_REASONS = 2


class Mark(NamedTuple):
    """One marked word; `reasons` are its two strongest signs, `quoted` is one in marks."""

    start: int
    end: int
    form: str
    frame: str
    score: float
    reasons: str
    quoted: bool


@dataclass(frozen=True)
class Weights:
    """What each sign weighs, the cut of each setting, and where all of it is from."""

    intercept: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    cuts: Mapping[str, float]
    provenance: Mapping[str, str] = field(default_factory=dict)


class _Known(NamedTuple):
    """What is found once for every form: its signs and what they weigh together."""

    form: Form
    signs: Signs
    sum: float


class Loadedness:
    """
    The marker, ready to be given articles.

    >>> text = "The mayor slammed this absurd plan."
    >>> [mark.form for mark in Loadedness("strict").hits(text, [(0, len(text))])]
    ['slammed', 'absurd']

    Parameters
    ----------
    setting : `strict` or `broad`.
    weights, words : other weights or another list than those that come with biaskit.
    """

    def __init__(
        self,
        setting: str = "strict",
        *,
        weights: Weights | None = None,
        words: WordList | None = None,
    ) -> None:
        if setting not in SETTINGS:
            raise ValueError(f"no setting {setting!r}; there are {', '.join(SETTINGS)}")
        self.setting = setting
        self.model = weights or shipped_weights()
        self.words = words or shipped_list()
        cut = self.model.cuts[setting]
        self._cut = math.log(cut / (1 - cut))
        self._known: dict[tuple[str, bool], _Known] = {}
        # No place can add more than this, so most words need not be looked at any further.
        self._most_of_place = sum(max(0.0, self.model.weights.get(s, 0.0)) for s in BY_PLACE)
        self._lists = {
            frame: self.model.weights.get(LISTED, 0.0) + self.model.weights.get(list_of(frame), 0.0)
            for frame in self.words.frames
        }

    def hits(self, text: str, sentences: Iterable[tuple[int, int]]) -> list[Mark]:
        """
        The marked words of a text, in its order.

        Parameters
        ----------
        sentences : start and end of each sentence, in code points of `text`.
        """
        return [mark for sentence in sentences for mark in self._marks(text, sentence)]

    def scores(self, text: str, sentence: tuple[int, int]) -> list[tuple[int, int, float]]:
        """Start, end and score of every word of a sentence, marked or not."""
        known, view = self._view(text, sentence)
        shared = self._weigh(view.signs()) if known else 0.0
        found = []
        for i, (start, end) in enumerate(view.spans):
            total = self._of_form(known[i], view.frames[i]) + self._weigh(view.signs_at(i))
            found.append((start, end, _logistic(total + shared)))
        return found

    def observe(self, text: str, sentence: tuple[int, int]) -> list[tuple[int, int, Signs]]:
        """Start, end and signs of every word of a sentence: what weights are fitted on."""
        known, view = self._view(text, sentence)
        return [(*span, self._signs(known, view, i)) for i, span in enumerate(view.spans)]

    def _view(self, text: str, sentence: tuple[int, int]) -> tuple[list[_Known], SentenceInView]:
        spans = word_spans(text, *sentence)
        known = [self._know(text[a:b], first=i == 0) for i, (a, b) in enumerate(spans)]
        forms = [one.form for one in known]
        frames = self.words.frames_of([form.term for form in forms])
        return known, SentenceInView(text, sentence, spans, forms, frames)

    def _know(self, form: str, *, first: bool) -> _Known:
        known = self._known.get((form, first))
        if known is None:
            signs = signs_of_form(form, self.words, first=first)
            known = _Known(
                Form(term_of(form), is_function_word(form, first=first)), signs, self._weigh(signs)
            )
            self._known[form, first] = known
        return known

    def _weigh(self, signs: Signs) -> float:
        weights = self.model.weights
        return sum(value * weights.get(name, 0.0) for name, value in signs.items())

    def _of_form(self, known: _Known, frame: str | None) -> float:
        return self.model.intercept + known.sum + (self._lists[frame] if frame else 0.0)

    def _marks(self, text: str, sentence: tuple[int, int]) -> Iterable[Mark]:
        known, view = self._view(text, sentence)
        if not known:
            return
        shared = self._weigh(view.signs())
        needed = self._cut - shared - self._most_of_place
        for i, one in enumerate(known):
            by_form = self._of_form(one, view.frames[i])
            if by_form < needed:
                continue
            total = by_form + shared + self._weigh(view.signs_at(i))
            if total >= self._cut:
                signs = self._signs(known, view, i)
                if self._has_evidence(signs, view.frames[i]):
                    (start, end), frame = view.spans[i], view.frames[i] or UNLISTED
                    reasons = "; ".join(self._reasons(signs, frame))
                    quoted = view.quotation_length(i) > 0
                    yield Mark(
                        start, end, text[start:end], frame, _logistic(total), reasons, quoted
                    )

    def _signs(self, known: list[_Known], view: SentenceInView, i: int) -> Signs:
        frame = view.frames[i]
        listed: Signs = {LISTED: 1, list_of(frame): 1} if frame else {}
        return listed | known[i].signs | view.signs_at(i) | view.signs()

    def _has_evidence(self, signs: Signs, frame: str | None) -> bool:
        if frame and self.words.frames[frame].alone:
            return True
        weights = self.model.weights
        return any(
            is_evidence(name) and weights.get(name, 0.0) > 0
            for name in signs
            if not name.startswith("list of ")
        )

    def _reasons(self, signs: Signs, frame: str) -> list[str]:
        """The two strongest signs, the list as one; rarity only where there is no second."""
        weights, means = self.model.weights, self.model.means
        adds = {
            name: (value - means.get(name, 0.0)) * weights.get(name, 0.0)
            for name, value in signs.items()
        }
        rarity = sum(adds.pop(name, 0.0) for name in RARITY)
        if frame in self._lists:
            adds.pop(LISTED)
            adds[list_of(frame)] = self._lists[frame]
        ranked = sorted((n for n, x in adds.items() if x > 0), key=lambda n: (-adds[n], n))
        return [*ranked[:N_REASONS], *([RARE] if rarity > 0 else [])][:N_REASONS]


def loaded_words(text: str, setting: str = "strict") -> pd.DataFrame:
    """
    The loaded words of a plain text; every line is a paragraph.

    >>> loaded_words("This absurd plan failed.")[["form", "frame"]].values.tolist()
    [['absurd', 'ridicule'], ['failed', 'ridicule']]

    Parameters
    ----------
    setting : `strict` for clear cases, `broad` to miss fewer.

    Returns
    -------
    One row per marked word, in the order of the text.

    - start, end: in code points of `text`; form: the word
    - frame: the frame it is listed in, or `unlisted`
    - score: share of such words that two of five experts marked, 0 to 1
    - reasons: the two strongest signs
    - quoted: whether it stands in quotation marks, so that the wording is somebody else's
    """
    marker, rows, position = Loadedness(setting), [], 0
    for line in text.split("\n"):
        rows += marker.hits(text, sentence_spans(text, position, position + len(line)))
        position += len(line) + 1
    return pd.DataFrame(rows, columns=list(Mark._fields))


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with biaskit."""
    file = resources.files("biaskit") / "loadedness" / "weights.toml"
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return Weights(
        intercept=content["intercept"],
        weights=content["weights"],
        means=content["means"],
        cuts=content["cuts"],
        provenance=content["provenance"],
    )


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
