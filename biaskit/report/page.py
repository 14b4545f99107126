"""How does the page come together, and what may it do in a browser?"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from biaskit.figures import COLOURS
from biaskit.tables import VOICES, ZONES

__all__ = ["policy", "rendered"]

# Marks stand close to the word before them: "pretext, as well", not "pretext , as well".
CLOSE = "'’,.;:!?)”\"-"
OPENING = "“‘(["


def rendered(tabs: Sequence[dict[str, Any]]) -> str:
    """The page of these tabs, one for each set."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("biaskit"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    style, script = _part("report.css") + _colours(), _part("report.js")
    environment.globals.update(
        close=CLOSE, opening=OPENING, n_colours=len(COLOURS), voices=VOICES, zones=ZONES
    )
    return environment.get_template("report.html").render(
        tabs=tabs, policy=policy(style, script), style=Markup(style), script=Markup(script)
    )


def policy(style: str, script: str) -> str:
    """
    The Content-Security-Policy: this style, this script, pictures inside the page, nothing else.

    A script or a style that an article brought along would have another hash.
    """
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        f"base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _part(name: str) -> str:
    return (resources.files("biaskit") / "templates" / name).read_text(encoding="utf-8")


def _colours() -> str:
    """The outlets' colours, which are those of the figures."""
    return "".join(f".c{i} {{ --outlet: {colour}; }}\n" for i, colour in enumerate(COLOURS))
