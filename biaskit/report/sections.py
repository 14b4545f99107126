"""What stands on the page beside its findings: sources, headlines, scores, and how it was made."""

from importlib.metadata import version
from typing import Any

from biaskit import __version__
from biaskit.citation import methods_paragraph, references
from biaskit.findings import comparison_settings
from biaskit.keyness import SEED
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.sentiment import mean_sentiment
from biaskit.sourcing import headline_claims, speaker_shares, stance_counts

__all__ = ["made", "sourcing_sections"]

SPEAKERS_SHOWN = 5
HEADLINES_SHOWN = 10

# What the numbers of a page are computed with, beside biaskit.
LIBRARIES = ("numpy", "pandas", "scipy")
METHODS = ("comparison", "keyness")


def sourcing_sections(measured: MeasurementSet) -> dict[str, list[dict[str, Any]]]:
    """Rows on whom the outlets let speak and how their sentences score."""
    speakers = speaker_shares(measured)
    return {
        "stances": stance_counts(measured).to_dict("records"),
        "speakers": speakers.groupby("outlet", sort=True).head(SPEAKERS_SHOWN).to_dict("records"),
        "headlines": _headlines(measured),
        "sentiment": _sentiment(measured),
    }


def _headlines(measured: MeasurementSet) -> list[dict[str, Any]]:
    table = headline_claims(measured)
    table = table.merge(measured.documents[["document", "label"]], on="document")
    table = table[table["n_attributed"] > 0].sort_values(
        ["share", "n_attributed", "document"], ascending=[False, False, True]
    )
    return table.head(HEADLINES_SHOWN).to_dict("records")


def _sentiment(measured: MeasurementSet) -> list[dict[str, Any]]:
    table = mean_sentiment(measured.sentences, measured.documents)
    table = table[(table["measure"] == "vader") & (table["n_tokens"] > 0)]
    return table.to_dict("records")


def made(measured: MeasurementSet) -> dict[str, Any]:
    """How every number of the page came about, in words and as settings, hashes and versions."""
    settings = comparison_settings(without_copies(measured))
    shuffles = f"{settings.permutations:,}" if settings.permutations else "none; p is Student's t"
    return {
        "methods": methods_paragraph(measured),
        "references": [str(reference) for reference in references(measured, METHODS)],
        "provenance": measured.provenance,
        "settings": {
            "compared": "entries of the lexicons between outlets, in all voices together",
            "unit": "the article",
            "shuffles of articles": shuffles,
            "seed of the random numbers": SEED,
        },
        "versions": {"biaskit": __version__} | {name: version(name) for name in LIBRARIES},
    }
