"""
What does the program say of itself?

The reference is not written by hand: names, commands, options, tables and columns are read from
the code when the pages are built, so that they can't disagree. Each function here returns one
page, or part of one, as reStructuredText; `conf.py` puts it where a page asks for it with the
directive `from-program`. Figures are drawn from corpus/ at the same time, each with the sentence
that comes with it as its alternative text.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["PARTS", "commands", "figures", "modules", "names", "tables"]

DOCS = Path(__file__).parent
CORPUS = DOCS.parent / "corpus"
DRAWN = DOCS / "_build" / "drawn"

# Ten outlets fill a figure; the other sets are small enough to be read by eye.
SETS = {
    "sputnik-the-local": "Sputnik and The Local: three articles on three events",
    "invented": "Two invented outlets: twelve articles on six events",
    "us-outlets": "Ten US outlets: 1,201 articles",
}


def _titled(title: str, line: str) -> list[str]:
    return [title, line * len(title), ""]


def _indented(text: str, by: int = 3) -> list[str]:
    return [(" " * by + line).rstrip() for line in text.split("\n")]


# ---- names -----------------------------------------------------------------------------------

SECTIONS = ("Parameters", "Returns", "Raises", "References")
LISTED = ("Parameters", "Raises")


def names() -> str:
    """Every public name of the package: how it is called, and what it does."""
    import biaskit

    out: list[str] = []
    for name in biaskit.__all__:
        thing = getattr(biaskit, name)
        kind, text = "class" if inspect.isclass(thing) else "function", _docstring(thing)
        out += [f".. py:{kind}:: {name}{_call(thing)}", "   :module: biaskit", ""]
        out += [*_indented(text), ""]
    return "\n".join(out)


def _call(thing: Any) -> str:
    """The parameters with their defaults; of what kind each is stands in the text below."""
    parts, starred = [], False
    for p in inspect.signature(thing).parameters.values():
        if p.kind is p.KEYWORD_ONLY and not starred:
            parts.append("*")
        starred = starred or p.kind in {p.KEYWORD_ONLY, p.VAR_POSITIONAL}
        stars = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "")
        parts.append(f"{stars}{p.name}{_default(p)}")
    return f"({', '.join(parts)})"


def _default(p: inspect.Parameter) -> str:
    if p.default is p.empty:
        return ""
    shown = getattr(p.default, "__name__", None) or repr(p.default)
    return "=..." if shown.startswith("<") else f"={shown}"


def _docstring(thing: Any) -> str:
    """A docstring of ours as reStructuredText: headings in bold, parameters as a list."""
    out, section = [], ""
    lines = (inspect.getdoc(thing) or "").split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line in SECTIONS and after == "-" * len(line):
            section = line
            out += ["", f"**{line}**", ""]
        elif section and line == "-" * len(section):
            continue
        else:
            out.append(_field(line) if section in LISTED else line)
    return "\n".join(out)


def _field(line: str) -> str:
    """`path : where it lies` as an entry of a list; lines that go on are indented already."""
    name, colon, meaning = line.partition(" : ")
    listed = colon and not line.startswith(" ")
    return f"``{name}``\n    {meaning}" if listed else line


def modules() -> str:
    """Each module, the question it answers, and what it offers."""
    import biaskit

    out = []
    for found in pkgutil.iter_modules(biaskit.__path__, "biaskit."):
        module = importlib.import_module(found.name)
        question = " ".join((inspect.getdoc(module) or "").split("\n\n")[0].split())
        offered = ", ".join(f"``{name}``" for name in module.__all__)
        out += [f"``{found.name}``", *_indented(f"{_plain(question)}"), "", *_indented(offered), ""]
    return "\n".join(out)


# ---- commands --------------------------------------------------------------------------------


def walk(command: Any, words: tuple[str, ...] = ("biaskit",)) -> Iterator[tuple[str, Any]]:
    """Every command below this one, with the words that call it."""
    below = getattr(command, "commands", None)
    if not below:
        yield " ".join(words), command
        return
    for name, one in below.items():
        yield from walk(one, (*words, name))


def all_commands() -> list[tuple[str, Any]]:
    """Every command of the program by the words that call it, in alphabetical order."""
    import typer

    from biaskit.cli import app

    return sorted(walk(typer.main.get_command(app)), key=lambda found: found[0])


def commands() -> str:
    """Every command with its arguments and options."""
    out: list[str] = []
    for words, command in all_commands():
        out += _titled(words, "-")
        text, _, example = inspect.cleandoc(command.help or "").partition("Example: ")
        out += [_plain(text).strip(), ""]
        if example:
            out += [".. code-block:: sh", "", *_indented(example.strip()), ""]
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option"]
        for p in [*arguments, *options]:
            out += [f"``{_spelled(p)}``", *_indented(_meaning(p)), ""]
    return "\n".join(out)


def _spelled(p: Any) -> str:
    if p.param_type_name == "argument":
        return str(p.name).upper() + ("..." if p.nargs == -1 else "")
    return ", ".join([*p.opts, *p.secondary_opts])


def _meaning(p: Any) -> str:
    """The help of an option, whether it must be given, and what it is otherwise."""
    told = _plain(getattr(p, "help", None) or "")
    if p.required:
        return f"{told} Must be given.".strip()
    if p.default in (None, False, True, [], ()) or callable(p.default):
        return told or "Optional."
    return f"{told} Otherwise ``{p.default}``.".strip()


# ---- tables ----------------------------------------------------------------------------------


def tables() -> str:
    """Every table, and of each column its kind and its meaning."""
    from biaskit.tables import COLUMNS, STORED

    out: list[str] = []
    for table, columns in COLUMNS.items():
        out += _titled(table, "-")
        out += ["Kept in a measurement set.", ""] if table in STORED else []
        out += [".. list-table::", "   :header-rows: 1", "   :widths: 25 10 65", ""]
        out += ["   * - column", "     - kind", "     - meaning"]
        for name, (kind, meaning) in columns.items():
            out += [f"   * - ``{name}``", f"     - {kind}", f"     - {_plain(meaning)}"]
        out.append("")
    return "\n".join(out)


# ---- figures ---------------------------------------------------------------------------------


def figures() -> str:
    """The figures of every set, drawn now, each with what it shows; and the functions."""
    import matplotlib as mpl

    mpl.use("agg")
    import biaskit
    from biaskit.figures import STYLE, all_figures

    DRAWN.mkdir(parents=True, exist_ok=True)
    out: list[str] = []
    for name, title in SETS.items():
        out += _titled(title, "-")
        for drawing in all_figures(biaskit.load(CORPUS / name)):
            file = DRAWN / f"{name}-{drawing.name}.png"
            with mpl.rc_context(STYLE):
                drawing.figure.savefig(file, metadata={"Software": None})
            finding = _plain(" ".join(drawing.finding.split()))
            out += _titled(drawing.name.replace("-", " ").capitalize(), "~")
            out += [f".. figure:: /_build/drawn/{file.name}", f"   :alt: {finding}", ""]
            out += [*_indented(finding), ""]
    return "\n".join([*out, *_titled("Drawing one yourself", "-"), _functions()])


def _functions() -> str:
    """The functions that draw: a finished table goes in, axes come out."""
    from biaskit import figures as module

    out = []
    for name in module.__all__:
        thing = getattr(module, name)
        if name.endswith("_figure") and inspect.isfunction(thing):
            first = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
            out += [f"``{name}{_call(thing)}``", *_indented(first), ""]
    return "\n".join(out)


MARKUP = re.compile(r"([\\*`|]|_(?=\W|$))")


def _plain(text: str) -> str:
    """Words that are no markup, whatever signs are in them; `code` stays code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return MARKUP.sub(r"\\\1", text)
    plain = (MARKUP.sub(r"\\\1", part) for part in parts[::2])
    code = (f"`{part}`" for part in parts[1::2])
    return "".join(x for pair in zip(plain, [*code, ""], strict=True) for x in pair)


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "figures": figures,
    "modules": modules,
    "names": names,
    "tables": tables,
}
