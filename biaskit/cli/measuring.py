"""`biaskit measure`: articles become a measurement set."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from biaskit.cli.reading import (
    Columns,
    Lexicons,
    Metadata,
    Outlet,
    Pages,
    Profiles,
    Workers,
    articles_done,
    bytes_done,
    columns_of,
    workers_for,
)

__all__ = ["measure"]

ASIDE_SHOWN = 20
OUTLETS_SHOWN = 12


def measure(
    pages: Pages,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder of the new set.")],
    columns: Columns = None,
    metadata: Metadata = None,
    outlet: Outlet = None,
    profiles: Profiles = None,
    lexicon: Lexicons = None,
    loadedness: Annotated[
        str | None, typer.Option(help="Mark loaded words, too: strict or broad.")
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="CSV of a sample, with the column id, url or source.")
    ] = None,
    context: Annotated[
        bool, typer.Option("--context/--no-context", help="Whether to keep words around hits.")
    ] = True,
    workers: Workers = None,
    dask: Annotated[
        str | None, typer.Option(help="Scheduler of a Dask cluster, as tcp://10.0.0.1:8786.")
    ] = None,
) -> None:
    """
    Turn articles into a measurement set: tables without the text.

    Reads saved pages (.txt, .html), tables (.csv, .tsv, .jsonl, .json, .parquet, .xlsx) and
    .zip or .gz of these. The outlet of a page is what the metadata say, else its table's
    column, else the name of its folder, else its address, else the outlet whose marks it
    carries, else --outlet.

    If it is interrupted, the same command goes on where it was. Pages and the set may lie at
    addresses that fsspec knows, as s3://bucket/articles.parquet.

    Example: biaskit measure my-pages/ -o my-set
    """
    import shutil

    from biaskit.cluster import dask_executor
    from biaskit.corpus import Reading
    from biaskit.loadedness import SETTINGS
    from biaskit.measurement import send
    from biaskit.measuring import read_lexicons
    from biaskit.partitions import Progress, measure_paths
    from biaskit.reading.sources import total_size
    from biaskit.storage import FETCHED, brought, is_address, local_copy

    folder = local_copy(output) if is_address(output) else Path(output)
    folder = folder.absolute() if dask else folder  # workers may have been started elsewhere
    pages = brought(pages, folder)
    reading = Reading(pages, columns_of(columns), metadata, outlet, profiles, only)
    size = total_size(pages)
    if loadedness not in {None, *SETTINGS}:
        raise ValueError(
            f"no setting {loadedness!r} of loadedness; there are {', '.join(SETTINGS)}"
        )
    loaded = [f"loadedness-{loadedness}"] if loadedness else []
    lexicons = read_lexicons([*(lexicon or ["framing-en"]), *loaded])
    if not context:
        lexicons = [replace(one, shows_context=False) for one in lexicons]
    with dask_executor(dask) if dask else nullcontext() as executor:
        provenance = measure_paths(
            folder,
            reading,
            lexicons,
            workers=workers or workers_for(size),
            executor=executor,
            progress=Progress(lambda found: bytes_done(found, size), articles_done),
        )
    for source, message in provenance["notes"]:
        typer.echo(f"{source}: {message}", err=True)
    for source, reason in provenance["set_aside"][:ASIDE_SHOWN]:
        typer.echo(f"set aside: {source}: {reason}", err=True)
    if len(provenance["set_aside"]) > ASIDE_SHOWN:
        more = len(provenance["set_aside"]) - ASIDE_SHOWN
        typer.echo(f"{more:,} more were set aside; see {output}/set_aside.csv", err=True)
    _summarise(folder, len(provenance["set_aside"]))
    shutil.rmtree(folder / FETCHED, ignore_errors=True)
    if is_address(output):
        send(folder, output)
        shutil.rmtree(folder)
    typer.echo(output)


def _summarise(folder: Path, n_aside: int) -> None:
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
