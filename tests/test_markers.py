"""Markers are found where they stand: the longest, once, and nowhere else."""

import gzip
import json
import time
from dataclasses import replace
from itertools import islice

import pytest
from conftest import SHARED, at_hand, read_cases
from hypothesis import given
from hypothesis import strategies as st

from biaskit.lexicon import Entry, Lexicon, read_lexicon
from biaskit.markers import Matcher, check_lexicon, find_markers, tree
from biaskit.tokens import sentence_spans, term_of, token_spans
from biaskit.tokentable import cut

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


# ---- both ways through a text --------------------------------------------------------------------

ODD = ["U.S.", "don't", "1,000", "people’s", "élan", "ÉLAN", "STRASSE", "straße", "_", "anti", "😀"]
ODD_TEXTS = st.lists(
    st.tuples(
        st.sampled_from([*WORDS, *ODD, "organised", "organized", "Favour", "x"]),
        st.sampled_from([" ", "-", "’", "'s ", ", ", ". ", ".", "\n", "  ", "\t", "", "_"]),
    ),
    max_size=30,
).map(lambda pairs: "".join(word + mark for word, mark in pairs))
SPECIAL = ["coup*", "re*", "r*", "a*", "u.s. power", "do", "don't", "n't", "élan", "far right"]
SPECIAL += ["strasse", "straße*", "1,000 power", "people's power", "organise*", "favor"]
SPECIAL += ["change of power", "change of*", "so-called regime"]
ODD_ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "pattern": st.lists(
                st.sampled_from([*WORDS, *SPECIAL]),
                min_size=1,
                max_size=3,
            ),
            "case": st.booleans(),
            "near": st.lists(st.sampled_from(["power", "coup*", "so called"]), max_size=1),
            "not_near": st.lists(st.sampled_from(["right", "reg*", "of power"]), max_size=1),
        }
    ),
    min_size=1,
    max_size=5,
)


def walked(matcher: Matcher, text: str) -> list[tuple[str, int, int]]:
    """The hits of each sentence of each line, by the plain walk over its tokens."""
    hits, position = [], 0
    for line in text.split("\n"):
        for start, end in sentence_spans(text, position, position + len(line)):
            tokens = token_spans(text, start, end)
            for hit in matcher.hits(text, tokens):
                hits.append((hit.entry.id, tokens[hit.first][0], tokens[hit.last][1]))
        position += len(line) + 1
    return hits


@given(ODD_ENTRIES, ODD_TEXTS, st.booleans())
def test_the_fast_way_finds_what_the_plain_walk_finds(entries, text, skip_negated):
    """Whatever the words, the marks between them, and what the entries ask for."""
    lexicon = lexicon_of({f"e{i}": values for i, values in enumerate(entries)})
    matcher = Matcher(lexicon, skip_negated=skip_negated)
    assert [(x.entry.id, x.start, x.end) for x in matcher.find(text)] == walked(matcher, text)


@pytest.mark.slow
def test_both_ways_agree_on_articles():
    """On 3,000 real articles, with the shipped lexicon and 2,000 of their own words."""
    file = at_hand(SHARED / "data" / "articles.jsonl.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 3_000)]
    words = sorted({term_of(texts[i][a:b]) for i in range(40) for a, b in token_spans(texts[i])})
    shipped = read_lexicon()
    more = tuple(
        Entry(f"w{i}", (word + "*" if i % 3 == 0 else f"{word} {words[-i]}",), "test")
        for i, word in enumerate(words[:2_000])
        if word.isalpha() and words[-i].isalpha()
    )
    for lexicon in (shipped, replace(shipped, entries=shipped.entries + more)):
        matcher = Matcher(lexicon)
        for text in texts:
            found = [(x.entry.id, x.start, x.end) for x in matcher.find(text)]
            assert found == walked(matcher, text)


@given(ODD_ENTRIES, st.lists(ODD_TEXTS, min_size=1, max_size=4))
def test_texts_together_hold_the_hits_of_each(entries, texts):
    """What stands in the other texts, or in the ones before, changes nothing."""
    texts = [text.replace(".", ",").replace("\n", " ") for text in texts]  # one sentence each
    matcher = Matcher(lexicon_of({f"e{i}": values for i, values in enumerate(entries)}))
    tokens = cut(texts)
    together = [
        (int(tokens.text[h.first]), h.entry.id, int(tokens.start[h.first]), int(tokens.end[h.last]))
        for h in matcher.hits_among(texts, tokens, tokens.text)
    ]
    assert together == [
        (i, x.entry.id, x.start, x.end)
        for i, text in enumerate(texts)
        for x in Matcher(matcher.lexicon).find(text)
    ]


def test_what_is_forgotten_changes_no_hit(monkeypatch):
    """A corpus of endless words is not remembered whole, and its hits are the same."""
    texts = [f"The far-right{i}, far right regime changes of {i} coups." for i in range(9)]
    entries = {name: {"pattern": [name]} for name in ("far right", "coup*", "re* ch*")}
    lexicon = lexicon_of({**entries, "of coups": {"pattern": ["coups"], "near": ["far right"]}})
    tokens = cut(texts)
    wanted = [*Matcher(lexicon).hits_among(texts, tokens, tokens.text)]
    assert len(wanted) == 3 * len(texts)
    monkeypatch.setattr(tree, "MOST_WORDS", 2)
    monkeypatch.setattr(tree, "MOST_STATES", 1)
    assert [*Matcher(lexicon).hits_among(texts, tokens, tokens.text)] == wanted


def test_no_more_is_remembered_than_the_limit(monkeypatch):
    """The answer is the same before and after it is forgotten."""
    monkeypatch.setattr(tree, "MOST_WORDS", 3)
    lengths = tree.Remembered(len)
    for n in (1, 2, 3, 4, 5, 1):
        assert lengths["a" * n] == n
        assert 1 <= len(lengths) <= 3


def test_a_negated_word_is_found_if_that_is_asked_for():
    """The option matters on both ways through a text."""
    lexicon = lexicon_of({"t": {"pattern": ["terrorist"]}})
    text = "An anti-terrorist raid."
    assert [len(Matcher(lexicon, skip_negated=x).find(text)) for x in (True, False)] == [0, 1]
    tokens = token_spans(text)
    assert [len(Matcher(lexicon, skip_negated=x).hits(text, tokens)) for x in (True, False)] == [
        0,
        1,
    ]


# ---- spelling ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text", "forms"),
    [
        ("organised crime", "Organized crime.", ["Organized crime"]),
        ("neutralis*", "They neutralized it; neutralism did not.", ["neutralized", "neutralism"]),
        ("neutraliz*", "They neutralised it; neutralism did not.", ["neutralised"]),
        ("labell*", "It was labeled, and the label stuck.", ["labeled"]),
        ("defence", "The defense’s case against his defenses.", ["defense"]),
        ("favour*", "A favorite, favoured.", ["favorite", "favoured"]),
        ("regime", "the regime's men, the regime’s men, two regimes", ["regime", "regime"]),
    ],
)  # fmt: skip
def test_a_word_is_found_in_british_and_american_spelling(pattern, text, forms):
    """And with a possessive, but in no other form that isn't listed."""
    lexicon = lexicon_of({"e": {"pattern": [pattern]}})
    assert find_markers(text, lexicon)["form"].tolist() == forms


def test_the_entry_that_lists_a_spelling_has_it():
    """Whoever compares the spellings themselves can; the id decides only where neither does."""
    entries = {"british": {"pattern": ["defence"]}, "us": {"pattern": ["defense"]}}
    found = find_markers("defense, defence", lexicon_of(entries))
    assert found["entry"].tolist() == ["us", "british"]


def test_only_english_is_respelt():
    """A French entry's "centre" is no "center"."""
    entries = {"e": {"pattern": ["centre"], "language": "fr"}}
    assert find_markers("center, centre", lexicon_of(entries))["form"].tolist() == ["centre"]


def test_a_pattern_with_case_is_respelt_with_case():
    """As the pattern is written, and not otherwise."""
    found = find_markers(
        "Labor, labor, LABOR", lexicon_of({"e": {"pattern": ["Labour"], "case": True}})
    )
    assert found["form"].tolist() == ["Labor"]


# ---- work ----------------------------------------------------------------------------------------


def hostile(n: int) -> Lexicon:
    """Stars within stars, the same pattern many times, long phrases of one word."""
    stems = ["a" * k + "*" for k in range(1, 15)]
    patterns = [" ".join(stems[(i // 14**k) % 14] for k in range(4)) for i in range(n)]
    entries = [Entry(f"e{i}", (pattern,), "test") for i, pattern in enumerate(patterns)]
    entries += [Entry(f"s{i}", ("a*",), "test") for i in range(n // 10)]
    entries += [Entry("long", (" ".join(["a"] * 19 + ["b"]),), "test", near=("zebra",))]
    return Lexicon("hostile", "1", "", "", "en", "", "", tuple(entries))


@pytest.mark.slow
def test_a_hostile_lexicon_costs_in_proportion_to_the_text(monkeypatch):
    """100,000 entries of stars: a few steps for each word, and none that makes a state anew."""
    matcher = Matcher(hostile(100_000))
    words = ["a" * (1 + i * 7 % 19) for i in range(8_000)]
    matcher.find(" ".join(words))  # the states are made once
    steps, made = [], []
    step, reach = tree.Tree.step, tree.Tree._reach
    monkeypatch.setattr(tree.Tree, "step", lambda *given: steps.append(1) or step(*given))
    monkeypatch.setattr(tree.Tree, "_reach", lambda *given: made.append(1) or reach(*given))
    spent = []
    for n in (4_000, 8_000):
        steps.clear()
        assert len(matcher.find(" ".join(words[:n]))) == n / 4
        spent.append(len(steps))
    assert n < spent[1] < 5 * n
    assert spent[1] == pytest.approx(2 * spent[0], rel=0.01)
    assert made == []


def test_context_is_looked_for_once_in_a_sentence_of_any_length():
    """Ten thousand hits in one sentence ask for their context, and get it from one walk."""
    lexicon = lexicon_of({"c": {"pattern": ["coup"], "not_near": ["goal"]}})
    began = time.process_time()
    assert len(Matcher(lexicon).find("coup, " * 10_000)) == 10_000
    assert len(Matcher(lexicon).find("coup, " * 10_000 + "goal")) == 0
    assert time.process_time() - began < 2


# ---- checking ------------------------------------------------------------------------------------

CHECKED = """\
[lexicon]
name = "own"
[[entry]]
id = "coup"
pattern = ["coup*"]
frame = "f"
mirror = "rising"
set = "change"
variant = "coup"
examples = ["A putsch."]
counterexamples = ["A coup."]
[[entry]]
id = "coups"
pattern = ["coups"]
frame = "f"
unseen = true
[[entry]]
id = "rising"
pattern = ["rising", "defence"]
frame = "f"
[[entry]]
id = "us"
pattern = ["defense"]
frame = "f"
unseen = true
[[entry]]
id = "rising"
pattern = ["x"]
frame = "f"
"""


def test_a_check_lists_errors_and_notes_by_entry(tmp_path):
    """Errors first; overlaps of stars and of spellings, mirrors, sets, and what texts show."""
    (tmp_path / "own.toml").write_text(CHECKED)
    table = check_lexicon(tmp_path / "own.toml", ["Two coups in defense."])
    kinds = ["error"] * 3 + ["overlap"] * 2 + ["mirror", "set", "unseen", "seen"]
    assert table["kind"].tolist() == kinds
    first = table["finding"].iloc[0]
    assert first == f"{tmp_path / 'own.toml'}, entry rising: this id is given twice"
    only_one = "only one of them can count, the one spelt so, or first in the alphabet"
    assert table[["entry", "finding"]].to_numpy().tolist()[1:] == [
        ["coup", "it is not found in its example 'A putsch.'"],
        ["coup", "it is found in its counterexample 'A coup.'"],
        ["coups", f"the pattern 'coups' is also matched by coup: {only_one}"],
        ["rising", f"the pattern 'defence' is also matched by us: {only_one}"],
        ["coup", "its mirror rising names none as its own mirror"],
        ["coup", "the set 'change' has no other variant than 'coup'"],
        ["rising", "it never hits in the 1 texts given"],
        ["us", "it is marked unseen, but hits in the texts given"],
    ]


def test_without_texts_nothing_is_said_of_hits(tmp_path):
    """What was not looked for is not called unseen."""
    (tmp_path / "own.toml").write_text(CHECKED)
    assert "unseen" not in set(check_lexicon(tmp_path / "own.toml")["kind"])
