"""Where the time of a build goes: what `make profile` asks for.

Each phase adds a line of JSON to the file that $ANALYSIS_PHASES names: its name, its seconds of wall clock and of
processor. Without that variable nothing is measured. Phases of processes side by side add up to more than the whole.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FILE = "ANALYSIS_PHASES"


def own() -> float:
    """Seconds of processor of this process and of those that it started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


@contextmanager
def phase(name: str, busy: Callable[[], float] = own) -> Iterator[None]:
    """Measures what is done within. busy: seconds of processor so far, of the process that does it."""
    path = os.environ.get(FILE)
    if not path:
        yield
        return
    wall, processor = time.perf_counter(), busy()
    yield
    line = {"phase": name, "wall": time.perf_counter() - wall, "processor": busy() - processor}
    with open(path, "a", encoding="utf-8") as file:  # one short line: processes side by side do not mix theirs
        file.write(f"{json.dumps(line)}\n")


def follow(app: Sphinx) -> None:
    """Measures a builder of Sphinx: reading, and, within reading and writing, transforms; then writing."""
    if not os.environ.get(FILE):
        return
    from sphinx.transforms import SphinxTransformer

    running = ExitStack()

    def begin(name: str) -> Callable[..., None]:
        def reached(*_: object) -> None:
            running.close()
            running.enter_context(phase(name))

        return reached

    app.connect("env-before-read-docs", begin("reading"))
    app.connect("env-updated", begin(f"writing: {app.builder.name}"), priority=1000)
    app.connect("build-finished", lambda *_: running.close(), priority=1000)
    apply = SphinxTransformer.apply_transforms

    def measured(transformer: SphinxTransformer) -> None:
        with phase("transforms"):
            apply(transformer)

    if apply.__name__ != measured.__name__:  # the builders of an edition share the process
        SphinxTransformer.apply_transforms = measured  # type: ignore[assignment, method-assign]
