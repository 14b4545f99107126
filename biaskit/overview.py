"""
What is in a corpus, before anything is compared?

Outlets that write about different things, at different times or at different lengths differ
for these reasons first. So this table stands before every comparison.
"""

import pandas as pd

from biaskit.measurement import MeasurementSet
from biaskit.tables import build

__all__ = ["months_in_common", "overview"]


def overview(measured: MeasurementSet) -> pd.DataFrame:
    """
    How many articles each outlet has, of when and how long.

    Returns
    -------
    One row per outlet, in alphabetical order, with the columns of an `overview` table.
    Copies are counted apart; the other columns are without them.
    """
    rows = []
    for outlet, everything in measured.documents.groupby("outlet", sort=True):
        documents = everything[everything["copy_of"].isna()]
        lengths = documents["n_tokens"]
        rows.append(
            (outlet, len(documents), len(everything) - len(documents), lengths.sum(),
             lengths.median(), documents["date_low"].min(), documents["date_high"].max(),
             int(documents["date_low"].isna().sum()), int((documents["wire"] == True).sum()),  # noqa: E712
             documents["event"].nunique())
        )  # fmt: skip
    return build("overview", rows)


def months_in_common(measured: MeasurementSet) -> int | None:
    """Months that all outlets have articles of, or None where no outlet's dates tell months."""
    documents = measured.documents[measured.documents["copy_of"].isna()]
    low, high = documents["date_low"].str[:7], documents["date_high"].str[:7]
    months = low.where(low == high)
    if months.isna().all():
        return None
    by_outlet = [set(of_it.dropna()) for _, of_it in months.groupby(documents["outlet"])]
    return len(set.intersection(*by_outlet))
