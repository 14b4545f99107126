"""A set comes with the figures that it can support, each with its data and in words."""

from dataclasses import replace
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from conftest import PAGES, ROOT, write_pages
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image

from biaskit.corpus import read_corpus
from biaskit.figures import (
    COLOURS,
    SIZES,
    Gallery,
    all_figures,
    draw_figures,
    save_figures,
    write_figures,
)
from biaskit.figures.makers import MAKERS
from biaskit.measurement import load
from biaskit.measuring import measure
from biaskit.rates import alternation_shares, marker_rates
from biaskit.sourcing import voice_shares

TWO, THREE = ["Echo", "Post"], ["Echo", "Post", "Tribune"]
COLOUR = dict(zip(THREE, COLOURS, strict=False))
DRAWN = ["markers", "voices", "speakers", "alternation", "sentiment"]


# ---- all figures of a set --------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawings(measured):
    return {d.name: d for d in all_figures(measured)}


def test_a_set_of_five_articles_has_five_figures(drawings):
    """In the order of the report; what takes more articles is left out."""
    assert list(drawings) == DRAWN


def test_what_is_left_out_is_said(measured):
    """Every figure is drawn or has a sentence that says why not; none has empty axes."""
    drawn = draw_figures(measured)
    assert {*drawn.left_out} | {d.name for d in drawn.drawings} == {*MAKERS}
    assert drawn.left_out["comparison"] == (
        "Echo has 2 articles, Post has 2 articles, Tribune has 1 article; below 5 a side nothing "
        "is tested"
    )
    assert drawn.left_out["timeline"] == (
        "0 of 5 articles have a known week or month; a timeline takes 5"
    )
    assert drawn.left_out["power"] == ("5 articles are too few to draw samples from; it takes 10")


def test_only_the_figures_asked_for_are_drawn(measured):
    """One may be had alone; a name that there is not is refused with those that there are."""
    assert [d.name for d in all_figures(measured, only=["voices"])] == ["voices"]
    with pytest.raises(
        ValueError, match=r"^no figure 'pie'; there are markers, voices, speakers, alter"
    ):
        all_figures(measured, only=["pie"])


@pytest.mark.parametrize("size", SIZES)
def test_figures_are_as_wide_as_their_place(measured, size):
    """A column of a paper, a slide, a notebook; a slide is never higher than it is."""
    for drawing in all_figures(measured, size=size):
        assert drawing.figure.get_figwidth() == SIZES[size].width
        if size == "slide":
            assert drawing.figure.get_figheight() <= 7.5


def test_a_size_that_there_is_not_is_refused(measured):
    """Before anything is computed."""
    with pytest.raises(ValueError, match=r"^no size 'poster'; there are notebook, paper, slide$"):
        all_figures(measured, size="poster")


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
    """A figure of twelve articles says that there are more, and takes them in turn."""
    text = "Velmora Waits for News\n\nThe doors of the council were shut on day {} of May.\n"
    pages = {f"{o}/{i:02}.txt": text.format(i) for i in range(7) for o in TWO}
    measured = measure(read_corpus(write_pages(tmp_path, pages)), [lexicon])
    (drawing,) = all_figures(measured, only=["sentiment"])
    panels = drawing.figure.axes
    assert [sum(ax.get_title("left").startswith(o) for ax in panels) for o in TWO] == [6, 6]
    assert drawing.finding == (
        "VADER's score of every sentence, from -1 to 1, along 12 of 14 articles, from each outlet "
        "in turn."
    )


def test_without_variants_there_is_no_alternation_figure(tmp_path, lexicon):
    """Where no set occurs nothing is drawn, rather than empty axes."""
    pages = {f"{outlet}/one.txt": PAGES["Tribune/one.txt"] for outlet in TWO}
    drawn = draw_figures(measure(read_corpus(write_pages(tmp_path, pages)), [lexicon]))
    assert "alternation" not in [d.name for d in drawn.drawings]
    assert drawn.left_out["alternation"] == "no alternation set of the lexicons occurs"


def test_drawing_all_figures_opens_none(measured):
    """No figure waits in pyplot to be shown at the end of a notebook cell; no style stays."""
    style, figures = dict(mpl.rcParams), plt.get_fignums()
    all_figures(measured)
    assert plt.get_fignums() == figures
    assert dict(mpl.rcParams) == style


# ---- files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(measured, tmp_path_factory):
    """The figures saved twice: with a prefix into a new folder, and without."""
    folder = tmp_path_factory.mktemp("figures")
    return (
        save_figures(measured, folder / "new" / "folder", "my-"),
        save_figures(measured, folder / "again"),
    )


@pytest.mark.slow
def test_each_figure_is_saved_with_its_data(saved, measured):
    """PNG, SVG and PDF for the eye, CSV for whoever checks; the paths are what was written."""
    paths, again = saved
    names = [f"{name}.{ending}" for name in DRAWN for ending in ("png", "svg", "pdf", "csv")] + [
        "figures.csv"
    ]
    assert [p.name for p in paths] == [f"my-{name}" for name in names]
    assert [p.name for p in again] == names
    assert {*paths} == {*paths[0].parent.iterdir()}
    assert paths[0].read_bytes()[:4] == b"\x89PNG"
    table = pd.read_csv(paths[3])
    pd.testing.assert_frame_equal(table, marker_rates(measured), check_dtype=False, rtol=1e-5)


@pytest.mark.slow
def test_figures_saved_twice_are_equal_byte_for_byte(saved):
    """No date, no version, no random id in any file."""
    for a, b in zip(*saved, strict=True):
        assert a.read_bytes() == b.read_bytes(), a.name


@pytest.mark.slow
def test_the_index_holds_title_and_alternative_text(saved, drawings):
    """One row per figure; those left out have their reason in place of a picture."""
    index = pd.read_csv(saved[0][-1]).set_index("figure")
    assert set(index.index) == {*MAKERS}
    assert index.loc["markers", "title"] == "How often markers occur, and in whose voice"
    for name in DRAWN:
        assert index.loc[name, "alt"] == drawings[name].finding
    assert index.loc[DRAWN, "left_out"].isna().all()
    assert index.drop(DRAWN)["left_out"].notna().all()


@pytest.mark.slow
def test_pictures_hold_their_alternative_text(saved, drawings):
    """It goes where the picture goes."""
    for path in saved[1]:
        if path.suffix == ".png":
            with Image.open(path) as picture:
                assert picture.info["Description"] == drawings[path.stem].finding


def test_a_format_that_there_is_not_is_refused(measured, tmp_path):
    """And one may be had alone."""
    drawn = draw_figures(measured, only=["voices"])
    names = [p.name for p in write_figures(drawn, tmp_path, formats=["svg"])]
    assert names == ["voices.svg", "voices.csv", "figures.csv"]
    with pytest.raises(ValueError, match=r"^no format 'gif'; there are png, svg, pdf$"):
        write_figures(drawn, tmp_path, formats=["gif"])


def test_after_saving_a_figure_is_laid_out_as_before(measured, tmp_path):
    """It can be changed and shown again, and words that are longer get the room they need."""
    (drawing,) = all_figures(measured, only=["markers"])
    layout, dpi = drawing.figure.get_layout_engine(), drawing.figure.dpi
    write_figures(Gallery([drawing], {}), tmp_path, formats=["png", "pdf"])
    assert drawing.figure.get_layout_engine() is layout is not None
    assert drawing.figure.dpi == dpi


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_set_of_events_has_all_but_targets_and_halves(size):
    """Twelve invented articles support what six a side support; no words overlap in keyness."""
    drawn = draw_figures(load(ROOT / "corpus" / "invented"), size=size)
    assert {*drawn.left_out} == {"targets", "null-check"}
    (keyness,) = [d.figure for d in drawn.drawings if d.name == "keyness"]
    keyness.draw_without_rendering()
    boxes = [Text.get_window_extent(t) for t in keyness.axes[0].texts]
    assert all(not one.overlaps(other) for one, other in combinations(boxes, 2))
