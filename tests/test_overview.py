"""The overview says how much there is of each outlet and from when, before any comparison."""

from dataclasses import replace

import numpy as np
import pytest

from biaskit.overview import months_in_common, overview
from biaskit.tables import COLUMNS

ECHO, POST, TRIBUNE = [31, 34], [33, 35], [32]  # tokens, counted by hand in conftest


def changed(measured, **by_source):
    """The set with some cells of its documents changed, by source."""
    documents = measured.documents.copy()
    for column, values in by_source.items():
        for source, value in values.items():
            documents.loc[documents["source"] == source, column] = value
    return replace(measured, documents=documents)


def dated(measured, **days):
    """Echo_one="2031-06-03" dates a document; a month or a year stands for all its days."""
    low, high = {}, {}
    for name, day in days.items():
        source = f"{name.replace('_', '/')}.txt"
        first, last = day if isinstance(day, tuple) else (day, day)
        low[source], high[source] = first, last
    return changed(measured, date_low=low, date_high=high)


def row(measured, outlet: str):
    return overview(measured).set_index("outlet").loc[outlet]


def test_there_is_a_row_for_each_outlet(measured):
    """In alphabetical order, with the columns of the contract, whatever the order of rows."""
    table = overview(measured)
    assert list(table.columns) == list(COLUMNS["overview"])
    assert list(table["outlet"]) == ["Echo", "Post", "Tribune"]
    assert list(table["n_documents"]) == [2, 2, 1]
    mixed = replace(measured, documents=measured.documents.sample(frac=1, random_state=1))
    assert overview(mixed).equals(table)


def test_tokens_are_added_up_and_their_median_is_given(measured):
    """Of headline, subheads and body, as counted by hand."""
    table = overview(measured)
    assert list(table["n_tokens"]) == [sum(ECHO), sum(POST), sum(TRIBUNE)]
    assert list(table["median_tokens"]) == [np.median(ECHO), np.median(POST), np.median(TRIBUNE)]


def test_copies_are_counted_apart(measured):
    """And nothing else of them is: neither tokens nor dates nor wire nor events."""
    copied = changed(
        measured,
        copy_of={"Echo/two.txt": "echo-x"},
        date_low={"Echo/two.txt": "1999-01-01"},
        date_high={"Echo/two.txt": "2099-01-01"},
        wire={"Echo/two.txt": True},
        event={"Echo/two.txt": "palace"},
    )
    echo = row(copied, "Echo")
    assert echo[["n_documents", "n_copies", "n_tokens", "median_tokens"]].tolist() == [1, 1, 31, 31]
    assert echo[["date_low", "date_high"]].tolist() == [None, None]
    assert echo[["n_undated", "n_wire", "n_events"]].tolist() == [1, 0, 0]
    assert row(copied, "Post")["n_copies"] == 0


def test_dates_are_the_earliest_and_the_latest_there_can_be(measured):
    """A document without a date is counted, and hides no other's."""
    some = dated(measured, Echo_one=("2031-06-01", "2031-06-30"), Post_one="2031-07-02")
    some = dated(some, Post_two="2031-05-02")
    assert row(some, "Echo")[["date_low", "date_high", "n_undated"]].tolist() == [
        "2031-06-01",
        "2031-06-30",
        1,
    ]
    assert row(some, "Post")[["date_low", "date_high", "n_undated"]].tolist() == [
        "2031-05-02",
        "2031-07-02",
        0,
    ]
    assert row(some, "Tribune")[["date_low", "date_high", "n_undated"]].tolist() == [None, None, 1]


def test_agencies_articles_are_counted_where_they_were_judged(measured):
    """A missing flag is no yes."""
    wire = changed(
        measured, wire={"Echo/one.txt": True, "Echo/two.txt": None, "Post/one.txt": True}
    )
    assert list(overview(wire)["n_wire"]) == [1, 1, 0]


def test_events_are_counted_once(measured):
    """Two articles on one happening are one event; unknown ones are none."""
    events = {"Echo/one.txt": "palace", "Echo/two.txt": "palace", "Post/one.txt": "palace"}
    assert list(overview(changed(measured, event=events))["n_events"]) == [1, 1, 0]


# ---- months in common ------------------------------------------------------------------------


def test_without_dates_nobody_knows_the_months(measured):
    """That is not the same as none."""
    assert months_in_common(measured) is None
    year = ("2031-01-01", "2031-12-31")
    assert months_in_common(dated(measured, Echo_one=year)) is None


@pytest.mark.parametrize(
    ("days", "n"),
    [
        ({"Echo_one": "2031-06-03", "Post_one": "2031-06-29", "Tribune_one": "2031-06-10"}, 1),
        ({"Echo_one": "2031-06-03", "Post_one": "2031-06-29", "Tribune_one": "2031-07-10"}, 0),
        ({"Echo_one": "2031-06-03", "Post_one": "2032-06-03", "Tribune_one": "2031-06-03"}, 0),
        ({"Echo_one": "2031-06-03", "Post_one": "2031-06-03"}, 0),
        (
            {"Echo_one": ("2031-06-01", "2031-07-01"), "Post_one": "2031-06-03",
             "Tribune_one": "2031-06-03"},
            0,
        ),
        (
            {"Echo_one": ("2031-06-01", "2031-06-30"), "Post_one": "2031-06-03",
             "Tribune_one": "2031-06-03"},
            1,
        ),
    ],
)  # fmt: skip
def test_a_month_is_in_common_where_all_outlets_have_it(measured, days, n):
    """Of the same year, and where the dates leave one month."""
    assert months_in_common(dated(measured, **days)) == n


def test_a_copy_brings_no_month(measured):
    """A story printed again in July is no July story."""
    days = {"Echo_one": "2031-06-03", "Post_one": "2031-06-03", "Tribune_one": "2031-06-03"}
    july = dated(measured, **days, Echo_two="2031-07-01", Post_two="2031-07-01")
    assert months_in_common(july) == 1
    both = dated(july, Tribune_one="2031-07-01")
    assert months_in_common(both) == 1
    copied = changed(both, copy_of={"Echo/two.txt": "echo-x"})
    assert months_in_common(copied) == 0
