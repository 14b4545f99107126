"""
How is a corpus measured by many machines?

By the same functions as by one: `partitions` gives out parts, and here it gives them to a Dask
cluster. Parts, tables and decisions lie in the set's folder, so that every worker must see
that folder under the same path, as on a cluster's shared file system. A worker that is lost
costs the parts it was at; the scheduler gives them to another one. Nothing in the set says
who made it.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

__all__ = ["dask_executor"]

# A part that has taken three workers with it will take a fourth.
RETRIES = 3
SECONDS_TO_CONNECT = 10


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """
    What runs work on the cluster whose scheduler is at `address`, as tcp://10.0.0.1:8786.

    Raises
    ------
    ValueError : dask is not installed; nobody answers there; no worker is there.
    """
    try:
        from dask.distributed import Client
    except ImportError as error:
        raise ValueError("a cluster needs dask: pip install 'biaskit[dask]'") from error
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"no Dask scheduler at {address!r}; start one with dask scheduler and workers with "
            f"dask worker {address}"
        ) from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise ValueError(f"the scheduler at {address!r} has no worker; start one with dask "
                             f"worker {address}")  # fmt: skip
        yield client.get_executor(pure=False, retries=RETRIES)
