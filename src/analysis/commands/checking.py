"""Reading a data package and the translations, and saying what is wrong with them."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.analyses.walk import unshown
from analysis.commands import FAULTY, FINE, Command, add_data
from analysis.model.loading import load
from analysis.package import dataset, warnings
from analysis.package.dataset import DataFaults, Dataset, Fault


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object instead: folder, faults, warnings, counts of rows",
    )


def _check(options: argparse.Namespace) -> int:
    if options.json:
        return _check_for_programs(options.data)
    data = load(options.data)
    found = _warnings(data)
    for warning in found:
        print(f"warning: {warning}", file=sys.stderr)
    counts = ", ".join(f"{len(table)} {name}" for name, table in data.tables.items())
    before = dataset.predecessor(data)
    also = f"; {len(found)} warning{'s' if len(found) > 1 else ''}" if found else ""
    print(f"{data.folder}: no faults ({counts}){also}")
    if before:
        print(f"{before.folder}: no faults (the edition before: {len(before.observations)} observations)")
    faults = _faults_of_translations()  # reading the chapters takes seconds: faulty data come first
    print("\n".join(faults) or "translations: no faults", file=sys.stderr if faults else sys.stdout)
    return FAULTY if faults else FINE


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


def _check_for_programs(folder: Path | None) -> int:
    """The same check as one JSON object on standard output, whatever is found."""
    report: dict[str, Any] = {
        "folder": str(folder or dataset.default_folder()),
        "faults": [],
        "warnings": [],
        "counts": {},
        "translations": _faults_of_translations(),
    }
    try:
        data = load(folder)
    except DataFaults as refused:
        report["faults"] = [*map(_record, refused.faults)]
    else:
        report["warnings"] = [*map(_record, _warnings(data))]
        report["counts"] = {name: len(table) for name, table in data.tables.items()}
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
)
