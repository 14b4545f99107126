"""
What does one article contribute to each table of a measurement set?

The article is cut once into sentences and tokens, each token gets its voice, and markers,
scores, sizes, term counts and co-occurrences are all read off the same tokens. This is the
step that a large corpus repeats a million times: it looks at one article and nothing else.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from biaskit.articles import Article
from biaskit.exposure import Window, short_name, windows
from biaskit.markers import Matcher
from biaskit.pages import readable
from biaskit.sentiment import score_sentences
from biaskit.tables import RATE_ZONES, VOICES
from biaskit.tokens import sentence_spans, term_of, token_spans
from biaskit.voice import Span, voice_spans

__all__ = ["COLLOCATE_SPAN", "annotate"]

# A collocate stands within five tokens of a hit, as is usual (Sinclair 1991 took four).
COLLOCATE_SPAN = 5


class _Sentence(NamedTuple):
    zone: str
    line: tuple[int, int]
    start: int
    end: int
    tokens: list[tuple[int, int]]
    voices: list[str]


def annotate(article: Article, matchers: Sequence[Matcher]) -> dict[str, list]:
    """
    Measure one article by all stages.

    Returns
    -------
    Rows for each stored table but `entries`, as `tables.build` takes them.
    """
    text, document = readable(article.text), article.row["document"]
    stretches = [(zone.start, zone.end, zone.zone) for zone in article.zones]
    spans = [x._replace(speaker=short_name(x.speaker)) for x in voice_spans(text, stretches)]
    sentences = _sentences(text, article, spans)
    sizes, counts = _sizes_and_counts(text, sentences)
    scores = score_sentences([text[s.start : s.end] for s in sentences])
    hits, neighbours = _hits(text, sentences, spans, matchers)
    n_tokens = Counter(dict.fromkeys(RATE_ZONES, 0))
    for (zone, _), (n, _) in sizes.items():
        n_tokens[zone] += n
    row = {
        **article.row,
        "n_tokens": sum(n_tokens[zone] for zone in RATE_ZONES),
        "n_sentences": sum(s.zone in RATE_ZONES for s in sentences),
    }
    return {
        "documents": [row],
        "zones": [
            (document, z.start, z.end, z.zone, z.reason, z.score,
             len(token_spans(text, z.start, z.end)))
            for z in article.zones
        ],
        "sizes": [(document, *key, *sizes[key]) for key in sorted(sizes)],
        "sentences": [
            (document, i, s.zone, s.start, s.end, *(s.voices.count(v) for v in VOICES), *score)
            for i, (s, score) in enumerate(zip(sentences, scores, strict=True))
        ],
        "spans": _span_rows(document, text, spans, sentences),
        "hits": [(document, *hit) for hit in hits],
        "counts": [(document, *key, counts[key]) for key in sorted(counts)],
        "cooccurrences": [(document, *key, neighbours[key]) for key in sorted(neighbours)],
    }  # fmt: skip


def _sentences(text: str, article: Article, spans: Sequence[Span]) -> list[_Sentence]:
    sentences, following = [], 0
    for zone in article.zones:
        for start, end in sentence_spans(text, zone.start, zone.end):
            tokens = token_spans(text, start, end)
            voices = []
            for token_start, _ in tokens:
                while following < len(spans) and spans[following].end <= token_start:
                    following += 1
                inside = following < len(spans) and spans[following].start <= token_start
                voices.append(spans[following].voice if inside else "narration")
            sentences.append(
                _Sentence(zone.zone, (zone.start, zone.end), start, end, tokens, voices)
            )
    return sentences


def _sizes_and_counts(text: str, sentences: Sequence[_Sentence]) -> tuple[dict, Counter]:
    n_tokens: Counter = Counter()
    n_sentences: Counter = Counter()
    counts: Counter = Counter()
    for s in sentences:
        n_tokens.update((s.zone, voice) for voice in s.voices)
        n_sentences.update((s.zone, voice) for voice in {*s.voices})
        counts.update(
            (s.zone, term_of(text[a:b]), voice)
            for (a, b), voice in zip(s.tokens, s.voices, strict=True)
        )
    return {key: (n_tokens[key], n_sentences[key]) for key in n_tokens}, counts


def _hits(
    text: str, sentences: Sequence[_Sentence], spans: Sequence[Span], matchers: Sequence[Matcher]
) -> tuple[list[tuple], Counter]:
    """Rows of the hits table without the document, and its co-occurrences."""
    found: list[tuple] = []
    neighbours: Counter = Counter()
    covering = {(span.start, span.end): span for span in spans}
    for number, s in enumerate(sentences):
        for matcher in matchers:
            for hit in matcher.hits(text, s.tokens):
                start, end = s.tokens[hit.first][0], s.tokens[hit.last][1]
                span = next((x for (a, b), x in covering.items() if a <= start < b), None)
                found.append((number, s, start, end, matcher.lexicon.name, hit.entry, span))
                first, last = hit.first - COLLOCATE_SPAN, hit.last + COLLOCATE_SPAN
                for i in (*range(max(0, first), hit.first), *range(hit.last + 1, last + 1)):
                    if i < len(s.tokens):
                        term = term_of(text[slice(*s.tokens[i])])
                        neighbours[s.zone, s.voices[hit.first], hit.entry.id, term] += 1
    found.sort(key=lambda row: (row[2], row[4]))
    n_words = sum(len(s.tokens) for s in sentences if s.zone in RATE_ZONES)
    wanted = [Window(s.line[0], a, b, s.line[1], e.is_marker) for _, s, a, b, _, e, _ in found]
    rows = []
    for (number, s, start, end, lexicon, entry, span), (left, right) in zip(
        found, windows(text, wanted, n_words), strict=True
    ):
        voice, cue, stance, speaker = (
            (span.voice, span.cue, span.stance, span.speaker)
            if span
            else ("narration", *[None] * 3)
        )
        rows.append(
            (number, s.zone, start, end, lexicon, entry.id, text[start:end], voice, cue, stance,
             speaker, None, None, left, right)
        )  # fmt: skip
    return rows, neighbours


def _span_rows(
    document: str, text: str, spans: Sequence[Span], sentences: Sequence[_Sentence]
) -> list[tuple]:
    rows, at = [], 0
    for span in spans:
        while at + 1 < len(sentences) and sentences[at].end <= span.start:
            at += 1
        n_tokens = len(token_spans(text, span.start, span.end))
        rows.append(
            (document, at, sentences[at].zone, span.start, span.end, n_tokens, span.voice,
             span.scare, span.cue, span.stance, span.speaker, span.rule)
        )  # fmt: skip
    return rows
