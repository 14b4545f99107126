"""
What does a comparison look like on one page?

`write_report` makes one HTML file that opens from disk without a network: sentences with
their evidence first, then figures, then every hit. All that comes from articles or file
names is escaped by the template, and a Content-Security-Policy forbids the page to load or
send anything.
"""

import base64
import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import matplotlib as mpl
import pandas as pd

from biaskit.figures import STYLE, all_figures, outlet_colours
from biaskit.findings import about_chance, about_events, findings, methods, names, summary
from biaskit.kwic import kwic_lines
from biaskit.lexicon import NEUTRAL
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.overview import overview
from biaskit.pages import readable
from biaskit.sentiment import mean_sentiment
from biaskit.sourcing import headline_claims, speaker_shares, stance_counts
from biaskit.tables import RATE_ZONES, VOICES

__all__ = ["write_report"]

FIRST_FINDINGS = 5
SPEAKERS_SHOWN = 5
HEADLINES_SHOWN = 10
# A page with more lines than this opens slowly; the others are a command away.
LINES_SHOWN = 1_000


class Piece(NamedTuple):
    """Words of an article in one voice; `entry` where they are a hit."""

    text: str
    voice: str
    entry: str | None


def write_report(sets: MeasurementSet | Sequence[MeasurementSet], file: str | Path) -> Path:
    """
    Write one page on one or several measurement sets, a tab for each, into `file`.

    Raises
    ------
    ValueError : a set holds one outlet only.
    """
    sets = [sets] if isinstance(sets, MeasurementSet) else list(sets)
    for measured in sets:
        if len(measured.outlets) < 2:
            raise ValueError(
                f"nothing to compare {measured.outlets[0]!r} with; a report needs articles of two "
                f"outlets or more"
            )
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("biaskit"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    page = environment.get_template("report.html").render(
        tabs=[_tab(measured, i) for i, measured in enumerate(sets)], voices=VOICES
    )
    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8", newline="\n")
    return file


def _tab(measured: MeasurementSet, number: int) -> dict[str, Any]:
    everything, measured = measured, without_copies(measured)
    lines = kwic_lines(measured)
    lines["anchor"] = [f"hit-{number}-{i}" for i in range(len(lines))]
    glosses = measured.entries.drop_duplicates("entry").set_index("entry")
    lines["gloss"] = lines["entry"].map(glosses["gloss"])
    in_rates = lines["zone"].isin(RATE_ZONES)
    is_marker = lines["frame"] != NEUTRAL
    told = findings(measured)
    anchors = lines.set_index(["document", "start"])["anchor"].to_dict()
    paragraph, references = methods(measured)
    return {
        "number": number,
        "title": names(measured.outlets),
        "colours": outlet_colours(measured.outlets),
        "labels": _labels(measured),
        "summary": summary(measured),
        "events": about_events(measured),
        "chance": about_chance(measured),
        "findings": [{"sentence": f.sentence, "lines": _records(f.lines, anchors)} for f in told],
        "first": FIRST_FINDINGS,
        "figures": {
            d.name: {"src": _png(d.figure), "alt": d.finding} for d in all_figures(measured)
        },
        "sentiment": _sentiment_rows(measured),
        "stances": stance_counts(measured).to_dict("records"),
        "speakers": _first_of_each(speaker_shares(measured), SPEAKERS_SHOWN),
        "headlines": _headline_rows(measured),
        "overview": overview(everything).to_dict("records"),
        "documents": _document_rows(measured),
        "hits": _lines_shown(lines[in_rates & is_marker]),
        "plain": _lines_shown(lines[in_rates & ~is_marker]),
        "elsewhere": _lines_shown(lines[~in_rates]),
        "has_texts": bool(measured.texts),
        "texts": _shaded(measured),
        "methods": paragraph,
        "references": references,
        "made": measured.provenance,
        "id": measured.id,
    }


def _lines_shown(lines: pd.DataFrame) -> dict[str, Any]:
    return {"n": len(lines), "lines": lines[:LINES_SHOWN].to_dict("records")}


def _labels(measured: MeasurementSet) -> dict[str, str]:
    n = measured.documents.groupby("outlet")["document"].count()
    return {o: f"{o} ({k} article{'' if k == 1 else 's'})" for o, k in n.items()}


def _records(lines: pd.DataFrame, anchors: dict) -> list[dict]:
    keys = zip(lines["document"], lines["start"], strict=True)
    return lines.assign(anchor=[anchors[key] for key in keys]).to_dict("records")


def _png(figure: Any) -> str:
    drawn = io.BytesIO()
    with mpl.rc_context(STYLE):
        figure.savefig(drawn, format="png", metadata={"Software": None})
    return "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode("ascii")


def _sentiment_rows(measured: MeasurementSet) -> list[dict]:
    table = mean_sentiment(measured.sentences, measured.documents)
    table = table[(table["measure"] == "vader") & (table["n_tokens"] > 0)]
    return table.to_dict("records")


def _first_of_each(table: pd.DataFrame, n: int) -> list[dict]:
    return table.groupby("outlet", sort=True).head(n).to_dict("records")


def _headline_rows(measured: MeasurementSet) -> list[dict]:
    table = headline_claims(measured)
    table = table.merge(measured.documents[["document", "label"]], on="document")
    table = table[table["n_attributed"] > 0].sort_values(
        ["share", "n_attributed", "document"], ascending=[False, False, True]
    )
    return table.head(HEADLINES_SHOWN).to_dict("records")


def _document_rows(measured: MeasurementSet) -> list[dict]:
    zones = measured.zones
    rows = []
    for row in measured.documents.sort_values(["outlet", "date_low", "document"]).to_dict(
        "records"
    ):
        of_it = zones[zones["document"] == row["document"]]
        by_zone = of_it.groupby("zone", sort=True).size()
        n = dict.fromkeys(VOICES, 0)
        sizes = measured.sizes
        here = sizes[(sizes["document"] == row["document"]) & sizes["zone"].isin(RATE_ZONES)]
        n |= here.groupby("voice")["n_tokens"].sum().to_dict()
        rows.append({**row, "zones": by_zone.to_dict(), "voices": n})
    return rows


def _shaded(measured: MeasurementSet) -> list[dict[str, Any]]:
    """For each article at hand its paragraphs, cut into pieces of one voice."""
    shaded = []
    for row in measured.documents.sort_values(["event", "outlet", "document"]).itertuples():
        if row.document not in measured.texts:
            continue
        text = readable(measured.texts[row.document])
        zones = measured.zones[measured.zones["document"] == row.document]
        paragraphs = [
            {"zone": zone.zone, "pieces": _pieces(measured, row.document, text, zone)}
            for zone in zones.itertuples()
        ]
        shaded.append({"label": row.label, "outlet": row.outlet, "event": row.event,
                       "paragraphs": paragraphs})  # fmt: skip
    return shaded


def _pieces(measured: MeasurementSet, document: str, text: str, zone: Any) -> list[Piece]:
    def inside(table: pd.DataFrame) -> list[Any]:
        of_it = table[table["document"] == document]
        within = (of_it["start"] < zone.end) & (of_it["end"] > zone.start)
        return list(of_it[within].itertuples())

    spans, hits = inside(measured.spans), inside(measured.hits)
    cuts = {zone.start, zone.end}
    cuts |= {min(max(x, zone.start), zone.end) for s in (*spans, *hits) for x in (s.start, s.end)}
    pieces = []
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        voice = next((s.voice for s in spans if s.start <= start < s.end), "narration")
        entry = next((h.entry for h in hits if h.start <= start < h.end), None)
        pieces.append(Piece(text[start:end], voice, entry))
    return pieces
