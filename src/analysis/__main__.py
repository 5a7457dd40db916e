"""The command line: check, migrate and compare data, build the book, refresh the notebooks."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis import wording
from analysis.analyses.walk import unshown
from analysis.model.loading import load
from analysis.package import dataset, warnings
from analysis.package.dataset import DataFaults, Dataset, Fault

FINE, FAULTY, INCOMPLETE = 0, 1, 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="One board, one chain, one drive: check, migrate and compare data, build and refresh the book.",
        epilog="Exit codes: 0 done, with or without differences found; 1 faults in the data or a failed build; "
        "2 a wrong command line; 3 built, but without the PDF, as a system library is missing.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=" | ".join(COMMANDS))
    helps = {
        "check": "read the data package and the translations, and print every fault and every figure to look at again",
        "migrate": "rewrite a data package of version 1 of the data contract as version 2",
        "diff": "print what changed between two editions of the data: figures, findings, verdicts",
        "build": "build the HTML and PDF editions into _build/site",
        "rerun": "execute the notebooks in place, so that their stored outputs are fresh",
        "translate": "bring the catalogues of the translations to the state of the text",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if name == "diff":
            _add_editions(command)
        elif name == "migrate":
            command.add_argument("folder", type=Path, metavar="DIR", help="folder of the data package")
        else:
            _add_options(command, name)
    return parser


def _add_options(command: argparse.ArgumentParser, name: str) -> None:
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
        command.add_argument("--site", type=Path, metavar="DIR", help="where to put the site (default: _build/site)")
        command.add_argument(
            "--edition", choices=wording.LOCALES, help="build this edition alone (default: all, side by side)"
        )


def _add_editions(command: argparse.ArgumentParser) -> None:
    kinds = "a data folder, or a git revision of the project such as HEAD~1 or a tag"
    command.add_argument("old", metavar="OLD", help=kinds)
    command.add_argument("new", metavar="NEW", nargs="?", help="the same (default: $ANALYSIS_DATA, else data/)")
    command.add_argument("--json", action="store_true", help="print JSON instead of words and tables")


def _progress() -> Callable[[str], None]:
    """Lines with the seconds since the start, on standard error."""
    start = time.monotonic()

    def tell(line: str) -> None:
        print(f"[{time.monotonic() - start:5.1f} s] {line}", file=sys.stderr, flush=True)

    return tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    given = getattr(options, "data", None)
    folder = given.expanduser().resolve() if given else None
    if folder:
        os.environ["ANALYSIS_DATA"] = str(folder)
    try:
        return COMMANDS[options.command](folder, options)
    except DataFaults as faults:
        print(faults, file=sys.stderr)
        count = len(faults.faults)
        undone = {"diff": "compared", "migrate": "rewritten"}.get(options.command, "built")
        print(f"{count} fault{'s' if count > 1 else ''} in the data; nothing was {undone}", file=sys.stderr)
        return FAULTY
    except BrokenPipeError:
        # whoever reads the output (head) has seen enough; Python would complain once more at its exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("stopped; the last site is as it was", file=sys.stderr)
        return 130


def _check(folder: Path | None, options: argparse.Namespace) -> int:
    if options.json:
        return _check_for_programs(folder)
    data = load(folder)
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
    hidden = [Fault("observations.csv", rows[key], "indicator", indicators[key], expected) for key in unshown(data)]
    return [*warnings.warnings(data), *hidden]


def _migrate(_folder: Path | None, options: argparse.Namespace) -> int:
    from analysis.package import migration

    try:
        print("\n".join(migration.migrate(options.folder.expanduser().resolve())))
    except OSError as error:
        print(f"{error.filename}: cannot be written: {error.strerror}", file=sys.stderr)
        return FAULTY
    return FINE


def _faults_of_translations() -> list[str]:
    """A line for each fault; chapters that cannot be read are one."""
    from analysis.publish import catalogues, sphinx_run

    try:
        return catalogues.faults(catalogues.templates())
    except sphinx_run.SphinxFailed as failure:
        return [str(failure)]


def _diff(_folder: Path | None, options: argparse.Namespace) -> int:
    from analysis.analyses import changes
    from analysis.exhibits import tables
    from analysis.package import revisions

    names = [options.old, options.new or str(dataset.default_folder())]
    with ExitStack() as opened:
        try:
            folders = [opened.enter_context(revisions.folder(name)) for name in names]
        except revisions.UnknownEdition as unknown:
            print(unknown, file=sys.stderr)
            return FAULTY
        old, new = _loaded(zip(names, folders, strict=True))
    if options.json:
        found = {"old": names[0], "new": names[1], **changes.document(old, new)}
        print(json.dumps(found, ensure_ascii=False, indent=1), flush=True)
    else:
        print(tables.changes(new, old), flush=True)
    return FINE


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
        report["faults"] = [asdict(fault) for fault in refused.faults]
    else:
        report["warnings"] = [asdict(warning) for warning in _warnings(data)]
        report["counts"] = {name: len(table) for name, table in data.tables.items()}
    # ASCII alone: any terminal can print it, and control characters of hostile cells stay escaped
    print(json.dumps(report, indent=2))
    return FAULTY if report["faults"] or report["translations"] else FINE


def _build(folder: Path | None, options: argparse.Namespace) -> int:
    from analysis.publish import editions  # Sphinx and WeasyPrint take a second to load

    site = (options.site or editions.BUILD / "site").expanduser().resolve()
    try:
        chosen = [options.edition] if options.edition else [*wording.LOCALES]
        missing = editions.build(folder, site, _progress(), chosen)
    except editions.BuildFailed as failure:
        print(failure, file=sys.stderr)
        print("the last site is as it was", file=sys.stderr)
        return FAULTY
    for line in missing:
        print(line, file=sys.stderr)
    return INCOMPLETE if missing else FINE


def _rerun(folder: Path | None, _options: argparse.Namespace) -> int:
    from analysis.publish import editions, notebooks

    dataset.predecessor(load(folder))  # the data chapter compares with it: its faults come first too
    try:
        changed = notebooks.rerun(editions.ROOT / "book")
    except notebooks.NotebookFailed as failure:
        print(failure, file=sys.stderr)
        print("no notebook was changed", file=sys.stderr)
        return FAULTY
    print("\n".join(f"refreshed {name}" for name in changed) or "every notebook was fresh")
    return FINE


def _translate(_folder: Path | None, _options: argparse.Namespace) -> int:
    from analysis.publish import catalogues, sphinx_run

    try:
        print("\n".join(catalogues.update(catalogues.templates())))
    except (sphinx_run.SphinxFailed, catalogues.NotACatalogue) as failure:
        print(failure, file=sys.stderr)
        return FAULTY
    return FINE


COMMANDS = {
    "check": _check,
    "migrate": _migrate,
    "diff": _diff,
    "build": _build,
    "rerun": _rerun,
    "translate": _translate,
}

if __name__ == "__main__":
    sys.exit(main())
