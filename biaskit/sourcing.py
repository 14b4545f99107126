"""
Whom does an outlet let speak, for how long, and with what welcome?

Four answers from the spans of a measurement set: how much of the outlet's words is narration,
quoted, reported and attributed; whether its cue words endorse a source ("confirmed"), doubt
it ("claimed") or do neither ("said"); which speakers get how many words; and which words of
a headline stand there as the outlet's own though the article has them only from a source.

These numbers lean on rules that find the voice of a word. They are right for about four in
five words of sources, and the share of narration differs between outlets by how they write;
read differences of a few points as none.
"""

from collections.abc import Iterable

import pandas as pd

from biaskit.measurement import MeasurementSet, without_copies
from biaskit.rates import ratio
from biaskit.tables import RATE_ZONES, VOICES, build
from biaskit.tokens import FUNCTION_WORDS

__all__ = ["headline_claims", "one_name_each", "speaker_shares", "stance_counts", "voice_shares"]

STANCES = ("endorsing", "neutral", "doubting")
CUES_SHOWN = 5


def voice_shares(measured: MeasurementSet) -> pd.DataFrame:
    """
    How each outlet's words are divided among the voices.

    Returns
    -------
    One row per outlet and voice, with the columns of a `voices` table; intervals over
    documents are missing below five of them.
    """
    measured = without_copies(measured)
    sizes = measured.sizes[measured.sizes["zone"].isin(RATE_ZONES)]
    spans = _spans(measured)
    rows = []
    for outlet in measured.outlets:
        documents = measured.documents.loc[measured.documents["outlet"] == outlet, "document"]
        total = _tokens(sizes, documents)
        scare = spans[(spans["outlet"] == outlet) & (spans["scare"] == True)]  # noqa: E712
        for voice in VOICES:
            n = _tokens(sizes[sizes["voice"] == voice], documents)
            share, low, high = ratio(n[total > 0], total[total > 0])
            n_scare = len(scare) if voice == "quoted" else 0
            rows.append((outlet, voice, n.sum(), share, low, high, len(documents), n_scare))
    return build("voices", rows)


def stance_counts(measured: MeasurementSet) -> pd.DataFrame:
    """
    How each outlet presents its sources, by the stance of its cue words.

    Returns
    -------
    One row per outlet and stance (endorsing, neutral, doubting), with the columns of a
    `stances` table. Spans without a cue, or with one of no known stance, are not counted.
    """
    measured = without_copies(measured)
    spans = _spans(measured)
    spans = spans[spans["stance"].notna() & spans["cue"].notna()]
    rows = []
    for outlet in measured.outlets:
        of_it = spans[spans["outlet"] == outlet]
        for stance in STANCES:
            here = of_it[of_it["stance"] == stance]
            cues = here["cue"].value_counts()
            cues = sorted(cues.items(), key=lambda item: (-item[1], item[0]))[:CUES_SHOWN]
            told = ", ".join(f"{cue if cue.strip(':') else 'a colon'} {n}" for cue, n in cues)
            share = len(here) / len(of_it) if len(of_it) else None
            rows.append((outlet, stance, len(here), here["document"].nunique(), share, told))
    return build("stances", rows)


def speaker_shares(measured: MeasurementSet) -> pd.DataFrame:
    """
    Who speaks in each outlet, quoted or reported, and for how many words.

    Mentions that end in the same two names are one speaker ("Prime Minister Ada Nobody", "Ms
    Ada Nobody"), and so is a surname that only one of them bears.

    Returns
    -------
    One row per outlet and named speaker, most tokens first within an outlet, with the
    columns of a `speakers` table.
    """
    measured = without_copies(measured)
    spans = _spans(measured)
    spans = spans[spans["voice"].isin(["quoted", "reported"]) & spans["speaker"].notna()]
    rows = []
    for outlet in measured.outlets:
        of_it = spans[spans["outlet"] == outlet]
        of_it = of_it.assign(speaker=of_it["speaker"].map(one_name_each(of_it["speaker"])))
        total = of_it["n_tokens"].sum()
        quoted = of_it["n_tokens"].where(of_it["voice"] == "quoted", 0)
        told = (
            of_it.assign(quoted=quoted)
            .groupby("speaker")
            .agg(
                n=("n_tokens", "sum"),
                n_quoted=("quoted", "sum"),
                n_spans=("voice", "size"),
                n_documents=("document", "nunique"),
            )
        )
        told = told.reset_index().sort_values(["n", "speaker"], ascending=[False, True])
        rows += [
            (outlet, x.speaker, x.n, x.n_quoted, x.n_spans, x.n_documents, x.n / total)
            for x in told.itertuples()
        ]
    return build("speakers", rows)


def one_name_each(mentions: Iterable[str]) -> dict[str, str]:
    """
    One name for all mentions of a speaker: what the longer ones have in common at their end.

    >>> one_name_each(["Mayor Ada Nobody", "Ms Ada Nobody", "Nobody", "the council"])["Nobody"]
    'Ada Nobody'
    """
    mentions = [*mentions]
    words = {mention: _names_at_the_end(mention) for mention in mentions}
    full: dict[tuple[str, ...], list[list[str]]] = {}
    for name in words.values():
        if len(name) > 1:
            full.setdefault(tuple(name[-2:]), []).append(name)
    bearers: dict[str, list[tuple[str, ...]]] = {}
    for first, last in full:
        bearers.setdefault(last, []).append((first, last))
    names = {}
    for mention, name in words.items():
        key = tuple(name[-2:])
        if len(name) == 1 and len(bearers.get(name[0], [])) == 1:
            key = bearers[name[0]][0]
        names[mention] = " ".join(_common_end(full[key])) if key in full else _plain(mention)
    return names


def _plain(mention: str) -> str:
    return mention.replace("The ", "the ", 1) if mention.startswith("The ") else mention


# What may follow a name within a mention: "Nobody also", "Nobody himself".
AFTER_A_NAME = frozenset("also then later too again himself herself themselves".split())

# A name begins after these: "President Nobody" has no first name "President", "Interior Minister
# Ada Nobody" and "Secretary of State Ada Nobody" are Ada Nobody.
TITLES = frozenset(
    "mr mrs ms dr sir president vice prime minister secretary state senator sen sens congressman "
    "congresswoman representative rep reps governor gov mayor judge justice chief general gen "
    "colonel col captain capt sergeant sgt attorney director professor prof".split()
)


def _names_at_the_end(mention: str) -> list[str]:
    """The capitalised words that a mention ends in, without titles; none after another noun."""
    words = mention.split()
    while len(words) > 1 and words[-1] in AFTER_A_NAME:
        words.pop()
    start = len(words)
    while start and words[start - 1][:1].isupper() and words[start - 1] not in {"The", "A", "An"}:
        start -= 1
    titles = [i for i, word in enumerate(words) if word.rstrip(".").casefold() in TITLES]
    return words[max([start, *(i + 1 for i in titles)]) :]


def _common_end(names: list[list[str]]) -> list[str]:
    shortest = min(len(name) for name in names)
    n = next(
        (n for n in range(shortest, 1, -1) if len({*map(tuple, (x[-n:] for x in names))}) == 1), 2
    )
    return names[0][-n:]


def headline_claims(measured: MeasurementSet) -> pd.DataFrame:
    """
    Which words of a headline the article has only from a source.

    A headline may state as the outlet's own what the text below it only reports. Content
    words of the headline's narration are looked up in the body; a word that stands there
    only in quoted, reported or attributed words is one that the headline has taken over.

    Returns
    -------
    One row per document with a headline or subhead, in the order of the documents, with
    the columns of a `headlines` table.
    """
    measured = without_copies(measured)
    counts = measured.counts[~measured.counts["term"].isin(FUNCTION_WORDS)]
    titles = counts[counts["zone"].isin(["headline", "subhead"])]
    body = counts[counts["zone"] == "body"]
    titled = {*titles["document"]}
    claimed, told, own = map(_terms, (_narrated(titles), body, _narrated(body)))
    rows = []
    for document, outlet in measured.documents[["document", "outlet"]].itertuples(index=False):
        if document not in titled:
            continue
        claims = claimed.get(document, NONE) & told.get(document, NONE)
        taken = sorted(claims - own.get(document, NONE))
        share = len(taken) / len(claims) if claims else None
        rows.append((document, outlet, len(claims), len(taken), share, ", ".join(taken)))
    return build("headlines", rows)


NONE: frozenset[str] = frozenset()


def _terms(counts: pd.DataFrame) -> dict[str, frozenset[str]]:
    return counts.groupby("document")["term"].agg(frozenset).to_dict()


def _narrated(counts: pd.DataFrame) -> pd.DataFrame:
    return counts[counts["voice"] == "narration"]


def _spans(measured: MeasurementSet) -> pd.DataFrame:
    spans = measured.spans[measured.spans["zone"].isin(RATE_ZONES)]
    return spans.merge(measured.documents[["document", "outlet"]], on="document")


def _tokens(sizes: pd.DataFrame, documents: pd.Series) -> pd.Series:
    return sizes.groupby("document")["n_tokens"].sum().reindex(documents, fill_value=0)
