"""
From when is an article, as far as anybody can tell?

A date is two days, the earliest and the latest it can be from, the kind of evidence and the
evidence itself. What a reader enters by hand comes first, then the dateline, then the
address; a month in a picture caption gives only an earliest day, since pictures are printed
after they are taken. The clock at the top of a saved page is never used (it is the hour the
page was saved), nor is "on Tuesday", which fits every week. Where nothing tells, the date
stays open: none is ever made up.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from biaskit.pages import Zone, readable
from biaskit.zonerules import MONTH

__all__ = ["Dates", "date_of", "interval", "written_date"]


class Dates(NamedTuple):
    """Earliest and latest day (YYYY-MM-DD or None), kind of evidence, and the evidence."""

    low: str | None = None
    high: str | None = None
    kind: str | None = None
    evidence: str | None = None


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAY_MONTH_YEAR = re.compile(
    rf"(?:(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}}),?\s+"
    rf"|(?P<first>\d{{1,2}})\s+(?P<then>{MONTH})\.?\s+)"
    r"(?P<year>(?:19|20)\d{2})\b"
)
MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\.?\s+(?P<year>(?:19|20)\d{{2}})\b")
DATE_IN_URL = re.compile(r"/((?:19|20)\d{2})/?(\d{2})(?:/?(\d{2}))?(?=[/_-]|\d{6,})")
WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def interval(written: str, kind: str, evidence: str | None = None) -> Dates:
    """
    A date written as YYYY, YYYY-MM or YYYY-MM-DD, as the days it can stand for.

    >>> interval("2031-02", "user")
    Dates(low='2031-02-01', high='2031-02-28', kind='user', evidence='2031-02')
    """
    found = WRITTEN.fullmatch(written.strip())
    try:
        if found is None:
            raise ValueError(written)
        year = int(found[1])
        month, day = (None if x is None else int(x) for x in found.groups()[1:])
        low = date(year, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        last_day = calendar.monthrange(year, last_month)[1] if day is None else day
        high = date(year, last_month, last_day)
    except ValueError as error:
        raise ValueError(f"{written!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return Dates(low.isoformat(), high.isoformat(), kind, evidence or written.strip())


# Printed news before this, and after the next century, is a slip of the pen or a missing value.
FIRST_YEAR, LAST_YEAR = 1600, 2199


def written_date(written: str, kind: str) -> Dates:
    """
    A date as tables and pages write it, or an open one where nothing sure can be read.

    >>> written_date("May 6, 2014 at 5 pm", "user").low, written_date("6/5/2014", "user").low
    ('2014-05-06', None)
    """
    iso = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)|(\d{4})(\d{2})(\d{2})(?!\d)", written)
    day = _day(written)
    found = "-".join(x for x in iso.groups() if x) if iso else day[0] if day else written.strip()
    if not _is_date(found) or not FIRST_YEAR <= int(found[:4]) <= LAST_YEAR:
        return Dates()
    return interval(found, kind, written.strip())


def date_of(text: str, zones: Sequence[Zone], url: str | None = None) -> Dates:
    """The date that a page gives by itself: by its dateline, its address or its captions."""
    for zone in zones:
        if zone.reason == "dateline":
            day = _day(readable(text[zone.start : zone.end]))
            if day and _is_date(day[0]):
                return interval(day[0], "dateline", day[1])
    if url:
        in_url = DATE_IN_URL.search(url)
        written = "-".join(x for x in in_url.groups() if x) if in_url else ""
        if in_url and _is_date(written):
            return interval(written, "url", in_url[0])
    months = []
    for zone in zones:
        if zone.zone == "caption":
            for found in MONTH_YEAR.finditer(readable(text[zone.start : zone.end])):
                months.append((f"{found['year']}-{_month(found['month']):02}", found[0]))
    if months:
        written, evidence = max(months)
        return Dates(interval(written, "caption").low, None, "caption", evidence)
    return Dates()


def _is_date(written: str) -> bool:
    """Not "/2031/99/" of an address, nor a dateline's "June 31"."""
    try:
        interval(written, "")
    except ValueError:
        return False
    return True


def _day(text: str) -> tuple[str, str] | None:
    found = DAY_MONTH_YEAR.search(text)
    if not found:
        return None
    month = _month(found["month"] or found["then"])
    return f"{found['year']}-{month}-{found['day'] or found['first']}", found[0]


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1
