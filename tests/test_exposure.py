"""No more of an article shows than the budget allows, however many hits it has."""

import json
import re
from itertools import pairwise, product

import pytest
from conftest import PAGES as PAGES_BY_HAND
from conftest import ROOT, SHARED, write_pages
from hypothesis import given
from hypothesis import strategies as st

from biaskit.corpus import read_corpus, read_texts
from biaskit.exposure import LONGEST_RUN, SHARE_OF_WORDS, WINDOW, Window, _Words, windows
from biaskit.measurement import load
from biaskit.measuring import measure
from biaskit.pages import readable

WORD = re.compile(r"\w+")
LINE = "one two three four five six seven eight nine ten eleven twelve"


def window(
    word: str, *, text: str = LINE, line: tuple[int, int] | None = None, marker=True
) -> Window:
    """A hit of the first `word` of a text, in a line that is the whole text if none is given."""
    at = text.index(word)
    first, last = line or (0, len(text))
    return Window(first, at, at + len(word), last, marker)


def words_shown(text: str, hits: list[tuple[int, int, str, str]]) -> tuple[set[int], set[int]]:
    """
    Numbers of the words that can be put together from (start, end, left, right), and of those
    in the hits themselves: written anew, from the promise alone.
    """
    shown, forms = set(), set()
    for start, end, left, right in hits:
        first = text.rindex(left, 0, start) if left else start
        last = text.index(right, end) + len(right) if right else end
        assert not text[first + len(left) : start].strip() or not left
        assert not text[end : last - len(right)].strip() or not right
        for number, word in enumerate(WORD.finditer(text)):
            if word.start() < last and first < word.end():
                shown.add(number)
            if word.start() < end and start < word.end():
                forms.add(number)
    return shown, forms


def runs(numbers: set[int]) -> list[set[int]]:
    """The numbers in stretches without a gap."""
    found: list[set[int]] = []
    for number in sorted(numbers):
        if found and number - 1 in found[-1]:
            found[-1].add(number)
        else:
            found.append({number})
    return found


def test_a_window_is_three_words_on_either_side():
    """With budget enough, a hit shows three words before and three after."""
    assert windows(LINE, [window("five")], 1_000) == [("two three four", "six seven eight")]
    assert WINDOW == 3


def test_a_window_keeps_the_marks_between_its_words():
    """What shows is a stretch of the text, without the white space around it."""
    text = "It rained, “a coup”, said Ode."
    assert windows(text, [window("coup", text=text)], 1_000) == [("It rained, “a", "”, said Ode")]


def test_a_window_ends_with_the_line_of_its_hit():
    """Another paragraph's words are no context."""
    text = "one two\nthree coup four\nfive six"
    line = (text.index("three"), text.index("\nfive"))
    assert windows(text, [window("coup", text=text, line=line)], 1_000) == [("three", "four")]


def test_a_bare_clitic_at_the_cut_is_left_out():
    """The “s” of “Arlen's” alone helps nobody."""
    text = "Mayor of Arlen's old port coup"
    assert windows(text, [window("coup", text=text)], 1_000) == [("old port", "")]
    text = "Arlen's old coup"
    assert windows(text, [window("coup", text=text)], 1_000) == [("Arlen's old", "")]


def test_at_most_a_quarter_of_the_words_shows():
    """Of 16 words four may show: the hit and three around it, the nearest first."""
    assert SHARE_OF_WORDS == 1 / 4
    assert windows(LINE, [window("five")], 16) == [("three four", "six")]
    assert windows(LINE, [window("five")], 19) == [("three four", "six")]
    assert windows(LINE, [window("five")], 20) == [("three four", "six seven")]


def test_the_hit_itself_always_shows_and_uses_up_the_budget():
    """Where the hits alone fill a quarter, no word beside them shows."""
    assert windows(LINE, [window("five six seven")], 12) == [("", "")]
    assert windows(LINE, [window("five")], 0) == [("", "")]


def test_two_windows_do_not_go_on_as_the_text_does_elsewhere():
    """Side by side "five" and "six" would be a row of the text, which has "five six", too."""
    line = "x one two three four five y z w v one two three four five six seven eight nine ten"
    hits = [Window(0, line.index("two"), line.index("two") + 3, len(line), True)]
    start = line.index("nine")
    hits.append(Window(0, start, start + 4, len(line), True))
    (_, right), (left, _) = windows(line, hits, 1_000)
    assert (right, left) == ("three four five", "seven eight")


def test_at_most_seven_words_in_a_row_show():
    """Two fewer than the limit of nine; windows that would show more leave a gap."""
    assert LONGEST_RUN == 9 - 2
    assert windows(LINE, [window("four"), window("seven")], 1_000) == [
        ("two three", "five six seven"),  # two ... eight
        ("four five six", "eight"),
    ]
    assert windows(LINE, [window("four"), window("nine")], 1_000) == [
        ("one two three", "five six"),  # no seven, or nine words would show
        ("eight", "ten eleven twelve"),
    ]


def test_windows_that_share_words_count_them_once():
    """Budget is words that show: what shows for one hit costs nothing beside another."""
    # of 20 words 5: four and six, five between them, three and seven
    assert windows(LINE, [window("four"), window("six")], 20) == [
        ("three", "five six seven"),
        ("three four five", "seven"),
    ]


def test_every_hit_gets_its_first_word_before_any_gets_its_second():
    """What is cut is cut evenly: 8 words are 2 hits, 4 neighbours and 2 more of the first."""
    text = " ".join(f"w{i}" for i in range(10, 42))
    assert windows(text, [window("w15", text=text), window("w30", text=text)], 32) == [
        ("w13 w14", "w16 w17"),
        ("w29", "w31"),
    ]


def test_markers_get_their_words_before_plain_variants():
    """Evidence for framing comes before a denominator's."""
    text = " ".join(f"w{i}" for i in range(10, 42))
    hits = [window("w15", text=text, marker=False), window("w30", text=text)]
    assert windows(text, hits, 32) == [("w14", "w16"), ("w28 w29", "w31 w32")]


def test_each_hit_gets_its_own_window_in_the_order_asked():
    """One (left, right) per hit, whatever the order in which the budget was spent."""
    hits = [window("nine"), window("two")]
    assert windows(LINE, hits, 1_000)[1][0] == "one"
    assert windows(LINE, [], 1_000) == []


@st.composite
def articles(draw):
    """A text of a few lines and hits in it that don't overlap, as one lexicon finds them."""
    gaps = st.sampled_from([" ", "  ", ", ", "-", "'", "’s ", "\n", "\n\n", ". “", "_", "—"])
    words = draw(
        st.lists(st.sampled_from(["a", "coup", "Arlen", "7", "été"]), min_size=1, max_size=80)
    )
    text = "".join(word + draw(gaps) for word in words)
    spans = [m.span() for m in WORD.finditer(text)]
    hits, at = [], 0
    while at < len(spans):
        at += draw(st.integers(0, 12))
        n = draw(st.integers(1, 4))
        stretch = spans[at : at + n]
        if stretch and "\n" not in text[stretch[0][0] : stretch[-1][1]]:
            a, b = stretch[0][0], stretch[-1][1]
            line = text.rfind("\n", 0, a) + 1, (text + "\n").index("\n", b)
            hits.append(Window(line[0], a, b, line[1], draw(st.booleans())))
        at += n
    return text, hits


@given(articles())
def test_no_text_can_be_put_together_from_its_windows(article):
    """Beyond the hits themselves: no ten words in a row, no more than a quarter of the words."""
    text, wanted = article
    n_words = len(WORD.findall(text))
    found = windows(text, wanted, n_words)
    assert len(found) == len(wanted)
    rows = [(w.start, w.end, *sides) for w, sides in zip(wanted, found, strict=True)]
    shown, forms = words_shown(text, rows)
    assert len(shown) <= max(len(forms), n_words / 4)
    for run in runs(shown):
        assert len(run) <= 9 or run <= forms
    for left, right in found:
        assert "\n" not in left + right
        assert len(WORD.findall(left)) <= 3
        assert len(WORD.findall(right)) <= 3


LETTERS = st.sampled_from("aZ7_ .'’“é\u0301ΣςİK\u24b6漢²Ⅷ\U0001f600\ud800\n")


@given(st.text(LETTERS | st.characters()))
def test_words_are_those_of_the_pattern(text):
    """Runs of letters, figures and underscores, and which of them stand side by side."""
    words, spans = _Words(text), [m.span() for m in WORD.finditer(text)]
    assert list(zip(words.starts, words.ends, strict=True)) == spans
    lower = [text[start:end].lower() for start, end in spans]
    pairs = set(pairwise(lower))
    for i, j in product(range(min(len(spans), 12)), repeat=2):
        assert words.follow(i, j) == ((lower[i], lower[j]) in pairs)


def test_only_the_articles_own_words_make_up_its_budget(tmp_path, lexicon):
    """A page full of links shows no more of its article: a quarter of 31 words, links included."""
    links = "\n".join(f"Old Ferry Number {i} Sold at Auction (12)" for i in range(30))
    page = PAGES_BY_HAND["Echo/one.txt"] + links
    folder = write_pages(tmp_path, {"Echo/one.txt": page})
    hits = measure(read_corpus(folder), [lexicon]).hits
    rows = hits[["start", "end", "left", "right"]].itertuples(index=False, name=None)
    shown, forms = words_shown(page, list(rows))
    assert len(forms) == 3
    assert len(shown) == 31 // 4


# ---- what is published -----------------------------------------------------------------------

SETS = sorted(file.parent for file in ROOT.glob("corpus/*/provenance.json"))
PAGES = {"sputnik-the-local": SHARED / "pages", "invented": ROOT / "corpus" / "invented" / "pages"}


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_a_committed_set_shows_no_more_than_its_budget(folder):
    """Put back by position, the windows give at most nine words in a row and a quarter of all."""
    pages = PAGES.get(folder.name)
    if pages is None or not pages.is_dir():
        pytest.skip(f"the texts of {folder.name} aren't at hand")
    measured = load(folder)
    texts = read_texts([*sorted(pages.glob("*.txt"))] if any(pages.glob("*.txt")) else pages)
    seen = 0
    for document in measured.documents.itertuples():
        text = readable(texts[document.source])
        hits = measured.hits[measured.hits["document"] == document.document]
        assert all(text[h.start : h.end] == h.form for h in hits.itertuples())
        shown, forms = words_shown(
            text, [(h.start, h.end, h.left or "", h.right or "") for h in hits.itertuples()]
        )
        article = measured.zones[
            (measured.zones["document"] == document.document)
            & measured.zones["zone"].isin(["headline", "subhead", "body"])
        ]
        n_words = sum(len(WORD.findall(text[z.start : z.end])) for z in article.itertuples())
        assert len(shown) <= n_words / 4
        assert len(shown - forms) > 0
        assert all(len(run) <= 9 or run <= forms for run in runs(shown))
        seen += 1
    assert seen == len(measured.documents) > 0


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_a_committed_set_holds_no_text_beside_its_windows(folder):
    """No cell of any table but a gloss is longer than the words a window may hold."""
    measured = load(folder)
    for name in ("documents", "zones", "sizes", "sentences", "spans", "hits", "counts"):
        table = measured.table(name)
        for column in table.columns.drop("url", errors="ignore"):  # an address is no text
            cells = [c for c in table[column] if isinstance(c, str)]
            assert all(len(WORD.findall(c)) <= 15 for c in cells), (name, column)
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert "texts" not in provenance
