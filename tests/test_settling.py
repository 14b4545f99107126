"""Decisions are put on an article alike, whether its lines are known from a scan or looked at."""

import pytest

from biaskit import settling
from biaskit.articles import Article
from biaskit.copies import Decisions
from biaskit.pages import Zone
from biaskit.scans import OTHER_LINES, Scan, line_hash, scan
from biaskit.settling import Settled

NOTE = "Follow the Arlen Echo."


def article(*lines: str) -> tuple[Article, Scan]:
    """An article of these lines, all of them body but the first, and its scan."""
    zones, start = [], 0
    for line in lines:
        name = "body" if zones else "headline"
        zones.append(Zone(start, start + len(line), name, "made", 1.0))
        start += len(line) + 1
    row = {"source": "page", "outlet": "Echo"}
    scanned = scan("page", "Echo", None, lines[0], lines, body=lines[1:])
    return Article(row, "\n".join(lines), zones), scanned


@pytest.fixture
def settled() -> Settled:
    """The note recurs, and so does the opening of a headline."""
    recurring, openings = {"Echo": frozenset({line_hash(NOTE)})}, {"Echo": frozenset({"harbour"})}
    decisions = Decisions({}, {}, recurring, openings, {})
    return Settled({"page": "echo-1"}, {"echo-1": "Echo"}, decisions, [])


def numbered(n: int) -> list[str]:
    """So many lines, each of them another."""
    return [f"Boat {'i' * i} came in." for i in range(n)]


@pytest.mark.parametrize("n", [3, OTHER_LINES - 3, OTHER_LINES, 3 * OTHER_LINES])
@pytest.mark.parametrize("note", [NOTE, "Follow\xa0the Arlen  Echo.", "Nobody came."])
@pytest.mark.parametrize("headline", ["Harbour: ferry sails", NOTE])
def test_a_scan_changes_no_zone(settled, n, note, headline):
    """Nor where an article has more lines than a scan keeps, and the note is left out of it."""
    lines = numbered(n)
    made, scanned = article(headline, *lines[: n // 2], note, "", *lines[n // 2 :])
    known = settled.apply(made, scanned.lines)
    assert known == settled.apply(made)
    reasons = [zone.reason for zone in known.zones]
    assert len([x for x in reasons if "several articles" in x]) == (headline == NOTE) + (
        "Follow" in note
    )
    assert len([x for x in reasons if "several headlines" in x]) == (headline != NOTE)


def test_lines_of_a_scan_are_not_looked_at_again(settled, monkeypatch):
    """Where none of them recurs, as in nearly all articles."""
    made, scanned = article("Ferry sails", *numbered(9))
    monkeypatch.setattr(settling, "line_hash", lambda line: pytest.fail(line))
    assert settled.apply(made, scanned.lines).zones == made.zones


def test_an_article_that_was_set_aside_stays_so(settled):
    """It has no id."""
    made, scanned = article("Ferry sails", NOTE)
    other = made._replace(row={**made.row, "source": "another"})
    assert settled.apply(other, scanned.lines) is None
