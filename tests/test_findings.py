"""Findings are sentences that can be checked: each count in them is a line below them."""

import re

import numpy as np
import pandas as pd
import pytest
from conftest import LEXICON, PAGES, write_pages

from biaskit.corpus import read_corpus
from biaskit.findings import (
    about_chance,
    about_events,
    compared_entries,
    comparison_settings,
    findings,
    names,
    summary,
)
from biaskit.findings.words import times
from biaskit.kwic import kwic_lines
from biaskit.lexicon import read_lexicon
from biaskit.measuring import measure
from biaskit.tables import RATE_ZONES

QUIET = "Velmora Waits for News\n\nThe doors of the council were shut on the whole of {}.\n"


@pytest.fixture
def told(tmp_path, lexicon):
    """Pages (by source) → the sentences told of them."""

    def tell(pages, metadata=None):
        folder = write_pages(tmp_path / "told", pages)
        if metadata:
            (tmp_path / "metadata.csv").write_text(metadata, encoding="utf-8")
        corpus = read_corpus(folder, metadata=tmp_path / "metadata.csv" if metadata else None)
        return measure(corpus, [lexicon])

    return tell


def sentences(measured):
    return [finding.sentence for finding in findings(measured)]


# ---- what is said, and in which order --------------------------------------------------------


def test_each_outlet_speaks_first_then_they_are_compared(measured):
    """Own voice of every outlet, most frequent first; then what they call the same thing."""
    assert sentences(measured) == [
        "Echo writes “coup” in its own voice, twice in 1 article.",
        "Echo writes “regime” in its own voice.",
        "Post writes “uprising” in its own voice, twice in 1 article.",
        "Tribune uses no marker in its own voice.",
        "Naming change, Echo writes “coup” (3); Post writes “uprising” (2), “plain” (1).",
    ]


def test_every_finding_brings_its_lines(measured):
    """The lines under a sentence are lines of the KWIC table, as many as it counts."""
    every = kwic_lines(measured)
    counts = []
    for finding in findings(measured):
        pd.testing.assert_frame_equal(finding.lines, every.loc[finding.lines.index])
        counts.append(len(finding.lines))
    assert counts == [2, 1, 2, 0, 3 + 2 + 1]


def test_a_contrast_shows_both_outlets_first(measured):
    """Echo has three lines and Post three: they take turns, so the first two show the contrast."""
    contrast = findings(measured)[-1].lines
    assert contrast["outlet"].tolist() == ["Echo", "Post"] * 3
    assert contrast["node"].tolist()[:2] == ["coup", "change of power"]


def test_own_voice_means_narration(measured):
    """The coup between quotation marks is not among the lines of Echo's own voice."""
    own = findings(measured)[0].lines
    assert own["voice"].tolist() == ["narration", "narration"]
    assert own["entry"].tolist() == ["coup", "coup"]


def test_what_stands_outside_the_article_is_never_told(measured):
    """The link "Coup Leaders Named" is another article: it makes no finding for Post."""
    assert "related" in {*kwic_lines(measured)["zone"]}
    assert all({*finding.lines["zone"]} <= {*RATE_ZONES} for finding in findings(measured))
    assert not any("Post writes “coup" in sentence for sentence in sentences(measured))


def test_a_plain_variant_is_no_marker(told):
    """ "change of power" is counted in shares, but nobody is said to use it as a marker."""
    pages = {"Echo/1.txt": PAGES["Post/two.txt"], "Post/1.txt": QUIET.format("Sunday")}
    assert sentences(told(pages)) == [
        "Echo uses no marker in its own voice.",
        "Post uses no marker in its own voice.",
    ]


def test_a_single_hit_is_told_with_the_name_it_is_tied_to(told):
    """ "coup in Velmora" says more than "coup"; a word that is tied to no name stands alone."""
    pages = {
        "Echo/1.txt": "Day of News\n\nThe paper wrote of a coup in Velmora, and of little else.\n",
        "Post/1.txt": "Day of News\n\nThe paper wrote of an uprising in the hills of the north.\n",
    }
    assert sentences(told(pages)) == [
        "Echo writes “coup in Velmora” in its own voice.",
        "Post writes “uprising” in its own voice.",
        "Naming change, Echo writes “coup” (1); Post writes “uprising” (1).",
    ]


def test_what_more_articles_hold_comes_first(told):
    """The article is the unit: twice in two articles tells more than thrice in one."""
    page = "Day of News\n\nThe coup was on page {}.\n"
    pages = {
        "Echo/1.txt": page.format("one") + "\nOne regime, two regime, regime and no more.\n",
        "Echo/2.txt": page.format("two"),
        "Post/1.txt": QUIET.format("Sunday"),
    }
    assert sentences(told(pages))[:2] == [
        "Echo writes “coup” in its own voice, twice in 2 articles.",
        "Echo writes “regime” in its own voice, 3 times in 1 article.",
    ]


def test_words_of_as_many_articles_are_told_by_how_often(told):
    """In one article each: three times before once, whatever the alphabet says."""
    page = "Day of News\n\nThe coup was on page one. One regime, two regime, regime once more.\n"
    pages = {"Echo/1.txt": page, "Post/1.txt": QUIET.format("Sunday")}
    assert [s.split("“")[1][:4] for s in sentences(told(pages))[:2]] == ["regi", "coup"]


def test_of_equally_frequent_words_the_one_tied_to_a_name_comes_first(told):
    """What is said of somebody by name tells a reader most; else the alphabet decides."""
    page = "Day of News\n\nThe {} was on every page. They wrote of the regime in Velmora.\n"
    pages = {"Echo/1.txt": page.format("coup"), "Post/1.txt": QUIET.format("Sunday")}
    assert sentences(told(pages))[:2] == [
        "Echo writes “regime in Velmora” in its own voice.",
        "Echo writes “coup” in its own voice.",
    ]


def test_capitals_of_a_headline_do_not_make_the_word(measured):
    """Once "Uprising" and once "uprising": the finding writes it small."""
    finding = findings(measured)[2]
    assert finding.lines["node"].tolist() == ["Uprising", "uprising"]
    assert "“uprising”" in finding.sentence


def test_what_is_left_to_sources_is_told_with_their_voices(told):
    """An outlet that never says it itself, but quotes it twice."""
    quoted = 'Harbour Opens Again\n\n"It was a coup," said the mayor of {} on the hill.\n'
    pages = {
        "Echo/1.txt": quoted.format("the old town"),
        "Echo/2.txt": quoted.format("the new town"),
        "Post/1.txt": QUIET.format("Sunday"),
    }
    measured = told(pages)
    assert sentences(measured) == [
        "Echo uses no marker in its own voice.",
        "Post uses no marker in its own voice.",
        "Echo leaves “coup” to its sources: twice, 2 quoted.",
    ]
    assert len(findings(measured)[2].lines) == 2


def test_a_word_quoted_once_makes_no_finding(told):
    """One quotation is no habit."""
    quoted = 'Harbour Opens Again\n\n"It was a coup," said the mayor of the town on the hill.\n'
    pages = {"Echo/1.txt": quoted, "Post/1.txt": QUIET.format("Sunday")}
    assert not any("leaves" in sentence for sentence in sentences(told(pages)))


def test_outlets_that_choose_alike_are_not_contrasted(told):
    """Both write "coup": there is nothing to set side by side."""
    pages = {f"{o}/1.txt": f"{o} of Today\n\nThe coup began at dawn in {o}.\n" for o in "AB"}
    assert not any("Naming" in sentence for sentence in sentences(told(pages)))


def test_one_outlets_choice_alone_is_no_contrast(told):
    """Where only one outlet writes of the change, its choice shows nothing."""
    pages = {"Echo/1.txt": PAGES["Echo/one.txt"], "Post/1.txt": QUIET.format("Sunday")}
    assert not any("Naming" in sentence for sentence in sentences(told(pages)))


def test_at_most_five_words_an_outlet_and_two_of_them_first(tmp_path):
    """The page begins with both outlets, not with everything of the first."""
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
    entries = "".join(
        f'\n[[entry]]\nid = "{w}"\npattern = ["{w}"]\nframe = "naming/rule"\n' for w in words
    )
    (tmp_path / "six.toml").write_text(LEXICON.split("[[entry]]")[0] + entries, encoding="utf-8")
    text = (
        "Day of News\n\n" + "\n\n".join(f"On this day {w} was at the gate." for w in words) + "\n"
    )
    pages = {"Echo/1.txt": text, "Post/1.txt": text.replace("gate", "door")}
    measured = measure(
        read_corpus(write_pages(tmp_path / "p", pages)), [read_lexicon(tmp_path / "six.toml")]
    )
    assert [s.split()[0] + " " + s.split("“")[1].split("”")[0] for s in sentences(measured)] == [
        "Echo alpha", "Echo beta", "Post alpha", "Post beta",
        "Echo delta", "Echo epsilon", "Echo gamma",
        "Post delta", "Post epsilon", "Post gamma",
    ]  # fmt: skip


def test_findings_describe_and_never_judge(measured):
    """No sentence on a set says biased, loaded, propaganda, more or less honest."""
    every = [*sentences(measured), summary(measured), about_events(measured)]
    every += [about_chance(measured), DIFFER]
    assert not [s for s in every if re.search(r"bias(?!kit)|propagand|loaded|manipul|wrong", s)]


# ---- the words around the findings -----------------------------------------------------------


def test_numbers_of_times_in_words():
    """Once and twice have words, large numbers a comma."""
    assert [times(n) for n in (1, 2, 3, 1200)] == ["once", "twice", "3 times", "1,200 times"]


def test_names_are_listed_as_a_sentence_lists_them():
    """One, two, three outlets."""
    assert [names(list(o)) for o in ("A", "AB", "ABC")] == ["A", "A and B", "A, B and C"]


def test_the_summary_counts_articles_and_words(measured):
    """65 tokens of Echo are 5 + 12 + 14 and 5 + 14 + 15, as the pages were counted by hand."""
    assert summary(measured) == (
        "Echo (2 articles, 65 words, undated), Post (2 articles, 68 words, undated) and "
        "Tribune (1 article, 32 words, undated)."
    )


def test_the_summary_of_many_outlets_counts_them_together(told):
    """Five outlets with an article each: one count, since nobody reads a list so long."""
    text = PAGES["Tribune/one.txt"]
    assert summary(told({f"{name}/one.txt": text for name in "ABCD"})).count("32 words") == 4
    five = {f"{name}/one.txt": f"{text}\nIt was day {i}.\n" for i, name in enumerate("ABCDE")}
    n = 5 * (32 + 4)
    assert summary(told(five)) == f"5 outlets (5 articles, {n} words, undated)."


def test_the_summary_gives_the_months(told):
    """A period where articles lie apart, one month where they do not."""
    pages = {source: PAGES[source] for source in PAGES if not source.startswith("Tribune")}
    dated = (
        "source,date\nEcho/one.txt,2031-05-04\nEcho/two.txt,2031-05-09\n"
        "Post/one.txt,2031-05-04\nPost/two.txt,2031-07\n"
    )
    assert summary(told(pages, dated)) == (
        "Echo (2 articles, 65 words, 2031-05) and Post (2 articles, 68 words, 2031-05 to 2031-07)."
    )


EVENTS = {
    "": "Nothing says which articles are about the same event, so a difference may be one of "
    "topic or of time.",
    "Echo/one.txt,coup\nPost/two.txt,shops\n": "No event in common: the 2 of 5 articles whose "
    "event is known are about 2 different events, so a difference may be one of topic or of time.",
    "Echo/one.txt,coup\nPost/one.txt,coup\n": "1 event in common, of 1 in all.",
    "Echo/one.txt,coup\nPost/one.txt,coup\nEcho/two.txt,port\nTribune/one.txt,port\n"
    "Post/two.txt,shops\n": "2 events in common, of 3 in all.",
    "Echo/one.txt,coup\nEcho/two.txt,coup\n": "No event in common: the 2 of 5 articles whose event "
    "is known are about 1 event, so a difference may be one of topic or of time.",
    "Echo/one.txt,a\nEcho/two.txt,b\nPost/one.txt,c\nPost/two.txt,d\nTribune/one.txt,e\n": "No "
    "event in common: the 5 articles are about 5 different events, so a difference may be one of "
    "topic or of time.",
}


@pytest.mark.parametrize(("rows", "said"), EVENTS.items())
def test_events_in_common_are_counted_across_outlets(told, rows, said):
    """Two articles of one outlet on a happening are no event in common."""
    assert about_events(told(PAGES, f"source,event\n{rows}")) == said


def test_few_articles_are_said_to_be_few(measured):
    """Below five articles a side the page says in words that nothing is tested."""
    assert about_chance(measured) == (
        "It could be, and nobody can tell from so few articles: Echo has 2, Post has 2 and "
        "Tribune has 1. The article is the unit here, not the word, since one article repeats its "
        "words. Below 5 articles a side nothing is tested and no interval is given: what stands "
        "above describes these articles, not the outlets."
    )


NOTHING = "No marker stands in two articles or more, so there is nothing to test."


@pytest.mark.parametrize(("n", "beginning"), [(4, "It could be, and nobody"), (5, NOTHING)])
def test_from_five_articles_on_differences_are_tested(told, n, beginning):
    """The threshold is five articles of the outlet that has fewest."""
    pages = {f"A/{i}.txt": QUIET.format(f"May {i}") for i in range(6)}
    pages |= {f"B/{i}.txt": QUIET.format(f"June {i}") for i in range(n)}
    assert about_chance(told(pages)).startswith(beginning)


def test_only_outlets_with_few_articles_are_named_as_such(told):
    """An outlet with enough articles is not among those that have too few."""
    pages = {f"A/{i}.txt": QUIET.format(f"May {i}") for i in range(5)}
    pages |= {"B/1.txt": QUIET.format("June")}
    assert ": B has 1. " in about_chance(told(pages))


# ---- differences that hold -------------------------------------------------------------------

COUP = "Day {} of News\n\nThe coup was on page one of the paper, and so were {} boats at sea.\n"
PLAIN = "Day {} of News\n\nThe change of power was on page one, and so were {} boats at sea.\n"
UPRISING = "Day {} of News\n\nAn uprising was on page one of the paper, and {} boats at sea.\n"

DIFFER = (
    "Echo uses “coup” 8.9 times as often as Post (95 % interval 1.4 to 58; q = 0.005): 9 times in "
    "9 of 10 articles against once in 1 of 10 articles."
)


@pytest.fixture
def differing(told):
    """All but one of Echo's twenty articles write "coup", and four of Post's."""
    pages = {f"Echo/{i}.txt": (PLAIN if i < 1 else COUP).format(i, i) for i in range(20)}
    pages |= {f"Post/{i}.txt": (COUP if i < 4 else PLAIN).format(i, i) for i in range(20)}
    return told(pages)


def test_a_difference_that_holds_comes_first(differing):
    """Which outlet, how many times as often, how surely, and the counts behind it."""
    first = findings(differing)[0]
    row = compared_entries(differing).iloc[0]
    assert (row["item"], row["n_target"], row["n_reference"]) == ("coup", 19, 4)
    factor = (19 / row["n_tokens_target"]) / (4 / row["n_tokens_reference"])
    low, high = 2 ** row["low"], 2 ** row["high"]
    assert first.sentence == (
        f"Echo uses “coup” {factor:.2g} times as often as Post (95 % interval {low:.2g} to "
        f"{high:.2g}; q = {row['q']:.2g}): 19 times in 19 of 20 articles against 4 times in 4 of "
        f"20 articles."
    )
    assert row["q"] < 0.05
    assert first.lines["outlet"].tolist()[:2] == ["Echo", "Post"]
    assert len(first.lines) == 19 + 4


def test_the_outlet_that_uses_it_more_is_named_first(differing):
    """Whichever of the two is the target of the table, with its interval turned round."""
    compared = compared_entries(differing)
    turned = compared.assign(
        target=compared["reference"],
        reference=compared["target"],
        log_ratio=-compared["log_ratio"],
        low=-compared["high"],
        high=-compared["low"],
        **{
            f"{part}_{side}": compared[f"{part}_{other}"]
            for part in ("n", "n_with", "n_documents")
            for side, other in (("target", "reference"), ("reference", "target"))
        },
    )
    assert findings(differing, turned)[0].sentence == findings(differing, compared)[0].sentence


def test_a_word_of_one_outlet_alone_has_no_number_of_times(told):
    """Nine articles against none: no ratio, but the counts and how sure it is."""
    pages = {f"Echo/{i}.txt": (PLAIN if i == 0 else COUP).format(i, i) for i in range(10)}
    pages |= {f"Post/{i}.txt": PLAIN.format(i, i) for i in range(10)}
    alone = r"Echo uses “coup”, 9 times in 9 of 10 articles; Post, never in 10 articles \(q .+\)\."
    assert re.fullmatch(alone, sentences(told(pages))[0])


def test_an_entry_of_several_words_is_told_with_those_found(told):
    """What counts as one entry is said in the words that occur, most frequent first."""
    page = "Day of News\n\nThe coup was here. The coups were there. The coup was on page {}.\n"
    pages = {"Echo/1.txt": page.format("one"), "Post/1.txt": QUIET.format("Sunday")}
    assert sentences(told(pages))[0] == (
        "Echo writes “coup” or “coups” in its own voice, 3 times in 1 article."
    )


def test_large_ratios_and_small_q_are_written_as_one_says_them(differing):
    """140 times and not 1.4e+02; a q that has no digit left is said to be small."""
    ends = {"log_ratio": np.log2(138.2), "low": np.log2(9.94), "high": np.log2(5_912)}
    compared = compared_entries(differing).assign(**ends, q=3.1e-9)
    assert findings(differing, compared)[0].sentence.startswith(
        "Echo uses “coup” 140 times as often as Post (95 % interval 9.9 to 5,900; q < 0.0001): "
    )


def test_a_difference_that_does_not_hold_is_no_finding(differing):
    """What decides is q, of all that was tested, and not p of this one."""
    compared = compared_entries(differing).assign(q=0.06)
    assert not any("times as often" in f.sentence for f in findings(differing, compared))


def test_what_was_tested_is_counted(differing):
    """How many tests, how many hold, how many would have passed one by one and by chance."""
    assert about_chance(differing).startswith(
        "Entries of the lexicon were compared between outlets, over articles, in 1 test: 1 holds "
        "(q below 0.05). One by one, 1 would have passed (p below 0.05); but of 1 where nothing "
        "differs, about 0 pass by chance. p is how often chance alone"
    )
    none = compared_entries(differing).assign(q=0.06, p_t=0.06)
    assert "in 1 test: none holds (q below 0.05). One by one, 0 would" in about_chance(
        differing, none
    )


def test_two_outlets_are_shuffled_and_more_are_not(differing, measured):
    """Of many pairs q is made of Student's t, whatever is shuffled."""
    assert comparison_settings(differing).permutations == 1_999
    assert comparison_settings(measured).permutations == 0
    assert compared_entries(differing)["p"].notna().all()
