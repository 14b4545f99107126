"""
What is made of one article as it was found?

A record becomes an article: its text as read, its zones, its outlet, its dates. The outlet
of an article is what the metadata file says, else the column of its table, else the name
of the folder it lies in, else the outlet that its address belongs to, else the one whose
marks it carries, else what was named for all the others.

A saved page is cut into zones by its looks; an HTML page goes through an extractor, which
leaves only the article; the text of a table is taken for the article as it stands.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from biaskit.dates import Dates, date_of, interval, written_date
from biaskit.languages import is_wire
from biaskit.outlets import Profile, named, recognise
from biaskit.pages import Zone, read_page, read_text, readable
from biaskit.reading.records import Record
from biaskit.webpages import read_html

__all__ = ["Article", "NoArticleError", "Settings", "article_of", "text_hash"]

WORD_CHARACTER = re.compile(r"\w")
ARCHIVES = re.compile(r".*\.(?:zip|gz|warc)", re.IGNORECASE)


class Article(NamedTuple):
    """One article as read: its row of the documents table so far, its text and its zones."""

    row: dict[str, Any]
    text: str
    zones: list[Zone]


class NoArticleError(ValueError):
    """Nothing to measure in a record; the message is the reason it is set aside for."""


@dataclass(frozen=True)
class Settings:
    """What is known beside the records: profiles, metadata by source, and an outlet for all."""

    profiles: Sequence[Profile] = ()
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    outlet: str | None = None


def article_of(record: Record, settings: Settings) -> Article:
    """
    The article that a record holds, with an id made of its outlet and text.

    Raises
    ------
    NoArticleError : there is no article in it, or nobody knows whose it is.
    """
    fields = dict(record.fields)
    dates, text, headline = Dates(), record.content, fields.get("title")
    if record.kind == "html":
        page = read_html(record.content)
        text, headline = page.text, headline or page.title
        fields = {**page.fields, **fields}
        dates = written_date(page.date or "", "html-meta")
    fact = settings.facts.get(record.source, {})
    fields |= fact
    if not text.strip():
        raise NoArticleError("no article was found in it")
    profile = _outlet(record, fields, fact, settings)
    if record.kind == "page":
        zones = read_page(text, profile)
    else:
        text = _with_title(text, headline)
        zones = read_text(text, headline, profile)
    if "date" in fact:
        dates = interval(fact["date"], "user")
    elif (told := written_date(record.fields.get("date", ""), "user")).low is not None:
        dates = told
    if dates.low is None:
        dates = date_of(text, zones, fields.get("url"))
    sha256 = text_hash(profile.name, text)
    row: dict[str, Any] = {
        "document": f"{profile.slug}-{sha256[:10]}",
        "outlet": profile.name,
        "source": record.source,
        "sha256": sha256,
        "wire": _wire(text, zones),
        **{key: fields[key] for key in ("event", "author", "url", "section") if key in fields},
        **{f"date_{key}": value for key, value in dates._asdict().items()},
    }
    return Article(row, text, zones)


def text_hash(outlet: str, text: str) -> str:
    """The hash that a document's id is made of: of its outlet, NUL and its text as read."""
    return hashlib.sha256(f"{outlet}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _with_title(text: str, title: str | None) -> str:
    """
    The text under its title, which many tables repeat at the beginning of the text.

    "Poll" is no title that "Polls open at noon" repeats, so it has to be whole words.
    """
    words = (title or "").split()
    opening = text.split(None, len(words))[: len(words)]
    if not words or not title or _opens(opening, words):
        return text
    line = title.replace("\n", " ")
    return f"{line}\n\n{text}"


def _opens(opening: list[str], words: list[str]) -> bool:
    """Whether a text that opens with these words opens with the title's."""
    if len(opening) < len(words) or opening[:-1] != words[:-1]:
        return False
    rest = opening[-1].removeprefix(words[-1])
    return opening[-1].startswith(words[-1]) and not WORD_CHARACTER.match(rest)


def _outlet(
    record: Record, fields: Mapping[str, str], fact: Mapping[str, str], settings: Settings
) -> Profile:
    known = settings.profiles
    name = fact.get("outlet") or record.fields.get("outlet") or _folder(record.source)
    if name:
        return named(name, known)
    profile = _by_address(fields.get("url"), known) or recognise(readable(record.content), known)
    if profile is not None:
        return profile
    if settings.outlet is not None:
        return named(settings.outlet, known)
    names = ", ".join(p.name for p in known if p.recognise)
    raise NoArticleError(
        f"no mark of a known outlet ({names}) on the page; say whose it is with "
        f"biaskit measure --outlet NAME, a folder for each outlet, or a metadata file"
    )


def _folder(source: str) -> str | None:
    folders = [part for part in source.split("/")[:-1] if not ARCHIVES.fullmatch(part)]
    return folders[0] if folders else None


def _by_address(url: str | None, known: Sequence[Profile]) -> Profile | None:
    """The outlet of an address: a known one, else the domain itself."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return named(host.removeprefix("www."), known) if host else None


def _wire(text: str, zones: Sequence[Zone]) -> bool:
    dateline = next((text[z.start : z.end] for z in zones if z.reason == "dateline"), None)
    lines = [text[z.start : z.end] for z in zones if z.zone in {"body", "subhead", "furniture"}]
    return is_wire(dateline, lines)[0]
