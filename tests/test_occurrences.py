"""Targets and loaded words stand in a set beside the markers, and show no words around them."""

import pytest
from conftest import LEXICON, write_pages

from biaskit.corpus import read_corpus
from biaskit.lexicon import markers_among
from biaskit.loadedness.listing import loadedness_lexicon, setting_of
from biaskit.measurement import load
from biaskit.measuring import measure, read_lexicons
from biaskit.rates import marker_rates

PAGE = """\
Mayor Slams Absurd Plan for Velmora

The mayor slammed the absurd plan, and Velmora was told of the coup at noon.
The utterly shameful scheme was praised by the people of the town on Monday.
There was music in the park, and the trains were on time in the evening, as they had been
in the morning, when the market was full and the fishermen were out at sea with their boats.
"""

TARGETS = """\
[lexicon]
name = "towns"
version = "1"
title = "Towns"
description = "Invented towns."
language = "en"
licence = "CC BY 4.0"

[frames]
"target/town" = "a town"

[[entry]]
id = "velmora"
pattern = ["Velmora"]
frame = "target/town"
gloss = "A town."
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("all")
    (folder / "tiny.toml").write_text(LEXICON, encoding="utf-8")
    (folder / "towns.toml").write_text(TARGETS, encoding="utf-8")
    write_pages(folder / "pages", {"Echo/one.txt": PAGE})
    return folder


@pytest.fixture(scope="module")
def measured(folder):
    lexicons = [folder / "tiny.toml", folder / "towns.toml", "loadedness-broad"]
    return measure(read_corpus(folder / "pages"), lexicons)


def hits_of(measured, lexicon):
    return measured.hits[measured.hits["lexicon"] == lexicon]


def test_loaded_words_are_hits_with_score_and_reasons(measured):
    """In a lexicon of their own, whose entries are the frames of the list."""
    hits = hits_of(measured, "loadedness-broad")
    assert {"slammed", "absurd", "shameful"} <= {*hits["form"]}
    assert hits["score"].between(0, 1).all()
    assert hits["reasons"].str.len().gt(0).all()
    entries = measured.entries[measured.entries["lexicon"] == "loadedness-broad"]
    assert {*hits["entry"]} <= {*entries["entry"]}


def test_hits_of_lists_have_neither(measured):
    """A list says yes or no."""
    assert hits_of(measured, "tiny")[["score", "reasons"]].isna().all(axis=None)


@pytest.mark.parametrize("lexicon", ["towns", "loadedness-broad"])
def test_targets_and_loaded_words_show_nothing_around_them(measured, lexicon):
    """So many of them would give the article back."""
    hits = hits_of(measured, lexicon)
    assert len(hits) >= 2
    assert {*hits["left"]} | {*hits["right"]} == {""}
    assert {*hits_of(measured, "tiny")["left"]} != {""}


def test_neither_counts_as_a_marker(measured):
    """They stand beside the markers; asked for by name they are counted."""
    assert {*measured.entries.loc[markers_among(measured.entries), "lexicon"]} == {"tiny"}
    everything = marker_rates(measured).set_index("voice")["n"]
    assert everything["all"] == len(hits_of(measured, "tiny"))
    towns = marker_rates(measured, frame="target").set_index("voice")["n"]
    assert towns["all"] == 2


def test_loaded_words_have_no_collocates(measured):
    """Each is only a word; targets have theirs."""
    assert {*measured.cooccurrences["entry"]} == {"coup", "velmora"}


def test_both_settings_have_a_hash_and_a_name():
    """A set says which it was made with."""
    strict, broad = (loadedness_lexicon(setting) for setting in ("strict", "broad"))
    assert strict.sha256 != broad.sha256
    assert [setting_of(x.name) for x in (strict, broad)] == ["strict", "broad"]
    assert setting_of("loadedness-lax") is None
    assert [x.name for x in read_lexicons(["loadedness-strict"])] == ["loadedness-strict"]


def test_no_context_keeps_the_words_around_hits_out(folder, tmp_path, capsys):
    """And the set says that it was made so."""
    from biaskit.cli import main

    arguments = ["measure", str(folder / "pages"), "-o", str(tmp_path / "set"), "--no-context",
                 "--lexicon", str(folder / "tiny.toml"), "--loadedness", "strict"]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["biaskit", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
    assert left.value.code in {0, None}, capsys.readouterr().err
    bare = load(tmp_path / "set")
    assert {*bare.hits["left"]} | {*bare.hits["right"]} == {""}
    assert {*bare.hits["lexicon"]} == {"tiny", "loadedness-strict"}
    assert bare.provenance["lexicons"][0]["shows_context"] is False
