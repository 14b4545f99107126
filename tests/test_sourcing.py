"""Who speaks, how welcome, and what a headline takes over: counted from spans made by hand."""

from dataclasses import replace

import pytest

from biaskit.sourcing import (
    headline_claims,
    one_name_each,
    speaker_shares,
    stance_counts,
    voice_shares,
)
from biaskit.tables import COLUMNS, VOICES, build


@pytest.fixture
def told(measured):
    """The invented corpus with spans, sizes and counts written by hand for two documents."""
    echo, post = (
        measured.documents.loc[measured.documents["outlet"] == outlet, "document"].min()
        for outlet in ("Echo", "Post")
    )

    def span(document, voice, n_tokens, cue, stance, speaker, *, zone="body", scare=False):
        return {"document": document, "sentence": 0, "zone": zone, "start": 0, "end": 9,
                "n_tokens": n_tokens, "voice": voice, "scare": scare, "cue": cue,
                "stance": stance, "speaker": speaker, "rule": "by hand"}  # fmt: skip

    spans = [
        span(echo, "quoted", 6, "said", "neutral", "Ada Nobody"),
        span(echo, "reported", 4, "claimed", "doubting", "Ada Nobody"),
        span(echo, "reported", 10, "claimed", "doubting", "Bo Mann"),
        span(echo, "attributed", 3, "alleged", "doubting", None),
        span(echo, "quoted", 2, None, None, None, scare=True),
        span(echo, "reported", 50, "said", "neutral", "Cy Caption", zone="caption"),
        span(post, "reported", 5, "confirmed", "endorsing", "Ada Nobody"),
    ]
    sizes = [
        (echo, "body", "narration", 60, 5),
        (echo, "body", "quoted", 20, 2),
        (echo, "caption", "narration", 900, 9),
        (post, "headline", "narration", 50, 5),
        (post, "body", "reported", 50, 5),
    ]
    counts = [
        (echo, "headline", "coup", "narration", 1),
        (echo, "headline", "harbour", "narration", 1),
        (echo, "headline", "secret", "narration", 1),
        (echo, "headline", "the", "narration", 1),
        (echo, "body", "coup", "quoted", 2),
        (echo, "body", "harbour", "quoted", 1),
        (echo, "body", "harbour", "narration", 1),
        (echo, "body", "the", "quoted", 1),
        (post, "body", "coup", "quoted", 1),
    ]
    return replace(
        measured,
        spans=build("spans", spans),
        sizes=build("sizes", sizes),
        counts=build("counts", counts),
    )


def row(table, **wanted):
    for column, value in wanted.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_voices_share_out_an_outlets_tokens(told):
    """Shares are of the tokens in headline, subheads and body; a caption counts nowhere."""
    table = voice_shares(told)
    assert list(table.columns) == list(COLUMNS["voices"])
    assert list(table[table["outlet"] == "Echo"]["voice"]) == list(VOICES)
    assert row(table, outlet="Echo", voice="narration")["share"] == 60 / 80
    assert row(table, outlet="Echo", voice="quoted")["share"] == 20 / 80
    assert row(table, outlet="Post", voice="reported")["n_tokens"] == 50


def test_scare_quotes_are_counted_with_the_quotations(told):
    """They stand in the row of quoted, and nowhere else."""
    table = voice_shares(told)
    assert row(table, outlet="Echo", voice="quoted")["n_scare"] == 1
    assert table["n_scare"].sum() == 1


def test_an_outlet_without_tokens_has_no_shares(told):
    """Nothing divided by nothing is missing, not 0."""
    table = voice_shares(told)
    assert table[table["outlet"] == "Tribune"]["share"].isna().all()


def test_stances_count_spans_with_a_cue(told):
    """Three of Echo's four cues doubt; quotations without a cue and captions do not count."""
    table = stance_counts(told)
    doubting = row(table, outlet="Echo", stance="doubting")
    assert (doubting["n"], doubting["share"], doubting["n_documents"]) == (3, 3 / 4, 1)
    assert doubting["cues"] == "claimed 2, alleged 1"
    assert row(table, outlet="Echo", stance="neutral")["n"] == 1
    assert row(table, outlet="Post", stance="endorsing")["share"] == 1.0
    assert table[table["outlet"] == "Tribune"]["share"].isna().all()


def test_speakers_come_with_the_words_they_are_given(told):
    """Most words first, ties by name; attributed words and captions have no speaker here."""
    table = speaker_shares(told)
    echo = table[table["outlet"] == "Echo"]
    assert list(echo["speaker"]) == ["Ada Nobody", "Bo Mann"]
    ada = row(echo, speaker="Ada Nobody")
    assert (ada["n_tokens"], ada["n_quoted"], ada["n_spans"]) == (6 + 4, 6, 2)
    assert ada["share"] == 10 / 20
    assert "Cy Caption" not in set(table["speaker"])


def test_a_colon_is_named_among_the_cues(told):
    """Alone among words it would look like a slip."""
    spans = told.spans.assign(cue=told.spans["cue"].replace("claimed", ":"))
    table = stance_counts(replace(told, spans=spans))
    assert row(table, outlet="Echo", stance="doubting")["cues"] == "a colon 2, alleged 1"


def test_a_headline_takes_over_what_the_body_has_only_from_a_source(told):
    """ "coup" is only quoted below; "harbour" is narrated, too; "secret" is not in the body."""
    table = headline_claims(told)
    echo = row(table, outlet="Echo")
    assert (echo["n_claims"], echo["n_attributed"], echo["terms"]) == (2, 1, "coup")
    assert echo["share"] == 1 / 2


def test_an_article_without_a_headline_claims_nothing_in_it(told):
    """Post's article has no headline in these counts, so it has no row."""
    assert list(headline_claims(told)["outlet"]) == ["Echo"]


@pytest.mark.parametrize(
    ("mentions", "names"),
    [
        (["Mayor Ada Nobody", "Ms Ada Nobody", "Nobody also"], ["Ada Nobody"] * 3),
        (["Mayor Ada Nobody"], ["Ada Nobody"]),
        (["Interior Minister Ada Nobody", "Minister Nobody"], ["Ada Nobody"] * 2),
        (["State Ada Nobody", "Mr. Nobody", "President Nobody"], ["Ada Nobody"] * 3),
        (["Mr. Nobody", "President Nobody"], ["Mr. Nobody", "President Nobody"]),
        (
            ["the Prime Minister", "the prime minister"],
            ["the Prime Minister", "the prime minister"],
        ),
        (["Ada Nobody", "Bo Nobody", "Nobody"], ["Ada Nobody", "Bo Nobody", "Nobody"]),
        (["The Velmoran leader", "the Velmoran leader"], ["the Velmoran leader"] * 2),
        (["Harbour Police", "the Harbour Police"], ["Harbour Police"] * 2),
    ],
)
def test_mentions_of_one_speaker_get_one_name(mentions, names):
    """
    A surname is carried to its one bearer, and a title is no first name; where there are two
    bearers, or none by full name, mentions stay as they are, and so does a plain noun. Capitals
    of a page's buttons, run into the name after them, are no part of it.
    """
    found = one_name_each(mentions)
    assert [found[mention] for mention in mentions] == names
