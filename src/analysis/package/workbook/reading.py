"""A workbook laid out as the folder of a data package."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.package import cells, descriptor
from analysis.package.descriptor import DESCRIPTOR, NEEDED, Descriptor, Resource
from analysis.package.faults import DataFaults, Fault
from analysis.package.swap import beside, clear, swap
from analysis.package.workbook import layout
from analysis.package.workbook.writing import words

MAX_UNPACKED = 200_000_000  # bytes; a workbook is compressed, and a small one may unpack to more than a machine holds
NO_WORKBOOK = "is no workbook that can be read: save it in Excel as .xlsx, without a password"


@dataclass(frozen=True)
class Places:
    """Where the tables of a package stand in a workbook.

    sheets: file -> its sheet. heads: file -> the row of its names. letters: file and column -> the column's letter.
    faults: what is wrong with the workbook as a workbook: a table without its sheet, a sheet without its table, merged
    cells.
    """

    sheets: dict[str, str]
    heads: dict[str, int]
    letters: dict[tuple[str, str], str]
    faults: list[Fault]

    def relocated(self, fault: Fault) -> Fault:
        """A fault of a file of the package as one of the workbook: `observations!D27`."""
        if fault.file == DESCRIPTOR:
            return replace(fault, file=layout.PACKAGE)
        if fault.file not in self.sheets:
            return fault
        sheet = self.sheets[fault.file]
        if fault.row is None:
            return replace(fault, file=sheet)
        row = fault.row + self.heads[fault.file] - 1
        letter = self.letters.get((fault.file, fault.column or ""), "")
        return replace(fault, file=f"{sheet}!{letter or 'A'}{row}", row=None, column=None)


def unpack(file: Path, folder: Path) -> Places:
    """Lay a workbook out as a package in ``folder``, which is made; rows keep their distance from the heads.

    Raises DataFaults for what is no workbook, or has no descriptor.
    """
    book = _opened(file)
    own = _description(book)
    folder.mkdir(parents=True)
    lines = json.dumps(own, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(lines, "utf-8", newline="")
    described = descriptor.read(folder)
    tables = {resource["name"]: resource for resource in described["resources"]}
    places = Places({}, {}, {}, [])
    for name in book.sheetnames:
        if name not in tables and name not in layout.BESIDE:
            expected = f"no table has this name; expected {', '.join(tables)}{cells.nearest(name, tables)}"
            places.faults.append(Fault(name, None, None, None, expected, "sheet-unknown"))
    for name, resource in tables.items():
        if name in book.sheetnames:
            _table(book[name], folder, resource, places)
        elif name in NEEDED:
            expected = "the sheet is missing from the workbook; put it back"
            places.faults.append(Fault(name, None, None, None, expected, "sheet-missing"))
    return places


def _opened(file: Path) -> openpyxl.Workbook:
    """The workbook, with formulas as they are written. Raises DataFaults."""
    slug = "file-unreadable"
    try:
        descriptor.content(file)
        with zipfile.ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise descriptor.Unreadable("unpacks to more than a package of published figures holds")
        return openpyxl.load_workbook(file)
    except FileNotFoundError:
        expected = "there is no such file"
    except descriptor.Unreadable as error:
        expected = str(error)
    except Exception:  # whatever a damaged file makes of the library: all mean the same to its owner
        expected, slug = NO_WORKBOOK, "no-workbook"
    raise DataFaults([Fault(file.name, None, None, None, expected, slug)])


def _description(book: openpyxl.Workbook) -> Descriptor:
    """The descriptor, with the texts that the sheet of titles gives now. Raises DataFaults."""
    try:
        sheet = book[layout.DESCRIPTION]
        own: Descriptor = json.loads("\n".join(str(row[0] or "") for row in sheet.iter_rows(values_only=True)))
        known = words(own)
    except (KeyError, ValueError, AttributeError):
        expected = "the hidden sheet is missing or damaged; copy it from a workbook that `workbook` wrote"
        raise DataFaults([Fault(layout.DESCRIPTION, None, None, None, expected, "sheet-descriptor")]) from None
    if layout.PACKAGE in book.sheetnames:
        for cell, told in book[layout.PACKAGE].iter_rows(2, max_col=2):
            entry = str(cell.value)
            if entry in known:
                part, key = (own["book"], entry.removeprefix("book.")) if entry.startswith("book.") else (own, entry)
                part[key] = "" if told.value is None else str(told.value)
    return own


def _table(sheet: Worksheet, folder: Path, resource: Resource, places: Places) -> None:
    """Write a sheet as the file of its table."""
    file, known = resource["path"], {field["name"] for field in resource["schema"]["fields"]}
    head = _head(sheet, known)
    if head is None:
        expected = f"no row has the names of the columns; expected {', '.join(sorted(known))} in row {layout.NAMES}"
        places.faults.append(Fault(sheet.title, None, None, None, expected, "sheet-nameless"))
        return
    unmerge = "merged cells; take the merging back and write each cell's value"
    places.faults.extend(
        Fault(sheet.title, None, None, str(merged), unmerge, "cells-merged")
        for merged in sheet.merged_cells.ranges
        if merged.max_row >= head
    )
    rows: list[list[str]] = []
    for row in sheet.iter_rows(head):
        rows.append([text_of(cell) for cell in row])
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((number for row in rows for number, text in enumerate(row, start=1) if text), default=0)
    places.sheets[file], places.heads[file] = sheet.title, head
    places.letters.update({(file, name): get_column_letter(n) for n, name in enumerate(rows[0], start=1)})
    if len(rows) > 1 or resource["name"] in NEEDED:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(row[:width] for row in rows)


def _head(sheet: Worksheet, known: set[str]) -> int | None:
    """The row of the names of the columns: somebody may have put a row above it, or taken the titles away."""
    first = range(1, min(sheet.max_row, 6) + 1)
    found = {row: sum(cell.value in known for cell in sheet[row]) for row in first}
    best = max(first, key=lambda row: found[row])
    return best if found[best] else None


def text_of(cell: Cell | MergedCell) -> str:
    """A cell as the text that a file of the package would have; a formula is what was typed, which no table takes.

    A date stands for its month, as Excel makes days of months; a share for what the sheet shows of it.
    """
    value: Any = cell.value
    if value is None or isinstance(cell, MergedCell):
        return ""
    if not isinstance(value, str | int | float | date):
        return str(getattr(value, "text", value))  # a formula over several cells
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        at_midnight = not isinstance(value, datetime) or value.time() == datetime.min.time()
        return value.strftime("%Y-%m") if value.day == 1 and at_midnight else str(value)
    if isinstance(value, int | float):
        number, share = Decimal(repr(value)), "%" in (cell.number_format or "")
        shown = format((number * 100 if share else number).normalize(), "f")
        return f"{shown}%" if share else shown
    return value


def keep(unpacked: Path, folder: Path) -> None:
    """Put an unpacked package where ``folder`` is or shall be, in one step; what else lies there stays.

    Rows that were blank in the workbook are left out, tables without rows have no file. Raises OSError.
    """
    clear(folder)
    new = beside(folder)
    if folder.exists():
        shutil.copytree(folder, new, symlinks=True)
    new.mkdir(parents=True, exist_ok=True)
    for resource in descriptor.read(unpacked)["resources"]:
        source, target = unpacked / resource["path"], new / resource["path"]
        target.unlink(missing_ok=True)
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with (
                source.open(encoding="utf-8-sig", newline="") as file,
                target.open("w", encoding="utf-8-sig", newline="") as out,
            ):
                csv.writer(out, lineterminator="\n").writerows(row for row in csv.reader(file) if any(row))
    shutil.copyfile(unpacked / DESCRIPTOR, new / DESCRIPTOR)
    swap(folder)
    clear(folder)
