"""The notebooks run from top to bottom, and are committed as they run."""

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def outputs(notebook):
    """What each cell printed or returned, without pictures, which differ between machines."""
    shown = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_run_afresh_shows_what_is_committed(path):
    """A reader who runs a notebook sees the numbers that are printed in it."""
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


def test_there_are_notebooks():
    """The tests above have something to look at."""
    assert NOTEBOOKS
