"""
What is to be seen in a figure, in a sentence?

The sentence stands beside the figure and is its alternative text, so it holds the figure's
numbers: who cannot see the picture shall know what it says. It tells what differs, never what
that means.
"""

import pandas as pd

from biaskit.comparison import ALPHA, how_small, null_sentence, two_digits
from biaskit.figures.style import count_of
from biaskit.power import power_sentence
from biaskit.rates import FEWEST_DOCUMENTS

__all__ = [
    "about_coverage",
    "about_differences",
    "about_null",
    "about_pairs",
    "about_periods",
    "about_power",
    "about_rates",
    "about_shares",
    "about_shift",
    "about_speakers",
    "about_spread",
    "about_targets",
    "about_voices",
    "too_few_dates",
]

NAMED = 5
SETS_NAMED = 12
SPEAKERS_NAMED = 2


def about_rates(rates: pd.DataFrame) -> str:
    """A `rates` table: narration and all voices of each outlet."""
    told = []
    for outlet in sorted(rates["outlet"].unique()):
        rows = rates[rates["outlet"] == outlet].set_index("voice")
        own, every = rows.loc["narration"], rows.loc["all"]
        if pd.isna(own["per_1000"]):
            told.append(f"{outlet} has no narration")
            continue
        told.append(
            f"{outlet} uses {own['per_1000']:.1f} markers per 1,000 tokens of narration "
            f"({count_of(own['n'], 'hit')}) and {every['per_1000']:.1f} in all voices "
            f"({count_of(every['n'], 'hit')})"
        )
    return "; ".join(told) + "."


def about_voices(voices: pd.DataFrame) -> str:
    """A `voices` table: how much of each outlet is narration, how much quoted."""
    told = []
    for outlet, of_it in voices.groupby("outlet", sort=True):
        shares = of_it.set_index("voice")["share"]
        if shares.isna().all():
            told.append(f"{outlet} has no words")
            continue
        told.append(f"of {outlet}'s words {shares['narration']:.0%} are narration and "
                    f"{shares['quoted']:.0%} quoted")  # fmt: skip
    return _capital("; ".join(told)) + "."


def about_speakers(speakers: pd.DataFrame) -> str:
    """A `speakers` table: whom each outlet gives most words, and how many of them are quoted."""
    told = []
    for outlet, rows in speakers.groupby("outlet", sort=True):
        first = ", ".join(
            f"{row.speaker} {row.share:.0%} ({row.n_tokens:,} tokens, of these {row.n_quoted:,} "
            f"quoted; {count_of(row.n_documents)})"
            for row in rows[:SPEAKERS_NAMED].itertuples()
        )
        told.append(f"{outlet}: {first}")
    return (
        "The speakers with most words, and their share of the words that the outlet ascribes to "
        f"named ones. {'; '.join(told)}."
    )


def about_shares(shares: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """A `shares` table, and its rows that are drawn."""
    used = shares[shares["n"] > 0].groupby("set")["outlet"].nunique()
    named = [name.replace("-", " ") for name in used.index[used > 1]]
    more = ", among others" if len(named) > SETS_NAMED else ""
    both = ", ".join(named[:SETS_NAMED]) + more if named else "none"
    n = drawn["set"].nunique()
    shown = "" if n == len(used) else (" The one with the most hits is shown." if n == 1 else
             f" The {n} with the most hits are shown.")  # fmt: skip
    return (
        f"{len(used)} alternation set{' occurs' if len(used) == 1 else 's occur'}; sets that more "
        f"than one outlet has a variant of: {both}.{shown}"
    )


def about_differences(table: pd.DataFrame, what: str) -> str:
    """A `comparisons` or `keywords` table of one pair; `what` is compared: marker, term."""
    target, reference = table[["target", "reference"]].iloc[0]
    tested, item = table["q"].notna().sum(), "term" if "term" in table.columns else "item"
    sure = table[table["q"] < ALPHA]
    start = (f"{target} against {reference}: of {count_of(tested, what)} tested, {len(sure):,} "
             f"differ with q below {ALPHA:g}")  # fmt: skip
    told = []
    for outlet, rows in ((target, sure[sure["log_ratio"] > 0]),
                         (reference, sure[sure["log_ratio"] < 0])):  # fmt: skip
        if len(rows):
            first = rows[[item, "log_ratio"]][:NAMED].itertuples(index=False, name=None)
            words = ", ".join(_times(*row) for row in first)
            more = ", among others" if len(rows) > NAMED else ""
            told.append(f"more often in {outlet}: {words}{more}")
    return "; ".join([start, *told]) + "."


def _times(item: str, log_ratio: float) -> str:
    return f"{item} ({two_digits(2 ** abs(log_ratio))} times)"


def about_spread(spread: pd.DataFrame) -> str:
    """A `sentiment_spread` table: the mean and the middle half of each outlet's articles."""
    rows = spread[(spread["voice"] == "all") & (spread["measure"] == "vader")]
    told = [
        f"{row.outlet} {row.mean:.2f} ({row.q25:.2f} to {row.q75:.2f}; {count_of(row.n_documents)})"
        for row in rows[rows["n_documents"] > 0].itertuples(index=False)
    ]
    return (
        "Mean VADER score of each outlet's articles, from -1 to 1, with the range of the middle "
        f"half of them: {', '.join(told)}."
    )


def about_targets(sentiment: pd.DataFrame) -> str:
    """A `target_sentiment` table: the means of the targets that are mentioned most."""
    rows = sentiment[(sentiment["measure"] == "vader") & sentiment["mean"].notna()]
    n = rows.groupby("entry")["n_sentences"].sum().sort_values(ascending=False, kind="stable")
    told = []
    for entry in n.index[:NAMED]:
        means = ", ".join(
            f"{row.outlet} {row.mean:.2f} ({count_of(row.n_sentences, 'sentence')})"
            for row in rows[rows["entry"] == entry].itertuples(index=False)
        )
        told.append(f"{entry}: {means}")
    return (
        "Mean VADER score, from -1 to 1, of the sentences that mention a target, which is no tone "
        f"towards it; of {count_of(len(n), 'target')} the most mentioned: {'; '.join(told)}."
    )


def about_shift(shift: pd.DataFrame, pair: tuple[str, str]) -> str:
    """A `word_shift` table: the difference, and the words that contribute most to it."""
    total = shift["contribution"].sum()
    words = ", ".join(
        f"{row.term} ({row.contribution:+.3f}; {row.n_target:,} against {row.n_reference:,})"
        for row in shift[:NAMED].itertuples()
    )
    return (
        f"The mean valence of {pair[0]}'s words less that of {pair[1]}'s is {total:+.3f} on "
        f"VADER's scale of -4 to 4; the words that contribute most, of {len(shift):,}: {words}."
    )


def about_periods(periods: pd.DataFrame, events: pd.DataFrame) -> str:
    """What `articles_by_period` returns, with an `events` table."""
    n = periods.groupby("outlet")["n_documents"].sum()
    told = ", ".join(f"{outlet} {k:,}" for outlet, k in n.items())
    every, low, high = periods["every"].iloc[0], periods["period"].min(), periods["period"].max()
    both = int((events["n_outlets"] > 1).sum())
    return (
        (
            f"Articles by {every}, from the {every} of {low} to that of {high}: {told}. "
            f"{_capital(count_of(both, 'event'))} told by two outlets or more."
        )
        .replace("1 event told", "1 event is told")
        .replace("events told", "events are told")
    )


def about_coverage(coverage: pd.DataFrame) -> str:
    """A `coverage` table: how many events there are, and how many each outlet tells."""
    told = coverage[coverage["n_documents"] > 0]
    n_outlets = told.groupby("event").size()
    of_outlet = ", ".join(f"{o} {k:,}" for o, k in told.groupby("outlet").size().items())
    return (
        f"Of {count_of(len(n_outlets), 'event')}, {(n_outlets > 1).sum():,} are told by two "
        f"outlets or more. Each tells: {of_outlet}."
    )


def about_pairs(paired: pd.Series) -> str:
    """A row of a `paired` table."""
    start = (
        f"In {count_of(paired['n_events'], 'event')} that both tell, {paired['target']} uses on "
        f"average {_more(paired['difference'])} markers per 1,000 tokens than {paired['reference']}"
    )
    if pd.isna(paired["low"]):
        return f"{start}; {paired['note']}." if paired["note"] else f"{start}."
    return (
        f"{start} (95 % interval {_more(paired['low'])} to {_more(paired['high'])}; "
        f"{how_small('p', paired['p'])})."
    )


def _more(difference: float) -> str:
    return f"{two_digits(abs(difference))} {'fewer' if difference < 0 else 'more'}"


def about_null(checks: pd.DataFrame, comparisons: pd.DataFrame) -> str:
    """A `null_checks` table and the `comparisons` table it belongs to."""
    found = int((comparisons["q"] < ALPHA).sum())
    target, reference = comparisons[["target", "reference"]].iloc[0]
    itself = " ".join(null_sentence(check) for _, check in checks.iterrows())
    tested = comparisons["q"].notna().sum()
    return f"{itself} From {reference}, {target} differs in {found:,} of {tested:,}."


def about_power(power: pd.DataFrame) -> str:
    """A `power` table of several effects."""
    sentences = [power_sentence(rows) for _, rows in power.groupby("effect", sort=True)]
    return " ".join(sentences).replace("“all”", "all markers")


def too_few_dates(n_known: int, n: int) -> str:
    """Why there is no timeline."""
    return (
        f"{n_known:,} of {count_of(n)} {'has' if n_known == 1 else 'have'} a known week or month; "
        f"a timeline takes {FEWEST_DOCUMENTS}"
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
