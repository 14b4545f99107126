"""
How often is a hit of the lexicon right, by people's judgement?

A lexicon's author thinks of the texts in which an entry is right; the texts hold others. So
hits are drawn at random and read by people who don't know which outlet they come from: the
share they call right is the *precision*. Among the hits stand decoys, places where the
lexicon's rules refused a hit, so that "yes" is not always the answer and the refusals are
tested, too. Two coders show how far the question can be answered at all (Krippendorff's
alpha), and rates can be shown corrected for what was found wrong.

`drawing` draws the sheet and its key, `codebook` is what the coders are told, `agreement`
reads coded sheets back.

What this cannot see: hits that no entry looks for. Precision says nothing of them.
"""

from biaskit.coding.agreement import (
    corrected_rates,
    krippendorff_alpha,
    precision,
    read_sheets,
    rogan_gladen,
    wilson,
)
from biaskit.coding.codebook import CODEBOOK
from biaskit.coding.drawing import draw_sheet

__all__ = [
    "CODEBOOK",
    "corrected_rates",
    "draw_sheet",
    "krippendorff_alpha",
    "precision",
    "read_sheets",
    "rogan_gladen",
    "wilson",
]
