"""
What does a comparison look like on one page?

`write_report` makes one HTML file that opens from disk without a network: sentences with
their evidence first, then figures, a picture of all words to click in, every hit to search
and sort, and how each number was made. Whatever comes from articles or file names is escaped by
the template or stands in data that no browser reads as markup, and a Content-Security-Policy
lets the page load and send nothing and run no script but its own.

The page stays below three megabytes. Of a large set it holds as many lines and articles as
that allows and says how many there are; findings, rates and counts are always of all.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from biaskit.comparison import ALPHA
from biaskit.figures import Drawing, all_figures
from biaskit.figures.makers import ARTICLES_SHOWN, MAKERS
from biaskit.figures.style import NOTEBOOK
from biaskit.findings import (
    about_chance,
    about_events,
    compared_entries,
    comparison_settings,
    findings,
    names,
    summary,
)
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.overview import overview
from biaskit.report import checks, sections
from biaskit.report.data import as_json
from biaskit.report.inline import Explorer
from biaskit.report.lines import MARKER, OTHER, PLAIN, chosen_lines, document_data, line_data
from biaskit.report.page import rendered
from biaskit.report.pictures import pictures
from biaskit.report.terms import MOST_TERMS, term_data
from biaskit.report.texts import text_data
from biaskit.tables import VOICES, ZONES

__all__ = ["explore", "report_page", "write_report"]

# Pixels: most of a laptop's screen, so that the cell's code stays in sight above it.
HEIGHT = 700

FIRST_FINDINGS = 5
EVIDENCE_SHOWN = 3

# Characters on the page for each kind of evidence, divided among the sets. Together with the
# words counted and the page itself they stay below three megabytes.
ROOM = {"lines": 1_400_000, "documents": 100_000, "texts": 400_000, "figures": 450_000}

# Of a set larger than this the distribution over articles is shown, not the sentences of a few.
MANY_ARTICLES = ARTICLES_SHOWN[NOTEBOOK]

# Figures that have their place beside a text, whatever room they take; one that goes beside a
# table which says the same, where there is room; any others stand at the end.
PLACED = tuple("markers voices alternation sentiment comparison paired specifications".split())
BESIDE_TABLES = ("speakers",)


def write_report(sets: MeasurementSet | Sequence[MeasurementSet], file: str | Path) -> Path:
    """
    Write one page on one or several measurement sets, a tab for each, into `file`.

    Raises
    ------
    ValueError : a set holds one outlet only.
    """
    page = report_page(sets)
    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8", newline="\n")
    return file


def explore(sets: MeasurementSet | Sequence[MeasurementSet], *, height: int = HEIGHT) -> Explorer:
    """
    Show the page that `write_report` writes below a notebook's cell.

    It can be searched, sorted and clicked through there, and reaches nothing outside its frame.

    Parameters
    ----------
    sets : one measurement set or several, a tab for each.
    height : of the frame, in pixels.

    Returns
    -------
    What a notebook shows as the page; elsewhere its title and size.

    Raises
    ------
    ValueError : a set holds one outlet only; a height of less than a pixel.
    """
    if height < 1:
        raise ValueError(f"no height {height!r}; it is counted in pixels")
    every = [sets] if isinstance(sets, MeasurementSet) else list(sets)
    title = "; ".join(f"How {names(measured.outlets)} word it" for measured in every)
    return Explorer(report_page(every), title, height)


def report_page(sets: MeasurementSet | Sequence[MeasurementSet]) -> str:
    """The page that `write_report` writes, for whoever shows it otherwise."""
    sets = [sets] if isinstance(sets, MeasurementSet) else list(sets)
    for measured in sets:
        if len(measured.outlets) < 2:
            raise ValueError(
                f"nothing to compare {measured.outlets[0]!r} with; a report needs articles of two "
                f"outlets or more"
            )
    room = {kind: size // len(sets) for kind, size in {**ROOM, "terms": MOST_TERMS}.items()}
    return rendered([_tab(measured, i, room) for i, measured in enumerate(sets)])


def _tab(everything: MeasurementSet, number: int, room: dict[str, int]) -> dict[str, Any]:
    measured = without_copies(everything)
    compared = compared_entries(measured)
    placed = _placed(measured)
    drawn = all_figures(measured, only=placed)
    shares = next((drawing.table for drawing in drawn if drawing.name == "alternation"), None)
    told = findings(measured, compared, shares)
    evidence = pd.concat([finding.lines[:EVIDENCE_SHOWN] for finding in told])
    lines = chosen_lines(measured, room["lines"], _keys(evidence))
    figures = _figures(measured, drawn, placed, room["figures"])
    return {
        "number": number,
        "title": names(measured.outlets),
        "outlets": measured.outlets,
        "summary": summary(measured),
        "events": about_events(measured),
        "n_documents": len(measured.documents),
        "findings": _with_evidence(told, lines),
        "first": FIRST_FINDINGS,
        "holds": bool((compared["q"] < ALPHA).any()),
        "figures": figures,
        "more_figures": [
            figure for name, figure in figures.items() if name not in (*placed, *BESIDE_TABLES)
        ],
        "overview": overview(everything).to_dict("records"),
        "has_texts": bool(measured.texts),
        "chance": about_chance(measured, compared),
        "null": checks.null_sentences(measured, comparison_settings(measured)),
        "null_runs": checks.NULL_RUNS,
        # Where the curve is drawn, its sentence stands below it.
        "specified": "" if "specifications" in figures else checks.specified(measured),
        "told_twice": checks.told_twice(measured),
        "paired": checks.paired_rows(measured),
        "data": as_json(_data(measured, lines, room)),
        **sections.sourcing_sections(measured),
        **sections.made(everything),
    }


def _placed(measured: MeasurementSet) -> tuple[str, ...]:
    """The figures that have their place on the page of this set."""
    if len(measured.documents) <= MANY_ARTICLES:
        return PLACED
    return tuple("spread" if name == "sentiment" else name for name in PLACED)


def _figures(
    measured: MeasurementSet, drawn: list[Drawing], placed: tuple[str, ...], room: int
) -> dict[str, Any]:
    """Those that have their place, and where they leave room those of the others that fit."""
    shown = pictures(drawn, placed, room)
    room -= sum(len(figure["src"]) for figure in shown)
    if room > 0:
        others = [name for name in MAKERS if name not in (*PLACED, *placed)]
        shown += pictures(all_figures(measured, only=others), (), room)
    return {figure["name"]: figure for figure in shown}


def _keys(lines: pd.DataFrame) -> list[tuple[str, int, str]]:
    return list(zip(lines["document"], lines["start"], lines["entry"], strict=True))


def _with_evidence(told: list, lines: pd.DataFrame) -> list[dict[str, Any]]:
    """Each finding with its first lines, and where these stand in the table of lines."""
    places = {key: i for i, key in enumerate(_keys(lines))}
    found = []
    for finding in told:
        shown = finding.lines[:EVIDENCE_SHOWN]
        rows = [
            {**row, "place": places[key]}
            for row, key in zip(shown.to_dict("records"), _keys(shown), strict=True)
        ]
        found.append(
            {"sentence": finding.sentence, "lines": rows, "more": len(finding.lines) - len(rows)}
        )
    return found


def _data(measured: MeasurementSet, lines: pd.DataFrame, room: dict[str, int]) -> dict[str, Any]:
    """What the script of the page shows, searches and sorts."""
    documents, described = document_data(measured, lines["document"], room["documents"])
    table = measured.entries.drop_duplicates("entry")
    table = table[table["entry"].isin(measured.hits["entry"])]
    entries = table["entry"].tolist()
    return {
        "id": measured.id,
        "outlets": measured.outlets,
        "voices": VOICES,
        "zones": ZONES,
        "kinds": {"marker": MARKER, "plain": PLAIN, "other": OTHER},
        "documents": described,
        "entries": {
            "id": entries,
            "frame": table["frame"].tolist(),
            "gloss": [gloss or "" for gloss in table["gloss"]],
        },
        "lines": line_data(lines, documents, entries),
        "texts": text_data(measured, lines, documents, room["texts"]),
        "terms": term_data(measured, entries, documents, room["terms"]),
    }
