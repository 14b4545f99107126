"""
Who speaks, by name?

A source is named in full once and then called "Ode", "Ms. Ode" or "she". Here the words that
stand for a source are carried to the name they were introduced with: a surname to the full
name that stands before it in the text; "he" and "she" to the one person who speaks in that
paragraph, or else in the last paragraph where anybody spoke, and to nobody where two do. A
quotation takes the cue and the source of the attribution around it; without one it goes on
with the speaker before it.

When the answer is wrong: two people of one surname, a quotation that changes its speaker
without saying so, and a "she" whose only earlier speaker is a man (no gender is guessed).
"""

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import dropwhile
from operator import itemgetter
from typing import NamedTuple

from biaskit.languages import LABELS

__all__ = ["NOBODY", "Span", "Speakers"]

SINGULAR = frozenset(("he", "she"))
# Words that name nobody: pronouns that stand for a clause's subject, dummies, the labels of a
# printed interview ("Q: Why?") and of other lines ("Video: Ferry sinks").
NOBODY = LABELS | {*"i you it we they who which that what there one this these those q a".split()}
# Capitals of a video player run into the caption after them: "CLOSE Ada Ode said".
BUTTONS = frozenset({"CLOSE", "WATCH", "WATCHED", "MUST", "JUST", "LIVE", "REPLAY"})
TITLES = frozenset(
    """mr mrs ms dr prof sir lord lady sen rep gov gen president senator governor minister
    secretary representative congressman congresswoman mayor judge justice""".split()
)
# Capitalised only because they open a sentence, so no first names.
OPENERS = frozenset(
    """the a an but and when while as if in on at for after before although though by with from
    that this what how why where then now so yet or""".split()
)
NO_FIRST_NAMES = TITLES | OPENERS
FIRST_NAMES = re.compile(r"((?:[A-Z][\w.'’-]* ){1,3})\Z")
LONGEST_FIRST_NAMES = 40
MOST_NAMES = 20_000  # remembered from one document to the next
# An attribution stands in the sentence of its quotation, so few others begin between them.
NEAREST = 8


class Span(NamedTuple):
    """One stretch that is not narration; the columns of the table `spans` say what they mean."""

    start: int
    end: int
    voice: str
    scare: bool
    cue: str | None
    stance: str | None
    speaker: str | None
    rule: str


class Speakers:
    """The names of one document's speakers, carried on from paragraph to paragraph."""

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self.start = start  # of the body: in "Storm Hits Arlen" no capital tells a name
        self.full: dict[str, str] = {}
        self.sought: dict[str, int] = {}  # surname: where the search for its full name stands
        self.here: list[str] = []
        self.before: list[str] = []
        self.last: str | None = None

    def named(self, spans: list[Span]) -> list[Span]:
        """The spans of one paragraph, with the speakers of quotations found and names in full."""
        if self.here:
            self.before, self.here = self.here, []
        spans = [
            self._with_name(span) if span.speaker else span
            for span in sorted(spans, key=itemgetter(0, 1))
        ]
        if not any(span.rule == "quotation" for span in spans):
            return spans
        cued = [span for span in spans if span.cue]
        return [self._of_quotation(s, cued) if s.rule == "quotation" else s for s in spans]

    def _with_name(self, span: Span) -> Span:
        name = self._resolved(span.speaker or "", span.start)
        return span if name == span.speaker else Span(*span[:6], name, span.rule)

    def _of_quotation(self, quotation: Span, cued: list[Span]) -> Span:
        """Cue and speaker of the attribution around it, reported content before attributed."""
        n = bisect_left(cued, (quotation.start + 1,))
        around = [span for span in cued[max(0, n - NEAREST) : n] if quotation.start < span.end]
        if not around:
            unsaid = quotation.scare or not self.last
            return quotation if unsaid else Span(*quotation[:6], self.last, quotation.rule)
        span = around[0]
        if span.voice == "attributed":
            span = next((other for other in around if other.voice != "attributed"), span)
        self.last = span.speaker or self.last
        return Span(*quotation[:4], span.cue, span.stance, span.speaker, quotation.rule)

    def _resolved(self, raw: str, at: int) -> str | None:
        """The name in full, or None where the text does not say who it is."""
        if raw.lower() in SINGULAR:
            known = set(self.here) or set(self.before)
            return known.pop() if len(known) == 1 else None
        name, surname, is_name = _cleaned(raw)
        if surname:
            full = self._in_full(surname, at)
            name = full if full != surname else name
        if is_name:
            self.here.append(name)
        return name or None

    def _in_full(self, surname: str, at: int) -> str:
        """First names and surname, where they last stood together before position `at`."""
        if surname in self.full:
            return self.full[surname]
        first, found = self.sought.get(surname, self.start), at
        while (found := self.text.rfind(" " + surname, first, found)) >= 0:
            end = found + 1 + len(surname)
            if self.text[end : end + 1].isalnum():
                continue  # Lee in Leeds
            before = self.text[max(first, found + 1 - LONGEST_FIRST_NAMES) : found + 1]
            run = FIRST_NAMES.search(before)
            if names := _first_names(run[1].split() if run else []):
                self.full[surname] = " ".join([*names, surname])
                return self.full[surname]
        self.sought[surname] = at
        return surname


def _first_names(words: list[str]) -> list[str]:
    """Those of the words before a surname that belong to it: of "Arlen Sen. Ada" Ada."""
    for n, word in enumerate(reversed(words)):
        ends = word.endswith(("'s", "’s")) or (word.endswith(".") and len(word) > len("J."))
        if ends or word in BUTTONS or word.lower().rstrip(".") in NO_FIRST_NAMES:
            return words[len(words) - n :]
    return words


@lru_cache(MOST_NAMES)
def _cleaned(raw: str) -> tuple[str, str, bool]:
    """The name without possessive, the surname if it stands alone, and whether it is a name."""
    name = raw.strip(" ,").removesuffix("’s").removesuffix("'s")
    name = " ".join(dropwhile(BUTTONS.__contains__, name.split()))
    if name.lower() in NOBODY or not any(map(str.isalpha, name)):
        return "", "", False
    words = [word for word in name.split() if word.lower().rstrip(".") not in TITLES]
    alone = words[0] if len(words) == 1 and words[0][0].isupper() else ""
    is_name = bool(words) and words[-1][0].isupper() and words[0].lower() not in {"the", "a"}
    return name, alone, is_name
