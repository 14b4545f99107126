"""
How do figures come onto the page?

As pictures inside it, drawn by `figures` and reduced to a palette, which leaves their letters
sharp and the page small.
"""

import io
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
from PIL import Image

from biaskit.figures import STYLE, Drawing
from biaskit.figures.gallery import laid_out

__all__ = ["pictures"]

# Figures hold a dozen colours and their blends with white; more shades than these nobody sees.
COLOURS_KEPT = 96
DOTS_PER_INCH = 130


def pictures(drawings: Iterable[Drawing], wanted: Iterable[str], room: int) -> list[dict[str, Any]]:
    """
    The figures as pictures: those that are wanted by name, then others as far as there is room.

    One dictionary per figure: name, src (a data: address), alt (what it shows, in words).
    """
    wanted = [*wanted]
    found = []
    for drawing in sorted(drawings, key=lambda drawing: drawing.name not in wanted):
        source = _source(drawing.figure)
        if drawing.name not in wanted and len(source) > room:
            continue
        room -= len(source)
        found.append({"name": drawing.name, "src": source, "alt": drawing.finding})
    return found


def _source(figure: Any) -> str:
    drawn, reduced = io.BytesIO(), io.BytesIO()
    settings: Any = STYLE  # names that matplotlib lists one by one in its types
    with mpl.rc_context(settings), laid_out(figure, DOTS_PER_INCH):
        figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH, facecolor="white",
                       pil_kwargs={"compress_level": 0})  # fmt: skip
    picture = Image.open(drawn).convert("RGB").quantize(COLOURS_KEPT, dither=Image.Dither.NONE)
    picture.save(reduced, format="png", optimize=True)
    return "data:image/png;base64," + b64encode(reduced.getvalue()).decode("ascii")
