"""A date is an interval with its evidence, and is never made up."""

import pytest

from biaskit.dates import Dates, date_of, interval
from biaskit.pages import Zone

UNKNOWN = Dates(None, None, None, None)


def dateline(text: str) -> list[Zone]:
    return [Zone(0, len(text), "furniture", "dateline", 0.0)]


def caption(*lines: str) -> tuple[str, list[Zone]]:
    text, zones = "", []
    for line in lines:
        zones.append(Zone(len(text), len(text) + len(line), "caption", "picture credit", 0.0))
        text += line + "\n"
    return text, zones


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2032-2", "2032-02-01", "2032-02-29"),
        ("2031-04", "2031-04-01", "2031-04-30"),
        ("2031-12-9", "2031-12-09", "2031-12-09"),
        (" 2031-02-03 ", "2031-02-03", "2031-02-03"),
    ],
)
def test_what_is_written_stands_for_all_its_days(written, low, high):
    """A year is its first to its last day, a month likewise, a day itself."""
    assert interval(written, "user") == Dates(low, high, "user", written.strip())


def test_kind_and_evidence_are_handed_on():
    """The evidence is what was written, unless better words are given."""
    assert interval("2031", "url")[2:] == ("url", "2031")
    assert interval("2031", "user", "/2031/")[2:] == ("user", "/2031/")


@pytest.mark.parametrize(
    "written",
    ["2031-02-30", "2031-13", "2031-00", "2031-02-00", "2031/02", "31-02-03", "June 2031", "", "-"],
)
def test_what_is_no_date_is_an_error(written):
    """No day is guessed for a date that doesn't exist or that can be read in two ways."""
    with pytest.raises(ValueError, match="is no date") as error:
        interval(written, "user")
    assert str(error.value) == f"{written!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"


@pytest.mark.parametrize(
    ("line", "day", "evidence"),
    [
        ("ARLEN, June 3, 2031 (Agency) —", "2031-06-03", "June 3, 2031"),
        ("ARLEN, 3 June 2031 —", "2031-06-03", "3 June 2031"),
        ("ARLEN, Sept. 12, 2031 —", "2031-09-12", "Sept. 12, 2031"),
        ("ARLEN, Dec\xa01,\xa02031 —", "2031-12-01", "Dec 1, 2031"),
    ],
)
def test_a_dateline_gives_the_day(line, day, evidence):
    """Both orders of writing, abbreviations and no-break spaces are read."""
    assert date_of(line, dateline(line)) == Dates(day, day, "dateline", evidence)


@pytest.mark.parametrize(
    "line",
    ["ARLEN (Agency) —", "ARLEN, June 3 —", "ARLEN, June 31, 2031 —", "ARLEN, Mayor 3, 2031 —"],
)
def test_a_dateline_without_a_whole_date_gives_none(line):
    """No year is added, and a day that the month lacks stops nobody's reading."""
    assert date_of(line, dateline(line)) == UNKNOWN


def test_only_a_dateline_and_captions_are_read():
    """The clock of the page, the body and the links tell when something else was."""
    text = "ARLEN, June 3, 2031 —"
    for zone in ("furniture", "body", "related", "headline", "tags"):
        assert date_of(text, [Zone(0, len(text), zone, "clock", 0.0)]) == UNKNOWN


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://echo.example/2031/06/03/coup", ("2031-06-03", "2031-06-03", "/2031/06/03")),
        ("https://echo.example/2031/06/coup", ("2031-06-01", "2031-06-30", "/2031/06")),
        (
            "https://echo.example/20310603/1020304050.html",
            ("2031-06-03", "2031-06-03", "/20310603"),
        ),
        ("https://echo.example/203106031020304050.html", ("2031-06-03", "2031-06-03", "/20310603")),
        ("https://echo.example/2031/99/99/coup", None),
        ("https://echo.example/story/1031/06/03/", None),
        ("https://echo.example/2031061", None),
        ("https://echo.example/coup", None),
        (None, None),
    ],
)
def test_an_address_gives_the_date_that_is_in_it(url, expected):
    """Figures that are no date are no date."""
    dates = date_of("", [], url)
    assert dates == (Dates(*expected[:2], "url", expected[2]) if expected else UNKNOWN)


def test_a_month_in_a_caption_gives_only_the_earliest_day():
    """A picture is printed after it was taken, who knows how long; the latest one counts."""
    text, zones = caption("The mayor in June 2029.", "Arlen, Sept.\xa02030.", "The port, May 2030.")
    assert date_of(text, zones) == Dates("2030-09-01", None, "caption", "Sept. 2030")


@pytest.mark.parametrize(
    "line", ["The Arlen Marathon 2031", "Decision 2031", "Junior 2031", "Mayor 2031", "In 2031"]
)
def test_a_word_that_begins_like_a_month_is_none(line):
    """March doesn't begin a marathon."""
    text, zones = caption(line)
    assert date_of(text, zones) == UNKNOWN


def test_the_dateline_comes_before_the_address_and_the_address_before_captions():
    """The outlet's own stamp of the article is believed first."""
    text, zones = caption("The mayor in June 2029.")
    stamp = "ARLEN, June 3, 2031 —"
    shifted = [z._replace(start=z.start + len(stamp), end=z.end + len(stamp)) for z in zones]
    url = "https://echo.example/2030/01/02/x"
    assert date_of(stamp + text, [*shifted, *dateline(stamp)], url).kind == "dateline"
    assert date_of(text, zones, url).kind == "url"
    assert date_of(text, zones, "https://echo.example/2030/99/x").kind == "caption"
