"""The report is one page that shows its evidence, loads nothing and runs nothing of an article."""

import base64
import hashlib
import json
import re
import struct
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from conftest import LEXICON, PAGES, ROOT, without_pictures, write_pages
from lxml import html

from biaskit import __version__
from biaskit.citation import methods_paragraph, references
from biaskit.corpus import read_corpus
from biaskit.figures import COLOURS, outlet_colours
from biaskit.findings import findings
from biaskit.kwic import kwic_lines
from biaskit.lexicon import read_lexicon
from biaskit.measurement import load, save
from biaskit.measuring import measure
from biaskit.paired import paired_comparison
from biaskit.report import ROOM, explore, report_page, write_report
from biaskit.report.data import as_json
from biaskit.report.lines import MARKER, OTHER, PLAIN
from biaskit.report.terms import term_data
from biaskit.specification import specification_curve, specification_sentence
from biaskit.tables import RATE_ZONES, VOICES, ZONES


def words(element):
    """What a reader sees of an element, with white space as a browser shows it."""
    return " ".join(element.text_content().split())


def read(file):
    return html.fromstring(file.read_bytes())


def data_of(page, number=0):
    """What the script of a page is given for one set."""
    (data,) = page.xpath(f"//script[@id='data-{number}']")
    return json.loads(data.text)


def lines_of(data):
    """The lines of such data, put into words again."""
    lines, documents = data["lines"], data["documents"]
    return [
        {
            "label": documents["label"][lines["document"][i]],
            "entry": data["entries"]["id"][lines["entry"][i]],
            "frame": data["entries"]["frame"][lines["entry"][i]],
            "voice": data["voices"][lines["voice"][i]],
            "zone": data["zones"][lines["zone"][i]],
            "node": lines["words"][lines["node"][i]],
            "left": lines["left"][i],
            "right": lines["right"][i],
            "kind": lines["kind"][i],
        }
        for i in range(len(lines["document"]))
    ]


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
    addresses = set(re.findall(r"https?://[^\"']*", markup))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name, not to be fetched
    assert not re.findall(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon", markup)
    for attribute in ("src", "href", "srcset", "action", "data", "poster"):
        for value in page.xpath(f"//@{attribute}"):
            assert value.startswith(("data:image/png;base64,", "#")), value[:80]
    assert not page.xpath(
        "//link | //iframe | //object | //embed | //base | //form | //script/@src"
    )


def hash_of(element):
    return base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()


def test_the_page_forbids_itself_to_load_send_or_run_anything_else(page):
    """Its own style and its own script are let in by their hashes, pictures inside it, no more."""
    (policy,) = page.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    (style,), (script,) = page.xpath("//style"), page.xpath("//script[not(@type)]")
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'sha256-{hash_of(style)}'",
        "script-src": f"'sha256-{hash_of(script)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")
    before = page.xpath("//meta[@http-equiv]/preceding-sibling::*")
    assert {e.tag for e in before} == {"meta"}  # it holds before anything else is read


def test_the_script_writes_no_markup(page):
    """Whatever comes from an article goes in as text."""
    (script,) = page.xpath("//script[not(@type)]/text()")
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function", script
    )
    assert f"N_COLOURS = {len(COLOURS)};" in script


def test_data_end_no_element():
    """No sign in them could be read as markup, and they come back as they were."""
    hostile = [
        "</script><b>",
        "<!--",
        "]]>",
        "&lt;",
        "a\u2028b",
        'quo"te',
        "back\\slash",
        None,
        1.5,
    ]
    written = as_json(hostile)
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == hostile


def test_figures_are_pictures_inside_the_page(page):
    """Each is a PNG with the finding in words as its alternative text."""
    pictures = page.xpath("//img")
    assert len(pictures) >= 4
    for picture in pictures:
        png = base64.b64decode(picture.get("src").partition(",")[2])
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert b"Software" not in png  # another version of matplotlib leaves no trace by itself
        assert struct.unpack(">I", png[16:20])[0] > 800
    assert "Echo uses 49.2 markers per 1,000 tokens of narration" in pictures[0].get("alt")
    assert all(len(picture.get("alt")) > 40 for picture in pictures)


@pytest.mark.slow
def test_the_page_written_twice_has_equal_bytes(measured, file, tmp_path):
    """No date, no random id: whoever runs it again can compare."""
    again = write_report(measured, tmp_path / "again.html")
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.slow
def test_a_saved_set_gives_the_page_of_the_fresh_one(measured, without_texts, tmp_path):
    """Only the texts are lost on the way to the disk."""
    fresh = write_quickly(replace(measured, texts={}), tmp_path / "fresh.html")
    saved = write_quickly(without_texts, tmp_path / "saved.html")
    assert fresh.read_bytes() == saved.read_bytes()


@pytest.mark.slow
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
    assert words(more) == "and 3 more lines, in the table of lines"
    (link,) = more.xpath("a")
    assert page.get_element_by_id(link.get("href")[1:]).xpath(".//table[@class='lines']")


def test_the_first_screen_explains_its_words(page):
    """Every voice that stands behind a line, and what a marker is, before the first finding."""
    (told,) = page.xpath("//h1/following-sibling::p[@class='dim'][1]")
    assert told.getnext().get("class") == "findings"
    assert [e.text for e in told.xpath("em")] == list(VOICES)
    assert "A marker is a word that presents something as given" in words(told)


@pytest.mark.slow
def test_findings_beyond_the_first_can_be_opened(tmp_path, lexicon):
    """What does not fit the first screen is one click away, and counted."""
    pages = {source: page for source, page in PAGES.items() if not source.startswith("Trib")}
    pages["Zeit/one.txt"] = "Day of News\n\nIt was a coup in Velmora, said the paper of the day.\n"
    pages["Yak/one.txt"] = "Day of News\n\nThe regime in Velmora was on every page of the day.\n"
    measured = measure(read_corpus(write_pages(tmp_path / "p", pages)), [lexicon])
    page = read(write_quickly(measured, tmp_path / "r.html"))
    (more,) = page.xpath("//details[summary][ol]")
    assert len(findings(measured)) == 6
    assert words(more.find("summary")) == "1 more finding"
    assert len(more.xpath("ol/li")) == 1


@pytest.mark.slow
def test_a_large_set_shows_how_articles_are_spread_not_twelve_of_them(measured, page):
    """Sentence by sentence five articles can be read, of twenty-five nobody would look."""
    alt = "//h2[text()='How do the sentences sound?']/following::img[1]/@alt"
    assert page.xpath(alt)[0].startswith("VADER's score of every sentence")
    large = html.fromstring(report_page(many(measured, 5)))
    assert large.xpath(alt)[0].startswith("Mean VADER score of each outlet's articles")
    assert not [x for x in large.xpath("//img/@alt") if x.startswith("VADER's score of every")]


def test_a_link_leads_from_each_line_to_its_place(page):
    """Every line of evidence can be followed to the table of lines, to the same words."""
    lines = lines_of(data_of(page))
    links = page.xpath("//a[@data-line]")
    assert len(links) == 2 + 1 + 2 + 0 + 3
    for link in links:
        assert lines[int(link.get("data-line"))]["node"] == words(link)
        assert page.get_element_by_id(link.get("href")[1:]) is not None


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
    text = " ".join(words(e) for e in page.xpath("//body//*[self::p or self::li or self::td]"))
    assert not re.search(r"\b[pq] ?[<=] ?[.\d]|significan", text)
    assert "No outlet has the ten articles that cutting it into two halves" in text


# ---- the rest --------------------------------------------------------------------------------


def test_headings_are_questions(page):
    """Each part answers a question that a reader has."""
    questions = page.xpath("//h2/text()")
    assert all(question.endswith("?") for question in questions)
    parts = ["In whose voice?", "Which word for the same thing?", "Which words does one use more?",
             "How do the sentences sound?", "Could this be chance?",
             "Where does each number come from?",
             "What do the articles say?", "What was read?", "What do the words mean?",
             "How was it made?"]  # fmt: skip
    assert [question for question in questions if question in parts] == parts


def test_outlets_are_named_with_their_number_of_articles(page):
    """ "Echo (2 articles, …)", so that one article is seen to be one."""
    assert "Echo (2 articles, 65 words, undated)" in page.text_content()
    assert "Tribune (1 article, 32 words, undated)" in page.text_content()


@pytest.mark.parametrize("which", ["with texts", "without texts"])
def test_the_lines_of_the_page_are_those_of_the_set(which, request, without_texts):
    """Every hit once, with its words, voice, entry, frame and zone, and how it is counted."""
    page = request.getfixturevalue("page" if which == "with texts" else "page_without_texts")
    wanted = []
    for line in kwic_lines(without_texts).itertuples():
        counted = line.zone in RATE_ZONES
        kind = OTHER if not counted else PLAIN if line.frame == "neutral" else MARKER
        found = {name: getattr(line, name) for name in
                 ("label", "entry", "frame", "voice", "zone", "node", "left", "right")}  # fmt: skip
        wanted.append(found | {"kind": kind})
    found = lines_of(data_of(page))
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert Counter(line["kind"] for line in found) == {MARKER: 6, PLAIN: 1, OTHER: 1}
    assert data_of(page)["lines"]["n"] == 8


def article_of(data, label):
    """The pieces of an article: words, voice, line, sentence, for each stretch of the page."""
    stretches = data["texts"][str(data["documents"]["label"].index(label))]
    return [(ZONES[zone], list(zip(*[iter(flat)] * 4, strict=True))) for zone, flat in stretches]


def test_articles_are_there_to_the_letter_where_they_are_at_hand(page):
    """Each is on the page, cut into pieces that say whose words they are."""
    data = data_of(page)
    assert len(data["texts"]) == 5
    two = article_of(data, "Echo (1)")
    told = " ".join("".join(piece[0] for piece in pieces) for _, pieces in two)
    assert told.split() == PAGES["Echo/two.txt"].split()
    quoted = [piece[0] for _, pieces in two for piece in pieces if VOICES[piece[1]] == "quoted"]
    assert "".join(quoted) == '"It was a coup,"'
    one = article_of(data, "Echo (2)")
    assert {VOICES[piece[1]] for _, pieces in one for piece in pieces} == {"narration"}


def test_hits_are_marked_in_the_articles(page):
    """What the table lists stands in the articles, as the line that it is."""
    data = data_of(page)
    lines, marked = lines_of(data), []
    for label in data["documents"]["label"]:
        for zone, pieces in article_of(data, label):
            for text, voice, line, _ in pieces:
                if line >= 0:
                    assert (lines[line]["node"], lines[line]["zone"]) == (text, zone)
                    assert lines[line]["voice"] == VOICES[voice]
                    marked.append(line)
    assert sorted(marked) == list(range(8))


def test_a_sentence_can_be_put_together_from_its_pieces(page):
    """The pieces of a line's sentence, in a row, are the sentence."""
    data = data_of(page)
    lines = lines_of(data)
    place = next(i for i, x in enumerate(lines) if x["voice"] == "quoted")
    number = data["lines"]["sentence"][place]
    pieces = [p for _, flat in article_of(data, lines[place]["label"]) for p in flat]
    sentence = "".join(piece[0] for piece in pieces if piece[3] == number)
    assert sentence == '"It was a coup," said the mayor of the old town on the hill.'


def test_without_texts_no_article_is_on_the_page(page_without_texts):
    """A published set gives no text away, and no heading promises one."""
    assert data_of(page_without_texts)["texts"] == {}
    assert not page_without_texts.xpath("//article")
    assert "What do the articles say?" not in page_without_texts.xpath("//h2/text()")


def test_articles_read_are_listed_with_their_sizes(page):
    """Source, date, words by voice, lines by zone: 34 words in Echo/two.txt, 4 of them quoted."""
    documents = data_of(page)["documents"]
    assert documents["n"] == len(documents["label"]) == 5
    two = documents["source"].index("Echo/two.txt")
    assert documents["label"][two] == "Echo (1)"
    assert documents["tokens"][two] == 34
    assert documents["voices"][two] == [30, 4, 0, 0]
    named = dict(zip(ZONES, documents["zones"][two], strict=True))
    assert {zone: n for zone, n in named.items() if n} == {"headline": 1, "body": 2}


def test_dates_and_events_are_shown_as_known(tmp_path, lexicon):
    """A day as a day, a month as a range, each with where it comes from."""
    (tmp_path / "m.csv").write_text(
        "source,date,event\nEcho/one.txt,2031-05-04,palace\nPost/one.txt,2031-05,palace\n"
    )
    pages = {source: PAGES[source] for source in ("Echo/one.txt", "Post/one.txt")}
    corpus = read_corpus(write_pages(tmp_path / "p", pages), metadata=tmp_path / "m.csv")
    documents = data_of(read(write_quickly(measure(corpus, [lexicon]), tmp_path / "r.html")))[
        "documents"
    ]
    assert documents["event"] == ["palace", "palace"]
    assert documents["date"] == ["2031-05-04 (user)", "2031-05-01 to 2031-05-31 (user)"]


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
    assert terms == ["article, document", "token, word", "lexicon, entry", "marker", "hit, line",
                     "frame", "alternation set", "share", "rate", "voice", "zone", "interval",
                     "p", "q"]  # fmt: skip


def test_the_page_ends_with_methods_references_and_provenance(page, measured):
    """Enough to cite it and to make it again."""
    (made,) = page.xpath("//h2[text()='How was it made?']/following-sibling::p[1]")
    assert words(made) == methods_paragraph(measured)
    listed = [
        words(li) for li in page.xpath("//h3[text()='References']/following-sibling::ul[1]/li")
    ]
    assert listed == [str(work) for work in references(measured, ["comparison", "keyness"])]
    (provenance,) = page.xpath("//details[summary[text()='Settings, hashes and versions']]")
    assert measured.id in words(provenance)
    assert measured.provenance["lexicons"][0]["sha256"] in words(provenance)
    assert "headline, subhead, body" in words(provenance)
    assert f"biaskit {__version__}, numpy" in words(provenance)


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


def test_one_set_needs_no_tabs(page):
    """Nothing to switch between."""
    assert not page.xpath("//*[@role='tab'] | //*[@role='tabpanel']")


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
    assert [len(panel.xpath(".//article")) for panel in panels] == [1, 0]
    assert [len(data_of(two_tabs, i)["texts"]) for i in (0, 1)] == [5, 0]


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
    assert kinds <= {e.tag for e in two_tabs.iter() if isinstance(e.tag, str)} | {"details"}
    assert [script.get("type") for script in page.xpath("//script")] == ["application/json", None]
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//comment()")
    assert all(src.startswith("data:image/png") for src in page.xpath("//img/@src"))
    assert file.read_text(encoding="utf-8").count("<script>") == 1


def test_hostile_words_are_shown_as_they_stand(hostile):
    """Nothing is dropped, either: a reader sees what the article holds."""
    measured, file = hostile
    page = read(file)
    data = data_of(page)
    articles = [
        "".join(piece[0] for _, pieces in article_of(data, label) for piece in pieces)
        for label in data["documents"]["label"]
    ]
    assert any(HOSTILE in article for article in articles)
    assert {*measured.documents["source"]} == {*data["documents"]["source"]}
    assert measured.outlets[0] in page.xpath("//h1/text()")[0]


# ---- a page of bounded size ------------------------------------------------------------------


def many(measured, n):
    """The set with each article there `n` times, under another id and name."""
    parts = {}
    for name in ("documents", "zones", "sizes", "sentences", "spans", "hits", "counts",
                 "cooccurrences"):  # fmt: skip
        table = measured.table(name)
        copies = [table.assign(document=table["document"] + f"-{i}") for i in range(n)]
        parts[name] = pd.concat(copies, ignore_index=True)
    texts = {f"{d}-{i}": text for d, text in measured.texts.items() for i in range(n)}
    return replace(measured, **parts, texts=texts)


@pytest.mark.slow
@pytest.mark.parametrize("room", [900, 1_300])
def test_a_page_says_how_many_of_its_lines_it_holds(measured, room, monkeypatch):
    """Where not all fit, markers come first and outlets take turns; evidence is always there."""
    monkeypatch.setitem(ROOM, "lines", room)
    with without_pictures():
        data = data_of(html.fromstring(report_page(many(measured, 5))))
    lines = lines_of(data)
    assert data["lines"]["n"] == 5 * 8
    assert 8 < len(lines) < 40
    by_outlet = Counter(line["label"].split()[0] for line in lines if line["kind"] == MARKER)
    assert set(by_outlet) == {"Echo", "Post"}
    assert [line["kind"] for line in lines] == sorted(line["kind"] for line in lines)


def test_articles_that_do_not_fit_are_left_out_whole(measured, monkeypatch):
    """Those with most lines come first; of the others there are windows."""
    monkeypatch.setitem(ROOM, "texts", 700)
    with without_pictures():
        data = data_of(html.fromstring(report_page(measured)))
    kept = {data["documents"]["label"][int(i)] for i in data["texts"]}
    assert kept == {"Echo (2)", "Post (2)"}
    assert len(lines_of(data)) == 8


@pytest.mark.slow
def test_twenty_thousand_hits_fit_into_three_megabytes(measured):
    """With all texts at hand, in two sets, with every figure."""
    big = many(measured, 2_500)
    page = report_page([big, replace(big, texts={})])
    assert len(big.hits) == 20_000
    assert len(page.encode()) <= 3_000_000


# ---- the words of two outlets ----------------------------------------------------------------


def test_words_are_counted_by_outlet_and_voice(page):
    """ "coup": thrice in Echo's articles, twice in its own voice; none of Post's counts."""
    terms = data_of(page)["terms"]
    place = terms["words"].index("coup")
    assert terms["entry"][place] >= 0  # of two of one name the lexicon's comes first
    assert [n[place] for n in terms["all"]["n"]] == [3, 0, 0]
    assert [n[place] for n in terms["all"]["holders"]] == [2, 0, 0]
    assert [n[place] for n in terms["narration"]["n"]] == [2, 0, 0]
    assert terms["all"]["articles"] == [2, 2, 1]
    assert terms["all"]["tokens"] == [65, 68, 32]
    assert terms["all"]["error"][1][place] == -1  # nothing is known of what does not occur


def test_of_other_words_the_articles_are_named(page):
    """Where "harbour" stands, and how often; of entries the lines say it."""
    data = data_of(page)
    terms, labels = data["terms"], data["documents"]["label"]
    flat = terms["documents"][terms["words"].index("harbour")]
    pairs = {labels[flat[i]]: flat[i + 1] for i in range(0, len(flat), 2)}
    assert pairs == {"Echo (1)": 1, "Echo (2)": 1, "Post (2)": 1}
    assert terms["documents"][terms["words"].index("coup")] == []


def test_of_too_many_words_the_most_telling_are_kept(measured):
    """All entries, and the terms that some outlet most surely uses more than all together."""
    entries = measured.entries["entry"].tolist()
    documents = measured.documents["document"].tolist()
    every = term_data(measured, entries, documents, 1_000)
    few = term_data(measured, entries, documents, 10)
    assert len(few["words"]) == 10 + sum(entry >= 0 for entry in few["entry"])
    assert few["n"] == every["n"] == len(every["words"]) - sum(e >= 0 for e in every["entry"])


# ---- the checks ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def eventful(tmp_path_factory, lexicon):
    """Two outlets of twelve articles each, on six events that both tell."""
    folder = tmp_path_factory.mktemp("eventful")
    rows, pages = ["source,event"], {}
    for outlet, word in (("Echo", "coup"), ("Post", "uprising")):
        for i in range(12):
            name = f"{outlet}/{i}.txt"
            often = f"The {word} went on. " * (i % 3 + 1)
            pages[name] = (
                f"Day {i} of News in {outlet}\n\n{often}There were {i} boats out at sea.\n"
            )
            rows.append(f"{name},day-{i % 6}" if i < 6 else f"{name},")
    (folder / "m.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    corpus = read_corpus(write_pages(folder / "p", pages), metadata=folder / "m.csv")
    measured = measure(corpus, [lexicon])
    return measured, read(write_quickly(measured, folder / "r.html"))


def test_events_stand_side_by_side(eventful):
    """For each event that two outlets tell a table of what stands where, and how often."""
    _, page = eventful
    tables = page.find_class("beside")
    assert len(tables) == 6
    assert [words(th) for th in tables[0].xpath("thead//th")] == ["kind", "which", "Echo", "Post"]
    rows = [[words(td) for td in row] for row in tables[0].xpath("tbody/tr")]
    assert ["lexicon naming/rule", "coup", "1 (narration 1)", "–"] in rows
    assert ["word for the same change", "uprising", "–", "1 (narration 1)"] in rows


def test_within_events_the_outlets_are_compared(eventful):
    """As `paired_comparison` has it, with its interval and p."""
    measured, page = eventful
    (paired,) = paired_comparison(measured).to_dict("records")
    (row,) = page.xpath("//div[@aria-label='within events']//tbody/tr")
    told = [words(td) for td in row]
    assert told[:2] == ["Echo, Post", "6"]
    assert float(told[2]) == round(paired["difference"], 1)
    assert float(told[4]) == round(paired["p"], 2)


def test_without_events_nothing_is_set_side_by_side(page):
    """No table, no heading, and no link that leads nowhere."""
    assert not page.find_class("beside")
    assert "How do they tell the same event?" not in page.xpath("//h2/text()")
    for href in page.xpath("//nav//@href"):
        assert page.get_element_by_id(href[1:]) is not None


def test_outlets_are_cut_in_two_to_see_what_chance_does(eventful):
    """Both have ten articles or more: a sentence each, and how many cuts were made."""
    _, page = eventful
    text = words(page.xpath("//body")[0])
    for outlet in ("Echo", "Post"):
        assert f"Split at random 40 times, article by article, {outlet} differs from itself" in text
    assert "Only 40 cuts are made here" in text


def test_the_page_says_how_far_a_difference_hangs_on_choices(eventful):
    """The sentence of the specification curve of the two outlets with most articles."""
    measured, page = eventful
    sentence = specification_sentence(specification_curve(measured, "Echo", "Post"))
    assert sentence in words(page.xpath("//body")[0])


def test_differences_that_hold_stand_first_on_the_page(eventful):
    """Twelve articles against none: the first sentence says it, with q, and q is explained."""
    measured, page = eventful
    (first, *_) = page.xpath("//ol[1]/li[1]/*[@class='sentence']")
    assert words(first) == findings(measured)[0].sentence
    assert "q = " in words(first)
    assert "q is the share of findings that may be wrong" in words(page.xpath("//body")[0])


# ---- the comparisons that come with biaskit --------------------------------------------------


def test_no_line_ends_between_a_number_and_its_percent(measured, tmp_path, monkeypatch):
    """A browser may break a line at a space; this one it keeps."""
    told = [finding._replace(sentence="Half, 50 %, of it.") for finding in findings(measured)]
    monkeypatch.setattr("biaskit.report.findings", lambda *_: told)
    page = read(write_quickly(measured, tmp_path / "report.html"))
    assert page.xpath("//*[@class='sentence']")[0].text_content() == "Half, 50\xa0%, of it."


def test_the_first_comparison_says_what_sputnik_writes_itself(tmp_path):
    """The first screen has the coup in Ukraine and the reunification with Russia, in its voice."""
    page = read(write_quickly(load(ROOT / "corpus" / "sputnik-the-local"), tmp_path / "r.html"))
    first = [words(s) for s in page.xpath("//h1/following-sibling::ol[1]/li/*[@class='sentence']")]
    assert "Sputnik writes “coup in Ukraine” in its own voice." in first
    assert "Sputnik writes “reunification with Russia” in its own voice." in first
    assert any(sentence.startswith("The Local writes") for sentence in first)
    legend_colours = outlet_colours(["Sputnik", "The Local"])
    dots = {d.get("class") for d in page.find_class("dot")}
    (style,) = page.xpath("//style/text()")
    rules = dict(re.findall(r"\.(c\d+) \{ --outlet: (#\w+); \}", style))
    assert {rules[name.split()[1]] for name in dots} == {*legend_colours.values()}


# ---- below a notebook's cell -------------------------------------------------------------------


@pytest.fixture(scope="module")
def explorer(hostile):
    """What a notebook gets of a set with hostile words, beside the page itself."""
    measured, _ = hostile
    with without_pictures():
        return explore(measured, height=480), report_page(measured)


def test_a_notebook_shows_the_page_in_a_frame(explorer):
    """It is the page as it would be written, to the letter, in the only element there is."""
    shown, page = explorer
    (frame,) = html.fragments_fromstring(shown._repr_html_())
    assert frame.tag == "iframe"
    assert len(frame) == 0
    assert frame.get("srcdoc") == page
    assert frame.get("title") == shown.title
    assert "height: 480px" in frame.get("style")


def test_the_frame_is_shut_off_from_the_notebook(explorer):
    """Scripts of its own and saving lines, no more: it is of no site, so cells are out of reach."""
    (frame,) = html.fragments_fromstring(explorer[0]._repr_html_())
    assert frame.get("sandbox").split() == ["allow-scripts", "allow-downloads"]


def test_outside_a_notebook_an_explorer_is_a_line(measured):
    """Its title and size; nobody wants a megabyte of markup in a terminal."""
    with without_pictures():
        shown = explore([measured, measured])
    title = "; ".join(["How Echo, Post and Tribune word it"] * 2)
    assert repr(shown) == str(shown) == f"{title}: a page of 0.1 MB"


def test_a_frame_without_height_is_refused(measured):
    """Before the slow part."""
    with pytest.raises(ValueError, match=r"^no height 0; it is counted in pixels$"):
        explore(measured, height=0)
