"""
What would a careful author write first about a measurement set?

Sentences, each with the hits it rests on. They say what occurs and in whose voice, never
what it means; with few articles they describe these articles, not the outlets.
"""

from typing import NamedTuple

import pandas as pd

from biaskit.kwic import kwic_lines
from biaskit.lexicon import NEUTRAL
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.overview import months_in_common
from biaskit.rates import FEWEST_DOCUMENTS, alternation_shares
from biaskit.tables import RATE_ZONES

__all__ = ["Finding", "about_chance", "about_events", "findings", "methods", "names", "summary"]

FIRST_PER_OUTLET = 2
MOST_PER_OUTLET = 5
MOST_CONTRASTS = 3

# Words that tie a marker to what it is said of: "coup in Ukraine", "reunification with Russia".
TIES = frozenset("in with of to on against for by up".split())


class Finding(NamedTuple):
    """One sentence and the KWIC lines it rests on (rows of `kwic_lines(measured)`)."""

    sentence: str
    lines: pd.DataFrame


def findings(measured: MeasurementSet) -> list[Finding]:
    """
    Sentences on a set, most telling first: what each outlet writes in its own voice, where
    outlets choose different words for the same thing, and what is left to sources.
    """
    measured = without_copies(measured)
    lines = kwic_lines(measured)
    lines = lines[lines["zone"].isin(RATE_ZONES)]
    markers = lines[lines["frame"] != NEUTRAL]
    own, left = [], []
    for outlet in measured.outlets:
        here = markers[markers["outlet"] == outlet]
        own.append(_own_voice(outlet, here[here["voice"] == "narration"]))
        left += _left_to_sources(outlet, here)
    contrasts = _contrasts(measured, lines)
    first = [finding for of_outlet in own for finding in of_outlet[:FIRST_PER_OUTLET]]
    more = [finding for of_outlet in own for finding in of_outlet[FIRST_PER_OUTLET:]]
    return first + contrasts + left + more


def _own_voice(outlet: str, lines: pd.DataFrame) -> list[Finding]:
    if lines.empty:
        return [Finding(f"{outlet} uses no marker in its own voice.", lines)]
    told = []
    for entry, of_it in _most_telling(lines):
        # Of forms that occur alike often the last, since capitals of a headline sort first.
        words = of_it["node"].mode().iloc[-1] if len(of_it) > 1 else _phrase(of_it.iloc[0])
        often = f", {times(len(of_it))} in {articles(of_it)}" if len(of_it) > 1 else ""
        told.append((entry, Finding(f"{outlet} writes “{words}” in its own voice{often}.", of_it)))
    return [finding for _, finding in told[:MOST_PER_OUTLET]]


def _most_telling(lines: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    by_entry = [(str(entry), of_it) for entry, of_it in lines.groupby("entry", sort=True)]
    # What more articles hold comes first, since one article repeats its words; then what is
    # said of something by name, which tells a reader most; then what occurs more often.
    return sorted(
        by_entry,
        key=lambda pair: (
            -pair[1]["document"].nunique(),
            _phrase(pair[1].iloc[0]) == pair[1]["node"].iloc[0],
            -len(pair[1]),
            pair[0],
        ),
    )


def _phrase(line: pd.Series) -> str:
    """The hit with the words that tie it to a name, where two such words follow."""
    following = str(line["right"]).split()[:2]
    if len(following) == 2 and following[0] in TIES and following[1][0].isupper():
        return f"{line['node']} {following[0]} {following[1].rstrip('.,;:')}"
    return str(line["node"])


def _contrasts(measured: MeasurementSet, lines: pd.DataFrame) -> list[Finding]:
    shares = alternation_shares(measured)
    shares = shares[shares["n"] > 0]
    told = []
    for name, rows in shares.groupby("set", sort=True):
        choices = {outlet: {*of["variant"]} for outlet, of in rows.groupby("outlet")}
        if len(choices) < 2 or len({frozenset(c) for c in choices.values()}) < 2:
            continue
        parts = []
        for outlet, of_it in rows.groupby("outlet"):
            of_it = of_it.sort_values(["n", "variant"], ascending=[False, True])
            words = ", ".join(f"“{r.variant}” ({r.n})" for r in of_it.itertuples())
            parts.append(f"{outlet} writes {words}")
        entries = measured.entries.loc[measured.entries["set"] == name, "entry"]
        sentence = f"Naming {str(name).replace('-', ' ')}, {'; '.join(parts)}."
        of_set = lines[lines["entry"].isin(entries)]
        told.append((-int(rows["n"].sum()), str(name), Finding(sentence, _in_turn(of_set))))
    return [finding for _, _, finding in sorted(told, key=lambda x: x[:2])[:MOST_CONTRASTS]]


def _in_turn(lines: pd.DataFrame) -> pd.DataFrame:
    """The first line of each outlet, then the second of each: the first few show them all."""
    turn = lines.groupby("outlet").cumcount()
    return lines.loc[turn.sort_values(kind="stable").index]


def _left_to_sources(outlet: str, lines: pd.DataFrame) -> list[Finding]:
    told = []
    for entry, of_it in _most_telling(lines):
        if len(of_it) > 1 and not (of_it["voice"] == "narration").any():
            voices = of_it["voice"].value_counts()
            how = ", ".join(f"{n} {voice}" for voice, n in sorted(voices.items()))
            words = of_it["node"].mode().iloc[-1]
            sentence = f"{outlet} leaves “{words}” to its sources: {times(len(of_it))}, {how}."
            told.append((entry, Finding(sentence, of_it)))
    return [finding for _, finding in told[:1]]


def times(n: int) -> str:
    """
    >>> times(1), times(2), times(30)
    ('once', 'twice', '30 times')
    """
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def articles(lines: pd.DataFrame) -> str:
    """How many articles these lines stand in, in words."""
    n = lines["document"].nunique()
    return f"{n:,} article{'' if n == 1 else 's'}"


def names(outlets: list[str]) -> str:
    """
    >>> names(["Echo", "Herald", "Post"])
    'Echo, Herald and Post'
    """
    return " and ".join([", ".join(outlets[:-1]), outlets[-1]] if len(outlets) > 1 else outlets)


def summary(measured: MeasurementSet) -> str:
    """What the set holds, in one sentence."""
    documents = without_copies(measured).documents
    parts = []
    for outlet in measured.outlets:
        of_it = documents[documents["outlet"] == outlet]
        n = len(of_it)
        parts.append(
            f"{outlet} ({n:,} article{'' if n == 1 else 's'}, {of_it['n_tokens'].sum():,} tokens"
            f"{_period(of_it)})"
        )
    return f"{names(parts)}."


def _period(documents: pd.DataFrame) -> str:
    low, high = documents["date_low"].dropna(), documents["date_high"].dropna()
    if low.empty or high.empty:
        return ", undated"
    months = [min(low)[:7], max(high)[:7]]
    return ", " + (" to ".join(months) if months[0] != months[1] else months[0])


def about_events(measured: MeasurementSet) -> str:
    """Whether the outlets write about the same happenings, as far as the set knows."""
    documents = measured.documents
    known = documents.dropna(subset=["event"])
    shared = known.groupby("event")["outlet"].nunique()
    n = int((shared > 1).sum())
    if known.empty:
        months = months_in_common(measured)
        when = {None: "", 0: " No month has articles of all outlets."}.get(
            months, f" {months} month{'' if months == 1 else 's'} with articles of all outlets."
        )
        return (
            "Nothing says which articles are about the same event, so a difference may be one of "
            f"topic or of time.{when}"
        )
    if n == 0:
        of_all = f"the {len(documents)} articles"
        if len(known) < len(documents):
            of_all = f"the {len(known)} of {len(documents)} articles whose event is known"
        happenings = f"{len(shared)} different events" if len(shared) > 1 else "1 event"
        return (
            f"No event in common: {of_all} are about {happenings}, so a difference may be one of "
            f"topic or of time."
        )
    return f"{n} event{'' if n == 1 else 's'} in common, of {len(shared)} in all."


def about_chance(measured: MeasurementSet) -> str:
    """What the number of articles allows one to say."""
    n = measured.documents.groupby("outlet")["document"].count()
    if n.min() < FEWEST_DOCUMENTS:
        few = names([f"{outlet} has {k}" for outlet, k in n.items() if k < FEWEST_DOCUMENTS])
        return (
            f"It could be, and nobody can tell from so few articles: {few}. The article is the "
            f"unit here, not the word, since one article repeats its words. Below "
            f"{FEWEST_DOCUMENTS} articles an outlet biaskit gives no interval and makes no test. "
            f"What stands above describes these articles, not the outlets."
        )
    return (
        "Bars beside the rates are 95 % intervals over articles. Where the bars of two outlets "
        "lie far apart, chance alone is an unlikely explanation; which of many markers differ "
        "is not tested here, and topics may differ all the same."
    )


def methods(measured: MeasurementSet) -> tuple[str, list[str]]:
    """A methods paragraph for a paper, with the set's id, and the references it needs."""
    made = measured.provenance
    lexicons = names([f"{x['name']} {x['version']}" for x in made["lexicons"]])
    libraries = made["sentiment"]
    n_markers = int((measured.entries["frame"] != NEUTRAL).sum())
    paragraph = (
        f"We compared {summary(measured)[:-1]} with biaskit {made['biaskit']} (measurement set "
        f"{measured.id[:12]}). Headlines, subheads and body text were told from page furniture by "
        f"rules; sentences and tokens were found by rules. Markers are the {n_markers} entries of "
        f"the lexicon {lexicons} that are not plain variants. Each token's voice (narration, "
        f"quoted, reported, attributed) was found by rules from quotation marks and cue words. "
        f"Rates are ratio estimates per 1,000 tokens with the article as the unit. Sentences were "
        f"scored whole with VADER (NLTK {libraries['nltk']}) and TextBlob {libraries['textblob']}."
    )
    references = [
        "Bird, S., Klein, E. & Loper, E. (2009). Natural Language Processing with Python. "
        "O'Reilly.",
        "Cochran, W. G. (1977). Sampling Techniques, 3rd ed., chapter 6. Wiley.",
        "Hutto, C. J. & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment "
        "analysis of social media text. ICWSM.",
        "Loria, S. TextBlob: simplified text processing (with the lexicon of Pattern: De Smedt, T. "
        "& Daelemans, W. 2012).",
    ]
    return paragraph, references
