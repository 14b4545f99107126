"""
How well are articles on one event found, how fast, and does the paired test keep its level?

    python tests/benchmarks/events.py [fit] [matching] [hidden] [speed] [null]

Reads ../shared/data (stories, basil, articles). `fit` makes the weights of `events/scoring.py`
again, from one half of the stories, and gives the other half's figures, both ways; `matching`
gives those of the shipped weights and thresholds; `hidden` hides the stories among all articles;
`speed` times collections of growing size; `null` simulates outlets that share their wording and
differ in what they cover. Needs scikit-learn for `fit` alone.
"""

import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import ttest_ind

from biaskit.events import EVERYONE, THRESHOLD, match_events
from biaskit.events.linkage import link
from biaskit.events.scoring import days_of, features
from biaskit.events.wording import wording_of_texts
from biaskit.paired import sign_flip
from biaskit.tables import build
from biaskit.validation.events import b_cubed, validate_events

DATA = Path(__file__).parents[3] / "shared" / "data"
CUT = 0.7  # of the stories keep one article: most real articles have no partner
CUTS = 10


def tell(*parts: object) -> None:
    sys.stdout.write(" ".join(map(str, parts)) + "\n")


def rows(name: str) -> list[dict]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def stories() -> list[dict]:
    return [story for story in rows("stories") if story["articles"]]


def half(names: list[str]) -> set[str]:
    """The half that the shipped weights were fitted on."""
    names = sorted(names)
    random.Random(0).shuffle(names)
    return set(names[: len(names) // 2])


def cut(told: list[dict], seed: int) -> list[dict]:
    draw = random.Random(seed)
    return [
        {**story, "articles": [draw.choice(story["articles"])]} if draw.random() < CUT else story
        for story in told
    ]


def articles_of(told: list[dict], dates: bool = True) -> tuple[pd.DataFrame, np.ndarray]:
    """An `articles` table and the story of each article."""
    table, gold = [], []
    for story in told:
        for one in story["articles"]:
            day = one["date"] if dates else None
            lead = one["lead"] if isinstance(one["lead"], str) else " ".join(one["lead"])
            place = f"{random.Random(one['title'] + lead).random():.12f}-{len(table)}"
            table.append((place, one["outlet"], day, day, one["title"], lead))
            gold.append(story["story"])
    return build("articles", table), np.array(gold)


def of_half(gold: np.ndarray, found: list, which: np.ndarray) -> float:
    """B-cubed F1 over some of the articles, whose groups may hold others as well."""
    same, true = (x[:, None] == x for x in (np.array(found), gold))
    right = (same & true).sum(axis=1)
    precision, recall = ((right / x.sum(axis=1))[which].mean() for x in (same, true))
    return 2 * precision * recall / (precision + recall)


# ---- fitting ----------------------------------------------------------------------------------


def fit() -> None:
    from sklearn.linear_model import LogisticRegression

    told = stories()
    first = half([story["story"] for story in told])
    for dates in (True, False):
        sets = [(1.0, *scored(told, dates))]
        sets += [(0.5 / 3, *scored(cut(told, seed), dates)) for seed in (10, 11, 12)]
        reached = []
        for ours in (True, False):
            x, y, weight = [], [], []
            for w, gold, i, j, table in sets:
                side = np.isin(gold, list(first)) == ours
                here = side[i] & side[j]
                x.append(table[here])
                y.append((gold[i] == gold[j])[here])
                weight.append(np.full(here.sum(), w))
            model = LogisticRegression(C=100, max_iter=5_000, fit_intercept=False)
            model.fit(np.concatenate(x), np.concatenate(y), np.concatenate(weight))
            weights = model.coef_[0]
            _, gold, i, j, table = sets[0]
            side, odds = np.isin(gold, list(first)) == ours, table @ weights
            runs = [linked(len(gold), i, j, odds, t) for t in np.arange(-3, 1, 0.25)]
            best = max(runs, key=lambda found: of_half(gold, found, side))
            reached.append(of_half(gold, best, ~side))
            tell("dates" if dates else "no dates", "weights", weights.round(2).tolist())
        tell(f"  held-out B3 F1, both ways: {reached[0]:.3f} {reached[1]:.3f}")


def scored(told: list[dict], dates: bool) -> tuple[np.ndarray, ...]:
    articles, gold = articles_of(told, dates)
    i, j, _, _, table = features(wording_of_texts(articles), days_of(articles))
    return gold, i, j, table


def linked(n: int, i: np.ndarray, j: np.ndarray, odds: np.ndarray, threshold: float) -> list:
    return link(n, (i, j, odds), threshold, np.full(n, -1)).tolist()


# ---- what is shipped --------------------------------------------------------------------------


def matching() -> None:
    for name in ("stories", "basil"):
        for dates in (True, False):
            found = validate_events(rows(name), dates)
            shown = {k: round(v, 3) for k, v in found.items() if isinstance(v, float)}
            tell(name, "dates" if dates else "no dates", shown)
    told = stories()
    first = half([story["story"] for story in told])
    for label, side in (("the half not fitted on", False), ("all stories", None)):
        right = n_found = n_gold = 0
        for seed in range(20, 20 + CUTS):
            articles, gold = articles_of(cut(told, seed))
            matches = match_events(articles).matches.set_index("document")["event"]
            found = matches.reindex(articles["document"]).to_numpy()
            which = np.isin(gold, list(first)) == side if side is not None else gold == gold
            same = (found[:, None] == found) & which[:, None] & ~np.eye(len(gold), dtype=bool)
            true = (gold[:, None] == gold) & which[:, None] & ~np.eye(len(gold), dtype=bool)
            right, n_found, n_gold = (
                right + (same & true).sum(), n_found + same.sum(), n_gold + true.sum()
            )  # fmt: skip
        tell(f"{CUT:.0%} cut to one article, {label}: precision of pairs {right / n_found:.3f}, "
              f"recall {right / n_gold:.3f} at the default threshold")  # fmt: skip


def all_articles() -> pd.DataFrame:
    table = [
        (x["id"], x["domain"], x["date"] or None, x["date"] or None, x["title"], x["text"])
        for x in rows("articles")
    ]
    return build("articles", table)


def hidden() -> None:
    articles, gold = articles_of(stories())
    everything = pd.concat([articles, all_articles()], ignore_index=True)
    for threshold in (EVERYONE, THRESHOLD):
        matches = match_events(everything, threshold=threshold).matches
        events = matches.set_index("document")["event"]
        n_other = events.value_counts() - events[articles["document"]].value_counts()
        found = list(events[articles["document"]])
        tell(f"stories among {len(everything):,} articles, threshold {threshold}: B3 F1 "
              f"{b_cubed(list(gold), found)['f1']:.3f}, others in their events "
              f"{int(n_other.dropna().sum())}")  # fmt: skip


def speed() -> None:
    everything = all_articles()
    match_events(everything.head(50))
    for n in (1_000, 2_000, 4_000, len(everything)):
        articles = everything.sample(n, random_state=1)
        wall, began = time.perf_counter(), time.process_time()
        match_events(articles)
        seconds, wall = time.process_time() - began, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        tell(f"{n:,} articles: {seconds:.1f} s of processor, {wall:.1f} s, "
              f"{1_000 * seconds / n:.2f} ms each, at most {peak} MB")  # fmt: skip


# ---- the paired test --------------------------------------------------------------------------


def null(runs: int = 2_000, events: int = 60) -> None:
    """Topics differ in their rate; the one outlet covers the fiery ones, the other the tame."""
    for effect in (1.0, 1.5):
        draw = np.random.default_rng(7)
        paired = [0, 0]
        for a, b, both in simulated(draw, runs, events, effect):
            paired[0] += sign_flip(both, flips=999, rng=draw) <= 0.05
            paired[1] += ttest_ind(a, b, equal_var=False).pvalue <= 0.05
        tell(f"wording x {effect}: rejected at .05 by the paired test {paired[0] / runs:.3f}, "
              f"by the unpaired one {paired[1] / runs:.3f}")  # fmt: skip


def simulated(
    draw: np.random.Generator, runs: int, events: int, effect: float
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Rates of the one outlet, of the other, and their differences in the events of both."""
    for _ in range(runs):
        heat = draw.normal(0, 0.6, events)
        covers = [draw.random(events) < 1 / (1 + np.exp(-sign * heat)) for sign in (1, -1)]
        rates = []
        for covered, times in zip(covers, (effect, 1.0), strict=True):
            n = draw.integers(200, 1_200, events)
            mean = 0.006 * np.exp(heat) * draw.gamma(4, 1 / 4, events) * times
            rates.append(np.where(covered, draw.poisson(mean * n) / n, np.nan))
        both = rates[0] - rates[1]
        yield rates[0][covers[0]], rates[1][covers[1]], both[~np.isnan(both)]


if __name__ == "__main__":
    parts = {"fit": fit, "matching": matching, "hidden": hidden, "speed": speed, "null": null}
    for part in sys.argv[1:] or parts:
        parts[part]()
