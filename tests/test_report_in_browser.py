"""In a browser the report opens from disk, works without a network, and fits a narrow screen."""

import shutil
from pathlib import Path

import pytest
from conftest import PAGES, ROOT, write_pages

from biaskit.cli.reading import with_own_texts
from biaskit.corpus import read_corpus
from biaskit.measurement import load, measure
from biaskit.report import write_report

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

DEBIANS = Path("/usr/bin/chromium")
CHROMIUM = str(DEBIANS) if DEBIANS.exists() else shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

CORPUS = ROOT / "corpus"
WIDTHS = {"wide": 1000, "narrow": 400}


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report that comes with biaskit: two tabs, the second with its texts."""
    sets = [load(CORPUS / "sputnik-the-local"), with_own_texts(CORPUS / "invented")]
    return write_report(sets, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture
def opened(browser, report):
    """`opened(width)` → the page, offline, and what it asked for and complained of."""
    contexts = []

    def open_page(width=1000, file=report, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, offline=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message) or dialog.dismiss())
        page.goto(file.as_uri(), wait_until="load")
        return page, asked, complaints

    yield open_page
    for context in contexts:
        context.close()


def selected(page):
    return page.locator("[role=tab][aria-selected=true]").inner_text()


def shown(page):
    return [i for i in range(2) if page.locator("[role=tabpanel]").nth(i).is_visible()]


SPUTNIK, INVENTED = "Sputnik and The Local", "Harbour Lantern and Northgate Courier"


def test_the_page_opens_from_disk_and_asks_for_nothing(opened, report):
    """Offline, the only thing that is read is the file itself; nothing is complained of."""
    page, asked, complaints = opened()
    assert page.locator("h1").first.inner_text() == f"How {SPUTNIK} word it"
    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]
    assert complaints == []


def test_all_pictures_are_drawn(opened):
    """Each figure has a size, also those in the second tab."""
    page, _, _ = opened()
    sizes = page.evaluate("[...document.images].map(i => i.complete && i.naturalWidth)")
    assert len(sizes) == 8
    assert min(sizes) > 800


def test_one_panel_is_shown_at_a_time(opened):
    """First Sputnik and The Local; a click on the other tab shows the other panel."""
    page, _, complaints = opened()
    assert (selected(page), shown(page)) == (SPUTNIK, [0])
    page.get_by_role("tab", name=INVENTED).click()
    assert (selected(page), shown(page)) == (INVENTED, [1])
    page.get_by_role("tab", name=SPUTNIK).click()
    assert (selected(page), shown(page)) == (SPUTNIK, [0])
    assert complaints == []


def test_arrow_keys_switch_tabs(opened):
    """Right and left, round and round, with the focus on the tab that is selected."""
    page, _, _ = opened()
    page.get_by_role("tab", name=SPUTNIK).focus()
    for key, tab, panel in (
        ("ArrowRight", INVENTED, 1),
        ("ArrowRight", SPUTNIK, 0),
        ("ArrowLeft", INVENTED, 1),
        ("ArrowLeft", SPUTNIK, 0),
    ):
        page.keyboard.press(key)
        assert (selected(page), shown(page)) == (tab, [panel])
        assert page.evaluate("document.activeElement.textContent") == tab
    page.keyboard.press("a")
    assert selected(page) == SPUTNIK


def test_only_the_selected_tab_is_reached_by_tabbing(opened):
    """One stop for the list of tabs, as readers with a keyboard expect."""
    page, _, _ = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == SPUTNIK
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") != "tab"


@pytest.mark.parametrize("tab", [SPUTNIK, INVENTED])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_page_never_scrolls_sideways(opened, width, tab):
    """Wide tables and figures scroll inside themselves; the page does not."""
    page, _, _ = opened(width)
    page.get_by_role("tab", name=tab).click()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.body.scrollWidth") <= width
    wide = page.evaluate(
        """width => [...document.querySelectorAll('[role=tabpanel]:not([hidden]) *')].filter(e =>
            e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll')
        ).map(e => e.outerHTML.slice(0, 80))""",
        width,
    )
    assert wide == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_first_sentence_is_on_the_first_screen(opened, width):
    """Nobody has to scroll to the evidence."""
    page, _, _ = opened(width)
    first = page.locator("ol.findings .sentence").first
    assert "in its own voice" in first.inner_text()
    box = first.bounding_box()
    assert box["y"] + box["height"] < 800


def test_a_line_of_evidence_leads_to_its_row(opened):
    """Its row is shown and marked, also where it stood in a part that was folded."""
    page, _, complaints = opened()
    link = page.locator("ol.findings a.node").first
    words = link.inner_text()
    link.click()
    row = page.locator("tr:target")
    assert row.locator("b").inner_text() == words
    assert row.is_visible()
    assert complaints == []


def test_figures_can_be_read_on_a_narrow_screen(opened):
    """They keep a width at which their words can be read, and scroll."""
    page, _, _ = opened(WIDTHS["narrow"])
    assert page.locator("[role=tabpanel] img").first.bounding_box()["width"] >= 600


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(opened, scheme):
    """By day and by night: contrast of text on paper of at least 7 to 1."""
    page, _, _ = opened(color_scheme=scheme)
    ratio = page.evaluate(
        """() => {
            const light = c => c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
                .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4)
                .reduce((sum, x, i) => sum + x * [.2126, .7152, .0722][i], 0);
            const style = getComputedStyle(document.body);
            const pair = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
            return (pair[0] + .05) / (pair[1] + .05);
        }"""
    )
    assert ratio >= 7


def test_readers_with_aids_find_no_serious_hindrance(opened):
    """axe, where it is installed, finds nothing serious in either tab."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page, _, _ = opened(bypass_csp=True)
    for tab in (SPUTNIK, INVENTED):
        page.get_by_role("tab", name=tab).click()
        found = axe.Axe().run(page).response["violations"]
        serious = [v["id"] for v in found if v["impact"] in {"serious", "critical"}]
        assert serious == []


def test_without_scripts_everything_is_shown(opened):
    """Both comparisons stand one below the other; nothing is hidden for good."""
    page, _, _ = opened(java_script_enabled=False)
    assert shown(page) == [0, 1]


def test_on_paper_every_comparison_is_printed(opened):
    """A printed report is whole, whichever tab was open."""
    page, _, _ = opened()
    page.emulate_media(media="print")
    assert shown(page) == [0, 1]


def test_a_hostile_article_runs_nothing(opened, tmp_path, lexicon):
    """Scripts and event handlers of an article, its outlet or its file are words on the page."""
    attack = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'"
    outlet = '"><img src=x onerror=alert(3)>'
    text = f"Coup {attack}\n\nThe coup {attack} was over by noon in Velmora.\n"
    pages = {f"{outlet}/<svg onload=alert(4)>.txt": text, "Post/one.txt": PAGES["Post/one.txt"]}
    measured = measure(read_corpus(write_pages(tmp_path / "p", pages)), [lexicon])
    file = write_report(measured, tmp_path / "report.html")
    page, asked, complaints = opened(file=file)
    page.wait_for_timeout(300)
    assert complaints == []
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert attack in page.locator("article").first.inner_text() + (
        page.locator("article").last.inner_text()
    )
