"""The package has the shape it says it has: order of imports, size, quick opening, contract."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import biaskit
from biaskit.tables import COLUMNS

# The reading order: each module imports only from those above it.
ORDER = """
    tables tokens outlets lines pages webpages dates corpus copies cues clauses complements
    attributions quotations voices speakers voice lexicon markers exposure sentiment annotation
    measurement cluster events kwic resampling rates keyness comparison findings figures report
    validation cli
""".split()

PACKAGE = ROOT / "biaskit"
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {name: FILES[i] for i, name in enumerate(
    file.relative_to(PACKAGE).parts[0].removesuffix(".py") + "/" * (len(file.relative_to(PACKAGE).parts) > 1) + (
        file.stem if len(file.relative_to(PACKAGE).parts) > 1 else "") for file in FILES)}
