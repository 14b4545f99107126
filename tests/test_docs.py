"""What is written about biaskit is true: names, commands, files, and code that can be copied."""

import inspect
import os
import re
import subprocess
import sys

import pytest
from conftest import PAGES, ROOT
from test_cli import COMMANDS

import biaskit

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL = [code for kind, code in BLOCKS if kind == "sh"]
PYTHON = [code for kind, code in BLOCKS if kind == "python"]
OURS = [code for code in SHELL if code.startswith("biaskit ")]
REFERENCE = [p for ending in ("md", "rst") for p in (ROOT / "docs").rglob(f"*.{ending}")]

written = pytest.mark.skipif(not README.strip(), reason="README.md is not written yet")
PUBLIC = [name for name in biaskit.__all__ if callable(getattr(biaskit, name))]


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
    tables = {*biaskit.COLUMNS, "measured"}
    assert {*unexplained} <= tables


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_signature_is_annotated(name):
    """A reader sees what goes in and what comes out."""
    signature = inspect.signature(getattr(biaskit, name))
    assert all(p.annotation is not p.empty for p in signature.parameters.values())


@pytest.mark.skipif(not REFERENCE, reason="there is no reference in docs/ yet")
def test_every_public_name_and_command_is_in_the_reference():
    """Nothing public is left out of the documentation."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in REFERENCE)
    commands = [f"biaskit {' '.join(command)}" for command in COMMANDS]
    assert [name for name in [*biaskit.__all__, *commands] if name not in pages] == []


def test_the_package_shows_how_it_is_used():
    """The docstring of the package names only what there is."""
    named = re.findall(r"biaskit\.(\w+)\(", biaskit.__doc__)
    assert len(named) >= 3
    assert {*named} <= {*biaskit.__all__}


# ---- README ----------------------------------------------------------------------------------


@written
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_readme_names_every_command(command):
    """A command that no page names is found by nobody."""
    assert f"`biaskit {' '.join(command)}" in README


@written
def test_readme_names_no_command_that_is_not_there():
    """Inline or in a block, `biaskit X` is a command."""
    named = re.findall(
        r"\bbiaskit ([a-z]+)\b(?= |`|$)", "\n".join(re.findall(r"`[^`\n]+`", README))
    )
    named += re.findall(r"(?:^|/|&& )biaskit ([a-z]+)", "\n".join(SHELL), re.MULTILINE)
    assert named
    assert {*named} <= {command[0] for command in COMMANDS}


@written
def test_files_that_readme_names_are_there():
    """Paths in backticks and links that lead into the repository."""
    named = re.findall(r"`((?:\.ci|biaskit|corpus|tests|notebooks|docs)/[\w./-]*)`", README)
    named += [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    named += re.findall(r"\b(notebooks/[\w-]+\.ipynb)", README)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@written
@pytest.mark.parametrize("code", PYTHON)
def test_python_in_readme_runs(code, monkeypatch):
    """From top to bottom, in a checkout."""
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})


@pytest.fixture
def shell(tmp_path):
    """A folder with the pages that README draws, and a shell that knows `biaskit`."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "biaskit"
    code = "from biaskit.cli import main; main()"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n')
    command.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    sources = re.findall(r"[├└]── ([\w.-]+/?)", README)
    folder, texts = "", iter([*PAGES.values()])
    for name in sources:
        if name.endswith("/"):
            folder = name
            (work / "my-pages" / folder).mkdir(parents=True)
        else:
            (work / "my-pages" / folder / name).write_text(next(texts), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])

    def run(code):
        return subprocess.run(
            ["/bin/sh", "-e", "-c", code], cwd=work, capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    return work, run


@written
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


@written
def test_there_is_a_command_to_copy():
    """The tests above have something to look at."""
    assert OURS
    assert PYTHON
