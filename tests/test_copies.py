"""Copies are found whatever changed a little, boilerplate makes none, and order never matters."""

import gzip
import itertools
import json
import pickle
import random
import subprocess
import sys
from collections import defaultdict

import numpy as np
import pytest
from conftest import ROOT, SHARED
from hypothesis import given, settings
from hypothesis import strategies as st

from biaskit.copies import Decisions, settle
from biaskit.scans import Scan, line_hash, scan

WORDS = """
    harbour council mayor bridge river market school winter island ferry captain storm lantern
    meadow railway budget village garden museum orchard quarry harvest festival library tunnel
    engine valley forest castle bakery postman teacher farmer fishing weather summer letter
    window stone copper timber pepper candle basket ladder hammer saddle kettle blanket mirror
    opened closed painted repaired polished rented counted measured carried borrowed planted
    crossed watched answered gathered followed finished started moved sold bought found lost
    early late slowly quickly often never always perhaps again together nearly under over behind
    green yellow narrow broad heavy gentle quiet noisy empty crowded ancient modern
    the a of to in and for with from by at on this that their our
""".split()
NOTE = "Editor's note: the mayor of Arlen has often denied that any of this is so."


def article(seed: int, n_lines: int = 12, n_words: int = 20) -> list[str]:
    """Lines of words drawn at random, so that no two articles share a run of three."""
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=n_words)).capitalize() + "." for _ in range(n_lines)]


def changed(lines: list[str], share: float, seed: int = 0) -> list[str]:
    """The same lines with this share of their words replaced."""
    draw = random.Random(seed)
    words = [line.split() for line in lines]
    places = [(i, j) for i, line in enumerate(words) for j in range(len(line))]
    for i, j in draw.sample(places, round(share * len(places))):
        words[i][j] = draw.choice(WORDS)
    return [" ".join(line) for line in words]


def page(document: str, lines: list[str], outlet: str = "Echo", **more) -> Scan:
    """The scan of an article taken to be English, of 3 May 2031 unless it says otherwise."""
    given = {"date": "2031-05-03", "headline": f"About {document}", **more}
    return scan(document, outlet, lines=lines, **given)._replace(language="en")


def bare(document: str, *lines: str, opening: str | None = None, outlet: str = "Echo") -> Scan:
    """A scan of nothing but lines and an opening, for corpora too large to write."""
    hashes = np.array([line_hash(line) for line in lines], "<u8").tobytes()
    return Scan(document, outlet, None, 0, b"", b"", hashes, opening, "en")


def copies(*scans: Scan) -> dict[str, str]:
    return settle(scans).copy_of


# ---- copies ---------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0, 0.05, 0.1, 0.2])
def test_a_copy_with_words_changed_is_found_and_the_earliest_counts(share):
    """Up to a fifth of the words may differ; a later article is the copy, not an earlier."""
    later = page("a", changed(article(1), share), date="2031-05-04")
    assert copies(later, page("b", article(1)), page("c", article(2))) == {"a": "b"}


def test_of_one_day_the_smallest_id_counts_and_no_date_comes_last():
    """The choice follows from the articles alone: dated before undated, then the id."""
    assert copies(page("b", article(1)), page("a", article(1))) == {"b": "a"}
    assert copies(page("a", article(1), date=None), page("b", article(1))) == {"a": "b"}


def test_articles_that_share_only_words_are_no_copies():
    """Twenty articles from one small vocabulary are twenty articles."""
    assert copies(*(page(f"{i:02}", article(i)) for i in range(20))) == {}


def test_case_quotation_marks_and_white_space_make_no_difference():
    """What a re-typed copy changes is not what is compared."""
    line = "\"It's the mayor's own bridge\" - said the council, and the ferry was late again"
    plain = page("a", [line])
    typed = page("b", [f"  {line.upper().replace(' ', chr(0xA0))} ".replace('"', "”")])
    assert (plain.signature, plain.rows) == (typed.signature, typed.rows)


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3])
def test_signatures_estimate_the_share_of_runs_of_three_words_in_common(share):
    """Agreement of 128 values is the Jaccard index, to within three standard errors."""
    one, two = article(7), changed(article(7), share)
    runs = [
        {tuple(words[i : i + 3]) for words in map(str.split, lines) for i in range(len(words) - 2)}
        for lines in ([line.lower().replace(".", "") for line in text] for text in (one, two))
    ]
    exact = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    values = [np.frombuffer(page("x", lines).signature, "u1") for lines in (one, two)]
    assert np.mean(values[0] == values[1]) == pytest.approx(exact, abs=3 * 0.5 / 128**0.5)


def test_a_copy_cut_to_its_first_half_is_a_copy():
    """All of the shorter one stands in the longer one."""
    assert copies(page("a", article(1)), page("b", article(1)[:6])) == {"b": "a"}


def test_a_long_statement_that_both_quote_makes_no_copy():
    """Half of the words in common, but in one line of seven: two reports on one statement."""
    statement = " ".join(article(9, n_lines=6))
    one, two = ([*article(seed, n_lines=6), statement] for seed in (1, 2))
    assert copies(page("a", one), page("b", two)) == {}


def test_an_article_with_half_of_its_paragraphs_new_is_no_copy():
    """It adds as much as it repeats, so both count."""
    assert copies(page("a", article(1)), page("b", article(1)[:6] + article(2)[:6])) == {}


def test_copies_of_copies_are_copies():
    """Three versions, each a little further from the first: the first counts."""
    versions = [article(1)]
    for seed in range(4):
        versions.append(changed(versions[-1], 0.18, seed))
    assert copies(page("a", versions[0]), page("e", versions[4])) == {}
    scans = [page(name, lines) for name, lines in zip("abcde", versions, strict=True)]
    assert copies(*scans) == dict.fromkeys("bcde", "a")


def test_more_copies_than_are_compared_at_once_are_all_found():
    """Forty copies of one article, among a hundred others, leave one."""
    scans = [page(f"{i:02}", changed(article(1), 0.05, i)) for i in range(40)]
    others = [page(f"other-{i}", article(100 + i)) for i in range(100)]
    assert copies(*scans, *others) == {f"{i:02}": "00" for i in range(1, 40)}


@pytest.mark.parametrize("share", [0.3, 0.35, 0.4])
def test_an_article_with_more_words_changed_is_no_copy(share):
    """With a third of the words its own it has a fifth of the runs in common."""
    versions = (page(f"{i}", changed(article(1), share, i)) for i in range(12))
    assert copies(page("x", article(1), date=None), *versions) == {}


def test_short_texts_are_copies_only_if_nearly_all_is_the_same():
    """24 of 40 words in common are half of the runs, and of a longer text would make a copy."""
    one, two = (
        [f"{x[0]} {y[0]}"] for x, y in ((article(1, 1, 24), article(k, 1, 16)) for k in (2, 3))
    )
    assert copies(page("a", one), page("b", two)) == {}
    assert copies(page("a", one), page("b", one)) == {"b": "a"}


def test_articles_without_text_are_copies_of_nothing():
    """Headlines alone say too little."""
    assert copies(page("a", []), page("b", []), page("c", ["Short."]), page("d", ["Short."])) == {}


# ---- copies across outlets ------------------------------------------------------------------


def test_across_outlets_each_keeps_its_own_and_the_group_says_so():
    """Nothing is a copy within an outlet; all three carry the id of the earliest."""
    scans = [
        page("a", article(1), "Echo", date="2031-05-05"),
        page("b", changed(article(1), 0.1), "Post", date="2031-05-04"),
        page("c", changed(article(1), 0.1, 1), "Tribune"),
        page("d", article(2), "Tribune"),
    ]
    settled = settle(scans)
    assert settled.copy_of == {}
    assert settled.shared == {"a": "c", "b": "c", "c": "c"}


def test_copies_within_one_outlet_are_no_group():
    """A group takes two outlets; a copy belongs to the group of what it is a copy of."""
    scans = [page("a", article(1)), page("b", article(1))]
    assert settle(scans).shared == {}
    settled = settle([*scans, page("c", article(1), "Post")])
    assert settled.copy_of == {"b": "a"}
    assert settled.shared == {"a": "a", "b": "a", "c": "a"}


def test_another_outlets_version_between_two_of_ones_own_makes_no_copy():
    """Echo's two reports differ; that Post's stands between them does not merge them."""
    middle = changed(article(1), 0.18, 1)
    far = changed(middle, 0.18, 2)
    echo = page("a", article(1)), page("c", far)
    settled = settle([*echo, page("b", middle, "Post")])
    assert settled.copy_of == {}
    assert settled.shared == {"a": "a", "b": "a", "c": "a"}


# ---- boilerplate ----------------------------------------------------------------------------


def test_boilerplate_makes_no_copies():
    """Fifty lines of rules stand on four of ten pages, with five lines of article each."""
    rules = article(99, n_lines=50)
    scans = [page(f"{i}", [*article(i, 5), *(rules if i < 4 else [])]) for i in range(10)]
    assert copies(*scans[:2]) == {"1": "0"}  # of two pages nobody can tell
    assert copies(*scans) == {}


@pytest.mark.parametrize("date", ["2031-05-01", "2031-05-09"])
def test_one_outlets_boilerplate_is_no_copy_of_anothers_article(date):
    """Post quotes, before Echo or after, all of Echo's rules and eight lines of an article."""
    rules = article(99, n_lines=30)
    scans = [page(f"{i}", [*article(i, 10), *rules]) for i in range(5)]
    for i in range(5):
        quoted = [*article(i, 10)[:8], *rules]
        assert settle([*scans, page("post", quoted, "Post", date=date)]).shared == {}


@pytest.mark.parametrize(("n_more", "is_shared"), [(0, True), (5, True), (30, False)])
def test_an_article_is_compared_with_anothers_without_its_boilerplate(n_more, is_shared):
    """Echo's pages are three quarters rules; ten of Post's ten, 15 or 40 lines are its article."""
    rules = article(99, n_lines=30)
    scans = [page(f"{i}", [*article(i, 10), *rules]) for i in range(5)]
    post = page("post", article(3, 10) + article(77, n_more), "Post")
    assert settle([*scans, post]).shared == ({"3": "3", "post": "3"} if is_shared else {})


def test_copies_are_found_among_boilerplate():
    """Three of fifty pages have an article that is there already, a tenth of it reworded."""
    rules = article(99, n_lines=40)
    scans = [page(f"{i}", [*article(i, 12), *rules]) for i in range(47)]
    again = [page(f"x{i}", [*changed(article(i, 12), 0.1), *rules]) for i in range(3)]
    assert copies(*scans, *again) == {"x0": "0", "x1": "1", "x2": "2"}


def test_three_copies_are_not_taken_for_boilerplate():
    """Every line stands in all three articles of the outlet, which are one article."""
    assert copies(*(page(name, article(1)) for name in "abc")) == {"b": "a", "c": "a"}


def test_with_the_body_given_boilerplate_of_two_pages_makes_no_copy():
    """Of two pages nothing tells rules from article, unless the caller does."""
    rules = article(99, n_lines=30)
    pages = {name: article(seed, 2) for seed, name in enumerate("ab")}
    assert copies(*(page(n, [*own, *rules]) for n, own in pages.items())) == {"b": "a"}
    assert copies(*(page(n, [*own, *rules], body=own) for n, own in pages.items())) == {}


# ---- recurring lines ------------------------------------------------------------------------


def recurring(scans: list[Scan], outlet: str = "Echo") -> frozenset[int]:
    return settle(scans).recurring[outlet]


def under(n_with: int, n: int, outlet: str = "Echo") -> list[Scan]:
    """`n` different articles, the note under so many of them."""
    notes = [NOTE] * n_with + [""] * (n - n_with)
    return [page(f"{outlet}-{i}", [*article(i), x], outlet) for i, x in enumerate(notes)]


@pytest.mark.parametrize(
    ("n_with", "n", "recurs"),
    [
        (2, 2, False),
        (3, 3, True),
        (2, 3, False),
        (4, 4, True),
        (3, 4, False),
        (3, 5, True),
        (2, 5, False),
        (3, 20, True),
    ],
)
def test_a_line_recurs_in_three_articles_and_of_up_to_four_in_all(n_with, n, recurs):
    """Two are a chance; of four articles three may be one story."""
    assert recurring(under(n_with, n)) == (frozenset({line_hash(NOTE)}) if recurs else frozenset())


@pytest.mark.parametrize(
    ("n_with", "n", "recurs"),
    [(4, 500, False), (5, 500, True), (19, 3_000, False), (20, 3_000, True)],
)
def test_in_a_large_outlet_a_line_recurs_in_one_percent_or_in_twenty(n_with, n, recurs):
    """5 = 1 % of 500; 20 is less than 1 % of 3,000, but no chance."""
    scans = [bare(f"{i}", *([NOTE] if i < n_with else [])) for i in range(n)]
    assert (line_hash(NOTE) in recurring(scans)) == recurs


def test_a_line_under_copies_counts_once():
    """Three articles carry the note, but two of them are one."""
    scans = under(2, 6)
    copy = page("copy", [*changed(article(0), 0.1), NOTE])
    assert settle([*scans, copy]).copy_of == {"copy": "Echo-0"}
    assert recurring([*scans, copy]) == frozenset()
    assert recurring([*scans, page("new", [*article(77), NOTE])]) == {line_hash(NOTE)}


def test_what_recurs_in_one_outlet_does_not_in_another():
    """Two of Post's articles carry what three of Echo's do."""
    settled = settle([*under(3, 6), *under(2, 6, "Post")])
    assert settled.recurring == {"Echo": {line_hash(NOTE)}, "Post": frozenset()}


def test_a_line_that_stands_twice_in_an_article_counts_once():
    """Two articles, one with the line twice, are two."""
    scans = [page(f"{i}", [*article(i), *(["Follow us."] * min(i, 2))]) for i in range(6)]
    assert recurring([*scans[:3], *(page(f"x{i}", article(90 + i)) for i in range(3))]) == set()
    assert recurring(scans) == {line_hash("Follow us.")}


def test_lines_differ_by_case_and_in_sentences_by_numbers():
    """One number is as good as another only in a short line, which is a counter or a stamp."""
    assert line_hash("3 min  read\t") == line_hash("12 min\xa0read")
    assert line_hash("Read more") != line_hash("READ MORE")
    sentence = "The council met {} times this year to talk of the bridge."
    assert line_hash(sentence.format(3)) != line_hash(sentence.format(4))
    assert 0 <= line_hash("Read more") < 2**64


def test_what_is_set_aside_makes_no_line_recur_and_no_copy():
    """A page in another language is out of the corpus before anything is counted."""
    italian = [x._replace(language="it", document=f"it-{x.document}") for x in under(3, 3)]
    settled = settle([*under(2, 5), *italian])
    assert settled.set_aside == {f"it-Echo-{i}": "in it, not in English" for i in range(3)}
    assert settled.recurring == {"Echo": frozenset()}
    assert settled.copy_of == {}


# ---- openings of headlines ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n_with", "n", "recurs"),
    [(2, 10, False), (3, 10, True), (3, 100, True), (3, 101, False), (6, 200, True)],
)
def test_an_opening_recurs_in_three_headlines_and_three_percent(n_with, n, recurs):
    """3 % of 100 is 3, of 101 more than 3; headlines without an opening count below."""
    scans = [bare(f"{i}", opening="watch" if i < n_with else "") for i in range(n)]
    without = [bare(f"no headline {i}") for i in range(50)]
    assert settle([*scans, *without]).openings["Echo"] == ({"watch"} if recurs else set())


def test_scan_tells_a_headline_without_opening_from_no_headline():
    """Only the first belongs to the headlines of which an opening has its share."""
    assert page("a", [], headline="WATCH: The ferry sails").opening == "watch"
    assert page("a", [], headline="The ferry sails").opening == ""
    assert page("a", [], headline=None).opening is None


def test_an_opening_above_copies_counts_once():
    """Three headlines begin with it, two of them above one article."""
    scans = [page(f"{i}", article(i), headline="WATCH: The ferry") for i in range(2)]
    others = [page(f"o{i}", article(50 + i)) for i in range(5)]
    copy = page("copy", article(1), headline="WATCH: The ferry")
    assert settle([*scans, *others, copy]).openings["Echo"] == set()
    third = page("third", article(9), headline="WATCH: The ferry")
    assert settle([*scans, *others, third]).openings["Echo"] == {"watch"}


# ---- order, parts, size ---------------------------------------------------------------------


def small_corpus() -> list[Scan]:
    """Copies in and across outlets, equal days, no days, notes, openings, other languages."""
    scans = [*under(3, 6), *under(4, 5, "Post")]
    for i, (share, outlet, date) in enumerate(
        itertools.product((0.05, 0.18), ("Echo", "Post", "Tribune"), ("2031-05-03", None))
    ):
        lines = changed(article(i % 3), share, i)
        scans.append(page(f"copy-{i}", lines, outlet, date=date, headline="LIVE: The ferry"))
    return [*scans, page("x", article(55), "Tribune")._replace(language="it")]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_neither_order_nor_parts_nor_repetition_change_the_decisions(data):
    """Any cut into parts, in any order, with some parts sent twice, is the same corpus."""
    scans = small_corpus()
    whole = settle(scans)
    assert whole.copy_of
    assert whole.shared
    order = data.draw(st.permutations(scans))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(scans)), max_size=3)))
    parts = [order[a:b] for a, b in itertools.pairwise([0, *cuts, len(scans)])]
    assert settle(itertools.chain(*parts, parts[0])) == whole


def test_two_articles_with_one_id_are_refused():
    """Which of them a decision means could not be said."""
    scans = [page("a", article(1)), page("a", article(2)), page("b", article(3))]
    message = r"^two different articles have the id 'a'; give each its own$"
    with pytest.raises(ValueError, match=message):
        settle(scans)


def test_no_articles_give_no_decisions():
    """An empty corpus settles, and so does one of a single empty article."""
    assert settle([]) == Decisions({}, {}, {}, {}, {})
    settled = settle([page("a", [], headline=None)])
    assert settled == Decisions({}, {}, {"Echo": frozenset()}, {"Echo": frozenset()}, {})


def test_a_scan_keeps_less_than_a_kilobyte_of_an_article_and_no_text():
    """Of twenty lines of forty words; and of a page of ten thousand lines at most five."""
    usual = page("echo-0123456789", article(1, n_lines=20, n_words=40))
    assert sum(map(sys.getsizeof, usual)) + sys.getsizeof(usual) < 1_000
    endless = page("a", [*article(1, n_lines=5_000), *(f"item {'x' * i}" for i in range(5_000))])
    assert sum(map(sys.getsizeof, endless)) < 5_000
    assert pickle.loads(pickle.dumps(usual)) == usual


def test_of_many_short_lines_the_first_and_last_are_kept():
    """Furniture stands at both ends of a page."""
    lines = [f"item {'x' * i}" for i in range(1_000)]
    kept = np.frombuffer(page("a", lines, body=article(1)).lines, "<u8")
    assert {line_hash(lines[0]), line_hash(lines[-1])} <= set(kept.tolist())
    assert line_hash(lines[500]) not in kept


@pytest.mark.slow
def test_a_scan_is_the_same_in_every_process():
    """Neither the seed of Python's hashes nor what was scanned before has a say."""
    lines = article(3)
    code = f"from biaskit.scans import scan; print(scan('a', 'Echo', None, 'H', {lines!r}))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert printed == {f"{scan('a', 'Echo', None, 'H', lines)}\n"}


@pytest.mark.parametrize(
    "line", ["\ud800 half a letter " * 9, "\0" * 50, "один два три " * 9, "字" * 500, "¶ " * 50]
)
def test_any_text_can_be_scanned(line):
    """Lone surrogates, NULs, other scripts and bare marks raise nothing."""
    settle([scan("a", "Echo", None, line, [line, "", " "]), page("b", [line])])


# ---- ../shared/data -------------------------------------------------------------------------

ARTICLES, HEADLINES = (SHARED / "data" / f"{x}.jsonl.gz" for x in ("articles", "headlines"))


def read(file) -> list[dict]:
    if not file.is_file():
        pytest.skip(f"{file.name} is not at hand")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.slow
def test_planted_copies_are_found_and_others_on_their_topic_and_day_are_not():
    """100 articles with 5-20 % of words changed: recall .95, precision .98 or more."""
    rows = read(ARTICLES)
    draw = random.Random(1)
    vocabulary = [word for row in rows[:200] for word in row["text"].split()]
    planted = {}
    for row in draw.sample(rows, 100):
        lines = [line.split(" ") for line in row["text"].split("\n")]
        places = [(i, j) for i, line in enumerate(lines) for j, word in enumerate(line) if word]
        for i, j in draw.sample(places, round(draw.uniform(0.05, 0.2) * len(places))):
            lines[i][j] = draw.choice(vocabulary)
        planted[f"copy of {row['id']}"] = (row, [" ".join(line) for line in lines])
    scans = [scan(x["id"], x["domain"], x["date"], x["title"], x["text"].split("\n")) for x in rows]
    scans += [scan(n, x["domain"], x["date"], n, lines) for n, (x, lines) in planted.items()]
    settled = settle(scans)
    assert settled.set_aside == {}
    found = sum(
        {(name, row["id"]), (row["id"], name)} & settled.copy_of.items() != set()
        for name, (row, _) in planted.items()
    )
    happening = defaultdict(list)
    group = {**settled.shared, **settled.copy_of}
    for row in rows:
        happening[row["topic"], row["date"]].append(group.get(row["id"], row["id"]))
    others = sum(len(ids) - len(set(ids)) for (_, day), ids in happening.items() if day)
    assert found >= 95
    assert found / (found + others) >= 0.98


def test_the_opening_of_half_of_an_outlets_headlines_is_found():
    """The Kyiv Independent begins 54 % of its headlines with the same three words."""
    rows = read(HEADLINES)
    scans = [scan(f"{i}", x["outlet"], None, x["title"], []) for i, x in enumerate(rows)]
    assert settle(scans).openings["The Kyiv Independent"] == {"ukraine war latest"}
