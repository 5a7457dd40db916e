"""Bringing a data package to the present data contract."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.commands import FAULTY, FINE, Command


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the data package")


def _migrate(options: argparse.Namespace) -> int:
    from analysis.package import migration

    try:
        print("\n".join(migration.migrate(options.folder.expanduser().resolve())))
    except OSError as error:
        print(f"{error.filename}: cannot be written: {error.strerror}", file=sys.stderr)
        return FAULTY
    return FINE


MIGRATE = Command(
    "migrate",
    "rewrite a data package of version 1 of the data contract as version 2",
    _migrate,
    _arguments,
    undone="rewritten",
)
