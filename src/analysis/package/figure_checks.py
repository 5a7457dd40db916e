"""What must hold of single figures and of the indicators that they measure: bounds, units, signs, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from analysis import quantity
from analysis.package import ranges
from analysis.package.checks import Tables, circles, fault
from analysis.package.columns import Row, Table
from analysis.package.descriptor import Descriptor, field, groups, printed_units
from analysis.package.faults import Fault
from analysis.package.periods import Span, footing

# what each qualifier says of the bounds: (low given, high given, equal)
QUALIFIERS = {
    "exact": (True, True, True),
    "approximate": (True, True, True),
    "range": (True, True, False),
    "at_least": (True, False, None),
    "more_than": (True, False, None),
    "up_to": (False, True, None),
}
RATE_BASES = ("year_earlier", "year_earlier_real", "period_before")
AMOUNTS = ("amount", "stock", "count")  # kinds that add up
# columns of indicators.csv that fit some kinds only
FITS = {
    "share_of": ("share",),
    "growth_of": ("rate",),
    "ranked_among": ("rank",),
    "counts": ("count",),
    "within": ("count",),
    "base": ("share", "rate"),
    "cumulative": ("amount",),
    "target_of": AMOUNTS,
    "signed": ("amount", "stock", "ratio", "rate"),
}
# what an indicator can name in each column, by kind
RELATED = {
    "share_of": AMOUNTS,
    "growth_of": (*AMOUNTS, "ratio"),
    "target_of": AMOUNTS,
    "part_of": (*AMOUNTS, "share"),
    "ranked_among": ("count",),
    "counts": ("rank",),
}
# the columns that name an indicator of the same kind of unit
ONE_UNIT = ("target_of", "part_of")
UNFIT = "bounds-against-qualifier"
UNITS = {"share": "%", "rate": "%", "rank": "1"}  # of kinds that have one


def check(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Every fault of single figures and indicators, in the order of the checks."""
    yield from indicators(descriptor, tables["indicators"])
    yield from not_empty(tables["observations"])
    yield from bounds(tables["observations"])
    yield from units(descriptor, tables)
    yield from repeated(tables)
    yield from ranges.check(descriptor, tables)


def indicators(descriptor: Descriptor, table: Table) -> Iterator[Fault]:
    """An indicator's group, unit and columns fit its kind and its role."""
    known, roles = groups(descriptor), field(descriptor, "indicators", "role")["roles"]
    by_id = {row["id"]: row for row in table.rows if row["id"] is not None}
    yield from circles(table, "part_of", "an indicator is no part of itself; name that of which it is a part")
    for row in table.rows:
        if row["group"] is not None and row["group"] not in known:
            expected = f"expected one of {', '.join(known)}, or add it to `groups`"
            yield fault(table, row, "group", expected, "group-unknown")
        if row["unit"] is not None and not quantity.is_unit(row["unit"]):
            expected = "expected a unit of the descriptor, such as item, CNY or t/year"
            yield fault(table, row, "unit", expected, "unit-undefined")
        elif row["unit"] is not None:
            yield from _unit(table, row, roles.get(row["role"]))
        yield from _columns_of_kind(table, row)
        yield from _base(table, row, by_id)
        yield from _related(table, row, by_id)


def _unit(table: Table, row: Row, example: str | None) -> Iterator[Fault]:
    """The unit fits the role, in which any currency stands for the one in the example, and the kind."""
    money = quantity.currency(row["unit"])
    fitting = (example or "").replace("CNY", money or "CNY")
    if example and not quantity.convertible(row["unit"], fitting):
        expected = f"in the role {row['role']} expected a unit such as {example}"
        yield fault(table, row, "unit", expected, "unit-against-role")
    elif row["kind"] in UNITS and row["unit"] != UNITS[row["kind"]]:
        expected = f"the unit of a {row['kind']} is {UNITS[row['kind']]}"
        yield fault(table, row, "unit", expected, "unit-against-kind")
    elif row["kind"] in AMOUNTS and not _adds_up(row["unit"]):
        expected = f"a {row['kind']} adds up, which {row['unit']} does not; expected another kind"
        yield fault(table, row, "unit", expected, "unit-against-kind")
    elif row["kind"] == "count" and not quantity.is_whole(row["unit"]):
        expected = "a count is of whole things, such as item or person; expected the kind stock"
        yield fault(table, row, "unit", expected, "unit-against-kind")


def _adds_up(unit: str) -> bool:
    """Whether amounts in a unit can be added: parts of a whole, and amounts for each of something else, cannot."""
    below = quantity.names(unit.partition("/")[2])
    return all(quantity.convertible(each, "year") for each in below) and not quantity.convertible(unit, "%")


def _related(table: Table, row: Row, by_id: dict[str, Row]) -> Iterator[Fault]:
    """The indicators that an indicator names are of kinds, units and a universe that fit it."""
    for column, kinds in RELATED.items():
        other = by_id.get(row[column])
        if other is None or other["kind"] is None or row["kind"] not in FITS.get(column, (row["kind"],)):
            continue
        if other["kind"] not in kinds:
            expected = f"{other['id']} is a {other['kind']}; expected a {' or '.join(kinds)}"
            yield fault(table, row, column, expected, "related-kind")
        elif column in ONE_UNIT and row["unit"] and other["unit"] and not _fit(row["unit"], other["unit"]):
            expected = f"{other['id']} is in {other['unit']}, this one in {row['unit']}; expected one unit"
            yield fault(table, row, column, expected, "related-unit")
    other = by_id.get(row["reference"])
    if other is not None and (row["universe"] is None or other["universe"] != row["universe"]):
        covered = [each["universe"] or "what is not said" for each in (other, row)]
        expected = f"{other['id']} covers {covered[0]}, this one {covered[1]}; a quotient needs one universe"
        yield fault(table, row, "reference", expected, "universe-differs")


def _fit(unit: str, other: str) -> bool:
    """Whether two indicators are in one unit, whatever its power of ten: what is added is not converted first."""
    # of a unit that is none another fault speaks
    known = quantity.is_unit(unit) and quantity.is_unit(other)
    return not known or quantity.unscaled(unit) == quantity.unscaled(other)


def _columns_of_kind(table: Table, row: Row) -> Iterator[Fault]:
    for column, kinds in FITS.items():
        # false says what is so anyway
        if row[column] not in (None, False) and row["kind"] is not None and row["kind"] not in kinds:
            yield fault(table, row, column, f"fits the kinds {', '.join(kinds)} only; empty the cell", "column-of-kind")
    if (row["counts"] is None) != (row["within"] is None):
        column = "counts" if row["counts"] is None else "within"
        expected = "counts and within go together: whose ranks, and among the first how many"
        yield fault(table, row, column, expected, "counts-and-within")


def _base(table: Table, row: Row, by_id: dict[str, Row]) -> Iterator[Fault]:
    part, whole = by_id.get(row["share_of"]), by_id.get(row["base"])
    if row["kind"] == "share" and row["base"] not in (*ranges.PLACE_BASES, *table.known("id")):
        expected = f"of a share: expected {', '.join(ranges.PLACE_BASES)} or an id of {table.file}"
        yield fault(table, row, "base", expected, "base-unknown")
    elif part and whole and part["unit"] and whole["unit"] and not _fit(part["unit"], whole["unit"]):
        expected = f"{part['id']} is in {part['unit']}, {whole['id']} in {whole['unit']}; expected one unit"
        yield fault(table, row, "base", expected, "related-unit")
    if row["kind"] == "rate" and row["base"] not in RATE_BASES:
        yield fault(table, row, "base", f"of a rate: expected {' or '.join(RATE_BASES)}", "base-unknown")


def not_empty(table: Table) -> Iterator[Fault]:
    """A book without one figure is no book."""
    if table.whole and not len(table):
        yield Fault(table.file, None, None, None, "holds no figure; add what is published, a row each", "no-figures")


def bounds(table: Table) -> Iterator[Fault]:
    """The bounds of a figure fit its qualifier, and the lower one is not above the upper one."""
    for row, wrong in table.where(_misfit, "low", "high", "qualifier"):
        if row.sound("low", "high"):
            yield fault(table, row, *wrong)


def _misfit(low: Decimal | None, high: Decimal | None, qualifier: str | None) -> tuple[str, str, str] | None:
    """What is wrong with a pair of bounds, as (column, expected, slug)."""
    if qualifier is None:
        return None
    with_low, with_high, equal = QUALIFIERS[qualifier]
    if (low is not None) != with_low:
        return "low", f"'{qualifier}' {'needs a' if with_low else 'has no'} lower bound", UNFIT
    if (high is not None) != with_high:
        return "high", f"'{qualifier}' {'needs an' if with_high else 'has no'} upper bound", UNFIT
    if low is not None and high is not None:
        if low > high:
            return "low", f"the lower bound is above the upper bound {high}; exchange them", "bounds-crossed"
        if equal is True and low != high:
            return "high", f"'{qualifier}' needs equal bounds, low is {low}; use 'range'", UNFIT
        if equal is False and low == high:
            return "high", "a range needs two different bounds; use 'exact'", UNFIT
    return None


def units(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """A figure's unit can be converted into its indicator's, and a statement's into that of what it is about."""
    of_indicator = {row["id"]: row["unit"] for row in tables["indicators"].rows if quantity.is_unit(row["unit"] or "")}
    printed = printed_units(descriptor)

    def misfit(indicator: str | None, unit: str | None) -> str | None:
        """What was expected in place of a unit."""
        wanted = of_indicator.get(indicator)
        if not wanted or unit is None or quantity.convertible(printed.get(unit, ""), wanted):
            return None
        fitting = ", ".join(word for word, meaning in printed.items() if quantity.convertible(meaning, wanted))
        expected = f"does not fit the indicator {indicator} ({wanted}); fitting: {fitting or 'none'}"
        money = quantity.currency(printed.get(unit, ""))
        if money and money != (quantity.currency(wanted) or money):
            expected += f"; a figure in {money} needs an indicator in {money}, as currencies are not converted"
        return expected

    for table in (tables["observations"], tables["claims"]):
        for row, expected in table.where(misfit, "indicator", "unit"):
            yield fault(table, row, "unit", expected, "unit-against-indicator")


def repeated(tables: Tables) -> Iterator[Fault]:
    """A figure stands once, however its period is written: 2024 and 2024-01/2024-12 are the same, and of what stands
    at a time 2024 and 2024-12 too."""
    table = tables["observations"]
    kinds = {row["id"]: row["kind"] for row in tables["indicators"].rows}

    def on(indicator: str | None, period: str | None) -> Span | None:
        return None if period is None else footing(kinds.get(indicator), period)

    table = table.with_column("footing", on, "indicator", "period")
    for row, holder in table.repeated("subject", "indicator", "footing"):
        if holder["period"] != row["period"]:
            expected = f"is the period {holder['period']} of row {holder.number}, written otherwise; keep one row"
            yield fault(table, row, "period", expected, "figure-twice")
