"""
How is a corpus measured that is larger than memory, by all cores, and after a power cut?

In three steps, each of which leaves files: every article is looked at (*scan*), then it is
settled for all of them together which are copies and which lines recur (*settle*), then each
part of the corpus is measured (*measure*). A part is some hundred articles; parts are
independent of each other and may be done by any process in any order. At the end the parts
are merged into a set. The number of processes and the size of parts leave no trace in it.

The files lie in `.unfinished` in the set's folder until the set is whole. Started again with
the same input and settings, `measure_paths` goes on with what is there; with others it begins
anew. A process that is killed costs the parts it was at.
"""

import hashlib
import json
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from biaskit import __version__
from biaskit.annotation import Annotator
from biaskit.articles import Article, Settings
from biaskit.corpus import Reading
from biaskit.languages import forget_model
from biaskit.lexicon import Lexicon
from biaskit.measurement import fresh_folder, put_in_place
from biaskit.measuring import assemble, read_lexicons
from biaskit.parts import part_numbers, write_atomically, write_part
from biaskit.pools import pool_of, results, uncollected
from biaskit.reading.records import Found, Record
from biaskit.reading.sources import stamp
from biaskit.settling import FirstPass, Settled, look_at, settle_all

__all__ = ["Progress", "measure_paths"]

UNFINISHED = ".unfinished"
JOB, LEXICONS, SETTLED = "job", "lexicons", "settled"

# A part ends with this many articles or characters, whichever comes first: enough for arrays
# to pay, few enough that little is lost with a process, and little memory held by one.
ARTICLES_IN_A_PART = 128
CHARACTERS_IN_A_PART = 1_000_000


class Progress(NamedTuple):
    """What to call while work is done; each is given things and gives them back one by one."""

    reading: Callable[[Iterable[Found]], Iterable[Found]] = iter
    measuring: Callable[[Iterable[int], int], Iterable[int]] = lambda done, total: done
    """Given the numbers of articles done, part by part, and how many there are in all."""


SILENT = Progress()


def measure_paths(
    folder: str | Path,
    reading: Reading,
    lexicons: Sequence[str | Path | Lexicon] = ("framing-en",),
    *,
    workers: int = 1,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> dict[str, Any]:
    """
    Measure a corpus of any size into a folder; returns the provenance.

    Parameters
    ----------
    folder : of the new set; whatever else lies there stays.
    reading : what is to be read.
    lexicons : names of shipped lexicons, files, or lexicons already read.
    workers : processes; with 1 everything is done in this one.
    executor : what runs the work instead, as of a cluster; its processes must see `folder`.
    progress : what to call on the way.

    Raises
    ------
    ValueError, FileNotFoundError : those of `read_corpus` and `measure`.
    """
    job = _Job(Path(folder), reading, read_lexicons(lexicons))
    with job.resumed(), pool_of(workers, executor) as pool:
        job.scan(pool, progress.reading)
        job.settle()
        job.measure(pool, progress.measuring)
        return job.finish()


class _Job:
    """The files of one measuring, and what is to be done with them."""

    def __init__(self, output: Path, reading: Reading, lexicons: list[Lexicon]) -> None:
        self.output, self.reading, self.lexicons = output, reading, lexicons
        self.folder = output / UNFINISHED
        self.settings = reading.settings()
        self.name = _name(reading, lexicons)

    @contextmanager
    def resumed(self) -> Iterator[None]:
        """The folder with what is done of this very job, and of no other."""
        with fresh_folder(self.output):
            named = self.folder / JOB
            if not (named.is_file() and named.read_text(encoding="ascii") == self.name):
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir()
                write_pickle(self.folder / LEXICONS, self.lexicons)
                write_atomically(named, self.name.encode("ascii"))
            try:
                yield
            except ValueError:  # bad input stays bad; all else can be gone on with
                shutil.rmtree(self.folder)
                raise
            shutil.rmtree(self.folder)

    def scan(self, pool: Executor | None, track: Callable) -> None:
        """Look at every record; leaves the articles and the looks of each part."""
        if (self.folder / SETTLED).exists():
            return
        done = {int(file.name[:6]) for file in self.folder.glob("*.looks")}
        jobs = (
            (self.folder, number, found, self.settings)
            for number, found in enumerate(_parts(track(self.reading.found())))
            if number not in done
        )
        for _ in results(pool, scan_part, jobs):
            pass

    def settle(self) -> None:
        """Decide about all of them; leaves the decisions about each part."""
        if (self.folder / SETTLED).exists():
            return
        first, rows = FirstPass(), {}
        for file in sorted(self.folder.glob("*.looks")):
            looks = read_pickle(file)
            for look in looks:
                first.add(look, self.settings.facts)
            rows[file.name[:6]] = [
                (look.source, look.article.row["outlet"]) for look in looks if look.article
            ]
        settled = settle_all(self.reading.complete(first, self.settings))
        for number, sources in rows.items():
            write_pickle(self.folder / f"{number}.settled", settled.part(sources))
        facts = len(settled.ids), settled.set_aside, first.notes, settled.decisions.shared
        write_pickle(self.folder / SETTLED, facts)

    def measure(self, pool: Executor | None, track: Callable) -> None:
        """Measure every part; leaves its tables."""
        n_documents = read_pickle(self.folder / SETTLED)[0]
        whole = set(part_numbers(self.folder))
        numbers = [int(file.name[:6]) for file in sorted(self.folder.glob("*.settled"))]
        jobs = ((self.folder, n, self.name) for n in numbers if n not in whole)
        sizes = (
            len(read_pickle(self.folder / f"{n:06}.settled").ids) for n in numbers if n in whole
        )
        for _ in track(chain(sizes, results(pool, measure_part, jobs)), n_documents):
            pass
        _annotator.cache_clear()  # what it remembers of words is not needed beside the merge

    def finish(self) -> dict[str, Any]:
        """Merge the parts and put the set in its place."""
        _, set_aside, notes, shared = read_pickle(self.folder / SETTLED)
        made = self.folder / "set"
        made.mkdir(exist_ok=True)
        provenance = assemble(self.folder, made, self.lexicons, set_aside, notes, shared)
        put_in_place(made, self.output)
        return provenance


def _name(reading: Reading, lexicons: list[Lexicon]) -> str:
    """A hash of everything that the result, or the cut into parts, depends on."""
    said = [
        __version__,
        stamp(reading.path),
        sorted((reading.columns or {}).items()),
        reading.outlet,
        *(_content(path) for path in (reading.metadata, reading.profiles, reading.only)),
        [(lexicon.sha256, lexicon.shows_context) for lexicon in lexicons],
        ARTICLES_IN_A_PART,
        CHARACTERS_IN_A_PART,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _content(path: str | Path | None) -> str | None:
    """A hash of a file, or of the files right in a folder."""
    if path is None:
        return None
    files = sorted(Path(path).iterdir()) if Path(path).is_dir() else [Path(path)]
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()


# ---- the work, by part ----------------------------------------------------------------------


@uncollected()
def scan_part(folder: Path, number: int, found: Sequence[Found], settings: Settings) -> None:
    """Look at the records of one part; leaves its articles, then what was seen of them."""
    looks = [look_at(one, settings) for one in found]
    articles = [(look.article, look.scan.lines) for look in looks if look.article and look.scan]
    write_pickle(folder / f"{number:06}.articles", articles)
    write_pickle(folder / f"{number:06}.looks", [look.without_article() for look in looks])


@uncollected()
def measure_part(folder: Path, number: int, job: str) -> int:
    """Measure the articles of one part; leaves its tables and returns how many there were."""
    settled: Settled = read_pickle(folder / f"{number:06}.settled")
    read: list[tuple[Article, bytes]] = read_pickle(folder / f"{number:06}.articles")
    articles = [article for one in read if (article := settled.apply(*one)) is not None]
    write_part(folder, number, _annotator(folder, job)(articles))
    return len(articles)


@lru_cache(maxsize=1)
def _annotator(folder: Path, job: str) -> Annotator:
    """The annotator of a job; a process makes it once, when all articles are looked at."""
    forget_model()
    return Annotator(read_pickle(folder / LEXICONS))


def _parts(found: Iterable[Found]) -> Iterator[list[Found]]:
    part: list[Found] = []
    size = 0
    for one in found:
        part.append(one)
        size += len(one.content) if isinstance(one, Record) else 0
        if len(part) == ARTICLES_IN_A_PART or size > CHARACTERS_IN_A_PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def write_pickle(file: Path, thing: Any) -> None:
    """Leave a thing for another process of this job; such files are read by nobody else."""
    packed = pa.BufferOutputStream()
    with pa.CompressedOutputStream(packed, "zstd") as stream:
        stream.write(pickle.dumps(thing))
    write_atomically(file, packed.getvalue())


def read_pickle(file: Path) -> Any:
    """A thing that `write_pickle` left."""
    with pa.input_stream(str(file), compression="zstd") as stream:
        return pickle.loads(stream.read())
