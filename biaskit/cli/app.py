"""The commands: each reads, calls one function, and writes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from biaskit.cli.comparing import compare, keywords, nullcheck, power
from biaskit.cli.drawing import figures
from biaskit.cli.eventing import events, side_by_side
from biaskit.cli.lexicons import lexicon_app
from biaskit.cli.measuring import measure
from biaskit.cli.reading import (
    Profiles,
    Texts,
    example_sets,
    read_set,
    show_table,
    with_own_texts,
)
from biaskit.cli.sentiments import cite, collocates, targets
from biaskit.cli.validating import validate

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["app"]

app = typer.Typer(
    name="biaskit",
    help="Shows how news outlets word the same things differently, in whose voice, and how sure "
    "one can be of it. Start with: biaskit report",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(lexicon_app, name="lexicon")
# In the order in which a newcomer meets them; `report` and those below are defined here.
COMMANDS: tuple[Callable, ...] = (
    measure, figures, compare, keywords, collocates, targets, nullcheck, power, events,
    side_by_side, cite, validate,
)  # fmt: skip
for command in COMMANDS:
    app.command(command.__name__.replace("_", "-"))(command)


@app.command()
def report(
    path: Annotated[str | None, typer.Argument(help="A measurement set, or pages.")] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", help="Where to write it.")
    ] = "report.html",
    texts: Texts = None,
) -> None:
    """
    Write one HTML page that compares the outlets and opens offline.

    Without a path it shows the two comparisons that come with biaskit.

    Example: biaskit report my-set -o my-report.html
    """
    from biaskit.figures.gallery import draw_without_a_screen
    from biaskit.report import write_report

    draw_without_a_screen()
    sets = [read_set(path, texts)] if path else [with_own_texts(p) for p in example_sets()]
    typer.echo(write_report(sets, output))


@app.command()
def kwic(
    term: Annotated[str, typer.Argument(help="Entry of the lexicon, a form of one, or any word.")],
    path: Annotated[str | None, typer.Argument(help="A measurement set, or pages.")] = None,
    texts: Texts = None,
) -> None:
    """
    Show a term between the words around it, with article, zone and voice.

    Example: biaskit kwic pretext
    """
    from biaskit.kwic import kwic_lines

    paths = [path] if path else [str(p) for p in example_sets()]
    found, refused = [], []
    for one in paths:
        try:
            measured = read_set(one, texts) if path else with_own_texts(Path(one))
            found.append(kwic_lines(measured, term))
        except ValueError as error:
            refused.append(error)
    if not found or (refused and not any(len(lines) for lines in found)):
        raise refused[0]
    show_lines(found)


@app.command()
def export(
    path: Annotated[str, typer.Argument(help="A measurement set, or pages.")],
    to: Annotated[str, typer.Option(help="csv (one long table) or quanteda (R).")],
    output: Annotated[str, typer.Option("-o", "--output", help="Folder to write to.")] = "export",
) -> None:
    """
    Write a set for R or a spreadsheet.

    Example: biaskit export my-set --to csv -o my-export
    """
    from biaskit.export import export as export_set
    from biaskit.lexicon import read_lexicon, shipped_lexicons

    measured = read_set(path)
    names = [x["name"] for x in measured.provenance["lexicons"]]
    lexicon = next((read_lexicon(name) for name in names if name in shipped_lexicons()), None)
    for file in export_set(measured, output, to=to, lexicon=lexicon):
        typer.echo(file)


@app.command()
def outlets(profiles: Profiles = None) -> None:
    """
    List the outlets that are known by name, with the names and domains they go by.

    Example: biaskit outlets
    """
    from biaskit.outlets import read_profiles

    rows = [(p.name, ", ".join(p.aliases), ", ".join(p.domains)) for p in read_profiles(profiles)]
    show_table("Known outlets", ["outlet", "also called", "domains"], rows)


# What stands close to the word before it.
CLOSE = {*"'’,.;:!?)”\"-"}


def show_lines(found: "list[pd.DataFrame]") -> None:
    import pandas as pd
    from rich.console import Console
    from rich.text import Text

    lines = pd.concat(found, ignore_index=True)
    if lines.empty:
        typer.echo("not found")
        return
    width = int(lines["left"].str.len().max())
    console = Console(highlight=False, soft_wrap=True)
    for row in lines.itertuples():
        console.print(
            Text(f"{row.left:>{width}} ")
            + Text(row.node, style="bold")
            + Text(f"{'' if row.right[:1] in CLOSE else ' '}{row.right}   ")
            + Text(f"[{row.label}; {row.zone}; {row.voice}]", style="dim")
        )
    n, m = len(lines), lines["document"].nunique()
    console.print(f"{n} line{'' if n == 1 else 's'} in {m} article{'' if m == 1 else 's'}")
