"""What must hold of single figures and of the indicators that they measure: bounds, units, signs, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from analysis import quantity
from analysis.package.checks import Tables, fault
from analysis.package.descriptor import Descriptor, field, groups, printed_units
from analysis.package.faults import Fault
from analysis.package.files import Row, Table
from analysis.package.periods import span

# what each qualifier says of the bounds: (low given, high given, equal)
QUALIFIERS = {
    "exact": (True, True, True),
    "approximate": (True, True, True),
    "range": (True, True, False),
    "at_least": (True, False, None),
    "more_than": (True, False, None),
    "up_to": (False, True, None),
}
PLACE_BASES = ("group", "county", "city", "province", "country")  # whose total a share can be of
RATE_BASES = ("year_earlier", "period_before")
# columns of indicators.csv that fit some kinds only
FITS = {
    "share_of": ("share",),
    "growth_of": ("rate",),
    "ranked_among": ("rank",),
    "counts": ("count",),
    "within": ("count",),
    "base": ("share", "rate"),
    "cumulative": ("amount",),
    "target_of": ("amount", "stock", "count"),
    "signed": ("amount", "stock", "ratio", "rate"),
}


def check(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Every fault of single figures and indicators, in the order of the checks."""
    yield from indicators(descriptor, tables["indicators"])
    yield from bounds(tables["observations"])
    yield from units(descriptor, tables)
    yield from repeated(tables)
    yield from ranges(descriptor, tables)


def indicators(descriptor: Descriptor, table: Table) -> Iterator[Fault]:
    """An indicator's group, unit and columns fit its kind and its role."""
    known, roles = groups(descriptor), field(descriptor, "indicators", "role").get("roles", {})
    universe = {row["id"]: row["universe"] for row in table.rows}
    for row in table.rows:
        if row["group"] is not None and row["group"] not in known:
            yield fault(table, row, "group", f"expected one of {', '.join(known)}, or add it to `groups`")
        if row["unit"] is not None and not quantity.is_unit(row["unit"]):
            yield fault(table, row, "unit", "expected a unit of the descriptor, such as item, CNY or t/year")
        elif row["unit"] is not None:
            yield from _unit_of_role(table, row, roles.get(row["role"]))
        yield from _columns_of_kind(table, row)
        yield from _base(table, row)
        reference = row["reference"]
        if reference is not None and universe.get(reference) != row["universe"]:
            expected = f"{reference} covers {universe.get(reference) or 'what is not said'}, this one {row['universe']}"
            yield fault(table, row, "reference", f"{expected}; a quotient needs one universe")


def _unit_of_role(table: Table, row: Row, example: str | None) -> Iterator[Fault]:
    """In a role any currency stands for the one in the example."""
    money = quantity.currency(row["unit"])
    fitting = (example or "").replace("CNY", money or "CNY")
    kinds = {"share": "%", "rate": "%", "rank": "1"}
    if example and not quantity.convertible(row["unit"], fitting):
        yield fault(table, row, "unit", f"in the role {row['role']} expected a unit such as {example}")
    elif row["kind"] in kinds and row["unit"] != kinds[row["kind"]]:
        yield fault(table, row, "unit", f"the unit of a {row['kind']} is {kinds[row['kind']]}")


def _columns_of_kind(table: Table, row: Row) -> Iterator[Fault]:
    for column, kinds in FITS.items():
        # false says what is so anyway
        if row[column] not in (None, False) and row["kind"] is not None and row["kind"] not in kinds:
            yield fault(table, row, column, f"fits the kinds {', '.join(kinds)} only; empty the cell")
    if (row["counts"] is None) != (row["within"] is None):
        column = "counts" if row["counts"] is None else "within"
        yield fault(table, row, column, "counts and within go together: whose ranks, and among the first how many")


def _base(table: Table, row: Row) -> Iterator[Fault]:
    known = table.known("id")
    if row["kind"] == "share" and row["base"] not in (*PLACE_BASES, *known):
        yield fault(table, row, "base", f"of a share: expected {', '.join(PLACE_BASES)} or an id of {table.file}")
    if row["kind"] == "rate" and row["base"] not in RATE_BASES:
        yield fault(table, row, "base", f"of a rate: expected {' or '.join(RATE_BASES)}")


def bounds(table: Table) -> Iterator[Fault]:
    """The bounds of a figure fit its qualifier, and the lower one is not above the upper one."""
    for row in table.rows:
        if row["qualifier"] is not None and row.sound("low", "high"):
            yield from (fault(table, row, *wrong) for wrong in _misfit(row["low"], row["high"], row["qualifier"]))


def _misfit(low: Fraction | None, high: Fraction | None, qualifier: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a pair of bounds, as (column, expected); at most one."""
    with_low, with_high, equal = QUALIFIERS[qualifier]
    if (low is not None) != with_low:
        yield "low", f"'{qualifier}' {'needs a' if with_low else 'has no'} lower bound"
    elif (high is not None) != with_high:
        yield "high", f"'{qualifier}' {'needs an' if with_high else 'has no'} upper bound"
    elif low is not None and high is not None:
        if low > high:
            yield "low", f"the lower bound is above the upper bound {high}; exchange them"
        elif equal is True and low != high:
            yield "high", f"'{qualifier}' needs equal bounds, low is {low}; use 'range'"
        elif equal is False and low == high:
            yield "high", "a range needs two different bounds; use 'exact'"


def units(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """A figure's unit can be converted into its indicator's, and a statement's into that of what it is about."""
    of_indicator = {row["id"]: row["unit"] for row in tables["indicators"].rows if row["unit"] is not None}
    printed = printed_units(descriptor)
    for name in ("observations", "claims"):
        for row in tables[name].rows:
            unit = of_indicator.get(row["indicator"])
            if unit and row["unit"] is not None and not quantity.convertible(printed.get(row["unit"], ""), unit):
                fitting = ", ".join(word for word, meaning in printed.items() if quantity.convertible(meaning, unit))
                expected = f"does not fit the indicator {row['indicator']} ({unit}); fitting: {fitting or 'none'}"
                yield fault(tables[name], row, "unit", expected)


def repeated(tables: Tables) -> Iterator[Fault]:
    """A figure stands once, however its period is written: 2024 and 2024-01/2024-12 are the same, and of what stands
    at a time 2024 and 2024-12 too."""
    table = tables["observations"]
    levels = {row["id"] for row in tables["indicators"].rows if row["kind"] in ("stock", "count")}
    first: dict[tuple[str, str, int, int], Row] = {}
    for row in table.rows:
        if row.sound("subject", "indicator", "period") and row["period"] is not None:
            of = span(row["period"])
            since = of.last if row["indicator"] in levels else of.first
            holder = first.setdefault((row["subject"], row["indicator"], since, of.last), row)
            if holder is not row and holder["period"] != row["period"]:
                expected = f"is the period {holder['period']} of row {holder.number}, written otherwise; keep one row"
                yield fault(table, row, "period", expected)


def ranges(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """What no figure of its kind can be: a share of a place above 100 %, a rank that is no whole number from 1, half
    a firm, an amount below zero whose indicator does not allow it."""
    printed = printed_units(descriptor)
    known = {row["id"]: row for row in tables["indicators"].rows}
    for row in tables["observations"].rows:
        of = known.get(row["indicator"])
        if of is None or not row.sound("low", "high", "unit"):
            continue
        meaning = printed.get(row["unit"], "")
        if of["unit"] is None or not quantity.convertible(meaning, of["unit"]):
            continue
        by = quantity.factor(meaning, of["unit"])
        for column in ("low", "high"):
            if row[column] is not None and (expected := _out_of_range(Fraction(row[column]) * by, of)):
                yield fault(tables["observations"], row, column, expected)
                break


def _out_of_range(value: Fraction, of: Row) -> str | None:
    if value < 0 and of["kind"] != "rate" and not of["signed"]:
        return "expected 0 or more; where this indicator can fall below zero, set signed in indicators.csv"
    if of["kind"] == "share" and value > 100 and of["base"] in PLACE_BASES:
        return "a share lies between 0 and 100 %"
    if of["kind"] == "rank" and (value < 1 or value.denominator > 1):
        return "a rank is a whole number from 1"
    if quantity.is_whole(of["unit"]) and value.denominator > 1:
        return "expected a whole number of them"
    return None
