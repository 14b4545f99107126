"""
How does one write up what was done with a set, so that others could do it again?

`methods_paragraph` says in prose what the set is (its id, its size, its outlets and days),
what it was measured with (versions, lexicons, settings) and what was left out. `references`
lists the works behind it. Both say only what stands in the set; which tests were made is the
author's to say, and the keys of `METHODS` name the references of each.

A set's id is a hash over all its tables: whoever has the same pages, lexicons and versions
gets the same id. Sets can be published where articles cannot.

When the answer is wrong: a set doesn't know how its articles were chosen, which is the first
thing that a reader of the paragraph asks. That sentence is yours to add.
"""

from collections.abc import Sequence
from typing import NamedTuple

from biaskit.measurement import MeasurementSet, without_copies
from biaskit.tables import RATE_ZONES

__all__ = ["METHODS", "RELEASED", "Reference", "bibtex", "methods_paragraph", "references"]

RELEASED = 2026  # year of the version, as in CITATION.cff

HASH_SHOWN = 12  # digits of a lexicon's hash; of the set's id we show all, to cite it by
MOST_OUTLETS = 12


class Reference(NamedTuple):
    """One work: a key for BibTeX, its kind there, and its fields in the order of a reference."""

    key: str
    kind: str
    author: str
    year: int
    title: str
    where: str
    pages: str = ""

    def __str__(self) -> str:
        """As it stands in a list of references."""
        pages = f", {self.pages}" if self.pages else ""
        return f"{self.author} ({self.year}). {self.title}. {self.where}{pages}."


# BibTeX's name for what a work stands in, by its kind.
PLACES = {
    "article": "journal",
    "inproceedings": "booktitle",
    "book": "publisher",
    "misc": "howpublished",
}

_ALL = (
    Reference("hutto2014", "inproceedings", "Hutto, C. J. and Gilbert, E.", 2014,
        "VADER: A parsimonious rule-based model for sentiment analysis of social media text",
        "Proceedings of the International AAAI Conference on Web and Social Media 8", "216-225"),
    Reference("bird2009", "book", "Bird, S. and Klein, E. and Loper, E.", 2009,
        "Natural Language Processing with Python", "O'Reilly Media"),
    Reference("loria", "misc", "Loria, S.", 2013, "TextBlob: Simplified text processing",
        "Python package textblob"),
    Reference("cochran1977", "book", "Cochran, W. G.", 1977, "Sampling Techniques (3rd ed.)",
        "Wiley"),
    Reference("rao1992", "article", "Rao, J. N. K. and Scott, A. J.", 1992,
        "A simple method for the analysis of clustered binary data", "Biometrics 48(2)", "577-585"),
    Reference("newell2018", "inproceedings", "Newell, E. and Margolin, D. and Ruths, D.", 2018,
        "An attribution relations corpus for political news",
        "Proceedings of the Eleventh International Conference on Language Resources and "
        "Evaluation"),
    Reference("hamborg2021", "inproceedings", "Hamborg, F. and Donnay, K.", 2021,
        "NewsMTSC: A dataset for (multi-)target-dependent sentiment classification in political "
        "news articles",
        "Proceedings of the 16th Conference of the European Chapter of the ACL", "1663-1675"),
    Reference("rychly2008", "inproceedings", "Rychlý, P.", 2008,
        "A lexicographer-friendly association score",
        "Proceedings of Recent Advances in Slavonic Natural Language Processing", "6-9"),
    Reference("gallagher2021", "article",
        "Gallagher, R. J. and Frank, M. R. and Mitchell, L. and Schwartz, A. J. and "
        "Reagan, A. J. and Danforth, C. M. and Dodds, P. S.", 2021,
        "Generalized word shift graphs: A method for visualizing and explaining pairwise "
        "comparisons between texts", "EPJ Data Science 10(4)"),
    Reference("welch1947", "article", "Welch, B. L.", 1947,
        "The generalization of Student's problem when several different population variances are "
        "involved", "Biometrika 34(1-2)", "28-35"),
    Reference("cliff1993", "article", "Cliff, N.", 1993,
        "Dominance statistics: Ordinal analyses to answer ordinal questions",
        "Psychological Bulletin 114(3)", "494-509"),
    Reference("chung2013", "article", "Chung, E. and Romano, J. P.", 2013,
        "Exact and asymptotically robust permutation tests", "The Annals of Statistics 41(2)",
        "484-507"),
    Reference("phipson2010", "article", "Phipson, B. and Smyth, G. K.", 2010,
        "Permutation p-values should never be zero: Calculating exact p-values when permutations "
        "are randomly drawn",
        "Statistical Applications in Genetics and Molecular Biology 9(1)", "Article 39"),
    Reference("benjamini1995", "article", "Benjamini, Y. and Hochberg, Y.", 1995,
        "Controlling the false discovery rate: A practical and powerful approach to multiple "
        "testing", "Journal of the Royal Statistical Society B 57(1)", "289-300"),
    Reference("westfall1993", "book", "Westfall, P. H. and Young, S. S.", 1993,
        "Resampling-Based Multiple Testing", "Wiley"),
    Reference("hardie2014", "misc", "Hardie, A.", 2014, "Log Ratio: An informal introduction",
        "ESRC Centre for Corpus Approaches to Social Science, Lancaster University"),
    Reference("gries2008", "article", "Gries, S. T.", 2008,
        "Dispersions and adjusted frequencies in corpora",
        "International Journal of Corpus Linguistics 13(4)", "403-437"),
    Reference("monroe2008", "article", "Monroe, B. L. and Colaresi, M. P. and Quinn, K. M.", 2008,
        "Fightin' words: Lexical feature selection and evaluation for identifying the content of "
        "political conflict", "Political Analysis 16(4)", "372-403"),
    Reference("dunning1993", "article", "Dunning, T.", 1993,
        "Accurate methods for the statistics of surprise and coincidence",
        "Computational Linguistics 19(1)", "61-74"),
)  # fmt: skip

BY_KEY = {reference.key: reference for reference in _ALL}

# What each analysis rests on, for those who add it to a write-up.
METHODS = {
    "sentiment": ("hutto2014", "bird2009", "loria"),
    "rates": ("cochran1977", "rao1992"),
    "voice": ("newell2018",),
    "targets": ("hamborg2021",),
    "comparison": (
        "chung2013", "phipson2010", "benjamini1995", "westfall1993", "hardie2014", "gries2008",
    ),
    "keyness": ("dunning1993", "monroe2008"),
    "sentiment_differences": ("welch1947", "cliff1993", "benjamini1995"),
    "collocation": ("rychly2008",),
    "shifts": ("gallagher2021",),
}  # fmt: skip

# What every set holds, whoever made it and whatever was asked of it.
ALWAYS = ("sentiment", "rates", "voice")


def references(measured: MeasurementSet, methods: Sequence[str] = ()) -> list[Reference]:
    """
    The works behind a set, and behind the analyses that are named.

    Parameters
    ----------
    measured : a measurement set.
    methods : keys of `METHODS` for what was done with it ("comparison", "collocation").

    Returns
    -------
    biaskit first, then the works in alphabetical order.

    Raises
    ------
    ValueError : no such method.
    """
    unknown = sorted({*methods} - {*METHODS})
    if unknown:
        raise ValueError(
            f"no method {', '.join(map(repr, unknown))}; there are {', '.join(sorted(METHODS))}"
        )
    has_targets = measured.entries["frame"].str.partition("/")[0].eq("target").any()
    named = [*ALWAYS, *(["targets"] if has_targets else []), *methods]
    works = {BY_KEY[key] for method in named for key in METHODS[method]}
    own = Reference("biaskit", "misc", "The biaskit authors", RELEASED,
        "biaskit: how news outlets word the same things differently",
        f"Python package biaskit, version {measured.provenance['biaskit']}")  # fmt: skip
    return [own, *sorted(works, key=lambda work: (work.author, work.year))]


def bibtex(works: Sequence[Reference]) -> str:
    """The same as BibTeX entries."""
    entries = []
    for work in works:
        fields = {
            "author": f"{{{work.author}}}" if work.author.startswith("The ") else work.author,
            "title": f"{{{work.title}}}",
            "year": str(work.year),
            PLACES[work.kind]: work.where,
            "pages": work.pages.replace("-", "--"),
        }
        lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
        entries.append(f"@{work.kind}{{{work.key},\n{lines}}}\n")
    return "\n".join(entries)


def methods_paragraph(measured: MeasurementSet) -> str:
    """
    What the set is, how it was made and what was left out, in sentences to be quoted.

    Every number is counted from the set; nothing is said of tests, which the set holds none of.
    """
    kept = without_copies(measured)
    return " ".join(
        [_corpus(measured, kept), _left_out(measured, kept), _measured_with(measured),
         _counted(kept)]
    )  # fmt: skip


def _corpus(measured: MeasurementSet, kept: MeasurementSet) -> str:
    documents = kept.documents
    counts = documents["outlet"].value_counts()
    counts = counts[sorted(counts.index, key=lambda outlet: (-counts[outlet], outlet))]
    named = [f"{outlet}, {n:,}" for outlet, n in counts[:MOST_OUTLETS].items()]
    more = len(counts) - MOST_OUTLETS
    if more > 0:
        named.append(f"{more} more")
    days = [*documents["date_low"].dropna(), *documents["date_high"].dropna()]
    dated = f" from {min(days)} to {max(days)}" if days else ", none of them dated"
    return (
        f"We describe {_number(len(documents), 'article')} of {_number(len(counts), 'outlet')} "
        f"({'; '.join(named)}){dated}, by a measurement set made with biaskit "
        f"{measured.provenance['biaskit']} (id {measured.id})."
    )


def _left_out(measured: MeasurementSet, kept: MeasurementSet) -> str:
    copies = len(measured.documents) - len(kept.documents)
    aside = len(measured.provenance["set_aside"])
    undated = int(kept.documents["date_low"].isna().sum())
    of_copies = f"as copies of others of their outlet we left out {_number(copies, 'article')}"
    of_sources = f"{_number(aside, 'source')} that could not be used we set aside"
    of_dates = f"{_number(undated, 'article')} without a date we kept"
    sentence = "; ".join(
        words for n, words in ((copies, of_copies), (aside, of_sources), (undated, of_dates)) if n
    )
    if not sentence:
        return "No article was left out as a copy or set aside, and all are dated."
    return f"{sentence[0].upper()}{sentence[1:]}."


def _measured_with(measured: MeasurementSet) -> str:
    lexicons = ", ".join(
        f"{x['name']} {x['version']} ({_entries(measured, x['name'])}, "
        f"sha256 {x['sha256'][:HASH_SHOWN]})"
        for x in measured.provenance["lexicons"]
    )
    scorers = measured.provenance["sentiment"]
    return (
        f"Entries were taken from {lexicons}. Every sentence was scored by VADER through NLTK "
        f"{scorers['nltk']} and by TextBlob {scorers['textblob']}; every token was assigned to "
        "narration, quotation, indirect speech or another's claim."
    )


def _entries(measured: MeasurementSet, lexicon: str) -> str:
    n = int((measured.entries["lexicon"] == lexicon).sum())
    return f"{n:,} entr{'y' if n == 1 else 'ies'}"


def _counted(kept: MeasurementSet) -> str:
    settings = kept.provenance["settings"]
    *zones, last = settings["rate_zones"]
    hits = int(kept.hits["zone"].isin(RATE_ZONES).sum())
    tokens = int(kept.documents["n_tokens"].sum())
    return (
        f"Counts are of {', '.join(zones)} and {last}, {_number(tokens, 'token')} "
        f"with {_number(hits, 'hit')}; collocates stand within {settings['collocate_span']} tokens "
        "of a hit in its sentence. The article, never the token, is the unit of every interval."
    )


def _number(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}" if n else f"no {what}s"
