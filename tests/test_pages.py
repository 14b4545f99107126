"""Every line of a page gets its zone, by a rule that can be named, and none is lost."""

import pytest
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st

from biaskit.outlets import Profile
from biaskit.pages import Zone, read_page, read_text, readable
from biaskit.tables import ZONES
from biaskit.zonerules import RULES

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


# ---- the text of an article ------------------------------------------------------------------


def told(text: str, *args) -> list[tuple[str, str]]:
    return [(zone.zone, text[zone.start : zone.end]) for zone in read_text(text, *args)]


TITLE = "New Bridge Opens in Arlen"


def test_the_text_of_a_table_is_the_article():
    """Nothing in it is taken for furniture by its looks, not even a menu."""
    text = "\n\n".join(["Menu", "Share", "Read more (12)", *PARAGRAPHS.values()])
    assert {zone for zone, _ in told(text)} == {"body"}
    assert {zone.reason for zone in read_text(text)} == {"text of the article"}


def test_the_first_line_is_the_headline_where_it_is_the_title():
    """With other spaces, too; another first line, or the title further down, is text."""
    text = f"{TITLE}\n\n{spell('¶A')}"
    assert told(text, TITLE) == [("headline", TITLE), ("body", spell("¶A"))]
    assert read_text(text, TITLE)[0].reason == "title"
    for title in ("New  Bridge\nOpens in Arlen", TITLE.replace(" ", "\xa0"), f" {TITLE} "):
        assert told(text, title)[0] == ("headline", TITLE)
    for title in (None, "", "New Bridge", "Other"):
        assert "headline" not in dict(told(text, title))
    below = f"{spell('¶A')}\n\n{TITLE}"
    assert "headline" not in dict(told(below, TITLE))


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        (["¶A", "What happens next", "¶B"], "subhead"),
        (["¶A", "What happens next?", "¶B"], "body"),
        (["¶A", "It is said to have cost more than the old", "¶B"], "body"),
        (["¶A", "It is said to have cost more than", "¶B"], "subhead"),
        (["¶A", "¶B", "What happens next"], "body"),
        (["What happens next", "¶A", "¶B"], "body"),
        (["¶A", "What happens next", "Bridges of Arlen", "¶B"], "body"),
    ],
)
def test_a_short_line_between_sentences_is_a_subhead(lines, zone):
    """Eight words at most and no sentence; in a list, first or last it is text."""
    text = "\n\n".join(map(spell, lines))
    line = next(spell(line) for line in lines if not line.startswith("¶"))
    assert {found: z for z, found in told(text)}[line] == zone


def test_a_subhead_may_follow_the_headline():
    """Some outlets open with one."""
    text = f"{TITLE}\n\nWhat happens next\n\n{spell('¶A')}"
    assert [zone for zone, _ in told(text, TITLE)] == ["headline", "subhead", "body"]


def test_what_the_profile_knows_is_known_in_a_table_too():
    """Lines of the outlet's pages that were left in its texts."""
    lines = ["The Lantern - Comments", "A fish - Lantern", "MORE: the bridge"]
    text = "\n\n".join([spell("¶A"), *lines])
    assert [zone for zone, _ in told(text, None, LANTERN)] == [
        "body",
        "furniture",
        "caption",
        "related",
    ]
    assert {zone for zone, _ in told(text)} == {"body"}
    assert read_text(text, None, LANTERN)[1].reason == "known furniture of the outlet"


def test_a_dateline_is_cut_from_the_text_of_a_table():
    """Below a headline and a standfirst, but not in the middle of the article."""
    opening = f"ARLEN, June 3, 2031 (Lantern) — {spell('¶B')}"
    stamp = ("furniture", "ARLEN, June 3, 2031 (Lantern) —")
    assert told(f"{TITLE}\n\n{opening}", TITLE)[1:] == [stamp, ("body", spell("¶B"))]
    assert stamp in told(f"{spell('¶A')}\n\n{opening}")
    assert stamp not in told("\n\n".join([*PARAGRAPHS.values(), opening]))


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


@given(PAGES, st.sampled_from([None, LANTERN]), LINES | st.none())
def test_any_text_is_cut_into_zones_that_hold_all_but_white_space(page, profile, title):
    """As with pages; and whatever the profile doesn't know is the article."""
    position = 0
    for zone in read_text(page, title, profile):
        assert position <= zone.start < zone.end
        assert not page[position : zone.start].strip()
        stretch = page[zone.start : zone.end]
        assert stretch == stretch.strip()
        assert zone.zone in {"headline", "subhead", "body"} or profile or zone.reason == "dateline"
        position = zone.end
    assert not page[position:].strip()


@given(PAGES)
def test_a_page_has_at_most_one_headline(page):
    """What repeats it is the text of a picture."""
    assert sum(zone.zone == "headline" for zone in read_page(page)) <= 1
