"""The command line: check the data, build the book, refresh the notebooks."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from analysis import dataset
from analysis.dataset import DataFaults

FINE, FAULTY, INCOMPLETE = 0, 1, 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="One board, one chain, one drive: check the data, build the book, refresh its notebooks.",
        epilog="Exit codes: 0 done; 1 faults in the data or a failed build; 2 a wrong command line; "
        "3 built, but without the PDF, as a system library is missing.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="check | build | rerun")
    helps = {
        "check": "read the data package and print every fault in it, and every figure to look at again",
        "build": "build the HTML and PDF editions into _build/site",
        "rerun": "execute the notebooks in place, so that their stored outputs are fresh",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        command.add_argument(
            "--data",
            type=Path,
            metavar="DIR",
            help="folder of the data package (default: $ANALYSIS_DATA, else data/)",
        )
        if name == "check":
            command.add_argument(
                "--json",
                action="store_true",
                help="print one JSON object instead: folder, faults, warnings, counts of rows",
            )
        if name == "build":
            command.add_argument(
                "--site", type=Path, metavar="DIR", help="where to put the site (default: _build/site)"
            )
    return parser


def _progress() -> Callable[[str], None]:
    """Lines with the seconds since the start, on standard error."""
    start = time.monotonic()

    def tell(line: str) -> None:
        print(f"[{time.monotonic() - start:5.1f} s] {line}", file=sys.stderr, flush=True)

    return tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    folder = options.data.expanduser().resolve() if options.data else None
    if folder:
        os.environ["ANALYSIS_DATA"] = str(folder)
    try:
        return {"check": _check, "build": _build, "rerun": _rerun}[options.command](folder, options)
    except DataFaults as faults:
        print(faults, file=sys.stderr)
        count = len(faults.faults)
        print(f"{count} fault{'s' if count > 1 else ''} in the data; nothing was built", file=sys.stderr)
        return FAULTY
    except KeyboardInterrupt:
        print("stopped; the last site is as it was", file=sys.stderr)
        return 130


def _check(folder: Path | None, options: argparse.Namespace) -> int:
    if options.json:
        return _check_for_programs(folder)
    data = dataset.load(folder)
    warnings = dataset.warnings(data)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    counts = ", ".join(f"{len(table)} {name}" for name, table in data.tables.items())
    also = f"; {len(warnings)} warning{'s' if len(warnings) > 1 else ''}" if warnings else ""
    print(f"{data.folder}: no faults ({counts}){also}")
    return FINE


def _check_for_programs(folder: Path | None) -> int:
    """The same check as one JSON object on standard output, whatever is found."""
    report = {"folder": str(folder or dataset.default_folder()), "faults": [], "warnings": [], "counts": {}}
    try:
        data = dataset.load(folder)
    except DataFaults as refused:
        report["faults"] = [asdict(fault) for fault in refused.faults]
    else:
        report["warnings"] = [asdict(warning) for warning in dataset.warnings(data)]
        report["counts"] = {name: len(table) for name, table in data.tables.items()}
    # ASCII alone: any terminal can print it, and control characters of hostile cells stay escaped
    print(json.dumps(report, indent=2))
    return FAULTY if report["faults"] else FINE


def _build(folder: Path | None, options: argparse.Namespace) -> int:
    from analysis.publish import editions  # Sphinx and WeasyPrint take a second to load

    site = (options.site or editions.BUILD / "site").expanduser().resolve()
    try:
        missing = editions.build(folder, site, _progress())
    except editions.BuildFailed as failure:
        print(failure, file=sys.stderr)
        print("the last site is as it was", file=sys.stderr)
        return FAULTY
    for line in missing:
        print(line, file=sys.stderr)
    return INCOMPLETE if missing else FINE


def _rerun(folder: Path | None, _options: argparse.Namespace) -> int:
    from analysis.publish import editions, notebooks

    dataset.load(folder)
    try:
        changed = notebooks.rerun(editions.ROOT / "book")
    except notebooks.NotebookFailed as failure:
        print(failure, file=sys.stderr)
        print("no notebook was changed", file=sys.stderr)
        return FAULTY
    print("\n".join(f"refreshed {name}" for name in changed) or "every notebook was fresh")
    return FINE


if __name__ == "__main__":
    sys.exit(main())
