"""A data package as a workbook, and back."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands import FAULTY, FINE, Command, opened, written
from analysis.model.loading import load
from analysis.package import workbook


def _to_workbook(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the data package")
    parser.add_argument("file", type=Path, metavar="FILE", help="the workbook to write (.xlsx), which is not there yet")


def _workbook(options: argparse.Namespace) -> int:
    file = options.file.expanduser().resolve()
    if not written(file, lambda: workbook.write(options.folder.expanduser().resolve(), file)):
        return FAULTY
    print(f"{file}: written; check it with `python -m analysis check {options.file}`")
    return FINE


def _to_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx)")
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the data package; its tables are replaced")


def _package(options: argparse.Namespace) -> int:
    folder = options.folder.expanduser().resolve()
    with opened(options.file) as package:
        data = load(package.folder)
        if not written(folder, lambda: workbook.keep(data.folder, folder)):
            return FAULTY
    print(f"{folder}: written from {options.file} ({len(data.observations)} observations)")
    return FINE


WORKBOOK = Command("workbook", "write a data package as a workbook for Excel", _workbook, _to_workbook, "written")
PACKAGE = Command("package", "write a workbook as the files of a data package", _package, _to_folder, "written")
