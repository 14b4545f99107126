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
    "COLUMNS": "tables",
    "Lexicon": "lexicon",
    "MeasurementSet": "measurement",
    "alternation_shares": "rates",
    "find_markers": "markers",
    "kwic_lines": "kwic",
    "load": "measurement",
    "marker_rates": "rates",
    "mean_sentiment": "sentiment",
    "measure": "measurement",
    "read_corpus": "corpus",
    "read_lexicon": "lexicon",
    "read_page": "pages",
    "save": "measurement",
    "tag_voice": "voice",
    "write_report": "report",
}

__all__ = [
    "COLUMNS",
    "Lexicon",
    "MeasurementSet",
    "alternation_shares",
    "find_markers",
    "kwic_lines",
    "load",
    "marker_rates",
    "mean_sentiment",
    "measure",
    "read_corpus",
    "read_lexicon",
    "read_page",
    "save",
    "tag_voice",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'biaskit' has no attribute {name!r}")
    return getattr(import_module(f"biaskit.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
