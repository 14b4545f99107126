"""Settings of Sphinx: build with `sphinx-build -W -q -b html docs docs/_build`."""

import sys
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from program import PARTS  # noqa: E402 - found by the line above

import biaskit  # noqa: E402

project = "biaskit"
author = "The biaskit authors"
version = release = biaskit.__version__
html_title = f"biaskit {release}"
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
default_role = "literal"  # `code` in docstrings is written with single marks
exclude_patterns = ["_build"]
highlight_language = "none"
smartquotes = False  # quotation marks are our subject matter
# No fonts, scripts or styles are fetched: the pages open from disk.
html_theme_options = {"footer_icons": []}


class FromProgram(SphinxDirective):
    """`.. from-program:: tables` stands for what `program.tables()` writes."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()  # the code may have changed where the page has not
        text = PARTS[self.arguments[0]]()
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def setup(app: Sphinx) -> None:
    app.add_directive("from-program", FromProgram)
