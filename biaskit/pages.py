"""
What on a saved page is the article?

A page saved as text holds menus, picture captions, links to other articles and pleas to log
in around the article, one to a line. `lines` finds those that read as the article's text,
`zonerules` gives each its zone: body, subhead, caption, related link, tags, headline, else
furniture. An outlet's profile can name a line before all.

No line is dropped: each keeps its position, its zone and the rule that gave it. Nothing is
rewritten either; a no-break space is read as a space, one for one, so positions hold.

When this is wrong: see `lines` for what is taken for the article. A page kept as HTML is
read better than its text dump, because tags say what a line is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from biaskit.lines import Line, mark_body
from biaskit.outlets import Profile
from biaskit.zonerules import Page, name_lines

__all__ = ["Zone", "read_page", "read_text", "readable"]

NO_BREAK_SPACES = "\xa0\u202f\u2007"


class Zone(NamedTuple):
    """A stretch of the text with one label, the rule that gave it, and its log-odds of body."""

    start: int
    end: int
    zone: str
    reason: str
    score: float | None


def readable(text: str) -> str:
    """The text with no-break spaces read as spaces, one code point for one."""
    for space in NO_BREAK_SPACES:
        text = text.replace(space, " ")
    return text


# "ARLEN, June 3 (Agency) —" opens a report; it is the agency's stamp and nobody's wording.
DATELINE = re.compile(
    r"""(?:[A-Z][A-Z'’.\-]+(?:[ ,/]+|(?=\s*\()))+             # ARLEN, NORTH
    (?:[A-Z][a-z]+\.?\ ?\d{0,2}(?:,\ \d{4})?[ ,]*)?           # June 3, 2031
    (?:\([A-Z][\w. ]{1,25}\)\s*)?[—–-]{1,2}\s+""",
    re.VERBOSE,
)


def read_page(
    text: str, profile: Profile | None = None, *, recurring: frozenset[str] = frozenset()
) -> list[Zone]:
    """
    Cut the text dump of a page into zones.

    >>> page = "Menu\\n\\nMayor Opens New Bridge\\n\\nThe mayor opened it, said her office."
    >>> [(zone.zone, page[zone.start : zone.end][:9]) for zone in read_page(page)]
    [('furniture', 'Menu'), ('headline', 'Mayor Ope'), ('body', 'The mayor')]

    Parameters
    ----------
    text : the page as read; a line is a paragraph.
    profile : what is known of the outlet, if anything.
    recurring : lines that stand on other pages of the outlet, too; they are never body.

    Returns
    -------
    One zone per stretch, in order: start and end in code points without the white space
    around the line, zone, reason, and the log-odds that it is body. Zones never overlap, and
    between them there is only white space.
    """
    lines = _lines(readable(text))
    mark_body(lines, recurring)
    name_lines(lines, profile)
    return list(_zones(lines))


def read_text(text: str, headline: str | None = None, profile: Profile | None = None) -> list[Zone]:
    """
    Cut the text of an article, as tables and extractors give it, into zones.

    Everything is the article but its headline, short lines between paragraphs (subheads), and
    what the outlet's profile knows better. Returns what `read_page` returns.

    >>> text = "Mayor Opens Bridge\\n\\nThe mayor was there."
    >>> [(zone.zone, zone.reason) for zone in read_text(text, "Mayor Opens Bridge")]
    [('headline', 'title'), ('body', 'text of the article')]
    """
    lines = _lines(readable(text))
    title = " ".join(readable(headline or "").split())
    page = Page(lines, profile, None, 0, len(lines) - 1, "")
    zones = [z for z in ("furniture", "caption", "related") if profile and z in profile.lines]
    for i, line in enumerate(lines):
        known = next((z for z in zones if page.knows(z, line)), None)
        if i == 0 and " ".join(line.text.split()) == title:
            line.zone, line.reason = "headline", "title"
        elif known:
            line.zone, line.reason = known, f"known {known} of the outlet"
        elif 0 < i < page.last and _is_subhead(lines, i):
            line.zone, line.reason = "subhead", "short line in the text"
        else:
            line.zone, line.reason = "body", "text of the article"
    return list(_zones(lines))


SUBHEAD_WORDS = 8


def _is_subhead(lines: Sequence[Line], i: int) -> bool:
    """A short line between sentences; in a list of short lines none is a subhead."""
    short = not lines[i].ends and lines[i].n <= SUBHEAD_WORDS
    return short and lines[i + 1].ends and (lines[i - 1].ends or lines[i - 1].zone == "headline")


def _zones(lines: Sequence[Line]) -> Iterator[Zone]:
    """The zones of named lines; what a dateline takes of the first paragraphs is cut off."""
    body_seen = 0
    for line in lines:
        start = line.start
        if line.zone == "body":
            body_seen += 1
            dateline = DATELINE.match(line.text) if body_seen <= DATELINE_WITHIN else None
            if dateline and dateline.end() < len(line.text):
                stop = start + len(dateline[0].rstrip())
                yield Zone(start, stop, "furniture", "dateline", line.score)
                start += dateline.end()
        yield Zone(start, line.end, line.zone, line.reason, line.score)


DATELINE_WITHIN = 3  # paragraphs: a standfirst may stand above it


def _lines(text: str) -> list[Line]:
    lines, position = [], 0
    for row, raw in enumerate(text.split("\n")):
        content = raw.strip()
        if content:
            start = position + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(content), content, row))
        position += len(raw) + 1
    return lines
