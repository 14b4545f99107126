"""
Which zone does each line of a saved page get?

A line gets its zone by the first rule of `RULES` that fits: what the outlet's profile knows,
links, captions, subheads, body, stamps and menus, tags, the headline, else furniture. Each
rule stands here because of a line such as the one beside it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from biaskit.lines import CREDIT, END_OF_ARTICLE, PAGE_WORDS, READ_ALSO, Line, script_of
from biaskit.outlets import Profile

__all__ = ["MONTH", "RULES", "Page", "name_lines"]


@dataclass
class Page:
    """What the naming rules may look at, besides the line itself."""

    lines: Sequence[Line]
    profile: Profile | None
    script: str | None
    first: int
    last: int
    links: str
    headline: str | None = None

    def knows(self, zone: str, line: Line) -> bool:
        """Whether the outlet's profile knows lines of this zone that look like this one."""
        pattern = self.profile.lines.get(zone) if self.profile else None
        return bool(pattern and pattern.fullmatch(line.text))


BYLINE = re.compile(
    r"""(?:[Bb]y|BY)\s+[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){1,5}(?:\s*[,|].*)?
    | [A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3},?\s+(?:(?:[Ss]taff|[Ss]enior)\s)?
      (?:[Ww]riter|[Cc]orrespondent|[Rr]eporter|[Ee]ditor)\b.{0,25}""",
    re.VERBOSE,
)
# Spelled out, so that the "Marathon 2031" isn't from March.
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
DAY = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?{MONTH}\.?\s+(?:\d{{1,2}},?\s+)?"
    r"(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b|\b\d{1,2}:\d{2}\b"
)
MENU = re.compile(r"\w\s*[|·•]\s*\w.*\s[|·•]\s*\w")
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?(?:GMT|UTC|[ap]m|CET|EST|MSK))?\s?\d{0,2}.{0,25}", re.I)
COUNT_AT_THE_END = re.compile(r"\(\d+\)$")
OUTLET_AT_THE_END = re.compile(r" - [A-Z]\w+(?: [A-Z]\w+){0,2}$")


def _is_card(line: Line, page: Page, i: int) -> bool:
    before = page.lines[i - 1] if i else None
    return (
        before is not None
        and before.zone == "caption"
        and before.row == line.row - 1
        and i > page.first
        and line.n > 3
        and not line.ends
        and line.share_capital > 0.6
    )


def _is_title(line: Line, page: Page, i: int) -> bool:
    return line.text == page.headline and i < page.first


def _is_below_the_title(line: Line, page: Page, i: int) -> bool:
    above = page.lines[i - 1] if i else None
    return above is not None and above.zone == "headline" and i < page.first and line.n >= 4


def _is_stamp(line: Line, page: Page, i: int) -> bool:
    return bool(BYLINE.fullmatch(line.text)) or (line.n <= 12 and bool(DAY.search(line.text)))


def _is_link(line: Line, page: Page, i: int) -> bool:
    looks = i > page.last or line.share_capital > 0.6 or bool(COUNT_AT_THE_END.search(line.text))
    return 3 <= line.n <= 30 and not line.ends and looks


def _is_page_talk(line: Line, page: Page, i: int) -> bool:
    short = line.n < 12 and bool(PAGE_WORDS.search(line.text))
    return line.n <= 1 or short or bool(END_OF_ARTICLE.search(line.text))


def _is_tags(line: Line, page: Page, i: int) -> bool:
    commas = line.text.count(",")
    return commas >= 3 and not line.ends and line.n / (commas + 1) < 3.5


def _inside(line: Line, page: Page, i: int) -> bool:
    return page.first < i < page.last and not line.ends and not PAGE_WORDS.search(line.text)


# The first rule that fits names the line. `None` as a zone means: body, if it was marked so.
# Each rule stands here because of a line such as the one beside it.
Rule = Callable[[Line, Page, int], bool]
RULES: tuple[tuple[str | None, str, Rule], ...] = (
    # "The Lantern - Comments", which only the profile can know
    ("furniture", "known furniture of the outlet", lambda x, p, i: p.knows("furniture", x)),
    ("caption", "known caption of the outlet", lambda x, p, i: p.knows("caption", x)),
    ("related", "known link of the outlet", lambda x, p, i: p.knows("related", x)),
    # the title under "READ ALSO: Lantern wins prize"
    ("related", "title of a link", lambda x, p, i: x.n > 3 and not x.ends and x.text in p.links
        and not READ_ALSO.match(x.text)),
    # a picture in the text, and right below it "Harbour Reopens After Storm"
    ("related", "title under a picture in the text", _is_card),
    ("related", "link to more", lambda x, p, i: 3 < x.n < 25 and bool(READ_ALSO.match(x.text))),
    ("furniture", "heading of links", lambda x, p, i: x.n <= 3 and bool(READ_ALSO.match(x.text))),
    # "The mayor in June. Photo: A. Nobody/Pool"
    ("caption", "picture credit", lambda x, p, i: x.n < 40 and bool(CREDIT.search(x.text))
        and not (x.body and x.n > 25)),
    ("caption", "outlet at the end", lambda x, p, i: x.n < 40 and not PAGE_WORDS.search(x.text)
        and bool(OUTLET_AT_THE_END.search(x.text))),
    # "What happens next" between two paragraphs
    ("subhead", "short line in the text", lambda x, p, i: x.body and i < p.last and not x.ends
        and not x.text.endswith(":") and (x.n <= 5 or (x.n <= 14 and x.share_capital > 0.9))),
    (None, "reads as body", lambda x, p, i: x.body),
    # "By Ada Nobody", "2 September 2031 - 3 min read"
    ("furniture", "byline or date", _is_stamp),
    # "News | Islands | Trade"
    ("furniture", "menu", lambda x, p, i: bool(MENU.search(x.text))),
    ("headline", "title above the text", _is_title),
    ("furniture", "clock", lambda x, p, i: bool(CLOCK.fullmatch(x.text))),
    ("furniture", "talks of the page", _is_page_talk),
    ("furniture", "other script", lambda x, p, i: script_of(x.text) not in (None, p.script)),
    ("tags", "list of short names", _is_tags),
    # "A pretext, critics say", right below the headline
    ("subhead", "line below the headline", _is_below_the_title),
    ("subhead", "short line in the text", lambda x, p, i: _inside(x, p, i) and x.n <= 8),
    ("related", "title of another article", _is_link),
    ("furniture", "nothing else fits", lambda x, p, i: True),
)  # fmt: skip


def name_lines(lines: Sequence[Line], profile: Profile | None) -> None:
    body = [i for i, line in enumerate(lines) if line.body]
    page = Page(
        lines,
        profile,
        script=script_of(" ".join(line.text for line in lines)),
        first=body[0] if body else len(lines),
        last=body[-1] if body else -1,
        links="\n".join(line.text for line in lines if READ_ALSO.match(line.text)),
    )
    page.headline = _headline(page)
    seen = False
    for i, line in enumerate(lines):
        zone, reason = next((zone, name) for zone, name, fits in RULES if fits(line, page, i))
        line.zone = zone or "body"
        if line.zone == "headline" and seen:
            line.zone, reason = "caption", "repeats the headline"
        seen = seen or line.zone == "headline"
        line.reason = line.reason or reason


def _headline(page: Page) -> str | None:
    """
    The title of the article: of the lines above the text that look like one, the best.

    A title is long for a line that is no sentence, stands near the text, and often stands
    twice on a page (once as the text of a picture).
    """
    best, most = None, 0.0
    stands = Counter(line.text for line in page.lines)
    for i, line in enumerate(page.lines[: page.first]):
        fits = 4 <= line.n <= 25 and not line.text.endswith((".", "…"))
        other = READ_ALSO.match(line.text) or CREDIT.search(line.text) or MENU.search(line.text)
        known = any(page.knows(zone, line) for zone in ("furniture", "caption", "related"))
        if not fits or other or known or _is_stamp(line, page, i):
            continue
        if COUNT_AT_THE_END.search(line.text) or _is_tags(line, page, i):
            continue
        merit = min(line.n, 12) + line.share_capital - 0.1 * (page.first - i)
        merit += 4 * (stands[line.text] > 1) - 6 * bool(PAGE_WORDS.search(line.text))
        if merit > most:
            best, most = line.text, merit
    return best
