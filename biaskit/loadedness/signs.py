"""
What can be seen of a word, and around it, that speaks for or against its being loaded?

A sign is a plain observation with a name a reader understands: the list a word is on, its word
class, its ending, how common it is, whether a degree word stands before it, whether it stands in
quotation marks. The signs of the form alone are found here, once for each form; those of the
sentence in `context`. They are only observed: what they weigh stands in `weights.toml`.

Word classes are those of `textblob.en.tag`, which gives a form the same class in every sentence
(but for the first word, which it also looks up in lower case), so they are known by form, too.
How common a word is, is its logarithm of occurrences per million words in some 6,000 articles of
US news, in quarters; what is not in that table stands below all that is.
"""

import re
from functools import lru_cache
from importlib import resources

from biaskit.loadedness.wordlist import WordList
from biaskit.tokens import term_of

__all__ = [
    "LISTED",
    "RARITY",
    "Signs",
    "is_evidence",
    "is_function_word",
    "list_of",
    "sign_names",
    "signs_of_form",
]

Signs = dict[str, float]

FREQUENCIES = "frequencies.txt"
RARE = 0.25  # in the logarithm of occurrences per million; the table begins above it
UNSEEN = -0.25

FUNCTION_WORD = "function word"
CLASSES = {
    "JJ": "adjective", "JJR": "adjective", "JJS": "adjective", "NN": "noun", "NNS": "noun",
    "NNP": "name", "NNPS": "name", "VBG": "-ing form", "VBN": "participle", "VB": "verb",
    "VBD": "verb", "VBP": "verb", "VBZ": "verb", "RB": "adverb", "RBR": "adverb",
    "RBS": "adverb",
}  # fmt: skip
CLOSED = "DT IN CC TO PRP PRP$ MD WDT WP WRB EX POS RP CD PDT WP$".split()
CLASSES |= dict.fromkeys(CLOSED, FUNCTION_WORD)

ENDINGS = {
    "ly": "ending -ly", "ive": "ending -ive", "ic": "ending -ic", "ical": "ending -ic",
    **dict.fromkeys("able ible ous ful less ish".split(), "ending that evaluates"),
    **dict.fromkeys("ism ist ists istic".split(), "ending -ism or -ist"),
    **dict.fromkeys("ize izing ized izes".split(), "ending -ize"),
    **dict.fromkeys("ion ions ity ment ness".split(), "ending of an abstract noun"),
    **dict.fromkeys("er ers or".split(), "ending -er"),
    "ing": "ending -ing", "ed": "ending -ed",
}  # fmt: skip
LONGEST_ENDING = 5
SHORTEST_REST = 3

PREFIX = re.compile(
    r"(?:un|in|im|ir|dis|mis|non)[a-z]{4}"
    r"|(?:anti|pro|far|ultra|hyper|over|self|pseudo|super|so)-?[a-z]{3}"
)

# How rare and how long a word is: signs of learned words as well as of loaded ones.
RARITY = frozenset(("frequency", "rare word", "length"))
LISTED = "listed"

BY_FORM = [
    LISTED, "related to a listed word", *dict.fromkeys(CLASSES.values()),
    *dict.fromkeys(ENDINGS.values()), "prefix (un-, anti-, over-)", "hyphenated", "all capitals",
    "frequency", "rare word", "length",
]  # fmt: skip
BY_SENTENCE = [
    "sentence length", "title case", "exclamation mark", "question", "figures",
    "I, we or you in the sentence", "reporting verb in the sentence",
]  # fmt: skip
BY_PLACE = [
    "capital", "long quotation", "short quotation", "after a reporting verb",
    "before a reporting verb", "other listed words", "after a degree word", "after a negation",
    "after a listed word", "before a listed word", "joined to a listed word",
]  # fmt: skip

# What can carry a mark; the rest (the sentence, frequency) only strengthens or weakens it. A
# word's being a noun or a name tells nothing; an adjective says what somebody thinks of a thing.
EVIDENCE = frozenset(
    ("adjective", "related to a listed word", "prefix (un-, anti-, over-)", "hyphenated",
     "ending -ly", "ending -ed", "ending -ing", "ending that evaluates", "ending -ism or -ist",
     "ending -ize", "after a degree word", "after a listed word", "before a listed word",
     "joined to a listed word")
)  # fmt: skip


def list_of(frame: str) -> str:
    """
    The name of the sign that a word is on the list of this frame.

    >>> list_of("loaded-speech")
    'list of loaded speech'
    """
    return f"list of {frame.replace('-', ' ')}"


def sign_names(words: WordList) -> list[str]:
    """The names of all signs, in the order in which weights are written down."""
    return [*map(list_of, words.frames), *BY_FORM, *BY_SENTENCE, *BY_PLACE]


def is_evidence(sign: str) -> bool:
    """Whether a sign can carry a mark: being listed, a telling form, or a telling neighbour."""
    return sign in EVIDENCE or sign.startswith("list of ")


@lru_cache(maxsize=1)
def frequencies() -> dict[str, float]:
    """Logarithm of occurrences per million, to the quarter, of the words above `RARE`."""
    file = resources.files("biaskit") / "loadedness" / FREQUENCIES
    found: dict[str, float] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            level, _, words = line.partition(": ")
            found |= dict.fromkeys(words.split(), float(level))
    return found


@lru_cache(maxsize=1 << 17)
def word_class(form: str, *, first: bool) -> str:
    """Tag of a word by `textblob.en.tag`, as it tags the word in a sentence."""
    from textblob.en import tag

    form = re.sub(r"['’]s$", "", form)
    # The tagger looks at nothing but the form, and whether it stands at the beginning.
    return tag(form if first else f". {form}", tokenize=False)[-1][1]


def signs_of_form(form: str, words: WordList, *, first: bool) -> Signs:
    """What can be seen of the form alone; the list it is on depends on phrases, so not here."""
    term = term_of(form)
    level = frequencies().get(term, UNSEEN)
    found: Signs = {"frequency": level, "length": len(term) / 10}
    if level <= RARE:
        found["rare word"] = 1
    kind = CLASSES.get(word_class(form, first=first))
    seen = {
        "related to a listed word": words.is_related(term),
        "prefix (un-, anti-, over-)": PREFIX.match(term),
        "hyphenated": "-" in term,
        "all capitals": len(term) > 2 and form.isupper(),
        kind or "": kind,
        _ending(term): _ending(term),
    }
    return found | {name: 1 for name, value in seen.items() if value}


def is_function_word(form: str, *, first: bool) -> bool:
    """Whether the word is an article, a pronoun, a preposition or the like."""
    return CLASSES.get(word_class(form, first=first)) == FUNCTION_WORD


def _ending(term: str) -> str:
    for n in range(min(LONGEST_ENDING, len(term) - SHORTEST_REST), 1, -1):
        if term[-n:] in ENDINGS:
            return ENDINGS[term[-n:]]
    return ""
