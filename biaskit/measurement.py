"""
What does a measurement set hold, and how is one made, saved and read?

A measurement set is what is left of a corpus when its text is taken away: where the
sentences are and whose voice they are in, where the markers stand, how the sentences score,
how often each term occurs. Every rate, figure, notebook and report is computed from such a
set alone, so it can be published where the articles cannot.

On disk it is a folder: one Parquet file per table of `tables.STORED`, `provenance.json`, which
says how the set was made and holds its `id`, a hash of all its tables, and `set_aside.csv`,
which says what could not be used and why. Whoever has the
pages can add their texts again with `with_texts`; reports then show the sentences.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from biaskit import __version__
from biaskit.annotation import COLLOCATE_SPAN, annotate
from biaskit.articles import Article, text_hash
from biaskit.corpus import Corpus
from biaskit.lexicon import Lexicon, read_lexicon
from biaskit.markers import Matcher
from biaskit.sentiment import sentiment_provenance
from biaskit.spool import Spool, write_parquet
from biaskit.tables import COLUMNS, RATE_ZONES, SCHEMA, STORED, build, require

__all__ = [
    "MeasurementSet",
    "is_set",
    "load",
    "measure",
    "measure_into",
    "save",
    "with_texts",
    "without_copies",
]

PROVENANCE = "provenance.json"
SET_ASIDE = "set_aside.csv"


@dataclass(frozen=True)
class MeasurementSet:
    """
    The tables of one corpus and where they come from; `tables.COLUMNS` says what each holds.

    `texts` holds the articles by document id where they are at hand, and is empty otherwise;
    it is never saved.
    """

    documents: pd.DataFrame
    zones: pd.DataFrame
    sizes: pd.DataFrame
    sentences: pd.DataFrame
    spans: pd.DataFrame
    hits: pd.DataFrame
    entries: pd.DataFrame
    counts: pd.DataFrame
    cooccurrences: pd.DataFrame
    provenance: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """Hash over all tables, to cite the set by."""
        return str(self.provenance["id"])

    @property
    def outlets(self) -> list[str]:
        """The outlets in alphabetical order."""
        return sorted(self.documents["outlet"].unique())

    def table(self, name: str) -> pd.DataFrame:
        """A stored table by its name."""
        return require(getattr(self, name), name)


# ---- making ---------------------------------------------------------------------------------


def measure(
    corpus: Corpus,
    lexicons: Sequence[str | Path | Lexicon] = ("framing-en",),
    *,
    track: Callable[[Iterable[Article]], Iterable[Article]] = iter,
) -> MeasurementSet:
    """
    Turn articles into a measurement set, in memory and with their texts.

    Parameters
    ----------
    corpus : what `read_corpus` returns.
    lexicons : names of shipped lexicons, files, or lexicons already read.
    track : called with the articles, gives them back one by one: the place of a progress bar.

    Raises
    ------
    ValueError : two lexicons of one name.
    """
    texts = {}

    def keeping(articles: Iterable[Article]) -> Iterable[Article]:
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
    track: Callable[[Iterable[Article]], Iterable[Article]] = iter,
) -> dict[str, Any]:
    """
    Measure a corpus of any size straight into a folder; returns the provenance.

    Parameters and errors are those of `measure`. Memory holds a few thousand articles at a
    time; the tables are those that `measure` and `save` would give. Everything is written
    beside the folder first, so that it never holds half a set.
    """
    read = [x if isinstance(x, Lexicon) else read_lexicon(x) for x in lexicons]
    names = [lexicon.name for lexicon in read]
    if len({*names}) < len(names):
        raise ValueError(f"two lexicons of one name: {', '.join(names)}")
    matchers = [Matcher(lexicon) for lexicon in read]
    entries = [row for lexicon in read for row in lexicon.table().itertuples(index=False)]
    with _beside(folder) as beside:
        spool = Spool(beside, corpus.documents)
        for article in track(corpus.articles):
            spool.add(article.row["document"], annotate(article, matchers))
        provenance = {
            "schema": SCHEMA,
            "biaskit": __version__,
            "lexicons": [{"name": x.name, "version": x.version, "sha256": x.sha256} for x in read],
            "sentiment": sentiment_provenance(),
            "settings": {"rate_zones": list(RATE_ZONES), "collocate_span": COLLOCATE_SPAN},
            "n_documents": len(corpus.documents),
            "set_aside": [list(one) for one in corpus.set_aside],
            "notes": [list(one) for one in corpus.notes],
            "shared": sorted(map(list, corpus.shared.items())),
            "id": spool.finish({"entries": build("entries", entries)}),
        }
        _write_provenance(provenance, beside)
    return provenance


# ---- saving and reading ----------------------------------------------------------------------


def save(measured: MeasurementSet, folder: str | Path) -> Path:
    """
    Write a measurement set into `folder`; whatever else lies there stays.

    Everything is written beside the folder first and then moved into it, so that a set is
    never left half-written. The texts are not saved.
    """
    with _beside(folder) as beside:
        for name in STORED:
            write_parquet([getattr(measured, name)], name, beside / f"{name}.parquet")
        _write_provenance(measured.provenance, beside)
    return Path(folder)


@contextmanager
def _beside(folder: str | Path) -> Iterator[Path]:
    """A new folder to write a set into, which takes its place at the end, if all goes well."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{str(folder)!r} is a file; a measurement set needs a folder")
    made = [p for p in (folder, *folder.parents) if not p.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as beside:
            yield Path(beside)
            # Without its provenance a folder is no set: better none than tables of two sets.
            (folder / PROVENANCE).unlink(missing_ok=True)
            for name in (*(f"{name}.parquet" for name in STORED), SET_ASIDE, PROVENANCE):
                (Path(beside) / name).replace(folder / name)
    except BaseException:
        for empty in made:
            with suppress(OSError):
                empty.rmdir()
        raise


def _write_provenance(provenance: dict[str, Any], folder: Path) -> None:
    written = json.dumps(provenance, indent=2, ensure_ascii=False) + "\n"
    (folder / PROVENANCE).write_text(written, encoding="utf-8", newline="\n")
    aside = pd.DataFrame(provenance["set_aside"], columns=["source", "reason"])
    aside.to_csv(folder / SET_ASIDE, index=False, lineterminator="\n")


def with_texts(measured: MeasurementSet, texts: dict[str, str]) -> MeasurementSet:
    """
    The set with those of the texts, given by source, that it was made from to the letter.

    Raises
    ------
    ValueError : none of the texts is one that the set was made from.
    """
    found = {}
    for row in measured.documents.itertuples():
        text = texts.get(row.source)
        if text is not None and text_hash(row.outlet, text) == row.sha256:
            found[row.document] = text
    if not found:
        raise ValueError(
            f"none of these {len(texts)} pages is one that the set {measured.id[:12]} was made from"
        )
    return replace(measured, texts=found)


_MAKE_AGAIN = "make it again with biaskit measure PAGES -o {}"


def without_copies(measured: MeasurementSet) -> MeasurementSet:
    """
    The set without the documents that are copies of an earlier one of their outlet.

    Every rate, share and figure is made of this: a story printed twice is one story.
    """
    copies = measured.documents["copy_of"].notna()
    if not copies.any():
        return measured
    left_out = measured.documents.loc[copies, "document"]
    kept = {}
    for name in STORED:
        table = measured.table(name)
        if "document" in table.columns:
            kept[name] = table[~table["document"].isin(left_out)].reset_index(drop=True)
    return replace(measured, **kept)


def is_set(folder: str | Path) -> bool:
    """Whether a measurement set lies in this folder."""
    return (Path(folder) / PROVENANCE).is_file()


def load(folder: str | Path) -> MeasurementSet:
    """
    Read the measurement set in `folder`.

    Raises
    ------
    FileNotFoundError : no set there.
    ValueError : made with an older schema, in which case the message names the command that
        makes it anew, or with a newer one; or a table that is damaged.
    """
    folder = Path(folder)
    if not is_set(folder):
        raise FileNotFoundError(
            f"no measurement set in {str(folder)!r}; biaskit measure PAGES -o {folder} makes one"
        )
    try:
        provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        schema = int(provenance["schema"])
        if schema != SCHEMA:
            newer = schema > SCHEMA
            remedy = "update biaskit to read it" if newer else _MAKE_AGAIN.format(folder)
            raise ValueError(
                f"the set in {str(folder)!r} was made by {'a newer' if newer else 'an older'} "
                f"biaskit (schema {schema}, this one reads {SCHEMA}); {remedy}"
            )
        tables = {name: _read_table(folder / f"{name}.parquet", name) for name in STORED}
    except (OSError, KeyError, TypeError, pa.ArrowException, json.JSONDecodeError) as error:
        raise ValueError(f"the measurement set in {str(folder)!r} is damaged: {error}") from error
    return MeasurementSet(**tables, provenance=provenance)


def _read_table(file: Path, name: str) -> pd.DataFrame:
    table = require(pq.read_table(file).to_pandas(), name)
    return build(name, table.to_dict("list")) if table.empty else _typed(table, name)


def _typed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    kinds = {c: column.kind for c, column in COLUMNS[name].items()}
    wanted = {c: "object" for c, kind in kinds.items() if kind in {"text", "flag"}}
    table = table.astype(wanted)
    return table.where(table.notna(), None).astype(
        {c: "float64" for c, kind in kinds.items() if kind == "number"}
    )
