"""
When do outlets write, which events do they tell, and how do they word the same event?

What an outlet leaves out is as plain here as what it writes: a row without bars, a cell
without a number, a dot without a partner.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from biaskit.figures.style import (
    FAINT,
    INK,
    NOTEBOOK,
    OTHER,
    canvas,
    colours_for,
    count_of,
    counted_name,
    legend_below,
    mark,
    mark_area,
    marks_for,
    plain,
    size_named,
)
from biaskit.tables import require

__all__ = ["articles_by_period", "coverage_figure", "paired_figure", "timeline_figure"]

Colours = Mapping[str, str] | None

PERIODS = {"week": "W-SUN", "month": "M"}
# Longer spans of weeks would be hairlines.
MOST_WEEKS = 60
EVENTS_NAMED = 3
# Numbers nearer than this share of the axis would cover each other.
APART = 0.035
LONGEST_NAME = {"paper": 28, "slide": 42, "notebook": 44}


def articles_by_period(documents: pd.DataFrame, every: str | None = None) -> pd.DataFrame:
    """
    The articles of each outlet by week (Monday to Sunday) or month.

    Parameters
    ----------
    documents : a `documents` table. Copies, and articles that nobody can tell the week or month
        of, take no part.
    every : week or month; by default weeks, unless there are more than a figure holds.

    Returns
    -------
    One row per outlet and period with an article: outlet, the period's first day (YYYY-MM-DD),
    every (week or month), n_documents; by outlet and day.

    Raises
    ------
    ValueError : no such period.
    """
    require(documents, "documents")
    if every is None:
        weeks = _periods(documents, "week")
        span = (weeks["period"].max() - weeks["period"].min()).n if len(weeks) else 0
        known = len(weeks) >= len(_periods(documents, "month"))
        every = "week" if known and span <= MOST_WEEKS else "month"
    if every not in PERIODS:
        raise ValueError(f"no period {every!r}; there are {', '.join(sorted(PERIODS))}")
    n = _periods(documents, every).groupby(["outlet", "period"]).size()
    found = n.rename("n_documents").reset_index()
    found["period"] = found["period"].dt.start_time.dt.strftime("%Y-%m-%d")
    return found.assign(every=every)[["outlet", "period", "every", "n_documents"]]


def _periods(documents: pd.DataFrame, every: str) -> pd.DataFrame:
    """Outlet and period of each article whose earliest and latest day lie in one period."""
    known = documents[documents["copy_of"].isna()].dropna(subset=["date_low", "date_high"])
    low, high = (
        pd.PeriodIndex(known[end].astype(str), freq=PERIODS[every])
        for end in ("date_low", "date_high")
    )
    return known[["outlet"]].assign(period=low)[low == high]


def timeline_figure(
    periods: pd.DataFrame,
    events: pd.DataFrame | None = None,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
) -> Axes:
    """
    The articles of each outlet over time: a row per outlet, a bar per week or month.

    All rows have one scale. `periods` is what `articles_by_period` returns, `events` an
    `events` table: each event that two outlets or more tell is a tick on top, and those with the
    most articles are named by number.
    """
    outlets = sorted(periods["outlet"].unique())
    colour = colours_for(outlets, colours)
    every = periods["every"].iloc[0]
    days = 7 if every == "week" else 28
    tallest = int(periods["n_documents"].max())
    rows = range(len(outlets))[::-1]
    with canvas(ax, size, 10 + 2.2 * len(outlets)) as ax:
        for y, outlet in zip(rows, outlets, strict=True):
            of_it = periods[periods["outlet"] == outlet]
            x = dates.date2num(pd.to_datetime(of_it["period"]))
            ax.bar(x, 0.85 * of_it["n_documents"] / tallest, days, bottom=y, align="edge",
                   color=colour[outlet], linewidth=0)  # fmt: skip
        n = periods.groupby("outlet")["n_documents"].sum()
        ax.set_yticks(np.array(rows) + 0.3, [counted_name(o, n[o], size) for o in outlets])
        ax.hlines(range(len(outlets)), 0, 1, colors=FAINT, lw=0.8,
                  transform=ax.get_yaxis_transform())  # fmt: skip
        ax.set_ylim(-0.05, len(outlets))
        ax.xaxis_date()
        locator = dates.AutoDateLocator(maxticks=6 if size == "paper" else 10)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
        ax.grid(False, axis="y")
        named = _event_ticks(ax, events, len(outlets)) if events is not None else ""
        ax.set_xlabel(f"{every} (tallest bar: {count_of(tallest)}; in brackets: articles with a "
                      f"known {every}){named}")  # fmt: skip
        ax.set_title(f"Articles of each outlet by {every}", loc="left")
    return ax


def _event_ticks(ax: Axes, events: pd.DataFrame, top: int) -> str:
    """A tick for each event that two outlets tell; the most told have numbers, named here."""
    require(events, "events")
    told = events[(events["n_outlets"] > 1) & events["date_low"].notna()]
    if told.empty:
        return ""
    days = dates.date2num(pd.to_datetime(told["date_low"]))
    ax.vlines(days, top + 0.1, top + 0.35, colors=OTHER, lw=0.6)
    ax.set_ylim(ax.get_ylim()[0], top + 0.95)
    order = told.sort_values(["n_documents", "event"], ascending=[False, True])[:EVENTS_NAMED]
    order = order.sort_values(["date_low", "event"])
    lines, at = [], dates.date2num(pd.to_datetime(order["date_low"]))
    low, high = ax.get_xlim()
    # A number that would cover the one before it stands further to the right.
    room = APART * (high - low) * np.arange(len(at))
    at = np.maximum.accumulate(at - room) + room
    for i, (event, day) in enumerate(zip(order.itertuples(), at, strict=True), 1):
        ax.text(day, top + 0.4, str(i), ha="center", va="bottom", fontsize="small", color=INK)
        lines.append(f"{i}: {plain(event.event)} ({event.n_documents:,})")
    on_top = f"on top: {count_of(len(told), 'event')} that two outlets or more tell"
    return "\n".join(["", on_top, *lines])


def coverage_figure(
    coverage: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
    most: int | None = None,
) -> Axes:
    """
    Which events each outlet tells: a row per event, a column per outlet, articles in the cells.

    An empty cell is an event that the outlet leaves out. `coverage` is a `coverage` table; its
    first `most` events are shown, which most outlets tell.
    """
    require(coverage, "coverage")
    outlets, events = sorted(coverage["outlet"].unique()), [*dict.fromkeys(coverage["event"])]
    shown = events[: most or size_named(size).rows]
    colour = colours_for(outlets, colours)
    told = coverage[(coverage["n_documents"] > 0) & coverage["event"].isin(shown)]
    with canvas(ax, size, 9 + 1.3 * len(shown)) as ax:
        for event, outlet, n in told[["event", "outlet", "n_documents"]].itertuples(index=False):
            x, y, one = outlets.index(outlet), shown.index(event), colour[outlet]
            ax.barh(y, 0.9, left=x - 0.45, height=0.86, color=one, linewidth=0)
            dark = np.array(to_rgb(one)) @ (0.299, 0.587, 0.114) < 0.6
            ax.text(x, y, f"{n:,}", ha="center", va="center", fontsize="small",
                    color="white" if dark else INK)  # fmt: skip
        ax.set_yticks(range(len(shown)), [_short(event, size) for event in shown],
                      fontsize="small")  # fmt: skip
        n_told = coverage[coverage["n_documents"] > 0].groupby("outlet").size()
        names = [f"{plain(o)} ({n_told.get(o, 0):,})" for o in outlets]
        # Two names stand side by side where there is room, as there is not in a paper's column.
        level = len(outlets) < 3 and size != "paper"
        ax.set_xticks(range(len(outlets)), names, rotation=0 if level else 40,
                      ha="center" if level else "right", rotation_mode="anchor")  # fmt: skip
        ax.set(xlim=(-0.5, len(outlets) - 0.5), ylim=(len(shown) - 0.5, -0.5), ylabel="")
        ax.set_xlabel("in the cells: articles; in brackets: events that the outlet tells")
        ax.set_xticks(np.arange(len(outlets) + 1) - 0.5, minor=True)
        ax.set_yticks(np.arange(len(shown) + 1) - 0.5, minor=True)
        ax.grid(False)
        ax.grid(True, which="minor", color=FAINT)
        rest = (
            f", the {len(shown)} most told of {len(events):,}" if len(shown) < len(events) else ""
        )
        ax.set_title(f"Which events each outlet tells{rest}", loc="left")
    return ax


def _short(name: str, size: str) -> str:
    most = LONGEST_NAME[size]
    return plain(name if len(name) <= most else f"{name[: most - 1].rstrip()}…")


def paired_figure(
    tellings: pd.DataFrame,
    ax: Axes | None = None,
    *,
    size: str = NOTEBOOK,
    colours: Colours = None,
    most: int | None = None,
) -> Axes:
    """
    How often outlets use markers in the same event: a row per event, a dot per outlet, joined.

    Events that two outlets or more tell are shown; where there are only two outlets they are
    sorted by their difference, else by the largest rate. The first and last `most` are shown, as
    many as the size holds by default, with the hits and tokens beside them for two outlets.
    `tellings` is a `tellings` table.

    Raises
    ------
    ValueError : no event that two outlets tell.
    """
    require(tellings, "tellings")
    outlets = sorted(tellings["outlet"].unique())
    wide = tellings.pivot(index="event", columns="outlet", values="per_1000")
    wide = wide[wide.notna().sum(axis=1) > 1]
    if wide.empty:
        raise ValueError("no event is told by two outlets, so there is nothing to join")
    order = wide[outlets[0]] - wide[outlets[1]] if len(outlets) == 2 else wide.max(axis=1)
    ranked = [*order.sort_values(ascending=False, kind="stable").index]
    rows = most or size_named(size).rows
    # Both ends, where there are too many: the middle ones are those that differ least.
    half = rows // 2
    shown = ranked if len(ranked) <= rows else [*ranked[:half], *ranked[half - rows :]]
    colour, shapes = colours_for(outlets, colours), marks_for(outlets, colours)
    counts = tellings.set_index(["event", "outlet"])
    with canvas(ax, size, 9 + 1.2 * len(shown)) as ax:
        for y, event in enumerate(shown):
            rates = wide.loc[event].dropna()
            ax.hlines(y, rates.min(), rates.max(), colors=FAINT, zorder=1)
            for outlet, rate in rates.items():
                ax.scatter([rate], [y], color=colour[outlet], marker=shapes[outlet],
                           s=mark_area() * 0.8, zorder=3)  # fmt: skip
            if len(outlets) == 2:
                words = " : ".join(f"{counts.at[(event, o), 'n']}" for o in outlets)
                ax.text(1.01, y, words, va="center", fontsize="small",
                        transform=ax.get_yaxis_transform())  # fmt: skip
        ax.set_yticks(range(len(shown)), [_short(event, size) for event in shown],
                      fontsize="small")  # fmt: skip
        ax.set(
            ylim=(len(shown) - 0.4, -0.6), ylabel="", xlim=(-0.02 * wide.max().max() - 0.1, None)
        )
        right = f"; right: hits, {' : '.join(map(plain, outlets))}" if len(outlets) == 2 else ""
        ax.set_xlabel(
            f"markers per 1,000 tokens, mean over the outlet's articles on the event{right}"
        )
        rest = f" ({len(shown)} of {len(ranked):,}, both ends)" if len(shown) < len(ranked) else ""
        ax.set_title(f"How often markers occur when outlets tell the same event{rest}", loc="left")
        ax.grid(False, axis="y")
        n = tellings[tellings["event"].isin(wide.index)].groupby("outlet")["n_documents"].sum()
        legend_below(ax, [mark(shapes[o], colour[o]) for o in outlets],
                     [f"{plain(o)} ({count_of(n.get(o, 0))})" for o in outlets])  # fmt: skip
    return ax
