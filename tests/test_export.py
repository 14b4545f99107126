"""What is written for other programs holds the set's numbers, and nothing that runs."""

from dataclasses import replace

import pandas as pd
import pytest

from biaskit.export import FORMATS, export, inert, long_table, quanteda_dictionary


def test_a_long_table_has_a_row_for_each_cell_and_marker(measured):
    """Documents without a hit have zeros, and hits and tokens add up to those of the set."""
    table = long_table(measured)
    cells = measured.sizes[measured.sizes["zone"].isin(["headline", "subhead", "body"])]
    assert len(table) == len(cells) * table["entry"].nunique()
    assert (table["n"] == 0).any()
    echo = table[table["outlet"] == "Echo"]
    assert echo.groupby("entry")["n"].sum().to_dict() == {"coup": 3, "regime": 1, "uprising": 0}
    one = echo[echo["entry"] == "coup"]
    assert one["n_tokens"].sum() == 31 + 34


def test_neutral_variants_are_no_markers(measured):
    """A plain word is in no row."""
    assert "change-of-power" not in set(long_table(measured)["entry"])


def test_copies_are_left_out(measured, tmp_path):
    """A second copy of a wire story would count its markers twice."""
    copy_of = measured.documents["copy_of"].copy()
    copy_of[measured.documents["outlet"] == "Post"] = "some-other"
    marked = replace(measured, documents=measured.documents.assign(copy_of=copy_of))
    assert set(long_table(marked)["outlet"]) == {"Echo", "Tribune"}
    triplets, variables = map(pd.read_csv, export(marked, tmp_path, to="quanteda"))
    assert set(variables["outlet"]) == {"Echo", "Tribune"}
    assert set(triplets["document"]) == set(variables["document"])


def test_a_month_is_given_only_where_the_dates_leave_one(measured):
    """A year alone is no month."""
    dates = {"date_low": "2031-01-01", "date_high": "2031-12-31"}
    table = long_table(replace(measured, documents=measured.documents.assign(**dates)))
    assert table["month"].isna().all()
    dates = {"date_low": "2031-02-01", "date_high": "2031-02-28"}
    table = long_table(replace(measured, documents=measured.documents.assign(**dates)))
    assert set(table["month"]) == {"2031-02"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(sign):
    """An apostrophe in front keeps a formula from running; numbers stay numbers."""
    table = inert(pd.DataFrame({"term": [f"{sign}cmd()", "coup"], "n": [-1, 2]}))
    assert list(table["term"]) == [f"'{sign}cmd()", "coup"]
    assert list(table["n"]) == [-1, 2]


def test_quanteda_gets_the_counts_as_triplets(measured, lexicon, tmp_path):
    """The matrix, the documents' variables and the dictionary, each in its file."""
    files = export(measured, tmp_path / "new", to="quanteda", lexicon=lexicon)
    assert [file.name for file in files] == ["dfm-triplets.csv", "docvars.csv", "dictionary.yml"]
    triplets = pd.read_csv(files[0])
    in_rates = measured.counts["zone"].isin(["headline", "subhead", "body"])
    assert triplets["n"].sum() == measured.counts[in_rates]["n"].sum()
    assert not triplets.duplicated(["document", "term"]).any()
    assert set(pd.read_csv(files[1])["document"]) == set(measured.documents["document"])


def test_a_dictionary_nests_entries_in_frames(lexicon):
    """As quanteda reads it: frame, entry, patterns."""
    written = quanteda_dictionary(lexicon)
    assert '"naming/rule":\n  "coup": ["coup*"]\n  "uprising": ["uprising"]\n' in written


def test_csv_is_one_file(measured, tmp_path):
    """The format decides what is written."""
    (file,) = export(measured, tmp_path, to="csv")
    assert len(pd.read_csv(file)) == len(long_table(measured))


def test_another_format_is_refused(measured, tmp_path):
    """The message says which there are."""
    assert sorted(FORMATS) == ["csv", "quanteda"]
    with pytest.raises(ValueError, match=r"^cannot export to 'spss'; there are csv, quanteda$"):
        export(measured, tmp_path, to="spss")
