"""The commands of the command line, a module a subject. The parser gathers them in `__main__`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FINE, FAULTY, WRONG, INCOMPLETE = 0, 1, 2, 3


@dataclass(frozen=True)
class Command:
    """A word of the command line.

    run: does it and returns the exit code. arguments: adds what it takes to its parser. undone: what was not done
    where the data have faults.
    """

    name: str
    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None]
    undone: str = "built"


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that names the data package."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder of the data package (default: $ANALYSIS_DATA, else data/)",
    )
