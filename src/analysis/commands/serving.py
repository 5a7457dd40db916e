"""Writing with the page in view."""

from __future__ import annotations

import argparse
import sys

from analysis import wording
from analysis.commands import FAULTY, FINE, Command, add_data
from analysis.commands.building import progress
from analysis.package import dataset

PORT = 8000


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("--edition", choices=wording.LOCALES, help="the edition (default: $ANALYSIS_LANGUAGE, else en)")
    parser.add_argument("--port", type=int, default=PORT, help=f"where on this machine (default: {PORT})")


def _serve(options: argparse.Namespace) -> int:
    from analysis.publish import live  # Sphinx takes a second to load

    folder = options.data or dataset.default_folder()
    try:
        live.serve(folder, options.edition or wording.language(), options.port, progress())
    except ModuleNotFoundError as missing:
        print(f"{missing}; `make serve` brings what it needs", file=sys.stderr)
        return FAULTY
    except (live.Taken, OSError) as failure:
        print(failure, file=sys.stderr)
        return FAULTY
    return FINE


SERVE = Command("serve", "show an edition that follows its files while they are written", _serve, _arguments)
