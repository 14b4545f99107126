"""
How positive or negative does each sentence sound to two well-known scorers?

VADER (Hutto & Gilbert 2014), as NLTK has it, gives a compound score from -1 to 1. TextBlob
gives a polarity from -1 to 1 and a subjectivity from 0 to 1. A sentence is scored by itself:
VADER's compound saturates on long texts, so an article is never scored whole.

Neither sees framing: "Crimea reunified with Russia" and "Russia annexed Crimea" both score
0.0. Neither knows whom a sentence is about, so a low mean is no sign of hostility; say
"sentences with narration" and "sentences that mention Russia", not "towards Russia".

The numbers are the libraries' own to the last digit, however they are found. `libraries` runs
the libraries' code, `vader` and `blob` write their rules out for one sentence, and
`vader_columns` and `blob_columns` apply the same rules to thousands of sentences at once, over
the `chunks` that both share. `scoring` chooses among the three; `means` adds up.
"""

from biaskit.sentiment.libraries import sentiment_provenance
from biaskit.sentiment.means import mean_sentiment
from biaskit.sentiment.scoring import MEASURES, WAYS, Scores, score_columns, score_sentences

__all__ = [
    "MEASURES",
    "WAYS",
    "Scores",
    "mean_sentiment",
    "score_columns",
    "score_sentences",
    "sentiment_provenance",
]
