"""What several commands need: the example sets, a set or pages from a path, tables to show."""

import os
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from biaskit.measurement import MeasurementSet

__all__ = [
    "Columns",
    "Lexicons",
    "Metadata",
    "Outlet",
    "Pages",
    "Profiles",
    "Texts",
    "Workers",
    "all_sets",
    "articles_done",
    "bytes_done",
    "columns_of",
    "example_sets",
    "measure_pages",
    "read_set",
    "show_table",
    "with_own_texts",
    "workers_for",
]

EXAMPLES = ("sputnik-the-local", "invented")

Pages = Annotated[list[str], typer.Argument(help="Files, folders of them, or patterns in quotes.")]
Columns = Annotated[
    str | None, typer.Option(help="What the columns of tables hold: text=body,outlet=source")
]
Texts = Annotated[
    str | None, typer.Option("--texts", help="The pages a set was made from, to show their text.")
]
Metadata = Annotated[
    str | None,
    typer.Option(help="CSV with the columns source, outlet, date, event, author, url."),
]
Outlet = Annotated[str | None, typer.Option(help="Outlet of pages that nothing else tells it of.")]
Profiles = Annotated[str | None, typer.Option(help="Folder of your own outlet profiles (*.toml).")]
Lexicons = Annotated[
    list[str] | None,
    typer.Option(
        "--lexicon", help="Shipped lexicon or file (.toml, .csv, .dic, .yml); may be repeated."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Processes; by default one for each core, for a small corpus one."),
]

# A process takes about two seconds to start; with fewer bytes one has it done sooner alone.
WORTH_A_POOL = 5_000_000


def workers_for(size: int) -> int:
    """As many processes as there are cores, where there are enough bytes for them."""
    return (os.cpu_count() or 1) if size > WORTH_A_POOL else 1


def example_sets() -> list[Path]:
    """The comparisons under ./corpus where there are any, else those inside the package."""
    inside = Path(str(resources.files("biaskit")))
    for folder in (Path("corpus"), inside / "example", inside.parent / "corpus"):
        found = [
            folder / name for name in EXAMPLES if (folder / name / "provenance.json").is_file()
        ]
        if found:
            return found
    raise FileNotFoundError("the example sets are missing; name a measurement set or pages")


def all_sets() -> list[Path]:
    """Every measurement set under ./corpus, else the comparisons that come with biaskit."""
    found = sorted(file.parent for file in Path("corpus").glob("*/provenance.json"))
    return found or example_sets()


def read_set(path: str, texts: str | None = None, *, events: str | None = None) -> "MeasurementSet":
    """A set, or pages, measured on the spot; with texts or events from the files named."""
    from biaskit.measurement import is_set, load, with_texts

    measured = load(path) if is_set(path) else measure_pages([path], None, None, None, None)
    if texts is not None and is_set(path):
        from biaskit.corpus import read_texts

        measured = with_texts(measured, read_texts(texts))
    if events is not None:
        from biaskit.events import read_decisions, with_events

        measured = with_events(measured, read_decisions(events))
    return measured


def with_own_texts(path: Path) -> "MeasurementSet":
    pages = path / "pages"
    return read_set(str(path), str(pages) if pages.is_dir() else None)


def measure_pages(
    pages: list[str],
    metadata: str | None,
    outlet: str | None,
    profiles: str | None,
    lexicons: list[str] | None,
) -> "MeasurementSet":
    from biaskit.corpus import read_corpus
    from biaskit.measuring import measure as measure_corpus

    corpus = read_corpus(pages, metadata=metadata, outlet=outlet, profiles=profiles)
    return measure_corpus(corpus, lexicons or ["framing-en"], track=one_by_one)


def one_by_one(articles: list[Any]) -> Iterator[Any]:
    for article, _ in zip(articles, articles_done(repeat(1), len(articles)), strict=False):
        yield article


def columns_of(written: str | None) -> dict[str, str]:
    """The columns named as "text=body,outlet=source"."""
    pairs = [part.partition("=") for part in (written or "").split(",") if part.strip()]
    wrong = [field for field, sign, column in pairs if not (sign and column.strip())]
    if wrong:
        raise ValueError(f"--columns {written!r} is not understood; write text=body,outlet=source")
    return {field.strip(): column.strip() for field, _, column in pairs}


def bytes_done(found: Iterable[Any], total: int) -> Iterator[Any]:
    """A bar of the bytes read so far on a terminal, nothing in a pipe."""
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    console = _terminal()
    if console is None:
        yield from found
        return
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    text = TextColumn("reading {task.fields[n]:,} articles")
    with Progress(text, *columns, console=console, transient=True) as bar:
        task, n = bar.add_task("reading", total=total, n=0), 0
        for one in found:
            n += hasattr(one, "content")
            bar.update(task, advance=getattr(one, "size", 0), n=n)
            yield one


def articles_done(done: Iterable[int], total: int) -> Iterator[int]:
    """A bar of the articles measured so far, with rate and time left; nothing in a pipe."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = _terminal()
    if console is None:
        yield from done
        return
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("measuring"), BarColumn(), MofNCompleteColumn(), rate)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.tasks[bar.add_task("measuring", total=total, rate="")]
        for n in done:
            per_second = (task.completed + n) / max(task.elapsed or 0, 0.1)
            bar.update(task.id, advance=n, rate=f"{per_second:,.0f} articles/s")
            yield n


def _terminal() -> Any:
    from rich.console import Console

    console = Console(stderr=True)
    return console if console.is_terminal else None


def show_table(title: str, columns: list[str], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not console.is_terminal:
        typer.echo("\t".join(columns))
        for row in rows:
            typer.echo("\t".join(row))
        return
    table = Table(title=title, box=None, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
