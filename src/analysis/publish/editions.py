"""Build the editions: check the data, write beside, then swap.

One execution of the notebooks serves HTML and PDF: both are written from the same document trees.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from analysis import dataset
from analysis.publish import pdf

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "_build"
TITLE = "One board, one chain, one drive"
SUBTITLE = "What Chaoyang's provincial development zones contribute, which industry chains they have, and what their projects cost and yield"
# when the sources lie outside a repository: the day of the release
FALLBACK_EPOCH = 1763856000


class BuildFailed(Exception):
    """The book could not be built; str() holds the lines that matter."""


@dataclass(frozen=True)
class Edition:
    """One language of the book. code: its folder and file suffix; language: Sphinx' name of it."""

    code: str
    language: str


EDITIONS = (Edition("en", "en"),)


def epoch() -> int:
    """Seconds of the last commit, so that the same sources give the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    answer = _git("log", "-1", "--format=%ct")
    return int(answer) if answer else FALLBACK_EPOCH


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def build(data: Path | None, site: Path, tell: Callable[[str], None]) -> list[str]:
    """Build every edition into ``site`` and return what could not be made (a missing system library).

    data: folder of the data package (default: the usual one). tell: gets a line of progress.
    The old site stays whole until the new one is complete. Raises DataFaults, BuildFailed.
    """
    folder = data or dataset.default_folder()
    loaded = dataset.load(folder)
    tell(f"data: {len(loaded.observations)} published figures in {folder}")
    os.environ["ANALYSIS_DATA"] = str(folder)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
    beside = site.with_name(f"{site.name}.new-{os.getpid()}")
    missing: list[str] = []
    try:
        beside.mkdir(parents=True)
        for edition in EDITIONS:
            missing += _build_edition(edition, beside, loaded, tell)
        (beside / "index.html").write_text(_entrance(EDITIONS[0]), "utf-8")
        _swap(beside, site)
    except OSError as error:
        raise BuildFailed(f"cannot write {error.filename or site}: {error.strerror}") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    tell(f"site: {site / 'index.html'}")
    return missing


def _swap(new: Path, site: Path) -> None:
    """Put the new site where the old one is; the old one goes last."""
    old = site.with_name(f"{site.name}.old-{os.getpid()}")
    if site.exists():
        os.replace(site, old)
    os.replace(new, site)
    shutil.rmtree(old, ignore_errors=True)


def _build_edition(edition: Edition, site: Path, data: dataset.Dataset, tell: Callable[[str], None]) -> list[str]:
    work = BUILD / "work" / edition.code
    log = BUILD / "log" / f"build-{edition.code}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    os.environ["ANALYSIS_LANGUAGE"] = edition.code
    with log.open("w", encoding="utf-8") as lines:
        tell(f"{edition.code}: notebooks and pages")
        _sphinx("html", edition, work / "html", work / "trees", lines, log)
        shutil.copytree(work / "html", site / edition.code, ignore=shutil.ignore_patterns(".*"))
        tell(f"{edition.code}: PDF")
        try:
            pdf.available()
        except pdf.PangoMissing as absent:
            return [str(absent)]
        _sphinx("singlehtml", edition, work / "single", work / "trees", lines, log)
        with _into(lines):
            pdf.write(
                work / "single" / "book" / "index.html",
                site / f"chaoyang-zones-{edition.code}.pdf",
                language=edition.language,
                title=TITLE,
                imprint=_imprint(data),
                style=ROOT / "book" / "_static" / "print.css",
            )
    return []


def _imprint(data: dataset.Dataset) -> dict[str, str]:
    return {
        "": SUBTITLE,
        "Version": version("chaoyang-zones"),
        "Date": pdf.created(int(os.environ["SOURCE_DATE_EPOCH"])),
        "Commit": _git("rev-parse", "--short", "HEAD") or "not recorded",
        "Data as of": ", ".join(data.sources["reporting_period"]),
        "Licence": "Code: MIT. Text and data: CC BY 4.0",
    }


@contextmanager
def _into(lines: io.TextIOBase):
    """What libraries print goes into the log, not onto the terminal."""
    import logging

    handler = logging.StreamHandler(lines)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def _sphinx(builder: str, edition: Edition, out: Path, trees: Path, lines: io.TextIOBase, log: Path) -> None:
    """Run one Sphinx builder with the configuration of _config.yml; raises BuildFailed."""
    command = [
        sys.executable,
        "-m",
        "analysis.publish.sphinx_run",
        builder,
        edition.language,
        str(out),
        str(trees),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    output = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    lines.write(output)
    lines.flush()
    if done.returncode:
        raise BuildFailed(_reason(output) + f"\nthe whole log: {log}")


def _reason(output: str) -> str:
    """The lines of a Sphinx log that tell what went wrong."""
    telling = [
        line
        for line in output.splitlines()
        if re.search(r"WARNING|ERROR|Error|error:|Exception", line) and "IPKernelApp" not in line
    ]
    return "\n".join(telling[-8:]) or output[-800:]


def _entrance(edition: Edition) -> str:
    """The page that leads from the site's root to the book."""
    target = f"{edition.code}/book/index.html"
    return (
        f'<!doctype html>\n<html lang="{edition.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n<title>{TITLE}</title>\n</head>\n'
        f'<body><p><a href="{target}">{TITLE}</a></p></body>\n</html>\n'
    )
