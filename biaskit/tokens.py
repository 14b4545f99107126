"""
Where do sentences and tokens begin and end?

Both are found by rules, need no download, and come back as positions in the text that was
given, so nothing is ever copied or changed. Sentences are sought inside one paragraph: a
line break always ends one.

A token is a run of letters and digits, split at hyphens and before `n't` and `'s`, as the
treebanks do it; punctuation has a position but is no token. Inside titles, initials and
abbreviations a full stop ends nothing. What the rules get wrong most often: an abbreviation
that happens to close its sentence before a name ("He moved to the U.S. Smith stayed."),
and e-mail, lists or poetry, which these rules were not made for.
"""

import re
from functools import lru_cache

__all__ = ["FUNCTION_WORDS", "sentence_spans", "term_of", "token_spans"]

# The order matters: initials before words, a stem before its "n't". Hyphens split, because
# "pro-Kremlin" must be found by "Kremlin" too; matching joins the parts again.
TOKEN = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*\w*"  # 1,000, 11:57, 1990s or 5th
    r"|\w+?(?=n['’]t\b)|n['’]t\b"  # do|n't
    r"|(?<=\w)['’](?:s|re|ve|ll|d|m)\b"  # Italy|'s, but not 're-elected'
    r"|\w+",
    re.IGNORECASE,
)

# Titles stand before a name, so the full stop after them ends a sentence never.
TITLES = frozenset(
    """mr mrs ms messrs mme mlle dr prof rev hon fr st ft mt gen gens col cols lt lts capt cmdr
    adm brig maj sgt cpl pvt gov govs sen sens rep reps pres dep supt det insp vs eg ie e.g i.e
    cf""".split()
)

# Before a figure these stand for "number", "page" or a month.
BEFORE_FIGURES = frozenset("no nos p pp vol fig art sec".split())

ABBREVIATIONS = (
    TITLES
    | BEFORE_FIGURES
    | frozenset(
        """jr sr jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs
        fri al etc approx est dept univ assn bros inc ltd co corp llc plc ed eds ave blvd rd hwy
        sq pt ext min max avg int'l nat'l intl natl ala ariz ark calif colo conn del fla ga ill
        ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis
        wyo ph.d m.d b.a m.a b.c a.d""".split()
    )
)

# After an abbreviation only a word that usually opens a sentence begins a new one: "the
# U.S. However, ..." against "the U.S. Senate".
OPENERS = frozenset(
    """the a an this that these those he she it they we i you his her its their our my in on at
    for from with by as but and or so if when while after before since although though there here
    what who why how where which however meanwhile also according another some many most all both
    no not now then still yet earlier later last next under over between during about despite
    instead because once until""".split()
)

# The words that prose cannot do without and that tell nothing of what it is about.
FUNCTION_WORDS = frozenset(
    """the of to and a in that is was for on with as by at from it its be are has have had were an
    he his this which but not will they their who said been would or one after i you we she her
    about more up out when""".split()
)

# A mark that may end a sentence, closing quotation marks and brackets, white space, and the
# beginning of what follows. Looking back keeps a line of a thousand dots linear; it comes after
# the first mark because the search then leaps from mark to mark, three times as fast.
BOUNDARY = re.compile(r"([.!?…](?<![.!?…][.!?…])[.!?…]*)([\"'”’»)\]]*)(\s+)(?=([\"'“‘«(\[]*)(\S))")
WORD_AFTER = re.compile(r"[\w'’]*")
INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
LONGEST_ABBREVIATION = 40
LONGER = 7  # letters than any abbreviation has: most full stops need no second look


def token_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """
    Positions of the tokens of `text` between `start` and `end`, in order.

    >>> text = "Italy's far-right didn't win."
    >>> [text[start:end] for start, end in token_spans(text)]
    ['Italy', "'s", 'far', 'right', 'did', "n't", 'win']

    Returns
    -------
    One (start, end) per token, in code points of the whole `text`.
    """
    found = TOKEN.finditer(text, start, len(text) if end is None else end)
    return [m.span() for m in found if m.group().strip("_")]


@lru_cache(maxsize=1 << 16)
def term_of(token: str) -> str:
    """The token as it is counted: casefolded, with ’ read as '."""
    return token.casefold().replace("’", "'")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """
    Positions of the sentences of one paragraph, without the white space around them.

    >>> paragraph = "Mr. Ode spoke at 9 p.m. in Arlen. Nobody came!"
    >>> [paragraph[start:end] for start, end in sentence_spans(paragraph)]
    ['Mr. Ode spoke at 9 p.m. in Arlen.', 'Nobody came!']

    Returns
    -------
    One (start, end) per sentence, in code points of the whole `text`; together they hold
    everything between `start` and `end` but white space.
    """
    end = len(text) if end is None else end
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    spans = []
    for mark in BOUNDARY.finditer(text, start, end):
        if "\n" in mark[3] or _ends_sentence(text, start, mark):
            spans.append((start, mark.start(3)))
            start = mark.end(3)
    if start < end:
        spans.append((start, end))
    return spans


def _ends_sentence(text: str, start: int, mark: re.Match) -> bool:
    stops, closing, _, opening, first = mark.groups()
    if first.islower():
        return False
    if stops[-1] in "!?":  # "Why?" asked ... and "Stop!" said ... go on
        return not (closing and _word_at(text, mark.start(5)) in {"said", "asked"})
    if stops != ".":  # dots that trail off
        following = _word_at(text, mark.start(5))
        return bool(closing or opening or following in OPENERS or first.isupper())
    at = mark.start()
    if at - start >= LONGER and text[at - LONGER : at].isalpha():
        return True
    before = text[max(start, at - LONGEST_ABBREVIATION) : at]
    word = before.rsplit(None, 1)[-1] if before and not before[-1].isspace() else ""
    at_start = at - len(word) == start
    word = word.lstrip("\"'“‘«([")
    if at_start and word.isdecimal() and len(word) < 3:
        return False  # "1. A list begins"
    return bool(closing) or _ends_after(word, text, mark)


def _ends_after(word: str, text: str, mark: re.Match) -> bool:
    """Whether the full stop ends a sentence and no title, initial or abbreviation."""
    opening, first = mark.group(4, 5)
    abbreviation = word.lower().rpartition("-")[2]
    if len(abbreviation) == 1 and abbreviation.isascii() and word[:1].isupper():
        # "J. Smith" is a name, but "... and I. The others" ends after "I".
        following = _word_at(text, mark.start(5))
        return following in OPENERS and (following not in {"a", "i"} or abbreviation == "i")
    if abbreviation in TITLES:
        return False
    if abbreviation in BEFORE_FIGURES:
        return not first.isdigit()
    if abbreviation in ABBREVIATIONS or INITIALS.fullmatch(abbreviation):
        opens = bool(opening) or _word_at(text, mark.start(5)) in OPENERS
        return opens and not first.isdigit()
    return True


def _word_at(text: str, start: int) -> str:
    word = WORD_AFTER.match(text, start)
    return word[0].lower() if word else ""
