"""The package has the shape it says it has: order of imports, size, quick opening, contract."""

import ast
import subprocess
import sys

import pytest
from conftest import ROOT

import biaskit
from biaskit.tables import COLUMNS, VOICES, ZONES

# The reading order: each module imports only from those above it, whatever the import is for.
ORDER = """
    schema tables pools tokens tokentable reading
    outlets lines zonerules pages webpages dates metadata languages articles scans copies settling
    corpus
    voice lexicon markers loadedness exposure sentiment batches occurrences annotation
    parts storage measurement measuring partitions cluster
    kwic coding cells events resampling rates sourcing
    keyness collocation targets shifts comparison paired sidebyside power specification explanation
    citation overview findings figures showing report export validation cli __main__
""".split()

PACKAGE = ROOT / "biaskit"
FILES = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in FILES.items()}
MODULES = [name for name in FILES if name != "__init__.py"]

# Others' packages that take long to import, or that no measurement needs.
HEAVY = "matplotlib seaborn nltk textblob pandas numpy scipy pyarrow trafilatura jinja2".split()
DRAWING = ("matplotlib", "seaborn")


def place_of(name: str) -> str:
    """Module or folder that a file belongs to: figures.py and figures/rates.py are figures."""
    return name.split("/")[0].removesuffix(".py")


def imported(tree: ast.AST) -> list[str]:
    """Every module that a file imports, at the top or inside a function, with dots."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def own_modules(name: str) -> set[str]:
    """The modules of biaskit that a file imports; what is in the package itself is none."""
    places = {place_of(module) for module in MODULES}
    parts = [dotted.split(".") for dotted in imported(TREES[name])]
    return {p[1] for p in parts if p[0] == "biaskit" and len(p) > 1} & places


def test_every_module_has_its_place_in_the_order():
    """A new module is put where a reader would look for it."""
    assert [name for name in MODULES if place_of(name) not in ORDER] == []


def test_a_module_imports_only_from_modules_above_it():
    """So that the list can be read from top to bottom, and no two need each other."""
    below = {}
    for name in MODULES:
        place = place_of(name)
        above = set(ORDER[: ORDER.index(place)] if place in ORDER else ORDER) | {place}
        below[name] = own_modules(name) - above
    assert {name: found for name, found in below.items() if found} == {}


def test_a_module_is_small_enough_to_be_read():
    """At most 300 lines."""
    n_lines = {name: file.read_text(encoding="utf-8").count("\n") for name, file in FILES.items()}
    assert {name: n for name, n in n_lines.items() if n > 300} == {}


def test_a_module_says_what_it_answers_and_what_it_offers():
    """A docstring, and a literal list of public names, all of which there are."""
    for name, tree in TREES.items():
        assert ast.get_docstring(tree), name
        lists = [
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
        ]
        assert len(lists) == 1, f"{name}: __all__ is given once, and literally"
        public = ast.literal_eval(lists[0])
        assert isinstance(public, list), name
        assert len(set(public)) == len(public), name
        if name != "__init__.py":
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            names |= {node.name for node in tree.body if hasattr(node, "name")}
            names |= {dotted.split(".")[-1] for dotted in imported(tree)}
            assert set(public) - names == set(), name


def test_only_figures_and_report_draw():
    """Nothing that measures or compares imports matplotlib."""
    others = [name for name in MODULES if place_of(name) not in {"figures", "report"}]
    loaded = {name: {m.split(".")[0] for m in imported(TREES[name])} for name in others}
    assert [name for name in others if loaded[name] & {*DRAWING}] == []


def test_every_public_name_of_the_package_is_found():
    """At most 25 names, each where `__init__` says it lives."""
    assert len(biaskit.__all__) <= 25
    for name in biaskit.__all__:
        assert getattr(biaskit, name) is not None
    assert set(biaskit.__all__) <= set(dir(biaskit))
    with pytest.raises(AttributeError) as error:
        _ = biaskit.bias_score
    assert str(error.value) == "module 'biaskit' has no attribute 'bias_score'"


def loaded_by(code: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after running this code."""
    shown = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{code}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return {module.split(".")[0] for module in run.stdout.split()}


def test_importing_the_package_loads_nothing_heavy():
    """`import biaskit` opens at once; what it offers is loaded when it is asked for."""
    assert loaded_by("import biaskit") & set(HEAVY) == set()
    assert loaded_by("import biaskit.cli") & set(HEAVY) == set()
    assert "pandas" in loaded_by("import biaskit; biaskit.kwic_lines")


@pytest.mark.slow
def test_reading_and_measuring_load_no_matplotlib():
    """Whoever only measures waits for no figures."""
    names = "biaskit.measure, biaskit.load, biaskit.marker_rates, biaskit.read_corpus"
    assert loaded_by(f"import biaskit; {names}") & set(DRAWING) == set()


def test_every_column_has_a_kind_and_a_meaning():
    """In words, which the reference shows to whoever asks."""
    for table, columns in COLUMNS.items():
        for column, (kind, meaning) in columns.items():
            assert kind in {"text", "count", "number", "flag"}, (table, column)
            assert meaning.strip() == meaning != "", (table, column)
            assert column == column.strip().lower(), table


def test_a_column_means_the_same_in_every_table():
    """Where a column of one name has several meanings, its kind is one all the same."""
    kinds: dict[str, set[str]] = {}
    for columns in COLUMNS.values():
        for column, (kind, _) in columns.items():
            kinds.setdefault(column, set()).add(kind)
    assert {column for column, found in kinds.items() if len(found) > 1} == set()
    assert len(set(VOICES)) == len(VOICES) == 4
    assert len(set(ZONES)) == len(ZONES) == 8
