"""What several commands need: the example sets, a set or pages from a path, tables to show."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from biaskit.measurement import MeasurementSet

__all__ = [
    "Lexicons",
    "Metadata",
    "Outlet",
    "Pages",
    "Profiles",
    "Texts",
    "example_sets",
    "measure_pages",
    "progress",
    "read_set",
    "show_table",
    "with_own_texts",
]

EXAMPLES = ("sputnik-the-local", "invented")

Pages = Annotated[
    list[str], typer.Argument(help="Text files, folders of them, or patterns in quotes.")
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
    typer.Option("--lexicon", help="Shipped lexicon or TOML file; may be given several times."),
]


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


def read_set(path: str, texts: str | None = None) -> "MeasurementSet":
    """A set, with its texts where they are named; or pages, measured on the spot."""
    from biaskit.measurement import is_set, load, with_texts

    if not is_set(path):
        return measure_pages([path], None, None, None, None)
    measured = load(path)
    if texts is None:
        return measured
    from biaskit.corpus import read_texts

    return with_texts(measured, read_texts(texts))


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
    from biaskit.lexicon import read_lexicon
    from biaskit.measurement import measure as measure_corpus

    read = [read_lexicon(name) for name in lexicons or ["framing-en"]]
    corpus = read_corpus(pages, metadata=metadata, outlet=outlet, profiles=profiles)
    return measure_corpus(corpus, read, track=progress)


def progress(articles: Iterable[Any]) -> Iterator[Any]:
    """A progress bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        return iter(articles)
    return iter(track(articles, "measuring", console=console, transient=True))


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
