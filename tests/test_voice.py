"""Promises of the voice tagger: what it finds, what it leaves to the outlet, what it misses."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biaskit import tokentable
from biaskit.tables import VOICES
from biaskit.tokens import sentence_spans
from biaskit.tokentable import Chunker
from biaskit.voice import PARAGRAPH, Tagger, tag_voice, tagger, voice_spans
from biaskit.voice.attributions import RULES
from biaskit.voice.cues import STANCES, cues
from biaskit.voice.quotations import find_quotations
from biaskit.voice.speakers import Span

CASES = Path(__file__).parent / "cases" / "voice"
ZONES = ("headline", "subhead", "body", "caption")


def cases(name):
    return [
        pytest.param(case, id=case["label"])
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    ]


def spans_of(text, zone="body"):
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((start, start + len(line), zone))
        start += len(line) + 1
    return voice_spans(text, lines)


def check(case):
    """Every expected span and no other; of each, whatever the case says about it."""
    found = [
        {"text": case["text"][span.start : span.end], **span._asdict()}
        for span in spans_of(case["text"], case.get("zone", "body"))
    ]
    expected = case["spans"]
    assert [(x["text"], x["voice"]) for x in found] == [(x["text"], x["voice"]) for x in expected]
    for span, wanted in zip(found, expected, strict=True):
        assert {key: span[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", cases("found"))
def test_found(case):
    """What is somebody else's is found, with its cue, stance and speaker where given."""
    check(case)


@pytest.mark.parametrize("case", cases("left_alone"))
def test_left_alone(case):
    """What looks like speech but is the outlet's own stays narration."""
    check(case)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", cases("known_failures"))
def test_known_failure(case):
    """What is known to go wrong; a case that passes must move to found or left_alone."""
    check(case)


@pytest.mark.parametrize("name", ["found", "left_alone", "known_failures"])
def test_every_case_says_why(name):
    """A case without a reason teaches nothing, and two of one label hide each other."""
    loaded = [param.values[0] for param in cases(name)]
    assert all(case["label"] and case["why"] for case in loaded)
    assert len({case["label"] for case in loaded}) == len(loaded)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_finds_its_example(rule):
    """The sentence that made a rule necessary is found by it, between the brackets and no more."""
    example = RULES[rule]
    text = example.replace("[", "").replace("]", "")
    wanted = [part.split("]")[0] for part in example.split("[")[1:]]
    found = [text[span.start : span.end] for span in spans_of(text) if span.rule == rule]
    assert found == wanted


def test_rows_have_the_columns_of_a_span():
    """The table has one column per field, also where nothing is found."""
    assert list(tag_voice("").columns) == list(Span._fields)
    assert list(tag_voice("The mill closed.").columns) == list(Span._fields)
    assert len(tag_voice("“No,” she said.")) == 1


def test_a_headline_names_its_source_before_a_colon():
    """In a headline "Mayor: ..." is a claim; in a body the same words may be a list."""
    text = "Mayor: The mill will close"
    assert [span.rule for span in spans_of(text, "headline")] == ["headline"]
    assert spans_of(text, "body") == []
    for label in ("Photos", "BREAKING"):
        assert spans_of(f"{label}: The mill will close", "headline") == []


@pytest.mark.parametrize(
    ("mention", "speaker"),
    [
        ("CLOSE Ada Ode", "Ada Ode"),
        ("MUST WATCH Ode", "Ode"),
        ("WATCH LIVE Ode", "Ode"),
        ("The Harbour Watch", "The Harbour Watch"),
        ("X", "X"),
        ("CLOSE", None),
        ("WATCH", None),
        ("Opinion", None),
    ],
)
def test_buttons_and_labels_speak_for_nobody(mention, speaker):
    """What a video player or the form of a line wrote before the name is no part of it."""
    (span,) = spans_of(f"{mention} said that the mill will close.")
    assert span.speaker == speaker


def test_questions_and_answers_of_an_interview_are_nobodys():
    """ "Q" and "A" take turns, and name neither who asks nor who answers."""
    spans = spans_of("Q: Will the mill close?\nA: It will, in May.\nQ: And the men?")
    assert [(span.rule, span.speaker) for span in spans] == [("transcript", None)] * 3


def test_a_transcript_needs_two_names_that_take_turns():
    """One line that begins with capitals and a colon is a label, not a speaker."""
    turns = "ODE: We will close it in May.\nLEE: And the men who work there?\nODE: They know."
    assert [span.speaker for span in spans_of(turns)] == ["ODE", "LEE", "ODE"]
    assert spans_of("UPDATE: The mill closed late on Sunday night.") == []


def test_a_quotation_runs_on_over_paragraphs():
    """A paragraph left open counts to its end if the next one begins with a mark."""
    long = "“" + "we will not close the mill " * 40
    text = f"{long}\n“and that is all,” Ann Ode said."
    quoted = [text[span.start : span.end] for span in spans_of(text) if span.voice == "quoted"]
    assert quoted == [long.rstrip(), "“and that is all,”"] or quoted == [long, "“and that is all,”"]
    assert [span.voice for span in spans_of(long + "\nThe river rose.")] == []


def test_no_break_spaces_read_as_spaces():
    """Outlets that set a no-break space after prepositions lose nothing, and positions stay."""
    plain = "According to the owner, the mill is safe."
    assert spans_of(plain.replace(" ", "\xa0")) == spans_of(plain)


def test_a_closed_quotation_may_be_long():
    """Ten thousand words between marks are one quotation."""
    text = "“" + "word " * 10_000 + "end,” she said."
    assert [span.end - span.start for span in spans_of(text)] == [text.index("”") + 1]


def test_every_cue_has_a_stance():
    """Endorsing, neutral or doubting: the outlet's framing of its source is always said."""
    known = cues()
    stances = {cue.stance for cue in [*known.verbs.values(), *known.phrasal.values()]}
    assert stances == set(STANCES)
    assert set(known.hedges.values()) <= set(STANCES)


PIECES = st.sampled_from(
    [
        *"\"'“”‘’„«»[]():;,.!?—–- \n\xa0",
        *(
            "''",
            "``",
            " said ",
            " claimed that ",
            "Ann Ode",
            " told ",
            "according to ",
            " the mill ",
        ),
        *(
            "voters' ",
            "don't ",
            "SMITH: ",
            "Q: ",
            "A: ",
            "ARLEN (Courier) — ",
            " alleged ",
            " asked",
        ),
        *(" seems to ", " as ", " of ", " and ", "who ", "$1,000 ", "İstanbul", "ß", "\u202f", "1"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(ZONES))
@example("Asked as,", "body")
@example("Claims here is is", "body")
def test_spans_lie_in_the_text_in_order_and_apart(text, zone):
    """Whatever the text, spans are not empty, sorted, inside it, and never overlap."""
    spans = spans_of(text, zone)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert {span.voice for span in spans} <= set(VOICES[1:])


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_quotations_never_overlap(text):
    """Quotations of one paragraph are sorted and apart, whatever marks are odd or nested."""
    found = find_quotations(text, 0, len(text))
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_paragraph_before_changes_no_position(text):
    """Spans are positions of the whole text: an empty line before shifts them all by one."""
    shifted = [span[:4] for span in spans_of("\n" + text)]
    assert shifted == [(s.start + 1, s.end + 1, s.voice, s.scare) for s in spans_of(text)]


def test_a_speaker_is_of_its_own_text():
    """ "On Tuesday" before a cue is no speaker, and no word of the text before is one."""
    (span,) = spans_of("On Tuesday claims that the mill was sold to someone")
    tagger, chunker = Tagger(), Chunker()
    texts = [
        "Rain fell on Zelda Quux, the mayor of Arlen",
        "On Tuesday claims that the mill was sold",
    ]
    paragraphs = [[(0, len(text), "body")] for text in texts]
    sentences = [[[(0, len(text))]] for text in texts]
    found = tagger.tag(texts, chunker.split(texts), paragraphs, sentences)
    assert [span.speaker, found[1][0].speaker] == [None, None]


def test_what_was_read_before_changes_nothing(monkeypatch):
    """Words are looked up once and kept, but not without bound, and no answer depends on it."""
    texts = [param.values[0]["text"] for param in [*cases("found"), *cases("left_alone")]]
    tagger._kept.cache_clear()
    first = [spans_of(text) for text in texts]
    assert [spans_of(text) for text in texts[::-1]] == first[::-1]
    monkeypatch.setattr(tokentable, "MOST_CHUNKS", 50)
    assert [spans_of(text) for text in texts] == first
    chunker, kept = tagger._kept()
    assert len(chunker.split([]).kinds) < 150
    assert len(kept._wording.words) < 300


def test_documents_are_tagged_together_as_each_by_itself():
    """Whatever stands before a document or after it, and with quotations at its ends."""
    texts = [param.values[0]["text"] for param in [*cases("found"), *cases("left_alone")]]
    texts += ["", "“Never,” she said", "“", 'He said "no"', "and that the mill would close."]
    lines = [[(*line.span(), "body") for line in PARAGRAPH.finditer(text)] for text in texts]
    sentences = [
        [sentence_spans(text, start, end) for start, end, _ in own]
        for text, own in zip(texts, lines, strict=True)
    ]
    together = Tagger().tag(texts, Chunker().split(texts), lines, sentences)
    assert together == [voice_spans(*one) for one in zip(texts, lines, strict=True)]


def test_capitals_and_mixed_marks_raise_nothing():
    """Shouting, nested marks and a paragraph of bare marks are read without an exception."""
    for text in ("“THE MILL 'MUST' CLOSE,” SHE SAID", "''\"“„«»”\"''", "'''", "\"'“ said", "Q:"):
        spans_of(text)


@pytest.mark.parametrize(
    "piece",
    [
        "She said 'that the “mill \" was, he claimed, said the alleged voters' ",
        "in wanting plans, ",
        "-- the mill, said ",
        "“I see,” he said; ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece):
    """A sentence of many marks and cues is read in time in proportion to its length."""

    def seconds(n):
        began = time.process_time()
        spans_of(piece * n)
        return time.process_time() - began

    seconds(10)
    assert seconds(1600) < 40 * seconds(200) + 0.5
