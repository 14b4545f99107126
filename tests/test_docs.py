"""What is written about biaskit is true: names, commands, files, and code that can be copied."""

import html
import importlib
import inspect
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from conftest import PAGES, ROOT, write_pages
from test_cli import COMMANDS

import biaskit
from biaskit.cli import app
from biaskit.tables import COLUMNS

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL = [code for kind, code in BLOCKS if kind == "sh"]
PYTHON = [code for kind, code in BLOCKS if kind == "python"]
OURS = [code for code in SHELL if code.startswith("biaskit ")]

DOCS = ROOT / "docs"
WRITTEN = sorted(DOCS.glob("*.rst"))

PUBLIC = biaskit.__all__


# ---- docstrings ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_says_what_it_is(name):
    """In a sentence of its own, not in one that Python makes up."""
    text = inspect.getdoc(getattr(biaskit, name)) or ""
    first = text.split("\n\n")[0]
    assert len(first.split()) >= 4
    assert first.endswith((".", ":")), first
    assert not first.startswith(f"{name}(")


@pytest.mark.parametrize("name", PUBLIC)
def test_every_parameter_is_spoken_of(name):
    """Whatever can be given is explained where it is given, or has the name of a table."""
    thing = getattr(biaskit, name)
    if inspect.isclass(thing):
        return
    text = inspect.getdoc(thing)
    unexplained = [p for p in inspect.signature(thing).parameters if p not in text]
    tables = {*COLUMNS, "measured"}
    assert {*unexplained} <= tables


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_signature_is_annotated(name):
    """A reader sees what goes in and what comes out."""
    signature = inspect.signature(getattr(biaskit, name))
    assert all(p.annotation is not p.empty for p in signature.parameters.values())


def test_the_package_shows_how_it_is_used():
    """The docstring of the package names only what there is."""
    named = re.findall(r"biaskit\.(\w+)\(", biaskit.__doc__)
    assert len(named) >= 3
    assert {*named} <= {*biaskit.__all__}


# ---- README ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_readme_names_every_command(command):
    """A command that no page names is found by nobody."""
    assert f"`biaskit {' '.join(command)}" in README


def test_readme_names_no_command_that_is_not_there():
    """Inline or in a block, `biaskit X` is a command."""
    named = re.findall(r"\bbiaskit ([a-z-]+)(?= |`|$)", "\n".join(re.findall(r"`[^`\n]+`", README)))
    named += re.findall(r"(?:^|/|&& )biaskit ([a-z-]+)", "\n".join(SHELL), re.MULTILINE)
    assert named
    assert {*named} <= {command[0] for command in COMMANDS}


def test_files_that_readme_names_are_there():
    """Paths in backticks and links that lead into the repository."""
    named = re.findall(r"`((?:\.ci|biaskit|corpus|tests|notebooks|docs)/[\w./-]*)`", README)
    named += [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    named += re.findall(r"\b(notebooks/[\w-]+\.ipynb)", README)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", PYTHON)
def test_python_in_readme_runs(code, monkeypatch):
    """From top to bottom, in a checkout."""
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})


def a_shell(folder):
    """A folder to work in, and a shell that knows `biaskit` and works there."""
    command = folder / "bin" / "biaskit"
    command.parent.mkdir()
    code = "from biaskit.cli import main; main()"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n')
    command.chmod(0o755)
    work = folder / "work"
    work.mkdir()
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])

    def run(code):
        return subprocess.run(
            ["/bin/sh", "-e", "-c", code], cwd=work, capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    return work, run


@pytest.fixture
def shell(tmp_path):
    """A shell in a folder with the pages that README draws."""
    work, run = a_shell(tmp_path)
    sources = re.findall(r"[├└]── ([\w.-]+/?)", README)
    folder, texts = "", iter([*PAGES.values()])
    for name in sources:
        if name.endswith("/"):
            folder = name
            (work / "my-pages" / folder).mkdir(parents=True)
        else:
            (work / "my-pages" / folder / name).write_text(next(texts), encoding="utf-8")
    return work, run


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the blocks for Windows are others")
@pytest.mark.parametrize("code", OURS)
def test_commands_in_readme_run(code, shell):
    """Copied as they stand, with the layout that is drawn above them, they end well."""
    work, run = shell
    done = run(code)
    assert (done.returncode, done.stderr) == (0, "")
    for output in re.findall(r"-o ([\w.-]+)", code):
        assert (work / output).exists()
    if "biaskit report" in code:
        assert (work / "report.html").stat().st_size > 100_000


def test_there_is_a_command_to_copy():
    """The tests above have something to look at."""
    assert OURS
    assert PYTHON


# ---- docs/: the reference --------------------------------------------------------------------


@pytest.fixture(scope="module")
def program():
    """What writes the reference from the code: docs/program.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        yield importlib.import_module("program")


@pytest.mark.parametrize("part", ["commands", "figures", "modules", "names", "tables"])
def test_a_page_asks_for_every_part_of_the_reference(program, part):
    """What is generated and never asked for would be read by nobody."""
    assert part in program.PARTS
    asked = f".. from-program:: {part}\n"
    assert sum(asked in page.read_text(encoding="utf-8") for page in WRITTEN) == 1


def test_the_reference_has_every_public_name_with_its_parameters(program):
    """Each as it is called, followed by its own first sentence."""
    page = program.names()
    for name in biaskit.__all__:
        thing = getattr(biaskit, name)
        told = page[page.index(f":: {name}") :].split("\n.. py:")[0]
        if callable(thing):
            assert {*inspect.signature(thing).parameters} <= {*re.findall(r"\w+", told)}
            assert " ".join((inspect.getdoc(thing) or "").split()[:4]) in " ".join(told.split())


def test_the_reference_has_every_command_with_its_options(program):
    """No option is left out, and each that can be given has words of its own."""
    page, found = program.commands(), program.all_commands()
    assert {words for words, _ in found} == {f"biaskit {' '.join(c)}" for c in COMMANDS}
    for words, command in found:
        section = page[page.index(f"{words}\n---") :].split("\n---")[1]
        assert "--" in section or not command.params
        for parameter in command.params:
            assert f"``{program._spelled(parameter)}``" in section
            assert program._meaning(parameter) not in ("", "Optional.", "Must be given.")


def test_the_reference_has_every_table_and_column(program):
    """With the meaning that `COLUMNS` gives it."""
    page = program.tables()
    for table, columns in COLUMNS.items():
        section = page[page.index(f"\n{table}\n--" if not page.startswith(table) else table) :]
        for column in columns:
            assert f"* - ``{column}``" in section.split("\n---", 2)[1]


def test_what_is_no_markup_is_shown_as_it_is(program):
    """Stars, bars and underscores at the end of a word; code between marks stays code."""
    assert program._plain("coup* | x_ and snake_case") == r"coup\* \| x\_ and snake_case"
    assert program._plain("the column `n*` counts*") == r"the column `n*` counts\*"
    assert program._plain("one ` alone") == r"one \` alone"


# ---- docs/: pages to read ----------------------------------------------------------------------

CODE = re.compile(r"^\.\. code-block:: (\w+)\n((?:   :.+\n)*)\n((?:(?:   .*)?\n)+)", re.MULTILINE)


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """Kind, options and code of each block of a page, in order."""
    text = page.read_text(encoding="utf-8") + "\n"
    return [
        (kind, options, "\n".join(line[3:] for line in code.split("\n")).strip() + "\n")
        for kind, options, code in CODE.findall(text)
    ]


LINES = [
    pytest.param(line.strip(), id=f"{page.stem}: {line.strip()}")
    for page in WRITTEN
    for kind, _, code in blocks(page)
    if kind in {"sh", "bash"}
    for line in code.split("\n")
    if line.strip().startswith("biaskit ")
]
INLINE = [
    pytest.param(" ".join(found.split()), id=f"{page.stem}: {' '.join(found.split())}")
    for page in WRITTEN
    for found in re.findall(r"(?<!`)`(biaskit [a-z][^`]+)`", page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("line", [*LINES, *INLINE])
def test_commands_in_the_pages_can_be_given(line):
    """Each command is there and takes the options that are written; nothing is run."""
    command, words = typer.main.get_command(app), shlex.split(line)[1:]
    while getattr(command, "commands", None):
        command = command.commands[words.pop(0)]
    needs_more = not [word for word in words if not word.startswith("-")]
    command.make_context(line, words, resilient_parsing=needs_more and "`" not in line)


RUN = ("tutorial", "own-articles", "own-lexicon")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the blocks are for a shell")
@pytest.mark.parametrize("name", RUN)
def test_a_page_can_be_worked_through(name, tmp_path):
    """Files written, commands run as they stand, from top to bottom, beside corpus/."""
    work, run = a_shell(tmp_path)
    (work / "corpus").symlink_to(ROOT / "corpus")
    pages = iter([*PAGES.values()])
    sources = ("the-lantern/bridge.txt", "northern-post/bridge.txt", "northern-post/harbour.txt")
    write_pages(work / "my-pages", {source: next(pages) for source in sources})
    n_run = 0
    for kind, options, code in blocks(DOCS / f"{name}.rst"):
        caption = re.search(r":caption: (\S+)", options)
        if caption:
            (work / caption[1]).write_text(code, encoding="utf-8")
        elif kind == "sh" and "not-run" not in options:
            done = run(code)
            assert done.returncode == 0, (code, done.stderr)
            n_run += 1
    assert n_run >= 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, id=page.stem)
        for page in WRITTEN
        for kind, options, code in blocks(page)
        if kind == "python" and "not-run" not in options
    ],
)
def test_python_in_the_pages_runs(code, monkeypatch):
    """From top to bottom, in a checkout."""
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs", "exec"), {})


def test_every_page_is_in_the_contents():
    """And nothing is in the contents that is no page."""
    index = (DOCS / "index.rst").read_text(encoding="utf-8")
    listed = re.findall(r"^   ([a-z-]+)$", index, re.MULTILINE)
    assert sorted([*listed, "index"]) == sorted(page.stem for page in WRITTEN)


def test_files_that_the_pages_name_are_there():
    """Paths in backticks that lead into the repository."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in WRITTEN)
    named = re.findall(r"`((?:biaskit|corpus|tests|notebooks|docs)/[\w./-]*)`", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


FIGURE = re.compile(r"(?<![\w.])(?:1\.00|\.\d{2,3})(?!\w)")


def test_figures_of_the_readme_and_of_the_methods_are_the_same():
    """Whoever measures anew changes both."""
    rows = re.findall(
        r"^\|.*\| (?:F1|AUC|precision|recall|correlation|B³|\.).*$", README, re.MULTILINE
    )
    methods = (DOCS / "methods.rst").read_text(encoding="utf-8")
    table = methods[methods.index(".. list-table::") : methods.index("What the figures leave")]
    told = {*FIGURE.findall("\n".join(rows))}
    assert len(rows) == 13
    assert told - {".33", ".5", ".05"} <= {*FIGURE.findall(table)}


def test_the_picture_of_the_readme_shows_what_the_corpus_gives():
    """Its numbers, counted today; if they differ, run docs/picture.py and look at the README."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        picture = importlib.import_module("picture")
    assert (DOCS / "picture.png").read_bytes().startswith(b"\x89PNG")
    kept = (DOCS / "picture.csv").read_text(encoding="utf-8")
    assert picture.as_csv(picture.shares()) == kept
    alternative = README[README.index("![") : README.index("](docs/picture.png)")]
    for told in ("Kiev 45 times of 45", "losses 103", "neutralised 64 of 176", "Kyiv 101 of 101"):
        assert told in alternative
    for row in ("Kiev,Sputnik,45,45", "losses,Sputnik,103,176", "neutralised,Sputnik,64,176"):
        assert row in kept


@pytest.mark.slow
def test_the_pages_are_built_without_a_warning(tmp_path, program):
    """By Sphinx, offline; every name, command, column and figure is in what comes out."""
    pytest.importorskip("sphinx", reason="the pages need the extra docs: pip install '.[docs]'")
    pytest.importorskip("furo", reason="the pages need the extra docs: pip install '.[docs]'")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(DOCS), str(tmp_path)],
        capture_output=True, text=True, check=False, env={**os.environ, "MPLBACKEND": "agg"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    page = {file.stem: file.read_text(encoding="utf-8") for file in tmp_path.glob("*.html")}
    seen = {name: html.unescape(re.sub(r"<[^>]+>", "", text)) for name, text in page.items()}
    assert [name for name in biaskit.__all__ if f'id="biaskit.{name}"' not in page["names"]] == []
    assert [w for w, _ in program.all_commands() if w not in seen["commands"]] == []
    assert [table for table in COLUMNS if table not in seen["tables"]] == []
    pictures = re.findall(r"<img [^>]*>", page["gallery"])
    assert len(pictures) >= 3 * len(program.SETS)
    assert all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)
    sources = re.findall(
        r'(?:src|href)="(https?:[^"]+)"[^>]*rel="stylesheet"|<script[^>]+src="(http[^"]+)',
        "".join(page.values()),
    )
    assert sources == []
