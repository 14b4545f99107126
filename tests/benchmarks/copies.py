"""
How many planted copies are found, how many others are taken for copies, and how fast?

    python tests/benchmarks/copies.py

Reads ../shared/data/articles.jsonl.gz. One half of the articles (by the hash of their ids) was
used to choose the numbers in `copies.py`; what is printed is the other half. Copies are planted
in four ways, a hundred each; precision counts every article that is linked to another one of
the same topic and day, or to anything but its original.
"""

import gzip
import hashlib
import json
import random
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np

from biaskit.copies import Decisions, settle
from biaskit.scans import Scan, scan

FILE = Path(__file__).parents[3] / "shared" / "data" / "articles.jsonl.gz"
PLANTED = 100
REPLICAS = 10  # for the time that ten times as many articles take


def change(text: str, draw: random.Random, vocabulary: list[str]) -> list[str]:
    """The lines with 5 to 20 % of their words replaced by others."""
    lines = [line.split(" ") for line in text.split("\n")]
    places = [(i, j) for i, line in enumerate(lines) for j, word in enumerate(line) if word]
    for i, j in draw.sample(places, round(draw.uniform(0.05, 0.2) * len(places))):
        lines[i][j] = draw.choice(vocabulary)
    return [" ".join(line) for line in lines]


def leave_out(text: str, draw: random.Random, vocabulary: list[str]) -> list[str]:
    """The lines without 5 to 20 % of their words."""
    share = draw.uniform(0.05, 0.2)
    lines = [[w for w in line.split(" ") if draw.random() > share] for line in text.split("\n")]
    return [" ".join(line) for line in lines]


def in_one_line(text: str, draw: random.Random, vocabulary: list[str]) -> list[str]:
    """Words replaced, and the line breaks lost."""
    return [" ".join(" ".join(change(text, draw, vocabulary)).split())]


def cut(text: str, draw: random.Random, vocabulary: list[str]) -> list[str]:
    """The first 40 to 90 % of the lines, as a wire report is cut to fit."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[: max(1, round(draw.uniform(0.4, 0.9) * len(lines)))]


WAYS = {
    "5-20 % of words replaced": change,
    "5-20 % of words left out": leave_out,
    "words replaced, in one line": in_one_line,
    "cut to 40-90 %": cut,
}


def scan_row(row: dict) -> Scan:
    return scan(row["id"], row["domain"], row["date"], row["title"], row["text"].split("\n"))


def found(rows: list[dict], scans: list[Scan], way: str, seed: int) -> tuple[float, float]:
    """Recall of the planted copies, and precision among articles of one topic and day."""
    draw = random.Random(seed)
    vocabulary = [word for row in rows[:300] for word in row["text"].split()]
    original = {}
    copies = []
    for row in draw.sample(rows, PLANTED):
        lines = WAYS[way](row["text"], draw, vocabulary)
        name = f"copy of {row['id']}"
        original[name] = row
        copies.append(scan(name, row["domain"], row["date"], "Another headline", lines))
    settled = settle([*scans, *copies])
    happening = {row["id"]: (row["topic"], row["date"]) for row in rows}
    happening |= {name: (row["topic"], row["date"]) for name, row in original.items()}
    right = wrong = 0
    for document, other in links(settled):
        pair = {document, other}
        planted = pair & original.keys()
        if planted and {original[x]["id"] for x in planted} == pair - planted:
            right += 1
        elif happening[document] == happening[other] and happening[document][1]:
            wrong += 1
    return right / PLANTED, right / max(1, right + wrong)


def links(settled: Decisions) -> set[tuple[str, str]]:
    """(article, the one it is a copy of or shares its group with)."""
    return {(a, b) for a, b in {**settled.shared, **settled.copy_of}.items() if a != b}


def unplanted(scans: list[Scan], rows: list[dict]) -> list[str]:
    """The copies that are there without any being planted, to be read."""
    title = {row["id"]: f"{row['domain']} {row['date']}" for row in rows}
    return [f"{title[a]} / {title[b]}" for a, b in sorted(links(settle(scans)))]


def speeds(rows: list[dict]) -> tuple[list[Scan], float, float]:
    """All scans, MB of text scanned per second, and bytes that a scan takes in memory."""
    scan_row(rows[0])  # loads the language model
    size = sum(len(row["text"].encode()) for row in rows)
    start = time.process_time()  # of one core, whoever else is at work
    scans = [scan_row(row) for row in rows]
    rate = size / 1e6 / (time.process_time() - start)
    tracemalloc.start()
    again = [scan_row(row) for row in rows[:500]]
    memory = tracemalloc.get_traced_memory()[0] / len(again)
    tracemalloc.stop()
    return scans, rate, memory


def replicated(scans: list[Scan]) -> list[Scan]:
    """As many articles more, with other signatures and ids and the same lines."""
    draw = np.random.default_rng(0)
    more = []
    for k in range(REPLICAS):
        for x in scans:
            mask = draw.integers(0, 256, len(x.signature), dtype="u1")
            values = (np.frombuffer(x.signature, "u1") ^ mask).tobytes()
            more.append(x._replace(document=f"{x.document}-{k}", signature=values))
    return more


def seconds(scans: list[Scan]) -> float:
    start = time.process_time()
    settle(scans)
    return time.process_time() - start


def main() -> None:
    if not FILE.is_file():
        sys.exit(f"no {FILE}")
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    scans, rate, memory = speeds(rows)
    held_out = [
        i
        for i, row in enumerate(rows)
        if int(hashlib.md5(row["id"].encode()).hexdigest(), 16) % 2 == 1
    ]
    kept = [rows[i] for i in held_out], [scans[i] for i in held_out]
    table = []
    for seed, way in enumerate(WAYS):
        recall, precision = found(*kept, way, seed)
        table += [(f"recall, {way}", f"{recall:.3f}"), ("  precision", f"{precision:.3f}")]
    everything = replicated(scans)
    table += [
        ("copies that nobody planted, all articles", "; ".join(unplanted(scans, rows))),
        ("set aside for their language", f"{len(settle(scans).set_aside)} of {len(rows):,}"),
        ("scan", f"{rate:.1f} MB/s"),
        ("memory", f"{memory:,.0f} bytes an article"),
        (f"settle {len(scans):,} articles", f"{seconds(scans):.2f} s"),
        (f"settle {len(everything):,} articles", f"{seconds(everything):.2f} s"),
    ]
    for what, value in table:
        sys.stdout.write(f"{what:42} {value}\n")


if __name__ == "__main__":
    main()
