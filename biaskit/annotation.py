"""
What do some articles contribute to each table of a measurement set?

The articles are cut once into sentences and tokens, each token gets its voice, and sizes,
term counts, markers, co-occurrences and scores are all read off the same tokens. This is the
step that a large corpus repeats a thousand times: it looks at the articles it is given and
nothing else, and what it says of one does not depend on the others.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from biaskit.articles import Article
from biaskit.batches import VOICE_ORDER, ZONE_ORDER, Batch, Reader, ranked, tally
from biaskit.lexicon import Lexicon
from biaskit.occurrences import COLLOCATE_SPAN, cooccurrences, find_hits, finder_of
from biaskit.pools import uncollected
from biaskit.sentiment import score_columns
from biaskit.tables import RATE_ZONES, VOICES, arrow_table, build, named

__all__ = ["COLLOCATE_SPAN", "Annotator"]

_RATED = np.array([zone in RATE_ZONES for zone in ZONE_ORDER])


class Annotator:
    """
    Measures articles with some lexicons.

    It remembers how words are cut, so one that is kept is faster; what it says is the same.
    """

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self.finders = [finder_of(lexicon) for lexicon in lexicons]
        self.reader = Reader()

    @uncollected()
    def __call__(self, articles: Sequence[Article]) -> dict[str, pa.Table]:
        """
        Measure some articles by all stages.

        Returns
        -------
        Every stored table but `entries`, its rows in the order of the table.
        """
        batch = self.reader.read(articles)
        ids = [article.row["document"] for article in batch.articles]
        hits = find_hits(batch, self.finders)
        columns = {
            "zones": _zones(batch),
            "sizes": _sizes(batch),
            "sentences": _sentences(batch),
            "spans": _spans(batch),
            "hits": hits.columns(batch),
            "counts": _counts(batch),
            "cooccurrences": cooccurrences(batch, hits),
        }
        tables = {name: _table(name, ids, *found) for name, found in columns.items()}
        return {"documents": _documents(batch), **tables}


def _table(name: str, ids: list[str], article: np.ndarray, columns: dict) -> pa.Table:
    return arrow_table(name, {"document": named(ids, article), **columns})


def _documents(batch: Batch) -> pa.Table:
    n = len(batch.articles)
    rated = _RATED[batch.token_zone]
    n_tokens = np.bincount(batch.tokens.text[rated], minlength=n).tolist()
    rated = _RATED[batch.sentences.label]
    n_sentences = np.bincount(batch.sentences.article[rated], minlength=n).tolist()
    rows = [
        {**article.row, "n_tokens": n_tokens[i], "n_sentences": n_sentences[i]}
        for i, article in enumerate(batch.articles)
    ]
    return arrow_table("documents", build("documents", rows))


def _zones(batch: Batch) -> tuple[np.ndarray, dict]:
    zones = batch.zones
    own = [zone for article in batch.articles for zone in article.zones]
    return zones.article, {
        "start": zones.start,
        "end": zones.end,
        "zone": named(ZONE_ORDER, zones.label),
        "reason": [zone.reason for zone in own],
        "score": pa.array([zone.score for zone in own], pa.float64()),
        "n_tokens": np.bincount(zones.holding(batch.places), minlength=len(own)),
    }


def _sizes(batch: Batch) -> tuple[np.ndarray, dict]:
    (article, zone, voice), n_tokens = tally(
        (batch.tokens.text, len(batch.texts)),
        (batch.token_zone, len(ZONE_ORDER)),
        (batch.token_voice, len(VOICE_ORDER)),
    )
    sentences = batch.sentences
    held = np.unique(batch.token_sentence * len(VOICE_ORDER) + batch.token_voice)
    sentence, of_voice = np.divmod(held, len(VOICE_ORDER))
    _, n_sentences = tally(
        (sentences.article[sentence], len(batch.texts)),
        (sentences.label[sentence], len(ZONE_ORDER)),
        (of_voice, len(VOICE_ORDER)),
    )
    return article, {
        "zone": named(ZONE_ORDER, zone),
        "voice": named(VOICE_ORDER, voice),
        "n_tokens": n_tokens,
        "n_sentences": n_sentences,
    }


def _sentences(batch: Batch) -> tuple[np.ndarray, dict]:
    sentences = batch.sentences
    n = len(sentences.article)
    held = batch.token_sentence * len(VOICE_ORDER) + batch.token_voice
    voices = np.bincount(held, minlength=n * len(VOICE_ORDER)).reshape(-1, len(VOICE_ORDER))
    return sentences.article, {
        "sentence": sentences.number,
        "zone": named(ZONE_ORDER, sentences.label),
        "start": sentences.start,
        "end": sentences.end,
        **{f"n_{voice}": voices[:, VOICE_ORDER.index(voice)] for voice in VOICES},
        **_scores(batch),
    }


def _scores(batch: Batch) -> dict[str, np.ndarray]:
    sentences = batch.sentences
    places = zip(*(x.tolist() for x in sentences[:3]), strict=True)
    written = [batch.texts[i][start:end] for i, start, end in places]
    cut, parted = batch.cut_sentences()
    scores = score_columns(written, cut)
    for measure, again in score_columns([written[i] for i in parted]).items():
        scores[measure][parted] = again
    return scores


def _spans(batch: Batch) -> tuple[np.ndarray, dict]:
    spans, sentences = batch.spans, batch.sentences
    inside = spans.holding(batch.places)
    last = np.searchsorted(sentences.article, spans.article, side="right") - 1
    sentence = np.minimum(np.searchsorted(sentences.ends, spans.begins, side="right"), last)
    return spans.article, {
        "sentence": sentences.number[sentence],
        "zone": named(ZONE_ORDER, sentences.label[sentence]),
        "start": spans.start,
        "end": spans.end,
        "n_tokens": np.bincount(inside[inside >= 0], minlength=len(spans.start)),
        "voice": named(VOICE_ORDER, spans.label),
        **{
            name: [getattr(span, name) for span in batch.found]
            for name in ("scare", "cue", "stance", "speaker", "rule")
        },
    }


def _counts(batch: Batch) -> tuple[np.ndarray, dict]:
    terms, term = ranked(batch.tokens.terms, batch.tokens.term)
    (article, zone, term, voice), n = tally(
        (batch.tokens.text, len(batch.texts)),
        (batch.token_zone, len(ZONE_ORDER)),
        (term, len(terms)),
        (batch.token_voice, len(VOICE_ORDER)),
    )
    return article, {
        "zone": named(ZONE_ORDER, zone),
        "term": named(terms, term),
        "voice": named(VOICE_ORDER, voice),
        "n": n,
    }
