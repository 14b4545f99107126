"""Measurement sets written by hand, table by table, so that every figure can be counted."""

from biaskit.measurement import MeasurementSet
from biaskit.tables import STORED, build

PROVENANCE = {
    "schema": 1,
    "biaskit": "0.1.0",
    "id": "0123456789abcdef" * 4,
    "lexicons": [{"name": "tiny", "version": "1", "sha256": "ab" * 32}],
    "sentiment": {"nltk": "3.9", "textblob": "0.18", "vader_lexicon_sha256": "cd" * 32},
    "settings": {"rate_zones": ["headline", "subhead", "body"], "collocate_span": 5},
    "set_aside": [],
}


def handmade(outlets: dict[str, list[str]], *, texts=None, provenance=None, copies=None, **tables):
    """
    A set of documents by outlet; each other table as rows in the order of its columns.

    Rows of hits may be dictionaries, for the few columns that a test is about.
    """
    rows = [
        {"document": document, "outlet": outlet, "label": document, "n_tokens": 10,
         "n_sentences": 1, "copy_of": (copies or {}).get(document)}
        for outlet, documents in outlets.items()
        for document in documents
    ]  # fmt: skip
    built = {name: build(name, tables.get(name, [])) for name in STORED if name != "documents"}
    return MeasurementSet(
        documents=build("documents", rows),
        provenance={**PROVENANCE, **(provenance or {})},
        texts=texts or {},
        **built,
    )


def hit(document, entry, *, sentence=0, voice="narration", zone="body", start=0, end=1):
    """One hit of the lexicon `tiny`."""
    return {
        "document": document, "sentence": sentence, "zone": zone, "start": start, "end": end,
        "lexicon": "tiny", "entry": entry, "form": entry, "voice": voice,
    }  # fmt: skip


def entry(name, frame):
    """One entry of the lexicon `tiny`."""
    return {"lexicon": "tiny", "entry": name, "frame": frame, "language": "en"}


def sentence(document, number, vader, *, zone="body", narration=0, quoted=0, start=0, end=1):
    """One sentence; TextBlob's two scores are a half and a quarter of VADER's."""
    tokens = (narration, quoted, 0, 0)
    return (document, number, zone, start, end, *tokens, vader, vader / 2, vader / 4)
