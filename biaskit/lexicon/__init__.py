"""
Which words are looked for, and why is each of them there?

A lexicon is a file with a passport (name, version, licence, sources) and entries. An
entry names a pattern, the frame it belongs to, what the word presents as given, what others
write instead, and sentences that it must and must not be found in, so that a reader can
quarrel with it entry by entry. Nothing in a lexicon says that a word is biased: it says
which choice of words was made where others were possible.

Patterns are words, not regular expressions: "coup", "cosy* up to", "far-right". A `*` at
the end of a word stands for any ending. Words may be joined by white space or one hyphen,
so "far-right" also finds "far right"; "farright" is another word and found only if listed.
That keeps matching linear in the text whatever a user writes, and keeps a lexicon readable
by people who do not program.

An **alternation set** groups what different writers call one and the same referent (coup,
revolution, change of power). Its plain variants have the frame `neutral`: they are counted,
so that shares have a denominator, but they are no markers.

`entries` holds the classes, `reading` reads and checks the TOML files, `formats` the word
lists of other programs, and `spelling` knows British from American spelling.
"""

from biaskit.lexicon.entries import (
    LONGEST_PATTERN,
    NEUTRAL,
    Entry,
    Lexicon,
    markers_among,
    pattern_words,
)
from biaskit.lexicon.reading import examine_lexicon, read_lexicon, shipped_lexicons
from biaskit.lexicon.spelling import spellings

__all__ = [
    "LONGEST_PATTERN",
    "NEUTRAL",
    "Entry",
    "Lexicon",
    "examine_lexicon",
    "markers_among",
    "pattern_words",
    "read_lexicon",
    "shipped_lexicons",
    "spellings",
]
