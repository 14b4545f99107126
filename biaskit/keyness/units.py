"""
Which documents are compared, which of them belong together, and how often does each item occur?

A `Sample` is the ground of every comparison: one row per document with its group (outlet), its
unit (itself, or the week or event it belongs to), its stratum, its tokens of the chosen voice,
and a sparse matrix of hits. Copies and documents without such tokens are left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from biaskit.cells import CELLS_AT_ONCE, cells, column_parts
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import VOICE_CHOICES
from biaskit.resampling import Counted, counted
from biaskit.tables import COLUMNS, RATE_ZONES

__all__ = ["DESCRIBED", "OTHERS", "UNITS", "Sample", "known_of", "sample", "term_hits", "units_of"]

UNITS = ("document", "week", "event")
OTHERS = "the others"

# What documents can be grouped within: columns of the documents table, or parts of their dates.
STRATA = ("section", "month", "week", "event", "author")

# What of the documents a comparison may need, beside what they are compared by.
DESCRIBED = ("document", "date_low", "date_high", "event", "section", "author")

# And what each unit or stratum needs of them.
DATES = ("date_low", "date_high")
NEEDED = {"document": (), "week": DATES, "month": DATES}

LENGTH_OF_MONTH = 7  # of "2017-04-21"


@dataclass(frozen=True)
class Sample:
    """Documents to compare, in the order of their ids, and what occurs in them."""

    documents: pd.DataFrame  # one row per document: document, group, unit, stratum
    n: np.ndarray  # tokens of each
    y: sparse.csr_matrix  # hits: documents x items; of many, as the smallest numbers that fit
    items: list[str]
    unit: str = "document"
    within: tuple[str, ...] = ()

    @property
    def groups(self) -> list[str]:
        return sorted(self.documents["group"].unique())

    def only(self, rows: np.ndarray) -> "Sample":
        """The sample with these documents alone."""
        if rows.all():
            return self
        kept = self.documents[rows].reset_index(drop=True)
        return replace(self, documents=kept, n=self.n[rows], y=self.y[np.flatnonzero(rows)])

    def between(self, groups: Sequence[str]) -> "Sample":
        """The sample with the documents of these groups alone; of all where `OTHERS` is one."""
        return self.only((self.documents["group"].isin(groups) | (OTHERS in groups)).to_numpy())

    def at_least(self, n: int) -> "Sample":
        """The sample with items that occur `n` times or more."""
        return self.with_items(np.asarray(self.y.sum(axis=0))[0] >= n)

    def with_items(self, columns: np.ndarray) -> "Sample":
        """The sample with these items alone."""
        kept = [self.items[j] for j in np.flatnonzero(columns)]
        return replace(self, y=self.y[:, np.flatnonzero(columns)], items=kept)

    def parts(self) -> Iterator["Sample"]:
        """
        The sample with some of the items after others, as many as can be reckoned with.

        A large sample is taken apart by it, and holds no hits afterwards.
        """
        if self.y.nnz <= CELLS_AT_ONCE:
            yield self
            return
        for columns, y in column_parts(self.y):
            yield replace(self, y=y.astype(float), items=self.items[columns])

    def choose(self, items: list[str]) -> "Sample":
        """The sample with these items alone, in this order, whether they occur or not."""
        there = pd.Index(self.items, dtype=object).get_indexer(items)
        none = sparse.csr_matrix((len(self.n), 1))
        found = sparse.hstack([self.y[:, there[there >= 0]], none]).tocsr()
        columns = np.where(there >= 0, np.cumsum(there >= 0) - 1, found.shape[1] - 1)
        return replace(self, y=found[:, columns].astype(float), items=items)

    def units(self, labels: np.ndarray) -> tuple[Counted, np.ndarray, np.ndarray]:
        """
        Documents added up to units, which lie within one group and one stratum.

        Returns the counts, the label of each unit, and the number of its stratum.
        """
        if self.unit == "document" and not self.within:  # nothing to add up
            return counted(self.y, self.n), labels, np.zeros(len(labels), dtype=int)
        parts = pd.DataFrame(
            {"unit": self.documents["unit"], "stratum": self.documents["stratum"], "label": labels}
        )
        code = parts.groupby(["unit", "stratum", "label"], sort=False).ngroup().to_numpy()
        first = parts.iloc[np.unique(code, return_index=True)[1]]
        ones, shape = np.ones(len(code)), (len(first), len(code))
        gathered = sparse.csr_matrix((ones, (code, np.arange(len(code)))), shape)
        strata = pd.factorize(first["stratum"])[0]
        return counted(gathered @ self.y, gathered @ self.n), first["label"].to_numpy(), strata


def sample(
    measured: MeasurementSet,
    hits: pd.DataFrame | Iterable[pd.DataFrame],
    *,
    by: str = "outlet",
    voice: str = "all",
    unit: str = "document",
    within: Sequence[str] = (),
) -> Sample:
    """
    The documents of a set and how often each item occurs in them.

    Parameters
    ----------
    hits : columns document, item, zone and voice; with n where a row stands for several hits.
        A table, or pieces of one.
    by : column of the documents table whose values are compared.
    voice : one of `rates.VOICE_CHOICES`.
    unit : document, week or event. A document without a known week or event is its own unit.
    within : strata: section, month, week, event or author. Documents without one are left out.

    Raises
    ------
    ValueError : an unknown voice, unit, stratum or column, or nothing known of it.
    """
    if voice not in VOICE_CHOICES:
        raise ValueError(f"no voice {voice!r}; there are {', '.join(VOICE_CHOICES)}")
    measured = without_copies(measured)
    known = (column for name in (unit, *within) for column in NEEDED.get(name, (name,)))
    wanted = [*dict.fromkeys(["document", by, *known])]
    stored = {*wanted} <= {*COLUMNS["documents"]}
    documents = measured.columns("documents", *wanted) if stored else measured.documents
    documents = _described(documents, by, unit, within)
    sizes = measured.pieces("sizes", "document", "zone", "voice", "n_tokens")
    sizes = (x.assign(item="", n=x["n_tokens"]) for x in _of_voice(sizes, voice))
    n = np.asarray(cells(sizes, documents["document"])[0].sum(axis=1), dtype=float)[:, 0]
    documents, n = documents[n > 0].reset_index(drop=True), n[n > 0]
    pieces = [hits] if isinstance(hits, pd.DataFrame) else hits
    y, items = cells(_of_voice(pieces, voice), documents["document"])
    return Sample(documents, n, y, items, unit, tuple(within))


def _of_voice(pieces: Iterable[pd.DataFrame], voice: str) -> Iterator[pd.DataFrame]:
    for piece in pieces:
        yield piece[piece["zone"].isin(RATE_ZONES) & piece["voice"].isin(VOICE_CHOICES[voice])]


def term_hits(measured: MeasurementSet) -> Iterator[pd.DataFrame]:
    """Every term of a set as an item to compare, in pieces of a table."""
    for piece in measured.pieces("counts", "document", "zone", "term", "voice", "n"):
        yield piece.rename(columns={"term": "item"})


def _described(documents: pd.DataFrame, by: str, unit: str, within: Sequence[str]) -> pd.DataFrame:
    if by not in documents.columns:
        raise ValueError(f"no column {by!r}; documents have {', '.join(sorted(documents.columns))}")
    documents = documents.sort_values("document", ignore_index=True)
    parts = {"document": documents["document"], "group": documents[by]}
    parts["unit"] = units_of(documents, unit)
    strata = pd.DataFrame({name: _stratum(documents, name) for name in within}, documents.index)
    parts["stratum"] = strata.astype(str).agg(" / ".join, axis=1) if within else ""
    described = pd.DataFrame(parts)
    return described[strata.notna().all(axis=1) & described["group"].notna()].reset_index(drop=True)


def units_of(documents: pd.DataFrame, unit: str) -> pd.Series:
    """The unit of each row: its week or event where that is known, else the document itself."""
    if unit not in UNITS:
        raise ValueError(f"no unit {unit!r}; there are {', '.join(UNITS)}")
    return _known(documents, unit).fillna(documents["document"])


def _stratum(documents: pd.DataFrame, name: str) -> pd.Series:
    if name not in STRATA:
        raise ValueError(f"nothing known of {name!r} to stay within; there are {', '.join(STRATA)}")
    return _known(documents, name)


def _known(documents: pd.DataFrame, name: str) -> pd.Series:
    known = known_of(documents, name)
    if known.isna().all():
        hint = "; `biaskit events` finds them, and --events hands them on" * (name == "event")
        raise ValueError(f"no document of this set has a known {name}{hint}")
    return known


def known_of(documents: pd.DataFrame, name: str) -> pd.Series:
    """Week, month, event or section of each document, where it is known."""
    if name in {"week", "month"}:
        low, high = (_period(documents[end], name) for end in ("date_low", "date_high"))
        return low.where(low == high)
    return documents[name]


def _period(days: pd.Series, name: str) -> pd.Series:
    if name == "month":
        return days.str[:LENGTH_OF_MONTH]
    iso = pd.to_datetime(days).dt.isocalendar()
    weeks = iso["year"].astype(str) + "-W" + iso["week"].astype(str).str.zfill(2)
    return weeks.where(days.notna(), None)
