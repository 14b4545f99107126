"""The tables that compare outlets: how much, how sure, and on how many documents it rests."""

from biaskit.schema.columns import PER_1000, VOICES, columns

__all__ = ["COMPARED"]

TARGET = "text: the outlet described"
REFERENCE = "text: the outlet it is compared with, or the others"
CHOSEN_VOICE = f"text: one of {', '.join(VOICES)}; unquoted (all but quoted), or all"
NOTE = "text: what is missing in this row and why, in a sentence"

SIDES = {
    "n_target": "count: hits in the target",
    "n_reference": "count: hits in the reference",
}

DENOMINATORS = {
    "n_documents_target": "count: documents of the target that take part",
    "n_documents_reference": "count: documents of the reference that take part",
    "n_with_target": "count: documents of the target with at least one hit",
    "n_with_reference": "count: documents of the reference with at least one hit",
    "n_units_target": "count: documents, weeks or events of the target that are shuffled whole",
    "n_units_reference": "count: documents, weeks or events of the reference",
}

TESTS = {
    "p": "number: permutation p of the studentised difference, two-sided; missing where too few",
    "p_t": "number: p of the effect from Student's t, two-sided; of its absence where a "
    "side has no hit",
    "p_family": "number: p that allows for all rows (Westfall and Young's max-T)",
    "q": "number: false discovery rate over all rows (Benjamini and Hochberg)",
    "q_from": "text: the p that q is made of: t, or larger (of p and p_t, row by row)",
    "p_omnibus": "number: permutation p of F over all outlets; missing where there are only two",
}

EVIDENCE = {
    "dp": "number: Gries's DP over the documents of the side with the higher rate, 0 to 1",
    "dp_norm": "number: the same over the largest that DP can be there",
    "largest_share": "number: share of that side's hits that stands in one document, 0 to 1",
}

RATES = {
    "n_tokens_target": "count: tokens of the target in that voice",
    "n_tokens_reference": "count: tokens of the reference in that voice",
    **DENOMINATORS,
    "per_1000_target": PER_1000,
    "per_1000_reference": PER_1000,
    "difference": "number: per_1000_target - per_1000_reference",
    "log_ratio": "number: log2 of the ratio of both rates (1 is twice); within strata, if any, "
    "Mantel and Haenszel's; a bound where a side has no hit, whose 0 then counts as 0.5",
    "low": "number: lower end of the 95 % interval of log_ratio over units",
    "high": "number: upper end of the 95 % interval of log_ratio over units",
    "percent": "number: log_ratio as a percentage of the reference's rate",
    "crude": "number: the log ratio without regard to strata; missing where there are none",
    **TESTS,
    "g2": "number: log-likelihood ratio over tokens, signed; for comparability, no evidence",
    "zeta": "number: log-odds over tokens with an informative prior; for ranking, no evidence",
    **EVIDENCE,
    "note": NOTE,
}

COMPARED = {
    "keywords": columns(
        term="text: casefolded token",
        target=TARGET,
        reference=REFERENCE,
        voice=CHOSEN_VOICE,
        **SIDES,
        **RATES,
    ),
    "comparisons": columns(
        item="text: entry, or frame with all below it; all is all markers",
        level="text: entry or frame",
        target=TARGET,
        reference=REFERENCE,
        voice=CHOSEN_VOICE,
        **SIDES,
        **RATES,
    ),
    "choices": columns(
        set="text: alternation set",
        variant="text: variant of the set",
        target=TARGET,
        reference=REFERENCE,
        voice=CHOSEN_VOICE,
        **SIDES,
        n_set_target="count: hits of all variants of the set in the target",
        n_set_reference="count: hits of all variants of the set in the reference",
        **DENOMINATORS,
        share_target="number: n_target / n_set_target, 0 to 1",
        share_reference="number: n_reference / n_set_reference, 0 to 1",
        difference="number: share_target - share_reference",
        log_odds_ratio="number: difference of the shares' logits; a bound where a share is 0 or 1, "
        "to both sides of which 0.5 is then added",
        low="number: lower end of the 95 % interval of log_odds_ratio over units",
        high="number: upper end of the 95 % interval of log_odds_ratio over units",
        **TESTS,
        **EVIDENCE,
        note=NOTE,
    ),
    "null_checks": columns(
        outlet="text: the outlet that was split",
        level="text: entry, frame, set or term",
        voice=CHOSEN_VOICE,
        unit="text: what the comparison takes for independent: document, week or event",
        split="text: what was split at random, whole: document, week or event",
        runs="count: splits",
        n_documents="count: documents of the outlet",
        n_parts="count: documents, weeks or events that were split",
        n_tested="number: items with a p_t, on average of the splits",
        mean_findings="number: items with q below .05, on average of the splits",
        share_any="number: share of the splits with any such item, 0 to 1",
        share_p="number: share of all items' p_t below .05, 0 to 1",
    ),
    "power": columns(
        item="text: entry, frame or term",
        voice=CHOSEN_VOICE,
        effect="number: how many times as frequent one side is made",
        n_documents="count: documents a side",
        alpha="number: p below which a difference is reported",
        power="number: share of runs that report the difference, 0 to 1",
        low="number: lower end of the 95 % interval of power over runs",
        high="number: upper end of the 95 % interval of power over runs",
        runs="count: pairs of samples drawn",
        n_drawn_from="count: documents that samples are drawn from",
    ),
}
