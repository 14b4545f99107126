"""The command line: each command reads, calls one function, and writes."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

    from biaskit.measurement import MeasurementSet

__all__ = ["app", "main"]

app = typer.Typer(
    name="biaskit",
    help="Shows how news outlets word the same things differently, in whose voice, and how sure "
    "one can be of it. Start with: biaskit report",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lexicon_app = typer.Typer(no_args_is_help=True, help="List a lexicon's entries, or explain one.")
app.add_typer(lexicon_app, name="lexicon")

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


def main() -> None:
    """Run the command line; a fault in what was given is one sentence and exit status 2."""
    try:
        app()
    except (ValueError, OSError) as error:
        sys.stderr.write(f"biaskit: {_sentence(error)}\n")
        sys.exit(2)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


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
    from biaskit.report import write_report

    sets = [_read(path, texts)] if path else [_with_own_texts(p) for p in example_sets()]
    typer.echo(write_report(sets, output))


@app.command()
def figures(
    path: Annotated[str | None, typer.Argument(help="A measurement set, or pages.")] = None,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder to write to.")] = "figures",
) -> None:
    """
    Draw the figures of a set as PNG and SVG, each with its data as CSV.

    Without a path it draws those of every comparison that comes with biaskit.

    Example: biaskit figures my-set -o my-figures
    """
    from biaskit.figures import save_figures

    if path:
        written = save_figures(_read(path), output)
    else:
        written = [
            file
            for p in example_sets()
            for file in save_figures(_read(str(p)), output, f"{p.name}-")
        ]
    for file in written:
        typer.echo(file)


@app.command()
def measure(
    pages: Pages,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder of the new set.")],
    metadata: Metadata = None,
    outlet: Outlet = None,
    profiles: Profiles = None,
    lexicon: Lexicons = None,
) -> None:
    """
    Turn saved pages into a measurement set: tables without the text.

    The outlet of a page is what the metadata say, else the name of its folder, else the
    outlet whose marks it carries, else --outlet.

    Example: biaskit measure my-pages/ -o my-set
    """
    from biaskit.measurement import save

    measured = _measure(pages, metadata, outlet, profiles, lexicon)
    save(measured, output)
    aside = measured.provenance["set_aside"]
    for source, reason in aside:
        typer.echo(f"set aside: {source}: {reason}", err=True)
    n = measured.documents.groupby("outlet").size()
    counted = ", ".join(f"{name} {k}" for name, k in n.items())
    hits = len(measured.hits)
    typer.echo(
        f"{len(measured.documents)} articles ({counted}), {hits} hits, {len(aside)} set aside"
    )
    typer.echo(output)


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
            measured = _read(one, texts) if path else _with_own_texts(Path(one))
            found.append(kwic_lines(measured, term))
        except ValueError as error:
            refused.append(error)
    if not found or (refused and not any(len(lines) for lines in found)):
        raise refused[0]
    _show_lines(found)


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

    measured = _read(path)
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
    _show_table("Known outlets", ["outlet", "also called", "domains"], rows)


@lexicon_app.command("list")
def lexicon_list(
    name: Annotated[str, typer.Argument(help="Shipped lexicon or TOML file.")] = "framing-en",
) -> None:
    """
    List the entries of a lexicon by frame.

    Example: biaskit lexicon list
    """
    from biaskit.lexicon import read_lexicon

    lexicon = read_lexicon(name)
    rows = sorted(
        (e.frame, e.id, " | ".join(e.pattern), e.set or "", e.mirror or "") for e in lexicon.entries
    )
    _show_table(
        f"{lexicon.name} {lexicon.version}: {lexicon.title}",
        ["frame", "entry", "pattern", "set", "mirror"],
        rows,
    )


@lexicon_app.command("explain")
def lexicon_explain(
    words: Annotated[str, typer.Argument(help="Entry or words as they stand in a text.")],
    name: Annotated[str, typer.Option("--lexicon", help="Lexicon or TOML file.")] = "framing-en",
) -> None:
    """
    Say what an entry presents as given, what others write, and where it must not be found.

    Example: biaskit lexicon explain regime
    """
    from biaskit.lexicon import read_lexicon
    from biaskit.markers import find_markers

    lexicon = read_lexicon(name)
    ids = {e.id for e in lexicon.entries}
    wanted = [words] if words in ids else sorted({*find_markers(words, lexicon)["entry"]})
    wanted = wanted or sorted(
        e.id for e in lexicon.entries if any(words.casefold() in p.casefold() for p in e.pattern)
    )
    if not wanted:
        raise ValueError(f"no entry for {words!r} in {lexicon.name}; see biaskit lexicon list")
    for entry in wanted:
        _explain(lexicon[entry], lexicon.sources)


def _explain(entry: Any, sources: Any) -> None:
    typer.echo(f"{entry.id}   ({entry.frame})")
    facts = {
        "presents as given": entry.gloss,
        "patterns": ", ".join(entry.pattern),
        "others write": ", ".join(entry.alternatives),
        "towards": entry.towards,
        "set": f"{entry.set}, as {entry.variant}" if entry.set else "",
        "mirror": entry.mirror or "",
        "only near": ", ".join(entry.near),
        "not near": ", ".join(entry.not_near),
        "found in": " / ".join(entry.examples),
        "not found in": " / ".join(entry.counterexamples),
        "source": sources.get(entry.source, entry.source),
    }
    for key, value in facts.items():
        if value:
            typer.echo(f"  {key + ':':<18} {value}")
    typer.echo("")


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


# ---- shared by the commands --------------------------------------------------------------


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


def _read(path: str, texts: str | None = None) -> "MeasurementSet":
    """A set, with its texts where they are named; or pages, measured on the spot."""
    from biaskit.measurement import is_set, load, with_texts

    if not is_set(path):
        return _measure([path], None, None, None, None)
    measured = load(path)
    if texts is None:
        return measured
    from biaskit.corpus import read_texts

    return with_texts(measured, read_texts(texts))


def _with_own_texts(path: Path) -> "MeasurementSet":
    pages = path / "pages"
    return _read(str(path), str(pages) if pages.is_dir() else None)


def _measure(
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
    return measure_corpus(corpus, read, track=_progress)


def _progress(articles: Iterable[Any]) -> Iterator[Any]:
    """A progress bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        return iter(articles)
    return iter(track(articles, "measuring", console=console, transient=True))


def _show_lines(found: "list[pd.DataFrame]") -> None:
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
            + Text(f" {row.right}   ")
            + Text(f"[{row.label}; {row.zone}; {row.voice}]", style="dim")
        )
    n = lines["document"].nunique()
    console.print(f"{len(lines)} lines in {n} article{'' if n == 1 else 's'}")


def _show_table(title: str, columns: list[str], rows: Sequence[tuple[str, ...]]) -> None:
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
