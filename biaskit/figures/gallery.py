"""
Which figures does a measurement set come with?

`draw_figures` draws those that the set can support, in the order of the report, each with the table
behind it and with one sentence that says what is to be seen (which is also its alternative
text); of the others it says in a sentence why they are left out. `save_figures` writes them.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from biaskit.figures.choosing import Chosen
from biaskit.figures.makers import MAKERS, Made
from biaskit.figures.style import NOTEBOOK, drawn_in, size_named
from biaskit.measurement import MeasurementSet, without_copies

__all__ = [
    "FORMATS",
    "Drawing",
    "Gallery",
    "all_figures",
    "draw_figures",
    "draw_without_a_screen",
    "laid_out",
    "save_figures",
    "write_figures",
]

# What a file of each format must not hold: the day and the version it was made with.
FORMATS: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Where each format keeps what its picture shows.
_ALT = {"png": "Description", "svg": "Description", "pdf": "Subject"}
INDEX = "figures.csv"

# Dots per inch at which letters are as wide as without dots; in coarser pictures they are fitted.
EXACT = 600


class Drawing(NamedTuple):
    """One figure, its file name without ending, the table behind it, and what it shows."""

    name: str
    figure: Figure
    table: pd.DataFrame
    finding: str


class Gallery(NamedTuple):
    """The figures of a set, and for each that it cannot support the sentence that says why."""

    drawings: list[Drawing]
    left_out: dict[str, str]
    size: str = NOTEBOOK


def draw_figures(
    measured: MeasurementSet, *, size: str = NOTEBOOK, only: Collection[str] | None = None
) -> Gallery:
    """
    Draw the standard figures of a measurement set.

    Parameters
    ----------
    measured : a measurement set. Copies take no part.
    size : paper (a column), slide or notebook.
    only : the names of the figures to draw; by default all.

    Raises
    ------
    ValueError : no such size; no figure of that name.
    """
    size_named(size)
    for name in only or ():
        if name not in MAKERS:
            raise ValueError(f"no figure {name!r}; there are {', '.join(MAKERS)}")
    chosen = Chosen(without_copies(measured), size)
    drawings, left_out = [], {}
    for name, make in MAKERS.items():
        if only is not None and name not in only:
            continue
        made = _made(make, chosen)
        if isinstance(made, str):
            left_out[name] = made
        else:
            drawings.append(Drawing(name, *made))
    return Gallery(drawings, left_out, size)


def _made(make: Callable[[Chosen], Made | str], chosen: Chosen) -> Made | str:
    with drawn_in(chosen.size):
        made = make(chosen)
    if not isinstance(made, str):
        # They are shown where they are wanted, not at the end of a cell.
        plt.close(made.figure)
    return made


def all_figures(
    measured: MeasurementSet, *, size: str = NOTEBOOK, only: Collection[str] | None = None
) -> list[Drawing]:
    """The figures that a set can support, in the order of the report; see `draw_figures`."""
    return draw_figures(measured, size=size, only=only).drawings


def save_figures(
    measured: MeasurementSet,
    folder: str | Path,
    prefix: str = "",
    *,
    size: str = NOTEBOOK,
    formats: Collection[str] = tuple(FORMATS),
) -> list[Path]:
    """
    Draw the figures that a set can support and write them; see `draw_figures` and
    `write_figures`.

    Returns
    -------
    The files' paths.
    """
    drawn = draw_figures(measured, size=size)
    return write_figures(drawn, folder, prefix, formats=formats)


def write_figures(
    drawn: Gallery,
    folder: str | Path,
    prefix: str = "",
    *,
    formats: Collection[str] = tuple(FORMATS),
) -> list[Path]:
    """
    Write each figure in each format and the table behind it as CSV.

    Beside them stands figures.csv: one row per figure, with its title, its alternative text,
    which the pictures hold as well, and for those left out the reason.

    Raises
    ------
    ValueError : a format that there is not.
    """
    for ending in formats:
        if ending not in FORMATS:
            raise ValueError(f"no format {ending!r}; there are {', '.join(FORMATS)}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    rows: list[tuple[str | None, ...]] = []
    for drawing in drawn.drawings:
        stem, title = folder / f"{prefix}{drawing.name}", _title(drawing.figure)
        for ending in formats:
            paths.append(_saved(drawing, stem, ending, title, drawn.size))
        paths.append(_csv(drawing.table, Path(f"{stem}.csv")))
        rows.append((drawing.name, title, drawing.finding, None))
    rows += [(name, None, None, why) for name, why in drawn.left_out.items()]
    index = pd.DataFrame(rows, columns=["figure", "title", "alt", "left_out"])
    return [*paths, _csv(index, folder / f"{prefix}{INDEX}")]


def _saved(drawing: Drawing, stem: Path, ending: str, title: str, size: str) -> Path:
    told = {"Title": title, _ALT[ending]: drawing.finding}
    path = Path(f"{stem}.{ending}")
    dpi = size_named(size).dpi if ending == "png" else EXACT
    with drawn_in(size), laid_out(drawing.figure, dpi):
        drawing.figure.savefig(path, metadata={**FORMATS[ending], **told})
    return path


@contextmanager
def laid_out(figure: Figure, dpi: float) -> Iterator[None]:
    """Lay a figure out for a file of that many dots per inch, which of itself draws it twice."""
    layout, before = figure.get_layout_engine(), figure.dpi
    if layout is not None:
        figure.dpi = dpi
        layout.execute(figure)
        figure.dpi = before
        figure.set_layout_engine(None)
    yield
    figure.set_layout_engine(layout)


def _title(figure: Figure) -> str:
    title = figure.get_suptitle() or figure.axes[0].get_title("left")
    return " ".join(title.replace(r"\$", "$").split())


def _csv(table: pd.DataFrame, path: Path) -> Path:
    table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
    return path


def draw_without_a_screen() -> None:
    """Draw into files alone; a window system, or the want of one, is no concern of theirs."""
    mpl.use("agg")  # not by the environment, which a kernel that starts later would inherit
