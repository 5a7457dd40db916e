"""The files of a data package as typed rows, whatever Excel wrote them with.

The descriptor `datapackage.json` alone holds names, types, enumerations and keys; this module reads it and
repeats none of it. Encoding, line ends and separator are told from the file itself: a byte-order mark, bytes
that are valid UTF-8, the known names of the heading. What cannot be told is refused.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from analysis.package import cells
from analysis.package.faults import DataFaults, Fault

DESCRIPTOR = "datapackage.json"
# far above any year's figures, far below what makes a laptop swap
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
SEPARATORS = (",", ";", "\t")
# what the analyses are about; a package may hold more
TABLES = (
    "sources",
    "sections",
    "places",
    "zones",
    "firms",
    "projects",
    "milestones",
    "chains",
    "links",
    "indicators",
    "claims",
    "observations",
)
AS_TEXT = "cannot be read as text: save it as 'CSV UTF-8' in Excel"


class Unreadable(Exception):
    """A file cannot be read at all; str() says why and what to do."""


@dataclass(frozen=True)
class Row:
    """A row of a file.

    number: as Excel shows it. cells: a typed value for each column of the descriptor, None where the cell is
    empty or refused. refused: what stood in the refused cells.
    """

    number: int
    cells: dict[str, object]
    refused: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> object:
        return self.cells.get(column)

    def sound(self, *columns: str) -> bool:
        """Whether none of these cells was refused."""
        return not self.refused.keys() & set(columns)


@dataclass(frozen=True)
class Table:
    """The rows of a file. whole: False when some of the file could not be read, so that what is not in
    ``rows`` may still be in the file."""

    file: str
    rows: tuple[Row, ...] = ()
    whole: bool = True

    def known(self, column: str) -> set:
        """The values of a column. A refused cell counts in the form it most likely had, so that one bad id
        does not make a fault of every row that names it."""
        values = {row[column] for row in self.rows} - {None}
        return values | {cells.plain(row.refused[column]) for row in self.rows if column in row.refused}


def read_descriptor(folder: Path) -> dict:
    """The parsed descriptor of the package in ``folder``. Raises DataFaults."""
    try:
        descriptor = json.loads(_bytes(folder / DESCRIPTOR).decode("utf-8-sig"))
        for resource in descriptor["resources"]:
            resource["name"], resource["schema"]["primaryKey"]
            path = PurePosixPath(resource["path"])
            if path.is_absolute() or ".." in path.parts or "\\" in resource["path"]:
                raise ValueError(f"the path {resource['path']} leads out of the folder")
            for column in resource["schema"]["fields"]:
                column["name"], column["type"], column["title"]
        missing = set(TABLES) - {resource["name"] for resource in descriptor["resources"]}
        if missing:
            raise ValueError(f"it does not name the tables {', '.join(sorted(missing))}")
    except FileNotFoundError:
        expected = f"there is no {DESCRIPTOR} in {folder}; name the folder of a data package"
    except Unreadable as error:
        expected = str(error)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        found = f"the entry {error} is missing" if isinstance(error, KeyError) else str(error)
        expected = f"not a readable data package descriptor ({found})"
    else:
        return descriptor
    raise DataFaults([Fault(DESCRIPTOR, None, None, None, expected)])


def read_tables(folder: Path, descriptor: dict) -> tuple[dict[str, Table], list[Fault]]:
    """Every table of the package by name, and every fault of its cells and files."""
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for resource in descriptor["resources"]:
        tables[resource["name"]], wrong = _read_table(folder, resource)
        faults += wrong
    return tables, faults


def _bytes(path: Path) -> bytes:
    """What a file holds. Raises Unreadable (too large, not a file, no permission), FileNotFoundError."""
    try:
        if path.exists() and not path.is_file():
            raise Unreadable("is not a file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB; expected a table of published figures")
    return content


def _text(content: bytes) -> str:
    """The text of a file as Excel writes it: UTF-8 with or without mark, UTF-16 with mark, GB18030.

    Raises Unreadable.
    """
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig" and _mostly_utf8(content):
                row = content.count(b"\n", 0, error.start) + 1
                raise Unreadable(
                    f"is UTF-8 with a damaged character in line {row}; save it anew as 'CSV UTF-8' in Excel"
                ) from None
            continue
        # a text without its mark in two bytes a letter: every other one is empty
        if "\0" in re.split(r"[\r\n]", text, maxsplit=1)[0]:
            break
        return text
    raise Unreadable(AS_TEXT)


def _mostly_utf8(content: bytes) -> bool:
    """Whether most of the Chinese in bytes that are not valid UTF-8 is UTF-8 all the same: read as GB18030,
    one damaged letter would turn every name of the file into other characters."""
    runs = re.findall(rb"[\x80-\xff]+", content)
    return 2 * sum(map(_is_utf8, runs)) > len(runs)


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
            record = [name.strip(cells.BLANKS) for name in next(_records(text, separator), [])]
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
        raise Unreadable(f"{what} a heading with {', '.join(columns)}, separated by commas, semicolons or tabs")
    return heading


def _heading_faults(file: str, names: tuple[str, ...], columns: list[str]) -> Iterator[Fault]:
    for column in columns:
        if names.count(column) != 1:
            why = "the column is missing" if column not in names else "the column stands twice"
            yield Fault(file, 1, column, None, why)
    for name in names:
        if name not in columns:
            expected = f"unknown column; expected {', '.join(columns)}{cells.nearest(name, columns)}"
            yield Fault(file, 1, None, name, expected)


def _read_table(folder: Path, resource: dict) -> tuple[Table, list[Fault]]:
    """The rows of one file, and what is wrong with them."""
    file, fields = resource["path"], resource["schema"]["fields"]
    columns = [column["name"] for column in fields]
    try:
        text = _text(_bytes(folder / file))
        heading = _heading(text, columns)
    except FileNotFoundError:
        return Table(file, whole=False), [Fault(file, None, None, None, f"the file is missing from {folder}")]
    except Unreadable as error:
        return Table(file, whole=False), [Fault(file, None, None, None, str(error))]
    if faults := list(_heading_faults(file, heading.names, columns)):
        return Table(file, whole=False), faults
    rows: list[Row] = []
    number = 1
    try:
        for number, record in enumerate(_records(text, heading.separator), start=1):
            if number == 1 or not any(cell.strip(cells.BLANKS) for cell in record):
                continue
            if len(rows) == MAX_ROWS:
                too_many = Fault(file, None, None, None, f"has more than {MAX_ROWS:,} rows; expected fewer")
                return Table(file, whole=False), [too_many]
            row, wrong = _read_row(file, number, record, heading, fields)
            rows.append(row)
            faults += wrong
    except csv.Error as error:
        expected = (
            f"a cell is longer than {cells.MAX_CELL:,} characters; is a quotation mark not closed?"
            if "limit" in str(error)
            else "a quotation mark is not closed or stands inside a quoted cell; write it twice there"
        )
        return Table(file, tuple(rows), whole=False), [*faults, Fault(file, number + 1, None, None, expected)]
    return Table(file, tuple(rows)), faults


def _read_row(
    file: str, number: int, record: list[str], heading: Heading, fields: list[dict]
) -> tuple[Row, list[Fault]]:
    """A row with typed cells, and what is wrong with it."""
    found = dict(zip(heading.names, record + [""] * len(heading.names), strict=False))
    unit = found["unit"].strip(cells.BLANKS) if "unit" in found else None
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for column in fields:
        name = column["name"]
        try:
            values[name] = cells.typed(found[name], column, unit, comma_decimals=heading.separator == ";")
        except cells.Refused as error:
            values[name] = None
            faults.append(Fault(file, number, name, found[name].strip(cells.BLANKS), str(error)))
    beyond = [cell for cell in record[len(heading.names) :] if cell.strip(cells.BLANKS)]
    if beyond or (faults and len(record) > heading.width):
        # a cell was cut in two, and which of the others have moved cannot be told
        width = len(heading.names)
        expected = f"the row has more cells than the heading's {width}; quote cells that hold the separator"
        return Row(number, {}, found), [Fault(file, number, None, beyond[0] if beyond else None, expected)]
    return Row(number, values, {fault.column: found[fault.column] for fault in faults}), faults
