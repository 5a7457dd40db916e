"""The book while it is written: the pages of one edition, made anew when a file changes, in a browser that follows.

What takes time in a small build is loading libraries. A process that has loaded them waits, and each build is a copy
of it: it reads the project's own code afresh.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.publish import editions, lifeline, sphinx_run

# what a build loads beside the project; where processes cannot be copied, each loads it itself
LIBRARIES = [
    "babel",
    "jupyter_book.config",
    "jupyter_client.manager",
    "myst_nb.sphinx_ext",
    "pandas",
    "resvg_py",
    "sphinx.builders.html",
    "sphinx.search",
    "sphinx.writers.html5",
    "sphinxcontrib.bibtex",
    "ziamath",
]
SOURCES = [
    "_config.yml",
    "_toc.yml",
    "book/*",
    "book/_static/*",
    "book/_templates/*",
    "book/locale/**/*.po",
    *(f"src/analysis/**/*.{kind}" for kind in ("csv", "html", "json", "po", "py")),
]


class Taken(Exception):
    """The edition is served already; str() says so."""


def serve(data: Path, code: str, port: int, tell: Callable[[str], None]) -> None:
    """Build the pages of an edition and show them at a port of this machine until the process is ended.

    A build that fails says why, and the pages stay as they were. Raises Taken, OSError where the port is not free.
    """
    from livereload import Server
    from livereload.handlers import LiveReloadHandler

    work = editions.trees(data) / f"live-{code}"
    order = editions.Order(data, work / "pages", work, [code], tell)
    work.mkdir(parents=True, exist_ok=True)
    # a build that ends soon after another is shown too
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    try:
        with FileLock(work.with_name(f"{work.name}.lock"), timeout=0):
            server = Server()
            for pattern in (*(str(sphinx_run.ROOT / source) for source in SOURCES), str(data / "*")):
                server.watch(pattern, lambda: _build(order, code))
            _build(order, code)
            tell(f"http://localhost:{port}/{code}/book/index.html")
            server.serve(port=port, root=str(order.site))
    except Timeout:
        raise Taken(f"{code}: a process serves it already") from None


def _build(order: editions.Order, code: str) -> None:
    """Make the pages that changed, and say how long it took or what is in the way."""
    order.tell(f"{code}: pages")
    with editions.unfinished(order.work) as temporary:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        context.set_forkserver_preload(LIBRARIES)
        with ProcessPoolExecutor(1, context, initializer=lifeline.end_with_parent) as pool:
            environment = order.environment(code) | {"TMPDIR": str(temporary)}
            try:
                failure = pool.submit(_pages, code, order.work, order.site, environment).result()
            except BrokenProcessPool:
                failure = sphinx_run.MEMORY
    order.tell(f"{code}: {failure or 'done'}")


def _pages(code: str, work: Path, site: Path, environment: dict[str, str]) -> str:
    """Run Sphinx for the pages alone; for a process of its own. Returns what went wrong, nothing when all is well."""
    os.environ.update(environment)
    os.chdir(sphinx_run.ROOT)
    log = editions.BUILD / "log" / f"live-{code}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        for stream in (sys.stdout, sys.stderr):  # Sphinx was loaded before and keeps the streams of that time
            os.dup2(file.fileno(), stream.fileno())
        try:
            failed = sphinx_run.main(code, str(work / "trees"), f"html={site / code}")
        except Exception:
            failed = 1
            traceback.print_exc()
        sys.stdout.flush()
    return str(sphinx_run.SphinxFailed(sphinx_run.plain(log.read_text("utf-8", "replace")))) if failed else ""
