"""
What of an article tells its event: title and text, without captions, menus and related links.
"""

from collections.abc import Iterable

import pandas as pd

from biaskit.articles import Article
from biaskit.pages import readable
from biaskit.tables import build

__all__ = ["article_table"]


def article_table(articles: Iterable[Article]) -> pd.DataFrame:
    """
    The articles that `read_corpus` found, to be matched with `match_events`.

    Returns
    -------
    One row per article in the order of their ids, with the columns of an `articles` table and
    beside them `event` and `copy_of`, missing where nothing is known.
    """
    kept = ("document", "outlet", "date_low", "date_high", "event", "copy_of")
    rows = []
    for article in articles:
        lines = [(zone.zone, article.text[zone.start : zone.end]) for zone in article.zones]
        title = " ".join(line for zone, line in lines if zone == "headline")
        text = "\n".join(line for zone, line in lines if zone in {"subhead", "body"})
        row = {name: article.row.get(name) for name in kept}
        rows.append({**row, "title": readable(title), "text": readable(text)})
    rows.sort(key=lambda row: str(row["document"]))
    table = build("articles", [{k: row[k] for k in row if k not in kept[4:]} for row in rows])
    return table.assign(
        **{name: pd.Series([row[name] for row in rows], dtype=object) for name in kept[4:]}
    )
