"""Every line of a page gets its zone, by a rule that can be named, and none is lost."""

import pytest
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st

from biaskit.outlets import Profile
from biaskit.pages import Zone, read_page, readable
from biaskit.zonerules import RULES
from biaskit.tables import ZONES

# Three paragraphs as the cases call them, so that a case shows little but its own line.
PARAGRAPHS = {
    "¶A": "The mayor of Arlen opened the new bridge on Monday, and it was the first to be built "
    "in the town since the flood.",
    "¶B": "It is said to have cost more than the old one, but the council has not told anybody "
    "what was paid for it.",
    "¶C": "The ferry that used to cross the river will be sold, and its crew have been offered "
    "work on the bridge.",
}
LANTERN = Profile(
    "The Lantern",
    "lantern",
    furniture=("The Lantern - .*",),
    caption=(".* - Lantern",),
    related=("MORE:.*",),
)


def spell(line: str) -> str:
    """¶A, ¶B and ¶C stand for the three paragraphs."""
    return " ".join(PARAGRAPHS.get(word, word) for word in line.split(" "))


def zones_of(case: dict) -> list[Zone]:
    """The zones of the stretches that are the case's line, wherever it stands."""
    page = "\n\n".join(spell(line) for line in case["page"])
    zones = read_page(page, LANTERN if case.get("profile") else None)
    found = [zone for zone in zones if page[zone.start : zone.end] == spell(case["line"])]
    assert found, "no zone is this very line"
    return found


@pytest.mark.parametrize("case", read_cases("pages", "found"))
def test_found(case):
    """The line gets its zone, and by the rule that was made for it."""
    last = zones_of(case)[-1]
    assert (last.zone, last.reason) == (case["zone"], case["reason"]), case["why"]


@pytest.mark.parametrize("case", read_cases("pages", "left_alone"))
def test_left_alone(case):
    """What looks like something else stays what it is."""
    assert {zone.zone for zone in zones_of(case)} == {case["zone"]}, case["why"]


@pytest.mark.parametrize("case", read_cases("pages", "known_failures"))
def test_known_failure(case):
    """What we know to get wrong; when one of these passes, it moves to the other files."""
    assert zones_of(case)[-1].zone == case["zone"], case["why"]


def test_every_rule_has_its_case():
    """A rule that no text made necessary has no place in the table."""
    shown = {case.values[0]["reason"] for case in read_cases("pages", "found")}
    assert {name for _, name, _ in RULES} - shown == set()


def test_every_rule_names_a_zone_that_there_is():
    """A rule can't invent a zone that no table knows."""
    assert {zone for zone, _, _ in RULES} - {None} <= set(ZONES)


def test_positions_are_those_of_the_text_as_read():
    """Indented, between blank lines, or last without a line end: only the line itself."""
    page = f"\n\n   Menu \n\t{spell('¶A')}\xa0\n \n{spell('¶B')}"
    told = [page[zone.start : zone.end] for zone in read_page(page)]
    assert told == ["Menu", spell("¶A"), spell("¶B")]


def test_an_empty_page_has_no_zones():
    """Neither nothing nor white space is a line."""
    assert read_page("") == []
    assert read_page(" \n\xa0\n\t\n") == []


def test_a_dateline_is_cut_from_its_paragraph():
    """Stamp and text are two zones with one score, and only the space between is in neither."""
    page = f"ARLEN, June 3, 2031 (Lantern) —  {spell('¶A')}\n{spell('¶B')}"
    stamp, text, _ = read_page(page)
    assert page[stamp.start : stamp.end] == "ARLEN, June 3, 2031 (Lantern) —"
    assert page[text.start : text.end] == spell("¶A")
    assert (stamp.zone, text.zone) == ("furniture", "body")
    assert stamp.score == text.score


def test_the_score_is_higher_for_what_reads_more_like_text():
    """Log-odds that a line is body: above 0 for a paragraph, below for a menu."""
    menu, paragraph = read_page(f"Menu\n\n{spell('¶A')}")
    assert menu.score < 0 < paragraph.score


def test_recurring_lines_are_never_body():
    """A sentence that stands on other pages of the outlet is no part of this article."""
    page = "\n\n".join(PARAGRAPHS.values())
    assert [zone.zone for zone in read_page(page)] == ["body"] * 3
    zones = read_page(page, recurring=frozenset([spell("¶B")]))
    assert [zone.zone == "body" for zone in zones] == [True, False, True]
    assert zones[1].reason == "stands on other pages"


def test_a_profile_only_adds():
    """The same page with a profile that knows nothing of it is read as without one."""
    page = "\n\n".join(["Menu", "New Bridge Opens in Arlen", *PARAGRAPHS.values(), "Share"])
    assert read_page(page, Profile("Post", "post")) == read_page(page) == read_page(page, LANTERN)


def test_a_no_break_space_is_read_as_a_space():
    """Glued with no-break spaces or not, a page has the same zones at the same places."""
    page = "\n\n".join(["New Bridge Opens in Arlen", *PARAGRAPHS.values(), "Read more (12)"])
    for space in "\xa0\u202f\u2007":
        assert read_page(page.replace(" ", space)) == read_page(page)


def test_readable_keeps_every_position():
    """One code point for one; nothing but the no-break spaces changes."""
    text = "a\xa0b\u202fc\u2007d\u2003e\ne\u0301"
    assert readable(text) == "a b c d\u2003e\ne\u0301"
    assert len(readable(text)) == len(text)


LINES = st.sampled_from(
    [
        *PARAGRAPHS.values(),
        *("Menu", "Share", "Related", "-", "…", "\ufeff", "3 - 0", "11:57 GMT", "©", "Newsfeed"),
        *("New Bridge Opens in Arlen", "READ ALSO: New Bridge Opens in Arlen", "By Ada Nobody"),
        *("Photo: A. Nobody", "bridges, Arlen, the mayor, ferries", "Реклама на сайте", "港口"),
        *(
            "ARLEN (Lantern) — The port is open.",
            "ARLEN —",
            "The mayor thanked:",
            "News | Arlen | X",
        ),
        *("The Lantern - Comments", "MORE: the bridge", "A fish - Lantern", "Old Ferry (12)"),
        *("Please log in to leave a comment.", "What happens next", "   indented", "Nobody came."),
        *("", " ", "\xa0", "\t"),
    ]
)
PAGES = st.lists(LINES | st.text(max_size=30), max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n"]).map(lambda end: end.join(lines))
)


@given(PAGES, st.sampled_from([None, LANTERN]), st.frozensets(LINES, max_size=3))
def test_any_page_is_cut_into_zones_that_hold_all_but_white_space(page, profile, recurring):
    """Whatever a page holds: zones are in order, never overlap, and nothing falls between them."""
    position = 0
    for zone in read_page(page, profile, recurring=recurring):
        assert position <= zone.start < zone.end
        assert not page[position : zone.start].strip()
        assert zone.zone in ZONES
        assert zone.reason
        assert zone.score == zone.score
        stretch = page[zone.start : zone.end]
        assert stretch == stretch.strip()
        assert "\n" not in stretch
        assert zone.zone != "body" or stretch not in recurring
        position = zone.end
    assert not page[position:].strip()


@given(PAGES)
def test_a_page_has_at_most_one_headline(page):
    """What repeats it is the text of a picture."""
    assert sum(zone.zone == "headline" for zone in read_page(page)) <= 1
