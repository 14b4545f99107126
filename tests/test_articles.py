"""A record becomes an article with its text, its outlet, its dates, and nothing made up."""

import json

import pytest

from biaskit.articles import Article, NoArticleError, Settings, article_of, text_hash
from biaskit.outlets import Profile
from biaskit.reading.records import Record

PROSE = (
    "The mayor of Arlen opened the bridge, and it was the first in the town since the flood.\n\n"
    "The ferry that used to cross the river will be sold, and its crew have been told so."
)
TITLE = "New Bridge Opens in Arlen"
LANTERN = Profile("The Lantern", "lantern", domains=("lantern.example",), recognise=("^© Lantern",))
PARAGRAPHS = [
    "The fishermen of Velmora were out at sea on the first morning after the storm, and the "
    "market on the hill was full of people who had not met since the spring.",
    "Nobody in the old town knew who had opened the gates of the harbour, but the boats came in "
    "one after the other, and the children counted them from the wall.",
    "In the evening there was music in the park, the trains were on time for once, and the mayor "
    "said that the shops would stay open until midnight all week.",
]


def record(content: str, kind: str = "text", source: str = "x.csv#1", **fields: str) -> Record:
    return Record(source, kind, content, fields, "utf-8", len(content))


def read(content: str = PROSE, kind: str = "text", **fields: str) -> Article:
    return article_of(record(content, kind, **{"outlet": "Echo", **fields}), Settings())


def zones(article: Article) -> list[tuple[str, str]]:
    return [(zone.zone, article.text[zone.start : zone.end]) for zone in article.zones]


def html(head: str = "", title: str = "Harbour Opens Again in Velmora") -> str:
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}"
        f'<script type="application/ld+json">{json.dumps(told)}</script></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>"
        f"<footer><p>All rights reserved.</p></footer></body></html>"
    )


# ---- text and title --------------------------------------------------------------------------


def test_a_title_is_put_before_the_text():
    """As the headline, with an empty line between."""
    article = read(title=TITLE)
    assert article.text == f"{TITLE}\n\n{PROSE}"
    first, second = PROSE.split("\n\n")
    assert zones(article) == [("headline", TITLE), ("body", first), ("body", second)]


def test_without_a_title_the_text_stays_as_it_is():
    """No line of it is taken for a headline."""
    article = read()
    assert article.text == PROSE
    assert [zone for zone, _ in zones(article)] == ["body", "body"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n\n"])
@pytest.mark.parametrize("before", ["", "\n", "  "])
def test_a_title_that_the_text_repeats_as_its_first_line_is_the_headline(before, between):
    """Many tables have it in both; its words are counted once."""
    text = f"{before}{TITLE}{between}{PROSE}"
    article = read(text, title=TITLE)
    assert article.text == text
    assert zones(article)[0] == ("headline", TITLE)
    assert [zone for zone, _ in zones(article)[1:]] == ["body", "body"]


def test_a_title_repeated_with_other_spaces_is_repeated():
    """A no-break space or two of them make no other title."""
    for first in (TITLE.replace(" ", "\xa0"), TITLE.replace(" ", "  ")):
        article = read(f"{first}\n\n{PROSE}", title=TITLE)
        assert article.text == f"{first}\n\n{PROSE}"
        assert article.zones[0].zone == "headline"


def test_a_title_that_runs_into_the_first_line_is_no_second_time_put_before_it():
    """Where the line ends are lost; its words are counted once all the same."""
    text = f"{TITLE} {PROSE}"
    assert read(text, title=TITLE).text == text


def test_a_title_that_only_begins_as_the_text_does_is_put_before_it():
    """ "Poll" is no title that "Polls ..." repeats."""
    assert read("Polls open in Arlen at noon.", title="Poll").text == (
        "Poll\n\nPolls open in Arlen at noon."
    )


def test_a_title_of_two_lines_is_one_headline():
    """A headline is a line; a cell can hold several."""
    article = read(title="New Bridge\nOpens in Arlen")
    assert zones(article)[0] == ("headline", TITLE)


@pytest.mark.parametrize("content", ["", " \n\t", "\xa0"])
def test_nothing_but_white_space_is_no_article(content):
    """The reason is what it is set aside for."""
    with pytest.raises(NoArticleError, match=r"^no article was found in it$"):
        read(content, title=TITLE)


def test_a_page_is_cut_by_its_looks_and_a_table_is_taken_as_it_stands():
    """The same menu is furniture on a page and text in a table."""
    content = f"Menu\n\n{TITLE}\n\n{PROSE}\n\nShare"
    assert zones(read(content, "page"))[0] == ("furniture", "Menu")
    assert ("headline", TITLE) in zones(read(content, "page"))
    assert {zone for zone, _ in zones(read(content))} == {"body"}


# ---- HTML ------------------------------------------------------------------------------------


def test_html_goes_through_the_extractor():
    """Title and paragraphs, without menu and footer; each once."""
    article = read(html(), "html")
    assert zones(article) == [
        ("headline", "Harbour Opens Again in Velmora"),
        *(("body", paragraph) for paragraph in PARAGRAPHS),
    ]


def test_html_says_who_wrote_it_where_and_when():
    """The date that its metadata state is kept as theirs; one in the future would not be."""
    head = (
        '<meta property="article:published_time" content="2014-06-03T09:30:00Z">'
        '<meta name="author" content="Ada Vane">'
        '<link rel="canonical" href="https://www.lantern.example/harbour">'
    )
    row = article_of(record(html(head), "html"), Settings([LANTERN])).row
    assert [row[f"date_{part}"] for part in ("low", "high", "kind")] == [
        "2014-06-03",
        "2014-06-03",
        "html-meta",
    ]
    assert (row["author"], row["outlet"]) == ("Ada Vane", "The Lantern")
    assert row["url"] == "https://www.lantern.example/harbour"


def test_html_without_a_date_has_none():
    """A date for every page would be guesswork."""
    assert read(html(), "html").row["date_kind"] is None


def test_what_a_table_says_of_html_comes_before_what_the_page_says():
    """Its title and date; but a date that can't be read leaves the page's own."""
    head = '<meta property="article:published_time" content="2014-06-03">'
    article = read(html(head), "html", title="Boats Are Back", date="2031-06-09", author="B. Reed")
    assert zones(article)[0] == ("headline", "Boats Are Back")
    assert article.row["author"] == "B. Reed"
    assert (article.row["date_low"], article.row["date_kind"]) == ("2031-06-09", "user")
    unclear = read(html(head), "html", date="6/9/2031").row
    assert (unclear["date_low"], unclear["date_kind"]) == ("2014-06-03", "html-meta")


# ---- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2014-05-06", "2014-05-06", "2014-05-06"),
        ("2014-05-06T23:30:00-05:00", "2014-05-06", "2014-05-06"),
        ("2014-05-06 08:00:00", "2014-05-06", "2014-05-06"),
        ("20140506", "2014-05-06", "2014-05-06"),
        ("May 6, 2014", "2014-05-06", "2014-05-06"),
        ("6 May 2014", "2014-05-06", "2014-05-06"),
        ("Tuesday, May 6, 2014 at 5 pm", "2014-05-06", "2014-05-06"),
        ("2014-05", "2014-05-01", "2014-05-31"),
        ("2014", "2014-01-01", "2014-12-31"),
    ],
)
def test_a_column_of_dates_is_read_as_people_and_programs_write_them(written, low, high):
    """What was written is the evidence."""
    row = read(date=written).row
    assert [row[f"date_{part}"] for part in ("low", "high", "kind", "evidence")] == [
        low,
        high,
        "user",
        written,
    ]


@pytest.mark.parametrize(
    "written", ["0001-01-01", "6/5/2014", "2014-02-30", "9999-12-31", "yesterday", "1399334400"]
)
def test_a_date_that_isnt_sure_stays_open(written):
    """A missing value of some program, or a day that is two, is none; nothing stops."""
    row = read(date=written).row
    assert [row[f"date_{part}"] for part in ("low", "high", "kind", "evidence")] == [None] * 4


def test_a_column_that_tells_no_date_leaves_it_to_address_and_dateline():
    """What the article gives by itself is evidence still."""
    url = "https://echo.example/2031/06/03/bridge"
    assert read(date="0001-01-01", url=url).row["date_kind"] == "url"
    assert read(date="2031-06-09", url=url).row["date_kind"] == "user"
    dateline = f"ARLEN, June 3, 2031 (Lantern) — {PROSE}"
    assert read(dateline, date="6/5/2014").row["date_kind"] == "dateline"


def test_the_metadata_file_comes_before_the_column():
    """What a person says of one page comes before all."""
    settings = Settings(facts={"x.csv#1": {"date": "2031-06", "event": "bridge", "author": "X"}})
    found = record(PROSE, outlet="Echo", date="2031-07-01", author="Y", section="World")
    row = article_of(found, settings).row
    assert (row["date_low"], row["date_high"]) == ("2031-06-01", "2031-06-30")
    assert (row["event"], row["author"], row["section"]) == ("bridge", "X", "World")


# ---- the outlet ------------------------------------------------------------------------------

EVIDENCE = [  # the strongest first
    ("metadata", "Tribune"),
    ("column", "Post"),
    ("folder", "Echo"),
    ("address", "Herald"),
    ("marks", "The Lantern"),
    ("argument", "Star"),
]


@pytest.mark.parametrize("first", range(len(EVIDENCE)))
def test_the_strongest_evidence_tells_the_outlet(first):
    """With all that is weaker beside it; each is taken where nothing stronger is there."""
    there = {name for name, _ in EVIDENCE[first:]}
    source = "Echo/2031/x.csv#1" if "folder" in there else "x.csv#1"
    fields = {"outlet": "Post"} if "column" in there else {}
    if "address" in there:
        fields["url"] = "https://news.herald.example/bridge"
    content = PROSE + ("\n\n© Lantern" if "marks" in there else "")
    settings = Settings(
        [LANTERN, Profile("Herald", "herald", domains=("herald.example",))],
        {source: {"outlet": "Tribune"}} if "metadata" in there else {},
        "Star",
    )
    article = article_of(record(content, source=source, **fields), settings)
    assert article.row["outlet"] == EVIDENCE[first][1]


def test_an_address_that_no_profile_knows_is_an_outlet_by_its_domain():
    """With and without www. it is one; what is no address tells nothing."""
    for url in ("https://www.star.example/a", "http://star.example/b?c"):
        assert article_of(record(PROSE, url=url), Settings()).row["outlet"] == "star.example"
    for url in ("http://[star", "bridge", "mailto:x"):
        assert article_of(record(PROSE, url=url), Settings(outlet="Echo")).row["outlet"] == "Echo"


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ("export.zip/a.txt", "Star"),
        ("export.zip/Echo/a.txt", "Echo"),
        ("Echo/export.zip/Post/a.txt", "Echo"),
        ("EXPORT.ZIP/inner.zip/a.txt", "Star"),
        ("crawl.warc.gz/a", "Star"),
        ("zip/a.txt", "zip"),
        ("export.csv#3", "Star"),
    ],
)
def test_an_archive_is_no_folder_of_an_outlet(source, outlet):
    """A zip may hold the folders, but its own name is nobody's."""
    assert article_of(record(PROSE, source=source), Settings(outlet="Star")).row["outlet"] == outlet


def test_nobodys_article_says_what_would_have_told():
    """In one sentence; the known outlets are those that have marks."""
    settings = Settings([LANTERN, Profile("Herald", "herald")])
    with pytest.raises(NoArticleError) as error:
        article_of(record(PROSE), settings)
    assert str(error.value) == (
        "no mark of a known outlet (The Lantern) on the page; say whose it is with "
        "biaskit measure --outlet NAME, a folder for each outlet, or a metadata file"
    )


# ---- the row ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        (PROSE, False),
        (f"ARLEN (Reuters) — {PROSE}", True),
        (f"{PROSE}\n\nThe Associated Press contributed to this report.", True),
        (f"By The Associated Press\n\n{PROSE}", True),
        (f"{PROSE} The mayor told Reuters so.", False),
    ],
)
def test_an_agencys_article_is_marked(text, wire):
    """By its dateline or a line of credit, not by a mention; under a title as without."""
    assert read(text).row["wire"] is wire
    assert read(text, title=TITLE).row["wire"] is wire


def test_the_id_is_made_of_outlet_and_text_with_its_title():
    """A user's own id is given later, where it is one article's alone."""
    article = read(title=TITLE, id="7")
    digits = text_hash("Echo", f"{TITLE}\n\n{PROSE}")
    assert article.row["document"] == f"echo-{digits[:10]}"
    assert article.row["sha256"] == digits
    assert article.row["source"] == "x.csv#1"


def test_two_outlets_with_one_text_have_two_ids():
    """Neither the text nor the outlet alone is hashed, nor the two run together."""
    assert len({text_hash("a", "bc"), text_hash("ab", "c"), text_hash("a", "b")}) == 3
