"""Gold made of others' annotations is what `biaskit validate` reads."""

import importlib.util
from pathlib import Path

import pytest

from biaskit.validation.voice import validate_voice

spec = importlib.util.spec_from_file_location(
    "polnear", Path(__file__).parent / "validation" / "polnear.py"
)
polnear = importlib.util.module_from_spec(spec)
spec.loader.exec_module(polnear)

TEXT = "The bridge is closed, the mayor said. Anglers fear the worst."
BOUND = """\
T1\tContent 0 20\tThe bridge is closed
T2\tSource 22 31\tthe mayor
T3\tCue 32 36\tsaid
T4\tSource 38 45\tAnglers
T5\tCue 46 50\tfear
T6\tContent 51 54;55 60\tthe worst
"""
WANTED = [
    {"source": [[22, 31]], "cue": [[32, 36]], "content": [[0, 20]]},
    {"source": [[38, 45]], "cue": [[46, 50]], "content": [[51, 54], [55, 60]]},
]


@pytest.mark.parametrize(
    "ties",
    [
        "R1\tAttribution Arg1:T2 Arg2:T1\nR2\tAttribution Arg1:T3 Arg2:T1\n"
        "R3\tAttribution Arg1:T4 Arg2:T6\nR4\tAttribution Arg1:T5 Arg2:T6\n",
        "E1\tCue:T3 Source:T2 Content:T1\nE2\tCue:T5 Source:T4 Content:T6\n",
    ],
    ids=["relations", "events"],
)
def test_standoff_is_tied_together(ties):
    """Relations and events give the same attributions, discontinuous spans in parts."""
    assert polnear.attributions(BOUND + ties) == WANTED


def test_what_has_no_content_is_no_attribution():
    """A cue alone says nothing of whose words others are."""
    assert polnear.attributions("T1\tCue 0 4\tsaid\n") == []


def test_a_clone_becomes_gold(tmp_path):
    """Text and standoff meet by name; outlet and date come from it."""
    for kind, ending, content in (
        ("text", "txt", TEXT),
        ("attributions", "ann", BOUND + "E1\tCue:T3 Source:T2 Content:T1\n"),
    ):
        folder = tmp_path / "data" / "dev" / kind
        folder.mkdir(parents=True)
        (folder / f"the-echo_2031-05-04_bridge.{ending}").write_text(content, encoding="utf-8")
    (row,) = polnear.rows(tmp_path)
    assert (row["outlet"], row["date"], row["part"]) == ("the-echo", "2031-05-04", "dev")
    assert validate_voice([row])["n"] == 1
