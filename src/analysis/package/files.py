"""The files of a data package as typed rows, whatever Excel wrote them with.

Line ends and separator are told from the file itself, by the known names of the heading, as its encoding is (see
`encodings`). What cannot be told is refused.
"""

from __future__ import annotations

import csv
import gc
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, repeat, zip_longest
from pathlib import Path

import numpy as np

from analysis.package import cells, encodings, parquet, typed_columns
from analysis.package.columns import Codes, Column, Places, Table
from analysis.package.descriptor import NEEDED, Descriptor, Resource, Unreadable, content
from analysis.package.faults import Fault
from analysis.package.typed_columns import Texts
from analysis.package.widths import BLANKS

MAX_ROWS = 20_000_000  # a national register of ten years; far above, it is no table of published figures
BLOCK = 20_000  # rows that are turned into columns at a time: as many as the processor holds at hand
PIECE = 200_000  # characters of a text that lie in memory twice
SEPARATORS = (",", ";", "\t")


Conversion = Callable[[str, dict[str, str]], dict[str, str]]
Converted = Callable[[dict[str, str]], dict[str, str]]  # of one table


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
    for record in list(_records(text, separator))[1:]:
        if any(cell.strip(BLANKS) for cell in record):
            yield dict(zip(names, (cell.strip(BLANKS) for cell in record), strict=False))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(chain.from_iterable(_files(text)), delimiter=separator, strict=True)


def _files(text: str) -> Iterator[io.StringIO]:
    """A text as files in memory, some lines each: one alone would hold all of it again, in four bytes a letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        yield io.StringIO(text[start:end], newline="")
        start = end


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


class _Seen(dict[str, int]):
    """Each distinct text with its code."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code


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
    if len(texts.numbers) > MAX_ROWS:
        expected = f"has more than {MAX_ROWS:,} rows; expected fewer"
        return Table(file, whole=False), [Fault(file, None, None, None, expected, "file-too-large")]
    return typed_columns.table(file, texts, fields)


def _opened(path: Path, file: str, columns: list[str]) -> tuple[Heading, Callable[[Converted], Texts]]:
    """The heading of a file, and what reads the rest of it. Raises Unreadable, FileNotFoundError."""
    if path.suffix == parquet.SUFFIX:
        texts = parquet.texts(path)
        return Heading("", tuple(texts.columns), texts.width), lambda _convert: texts
    text = encodings.text(content(path))
    heading = _heading(text, columns)
    return heading, partial(_texts, file, text, columns, heading)


def _texts(file: str, text: str, names: Sequence[str], heading: Heading, convert: Converted) -> Texts:
    """What stands in a file below its heading. names: of the columns that the descriptor speaks of."""
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    codes: defaultdict[str, list[Codes]] = defaultdict(list)
    numbers: list[Places] = []
    rows = 0
    wide: dict[int, list[str]] = {}
    reader = _records(text, heading.separator)
    next(reader)
    read, ended = 1, None
    while not ended:
        block, error = _block(reader)
        places = np.flatnonzero(np.fromiter(map(_holds_something, block), bool, len(block)))
        kept = block if len(places) == len(block) else [block[place] for place in places]
        for column, held in _columns(kept, names, heading, convert).items():
            codes[column].append(np.fromiter(map(seen[column].__getitem__, held), np.int32, len(kept)))
        wide |= {rows + place: record for place, record in enumerate(kept) if len(record) > len(heading.names)}
        numbers.append(places + read + 1)
        rows += len(kept)
        read += len(block)
        if error:
            ended = _broken_off(file, read + 1, error)
        elif len(block) < BLOCK or rows > MAX_ROWS:
            break
    columns = {name: Column(np.concatenate(codes[name]), [*seen[name], None]) for name in codes}
    return Texts(
        columns, np.concatenate(numbers), heading.width, len(heading.names), wide, heading.separator == ";", ended
    )


def _block(reader: Iterator[list[str]]) -> tuple[list[list[str]], csv.Error | None]:
    """The next records of a file, and why there are no more of them where it is broken."""
    block: list[list[str]] = []
    try:
        block.extend(islice(reader, BLOCK))  # what was read before an error is kept
    except csv.Error as error:
        return block, error
    return block, None


def _holds_something(record: list[str]) -> bool:
    # most rows have something in their first cell
    return bool(record) and (record[0][:1] not in BLANKS or any(cell.strip(BLANKS) for cell in record))


def _columns(
    records: list[list[str]], names: Sequence[str], heading: Heading, convert: Converted
) -> dict[str, Sequence[str]]:
    """The cells of some rows by column, as the descriptor names it; a row that is short is filled up."""
    as_written = dict.fromkeys(heading.names, "")
    if convert(as_written) is as_written:
        beside = zip_longest(*records, fillvalue="")
        return dict(zip(heading.names, chain(beside, repeat([""] * len(records))), strict=False))
    rows = [convert(dict(zip(heading.names, chain(record, repeat("")), strict=False))) for record in records]
    return {name: [row.get(name, "") for row in rows] for name in names}


def _broken_off(file: str, number: int, error: csv.Error) -> Fault:
    """The fault of a row after which nothing can be read."""
    if "limit" in str(error):
        expected = f"a cell is longer than {cells.MAX_CELL:,} characters; is a quotation mark not closed?"
        return Fault(file, number, None, None, expected, "cell-too-long")
    expected = "a quotation mark is not closed or stands inside a quoted cell; write it twice there"
    return Fault(file, number, None, None, expected, "quotation-mark")
