"""The commands on targets and collocates, and the one that writes the methods paragraph."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from biaskit.cli.reading import Texts, read_set, show_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cite", "collocates", "targets"]

Set = Annotated[str, typer.Argument(help="A measurement set, or pages.")]
Voice = Annotated[
    str, typer.Option(help="all, unquoted, narration, quoted, reported or attributed.")
]
AsJson = Annotated[bool, typer.Option("--json", help="The whole table as JSON, on one line.")]
Target = Annotated[str | None, typer.Option(help="The outlet to describe.")]
Reference = Annotated[str | None, typer.Option(help="The outlet to compare it with.")]


def collocates(
    path: Set,
    entry: Annotated[str, typer.Argument(help="An entry or a target, by its id.")],
    target: Target = None,
    reference: Reference = None,
    min_n: Annotated[int, typer.Option(help="Leave out terms seen fewer times.")] = 5,
    voice: Voice = "all",
    function_words: Annotated[
        bool, typer.Option("--function-words", help="Keep the, of, their ... as well.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """
    List the terms that stand beside an entry, or compare them between two outlets.

    Example: biaskit collocates my-set regime --target Echo --reference Post
    """
    from biaskit import collocation

    measured = read_set(path)
    options: dict[str, Any] = {"min_n": min_n, "voice": voice, "function_words": function_words}
    if target or reference:
        table = collocation.collocate_differences(measured, entry, target, reference, **options)
        columns = (
            "target reference term n_target n_reference per_hit_target per_hit_reference "
            "difference low high p q note"
        )
    else:
        table = collocation.collocates(measured, entry, **options)
        columns = "outlet term n n_entry n_term n_documents per_hit low high log_dice"
    _show(f"Within five tokens of {entry}", table, columns, as_json)


def targets(
    path: Set,
    entry: Annotated[
        str | None, typer.Argument(help="A target: compare the outlets' articles on it.")
    ] = None,
    voice: Voice = "all",
    clauses: Annotated[
        bool, typer.Option("--clauses", help="Score the clause around the mention; needs --texts.")
    ] = False,
    texts: Texts = None,
    as_json: AsJson = False,
) -> None:
    """
    Show how the sentences sound that mention a target, which is no tone towards it.

    The set must have been measured with a lexicon of targets:
    biaskit measure PAGES --lexicon framing-en --lexicon targets-en -o my-set

    Example: biaskit targets my-set russia
    """
    from biaskit.collocation import voices_of
    from biaskit.targets import sentiment_differences, target_sentiment

    voices_of(voice)
    measured = read_set(path, texts)
    if entry:
        if clauses:
            raise ValueError("--clauses is for the list of targets; name no target with it")
        table = sentiment_differences(measured, mentions=entry)
        table = table[table["voice"] == voice]
        title = f"Articles' sentences that mention {entry}, outlet against outlet ({voice})"
        columns = (
            "target reference measure n_documents_target n_documents_reference mean_target "
            "mean_reference difference low high p q cliffs_delta note"
        )
    else:
        table = target_sentiment(measured, voice=voice, unit="clause" if clauses else "sentence")
        unit = "Clauses" if clauses else "Sentences"
        title = f"{unit} that mention a target ({voice})"
        columns = "outlet entry measure mean low high n_sentences n_documents agreement note"
    _show(title, table, columns, as_json)
    if not (entry or as_json):
        typer.echo(
            "agreement: macro F1 of such a score against people's reading of the target itself "
            "(NewsMTSC, VADER and TextBlob); one of three by chance is about .33"
        )


def cite(
    path: Set,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="References as BibTeX, alone.")] = False,
    method: Annotated[
        list[str] | None,
        typer.Option(help="What was done with the set: comparison, collocation ...; repeatable."),
    ] = None,
) -> None:
    """
    Write a methods paragraph with the set's id and numbers, and its references.

    Example: biaskit cite my-set --method comparison --bibtex
    """
    from biaskit import citation

    measured = read_set(path)
    works = citation.references(measured, method or ())
    if bibtex:
        typer.echo(citation.bibtex(works), nl=False)
        return
    typer.echo(citation.methods_paragraph(measured))
    typer.echo("")
    for work in works:
        typer.echo(str(work))


def _show(title: str, table: "pd.DataFrame", columns: str, as_json: bool) -> None:
    if as_json:
        typer.echo(table.to_json(orient="records", force_ascii=False, double_precision=15))
        return
    names = columns.split()
    if "note" in names and table["note"].isna().all():
        names.remove("note")
    rows = [tuple(map(_written, row)) for row in table[names].itertuples(index=False)]
    if not rows:
        typer.echo("nothing found that often")
        return
    show_table(title, names, rows)


def _written(value: Any) -> str:
    """Three digits that count, so that no p is ever 0.000; nothing for what is missing."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.3g}"
    return "" if value is None else str(value)
