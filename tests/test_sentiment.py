"""The scores are the libraries' own to the last digit, and a mean says what it is weighted by."""

import gzip
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, SHARED
from textblob import TextBlob

from biaskit.sentiment import MEASURES, mean_sentiment, score_sentences, sentiment_provenance
from biaskit.tables import COLUMNS, build
from biaskit.tokens import sentence_spans

ARTICLES = SHARED / "data" / "articles.jsonl.gz"

INVENTED = [
    "The mayor of Arlen praised the splendid new bridge!",
    "Nobody was killed, but the harbour is a TERRIBLE, terrible mess!!!",
    "It isn't good, and it was never very good :(",
    "The regime's brutal crackdown was condemned as a shameless farce.",
    "She didn't hate the play; she hardly liked it, though.",
    "“Absolutely wonderful”, he lied.",
    "The least interesting, most boring and extremely ugly hall of all?",
    "Velmora annexed the port.",
    "The port reunified with Velmora.",
    "It was kind of ok. No. Yes! :-) 😀 ❤",
    "the bomb was the bomb, hand to mouth, yeah right",
    "At least it's not the worst, without doubt.",
    "   ",
    "...",
    "",
    "Naïve café-goers' so-called “victory” — 100 % sad…",
]


def expected(sentences: list[str]) -> list[tuple[str, ...]]:
    """What the two libraries say by their own front doors, digit by digit."""
    from nltk.sentiment import vader

    class Analyser(vader.SentimentIntensityAnalyzer):
        """NLTK's analyser, handed the file of the vaderSentiment package."""

        def __init__(self):
            file = resources.files("vaderSentiment") / "vader_lexicon.txt"
            self.lexicon_file = file.read_text(encoding="utf-8").rstrip("\n")
            self.lexicon = self.make_lex_dict()
            self.constants = vader.VaderConstants()

    analyser = Analyser()
    rows = []
    for sentence in sentences:
        compound = analyser.polarity_scores(sentence)["compound"]
        polarity, subjectivity = TextBlob(sentence).sentiment
        rows.append(tuple(repr(float(x)) for x in (compound, polarity, subjectivity)))
    return rows


def digits(sentences: list[str]) -> list[tuple[str, ...]]:
    return [tuple(map(repr, scores)) for scores in score_sentences(sentences)]


# ---- scores ----------------------------------------------------------------------------------


def test_scores_of_invented_sentences_equal_the_libraries():
    """Shouting, negation, smileys, idioms and empty sentences: the same numbers, every digit."""
    assert digits(INVENTED) == expected(INVENTED)
    assert len(set(digits(INVENTED))) > len(INVENTED) / 2


@pytest.mark.slow
def test_scores_of_five_hundred_articles_equal_the_libraries():
    """Every sentence of 500 articles: the same numbers, every digit."""
    if not ARTICLES.is_file():
        pytest.skip(f"{ARTICLES} isn't at hand")
    sentences = []
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(500), strict=False):
            for paragraph in json.loads(line)["text"].split("\n"):
                sentences += [paragraph[a:b] for a, b in sentence_spans(paragraph)]
    assert len(sentences) > 5_000
    ours, theirs = digits(sentences), expected(sentences)
    different = [s for s, a, b in zip(sentences, ours, theirs, strict=True) if a != b]
    assert different == []


def test_each_sentence_is_scored_by_itself():
    """No score depends on the sentences before it, and the order is kept."""
    together = score_sentences(INVENTED)
    assert together == [score_sentences([sentence])[0] for sentence in INVENTED]
    assert score_sentences(INVENTED[::-1]) == together[::-1]
    assert score_sentences([]) == []


def test_framing_isnt_seen():
    """What the module says of itself: both sides' words for one event score 0.0."""
    for sentence in ("Velmora annexed the port.", "The port reunified with Velmora."):
        assert score_sentences([sentence])[0].vader == 0.0


SCORE = """\
from nltk.sentiment.vader import SentimentIntensityAnalyzer
from biaskit.sentiment import score_sentences, sentiment_provenance
print(SentimentIntensityAnalyzer().polarity_scores("A splendid day.")["compound"] < -0.8)
print(repr(score_sentences(["A splendid, horrible day."])), sentiment_provenance())
"""


def test_what_lies_in_nltk_data_changes_nothing(tmp_path):
    """A planted lexicon, which NLTK itself would believe, isn't so much as looked at."""
    (tmp_path / "sentiment").mkdir()
    rubbish = "splendid\t-4.0\t0.1\t[-4]\nday\t-4.0\t0.1\t[-4]"
    (tmp_path / "sentiment" / "vader_lexicon.txt").write_text(rubbish)
    with zipfile.ZipFile(tmp_path / "sentiment" / "vader_lexicon.zip", "w") as archive:
        archive.writestr("vader_lexicon/vader_lexicon.txt", rubbish)
    told = subprocess.run(
        [sys.executable, "-c", SCORE],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NLTK_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = score_sentences(["A splendid, horrible day."])
    assert told == f"True\n{here!r} {sentiment_provenance()}\n"


def test_provenance_names_the_lexicon_by_its_hash():
    """Whoever has the same package can check that VADER was given the same words."""
    file = resources.files("vaderSentiment") / "vader_lexicon.txt"
    provenance = sentiment_provenance()
    assert set(provenance) == {"nltk", "textblob", "vader_lexicon_sha256"}
    assert provenance["vader_lexicon_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    import nltk

    assert provenance["nltk"] == nltk.__version__


# ---- means -----------------------------------------------------------------------------------

DOCUMENTS = pd.DataFrame(
    [("e-1", "Echo", "Echo, 2031"), ("e-2", "Echo", "Echo, 2032"), ("p-1", "Post", "Post")],
    columns=["document", "outlet", "label"],
)


def documents() -> pd.DataFrame:
    rows = [{**row, "n_tokens": 0, "n_sentences": 0} for row in DOCUMENTS.to_dict("records")]
    return build("documents", rows)


def sentences(*rows: tuple) -> pd.DataFrame:
    """(document, zone, narration, quoted, vader) as a sentences table."""
    return build(
        "sentences",
        [
            (document, i, zone, 0, 1, narration, quoted, 0, 0, vader, vader / 2, 0.5)
            for i, (document, zone, narration, quoted, vader) in enumerate(rows)
        ],
    )


SENTENCES = sentences(
    ("e-1", "body", 3, 1, 0.8),
    ("e-1", "body", 5, 0, 0.2),
    ("e-2", "headline", 2, 0, -0.5),
    ("p-1", "body", 0, 4, 0.4),
    ("p-1", "related", 9, 0, -1.0),
)


def row(table: pd.DataFrame, outlet: str, voice: str, measure: str = "vader") -> pd.Series:
    found = table[(table["voice"] == voice) & (table["measure"] == measure)].set_index("outlet")
    return found.loc[outlet]


def test_there_is_a_row_for_each_outlet_voice_and_measure():
    """Also for voices that an outlet doesn't have; with the columns of the contract."""
    table = mean_sentiment(SENTENCES, documents())
    assert list(table.columns) == list(COLUMNS["sentiment"])
    voices = ["all", "narration", "quoted", "reported", "attributed"]
    keys = [(o, v, m) for o in ("Echo", "Post") for v in voices for m in MEASURES]
    assert list(table[["outlet", "voice", "measure"]].itertuples(index=False, name=None)) == keys


def test_a_voices_mean_weighs_each_sentence_by_its_tokens_of_that_voice():
    """Sum of score times tokens over sum of tokens, and what it rests on stands beside it."""
    narration = row(mean_sentiment(SENTENCES, documents()), "Echo", "narration")
    assert narration["mean"] == pytest.approx((0.8 * 3 + 0.2 * 5 - 0.5 * 2) / (3 + 5 + 2))
    assert narration[["n_tokens", "n_sentences", "n_documents"]].tolist() == [10, 3, 2]
    quoted = row(mean_sentiment(SENTENCES, documents()), "Echo", "quoted")
    assert quoted["mean"] == pytest.approx(0.8)
    assert quoted[["n_tokens", "n_sentences", "n_documents"]].tolist() == [1, 1, 1]


def test_beside_it_stands_the_plain_mean_over_sentences_wholly_in_that_voice():
    """The first sentence holds two voices, so it is wholly in neither."""
    table = mean_sentiment(SENTENCES, documents())
    narration = row(table, "Echo", "narration")
    assert narration["mean_wholly"] == pytest.approx((0.2 - 0.5) / 2)
    assert narration["n_wholly"] == 2
    quoted = row(table, "Echo", "quoted")
    assert np.isnan(quoted["mean_wholly"])
    assert quoted["n_wholly"] == 0


def test_all_voices_together_weigh_by_all_tokens():
    """Every sentence is wholly in `all`."""
    whole = row(mean_sentiment(SENTENCES, documents()), "Echo", "all")
    assert whole["mean"] == pytest.approx((0.8 * 4 + 0.2 * 5 - 0.5 * 2) / 11)
    assert whole["mean_wholly"] == pytest.approx((0.8 + 0.2 - 0.5) / 3)
    assert whole[["n_tokens", "n_sentences", "n_wholly", "n_documents"]].tolist() == [11, 3, 3, 2]


def test_each_measure_is_averaged_from_its_own_column():
    """Polarity and subjectivity aren't VADER's compound."""
    table = mean_sentiment(SENTENCES, documents())
    vader = row(table, "Echo", "narration")["mean"]
    assert row(table, "Echo", "narration", "polarity")["mean"] == pytest.approx(vader / 2)
    assert row(table, "Echo", "narration", "subjectivity")["mean"] == pytest.approx(0.5)


def test_links_and_captions_are_left_out():
    """Post's only narration stands in a link, so Post has no narration to speak of."""
    narration = row(mean_sentiment(SENTENCES, documents()), "Post", "narration")
    assert np.isnan(narration["mean"])
    assert narration[["n_tokens", "n_sentences", "n_documents"]].tolist() == [0, 0, 0]


def test_undefined_is_missing_not_zero():
    """No mean over no sentences."""
    reported = row(mean_sentiment(SENTENCES, documents()), "Echo", "reported")
    assert np.isnan(reported["mean"])
    assert np.isnan(reported["mean_wholly"])


def test_by_chooses_what_is_compared():
    """Any column of the documents may take the outlet's place."""
    table = mean_sentiment(SENTENCES, documents(), by="label")
    assert row(table, "Echo, 2032", "narration")["mean"] == pytest.approx(-0.5)
    assert sorted(table["outlet"].unique()) == ["Echo, 2031", "Echo, 2032", "Post"]


def test_the_order_of_rows_doesnt_matter():
    """Shuffled, the sentences and documents give the same table."""
    shuffled = mean_sentiment(SENTENCES.sample(frac=1, random_state=7), documents()[::-1])
    pd.testing.assert_frame_equal(shuffled, mean_sentiment(SENTENCES, documents()))


def test_neither_table_is_changed():
    """What is handed in is only read."""
    before = SENTENCES.copy()
    mean_sentiment(SENTENCES, documents())
    pd.testing.assert_frame_equal(SENTENCES, before)


def test_tables_are_checked_before_anything_is_computed():
    """A table without what it needs is refused by `require`."""
    with pytest.raises(ValueError, match=r"^a sentences table needs the columns zone; this one"):
        mean_sentiment(SENTENCES.drop(columns="zone"), documents())
    with pytest.raises(ValueError, match=r"^a documents table needs the columns outlet; this one"):
        mean_sentiment(SENTENCES, documents().drop(columns="outlet"))
