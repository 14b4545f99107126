"""
How positive or negative do an outlet's sentences sound, in each voice?

Means of the sentence scores, by outlet and voice. A low mean is no sign of hostility towards
anybody: the scorers don't know whom a sentence is about.
"""

import pandas as pd

from biaskit.sentiment.scoring import MEASURES
from biaskit.tables import RATE_ZONES, VOICES, build, require

__all__ = ["mean_sentiment"]


def mean_sentiment(
    sentences: pd.DataFrame, documents: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """
    Mean sentence scores by outlet and voice.

    A sentence often holds two voices, and its score is the whole sentence's. So two means
    stand side by side: `mean` weighs each sentence by its tokens of the voice (sum of score
    times tokens over sum of tokens), `mean_wholly` takes only sentences wholly in it. Only
    headline, subheads and body count.

    Returns
    -------
    One row per outlet, voice (and `all`) and measure, in the order of the columns of a
    `sentiment` table; means are missing where there is no such sentence.
    """
    require(sentences, "sentences")
    require(documents, "documents")
    columns = [f"n_{voice}" for voice in VOICES]
    sentences = sentences[sentences["zone"].isin(RATE_ZONES)]
    table = sentences.merge(documents[["document", by]], on="document")
    total = table[columns].sum(axis=1)
    rows = []
    for outlet in sorted(documents[by].unique()):
        here = table[by] == outlet
        for voice in ("all", *VOICES):
            weights = total if voice == "all" else table[f"n_{voice}"]
            chosen = table[here & (weights > 0)]
            n = weights[chosen.index]
            wholly = chosen[n == total[chosen.index]]
            for measure in MEASURES:
                mean = (chosen[measure] * n).sum() / n.sum() if n.sum() else None
                rows.append(
                    (outlet, voice, measure, mean, n.sum(), len(chosen), wholly[measure].mean(),
                     len(wholly), chosen["document"].nunique())
                )  # fmt: skip
    return build("sentiment", rows)
