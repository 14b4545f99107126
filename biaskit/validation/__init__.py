"""
How well does each stage agree with people?

Every stage is measured against labels made by hand: `pages` (which lines or words of a page
are the article), `sentences` (where they begin and end), `voice` (whose words they are),
`lexicon` (which words experts call loaded), `sentiment` (how people rate texts and targets),
`events` (which articles are on the same happening). `balance` has no gold but what outlets
are said to lean to: it shows whether a lexicon's entries for one side fire more often.
Gold files are JSON lines, plain or gzipped; `GOLD` says what a row must hold. They are not
part of biaskit, since most hold text of others; tests/validation says where to get them.

Each function returns one flat dictionary whose main figure is `f1`, with precision, recall,
n (rows measured), seconds and mb_per_s beside it; where people gave ratings it is
`correlation`, and of `balance` it is `center_ratio`.
"""

import gzip
import json
import re
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from biaskit.outlets import read_profiles, recognise
from biaskit.pages import Zone, read_page, readable
from biaskit.tokens import sentence_spans
from biaskit.validation.balance import balance
from biaskit.validation.events import validate_events
from biaskit.validation.lexicon import validate_lexicon
from biaskit.validation.sentiment import validate_sentiment
from biaskit.validation.voice import validate_voice
from biaskit.webpages import text_of_dump, text_of_html

__all__ = ["GOLD", "STAGES", "read_gold", "validate"]

GOLD = {
    "pages": "lines: file, line, start, end, label, text; or pages: html, body",
    "sentences": "text, sentences [[start, end]]",
    "voice": "text, outlet, attributions [{source, cue, content: [[start, end]]}]",
    "lexicon": "text, outlet, topic, biased, biased_words; "
    "or sentences, spans [{sentence, start, end, kind, in_quote}]",
    "balance": "text, leaning (left, center or right)",
    "sentiment": "text, mean_rating; or text, targets [{start, end, mention, polarity}]",
    "events": "story, articles [{outlet, title, lead, date}]; or event, outlet, title, sentences",
}

Row = dict[str, Any]


def validate(
    stage: str,
    gold: str | Path,
    *,
    as_: str | None = None,
    part: str | None = None,
    folds: str | None = None,
    dates: bool = True,
) -> Row:
    """
    Measure one stage on a gold file.

    Parameters
    ----------
    stage : one of `STAGES`.
    gold : JSON lines, plain or gzipped.
    as_ : how `pages` reads them: lines, html or dump; by default what the gold holds.
    part : only rows whose `part` is this, where the gold has parts.
    folds : topic, to fit the loadedness of `lexicon` anew without each topic in turn.
    dates : without them `events` are matched by their words alone.

    Raises
    ------
    ValueError : no such stage, way of reading or part; a gold file that holds something else.
    """
    if stage not in STAGES:
        raise ValueError(f"no stage {stage!r}; there are {', '.join(sorted(STAGES))}")
    if as_ is not None and (stage != "pages" or as_ not in PAGES_AS):
        raise ValueError(
            f"--as {as_} is not for {stage}; pages can be read as {', '.join(PAGES_AS)}"
        )
    if folds is not None and stage != "lexicon":
        raise ValueError(f"--folds is not for {stage}; it is for lexicon")
    if not dates and stage != "events":
        raise ValueError(f"--no-dates is not for {stage}; it is for events")
    rows = read_gold(gold)
    if part is not None:
        parts = sorted({str(row.get("part")) for row in rows})
        rows = [row for row in rows if row.get("part") == part]
        if not rows:
            raise ValueError(f"{gold} has no part {part!r}; it has {', '.join(parts)}")
    try:
        if stage == "pages":
            return PAGES_AS[as_ or ("html" if "html" in rows[0] else "lines")](rows)
        if stage == "lexicon":
            return validate_lexicon(rows, folds)
        if stage == "events":
            return validate_events(rows, dates=dates)
        return STAGES[stage](rows)
    except KeyError as error:
        raise ValueError(f"{gold} is no gold for {stage}: a row needs {GOLD[stage]}") from error


def read_gold(file: str | Path) -> list[Row]:
    """The rows of a gold file."""
    path = Path(file)
    if not path.is_file():
        raise FileNotFoundError(f"no gold file at {str(file)!r}")
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
    except (ValueError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{file} is not a file of JSON lines: {error}") from error
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"{file} holds no JSON objects, one to a line")
    return rows


# ---- pages ----------------------------------------------------------------------------------


def _lines(rows: list[Row]) -> Row:
    """Zones of every line of page dumps; f1, precision and recall are those of `body`."""
    by_file: dict[str, list[Row]] = {}
    for row in rows:
        by_file.setdefault(row["file"], []).append(row)
    profiles, found, started, size = read_profiles(), [], time.perf_counter(), 0
    for lines in by_file.values():
        text = _rebuilt(lines)
        size += len(text.encode())
        zones = read_page(text, recognise(readable(text), profiles))
        found += [_zone_of(line, zones) for line in lines]
    seconds = time.perf_counter() - started
    wanted = [row["label"] for lines in by_file.values() for row in lines]
    either = [{row["label"], row.get("alt")} for lines in by_file.values() for row in lines]
    pairs = list(zip(wanted, found, strict=True))
    right = sum(a == "body" == b for a, b in pairs)
    return {
        **_agreement(right, found.count("body"), wanted.count("body")),
        "accuracy": sum(a == b for a, b in pairs) / len(pairs),
        "accuracy_either_label": sum(b in a for a, b in zip(either, found, strict=True))
        / len(pairs),
        **_work(len(by_file), seconds, size),
        "lines": len(pairs),
    }


def _rebuilt(lines: list[Row]) -> str:
    text = ""
    for line in sorted(lines, key=lambda row: row["start"]):
        text += "\n" * (line["start"] - len(text)) + line["text"]
    return text


def _zone_of(line: Row, zones: list[Zone]) -> str:
    def shared(zone: Zone) -> int:
        return min(zone.end, line["end"]) - max(zone.start, line["start"])

    return max(zones, key=shared).zone


def _html(rows: list[Row]) -> Row:
    """The article's words in HTML pages, as four-word shingles."""
    return {"read_as": "html", **_shingles(rows, text_of_html, "html")}


def _dump(rows: list[Row]) -> Row:
    """The same in text dumps of these pages; English ones only, which is what dumps are read in."""
    try:
        import py3langid
    except ImportError as error:
        raise ValueError("choosing English pages needs py3langid: pip install py3langid") from error
    english = [row for row in rows if py3langid.classify(row["body"])[0] == "en"]
    dumps = [{**row, "dump": text_of_dump(row["html"])} for row in english]
    return {"read_as": "dump, English pages", **_shingles(dumps, _article_of_dump, "dump")}


def _article_of_dump(text: str) -> str:
    zones = read_page(text)
    first = next((zone.start for zone in zones if zone.zone == "body"), 0)
    within = (z for z in zones if z.zone in {"body", "subhead"} or z.reason == "dateline")
    return "\n".join(text[z.start : z.end] for z in within if z.start >= first)


PAGES_AS: dict[str, Callable[[list[Row]], Row]] = {"lines": _lines, "html": _html, "dump": _dump}


def _shingles(rows: list[Row], read: Callable[[str], str], field: str) -> Row:
    """
    Precision, recall and F1 of four-word shingles, every page counting alike.

    The measure of scrapinghub's article extraction benchmark: true and false positives and
    false negatives of a page are divided by their sum before they are added up.
    """
    started = time.perf_counter()
    articles = [read(row[field]) for row in rows]
    seconds = time.perf_counter() - started
    right = found = wanted = 0.0
    for row, article in zip(rows, articles, strict=True):
        gold, read_off = _shingles_of(row["body"]), _shingles_of(article)
        shared = (gold & read_off).total()
        either = gold.total() + read_off.total() - shared
        if either:
            right += shared / either
            found += read_off.total() / either
            wanted += gold.total() / either
    size = sum(len(row[field].encode()) for row in rows)
    return {**_agreement(right, found, wanted), **_work(len(rows), seconds, size)}


SHINGLE = 4


def _shingles_of(text: str) -> Counter:
    words = re.findall(r"\w+", text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(SHINGLE)), strict=False))


# ---- sentences ------------------------------------------------------------------------------


def _sentences(rows: list[Row]) -> Row:
    """Exact sentences, paragraph by paragraph (a line is one)."""
    right = found = wanted = 0
    started = time.perf_counter()
    cut = [set(_cut(row["text"])) for row in rows]
    seconds = time.perf_counter() - started
    for row, spans in zip(rows, cut, strict=True):
        gold = {(start, end) for start, end in row["sentences"]}
        right += len(gold & spans)
        found += len(spans)
        wanted += len(gold)
    size = sum(len(row["text"].encode()) for row in rows)
    return {
        **_agreement(right, found, wanted),
        **_work(len(rows), seconds, size),
        "sentences": wanted,
    }


def _cut(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.split("\n"):
        yield from sentence_spans(text, position, position + len(line))
        position += len(line) + 1


STAGES: dict[str, Callable[[list[Row]], Row]] = {
    "pages": _lines,
    "sentences": _sentences,
    "voice": validate_voice,
    "lexicon": validate_lexicon,
    "balance": balance,
    "sentiment": validate_sentiment,
    "events": validate_events,
}


def _agreement(right: float, found: float, wanted: float) -> Row:
    """f1, precision and recall; a share of nothing is missing, not 0."""
    precision = right / found if found else None
    recall = right / wanted if wanted else None
    f1 = 2 * right / (found + wanted) if found + wanted else None
    return {"f1": f1, "precision": precision, "recall": recall}


def _work(n: int, seconds: float, size: int) -> Row:
    return {"n": n, "seconds": seconds, "mb_per_s": size / 1e6 / seconds if seconds else None}
