"""The tables about events: what was matched, what is uncertain, what differs within an event."""

from biaskit.schema.columns import DOCUMENT, OUTLET, VOICES, columns

__all__ = ["EVENT_TABLES"]

EVENT = "text: name of the happening; the user's own, or first day and three telling words"
N_DOCUMENTS = "count: documents, without copies, an outlet's agency stories as one"
TARGET = "text: outlet that a positive difference means more of"
REFERENCE = "text: outlet it is compared with"

EVENT_TABLES = {
    "articles": columns(
        document=DOCUMENT,
        outlet=OUTLET,
        date_low="text: earliest day the article can be from, YYYY-MM-DD",
        date_high="text: latest day the article can be from, YYYY-MM-DD",
        title="text: headline",
        text="text: the article, or its first paragraphs",
    ),
    "matches": columns(
        document=DOCUMENT,
        outlet=OUTLET,
        event=EVENT,
        how="text: what put it there: decided, given, wording, copy, or alone",
        joined_by="text: id of the document of the event that it is most likely to belong with",
        similarity="number: cosine of their words, 0 to 1; missing where they were not compared",
        log_odds="number: log-odds of one event; orders pairs, and is no calibrated probability",
    ),
    "events": columns(
        event=EVENT,
        words="text: words that tell the event from others, most telling first",
        date_low="text: earliest day of its documents, YYYY-MM-DD",
        date_high="text: latest day of its documents, YYYY-MM-DD",
        outlets="text: the outlets that tell it, in alphabetical order",
        n_outlets="count: those outlets",
        n_documents="count: documents about the event",
        weakest="number: lowest log-odds by which wording joined a document; missing without one",
    ),
    "uncertain": columns(
        document=DOCUMENT,
        other="text: id of a document that may be about the same event",
        similarity="number: cosine of their words, 0 to 1",
        log_odds="number: log-odds of one event; orders pairs, and is no calibrated probability",
        days="number: days between their dates; missing where one has none",
        reason="text: why they were not joined",
    ),
    "decisions": columns(document=DOCUMENT, event=EVENT),
    "tellings": columns(
        event=EVENT,
        outlet=OUTLET,
        n="count: hits",
        n_tokens="count: tokens of the same zones and voice",
        n_documents=N_DOCUMENTS,
        per_1000="number: mean over these documents of hits per 1,000 tokens",
    ),
    "event_differences": columns(
        event=EVENT,
        target=TARGET,
        reference=REFERENCE,
        per_1000_target="number: the target's mean rate in the event, per 1,000 tokens",
        per_1000_reference="number: the reference's mean rate in the event, per 1,000 tokens",
        difference="number: target less reference, per 1,000 tokens",
    ),
    "paired": columns(
        target=TARGET,
        reference=REFERENCE,
        voice=f"text: one of {', '.join(VOICES)}; unquoted (all but quoted), or all",
        n_events="count: events that both outlets tell",
        difference="number: mean over events of the difference of rates, per 1,000 tokens",
        low="number: lower end of its 95 % interval over events; missing below 6 events",
        high="number: upper end of its 95 % interval over events; missing below 6 events",
        p="number: sign-flip permutation of events, two-sided; missing below 6 events",
        p_wilcoxon="number: Wilcoxon's signed ranks, two-sided; missing below 6 events",
        odds_ratio="number: Mantel-Haenszel odds ratio of a hit, stratified by event",
        odds_low="number: lower end of its 95 % interval over events",
        odds_high="number: upper end of its 95 % interval over events",
        unpaired="number: difference of mean rates over all documents, per 1,000 tokens",
        p_unpaired="number: Welch's t test of documents, which takes coverage for wording",
        note="text: what is missing, and why",
    ),
    "coverage": columns(
        event=EVENT,
        outlet=OUTLET,
        n_documents=N_DOCUMENTS,
    ),
    "side_by_side": columns(
        kind="text: headline, entry, alternation, speaker or stance",
        group="text: frame of the entry, set of the variant; empty for the others",
        name="text: the entry, variant, speaker, stance or headline",
        outlet=OUTLET,
        n="count: hits, stretches ascribed to the speaker, or cues; 0 where there are none",
        detail="text: hits by voice, or the cue words, with their counts",
    ),
}
