"""Many books: the same task for each, on this machine or on a Dask cluster that exists; one that fails stops no other.

Threads here only wait for processes. On a cluster, Dask gives the book of a worker that is gone to another one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from analysis.publish.one_book import FAILED, Outcome, Task

Make = Callable[[Task], Outcome]
PATIENCE = 5  # seconds for a scheduler to answer
RETRIES = 2  # of a book whose worker could not even start it


class NoCluster(Exception):
    """There is no cluster to build on; str() says why and what to do."""


def here(make: Make, tasks: Sequence[Task], at_once: int) -> Iterator[tuple[Task, Outcome]]:
    """The books on this machine, so many at once; each comes as it is done."""
    pool = ThreadPoolExecutor(at_once)
    try:
        running = {pool.submit(make, task): task for task in tasks}
        for done in as_completed(running):
            yield running[done], _outcome(done)
    finally:  # of whoever was stopped: what has not begun never does
        pool.shutdown(cancel_futures=True)


def on_a_cluster(
    make: Make, tasks: Sequence[Task], address: str, tell: Callable[[str], None]
) -> Iterator[tuple[Task, Outcome]]:
    """The books on the workers of the Dask scheduler at ``address``; each comes as it is done.

    Workers see the same files and have the same environment. tell: gets a line of progress. Raises NoCluster.
    """
    try:
        from distributed import Client, as_completed
    except ModuleNotFoundError:
        raise NoCluster("--scheduler needs Dask: pip install '.[scale]'") from None
    must_answer(address, PATIENCE)
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # of what is lost each book tells
    with Client(address, timeout=PATIENCE, set_as_default=False) as client:
        if not client.scheduler_info()["workers"]:
            tell(f"{address} has no workers yet; the books wait for one")
        running = {client.submit(make, task, pure=False, retries=RETRIES): task for task in tasks}
        for done in as_completed(running, loop=client.loop):
            yield running[done], _outcome(done)


def must_answer(address: str, patience: float) -> None:
    """Raises NoCluster where no Dask answers within some seconds; a client that finds none says so late, and not in a
    sentence."""
    from distributed import Security, connect

    async def answer() -> None:
        calling = connect(address, timeout=patience, **Security().get_connection_args("client"))
        # something else that listens may never say a word
        await (await asyncio.wait_for(calling, patience)).close()

    try:
        asyncio.run(answer())
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        why = str(error) or "it says nothing"
        raise NoCluster(f"no Dask scheduler at {address} ({why}); its address looks like tcp://host:8786") from None


def _outcome(done: Any) -> Outcome:
    """What became of a book; a worker or a scheduler that is lost is an outcome."""
    try:
        found: Outcome = done.result()
    except Exception as error:  # whatever the system, Dask, or the environment of a worker says
        return Outcome(FAILED, f"it could not be made: {type(error).__name__}: {error}".splitlines())
    return found
