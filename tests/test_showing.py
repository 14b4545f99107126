"""A shown table is the table: the same numbers, in words a reader needs, and harmless."""

import math

import pandas as pd
import pytest
from lxml import html

from biaskit.figures import COLOURS
from biaskit.kwic import kwic_lines
from biaskit.rates import marker_rates
from biaskit.showing import SHADES, show_comparisons, show_lines, show_rates
from biaskit.tables import COLUMNS, build

ATTACK = '<script>alert(1)</script> & "this"'


def cells(shown):
    """The texts of a shown table: of its head, and of each row."""
    page = html.fromstring(shown.to_html())
    head = [th.text_content().strip() for th in page.xpath("//thead//th")]
    return head, [[td.text_content() for td in row.xpath("td")] for row in page.xpath("//tbody/tr")]


def styles(shown, column):
    """The style of each cell of a column, by the rules that the browser would use."""
    shown._compute()
    place = list(shown.data.columns).index(column)
    return ["; ".join(f"{k}: {v}" for k, v in shown.ctx[i, place]) for i in range(len(shown.data))]


@pytest.fixture
def rates():
    """One outlet with an interval, one with too few articles, one without a word."""
    rows = [
        ("Echo", "narration", 30, 12_000, 9, 6, 2.5, 1.25, 3.75, 0.3),
        ("Post", "quoted", 1, 40, 2, 1, 25.0, None, None, 1.0),
        ("Tribune", "all", 0, 0, 0, 0, None, None, None, None),
    ]
    return build("rates", rows)


@pytest.fixture
def comparisons():
    """Twice as often and sure; half as often and not; tested by t alone."""
    counts = {name: 1 for name, (kind, _) in COLUMNS["comparisons"].items() if kind == "count"}
    common = {**counts, "level": "frame", "target": "Post", "reference": "Echo"}
    rows = [
        {**common, "item": "distancing", "n_target": 1_200, "n_reference": 600, "log_ratio": 1.0,
         "low": 0.5, "high": 1.5, "p": 0.0002, "p_t": 0.0002, "q": 0.0021},
        {**common, "item": "drama", "n_target": 3, "n_reference": 6, "log_ratio": -1.0,
         "p": None, "p_t": 0.31, "q": 0.62},
    ]  # fmt: skip
    return build("comparisons", rows)


def test_a_rate_stands_with_its_interval_and_what_it_is_made_of(rates):
    """2.5 [1.2, 3.8] per 1,000 tokens: 30 hits in 12,000 tokens, in 6 of 9 articles."""
    head, rows = cells(show_rates(rates))
    assert head == [
        "outlet", "voice", "markers per 1,000 tokens [95 % interval]", "hits", "tokens",
        "articles with a hit",
    ]  # fmt: skip
    assert rows == [
        ["Echo", "narration", "2.5 [1.2, 3.8]", "30", "12,000", "6 of 9"],
        ["Post", "quoted", "25.0", "1", "40", "1 of 2"],
        ["Tribune", "all", "–", "0", "0", "0 of 0"],
    ]


def test_without_any_interval_none_is_promised(rates):
    """The head has no brackets, and the caption says why."""
    shown = show_rates(rates[1:])
    assert cells(shown)[0][2] == "markers per 1,000 tokens"
    assert shown.caption.endswith("below five articles there is no interval")
    assert "interval" not in show_rates(rates).caption


def test_outlets_have_their_colours_and_voices_their_shades(rates):
    """Those of the figures and of the report; narration has none."""
    shown = show_rates(rates)
    for style, colour in zip(styles(shown, "outlet"), COLOURS, strict=False):
        assert f"solid {colour}" in style
    narration, quoted, every = styles(shown, "voice")
    assert SHADES["quoted"] in quoted
    assert "background" not in narration + every


def test_the_hit_is_bold_and_shaded_by_voice(measured):
    """Each line with its words left and right, in the order of the table."""
    lines = kwic_lines(measured)
    shown = show_lines(lines)
    head, rows = cells(shown)
    assert head == ["article", "zone", "voice", "left", "hit", "right"]
    assert [row[3:] for row in rows] == lines[["left", "node", "right"]].to_numpy().tolist()
    for style, voice in zip(styles(shown, "hit"), lines["voice"], strict=True):
        assert "font-weight: bold" in style
        assert (SHADES.get(voice, "background") in style) == (voice in SHADES)
    assert {*lines["voice"]} >= {"narration", "quoted"}


def test_a_zone_that_is_the_same_in_all_lines_is_left_out(measured):
    """It would take room and say nothing."""
    lines = kwic_lines(measured)
    assert "zone" not in cells(show_lines(lines[lines["zone"] == "body"]))[0]


def test_lines_left_out_are_counted(measured):
    """`most` lines are shown, and the caption says of how many."""
    lines = kwic_lines(measured)
    shown = show_lines(lines, 2)
    assert len(cells(shown)[1]) == 2
    assert shown.caption.startswith(f"The first 2 of {len(lines)} lines")
    assert show_lines(lines).caption.startswith(f"{len(lines)} lines")
    assert show_lines(lines[:1]).caption.startswith("1 line,")


def test_differences_are_told_in_times_with_p_and_q(comparisons):
    """2 ** log_ratio, between 2 ** low and 2 ** high; Student's p where nothing was shuffled."""
    shown = show_comparisons(comparisons)
    _, rows = cells(shown)
    assert rows == [
        ["distancing", "Post", "Echo", "2.0 [1.4, 2.8]", "1,200 : 600", "< .001", ".002"],
        ["drama", "Post", "Echo", "0.50", "3 : 6", ".310", ".620"],
    ]
    assert math.isclose(2**1.5, 2.83, abs_tol=0.01)
    sure, unsure = styles(shown, "q")
    assert "bold" in sure
    assert "bold" not in unsure
    assert COLOURS[0] in styles(shown, "reference")[0]
    assert COLOURS[1] in styles(shown, "target")[0]


def test_rows_left_out_of_a_comparison_are_counted(comparisons):
    """The first of them, and of how many."""
    assert len(cells(show_comparisons(comparisons, 1))[1]) == 1
    assert show_comparisons(comparisons, 1).caption.endswith(", the first 1 of 2")
    assert "first" not in show_comparisons(comparisons).caption


def test_markup_in_an_article_is_seen_and_does_nothing(rates, comparisons, measured):
    """Whatever stands in a text, a name of an outlet, of an article or of an entry."""
    lines = kwic_lines(measured).assign(node=ATTACK, left=ATTACK, right=ATTACK, label=ATTACK)
    everything = [
        show_lines(lines),
        show_rates(rates.assign(outlet=ATTACK)),
        show_comparisons(comparisons.assign(item=ATTACK, target=ATTACK)),
    ]
    for shown in everything:
        page = html.fromstring(shown._repr_html_())
        assert not page.xpath("//script")
        assert ATTACK in page.text_content()


def test_a_table_shown_twice_is_the_same_and_two_tables_share_no_style(rates):
    """Names of styles come from what is shown; a notebook run again differs in nothing."""
    assert show_rates(rates)._repr_html_() == show_rates(rates)._repr_html_()
    names = {html.fromstring(s.to_html()).xpath("//table/@id")[0]
             for s in (show_rates(rates), show_rates(rates[:1]))}  # fmt: skip
    assert len(names) == 2


def test_outside_a_notebook_it_is_text(rates):
    """Caption and rows, and no address in memory."""
    told = repr(show_rates(rates))
    assert told.startswith("How often markers occur, and in whose voice\n")
    assert "2.5 [1.2, 3.8]" in told
    assert "0x" not in told


def test_the_table_is_left_as_it_was(rates, measured):
    """Showing changes nothing."""
    before = rates.copy()
    show_rates(rates)._repr_html_()
    pd.testing.assert_frame_equal(rates, before)
    table = marker_rates(measured)
    assert len(cells(show_rates(table))[1]) == len(table)
