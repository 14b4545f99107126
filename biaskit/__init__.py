"""
biaskit shows how news outlets word the same things differently.

It finds loaded words ("pretext", "reunification", "coup") in news articles and says in whose
voice each stands, how often, beside which other choices, and with what sentiment around it:
description with the evidence for every number, never a verdict.

    import biaskit

    measured = biaskit.load("corpus/sputnik-the-local")
    biaskit.marker_rates(measured)
    biaskit.kwic_lines(measured, "pretext")
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Public names and where they live. Resolved on first use, so that the import stays quick.
_HOMES = {
    "Lexicon": "lexicon",
    "MeasurementSet": "measurement",
    "alternation_shares": "rates",
    "collocates": "collocation",
    "compare": "comparison",
    "explain": "explanation",
    "explore": "report",
    "find_markers": "markers",
    "keywords": "keyness",
    "kwic_lines": "kwic",
    "load": "measurement",
    "loaded_words": "loadedness",
    "marker_rates": "rates",
    "match_events": "events",
    "mean_sentiment": "sentiment",
    "measure": "measuring",
    "paired_comparison": "paired",
    "read_corpus": "corpus",
    "read_lexicon": "lexicon",
    "read_page": "pages",
    "save": "measurement",
    "side_by_side": "sidebyside",
    "specification_curve": "specification",
    "tag_voice": "voice",
    "write_report": "report",
}

__all__ = [
    "Lexicon",
    "MeasurementSet",
    "alternation_shares",
    "collocates",
    "compare",
    "explain",
    "explore",
    "find_markers",
    "keywords",
    "kwic_lines",
    "load",
    "loaded_words",
    "marker_rates",
    "match_events",
    "mean_sentiment",
    "measure",
    "paired_comparison",
    "read_corpus",
    "read_lexicon",
    "read_page",
    "save",
    "side_by_side",
    "specification_curve",
    "tag_voice",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'biaskit' has no attribute {name!r}")
    return getattr(import_module(f"biaskit.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
