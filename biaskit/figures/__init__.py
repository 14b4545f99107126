"""
What do the tables look like?

One function per figure: a finished table in, `Axes` out. `drawing` shows what one set holds,
`sources` whom its outlets let speak, `contrasts` what differs between outlets, `sentiments` how
they sound, `times` when they write and which events they tell, `soundness` how far one can trust
it. `gallery` draws the figures that a set can support, and `style` holds the colours and sizes of
all.
"""

from biaskit.figures.contrasts import comparison_figure, keyness_figure
from biaskit.figures.drawing import (
    alternation_figure,
    rates_figure,
    sentiment_figure,
    voices_figure,
)
from biaskit.figures.gallery import (
    FORMATS,
    Drawing,
    Gallery,
    all_figures,
    draw_figures,
    save_figures,
    write_figures,
)
from biaskit.figures.sentiments import (
    sentiment_spread_figure,
    target_sentiment_figure,
    word_shift_figure,
)
from biaskit.figures.soundness import null_check_figure, power_figure, specification_figure
from biaskit.figures.sources import speakers_figure
from biaskit.figures.style import COLOURS, SIZES, STYLE, outlet_colours, style
from biaskit.figures.times import (
    articles_by_period,
    coverage_figure,
    paired_figure,
    timeline_figure,
)

__all__ = [
    "COLOURS",
    "FORMATS",
    "SIZES",
    "STYLE",
    "Drawing",
    "Gallery",
    "all_figures",
    "alternation_figure",
    "articles_by_period",
    "comparison_figure",
    "coverage_figure",
    "draw_figures",
    "keyness_figure",
    "null_check_figure",
    "outlet_colours",
    "paired_figure",
    "power_figure",
    "rates_figure",
    "save_figures",
    "sentiment_figure",
    "sentiment_spread_figure",
    "speakers_figure",
    "specification_figure",
    "style",
    "target_sentiment_figure",
    "timeline_figure",
    "voices_figure",
    "word_shift_figure",
    "write_figures",
]
