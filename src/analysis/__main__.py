"""The command line: start, check, migrate and compare data, build the book, refresh the notebooks."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from analysis.commands import (
    FAULTY,
    FINE,
    building,
    checking,
    chosen,
    comparing,
    contributing,
    migrating,
    serving,
    starting,
    workbooks,
)
from analysis.package.dataset import DataFaults, astray

COMMANDS = {
    command.name: command
    for command in (
        starting.NEW,
        checking.CHECK,
        migrating.MIGRATE,
        workbooks.WORKBOOK,
        workbooks.PACKAGE,
        comparing.DIFF,
        contributing.CONTRIBUTIONS,
        building.BUILD,
        serving.SERVE,
        building.RERUN,
        building.TRANSLATE,
    )
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="One board, one chain, one drive: start, check, migrate and compare data, build, refresh the book.",
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the code page: names are Chinese
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    if fault := astray(Path.cwd()):
        print(f"{fault}; nothing was done", file=sys.stderr)
        return FAULTY
    command = COMMANDS[options.command]
    try:
        given = getattr(options, "named", None) or getattr(options, "data", None)
        options.given = given and given.expanduser().resolve()
        with chosen(options) if command.opens else nullcontext():
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
