"""
Where do the entries of a lexicon occur?

All patterns go into one tree of words, and the text is walked once: at each token the tree
says which patterns can go on. The work grows with the text and the longest pattern, never
with the number of entries. Where two patterns overlap, the one with more words wins, then
the earlier one ("terrorist-controlled" is one hit, not also a hit of "terrorist").

Words of a pattern may be joined by white space, one hyphen or an apostrophe and by nothing
else: "so, called" is not "so-called". After anti-, counter- and non- a word is not a hit, because
"anti-terrorist" names nobody a terrorist; a pattern that spells the prefix out still is. A
possessive is a hit of its noun: its 's is a token of its own. "organized" is a hit of
"organised" (see `lexicon.spelling`); where an entry lists the very form, that entry has it.

What this cannot see: sense. "Reunification" near Germany is kept out by the entry's
`not_near`, but "the regime of exercises" needs someone to have thought of exercises.

`tree` holds the tree, `matching` what makes an occurrence a hit, `checking` what can be
said of a lexicon by matching it with itself and with texts.
"""

from biaskit.markers.checking import check_lexicon
from biaskit.markers.matching import Found, Hit, Matcher, find_markers

__all__ = ["Found", "Hit", "Matcher", "check_lexicon", "find_markers"]
