"""
Where does a number come from?

A KWIC line (keyword in context) shows one hit between the words around it. From a
measurement set alone these are at most three words a side; where the texts are at hand a
line can show as many as you like, and any term can be looked up, not only entries.
"""

import pandas as pd

from biaskit.lexicon import Entry, Lexicon
from biaskit.markers import Matcher
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.pages import readable
from biaskit.tables import build
from biaskit.tokens import token_spans

__all__ = ["kwic_lines"]

WORDS_IN_CONTEXT = 8


def kwic_lines(measured: MeasurementSet, term: str | None = None) -> pd.DataFrame:
    """
    The lines of an entry, of any other term, or (without a term) of every hit.

    Parameters
    ----------
    measured : a measurement set.
    term : the id or a form of a lexicon entry, in any case; any other words need the texts.

    Returns
    -------
    One row per occurrence, with the columns of a `kwic` table, in the order of outlet,
    document and position. With the texts at hand there are eight words on either side.

    Raises
    ------
    ValueError : the term is no entry of the set's lexicons and the texts are not at hand.
    """
    measured = without_copies(measured)
    if term is None or _is_entry(measured, term):
        lines = _lines_of_hits(measured, term)
    elif measured.texts:
        lines = _lines_of_term(measured, term)
    else:
        raise ValueError(
            f"{term!r} is no entry found in this set, and its texts are not at hand: "
            f"a set keeps only the words around entries; name the pages to look in"
        )
    return lines.sort_values(["outlet", "document", "start"], ignore_index=True)


def _is_entry(measured: MeasurementSet, term: str) -> bool:
    known = {x.casefold() for x in (*measured.entries["entry"], *measured.hits["form"])}
    return term.casefold() in known


def _lines_of_hits(measured: MeasurementSet, term: str | None) -> pd.DataFrame:
    hits = measured.hits
    if term is not None:
        wanted = term.casefold()
        by_id = hits["entry"].str.casefold() == wanted
        hits = hits[by_id if by_id.any() else hits["form"].str.casefold() == wanted]
    table = hits.merge(measured.entries[["lexicon", "entry", "frame"]], on=["lexicon", "entry"])
    table = _with_outlets(measured, table).rename(columns={"form": "node"})
    for document, text in measured.texts.items():
        for i in table.index[table["document"] == document]:
            start, end = int(table.at[i, "start"]), int(table.at[i, "end"])
            table.at[i, "left"], table.at[i, "right"] = _around(readable(text), start, end)
    return build("kwic", table.to_dict("records"))


def _lines_of_term(measured: MeasurementSet, term: str) -> pd.DataFrame:
    entry = Entry(id=term, pattern=(term,), frame="")
    matcher = Matcher(Lexicon("", "", "", "", "en", "", "", (entry,)), skip_negated=False)
    if not any(matcher.hits(term, token_spans(term))):
        raise ValueError(f"{term!r} holds no word to look for")
    rows = []
    for sentence in measured.sentences.itertuples():
        text = readable(measured.texts.get(sentence.document, ""))
        tokens = token_spans(text, sentence.start, sentence.end)
        for hit in matcher.hits(text, tokens):
            start, end = tokens[hit.first][0], tokens[hit.last][1]
            left, right = _around(text, start, end)
            rows.append(
                {"document": sentence.document, "zone": sentence.zone, "start": start, "end": end,
                 "left": left, "node": text[start:end], "right": right,
                 "voice": _voice_at(measured, sentence.document, start)}
            )  # fmt: skip
    return build(
        "kwic", _with_outlets(measured, pd.DataFrame(rows, columns=[*KEYS])).to_dict("records")
    )


KEYS = ("document", "zone", "start", "end", "left", "node", "right", "voice")


def _with_outlets(measured: MeasurementSet, table: pd.DataFrame) -> pd.DataFrame:
    return table.merge(measured.documents[["document", "outlet", "label"]], on="document")


def _voice_at(measured: MeasurementSet, document: str, start: int) -> str:
    spans = measured.spans
    inside = spans[
        (spans["document"] == document) & (spans["start"] <= start) & (spans["end"] > start)
    ]
    return str(inside["voice"].iloc[0]) if len(inside) else "narration"


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to eight words on either side of a stretch, within its line."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before = token_spans(text, line_start, start)[-WORDS_IN_CONTEXT:]
    after = token_spans(text, end, len(text) if line_end < 0 else line_end)[:WORDS_IN_CONTEXT]
    left = text[before[0][0] : start].strip() if before else ""
    right = text[end : after[-1][1]].strip() if after else text[end:].split("\n")[0].strip()
    return left, right
