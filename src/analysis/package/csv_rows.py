"""The rows of a CSV file by column, some at a time, however many there are.

Most files hold no quotation mark: then a row is a line and a cell what lies between two separators, which pandas splits
three times as fast as the strict reader of Python. It takes what is left: marks, and rows wider than the heading, of
which pandas would keep the beginning alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat, zip_longest

import numpy as np
import pandas as pd

from analysis.package.columns import Objects, Places
from analysis.package.encodings import pieces
from analysis.package.widths import BLANKS

BLOCK = 20_000  # rows that are turned into columns at a time: as many as the processor holds at hand
SPLIT = 4_000_000  # characters of a text that are split at once
UNPLAIN = '"\0\ufeff'  # what the two readers do not take for the same

Conversion = Callable[[dict[str, str]], dict[str, str]]  # of the cells of a row by column


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
            record = [name.strip(BLANKS) for name in next(records(text, separator), [])]
        except csv.Error:
            record = []
        names = record
        while names and not names[-1]:
            names = names[:-1]
        return cls(separator, tuple(names), len(record))


@dataclass(frozen=True)
class Block:
    """Some rows of a file.

    read: how many there are. places: of those with something in them, and, column by column, their cells. wide: place
    among these of a row that has more cells than the heading has names -> all of its cells. error: why there are no
    more of them where the file is broken.
    """

    read: int
    places: Places
    columns: Mapping[str, Objects]
    wide: Mapping[int, list[str]]
    error: csv.Error | None = None


def records(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of a text, the heading among them. Raises csv.Error."""
    # one file alone would hold all of it again, in four bytes a letter
    files = (io.StringIO(piece, newline="") for piece in pieces(text))
    return csv.reader(chain.from_iterable(files), delimiter=separator, strict=True)


def blocks(text: str, names: Sequence[str], heading: Heading, convert: Conversion) -> Iterator[Block]:
    """The rows of a text below its heading. names: of the columns that are wanted, as ``convert`` calls them."""
    marked = any(mark in text for mark in UNPLAIN) or text.count("\r") > text.count("\r\n")
    if marked or heading.width > len(heading.names) or not _as_written(heading, convert):
        rows = records(text, heading.separator)
        next(rows)
        yield from _read(rows, names, heading, convert)
        return
    for piece in pieces(text, SPLIT, text.find("\n") + 1 or len(text)):
        block = _split(piece, heading)
        yield from [block] if block else _read(records(piece, heading.separator), names, heading, convert)


def _split(piece: str, heading: Heading) -> Block | None:
    """The rows of a piece of text without marks; None where one is wider than the heading."""
    # pandas knows a wide row by those before it
    if piece.partition("\n")[0].count(heading.separator) >= heading.width:
        return None
    plain = {"header": None, "index_col": False, "dtype": object, "na_filter": False, "quoting": csv.QUOTE_NONE}
    whole = {"names": range(heading.width), "skip_blank_lines": False, "low_memory": False}
    try:
        found = pd.read_csv(io.BytesIO(piece.encode()), sep=heading.separator, **plain, **whole)
    except pd.errors.ParserError:
        return None
    empty = np.ones(len(found), dtype=bool)
    for place in found:
        if empty.any():
            cells = found[place]
            empty &= cells.isin([cell for cell in pd.unique(cells[empty]) if not cell.strip(BLANKS)]).to_numpy()
    kept = found[~empty] if empty.any() else found
    columns = {name: kept[place].to_numpy() for place, name in enumerate(heading.names)}
    return Block(len(found), kept.index.to_numpy(), columns, {})


def _read(rows: Iterator[list[str]], names: Sequence[str], heading: Heading, convert: Conversion) -> Iterator[Block]:
    """What the strict reader finds."""
    error = None
    while not error:
        block: list[list[str]] = []
        try:
            block.extend(islice(rows, BLOCK))  # what was read before an error is kept
        except csv.Error as broken:
            error = broken
        places = np.flatnonzero(np.fromiter(map(holds_something, block), bool, len(block)))
        kept = [block[place] for place in places]
        wide = {place: record for place, record in enumerate(kept) if len(record) > len(heading.names)}
        yield Block(len(block), places, _columns(kept, names, heading, convert), wide, error)
        if len(block) < BLOCK:
            return


def holds_something(record: Sequence[str]) -> bool:
    """Whether a row has a cell that is not blank."""
    return any(cell.strip(BLANKS) for cell in record)


def _columns(rows: list[list[str]], names: Sequence[str], heading: Heading, convert: Conversion) -> dict[str, Objects]:
    """The cells of some rows by column; a row that is short is filled up."""
    if _as_written(heading, convert):
        filled = chain(zip_longest(*rows, fillvalue=""), repeat([""] * len(rows)))
        return {name: np.array(cells, dtype=object) for name, cells in zip(heading.names, filled, strict=False)}
    converted = [convert(dict(zip(heading.names, chain(row, repeat("")), strict=False))) for row in rows]
    return {name: np.array([row.get(name, "") for row in converted], dtype=object) for name in names}


def _as_written(heading: Heading, convert: Conversion) -> bool:
    """Whether the columns are wanted as they are."""
    row = dict.fromkeys(heading.names, "")
    return convert(row) is row
