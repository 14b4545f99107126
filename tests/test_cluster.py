"""A cluster gives the set that one process gives, even if a worker is lost on the way."""

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import LEXICON
from test_memory import write_articles

from biaskit import cluster, partitions
from biaskit.cluster import dask_executor
from biaskit.corpus import Reading
from biaskit.partitions import measure_paths


def test_without_dask_the_extra_is_named(monkeypatch):
    """Nobody needs dask on a laptop."""
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with (
        pytest.raises(ValueError, match=r"^a cluster needs dask: pip install 'biaskit\[dask\]'$"),
        dask_executor("tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.slow
def test_where_nobody_answers_it_is_said(monkeypatch):
    """With the two commands that start a scheduler and a worker."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 0.2)
    with (
        pytest.raises(ValueError, match="no Dask scheduler") as error,
        dask_executor("tcp://127.0.0.1:1"),
    ):
        pass
    assert str(error.value) == (
        "no Dask scheduler at 'tcp://127.0.0.1:1'; start one with dask scheduler and workers "
        "with dask worker tcp://127.0.0.1:1"
    )


def start(*arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", *arguments]
    if arguments[0].startswith("tcp"):
        command = [sys.executable, "-m", "distributed.cli.dask_worker", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of POSIX")
def test_a_worker_killed_on_the_way_leaves_no_trace(tmp_path, monkeypatch):
    """A scheduler and two workers on this machine, one of them killed: the same files."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(partitions, "ARTICLES_IN_A_PART", 5)
    write_articles(tmp_path / "made.jsonl", 200)
    (tmp_path / "tiny.toml").write_text(LEXICON, encoding="utf-8")
    reading, lexicons = Reading(tmp_path / "made.jsonl"), [tmp_path / "tiny.toml"]
    told = tmp_path / "scheduler.json"
    running = [start("--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0",
                     "--scheduler-file", str(told))]  # fmt: skip
    try:
        address = address_in(told)
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard",
                   "--local-directory", str(tmp_path))  # fmt: skip
        running += [start(address, *options) for _ in range(2)]
        parts_done = []

        def kills_one(done, total):
            for n in done:
                parts_done.append(n)
                if len(parts_done) == 5:
                    os.kill(running[1].pid, signal.SIGKILL)
                yield n

        with with_workers(address, 2) as executor:
            progress = partitions.Progress(measuring=kills_one)
            measure_paths(
                tmp_path / "many", reading, lexicons, executor=executor, progress=progress
            )
        assert running[1].wait(5) == -signal.SIGKILL
    finally:
        for process in running:
            process.kill()
            process.wait()
    measure_paths(tmp_path / "one", reading, lexicons)
    files = [
        {f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("many", "one")
    ]
    assert files[0] == files[1]


def address_in(file) -> str:
    import json

    for _ in range(300):
        if file.exists() and file.read_text():
            return json.loads(file.read_text())["address"]
        time.sleep(0.1)
    pytest.fail("the scheduler did not start")


def with_workers(address: str, n: int):
    """The executor, once all workers are there."""
    from dask.distributed import Client

    with Client(address, timeout=30) as client:
        client.wait_for_workers(n, timeout=60)
    return dask_executor(address)
