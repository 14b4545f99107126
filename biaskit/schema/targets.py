"""The tables on sentiment between outlets, targets, collocates and word shifts."""

from biaskit.schema.columns import DOCUMENT, ENTRY, HIGH, LOW, OUTLET, VOICES, columns

__all__ = ["TARGETS"]

TARGET = "text: the outlet described"
REFERENCE = "text: the outlet it is compared with"
VOICE_CHOICE = f"text: one of {', '.join(VOICES)}; unquoted (all but quoted), or all"
MEASURE = "text: vader, polarity or subjectivity"
P = "number: two-sided p-value over documents; missing below five documents a side"
Q = "number: p corrected by Benjamini and Hochberg over the rows of the table that have one"
NOTE = "text: why a figure is missing, in a sentence, if one is"
TERM = "text: casefolded token"
PER_HIT = "number: occurrences of the term within five tokens, per hit of the entry"
LOG_DICE = (
    "number: 14 + log2(2 n / (n_entry + n_term)); one more is twice as strong; missing where n is 0"
)

TARGETS = {
    "document_sentiment": columns(
        document=DOCUMENT,
        outlet=OUTLET,
        measure=MEASURE,
        mean="number: mean of its sentences' scores, weighted by their tokens of the voice",
        n_tokens="count: tokens of the voice: the weights",
        n_sentences="count: sentences with at least one such token",
    ),
    "sentiment_spread": columns(
        outlet=OUTLET,
        voice=VOICE_CHOICE,
        measure=MEASURE,
        n_documents="count: documents with sentences of that voice",
        mean="number: plain mean of the documents' means",
        low=LOW,
        high=HIGH,
        sd="number: standard deviation of the documents' means",
        q10="number: a tenth of the documents have a mean below this",
        q25="number: a quarter of the documents have a mean below this",
        median="number: half of the documents have a mean below this",
        q75="number: three quarters of the documents have a mean below this",
        q90="number: nine tenths of the documents have a mean below this",
    ),
    "sentiment_differences": columns(
        target=TARGET,
        reference=REFERENCE,
        voice=VOICE_CHOICE,
        measure=MEASURE,
        n_documents_target="count: documents of the target with sentences of that voice",
        n_documents_reference="count: the same of the reference",
        mean_target="number: plain mean of the target's documents' means",
        mean_reference="number: the same of the reference",
        difference="number: mean_target - mean_reference; above 0 where the target's is higher",
        low=LOW,
        high=HIGH,
        p=P,
        q=Q,
        cliffs_delta="number: chance that a document of the target has the higher mean, less the "
        "chance that one of the reference has, -1 to 1",
        ks="number: largest distance between the two cumulative distributions, 0 to 1",
        ks_p="number: p-value of that distance (Kolmogorov and Smirnov), over documents",
        ks_q="number: ks_p corrected as p is",
        note=NOTE,
    ),
    "target_sentiment": columns(
        outlet=OUTLET,
        entry="text: id of the target, an entry of a lexicon of targets, that is mentioned",
        measure=MEASURE,
        mean="number: plain mean of the scores of the outlet's sentences that mention the target",
        low=LOW,
        high=HIGH,
        n_sentences="count: sentences that mention the target; clauses, where the unit is clause",
        n_documents="count: documents with such a sentence",
        largest_share="number: share of these sentences that stands in one document, 0 to 1",
        agreement="number: macro F1 of this score against what people say of the target itself, "
        "on NewsMTSC, 0 to 1; missing where it was not measured",
        note=NOTE,
    ),
    "collocates": columns(
        outlet=OUTLET,
        entry=ENTRY,
        term=TERM,
        n="count: occurrences of the term within five tokens of a hit, in its sentence",
        n_entry="count: hits of the entry",
        n_term="count: occurrences of the term anywhere, in every voice",
        n_documents="count: documents where they stand together",
        per_hit=PER_HIT,
        low=LOW,
        high=HIGH,
        log_dice=LOG_DICE,
        largest_share="number: share of n that stands in one document, 0 to 1",
    ),
    "collocate_differences": columns(
        target=TARGET,
        reference=REFERENCE,
        entry=ENTRY,
        term=TERM,
        n_target="count: occurrences of the term within five tokens of a hit of the target",
        n_reference="count: the same of the reference",
        n_entry_target="count: hits of the entry in the target",
        n_entry_reference="count: the same of the reference",
        n_documents_target="count: documents of the target where they stand together",
        n_documents_reference="count: the same of the reference",
        per_hit_target=PER_HIT,
        per_hit_reference="number: the same of the reference",
        difference="number: per_hit_target - per_hit_reference",
        low=LOW,
        high=HIGH,
        p="number: p-value from shuffling documents; missing below five documents a side",
        q=Q,
        log_dice_target=LOG_DICE,
        log_dice_reference="number: the same of the reference",
        largest_share="number: share of both n that stands in one document, 0 to 1",
        note=NOTE,
    ),
    "valences": columns(
        outlet=OUTLET,
        voice=VOICE_CHOICE,
        mean="number: mean valence of the words that have one, in the unit of their list",
        low=LOW,
        high=HIGH,
        n="count: words with a valence",
        n_tokens="count: all tokens of that voice",
        n_documents="count: documents with such a word",
    ),
    "word_shift": columns(
        term=TERM,
        valence="number: the word's valence; VADER's list goes from -4 to 4",
        n_target="count: occurrences in the target",
        n_reference="count: occurrences in the reference",
        n_documents_target="count: documents of the target it occurs in",
        n_documents_reference="count: documents of the reference it occurs in",
        share_target="number: n_target over the target's words with a valence, 0 to 1",
        share_reference="number: the same of the reference",
        contribution="number: (share_target - share_reference) * (valence - mean of the "
        "reference); all of them add up to the difference of the two means",
        low="number: lower end of its 95 % interval over documents, the reference's mean as given; "
        "missing where there are too few documents",
        high="number: upper end of the same",
        kind="text: whether the word is above or below the reference's mean, and used more or less",
    ),
}
