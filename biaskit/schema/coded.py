"""The tables with which a lexicon is checked and coded by people."""

from biaskit.schema.columns import DOCUMENT, END, ENTRY, HIGH, LEXICON, LOW, OUTLET, START, columns

__all__ = ["CODED"]

CODER = "text: name of the coded sheet, or all: what all coders of an item agree on"

CODED = {
    "lexicon_checks": columns(
        kind="text: error, or the kind of note: overlap, mirror, set, unseen or seen",
        entry="text: id of the lexicon entry; missing where the finding is of the file",
        finding="text: what was found, in one sentence",
    ),
    "sheet": columns(
        item="text: code of the place, without meaning",
        entry=ENTRY,
        question="text: what the coder is asked of the node",
        left="text: the sentence before the node",
        node="text: the words found",
        right="text: the sentence after the node",
        verdict="text: yes, no or unclear; empty until it is coded",
        note="text: whatever the coder wants to say",
    ),
    "sheet_key": columns(
        item="text: code of the place on the sheet",
        kind="text: hit, or decoy: a place where the lexicon's rules refused a hit",
        lexicon=LEXICON,
        entry=ENTRY,
        frame="text: category path of the entry",
        document=DOCUMENT,
        start=START,
        end=END,
        n_places="count: places of this kind in the texts that the sheet was drawn from",
    ),
    "verdicts": columns(
        item="text: code of the place on the sheet",
        coder="text: name of the coded sheet",
        verdict="text: yes, no or unclear",
    ),
    "precision": columns(
        level="text: all, frame, entry, or decoys: the places where a hit was refused",
        name="text: the frame or entry; for the others the level again",
        coder=CODER,
        n="count: items coded",
        n_yes="count: items coded yes",
        n_no="count: items coded no",
        n_unclear="count: items coded unclear, or that the coders do not agree on",
        share="number: n_yes / (n_yes + n_no): precision, or of decoys the share wrongly refused",
        low=LOW,
        high=HIGH,
        n_places="count: places of this kind in the texts that the sheet was drawn from",
    ),
    "corrected_rates": columns(
        outlet=OUTLET,
        voice="text: as in the rates",
        n="count: hits",
        n_tokens="count: tokens of that outlet and voice",
        per_1000="number: hits per 1,000 tokens, as measured",
        corrected="number: the same, corrected for the precision measured",
        low="number: corrected with the lower end of the precision's 95 % interval",
        high="number: corrected with the upper end of the precision's 95 % interval",
    ),
}
