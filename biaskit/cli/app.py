"""The commands: each reads, calls one function, and writes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from biaskit.cli.lexicons import lexicon_app
from biaskit.cli.reading import (
    Columns,
    Lexicons,
    Metadata,
    Outlet,
    Pages,
    Profiles,
    Texts,
    all_sets,
    articles_done,
    bytes_done,
    columns_of,
    draw_without_a_screen,
    example_sets,
    read_set,
    show_table,
    with_own_texts,
)

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
    draw_without_a_screen()
    from biaskit.report import write_report

    sets = [read_set(path, texts)] if path else [with_own_texts(p) for p in example_sets()]
    typer.echo(write_report(sets, output))


@app.command()
def figures(
    path: Annotated[str | None, typer.Argument(help="A measurement set, or pages.")] = None,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder to write to.")] = "figures",
) -> None:
    """
    Draw the figures of a set as PNG and SVG, each with its data as CSV.

    Without a path it draws those of every set under ./corpus, or of the comparisons that come
    with biaskit.

    Example: biaskit figures my-set -o my-figures
    """
    draw_without_a_screen()
    from biaskit.figures import save_figures

    if path:
        written = save_figures(read_set(path), output)
    else:
        written = [
            file
            for p in all_sets()
            for file in save_figures(read_set(str(p)), output, f"{p.name}-")
        ]
    for file in written:
        typer.echo(file)


@app.command()
def measure(
    pages: Pages,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder of the new set.")],
    columns: Columns = None,
    metadata: Metadata = None,
    outlet: Outlet = None,
    profiles: Profiles = None,
    lexicon: Lexicons = None,
    only: Annotated[
        str | None, typer.Option(help="CSV of a sample, with the column id, url or source.")
    ] = None,
) -> None:
    """
    Turn articles into a measurement set: tables without the text.

    Reads saved pages (.txt, .html), tables (.csv, .tsv, .jsonl, .json, .parquet, .xlsx) and
    .zip or .gz of these. The outlet of a page is what the metadata say, else its table's
    column, else the name of its folder, else its address, else the outlet whose marks it
    carries, else --outlet.

    Example: biaskit measure my-pages/ -o my-set
    """
    from biaskit.corpus import read_corpus
    from biaskit.lexicon import read_lexicon
    from biaskit.measurement import measure_into
    from biaskit.reading.sources import total_size

    lexicons = [read_lexicon(name) for name in lexicon or ["framing-en"]]
    corpus = read_corpus(
        pages,
        columns=columns_of(columns),
        metadata=metadata,
        outlet=outlet,
        profiles=profiles,
        only=only,
        stream=True,
        track=lambda found: bytes_done(found, total_size(pages)),
    )
    provenance = measure_into(output, corpus, lexicons, track=articles_done)
    for source, message in corpus.notes:
        typer.echo(f"{source}: {message}", err=True)
    for source, reason in corpus.set_aside[:ASIDE_SHOWN]:
        typer.echo(f"set aside: {source}: {reason}", err=True)
    if len(corpus.set_aside) > ASIDE_SHOWN:
        more = len(corpus.set_aside) - ASIDE_SHOWN
        typer.echo(f"{more:,} more were set aside; see {output}/set_aside.csv", err=True)
    _summarise(output, len(provenance["set_aside"]))


ASIDE_SHOWN = 20
OUTLETS_SHOWN = 12


def _summarise(folder: str, n_aside: int) -> None:
    """What came of it: articles by outlet, copies, what was set aside, hits."""
    import pyarrow.parquet as pq

    documents = pq.read_table(f"{folder}/documents.parquet", columns=["outlet", "copy_of"])
    outlets = documents["outlet"].value_counts().to_pylist()
    outlets = sorted(outlets, key=lambda x: (-x["counts"], x["values"]))
    counted = ", ".join(f"{x['values']} {x['counts']:,}" for x in outlets[:OUTLETS_SHOWN])
    if len(outlets) > OUTLETS_SHOWN:
        counted += f" and {len(outlets) - OUTLETS_SHOWN} more"
    copies = len(documents) - documents["copy_of"].null_count
    hits = pq.read_metadata(f"{folder}/hits.parquet").num_rows
    typer.echo(
        f"{len(documents):,} articles ({counted}), {copies:,} of them copies, "
        f"{hits:,} hits, {n_aside:,} set aside"
    )
    typer.echo(folder)


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


@app.command()
def validate(
    stage: Annotated[str, typer.Argument(help="Which stage: pages, sentences or voice.")],
    gold: Annotated[str, typer.Option(help="File of human labels (.jsonl, also .gz).")],
    as_: Annotated[
        str | None, typer.Option("--as", help="Read pages as lines, html or dump.")
    ] = None,
    part: Annotated[str | None, typer.Option(help="Only rows of this part.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on one line.")] = False,
) -> None:
    """
    Measure how well a stage agrees with people.

    Example: biaskit validate sentences --gold sentences.jsonl.gz --json
    """
    import json

    from biaskit import validation

    agreement = validation.validate(stage, gold, as_=as_, part=part)
    if as_json:
        typer.echo(json.dumps(agreement, ensure_ascii=False))
        return
    for key, value in agreement.items():
        typer.echo(f"{key:<18} {value:.4g}" if isinstance(value, float) else f"{key:<18} {value}")


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
