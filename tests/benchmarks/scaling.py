"""
How do time and memory grow with the corpus and the number of processes?

    python tests/benchmarks/scaling.py            # 1,000 to 24,000 articles
    python tests/benchmarks/scaling.py --long     # and ten times all there are

Measures articles with one process, then as many as --two with two. Those that come again come
under new ids, from other outlets and with every third word changed, so that no two are copies.
What two processes can reach at all on this machine is shown beside it: two copies of a bare loop
against one, in the same run. Memory is the peak of the process that gives out the work and that
of the largest one that does it. The articles are not part of the repository.
"""

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILE = Path(__file__).parents[3] / "shared" / "data" / "articles.jsonl.gz"
ALL = 6_199  # articles of the file
CHANGED = 0.3  # of the words of an article that comes again
OUTLETS = 7
LOOP = "sum(i * i for i in range({n}))"
RUN = """
import resource, sys
from biaskit.corpus import Reading
from biaskit.partitions import measure_paths
if __name__ == "__main__":
    measure_paths(sys.argv[2], Reading(sys.argv[1]), workers=int(sys.argv[3]))
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        print(resource.getrusage(who).ru_maxrss * 1_024 / 1e6)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how measuring grows.")
    parser.add_argument("--sizes", default=f"1000,{ALL},24000", help="articles for one process")
    parser.add_argument("--long", action="store_true", help=f"and {10 * ALL:,}")
    parser.add_argument("--two", type=int, default=ALL, help="articles for two processes")
    options = parser.parse_args()
    if not FILE.exists():
        sys.exit(f"no articles to measure on: {str(FILE)!r} is absent")
    sizes = [int(n) for n in options.sizes.split(",")] + [10 * ALL] * options.long
    runs = [*((n, 1) for n in sorted({*sizes, options.two})), (options.two, 2)]
    print(f"{'articles':>9}{'MB':>7}{'processes':>11}{'seconds':>9}{'articles/s':>12}{'MB/s':>7}"  # noqa: T201
          f"{'peak MB':>9}{'of a worker':>13}")  # fmt: skip
    taken = {}
    with tempfile.TemporaryDirectory() as folder:
        for n, workers in runs:
            file = write_articles(Path(folder) / f"{n}.jsonl", n)
            size = file.stat().st_size / 1e6
            seconds, main_peak, peak = measured(folder, file, workers)
            taken[n, workers] = seconds, main_peak
            worker = f"{peak:13.0f}" if workers > 1 else ""
            print(f"{n:9,}{size:7.0f}{workers:11}{seconds:9.1f}{n / seconds:12.0f}"  # noqa: T201
                  f"{size / seconds:7.2f}{main_peak:9.0f}{worker}", flush=True)  # fmt: skip
    tell_growth({n: taken[n, 1] for n in sorted({*sizes})})
    tell_of_two(taken[options.two, 1][0] / taken[options.two, 2][0])


def tell_growth(taken: dict[int, tuple[float, float]]) -> None:
    """From the second size to the last: the smallest pays mostly for the start."""
    sizes = [*taken][1:]
    if len(sizes) > 1:
        (t, m), (u, k) = taken[sizes[0]], taken[sizes[-1]]
        print(f"{sizes[-1] / sizes[0]:.1f} times as many articles take {u / t:.1f} times as long "  # noqa: T201
              f"and {k - m:+.0f} MB")  # fmt: skip


def tell_of_two(ours: float) -> None:
    alone, together = loops(1), loops(2)
    bare = 2 * alone / together
    print(f"two processes are {ours:.2f} times as fast as one; two bare loops {bare:.2f} times "  # noqa: T201
          f"({ours / bare:.2f} of it)")  # fmt: skip


def write_articles(file: Path, n: int) -> Path:
    """Articles under new ids, those that come again with changed words."""
    draw = random.Random(n)
    with file.open("w", encoding="utf-8") as lines:
        written = 0
        while written < n:
            with gzip.open(FILE, "rt", encoding="utf-8") as articles:
                for line in articles:
                    text = json.loads(line)["text"]
                    if written >= ALL:
                        text = changed(text, draw)
                    row = {"id": str(written), "outlet": f"Outlet {written % OUTLETS}",
                           "text": text}  # fmt: skip
                    lines.write(json.dumps(row) + "\n")
                    written += 1
                    if written == n:
                        break
    return file


def changed(text: str, draw: random.Random) -> str:
    """The text with digits behind some of its words, which stay words of prose."""
    return " ".join(
        f"{word}{draw.randrange(9)}" if draw.random() < CHANGED else word
        for word in text.split(" ")
    )


def measured(folder: str, file: Path, workers: int) -> tuple[float, ...]:
    """Seconds, and the peaks of the first process and of the largest other one in megabytes."""
    script = Path(folder) / "run.py"
    script.write_text(RUN, encoding="utf-8")
    target = str(Path(folder) / f"set-{file.stem}-{workers}")
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), str(file), target, str(workers)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return time.perf_counter() - started, *map(float, done.stdout.split())


def loops(n: int) -> float:
    """Seconds that as many bare loops take side by side."""
    command = [sys.executable, "-c", LOOP.format(n=60_000_000)]
    started = time.perf_counter()
    running = [subprocess.Popen(command) for _ in range(n)]
    for process in running:
        process.wait()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
