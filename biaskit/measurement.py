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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from biaskit.articles import text_hash
from biaskit.parts import write_parquet
from biaskit.tables import COLUMNS, SCHEMA, STORED, arrow_table, build, require

__all__ = [
    "MeasurementSet",
    "beside",
    "fresh_folder",
    "is_set",
    "load",
    "put_in_place",
    "save",
    "with_texts",
    "without_copies",
    "write_provenance",
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


# ---- saving and reading ----------------------------------------------------------------------


def save(measured: MeasurementSet, folder: str | Path) -> Path:
    """
    Write a measurement set into `folder`; whatever else lies there stays.

    Everything is written beside the folder first and then moved into it, so that a set is
    never left half-written. The texts are not saved.
    """
    with beside(folder) as made:
        for name in STORED:
            table = arrow_table(name, getattr(measured, name))
            write_parquet([table], name, made / f"{name}.parquet")
        write_provenance(measured.provenance, made)
    return Path(folder)


@contextmanager
def beside(folder: str | Path) -> Iterator[Path]:
    """A new folder to write a set into, which takes its place at the end, if all goes well."""
    with (
        fresh_folder(folder) as there,
        tempfile.TemporaryDirectory(dir=there, prefix=".writing-") as made,
    ):
        yield Path(made)
        put_in_place(Path(made), there)


@contextmanager
def fresh_folder(folder: str | Path) -> Iterator[Path]:
    """The folder, made if need be; if all goes wrong nothing is left of what was made."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{str(folder)!r} is a file; a measurement set needs a folder")
    made = [p for p in (folder, *folder.parents) if not p.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        for empty in made:
            with suppress(OSError):
                empty.rmdir()
        raise


def put_in_place(made: Path, folder: Path) -> None:
    """Move a whole set into a folder, where it takes the place of another."""
    # Without its provenance a folder is no set: better none than tables of two sets.
    (folder / PROVENANCE).unlink(missing_ok=True)
    for name in (*(f"{name}.parquet" for name in STORED), SET_ASIDE, PROVENANCE):
        (made / name).replace(folder / name)


def write_provenance(provenance: dict[str, Any], folder: Path) -> None:
    """Write how a set was made, and beside it what was set aside."""
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
