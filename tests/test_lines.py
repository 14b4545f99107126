"""Lines that read as text are told from those that don't by signs, neighbours and distance."""

import pytest

from biaskit.lines import (
    CREDIT,
    END_OF_ARTICLE,
    PAGE_WORDS,
    READ_ALSO,
    WEIGHTS,
    Line,
    mark_body,
    script_of,
)

PROSE = "The mayor of Arlen has opened a bridge, and it was the first that the town had built."
MORE = "It is said to have cost more than the old one, but nobody has been told what was paid."


def line(text: str, row: int = 0) -> Line:
    return Line(0, len(text), text, row)


def marked(*texts: str, recurring: frozenset = frozenset()) -> list[Line]:
    lines = [line(text, row) for row, text in enumerate(texts)]
    mark_body(lines, recurring)
    return lines


def score(text: str, *others: str, **kwargs) -> float:
    """The score of a line among others that stay the same."""
    return marked(text, *others, **kwargs)[0].score


def test_prose_is_body_and_a_menu_is_not():
    """Full stops and function words make a text; single capitalised words don't."""
    lines = marked("Home", "News", PROSE, MORE, PROSE.replace("bridge", "port"), "Share", "Print")
    assert [x.body for x in lines] == [False, False, True, True, True, False, False]


def test_no_lines_have_no_body():
    """An empty page is no error."""
    assert marked() == []


def test_neighbours_lend_a_line_a_little_of_their_looks():
    """A short line is likelier text between paragraphs than between buttons."""
    short = "Asked why, he laughed."
    among_text = marked(PROSE, MORE, short, PROSE + " Yes.", MORE + " Yes.")[2]
    among_buttons = marked("Home", "News", short, "Menu", "Share")[2]
    assert among_text.score > among_buttons.score + 1
    assert among_text.body
    assert not among_buttons.body


@pytest.mark.parametrize(
    ("likelier", "less_likely"),
    [
        (PROSE, PROSE.split(",")[0]),  # it is longer
        (PROSE, PROSE.rstrip(".")),  # it ends as a sentence
        (PROSE, PROSE.title()),  # it isn't in capitals
        (PROSE, PROSE.replace("The mayor", "12 23 34 45")),  # it has no figures
        ("The mayor has come to town.", "Ada Vane left Orlin harbour alone."),  # function words
        (PROSE, f"Subscribe, log in, share. {PROSE}"),  # no words of a page
        (PROSE, f"{PROSE} Photo: A. Nobody"),  # no credit
        (PROSE, f"READ ALSO: {PROSE}"),  # no link
    ],
)
def test_each_sign_moves_the_score_its_way(likelier, less_likely):
    """What makes a line read like text raises its log-odds, all else being equal."""
    assert score(likelier, MORE) > score(less_likely, MORE)


def test_a_line_that_stands_twice_is_less_likely_text():
    """Buttons and teasers are repeated; paragraphs aren't."""
    assert score(PROSE, MORE, "x", "y", "Menu") > score(PROSE, MORE, "x", "y", PROSE)


def test_a_line_in_another_script_than_the_page_is_less_likely_text():
    """The same words count for less on a page of another script."""
    russian = "Мэр открыл новый мост в городе, и он был первым."
    assert score(russian, russian + " Да.", "Нет") > score(russian, PROSE, MORE, PROSE + " Yes.")


def test_a_line_known_from_other_pages_is_never_body():
    """However much it reads like text, and whatever stands around it."""
    lines = marked(PROSE, MORE, PROSE + " Yes.", recurring=frozenset([MORE]))
    assert [x.body for x in lines] == [True, False, True]
    assert lines[1].reason == "stands on other pages"
    assert lines[1].score < marked(PROSE, MORE, PROSE + " Yes.")[1].score - 5


def test_below_the_end_of_an_article_nothing_is_body():
    """A plea to commenters ends it, even in full sentences."""
    plea = "Join the conversation below, and keep it kind, for that is what it is there for."
    text = [
        PROSE,
        MORE,
        PROSE + " Yes.",
        MORE + " Yes.",
        PROSE + " No.",
        MORE + " No.",
        PROSE + " So.",
    ]
    lines = marked(*text, plea, "I have been to that bridge, and it is as good as they say.")
    assert [x.body for x in lines] == [True] * 7 + [False] * 2
    assert {x.reason for x in lines[7:]} == {"below the end of the article"}


def test_such_a_line_at_the_top_or_amid_the_text_ends_nothing():
    """It must leave at most a quarter of the text below it."""
    text = [PROSE, MORE, PROSE + " Yes.", MORE + " Yes."]
    assert sum(x.body for x in marked("Please log in", *text)) == 4
    assert sum(x.body for x in marked(*text[:2], "Please log in", *text[2:])) == 4


def test_such_a_line_in_the_upper_part_of_the_page_ends_nothing():
    """On a page that is mostly furniture below, the plea stands above the last paragraph."""
    text = [PROSE, MORE, PROSE + " Yes.", MORE + " Yes.", "Please log in", PROSE + " So."]
    assert not marked(*text)[5].body
    assert marked(*text, *[f"Button {i}" for i in range(12)])[5].body


def test_a_few_sentences_far_from_the_article_are_cut_off():
    """Twelve lines of buttons away, a teaser is no paragraph; above as well as below."""
    notice = "It is said that the harbour of the town will be closed to all of us for the week."
    buttons = [f"Button {i}" for i in range(12)]
    text = [PROSE, MORE, PROSE + " Yes."]
    for texts in ([*text, *buttons, notice], [notice, *buttons, *text]):
        cut = [x for x in marked(*texts) if x.reason == "far from the article"]
        assert [x.text for x in cut] == [notice]
        assert not cut[0].body


def test_a_stretch_nearly_as_long_as_the_article_belongs_to_it():
    """However far: an article may be cut in two by furniture."""
    buttons = [f"Button {i}" for i in range(12)]
    lines = marked(PROSE, MORE, *buttons, PROSE + " Yes.", MORE + " Yes.")
    assert [x.text for x in lines if x.body] == [PROSE, MORE, PROSE + " Yes.", MORE + " Yes."]


def test_marking_twice_marks_the_same():
    """No state is kept between pages."""
    texts = ["Home", PROSE, MORE, "Share"]
    first, second = marked(*texts), marked(*texts)
    assert [(x.score, x.body, x.reason) for x in first] == [
        (x.score, x.body, x.reason) for x in second
    ]


@pytest.mark.parametrize(
    ("text", "n", "ends", "share"),
    [
        ("The Long Way Home", 4, False, 1.0),  # of Long and Home; short words don't count
        ("The mayor's port.", 3, True, 0.0),
        ("Ode left Orlin?”", 3, True, 0.5),
        ("a to b …", 3, True, 0.5),
        ("3 - 0", 2, False, 0.5),
    ],
)
def test_a_line_knows_its_looks(text, n, ends, share):
    """Words, whether it ends as a sentence, and the share of capitals among its long words."""
    assert (line(text).n, line(text).ends, line(text).share_capital) == (n, ends, share)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("The port", "Latin"),
        ("Порт the", "Cyrillic"),
        ("λιμάνι", "Greek"),
        ("الميناء", "Arabic or Hebrew"),
        ("港口 port 港口港口", "Chinese, Japanese or Korean"),
        ("12 - 3", None),
        ("", None),
    ],
)
def test_the_script_is_that_of_most_letters(text, script):
    """Figures and marks have none."""
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (CREDIT, "The mayor. Photo: A. Nobody", "She took a photo of it"),
        (CREDIT, "© Lantern", "The case (d) of the law"),
        (CREDIT, "At the port / Pool", "the pool of the town"),
        (CREDIT, "Ode (left) and Vane", "Ode left and Vane"),
        (READ_ALSO, "READ ALSO: the port", "We read also of the port"),
        (READ_ALSO, "Don’t miss", "They don’t miss it"),
        (READ_ALSO, "Watch: the port", "Watchmen of the port"),
        (PAGE_WORDS, "Sign up", "The sign upside down"),
        (
            PAGE_WORDS,
            "[email protected]",
            "an email of the mayor's, protected".replace("email", "mail"),
        ),
        (PAGE_WORDS, "see https://arlen.example", "see the port"),
        (END_OF_ARTICLE, "Newsfeed", "The newsfeed of the town"),
        (END_OF_ARTICLE, "Comments (12)", "Comments on the bridge were kind"),
        (END_OF_ARTICLE, "All rights reserved.", "All rights were reserved."),
    ],
)
def test_the_words_of_a_page_are_known_and_like_ones_are_not(pattern, yes, no):
    """READ_ALSO looks at the beginning of a line, the others anywhere."""
    look = pattern.match if pattern is READ_ALSO else pattern.search
    assert look(yes)
    assert not look(no)


@pytest.mark.parametrize("sign", WEIGHTS)
def test_every_weight_weighs(monkeypatch, sign):
    """A weight that could be dropped without a trace would be none."""
    texts = [
        "READ ALSO: Comments",
        "The mayor thanked:",
        "“Why not,” he asked, and nobody in all of Arlen knew what to say to that, he wrote,”",
        PROSE,
        PROSE,
        "12 Log in",
        "Fish. Photo: A. Nobody",
        "Реклама на сайте",
        "x " * 30 + "of the port.",
        MORE,
    ]
    before = [x.score for x in marked(*texts, recurring=frozenset([MORE]))]
    monkeypatch.setitem(WEIGHTS, sign, WEIGHTS[sign] + 1)
    assert [x.score for x in marked(*texts, recurring=frozenset([MORE]))] != before
