"""`biaskit events` and `biaskit side-by-side`: articles on the same event, and what they say."""

from typing import TYPE_CHECKING, Annotated

import typer

from biaskit.cli.reading import (
    Metadata,
    Texts,
    example_sets,
    read_set,
    show_table,
    with_own_texts,
)

if TYPE_CHECKING:
    import pandas as pd

    from biaskit.events import Matched

__all__ = ["events", "side_by_side"]

Decisions = Annotated[
    str | None,
    typer.Option(help="CSV with the columns document and event, or TOML: it has the last word."),
]
UNCERTAIN_SHOWN = 20


def events(
    path: Annotated[str, typer.Argument(help="A measurement set, or pages.")],
    decisions: Decisions = None,
    save: Annotated[
        str | None, typer.Option(help="Write each document's event here, to edit and decide.")
    ] = None,
    metadata: Metadata = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Join articles without a date by wording, too.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show events of a single article, too.")
    ] = False,
) -> None:
    """
    Find the articles that are about the same event, and show what is uncertain.

    Dates must agree within two days. Whatever --decisions says wins: change the file that --save
    wrote and read it back.

    Example: biaskit events my-set --save events.csv
    """
    from biaskit.events import save_decisions

    found = _matched(path, metadata, decisions, undated)
    shown = found.events if every else found.events[found.events["n_documents"] > 1]
    rows = [
        (x.event, str(x.n_documents), x.outlets, _span(x.date_low, x.date_high), x.words)
        for x in shown.itertuples()
    ]
    show_table("Events", ["event", "articles", "outlets", "dates", "words"], rows)
    _show_uncertain(found.uncertain)
    n, several = len(found.matches), int((found.events["n_outlets"] > 1).sum())
    typer.echo(f"{n:,} articles, {len(found.events):,} events, {several:,} told by several outlets")
    if save:
        typer.echo(save_decisions(found.matches, save))


def _matched(path: str, metadata: str | None, decisions: str | None, undated: bool) -> "Matched":
    from biaskit.events import DESCRIBED, match_events, read_decisions
    from biaskit.events.articles import article_table
    from biaskit.measurement import is_set, load

    decided = read_decisions(decisions) if decisions else None
    if is_set(path):
        measured = load(path)
        documents = measured.columns("documents", *DESCRIBED)
        counts = measured.pieces("counts", "document", "zone", "term", "n")
        return match_events(documents, counts, decisions=decided, undated=undated)
    from biaskit.corpus import read_corpus

    articles = article_table(read_corpus(path, metadata=metadata).articles)
    return match_events(articles, decisions=decided, undated=undated)


def _span(low: str | None, high: str | None) -> str:
    days = [day for day in dict.fromkeys((low, high)) if day]
    return " to ".join(days) or "undated"


def _show_uncertain(pairs: "pd.DataFrame") -> None:
    if pairs.empty:
        return
    rows = [
        (x.document, x.other, f"{x.log_odds:.1f}", f"{x.days:.0f}" if x.days == x.days else "–",
         x.reason)
        for x in pairs.head(UNCERTAIN_SHOWN).itertuples()
    ]  # fmt: skip
    typer.echo("")
    show_table("Alike, but not joined", ["document", "other", "log-odds", "days", "reason"], rows)
    if len(pairs) > UNCERTAIN_SHOWN:
        typer.echo(f"{len(pairs) - UNCERTAIN_SHOWN:,} more pairs are alike, but not joined")


def side_by_side(
    event: Annotated[str, typer.Argument(help="Name of the event; biaskit events lists them.")],
    path: Annotated[str | None, typer.Argument(help="A measurement set, or pages.")] = None,
    texts: Texts = None,
    decisions: Decisions = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Join articles without a date by wording, too.")
    ] = False,
) -> None:
    """
    Show one event as each outlet tells it: words, alternatives, speakers, stances.

    Without a path it looks in the comparisons that come with biaskit.

    Example: biaskit side-by-side velmora-palace
    """
    from biaskit.events import match_events, read_decisions
    from biaskit.sidebyside import across_outlets
    from biaskit.sidebyside import side_by_side as beside

    decided = read_decisions(decisions) if decisions else None
    sets = [read_set(path, texts)] if path else [with_own_texts(one) for one in example_sets()]
    refused: list[ValueError] = []
    for measured in sets:
        matched = match_events(
            measured.documents, measured.counts, decisions=decided, undated=undated
        )
        try:
            table = across_outlets(beside(measured, event, matched.matches))
        except ValueError as error:
            refused.append(error)
            continue
        rows = [tuple(map(str, row)) for row in table.itertuples(index=False)]
        show_table(event, [*table.columns], rows)
        return
    raise refused[-1]
