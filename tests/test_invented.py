"""Our own twelve articles are read, cut and counted as we labelled them by hand."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from biaskit.corpus import read_corpus
from biaskit.findings import about_events
from biaskit.measurement import load
from biaskit.measuring import measure
from biaskit.metadata import read_metadata
from biaskit.rates import alternation_shares, marker_rates
from biaskit.tables import RATE_ZONES, STORED

FOLDER = ROOT / "corpus" / "invented"
PAGES = {
    f.relative_to(FOLDER / "pages").as_posix(): f.read_text(encoding="utf-8")
    for f in sorted((FOLDER / "pages").rglob("*.txt"))
}


def gold(name):
    lines = (FOLDER / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def invented():
    return measure(read_corpus(FOLDER / "pages", metadata=FOLDER / "metadata.csv"))


@pytest.fixture(scope="module")
def source(invented):
    return invented.documents.set_index("document")["source"]


# ---- the gold itself -------------------------------------------------------------------------


def test_every_line_of_every_page_has_a_label():
    """The gold covers the pages to the letter: lines, numbers and positions."""
    wanted = []
    for name, text in PAGES.items():
        start = 0
        for line in text.split("\n"):
            if line.strip():
                wanted.append((name, start, start + len(line), line))
            start += len(line) + 1
    told = [(row["file"], row["start"], row["end"], row["text"]) for row in gold("lines")]
    assert told == wanted
    assert len(told) == 231


@pytest.mark.parametrize(("name", "words"), [("hits", "form"), ("spans", "text")])
def test_gold_positions_hold_the_words_they_say(name, words):
    """Start and end are code points of the page."""
    for row in gold(name):
        assert PAGES[row["file"]][row["start"] : row["end"]] == row[words]


def test_each_event_is_told_once_by_each_outlet():
    """Six events, two outlets, twelve pages, all of them in the metadata."""
    facts = read_metadata(FOLDER / "metadata.csv")
    assert sorted(facts) == sorted(PAGES)
    pairs = sorted((fact["event"], fact["outlet"]) for fact in facts.values())
    events = sorted({event for event, _ in pairs})
    assert len(events) == 6
    assert pairs == [(e, o) for e in events for o in ("Harbour Lantern", "Northgate Courier")]


# ---- zones -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_line_is_in_the_zone_it_was_labelled_with(page, invented, source):
    """From edge to edge; only a dateline before the first sentence is cut off its line."""
    zones = invented.zones[invented.zones["document"].map(source) == page]
    for line in (row for row in gold("lines") if row["file"] == page):
        here = zones[(zones["start"] < line["end"]) & (zones["end"] > line["start"])]
        datelines = here[here["reason"] == "dateline"]
        (rest,) = here[here["reason"] != "dateline"].itertuples()
        assert (rest.zone, rest.end) == (line["label"], line["end"]), line["text"]
        assert rest.start == line["start"] or rest.start == datelines["end"].item() + 1


def test_datelines_are_cut_off_where_there_are_any(invented):
    """Four of the articles begin with a place and an agency; they are not counted."""
    cut = invented.zones[invented.zones["reason"] == "dateline"]
    texts = [invented.texts[z.document][z.start : z.end] for z in cut.itertuples()]
    assert sorted(texts) == [
        "DUNMERE (Lantern) —",
        "KESTRIA TOWN (Courier) —",
        "ORVELLE (Courier) —",
        "SALLOW BAY (Lantern) —",
    ]


# ---- hits ------------------------------------------------------------------------------------


def test_hits_are_those_found_by_hand(invented, source):
    """Each occurrence once, with its position, entry, words and zone; nothing else."""
    found = [
        (source[h.document], h.start, h.end, h.entry, h.form, h.zone)
        for h in invented.hits.itertuples()
    ]
    keys = ("file", "start", "end", "entry", "form", "zone")
    assert sorted(found) == sorted(tuple(row[key] for key in keys) for row in gold("hits"))
    assert len(found) == 108


def test_most_hits_are_in_the_voice_that_a_reader_hears(invented, source, record_property):
    """Rules find the voice of a word and are sometimes wrong: 19 in 20 hits here are right."""
    wanted = {(row["file"], row["start"]): row["voice"] for row in gold("hits")}
    right = [wanted[source[h.document], h.start] == h.voice for h in invented.hits.itertuples()]
    share = sum(right) / len(right)
    record_property("share of hits in the right voice", round(share, 3))
    assert share >= 0.95


def test_no_quoted_hit_is_taken_for_the_outlets_own(invented, source):
    """Quotation marks fix the wording, so this is the one fault that must not occur."""
    quoted = {(row["file"], row["start"]) for row in gold("hits") if row["voice"] == "quoted"}
    found = invented.hits[invented.hits["voice"] == "quoted"]
    assert {(source[h.document], h.start) for h in found.itertuples()} == quoted


def test_quotations_are_found_from_mark_to_mark(invented, source):
    """Straight and curly, of several paragraphs, and cut in two by a bracket of the outlet."""
    spans = invented.spans[invented.spans["zone"].isin(RATE_ZONES)]
    found = spans[spans["voice"] == "quoted"]
    wanted = [row for row in gold("spans") if row["voice"] == "quoted"]
    assert sorted((source[s.document], s.start, s.end) for s in found.itertuples()) == sorted(
        (row["file"], row["start"], row["end"]) for row in wanted
    )


def test_scare_quotes_are_told_from_quotations(invented, source):
    """A few words in quotation marks that nobody is said to have said."""
    found = invented.spans[invented.spans["scare"] == True]  # noqa: E712
    found = found[found["zone"].isin(RATE_ZONES)]
    wanted = sorted((row["file"], row["text"]) for row in gold("spans") if row["scare"])
    texts = [
        (source[s.document], PAGES[source[s.document]][s.start : s.end]) for s in found.itertuples()
    ]
    assert sorted(texts) == wanted


def test_most_words_of_sources_are_heard_as_such(invented, source, record_property):
    """Characters that are not narration: precision and recall against the spans by hand."""
    spans = invented.spans[invented.spans["zone"].isin(RATE_ZONES)]
    found = {(source[s.document], i) for s in spans.itertuples() for i in range(s.start, s.end)}
    wanted = {(row["file"], i) for row in gold("spans") for i in range(row["start"], row["end"])}
    precision, recall = (len(found & wanted) / len(one) for one in (found, wanted))
    record_property("precision of what is not narration", round(precision, 3))
    record_property("recall of what is not narration", round(recall, 3))
    assert precision >= 0.8
    assert recall >= 0.8


# ---- counts by hand --------------------------------------------------------------------------

HEADLINES = {
    "harbour-lantern/bridge-vote.txt": 8,
    "harbour-lantern/dam-gates.txt": 7,
    "harbour-lantern/ferry-protest.txt": 9,
    "harbour-lantern/island-vote.txt": 8,
    "harbour-lantern/mine-fire.txt": 7,
    "harbour-lantern/palace-night.txt": 6,
    "northgate-courier/bridge-vote.txt": 7,
    "northgate-courier/dam-gates.txt": 7,
    "northgate-courier/ferry-protest.txt": 6,
    "northgate-courier/island-vote.txt": 9,
    "northgate-courier/mine-fire.txt": 8,
    "northgate-courier/palace-night.txt": 7,
}


def test_words_of_headlines_are_counted_as_by_hand(invented, source):
    """Eight words in "Kestria Votes for Bridge Paid by Tarsk Regime", and so on."""
    headlines = invented.zones[invented.zones["zone"] == "headline"]
    assert dict(zip(headlines["document"].map(source), headlines["n_tokens"], strict=True)) == (
        HEADLINES
    )


@pytest.mark.parametrize("word", ["regime", "coup", "pretext", "junta", "so-called", "far-right"])
def test_hits_of_a_word_are_as_many_as_the_pages_hold(word, invented):
    """A plain search in the text, which knows of no lexicon, finds as many."""
    n = sum(len(re.findall(rf"\b{word}", text, re.IGNORECASE)) for text in PAGES.values())
    assert n > 0
    assert (invented.hits["entry"] == word).sum() == n


def test_the_outlets_name_the_night_of_the_palace_as_counted(invented):
    """Lantern: coup twice, change of government once; Courier: revolution twice, uprising, coup."""
    shares = alternation_shares(invented)
    of_it = shares[(shares["set"] == "change-of-power") & (shares["n"] > 0)]
    assert {(r.outlet, r.variant): (r.n, r.n_set) for r in of_it.itertuples()} == {
        ("Harbour Lantern", "coup"): (2, 3),
        ("Harbour Lantern", "change of government"): (1, 3),
        ("Northgate Courier", "revolution"): (2, 4),
        ("Northgate Courier", "uprising"): (1, 4),
        ("Northgate Courier", "coup"): (1, 4),
    }


def test_rates_count_the_markers_of_the_gold(invented, source):
    """Hits of headline, subheads and body that are no plain variants, by outlet."""
    neutral = {*invented.entries.loc[invented.entries["frame"] == "neutral", "entry"]}
    rates = marker_rates(invented)
    for outlet, folder in (("Harbour Lantern", "harbour"), ("Northgate Courier", "northgate")):
        n = sum(
            row["file"].startswith(folder)
            and row["zone"] in RATE_ZONES
            and row["entry"] not in neutral
            for row in gold("hits")
        )
        (of_it,) = rates[(rates["outlet"] == outlet) & (rates["voice"] == "all")].itertuples()
        assert of_it.n == n
        assert of_it.per_1000 == pytest.approx(1000 * n / of_it.n_tokens)


def test_all_events_are_in_common(invented):
    """What a comparison of two outlets wants, and three real articles did not have."""
    assert about_events(invented) == "6 events in common, of 6 in all."


# ---- the set that is committed ---------------------------------------------------------------


def test_the_committed_set_is_what_measuring_gives(invented):
    """Whoever changes a rule measures the set anew; corpus/README.md says how."""
    committed = load(FOLDER)
    for name in STORED:
        pd.testing.assert_frame_equal(
            getattr(committed, name), getattr(invented, name), obj=name, rtol=1e-9, atol=1e-9
        )
    assert committed.id == invented.id


def test_nothing_else_lies_with_the_set():
    """Tables, provenance, pages, gold, metadata, what was set aside, and words about them."""
    names = {p.name for p in FOLDER.iterdir()}
    tables = {f"{name}.parquet" for name in STORED}
    assert names == {*tables, "provenance.json", "pages", "gold", "metadata.csv", "README.md"} | (
        names & {"set_aside.csv"}
    )
    assert {Path(name).suffix for name in PAGES} == {".txt"}
