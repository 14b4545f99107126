"""`biaskit validate`: how well a stage agrees with people."""

from typing import Annotated

import typer

__all__ = ["validate"]


def validate(
    stage: Annotated[
        str,
        typer.Argument(
            help="Which stage: pages, sentences, voice, lexicon, balance, sentiment or events."
        ),
    ],
    gold: Annotated[str, typer.Option(help="File of human labels (.jsonl, also .gz).")],
    as_: Annotated[
        str | None, typer.Option("--as", help="Read pages as lines, html or dump.")
    ] = None,
    part: Annotated[str | None, typer.Option(help="Only rows of this part.")] = None,
    folds: Annotated[
        str | None,
        typer.Option(help="For lexicon: topic fits loadedness anew without each topic."),
    ] = None,
    dates: Annotated[
        bool, typer.Option("--dates/--no-dates", help="For events: whether to use dates.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on one line.")] = False,
) -> None:
    """
    Measure how well a stage agrees with people.

    Example: biaskit validate sentences --gold sentences.jsonl.gz --json
    """
    import json

    from biaskit import validation

    agreement = validation.validate(stage, gold, as_=as_, part=part, folds=folds, dates=dates)
    if as_json:
        typer.echo(json.dumps(agreement, ensure_ascii=False))
        return
    for key, value in agreement.items():
        typer.echo(f"{key:<18} {value:.4g}" if isinstance(value, float) else f"{key:<18} {value}")
