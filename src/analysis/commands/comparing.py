"""What changed between two editions of the data."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from analysis import wording
from analysis.commands import FAULTY, FINE, Command, opened
from analysis.model.loading import load
from analysis.package import dataset, revisions, workbook
from analysis.package.dataset import DataFaults, Dataset, Fault


def _arguments(parser: argparse.ArgumentParser) -> None:
    kinds = "a data folder, a workbook, or a git revision of the project such as HEAD~1 or a tag"
    parser.add_argument("old", metavar="OLD", help=kinds)
    parser.add_argument("new", metavar="NEW", nargs="?", help="the same (default: $ANALYSIS_DATA, else data/)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead of words and tables")
    form.add_argument("--html", type=Path, metavar="FILE", help="write one page that leads with what matters most")
    form.add_argument("--markdown", action="store_true", help="print the same for the comment of a pull request")
    parser.add_argument(
        "--language", choices=wording.LOCALES, help="of the words (default: $ANALYSIS_LANGUAGE, else en)"
    )


def _diff(options: argparse.Namespace) -> int:
    from analysis.analyses.changes import document
    from analysis.exhibits import changes

    if options.language:
        os.environ["ANALYSIS_LANGUAGE"] = options.language
    names = [options.old, options.new or str(dataset.default_folder())]
    with ExitStack() as stack:
        try:
            folders = [stack.enter_context(_opened(name)) for name in names]
        except revisions.UnknownEdition as unknown:
            print(unknown, file=sys.stderr)
            return FAULTY
        old, new = _loaded(zip(names, folders, strict=True))
    if options.html:
        return _written(options.html.expanduser(), wording.rendered("changes", **changes.report(old, new)))
    if options.markdown:
        print(wording.markdown("changes", **changes.report(old, new)), flush=True)
    elif options.json:
        found = {"old": names[0], "new": names[1], **document(old, new)}
        print(json.dumps(found, ensure_ascii=False, indent=1), flush=True)
    else:
        print(changes.changes(new, old), flush=True)
    return FINE


def _written(path: Path, page: str) -> int:
    """Put the page in its place at once: a reader never has half of it."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(page, "utf-8")
        part.replace(path)
    except OSError as error:
        print(f"{path}: cannot be written ({error.strerror}); name a file in a folder that exists", file=sys.stderr)
        return FAULTY
    print(f"wrote {path}")
    return FINE


@contextmanager
def _opened(name: str) -> Iterator[Path]:
    """The folder of an edition. Raises DataFaults, UnknownEdition."""
    path = Path(name).expanduser()
    if workbook.is_workbook(path):
        with opened(path) as package:
            yield package.folder or path
    else:
        with revisions.folder(name) as folder:
            yield folder


def _loaded(editions: Iterable[tuple[str, Path]]) -> list[Dataset]:
    """The editions, given as name and folder; the faults of all come at once, each with the name before it."""
    loaded: list[Dataset] = []
    faults: list[Fault] = []
    for name, folder in editions:
        try:
            loaded.append(load(folder))
        except DataFaults as found:
            faults += found.within(name).faults
    if faults:
        raise DataFaults(faults)
    return loaded


DIFF = Command(
    "diff",
    "print what changed between two editions of the data: figures, findings, verdicts",
    _diff,
    _arguments,
    undone="compared",
)
