"""
Which outlet uses which marker more, which word for the same thing, and is it more than chance?

`compare` gives every entry or frame of the lexicons a row for each pair of outlets, or every
variant of the alternation sets; what a row holds, and how it is tested, is told in `keyness`.
`null_check` splits one outlet at random and says how many findings the same settings give
where nothing differs.

A difference is one of wording only as far as the outlets write about the same things: compare
within sections and months, look at the shares of alternation sets, and believe the null check
that splits whole weeks or events, since articles of one week are alike.
"""

from biaskit.comparison.markers import ALPHA, LEVELS, Settings, compare, samples_of
from biaskit.comparison.nullcheck import null_check, null_checks, null_sentence
from biaskit.comparison.wording import how_small, two_digits

__all__ = [
    "ALPHA",
    "LEVELS",
    "Settings",
    "compare",
    "how_small",
    "null_check",
    "null_checks",
    "null_sentence",
    "samples_of",
    "two_digits",
]
