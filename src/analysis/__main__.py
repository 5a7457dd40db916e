"""The command line: check, migrate and compare data, build the book, refresh the notebooks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.commands import FAULTY, FINE, building, checking, comparing, migrating
from analysis.package.dataset import DataFaults, astray

COMMANDS = {
    command.name: command
    for command in (
        checking.CHECK,
        migrating.MIGRATE,
        comparing.DIFF,
        building.BUILD,
        building.RERUN,
        building.TRANSLATE,
    )
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="One board, one chain, one drive: check, migrate and compare data, build and refresh the book.",
        epilog="Exit codes: 0 done, with or without differences found; 1 faults in the data or a failed build; "
        "2 a wrong command line; 3 built, but without the PDF, as a system library is missing.",
    )
    words = parser.add_subparsers(dest="command", required=True, metavar=" | ".join(COMMANDS))
    for name, command in COMMANDS.items():
        text = command.help
        command.arguments(words.add_parser(name, help=text, description=text[0].upper() + text[1:] + "."))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    if fault := astray(Path.cwd()):
        print(f"{fault}; nothing was done", file=sys.stderr)
        return FAULTY
    if getattr(options, "data", None):
        options.data = options.data.expanduser().resolve()
        os.environ["ANALYSIS_DATA"] = str(options.data)  # for the notebooks, which run on their own
    command = COMMANDS[options.command]
    try:
        return command.run(options)
    except DataFaults as faults:
        print(faults, file=sys.stderr)
        count = len(faults.faults)
        print(f"{count} fault{'s' if count > 1 else ''} in the data; nothing was {command.undone}", file=sys.stderr)
        return FAULTY
    except BrokenPipeError:
        # whoever reads the output (head) has seen enough; Python would complain once more at its exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("stopped; the last site is as it was", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
