"""
Do the outlets' articles sound different, and do their sentences that mention a target?

`documents` compares articles: each is one observation, its mean score over sentences. A
*target* is an entry of a lexicon whose frame begins with "target" (Russia, NATO): `mentions`
describes the sentences that mention one.

When the answer is wrong: the scorers do not see framing, irony or who does what to whom, and
a difference can be that of the topics and not of the outlets.
"""

from biaskit.targets.documents import document_sentiment, sentiment_differences, sentiment_spread
from biaskit.targets.mentions import AGREEMENT, clause_around, is_target, target_sentiment

__all__ = [
    "AGREEMENT",
    "clause_around",
    "document_sentiment",
    "is_target",
    "sentiment_differences",
    "sentiment_spread",
    "target_sentiment",
]
