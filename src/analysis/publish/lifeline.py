"""Processes that end with the one that started them, however that ends: nobody asks the children of a killed one."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import util
from threading import Thread


@contextmanager
def held() -> Iterator[int]:
    """The standard input for a process that calls `end_with_starter`: open until the context or this process ends."""
    end, line = os.pipe()
    try:
        yield end
    finally:
        os.close(end)
        os.close(line)


def end_with_starter() -> None:
    """End this process when its standard input does; what it forks through `multiprocessing` ends with it."""
    _end_after(lambda: os.read(0, 1))
    util.register_after_fork(end_with_parent, lambda _: end_with_parent())


def end_with_parent() -> None:
    """End this process, started by `multiprocessing`, when its parent does."""
    if parent := multiprocessing.parent_process():
        _end_after(parent.join)


def _end_after(wait: Callable[[], object]) -> None:
    def watch() -> None:
        wait()
        os._exit(1)  # no cleaning up: the next build does it, and whoever waited for this process is gone

    Thread(target=watch, daemon=True).start()
