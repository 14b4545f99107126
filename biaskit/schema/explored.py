"""The table of a specification curve: one comparison under every reasonable choice."""

from biaskit.schema.columns import HIGH, LOW, columns

__all__ = ["EXPLORED"]

EXPLORED = {
    "specifications": columns(
        rank="count: place of the row by its effect, from 0",
        target="text: the outlet described",
        reference="text: the outlet it is compared with, or others",
        voice="text: whose words were counted",
        zones="text: parts of the page that were counted: article, body or headline",
        copies="text: whether copies were left out or counted",
        recurring="text: whether lines that stand in several articles were left out or counted",
        markers="text: all, or the frame that was left out",
        n_target="count: hits in the target",
        n_reference="count: hits in the reference",
        n_documents="count: documents of both sides that take part",
        log_ratio="number: log2 of the ratio of both rates; 1 is twice as many in the target",
        low=LOW,
        high=HIGH,
        p="number: two-sided, of Student's t over documents; missing where there are too few",
        note="text: what is missing in this row and why, in a sentence",
    ),
}
