"""
Where do quotations begin and end?

Between quotation marks the words themselves are somebody else's, so these positions are the
firmest thing biaskit knows about whose voice a word is in. Marks are paired inside one
paragraph: straight, curly, guillemets, low-9, the doubled apostrophes of agency copy, and
single marks, because British outlets quote with them. A quotation inside another belongs to
the outer one.

When the answer is wrong: a mark that is never closed is believed up to the end of its
paragraph if that is near, so a stray mark can quote words that nobody said; and a plural's
apostrophe inside single marks ('the voters' choice') may close them too early.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = [
    "Quotation", "ends_clause", "find_quotations", "is_title_of_a_work", "opens_with_mark",
    "resumes",
]  # fmt: skip

# Each opening mark with the marks that may close it. Outlets mix kinds ("like this”), and
# German closes „ with the “ that opens in English.
CLOSED_BY = {
    "“": '”"', "„": '“”"', "«": "»", "»": "«", "``": "'' ”", '"': '"”', "''": "'' ``",
}  # fmt: skip
ALWAYS_OPENS = frozenset(("“", "„", "«", "``"))
DOUBLE_MARK = re.compile(r"[“”„«»\"]|''|``")
ANY_MARK = re.compile(r"[“”„«»\"`]")
OPENING = re.compile(r"[“„«»\"`'‘]")  # of these one must begin a quotation
# The mark comes before the look back at what precedes it: so the search leaps from mark to mark.
SINGLE_OPENING = re.compile(r"'(?<=[\s(\[—–\"“/]')|‘")
SINGLE_MARK = re.compile(r"(?<!['’])['‘’](?!['’])")

# What follows an apostrophe that opens no quotation: 'em, rock 'n' roll, the '90s.
ELISION = re.compile(r"(?:\d0s|em|til|cause|n|twas|tis|round)\b", re.IGNORECASE)

# A mark left open this many words before its paragraph ends is taken for a slip of the pen.
LONGEST_UNCLOSED = 150

# "The Long Winter": two to nine words, the long ones capitalised, no clause marks.
TITLE_WORDS = range(2, 10)
LONG_WORD = 4
WORD = re.compile(r"[^\W_][\w'’-]*")
CLAUSE_MARK = re.compile(r"[,.!?;]")
MARKS = "\"“”„«»'‘’` "


class Quotation(NamedTuple):
    """One stretch between quotation marks, marks included."""

    start: int
    end: int
    closed: bool


def find_quotations(text: str, start: int, end: int, *, runs_on: bool = False) -> list[Quotation]:
    """
    Positions of the quotations of one paragraph, in order; none overlaps another.

    >>> text = "She called it “a farce”, and the voters' 'last chance'."
    >>> [text[start:end] for start, end, _ in find_quotations(text, 0, len(text))]
    ['“a farce”', "'last chance'"]

    Parameters
    ----------
    runs_on : whether the next paragraph begins with an opening mark, as a quotation of
        several paragraphs does: then a mark that is left open here may stand far from the end.
    """
    if not OPENING.search(text, start, end):
        return []
    apostrophe = text.find("'", start, end) >= 0
    any_mark = ANY_MARK.search(text, start, end) or (
        apostrophe and text.find("''", start, end) >= 0
    )
    found = list(_double(text, start, end)) if any_mark else []
    if (apostrophe or text.find("‘", start, end) >= 0) and (
        SINGLE_OPENING.search(text, start, end) or text.startswith("'", start, end)
    ):
        found = _with_single(found, text, start, end)
    if found and not (found[-1].closed or runs_on):
        words = text[found[-1].start : end].split(maxsplit=LONGEST_UNCLOSED)
        if len(words) > LONGEST_UNCLOSED:
            found.pop()
    return found


def opens_with_mark(text: str, start: int) -> bool:
    """Whether the paragraph that begins at `start` begins with an opening mark."""
    return text.startswith(("“", "„", "«", "``", '"', "''", "‘", "'"), start)


def ends_clause(text: str, start: int, end: int) -> bool:
    """Whether a mark at its end, as in “I see,” says that its speaker may follow."""
    return text[start:end].rstrip(MARKS).endswith((",", "!", "?"))


def resumes(text: str, start: int, end: int) -> bool:
    """
    Whether the quotation goes on with the sentence around it: it begins with a small letter.

    >>> resumes("The mill “will close”", 9, 21), resumes("He said: “It will”", 9, 18)
    (True, False)
    """
    return text[start:end].lstrip(MARKS)[:1].islower()


def is_title_of_a_work(quoted: str) -> bool:
    """
    Whether these words between marks name a book, a film or a broadcast.

    >>> is_title_of_a_work("“The Long Winter”"), is_title_of_a_work("“the long winter”")
    (True, False)
    """
    inner = quoted.strip(MARKS)
    if CLAUSE_MARK.search(inner.rstrip(",.")) or inner.endswith("."):
        return False
    n_words = n_long_words = 0
    for word in WORD.finditer(inner):
        n_words += 1
        if word.end() - word.start() >= LONG_WORD:
            if not inner[word.start()].isupper():
                return False
            n_long_words += 1
    return n_words in TITLE_WORDS and n_long_words > 0


def _double(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened, opening = -1, ""
    for mark in DOUBLE_MARK.finditer(text, start, end):
        kind, at = mark[0], mark.start()
        before = text[at - 1] if at > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if opened < 0:
            # 6'2" is a height, and a straight mark before a space opens nothing.
            if kind in ALWAYS_OPENS or (
                kind in {'"', "''"}
                and not (kind == '"' and before.isdigit())
                and (not after.isspace() or at == start)
            ):
                opened, opening = at, kind
        elif kind in CLOSED_BY[opening]:
            if kind in {'"', "''"} and before.isspace() and not after.isspace():
                yield Quotation(opened, at, False)  # opened again: the first was never closed
                opened, opening = at, kind
            else:
                yield Quotation(opened, mark.end(), True)
                opened = -1
    if opened >= 0:
        yield Quotation(opened, end, False)


def _single(text: str, start: int, end: int) -> Iterator[Quotation]:
    marks = [mark.start() for mark in SINGLE_MARK.finditer(text, start, end)]
    opened = -1
    for number, at in enumerate(marks):
        inside_word = at > start and text[at - 1].isalnum()
        before_word = at + 1 < end and text[at + 1].isalnum()
        if opened < 0:
            opens = text[at] != "’" and not inside_word and at + 1 < end
            if opens and not text[at + 1].isspace() and not ELISION.match(text, at + 1):
                opened = at
        elif not before_word and not _is_plural(text, at, marks[number + 1 : number + 2], end):
            yield Quotation(opened, at + 1, True)
            opened = -1


def _is_plural(text: str, at: int, following: list[int], end: int) -> bool:
    """Whether the mark is a plural's apostrophe: 'the voters' choice', she said."""
    if text[at - 1 : at] != "s" or not text[at + 1 : at + 3].strip().islower() or not following:
        return False
    closes = following[0] + 1 >= end or not text[following[0] + 1].isalnum()
    return closes and not text[following[0] - 1].isspace() and text[following[0] - 1] != "s"


def _with_single(doubles: list[Quotation], text: str, start: int, end: int) -> list[Quotation]:
    """Quotations of both kinds: where they overlap, the one that opened first stands."""
    kept: list[Quotation] = []
    for quotation in sorted([*doubles, *_single(text, start, end)]):
        if not kept or quotation.start >= kept[-1].end:
            kept.append(quotation)
    return kept
