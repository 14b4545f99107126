"""
Who does the work: this process, a pool of processes, or a cluster?

Whatever can run `submit` will do. A pool's processes are spawned: they share nothing with
this one, so it is the same on every system and in a notebook. Work is given out a little at
a time, so that neither the jobs nor their results pile up.

While a process makes tables, Python's search for reference cycles is off (`uncollected`): it
finds none among millions of tuples and spans, and takes a third of the time.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    as_completed,
    wait,
)
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

__all__ = ["pool_of", "results", "uncollected"]

# Jobs given out for each core: one at work, one waiting. Of a cluster's executor nobody
# knows how many it has.
AHEAD = 2
MOST_AHEAD = 256


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without the search for reference cycles, where it is on; what has none goes as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def pool_of(workers: int, executor: Executor | None) -> Iterator[Executor | None]:
    """The given executor, a pool of processes, or None for one process."""
    if executor is not None or workers == 1:
        yield executor
        return
    # Spawned processes share nothing with this one, so it is the same on every system.
    with ProcessPoolExecutor(workers, get_context("spawn"), _leave_with_parent) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_with_parent() -> None:
    """A process whose parent was killed would otherwise wait for work for ever."""

    def watch(parent: Any) -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, args=(parent_process(),), daemon=True).start()


def results(pool: Executor | None, function: Callable, jobs: Iterable[tuple]) -> Iterator[Any]:
    """What the function gives for each job, as they are done; few jobs are held at a time."""
    if pool is None:
        yield from (function(*job) for job in jobs)
        return
    ahead = AHEAD * (os.cpu_count() or 1) if isinstance(pool, ProcessPoolExecutor) else MOST_AHEAD
    waiting: set[Future] = set()
    for job in jobs:
        waiting.add(pool.submit(function, *job))
        if len(waiting) >= ahead:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    yield from (future.result() for future in as_completed(waiting))
