"""The package and its help open quickly: they load next to nothing."""

import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT
from test_cli import COMMANDS

HEAVY = (
    "matplotlib seaborn nltk textblob pandas numpy scipy pyarrow trafilatura lxml jinja2".split()
)

# What `import biaskit` may load beyond what Python has loaded itself: the package, and nothing
# that takes time. Modules are counted, since the clock of a busy machine tells nothing.
FEW = 10


def modules(code):
    """The modules loaded at the end of a fresh interpreter that ran `code`."""
    at_the_end = "atexit.register(lambda: sys.stderr.write(json.dumps([*sys.modules])))"
    whole = f"import atexit, json, sys\n{at_the_end}\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return done.stdout, {*json.loads(done.stderr)}


def helped(*command):
    arguments = ["biaskit", *command, "--help"]
    return modules(f"sys.argv = {arguments!r}\nfrom biaskit.cli import main\nmain()")


def test_the_package_alone_loads_next_to_nothing():
    """Names are looked up when they are used."""
    _, before = modules("import importlib")
    _, after = modules("import biaskit")
    assert "biaskit" in after
    assert len(after - before) <= FEW


def test_help_loads_nothing_that_computes():
    """`biaskit --help` is there at once."""
    out, loaded = helped()
    assert "Commands:" in out
    assert {module.split(".")[0] for module in loaded} & {*HEAVY} == set()


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_of_a_command_loads_nothing_that_computes(command):
    """Each command imports what it needs once it is run."""
    out, loaded = helped(*command)
    assert "Example:" in out
    assert {module.split(".")[0] for module in loaded} & {*HEAVY} == set()


@pytest.mark.slow
def test_a_public_name_loads_only_what_it_needs():
    """Reading a set needs pandas and no figures, no sentiment library and no page extractor."""
    _, loaded = modules("import biaskit\nbiaskit.load\nbiaskit.marker_rates")
    found = {module.split(".")[0] for module in loaded} & {*HEAVY}
    assert "pandas" in found
    assert found & {"matplotlib", "seaborn", "trafilatura", "jinja2"} == set()
