"""Another language is set aside with the reason; agencies and labels are read off the words."""

import subprocess
import sys

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from biaskit import languages
from biaskit.languages import (
    TRACES,
    WIRE,
    is_wire,
    language_of,
    not_english,
    opening_of,
    zone_of_recurring,
)

ENGLISH = "The council of the island met on Monday, and the mayor said that the ferry was late. "
ITALIAN = "Il consiglio comunale si è riunito lunedì e il sindaco ha detto che è in ritardo. "
RUSSIAN = "Совет острова собрался в понедельник, и мэр сказал, что паром опять опоздал на час. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 3, "en"),
        (ITALIAN * 3, "it"),
        (RUSSIAN * 3, "ru"),
        ("", None),
        ("Il sindaco è in ritardo.", None),
    ],
)
def test_a_language_is_told_from_twenty_words(text, language):
    """Fewer words are not judged, whatever they look like."""
    assert language_of(text) == language


def test_twenty_words_are_enough_and_nineteen_are_not():
    """The limit is where it is said to be."""
    words = (ITALIAN * 2).split()
    assert language_of(" ".join(words[:19])) is None
    assert language_of(" ".join(words[:20])) == "it"


def test_what_is_neither_here_nor_there_is_not_judged():
    """Names of places, and three languages in equal parts, have no language for sure."""
    assert language_of("Nantes Lyon Bordeaux Nice Toulouse Marseille 10 20 5 30 " * 2) is None


AMONG_THEM = [
    "Byrådet på øen mødtes mandag, og borgmesteren sagde, at færgen igen var for sent på den. ",
    "De gemeenteraad was maandag in het stadhuis, en daar is gezegd dat de boot te laat was. ",
    "Die raad van die eiland was Maandag in die saal, en die boot is te laat, het hy gesê. ",
    "De ried fan it eilân wie moandei by inoar, en it is sa dat de boat wer te let wie, sei er. ",
    "A sziget tanácsa a héten ült össze, és a hajó megint késett, mondta a polgármester is. ",
    "O conselho da ilha reuniu-se a seguir, e a barca chegou tarde, como no ano passado. ",
    "Majlis pulau itu bersidang pada hari Isnin, dan feri lewat sejam lagi, kata datuk bandar. ",
]


@pytest.mark.parametrize("text", [*AMONG_THEM, ITALIAN, RUSSIAN])
def test_no_other_language_reads_as_english_unasked(text, monkeypatch):
    """Danish "at", Dutch "is" and "was", Hungarian "a" are English words, too, but too few."""
    asked = []
    identify = languages._identifier()
    monkeypatch.setattr(languages, "_identifier", lambda: asked.append(1) or identify)
    assert language_of(text * 3) != "en"
    assert asked


def test_plain_english_is_told_without_the_model(monkeypatch):
    """By "the", "and", "of", and where these are few by all function words; not among others'."""
    monkeypatch.setattr(languages, "_identifier", lambda: pytest.fail("the model was asked"))
    told = "Mayor Ada Moss says it is her plan to go on with ferry talks if she wins on Monday. "
    assert language_of(ENGLISH * 3) == language_of(told * 3) == "en"
    with pytest.raises(pytest.fail.Exception):
        language_of(told + RUSSIAN * 3)


def test_only_the_first_thousand_characters_are_judged():
    """What follows may be a reader's letter or a footer in another language."""
    assert language_of((ENGLISH * 13)[:1_000] + ITALIAN * 50) == "en"
    assert language_of((ITALIAN * 13)[:1_000] + ENGLISH * 50) == "it"


def test_nothing_is_set_aside_at_a_glance():
    """An article that opens with three Italian sentences and goes on in English is English."""
    assert language_of((ITALIAN * 4)[:300] + ENGLISH * 20) == "en"


def test_half_a_letter_is_no_reason_to_fail():
    """A lone surrogate, which UTF-8 cannot write, is read as no letter."""
    assert language_of("\ud800 " + ENGLISH * 3) == "en"


def test_other_languages_are_set_aside_with_the_reason():
    """In the order of the ids, whatever the order they came in."""
    judged = [("c", "Echo", "it"), ("b", "Echo", "en"), ("a", "Post", "ru"), ("d", "Post", "en")]
    reasons = {"a": "in ru, not in English", "c": "in it, not in English"}
    assert not_english(judged) == not_english(judged[::-1]) == reasons
    assert list(not_english(judged)) == ["a", "c"]


def test_what_cannot_be_told_follows_most_of_its_outlet():
    """Echo is mostly Italian, Post mostly English."""
    judged = [
        ("a", "Echo", "it"), ("b", "Echo", "it"), ("c", "Echo", "en"), ("d", "Echo", None),
        ("e", "Post", "en"), ("f", "Post", None),
    ]  # fmt: skip
    assert not_english(judged) == {
        "a": "in it, not in English",
        "b": "in it, not in English",
        "d": "language unclear, and Echo is mostly in it",
    }


def test_in_doubt_an_article_stays():
    """Half of the outlet in English, or nothing of it told, sets nothing aside."""
    assert not_english([("a", "Echo", None), ("b", "Echo", None)]) == {}
    half = [("a", "Echo", None), ("b", "Echo", "de"), ("c", "Echo", "en")]
    assert not_english(half) == {"b": "in de, not in English"}


def test_of_equally_frequent_other_languages_the_first_by_name_is_named():
    """So that the reason does not depend on the order."""
    judged = [("a", "Echo", None), ("b", "Echo", "ru"), ("c", "Echo", "de")]
    assert not_english(judged)["a"] == "language unclear, and Echo is mostly in de"


def test_the_model_is_not_loaded_before_it_is_needed():
    """It takes half a second, which `biaskit --help` must not."""
    code = "import sys, biaskit.copies; print('py3langid' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout == "False\n"


# ---- agencies -------------------------------------------------------------------------------

BODY = ["The ferry is late.", "It was late on Monday.", "It is often late.", "So it goes."]


@pytest.mark.parametrize(
    "dateline",
    ["ARLEN (Reuters) —", "ARLEN, June 3 (AP) -", "(AFP) –", "ARLEN/PORT ODE, Island (Reuters) -"],
)
def test_a_dateline_names_the_agency(dateline):
    """Given apart, with its dash or without, or at the head of the first line."""
    assert is_wire(dateline.rstrip(" —–-"), BODY)[0]
    assert is_wire(dateline, BODY) == (True, f"dateline: {dateline}")
    assert is_wire(None, [f"{dateline} The ferry is late.", *BODY])[0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By The Associated Press", "credit"),
        ("By Ada Nobody, Associated Press", "credit"),
        ("AFP", "credit"),
        ("Source: TASS", "credit"),
        ("— Reuters", "credit"),
        ("The Associated Press contributed to this report.", "contribution"),
        (
            "The Post's Ada Nobody and the Associated Press contributed to this story",
            "contribution",
        ),
        ("AFP contributed to this report", "contribution"),
        ("Contributing: Ada Nobody, The Associated Press", "contribution"),
        ("With reporting by Reuters", "contribution"),
        ("(Reporting by Ada Nobody in Arlen; Editing by Ben Nobody)", "signature"),
    ],
)
def test_a_credit_is_a_line_at_either_end(line, kind):
    """Found below and above the article, with the words it was found by."""
    assert is_wire(None, [*BODY, line]) == (True, f"{kind}: {line}")
    assert is_wire(None, [line, *BODY]) == (True, f"{kind}: {line}")


@pytest.mark.parametrize(
    "line",
    [
        "The ferry was late, the mayor told Reuters.",
        "Reuters reported that the ferry was late.",
        "(Ada Nobody/Reuters)",
        "Ada Nobody/AFP",
        "Photo: AP",
        "ARLEN (Sputnik) — The ferry is late.",
        "By Ada Nobody",
        "A fund to which the Associated Press once contributed has paid for the ferry and more.",
        "The harbour (AP Photo) is closed.",
        "The harbour in June. (AP)",
        "",
    ],
)
def test_who_is_quoted_or_took_the_picture_wrote_nothing(line):
    """A mention in a sentence and a picture's credit are no agency's copy."""
    assert is_wire(None, [line, *BODY]) == (False, None)


@given(st.sampled_from(sorted(WIRE)), st.data())
def test_no_agency_goes_without_a_trace(kind, data):
    """Whatever a pattern finds has one of the words that are looked for first."""
    found = data.draw(st.from_regex(WIRE[kind], fullmatch=True))
    assert any(trace in found for trace in TRACES)


def test_a_credit_in_the_middle_is_none():
    """Only three lines at either end are looked at."""
    assert is_wire(None, [*BODY, "AFP", *BODY]) == (False, None)
    assert is_wire(None, []) == (False, None)
    assert is_wire("ARLEN —", []) == (False, None)


# ---- lines and headlines ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "opening", "rest"),
    [
        ("Harbour war latest: Ferry sails", "harbour war latest", " Ferry sails"),
        ("WATCH: Ferry sails", "watch", " Ferry sails"),
        ("Watch: Ferry sails", "watch", " Ferry sails"),
        ("WATCH Ferry sail", "watch", " Ferry sail"),
        ("WATCH | Ferry sails", "watch", " Ferry sails"),
        ("EXPLAINER – Why ferries sail", "explainer", " Why ferries sail"),
        ("[OPINION] Let it sail", "opinion", " Let it sail"),
        ("Harbour talk, Ep. 12: Ferries", "harbour talk, ep. 0", " Ferries"),
    ],
)
def test_an_opening_ends_at_a_colon_or_with_a_label(headline, opening, rest):
    """Casefolded, numbers as 0; the place says where the rest of the headline begins."""
    label, end = opening_of(headline)
    assert (label, headline[end:]) == (opening, rest)


@pytest.mark.parametrize(
    "headline",
    [
        "", "Ferry sails at 10:30", "NATO agrees to ferry", "Ferry - a history", "UN - a history",
        "Ferry sails", "Watching the ferry", "WATCHING the ferry", "Ferry sails:",
        "A headline that goes on for more than sixty characters before it comes: here",
    ],
)  # fmt: skip
def test_a_headline_without_label_opens_with_nothing(headline):
    """A clock, a name in capitals, a dash or a late colon make no label."""
    assert opening_of(headline) is None


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Editor's note: the mayor has denied all of this many times.", "recurring"),
        ("The mayor denied it. Read the whole of her letter to us here", "recurring"),
        ("The island has been part of the republic since the vote.”", "recurring"),
        ("Follow us.", "furniture"),
        ("The mayor has denied all of this.", "furniture"),
        ("News Sport Weather Travel Culture Opinion Video Shop Jobs", "furniture"),
        ("Enlarge this image A. Nobody/Agency A. Nobody/Agency toggle caption here", "furniture"),
    ],
)
def test_full_sentences_recur_and_all_else_is_furniture(line, zone):
    """Eight words with a sentence among them are the outlet's wording, and counted apart."""
    assert zone_of_recurring(line) == zone
