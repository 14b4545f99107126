"""Markers are found where they stand: the longest, once, and nowhere else."""

import time

import pytest
from conftest import read_cases
from hypothesis import given
from hypothesis import strategies as st

from biaskit.lexicon import Entry, Lexicon
from biaskit.markers import Matcher, find_markers
from biaskit.tokens import token_spans

WORDS = ["far", "right", "coup", "coups", "regime", "change", "anti", "of", "power", "so", "called"]
PATTERNS = st.lists(st.sampled_from([*WORDS, "coup*", "re*"]), min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "-", ", ", ". ", "\n"])), max_size=30
).map(lambda pairs: "".join(word + mark for word, mark in pairs))


def lexicon_of(entries: dict[str, dict]) -> Lexicon:
    """A lexicon as `read_lexicon` would build it, without the file."""
    made = []
    for name, values in entries.items():
        lists = {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
        made.append(Entry(**{"id": name, "frame": "test", **lists}))
    return Lexicon("test", "1", "", "", "en", "", "", tuple(made))


def found(case: dict) -> list[list[str]]:
    table = find_markers(case["text"], lexicon_of(case["entries"]))
    for row in table.itertuples():
        assert case["text"][row.start : row.end] == row.form
    return table[["entry", "form"]].to_numpy().tolist()


@pytest.mark.parametrize("case", read_cases("markers", "found"))
def test_found(case):
    """What stands there is found, with the words as they stand."""
    assert found(case) == case["found"], case["why"]


@pytest.mark.parametrize("case", read_cases("markers", "left_alone"))
def test_left_alone(case):
    """What only looks like it isn't found."""
    assert found(case) == [], case["why"]


@pytest.mark.parametrize("case", read_cases("markers", "known_failures"))
def test_known_failure(case):
    """What we know to get wrong; when one of these passes, it moves to the other files."""
    assert found(case) == case["found"], case["why"]


@pytest.mark.parametrize("case", read_cases("markers", "left_alone"))
def test_each_text_left_alone_holds_the_words_of_its_pattern(case):
    """A case proves a rule only if the pattern's beginnings are there to be mistaken."""
    starts = {
        w.strip("*") for e in case["entries"].values() for p in e["pattern"] for w in p.split("-")
    }
    assert any(word.casefold().split()[0] in case["text"].casefold() for word in starts)


def test_hits_come_in_the_order_of_the_text_with_entry_and_frame():
    """Positions are of the whole text, on whatever line a hit stands; neutral ones are there."""
    entries = {
        "change": {"pattern": ["change of power"], "frame": "neutral"},
        "coup": {"pattern": ["coup"], "frame": "naming/rule"},
    }
    table = find_markers("A coup. No coup.\n\nA change of power.", lexicon_of(entries))
    assert table.columns.tolist() == ["start", "end", "entry", "frame", "form"]
    assert table.to_numpy().tolist() == [
        [2, 6, "coup", "naming/rule", "coup"],
        [11, 15, "coup", "naming/rule", "coup"],
        [20, 35, "change", "neutral", "change of power"],
    ]


def test_a_text_without_hits_gives_a_table_without_rows():
    """Nothing found is an empty table with the same columns."""
    table = find_markers("", lexicon_of({"coup": {"pattern": ["coup"]}}))
    assert table.columns.tolist() == ["start", "end", "entry", "frame", "form"]
    assert table.empty


@given(st.lists(PATTERNS, min_size=1, max_size=6, unique=True), TEXTS)
def test_hits_never_overlap_and_none_could_be_longer(patterns, text):
    """Whatever overlaps a hit has no more words than it has, and no word is counted twice."""
    entries = {f"e{i}": {"pattern": [pattern]} for i, pattern in enumerate(patterns)}
    whole = find_markers(text, lexicon_of(entries))
    assert (whole["end"].iloc[:-1].to_numpy() <= whole["start"].iloc[1:].to_numpy()).all()
    taken = [(row.start, row.end, len(token_spans(row.form))) for row in whole.itertuples()]
    for name, values in entries.items():
        for row in find_markers(text, lexicon_of({name: values})).itertuples():
            n = len(token_spans(row.form))
            overlapped = [m for a, b, m in taken if a < row.end and row.start < b]
            assert overlapped, "a hit was lost to nothing"
            assert max(overlapped) >= n


@given(st.lists(PATTERNS, min_size=1, max_size=6, unique=True), TEXTS, st.randoms())
def test_the_order_of_entries_doesnt_matter(patterns, text, random):
    """A lexicon is a set: shuffled, it finds the same."""
    names = [(f"e{i}", {"pattern": [pattern]}) for i, pattern in enumerate(patterns)]
    shuffled = random.sample(names, len(names))
    first, second = (find_markers(text, lexicon_of(dict(x))) for x in (names, shuffled))
    assert first.equals(second)


def test_the_matcher_numbers_tokens_of_the_sentence_it_is_given():
    """First and last token are counted in that sentence, both included."""
    matcher = Matcher(lexicon_of({"change": {"pattern": ["change of power"]}}))
    text = "x x. A change of power came."
    (hit,) = matcher.hits(text, token_spans(text, 5))
    assert (hit.entry.id, hit.first, hit.last) == ("change", 1, 3)
    assert matcher.hits(text, token_spans(text, 16)) == []


def test_time_doesnt_grow_with_the_number_of_entries():
    """A lexicon of 20,000 entries reads a text about as fast as one of 20."""
    text = "a change of something into something else entirely, " * 400
    spent = []
    for n in (20, 20_000):
        matcher = Matcher(lexicon_of({f"e{i}": {"pattern": [f"change of x{i}"]} for i in range(n)}))
        tokens = token_spans(text)
        began = time.process_time()
        assert matcher.hits(text, tokens) == []
        spent.append(time.process_time() - began)
    assert spent[1] < 10 * spent[0] + 0.1
