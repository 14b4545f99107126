"""What does a set hold, and do its outlets write about the same happenings?"""

import pandas as pd

from biaskit.findings.words import names
from biaskit.measurement import MeasurementSet, without_copies
from biaskit.overview import months_in_common

__all__ = ["about_events", "summary"]


# More outlets than these make a list that nobody reads; a table of them stands in `overview`.
OUTLETS_TOLD = 4


def summary(measured: MeasurementSet) -> str:
    """What the set holds, in one sentence: by outlet, or together where there are many."""
    documents = without_copies(measured).documents
    outlets = measured.outlets
    if len(outlets) > OUTLETS_TOLD:
        return f"{len(outlets)} outlets ({_size(documents)})."
    parts = [f"{outlet} ({_size(documents[documents['outlet'] == outlet])})" for outlet in outlets]
    return f"{names(parts)}."


def _size(documents: pd.DataFrame) -> str:
    n = len(documents)
    articles = f"{n:,} article{'' if n == 1 else 's'}"
    return f"{articles}, {documents['n_tokens'].sum():,} words{_period(documents)}"


def _period(documents: pd.DataFrame) -> str:
    low, high = documents["date_low"].dropna(), documents["date_high"].dropna()
    if low.empty or high.empty:
        return ", undated"
    months = [min(low)[:7], max(high)[:7]]
    return ", " + (" to ".join(months) if months[0] != months[1] else months[0])


def about_events(measured: MeasurementSet) -> str:
    """Whether the outlets write about the same happenings, as far as the set knows."""
    documents = measured.documents
    known = documents.dropna(subset=["event"])
    shared = known.groupby("event")["outlet"].nunique()
    n = int((shared > 1).sum())
    if known.empty:
        months = months_in_common(measured)
        when = {None: "", 0: " No month has articles of all outlets."}.get(
            months, f" {months} month{'' if months == 1 else 's'} with articles of all outlets."
        )
        return (
            "Nothing says which articles are about the same event, so a difference may be one of "
            f"topic or of time.{when}"
        )
    if n == 0:
        of_all = f"the {len(documents)} articles"
        if len(known) < len(documents):
            of_all = f"the {len(known)} of {len(documents)} articles whose event is known"
        happenings = f"{len(shared)} different events" if len(shared) > 1 else "1 event"
        return (
            f"No event in common: {of_all} are about {happenings}, so a difference may be one of "
            f"topic or of time."
        )
    return f"{n} event{'' if n == 1 else 's'} in common, of {len(shared)} in all."
