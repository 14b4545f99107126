"""
Which articles are there, whose are they, and what could not be read?

Pages are text files: one file, a folder of them, or a pattern such as 'pages/*.txt'. The
outlet of a page is what the metadata file says, else the name of the folder it lies in,
else the outlet whose marks it carries, else what you name for all the others; a page of
which nobody says whose it is stops the reading, since half a comparison would be none.

What cannot be read is set aside with its reason and never silently left out. A metadata
file is a CSV with the column `source` (the file, relative to what was given) and any of
`outlet`, `date`, `event`, `author`, `url`, `section`.
"""

import contextlib
import csv
import glob
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from biaskit.dates import Dates, date_of, interval
from biaskit.outlets import Profile, named, read_profiles, recognise
from biaskit.pages import Zone, read_page, readable

__all__ = ["Article", "Corpus", "read_corpus", "read_metadata", "read_texts", "text_hash"]

METADATA = ("source", "outlet", "date", "event", "author", "url", "section")
PAGES = (".txt",)


class Article(NamedTuple):
    """One article as read: its row of the documents table so far, its text and its zones."""

    row: dict
    text: str
    zones: list[Zone]


class Corpus(NamedTuple):
    """The articles in the order of their sources, and what was set aside: (source, reason)."""

    articles: list[Article]
    set_aside: list[tuple[str, str]]

    @property
    def documents(self) -> list[str]:
        """The ids of the articles."""
        return [article.row["document"] for article in self.articles]


def read_corpus(
    path: str | Path | Sequence[str | Path],
    *,
    metadata: str | Path | None = None,
    outlet: str | None = None,
    profiles: str | Path | None = None,
) -> Corpus:
    """
    Read saved pages, with their zones, outlets and dates.

    Parameters
    ----------
    path : a text file, a folder (with all below it), a pattern, or several of these.
    metadata : CSV of what the pages do not say.
    outlet : the outlet of pages that nothing else tells the outlet of.
    profiles : folder of your own outlet profiles.

    Raises
    ------
    FileNotFoundError, ValueError : in one sentence, naming the file and what would have
        worked: nothing there, no page that can be read, a page of an unknown outlet, a
        metadata file with unknown columns or dates.
    """
    known = read_profiles(profiles)
    facts = read_metadata(metadata) if metadata is not None else {}
    articles, set_aside = [], []
    for source, file in _sources([path] if isinstance(path, str | Path) else path):
        fact = facts.pop(source, {})
        try:
            text = _read_text(file)
        except ValueError as error:
            set_aside.append((source, str(error)))
            continue
        profile = _outlet(source, text, fact, known, outlet)
        articles.append(_article(source, text, fact, profile))
    if not articles:
        source, reason = set_aside[0]
        more = f", nor any of {len(set_aside) - 1} more" if len(set_aside) > 1 else ""
        raise ValueError(
            f"{source} cannot be read ({reason}){more}; biaskit reads text files in UTF-8"
        )
    set_aside += [(source, f"named in {metadata}, but there is no such page") for source in facts]
    _settle_ids_and_labels(articles, set_aside)
    return Corpus(articles, set_aside)


def read_metadata(file: str | Path) -> dict[str, dict[str, str]]:
    """What a metadata file says, by source; empty cells are left out."""
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"no metadata file at {str(file)!r}")
    try:
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), strict=True)
        names = rows.fieldnames or []
        unknown = sorted({*names} - {*METADATA})
        if "source" not in names or unknown:
            problem = f"unknown column {unknown[0]!r}" if unknown else "no column 'source'"
            raise ValueError(f"{file}: {problem}; it may have {', '.join(METADATA)}")
        facts: dict[str, dict[str, str]] = {}
        for row in rows:
            if None in row:
                raise ValueError(
                    f"{file}, line {rows.line_num}: more cells than columns; "
                    f"put text that holds a comma between quotation marks"
                )
            source = (row.pop("source") or "").strip()
            if source in facts:
                raise ValueError(f"{file}, line {rows.line_num}: {source!r} is given twice")
            facts[source] = {k: v.strip() for k, v in row.items() if k and v and v.strip()}
            if "date" in facts[source]:
                _user_date(facts[source]["date"], f"{file}, line {rows.line_num}")
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} is not a CSV file in UTF-8: {error}") from error
    return facts


def read_texts(path: str | Path | Sequence[str | Path]) -> dict[str, str]:
    """The texts of pages by their source, without anything else; unreadable ones left out."""
    texts = {}
    for source, file in _sources([path] if isinstance(path, str | Path) else path):
        with contextlib.suppress(ValueError):
            texts[source] = _read_text(file)
    return texts


def text_hash(outlet: str, text: str) -> str:
    """The hash that a document's id is made of: of its outlet, NUL and its text as read."""
    return hashlib.sha256(f"{outlet}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _user_date(written: str, where: str) -> Dates:
    try:
        return interval(written, "user")
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _sources(paths: Sequence[str | Path]) -> list[tuple[str, Path]]:
    """(source, file) of every page, sorted; a source is relative to what was given."""
    found: dict[str, Path] = {}
    for path in map(str, paths):
        base = Path(path)
        if base.is_dir():
            files = [f for f in base.rglob("*") if f.suffix.lower() in PAGES and f.is_file()]
            if not files:
                raise ValueError(f"{path!r} is a folder without pages; biaskit reads *.txt files")
        elif base.is_file():
            base, files = base.parent, [base]
        elif glob.has_magic(path):
            base, pattern = _cut_pattern(base)
            files = [f for f in base.glob(pattern) if f.is_file() and f.name != "README.md"]
            if not files:
                raise FileNotFoundError(f"no file matches {path!r}")
        else:
            raise FileNotFoundError(
                f"there is no {path!r}; give a text file, a folder of them, or a pattern in quotes"
            )
        for file in files:
            source = file.relative_to(base).as_posix()
            if found.setdefault(source, file).resolve() != file.resolve():
                raise ValueError(
                    f"both {str(found[source])!r} and {str(file)!r} would be {source!r}; "
                    f"give the folder that holds them all"
                )
    if not found:
        raise ValueError("nothing to read; give a text file, a folder of them, or a pattern")
    return sorted(found.items())


def _cut_pattern(path: Path) -> tuple[Path, str]:
    """The folder that a pattern begins at, and the pattern below it."""
    at = next(i for i, part in enumerate(path.parts) if glob.has_magic(part))
    return Path(*path.parts[:at]), str(Path(*path.parts[at:]))


def _read_text(file: Path) -> str:
    content = file.read_bytes()
    if not content.strip():
        raise ValueError("the file is empty")
    if b"\0" in content:
        raise ValueError("it is a binary file, not text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("it is not text in UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _outlet(
    source: str, text: str, fact: dict[str, str], known: Sequence[Profile], otherwise: str | None
) -> Profile:
    folder = source.split("/")[0] if "/" in source else None
    name = fact.get("outlet") or folder
    if name:
        return named(name, known)
    profile = recognise(readable(text), known)
    if profile is None and otherwise is None:
        names = ", ".join(p.name for p in known if p.recognise)
        raise ValueError(
            f"{source}: no mark of a known outlet ({names}) on the page; say whose it is with "
            f"--outlet NAME, a folder for each outlet, or a metadata file"
        )
    return profile or named(str(otherwise), known)


def _article(source: str, text: str, fact: dict[str, str], profile: Profile) -> Article:
    zones = read_page(text, profile)
    dates = (
        interval(fact["date"], "user") if "date" in fact else date_of(text, zones, fact.get("url"))
    )
    sha256 = text_hash(profile.name, text)
    row: dict[str, Any] = {
        "document": f"{profile.slug}-{sha256[:10]}",
        "outlet": profile.name,
        "source": source,
        "sha256": sha256,
        **{key: fact[key] for key in ("event", "author", "url", "section") if key in fact},
        **{f"date_{key}": value for key, value in dates._asdict().items()},
    }
    return Article(row, text, zones)


def _settle_ids_and_labels(articles: list[Article], set_aside: list[tuple[str, str]]) -> None:
    """Leave out second copies of the very same page; give each other a label of its own."""
    first: dict[str, str] = {}
    for article in list(articles):
        row = article.row
        if row["document"] in first:
            set_aside.append((row["source"], f"the same page as {first[row['document']]}"))
            articles.remove(article)
        first.setdefault(row["document"], row["source"])
    articles.sort(key=lambda article: article.row["document"])
    labels = pd.Series([_label(article.row) for article in articles])
    numbers = labels.groupby(labels).cumcount() + 1
    repeated = labels.duplicated(keep=False)
    for article, label, number, again in zip(articles, labels, numbers, repeated, strict=True):
        article.row["label"] = f"{label} ({number})" if again else label


def _label(row: dict) -> str:
    low, high = row["date_low"], row["date_high"]
    if not low or not high:
        return str(row["outlet"])
    day = pd.Timestamp(low)
    spelled = "%Y" if low[:7] != high[:7] else "%b %Y" if low != high else "%d %b %Y"
    return f"{row['outlet']}, {day.strftime(spelled).lstrip('0')}"
