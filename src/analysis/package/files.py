"""The files of a data package as typed rows, whatever Excel wrote them with.

Line ends and separator are told from the file itself, by the known names of the heading, as its encoding is (see
`encodings`). What cannot be told is refused.
"""

from __future__ import annotations

import csv
import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from analysis.package import cells, csv_rows, encodings, parquet, typed_columns
from analysis.package.columns import Growing, Table
from analysis.package.csv_rows import Heading
from analysis.package.descriptor import NEEDED, Descriptor, Resource, Unreadable, content
from analysis.package.faults import Fault
from analysis.package.typed_columns import Texts
from analysis.package.widths import BLANKS

MAX_ROWS = 20_000_000  # a national register of ten years; far above, it is no table of published figures
SEPARATORS = (",", ";", "\t")


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
    with _nothing_collected():
        for resource in descriptor["resources"]:
            tables[resource["name"]], wrong = _read_table(folder, resource, convert)
            faults += wrong
    return tables, faults


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Rows by the million hold no garbage, and a fourth of the time would go into looking for some."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def records(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file with a heading, as text. Raises Unreadable, FileNotFoundError."""
    if path.suffix == parquet.SUFFIX:
        columns = parquet.texts(path).columns
        for cells_of_row in zip(*(column.spread() for column in columns.values()), strict=True):
            yield dict(zip(columns, cells_of_row, strict=True))
        return
    text = encodings.text(content(path))
    separator = max(SEPARATORS, key=lambda each: len(Heading.of(text, each).names))
    names = Heading.of(text, separator).names
    for record in list(csv_rows.records(text, separator))[1:]:
        if csv_rows.holds_something(record):
            yield dict(zip(names, (cell.strip(BLANKS) for cell in record), strict=False))


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
        heading, read = _opened(folder / file, file, columns)
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
    texts = read(partial(convert, name))
    del read  # and with it the text, which may be long
    if len(texts.numbers) > MAX_ROWS:
        expected = f"has more than {MAX_ROWS:,} rows; expected fewer"
        return Table(file, whole=False), [Fault(file, None, None, None, expected, "file-too-large")]
    return typed_columns.table(file, texts, fields)


def _opened(path: Path, file: str, columns: list[str]) -> tuple[Heading, Callable[[csv_rows.Conversion], Texts]]:
    """The heading of a file, and what reads the rest of it. Raises Unreadable, FileNotFoundError."""
    if path.suffix == parquet.SUFFIX:
        texts = parquet.texts(path)
        return Heading("", tuple(texts.columns), texts.width), lambda _convert: texts
    text = encodings.text(content(path))
    heading = _heading(text, columns)
    return heading, partial(_texts, file, text, columns, heading)


def _texts(file: str, text: str, names: Sequence[str], heading: Heading, convert: csv_rows.Conversion) -> Texts:
    """What stands in a file below its heading. names: of the columns that the descriptor speaks of."""
    grown: defaultdict[str, Growing] = defaultdict(Growing)
    numbers = [np.empty(0, np.int64)]
    wide: dict[int, list[str]] = {}
    rows, read, ended = 0, 1, None
    for block in csv_rows.blocks(text, names, heading, convert):
        for name, held in block.columns.items():
            grown[name].add(held)
        wide |= {rows + place: record for place, record in block.wide.items()}
        numbers.append(block.places + read + 1)
        rows += len(block.places)
        read += block.read
        if block.error:
            ended = _broken_off(file, read + 1, block.error)
        if ended or rows > MAX_ROWS:
            break
    columns = {name: column.column() for name, column in grown.items()}
    return Texts(
        columns, np.concatenate(numbers), heading.width, len(heading.names), wide, heading.separator == ";", ended
    )


def _broken_off(file: str, number: int, error: csv.Error) -> Fault:
    """The fault of a row after which nothing can be read."""
    if "limit" in str(error):
        expected = f"a cell is longer than {cells.MAX_CELL:,} characters; is a quotation mark not closed?"
        return Fault(file, number, None, None, expected, "cell-too-long")
    expected = "a quotation mark is not closed or stands inside a quoted cell; write it twice there"
    return Fault(file, number, None, None, expected, "quotation-mark")
