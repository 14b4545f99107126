"""The commands that compare: each reads a set, calls one function, and shows its table."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from biaskit.cli.reading import read_set, show_table

if TYPE_CHECKING:
    import pandas as pd

    from biaskit.measurement import MeasurementSet

__all__ = ["compare", "keywords", "nullcheck", "power"]

Path = Annotated[str, typer.Argument(help="A measurement set, or pages.")]
By = Annotated[str, typer.Option(help="Column of the documents table to compare by.")]
Target = Annotated[str | None, typer.Option(help="Outlet to describe; else all pairs.")]
Reference = Annotated[str | None, typer.Option(help="Outlet to compare with; else all others.")]
Voice = Annotated[
    str, typer.Option(help="all, unquoted, narration, quoted, reported or attributed.")
]
Unit = Annotated[str, typer.Option(help="What counts as one: document, week or event.")]
Within = Annotated[str | None, typer.Option(help="Stay within section,month,week,event,author.")]
Events = Annotated[
    str | None, typer.Option(help="Events of the articles, as biaskit events --save writes them.")
]
Permutations = Annotated[int, typer.Option(min=0, help="Shuffles; 0 leaves p to Student's t.")]
Seed = Annotated[int | None, typer.Option(help="Seed of the random numbers.")]
Runs = Annotated[int, typer.Option(min=0, help="Random splits of the null check; 0 for none.")]
Rows = Annotated[int, typer.Option("--rows", "-n", min=1, help="Rows to show.")]
Output = Annotated[str | None, typer.Option("--output", "-o", help="Write all rows as CSV.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on one line.")]

ROWS = 25
ITEMS = ("item", "term", "set", "variant")
SHOWN = tuple(
    """target reference n_target n_reference n_with_target
    n_with_reference per_1000_target per_1000_reference share_target share_reference
    log_ratio log_odds_ratio low high crude
    p q p_family largest_share""".split()
)


def compare(
    path: Path,
    by: By = "outlet",
    target: Target = None,
    reference: Reference = None,
    level: Annotated[str, typer.Option(help="entry, frame or set.")] = "entry",
    voice: Voice = "all",
    unit: Unit = "document",
    within: Within = None,
    events: Events = None,
    permutations: Permutations = 9_999,
    runs: Runs = 200,
    seed: Seed = None,
    rows: Rows = ROWS,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """
    Compare how outlets use markers, with effect, interval, p and a null check.

    Rows stand in the order of what surely differs most. q is the false discovery rate: of the
    rows with q below .05, one in twenty is chance.

    Example: biaskit compare my-set --level frame --voice narration

    Within events: biaskit events my-set --save events.csv, then biaskit compare my-set --within
    event --events events.csv
    """
    from biaskit.comparison import Settings, null_checks
    from biaskit.comparison import compare as compare_outlets

    measured = read_set(path, events=events)
    settings = Settings(level, voice, unit, _names(within), permutations=permutations)
    table = compare_outlets(
        measured,
        settings,
        by=by,
        target=target,
        reference=reference,
        rng=_generator(seed),
        track=_progress,
    )
    chosen = target or (measured.outlets[0] if by == "outlet" else None)
    checks = None
    if runs and chosen and by == "outlet":
        own = measured.documents["outlet"] == chosen
        if (own & measured.documents["copy_of"].isna()).sum() > 1:
            checks = null_checks(measured, chosen, settings, runs=runs, track=_progress)
        else:
            typer.echo(f"no null check: {chosen} has one article, too little to split", err=True)
    _show(measured, table, checks, rows=rows, output=output, as_json=as_json)


def keywords(
    path: Path,
    target: Target = None,
    reference: Reference = None,
    voice: Voice = "all",
    min_n: Annotated[int, typer.Option(min=1, help="Leave out terms with fewer hits.")] = 10,
    unit: Unit = "document",
    within: Within = None,
    events: Events = None,
    permutations: Permutations = 9_999,
    seed: Seed = None,
    rows: Rows = ROWS,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """
    List the terms that an outlet uses more, or less, than the others.

    Example: biaskit keywords my-set --target Sputnik --voice narration
    """
    from biaskit.keyness import keywords as key_terms

    measured = read_set(path, events=events)
    table = key_terms(
        measured,
        target,
        reference=reference,
        voice=voice,
        min_n=min_n,
        unit=unit,
        within=_names(within),
        permutations=permutations,
        rng=_generator(seed),
        track=_progress,
    )
    _show(measured, table, None, rows=rows, output=output, as_json=as_json)


def nullcheck(
    path: Path,
    outlet: Annotated[str | None, typer.Option(help="Outlet to split; else each.")] = None,
    level: Annotated[str, typer.Option(help="entry, frame, set or term.")] = "entry",
    voice: Voice = "all",
    unit: Unit = "document",
    events: Events = None,
    min_n: Annotated[int, typer.Option(min=1, help="Leave out items with fewer hits.")] = 1,
    runs: Annotated[int, typer.Option(min=1, help="Random splits.")] = 200,
    seed: Seed = None,
    as_json: AsJson = False,
) -> None:
    """
    Split an outlet at random and count what a comparison finds where nothing differs.

    Example: biaskit nullcheck my-set --outlet Sputnik --level frame
    """
    import pandas as pd

    from biaskit.comparison import Settings, null_checks, null_sentence

    measured = read_set(path, events=events)
    settings = Settings(level, voice, unit, min_n=min_n)
    found = [
        null_checks(measured, name, settings, runs=runs, rng=_generator(seed), track=_progress)
        for name in ([outlet] if outlet else measured.outlets)
    ]
    checks = pd.concat(found, ignore_index=True)
    if as_json:
        typer.echo(_json({"set": measured.id, "null_checks": checks}))
        return
    for row in checks.itertuples():
        typer.echo(null_sentence(checks.loc[row.Index]))


def power(
    path: Path,
    item: Annotated[str, typer.Option(help="Entry, frame or term; all is all markers.")] = "all",
    effect: Annotated[float, typer.Option(help="How many times as often.")] = 1.5,
    level: Annotated[str, typer.Option(help="frame, entry or term.")] = "frame",
    voice: Voice = "all",
    outlet: Annotated[str | None, typer.Option(help="Draw from this outlet alone.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="Pairs of samples for each size.")] = 1_000,
    seed: Seed = None,
    as_json: AsJson = False,
) -> None:
    """
    Tell how many articles it would take to see a difference of a chosen size.

    Example: biaskit power my-set --item nomination --effect 1.5
    """
    from biaskit.power import power as power_of
    from biaskit.power import power_sentence

    measured = read_set(path)
    table = power_of(
        measured,
        item,
        effect=effect,
        outlet=outlet,
        runs=runs,
        rng=_generator(seed),
        level=level,
        voice=voice,
    )
    if as_json:
        typer.echo(_json({"set": measured.id, "power": table}))
        return
    shown = table[["n_documents", "power", "low", "high"]]
    show_table(f"Power for {item}", list(shown.columns), _written(shown))
    typer.echo(power_sentence(table))


# ---- showing ---------------------------------------------------------------------------------


def _show(
    measured: "MeasurementSet",
    table: "pd.DataFrame",
    checks: "pd.DataFrame | None",
    *,
    rows: int,
    output: str | None,
    as_json: bool,
) -> None:
    if output:
        table.to_csv(output, index=False, lineterminator="\n")
    if as_json:
        found = {"set": measured.id, "rows": table}
        typer.echo(_json(found if checks is None else {**found, "null_checks": checks}))
        return
    if table.empty:
        typer.echo("nothing to compare: no item occurs often enough")
        return
    columns = [c for c in (*ITEMS, *SHOWN) if c in table.columns and table[c].notna().any()]
    show_table("", columns, _written(table.head(rows)[columns]))
    n = int((table["q"] < 0.05).sum())
    typer.echo(f"{len(table):,} rows, {n:,} with q below .05" + (f"; {output}" if output else ""))
    for note, of_it in table.head(rows).dropna(subset=["note"]).groupby("note", sort=False):
        typer.echo(f"{_places(of_it)}: {note}")
    if checks is not None:
        from biaskit.comparison import null_sentence

        for row in checks.itertuples():
            typer.echo(null_sentence(checks.loc[row.Index]))


def _places(rows: "pd.DataFrame") -> str:
    column = next(c for c in ("term", "item", "variant") if c in rows.columns)
    names = list(dict.fromkeys(rows[column]))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _written(table: "pd.DataFrame") -> list[tuple[str, ...]]:
    return [tuple(_cell(value) for value in row) for row in table.itertuples(index=False)]


def _cell(value: Any) -> str:
    if value is None or value != value:  # NaN is not itself
        return ""
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) >= 0.001 or value == 0 else f"{value:.1e}"
    return str(value)


def _json(found: dict[str, Any]) -> str:
    plain = {
        key: json.loads(value.to_json(orient="records", double_precision=15))
        if hasattr(value, "to_json")
        else value
        for key, value in found.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def _names(written: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (written or "").split(",") if name.strip())


def _generator(seed: int | None) -> Any:
    import numpy as np

    return None if seed is None else np.random.default_rng(seed)


def _progress(parts: Iterable[Any]) -> Iterator[Any]:
    """A bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from parts
        return
    yield from track(parts, "shuffling", console=console, transient=True)
