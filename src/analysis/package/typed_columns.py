"""Columns of text as columns of typed values: each distinct cell is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress
from typing import Any

import numpy as np

from analysis.package import cells
from analysis.package.cells import Refused
from analysis.package.columns import Column, Places, Table, combined
from analysis.package.descriptor import Field
from analysis.package.faults import Fault
from analysis.package.widths import BLANKS


@dataclass(frozen=True)
class Texts:
    """What stands in a file, as text.

    columns: name -> its distinct texts. numbers: of the rows, as Excel shows them. width: cells of the heading, blank
    ones at its end too. named: those of them that have a name. wide: place of a row that has more cells than these ->
    all of its cells. comma_decimals: whether 1,5 may stand for one and a half. ended: why no more could be read; None
    where all was.
    """

    columns: Mapping[str, Column]
    numbers: Places
    width: int
    named: int
    wide: Mapping[int, list[str]]
    comma_decimals: bool
    ended: Fault | None = None


def table(file: str, texts: Texts, fields: list[Field]) -> tuple[Table, list[Fault]]:
    """The typed rows of a file, and what is wrong with its cells, row by row."""
    refused: dict[int, dict[str, str]] = defaultdict(dict)
    faults: dict[int, list[Fault]] = defaultdict(list)
    columns = {}
    for field in fields:
        name = field["name"]
        columns[name], wrong = _column(texts, field)
        for place, cell, error in wrong:
            refused[place][name] = cell
            shown = cell.strip(BLANKS)
            faults[place].append(Fault(file, int(texts.numbers[place]), name, shown, str(error), error.slug))
    for place, record in texts.wide.items():
        beyond = [cell for cell in record[texts.named :] if cell.strip(BLANKS)]
        if beyond or (place in faults and len(record) > texts.width):
            # a cell was cut in two, and which of the others have moved cannot be told
            expected = f"the row has more cells than the heading's {texts.named}; quote cells that hold the separator"
            value = beyond[0] if beyond else None
            faults[place] = [Fault(file, int(texts.numbers[place]), None, value, expected, "row-too-wide")]
            refused[place] = {name: column[place] for name, column in texts.columns.items()}
            for column in columns.values():
                column.codes[place] = -1
    found = [fault for place in sorted(faults) for fault in faults[place]] + ([texts.ended] if texts.ended else [])
    return Table(file, columns, texts.numbers, refused, whole=texts.ended is None), found


def _column(texts: Texts, field: Field) -> tuple[Column, list[tuple[int, str, Refused]]]:
    """The values of a column; and the places of its refused cells, with what stands there and why it is refused."""
    # of what is no number the unit beside it says nothing
    unit = texts.columns.get("unit") if field["type"] in ("number", "integer") else None
    held = texts.columns.get(field["name"]) or Column(np.zeros(len(texts.numbers), np.int32), ["", None])
    bare = _bare(held.values[:-1], field)
    values: list[Any] = list(map(Decimal if field["type"] == "number" else str, compress(held.values, bare)))
    found = (np.cumsum(bare, dtype=np.int32) - 1)[held.codes]
    left = np.flatnonzero(~bare[held.codes])
    codes, first = combined([column.codes[left] for column in (held, unit) if column is not None])
    first = left[first]
    errors: dict[int, Refused] = {}
    # a text may stand for one that is plain; a number that looks otherwise is printed otherwise
    kept = {} if field["type"] == "number" else {value: code for code, value in enumerate(values)}
    recoded = np.full(len(first), -1, np.int32)
    beside = [None] * len(first) if unit is None else [word.strip(BLANKS) for word in unit.at(first)]
    for code, (cell, word) in enumerate(zip(held.at(first), beside, strict=True)):
        try:
            value = cells.typed(cell, field, word, comma_decimals=texts.comma_decimals)
        except Refused as error:
            errors[code] = error
            continue
        if value is not None:
            recoded[code] = kept.setdefault(str(value), len(values))
            if recoded[code] == len(values):
                values.append(value)
    found[left] = recoded[codes]
    wrong = np.flatnonzero(np.isin(codes, list(errors))) if errors else ()
    return Column(found, [*values, None]), [(int(left[at]), held[left[at]], errors[int(codes[at])]) for at in wrong]


def _bare(texts: Sequence[str], field: Field) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which distinct texts of a column are no more than a number, or a plain text where one is wanted, and need no
    closer look."""
    constraints = field.get("constraints", {})
    if field["type"] == "number" and "minimum" not in constraints:
        return np.array([cells.BARE.fullmatch(text) is not None for text in texts], dtype=bool)
    if field["type"] == "string" and not cells.is_period(field):
        return np.array([cells.is_plain(text, field) for text in texts], dtype=bool)
    return np.zeros(len(texts), dtype=bool)
