"""`biaskit lexicon`: what is looked for, why, and how often it is right."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from biaskit.cli.reading import Texts, measure_pages, read_set, show_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["lexicon_app"]

lexicon_app = typer.Typer(
    no_args_is_help=True,
    help="List, explain and check a lexicon; have its hits coded by people.",
)

OneLexicon = Annotated[
    str, typer.Option("--lexicon", help="Shipped lexicon, or a file: .toml, .csv, .dic, .yml.")
]


@lexicon_app.command("list")
def lexicon_list(
    name: Annotated[
        str, typer.Argument(help="Shipped lexicon, or a file: .toml, .csv, .dic, .yml.")
    ] = "framing-en",
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
    show_table(
        f"{lexicon.name} {lexicon.version}: {lexicon.title}",
        ["frame", "entry", "pattern", "set", "mirror"],
        rows,
    )


@lexicon_app.command("explain")
def lexicon_explain(
    words: Annotated[str, typer.Argument(help="Entry or words as they stand in a text.")],
    name: OneLexicon = "framing-en",
) -> None:
    """
    Say what an entry presents as given, what others write, and where it must not be found.

    Example: biaskit lexicon explain regime
    """
    from biaskit.lexicon import pattern_words, read_lexicon
    from biaskit.markers import Matcher, find_markers

    lexicon = read_lexicon(name)
    ids = {e.id for e in lexicon.entries}
    wanted = [words] if words in ids else sorted({*find_markers(words, lexicon)["entry"]})
    # Words whose entry asks for a context are not found alone.
    wanted = wanted or [e.id for e in Matcher(lexicon).claimants(pattern_words(words, case=True))]
    wanted = wanted or sorted(
        e.id for e in lexicon.entries if any(words.casefold() in p.casefold() for p in e.pattern)
    )
    if not wanted:
        raise ValueError(f"no entry for {words!r} in {lexicon.name}; see biaskit lexicon list")
    for entry in wanted:
        _explain(lexicon[entry], lexicon)


def _explain(entry: Any, lexicon: Any) -> None:
    typer.echo(f"{entry.id}   ({entry.frame})")
    mirror = next((e for e in lexicon.entries if e.id == entry.mirror), None)
    facts = {
        "presents as given": entry.gloss,
        "patterns": ", ".join(entry.pattern),
        "others write": ", ".join(entry.alternatives),
        "towards": entry.towards,
        "set": f"{entry.set}, as {entry.variant}" if entry.set else "",
        "its variants": _variants(entry, lexicon),
        "mirror": f"{mirror.id}: {mirror.gloss}".removesuffix(": ") if mirror else "",
        "only near": ", ".join(entry.near),
        "not near": ", ".join(entry.not_near),
        "found in": " / ".join(entry.examples),
        "not found in": " / ".join(entry.counterexamples),
        "seen": "no hit in the texts it was developed on" if entry.unseen else "",
        "source": lexicon.sources.get(entry.source, entry.source),
    }
    for key, value in facts.items():
        if value:
            typer.echo(f"  {key + ':':<18} {value}")
    typer.echo("")


def _variants(entry: Any, lexicon: Any) -> str:
    """The variants of an entry's set with their patterns: coup (coup, putsch) | revolution."""
    patterns: dict[str, list[str]] = {}
    for one in lexicon.entries:
        if entry.set and one.set == entry.set:
            patterns.setdefault(one.variant, []).extend(one.pattern)
    return " | ".join(
        name if found == [name] else f"{name} ({', '.join(found)})"
        for name, found in patterns.items()
    )


@lexicon_app.command("check")
def lexicon_check(
    name: Annotated[
        str, typer.Argument(help="Shipped lexicon, or a file: .toml, .csv, .dic, .yml.")
    ] = "framing-en",
    pages: Annotated[
        str | None, typer.Option(help="Pages or tables in which entries should hit.")
    ] = None,
) -> None:
    """
    Say what is wrong with a lexicon, entry by entry, and what its author should know.

    Errors end the command with status 1; notes (overlaps, mirrors, sets, entries that never hit)
    don't.

    Example: biaskit lexicon check my-lexicon.toml --pages my-pages
    """
    from biaskit.markers import check_lexicon

    found = check_lexicon(name, _texts_of(pages) if pages else ())
    rows = [(row.kind, row.entry or "", row.finding) for row in found.itertuples()]
    if rows:
        show_table(f"Findings in {name}", ["kind", "entry", "finding"], rows)
    n_errors = int((found["kind"] == "error").sum())
    notes = len(found) - n_errors
    typer.echo(
        f"{n_errors} error{'' if n_errors == 1 else 's'}, {notes} note{'' if notes == 1 else 's'}",
        err=True,
    )
    if n_errors:
        raise typer.Exit(1)


def _texts_of(pages: str) -> list[str]:
    from biaskit.corpus import read_corpus
    from biaskit.measurement import is_set
    from biaskit.pages import readable

    if is_set(pages):
        raise ValueError(f"{pages!r} is a measurement set, which holds no text; name its pages")
    texts = [readable(article.text) for article in read_corpus([pages]).articles]
    if not texts:
        raise ValueError(f"no article could be read from {pages!r}")
    return texts


@lexicon_app.command("sample")
def lexicon_sample(
    pages: Annotated[str, typer.Argument(help="Pages, or a measurement set with --texts.")],
    output: Annotated[str, typer.Option("-o", "--output", help="Folder to write to.")],
    n: Annotated[int, typer.Option("--n", help="Items on the sheet, decoys among them.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sheet.")] = 1,
    name: OneLexicon = "framing-en",
    texts: Texts = None,
) -> None:
    """
    Draw a sheet of hits to be coded blind, its key, and the codebook for the coders.

    Give every coder a copy of sheet.csv and CODEBOOK.md, and keep key.csv to yourself. The sheet
    holds sentences of the articles: it is for your own use, not to be published.

    Example: biaskit lexicon sample my-pages -o my-sheets --n 200
    """
    import numpy as np

    from biaskit.coding import CODEBOOK, draw_sheet
    from biaskit.lexicon import read_lexicon

    folder = Path(output)
    for file in ("sheet.csv", "key.csv"):
        if (folder / file).exists():
            raise FileExistsError(f"{str(folder / file)!r} is there already; give another folder")
    lexicon = read_lexicon(name)
    measured = read_set(pages, texts) if texts else measure_pages([pages], None, None, None, [name])
    sheet, key = draw_sheet(measured, lexicon, rng=np.random.default_rng(seed), n=n)
    folder.mkdir(parents=True, exist_ok=True)
    _write(sheet, folder / "sheet.csv")
    _write(key, folder / "key.csv")
    (folder / "CODEBOOK.md").write_text(CODEBOOK, encoding="utf-8", newline="\n")
    decoys = int((key["kind"] == "decoy").sum())
    typer.echo(f"{len(sheet)} items, {decoys} of them decoys")
    if len(sheet) < n:
        typer.echo(f"there are not enough places for {n}; more pages would give more", err=True)
    typer.echo(folder)


def _write(table: "pd.DataFrame", file: Path) -> None:
    from biaskit.export import inert

    # With its mark a spreadsheet knows that the file is UTF-8.
    inert(table).to_csv(file, index=False, lineterminator="\n", encoding="utf-8-sig")


@lexicon_app.command("precision")
def lexicon_precision(
    sheets: Annotated[list[str], typer.Argument(help="Coded sheets, one for each coder.")],
    key: Annotated[str, typer.Option(help="The key.csv that was drawn with the sheet.")],
    rates_of: Annotated[
        str | None, typer.Option("--set", help="Set whose rates to correct, of the same pages.")
    ] = None,
    verdicts_to: Annotated[
        str | None, typer.Option("--verdicts", help="CSV to write the verdicts to, without text.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on one line.")] = False,
) -> None:
    """
    Read coded sheets: precision by entry and frame, decoys, and how far coders agree.

    With --set, rates per 1,000 tokens follow as measured and as corrected for precision.

    Example: biaskit lexicon precision anna.csv ben.csv --key my-sheets/key.csv
    """
    from biaskit.coding import corrected_rates, krippendorff_alpha, precision, read_sheets

    verdicts, table = read_sheets(sheets, key)
    found = precision(verdicts, table)
    units = [
        dict(zip(rows["coder"], rows["verdict"], strict=True))
        for _, rows in verdicts.groupby("item")
    ]
    alpha = krippendorff_alpha(units) if len(sheets) > 1 else None
    corrected = None
    if rates_of:
        from biaskit.rates import marker_rates

        corrected = corrected_rates(marker_rates(read_set(rates_of)), found)
    if verdicts_to:
        merged = verdicts.merge(table, on="item")
        _write(merged[[*verdicts.columns, "kind", "entry", "frame"]], Path(verdicts_to))
    if as_json:
        _show_json(found, alpha, corrected)
    else:
        _show_precision(found, alpha, corrected, n_coders=len(sheets))


def _show_json(found: "pd.DataFrame", alpha: float | None, corrected: Any) -> None:
    import json

    tables = {"precision": found} | ({} if corrected is None else {"rates": corrected})
    rows = {name: json.loads(t.to_json(orient="records")) for name, t in tables.items()}
    typer.echo(json.dumps({"alpha": alpha, **rows}, ensure_ascii=False))


def _show_precision(
    found: "pd.DataFrame", alpha: float | None, corrected: Any, *, n_coders: int
) -> None:
    columns = ["level", "name", "coder", "n", "n_yes", "n_no", "n_unclear", "share", "low", "high"]
    show_table("Precision", columns, _cells(found[columns]))
    if n_coders > 1:
        said = (
            f"{alpha:.3f}"
            if alpha is not None
            else "not defined: all that both coded is one answer"
        )
        typer.echo(f"Krippendorff's alpha: {said}")
    if corrected is not None:
        show_table("Rates per 1,000 tokens", [*corrected.columns], _cells(corrected))


def _cells(table: "pd.DataFrame") -> list[tuple[str, ...]]:
    def cell(value: object) -> str:
        if isinstance(value, float):
            return f"{value:.3f}" if value == value else ""
        return str(value)

    return [tuple(map(cell, row)) for row in table.itertuples(index=False)]
