"""Where what stands in a workbook: its sheets beside the tables, its rows, its colours."""

from __future__ import annotations

import os
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill

SUFFIX = ".xlsx"
# a sheet of a table: a row of titles for the reader, a row of the names that the code knows, then the data
TITLES, NAMES, FIRST = 1, 2, 3
SPARE = 500  # rows below the data that are prepared for more of them

GUIDE = "read me"
PACKAGE = "package"  # the titles of the book
LISTS = "lists"  # what drop-downs offer
DESCRIPTION = "datapackage.json"  # its lines, hidden: what no sheet shows goes there and back unchanged
FAULTS = "faults"
BESIDE = (GUIDE, PACKAGE, LISTS, DESCRIPTION, FAULTS)

NEEDED_FILL = PatternFill("solid", fgColor="1F4E79")
FREE_FILL = PatternFill("solid", fgColor="8EA9C1")
NAME_FILL = PatternFill("solid", fgColor="E8EEF4")
FAULT_FILL = PatternFill("solid", fgColor="FFC7CE")
WARNING_FILL = PatternFill("solid", fgColor="FFEB9C")


def save(book: Workbook, file: Path) -> None:
    """Put a workbook in its place at once. Raises FileExistsError, as it may hold somebody's work, and OSError."""
    if file.exists():
        raise FileExistsError(file)
    new = file.with_name(f".{file.name}.new")
    try:
        book.save(new)
        os.replace(new, file)
    finally:
        new.unlink(missing_ok=True)


def is_workbook(path: Path) -> bool:
    """Whether a path names a workbook, and not the folder of a package."""
    return path.suffix.lower() in (SUFFIX, ".xlsm", ".xls") and not path.is_dir()
