"""
Which articles are not in English?

py3langid looks at the first thousand characters of an article's prose. It is believed where
there are twenty words to look at and it is nine tenths sure; an article that it cannot tell
(a score sheet, a headline, two languages in equal parts) follows its outlet, that is, the
language of most of those articles of the outlet that could be told. Where none could, nobody
is set aside.

When this is wrong: an English article that opens with a long statement in Russian and its
translation counts as what it opens with; one that turns to another language after a thousand
characters counts as English, foreign quotations and all. Not one of 6,199 English articles
was taken for another language.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

__all__ = ["ENGLISH", "language_of", "not_english"]

ENGLISH = "en"

# Of 3,000 stretches of English news py3langid mistakes 4 of 20 words, 26 of ten, 150 of five.
ENOUGH_WORDS = 20
LOOK_AT = 1_000  # characters, which takes it a third of a millisecond

# The two English articles of 6,199 that it gives less are a list of sums and a list of cities;
# of 9,000 stretches of 5 to 20 English words it gives none this much in another language.
SURE = 0.9


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Half a second and 30 MB, so only where an article is judged, and once.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


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
    if len(opening.split()) < ENOUGH_WORDS:
        return None
    language, confidence = _identifier().classify(opening)
    return str(language) if confidence >= SURE else None


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
