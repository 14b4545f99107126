"""Figures show the numbers of their tables where a reader looks for them, and nothing else."""

from html import unescape

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.text import Text

from biaskit.figures import (
    COLOURS,
    alternation_figure,
    articles_by_period,
    comparison_figure,
    coverage_figure,
    keyness_figure,
    null_check_figure,
    outlet_colours,
    paired_figure,
    power_figure,
    rates_figure,
    sentiment_figure,
    sentiment_spread_figure,
    specification_figure,
    target_sentiment_figure,
    timeline_figure,
    voices_figure,
    word_shift_figure,
)
from biaskit.figures.captions import about_differences, about_pairs
from biaskit.figures.labels import times_axis
from biaskit.figures.makers import most_used
from biaskit.figures.style import MARKERS, canvas, drawn_in
from biaskit.rates import alternation_shares, marker_rates
from biaskit.sourcing import voice_shares
from biaskit.tables import COLUMNS, build

ROWS = ["narration", "all but quotations", "all voices", "quoted", "reported", "attributed"]
VOICES = ["narration", "unquoted", "all", "quoted", "reported", "attributed"]
TWO, THREE = ["Echo", "Post"], ["Echo", "Post", "Tribune"]
COLOUR = dict(zip(THREE, COLOURS, strict=False))


@pytest.fixture(autouse=True)
def _closed():
    """Figures made without axes are pyplot's, which keeps them until they are closed."""
    yield
    plt.close("all")


@pytest.fixture
def ax():
    return Figure(figsize=(8, 6)).subplots()


@pytest.fixture(scope="module")
def rates(measured):
    return marker_rates(measured)


@pytest.fixture(scope="module")
def shares(measured):
    return alternation_shares(measured)


def of(table, outlets):
    return table[table["outlet"].isin(outlets)].reset_index(drop=True)


def dots(ax):
    return [c for c in ax.collections if isinstance(c, PathCollection)]


def marks(ax, outlet):
    """The rate that the mark of an outlet shows, by its row."""
    (own,) = [c for c in dots(ax) if to_hex(c.get_facecolor()[0]).upper() == COLOUR[outlet]]
    return {round(float(y)): float(x) for x, y in own.get_offsets().data}


def written(ax):
    """The texts inside the axes, by their height."""
    return {round(float(t.get_position()[1]), 6): t.get_text() for t in ax.texts}


# ---- colours ---------------------------------------------------------------------------------


def test_an_outlet_has_one_colour_whatever_the_order():
    """Colours follow the alphabet, so every figure of a set gives an outlet the same one."""
    assert outlet_colours(["Post", "Echo"]) == {"Echo": "#0072B2", "Post": "#D55E00"}
    assert outlet_colours(["Echo", "Post"]) == outlet_colours(["Post", "Echo"])


def test_colours_begin_again_after_twelve():
    """A thirteenth outlet is drawn, in the first colour."""
    colours = outlet_colours([f"outlet {i:02}" for i in range(13)])
    assert len({*colours.values()}) == 12
    assert colours["outlet 12"] == colours["outlet 00"]


def test_no_two_outlets_share_colour_and_mark():
    """Where the colours come round, the marks are others."""
    assert len({(COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i in range(132)}) == 132


def test_only_the_sets_with_the_most_hits_are_drawn_of_many():
    """Of a hundred sets of twelve outlets a page holds five; the others are in the table."""
    rows = [
        (f"set-{k:03}", "word", f"outlet {i:02}", 1 + (k > 90), 1, 1, 1.0, None, None)
        for k in range(100)
        for i in range(12)
    ]
    drawn = most_used(build("shares", rows))
    assert drawn["set"].nunique() == 60 // 12
    assert set(drawn["set"]) <= {f"set-{k:03}" for k in range(91, 100)}


# ---- rates -----------------------------------------------------------------------------------


@pytest.mark.parametrize("outlets", [TWO, THREE], ids=["two outlets", "three outlets"])
def test_every_known_rate_is_a_mark_in_its_row(rates, outlets):
    """A mark stands at its rate, in the row of its voice; an unknown rate has none."""
    ax = rates_figure(of(rates, outlets))
    assert [t.get_text() for t in ax.get_yticklabels()] == ROWS
    assert ax.get_yticks().tolist() == [0, 1, 2, 3, 4, 5]
    for outlet in outlets:
        known = of(rates, [outlet]).dropna(subset="per_1000")
        wanted = {VOICES.index(r.voice): r.per_1000 for r in known.itertuples()}
        assert marks(ax, outlet) == pytest.approx(wanted)


def test_echo_is_drawn_as_counted_by_hand(rates):
    """Three hits in 61 tokens of narration, one in 4 quoted ones, four in all 65."""
    ax = rates_figure(of(rates, TWO))
    echo = {0: 3000 / 61, 1: 3000 / 61, 2: 4000 / 65, 3: 1000 / 4}
    assert marks(ax, "Echo") == pytest.approx(echo)
    assert marks(ax, "Post") == pytest.approx(dict.fromkeys(range(3), 2000 / 68))


def test_rows_read_from_narration_down(rates):
    """The first row stands on top, with room around the first and the last."""
    ax = rates_figure(rates)
    assert ax.get_ylim() == (5.5, -0.5)


def test_beside_each_mark_stand_hits_and_tokens(rates):
    """A rate never stands without its counts, which stand to its right at its height."""
    ax = rates_figure(of(rates, ["Echo"]))
    assert written(ax) == {
        0: "3 in 61 tokens",
        1: "3 in 61 tokens",
        2: "4 in 65 tokens",
        3: "1 in 4 tokens",
    }
    at = {round(t.get_position()[1]): t.get_position()[0] for t in ax.texts}
    assert all(at[y] > x for y, x in marks(ax, "Echo").items())


def test_marks_of_outlets_do_not_cover_each_other(rates):
    """In a row each outlet has its own height, the first in the alphabet on top."""
    drawn = dots(rates_figure(rates))
    heights = [sorted(c.get_offsets().data[:, 1])[0] for c in drawn]
    assert heights == pytest.approx([-0.28, 0, 0.28])
    assert len({c.get_paths()[0].vertices.tobytes() for c in drawn}) == 3  # shapes differ, too


def test_the_legend_counts_articles(rates):
    """Labels read "Echo (2 articles)", so that one article looks like one."""
    legend = rates_figure(rates).get_legend()
    assert [t.get_text() for t in legend.get_texts()] == [
        "Echo (2 articles)",
        "Post (2 articles)",
        "Tribune (1 article)",
    ]


def test_the_legend_shows_each_outlet_in_its_colour(rates):
    """What the legend calls Post is what is drawn for Post."""
    legend = rates_figure(rates).get_legend()
    shown = [to_hex(h.get_facecolor()[0]).upper() for h in legend.legend_handles]
    assert shown == [COLOUR[outlet] for outlet in THREE]


def test_the_axis_says_the_unit(rates):
    """A reader sees what 50 means; an axis of names needs no label."""
    ax = rates_figure(rates)
    assert ax.get_xlabel() == "markers per 1,000 tokens of that voice"
    assert ax.get_ylabel() == ""
    assert ax.get_title("left") == "How often markers occur, and in whose voice"


@pytest.fixture
def with_interval():
    """Two outlets of five articles, one with an interval that reaches far."""
    return build(
        "rates",
        [
            ("Echo", "all", 20, 1000, 5, 5, 20.0, 8.0, 32.0, 0.4),
            ("Post", "all", 5, 12500, 5, 3, 0.4, None, None, 0.6),
        ],
    )


def lines(ax):
    drawn = [c for c in ax.collections if isinstance(c, LineCollection)]
    return [segment.tolist() for c in drawn for segment in c.get_segments()]


def test_an_interval_is_drawn_where_there_is_one(with_interval, rates):
    """From low to high at the height of its mark; where none is known none is drawn."""
    ax = rates_figure(with_interval)
    assert np.allclose(lines(ax), [[[8.0, 2 - 0.28], [32.0, 2 - 0.28]]])
    assert lines(rates_figure(rates)) == []


def test_counts_stand_beyond_the_interval(with_interval):
    """The interval does not run through the words; thousands are set off."""
    texts = {t.get_text(): t.get_position()[0] for t in rates_figure(with_interval).texts}
    assert texts["20 in 1,000 tokens"] > 32.0
    assert 0.4 < texts["5 in 12,500 tokens"] < 8.0


def test_nothing_lies_outside_the_axes(with_interval):
    """The axis begins at zero and ends beyond the longest interval and its words."""
    left, right = rates_figure(with_interval).get_xlim()
    assert left <= 0
    assert right > 32 * 1.2


def test_rates_of_zero_are_drawn_at_zero(rates):
    """An outlet without a hit still has its marks: 0 in 32 is a finding."""
    ax = rates_figure(of(rates, ["Tribune"]))
    texts = [t.get_text() for t in ax.texts]
    assert texts == ["0 in 32 tokens"] * 3
    assert ax.get_xlim()[1] > 0


# ---- voices ----------------------------------------------------------------------------------


@pytest.mark.parametrize("outlets", [TWO, THREE], ids=["two outlets", "three outlets"])
def test_each_outlets_words_are_divided_among_the_voices(measured, outlets):
    """One bar an outlet, from the top in alphabetical order, its pieces as long as the shares."""
    ax = voices_figure(of(voice_shares(measured), outlets))
    assert [t.get_text() for t in ax.get_yticklabels()] == outlets
    assert ax.get_ylim()[0] > ax.get_ylim()[1]
    pieces = {}
    for y, left, width, colour in bars(ax):
        pieces.setdefault(y, []).append((left, width, colour))
    echo = [(left, width) for left, width, _ in pieces[0] if width]
    assert echo == [(0, round(61 / 65, 6)), (round(61 / 65, 6), round(4 / 65, 6))]
    assert [width for _, width, _ in pieces[1] if width] == [1]


def test_voices_have_one_colour_each_and_a_legend(measured):
    """The legend names the voices in the order of the pieces."""
    ax = voices_figure(voice_shares(measured))
    voices = ["narration", "quoted", "reported", "attributed"]
    legend = ax.get_legend()
    assert [t.get_text() for t in legend.get_texts()] == voices
    shown = [to_hex(handle.get_facecolor()).upper() for handle in legend.legend_handles]
    assert len({*shown}) == 4
    narration = [colour for _, left, width, colour in bars(ax) if left == 0 and width]
    assert narration == [shown[0]] * 3


def test_pieces_of_voices_say_how_many_tokens(measured):
    """61 tokens of narration stand in the middle of the piece; too thin a piece has no number."""
    texts = {t.get_text(): t.get_position() for t in voices_figure(voice_shares(measured)).texts}
    assert texts["61"] == (pytest.approx(61 / 65 / 2), 0)
    assert texts["68"] == (pytest.approx(1 / 2), 1)
    thin = build(
        "voices",
        [("Echo", v, n, n / 1000, None, None, 1, 0)
         for v, n in (("narration", 990), ("quoted", 10), ("reported", 0), ("attributed", 0))],
    )  # fmt: skip
    assert [t.get_text() for t in voices_figure(thin).texts] == ["990"]


def test_shares_of_voices_are_read_in_per_cent(measured):
    """The axis says of what."""
    ax = voices_figure(voice_shares(measured))
    assert ax.get_xlabel() == "share of the outlet's tokens (number of tokens in the bar)"
    assert ax.get_xlim() == (0, 1)
    assert ax.xaxis.get_major_formatter()(0.4) == "40%"


def test_an_outlet_without_words_has_an_empty_bar():
    """Its share is unknown, not 0 %; the others are drawn all the same."""
    rows = [("Echo", v, 0, None, None, None, 1, 0) for v in VOICES[3:] + VOICES[:1]]
    rows += [("Post", v, 5, 0.25, None, None, 1, 0) for v in VOICES[3:] + VOICES[:1]]
    ax = voices_figure(build("voices", rows))
    assert [t.get_text() for t in ax.get_yticklabels()] == TWO
    assert {y for y, _, width, _ in bars(ax) if width} == {1}


# ---- alternation -----------------------------------------------------------------------------


def bars(ax):
    """(height, left, width, colour) of the pieces of all bars, from the top."""
    pieces = [
        (p.get_y() + p.get_height() / 2, p.get_x(), p.get_width(), to_hex(p.get_facecolor()))
        for p in ax.patches
    ]
    return sorted((round(y, 6), round(x, 6), round(w, 6), c.upper()) for y, x, w, c in pieces)


def test_bars_are_cut_by_the_shares(shares):
    """Echo's bar is all coup; Post's is two thirds uprising and one third the plain variant."""
    drawn = bars(alternation_figure(shares))
    assert [piece[1:3] for piece in drawn] == [
        (0, 1),
        (0, pytest.approx(2 / 3, abs=1e-6)),
        (pytest.approx(2 / 3, abs=1e-6), pytest.approx(1 / 3, abs=1e-6)),
    ]
    assert [c for _, left, _, c in drawn if left == 0] == [COLOUR["Echo"], COLOUR["Post"]]
    assert drawn[2][3] not in COLOURS  # the second variant is a lighter shade


def test_an_outlet_without_a_variant_has_no_bar(shares):
    """Tribune writes of no change at all: no bar, which is not the same as an empty one."""
    ax = alternation_figure(shares)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Echo", "Post"]
    assert ax.get_yticks().tolist() == sorted({y for y, *_ in bars(ax)})


def test_pieces_name_variant_and_hits(shares):
    """Each piece says which word and how many, in its middle."""
    texts = {t.get_text(): t.get_position()[0] for t in alternation_figure(shares).texts}
    assert texts == {
        "Change": 0,
        "coup 3": pytest.approx(1 / 2),
        "uprising 2": pytest.approx(1 / 3),
        "plain 1": pytest.approx(5 / 6),
    }


@pytest.fixture
def sets():
    """`b-set` is used by two outlets, `a-set` by one; one variant is too thin for its name."""
    return build(
        "shares",
        [
            ("a-set", "one", "Echo", 0, 0, 0, None, None, None),
            ("a-set", "one", "Post", 4, 4, 1, 1.0, None, None),
            ("b-set", "long name of it", "Echo", 99, 100, 2, 0.99, None, None),
            ("b-set", "long name of it", "Post", 1, 1, 1, 1.0, None, None),
            ("b-set", "short", "Echo", 1, 100, 2, 0.01, None, None),
            ("b-set", "short", "Post", 0, 1, 1, 0.0, None, None),
        ],
    )


def test_sets_that_can_be_compared_come_first(sets):
    """What more outlets use stands above what fewer use, whatever the names."""
    ax = alternation_figure(sets)
    headings = [t.get_text() for t in ax.texts if t.get_fontweight() == "bold"]
    assert headings == ["B set", "A set"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Echo", "Post", "Post"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_a_piece_too_thin_for_its_name_has_none(sets):
    """Words never run over the neighbouring piece; the table beside the figure has them all."""
    texts = [t.get_text() for t in alternation_figure(sets).texts]
    assert "long name of it 99" in texts
    assert "short 1" not in texts


def test_shares_are_read_in_per_cent(shares):
    """The axis runs from 0 to 100 % of all variants of the set."""
    ax = alternation_figure(shares)
    assert ax.get_xlim() == (0, 1)
    assert ax.get_xlabel().startswith("share of all variants of the set; pieces without a word")
    assert [ax.xaxis.get_major_formatter()(x) for x in (0, 0.2, 1)] == ["0%", "20%", "100%"]


def test_colours_of_shares_are_those_of_rates(shares):
    """An outlet that uses no variant keeps its place among the colours."""
    without_echo = shares.assign(
        n=shares["n"].where(shares["outlet"] != "Echo", 0),
        share=shares["share"].where(shares["outlet"] != "Echo"),
    )
    assert bars(alternation_figure(without_echo))[0][3] == COLOUR["Post"]


# ---- sentiment -------------------------------------------------------------------------------


@pytest.fixture
def sentences():
    """One article: narration, a caption, mixed, wholly quoted, neutral; then another article."""
    columns = ["document", "sentence", "zone", "start", "end", "n_narration", "n_quoted",
               "n_reported", "n_attributed", "vader", "polarity", "subjectivity"]  # fmt: skip
    rows = [
        ("echo-1", 0, "headline", 0, 9, 4, 0, 0, 0, 0.5, 0.1, 0.1),
        ("echo-1", 1, "caption", 10, 19, 4, 0, 0, 0, -0.9, 0.1, 0.1),
        ("echo-1", 2, "body", 20, 29, 2, 2, 0, 0, -0.25, 0.1, 0.1),
        ("echo-1", 3, "body", 30, 39, 0, 5, 0, 0, -0.75, 0.1, 0.1),
        ("echo-1", 4, "subhead", 40, 49, 3, 0, 0, 0, 0.0, 0.1, 0.1),
        ("post-1", 0, "body", 0, 9, 4, 0, 0, 0, 1.0, 0.1, 0.1),
    ]
    return pd.DataFrame(rows, columns=columns)


def documents(document="echo-1", outlet="Echo", label="Echo, May 2031"):
    return pd.DataFrame({"document": [document], "outlet": [outlet], "label": [label]})


def columns_of(ax):
    return sorted(
        (round(p.get_x() + p.get_width() / 2, 6), p.get_height(), bool(p.get_hatch()))
        for p in ax.patches
    )


def test_each_sentence_is_a_bar_in_the_order_of_reading(sentences):
    """Sentences of headline, subheads and body count; hatched ones hold no narration."""
    ax = sentiment_figure(sentences, documents())
    assert columns_of(ax) == [(1, 0.5, False), (2, -0.25, False), (3, -0.75, True), (4, 0.0, False)]


def test_a_neutral_sentence_is_seen(sentences):
    """A score of 0 has no height, so it gets a tick: the sentence is there."""
    ax = sentiment_figure(sentences, documents())
    (ticks,) = [line for line in ax.lines if line.get_marker() == "|"]
    assert ticks.get_xydata().tolist() == [[4, 0]]


def test_scores_are_named_and_their_range_is_shown(sentences):
    """VADER runs from -1 to 1; the title says whose article and how many sentences."""
    ax = sentiment_figure(sentences, documents())
    assert ax.get_ylabel() == "VADER score"
    assert ax.get_ylim() == (-1.05, 1.05)
    assert ax.get_title("left") == "Echo, May 2031: 4 sentences"


def test_the_article_is_the_one_asked_for(sentences):
    """Another document gives other bars, and one sentence is not called sentences."""
    ax = sentiment_figure(sentences, documents("post-1", "Post", "Post, 2031"))
    assert columns_of(ax) == [(1, 1.0, False)]
    assert [tick for tick in ax.get_xticks() if 0.3 <= tick <= 1.7] == [1]
    assert ax.get_title("left") == "Post, 2031: 1 sentence"


def test_the_outlets_colour_comes_with_the_document(sentences):
    """Alone an outlet has the first colour; in a set it keeps the one it has there."""
    one = documents("post-1", "Post", "Post, 2031")
    assert to_hex(sentiment_figure(sentences, one).patches[0].get_facecolor()).upper() == COLOURS[0]
    drawn = sentiment_figure(sentences, one, colours=COLOUR).patches[0]
    assert to_hex(drawn.get_facecolor()).upper() == COLOUR["Post"]


# ---- what all of them promise ----------------------------------------------------------------

DRAWN = {
    "rates": lambda m, ax: rates_figure(marker_rates(m), ax),
    "voices": lambda m, ax: voices_figure(voice_shares(m), ax),
    "alternation": lambda m, ax: alternation_figure(alternation_shares(m), ax),
    "sentiment": lambda m, ax: sentiment_figure(m.sentences, m.documents[:1], ax),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_figure_is_drawn_on_the_axes_given(draw, measured, ax):
    """Whoever arranges panels hands over axes and gets the same ones back, filled."""
    assert draw(measured, ax) is ax
    assert ax.patches or ax.collections


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_without_axes_a_figure_makes_its_own(draw, measured):
    """Two figures do not draw over each other."""
    assert draw(measured, None).figure is not draw(measured, None).figure


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_figure_leaves_tables_and_style_alone(draw, measured):
    """Drawing changes neither what it is given nor how the reader's own figures look."""
    style = dict(mpl.rcParams)
    tables = [t.copy() for t in (measured.sentences, measured.documents, measured.hits)]
    draw(measured, None)
    assert dict(mpl.rcParams) == style
    for before, after in zip(
        tables, (measured.sentences, measured.documents, measured.hits), strict=True
    ):
        pd.testing.assert_frame_equal(before, after)


def test_what_a_notebook_turns_on_while_a_figure_is_drawn_stays_on():
    """With the first it learns to show them below cells, and all other settings are undone."""
    before = mpl.is_interactive()
    with drawn_in("slide"):
        mpl.interactive(not before)
    stayed = mpl.is_interactive()
    mpl.interactive(before)
    assert stayed != before


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (rates_figure, "a rates table needs the columns high, largest_share, low, n, n_documents, "
         "n_documents_with, n_tokens, outlet, per_1000, voice; this one has term"),
        (voices_figure, "a voices table needs the columns high, low, n_documents, n_scare, "
         "n_tokens, outlet, share, voice; this one has term"),
        (alternation_figure, "a shares table needs the columns high, low, n, n_documents, n_set, "
         "outlet, set, share, variant; this one has term"),
        (lambda table: sentiment_figure(table, documents()),
         "a sentences table needs the columns document, end, n_attributed, n_narration, n_quoted, "
         "n_reported, polarity, sentence, start, subjectivity, vader, zone; this one has term"),
    ],
    ids=DRAWN,
)  # fmt: skip
def test_a_table_that_lacks_columns_is_refused(draw, message):
    """The message says what is missing and what is there, before anything is drawn."""
    with pytest.raises(ValueError, match="needs the columns") as refused:
        draw(pd.DataFrame({"term": ["coup"]}))
    assert str(refused.value) == message


def test_names_are_written_as_they_are(tmp_path):
    """Dollar signs make no formula, an underscore hides no outlet, a tag makes nothing bold."""
    names = ["<b>Post</b>", "A$AP ^{$ Post", "_Post"]
    rates = [(o, "all", 1, 10, 1, 1, 100.0, None, None, 1.0) for o in names]
    shares = [(o, o, o, 1, 1, 1, 1.0, None, None) for o in names]
    voices = [(o, v, 1, 0.25, None, None, 1, 0) for o in names for v in VOICES[3:]]
    drawn = {
        "rates": rates_figure(build("rates", rates)),
        "shares": alternation_figure(build("shares", shares)),
        "voices": voices_figure(build("voices", voices)),
    }
    written = {}
    for kind, ax in drawn.items():
        with mpl.rc_context({"svg.fonttype": "none"}):
            ax.figure.savefig(tmp_path / kind, format="svg")
        written[kind] = unescape((tmp_path / kind).read_text("utf-8"))
    for name in names:
        assert f">{name} (1 article)</text>" in written["rates"]
        assert f">{name}</text>" in written["shares"]
        assert f">{name} 1</text>" in written["shares"]
        assert f">{name}</text>" in written["voices"]


# ---- what differs, and how far one can trust it ----------------------------------------------


def compared(name, rows, **more):
    """A table of Echo (10 articles) against Post (20), each row with what it is about."""
    item = "term" if name == "keywords" else "item"
    base = {"target": "Echo", "reference": "Post", "voice": "all", "level": "entry",
            "n_documents_target": 10, "n_documents_reference": 20, "p_t": 0.5, **more}  # fmt: skip
    keys = (item, "n_target", "n_with_target", "n_reference", "n_with_reference", "log_ratio",
            "low", "high", "q", "dp_norm")  # fmt: skip
    rows = [{**base, **dict(zip(keys, row, strict=True))} for row in rows]
    columns = COLUMNS[name]
    counts = {c: 0 for c, column in columns.items() if column.kind == "count"}
    return build(name, [{**counts, **{k: v for k, v in r.items() if k in columns}} for r in rows])


ROWS_COMPARED = [
    ("coup", 30, 9, 4, 3, 2.0, 1.0, 3.0, 0.01, 0.2),
    ("regime", 3, 2, 12, 6, -1.0, -2.5, 0.5, 0.4, 0.5),
    ("junta", 0, 0, 5, 4, -3.0, None, None, 0.2, 0.6),
]


def test_large_effects_are_told_without_powers_of_ten():
    """2 ** 7 is 128: "130 times", which nobody has to work out."""
    table = compared("comparisons", [("coup", 30, 9, 4, 3, 7.0, 6.0, 8.0, 0.01, 0.2)])
    assert about_differences(table, "marker").endswith("more often in Echo: coup (130 times).")


def test_comparisons_are_sorted_by_effect_and_say_what_they_rest_on():
    """Most of Echo's on top; hits and the articles that hold them stand beside each row."""
    ax = comparison_figure(compared("comparisons", ROWS_COMPARED))
    assert [t.get_text() for t in ax.get_yticklabels()] == ["coup", "regime", "junta"]
    assert written(ax) == {0: "30 in 9 : 4 in 3", 1: "3 in 2 : 12 in 6", 2: "0 : 5 in 4"}
    assert [d.get_offsets().data.tolist()[0] for d in dots(ax)] == [[2, 0], [-1, 1], [-3, 2]]
    drawn = sorted(line for line in lines(ax) if line[0][0] not in {0, 1} or line[1][0] == 3)
    assert drawn == [[[-2.5, 1], [0.5, 1]], [[1, 0], [3, 0]]]


def test_a_sure_comparison_is_filled_in_the_colour_of_who_has_more():
    """q below .05 is filled; what is not sure is hollow, and a side without a hit an arrow."""
    sure, hollow, bound = dots(comparison_figure(compared("comparisons", ROWS_COMPARED)))
    assert to_hex(sure.get_facecolor()[0]).upper() == COLOUR["Echo"]
    for one in (hollow, bound):
        assert to_hex(one.get_facecolor()[0]) == "#ffffff"
        assert to_hex(one.get_edgecolor()[0]).upper() == COLOUR["Post"]
    shapes = [d.get_paths()[0].vertices.tobytes() for d in (sure, hollow, bound)]
    assert len({*shapes}) == 3


def test_effects_are_read_as_times_as_often():
    """An axis of log2 shows 2, 4 and 1/2, and its label says of what."""
    ax = comparison_figure(compared("comparisons", ROWS_COMPARED))
    ticks = dict(zip(ax.get_xticks().tolist(), [t.get_text() for t in ax.get_xticklabels()],
                     strict=True))  # fmt: skip
    assert ticks[2] == "4"
    assert ticks[0] == "1"
    assert ticks[-2] == "1/4"
    assert ax.get_xlabel().startswith("times as often in Echo as in Post")
    title = " ".join(ax.get_title("left").split())
    assert title == (
        "Markers that Echo (10 articles) uses more or less often than Post (20 articles)"
    )


def test_more_than_one_pair_is_refused():
    """Two comparisons in one figure would be read as one."""
    table = compared("comparisons", ROWS_COMPARED)
    table.loc[0, "reference"] = "Tribune"
    with pytest.raises(ValueError, match=r"the table has Echo and Tribune; Echo and Post$"):
        comparison_figure(table)


def test_only_the_first_rows_are_shown_where_most_is_given():
    """The table is sorted by what is surest; the title says how many there are."""
    ax = comparison_figure(compared("comparisons", ROWS_COMPARED), most=1)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["coup"]
    assert "the 1 surest of 3" in " ".join(ax.get_title("left").split())


def test_keyness_labels_do_not_overlap():
    """Thirty terms at nearly one place: labels that have room are written, none over another."""
    rows = [(f"term{i:02}", 9, 9, 9, 9, 1 + i / 50, 0.5, 2, 0.01, 0.5) for i in range(30)]
    ax = keyness_figure(compared("keywords", rows))
    ax.figure.draw_without_rendering()
    boxes = [Text.get_window_extent(t) for t in ax.texts]
    assert len(boxes) > 3
    for i, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[i + 1 :])


def test_keyness_names_what_is_sure_by_dispersion_and_effect():
    """A term that one side lacks is left to the table; one that is not sure has no name."""
    ax = keyness_figure(compared("keywords", ROWS_COMPARED))
    assert [t.get_text() for t in ax.texts] == ["coup"]
    assert [0.2, 2.0] in [p for d in dots(ax) for p in d.get_offsets().data.tolist()]
    assert not any(p[0] == 0.6 for d in dots(ax) for p in d.get_offsets().data.tolist())


@pytest.fixture
def tellings():
    return build("tellings", [
        ("flood", "Echo", 4, 1000, 1, 4.0), ("flood", "Post", 1, 1000, 1, 1.0),
        ("storm", "Echo", 2, 1000, 1, 2.0), ("storm", "Post", 7, 1000, 1, 7.0),
        ("strike", "Echo", 2, 1000, 1, 2.0),
    ])  # fmt: skip


def test_events_are_joined_and_sorted_by_their_difference(tellings):
    """The event that only one tells has no partner and no row."""
    ax = paired_figure(tellings)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["flood", "storm"]
    assert lines(ax) == [[[1, 0], [4, 0]], [[2, 1], [7, 1]]]
    assert written(ax) == {0: "4 : 1", 1: "2 : 7"}
    with pytest.raises(ValueError, match="no event is told by two outlets"):
        paired_figure(tellings[tellings["outlet"] == "Echo"])


def test_a_cell_is_filled_where_an_outlet_tells_the_event():
    """In the outlet's colour, with its articles; an event left out is an empty cell."""
    rows = [
        ("flood", "Echo", 2),
        ("flood", "Post", 1),
        ("strike", "Echo", 1),
        ("strike", "Post", 0),
    ]
    ax = coverage_figure(build("coverage", rows))
    cells = {(round(p.get_x() + p.get_width() / 2), round(p.get_y() + p.get_height() / 2)):
             to_hex(p.get_facecolor()).upper() for p in ax.patches}  # fmt: skip
    assert cells == {(0, 0): COLOUR["Echo"], (1, 0): COLOUR["Post"], (0, 1): COLOUR["Echo"]}
    assert [t.get_text() for t in ax.texts] == ["2", "1", "1"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["Echo (2)", "Post (1)"]


def test_names_below_cells_stand_aslant_where_there_is_no_room():
    """Two outlets have room in a notebook, not in a paper's column; three have it nowhere."""
    rows = [("flood", outlet, 1) for outlet in ("Echo", "Post", "Tribune")]
    for n, size, slope in ((2, "notebook", 0), (2, "paper", 40), (3, "notebook", 40)):
        ax = coverage_figure(build("coverage", rows[:n]), size=size)
        assert {t.get_rotation() for t in ax.get_xticklabels()} == {slope}


def test_numbers_of_events_that_are_near_each_other_stand_apart():
    """Two events of one week in two years: the second number moves right, a third stays."""
    days = ["2031-01-06", "2031-01-08", "2032-06-01"]
    events = build("events", [
        {"event": f"e{i}", "date_low": day, "date_high": day, "n_documents": 2, "n_outlets": 2}
        for i, day in enumerate(days)
    ])  # fmt: skip
    periods = pd.DataFrame({"outlet": "Echo", "period": ["2031-01-01", "2032-12-01"],
                            "every": "month", "n_documents": 1})  # fmt: skip
    ax = timeline_figure(periods, events)
    one, two, three = (t.get_position()[0] for t in ax.texts)
    first, second, third = date2num(pd.to_datetime(days))
    assert (one, three) == (first, third)
    assert two > second + 7
    ax.figure.draw_without_rendering()
    boxes = [t.get_window_extent() for t in ax.texts]
    assert boxes[0].x1 < boxes[1].x0


@pytest.mark.parametrize(
    ("size", "along", "reach", "labels"),
    [
        ("paper", "x", 11, ["1/1024", "1/32", "1", "32", "1024"]),
        ("notebook", "x", 11, ["1/256", "1/16", "1", "16", "256"]),
        ("paper", "y", 11, ["1/64", "1", "64"]),
        ("notebook", "y", 11, ["1/256", "1/16", "1", "16", "256"]),
        ("paper", "y", 4.2, ["1/8", "1", "8"]),
        ("notebook", "y", 1, ["1/2", "1/1.5", "1", "1.5", "2"]),
    ],
)
def test_an_axis_of_ratios_has_as_many_labels_as_fit(size, along, reach, labels):
    """Whole numbers where it reaches far, no power of ten, and fewer on a short axis."""
    with canvas(None, size, 10) as ax:
        ax.set(**{f"{along}lim": (-reach, reach)})
        times_axis({"x": ax.xaxis, "y": ax.yaxis}[along])
    ticks = ax.get_xticklabels() if along == "x" else ax.get_yticklabels()
    assert [t.get_text() for t in ticks] == labels


def test_articles_are_counted_by_the_period_that_is_known():
    """A day is in its week, Monday to Sunday; a month alone is in no week, and a copy in none."""
    days = [("2031-05-05", "2031-05-05", None), ("2031-05-11", "2031-05-11", None),
            ("2031-05-12", "2031-05-12", None), ("2031-05-12", "2031-05-12", "a"),
            ("2031-05-01", "2031-05-31", None)]  # fmt: skip
    table = build("documents", [
        {"document": str(i), "outlet": "Echo", "date_low": low, "date_high": high, "copy_of": copy,
         "n_tokens": 1, "n_sentences": 1} for i, (low, high, copy) in enumerate(days)
    ])  # fmt: skip
    weeks = articles_by_period(table, "week")
    assert weeks[["period", "n_documents"]].to_numpy().tolist() == [
        ["2031-05-05", 2], ["2031-05-12", 1]
    ]  # fmt: skip
    assert articles_by_period(table)["n_documents"].tolist() == [4]
    ax = timeline_figure(weeks)
    assert [p.get_height() for p in ax.patches] == pytest.approx([0.85, 0.425])
    with pytest.raises(ValueError, match="no period 'day'; there are month, week"):
        articles_by_period(table, "day")


def test_power_marks_the_least_number_of_articles_that_is_enough():
    """Of 10, 50 and 100 articles a side the first with four studies in five."""
    rows = [("all", "all", 1.5, n, 0.05, p, p, p, 100, 40) for n, p in
            ((10, 0.2), (50, 0.8), (100, 0.9))]  # fmt: skip
    ax = power_figure(build("power", rows))
    assert [d.get_offsets().data.tolist() for d in dots(ax)] == [[[50, 0.8]]]
    (words,) = [t.get_text() for t in ax.get_legend().get_texts()]
    assert words == "all markers 1.5 times as often: 50 articles a side"


def test_pairs_are_told_as_more_and_fewer():
    """No sign for the reader to turn round: Echo uses fewer, and perhaps more."""
    paired = build("paired", [{"target": "Echo", "reference": "Post", "voice": "all",
                               "n_events": 6, "difference": -3.58, "low": -12.41, "high": 3.96,
                               "p": 0.41, "note": ""}])  # fmt: skip
    start = "In 6 events that both tell, Echo uses on average "
    assert about_pairs(paired.iloc[0]) == (
        f"{start}3.6 fewer markers per 1,000 tokens than Post (95 % interval 12 fewer to 4 more; "
        "p = 0.41)."
    )
    small = paired.assign(difference=-0.031, low=-0.0402, high=-0.022, p=0.00001)
    assert about_pairs(small.iloc[0]) == (
        f"{start}0.031 fewer markers per 1,000 tokens than Post (95 % interval 0.04 fewer to "
        "0.022 fewer; p < 0.0001)."
    )


def test_findings_observed_stand_below_those_of_halves():
    """A hatched bar for what chance gives, a full one for what was found."""
    checks = build("null_checks", [
        ("Echo", "entry", "all", "document", "document", 50, 10, 10, 3.0, 0.25, 0.1, 0.04)
    ])  # fmt: skip
    ax = null_check_figure(checks, compared("comparisons", ROWS_COMPARED))
    assert [(p.get_width(), bool(p.get_hatch())) for p in ax.patches] == [(0.25, True), (1, False)]


def test_a_specification_curve_shows_each_choice_below_its_effect():
    """Effects by size above; below, a stroke in the row of each choice that was made."""
    rows = [
        {"rank": i, "target": "Echo", "reference": "Post", "voice": voice, "zones": "body",
         "copies": "left out", "recurring": "left out", "markers": "all", "n_target": 3,
         "n_reference": 3, "n_documents": 12, "log_ratio": x, "low": x - 1, "high": x + 1}
        for i, (voice, x) in enumerate((("narration", -0.5), ("all", 1.5)))
    ]  # fmt: skip
    ax = specification_figure(build("specifications", rows))
    above, below = ax.child_axes
    assert sorted(p for d in dots(above) for p in d.get_offsets().data.tolist()) == [
        [0, -0.5], [1, 1.5]
    ]  # fmt: skip
    assert [t.get_text() for t in below.get_yticklabels()] == ["whose words: all", "narration"]
    assert [line.get_xydata().tolist() for line in below.lines] == [[[1, 0]], [[0, 1]]]
    assert "Echo has more markers than Post in 1 of 2 ways" in ax.get_title("left")


def test_a_slide_leaves_out_choices_that_have_no_room():
    """A dozen frames left out would lie over each other on a slide; a notebook shows them all."""
    frames = ["all", *(f"frame{i:02}" for i in range(12))]
    rows = [
        {"rank": i, "target": "Echo", "reference": "Post", "voice": ("all", "narration")[i % 2],
         "zones": "body", "copies": "left out", "recurring": "left out", "markers": frame,
         "n_target": 3, "n_reference": 3, "n_documents": 12, "log_ratio": i / 9, "low": -1.0,
         "high": 2.0}
        for i, frame in enumerate(frames)
    ]  # fmt: skip
    table = build("specifications", rows)
    n = {size: len(specification_figure(table, size=size).child_axes[1].get_yticks())
         for size in ("slide", "notebook")}  # fmt: skip
    assert n == {"slide": 2, "notebook": 2 + 13}


def test_a_word_shift_has_a_bar_for_each_word_and_one_for_the_rest():
    """In the colour of who uses the word more; the bars add up to the difference."""
    rows = [("splendid", 2.8, 5, 1, 3, 1, 0.5, 0.1, 0.8, None, None, "above the mean, used more"),
            ("grim", -2.0, 1, 4, 1, 3, 0.1, 0.4, 0.5, None, None, "below the mean, used less"),
            ("calm", 1.0, 1, 1, 1, 1, 0.1, 0.1, -0.1, None, None, "above the mean, used less")
            ]  # fmt: skip
    ax = word_shift_figure(build("word_shift", rows), ("Echo", "Post"), most=2)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["splendid (+2.8)", "all 2 other words"]
    assert [p.get_width() for p in ax.patches] == pytest.approx([0.8, 0.4])
    assert to_hex(ax.patches[0].get_facecolor()).upper() == COLOUR["Echo"]
    assert written(ax) == {0: "5 : 1"}


def test_the_spread_of_articles_is_a_row_per_outlet():
    """Median, mean and the number of articles stand where the table says."""
    rows = [(o, "all", "vader", n, m, m - 0.1, m + 0.1, 0.2, -0.4, -0.2, m + 0.05, 0.3, 0.5)
            for o, n, m in (("Echo", 9, 0.1), ("Post", 8, -0.1))]  # fmt: skip
    ax = sentiment_spread_figure(build("sentiment_spread", rows))
    assert [t.get_text() for t in ax.get_yticklabels()] == [
        "Echo (9 articles)",
        "Post (8 articles)",
    ]
    assert [d.get_offsets().data[0, 0] for d in dots(ax)] == pytest.approx([0.1, -0.1])
    with pytest.raises(ValueError, match="no measure 'anger'"):
        sentiment_spread_figure(build("sentiment_spread", rows), measure="anger")


def test_targets_have_a_mark_per_outlet_and_their_sentences_beside_it():
    """The most mentioned stands on top; an outlet that mentions it nowhere has no mark."""
    rows = [("Echo", "Arlen", "vader", 0.2, 0.1, 0.3, 9, 6, 0.3, 0.52, None),
            ("Post", "Arlen", "vader", -0.3, None, None, 4, 3, 0.5, 0.52, None),
            ("Echo", "Velmora", "vader", 0.0, None, None, 2, 1, 1.0, 0.52, None),
            ("Post", "Velmora", "vader", None, None, None, 0, 0, None, 0.52, "none")]  # fmt: skip
    ax = target_sentiment_figure(build("target_sentiment", rows))
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Arlen", "Velmora"]
    assert sorted(t.get_text() for t in ax.texts) == ["2 in 1", "4 in 3", "9 in 6"]
    assert "F1 0.52" in ax.get_xlabel()
