"""
Which articles are there, which are copies of each other, and what could not be read?

Every article is looked at alone first; then it is settled for all of them together which are
copies, which lines an outlet prints again and again, and what is not in English. What cannot
be used is set aside with its reason, and never silently left out.

`read_corpus` holds the articles in memory, which is what a notebook wants. A corpus larger
than memory is read and measured part by part by `partitions.measure_paths`, with the same
result.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from biaskit.articles import Article, NoArticleError, Settings, article_of
from biaskit.metadata import read_metadata, read_sample
from biaskit.outlets import read_profiles
from biaskit.reading.records import Found, Record
from biaskit.reading.sources import records, records_of_table
from biaskit.settling import FirstPass, look_at, settle_all

__all__ = ["Article", "Corpus", "Reading", "read_corpus", "read_texts"]

Paths = str | Path | Sequence[str | Path]


class Corpus(NamedTuple):
    """What was read: articles, and beside them what was not."""

    articles: list[Article]
    """In the order of their ids."""
    set_aside: list[tuple[str, str]]
    """What could not be used, and why: (source, reason)."""
    notes: list[tuple[str, str]]
    """What a user should know: (source, message)."""
    shared: dict[str, str]
    """Document to the earliest of its copies, where outlets share them."""

    @property
    def documents(self) -> list[str]:
        """The ids of the articles, in alphabetical order."""
        return [article.row["document"] for article in self.articles]


@dataclass(frozen=True)
class Reading:
    """What is to be read, and how; the fields are the parameters of `read_corpus`."""

    path: Paths | pd.DataFrame
    columns: Mapping[str, str] | None = None
    metadata: str | Path | None = None
    outlet: str | None = None
    profiles: str | Path | None = None
    only: str | Path | None = None

    def settings(self) -> Settings:
        """What articles are made with, checked and read."""
        facts = read_metadata(self.metadata) if self.metadata is not None else {}
        return Settings(read_profiles(self.profiles), facts, self.outlet)

    def found(self) -> Iterator[Found]:
        """Everything in what was given, or what the sample takes of it."""
        sample = read_sample(self.only) if self.only is not None else None
        if isinstance(self.path, str | Path | Sequence):
            everything = records(self.path, columns=self.columns)
        else:
            everything = records_of_table(self.path, columns=self.columns)
        return everything if sample is None else filter(sample.takes, everything)

    def complete(self, first: FirstPass, settings: Settings) -> FirstPass:
        """The first pass with what the metadata file names and nobody found."""
        sample = read_sample(self.only) if self.only is not None else None
        first.set_aside.extend(
            (source, f"named in {self.metadata}, but there is no such page")
            for source in settings.facts
            if source not in first.sources and (sample is None or source in sample.values)
        )
        return first


def read_corpus(
    path: Paths | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    metadata: str | Path | None = None,
    outlet: str | None = None,
    profiles: str | Path | None = None,
    only: str | Path | None = None,
    track: Callable[[Iterable[Found]], Iterable[Found]] = iter,
) -> Corpus:
    """
    Read articles from files, folders, patterns or a DataFrame.

    Parameters
    ----------
    path : text dumps and HTML pages, CSV, JSON, Parquet, Excel, zip and gzip of these; a
        folder with all below it; a pattern; several of these; or a pandas or polars DataFrame.
    columns : our field, their column, as in {"text": "body", "outlet": "source"}; what is not
        named goes by its usual names.
    metadata : CSV of what the pages do not say (see `metadata`).
    outlet : the outlet of pages that nothing else tells the outlet of.
    profiles : folder of your own outlet profiles.
    only : CSV of a sample, with the column `id`, `url` or `source`: nothing else is taken.
    track : called with what is found, gives it back one by one: the place of a progress bar.

    Raises
    ------
    FileNotFoundError, ValueError : in one sentence, naming the file and what would have
        worked: nothing there, nothing that can be used, a metadata file with unknown columns
        or dates. What is wrong with single articles is set aside, not raised.
    """
    reading = Reading(path, columns, metadata, outlet, profiles, only)
    settings = reading.settings()
    first, read = FirstPass(), []
    for one in track(reading.found()):
        look = look_at(one, settings)
        first.add(look, settings.facts)
        if look.article is not None:
            read.append(look.article)
    settled = settle_all(reading.complete(first, settings))
    articles = [article for one in read if (article := settled.apply(one)) is not None]
    articles.sort(key=lambda article: article.row["document"])
    return Corpus(articles, settled.set_aside, first.notes, settled.decisions.shared)


def read_texts(path: Paths) -> dict[str, str]:
    """The texts of articles by their source, without anything else; unreadable ones left out."""
    texts = {}
    for one in records(path):
        if isinstance(one, Record):
            with contextlib.suppress(NoArticleError):
                texts[one.source] = article_of(one, Settings(outlet="-")).text
    return texts
