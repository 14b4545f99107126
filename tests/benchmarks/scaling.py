"""
How do time and memory grow with the corpus and the number of processes?

    python tests/benchmarks/scaling.py

Measures 1,000 to 24,000 articles with one process, the larger ones being copies of the smaller
under new ids and with changed words, and 6,000 with two. What two processes can reach at all
on this machine is shown beside it: two copies of a bare loop against one, in the same run.
Memory is the peak of the largest process. The articles are not part of the repository.
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
LOOP = "sum(i * i for i in range({n}))"
RUN = """
import resource, sys
from biaskit.corpus import Reading
from biaskit.partitions import measure_paths
if __name__ == "__main__":
    measure_paths(sys.argv[2], Reading(sys.argv[1]), workers=int(sys.argv[3]))
    who = resource.RUSAGE_SELF if sys.argv[3] == "1" else resource.RUSAGE_CHILDREN
    print(resource.getrusage(who).ru_maxrss / 1e3)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how measuring grows.")
    parser.add_argument("--sizes", default="1000,6000,24000")
    parser.add_argument("--two", type=int, default=6_000, help="articles for two processes")
    options = parser.parse_args()
    if not FILE.exists():
        sys.exit(f"no articles to measure on: {str(FILE)!r} is absent")
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    print(f"{'articles':>9}{'processes':>11}{'seconds':>9}{'articles/s':>12}{'peak MB':>9}")  # noqa: T201
    taken = {}
    with tempfile.TemporaryDirectory() as folder:
        runs = [(int(n), 1) for n in options.sizes.split(",")] + [
            (options.two, 1),
            (options.two, 2),
        ]
        for n, workers in dict.fromkeys(runs):
            file = write_articles(Path(folder) / f"{n}.jsonl", texts, n)
            seconds, peak = measured(folder, file, workers)
            taken[n, workers] = seconds
            print(f"{n:9,}{workers:11}{seconds:9.1f}{n / seconds:12.0f}{peak:9.0f}")  # noqa: T201
    alone, together = loops(1), loops(2)
    bare = 2 * alone / together
    ours = taken[options.two, 1] / taken[options.two, 2]
    print(f"two processes are {ours:.2f} times as fast as one; two bare loops {bare:.2f} times "  # noqa: T201
          f"({ours / bare:.2f} of it)")  # fmt: skip


def write_articles(file: Path, texts: list[str], n: int) -> Path:
    """Articles under new ids; of those that come again a third of the lines is shuffled away."""
    draw = random.Random(n)
    with file.open("w", encoding="utf-8") as lines:
        for i in range(n):
            text = texts[i % len(texts)]
            if i >= len(texts):
                words = text.split(" ")
                text = " ".join(f"{word}{draw.randrange(9)}" if draw.random() < 0.3 else word
                                for word in words)  # fmt: skip
            row = {"id": str(i), "outlet": f"Outlet {i % 7}", "text": text}
            lines.write(json.dumps(row) + "\n")
    return file


def measured(folder: str, file: Path, workers: int) -> tuple[float, float]:
    """Seconds, and the peak of the largest process in megabytes."""
    script = Path(folder) / "run.py"
    script.write_text(RUN, encoding="utf-8")
    target = str(Path(folder) / f"set-{file.stem}-{workers}")
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), str(file), target, str(workers)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return time.perf_counter() - started, float(done.stdout)


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
