"""
Which terms does one outlet use more than another, and is that more than chance?

Every row of `keywords` answers twice: how large the difference is (log ratio with its interval,
hits per 1,000 tokens) and how sure one can be of it (p and q over documents, weeks or events,
never over tokens). G2, which most tools rank by, stands beside for comparability: cut one
outlet at random into two, and it finds a sixth of all terms different.

`formulas` holds each measure as a plain function of counts; `units`, `contrasts`, `stratified`
and `missing` are what `comparison` is made of as well. A keyword may still be a matter of
topic, of dates or of boilerplate: compare within sections and months, and read its lines.
"""

from biaskit.keyness.contrasts import (
    PERMUTATIONS_PER_ITEM,
    Shuffling,
    contrast,
    in_one_family,
    omnibus_p,
    p_by_t,
    pairs_of,
)
from biaskit.keyness.keywords import SEED, chosen_pairs, finished, keywords
from biaskit.keyness.units import (
    DESCRIBED,
    OTHERS,
    UNITS,
    Sample,
    known_of,
    sample,
    term_hits,
    units_of,
)

__all__ = [
    "DESCRIBED",
    "OTHERS",
    "PERMUTATIONS_PER_ITEM",
    "SEED",
    "UNITS",
    "Sample",
    "Shuffling",
    "chosen_pairs",
    "contrast",
    "finished",
    "in_one_family",
    "keywords",
    "known_of",
    "omnibus_p",
    "p_by_t",
    "pairs_of",
    "sample",
    "term_hits",
    "units_of",
]
