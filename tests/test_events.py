"""Articles on one event are found, explained, and put right by whoever knows better."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaskit.articles import Article
from biaskit.events import EVERYONE, THRESHOLD, match_events, read_decisions, save_decisions
from biaskit.events.articles import article_table
from biaskit.events.linkage import FLOOR, link
from biaskit.events.naming import event_names
from biaskit.events.scoring import WEIGHTS, days_of, features, score
from biaskit.events.wording import wording_of_counts, wording_of_texts
from biaskit.pages import Zone
from biaskit.tables import build

# Three happenings, told by Echo and Post; a flood a year later is told in the same words.
ROWS = [
    ("e1", "Echo", "2031-05-04", "Generals seize palace in Velmora",
     "A coup before dawn ended the rule of President Merrin in Velmora. Soldiers hold the port."),
    ("p1", "Post", "2031-05-05", "Velmora wakes to a revolution",
     "Generals hold the palace and the port of Velmora, and President Merrin has left."),
    ("e2", "Echo", "2031-05-04", "Flood closes the bridge at Harrowby",
     "The river Tarn rose over the bridge at Harrowby, and two hundred people left their homes."),
    ("p2", "Post", "2031-05-04", "Harrowby bridge under water",
     "Two hundred people left their homes in Harrowby when the river Tarn rose over the bridge."),
    ("p3", "Post", "2032-05-04", "Flood closes the bridge at Harrowby",
     "The river Tarn rose over the bridge at Harrowby, and two hundred people left their homes."),
    ("e4", "Echo", "2031-05-04", "Apple growers expect a late harvest",
     "Cold nights held the blossom back, say growers in Kestria, who sell a third of it abroad."),
]  # fmt: skip


def table(rows=ROWS, **columns):
    found = [(d, o, day, day, title, text) for d, o, day, title, text in rows]
    return build("articles", found).assign(**columns)


def groups(matched):
    of_event = matched.matches.groupby("event")["document"].agg("".join)
    return sorted(of_event)


def counts_of(articles):
    rows = []
    for x in articles.itertuples():
        for zone, text in (("headline", x.title), ("body", x.text)):
            words = pd.Series(text.lower().replace(".", "").replace(",", "").split())
            rows += [(x.document, zone, w, "narration", n) for w, n in words.value_counts().items()]
    return build("counts", rows)


# ---- what is joined ---------------------------------------------------------------------------


def test_articles_of_two_outlets_on_one_event_are_joined():
    """The palace and the flood are told twice; the apples once."""
    assert groups(match_events(table())) == ["e1p1", "e2p2", "e4", "p3"]


def test_the_same_words_a_year_later_are_another_event():
    """Likeness alone certifies nothing: the flood of 2032 has the words of 2031 to the letter."""
    matched = match_events(table(), undated=True, threshold=EVERYONE)
    event = matched.matches.set_index("document")["event"]
    assert event["e2"] == event["p2"] != event["p3"]


@pytest.mark.parametrize(("day", "joined"), [("06", True), ("07", False)])
def test_dates_may_lie_two_days_apart_and_no_more(day, joined):
    """The words being equal, the window decides."""
    rows = [ROWS[2], ("x", "Post", f"2031-05-{day}", *ROWS[2][3:]), ROWS[5]]
    assert (groups(match_events(table(rows)))[0] == "e2x") is joined


def test_an_article_without_a_date_stays_alone_until_it_is_asked_for():
    """By default it is listed as uncertain; with `undated` wording joins it."""
    rows = [row if row[0] != "p2" else (*row[:2], None, *row[3:]) for row in ROWS if row[0] != "p3"]
    matched = match_events(table(rows))
    assert groups(matched) == ["e1p1", "e2", "e4", "p2"]
    pair = next(matched.uncertain.itertuples())
    assert (pair.document, pair.other) == ("e2", "p2")
    assert pair.reason == "alike, but no dates that agree"
    assert pair.days != pair.days
    assert groups(match_events(table(rows), undated=True)) == ["e1p1", "e2p2", "e4"]


def test_a_month_is_no_date():
    """May 2031 holds many events; a date must tell days."""
    articles = table(ROWS[2:4])
    articles.loc[1, ["date_low", "date_high"]] = ["2031-05-01", "2031-05-31"]
    assert groups(match_events(articles)) == ["e2", "p2"]
    assert groups(match_events(articles, undated=True)) == ["e2p2"]
    articles.loc[1, ["date_low", "date_high"]] = ["2031-07-01", "2031-07-31"]
    assert groups(match_events(articles, undated=True)) == ["e2", "p2"]


def test_a_higher_threshold_joins_less():
    """And what it no longer joins is listed, with its log-odds."""
    assert groups(match_events(table(), threshold=50)) == sorted("e1 e2 e4 p1 p2 p3".split())
    listed = match_events(table(), threshold=50).uncertain
    assert ("e2", "p2") in set(zip(listed["document"], listed["other"], strict=True))
    assert {*listed["reason"]} == {"alike, but not enough"}
    assert EVERYONE < THRESHOLD


def test_no_articles_have_no_events():
    """An empty list gives empty tables with all their columns."""
    matched = match_events(table([]))
    assert [len(x) for x in matched] == [0, 0, 0]
    assert "event" in matched.matches.columns
    assert "words" in matched.events.columns


@pytest.mark.parametrize("title", ["", None, "the of and", "…"])
def test_an_article_without_words_is_alone(title):
    """Nothing to compare is no fault."""
    rows = [*ROWS[:2], ("x", "Post", "2031-05-04", title, title)]
    assert groups(match_events(table(rows))) == ["e1p1", "x"]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(ROWS))))
def test_the_order_of_articles_changes_nothing(order):
    """Names, evidence and events are the same however the rows are shuffled."""
    wanted, found = match_events(table()), match_events(table().iloc[order])
    for one, two in zip(wanted, found, strict=True):
        pd.testing.assert_frame_equal(one, two)


def test_caller_keeps_the_table_as_it_was():
    """Tables that come in are never changed."""
    articles = table()
    before = articles.copy()
    match_events(articles)
    pd.testing.assert_frame_equal(articles, before)


# ---- evidence ---------------------------------------------------------------------------------


def test_each_join_names_its_partner_and_its_strength():
    """So that a reader can judge it: the likeliest other article, cosine and log-odds."""
    matches = match_events(table()).matches.set_index("document")
    assert matches.at["e2", "joined_by"] == "p2"
    assert matches.at["p2", "joined_by"] == "e2"
    assert matches.at["e2", "log_odds"] == matches.at["p2", "log_odds"] > THRESHOLD
    assert 0 < matches.at["e2", "similarity"] < 1
    assert matches.at["e4", "joined_by"] is None
    assert list(matches["how"]) == ["wording", "wording", "alone", "wording", "wording", "alone"]


def test_events_say_when_who_and_with_which_words():
    """Each row tells what the event is, so that nobody need open its articles."""
    events = match_events(table()).events
    (palace,) = events[events["words"].str.contains("velmora")].itertuples()
    assert (palace.date_low, palace.date_high) == ("2031-05-04", "2031-05-05")
    assert (palace.outlets, palace.n_outlets, palace.n_documents) == ("Echo, Post", 2, 2)
    assert palace.event.startswith("2031-05-04-")
    assert palace.weakest > THRESHOLD
    assert list(events["date_low"]) == sorted(events["date_low"])


def test_names_of_events_are_never_equal():
    """Two events of one day and the same words are numbered."""
    names = event_names(["2031-05-04"] * 2, [["flood"], ["flood"]], set())
    assert names == ["2031-05-04-flood", "2031-05-04-flood-2"]


@pytest.mark.slow
def test_similarity_is_the_cosine_of_scikit_learn():
    """Of the same stems with the same weights, from another hand."""
    text = pytest.importorskip("sklearn.feature_extraction.text")
    from biaskit.events.vocabulary import LEFT_OUT, stem
    from biaskit.tokens import term_of, token_spans

    def stems(article):
        words = [term_of(article[a:b]) for a, b in token_spans(article)]
        return [stem(word) for word in words if word not in LEFT_OUT]

    articles = table()
    twice = articles["title"] + " " + articles["title"] + " " + articles["text"]
    other = text.TfidfVectorizer(analyzer=stems, sublinear_tf=True)
    wanted = other.fit_transform(twice)
    found = wording_of_texts(articles).whole
    assert np.allclose((found @ found.T).toarray(), (wanted @ wanted.T).toarray())


# ---- from a measurement set -------------------------------------------------------------------


def test_counted_terms_do_in_place_of_texts():
    """A measurement set holds no text, and its counts find the same events."""
    articles = table()
    documents = articles.reindex(columns=list(build("documents", []).columns))
    assert groups(match_events(documents, counts_of(articles))) == groups(match_events(articles))


def test_words_outside_the_article_are_not_read():
    """A related link is another article."""
    articles = table(ROWS[:2])
    counts = counts_of(articles)
    link_to = counts.assign(zone="related", term="xylophone")
    both = pd.concat([counts, link_to], ignore_index=True)
    assert "xylophone" not in wording_of_counts(articles, both).words


def test_articles_as_read_become_a_table():
    """Title from the headline, text from subheads and body, nothing from the rest."""
    text = "Menu\nFlood\nA river rose."
    zones = [Zone(0, 4, "furniture", "", 0), Zone(5, 10, "headline", "", 0),
             Zone(11, 24, "body", "", 0)]  # fmt: skip
    row = {"document": "e", "outlet": "Echo", "date_low": None, "date_high": None, "copy_of": "p"}
    (found,) = article_table([Article(row, text, zones)]).itertuples()
    assert (found.title, found.text, found.copy_of, found.event) == (
        "Flood",
        "A river rose.",
        "p",
        None,
    )


# ---- what the user knows ----------------------------------------------------------------------


def test_events_that_the_user_names_are_kept():
    """One name joins whatever the words and dates; two names part what looks alike."""
    matched = match_events(table(event=["a", None, "b", "c", "d", "d"]))
    assert groups(matched) == ["e1p1", "e2", "e4p3", "p2"]
    found = matched.matches.set_index("document")
    assert found.at["e1", "event"] == found.at["p1", "event"] == "a"
    assert (found.at["e1", "how"], found.at["p1", "how"]) == ("given", "wording")
    assert ("e2", "p2") not in set(
        zip(matched.uncertain["document"], matched.uncertain["other"], strict=True)
    )


def test_decisions_win_over_everything():
    """They split what wording joined and the column named, and merge what it kept apart."""
    decisions = build("decisions", [("e1", "x"), ("p1", "y"), ("e4", "y")])
    matched = match_events(table(event=["a", "a", None, None, None, None]), decisions=decisions)
    assert groups(matched) == ["e1", "e2p2", "e4p1", "p3"]
    found = matched.matches.set_index("document")
    assert (found.at["e4", "event"], found.at["e4", "how"]) == ("y", "decided")


@pytest.mark.parametrize("ending", ["csv", "toml"])
def test_decisions_are_read_back_from_a_file(tmp_path, ending):
    """As a spreadsheet writes them, with rows still open, or as TOML."""
    file = tmp_path / f"events.{ending}"
    told = {
        "csv": "\ufeffdocument,event,note\ne1,x,sure\np1,,\n",
        "toml": '[event]\ne1 = "x"\n',
    }
    file.write_text(told[ending], encoding="utf-8")
    assert read_decisions(file).to_dict("records") == [{"document": "e1", "event": "x"}]


def test_saved_matches_give_the_same_events_again(tmp_path):
    """Whatever changes in biaskit: what was saved and read back stays."""
    matched = match_events(table())
    file = save_decisions(matched.matches, tmp_path / "a" / "events.csv")
    again = match_events(table(), decisions=read_decisions(file), threshold=99)
    columns = ["document", "event"]
    pd.testing.assert_frame_equal(again.matches[columns], matched.matches[columns])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("d.csv", "id,event\n", "{} needs the columns document, event; it has id, event"),
        ("d.csv", "document,event\na,x\na,y\n", "{} gives 'a' two events, 'x' and 'y'"),
        ("d.toml", "a = 1", '{} is no file of decisions: it needs a table [event] with lines '
         'like "id" = "x"'),
    ],
)  # fmt: skip
def test_a_wrong_file_of_decisions_is_refused(tmp_path, name, text, message):
    """In one sentence that names the file and what is wrong with it."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"^{re.escape(message.format(file))}$"):
        read_decisions(file)
    with pytest.raises(FileNotFoundError, match=r"^no file of decisions at 'nowhere\.csv'$"):
        read_decisions("nowhere.csv")


def test_impossible_tables_are_refused():
    """Two articles of one id, a decision on none, a column that is missing, a day that is none."""
    with pytest.raises(ValueError, match=r"^two articles have the id 'e1'; give each its own$"):
        match_events(table([ROWS[0], ROWS[0]]))
    decisions = build("decisions", [("zz", "x")])
    message = r"^a decision on 'zz', which is none of these 6 documents$"
    with pytest.raises(ValueError, match=message):
        match_events(table(), decisions=decisions)
    with pytest.raises(ValueError, match=r"^a articles table needs the columns title"):
        match_events(table().drop(columns="title"))
    with pytest.raises(ValueError, match=r"^'May' is no day; write YYYY-MM-DD$"):
        match_events(table([(*ROWS[0][:2], "May", *ROWS[0][3:])]))


def test_a_copy_goes_with_its_original():
    """It takes no part in the matching, and says whose copy it is."""
    articles = table([*ROWS[:4], ("z", *ROWS[5][1:])], copy_of=[None, None, None, None, "e1"])
    found = match_events(articles).matches.set_index("document")
    assert (found.at["z", "how"], found.at["z", "joined_by"]) == ("copy", "e1")
    assert found.at["z", "event"] == found.at["e1", "event"]
    apart = match_events(articles, decisions=build("decisions", [("z", "own")]))
    assert apart.matches.set_index("document").at["z", "event"] == "own"


# ---- scores and linkage -----------------------------------------------------------------------


def test_weekdays_that_disagree_speak_against_one_event():
    """Two marches in the same words, one on Monday and one on Friday."""

    def odds(day):
        rows = [("a", "Echo", "2031-05-05", "March in Arlen", "They marched in Arlen on Monday."),
                ("b", "Post", "2031-05-05", "March in Arlen",
                 f"They marched in Arlen on {day}.")]  # fmt: skip
        articles = table(rows)
        return score(wording_of_texts(articles), days_of(articles)).log_odds[0]

    assert odds("Friday") == pytest.approx(odds("Monday") + WEIGHTS["dated"][3])


def test_days_apart_speak_against_one_event():
    """The same two articles on one day, one day apart, and two."""
    odds = []
    for day in ("04", "05", "06"):
        articles = table([ROWS[2], ("x", "Post", f"2031-05-{day}", *ROWS[3][3:])])
        odds.append(score(wording_of_texts(articles), days_of(articles)).log_odds[0])
    assert odds[0] - odds[1] == pytest.approx(-WEIGHTS["dated"][5])
    assert odds[0] - odds[2] == pytest.approx(-WEIGHTS["dated"][6])


def test_pairs_are_only_those_that_may_be_one_event():
    """Twenty articles on twenty days far apart make no pair at all, though all are alike."""
    rows = [(f"{k:02}", "Echo", f"20{31 + k}-05-04", *ROWS[0][3:]) for k in range(20)]
    articles = table(rows)
    assert len(features(wording_of_texts(articles), days_of(articles))[0]) == 0


def test_a_merge_needs_the_mean_and_the_weakest_pair():
    """Halfway between average and complete linkage, by arithmetic."""
    alone = np.full(3, -1)
    chain = [(0, 1, 6.0), (1, 2, 5.0)]
    # The third with the first two: mean (5 - 6) / 2, weakest the floor: (-0.5 - 6) / 2.
    first, second, third = link(3, [*zip(*chain, strict=True)], -3.2, alone)
    assert first == second != third
    assert len({*link(3, [*zip(*chain, strict=True)], -3.3, alone)}) == 1
    assert FLOOR == -6


def test_groups_of_different_names_never_merge():
    """However strong the pair between their members."""
    given_groups = np.array([0, -1, 1])
    found = link(3, [(0, 1, 0), (1, 2, 2), (7.0, 6.0, 8.0)], 0.0, given_groups)
    assert found[0] == found[1] != found[2]


def test_days_of_thousands_of_articles_are_compared_by_rare_words(monkeypatch):
    """Lest one day cost the square of its articles: the same events, from fewer pairs."""
    filler = [
        (f"x{k:02}", "Echo", "2031-05-04", f"Notice number{k} of office{k % 7}", f"Form form{k}.")
        for k in range(30)
    ]
    articles = table([*ROWS, *filler])
    wanted = match_events(articles)
    wording, days = wording_of_texts(articles), days_of(articles)
    n_pairs = len(features(wording, days)[0])
    monkeypatch.setattr("biaskit.events.scoring.CROWD", 2)
    monkeypatch.setattr("biaskit.events.scoring.RARE", 6)
    assert len(features(wording, days)[0]) < n_pairs
    found = groups(match_events(articles))
    assert {"e1p1", "e2p2", "e4", "p3"} <= {*found} & {*groups(wanted)}
