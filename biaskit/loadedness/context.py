"""
What do a sentence and a word's place in it say about whether the word is loaded?

Of the sentence: how long it is, whether it asks, exclaims, gives figures, speaks of I, we or you,
or reports what somebody said. Of the place: what stands before and after, whether the word is
joined to a listed one, whether it stands in a short quotation (perhaps a scare quote) or a long
one. News reports are sparing with loaded words where they attribute, and generous where they
quote half a sentence.

When the answer is wrong: a quotation of several sentences is seen only where its marks are, since
each sentence is read for itself.
"""

import math
import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from biaskit.loadedness.signs import Signs
from biaskit.voice.quotations import find_quotations

__all__ = ["Form", "SentenceInView", "word_spans"]

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
DIGIT = re.compile(r"\d")
MARK = re.compile(r"[\"“”„«»`'‘]")
CLOSING = "”"
OPENING = ("“", '"')

REPORTING = frozenset(
    """say says said saying tell tells told state states stated report reports reported claim
    claims claimed argue argues argued warn warns warned write writes wrote tweet tweets tweeted
    announce announced note notes noted add adds added insist insists insisted call calls called
    ask asked suggest suggests suggested believe believes believed explain explained according
    accuse accuses accused describe describes described""".split()
)
REPORTING_REACH = 25  # words
DEGREE = frozenset(
    """very so too such more most really quite how utterly totally completely absolutely extremely
    incredibly deeply increasingly highly truly simply""".split()
)
NEGATION = frozenset(
    """not no never n't without neither nor cannot don't doesn't didn't isn't wasn't aren't won't
    can't wouldn't couldn't shouldn't""".split()
)
NEGATION_REACH = 3
FIRST_AND_SECOND_PERSON = frozenset("i me my we us our ours you your yours".split())
CONJUNCTIONS = frozenset(("and", "or", "but"))

# Scare quotes and quoted phrases against quoted sentences.
SHORT_QUOTATION = 35  # characters

TITLE_CASE = 0.8  # of the words that are no function words
TITLE_WORDS = 3  # fewer tell nothing


class Form(NamedTuple):
    """What the sentence needs to know of a word: its form as counted, and its kind."""

    term: str
    function_word: bool


def word_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Positions of the words between `start` and `end`; hyphens and apostrophes do not split."""
    return [word.span() for word in WORD.finditer(text, start, end)]


class SentenceInView:
    """One sentence, whose words' places can be asked for one by one."""

    def __init__(
        self,
        text: str,
        sentence: tuple[int, int],
        spans: Sequence[tuple[int, int]],
        forms: Sequence[Form],
        frames: Sequence[str | None],
    ) -> None:
        self.text, (self.start, self.end) = text, sentence
        self.spans, self.forms, self.frames = spans, forms, frames
        self.reporting = [i for i, form in enumerate(forms) if form.term in REPORTING]
        self.n_listed = sum(frame is not None for frame in frames)
        self.n_content = max(1, sum(not form.function_word for form in forms))

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Stretches in quotation marks; one that only closes here runs from the beginning."""
        if not MARK.search(self.text, self.start, self.end):
            return []
        found = [(q.start, q.end) for q in find_quotations(self.text, self.start, self.end)]
        closing = self.text.find(CLOSING, self.start, self.end)
        if closing >= 0 and not any(m in self.text[self.start : closing] for m in OPENING):
            found.insert(0, (self.start, closing + 1))
        return found

    @cached_property
    def in_title_case(self) -> bool:
        """Whether nearly all words are capitalised, so that capitals tell nothing."""
        n_capital = sum(
            self.text[start].isupper() and not form.function_word
            for (start, _), form in zip(self.spans, self.forms, strict=True)
        )
        return self.n_content > TITLE_WORDS and n_capital / self.n_content > TITLE_CASE

    def signs(self) -> Signs:
        """The signs that all words of the sentence share."""
        text, start, end = self.text, self.start, self.end
        seen = {
            "title case": self.in_title_case,
            "exclamation mark": text.find("!", start, end) >= 0,
            "question": text.find("?", start, end) >= 0,
            "figures": DIGIT.search(text, start, end),
            "I, we or you in the sentence": any(
                form.term in FIRST_AND_SECOND_PERSON for form in self.forms
            ),
            "reporting verb in the sentence": self.reporting,
        }
        shared: Signs = {name: 1 for name, value in seen.items() if value}
        return shared | {"sentence length": math.log(len(self.forms))}

    def quotation_length(self, i: int) -> int:
        """Characters of the quotation that the word stands in; 0 outside of any."""
        start, end = self.spans[i]
        return next((b - a for a, b in self.quotations if a <= start and end <= b), 0)

    def signs_at(self, i: int) -> Signs:
        """The signs of the place of word `i`."""
        quoted = self.quotation_length(i)
        seen = {
            "capital": i > 0 and not self.in_title_case and self.text[self.spans[i][0]].isupper(),
            "long quotation": quoted >= SHORT_QUOTATION,
            "short quotation": 0 < quoted < SHORT_QUOTATION,
            "after a reporting verb": any(0 < i - r <= REPORTING_REACH for r in self.reporting),
            "before a reporting verb": any(0 < r - i <= REPORTING_REACH for r in self.reporting),
            "after a degree word": i > 0 and self.forms[i - 1].term in DEGREE,
            "after a negation": any(
                form.term in NEGATION for form in self.forms[max(0, i - NEGATION_REACH) : i]
            ),
            "after a listed word": self._listed(i - 1),
            "before a listed word": self._listed(i + 1),
            "joined to a listed word": self._joined(i, -1) or self._joined(i, 1),
        }
        others = self.n_listed - (self.frames[i] is not None)
        found: Signs = {name: 1 for name, value in seen.items() if value}
        return found | ({"other listed words": others / self.n_content} if others else {})

    def _listed(self, i: int) -> bool:
        return 0 <= i < len(self.frames) and self.frames[i] is not None

    def _joined(self, i: int, step: int) -> bool:
        """By a comma or a conjunction: "cruel, absurd", "cruel and absurd", "cruel, and absurd"."""
        other = i + step
        if not 0 <= other < len(self.forms):
            return False
        by_conjunction = self.forms[other].term in CONJUNCTIONS
        if by_conjunction:
            other += step
        if not self._listed(other):
            return False
        first, last = min(i, other), max(i, other)
        gaps = [
            self.text[self.spans[n][1] : self.spans[n + 1][0]].strip() for n in range(first, last)
        ]
        return all(gap in {"", ","} for gap in gaps) and (by_conjunction or gaps == [","])
