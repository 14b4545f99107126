"""A corpus measured part by part, by whomever and after whatever, is the set measured at once."""

import gc
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import LEXICON, ROOT
from test_memory import write_articles

from biaskit import partitions
from biaskit.corpus import Reading, read_corpus
from biaskit.measurement import save
from biaskit.measuring import measure
from biaskit.partitions import UNFINISHED, Progress, measure_paths
from biaskit.pools import results, uncollected

N = 40


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Short articles of three outlets, among them a copy, a note that recurs and an empty row."""
    folder = tmp_path_factory.mktemp("articles")
    write_articles(folder / "made.jsonl", N)
    lines = (folder / "made.jsonl").read_text(encoding="utf-8").splitlines()
    empty = '{"outlet": "Echo", "text": ""}'
    (folder / "articles.jsonl").write_text("\n".join([*lines, empty, lines[3]]) + "\n")
    (folder / "tiny.toml").write_text(LEXICON, encoding="utf-8")
    return folder / "articles.jsonl"


@pytest.fixture(scope="module")
def lexicons(file):
    return [str(file.parent / "tiny.toml")]


@pytest.fixture(scope="module")
def whole(file, lexicons, tmp_path_factory):
    """The files of the set that is measured in memory."""
    folder = tmp_path_factory.mktemp("whole") / "set"
    return files(save(measure(read_corpus(file), lexicons), folder))


def files(folder):
    """What each file of a set holds."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(("articles", "characters"), [(256, 2_000_000), (7, 2_000_000), (7, 600)])
def test_the_size_of_parts_leaves_no_trace(
    file, lexicons, whole, tmp_path, monkeypatch, articles, characters
):
    """Byte by byte, and nothing is left but the set."""
    monkeypatch.setattr(partitions, "ARTICLES_IN_A_PART", articles)
    monkeypatch.setattr(partitions, "CHARACTERS_IN_A_PART", characters)
    measure_paths(tmp_path / "set", Reading(file), lexicons)
    assert files(tmp_path / "set") == whole


def test_whoever_does_the_work_leaves_no_trace(file, lexicons, whole, tmp_path, monkeypatch):
    """Four at a time, in any order."""
    monkeypatch.setattr(partitions, "ARTICLES_IN_A_PART", 5)
    with ThreadPoolExecutor(4) as pool:
        measure_paths(tmp_path / "set", Reading(file), lexicons, executor=pool)
    assert files(tmp_path / "set") == whole


@pytest.mark.slow
def test_a_pool_of_processes_gives_the_same(file, lexicons, whole, tmp_path):
    """Spawned ones, as on every system."""
    run = SCRIPT.format(root=str(ROOT), size=7, file=str(file), lexicons=lexicons, workers=2)
    subprocess.run([sys.executable, "-c", run, str(tmp_path / "set")], check=True)
    assert files(tmp_path / "set") == whole


class StoppedError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize("at", ["scan_part", "measure_part"])
@pytest.mark.parametrize("n", [0, 1, 4])
def test_what_was_interrupted_goes_on(file, lexicons, whole, tmp_path, monkeypatch, at, n):
    """No part that is done is done again, and the set is that of an undisturbed run."""
    monkeypatch.setattr(partitions, "ARTICLES_IN_A_PART", 5)
    work, done = getattr(partitions, at), []

    def stops(*args):
        if len(done) == n:
            raise StoppedError
        done.append(args[1])
        return work(*args)

    monkeypatch.setattr(partitions, at, stops)
    with pytest.raises(StoppedError):
        measure_paths(tmp_path / "set", Reading(file), lexicons)
    assert [file.name for file in (tmp_path / "set").iterdir()] == [UNFINISHED]
    again = []
    monkeypatch.setattr(partitions, at, lambda *args: (again.append(args[1]), work(*args))[1])
    measure_paths(tmp_path / "set", Reading(file), lexicons)
    assert sorted([*done, *again]) == list(range(9))
    assert files(tmp_path / "set") == whole


def test_another_job_begins_anew(file, lexicons, tmp_path, monkeypatch):
    """Other settings or other input would give a set of two halves."""
    monkeypatch.setattr(partitions, "assemble", lambda *args: 1 / 0)
    for reading in (Reading(file), Reading(file, outlet="Echo")):
        with pytest.raises(ZeroDivisionError):
            measure_paths(tmp_path / "set", reading, lexicons)
    monkeypatch.undo()
    seen = []
    monkeypatch.setattr(partitions, "look_at", lambda *args: seen.append(args) or LOOK(*args))
    measure_paths(tmp_path / "set", Reading(file, outlet="Echo"), lexicons)
    assert seen == []
    measure_paths(tmp_path / "set", Reading(file), lexicons)
    assert len(seen) > N


LOOK = partitions.look_at


def test_bad_input_leaves_nothing(tmp_path, lexicons):
    """No article at all is no set, and no folder was asked for."""
    (tmp_path / "empty.jsonl").write_text('{"outlet": "Echo", "text": ""}\n')
    with pytest.raises(ValueError, match="cannot be used"):
        measure_paths(tmp_path / "new" / "set", Reading(tmp_path / "empty.jsonl"), lexicons)
    assert not (tmp_path / "new").exists()


def test_progress_is_told_of_everything(file, lexicons, tmp_path, monkeypatch):
    """Of each thing that is found, and of the articles done, part by part, out of all."""
    monkeypatch.setattr(partitions, "ARTICLES_IN_A_PART", 5)
    found, done = [], []

    def measuring(numbers, total):
        done.append(total)
        for number in numbers:
            done.append(number)
            yield number

    def reading(everything):
        for one in everything:
            found.append(one)
            yield one

    measure_paths(tmp_path / "set", Reading(file), lexicons, progress=Progress(reading, measuring))
    assert len(found) == N + 3  # with the empty row, the copy and the note on the columns
    assert done[0] == sum(done[1:]) > N - 3


def test_few_jobs_are_held_at_a_time(monkeypatch):
    """However many there are, so that neither they nor their results pile up."""
    monkeypatch.setattr("biaskit.pools.MOST_AHEAD", 3)
    given = []
    jobs = ((given.append(i) or i,) for i in range(20))
    with ThreadPoolExecutor(2) as pool:
        found = results(pool, abs, jobs)
        assert next(found) in range(3)
        assert len(given) == 3
        assert sorted([0, *found])[-1] == 19


KILLS = 20

# ---- killed ----------------------------------------------------------------------------------

SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from biaskit import partitions
from biaskit.corpus import Reading
partitions.ARTICLES_IN_A_PART = {size}
if __name__ == "__main__":
    partitions.measure_paths(sys.argv[1], Reading({file!r}), {lexicons!r}, workers={workers})
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of POSIX")
def test_killed_at_any_moment_it_goes_on(file, lexicons, whole, tmp_path):
    """However often killed at a random moment and started again: as many equal sets."""
    script = tmp_path / "run.py"
    script.write_text(
        SCRIPT.format(root=str(ROOT), size=1, file=str(file), lexicons=lexicons, workers=1)
    )
    draw, n_killed, longest = random.Random(1), 0, None
    for i in range(3 * KILLS):
        command = [sys.executable, str(script), str(tmp_path / f"set-{i}")]
        started = time.perf_counter()
        running = subprocess.Popen(command, start_new_session=True)
        try:
            running.wait(longest and draw.uniform(0.3, 1) * longest)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            n_killed += 1
            subprocess.run(command, check=True)
        else:
            longest = time.perf_counter() - started  # a machine may be busier at one time
        assert files(tmp_path / f"set-{i}") == whole
        if n_killed == KILLS:
            return
    pytest.fail(f"killed {n_killed} times only")


def test_the_search_for_cycles_is_off_only_while_it_is_said():
    """And on again after an error; where it was off before, it stays off."""
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()
