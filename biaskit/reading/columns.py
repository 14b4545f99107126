"""
Which column of a table holds what?

Every news database calls its columns otherwise. `NAMES` lists the usual names for each of
our fields, the likeliest first; upper case, spaces and hyphens don't matter. What was taken
for what is said in a note, since the guess can be wrong: `source` is an outlet in one
export and an agency in the next, and "content" may be a summary. Then name the column,
as in `columns={"text": "body", "outlet": "source"}`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from biaskit.reading.streams import UnreadableError

__all__ = ["FIELDS", "Chosen", "check_columns", "choose"]

FIELDS = (
    "text", "title", "outlet", "date", "url", "author", "section", "event", "language", "id"
)  # fmt: skip

NAMES = {
    "text": "text body content article article_text full_text fulltext maintext html",
    "title": "title headline",
    "outlet": "outlet source publisher publication site domain newspaper media medium",
    "date": "date published publish_date date_publish published_at pubdate publication_date",
    "url": "url link",
    "author": "author authors byline",
    "section": "section topic category",
    "event": "event event_id story",
    "language": "language lang",
    "id": "id document_id doc_id article_id uuid",
}

# How many columns a message lists: a survey export may have thousands.
COLUMNS_LISTED = 20


class Chosen(NamedTuple):
    """The column of each field, and whether the text is HTML."""

    columns: dict[str, str]
    is_html: bool

    def __str__(self) -> str:
        return ", ".join(f"{field} from {name!r}" for field, name in self.columns.items())


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The user's choice of columns, if all that it names are fields of ours."""
    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        raise ValueError(f"no field {unknown[0]!r}; columns may name {', '.join(FIELDS)}")
    return dict(columns or {})


def choose(names: Sequence[str], columns: Mapping[str, str]) -> Chosen:
    """
    Choose the column of each field: the one that is named, else one with a usual name.

    >>> str(choose(["ID", "Body", "source"], {"title": "Body", "text": "Body"}))
    "text from 'Body', title from 'Body', outlet from 'source', id from 'ID'"

    Raises
    ------
    UnreadableError : a column that is named is not there, or none holds text.
    """
    for name in columns.values():
        if name not in names:
            raise UnreadableError(f"no column {name!r}; it has {_listed(names)}")
    free = {_plain(name): name for name in reversed(names) if name not in columns.values()}
    chosen = {}
    for field in FIELDS:
        usual = (free[name] for name in NAMES[field].split() if name in free)
        if column := columns.get(field) or next(usual, None):
            chosen[field] = column
    if "text" not in chosen:
        raise UnreadableError(
            f"no column is called text or the like; it has {_listed(names)}; "
            f"name it, as in text=COLUMN"
        )
    return Chosen(chosen, _plain(chosen["text"]).split("_")[-1] == "html")


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip()).casefold()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:50] for name in names[:COLUMNS_LISTED])
    more = len(names) - COLUMNS_LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown or "none"
