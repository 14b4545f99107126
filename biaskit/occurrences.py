"""
Where do the entries of lexicons stand in a batch of articles, and beside which terms?

A hit takes its voice, cue and speaker from the span that its first token is in. Beside it are
the terms within five tokens of it, in its sentence; a loaded word has none, since it is only
a word.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from biaskit.batches import VOICE_ORDER, ZONE_ORDER, Batch, ranked, tally
from biaskit.exposure import Window, windows
from biaskit.lexicon import Entry, Lexicon
from biaskit.loadedness import Loadedness
from biaskit.loadedness.listing import setting_of
from biaskit.markers import Matcher
from biaskit.tables import RATE_ZONES, named

__all__ = ["COLLOCATE_SPAN", "Finder", "Hits", "cooccurrences", "find_hits", "finder_of"]

# A collocate stands within five tokens of a hit, as is usual (Sinclair 1991 took four).
COLLOCATE_SPAN = 5


class Hit(NamedTuple):
    """First and last token by number in the batch, and what stands there."""

    first: int
    last: int
    lexicon: str
    entry: Entry
    is_bare: bool
    score: float | None = None
    reasons: str | None = None


# ---- finding --------------------------------------------------------------------------------


class ListedWords:
    """The entries of a lexicon, looked for in a batch."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.matcher = Matcher(lexicon)

    def hits(self, batch: Batch) -> Iterator[Hit]:
        """Its hits; what a headline opens with is context for the rest of it."""
        lexicon, sentence = self.matcher.lexicon, batch.sentence_in_line()
        for hit in self.matcher.hits_among(batch.texts, batch.tokens, sentence):
            is_bare = hit.entry.is_target or not lexicon.shows_context
            yield Hit(hit.first, hit.last, lexicon.name, hit.entry, is_bare)


class LoadedWords:
    """Loadedness at one setting, looked for as the entries of a lexicon are."""

    def __init__(self, lexicon: Lexicon, setting: str) -> None:
        self.name = lexicon.name
        self.marker = Loadedness(setting)
        self.entries = {entry.id: entry for entry in lexicon.entries}

    def hits(self, batch: Batch) -> Iterator[Hit]:
        """Its marks, text by text."""
        start, end = batch.sentences.start.tolist(), batch.sentences.end.tolist()
        edges = np.searchsorted(batch.sentences.article, np.arange(len(batch.texts) + 1)).tolist()
        for i, (text, begin) in enumerate(zip(batch.texts, batch.begins.tolist(), strict=True)):
            own = slice(edges[i], edges[i + 1])
            for mark in self.marker.hits(text, zip(start[own], end[own], strict=True)):
                first = int(np.searchsorted(batch.places, begin + mark.start, side="right")) - 1
                last = int(np.searchsorted(batch.places, begin + mark.end)) - 1
                entry = self.entries[mark.frame]
                yield Hit(first, last, self.name, entry, True, mark.score, mark.reasons)


Finder = ListedWords | LoadedWords


def finder_of(lexicon: Lexicon) -> Finder:
    """What finds the entries of a lexicon."""
    setting = setting_of(lexicon.name)
    return ListedWords(lexicon) if setting is None else LoadedWords(lexicon, setting)


def find_hits(batch: Batch, finders: Sequence[Finder]) -> "Hits":
    """Every occurrence of an entry of one of the lexicons."""
    found = [hit for finder in finders for hit in finder.hits(batch)]
    return Hits.of(sorted(found, key=lambda hit: (hit.first, hit.lexicon)))


# ---- tables ---------------------------------------------------------------------------------


class Hits(NamedTuple):
    """Occurrences in a batch, by article, start and lexicon."""

    found: list[Hit]
    first: np.ndarray
    last: np.ndarray

    @classmethod
    def of(cls, found: Iterable[Hit]) -> "Hits":
        """The hits with their tokens as arrays."""
        found = list(found)
        return cls(found, *(np.array([hit[i] for hit in found], "i8") for i in (0, 1)))

    def columns(self, batch: Batch) -> tuple[np.ndarray, dict]:
        """The article of each hit, and the columns of the hits table but the document."""
        tokens, first = batch.tokens, self.first
        article, start, end = tokens.text[first], tokens.start[first], tokens.end[self.last]
        spans = batch.spans.holding(batch.places[first]).tolist()
        spans = [batch.found[i] if i >= 0 else None for i in spans]
        left, right = self._contexts(batch, article, start, end)
        return article, {
            "sentence": batch.sentences.number[batch.token_sentence[first]],
            "zone": named(ZONE_ORDER, batch.token_zone[first]),
            "start": start,
            "end": end,
            "lexicon": [hit.lexicon for hit in self.found],
            "entry": [hit.entry.id for hit in self.found],
            "form": _forms(batch, article, start, end),
            "voice": named(VOICE_ORDER, batch.token_voice[first]),
            **{
                name: [span and getattr(span, name) for span in spans]
                for name in ("cue", "stance", "speaker")
            },
            "score": [hit.score for hit in self.found],
            "reasons": [hit.reasons for hit in self.found],
            "left": left,
            "right": right,
        }

    def _contexts(
        self, batch: Batch, article: np.ndarray, start: np.ndarray, end: np.ndarray
    ) -> tuple[list[str], list[str]]:
        """The words before and after each hit, as far as the article's budget lets them show."""
        line = batch.zones.holding(batch.places[self.first])
        rated = np.isin(batch.token_zone, [ZONE_ORDER.index(zone) for zone in RATE_ZONES])
        n_words = np.bincount(batch.tokens.text[rated], minlength=len(batch.texts)).tolist()
        lines = batch.zones.start[line].tolist(), batch.zones.end[line].tolist()
        wanted = [
            Window(line_start, a, b, line_end, hit.entry.is_marker, hit.is_bare)
            for line_start, a, b, line_end, hit in zip(
                lines[0], start.tolist(), end.tolist(), lines[1], self.found, strict=True
            )
        ]
        shown: list[tuple[str, str]] = []
        edges = np.searchsorted(article, np.arange(len(batch.texts) + 1)).tolist()
        for i, text in enumerate(batch.texts):
            if edges[i] < edges[i + 1]:
                shown += windows(text, wanted[edges[i] : edges[i + 1]], n_words[i])
        return [left for left, _ in shown], [right for _, right in shown]


def _forms(batch: Batch, *where: np.ndarray) -> list[str]:
    rows = zip(*(x.tolist() for x in where), strict=True)
    return [batch.texts[i][start:end] for i, start, end in rows]


def cooccurrences(batch: Batch, hits: Hits) -> tuple[np.ndarray, dict]:
    """Article and columns of the co-occurrences table: terms within five tokens of a hit."""
    hits = Hits.of(hit for hit in hits.found if hit.score is None)
    steps = np.arange(1, COLLOCATE_SPAN + 1)
    beside = np.hstack([hits.first[:, None] - steps, hits.last[:, None] + steps])
    sentence = np.append(batch.token_sentence, -1)  # what is past either end is in none
    beside = np.where((beside < 0) | (beside >= len(sentence)), len(sentence) - 1, beside)
    same = sentence[beside] == sentence[hits.first][:, None]
    which, term_at = np.nonzero(same)[0], beside[same]
    first = hits.first[which]
    entries, entry = np.unique([hit.entry.id for hit in hits.found], return_inverse=True)
    terms, term = ranked(batch.tokens.terms, batch.tokens.term[term_at])
    (article, zone, voice, entry, term), n = tally(
        (batch.tokens.text[first], len(batch.texts)),
        (batch.token_zone[first], len(ZONE_ORDER)),
        (batch.token_voice[first], len(VOICE_ORDER)),
        (entry[which], len(entries)),
        (term, len(terms)),
    )
    return article, {
        "zone": named(ZONE_ORDER, zone),
        "voice": named(VOICE_ORDER, voice),
        "entry": named(entries.tolist(), entry),
        "term": named(terms, term),
        "n": n,
    }
