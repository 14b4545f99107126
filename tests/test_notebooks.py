"""The notebooks run from top to bottom, and are committed as they run."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

LARGEST_PICTURE = 250_000  # characters of base64


def outputs(notebook):
    """What each cell printed or returned, without pictures, which differ between machines."""
    shown = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_run_afresh_shows_what_is_committed(path, monkeypatch):
    """A reader who runs a notebook sees the numbers that are printed in it."""
    monkeypatch.delenv("MPLBACKEND", raising=False)  # or the kernel draws nothing to be seen
    nbclient = pytest.importorskip("nbclient")
    committed = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(fresh, timeout=120, resources={"metadata": {"path": ROOT}})
    client.execute()
    assert outputs(fresh) == outputs(committed)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_as_one_run(path):
    """Cells were run once, in order, without an error, a timing or a path of a machine."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    kinds = {output.output_type for cell in code for output in cell.outputs}
    assert "error" not in kinds
    assert not any("execution" in cell.metadata for cell in notebook.cells)
    written = path.read_text(encoding="utf-8")
    assert "/home/" not in written
    assert "/work/" not in written
    assert "/tmp/" not in written


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_its_finding_and_its_limit(path):
    """Who reads the first cell only knows what was found and what was not."""
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    finding, limit = (
        re.search(told, first.source)
        for told in (r"\*\*What we find\.\*\*", r"\*\*What (limits it|we cannot find)\.\*\*")
    )
    assert finding
    assert limit
    assert finding.start() < limit.start()


def imported(path):
    """Module and name of everything that a notebook takes from biaskit."""
    cells = nbformat.read(path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    for node in ast.walk(ast.parse(re.sub(r"(?m)^%.*$", "", code))):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "biaskit":
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "biaskit":
            yield "biaskit", node.attr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_public_names_only(path):
    """What a notebook shows can be relied on: it is in the `__all__` of its module."""
    taken = set(imported(path))
    assert taken
    assert {(m, name) for m, name in taken if name not in import_module(m).__all__} == set()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_figure_of_a_notebook_is_in_it(path):
    """A cell that draws shows its picture, which is small enough to be sent by mail."""
    cells = nbformat.read(path, as_version=4).cells
    pictures = {
        i: [o.data["image/png"] for o in cell.outputs if "image/png" in o.get("data", {})]
        for i, cell in enumerate(cells)
        if cell.cell_type == "code" and re.search(r"^\w*figure\(.*\);$", cell.source, re.M)
    }
    assert pictures
    assert [i for i, shown in pictures.items() if len(shown) != 1] == []
    assert max(len(one) for shown in pictures.values() for one in shown) < LARGEST_PICTURE


def test_there_are_six_notebooks():
    """The tests above have something to look at: 01 to 06."""
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
