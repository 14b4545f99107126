"""
How does a corpus become a measurement set?

Articles are measured some hundreds at a time, which leaves a part for each; the parts are
merged into the tables of a set, whose provenance says how it was made. `measure` does this for
articles that are in memory and keeps their texts; `partitions` for those that are not.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from biaskit import __version__
from biaskit.annotation import COLLOCATE_SPAN, Annotator
from biaskit.articles import Article
from biaskit.corpus import Corpus
from biaskit.lexicon import Lexicon, read_lexicon
from biaskit.loadedness.listing import loadedness_lexicon, setting_of
from biaskit.measurement import MeasurementSet, beside, load, write_provenance
from biaskit.parts import merge, write_part
from biaskit.sentiment import sentiment_provenance
from biaskit.tables import RATE_ZONES, SCHEMA, arrow_table, build

__all__ = ["assemble", "measure", "measure_into", "read_lexicons"]

# What is counted in arrays costs the same call for one article as for all of them.
ARTICLES_AT_ONCE = 256


def measure(
    corpus: Corpus,
    lexicons: Sequence[str | Path | Lexicon] = ("framing-en",),
    *,
    track: Callable[[list[Article]], Iterable[Article]] = iter,
) -> MeasurementSet:
    """
    Turn articles into a measurement set, in memory and with their texts.

    Parameters
    ----------
    corpus : what `read_corpus` returns.
    lexicons : names of shipped lexicons, files, or lexicons already read; also
        loadedness-strict or loadedness-broad, which marks words by their signs.
    track : called with the articles, gives them back one by one: the place of a progress bar.

    Raises
    ------
    ValueError : two lexicons of one name.
    """
    texts = {}

    def keeping(articles: list[Article]) -> Iterable[Article]:
        for article in track(articles):
            texts[article.row["document"]] = article.text
            yield article

    with tempfile.TemporaryDirectory() as folder:
        measure_into(folder, corpus, lexicons, track=keeping)
        return replace(load(folder), texts=texts)


def measure_into(
    folder: str | Path,
    corpus: Corpus,
    lexicons: Sequence[str | Path | Lexicon] = ("framing-en",),
    *,
    track: Callable[[list[Article]], Iterable[Article]] = iter,
) -> dict[str, Any]:
    """
    Measure a corpus straight into a folder; returns the provenance.

    Parameters and errors are those of `measure`. For a corpus larger than memory there is
    `partitions.measure_paths`. Everything is written beside the folder first, so that it
    never holds half a set.
    """
    read = read_lexicons(lexicons)
    annotate = Annotator(read)
    with beside(folder) as made:
        articles = iter(track(corpus.articles))
        for number in count():
            batch = list(islice(articles, ARTICLES_AT_ONCE))
            if not batch:
                break
            write_part(made, number, annotate(batch))
        return assemble(made, made, read, corpus.set_aside, corpus.notes, corpus.shared)


def read_lexicons(lexicons: Sequence[str | Path | Lexicon]) -> list[Lexicon]:
    """
    The lexicons by their names or files, and loadedness by its; no two may have one name.
    """
    read = [x if isinstance(x, Lexicon) else _read(x) for x in lexicons]
    names = [lexicon.name for lexicon in read]
    if len({*names}) < len(names):
        raise ValueError(f"two lexicons of one name: {', '.join(names)}")
    return read


def _read(lexicon: str | Path) -> Lexicon:
    setting = setting_of(str(lexicon))
    return read_lexicon(lexicon) if setting is None else loadedness_lexicon(setting)


def _passport(lexicon: Lexicon) -> dict[str, Any]:
    told = {"name": lexicon.name, "version": lexicon.version, "sha256": lexicon.sha256}
    return told if lexicon.shows_context else {**told, "shows_context": False}


def assemble(
    parts: Path,
    into: Path,
    lexicons: Sequence[Lexicon],
    set_aside: Sequence[tuple[str, str]],
    notes: Sequence[tuple[str, str]],
    shared: Mapping[str, str],
) -> dict[str, Any]:
    """Make a set of measured parts: its tables and its provenance, which is returned."""
    entries = [row for lexicon in lexicons for row in lexicon.table().itertuples(index=False)]
    given = {"entries": arrow_table("entries", build("entries", entries))}
    name = merge(parts, into, given)
    provenance = {
        "schema": SCHEMA,
        "biaskit": __version__,
        "lexicons": [_passport(lexicon) for lexicon in lexicons],
        "sentiment": sentiment_provenance(),
        "settings": {"rate_zones": list(RATE_ZONES), "collocate_span": COLLOCATE_SPAN},
        "n_documents": pq.read_metadata(into / "documents.parquet").num_rows,
        "set_aside": [list(one) for one in set_aside],
        "notes": [list(one) for one in notes],
        "shared": sorted(map(list, shared.items())),
        "id": name,
    }
    write_provenance(provenance, into)
    return provenance
