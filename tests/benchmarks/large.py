"""
Do rates, keywords, comparisons and events of a million documents fit into 4 GB?

    python tests/benchmarks/large.py --n 1000000

Writes a set of invented documents (100,000 by default) as Parquet and runs each command on it in
a process of its own; the table says how long it took and how much memory it had at its peak.
Each document has the rows that one of corpus/us-outlets has, and its terms from two of them, so
that no two are alike; rare terms are varied, so that the vocabulary grows as it does in life.
The set is left in --folder where one is named, and used again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "corpus" / "us-outlets"
DOCUMENTS_AT_ONCE = 2_000
SEED = 2031
DAYS = 1_461  # four years
CALL = "from biaskit.measurement import load; measured = load({0!r}); "
COMMAND = "from biaskit.cli import main; main()"

# What is run, as arguments of the command line or as a statement.
STEPS: dict[str, str | list[str]] = {
    "outlets of a loaded set": "print(len(measured.outlets))",
    "marker_rates": "from biaskit.rates import marker_rates; marker_rates(measured)",
    "alternation_shares": "from biaskit.rates import alternation_shares; "
    "alternation_shares(measured)",
    "compare, frames": ["compare", "--level", "frame", "--permutations", "0", "--runs", "0"],
    "compare, entries of two": ["compare", "--target", "CNN", "--reference", "Fox News",
                                "--permutations", "0", "--runs", "20"],
    "keywords of one": ["keywords", "--target", "CNN", "--permutations", "0"],
    "keywords, quoted": ["keywords", "--target", "CNN", "--permutations", "0", "--voice", "quoted"],
    "events": ["events"],
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().split("\n")[0])
    parser.add_argument("--n", type=int, default=100_000, help="documents")
    parser.add_argument("--folder", help="where the set is, or is to be left")
    parser.add_argument("--days", type=int, default=DAYS, help="days the documents are of")
    parser.add_argument("--steps", default=",".join(STEPS), help="some of the steps, by name")
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write_set(Path(options.folder), options.n, options.days)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(options.folder or made)
        print(f"{'step':28}{'seconds':>9}{'of processor':>14}{'peak MB':>9}")  # noqa: T201
        if not (folder / "provenance.json").is_file():
            tell(f"write {options.n:,} documents", [
                sys.executable, __file__, "--write", "--folder", str(folder),
                "--n", str(options.n), "--days", str(options.days),
            ])  # fmt: skip
        # A step's name may hold a comma.
        for name in (name for name in STEPS if name in options.steps):
            tell(name, arguments(STEPS[name], folder))


def arguments(step: str | list[str], folder: Path) -> list[str]:
    if isinstance(step, str):
        return [sys.executable, "-c", CALL.format(str(folder)) + step]
    command, *rest = step
    return [sys.executable, "-c", COMMAND, command, str(folder), *rest]


def tell(name: str, command: list[str]) -> None:
    """Run a command; one line with its time, its processor's time and its own peak of memory."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    # Not RUSAGE_CHILDREN, which is the largest of all that ran before as well.
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    failed = f"   failed ({process.returncode})" if process.returncode else ""
    busy, peak = used.ru_utime + used.ru_stime, used.ru_maxrss * 1_024 / 1e6
    print(f"{name:28}{seconds:9.1f}{busy:14.1f}{peak:9.0f}{failed}", flush=True)  # noqa: T201


# ---- an invented set -------------------------------------------------------------------------


def write_set(folder: Path, n: int, days: int) -> None:
    """Tables of `n` documents drawn from the source, some thousand documents at a time."""
    import numpy as np
    import pyarrow.parquet as pq

    from biaskit.measurement import PROVENANCE, write_provenance
    from biaskit.parts import write_parquet
    from biaskit.tables import STORED

    folder.mkdir(parents=True, exist_ok=True)
    documents = pq.read_table(SOURCE / "documents.parquet")
    for name in STORED:
        source = pq.read_table(SOURCE / f"{name}.parquet")
        rng = np.random.default_rng(SEED)  # the same documents for each table
        tables = iter([source]) if name == "entries" else drawn(name, source, documents, n, rng)
        if name == "documents":
            tables = (dated(table, days, rng) for table in tables)
        write_parquet(tables, name, folder / f"{name}.parquet")
    provenance = json.loads((SOURCE / PROVENANCE).read_text(encoding="utf-8"))
    write_provenance(provenance | {"n_documents": n, "set_aside": []}, folder)


def drawn(name, source, documents, n: int, rng) -> Iterator:
    """The rows of `n` documents drawn with replacement, under new ids."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    place = pc.index_in(source["document"], documents["document"].combine_chunks()).to_numpy()
    edges = np.searchsorted(place, np.arange(len(documents) + 1))
    rare = rare_terms(source) if name == "counts" else None
    for start in range(0, n, DOCUMENTS_AT_ONCE):
        size = min(DOCUMENTS_AT_ONCE, n - start)
        pairs = rng.integers(len(documents), size=(2, size))
        own = np.random.default_rng(rng.integers(2**63))
        rows, of = expanded(edges, pairs[0])
        if name == "counts":
            others, of_others = expanded(edges, pairs[1])
            rows, of = np.append(rows, others), np.append(of, of_others)
            kept = own.random(len(rows)) < 0.5
            order = np.argsort(of[kept], kind="stable")
            rows, of = rows[kept][order], of[kept][order]
        ids = pa.array([f"d{start + i:09}" for i in range(size)])
        table = source.take(pa.array(rows))
        table = table.set_column(0, "document", ids.take(pa.array(of)))
        yield varied(table, rare[rows], own) if rare is not None else table


def expanded(edges, chosen) -> tuple:
    """The rows of the chosen documents, one after the other, and the place of each row's own."""
    import numpy as np

    sizes = edges[chosen + 1] - edges[chosen]
    of = np.repeat(np.arange(len(chosen)), sizes)
    return np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes - edges[chosen], sizes), of


def rare_terms(source):
    """Whether the term of each row stands in one document only."""
    import numpy as np

    term = source["term"].combine_chunks().dictionary_encode()
    codes = term.indices.to_numpy()
    place = source["document"].combine_chunks().dictionary_encode().indices.to_numpy()
    pairs = np.unique(np.array([codes, place]), axis=1)[0]
    return (np.bincount(pairs) == 1)[codes]


def varied(table, rare, rng):
    """The counts with a number, mostly a small one, behind each rare term."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    terms = table["term"].combine_chunks()
    numbers = pa.array(np.minimum(rng.random(rare.sum()) ** -1.5, 1e6).astype(int).astype(str))
    made = pc.binary_join_element_wise(terms.filter(pa.array(rare)), numbers.cast(pa.string()), "")
    changed = pc.replace_with_mask(terms, pa.array(rare), made)
    return table.set_column(table.schema.get_field_index("term"), "term", changed)


def dated(table, days: int, rng):
    """The documents, each of a day drawn from as many; no copies and no events are known."""
    import numpy as np
    import pyarrow as pa

    day = np.datetime64("2028-01-01") + rng.integers(days, size=len(table))
    for name in ("date_low", "date_high", "event", "copy_of"):
        values = pa.array(day.astype(str)) if name.startswith("date") else pa.nulls(len(table))
        column = table.schema.get_field_index(name)
        table = table.set_column(column, name, values.cast(pa.string()))
    return table


if __name__ == "__main__":
    main()
