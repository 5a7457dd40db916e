"""Build the editions side by side: check the data, write beside, then swap.

Killed at any moment, a build leaves the last site whole, and what else it leaves the next one clears away.

One execution of an edition's notebooks serves HTML and PDF: both are written from the same document trees.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, reduce
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from filelock import FileLock

from analysis import wording
from analysis.analyses import city
from analysis.model.loading import load
from analysis.package import dataset
from analysis.package.swap import GRACE, beside, clear, swap
from analysis.publish import addresses, archive, fingerprint, lifeline, pdf, root_files, smaller, sphinx_run, word
from analysis.publish.front_matter import Book, Stripe
from analysis.publish.phases import phase
from analysis.wording import N_, _

ROOT = sphinx_run.ROOT
BUILD = ROOT / "_build"
STYLES = ROOT / "book" / "_static"
KEYWORDS = (N_("development zones"), N_("industry chains"), N_("project economics"), N_("reproducible report"))
UNDATED = 0  # the epoch of sources that no repository dates: the same bytes each time, and no date in them


class BuildFailed(Exception):
    """The book could not be built; ``reason`` holds the lines that matter, str() also where the whole log lies."""

    def __init__(self, reason: str, log: Path | None = None):
        super().__init__(f"{reason}\nthe whole log: {log}" if log else reason)
        self.reason, self.log = reason, log


def epoch() -> int:
    """Seconds of the last commit, so that the same sources give the same bytes; `UNDATED` where there is none."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    return int(_git("log", "-1", "--format=%ct") or UNDATED)


def _git(*arguments: str) -> str:
    """What git says of the project; nothing where it lies in no repository of its own, or there is no git."""
    if not (ROOT / ".git").exists():  # a repository around the project knows nothing of it
        return ""
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


@dataclass(frozen=True)
class Order:
    """What every edition of a build has in common.

    data: the folder of the package. site: the folder that the editions are written into. work: of the document
    trees. editions: codes of languages; the pages link to these alone. tell: gets a line of progress.
    """

    data: Path
    site: Path
    work: Path
    editions: Sequence[str]
    tell: Callable[[str], None]

    def environment(self, code: str) -> dict[str, str]:
        """What the processes that make an edition have to know."""
        return {
            "ANALYSIS_DATA": str(self.data),
            "ANALYSIS_EDITIONS": ",".join(self.editions),
            "ANALYSIS_LANGUAGE": code,
            "SOURCE_DATE_EPOCH": str(epoch()),
        }


def build(
    data: Path | None, site: Path, tell: Callable[[str], None], editions: Sequence[str] = tuple(wording.LOCALES)
) -> list[str]:
    """Build the editions into ``site`` and return what could not be made (a missing system library).

    data: folder of the data package (default: the usual one). tell: gets a line of progress. editions: codes of
    languages; the pages link to these alone.
    The old site stays whole until the new one is complete. Raises DataFaults, BuildFailed.
    """
    folder = data or dataset.default_folder()
    with phase("data"):
        loaded = load(folder)
        dataset.predecessor(loaded)  # the data chapter compares with it: its faults come first too
    tell(f"data: {len(loaded.observations)} published figures in {folder}")
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        BUILD.joinpath("work").mkdir(parents=True, exist_ok=True)
        with FileLock(f"{trees(site)}.lock"):
            clear(site)
            try:
                missing = _build_editions(Order(folder, beside(site), trees(folder), editions, tell), loaded)
                root_files.write(beside(site), loaded, editions, addresses.site(addresses.settings(ROOT)))
                swap(site)
                time.sleep(GRACE)
            finally:
                clear(site)
    except OSError as error:
        raise BuildFailed(f"cannot write {error.filename or site}: {error.strerror}") from None
    tell(f"site: {site / 'index.html'}")
    return missing


def _build_editions(order: Order, data: dataset.Dataset) -> list[str]:
    """The editions side by side; returns what could not be made."""
    order.work.mkdir(parents=True, exist_ok=True)
    order.site.mkdir(parents=True)
    # two builds at once would write into each other's trees: the second waits
    with FileLock(order.work / "lock"), ThreadPoolExecutor(len(order.editions)) as pool:
        parts = [pool.submit(_build_edition, order, code, wording.pdf_name(data, code)) for code in order.editions]
        missing = sorted({line for part in parts for line in part.result()})
        target, pages = order.site / f"{data.descriptor['name']}.zip", order.site / order.editions[0]
        with phase("archive"):
            archive.write(target, data, root=ROOT, pages=pages, epoch=epoch())
        return missing


def trees(folder: Path) -> Path:
    """Where the document trees of a data folder lie: data of another folder leave them as they are."""
    return BUILD / "work" / f"{folder.name}-{zlib.crc32(str(folder).encode()):08x}"


@contextmanager
def unfinished(work: Path) -> Iterator[Path]:
    """A folder for temporary files while ``work`` is written.

    A build that does not come to its end leaves a mark, and the next one begins anew: of half a set of document
    trees Sphinx cannot tell which half.
    """
    mark = work.with_name(f"{work.name}.unfinished")
    if mark.exists():
        if left := mark.read_text("utf-8"):
            shutil.rmtree(left, ignore_errors=True)
        shutil.rmtree(work, ignore_errors=True)
    place = Path(tempfile.gettempdir(), f"analysis-{uuid4().hex[:12]}")
    mark.write_text(str(place), "utf-8")
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
    mark.unlink()


def _build_edition(order: Order, code: str, paper: str) -> list[str]:
    """An edition in all its forms, the PDF named ``paper``; returns what could not be made."""
    work = order.work / code
    missing: list[str] = []
    with unfinished(work) as temporary:
        told = order.environment(code)
        made, now = work / "made-of", fingerprint.of(ROOT, order.data, told | _printed())
        if not made.exists() or made.read_text("utf-8") != now:
            made.unlink(missing_ok=True)
            missing = _make_edition(order, code, work / "whole" / paper, told | {"TMPDIR": str(temporary)})
            if not missing:  # what a system library would have added is tried again
                made.write_text(now, "utf-8")
        shipping = partial(smaller.copy, own=STYLES)
        shutil.copytree(work / "html", order.site / code, ignore=shutil.ignore_patterns(".*"), copy_function=shipping)
        shutil.copytree(work / "whole", order.site, dirs_exist_ok=True)
    order.tell(f"{code}: done")
    return missing


def _make_edition(order: Order, code: str, paper: Path, environment: dict[str, str]) -> list[str]:
    """The pages of an edition and its PDF ``paper``, with the EPUB and the Word file beside it; returns what could not
    be made."""
    log = BUILD / "log" / f"build-{order.work.name}-{code}.log"  # books of other data may be built at this moment
    log.parent.mkdir(parents=True, exist_ok=True)
    work = order.work / code
    order.tell(f"{code}: notebooks and pages")
    try:
        for rest in (work / "epub", paper.parent):  # a page that is no more would stay in the book
            shutil.rmtree(rest, ignore_errors=True)
        outputs = {"html": work / "html", "singlehtml": work / "single", "epub": work / "epub"}
        log.write_text(sphinx_run.in_a_process(code, work / "trees", outputs, environment), "utf-8")
    except sphinx_run.SphinxFailed as failure:
        log.write_text(failure.output, "utf-8")
        raise BuildFailed(str(failure), log) from None
    paper.parent.mkdir()
    shutil.copy((work / "epub" / paper.name).with_suffix(".epub"), paper.parent)
    order.tell(f"{code}: PDF")
    return _set_single_page(code, work / "single" / "book" / "index.html", paper, environment, log)


def _set_single_page(code: str, page: Path, paper: Path, environment: dict[str, str], log: Path) -> list[str]:
    """The PDF ``paper`` and beside it the Word file, both of the single page; returns what could not be made."""
    # processes of their own: two editions are set side by side, and each knows one language
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context, initializer=lifeline.end_with_parent) as pool:
        try:
            printed = pool.submit(_print, page, paper, environment, log)
            pool.submit(_write_word, page, paper.with_suffix(".docx"), environment).result()
            printed.result()
        except pdf.PangoMissing as absent:
            return [str(absent)]
        except BrokenProcessPool:
            raise BuildFailed(f"{code}: the process that sets the PDF was ended; {sphinx_run.MEMORY}") from None
    return []


def _print(page: Path, target: Path, environment: dict[str, str], log: Path) -> None:
    """Set the single page of an edition as its PDF; for a process of its own."""
    os.environ.update(environment)
    # a fifth of the time went into looking for garbage, and the process ends with its one document
    gc.disable()
    pdf.write(page, target, _book(dataset.load()), style=STYLES / "print.css", work=page.parents[2], log=log)


def _write_word(page: Path, target: Path, environment: dict[str, str]) -> None:
    """Write the single page of an edition as its Word file; for a process of its own."""
    os.environ.update(environment, LC_ALL="C.UTF-8")  # by it pandoc reads its arguments: titles are not ASCII
    gc.disable()
    with phase("Word file"):
        word.write(page, target, _book(dataset.load()), root=ROOT, work=page.parents[2] / "word")


def _printed() -> dict[str, str]:
    """What the pages say beside what their processes are told."""
    return {"commit": _commit(), "address": addresses.site(addresses.settings(ROOT))}


def _commit() -> str:
    """The short name of the last commit; empty where there is none."""
    return _git("rev-parse", "--short", "HEAD")


def _book(data: dataset.Dataset) -> Book:
    """What cover, imprint and metadata of this edition's PDF say."""
    title, author, release = wording.book(data, "title"), _("The authors of the book"), version("chaoyang-zones")
    built, commit = epoch(), _commit() or _("not recorded")
    date = "" if built == UNDATED else pdf.created(built)
    as_of = wording.as_of(data)
    cite = _("{author}: {title}. Version {version}, data as of {as_of}, commit {commit}.")
    stripes = [
        Stripe(
            part=float(row.share.low or row.share.high or 0) / 100,
            value=wording.text(row.share),
            label=wording.indicator(data, str(indicator)),
            period=wording.period(row.period),
        )
        for indicator, row in city.city_shares(data).dropna(subset="share").iterrows()
    ]
    return Book(
        language=wording.tag(),
        title=title,
        subtitle=wording.book(data, "subtitle"),
        author=author,
        edition=_("English edition"),
        date=date,
        as_of=wording.labelled(_("Data as of"), as_of),
        imprint={
            _("Version"): release,
            **({_("Date"): date} if date else {}),
            _("Commit"): commit,
            _("Data as of"): as_of,
            _("Sources"): reduce(wording.beside, map(wording.source_note, data.sources.to_dict("records")), "").strip(),
            _("To cite"): cite.format(author=author, title=title, version=release, as_of=as_of, commit=commit),
            _("Licence"): _("Code: MIT. Text and data: CC BY 4.0"),
            _("Typefaces"): _("Noto Serif SC and Noto Sans SC, SIL Open Font License"),
        },
        keywords=[_(keyword) for keyword in KEYWORDS],
        stripes=stripes,
    )
