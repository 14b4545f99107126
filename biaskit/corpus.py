"""
Which articles are there, which are copies of each other, and what could not be read?

A corpus is read in two passes. The first looks at every article alone and keeps less than a
kilobyte of it; then it is settled for all of them together which are copies, which lines an
outlet prints again and again, and what is not in English. The second pass gives the articles
with these decisions applied. So a corpus larger than memory is read as well as a small one.

What cannot be used is set aside with its reason, and never silently left out.
"""

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from biaskit.articles import Article, NoArticleError, Settings, article_of
from biaskit.copies import Decisions, Scan, line_hash, scan, settle
from biaskit.languages import opening_of, zone_of_recurring
from biaskit.metadata import read_metadata, read_sample
from biaskit.outlets import read_profiles
from biaskit.pages import Zone, readable
from biaskit.reading.records import Fault, Found, Note, Record
from biaskit.reading.sources import records, records_of_table

__all__ = ["Article", "Corpus", "read_corpus", "read_texts"]

Paths = str | Path | Sequence[str | Path]


class Corpus(NamedTuple):
    """What was read: articles, and beside them what was not."""

    articles: Iterable[Article]
    """In the order of their ids, or, where they are streamed, of their sources."""
    documents: list[str]
    """The ids of the articles, in alphabetical order."""
    set_aside: list[tuple[str, str]]
    """What could not be used, and why: (source, reason)."""
    notes: list[tuple[str, str]]
    """What a user should know: (source, message)."""
    shared: dict[str, str]
    """Document to the earliest of its copies, where outlets share them."""


def read_corpus(
    path: Paths | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    metadata: str | Path | None = None,
    outlet: str | None = None,
    profiles: str | Path | None = None,
    only: str | Path | None = None,
    stream: bool = False,
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
    stream : keep no article in memory; each is read again when it is wanted.
    track : called with what is found, gives it back one by one: the place of a progress bar.

    Raises
    ------
    FileNotFoundError, ValueError : in one sentence, naming the file and what would have
        worked: nothing there, nothing that can be used, a metadata file with unknown columns
        or dates. What is wrong with single articles is set aside, not raised.
    """
    facts = read_metadata(metadata) if metadata is not None else {}
    settings = Settings(read_profiles(profiles), facts, outlet)
    sample = read_sample(only) if only is not None else None

    def found() -> Iterator[Found]:
        if isinstance(path, str | Path | Sequence):
            everything = records(path, columns=columns)
        else:
            everything = records_of_table(path, columns=columns)
        return everything if sample is None else filter(sample.takes, everything)

    first = _first_pass(track(found()), settings)
    first.set_aside.extend(
        (source, f"named in {metadata}, but there is no such page")
        for source in facts
        if source not in first.seen and (sample is None or source in sample.values)
    )
    if not first.scans:
        raise ValueError(_nothing(first.set_aside))
    ids = _ids(first)
    decisions = settle(_named(first.scans, ids))
    sources = {document: source for source, document in ids.items()}
    for document, reason in decisions.set_aside.items():
        first.set_aside.append((sources[document], reason))
        del ids[sources[document]]
    if not ids:
        raise ValueError(_nothing(first.set_aside))
    labels = _labels({ids[s]: first.dates[s] for s in ids})
    articles: Iterable[Article] = _Articles(found, settings, first.made, ids, labels, decisions)
    if not stream:
        articles = sorted(articles, key=lambda article: article.row["document"])
    return Corpus(
        articles, sorted(ids.values()), sorted(first.set_aside), first.notes, decisions.shared
    )


class _FirstPass(NamedTuple):
    """What the first pass leaves: by source, as a document has no id of its own yet."""

    scans: list[Scan]
    seen: set[str]  # of the sources that the metadata file names
    users: dict[str, str]  # the user's ids
    made: dict[str, str]  # ids made of outlet and text
    dates: dict[str, tuple]  # outlet, earliest and latest day
    set_aside: list[tuple[str, str]]
    notes: list[tuple[str, str]]


def _first_pass(found: Iterable[Found], settings: Settings) -> _FirstPass:
    first = _FirstPass([], set(), {}, {}, {}, [], [])
    for one in found:
        if isinstance(one, Note):
            first.notes.append(one)
            continue
        if one.source in settings.facts:
            first.seen.add(one.source)
        if isinstance(one, Fault):
            first.set_aside.append((one.source, one.reason))
            continue
        try:
            article = article_of(one, settings)
        except NoArticleError as error:
            first.set_aside.append((one.source, str(error)))
            continue
        row = article.row
        if "id" in one.fields:
            first.users[one.source] = one.fields["id"]
        first.made[one.source] = row["document"]
        dated = row["outlet"], row["date_low"], row["date_high"]
        first.dates[one.source] = tuple(x and sys.intern(x) for x in dated)
        first.scans.append(_scan(one, article))
    return first


def _scan(record: Record, article: Article) -> Scan:
    text = readable(article.text)
    lines = [(zone.zone, text[zone.start : zone.end]) for zone in article.zones]
    headline = next((line for zone, line in lines if zone == "headline"), None)
    return scan(
        record.source,
        sys.intern(article.row["outlet"]),
        article.row["date_low"] and sys.intern(article.row["date_low"]),
        headline,
        [line for _, line in lines],
        body=[line for zone, line in lines if zone == "body"] or None,
    )


def _nothing(set_aside: list[tuple[str, str]]) -> str:
    if not set_aside:
        return "nothing to read; there is no article in what was given"
    source, reason = set_aside[0]
    more = f" (nor can {len(set_aside) - 1:,} more)" if len(set_aside) > 1 else ""
    return f"{source} cannot be used{more}: {reason}"


def _ids(first: _FirstPass) -> dict[str, str]:
    """The id of each source: the user's where it is one article's alone, else of its text."""
    times = Counter(first.users.values())
    ids: dict[str, str] = {}
    taken: dict[str, str] = {}
    for scanned in first.scans:
        source = scanned.document
        user = first.users.get(source)
        document = user if user is not None and times[user] == 1 else first.made[source]
        if document in taken:
            first.set_aside.append((source, f"the same page as {taken[document]}"))
            continue
        taken[document] = source
        ids[source] = document
    return ids


def _named(scans: list[Scan], ids: Mapping[str, str]) -> Iterator[Scan]:
    """The scans under their documents' ids; each is let go of as it is given."""
    while scans:
        one = scans.pop()
        if one.document in ids:
            yield one._replace(document=ids[one.document])


class _Articles:
    """Articles with the decisions applied, read anew each time they are gone through."""

    def __init__(
        self,
        found: Callable[[], Iterator[Found]],
        settings: Settings,
        made: Mapping[str, str],
        ids: Mapping[str, str],
        labels: Mapping[str, str],
        decisions: Decisions,
    ) -> None:
        self.found, self.settings, self.made, self.ids = found, settings, made, ids
        self.labels, self.decisions = labels, decisions

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Article]:
        given = set()
        for one in self.found():
            if isinstance(one, Record) and one.source in self.ids:
                article = article_of(one, self.settings)
                if article.row["document"] == self.made[one.source]:
                    given.add(one.source)
                    yield self._settled(article)
        if len(given) < len(self.ids):
            raise ValueError(
                f"{min(self.ids.keys() - given)} was changed or taken away while it was read; "
                f"read everything once more"
            )

    def _settled(self, article: Article) -> Article:
        document = self.ids[article.row["source"]]
        row: dict[str, Any] = {
            **article.row,
            "document": document,
            "label": self.labels[document],
            "copy_of": self.decisions.copy_of.get(document),
            "language": "en",
        }
        return Article(row, article.text, list(self._zones(article)))

    def _zones(self, article: Article) -> Iterator[Zone]:
        recurring = self.decisions.recurring[article.row["outlet"]]
        openings = self.decisions.openings[article.row["outlet"]]
        for zone in article.zones:
            line = readable(article.text[zone.start : zone.end])
            if zone.zone != "furniture" and line_hash(line) in recurring:
                reason = "stands in several articles of the outlet"
                yield zone._replace(zone=zone_of_recurring(line), reason=reason)
                continue
            opening = opening_of(line) if zone.zone == "headline" else None
            if opening and opening[0] in openings and opening[1] < len(line):
                stop = zone.start + opening[1]
                reason = "opens several headlines of the outlet"
                yield Zone(zone.start, stop, "recurring", reason, zone.score)
                start = stop + len(line[opening[1] :]) - len(line[opening[1] :].lstrip())
                yield zone._replace(start=start)
                continue
            yield zone


def read_texts(path: Paths) -> dict[str, str]:
    """The texts of articles by their source, without anything else; unreadable ones left out."""
    texts = {}
    for one in records(path):
        if isinstance(one, Record):
            with contextlib.suppress(NoArticleError):
                texts[one.source] = article_of(one, Settings(outlet="-")).text
    return texts


def _labels(dates: Mapping[str, tuple]) -> dict[str, str]:
    """A short name for each document; equal ones are numbered."""
    labels = pd.Series({document: _label(*dates[document]) for document in sorted(dates)})
    numbers = labels.groupby(labels).cumcount() + 1
    repeated = labels.duplicated(keep=False)
    return {
        document: f"{label} ({numbers[document]})" if repeated[document] else str(label)
        for document, label in labels.items()
    }


def _label(outlet: str, low: str | None, high: str | None) -> str:
    if not low or not high:
        return outlet
    day = pd.Timestamp(low)
    spelled = "%Y" if low[:7] != high[:7] else "%b %Y" if low != high else "%d %b %Y"
    return f"{outlet}, {day.strftime(spelled).lstrip('0')}"
