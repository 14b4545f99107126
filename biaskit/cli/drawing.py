"""Which figures can this set support? The command that draws and writes them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from biaskit.cli.reading import all_sets, read_set

if TYPE_CHECKING:
    from biaskit.measurement import MeasurementSet

__all__ = ["figures"]


def figures(
    path: Annotated[str | None, typer.Argument(help="A measurement set, or pages.")] = None,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder to write to.")] = "figures",
    size: Annotated[
        str, typer.Option(help="Where they go: paper (a column), slide or notebook.")
    ] = "notebook",
    only: Annotated[
        list[str] | None, typer.Option(help="A figure by its name; may be given several times.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="png, svg or pdf; may be given several times."),
    ] = None,
) -> None:
    """
    Draw the figures that a set can support, each with its data as CSV.

    Without a path it draws those of every set under ./corpus, or of the comparisons that come
    with biaskit. What is left out, and why, is told at the end.

    Example: biaskit figures my-set -o my-figures --size slide
    """
    from biaskit.figures.gallery import draw_without_a_screen

    draw_without_a_screen()
    if path:
        _draw(read_set(path), output, "", size, only, formats)
        return
    for one in all_sets():
        _draw(read_set(str(one)), output, f"{one.name}-", size, only, formats)


def _draw(
    measured: "MeasurementSet",
    output: str,
    prefix: str,
    size: str,
    only: list[str] | None,
    formats: list[str] | None,
) -> None:
    from biaskit.figures import FORMATS, draw_figures, write_figures

    drawn = draw_figures(measured, size=size, only=only or None)
    for file in write_figures(drawn, Path(output), prefix, formats=formats or tuple(FORMATS)):
        typer.echo(file)
    for name, why in drawn.left_out.items():
        typer.echo(f"{prefix}{name} is left out: {why}", err=True)
