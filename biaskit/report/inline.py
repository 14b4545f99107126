"""
How does the page come into a notebook?

As a frame below the cell. The frame is shut off from the notebook around it: what is in the page
may run its own script and save lines as a file, and can neither read nor change a cell. A notebook
that is saved with the frame holds the whole page, up to three megabytes; clear the cell's output
to keep it small.
"""

from typing import NamedTuple

from markupsafe import escape

__all__ = ["Explorer"]

# What the page may do in its frame. Without `allow-same-origin` it belongs to no site, so that it
# reaches neither the notebook's cells nor its server.
ALLOWED = "allow-scripts allow-downloads"

MEGABYTE = 1e6


class Explorer(NamedTuple):
    """A page to be shown below a cell, `height` pixels high, and the title it bears."""

    page: str
    title: str
    height: int

    def __repr__(self) -> str:
        size = len(self.page.encode()) / MEGABYTE
        return f"{self.title}: a page of {size:.1f} MB"

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{escape(self.title)}" sandbox="{ALLOWED}" '
            f'style="width: 100%; height: {self.height}px; border: 1px solid #d9d9d9" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )
