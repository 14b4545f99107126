"""
What do an article's words say of it: its language, its agency, the label on its headline?

All of it is read off one article, without the others; `copies` puts the answers together.

*Language.* py3langid looks at the first thousand characters of an article's prose. It is
believed where there are twenty words to look at and it is nine tenths sure; an article that it
cannot tell (a score sheet, a headline, two languages in equal parts) follows its outlet, that
is, the language of most of those articles of the outlet that could be told. Where none could,
nobody is set aside. Not one of 6,199 English articles was taken for another language.

*Agency.* A dateline or a line of credit says so. Many outlets print neither, so "not wire"
means "does not say so".

When this is wrong: an article that turns to another language after its opening counts as
English, foreign quotations and all; one that opens with a long statement in Russian and its
translation may count as Russian.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from biaskit.lines import WORD, ends_sentence
from biaskit.tokens import FUNCTION_WORDS, sentence_spans

__all__ = [
    "LABELS",
    "LONG",
    "NUMBER",
    "forget_model",
    "is_wire",
    "language_of",
    "not_english",
    "opening_of",
    "zone_of_recurring",
]

ENGLISH = "en"

# Of 3,000 stretches of English news py3langid mistakes 4 of 20 words, 26 of ten, 150 of five.
ENOUGH_WORDS = 20
LOOK_AT = 1_000  # characters
GLANCE = 300  # it needs no more, and a third of the time, to be sure of 6,183 of 6,199 articles

# No other language has these three as words that often; they save asking the model about nine
# articles in ten. Scots does, and Jamaican; so does an English poem.
PLAINLY = ("the", "and", "of")
PLAIN_SHARE = 0.06

# Of the tenth that is left all but one read as English at a second look: many function words,
# some of them words of no other language, and hardly a letter that English has not. A Dutch
# article can have as many of the first ("is", "in", "was"), but then none of the second.
FUNCTION_SHARE = 0.17
ONLY_ENGLISH = frozenset(
    """the and that with from its his she they their this which who what when you said been would
    could were not about after because between against while those these only other
    people""".split()
)
ONLY_SHARE = 0.03
FOREIGN_LETTERS = 0.02

# The two English articles of 6,199 that it gives less are a list of sums and a list of cities;
# of 9,000 stretches of 5 to 20 English words it gives none this much in another language.
SURE = 0.9


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Half a second and 70 MB, so only where an article is judged, and once.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def forget_model() -> None:
    """Let go of the 70 MB that telling languages holds; who asks again waits half a second."""
    _identifier.cache_clear()


def language_of(text: str) -> str | None:
    """
    The language of a text as an ISO 639-1 code, or None where it cannot be told.

    >>> language_of("The mayor opened the new bridge over the river on Monday, and most of "
    ...     "the town was there to see it, to cheer and to dance.")
    'en'
    >>> language_of("Mayor opens bridge") is None
    True
    """
    opening = text[:LOOK_AT]
    words = opening.split()
    if len(words) < ENOUGH_WORDS:
        return None
    if sum(map(words.count, PLAINLY)) >= PLAIN_SHARE * len(words) or _reads_as_english(opening):
        return ENGLISH
    language, confidence = _identifier().classify(opening[:GLANCE])
    if language != ENGLISH or confidence < SURE:  # nothing is set aside at a glance
        language, confidence = _identifier().classify(opening)
    return str(language) if confidence >= SURE else None


def _reads_as_english(opening: str) -> bool:
    words = WORD.findall(opening.lower())
    n_function = sum(word in FUNCTION_WORDS for word in words)
    n_only = sum(word in ONLY_ENGLISH for word in words)
    n_foreign = sum(letter > "\x7f" and letter.isalpha() for letter in opening)
    return (
        n_function >= FUNCTION_SHARE * len(words)
        and n_only >= ONLY_SHARE * len(words)
        and n_foreign <= FOREIGN_LETTERS * len(opening)
    )


def not_english(judged: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    """
    The articles to set aside, each with the reason.

    >>> not_english([("a", "Echo", "en"), ("b", "Echo", "it"), ("c", "Echo", None)])
    {'b': 'in it, not in English'}

    Parameters
    ----------
    judged : (document, outlet, language or None where it could not be told), in any order.

    Returns
    -------
    Reasons by document, in the order of the ids.
    """
    rows = sorted(judged, key=lambda row: row[:2])
    told: dict[str, Counter] = defaultdict(Counter)
    for _, outlet, language in rows:
        if language is not None:
            told[outlet][language] += 1
    reasons = {}
    for document, outlet, language in rows:
        mostly = _most(told[outlet])
        if language not in (None, ENGLISH):
            reasons[document] = f"in {language}, not in English"
        elif language is None and mostly != ENGLISH:
            reasons[document] = f"language unclear, and {outlet} is mostly in {mostly}"
    return reasons


def _most(told: Counter) -> str:
    """The most frequent language; of equals English, else the first by name."""
    best = max(told.values(), default=0)
    first = sorted((language for language, n in told.items() if n == best), key=str)
    return ENGLISH if not first or ENGLISH in first else first[0]


# ---- agencies -------------------------------------------------------------------------------

AGENCY = (
    r"(?:(?:The\ )?Associated\ Press|A\.?P\.?|Thomson\ Reuters|Reuters|Agence\ France-?Presse|AFP"
    r"|dpa|DPA|Deutsche\ Presse-Agentur|ANSA|EFE|Efe|UPI|United\ Press\ International|Xinhua"
    r"|Press\ Association|PA\ Media|Kyodo(?:\ News)?|Interfax(?:-Ukraine)?|TASS|Tass|Ukrinform"
    r"|Anadolu(?:\ Agency)?|Bloomberg\ News|Tribune\ News\ Service|Kaiser\ Health\ News)"
)
# In whatever the patterns below find stands one of these; most articles have none.
TRACES = (
    "A.P AFP ANSA AP Anadolu Bloomberg DPA EFE Efe Interfax Kaiser Kyodo Media Press Reuters TASS "
    "Tass Tribune UPI Ukrinform Xinhua dpa eporting"
).split()

# What an outlet prints where an article, or part of it, is an agency's. "Reuters reported" in
# a sentence and "Photo: AP" are none of these, so a credit must be a line or close one.
WIRE = {
    # "ARLEN (Reuters) —", "ARLEN, June 3 (AP) -", "(AFP) ARLEN"
    "dateline": rf"[^()]{{0,60}}\({AGENCY}\)\s*[—–-]|\({AGENCY}\)\s+[A-Z]{{3,}}\b",
    # "By The Associated Press", "Ada Nobody, Associated Press", "AFP", "Source: TASS"
    "credit": r"(?:(?:[Ff]rom|[Ss]ource:|[Bb]y|BY|[©—–-])\s+)?(?:[A-Z][\w.'’ -]{2,60}[,|]\s*)?"
    rf"{AGENCY}(?:\s+(?:[Ww]riters?|[Ss]taff))?\s*\.?",
    # "The Associated Press contributed to this report.", "With reporting by AFP"
    "contribution": rf".{{0,160}}\b{AGENCY}(?:\W.{{0,60}})?\ contributed(?:\ to\ th\w+\ \w+)?\W*"
    r"|\W*(?:[Cc]ontributing:|[Ww]ith(?:\ (?:additional\ )?(?:reporting|files|material)"
    rf"\ (?:by|from))?)\s.{{0,60}}\b{AGENCY}\W*",
    # "(Reporting by Ada Nobody; Editing by Ben Nobody)" is how Reuters signs
    "signature": r"\W*(?:Additional\ )?[Rr]eporting\ by\ .{3,200};"
    r"\s*(?:[Ww]riting|[Ee]diting)\ by\ .{3,120}",
}
_WIRE = {kind: re.compile(pattern) for kind, pattern in WIRE.items()}
NEAR_AN_END = 3  # lines from either end of the article in which a credit is looked for


def is_wire(dateline: str | None, lines: Sequence[str]) -> tuple[bool, str | None]:
    """
    Whether an article is an agency's, wholly or in part, and what says so.

    >>> is_wire("ARLEN (Reuters) —", ["The harbour is open again."])
    (True, 'dateline: ARLEN (Reuters) —')
    >>> is_wire(None, ["The harbour is open, the mayor told Reuters."])
    (False, None)

    Parameters
    ----------
    dateline : what opens the article before its first sentence, where that is known.
    lines : the article's lines; the first and last three are looked at.

    Returns
    -------
    Whether it is, and the kind of evidence with its words: dateline, credit, contribution (the
    article is the outlet's own in part) or signature.
    """
    lines = [line for line in lines if line.strip()]
    ends = lines[:NEAR_AN_END] + lines[NEAR_AN_END:][-NEAR_AN_END:]
    looked_at = "\n".join((*ends, dateline or ""))
    if not any(trace in looked_at for trace in TRACES):
        return False, None
    ends = [" ".join(line.split()) for line in ends]
    if dateline and re.search(rf"\({AGENCY}\)", dateline):
        return True, f"dateline: {dateline.strip()}"
    for kind, pattern in _WIRE.items():
        if kind == "dateline":
            found = [match[0] for match in map(pattern.match, ends[:NEAR_AN_END]) if match]
        else:
            found = [line for line in ends if pattern.fullmatch(line)]
        if found:
            return True, f"{kind}: {found[0].strip()}"
    return False, None


# ---- lines and headlines ---------------------------------------------------------------------

LONG = 8  # words; a shorter line is a menu, a credit or a heading more often than prose
NUMBER = re.compile(r"\d+")


def zone_of_recurring(line: str) -> str:
    """
    The zone of a recurring line: `recurring` for sentences, `furniture` for all else.

    >>> zone_of_recurring("Editor's note: the mayor has denied all of this many times.")
    'recurring'
    >>> zone_of_recurring("Follow us.")
    'furniture'
    """
    sentence = ends_sentence(line) or len(sentence_spans(line)) > 1
    return "recurring" if sentence and len(line.split()) >= LONG else "furniture"


# Words that name the form of an article, and not its matter nor who speaks in it.
LABELS = frozenset(
    """watch video videos photo photos exclusive explainer explained opinion analysis update
    updates updated breaking live related""".split()
)

# A label in capitals needs a mark behind it, or "NATO agrees to talks" would open with one.
OPENING = re.compile(
    rf"""([^:]{{1,60}}):(?=\s)
    | \[([A-Z][A-Z ]+)\]
    | ([A-Z]{{4,}}(?:\ [A-Z]{{2,}}){{0,2}})\s*[|–—-](?=\s)
    | ({"|".join(sorted(LABELS)).upper()})(?=\s)""",
    re.VERBOSE,
)


def opening_of(headline: str) -> tuple[str, int] | None:
    """
    What a headline opens with, up to a colon or as a label, and where that ends.

    >>> opening_of("Ukraine war latest: Grain ships sail")
    ('ukraine war latest', 19)
    >>> opening_of("Grain ships sail") is None
    True
    """
    found = OPENING.match(headline)
    if not found:
        return None
    words = str(found[found.lastindex or 0]).casefold().split()
    return NUMBER.sub("0", " ".join(words)), found.end()
