"""The report is one page that shows its evidence, loads nothing and runs nothing of an article."""

import base64
import re
import struct
from collections import Counter
from dataclasses import replace

import pytest
from conftest import LEXICON, PAGES, ROOT, without_pictures, write_pages
from lxml import html

from biaskit.corpus import read_corpus
from biaskit.figures import outlet_colours
from biaskit.findings import findings
from biaskit.kwic import kwic_lines
from biaskit.lexicon import read_lexicon
from biaskit.measurement import load, measure, save
from biaskit.report import write_report
from biaskit.tables import RATE_ZONES


def words(element):
    """What a reader sees of an element, with white space as a browser shows it."""
    return " ".join(element.text_content().split())


def read(file):
    return html.fromstring(file.read_bytes())


def write_quickly(sets, file):
    """The report for tests that do not look at pictures."""
    with without_pictures():
        return write_report(sets, file)


@pytest.fixture(scope="module")
def file(measured, tmp_path_factory):
    return write_report(measured, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture(scope="module")
def page(file):
    return read(file)


@pytest.fixture(scope="module")
def without_texts(measured, tmp_path_factory):
    """The same set as it is published: saved and read again, without a text."""
    folder = tmp_path_factory.mktemp("set")
    return load(save(measured, folder / "set"))


@pytest.fixture(scope="module")
def page_without_texts(without_texts, tmp_path_factory):
    return read(write_quickly(without_texts, tmp_path_factory.mktemp("report") / "report.html"))


@pytest.fixture(scope="module")
def two_tabs(measured, without_texts, tmp_path_factory):
    file = tmp_path_factory.mktemp("report") / "report.html"
    return read(write_quickly([measured, without_texts], file))


# ---- self-contained --------------------------------------------------------------------------


def test_the_page_refers_to_nothing_outside_itself(file, page):
    """No address, no file, no font, no style from elsewhere: it opens from disk, offline."""
    markup = re.sub(r"base64,[^\"]+", "", file.read_text(encoding="utf-8"))
    assert not re.findall(r"(?:https?:)?//[a-z]|@import|url\(", markup)
    for attribute in ("src", "href", "srcset", "action", "data", "poster"):
        for value in page.xpath(f"//@{attribute}"):
            assert value.startswith(("data:image/png;base64,", "#")), value[:80]
    assert not page.xpath(
        "//link | //iframe | //object | //embed | //base | //form | //script/@src"
    )


def test_the_page_forbids_itself_to_load_or_send(page):
    """The Content-Security-Policy lets in images that are part of the page, and nothing else."""
    (policy,) = page.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules == {
        "img-src": "data:",
        "style-src": "'unsafe-inline'",
        "script-src": "'unsafe-inline'",
    }
    before = page.xpath("//meta[@http-equiv]/preceding-sibling::*")
    assert {e.tag for e in before} == {"meta"}  # it holds before anything else is read


def test_figures_are_pictures_inside_the_page(page):
    """Each is a PNG with the finding in words as its alternative text."""
    pictures = page.xpath("//img")
    assert len(pictures) == 4
    for picture in pictures:
        png = base64.b64decode(picture.get("src").partition(",")[2])
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert b"Software" not in png  # another version of matplotlib leaves no trace by itself
        assert struct.unpack(">I", png[16:20])[0] > 800
    assert pictures[0].get("alt").startswith("Echo uses 49.2 markers per 1,000 tokens of narration")
    assert all(len(picture.get("alt")) > 40 for picture in pictures)


def test_the_page_written_twice_has_equal_bytes(measured, file, tmp_path):
    """No date, no random id: whoever runs it again can compare."""
    again = write_report(measured, tmp_path / "again.html")
    assert again.read_bytes() == file.read_bytes()


def test_a_saved_set_gives_the_page_of_the_fresh_one(measured, without_texts, tmp_path):
    """Only the texts are lost on the way to the disk."""
    fresh = write_quickly(replace(measured, texts={}), tmp_path / "fresh.html")
    saved = write_quickly(without_texts, tmp_path / "saved.html")
    assert fresh.read_bytes() == saved.read_bytes()


def test_the_page_goes_where_it_is_told_to(measured, tmp_path):
    """Folders on the way are made, the path comes back, what was there is replaced."""
    file = tmp_path / "new" / "folder" / "page.html"
    assert write_quickly(measured, file) == file
    file.write_text("old")
    write_quickly(measured, file)
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")


# ---- what stands first -----------------------------------------------------------------------


def test_the_title_names_the_outlets(page):
    """Who is compared, before anything else."""
    assert page.xpath("//h1/text()") == ["How Echo, Post and Tribune word it"]
    assert page.xpath("//title/text()") == ["Echo, Post and Tribune: how they word it"]


def test_the_first_screen_is_evidence_in_sentences(page, measured):
    """Between title and first heading: the first five findings, each with its lines."""
    told = page.xpath("//h1/following-sibling::ol[1]/li")
    wanted = findings(measured)[:5]
    assert [words(one.find_class("sentence")[0]) for one in told] == [f.sentence for f in wanted]
    for one, finding in zip(told, wanted, strict=True):
        nodes = [words(node) for node in one.find_class("node")]
        assert nodes == finding.lines["node"].tolist()[:3]
    assert words(told[0].find_class("evidence")[1]) == (
        "the harbour, and nobody was hurt in the coup. Echo (2) · narration"
    )


def test_evidence_left_out_is_counted(page):
    """Three lines a finding; the others are said to be there, and are."""
    (more,) = page.xpath("//ol[1]/li[5]//*[@class='dim']")
    assert words(more) == "and 3 more lines, listed below"


def test_findings_beyond_the_first_can_be_opened(tmp_path, lexicon):
    """What does not fit the first screen is one click away, and counted."""
    pages = {source: page for source, page in PAGES.items() if not source.startswith("Trib")}
    pages["Zeit/one.txt"] = "Day of News\n\nIt was a coup in Velmora, said the paper of the day.\n"
    pages["Yak/one.txt"] = "Day of News\n\nThe regime in Velmora was on every page of the day.\n"
    measured = measure(read_corpus(write_pages(tmp_path / "p", pages)), [lexicon])
    page = read(write_quickly(measured, tmp_path / "r.html"))
    (more,) = page.xpath("//details[summary][ol]")
    assert words(more.find("summary")) == f"{len(findings(measured)) - 5} more"
    assert len(more.xpath("ol/li")) == len(findings(measured)) - 5 > 0


def test_a_link_leads_from_each_line_to_its_row(page):
    """Every line of evidence can be followed to the table of hits, to the same words."""
    rows = {row.get("id"): row for row in page.xpath("//tr[@id]")}
    links = page.xpath("//a[starts-with(@href, '#')]")
    assert len(links) == 2 + 1 + 2 + 0 + 3
    for link in links:
        row = rows[link.get("href")[1:]]
        assert words(row.xpath(".//b")[0]) == words(link)


def test_the_page_says_what_it_cannot_tell(page):
    """A box near the top, before the first figure."""
    (box,) = page.find_class("box")
    assert words(box).startswith(
        "What this page cannot tell Whether an outlet is biased. It shows which words stand where"
    )
    assert "from 5 articles that somebody picked" in words(box)
    assert page.xpath("//div[@class='box']/following::img")
    assert not page.xpath("//div[@class='box']/preceding::img")


def test_the_page_says_in_words_that_so_few_articles_tell_nothing(page):
    """No p-value and no interval from two articles; words instead."""
    (chance,) = page.xpath("//h2[text()='Could this be chance?']/following-sibling::p[1]")
    assert words(chance).startswith("It could be, and nobody can tell from so few articles: Echo")
    assert not re.search(r"\bp ?[<=]|significan", page.text_content())


# ---- the rest --------------------------------------------------------------------------------


def test_headings_are_questions(page):
    """Each part answers a question that a reader has."""
    questions = page.xpath("//h2/text()")
    assert all(question.endswith("?") for question in questions)
    parts = ["In whose voice?", "Which word for the same thing?", "How do the sentences sound?",
             "Could this be chance?", "Where does each number come from?",
             "What do the articles say?", "What was read?", "What do the words mean?",
             "How was it made?"]  # fmt: skip
    assert [question for question in questions if question in parts] == parts


def test_outlets_are_named_with_their_number_of_articles(page):
    """ "Echo (2 articles, …)", so that one article is seen to be one."""
    assert "Echo (2 articles, 65 tokens, undated)" in page.text_content()
    assert "Tribune (1 article, 32 tokens, undated)" in page.text_content()


def rows_of(page):
    """Table, article, voice, words, node, entry, frame and zone of each hit on the page."""
    told = []
    for i, table in enumerate(page.xpath("//table[contains(@class, 'lines')]")):
        for row in table.xpath("tbody/tr"):
            article, voice, context, entry, zone = row.findall("td")
            name, _, frame = words(entry).partition(" ")
            node = context.find("b")
            told.append((i, *map(words, (article, voice, context, node)), name, frame, words(zone)))
    return told


@pytest.mark.parametrize("which", ["with texts", "without texts"])
def test_the_hits_of_the_page_are_those_of_the_set(which, request, measured, without_texts):
    """Every hit once, in the table it belongs to, with its words, voice, entry and zone."""
    page = request.getfixturevalue("page" if which == "with texts" else "page_without_texts")
    lines = kwic_lines(measured if which == "with texts" else without_texts)
    wanted = []
    for line in lines.itertuples():
        counted = line.zone in RATE_ZONES
        table = 2 if not counted else 1 if line.frame == "neutral" else 0
        gap = "" if line.right[:1] in {".", ","} else " "
        context = " ".join(f"{line.left} {line.node}{gap}{line.right}".split())
        wanted.append(
            (table, line.label, line.voice, context, line.node, line.entry, line.frame, line.zone)
        )
    assert Counter(rows_of(page)) == Counter(wanted)
    assert len(wanted) == 8


def test_tables_of_hits_say_how_many_they_hold(page):
    """Six markers, one plain word, one outside the article: as counted by hand."""
    assert page.xpath("//h3[starts-with(text(), 'Markers')]/text()") == [
        "Markers counted in the rates: 6"
    ]
    assert page.xpath("//summary[starts-with(text(), 'Plain')]/text()") == [
        "Plain words counted in the shares only: 1"
    ]
    assert page.xpath("//h3[starts-with(text(), 'Found elsewhere')]/text()") == [
        "Found elsewhere on the pages, in no rate: 1"
    ]


def test_texts_are_shaded_by_voice_where_they_are_at_hand(page):
    """Each article is there to the letter, and what is quoted is shaded as quoted."""
    texts = page.xpath("//article")
    assert len(texts) == 5
    by_label = {words(t.find("h3")): t for t in texts}
    two = by_label["Echo (1)"]
    assert words(two) == " ".join(f"Echo (1) {PAGES['Echo/two.txt']}".split())
    assert [words(s) for s in two.find_class("v-quoted")] == ['"It was a', "coup", ',"']
    assert not by_label["Echo (2)"].find_class("v-quoted")


def test_hits_are_marked_in_the_texts(page):
    """What the tables list stands marked in the articles, with its entry."""
    marked = [(words(m), m.get("title")) for m in page.xpath("//article//mark")]
    assert Counter(marked) == Counter(
        {("coup", "coup"): 3, ("regime", "regime"): 1, ("Uprising", "uprising"): 1,
         ("uprising", "uprising"): 1, ("change of power", "change-of-power"): 1,
         ("Coup", "coup"): 1}
    )  # fmt: skip


def test_lines_outside_the_article_are_named_by_their_zone(page):
    """A reader sees what was not counted, and as what it was taken."""
    elsewhere = [words(p) for p in page.find_class("elsewhere")]
    assert sorted(elsewhere) == ["furniture: Menu", "related: Coup Leaders Named in Velmora (12)"]


def test_without_texts_no_article_is_shown(page_without_texts):
    """A published set gives no text away, and no heading promises one."""
    assert not page_without_texts.xpath("//article")
    assert "What do the articles say?" not in page_without_texts.xpath("//h2/text()")


def test_articles_read_are_listed_with_their_sizes(page):
    """Source, date, tokens by voice, lines by zone: 34 tokens in Echo/two.txt, 4 of them quoted."""
    (table,) = page.xpath("//h2[text()='What was read?']/following-sibling::div[1]/table")
    rows = {
        words(r.findall("td")[1]): [words(c) for c in r.findall("td")]
        for r in table.xpath("tbody/tr")
    }
    assert rows["Echo/two.txt"] == [
        "Echo (1)", "Echo/two.txt", "not known", "not known", "34", "30", "4", "0", "0",
        "body 2, headline 1",
    ]  # fmt: skip
    assert rows["Echo/one.txt"][-1] == "body 2, furniture 1, headline 1"
    assert len(rows) == 5


def test_dates_and_events_are_shown_as_known(tmp_path, lexicon):
    """A day as a day, a month as a range, each with where it comes from."""
    (tmp_path / "m.csv").write_text(
        "source,date,event\nEcho/one.txt,2031-05-04,palace\nPost/one.txt,2031-05,palace\n"
    )
    pages = {source: PAGES[source] for source in ("Echo/one.txt", "Post/one.txt")}
    corpus = read_corpus(write_pages(tmp_path / "p", pages), metadata=tmp_path / "m.csv")
    page = read(write_quickly(measure(corpus, [lexicon]), tmp_path / "r.html"))
    (table,) = page.xpath("//h2[text()='What was read?']/following-sibling::div[1]/table")
    cells = [[words(c) for c in row.findall("td")][2:4] for row in table.xpath("tbody/tr")]
    assert cells == [["palace", "2031-05-04 (user)"], ["palace", "2031-05-01 to 2031-05-31 (user)"]]


def test_what_was_set_aside_is_listed_with_its_reason(tmp_path, lexicon):
    """Nothing is lost silently, not even an empty file."""
    folder = write_pages(tmp_path / "p", {**PAGES, "Post/empty.txt": ""})
    page = read(write_quickly(measure(read_corpus(folder), [lexicon]), tmp_path / "r.html"))
    (aside,) = page.xpath("//details[summary[starts-with(text(), 'Set aside')]]")
    assert words(aside.find("summary")) == "Set aside: 1"
    assert [words(li) for li in aside.xpath("ul/li")] == [
        "Post/empty.txt: the file is empty; it should hold an article"
    ]


def test_the_words_of_the_page_are_explained(page):
    """Every term of art that the page uses stands in its glossary."""
    terms = page.xpath("//h2[text()='What do the words mean?']/following-sibling::dl[1]/dt/text()")
    assert terms == ["article, document", "token", "marker", "hit", "frame", "alternation set",
                     "share", "rate", "voice", "zone", "interval"]  # fmt: skip


def test_the_page_ends_with_methods_references_and_provenance(page, measured):
    """Enough to cite it and to make it again."""
    (made,) = page.xpath("//h2[text()='How was it made?']/following-sibling::p[1]")
    assert words(made).startswith("We compared Echo (2 articles, 65 tokens, undated), Post")
    assert page.xpath("count(//h3[text()='References']/following-sibling::ul[1]/li)") == 4
    (provenance,) = page.xpath("//details[summary[text()='Provenance']]")
    assert measured.id in words(provenance)
    assert measured.provenance["lexicons"][0]["sha256"] in words(provenance)


def test_mean_scores_are_shown_with_their_numbers(page):
    """Echo's four quoted tokens stand in a sentence of ten more: none is wholly quoted."""
    (table,) = page.find_class("scores")
    rows = [[words(c) for c in row.findall("td")] for row in table.xpath("tbody/tr")]
    assert [row[:2] for row in rows] == [
        ["Echo", "any voice"], ["Echo", "narration"], ["Echo", "quoted"],
        ["Post", "any voice"], ["Post", "narration"],
        ["Tribune", "any voice"], ["Tribune", "narration"],
    ]  # fmt: skip
    assert rows[2][3:] == ["1", "none", "0", "1"]
    assert not re.search(r"-0\.00", words(table))


# ---- several sets ----------------------------------------------------------------------------


def test_one_set_needs_no_tabs_and_no_script(page):
    """Nothing to switch, nothing to run."""
    assert not page.xpath("//*[@role='tab'] | //script")


def test_each_set_has_a_tab_and_a_panel(two_tabs):
    """The first is selected; each tab names its outlets and controls its own panel."""
    tabs = two_tabs.xpath("//*[@role='tab']")
    assert [words(tab) for tab in tabs] == ["Echo, Post and Tribune"] * 2
    assert [tab.get("aria-selected") for tab in tabs] == ["true", "false"]
    panels = {panel.get("id"): panel for panel in two_tabs.xpath("//*[@role='tabpanel']")}
    assert [tab.get("aria-controls") for tab in tabs] == list(panels)
    assert [p.get("aria-labelledby") for p in panels.values()] == [tab.get("id") for tab in tabs]


def test_ids_are_unique_over_all_sets(two_tabs):
    """A link in the second panel leads to a row of the second panel."""
    ids = two_tabs.xpath("//@id")
    assert len(ids) == len({*ids}) > 16
    for panel in two_tabs.xpath("//*[@role='tabpanel']"):
        own = {*panel.xpath(".//@id")}
        assert {href[1:] for href in panel.xpath(".//@href")} <= own


def test_texts_are_shown_only_for_the_set_that_has_them(two_tabs):
    """The first set has its texts at hand, the second has not."""
    panels = two_tabs.xpath("//*[@role='tabpanel']")
    assert [len(panel.xpath(".//article")) for panel in panels] == [5, 0]


# ---- refusals --------------------------------------------------------------------------------

ALONE = "nothing to compare 'Echo' with; a report needs articles of two outlets or more"


@pytest.fixture
def echo(tmp_path, lexicon):
    pages = {source: page for source, page in PAGES.items() if source.startswith("Echo")}
    return measure(read_corpus(write_pages(tmp_path / "echo", pages)), [lexicon])


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another set"])
def test_one_outlet_alone_is_refused(echo, measured, beside, tmp_path):
    """There is nothing to compare it with; nothing is written."""
    with pytest.raises(ValueError, match="nothing to compare") as refused:
        write_report([measured, echo] if beside else echo, tmp_path / "new" / "report.html")
    assert str(refused.value) == ALONE
    assert not (tmp_path / "new").exists()


# ---- nothing of an article runs --------------------------------------------------------------

HOSTILE = '<script>alert(1)</script> “’"><img src=x onerror=alert(2)> {{ 7 * 7 }} &amp; <!--'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Hostile words in text, headline, outlet, file name, event, author and lexicon."""
    folder = tmp_path_factory.mktemp("hostile")
    outlet = '"><img src=x onerror=alert(3)>'
    name = "<svg onload=alert(4)>'.txt"
    headline = "Coup of <b onmouseover=alert(5)>Bold</b>"
    text = f"{headline}\n\nThe coup {HOSTILE} of the regime was over by noon.\n"
    write_pages(folder / "p", {f"{outlet}/{name}": text, "Post/one.txt": PAGES["Post/one.txt"]})
    source = f"{outlet}/{name}".replace('"', '""')
    (folder / "m.csv").write_text(
        f'source,event\n"{source}",<script>alert(6)</script>\n<script>alert(7)</script>,none\n'
    )
    hurt = LEXICON.replace('id = "regime"', 'id = "\\"><script>alert(8)</script>"').replace(
        'frame = "naming/rulers"', 'frame = "naming/rulers"\ngloss = "\' onload=\'alert(9)"'
    )
    (folder / "l.toml").write_text(hurt)
    corpus = read_corpus(folder / "p", metadata=folder / "m.csv")
    measured = measure(corpus, [read_lexicon(folder / "l.toml")])
    return measured, write_report(measured, folder / "report.html")


def test_nothing_in_an_article_becomes_part_of_the_page(hostile, two_tabs):
    """Text, outlet, file name, event: shown as words, never as elements or attributes."""
    _, file = hostile
    page = read(file)
    kinds = {e.tag for e in page.iter() if isinstance(e.tag, str)}
    assert kinds <= {e.tag for e in two_tabs.iter() if isinstance(e.tag, str)} | {"li", "ul"}
    assert not page.xpath("//script")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//comment()")
    assert all(src.startswith("data:image/png") for src in page.xpath("//img/@src"))


def test_hostile_words_are_shown_as_they_stand(hostile):
    """Nothing is dropped, either: a reader sees what the article holds."""
    measured, file = hostile
    page = read(file)
    assert (
        HOSTILE
        in page.xpath("//article")[0].text_content() + page.xpath("//article")[1].text_content()
    )
    sources = page.xpath("//code/text()")
    assert {*measured.documents["source"]} <= {*sources}
    assert measured.outlets[0] in page.xpath("//h1/text()")[0]


# ---- the comparisons that come with biaskit --------------------------------------------------


def test_the_first_comparison_says_what_sputnik_writes_itself(tmp_path):
    """The first screen has the coup in Ukraine and the reunification with Russia, in its voice."""
    page = read(write_quickly(load(ROOT / "corpus" / "sputnik-the-local"), tmp_path / "r.html"))
    first = [words(s) for s in page.xpath("//h1/following-sibling::ol[1]/li/*[@class='sentence']")]
    assert "Sputnik writes “coup in Ukraine” in its own voice." in first
    assert "Sputnik writes “reunification with Russia” in its own voice." in first
    assert any(sentence.startswith("The Local writes") for sentence in first)
    legend_colours = outlet_colours(["Sputnik", "The Local"])
    dots = {d.get("style") for d in page.find_class("dot")}
    assert dots == {f"background:{colour}" for colour in legend_colours.values()}
