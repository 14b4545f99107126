"""The scores are the libraries' own to the last digit, and a mean says what it is weighted by."""

import gzip
import hashlib
import json
import multiprocessing
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib import resources
from itertools import islice

import nltk
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, SHARED, at_hand
from hypothesis import given
from hypothesis import strategies as st
from nltk.sentiment import vader as nltk_vader
from textblob import TextBlob
from textblob import _text as pattern
from textblob.en import sentiment as textblob_sentiment

from biaskit import tokentable
from biaskit.sentiment import (
    MEASURES,
    WAYS,
    blob,
    blob_columns,
    chunks,
    mean_sentiment,
    score_columns,
    score_sentences,
    scoring,
    sentiment_provenance,
    vader,
    vader_columns,
)
from biaskit.sentiment.libraries import pattern_entries
from biaskit.tables import COLUMNS, build
from biaskit.tokens import sentence_spans

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

# What the rules make of it depends on a slip of the libraries, or on two rules at once.
TRAPS = {
    "a word that comes twice takes its first place": "good and so very not good, not good",
    "but not if it is written otherwise": "GOOD he said, not Good and never good at all",
    "marks come off at one end only": '"good. (good) good!? .good good.. good?!? GREAT!',
    "a mark makes no other word": "CASUALLY n't CASUALLY! Good, never good? Good!",
    "one character is no word": "a very b good c - not d bad",
    "a known neighbour changes nothing": "great very bad, no good, pretty no very ugly",
    "never so, never this": "He was never so good, never this bad. Never so good, Never this bad",
    "so just before, three words back": "the old town so good, the old town this bad",
    "idioms only from the fourth word on": "the bomb he said. They say it was the bomb today",
    "idioms in their own case only": "they say it was The Bomb or a kiss of death or bad ass",
    "an idiom of three words ahead": "and then they cut the mustard with hand to mouth today",
    "sort of lessens": "they all were sort of good and kind of bad and just enough fun",
    "kind of is nothing": "Kind of a fair, KIND OF good and kind.",
    "least turns, at least doesn't": "least good. At least good, the very least bad, LEAST bad",
    "least at the beginning": "least good",
    "adverbs fade": "very much so good, very bad, hardly a very bad, extremely most kindly good",
    "capitals among others": "This is GOOD and VERY bad and VERY BAD news",
    "capitals alone": "VERY GOOD NEWS",
    "negations of all kinds": "cannot good, CAN'T be bad, xn't good, without fun, despite love",
    "but twice": "good but bad but great, But ugly",
    "but alone": "but",
    "many marks": "good!!!!!! good?? bad???? really?",
    "questions alone": "what???? good",
    "two questions": "good ?? x",
    "the last digit": " ".join(["good bad great ugly love hate"] * 7),
    "n't never negates": "It isn't good; it wasn't, isn’t and ain't very good",
    "not halves and turns": "not good, not a good, not the good, no good, never ever good, not bad",
    "not an adverb": "not very good, not really very good; very not good; not at all very good",
    "really not turns the word before": "good, really not so. It was hardly not. Truly no x good",
    "not behind an adverb is used up": "really no very good, truly not so very bad",
    "not behind everything": "good not",
    "not in the chunk of a known word": "not ab’good ab’not good, not’ab good, very abc’good",
    "adverbs in a row": "very very good, really extremely very bad, very, good; very - good",
    "an adverb before small words": "very is good, very the good, really a x y z good",
    "what is bounded": "extremely wonderful!!!! utterly horrible! ! !",
    "exclaimed behind others": "good x! bad ! ugly, he said!",
    "emoticons": ":) :-( XD xD o.O <3 ♥ >:( good :'( 8) =] °O°",
    "emoticons across white space": "(aged 8) page: 3, he said: (x) and : ) ; ) : - ) x-D good",
    "emoticons in two chunks": "box D. max D good x D and o _ O, wax-D; music: c ) nice :c )",
    "an adverb behind an emoticon": "very :) good :( really bad",
    "sarcasm": "good (!) bad ( ! ) nice( !) fine (! )",
    "no emoticon over the end of a sentence": "so good. : ) He said: ) . ) good ?: )",
    "lines": "good: \n) bad:\n\n( nice:\r\n\r\n( ugly \n\n\n not \n\n good",
    "the marker of lines as a word": "good: END-OF-SENTENCE) very END-OF-SENTENCE’s good",
    "abbreviations": "Mr. Good, the U.S. good etc. J. Bad comp. Hmmm. vs. fine... ok.... e.g. bad",
    "two words in one chunk": "good’bad, good'bad; very'good, not'good good'not not'very'good",
    "marks within marks": "“‘good’”, (((good))) [“bad!”] ''good'' ``bad'' '(ugly)'.",
    "letters that change their length": "İ good ẞ BAD ΑΣ. Σ ſo ﬁne Kind",
    "what no text should hold": "good\x00bad very\u200bgood so\x1cbad not\x85good no\u00a0good",
    "half a pair": "good \ud83d bad\udc00 :\ud83d) \ud800",
    "numbers": "8 ) 3: 3 8) 1,200.5 20th 13thly 8D 50% x3",
    "a stand-in": "unheardof unheardof's “unheardof”! very unheardof good",
}

ODDITIES = """
    :) :( : ) ( 8) 3 8 :c :o o.O x D xD XD ( ! ) (!) ! !! !!! ? ?? ?!? ... .... . , ; : - ' " “ ” ‘
    ’ — … * ^ ` '' `` a I x U.S. e.g. Mr. J. Ph.D. vs. w/ it's 's n't don't CAN'T ain’t O'Neill's
    END-OF-SENTENCE 1,200.5 12 20th COVID-19 😀 ♥ <3 °O° İ ẞ ß Σ ﬁne café Ⅳ naïve
    never so this at least very but But BUT kind of sort no not nor really hardly truly
""".split()
FILLERS = (
    "mayor bridge Velmora Arlen harbour council said yesterday of in on the a WHO train".split()
)
GAPS = [" "] * 24 + [
    "",
    "",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\u00a0",
    "\u2028",
    "\x1f",
    "\x85",
]


@lru_cache(maxsize=1)
def analyser() -> nltk_vader.SentimentIntensityAnalyzer:
    """NLTK's analyser, handed the file of the vaderSentiment package."""

    class Analyser(nltk_vader.SentimentIntensityAnalyzer):
        def __init__(self):
            file = resources.files("vaderSentiment") / "vader_lexicon.txt"
            self.lexicon_file = file.read_text(encoding="utf-8").rstrip("\n")
            self.lexicon = self.make_lex_dict()
            self.constants = nltk_vader.VaderConstants()

    return Analyser()


def expected(sentences: list[str]) -> list[tuple[str, ...]]:
    """What the two libraries say by their own front doors, digit by digit."""
    rows = []
    for sentence in sentences:
        compound = analyser().polarity_scores(sentence)["compound"]
        polarity, subjectivity = TextBlob(sentence).sentiment
        rows.append(tuple(repr(float(x)) for x in (compound, polarity, subjectivity)))
    return rows


def digits(sentences: list[str], by: str = "columns") -> list[tuple[str, ...]]:
    return [tuple(map(repr, scores)) for scores in score_sentences(sentences, by=by)]


def differences(sentences: list[str]) -> dict[str, list[str]]:
    """By way of scoring, the sentences that it scores otherwise than the libraries."""
    theirs = expected(sentences)
    return {
        by: [s for s, a, b in zip(sentences, digits(sentences, by), theirs, strict=True) if a != b]
        for by in ("columns", "sentence")
    }


NONE = {"columns": [], "sentence": []}


@lru_cache(maxsize=1)
def pools() -> list[list[str]]:
    """Lists of words that some rule asks for, and of some that none does."""
    constants = nltk_vader.VaderConstants
    entries = pattern_entries()
    return [
        sorted(analyser().lexicon),
        sorted(entries),
        [word for word in sorted(entries) if "RB" in entries[word]],
        sorted(constants.BOOSTER_DICT),
        sorted(constants.NEGATE),
        sorted(constants.SPECIAL_CASE_IDIOMS),
        sorted(form for forms in pattern.EMOTICONS.values() for form in forms),
        ODDITIES,
        ODDITIES,
        FILLERS,
    ]


def generated(n: int, seed: int) -> list[str]:
    """Strings in which the rules meet far more often than in any text."""
    draw = random.Random(seed)
    strings = []
    for _ in range(n):
        chosen = draw.sample(pools(), draw.choice((2, 3, 4, 10)))
        loud = draw.random() < 0.1
        parts: list[str] = []
        for _ in range(draw.choice((1, 2, 3, 5, 8, 13, 21, 40))):
            word = draw.choice(draw.choice(chosen))
            if parts and draw.random() < 0.06:
                word = draw.choice(parts)
            change = draw.choice((None, None, None, str.upper, str.title, str.swapcase))
            word = change(word) if change and not loud else word
            if draw.random() < 0.2:
                word += draw.choice(ODDITIES)
            parts += [word.upper() if loud else word, draw.choice(GAPS)]
        strings.append("".join(parts))
    return strings


def sentences_of(name: str) -> Iterator[str]:
    """The sentences of a file of ../shared/data, one after the other."""
    file = at_hand(SHARED / "data" / f"{name}.jsonl.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for text in (row.get("title"), row.get("text")):
                for paragraph in (text or "").split("\n"):
                    yield from (paragraph[a:b] for a, b in sentence_spans(paragraph))


# ---- scores ----------------------------------------------------------------------------------


def test_scores_of_invented_sentences_equal_the_libraries():
    """Shouting, negation, smileys, idioms and empty sentences: the same numbers, every digit."""
    assert differences(INVENTED) == NONE
    assert len(set(digits(INVENTED))) > len(INVENTED) / 2


@pytest.mark.parametrize("sentence", TRAPS.values(), ids=[*TRAPS])
def test_what_looks_like_a_slip_is_kept(sentence):
    """Whole and in every part of it that begins or ends at a word."""
    words = sentence.split(" ")
    n = range(len(words))
    assert differences([" ".join(words[i:]) for i in n] + [" ".join(words[:i]) for i in n]) == NONE


def test_words_are_those_of_the_librarys_tokenizer():
    """Marks, abbreviations, emoticons and lines: before anything is looked up."""
    for text in [*INVENTED, *TRAPS.values(), *generated(500, seed=8)]:
        theirs = " ".join(textblob_sentiment.tokenizer(text)).split()
        assert blob.words_of(text) == [word.lower() for word in theirs]


def test_rounding_is_pythons():
    """Also where a score lies between two of four digits, which NumPy rounds otherwise."""
    halves = np.arange(-10_000, 10_000) / 10_000 + 0.00005
    theirs = [round(score, 4) for score in halves.tolist()]
    assert vader_columns._rounded(halves).tolist() == theirs
    assert np.round(halves, 4).tolist() != theirs


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_text_is_scored_as_the_libraries_score_it(sentences):
    """Whatever characters it is made of."""
    assert differences(sentences) == NONE


@given(st.data())
def test_any_order_of_words_is_scored_as_the_libraries_score_it(data):
    """Of words and marks that the rules ask for."""
    word = st.one_of([st.sampled_from(pool) for pool in pools()])
    parts = st.lists(st.tuples(word, st.sampled_from(GAPS)).map("".join), max_size=12)
    assert differences([data.draw(parts.map("".join))]) == NONE


def test_a_thousand_generated_strings_are_scored_as_the_libraries_score_them():
    """And not all alike."""
    strings = generated(1_000, seed=4)
    assert differences(strings) == NONE
    assert len(set(digits(strings))) > 500


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twenty_thousand_generated_strings_are_scored_as_the_libraries_score_them(seed):
    """What no thousand shows: marks, emoticons and lines in rare orders."""
    assert differences(generated(20_000, seed)) == NONE


@pytest.mark.parametrize("name", ["articles", "nyt_editorials", "headlines"])
def test_scores_of_published_sentences_equal_the_libraries(name):
    """The first thousand of each kind."""
    sentences = [*islice(sentences_of(name), 1_000)]
    assert len(sentences) == 1_000
    assert differences(sentences) == NONE


# One of the articles' sentences in so many; with 1 a quarter of a million are compared.
ONE_IN = 24


@pytest.mark.slow
@pytest.mark.parametrize("name", ["articles", "nyt_editorials", "headlines"])
def test_scores_of_all_published_sentences_equal_the_libraries(name):
    """Every digit; of the articles one sentence in ONE_IN, as all take the libraries minutes."""
    sentences = islice(sentences_of(name), 0, None, ONE_IN if name == "articles" else 1)
    while part := [*islice(sentences, 20_000)]:
        assert differences(part) == NONE


def test_each_sentence_is_scored_by_itself():
    """No score depends on the sentences before it, and the order is kept."""
    sentences = [*INVENTED, *TRAPS.values()]
    for by in WAYS:
        together = score_sentences(sentences, by=by)
        assert together == [score_sentences([sentence], by=by)[0] for sentence in sentences]
        assert score_sentences(sentences[::-1], by=by) == together[::-1]
        assert score_sentences([], by=by) == []


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_scores_dont_depend_on_how_sentences_are_batched(size, monkeypatch):
    """Batches of any size, and beginning anywhere."""
    sentences = generated(300, seed=5)
    whole = digits(sentences)
    monkeypatch.setattr(scoring, "BATCH", size)
    assert digits(sentences) == whole
    assert [row for i in range(0, 300, size) for row in digits(sentences[i : i + size])] == whole


def test_columns_are_the_same_scores_as_arrays():
    """One array per measure, for a table."""
    columns = score_columns(INVENTED)
    assert list(columns) == list(MEASURES)
    rows = score_sentences(INVENTED, by="library")
    for measure in MEASURES:
        assert columns[measure].dtype == float
        assert columns[measure].tolist() == [getattr(row, measure) for row in rows]
    assert {measure: len(column) for measure, column in score_columns([]).items()} == dict.fromkeys(
        MEASURES, 0
    )


def test_framing_isnt_seen():
    """What the package says of itself: both sides' words for one event score 0.0."""
    for sentence in ("Velmora annexed the port.", "The port reunified with Velmora."):
        assert score_sentences([sentence])[0].vader == 0.0


# ---- ways ------------------------------------------------------------------------------------


def test_by_chooses_whose_code_is_run(monkeypatch):
    """The libraries' own code, and only when it is asked for."""
    monkeypatch.setattr(scoring, "library_scores", lambda sentences: [(2.0, 3.0, 4.0)])
    monkeypatch.setattr(vader, "compound", lambda sentence: 5.0)
    assert score_sentences(["A splendid day."], by="library") == [(2.0, 3.0, 4.0)]
    assert score_sentences(["A splendid day."], by="sentence")[0].vader == 5.0
    assert score_sentences(["A splendid day."])[0].vader == 0.5859


def test_an_unknown_way_is_refused():
    """With those that there are."""
    with pytest.raises(ValueError, match="no way") as error:
        score_sentences(["A day."], by="rows")
    told = "no way 'rows' to score sentences; there are columns, library, sentence"
    assert str(error.value) == told


@pytest.mark.parametrize("by", WAYS)
def test_what_isnt_a_list_of_texts_is_refused(by):
    """A single text would be scored letter by letter, and what is missing has no score."""
    with pytest.raises(ValueError, match=r"^sentences are scored as a list of texts, not as one"):
        score_sentences("A splendid day.", by=by)
    with pytest.raises(ValueError, match=r"^sentence 1 is None, not text; leave it out$"):
        score_sentences(["A splendid day.", None], by=by)
    series = pd.Series(INVENTED, index=range(100, 100 + len(INVENTED)))
    assert score_sentences(series, by=by) == score_sentences(INVENTED)


def test_hardly_a_sentence_goes_by_hand(monkeypatch):
    """Columns that left the work to the plain rules would be right, and slow."""
    by_hand: list[str] = []
    kept = vader.compound, blob.polarity_and_subjectivity
    monkeypatch.setattr(vader_columns, "compound", lambda s: by_hand.append(s) or kept[0](s))
    monkeypatch.setattr(
        blob_columns, "polarity_and_subjectivity", lambda s: by_hand.append(s) or kept[1](s)
    )
    score_sentences(INVENTED)
    assert {*by_hand} == {
        "The mayor of Arlen praised the splendid new bridge!",  # exclaimed
        "Nobody was killed, but the harbour is a TERRIBLE, terrible mess!!!",
        "It isn't good, and it was never very good :(",  # an emoticon
        "It was kind of ok. No. Yes! :-) 😀 ❤",
        "the bomb was the bomb, hand to mouth, yeah right",  # idioms
    }


def test_no_three_letters_are_part_of_an_emoticon():
    """One longer word may stand for all others only because this holds."""
    assert all(len(head) < 3 for head in blob.HEADS if head.isalnum())
    assert all(not form.isalnum() or len(form) < 3 for form in blob.FORMS)
    assert blob_columns.STAND_IN not in pattern_entries()


# ---- caches and processes --------------------------------------------------------------------


def test_what_is_remembered_is_bounded_and_changes_nothing(monkeypatch):
    """Begun afresh at every batch, or never: the same numbers."""
    sentences = generated(400, seed=6)
    before = digits(sentences)
    monkeypatch.setattr(tokentable, "MOST_CHUNKS", 10)
    for i in range(0, 400, 40):
        assert digits(sentences[i : i + 40]) == before[i : i + 40]
        for module in (vader_columns, blob_columns):
            distinct = {chunk for s in sentences[i : i + 40] for chunk in s.split()}
            assert len(module._answers().rows) <= len(distinct) + 1
    for cached in (vader.word_of, blob.piece_of, blob.cut):
        assert cached.cache_info().maxsize is not None


def test_rows_are_forgotten_with_their_chunks():
    """Chunks that come by other numbers are asked again."""
    answers = chunks.Answers(vader_columns._row, vader_columns.NOTHING)
    few = chunks.cut_sentences(["very good"])
    first = answers.of(few).at(np.array([0, 1]), "value").tolist()
    other = chunks.Cut(["ugly", "good"], np.array([1, 0]), np.array([0, 2]))
    assert answers.of(other).at(np.array([0, 1]), "value").tolist() == [1.9, -2.3]
    assert answers.of(few).at(np.array([0, 1]), "value").tolist() == first == [0.0, 1.9]


def test_columns_take_sentences_that_are_cut():
    """As whoever cuts many texts for other reasons has them."""
    cut = chunks.cut_sentences(["x", *INVENTED])
    kinds = ["unused", *cut.kinds]
    moved = chunks.Cut(kinds, cut.kind[1:] + 1, cut.starts[1:] - 1)
    columns, plain = score_columns(INVENTED, moved), score_columns(INVENTED)
    assert all((columns[measure] == plain[measure]).all() for measure in MEASURES)


@pytest.mark.slow
def test_a_spawned_process_gives_the_same_numbers():
    """Nothing has to be inherited, and what is handed over can be pickled."""
    batches = [INVENTED, [*TRAPS.values()][:-3]]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        there = [*pool.map(score_sentences, batches)]
    assert there == [*map(score_sentences, batches)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_order_of_sets_changes_nothing(seed):
    """TextBlob builds a pattern from sets, which each process orders in its own way."""
    sentences = [s for s in TRAPS.values() if "\ud83d" not in s]
    code = (
        "import json, sys\nfrom biaskit.sentiment import score_sentences\n"
        "sentences = json.loads(sys.argv[1])\n"
        "print(*(score_sentences(sentences, by=by) == score_sentences(sentences, by='library')"
        " for by in ('columns', 'sentence')), score_sentences(sentences))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, json.dumps(sentences)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told == f"True True {score_sentences(sentences)!r}\n"


def test_means_need_neither_library():
    """NLTK and TextBlob are loaded once something is scored."""
    code = "import sys\nimport biaskit.sentiment\nprint({'nltk', 'textblob'} & {*sys.modules})"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told == "set()\n"


SCORE = """\
from nltk.sentiment.vader import SentimentIntensityAnalyzer
from biaskit.sentiment import score_sentences, sentiment_provenance
print(SentimentIntensityAnalyzer().polarity_scores("A splendid day.")["compound"] < -0.8)
print(repr(score_sentences(["A splendid, horrible day."])), sentiment_provenance())
"""


@pytest.mark.slow
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
