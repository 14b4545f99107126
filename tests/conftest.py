"""
Three invented outlets, small enough to count by hand.

What each page holds stands beside it: tokens in headline and body, and hits. `Echo` writes
"coup", `Post` writes "uprising", `Tribune` writes neither. One hit stands in a quotation
(Echo/two.txt) and one outside the article (the link at the end of Post/one.txt).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from biaskit.corpus import read_corpus
from biaskit.lexicon import Lexicon, read_lexicon
from biaskit.measurement import MeasurementSet
from biaskit.measuring import measure

# The same examples on every machine and every run, however busy it is.
settings.register_profile("biaskit", deadline=None, derandomize=True)
settings.load_profile("biaskit")

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SHARED = ROOT.parent / "shared"

PAGES = {
    # 5 + 12 + 14 tokens; coup, regime, coup
    "Echo/one.txt": """\
Menu

General Takes Palace in Velmora

The coup in Velmora began at dawn and was over by noon.

The new regime has closed the harbour, and nobody was hurt in the coup.
""",
    # 5 + 14 (4 of them quoted) + 15 tokens; coup in the quotation
    "Echo/two.txt": """\
Harbour Opens Again in Velmora

"It was a coup," said the mayor of the old town on the hill.

The fishermen were out at sea on the first morning, and the market was full.
""",
    # 6 + 12 + 15 tokens; uprising in the headline, uprising in the body, coup in the link
    "Post/one.txt": """\
Uprising in Velmora Ends Old Rule

The uprising in Velmora began at dawn and was over by noon.

The people were in the streets, and the harbour was open to all of them.

Coup Leaders Named in Velmora (12)
""",
    # 5 + 15 + 15 tokens; change of power, which is no marker
    "Post/two.txt": """\
Velmora Sees a Quiet Day

The change of power in Velmora was quick, and the shops were open at noon.

There was music in the park, and the trains were on time in the evening.
""",
    # 4 + 13 + 15 tokens; no hit
    "Tribune/one.txt": """\
Velmora Waits for News

The council of Velmora was not in session, and the doors were shut.

It was cold in the square, and the band was there until it was dark.
""",
}

LEXICON = """\
[lexicon]
name = "tiny"
version = "1"
title = "Four entries to count with"

[frames]
"naming/rule" = "names for a change of power"
"naming/rulers" = "names for those who rule"
neutral = "plain words"

[[entry]]
id = "coup"
pattern = ["coup*"]
frame = "naming/rule"
set = "change"
variant = "coup"
mirror = "uprising"

[[entry]]
id = "uprising"
pattern = ["uprising"]
frame = "naming/rule"
set = "change"
variant = "uprising"
mirror = "coup"

[[entry]]
id = "change-of-power"
pattern = ["change of power"]
frame = "neutral"
set = "change"
variant = "plain"

[[entry]]
id = "regime"
pattern = ["regime"]
frame = "naming/rulers"
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips", action="store_true", help="a skipped test fails, unless its data lack"
    )


def judged(report, config: pytest.Config):
    """With --no-skips a missing browser or package is no reason to leave a test out."""
    for_data = "at hand" in str(report.longrepr)
    if config.option.no_skips and report.skipped and not (for_data or hasattr(report, "wasxfail")):
        report.outcome, report.longrepr = "failed", f"may not be skipped: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    return judged((yield), item.config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    return judged((yield), collector.config)


def at_hand(file: Path) -> Path:
    """A file that lies beside the repository; without it the test is skipped."""
    if not file.exists():
        pytest.skip(f"{file.name} is not at hand")
    return file


def write_pages(folder: Path, pages: dict[str, str]) -> Path:
    """Write pages below `folder`, each under its source."""
    for source, text in pages.items():
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text(text, encoding="utf-8")
    return folder


def read_cases(stage: str, name: str) -> list:
    """The cases of one file, each a test named by its label; known failures must fail."""
    marks = [pytest.mark.xfail(strict=True)] if name == "known_failures" else []
    cases = json.loads((TESTS / "cases" / stage / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"], marks=marks) for case in cases]


@contextmanager
def without_pictures() -> Iterator[None]:
    """Reports with a dot for each picture: drawing takes most of their time."""
    from matplotlib.figure import Figure

    from biaskit.figures import Drawing

    dot = Figure(figsize=(0.1, 0.1))
    names = ("markers", "voices", "alternation", "sentiment")
    with pytest.MonkeyPatch.context() as patch:
        dots = [Drawing(name, dot, None, "") for name in names]
        patch.setattr("biaskit.report.all_figures", lambda measured, **_: dots)
        yield


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """The folder of the invented pages, one folder for each outlet."""
    return write_pages(tmp_path / "pages", PAGES)


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Four entries: three variants of one set, one of them neutral, and one marker beside."""
    file = tmp_path_factory.mktemp("lexicon") / "tiny.toml"
    file.write_text(LEXICON, encoding="utf-8")
    return read_lexicon(file)


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> MeasurementSet:
    """The measurement set of the five invented pages; nobody may change its tables."""
    folder = write_pages(tmp_path_factory.mktemp("measured"), PAGES)
    return measure(read_corpus(folder), [lexicon])
