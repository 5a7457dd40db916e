"""Speed and weight of the book, as ratios of things measured in one run, side by side: `make bench`.

No test asserts a time: machines differ, ratios less so. Each line prints its aim and whether it is met, and the
ratio of the processor's time, which hardly changes when the machine has other work; `_build/bench.json` has it all.
Registers of millions of figures (`bench_scale`) and many books (`bench_books`) follow; all of it takes 35 minutes.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import bench_books
import bench_scale
from playwright.sync_api import sync_playwright

from analysis.publish import editions

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# the same notebooks as Jupyter Book makes them when nothing is configured; figures inside prose need a run inline
STOCK = "title: Stock\nonly_build_toc_files: true\nexecute:\n  execute_notebooks: inline\n  timeout: 120\n"
# all notebooks of a folder, one after another
NBCLIENT = """
import sys, nbformat
from pathlib import Path
from nbclient import NotebookClient
for path in sorted(Path(sys.argv[1]).glob("*.ipynb")):
    NotebookClient(nbformat.read(path, as_version=4), resources={"metadata": {"path": sys.argv[1]}}).execute()
"""
# what others make of the same notebooks, and how they are told to execute them
OTHERS = ("nbconvert==7.17.2", "mkdocs-jupyter==0.26.3", "mystmd==1.11.0")
MKDOCS = "site_name: Stock\ndocs_dir: book\nplugins: [{mkdocs-jupyter: {execute: true}}]\n"
MYST = "version: 1\nproject: {title: Stock}\nsite: {template: book-theme}\n"
# pages alone, in one edition, as a build makes them first
PAGES = "import sys; from analysis.publish import sphinx_run; sys.exit(sphinx_run.main('en', *sys.argv[1:]))"


@dataclass(frozen=True)
class Took:
    """Seconds of wall clock, and of processor of the processes that were started."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Line:
    """A ratio: of wall clock and, where it has one, of processor. aim: what it is at most."""

    name: str
    ratio: float
    processor: float | None
    aim: float | None


def timed(work: Callable[[], object]) -> Took:
    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    wall, busy = time.perf_counter(), used()
    work()
    return Took(time.perf_counter() - wall, used() - busy)


def against(name: str, ours: Took, theirs: Took, aim: float | None = None) -> Line:
    return Line(name, ours.wall / theirs.wall, ours.processor / theirs.processor, aim)


def run(*command: object, folder: Path = ROOT, **environment: str) -> None:
    """Run a command; its output is shown only when it fails. Raises SystemExit."""
    surroundings = {**os.environ, **environment}
    done = subprocess.run(list(map(str, command)), cwd=folder, env=surroundings, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def python(*arguments: object, **environment: str) -> None:
    run(sys.executable, *arguments, **environment)


def program(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def stock(folder: Path) -> Path:
    """A book of the same notebooks and pages for plain Jupyter Book; returns where its pages will lie."""
    shutil.copytree(BOOK, folder / "book", ignore=shutil.ignore_patterns("_*", "locale", ".ipynb_checkpoints"))
    # what its own extension makes, plain Jupyter Book cannot
    chapters = [path for path in (ROOT / "_toc.yml").read_text("utf-8").splitlines() if "reference" not in path]
    (folder / "_toc.yml").write_text("\n".join(chapters), "utf-8")
    (folder / "_config.yml").write_text(STOCK, "utf-8")
    return folder / "_build" / "html" / "book"


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


def builds(place: Path, plain: Took) -> list[Line]:
    """Builds of copied data, whose document trees nobody has made yet, against plain Jupyter Book's of one edition."""
    data = Path(shutil.copytree(ROOT / "data", place / "data"))
    command = ("-m", "analysis", "build", "--data", data, "--site", place / "site")
    figures = data / "observations.csv"
    try:
        clean = timed(lambda: python(*command))
        unchanged = timed(lambda: python(*command))
        figures.write_bytes(figures.read_bytes().replace(b",89.07,89.07,", b",88.07,88.07,"))
        changed = timed(lambda: python(*command))
    finally:
        shutil.rmtree(editions.trees(data), ignore_errors=True)
    pages = timed(lambda: python("-c", PAGES, place / "trees", f"html={place / 'pages'}"))
    return [
        against("a  all formats, both editions : plain Jupyter Book, one HTML edition", clean, plain, 1.5),
        against("b  English HTML alone : the same", pages, plain, 0.5),
        against("c  unchanged : clean", unchanged, clean, 0.1),
        against("d  one figure changed : clean", changed, clean, 0.4),
    ]


def executions(place: Path, plain: Took) -> list[Line]:
    """What runs the notebooks and compares or shows them; prints what cannot be had here, and why."""
    bare = timed(lambda: python("-c", NBCLIENT, BOOK))
    nbval = timed(lambda: python("-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", BOOK))
    lines = [against("e  nbval : nbclient alone", nbval, bare, 1.0)]
    beside, book = place / "beside", place / "stock" / "book"
    (place / "stock" / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    (book / "myst.yml").write_text(MYST, "utf-8")
    convert = ("nbconvert", "--to", "html", "--execute", "--output-dir", place / "converted")
    paths = {"PYTHONPATH": str(beside), "JUPYTER_PATH": str(beside / "share" / "jupyter")}
    others = {
        "nbconvert --execute": lambda: python("-m", *convert, *sorted(BOOK.glob("*.ipynb")), **paths),
        "mkdocs-jupyter": lambda: run(sys.executable, "-m", "mkdocs", "build", folder=place / "stock", **paths),
        "mystmd": lambda: run(beside / "bin" / "myst", "build", "--html", "--execute", folder=book, **paths),
    }
    try:
        pinned = ("--constraint", ROOT / "requirements-test.txt")
        run(program("uv"), "pip", "install", "--target", beside, *pinned, *OTHERS)
    except SystemExit as why:
        print(f"f  none of {', '.join(OTHERS)} can be had here: {str(why)[-300:]}")
        others = {}
    for name, work in others.items():
        try:
            lines.append(against(f"f  {name} : plain Jupyter Book", timed(work), plain))
        except SystemExit as why:
            print(f"f  {name} cannot be had here: {str(why)[-300:]}")
    return lines


def weights(site: Path, plain: Path) -> list[Line]:
    """Bytes that each page loads, against the same page of plain Jupyter Book."""
    names = sorted(path.stem for path in plain.glob("*.html") if (BOOK / f"{path.stem}.ipynb").exists())
    pairs = {name: (weight(site / f"{name}.html"), weight(plain / f"{name}.html")) for name in names}
    for name, ours_theirs in pairs.items():
        for whose, (size, files, remote) in zip(("this book", "plain Jupyter Book"), ours_theirs, strict=True):
            print(f"g  {name}, {whose}: {size:,} bytes in {files} files, {remote} requests to other hosts")
    return [
        Line(f"g  bytes of {name} : plain Jupyter Book", ours[0] / theirs[0], None, 0.34)
        for name, (ours, theirs) in pairs.items()
    ]


def told(line: Line) -> str:
    met = ""
    if line.aim is not None:
        met = f"aim {line.aim:.2f}: " + ("met" if line.ratio <= line.aim else "missed, see docs/performance.md")
    busy = "" if line.processor is None else f"{line.processor:.2f}"
    return f"{line.name:70}{line.ratio:7.2f}{busy:>11}  {met}"


def book(place: Path) -> list[dict[str, object]]:
    """Lines a to g: one book, its executions and its pages."""
    if CHROMIUM is None:
        raise SystemExit("the weight of a page needs Chromium: apt install chromium")
    pages = stock(place / "stock")
    plain = timed(lambda: run(program("jupyter-book"), "build", place / "stock"))
    lines = [*builds(place, plain), *executions(place, plain), *weights(place / "site" / "en" / "book", pages)]
    print(f"{'':70}{'wall':>7}{'processor':>11}", *map(told, lines), sep="\n", flush=True)
    return [asdict(line) | {"met": None if line.aim is None else line.ratio <= line.aim} for line in lines]


PARTS: dict[str, Callable[[Path], object]] = {
    "book": book,
    "scale": lambda place: [asdict(line) for line in bench_scale.scale(place)],
    "cluster": lambda place: {"equal": bench_scale.beyond_a_worker(place)},
    "books": lambda place: [asdict(line) for line in bench_books.books(place)],
}


def main(*parts: str) -> None:
    """parts: names of some; by default all, one after another."""
    (ROOT / "_build").mkdir(exist_ok=True)
    for part in parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            keep(part, PARTS[part](Path(folder).resolve()))


def keep(part: str, found: object) -> None:
    """Writes what was measured beside what is there already: a part of an hour is not lost with the next."""
    file = ROOT / "_build" / "bench.json"
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    file.write_text(json.dumps({**known, part: found}, indent=1), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
