"""
What is a column, and which meanings do several tables share?

A document, an outlet or a start means the same in every table, so each meaning is written
once here and used by the tables in the modules beside this one.
"""

from typing import NamedTuple

__all__ = [
    "CUE",
    "DOCUMENT",
    "END",
    "ENTRY",
    "HIGH",
    "LEXICON",
    "LOW",
    "OUTLET",
    "PER_1000",
    "RATE_ZONES",
    "SCHEMA",
    "SENTENCE",
    "SPEAKER",
    "STANCE",
    "START",
    "VOICE",
    "VOICES",
    "ZONE",
    "ZONES",
    "Column",
    "columns",
]

SCHEMA = 1

# Whose words: the outlet's own, a source's between quotation marks, a source's in indirect
# speech, and what is only ascribed to somebody (claims of, alleged, wants to).
VOICES = ("narration", "quoted", "reported", "attributed")

ZONES = tuple("headline subhead body caption related recurring furniture tags".split())

# Rates count what the outlet published as the article. Words elsewhere on the page are
# listed beside the rates: a related link is another article, a caption may be an agency's.
RATE_ZONES = ("headline", "subhead", "body")


class Column(NamedTuple):
    """What one column holds: its kind (text, count, number or flag) and its meaning."""

    kind: str
    meaning: str


def columns(**kinds_and_meanings: str) -> dict[str, Column]:
    return {
        name: Column(*(part.strip() for part in words.split(":", 1)))
        for name, words in kinds_and_meanings.items()
    }


DOCUMENT = (
    "text: id of the article; the user's own, or outlet slug and first ten digits of its hash"
)
ZONE = f"text: part of the page, one of {', '.join(ZONES)}"
VOICE = f"text: whose words, one of {', '.join(VOICES)}"
START = "count: first character, in code points of the text as read"
END = "count: one past the last character, in code points of the text as read"
SENTENCE = "count: number of the sentence in its document, from 0; for a longer stretch its first"
CUE = "text: word that ascribes the stretch to a source (said, according to), if any"
STANCE = "text: how the cue presents its source: endorsing, neutral or doubting"
SPEAKER = "text: source the stretch is ascribed to, as the text names it"
ENTRY = "text: id of the lexicon entry"
LEXICON = "text: name of the lexicon"
OUTLET = "text: name of the news outlet"
PER_1000 = "number: hits per 1,000 tokens of the same zones and voice"
LOW = "number: lower end of the 95 % interval; missing where there are too few documents"
HIGH = "number: upper end of the 95 % interval; missing where there are too few documents"
