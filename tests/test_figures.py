"""Figures show the numbers of their tables where a reader looks for them, and nothing else."""

from dataclasses import replace
from html import unescape

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import PAGES, write_pages
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from biaskit.corpus import read_corpus
from biaskit.figures import (
    COLOURS,
    all_figures,
    alternation_figure,
    outlet_colours,
    rates_figure,
    save_figures,
    sentiment_figure,
    voices_figure,
)
from biaskit.figures.drawing import MARKERS
from biaskit.figures.gallery import most_used
from biaskit.measurement import measure
from biaskit.rates import alternation_shares, marker_rates
from biaskit.sourcing import voice_shares
from biaskit.tables import build

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
        "change": 0,
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
    assert headings == ["b set", "a set"]
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
    assert ax.get_xlabel() == "share of all variants of the set"
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
    assert ax.get_title("left") == "Post, 2031: 1 sentence"


def test_the_outlets_colour_comes_with_the_document(sentences):
    """Alone an outlet has the first colour; in a set it keeps the one it has there."""
    one = documents("post-1", "Post", "Post, 2031")
    assert to_hex(sentiment_figure(sentences, one).patches[0].get_facecolor()).upper() == COLOURS[0]
    one.attrs["colours"] = COLOUR
    drawn = sentiment_figure(sentences, one).patches[0]
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


# ---- all figures of a set --------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawings(measured):
    return {d.name: d for d in all_figures(measured)}


def test_a_set_has_four_figures(drawings):
    """In the order of the report."""
    assert list(drawings) == ["markers", "voices", "alternation", "sentiment"]


def test_each_drawing_carries_the_table_it_shows(drawings, measured):
    """The data of a figure are the rates, the shares and the sentences that count."""
    pd.testing.assert_frame_equal(drawings["markers"].table, marker_rates(measured))
    pd.testing.assert_frame_equal(drawings["voices"].table, voice_shares(measured))
    pd.testing.assert_frame_equal(drawings["alternation"].table, alternation_shares(measured))
    assert {*drawings["sentiment"].table["zone"]} == {"headline", "body"}
    assert len(drawings["sentiment"].table) == 3 * 5


def test_findings_state_what_is_to_be_seen(drawings):
    """The sentence beside a figure, which is its alternative text, has the figure's numbers."""
    assert drawings["markers"].finding == (
        "Echo uses 49.2 markers per 1,000 tokens of narration (3 hits) and 61.5 in all voices "
        "(4 hits); Post uses 29.4 markers per 1,000 tokens of narration (2 hits) and 29.4 in all "
        "voices (2 hits); Tribune uses 0.0 markers per 1,000 tokens of narration (0 hits) and 0.0 "
        "in all voices (0 hits)."
    )
    assert drawings["voices"].finding == (
        "Of Echo's words 94% are narration and 6% quoted; of Post's words 100% are narration and "
        "0% quoted; of Tribune's words 100% are narration and 0% quoted."
    )
    assert drawings["alternation"].finding == (
        "1 alternation set occurs; sets that more than one outlet has a variant of: change."
    )
    assert drawings["sentiment"].finding == (
        "VADER's score of every sentence, from -1 to 1, along each article."
    )


def test_an_outlet_without_narration_is_said_to_have_none(measured):
    """No 0.0 for a rate of nothing."""
    sizes = measured.sizes[
        ~measured.sizes["document"].str.startswith("tribune")
        | (measured.sizes["voice"] != "narration")
    ]
    (markers, *_) = all_figures(replace(measured, sizes=sizes))
    assert markers.finding.endswith("; Tribune has no narration.")


def test_an_outlet_without_words_is_said_to_have_none(measured):
    """A page of which nothing was taken for the article is no 0 % and no "nan%"."""
    sizes = measured.sizes[~measured.sizes["document"].str.startswith("tribune")]
    drawn = {d.name: d for d in all_figures(replace(measured, sizes=sizes))}
    assert drawn["voices"].finding.endswith("; Tribune has no words.")
    assert drawn["markers"].finding.endswith("; Tribune has no narration.")


def test_articles_stand_one_above_the_other_by_outlet(drawings):
    """One panel per article, in the colour of its outlet, the unit under the last."""
    panels = drawings["sentiment"].figure.axes
    titles = [ax.get_title("left") for ax in panels]
    assert [t.split(" (")[0].split(":")[0] for t in titles] == [
        "Echo", "Echo", "Post", "Post", "Tribune"
    ]  # fmt: skip
    colours = [to_hex(ax.patches[0].get_facecolor()).upper() for ax in panels]
    assert colours == [COLOUR[o] for o in ("Echo", "Echo", "Post", "Post", "Tribune")]
    assert panels[-1].get_xlabel() == (
        "sentence, in the order of reading; hatched: no word of narration"
    )


def test_articles_left_out_are_counted(tmp_path, lexicon):
    """A figure of the first twelve articles says that there are more."""
    text = "Velmora Waits for News\n\nThe doors of the council were shut on day {} of May.\n"
    pages = {f"{o}/{i:02}.txt": text.format(i) for i in range(7) for o in TWO}
    *_, drawing = all_figures(measure(read_corpus(write_pages(tmp_path, pages)), [lexicon]))
    assert len(drawing.figure.axes) == 12
    assert drawing.finding == (
        "VADER's score of every sentence, from -1 to 1, along the first 12 of 14 articles."
    )


def test_without_variants_there_is_no_alternation_figure(tmp_path, lexicon):
    """Where no set occurs nothing is drawn, rather than empty axes."""
    pages = {f"{outlet}/one.txt": PAGES["Tribune/one.txt"] for outlet in TWO}
    drawn = all_figures(measure(read_corpus(write_pages(tmp_path, pages)), [lexicon]))
    assert [d.name for d in drawn] == ["markers", "voices", "sentiment"]


def test_drawing_all_figures_opens_none(measured):
    """No figure waits in pyplot to be shown at the end of a notebook cell; no style stays."""
    style, figures = dict(mpl.rcParams), plt.get_fignums()
    all_figures(measured)
    assert plt.get_fignums() == figures
    assert dict(mpl.rcParams) == style


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


# ---- files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(measured, tmp_path_factory):
    """The figures saved twice: with a prefix into a new folder, and without."""
    folder = tmp_path_factory.mktemp("figures")
    return (
        save_figures(measured, folder / "new" / "folder", "my-"),
        save_figures(measured, folder / "again"),
    )


def test_each_figure_is_saved_with_its_data(saved, measured):
    """PNG and SVG for the eye, CSV for the reader who checks; the paths are what was written."""
    paths, again = saved
    names = [
        f"{name}.{ending}"
        for name in ("markers", "voices", "alternation", "sentiment")
        for ending in ("png", "svg", "csv")
    ]
    assert [p.name for p in paths] == [f"my-{name}" for name in names]
    assert [p.name for p in again] == names
    assert {*paths} == {*paths[0].parent.iterdir()}
    assert paths[0].read_bytes()[:4] == b"\x89PNG"
    table = pd.read_csv(paths[2])
    pd.testing.assert_frame_equal(table, marker_rates(measured), check_dtype=False, rtol=1e-5)


def test_figures_saved_twice_are_equal_byte_for_byte(saved):
    """No date, no version, no random id in any file."""
    for a, b in zip(*saved, strict=True):
        assert a.read_bytes() == b.read_bytes(), a.name
