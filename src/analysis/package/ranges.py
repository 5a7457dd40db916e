"""What no figure of its kind can be, looked for where it can be found: few rows of a register are looked at closely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import numpy as np

from analysis import quantity
from analysis.package.checks import Tables, fault
from analysis.package.columns import Row, Table
from analysis.package.descriptor import Descriptor, printed_units
from analysis.package.faults import Fault

PLACE_BASES = ("group", "county", "city", "province", "country")  # whose total a share can be of


def check(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """What no figure of its kind can be: a share of a place above 100 %, a rank that is no whole number from 1, half
    a firm, an amount below zero whose indicator does not allow it."""
    printed = printed_units(descriptor)
    known = {row["id"]: row for row in tables["indicators"].rows}
    table = tables["observations"]

    @cache
    def scale(indicator: str | None, unit: str | None) -> Scale | None:
        """None where nothing takes a figure in the unit to the indicator's."""
        of, meaning = known.get(indicator), printed.get(unit or "", "")
        if of is None or of["unit"] is None or not quantity.convertible(meaning, of["unit"]):
            return None
        return Scale(of, quantity.factor(meaning, quantity.unscaled(of["unit"])), quantity.is_whole(of["unit"]))

    def wrong(indicator: str | None, unit: str | None, *bounds: Decimal | None) -> tuple[str, str, str] | None:
        if found := scale(indicator, unit):
            for column, bound in zip(("low", "high"), bounds, strict=True):
                if bound is not None and (said := _out_of_range(bound, found)):
                    return column, *said
        return None

    for row, said in _doubtful(table, scale).where(wrong, "indicator", "unit", "low", "high"):
        if row.sound("low", "high", "unit"):
            yield fault(table, row, *said)


class Scale(NamedTuple):
    """An indicator, what takes a figure in a printed unit to the indicator's, and whether that counts whole things."""

    of: Row
    by: Fraction
    whole: bool


def _doubtful(table: Table, scale: Callable[[str | None, str | None], Scale | None]) -> Table:
    """The figures that a closer look is due: most of a register are whole numbers, or amounts that are not below
    zero."""

    def whole(*of: str | None) -> bool:
        return (found := scale(*of)) is not None and found.whole

    def limited(*of: str | None) -> bool:
        """Whether a whole number that is not below zero may be none there."""
        if (found := scale(*of)) is None:
            return False
        return found.of["kind"] in ("share", "rank") or (found.whole and found.by.denominator > 1)

    of_wholes, doubtful = (table.holds(ask, "indicator", "unit") for ask in (whole, limited))
    for bound in ("low", "high"):
        doubtful |= table.holds(_below_zero, bound) | of_wholes & table.holds(_in_parts, bound)
    return table.at(np.flatnonzero(doubtful))


def _below_zero(bound: Decimal | None) -> bool:
    return bound is not None and bound < 0


def _in_parts(bound: Decimal | None) -> bool:
    return bound is not None and bound != bound.to_integral_value()


def _out_of_range(bound: Decimal, scale: Scale) -> tuple[str, str] | None:
    """What an indicator's figure, given by a bound on a scale, cannot be, as expected and slug."""
    of, by, whole = scale
    if bound < 0 and of["kind"] != "rate" and not of["signed"]:
        expected = "expected 0 or more; where this indicator can fall below zero, set signed in indicators.csv"
        return expected, "below-zero"
    if of["kind"] not in ("share", "rank") and not whole:
        return None
    value = by * (int(bound) if bound == bound.to_integral_value() else Fraction(bound))
    if of["kind"] == "share" and value > 100 and of["base"] in PLACE_BASES:
        return "a share lies between 0 and 100 %", "share-above-100"
    if of["kind"] == "rank" and (value < 1 or value.denominator > 1):
        return "a rank is a whole number from 1", "rank-impossible"
    if whole and value.denominator > 1:
        return "expected a whole number of them", "parts-of-things"
    return None
