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

A set that is loaded reads each table when it is first asked for it. What needs a few columns
only asks for these (`columns`), and what goes through a table larger than memory asks for it
piece by piece (`pieces`), so that a million documents can be compared on a laptop.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from biaskit.articles import text_hash
from biaskit.parts import write_parquet
from biaskit.storage import Stored, exists, is_address, opened, put
from biaskit.tables import SCHEMA, STORED, arrow_table, require

__all__ = [
    "MeasurementSet",
    "beside",
    "fresh_folder",
    "is_set",
    "load",
    "put_in_place",
    "replaced",
    "save",
    "send",
    "with_texts",
    "without_copies",
    "write_provenance",
]

PROVENANCE = "provenance.json"
SET_ASIDE = "set_aside.csv"

# The provenance comes last: without it a folder is no set.
FILES = (*(f"{name}.parquet" for name in STORED), SET_ASIDE, PROVENANCE)


@dataclass(frozen=True, repr=False)
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
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A table may also be given as `Stored`: it then lies in its file until it is needed."""
        stored = {n: self.__dict__.pop(n) for n in STORED if isinstance(getattr(self, n), Stored)}
        self.__dict__["_stored"] = stored

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table that was not read yet."""
        stored = self.__dict__.get("_stored", {})
        if name not in stored:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.__dict__.setdefault(name, stored[name].read())

    def __repr__(self) -> str:
        return f"<MeasurementSet {self.provenance.get('id', '')[:12]}>"

    @property
    def id(self) -> str:
        """Hash over all tables, to cite the set by."""
        return str(self.provenance["id"])

    @cached_property
    def outlets(self) -> list[str]:
        """The outlets in alphabetical order."""
        return sorted(self.columns("documents", "outlet")["outlet"].unique())

    def table(self, name: str) -> pd.DataFrame:
        """A stored table by its name."""
        return require(getattr(self, name), name)

    def columns(self, name: str, *columns: str) -> pd.DataFrame:
        """Some columns of a stored table; of a file only these are read."""
        if name in self.__dict__:
            return self.table(name)[list(columns)]
        return self._stored[name].read(columns)

    def pieces(self, name: str, *columns: str) -> Iterable[pd.DataFrame]:
        """
        Some columns of a stored table, a million rows at a time where they lie in a file.

        One can go through them as often as one likes. Columns of text may be categories; a
        document's rows come together where the table stands by document, as measured ones do.
        """
        if name in self.__dict__:
            return [self.columns(name, *columns)]
        return self._stored[name].pieces(columns)


def save(measured: MeasurementSet, folder: str | Path) -> str | Path:
    """
    Write a measurement set into `folder`, or to an address; whatever else lies there stays.

    Everything is written beside the folder first and then moved into it, so that a set is
    never left half-written. The texts are not saved.
    """
    with _at_address(str(folder)) if is_address(folder) else beside(folder) as made:
        for name in STORED:
            table = arrow_table(name, getattr(measured, name))
            write_parquet([table], name, made / f"{name}.parquet")
        write_provenance(measured.provenance, made)
    return folder if is_address(folder) else Path(folder)


@contextmanager
def _at_address(address: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)
        put(Path(made), FILES, address)


def send(folder: Path, address: str) -> None:
    """
    Copy a set from a folder to an address, where it takes the place of another.

    Raises
    ------
    ValueError : it cannot be copied, whatever the storage's reason; the folder is as it was.
    """
    try:
        put(folder, FILES, address)
    except Exception as error:
        raise ValueError(
            f"the set lies whole in {str(folder)!r} and could not be copied to {address!r}: {error}"
        ) from error


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
    # Better no set than tables of two sets.
    (folder / PROVENANCE).unlink(missing_ok=True)
    for name in FILES:
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
    return replaced(measured, texts=found)


_MAKE_AGAIN = "make it again with biaskit measure PAGES -o {}"


def without_copies(measured: MeasurementSet) -> MeasurementSet:
    """
    The set without the documents that are copies of an earlier one of their outlet.

    Every rate, share and figure is made of this: a story printed twice is one story.
    """
    documents = measured.columns("documents", "document", "copy_of")
    left_out = frozenset(documents.loc[documents["copy_of"].notna(), "document"])
    if not left_out:
        return measured
    kept: dict[str, Any] = {}
    for name, table in _tables(measured).items():
        if isinstance(table, Stored):
            kept[name] = table.without(left_out)
        elif "document" in require(table, name).columns:
            kept[name] = table[~table["document"].isin(left_out)].reset_index(drop=True)
    return replaced(measured, **kept)


def replaced(measured: MeasurementSet, **changed: Any) -> MeasurementSet:
    """`dataclasses.replace` that reads no table."""
    same = {"provenance": measured.provenance, "texts": measured.texts}
    return MeasurementSet(**{**_tables(measured), **same, **changed})


def _tables(measured: MeasurementSet) -> dict[str, Any]:
    """All tables, those that were not read yet as `Stored`."""
    return {name: measured.__dict__.get(name, measured._stored.get(name)) for name in STORED}


def is_set(folder: str | Path) -> bool:
    """Whether a measurement set lies in this folder, or at this address."""
    return exists(_file(folder, PROVENANCE))


def _file(folder: str | Path, name: str) -> str:
    return f"{str(folder).rstrip('/')}/{name}" if is_address(folder) else str(Path(folder) / name)


def load(folder: str | Path) -> MeasurementSet:
    """
    The measurement set in `folder`, or at an address; its tables are read when they are needed.

    Raises
    ------
    FileNotFoundError : no set there.
    ValueError : made with an older schema, in which case the message names the command that
        makes it anew, or with a newer one; or a table that is damaged.
    """
    if not is_set(folder):
        raise FileNotFoundError(
            f"no measurement set in {str(folder)!r}; biaskit measure PAGES -o {folder} makes one"
        )
    try:
        with opened(_file(folder, PROVENANCE)) as file:
            provenance = json.loads(file.read())
        schema = int(provenance["schema"])
        if schema != SCHEMA:
            newer = schema > SCHEMA
            remedy = "update biaskit to read it" if newer else _MAKE_AGAIN.format(folder)
            raise ValueError(
                f"the set in {str(folder)!r} was made by {'a newer' if newer else 'an older'} "
                f"biaskit (schema {schema}, this one reads {SCHEMA}); {remedy}"
            )
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"the measurement set in {str(folder)!r} is damaged: {error}") from error
    tables: dict[str, Any] = {n: Stored(n, _file(folder, f"{n}.parquet")) for n in STORED}
    for table in tables.values():
        table.check()
    return MeasurementSet(**tables, provenance=provenance)
