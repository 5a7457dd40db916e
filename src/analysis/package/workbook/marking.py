"""Faults written onto the cells of a workbook, in a copy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from analysis.package.faults import Fault
from analysis.package.workbook import layout

AUTHOR = "check"
_PLACE = re.compile(r"(.+)!([A-Z]+[0-9]+)")


def mark(file: Path, copy: Path, faults: Iterable[Fault], warnings: Iterable[Fault] = ()) -> None:
    """Write a copy of a workbook with each fault as a comment on its cell, and a sheet that lists them all.

    faults, warnings: as `Places.relocated` gives them. What an earlier check wrote is taken away. Raises
    FileExistsError where the copy is there already, OSError.
    """
    book = openpyxl.load_workbook(file)
    _clean(book)
    listed = [(fault, layout.FAULT_FILL) for fault in faults] + [(fault, layout.WARNING_FILL) for fault in warnings]
    if listed:
        _list(book, listed)
    for fault, fill in listed:
        place = _PLACE.fullmatch(fault.file)
        if place is None or place[1] not in book.sheetnames:
            continue
        cell = book[place[1]][place[2]]
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(before + fault.expected, AUTHOR, width=320, height=120)
        cell.fill = fill
    layout.save(book, copy)


def _clean(book: openpyxl.Workbook) -> None:
    """Take away what an earlier check wrote."""
    if layout.FAULTS in book.sheetnames:
        del book[layout.FAULTS]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _list(book: openpyxl.Workbook, listed: list[tuple[Fault, PatternFill]]) -> None:
    """The first sheet: a row a fault, its place a link to the cell."""
    sheet = book.create_sheet(layout.FAULTS, 0)
    sheet.append(("位置 Place", "现值 Value", "应如何填写 What to write"))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for fault, fill in listed:
        # a cell that begins like a formula is shown, not run
        sheet.append((fault.file, None, None))
        place, value, expected = sheet[sheet.max_row]
        for cell, text in ((value, fault.value), (expected, f"{fault.expected} [{fault.code}]")):
            if text:
                cell.value, cell.data_type = text, "s"
        place.fill = fill
        if found := _PLACE.fullmatch(fault.file):
            place.hyperlink = Hyperlink(ref=place.coordinate, location=f"'{found[1]}'!{found[2]}")
            place.font = Font(color="0563C1", underline="single")
    for letter, width in (("A", 24), ("B", 30), ("C", 110)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
