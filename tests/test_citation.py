"""What is quoted from a set stands in it, and what it rests on is named."""

import re

import pytest
from conftest import ROOT
from handmade import entry, handmade, hit

from biaskit.citation import METHODS, RELEASED, Reference, bibtex, methods_paragraph, references


def test_the_paragraph_has_the_numbers_of_the_set(measured):
    """Five pages of three outlets, all tokens of headline and body, five hits of four entries."""
    tokens = int(measured.documents["n_tokens"].sum())
    hits = int(measured.hits["zone"].isin(["headline", "subhead", "body"]).sum())
    lexicon = measured.provenance["lexicons"][0]
    scorers = measured.provenance["sentiment"]
    assert methods_paragraph(measured) == (
        "We describe 5 articles of 3 outlets (Echo, 2; Post, 2; Tribune, 1), none of them dated, "
        f"by a measurement set made with biaskit 0.1.0 (id {measured.id}). "
        "5 articles without a date we kept. "
        f"Entries were taken from tiny 1 (4 entries, sha256 {lexicon['sha256'][:12]}). "
        f"Every sentence was scored by VADER through NLTK {scorers['nltk']} and by TextBlob "
        f"{scorers['textblob']}; every token was assigned to narration, quotation, indirect "
        "speech or another's claim. "
        f"Counts are of headline, subhead and body, {tokens} tokens with {hits} hits; collocates "
        "stand within 5 tokens of a hit in its sentence. The article, never the token, is the "
        "unit of every interval."
    )


def test_what_was_left_out_is_said():
    """Copies, sources set aside and undated articles, each with its number."""
    outlets = {"Echo": ["e1", "e2", "e3"], "Post": ["p1"]}
    aside = {"set_aside": [["x.txt", "empty"], ["y.txt", "empty"]]}
    measured = handmade(outlets, copies={"e2": "e1"}, provenance=aside)
    text = methods_paragraph(measured)
    assert "3 articles of 2 outlets (Echo, 2; Post, 1)" in text
    assert (
        "As copies of others of their outlet we left out 1 article; 2 sources that could not be "
        "used we set aside; 3 articles without a date we kept." in text
    )


def test_days_and_settings_are_those_of_the_set():
    """From the earliest day to the latest; another span, other zones."""
    measured = handmade(
        {"Echo": ["e1", "e2"]},
        provenance={"settings": {"rate_zones": ["headline", "body"], "collocate_span": 3}},
    )
    measured.documents["date_low"] = ["2031-05-04", "2031-06-01"]
    measured.documents["date_high"] = ["2031-05-04", "2031-06-30"]
    text = methods_paragraph(measured)
    assert "(Echo, 2) from 2031-05-04 to 2031-06-30, by" in text
    assert "No article was left out as a copy or set aside, and all are dated." in text
    assert "Counts are of headline and body," in text
    assert "within 3 tokens" in text


def test_many_outlets_are_named_as_far_as_a_reader_follows():
    """Twelve by name, largest first, and the number of the others."""
    text = methods_paragraph(handmade({f"O{i:02}": [f"d{i}"] for i in range(14)}))
    assert "14 articles of 14 outlets (O00, 1;" in text
    assert "O11, 1; 2 more)" in text


def test_hits_are_counted_where_rates_are():
    """A caption's hit is listed beside them."""
    hits = [hit("e1", "coup"), hit("e1", "coup", zone="caption")]
    measured = handmade({"Echo": ["e1"]}, hits=hits, entries=[entry("coup", "rule")])
    assert "10 tokens with 1 hit;" in methods_paragraph(measured)


# ---- references ------------------------------------------------------------------------------


def keys(*options):
    return [work.key for work in references(*options)]


def test_biaskit_comes_first_and_the_others_by_name(measured):
    """With the version that made the set."""
    works = references(measured)
    assert str(works[0]).startswith(f"The biaskit authors ({RELEASED}). biaskit: how news outlets")
    assert works[0].where == "Python package biaskit, version 0.1.0"
    assert [w.author for w in works[1:]] == sorted(w.author for w in works[1:])
    assert {"hutto2014", "loria", "cochran1977"} <= {*keys(measured)}


def test_targets_bring_the_work_that_their_agreement_was_measured_on(measured):
    """Only where the set has targets."""
    with_targets = handmade({"Echo": ["e1"]}, entries=[entry("velmora", "target/country")])
    assert "hamborg2021" in keys(with_targets)
    assert "hamborg2021" not in keys(measured)


@pytest.mark.parametrize("method", METHODS)
def test_each_method_brings_its_works_once(method, measured):
    """However often it is named."""
    found = keys(measured, [method, method])
    assert {*METHODS[method]} <= {*found}
    assert len(set(found)) == len(found)


def test_a_method_that_is_none_names_those_there_are(measured):
    """In alphabetical order."""
    with pytest.raises(ValueError, match="magic") as error:
        references(measured, ["magic"])
    assert str(error.value) == f"no method 'magic'; there are {', '.join(sorted(METHODS))}"


def test_a_reference_reads_as_in_a_list():
    """Author, year, title, where, pages."""
    work = Reference("doe2031", "article", "Doe, A.", 2031, "On harbours", "Ports 1(2)", "3-4")
    assert str(work) == "Doe, A. (2031). On harbours. Ports 1(2), 3-4."
    assert str(work._replace(pages="")) == "Doe, A. (2031). On harbours. Ports 1(2)."


def test_bibtex_has_an_entry_for_each_work(measured):
    """One key each, balanced braces, en dashes in pages."""
    works = references(measured, [*METHODS])
    written = bibtex(works)
    assert re.findall(r"^@\w+\{(\w+),$", written, re.MULTILINE) == [w.key for w in works]
    assert written.count("{") == written.count("}")
    assert "  pages = {216--225},\n" in written
    assert "  author = {{The biaskit authors}},\n" in written
    assert "  booktitle = {Proceedings of Recent Advances" in written


def test_the_year_is_that_of_the_citation_file():
    """CITATION.cff and the references say the same."""
    released = re.search(
        r"^date-released: (\d{4})", (ROOT / "CITATION.cff").read_text(), re.MULTILINE
    )
    assert int(released[1]) == RELEASED
