"""What is shown, value by value: the rows of the CSV that a reader takes away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Context, Decimal
from fractions import Fraction

CSV = "text/csv"
# a cell that a spreadsheet would take for a formula: it begins like one, whatever the form of the sign and the blanks
# before it, and is no number
FORMULA = re.compile(r"(?![+-]?\d+(\.\d+)?\Z)[\s\u200b-\u200d\ufeff]*([=+\-@＝＋－＠﹦﹢﹣﹫]|(?<=[\t\r]))")
DIGITS = Context(prec=15)  # as many as a spreadsheet keeps


@dataclass(frozen=True)
class Value:
    """A value as it is shown, and what is known of it.

    place: anchor of where it is shown; empty in a sentence, whose section only the page knows.
    row, column: what it is of. printed: as it stands there. low, high: exact bounds in ``unit``, None where
    open; of words both. unit, formula: in words. sources: ids of the observations behind it.
    """

    place: str
    row: str
    column: str
    printed: str
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    formula: str = ""
    sources: tuple[str, ...] = ()


def at(place: str, values: Iterable[Value]) -> tuple[Value, ...]:
    """The same values, shown at the anchor ``place``."""
    return tuple(replace(value, place=place) for value in values)


def bundle(values: Iterable[Value]) -> dict[str, str]:
    """The values as one more MIME type of a notebook's output: CSV with the fields' names as its head."""
    lines = [
        (v.place, v.row, v.column, v.printed, decimal(v.low), decimal(v.high), v.unit, v.formula, " ".join(v.sources))
        for v in values
    ]
    return {CSV: text([[field.name for field in fields(Value)], *lines])} if lines else {}


def text(lines: Iterable[Iterable[str]]) -> str:
    """Lines of cells as CSV; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    safe = ([f"'{cell}" if FORMULA.match(cell) else cell for cell in line] for line in lines)
    csv.writer(out, lineterminator="\n").writerows(safe)
    return out.getvalue()


def read(text: str) -> list[list[str]]:
    """The lines of a CSV as cells."""
    return list(csv.reader(io.StringIO(text)))


def decimal(bound: Fraction | None) -> str:
    """A bound as a decimal number, exact where it has one; an open bound is empty."""
    if bound is None:
        return ""
    return format(DIGITS.divide(Decimal(bound.numerator), Decimal(bound.denominator)).normalize(), "f")
