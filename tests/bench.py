"""Speed and weight of the book, as ratios of things measured in one run: `make bench`.

No test asserts a time: machines differ, ratios less so. Times are those of the wall clock; the processor's are
printed beside them, as they hardly change when the machine has other work.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
from nbclient import NotebookClient
from playwright.sync_api import sync_playwright

from analysis.publish import editions

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = "one-board"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# what Jupyter Book makes of a notebook when nothing is configured; `{eval}` needs a run, and stays empty
STOCK_CONFIG = "title: Stock\nexecute:\n  execute_notebooks: 'off'\n"
STOCK_TOC = f"format: jb-book\nroot: {CHAPTER}\n"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall clock and of processor (in child processes) that ``work`` takes."""

    def processor() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    wall, busy = time.perf_counter(), processor()
    work()
    return time.perf_counter() - wall, processor() - busy


def run(*command: object) -> None:
    """Run a command; its output is shown only when it fails. Raises SystemExit."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def build(data: Path, site: Path, *options: str) -> None:
    run(sys.executable, "-m", "analysis", "build", "--data", data, "--site", site, *options)


def build_stock(folder: Path) -> Path:
    """The same chapter, built by Jupyter Book as it comes; returns its page."""
    folder.mkdir()
    (folder / "_config.yml").write_text(STOCK_CONFIG, "utf-8")
    (folder / "_toc.yml").write_text(STOCK_TOC, "utf-8")
    shutil.copy(ROOT / "book" / f"{CHAPTER}.ipynb", folder)
    run(Path(sys.executable).with_name("jupyter-book"), "build", folder)
    return folder / "_build" / "html" / f"{CHAPTER}.html"


def weight(page: Path) -> tuple[int, int, int]:
    """What a browser loads for a page: bytes of local files, their number, requests to other hosts.

    The latter are counted, not fetched: whatever they would bring comes on top.
    """
    asked: set[str] = set()
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        view = browser.new_page()
        view.route("http*://**", lambda route: route.abort())
        view.on("request", lambda request: asked.add(request.url.split("#")[0].split("?")[0]))
        view.goto(page.as_uri())
        view.wait_for_timeout(2000)
        browser.close()
    local = [Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:")]
    sizes = [path.stat().st_size for path in local if path.is_file()]
    return sum(sizes), len(sizes), sum(url.startswith("http") for url in asked)


def kernel_share(path: Path) -> tuple[float, float, float]:
    """Seconds of a notebook's run: start and stop of its kernel, its imports, everything else."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    imports = [line for line in cells[0].source.splitlines() if line.startswith(("from ", "import "))]
    notebook.cells = [nbformat.v4.new_code_cell("\n".join(imports)), *cells]
    where = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook, shutdown_kernel="immediate", resources=where, extra_arguments=["--log-level=ERROR"]
    )
    marks = [time.perf_counter()]
    with client.setup_kernel():
        marks.append(time.perf_counter())
        for place, cell in enumerate(notebook.cells):
            client.execute_cell(cell, place)
            if place == 0:
                marks.append(time.perf_counter())
        marks.append(time.perf_counter())
    start, imported, rest = (after - before for before, after in pairwise(marks))
    return start + time.perf_counter() - marks[-1], imported, rest


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("the weight of a page needs Chromium: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        # data elsewhere have document trees of their own: none is there yet, and those of `make book` stay
        first, second = (Path(shutil.copytree(ROOT / "data", place / name / "data")) for name in ("one", "both"))
        try:
            one = timed(lambda: build(first, place / "site-one", "--edition", "en"))
            both = timed(lambda: build(second, place / "site"))
            again = timed(lambda: build(second, place / "site"))
        finally:
            for data in (first, second):
                shutil.rmtree(editions.trees(data), ignore_errors=True)
        ours = weight(place / "site" / "en" / "book" / f"{CHAPTER}.html")
        stock = weight(build_stock(place / "stock"))
        kernel, imports, rest = kernel_share(ROOT / "book" / f"{CHAPTER}.ipynb")
    print(f"{'':44}{'wall':>9}{'processor':>11}")
    for name, (wall, busy) in {"one edition, clean": one, "both, clean": both, "both, unchanged": again}.items():
        print(f"{name:44}{wall:7.1f} s{busy:9.1f} s")
    print(f"{'both editions : one (at most 1.6)':44}{both[0] / one[0]:9.2f}{both[1] / one[1]:11.2f}")
    print(f"{'unchanged : clean':44}{again[0] / both[0]:9.2f}{again[1] / both[1]:11.2f}")
    print(f"\n{'what ' + CHAPTER + ' loads':44}{'bytes':>9}{'files':>8}{'from other hosts':>18}")
    for name, (size, files, remote) in {"this book": ours, "stock Jupyter Book, local files": stock}.items():
        print(f"{name:44}{size:9,}{files:8}{remote:18}")
    print(f"{'this book : stock (at most a third)':44}{ours[0] / stock[0]:9.2f}")
    whole = kernel + imports + rest
    print(f"\nrun of {CHAPTER}.ipynb, {whole:.1f} s: kernel {kernel / whole:.0%}, imports {imports / whole:.0%}")


if __name__ == "__main__":
    main()
