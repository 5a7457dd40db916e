"""Building the book and refreshing what is made from its text: stored outputs and catalogues."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from analysis import wording
from analysis.commands import FAULTY, FINE, INCOMPLETE, WRONG, Command, add_data, collecting
from analysis.model.loading import load
from analysis.package import dataset


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("--site", type=Path, metavar="DIR", help="where to put the site (default: _build/site)")
    parser.add_argument(
        "--edition", choices=wording.LOCALES, help="build this edition alone (default: all, side by side)"
    )
    collecting.add_all(parser)


def _build(options: argparse.Namespace) -> int:
    if wrong := collecting.misused(options):
        print(wrong, file=sys.stderr)
        return WRONG
    from analysis.publish import editions  # Sphinx and WeasyPrint take a second to load

    site = (options.site or editions.BUILD / "site").expanduser().resolve()
    chosen = [options.edition] if options.edition else [*wording.LOCALES]
    if options.all:
        return collecting.build_all(options, site, chosen, progress())
    try:
        missing = editions.build(options.data, site, progress(), chosen)
    except editions.BuildFailed as failure:
        print(failure, file=sys.stderr)
        print("the last site is as it was", file=sys.stderr)
        return FAULTY
    finally:
        if options.data != options.given:  # a workbook lies elsewhere each time: nothing could use its trees again
            shutil.rmtree(editions.trees(options.data), ignore_errors=True)
    for line in missing:
        print(line, file=sys.stderr)
    return INCOMPLETE if missing else FINE


def _rerun(options: argparse.Namespace) -> int:
    from analysis.publish import editions, notebooks

    dataset.predecessor(load(options.data))  # the data chapter compares with it: its faults come first too
    try:
        changed = notebooks.rerun(editions.ROOT / "book")
    except notebooks.NotebookFailed as failure:
        print(failure, file=sys.stderr)
        print("no notebook was changed", file=sys.stderr)
        return FAULTY
    print("\n".join(f"refreshed {name}" for name in changed) or "every notebook was fresh")
    return FINE


def _translate(_options: argparse.Namespace) -> int:
    from analysis.publish import catalogues, sphinx_run

    try:
        print("\n".join(catalogues.update(catalogues.templates())))
    except (sphinx_run.SphinxFailed, catalogues.NotACatalogue) as failure:
        print(failure, file=sys.stderr)
        return FAULTY
    return FINE


def progress() -> Callable[[str], None]:
    """Lines with the seconds since the start, on standard error."""
    start = time.monotonic()

    def tell(line: str) -> None:
        print(f"[{time.monotonic() - start:5.1f} s] {line}", file=sys.stderr, flush=True)

    return tell


BUILD = Command("build", "build the HTML and PDF editions into _build/site", _build, _arguments)
RERUN = Command("rerun", "execute the notebooks in place, so that their stored outputs are fresh", _rerun, add_data)
TRANSLATE = Command(
    "translate", "bring the catalogues of the translations to the state of the text", _translate, add_data
)
