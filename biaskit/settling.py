"""
What is settled about all articles of a corpus together, before any of them is measured?

Looking at one record tells its text, its outlet and its date. Only all of them together tell
which ids are taken, which articles are copies of each other, which lines an outlet prints
again and again, and which pages are not in English. `FirstPass` gathers the first, a
kilobyte an article; `settle_all` decides the second; `Settled.apply` puts the decisions on an
article. Between the steps everything is plain data that can be written to a file or sent to
another process.
"""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from biaskit.articles import Article, NoArticleError, Settings, article_of
from biaskit.copies import Decisions, settle
from biaskit.languages import opening_of, zone_of_recurring
from biaskit.pages import Zone, readable
from biaskit.reading.records import Fault, Found, Note, Record
from biaskit.scans import OTHER_LINES, Scan, line_hash, scan

__all__ = ["FirstPass", "Look", "Settled", "look_at", "settle_all"]


class Look(NamedTuple):
    """What one thing that was found tells; either an article or the reason there is none."""

    source: str
    reason: str | None = None
    note: str | None = None
    article: Article | None = None
    user_id: str | None = None
    scan: Scan | None = None

    def without_article(self) -> "Look":
        """The same with the article's row alone: what the first pass keeps."""
        kept = self.article and self.article._replace(text="", zones=[])
        return self._replace(article=kept)


def look_at(found: Found, settings: Settings) -> Look:
    """What is to be known of a record, fault or note by itself."""
    if isinstance(found, Note):
        return Look(found.source, note=found.message)
    if isinstance(found, Fault):
        return Look(found.source, found.reason)
    try:
        article = article_of(found, settings)
    except NoArticleError as error:
        return Look(found.source, str(error))
    user_id = found.fields.get("id")
    return Look(found.source, None, None, article, user_id, _scan(found, article))


def _scan(record: Record, article: Article) -> Scan:
    text = readable(article.text)
    lines = [(zone.zone, text[zone.start : zone.end]) for zone in article.zones]
    headline = next((line for zone, line in lines if zone == "headline"), None)
    return scan(
        record.source,
        article.row["outlet"],
        article.row["date_low"],
        headline,
        [line for _, line in lines],
        body=[line for zone, line in lines if zone == "body"] or None,
    )


class FirstPass:
    """What the first pass leaves: by source, as a document has no id of its own yet."""

    def __init__(self) -> None:
        self.scans: list[Scan] = []
        self.sources: set[str] = set()
        self.user_ids: dict[str, str] = {}
        self.made_ids: dict[str, str] = {}
        self.dates: dict[str, tuple] = {}  # outlet, earliest and latest day
        self.set_aside: list[tuple[str, str]] = []
        self.notes: list[tuple[str, str]] = []

    def add(self, look: Look, facts: Collection[str]) -> None:
        """Take what one look told; `facts` are the sources that a metadata file names."""
        if look.note is not None:
            self.notes.append((look.source, look.note))
            return
        if look.source in facts:
            self.sources.add(look.source)
        if look.article is None or look.scan is None:
            self.set_aside.append((look.source, look.reason or ""))
            return
        row = look.article.row
        if look.user_id is not None:
            self.user_ids[look.source] = look.user_id
        self.made_ids[look.source] = row["document"]
        # A few outlets and days stand in many articles; each is kept once.
        dated = row["outlet"], row["date_low"], row["date_high"]
        outlet, low, high = (x and sys.intern(x) for x in dated)
        self.dates[look.source] = outlet, low, high
        self.scans.append(look.scan._replace(outlet=outlet, date=low))


class Settled(NamedTuple):
    """The decisions about a corpus, or about a part of it."""

    ids: dict[str, str]  # source -> document
    labels: dict[str, str]  # document -> short name
    decisions: Decisions
    set_aside: list[tuple[str, str]]

    def part(self, articles: Iterable[tuple[str, str]]) -> "Settled":
        """What of it concerns these articles, given by source and outlet."""
        articles = list(articles)
        ids = {source: self.ids[source] for source, _ in articles if source in self.ids}
        outlets = {outlet for _, outlet in articles}
        whole = self.decisions
        decisions = Decisions(
            {d: whole.copy_of[d] for d in ids.values() if d in whole.copy_of},
            {},
            {o: lines for o, lines in whole.recurring.items() if o in outlets},
            {o: openings for o, openings in whole.openings.items() if o in outlets},
            {},
        )
        return Settled(ids, {d: self.labels[d] for d in ids.values()}, decisions, [])

    def apply(self, article: Article, lines: bytes | None = None) -> Article | None:
        """
        The article with the decisions applied; None where it was set aside.

        `lines` are those of its scan; with them most articles need no second look.
        """
        document = self.ids.get(article.row["source"])
        if document is None:
            return None
        row: dict[str, Any] = {
            **article.row,
            "document": document,
            "label": self.labels[document],
            "copy_of": self.decisions.copy_of.get(document),
            "language": "en",
        }
        return Article(row, article.text, list(self._zones(article, lines)))

    def _zones(self, article: Article, lines: bytes | None) -> Iterator[Zone]:
        recurring = self.decisions.recurring[article.row["outlet"]]
        if lines is not None and len(article.zones) <= OTHER_LINES:  # else some are left out
            recurring = recurring.intersection(np.frombuffer(lines, "<u8").tolist())
        openings = self.decisions.openings[article.row["outlet"]]
        text = readable(article.text)
        for zone in article.zones:
            if not recurring and zone.zone != "headline":
                yield zone
                continue
            line = text[zone.start : zone.end]
            if zone.zone != "furniture" and recurring and line_hash(line) in recurring:
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


def settle_all(first: FirstPass) -> Settled:
    """
    Decide about a corpus; empties the scans of the first pass on the way.

    Raises
    ------
    ValueError : nothing that was found can be used.
    """
    if not first.scans:
        raise ValueError(_nothing(first.set_aside))
    set_aside = list(first.set_aside)
    ids = _ids(first, set_aside)
    decisions = settle(_named(first.scans, ids))
    sources = {document: source for source, document in ids.items()}
    for document, reason in decisions.set_aside.items():
        set_aside.append((sources[document], reason))
        del ids[sources[document]]
    if not ids:
        raise ValueError(_nothing(set_aside))
    labels = _labels({ids[s]: first.dates[s] for s in ids})
    return Settled(ids, labels, decisions, sorted(set_aside))


def _nothing(set_aside: list[tuple[str, str]]) -> str:
    if not set_aside:
        return "nothing to read; there is no article in what was given"
    source, reason = set_aside[0]
    more = f" (nor can {len(set_aside) - 1:,} more)" if len(set_aside) > 1 else ""
    return f"{source} cannot be used{more}: {reason}"


def _ids(first: FirstPass, set_aside: list[tuple[str, str]]) -> dict[str, str]:
    """The id of each source: the user's where it is one article's alone, else of its text."""
    times = Counter(first.user_ids.values())
    ids: dict[str, str] = {}
    taken: dict[str, str] = {}
    for scanned in first.scans:
        source = scanned.document
        user = first.user_ids.get(source)
        document = user if user is not None and times[user] == 1 else first.made_ids[source]
        if document in taken:
            set_aside.append((source, f"the same page as {taken[document]}"))
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
