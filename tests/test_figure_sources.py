"""The figure of speakers shows whom each outlet gives most words, and whose wording they are."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from biaskit.figures import COLOURS, speakers_figure
from biaskit.figures.captions import about_speakers
from biaskit.figures.sources import most_heard
from biaskit.tables import build


@pytest.fixture(autouse=True)
def _closed():
    """Figures made without axes are pyplot's, which keeps them until they are closed."""
    yield
    plt.close("all")


@pytest.fixture
def speakers():
    """Echo: Ada has 30 of 40 tokens, 20 of them quoted; Bo the rest. Post: Cy has all."""
    rows = [
        ("Echo", "Ada Nobody", 30, 20, 3, 2, 30 / 40),
        ("Echo", "Bo Mann", 10, 10, 1, 1, 10 / 40),
        ("Post", "Cy $ Nobody", 1_200, 0, 9, 5, 1.0),
    ]
    return build("speakers", rows)


def bars(ax):
    """Height, start, length and fill of each bar that has a length."""
    return [
        (round(p.get_y() + p.get_height() / 2, 3), round(p.get_x(), 6), round(p.get_width(), 6),
         to_hex(p.get_facecolor()).upper(), p.get_hatch())
        for p in ax.patches if isinstance(p, Rectangle) and p.get_width()
    ]  # fmt: skip


def test_a_bar_is_full_where_quoted_and_hatched_where_not(speakers):
    """20 of Ada's 30 tokens are quoted; her bar is three quarters long, in Echo's colour."""
    ax = speakers_figure(speakers)
    rows = dict(zip(ax.get_yticks(), [t.get_text() for t in ax.get_yticklabels()], strict=True))
    ada, bo, cy = sorted(rows)
    assert [rows[y] for y in (ada, bo, cy)] == ["Ada Nobody", "Bo Mann", r"Cy \$ Nobody"]
    assert ax.get_ylim()[0] > cy > bo > ada > ax.get_ylim()[1]
    assert bars(ax) == [
        (round(ada, 3), 0, 0.5, COLOURS[0], None),
        (round(ada, 3), 0.5, 0.25, "#FFFFFF", "////"),
        (round(bo, 3), 0, 0.25, COLOURS[0], None),
        (round(cy, 3), 0, 1, "#FFFFFF", "////"),
    ]
    assert to_hex(ax.patches[-1].get_edgecolor()).upper() == COLOURS[1]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [
        "between quotation marks", "reported without them"
    ]  # fmt: skip


def test_words_say_how_many_tokens_in_how_many_articles(speakers):
    """Behind each bar, and for the whole outlet above its bars."""
    texts = [t.get_text().strip() for t in speakers_figure(speakers).texts]
    assert texts == [
        "Echo: 40 tokens of 2 speakers", "30 in 2", "10 in 1",
        "Post: 1,200 tokens of 1 speaker", "1,200 in 5",
    ]  # fmt: skip
    assert "Echo: 40 tokens" in [
        t.get_text() for t in speakers_figure(speakers, size="paper").texts
    ]


def test_the_axis_has_its_unit(speakers):
    """Shares in per cent, of what, and what the numbers behind the bars are."""
    ax = speakers_figure(speakers)
    ax.figure.draw_without_rendering()
    assert ax.get_xticklabels()[1].get_text().endswith("%")
    label = " ".join(ax.get_xlabel().split())
    assert label == (
        "share of the words that the outlet ascribes to named speakers behind the bars: tokens in "
        "how many articles"
    )


@pytest.mark.parametrize(
    ("most", "size", "shown"),
    [(1, "notebook", 1), (None, "notebook", 8), (None, "slide", 6), (20, "slide", 20)],
)
def test_those_with_most_words_are_shown_of_each_outlet(most, size, shown):
    """As many as are asked for, or as the page holds; the first rows, which have most words."""
    rows = [(outlet, f"Speaker {i:02}", 90 - i, 0, 1, 1, 0.01)
            for outlet in ("Echo", "Post") for i in range(30)]  # fmt: skip
    table = most_heard(build("speakers", rows), size, most)
    assert dict(table.groupby("outlet").size()) == {"Echo": shown, "Post": shown}
    assert set(table["speaker"]) == {f"Speaker {i:02}" for i in range(shown)}
    ax = speakers_figure(build("speakers", rows), size=size, most=most)
    assert len(ax.get_yticks()) == 2 * shown


def test_a_long_name_is_cut(speakers):
    """It leaves room for the bars, in the column of a paper most."""
    long = speakers.assign(speaker="the secretary of the committee of the harbour of Velmora")
    for size, letters in (("paper", 20), ("notebook", 36)):
        ax = speakers_figure(long, size=size)
        assert {len(t.get_text()) for t in ax.get_yticklabels()} <= {letters - 1, letters}
        assert all(t.get_text().endswith("…") for t in ax.get_yticklabels())


def test_the_finding_names_the_first_two_of_each_outlet(speakers):
    """With their share, tokens, quoted tokens and articles."""
    assert about_speakers(speakers) == (
        "The speakers with most words, and their share of the words that the outlet ascribes to "
        "named ones. Echo: Ada Nobody 75% (30 tokens, of these 20 quoted; 2 articles), Bo Mann "
        "25% (10 tokens, of these 10 quoted; 1 article); Post: Cy $ Nobody 100% (1,200 tokens, of "
        "these 0 quoted; 5 articles)."
    )


def test_the_table_is_left_as_it_was(speakers):
    """Drawing changes nothing that it is given."""
    before = speakers.copy()
    speakers_figure(speakers)
    pd.testing.assert_frame_equal(speakers, before)
