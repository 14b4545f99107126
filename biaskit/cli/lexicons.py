"""`biaskit lexicon`: what is looked for, and why."""

from typing import Annotated, Any

import typer

from biaskit.cli.reading import show_table

__all__ = ["lexicon_app"]

lexicon_app = typer.Typer(no_args_is_help=True, help="List a lexicon's entries, or explain one.")


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
    show_table(
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
