"""
What does each table hold, and in which unit?

Every stage of biaskit takes tables and returns tables, so this is the contract between
them. `COLUMNS` names each table's columns in order, with their kind and their meaning;
`tables.require` says in one sentence what a table lacks. The first group of tables is stored
in a measurement set; the second is computed from one.

A change of the stored columns raises `SCHEMA`: a set made by another version is then
refused with the command that makes it anew, never read wrongly.
"""

from typing import NamedTuple

__all__ = ["COLUMNS", "RATE_ZONES", "SCHEMA", "STORED", "VOICES", "ZONES", "Column"]

SCHEMA = 1

# Whose words: the outlet's own, a source's between quotation marks, a source's in indirect
# speech, and what is only ascribed to somebody (claims of, alleged, wants to).
VOICES = ("narration", "quoted", "reported", "attributed")

ZONES = tuple("headline subhead body caption related recurring furniture tags".split())

# Rates count what the outlet published as the article. Words elsewhere on the page are
# listed beside the rates: a related link is another article, a caption may be an agency's.
RATE_ZONES = ("headline", "subhead", "body")


class Column(NamedTuple):
    """What one column holds: its kind (text, count, number or flag) and its meaning."""

    kind: str
    meaning: str


def _columns(**kinds_and_meanings: str) -> dict[str, Column]:
    return {
        name: Column(*(part.strip() for part in words.split(":", 1)))
        for name, words in kinds_and_meanings.items()
    }


_DOCUMENT = (
    "text: id of the article; the user's own, or outlet slug and first ten digits of its hash"
)
_ZONE = f"text: part of the page, one of {', '.join(ZONES)}"
_VOICE = f"text: whose words, one of {', '.join(VOICES)}"
_START = "count: first character, in code points of the text as read"
_END = "count: one past the last character, in code points of the text as read"
_SENTENCE = "count: number of the sentence in its document, from 0; for a longer stretch its first"
_CUE = "text: word that ascribes the stretch to a source (said, according to), if any"
_STANCE = "text: how the cue presents its source: endorsing, neutral or doubting"
_SPEAKER = "text: source the stretch is ascribed to, as the text names it"
_ENTRY = "text: id of the lexicon entry"
_LEXICON = "text: name of the lexicon"
_OUTLET = "text: name of the news outlet"
_PER_1000 = "number: hits per 1,000 tokens of the same zones and voice"
_LOW = "number: lower end of the 95 % interval; missing where there are too few documents"
_HIGH = "number: upper end of the 95 % interval; missing where there are too few documents"

COLUMNS: dict[str, dict[str, Column]] = {
    # ---- stored in a measurement set
    "documents": _columns(
        document=_DOCUMENT,
        outlet=_OUTLET,
        source="text: file the article came from, relative to what was given",
        label="text: short name for figures and tables, made of outlet and date",
        url="text: address, where known",
        author="text: author, where known",
        section="text: section or topic, where known",
        date_low="text: earliest day the article can be from, YYYY-MM-DD",
        date_high="text: latest day the article can be from, YYYY-MM-DD",
        date_kind="text: where the dates come from: user, dateline, url, caption or html-meta",
        date_evidence="text: the words or the field that gave the dates",
        event="text: name of the happening the article is about, where known",
        language="text: ISO 639-1 code, where known",
        copy_of="text: id of the document this one is a copy of, if any",
        wire="flag: whether it is an agency's copy; missing where not judged",
        n_tokens="count: tokens in headline, subheads and body",
        n_sentences="count: sentences in headline, subheads and body",
        sha256="text: hash of outlet, NUL and the text as read",
    ),
    "zones": _columns(
        document=_DOCUMENT,
        start=_START,
        end=_END,
        zone=_ZONE,
        reason="text: the rule that gave the zone",
        score="number: log-odds that the line is body text; above 0 means body is likelier",
        n_tokens="count: tokens in the stretch",
    ),
    "sizes": _columns(
        document=_DOCUMENT,
        zone=_ZONE,
        voice=_VOICE,
        n_tokens="count: tokens in that zone and voice: the denominator of rates",
        n_sentences="count: sentences with at least one such token",
    ),
    "sentences": _columns(
        document=_DOCUMENT,
        sentence=_SENTENCE,
        zone=_ZONE,
        start=_START,
        end=_END,
        n_narration="count: tokens of narration in the sentence",
        n_quoted="count: quoted tokens in the sentence",
        n_reported="count: reported tokens in the sentence",
        n_attributed="count: attributed tokens in the sentence",
        vader="number: VADER's compound score of the whole sentence, -1 to 1",
        polarity="number: TextBlob's polarity of the whole sentence, -1 to 1",
        subjectivity="number: TextBlob's subjectivity of the whole sentence, 0 to 1",
    ),
    "spans": _columns(
        document=_DOCUMENT,
        sentence=_SENTENCE,
        zone=_ZONE,
        start=_START,
        end=_END,
        n_tokens="count: tokens in the stretch",
        voice="text: whose words: quoted, reported or attributed",
        scare="flag: whether these are scare quotes: a few quoted words that nobody is said to say",
        cue=_CUE,
        stance=_STANCE,
        speaker=_SPEAKER,
        rule="text: the rule that found the stretch",
    ),
    "hits": _columns(
        document=_DOCUMENT,
        sentence=_SENTENCE,
        zone=_ZONE,
        start=_START,
        end=_END,
        lexicon=_LEXICON,
        entry=_ENTRY,
        form="text: the words as they stand in the text",
        voice=_VOICE,
        cue=_CUE,
        stance=_STANCE,
        speaker=_SPEAKER,
        score="number: probability of loadedness; missing for hits of a word list",
        reasons="text: the two strongest reasons of that score; missing for hits of a word list",
        left="text: up to three words before the hit",
        right="text: up to three words after the hit",
    ),
    "entries": _columns(
        lexicon=_LEXICON,
        entry=_ENTRY,
        frame="text: category path of the entry; neutral for plain variants of a set",
        gloss="text: what the entry presents as given",
        set="text: alternation set the entry belongs to, if any",
        variant="text: the entry's name in that set",
        mirror="text: entry that frames the other side the same way, if any",
        towards="text: whom the entry favours or disfavours",
        language="text: ISO 639-1 code",
    ),
    "counts": _columns(
        document=_DOCUMENT,
        zone=_ZONE,
        term="text: casefolded token",
        voice=_VOICE,
        n="count: occurrences",
    ),
    "cooccurrences": _columns(
        document=_DOCUMENT,
        zone=_ZONE,
        voice="text: voice of the entry's hit",
        entry=_ENTRY,
        term="text: casefolded token within five tokens of the hit, in its sentence",
        n="count: occurrences",
    ),
    # ---- computed from a measurement set
    "kwic": _columns(
        document=_DOCUMENT,
        outlet=_OUTLET,
        label="text: short name of the document",
        zone=_ZONE,
        voice=_VOICE,
        entry=_ENTRY,
        frame="text: category path of the entry",
        left="text: words before",
        node="text: the words found",
        right="text: words after",
        start=_START,
        end=_END,
    ),
    "rates": _columns(
        outlet=_OUTLET,
        voice=f"text: one of {', '.join(VOICES)}; unquoted (all but quoted), or all",
        n="count: hits",
        n_tokens="count: tokens of that outlet and voice",
        n_documents="count: documents with tokens of that voice",
        n_documents_with="count: documents with at least one hit",
        per_1000=_PER_1000,
        low=_LOW,
        high=_HIGH,
        largest_share="number: share of the hits that stands in one document, 0 to 1",
    ),
    "shares": _columns(
        set="text: alternation set",
        variant="text: variant of the set",
        outlet=_OUTLET,
        n="count: hits of the variant",
        n_set="count: hits of all variants of the set",
        n_documents="count: documents of the outlet with any variant of the set",
        share="number: n / n_set, 0 to 1",
        low=_LOW,
        high=_HIGH,
    ),
    "voices": _columns(
        outlet=_OUTLET,
        voice=_VOICE,
        n_tokens="count: tokens of that voice in headline, subheads and body",
        share="number: part of the outlet's tokens, 0 to 1",
        low=_LOW,
        high=_HIGH,
        n_documents="count: documents of the outlet",
        n_scare="count: scare quotes, in the row of quoted; 0 elsewhere",
    ),
    "stances": _columns(
        outlet=_OUTLET,
        stance="text: how the cue presents its source: endorsing, neutral or doubting",
        n="count: spans with such a cue",
        n_documents="count: documents with at least one",
        share="number: part of the outlet's spans with a cue of known stance, 0 to 1",
        cues="text: its most frequent cue words, with their counts",
    ),
    "speakers": _columns(
        outlet=_OUTLET,
        speaker=_SPEAKER,
        n_tokens="count: tokens ascribed to the speaker, quoted or reported",
        n_quoted="count: of these, tokens between quotation marks",
        n_spans="count: stretches ascribed to the speaker",
        n_documents="count: documents the speaker speaks in",
        share="number: part of the outlet's tokens ascribed to any named speaker, 0 to 1",
    ),
    "headlines": _columns(
        document=_DOCUMENT,
        outlet=_OUTLET,
        n_claims="count: content words of the headline's narration that the body uses, too",
        n_attributed="count: of these, words that the body has only in a source's mouth",
        share="number: n_attributed / n_claims, 0 to 1; missing where there are none",
        terms="text: those words",
    ),
    "overview": _columns(
        outlet=_OUTLET,
        n_documents="count: documents, without copies",
        n_copies="count: documents left out as copies of another of the outlet",
        n_tokens="count: tokens in headline, subheads and body",
        median_tokens="number: tokens of the median document",
        date_low="text: earliest day any of them can be from, YYYY-MM-DD",
        date_high="text: latest day any of them can be from, YYYY-MM-DD",
        n_undated="count: documents without a date",
        n_wire="count: documents that say they are an agency's, wholly or in part",
        n_events="count: events that the documents are about, as far as known",
    ),
    "sentiment": _columns(
        outlet=_OUTLET,
        voice=f"text: one of {', '.join(VOICES)}, or all",
        measure="text: vader, polarity or subjectivity",
        mean="number: mean of the sentences' scores, weighted by their tokens of that voice",
        n_tokens="count: tokens of that voice: the weights",
        n_sentences="count: sentences with at least one token of that voice",
        mean_wholly="number: plain mean over the sentences that are wholly in that voice",
        n_wholly="count: sentences wholly in that voice",
        n_documents="count: documents with such tokens",
    ),
}

STORED = tuple("documents zones sizes sentences spans hits entries counts cooccurrences".split())
