"""The commands of the command line, a module a subject. The parser gathers them in `__main__`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.model.loading import load
from analysis.package import workbook
from analysis.package.faults import DataFaults, Fault

FINE, FAULTY, WRONG, INCOMPLETE = 0, 1, 2, 3


@dataclass(frozen=True)
class Command:
    """A word of the command line.

    run: does it and returns the exit code. arguments: adds what it takes to its parser. undone: what was not done
    where the data have faults. opens: False of a command that opens its package itself.
    """

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None]
    undone: str = "built"
    opens: bool = True


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that names the data package."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="the data package, a folder or a workbook (default: $ANALYSIS_DATA, else data/)",
    )


def written(file: Path, write: Callable[[], None]) -> bool:
    """Whether a file could be made; what was in the way is told in a line."""
    try:
        write()
    except FileExistsError:
        told = "is there already and may hold somebody's work; name another file"
    except OSError as error:
        told = f"cannot be written: {error.strerror}"
    else:
        return True
    print(f"{file}: {told}", file=sys.stderr)
    return False


@dataclass(frozen=True)
class Package:
    """A data package that lies in a folder. placed: where the reader finds what a fault of its files speaks of."""

    folder: Path | None
    placed: Callable[[Fault], Fault] = lambda fault: fault


@contextmanager
def opened(path: Path | None) -> Iterator[Package]:
    """The package that a folder or a workbook is; a workbook lies in a folder of its own until the end.

    Raises DataFaults; those of a workbook name its sheets and cells.
    """
    if path is None or not workbook.is_workbook(path):
        yield Package(path)
        return
    with TemporaryDirectory(prefix="analysis-") as place:
        folder = Path(place) / path.stem
        places = workbook.unpack(path, folder)
        try:
            if places.faults:
                load(folder)  # what its cells hold comes at once with what is wrong with its sheets
                raise DataFaults([])
            yield Package(folder, places.relocated)
        except DataFaults as found:
            raise DataFaults([*places.faults, *map(places.relocated, found.faults)]) from None


@contextmanager
def chosen(options: argparse.Namespace) -> Iterator[Package]:
    """The package that ``--data`` names, for the notebooks too, which run on their own."""
    with opened(options.given) as package:
        if package.folder:
            options.data = package.folder
            os.environ["ANALYSIS_DATA"] = str(package.folder)
        yield package
