"""
Which picture opens the README, and from what is it drawn?

    python docs/picture.py

Four alternation sets of corpus/headlines: words for the same thing, and which of them each outlet
chose. In three the outlets differ, in one they do not. The set "war" would differ most, and is not
shown: nearly all of it is "Ukraine war latest:", with which one outlet opens half its headlines.
Writes picture.png and the numbers behind it as picture.csv; a test compares these with
what corpus/headlines gives today.
"""

from pathlib import Path

import matplotlib as mpl
import pandas as pd

import biaskit

__all__ = ["SETS", "shares"]

DOCS = Path(__file__).parent
SETS = ("capital", "bakhmut-name", "battle-deaths", "taking-a-place")


def shares() -> pd.DataFrame:
    """The variants of the sets that occur, by outlet: rows of a `shares` table."""
    found = biaskit.alternation_shares(biaskit.load(DOCS.parent / "corpus" / "headlines"))
    found = found[found["set"].isin(SETS)]
    n = found.groupby(["set", "variant"])["n"].transform("sum")
    return found[n > 0].reset_index(drop=True)


def as_csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, float_format="%.4f", lineterminator="\n")


def main() -> None:
    mpl.use("agg")
    from biaskit.figures import STYLE, alternation_figure

    with mpl.rc_context(STYLE):
        figure = alternation_figure(shares()).figure
        figure.savefig(DOCS / "picture.png", metadata={"Software": None})
    (DOCS / "picture.csv").write_text(as_csv(shares()), encoding="utf-8")


if __name__ == "__main__":
    main()
