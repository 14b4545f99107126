"""Sheets are blind, precision is counted as its formulas say, and no text leaves with it."""

import json

import numpy as np
import pandas as pd
import pytest
from conftest import write_pages
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from biaskit.cli.lexicons import lexicon_app
from biaskit.coding import (
    CODEBOOK,
    corrected_rates,
    draw_sheet,
    krippendorff_alpha,
    precision,
    read_sheets,
    rogan_gladen,
    wilson,
)
from biaskit.corpus import read_corpus
from biaskit.lexicon import read_lexicon
from biaskit.measuring import measure
from biaskit.tables import build

OWN = """\
[lexicon]
name = "own"
[[entry]]
id = "coup"
pattern = ["coup*"]
frame = "rule/change"
gloss = "Presents a change of power as illegal."
not_near = ["goal"]
[[entry]]
id = "regime"
pattern = ["regime"]
frame = "rule/rulers"
[[entry]]
id = "cabinet"
pattern = ["cabinet"]
frame = "neutral"
"""

BODY = (
    "The coup in Velmora began at dawn, wrote Echo, and the shops were shut for a day.\n\n"
    "The coup was over at noon, and the people went home to have their dinner.\n\n"
    "A coup and a goal in the last minute, and the whole town was on its feet.\n\n"
    "The regime closed the harbour, and the cabinet met in the old house on the hill.\n\n"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    file = tmp_path_factory.mktemp("own") / "own.toml"
    file.write_text(OWN)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    pages = {
        f"{o}/{i}.txt": f"Day {i} in Velmora\n\n{BODY}" for o in ("Echo", "Post") for i in "12"
    }
    return write_pages(tmp_path_factory.mktemp("coding"), pages)


@pytest.fixture(scope="module")
def whole(folder, own):
    return measure(read_corpus(folder), [own])


@pytest.fixture(scope="module")
def drawn(whole, own):
    return draw_sheet(whole, read_lexicon(own), rng=np.random.default_rng(1), n=8)


# ---- drawing -----------------------------------------------------------------------------------


def test_a_sheet_is_blind(drawn, whole):
    """Neither outlet nor document is in it, nor which items are decoys; the key has no text."""
    sheet, key = drawn
    said = " ".join(sheet.astype(str).to_numpy().ravel())
    assert "Echo" not in said
    assert "[outlet]" in said
    assert not any(document in said for document in whole.documents["document"])
    assert set(sheet["verdict"]) == {""}
    assert key["item"].tolist() == sheet["item"].tolist()
    assert not {"left", "node", "right", "form"} & {*key.columns}


def test_the_key_leads_from_an_item_to_its_place(drawn, whole):
    """What stands there is the node."""
    sheet, key = drawn
    for row, place in zip(sheet.itertuples(), key.itertuples(), strict=True):
        assert whole.texts[place.document][place.start : place.end] == row.node
        assert row.entry == place.entry


def test_no_entry_fills_a_sheet_and_a_quarter_are_decoys(drawn):
    """Three hits of an entry at most; decoys are where the context refused; no plain variants."""
    _, key = drawn
    hits, decoys = key[key["kind"] == "hit"], key[key["kind"] == "decoy"]
    assert hits["entry"].value_counts().max() <= 3
    assert len(decoys) >= len(key) / 4
    assert set(decoys["entry"]) == {"coup"}
    assert "cabinet" not in set(key["entry"])
    n_documents = hits["document"].nunique()
    assert n_documents >= 1
    assert {*hits["n_places"]} != {*decoys["n_places"]}


def test_seed_size_and_share_of_decoys_matter(whole, own):
    """The same seed draws the same sheet; each option changes it."""
    lexicon = read_lexicon(own)

    def key(seed=1, **options):
        return draw_sheet(whole, lexicon, rng=np.random.default_rng(seed), **options)[1]

    assert key().equals(key())
    assert not key().equals(key(seed=2))
    assert len(key(n=4)) == 4
    assert "decoy" not in set(key(decoys=0)["kind"])
    assert (key(n=4, decoys=0.5)["kind"] == "decoy").sum() == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 0}, "n is 0; a sheet has at least 1 item"),
        ({"decoys": 1}, "decoys is 1; it must be at least 0 and less than 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(whole, own, options, message):
    """Before anything is looked for."""
    with pytest.raises(ValueError, match="^" + message + "$"):
        draw_sheet(whole, read_lexicon(own), rng=np.random.default_rng(1), **options)


def test_a_sheet_needs_texts_and_hits(whole, own, lexicon, measured):
    """A set without texts has no sentences, and a lexicon that never hits no items."""
    from dataclasses import replace

    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match=r"^the texts of this set are not at hand"):
        draw_sheet(replace(whole, texts={}), read_lexicon(own), rng=rng)
    rare = replace(lexicon, name="rare", entries=lexicon.entries[1:2])
    with pytest.raises(ValueError, match=r"^no marker of rare occurs in these texts$"):
        draw_sheet(whole, rare, rng=rng)


# ---- formulas ----------------------------------------------------------------------------------


def units(*coders: str) -> list[dict[str, str]]:
    """One string per coder, a letter per unit, a dot where the coder gave nothing."""
    return [
        {str(i): value for i, value in enumerate(values) if value != "."}
        for values in zip(*coders, strict=True)
    ]


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        (("0100000010", "1110010000"), 0.095),  # section A: two observers, two values
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_is_that_of_krippendorffs_examples(coders, alpha):
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, with and without gaps."""
    assert krippendorff_alpha(units(*coders)) == pytest.approx(alpha, abs=0.0005)


def test_alpha_by_hand():
    """Three units, one disagreement: Do = 2/6, De = (3 * 3 * 2) / (6 * 5), alpha = 1 - Do/De."""
    assert krippendorff_alpha(units("yyn", "ynn")) == pytest.approx(1 - (2 / 6) / (18 / 30))


def test_alpha_is_undefined_without_anything_to_disagree_on():
    """One category only, or nothing coded twice."""
    assert krippendorff_alpha(units("yyy", "yyy")) is None
    assert krippendorff_alpha(units("yn.", "..y")) is None


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_holds_the_share_and_stays_within_0_and_1(k, n):
    """And is scipy's."""
    from scipy.stats import binomtest

    k = min(k, n)
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    expected = binomtest(k, n).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert wilson(0, 0) == (None, None)


@given(st.floats(0, 1), st.floats(0.55, 1), st.floats(0.55, 1))
def test_rogan_and_gladen_undo_the_errors_of_a_test(true, sensitivity, specificity):
    """Whatever the true share, it comes back from what the test would have shown."""
    apparent = true * sensitivity + (1 - true) * (1 - specificity)
    assert rogan_gladen(apparent, sensitivity, specificity) == pytest.approx(true)
    assert rogan_gladen(apparent, 0.5, 0.5) is None


# ---- coded sheets ------------------------------------------------------------------------------

KEY = build(
    "sheet_key",
    [(f"{i:04d}", "decoy" if i > 6 else "hit", "own", "coup" if i < 4 else "regime",
      "rule/change" if i < 4 else "rule/rulers", "d", i, i + 4, 50 if i > 6 else 100)
     for i in range(1, 9)],
)  # fmt: skip


@pytest.fixture
def coded(tmp_path):
    """Two coders as their spreadsheets save them; they differ on items 3 and 8."""
    KEY.to_csv(tmp_path / "key.csv", index=False, encoding="utf-8-sig")
    one = "item;entry;verdict\n" + "".join(
        f"{i};x;{v}\n" for i, v in enumerate("yes Y yes no yes unclear no yes".split(), start=1)
    )
    two = "item,verdict\n" + "".join(
        f"{i:04d},{v}\n" for i, v in enumerate("yes yes NO no yes ? no no".split(), start=1)
    )
    (tmp_path / "anna.csv").write_text("\ufeff" + one)
    (tmp_path / "ben.csv").write_text(two)
    return tmp_path


def test_precision_counts_what_the_coders_agree_on(coded):
    """Yes of yes and no; what they differ on is unclear; decoys are apart."""
    verdicts, key = read_sheets([coded / "anna.csv", coded / "ben.csv"], coded / "key.csv")
    table = precision(verdicts, key)
    counts = ["level", "name", "coder", "n", "n_yes", "n_no", "n_unclear"]
    assert table[counts].to_numpy().tolist() == [
        ["all", "all", "all", 6, 3, 1, 2],
        ["all", "all", "anna", 6, 4, 1, 1],
        ["all", "all", "ben", 6, 3, 2, 1],
        ["decoys", "decoys", "all", 2, 0, 1, 1],
        ["decoys", "decoys", "anna", 2, 1, 1, 0],
        ["decoys", "decoys", "ben", 2, 0, 2, 0],
        ["frame", "rule/change", "all", 3, 2, 0, 1],
        ["frame", "rule/rulers", "all", 3, 1, 1, 1],
        ["entry", "coup", "all", 3, 2, 0, 1],
        ["entry", "regime", "all", 3, 1, 1, 1],
    ]
    assert table["share"].iloc[0] == pytest.approx(3 / 4)
    assert (table["low"].iloc[0], table["high"].iloc[0]) == pytest.approx(wilson(3, 4))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,maybe", "{}, row 2: the verdict is 'maybe'; write yes, no or unclear"),
        ("99,yes", "{}, row 2: no item '99' in the key; is it of this sheet?"),
        ("1,yes\n0001,no", "{}, row 3: the item '0001' is there twice"),
        ("1,", "{} holds no verdict; write yes, no or unclear into that column"),
    ],
)
def test_a_faulty_sheet_is_refused_in_one_sentence(coded, rows, message):
    """File, row and what would have worked."""
    file = coded / "carl.csv"
    file.write_text(f"item,verdict\n{rows}\n")
    with pytest.raises(ValueError, match="carl") as error:
        read_sheets([file], coded / "key.csv")
    assert str(error.value) == message.format(file)


def test_one_sheet_cannot_be_two_coders(coded):
    """Agreement of a coder with the same file would be perfect and mean nothing."""
    with pytest.raises(ValueError, match=r"is given twice; give each coder's own$"):
        read_sheets([coded / "ben.csv", coded / "ben.csv"], coded / "key.csv")


def rates(*rows):
    return build(
        "rates",
        [(o, "all", n, tokens, 1, 1, 1000 * n / tokens, None, None, None) for o, n, tokens in rows],
    )


def measured_precision(share: float, decoys: float) -> pd.DataFrame:
    return build(
        "precision",
        [("all", "all", "all", 100, 0, 0, 0, share, share - 0.1, share + 0.1, 40),
         ("decoys", "decoys", "all", 100, 0, 0, 0, decoys, None, None, 20)],
    )  # fmt: skip


def test_corrected_rates_of_one_outlet_are_right_hits_and_missed_ones():
    """40 hits of which 80 % are right, 20 refused of which 10 % were right: 34 in 10,000."""
    table = corrected_rates(rates(("Echo", 40, 10_000)), measured_precision(0.8, 0.1))
    assert table["corrected"].iloc[0] == pytest.approx(3.4)
    assert table["low"].iloc[0] < 3.4 < table["high"].iloc[0]


def test_an_outlet_with_few_hits_loses_a_larger_part_of_them():
    """Wrong hits come with the tokens, not with the right hits; nothing becomes negative."""
    table = corrected_rates(
        rates(("Echo", 39, 10_000), ("Post", 1, 10_000)), measured_precision(0.5, 0.0)
    )
    echo, post = table["corrected"]
    assert echo / 3.9 > 0.5
    assert post == 0
    assert table["per_1000"].tolist() == [3.9, 0.1]


# ---- commands ----------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(lexicon_app, [str(x) for x in arguments])


def test_sample_and_precision_go_through_a_spreadsheet(folder, own, tmp_path):
    """A sheet drawn, coded and read back; the verdicts can be kept without the text."""
    out = tmp_path / "out"
    done = run("sample", folder, "-o", out, "--lexicon", own, "--n", 6, "--seed", 3)
    assert done.exit_code == 0, done.output
    assert (out / "CODEBOOK.md").read_text() == CODEBOOK
    sheet = pd.read_csv(out / "sheet.csv", dtype=str, keep_default_na=False)
    sheet.assign(verdict="yes").to_csv(out / "anna.csv", index=False)
    sheet.assign(verdict=["yes", "no"] * 3).to_csv(out / "ben.csv", index=False)
    done = run("precision", out / "anna.csv", out / "ben.csv", "--key", out / "key.csv", "--json",
               "--verdicts", out / "verdicts.csv")  # fmt: skip
    said = json.loads(done.output)
    assert said["precision"][0]["level"] == "all"
    assert said["alpha"] < 0.5
    kept = (out / "verdicts.csv").read_text(encoding="utf-8-sig")
    assert kept.startswith("item,coder,verdict,kind,entry,frame\n")
    assert "Velmora" not in kept
    shown = run("precision", out / "anna.csv", "--key", out / "key.csv").output
    assert "alpha" not in shown
    assert shown.startswith("level\tname\tcoder\tn\tn_yes")


def test_a_coded_sheet_is_never_overwritten(folder, own, tmp_path):
    """Hours of coding are worth a refusal."""
    (tmp_path / "sheet.csv").write_text("coded")
    done = run("sample", folder, "-o", tmp_path, "--lexicon", own)
    assert isinstance(done.exception, FileExistsError)
    assert (tmp_path / "sheet.csv").read_text() == "coded"


def test_the_codebook_has_three_examples_of_each_answer():
    """All three answers that a sheet may hold."""
    parts = CODEBOOK.split("\n## ")[1:]
    assert [part.split("\n")[0] for part in parts] == ["yes", "no", "unclear"]
    assert all(part.count("\n- ") == 3 for part in parts)
