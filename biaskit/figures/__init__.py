"""
What do the tables look like?

`drawing` holds one function per figure, `gallery` the figures that a set comes with.
"""

from biaskit.figures.drawing import (
    COLOURS,
    STYLE,
    alternation_figure,
    outlet_colours,
    rates_figure,
    sentiment_figure,
    voices_figure,
)
from biaskit.figures.gallery import Drawing, all_figures, save_figures

__all__ = [
    "COLOURS",
    "STYLE",
    "Drawing",
    "all_figures",
    "alternation_figure",
    "outlet_colours",
    "rates_figure",
    "save_figures",
    "sentiment_figure",
    "voices_figure",
]
