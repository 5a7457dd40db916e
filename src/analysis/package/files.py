"""The files of a data package as typed rows, whatever Excel wrote them with.

Line ends and separator are told from the file itself, by the known names of the heading, as its encoding is (see
`encodings`). What cannot be told is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.package import cells, encodings
from analysis.package.descriptor import NEEDED, Descriptor, Field, Resource, Unreadable, content
from analysis.package.faults import Fault
from analysis.package.widths import BLANKS, plain

MAX_ROWS = 100_000
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """A row of a file.

    number: as Excel shows it. cells: a typed value for each column of the descriptor, None where the cell is
    empty or refused. refused: what stood in the refused cells.
    """

    number: int
    cells: dict[str, Any]
    refused: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Any:
        return self.cells.get(column)

    def sound(self, *columns: str) -> bool:
        """Whether none of these cells was refused."""
        return not self.refused.keys() & set(columns)


@dataclass(frozen=True)
class Table:
    """The rows of a file. whole: False when some of the file could not be read, so that what is not in
    ``rows`` may still be in the file. absent: there is no such file."""

    file: str
    rows: tuple[Row, ...] = ()
    whole: bool = True
    absent: bool = False

    def known(self, column: str) -> set[str]:
        """The values of a column. A refused cell counts in the form it most likely had, so that one bad id
        does not make a fault of every row that names it."""
        values = {row[column] for row in self.rows} - {None}
        return values | {plain(row.refused[column]) for row in self.rows if column in row.refused}


Conversion = Callable[[str, dict[str, str]], dict[str, str]]


def as_it_is(_table: str, found: dict[str, str]) -> dict[str, str]:
    """The conversion of a row that needs none."""
    return found


def read_tables(
    folder: Path, descriptor: Descriptor, convert: Conversion = as_it_is
) -> tuple[dict[str, Table], list[Fault]]:
    """Every table of the package by name, and every fault of its cells and files.

    convert: from the table's name and the cells of a row, as text, to the cells that the descriptor speaks of.
    """
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for resource in descriptor["resources"]:
        tables[resource["name"]], wrong = _read_table(folder, resource, convert)
        faults += wrong
    return tables, faults


def records(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file with a heading, as text. Raises Unreadable, FileNotFoundError."""
    text = encodings.text(content(path))
    separator = max(SEPARATORS, key=lambda each: len(Heading.of(text, each).names))
    names = Heading.of(text, separator).names
    for record in list(_records(text, separator))[1:]:
        if any(cell.strip(BLANKS) for cell in record):
            yield dict(zip(names, (cell.strip(BLANKS) for cell in record), strict=False))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


@dataclass(frozen=True)
class Heading:
    """The first row of a file. width: its number of cells, blank ones at its end too."""

    separator: str
    names: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, text: str, separator: str) -> Heading:
        """The first row under a separator; empty where the separator makes no row of it."""
        try:
            record = [name.strip(BLANKS) for name in next(_records(text, separator), [])]
        except csv.Error:
            record = []
        names = record
        while names and not names[-1]:
            names = names[:-1]
        return cls(separator, tuple(names), len(record))


def _heading(text: str, columns: list[str]) -> Heading:
    """The heading under the separator that shows the most known names. Raises Unreadable when none shows any."""
    headings = [Heading.of(text, separator) for separator in SEPARATORS]
    heading = max(headings, key=lambda each: len(set(each.names) & set(columns)))
    if not set(heading.names) & set(columns):
        what = "is empty; expected" if not text.strip() else "has no known column in row 1; expected there"
        raise Unreadable(
            f"{what} a heading with {', '.join(columns)}, separated by commas, semicolons or tabs", "heading-missing"
        )
    return heading


def _heading_faults(file: str, names: tuple[str, ...], columns: list[str], needed: set[str]) -> Iterator[Fault]:
    for column in columns:
        if names.count(column) > 1 or (column in needed and column not in names):
            why = ("is missing", "column-missing") if column not in names else ("stands twice", "column-twice")
            yield Fault(file, 1, column, None, f"the column {why[0]}", why[1])
    for name in names:
        if name not in columns:
            expected = f"unknown column; expected {', '.join(columns)}{cells.nearest(name, columns)}"
            yield Fault(file, 1, None, name, expected, "column-unknown")


def _read_table(folder: Path, resource: Resource, convert: Conversion) -> tuple[Table, list[Fault]]:
    """The rows of one file, and what is wrong with them."""
    file, fields, name = resource["path"], resource["schema"]["fields"], resource["name"]
    columns = [column["name"] for column in fields]
    needed = {column["name"] for column in fields if column.get("constraints", {}).get("required")}
    needed.update(resource["schema"]["primaryKey"])
    try:
        text = encodings.text(content(folder / file))
        heading = _heading(text, columns)
    except FileNotFoundError:
        if name not in NEEDED:
            return Table(file, absent=True), []
        missing = Fault(file, None, None, None, f"the file is missing from {folder}", "file-missing")
        return Table(file, whole=False), [missing]
    except Unreadable as error:
        return Table(file, whole=False), [Fault(file, None, None, None, str(error), error.slug)]
    given = convert(name, dict.fromkeys(heading.names, "")).keys()  # a column may have another name there
    names = tuple(column for column in heading.names if column in given)
    if faults := list(_heading_faults(file, names, columns, needed - given)):
        return Table(file, whole=False), faults
    rows: list[Row] = []
    number = 1
    try:
        for number, record in enumerate(_records(text, heading.separator), start=1):
            if number == 1 or not any(cell.strip(BLANKS) for cell in record):
                continue
            if len(rows) == MAX_ROWS:
                expected = f"has more than {MAX_ROWS:,} rows; expected fewer"
                return Table(file, whole=False), [Fault(file, None, None, None, expected, "file-too-large")]
            found = convert(name, dict(zip(heading.names, record + [""] * len(heading.names), strict=False)))
            row, wrong = _read_row(file, number, record, found, heading, fields)
            rows.append(row)
            faults += wrong
    except csv.Error as error:
        return Table(file, tuple(rows), whole=False), [*faults, _broken_off(file, number + 1, error)]
    return Table(file, tuple(rows)), faults


def _broken_off(file: str, number: int, error: csv.Error) -> Fault:
    """The fault of a row after which nothing can be read."""
    if "limit" in str(error):
        expected = f"a cell is longer than {cells.MAX_CELL:,} characters; is a quotation mark not closed?"
        return Fault(file, number, None, None, expected, "cell-too-long")
    expected = "a quotation mark is not closed or stands inside a quoted cell; write it twice there"
    return Fault(file, number, None, None, expected, "quotation-mark")


def _read_row(
    file: str, number: int, record: list[str], found: dict[str, str], heading: Heading, fields: list[Field]
) -> tuple[Row, list[Fault]]:
    """A row with typed cells, and what is wrong with it. found: its cells as text, by column."""
    unit = found["unit"].strip(BLANKS) if "unit" in found else None
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in fields:
        name = column["name"]
        try:
            values[name] = cells.typed(found.get(name, ""), column, unit, comma_decimals=heading.separator == ";")
        except cells.Refused as error:
            values[name] = None
            faults.append(Fault(file, number, name, found.get(name, "").strip(BLANKS), str(error), error.slug))
    beyond = [cell for cell in record[len(heading.names) :] if cell.strip(BLANKS)]
    if beyond or (faults and len(record) > heading.width):
        # a cell was cut in two, and which of the others have moved cannot be told
        width = len(heading.names)
        expected = f"the row has more cells than the heading's {width}; quote cells that hold the separator"
        cut = Fault(file, number, None, beyond[0] if beyond else None, expected, "row-too-wide")
        return Row(number, {}, found), [cut]
    return Row(
        number, values, {name: found.get(name, "") for name in (fault.column for fault in faults) if name}
    ), faults
