"""Agreement with people is counted as by hand, and what cannot be counted is refused."""

import gzip
import json

import pytest
from conftest import PAGES, ROOT, SHARED, at_hand

from biaskit.cli import main
from biaskit.validation import GOLD, STAGES, read_gold, validate

CLOCK = {"seconds", "mb_per_s"}


def write_gold(file, rows):
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def counted(agreement):
    """All but what the clock says."""
    return {key: value for key, value in agreement.items() if key not in CLOCK}


# ---- pages, line by line ---------------------------------------------------------------------


def lines_of(source, labels):
    """Gold lines of an invented page, one label for each line that is not blank."""
    rows, start = [], 0
    for line in PAGES[source].split("\n"):
        if line:
            rows.append({"file": source, "start": start, "end": start + len(line), "text": line})
        start += len(line) + 1
    return [
        {**row, "line": i, "label": label}
        for i, (row, label) in enumerate(zip(rows, labels, strict=True), start=1)
    ]


RIGHT = ["furniture", "headline", "body", "body"]


def test_pages_read_as_people_read_them_agree_wholly(tmp_path):
    """Menu, headline and two paragraphs: all four lines right."""
    gold = write_gold(tmp_path / "g.jsonl", lines_of("Echo/one.txt", RIGHT))
    assert counted(validate("pages", gold)) == {
        "f1": 1.0, "precision": 1.0, "recall": 1.0, "accuracy": 1.0, "accuracy_either_label": 1.0,
        "n": 1, "lines": 4,
    }  # fmt: skip


def test_a_body_line_missed_lowers_recall_alone(tmp_path):
    """People call three lines body, the program two of them: 2 / 2 and 2 / 3."""
    labels = ["body", "headline", "body", "body"]
    agreement = validate("pages", write_gold(tmp_path / "g", lines_of("Echo/one.txt", labels)))
    assert agreement["precision"] == 2 / 2
    assert agreement["recall"] == 2 / 3
    assert agreement["f1"] == 2 * 2 / (2 + 3)
    assert agreement["accuracy"] == 3 / 4


def test_a_line_too_many_lowers_precision_alone(tmp_path):
    """People call one line body, the program two: 1 / 2 and 1 / 1."""
    labels = ["furniture", "headline", "body", "caption"]
    agreement = validate("pages", write_gold(tmp_path / "g", lines_of("Echo/one.txt", labels)))
    assert (agreement["precision"], agreement["recall"]) == (1 / 2, 1 / 1)


def test_a_second_label_counts_where_it_is_said_to(tmp_path):
    """`alt` is right, too, in `accuracy_either_label`, and changes no other figure."""
    rows = lines_of("Echo/one.txt", ["tags", "headline", "body", "body"])
    without = validate("pages", write_gold(tmp_path / "a", rows))
    rows[0]["alt"] = "furniture"
    with_alt = validate("pages", write_gold(tmp_path / "b", rows))
    assert with_alt.pop("accuracy_either_label") == 1.0
    assert without.pop("accuracy_either_label") == 3 / 4
    assert counted(with_alt) == counted(without)


def test_pages_of_a_file_are_put_together_in_order(tmp_path):
    """Rows may come in any order, and of several files: lines are placed by their positions."""
    rows = lines_of("Echo/one.txt", RIGHT)
    rows += lines_of("Post/two.txt", ["headline", "body", "body"])
    agreement = validate("pages", write_gold(tmp_path / "g", rows[::-1]))
    assert (agreement["f1"], agreement["n"], agreement["lines"]) == (1.0, 2, 7)


def test_without_any_body_line_agreement_is_undefined(tmp_path):
    """A share of nothing is missing, not 0."""
    gold = write_gold(tmp_path / "g", lines_of("Echo/one.txt", RIGHT)[:1])
    agreement = validate("pages", gold)
    assert [agreement[key] for key in ("f1", "precision", "recall")] == [None, None, None]


# ---- pages as HTML and as dumps --------------------------------------------------------------


def test_articles_are_compared_by_runs_of_four_words(tmp_path, monkeypatch):
    """One of two runs found, one of two right: 1 / 2 each way."""
    monkeypatch.setattr("biaskit.validation.text_of_html", lambda html: html)
    gold = write_gold(tmp_path / "g", [{"html": "a b c d x", "body": "a b c d e"}])
    agreement = validate("pages", gold)
    assert agreement["read_as"] == "html"
    for key in ("precision", "recall", "f1"):
        assert agreement[key] == pytest.approx(1 / 2)


def test_each_page_counts_alike_however_long(tmp_path, monkeypatch):
    """A long page wholly right and a short one wholly wrong: half and half."""
    monkeypatch.setattr("biaskit.validation.text_of_html", lambda html: html)
    long = " ".join(map(str, range(400)))
    rows = [{"html": long, "body": long}, {"html": "a b c d", "body": "e f g h"}]
    agreement = validate("pages", write_gold(tmp_path / "g", rows))
    # Page one: 1 shared of 1. Page two: nothing shared, one found and one wanted of two.
    assert agreement["precision"] == pytest.approx(1 / (1 + 1 / 2))
    assert agreement["recall"] == pytest.approx(1 / (1 + 1 / 2))
    assert agreement["n"] == 2


@pytest.mark.parametrize(("words", "f1"), [("a b", 1.0), ("a c", 0.0), ("", 0.0)])
def test_texts_shorter_than_four_words_are_compared_whole(tmp_path, monkeypatch, words, f1):
    """Two words are one run; an article that was not found at all is wrong."""
    monkeypatch.setattr("biaskit.validation.text_of_html", lambda html: html)
    gold = write_gold(tmp_path / "g", [{"html": words, "body": "a b"}])
    assert validate("pages", gold)["f1"] == f1


PAGE = (
    "<html><body><div>Home</div><h1>Harbour Opens Again in Velmora</h1><div><p>{}</p><p>{}</p>"
    "</div><div>Share</div></body></html>"
)
ENGLISH = (
    "The fishermen were out at sea on the first morning, and the market was full of people again.",
    "There was music in the park in the evening, and the trains were on time for once this year.",
)
GERMAN = (
    "Die Fischer waren am ersten Morgen auf See, und der Markt war wieder voller Menschen heute.",
    "Am Abend gab es Musik im Park, und die Züge waren in diesem Jahr endlich einmal pünktlich.",
)


def test_how_pages_are_read_can_be_chosen(tmp_path):
    """As dumps only English pages count, since dumps are read in English only."""
    pytest.importorskip("bs4")
    pytest.importorskip("py3langid")
    rows = [{"html": PAGE.format(*text), "body": "\n".join(text)} for text in (ENGLISH, GERMAN)]
    gold = write_gold(tmp_path / "g", rows)
    dump, html = validate("pages", gold, as_="dump"), validate("pages", gold, as_="html")
    assert (dump["read_as"], dump["n"]) == ("dump, English pages", 1)
    assert (html["read_as"], html["n"]) == ("html", 2)
    assert dump["recall"] == 1.0
    assert validate("pages", gold)["read_as"] == "html"


# ---- sentences -------------------------------------------------------------------------------

TEXT = "The shops were open. Nobody came.\nThen it rained."


@pytest.mark.parametrize(
    ("sentences", "precision", "recall"),
    [
        ([[0, 20], [21, 33], [34, 49]], 3 / 3, 3 / 3),
        ([[0, 33], [34, 49]], 1 / 3, 1 / 2),
        ([[0, 20], [21, 32], [34, 49]], 2 / 3, 2 / 3),
    ],
    ids=["as people cut", "people cut less", "an end one character off"],
)
def test_a_sentence_counts_if_both_ends_are_right(tmp_path, sentences, precision, recall):
    """Three are found; how many of them are people's, and how many of people's are found."""
    gold = write_gold(tmp_path / "g", [{"text": TEXT, "sentences": sentences}])
    agreement = validate("sentences", gold)
    assert agreement["precision"] == pytest.approx(precision)
    assert agreement["recall"] == pytest.approx(recall)
    assert agreement["f1"] == pytest.approx(2 * precision * recall / (precision + recall))
    assert (agreement["n"], agreement["sentences"]) == (1, len(sentences))


def test_no_sentence_runs_over_a_line_end(tmp_path):
    """A line is a paragraph, with or without a full stop before its end."""
    gold = [{"text": "No full stop here\nNor there", "sentences": [[0, 17], [18, 27]]}]
    assert validate("sentences", write_gold(tmp_path / "g", gold))["f1"] == 1.0


# ---- parts and files -------------------------------------------------------------------------


@pytest.fixture
def parts(tmp_path):
    good = {"part": "dev", "text": TEXT, "sentences": [[0, 20], [21, 33], [34, 49]]}
    return write_gold(tmp_path / "parts.jsonl", [good, {**good, "part": "train", "sentences": []}])


def test_a_part_is_measured_alone(parts):
    """Rows of other parts change nothing."""
    assert [validate("sentences", parts, part=p)["n"] for p in ("dev", None)] == [1, 2]
    assert validate("sentences", parts, part="dev")["f1"] == 1.0
    assert validate("sentences", parts)["f1"] < 1.0


def test_gold_may_be_gzipped(parts, tmp_path):
    """Plain or packed, the same rows; blank lines are no rows."""
    packed = tmp_path / "parts.jsonl.gz"
    packed.write_bytes(gzip.compress(parts.read_bytes() + b"\n\n"))
    assert read_gold(packed) == read_gold(parts)


def test_figures_come_with_what_they_took(parts):
    """Seconds and megabytes a second stand beside every agreement."""
    agreement = validate("sentences", parts)
    assert agreement["seconds"] > 0
    size = 2 * len(TEXT.encode())
    assert agreement["mb_per_s"] == pytest.approx(size / 1e6 / agreement["seconds"])


# ---- refusals --------------------------------------------------------------------------------


def refused(*arguments, **options):
    with pytest.raises((ValueError, FileNotFoundError)) as error:
        validate(*arguments, **options)
    return str(error.value)


def test_an_unknown_stage_is_refused_before_the_gold_is_read():
    """The message lists the stages."""
    assert refused("pagse", "nowhere.jsonl") == (
        f"no stage 'pagse'; there are {', '.join(sorted(STAGES))}"
    )


@pytest.mark.parametrize(("stage", "as_"), [("sentences", "html"), ("pages", "pdf")])
def test_a_way_of_reading_that_is_none_is_refused(stage, as_, parts):
    """--as is for pages, and for three ways of reading."""
    assert refused(stage, parts, as_=as_) == (
        f"--as {as_} is not for {stage}; pages can be read as lines, html, dump"
    )


def test_an_unknown_part_is_refused(parts):
    """The message lists the parts that there are."""
    assert refused("sentences", parts, part="test") == (
        f"{parts} has no part 'test'; it has dev, train"
    )


@pytest.mark.parametrize("stage", STAGES)
def test_gold_of_another_stage_is_refused(tmp_path, stage):
    """The message says what a row must hold."""
    gold = write_gold(tmp_path / "g.jsonl", [{"rating": 3}])
    assert refused(stage, gold) == f"{gold} is no gold for {stage}: a row needs {GOLD[stage]}"


def test_a_missing_file_is_refused(tmp_path):
    """By its name."""
    assert refused("pages", tmp_path / "g") == f"no gold file at {str(tmp_path / 'g')!r}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("g.jsonl", b"not json\n"),
        ("g.jsonl", "{\"text\": \"K\u00f6ln\"}\n".encode("latin-1")),
        ("g.jsonl.gz", b"not gzip"),
        ("g.jsonl.gz", gzip.compress(b'{"text": "cut short"}\n' * 99)[:-12]),
    ],
    ids=["not JSON", "not UTF-8", "not gzip", "gzip cut short"],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused(tmp_path, name, content):
    """In one sentence that names it."""
    (tmp_path / name).write_bytes(content)
    message = refused("pages", tmp_path / name)
    assert message.startswith(f"{tmp_path / name} is not a file of JSON lines: ")
    assert "\n" not in message


@pytest.mark.parametrize("content", ["", "\n\n", "[1, 2]\n", "3\n"])
def test_a_file_without_rows_is_refused(tmp_path, content):
    """An empty file agrees with nobody."""
    (tmp_path / "g").write_text(content)
    assert refused("pages", tmp_path / "g") == (
        f"{tmp_path / 'g'} holds no JSON objects, one to a line"
    )


# ---- the command -----------------------------------------------------------------------------


def command(monkeypatch, capsys, *arguments):
    monkeypatch.setattr("sys.argv", ["biaskit", "validate", *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    return capsys.readouterr().out


def test_json_is_one_object_on_one_line(monkeypatch, capsys, parts):
    """With the figures by the names that scripts look for."""
    out = command(monkeypatch, capsys, "sentences", "--gold", parts, "--part", "dev", "--json")
    assert out.count("\n") == 1
    agreement = json.loads(out)
    assert {"f1", "precision", "recall", "n", "seconds", "mb_per_s"} <= {*agreement}
    assert counted(agreement) == counted(validate("sentences", parts, part="dev"))


def test_without_json_each_figure_has_a_line(monkeypatch, capsys, parts):
    """For people: name and value."""
    out = command(monkeypatch, capsys, "sentences", "--gold", parts, "--part", "dev")
    told = dict(line.split() for line in out.splitlines())
    assert (told["f1"], told["n"], told["sentences"]) == ("1", "1", "3")


# ---- where gold is at hand -------------------------------------------------------------------

INVENTED = ROOT / "corpus" / "invented" / "gold"


def test_lines_of_the_invented_pages_are_read_as_labelled():
    """Every line of our own twelve pages."""
    agreement = validate("pages", INVENTED / "lines.jsonl")
    assert (agreement["precision"], agreement["recall"]) == (1.0, 1.0)
    assert agreement["accuracy"] == 1.0
    assert (agreement["n"], agreement["lines"]) == (12, 231)


def test_lines_of_the_three_pages_are_read_as_labelled():
    """Body lines wholly, labels at least 98 in 100 (in-sample)."""
    agreement = validate("pages", at_hand(SHARED / "gold" / "lines.jsonl"))
    assert (agreement["precision"], agreement["recall"]) == (1.0, 1.0)
    assert agreement["accuracy"] >= 0.98
    assert agreement["n"] == 3


def test_sentences_of_others_are_found():
    """On 13 Wikinews texts, better than Punkt's .944."""
    agreement = validate("sentences", at_hand(SHARED / "data" / "sentences.jsonl.gz"))
    assert agreement["f1"] >= 0.95
    assert agreement["n"] == 13


@pytest.mark.slow
@pytest.mark.parametrize(("as_", "f1"), [("html", 0.96), ("dump", 0.917)])
def test_articles_are_found_on_pages_of_others(as_, f1):
    """As HTML what the extractor reaches, as dumps of English pages more than the prototype."""
    pytest.importorskip("bs4")
    pytest.importorskip("py3langid")
    assert validate("pages", at_hand(SHARED / "data" / "pages.jsonl.gz"), as_=as_)["f1"] >= f1


@pytest.mark.slow
def test_voices_are_those_that_people_hear():
    """On 84 articles of PolNeAR that the rules were not written with; two people agree at .912."""
    agreement = validate("voice", at_hand(SHARED / "data" / "polnear.jsonl.gz"), part="dev")
    assert agreement["n"] == 84
    assert agreement["f1"] >= 0.86
    assert agreement["quotation_marks"]["f1"] < 0.6
    assert agreement["speakers"]["quoted"]["share"] >= 0.88
    assert agreement["recall_gap"] <= 0.06
