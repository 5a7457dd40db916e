"""Reading a data package and the translations, and saying what is wrong with them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.analyses.walk import unshown
from analysis.commands import FAULTY, FINE, Command, add_data, chosen, written
from analysis.model.loading import load
from analysis.package import dataset, descriptor, start, warnings, workbook
from analysis.package.dataset import DataFaults, Dataset, Fault

# what to put in the place of a table's example row, in the order in which it is best done
INSTEAD = {
    "sources": "the source that you read",
    "sections": "its sections, and in zones.csv the sections that name the zones",
    "indicators": "what it measures, first of all what it gives for every zone: output, investment",
    "observations": "its figures, one a row, as printed",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("named", nargs="?", type=Path, metavar="PACKAGE", help="the same as --data PACKAGE")
    parser.add_argument(
        "--mark",
        type=Path,
        metavar="FILE",
        help="write a copy of the workbook with every fault as a comment on its cell",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object instead: folder, faults, warnings, counts of rows",
    )


def _check(options: argparse.Namespace) -> int:
    if options.json:
        return _check_for_programs(options)
    if options.mark:
        return _check_and_mark(options)
    with chosen(options) as package:
        data = load(options.data)
        found = [package.placed(warning) for warning in _warnings(data)]
        for warning in found:
            print(f"warning: {warning}", file=sys.stderr)
        counts = ", ".join(f"{len(table)} {name}" for name, table in data.tables.items())
        before = dataset.predecessor(data)
        also = f"; {len(found)} warning{'s' if len(found) > 1 else ''}" if found else ""
        print(f"{options.given or data.folder}: no faults ({counts}){also}")
        if before:
            print(f"{before.folder}: no faults (the edition before: {len(before.observations)} observations)")
        faults = _faults_of_translations()  # reading the chapters takes seconds: faulty data come first
        print("\n".join(faults) or "translations: no faults", file=sys.stderr if faults else sys.stdout)
        for line in _next_steps(data):
            print(line)
    return FAULTY if faults else FINE


def _next_steps(data: Dataset) -> Iterator[str]:
    """What to do next with a package that still has example rows; nothing where it has none."""
    standing = start.examples(data)
    if standing:
        yield "example rows still stand, named in brackets; put in their place, in this order:"
    for number, name in enumerate(sorted(standing, key=[*INSTEAD, *data.tables].index), start=1):
        file, rows = descriptor.resource(data.descriptor, name)["path"], ", ".join(standing[name])
        yield f"  {number}. {file} ({rows}): {INSTEAD.get(name, 'rows of your own')}"
    if standing:
        yield "data/README.md explains each column; tables of firms, chains, projects and statements may come later"


def _warnings(data: Dataset) -> list[Fault]:
    """What to look at again: figures that moved far, and figures that no chapter shows."""
    expected = "no chapter shows it; give its indicator a group whose chapter speaks of such subjects, or no role"
    rows, indicators = data.observation_rows, data.observations["indicator"]
    hidden = [
        Fault("observations.csv", rows[key], "indicator", indicators[key], expected, "shown-nowhere")
        for key in unshown(data)
    ]
    return [*warnings.warnings(data), *hidden]


def _faults_of_translations() -> list[str]:
    """A line for each fault; chapters that cannot be read are one."""
    from analysis.publish import catalogues, sphinx_run

    try:
        return catalogues.faults(catalogues.templates())
    except sphinx_run.SphinxFailed as failure:
        return [str(failure)]


def _found(options: argparse.Namespace) -> tuple[Dataset | None, list[Fault], list[Fault]]:
    """The package where it has no faults, its faults and its warnings, each where the reader finds it."""
    try:
        with chosen(options) as package:
            data = load(options.data)
            return data, [], [package.placed(warning) for warning in _warnings(data)]
    except DataFaults as refused:
        return None, refused.faults, []


def _check_and_mark(options: argparse.Namespace) -> int:
    """The check of a workbook, with what is found written into a copy of it."""
    if options.given is None or not workbook.is_workbook(options.given):
        print("--mark writes onto the cells of a workbook; name one (.xlsx)", file=sys.stderr)
        return FAULTY
    _data, faults, found = _found(options)
    if not written(options.mark, lambda: workbook.mark(options.given, options.mark, faults, found)):
        return FAULTY
    print(f"{options.mark}: {len(faults)} faults and {len(found)} warnings, each on its cell and in a list")
    return FAULTY if faults else FINE


def _check_for_programs(options: argparse.Namespace) -> int:
    """The same check as one JSON object on standard output, whatever is found."""
    report: dict[str, Any] = {
        "folder": str(options.given or dataset.default_folder()),
        "faults": [],
        "warnings": [],
        "counts": {},
        "translations": _faults_of_translations(),
    }
    data, faults, found = _found(options)
    report["faults"] = [*map(_record, faults)]
    report["warnings"] = [*map(_record, found)]
    report["counts"] = {name: len(table) for name, table in data.tables.items()} if data else {}
    # ASCII alone: any terminal can print it, and control characters of hostile cells stay escaped
    print(json.dumps(report, indent=2))
    return FAULTY if report["faults"] or report["translations"] else FINE


def _record(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, **asdict(fault)}


CHECK = Command(
    "check",
    "read the data package and the translations, and print every fault and every figure to look at again",
    _check,
    _arguments,
    opens=False,
)
