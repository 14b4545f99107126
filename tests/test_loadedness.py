"""Loaded words are marked with their reasons, by sums that can be checked by hand."""

import math
import tomllib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaskit.loadedness import SETTINGS, Loadedness, Mark, loaded_words
from biaskit.loadedness.context import word_spans
from biaskit.loadedness.fitting import (
    fit_weights,
    logistic_regression,
    lowest_good_cut,
    observe,
)
from biaskit.loadedness.marking import Weights, shipped_weights
from biaskit.loadedness.signs import (
    RARITY,
    frequencies,
    is_function_word,
    list_of,
    sign_names,
    signs_of_form,
    word_class,
)
from biaskit.loadedness.wordlist import WordList, forms_of_noun, forms_of_verb, shipped_list
from biaskit.tokens import sentence_spans, term_of

TEXT = (
    "The mayor of Arlen slammed this absurd plan and vowed to stop it. "
    "“It is a disgraceful sham,” said the harbour master. "
    "The council meets again on Tuesday."
)

TINY = """
[passport]
name = "tiny"
[frames.scorn]
note = "scorn"
words = "absurd, beyond the pale"
verbs = "mock"
[frames.feeling]
note = "feelings"
alone = false
nouns = "fear"
"""

# Only listing weighs anything, so that every score can be worked out.
PLAIN = Weights(-1.0, {"listed": 2.0, "list of scorn": 1.0}, {}, {"strict": 0.8, "broad": 0.6})


def marks(text: str, setting: str = "strict", **options) -> list[Mark]:
    return Loadedness(setting, **options).hits(text, sentence_spans(text))


def tiny() -> WordList:
    return WordList(tomllib.loads(TINY))


def test_clear_cases_are_marked_with_frame_and_reasons():
    """What a reader would underline is found, and says why."""
    table = loaded_words(TEXT)
    assert table["form"].tolist()[:3] == ["slammed", "absurd", "disgraceful"]
    assert table["frame"].tolist()[:3] == ["violent-speech", "ridicule", "moral"]
    assert table["reasons"][1].startswith("list of ridicule; ")
    assert table["quoted"].tolist()[:3] == [False, False, True]


def test_plain_sentences_are_left_alone():
    """A report of facts has nothing to mark, in either setting."""
    plain = "The council of Arlen meets on Tuesday. The bridge was built in 1931."
    assert loaded_words(plain, "broad").empty
    assert list(loaded_words(plain).columns) == list(Mark._fields)
    assert loaded_words("").empty


def test_the_setting_matters():
    """What is strict is also broad, and broad has more."""
    text = "Her reckless decision angered many, and a chaotic and bitter session followed."
    strict, broad = (set(loaded_words(text, s)["form"]) for s in SETTINGS)
    assert strict < broad


def test_positions_point_into_the_text():
    """Lines are paragraphs, and every row cuts out its own word."""
    text = f"A quiet day in Arlen.\n\n{TEXT}\n"
    table = loaded_words(text, "broad")
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == table[
        "form"
    ].tolist()
    assert table["start"].is_monotonic_increasing
    assert loaded_words(text)["form"].tolist() == loaded_words(TEXT)["form"].tolist()


def test_scores_can_be_worked_out_by_hand():
    """Intercept plus weights of the signs, through the logistic function."""
    (mark,) = marks("An absurd day.", weights=PLAIN, words=tiny())
    assert mark.score == pytest.approx(1 / (1 + math.exp(-(-1.0 + 2.0 + 1.0))))
    assert mark == Mark(3, 9, "absurd", "scorn", mark.score, "list of scorn", False)
    scores = Loadedness("broad", weights=PLAIN, words=tiny()).scores("An absurd day.", (0, 14))
    assert [round(s, 6) for *_, s in scores] == [0.268941, 0.880797, 0.268941]


def test_shipped_scores_are_plain_sums_of_the_signs():
    """What the marker adds up in parts is the dot product of signs and weights."""
    marker, model = Loadedness("broad"), shipped_weights()
    for sentence in sentence_spans(TEXT):
        scores = marker.scores(TEXT, sentence)
        for (a, b, score), (start, end, signs) in zip(
            scores, marker.observe(TEXT, sentence), strict=True
        ):
            total = model.intercept + sum(v * model.weights[n] for n, v in signs.items())
            assert (a, b) == (start, end)
            assert score == pytest.approx(1 / (1 + math.exp(-total)))


@pytest.mark.parametrize("setting", SETTINGS)
def test_passing_over_hopeless_words_changes_nothing(setting):
    """Words are passed over early only if no place could lift them to the cut."""
    marker = Loadedness(setting)
    cut = marker.model.cuts[setting]
    for sentence in sentence_spans(TEXT):
        high = {(a, b) for a, b, score in marker.scores(TEXT, sentence) if score >= cut}
        assert {mark[:2] for mark in marker.hits(TEXT, [sentence])} <= high
        marker._most_of_place = math.inf
        everything = marker.hits(TEXT, [sentence])
        assert everything == Loadedness(setting).hits(TEXT, [sentence])


def test_frames_that_are_mostly_plain_need_another_sign():
    """`fear` alone is no mark, however much its list weighs; beside a listed word it is."""
    model = replace(PLAIN, weights={"listed": 9.0, "after a listed word": 0.1})
    assert [m.form for m in marks("Some fear it.", weights=model, words=tiny())] == []
    found = marks("Some absurd fear.", weights=model, words=tiny())
    assert [m.form for m in found] == ["absurd", "fear"]
    assert found[1].reasons == "list of feeling; after a listed word"


def test_rarity_neither_marks_nor_comes_first():
    """A word of which nothing is known but that it is rare is never marked."""
    model = replace(PLAIN, weights={"rare word": 99.0, "listed": 2.0, "adjective": 1.0})
    (mark,) = marks("The zorbl of absurdest quell.", weights=model) or [None]
    assert mark is None or mark.reasons.split("; ")[0] != "rare in news"
    assert not [m for m in marks("The zorbl fell.", weights=model) if m.form == "zorbl"]
    for text in (TEXT, "A hypersensitive, unctuous, mellifluous and obstreperous speech."):
        for mark in marks(text, "broad"):
            assert 1 <= len(mark.reasons.split("; ")) <= 2
            assert not mark.reasons.startswith("rare")


def test_unlisted_words_say_so():
    """Words that only look and stand like loaded ones have the frame `unlisted`."""
    model = replace(PLAIN, weights={"joined to a listed word": 9.0}, intercept=-2.0)
    found = marks("An absurd and grimble day.", weights=model, words=tiny())
    assert [(m.form, m.frame) for m in found] == [("grimble", "unlisted")]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("An absurd day.", False),
        ("An “absurd” day.", True),
        ('He called it "an absurd day in every way" today.', True),
        ("It was absurd,” said Ann Ode.", True),
        ("“It was late,” said Ann Ode of the absurd day.", False),
    ],
)
def test_quoted_words_are_labelled(text, quoted):
    """Also where the quotation began in an earlier sentence."""
    assert [m.quoted for m in marks(text, weights=PLAIN, words=tiny())] == [quoted]


def test_unknown_settings_are_refused():
    """By name, with the ones there are."""
    with pytest.raises(ValueError, match=r"^no setting 'loose'; there are strict, broad$"):
        loaded_words("A day.", "loose")


# ---- the list -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("slam", "slam slams slammed slamming"),
        ("decry", "decry decries decried decrying"),
        ("lie", "lie lies lied lying"),
        ("steal", "steal steals stole stolen stealing"),
        ("weaponize", "weaponize weaponizes weaponized weaponizing"),
        ("bash", "bash bashes bashed bashing"),
        ("vow", "vow vows vowed vowing"),
        ("roast", "roast roasts roasted roasting"),
    ],
)
def test_verbs_have_all_their_forms(verb, forms):
    """By rule, or from the table of irregular ones."""
    assert forms_of_verb(verb) == set(forms.split())


def test_nouns_have_their_plural():
    """Phrases too, at their last word; what ends in s is a plural already."""
    assert forms_of_noun("fat cat") == {"fat cat", "fat cats"}
    assert forms_of_noun("witch") == {"witch", "witches"}
    assert forms_of_noun("antics") == {"antics"}


def test_phrases_and_possessives_are_found():
    """The longest run of words wins; 's is no part of a word."""
    words = tiny()
    assert words.frames_of(["it", "was", "beyond", "the", "pale"]) == [None, None, *["scorn"] * 3]
    assert words.frames_of(["the", "fear's", "beyond", "the"]) == [None, "feeling", None, None]


def test_derived_words_are_related():
    """What an ending or a hyphen made of a listed word; listed words themselves are not."""
    words = tiny()
    related = ["absurdly", "absurdity", "half-absurd", "fearful", "mocker's"]
    assert [term for term in related if not words.is_related(term)] == []
    others = ["absurd", "fears", "tuesday", "half-long", "able", "mocked's"]
    assert [term for term in others if words.is_related(term)] == []


def test_the_shipped_list_is_tidy():
    """A passport, frames with notes, lower case, nothing twice in a frame, words to look for."""
    words = shipped_list()
    assert {"name", "version", "licence", "method"} <= set(words.passport)
    assert len(words.frames) == 17
    assert {f.name for f in words.frames.values() if not f.alone} == {
        "ism", "praise", "emotion", "harm",
    }  # fmt: skip
    assert all(frame.note for frame in words.frames.values())
    assert len(words.words) > 4_000
    assert all(term == term.lower().strip() for term in words.words)
    assert all(word_spans(term, 0, len(term)) == [(0, len(term))] for term in words.words)


# ---- signs ----------------------------------------------------------------------------------


def test_classes_are_those_of_the_tagger_in_the_sentence():
    """Found once for each form, yet equal to tagging whole sentences."""
    tag = pytest.importorskip("textblob.en").tag
    words = "Reckless Critics slammed the absurdly weak plans of Arlen and its 12 widgets".split()
    for i, (form, expected) in enumerate(tag(" ".join(words), tokenize=False)):
        assert word_class(form, first=i == 0) == expected
    assert is_function_word("the", first=False)
    assert not is_function_word("plan", first=False)


def test_common_words_are_told_from_rare_ones():
    """In quarters of the logarithm; what the table lacks is rare."""
    assert frequencies()["the"] > frequencies()["minister"] > frequencies()["absurd"]
    assert all(level * 4 == int(level * 4) for level in frequencies().values())
    assert "rare word" in signs_of_form("zorbl", shipped_list(), first=False)
    assert "rare word" not in signs_of_form("absurd", shipped_list(), first=False)


def test_every_sign_has_a_weight_and_every_weight_a_sign():
    """So nothing is observed in vain; and they are a few dozen."""
    model = shipped_weights()
    assert set(model.weights) == set(sign_names(shipped_list()))
    assert len(model.weights) <= 80
    assert set(model.means) == RARITY
    assert 0 < model.cuts["broad"] < model.cuts["strict"] < 1
    assert {"fitted_on", "fitted_by", "fitted_when"} <= set(model.provenance)


def signs_in(text: str, term: str) -> set[str]:
    ((found,),) = [[signs for t, signs in one if t == term] for one in observe([text])]
    return set(found)


@pytest.mark.parametrize(
    ("sign", "with_it", "without_it"),
    [
        ("after a degree word", "A very grim day.", "A grim day."),
        ("after a negation", "It was not a grim day.", "It was a grim day."),
        ("after a reporting verb", "She said the grim day was over.", "The grim day was over."),
        ("before a reporting verb", "The grim day is over, she said.", "The grim day is over."),
        ("joined to a listed word", "A grim and absurd day.", "A grim day, absurd."),
        ("after a listed word", "An absurd grim day.", "A grim day."),
        ("before a listed word", "A grim absurd day.", "A grim day."),
        ("other listed words", "A grim day was absurd.", "A grim day was long."),
        ("short quotation", "A “grim” day.", "A grim day."),
        ("long quotation", "“It was a grim day in the whole of Arlen.”", "A “grim” day."),
        ("exclamation mark", "A grim day!", "A grim day."),
        ("question", "A grim day?", "A grim day."),
        ("figures", "A grim day for 12.", "A grim day for all."),
        ("I, we or you in the sentence", "We had a grim day.", "They had a grim day."),
        ("title case", "A Very Grim Day Over Arlen", "A very grim day over Arlen"),
        ("capital", "It was a Grim day there.", "It was a grim day there."),
        ("all capitals", "A GRIM day there.", "A grim day there."),
        ("list of threat", "A grim day.", "A long day."),
    ],
)
def test_signs_are_seen_where_they_are(sign, with_it, without_it):
    """Each in a sentence that has it and not in one that lacks it."""
    assert sign in signs_in(with_it, "grim")
    other = "grim" if "grim" in without_it else "long"
    assert sign not in signs_in(without_it, other)


def test_signs_are_named_for_readers():
    """The name of a weight is what the reasons say."""
    assert list_of("group-label") == "list of group label"
    assert "adjective" in signs_in("A grim day.", "grim")
    assert "ending that evaluates" in signs_in("A joyless day.", "joyless")


@given(st.text(alphabet="abs urd.“”\"',-’!?1\n", max_size=60))
def test_any_text_can_be_marked(text):
    """Marks lie within their sentence and have a score of at least the cut."""
    for mark in marks(text, "broad"):
        assert text[mark.start : mark.end] == mark.form
        assert mark.score >= shipped_weights().cuts["broad"]


# ---- fitting --------------------------------------------------------------------------------


def made_up(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(n, 4))
    return x, rng.random(n) < 1 / (1 + np.exp(-(x @ [1.5, -1.0, 0.0, 0.5] - 1)))


@pytest.mark.slow
@pytest.mark.parametrize("penalty", [0.5, 10.0])
def test_the_regression_is_that_of_scikit_learn(penalty):
    """Coefficients and intercept, to four digits, for any penalty."""
    linear_model = pytest.importorskip("sklearn.linear_model")
    x, y = made_up()
    coefficients, intercept = logistic_regression(x, y, penalty)
    other = linear_model.LogisticRegression(C=1 / penalty, tol=1e-8, max_iter=1000).fit(x, y)
    assert coefficients == pytest.approx(other.coef_[0], abs=1e-4)
    assert intercept == pytest.approx(other.intercept_[0], abs=1e-4)


def test_the_regression_has_no_slope_left():
    """At the solution the gradient of the penalised loss is zero."""
    x, y = made_up()
    w, b = logistic_regression(x, y, 2.0)
    gradient = x.T @ (1 / (1 + np.exp(-(x @ w + b))) - y) + 2.0 * w
    assert gradient == pytest.approx(np.zeros(4), abs=1e-3)


def test_the_cut_is_the_lowest_that_is_as_good():
    """Two of three right from .7 on is F1 .8, the best; below it only wrong ones follow."""
    scores = np.array([0.9, 0.8, 0.7, 0.1, 0.05])
    assert lowest_good_cut(scores, np.array([True, False, True, False, False])) == 0.7


def test_weights_follow_what_people_marked():
    """Words of a frame that is always marked weigh more than those of one that never is."""
    texts = [
        "The absurd plan.",
        "Some fear it.",
        "The absurd day.",
        "The fear of it.",
        "A day.",
    ] * 9
    gold = [{"absurd"}, set(), {"absurd"}, set(), set()] * 9
    words = tiny()
    model = fit_weights(observe(texts, words), gold, strict=0.7, words=words)
    assert model.weights["list of scorn"] > 0 > model.weights["list of feeling"]
    assert model.cuts["strict"] == 0.7
    assert [
        m.form
        for m in marks(
            "The absurd fear.", "strict", weights=replace(model, cuts={"strict": 0.4}), words=words
        )
    ] == ["absurd"]
    with pytest.raises(ValueError, match=r"^weights need words that people marked and words that"):
        fit_weights(observe(texts), [set()] * 45)


def test_terms_are_counted_as_elsewhere():
    """A typographic apostrophe is no other word."""
    ((first, *_),) = observe(["Arlen’s day"])
    assert first[0] == term_of("Arlen's")
