"""What must hold among the rows of a data package: keys, bounds, units, periods, parts and wholes, ranks.

Each check takes the tables and yields its faults. A check says nothing of a cell that was refused already, and
nothing of what is missing from a table that could not be read: one mistake is one line. Amounts are compared in
one unit and refused only when no value within their bounds could be right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from analysis import quantity
from analysis.package.cells import nearest
from analysis.package.faults import Fault
from analysis.package.package_files import Row, Table

# what each qualifier says of the bounds: (low given, high given, equal)
QUALIFIERS = {
    "exact": (True, True, True),
    "approximate": (True, True, True),
    "range": (True, True, False),
    "at_least": (True, False, None),
    "more_than": (True, False, None),
    "up_to": (False, True, None),
}
# how far an approximate figure may be off before it is held against another
APPROXIMATE = Fraction(1, 10)
SUBJECT_TABLES = ("places", "zones", "firms", "projects")
# the column that says where a row of each table lies
LIES_IN = {"places": "parent", "zones": "city", "firms": "zone", "projects": "zone"}
# a rank, and the number of those that are ranked
RANKED_AMONG = {"assessment_rank": "provincial_zones"}
# rules of claims.csv whose threshold is a number
NUMERIC_RULES = ("threshold", "rank_count", "operating_days")
# a unit of indicators.csv: names, 1 or 1e4, small powers; pint would also compute 9^9^9
UNIT = r"({0})([ */]({0}))*".format(r"([A-Za-z_]+|%|1(e[0-9]{1,2})?)([\^][1-3])?")
# near names are looked for among so many unknown ones at most: each takes a comparison with every id
HINTS = 50

# what a refused comparison can also be
ROUNDED = ", or give a rounded figure the qualifier approximate"

Tables = dict[str, Table]


def check(descriptor: dict, tables: Tables) -> Iterator[Fault]:
    """Every fault among the rows of ``tables``, in the order of the checks."""
    for resource in descriptor["resources"]:
        yield from unique_keys(resource, tables)
        yield from foreign_keys(resource, tables)
    yield from subjects(tables)
    yield from locators(tables)
    yield from claims(tables)
    yield from story(tables)
    yield from periods(tables)
    yield from bounds(tables)
    yield from units(descriptor, tables)
    known = figures(descriptor, tables)
    yield from shares(tables, known)
    yield from parts(tables, known)
    yield from ranks(tables, known)


def _fault(table: Table, row: Row, column: str, expected: str) -> Fault:
    value = row[column]
    return Fault(table.file, row.number, column, "" if value is None else str(value), expected)


def _hints(words: Iterable[str], known: Iterable[str]) -> Callable[[str], str]:
    """A function that gives the nearest known word for each of the first unknown ``words``, else nothing."""
    found = {word: nearest(word, known) for word in list(dict.fromkeys(words))[:HINTS]}
    return lambda word: found.get(word, "")


def _unknown(table: Table, column: str, known: set, expected: str) -> Iterator[Fault]:
    """A fault for each cell of a column that is none of ``known``, with the nearest one as a hint."""
    wrong = [row for row in table.rows if row[column] is not None and row[column] not in known]
    hint = _hints((row[column] for row in wrong), known)
    for row in wrong:
        yield _fault(table, row, column, expected + hint(row[column]))


# keys


def unique_keys(resource: dict, tables: Tables) -> Iterator[Fault]:
    """No two rows of a table have the same primary key."""
    table, key = tables[resource["name"]], resource["schema"]["primaryKey"]
    key = [key] if isinstance(key, str) else key
    first: dict[tuple, int] = {}
    for row in table.rows:
        if not row.sound(*key):
            continue
        value = tuple(row[column] for column in key)
        if value in first:
            shown = ", ".join("" if part is None else str(part) for part in value)
            expected = f"stands in row {first[value]} already; {', '.join(key)} must differ"
            yield Fault(table.file, row.number, key[0], shown, expected)
        first.setdefault(value, row.number)


def foreign_keys(resource: dict, tables: Tables) -> Iterator[Fault]:
    """An id that points to a row of another table, or of its own, finds it there."""
    for foreign in resource["schema"].get("foreignKeys", []):
        (column,), reference = foreign["fields"], foreign["reference"]
        (target,) = reference["fields"]
        other = tables[reference["resource"] or resource["name"]]
        if other.whole:
            yield from _unknown(
                tables[resource["name"]], column, other.known(target), f"expected an {target} of {other.file}"
            )


def subjects(tables: Tables) -> Iterator[Fault]:
    """A subject is a place, zone, firm or project, and no two of them share an id."""
    first: dict[object, str] = {}
    for name in SUBJECT_TABLES:
        for row in tables[name].rows:
            if row["id"] is not None and first.setdefault(row["id"], name) != name:
                expected = f"is an id of {first[row['id']]}.csv too; an id names one thing only"
                yield _fault(tables[name], row, "id", expected)
    if not all(tables[name].whole for name in (*SUBJECT_TABLES, "chains", "indicators")):
        return
    known = set().union(*(tables[name].known("id") for name in SUBJECT_TABLES))
    expected = "expected an id of places.csv, zones.csv, firms.csv or projects.csv"
    yield from _unknown(tables["observations"], "subject", known, expected)
    known |= tables["chains"].known("id")
    expected = "expected an id of places, zones, firms, projects or chains"
    yield from _unknown(tables["claims"], "subject", known, expected)
    known |= tables["indicators"].known("id")
    yield from _unknown(tables["claims"], "other", known, expected + ", or of an indicator")


def locators(tables: Tables) -> Iterator[Fault]:
    """Each place in a source begins with a section of sections.csv."""
    if not tables["sections"].whole:
        return
    known = tables["sections"].known("id")
    wrong = [
        (table, row, section)
        for table in tables.values()
        for row in table.rows
        for section in _sections(row["locator"])
        if section not in known
    ]
    hint = _hints((section for _, _, section in wrong), known)
    for table, row, section in wrong:
        expected = "expected section/paragraph with a section of sections.csv"
        yield _fault(table, row, "locator", expected + hint(section))


def _sections(locator: object) -> list[str]:
    """The sections that a locator names: ``lead/2; board/1`` names lead and board."""
    return [place.strip().split("/")[0] for place in locator.split(";")] if locator else []


def claims(tables: Tables) -> Iterator[Fault]:
    """The threshold of a statement is a number where its rule compares numbers."""
    for row in tables["claims"].rows:
        number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", str(row["threshold"]))
        if row["rule"] in NUMERIC_RULES and row.sound("threshold") and not number:
            yield _fault(tables["claims"], row, "threshold", f"the rule {row['rule']} needs a number, such as 90")


STORY_TEXTS = ("text_en", "text_zh")
IN_BRACES = re.compile(r"\{([^{}]*)\}")


def story(tables: Tables) -> Iterator[Fault]:
    """A passage names known things and figures, the same in both languages, and holds no typed figure."""
    table = tables.get("story", Table("story.csv"))
    if not all(tables[name].whole for name in (*SUBJECT_TABLES, "indicators")):
        return
    subjects = set().union(*(tables[name].known("id") for name in SUBJECT_TABLES))
    yield from _unknown(table, "subject", subjects, "expected an id of places, zones, firms or projects")
    indicators = tables["indicators"].known("id")
    for row in table.rows:
        named = {column: IN_BRACES.findall(row[column] or "") for column in STORY_TEXTS}
        for column, keys in named.items():
            for key in keys:
                subject, dot, indicator = key.partition(".")
                if subject not in subjects or (dot and indicator not in indicators):
                    expected = (
                        f"{{{key}}} is not known; expected {{id}} for a name or {{subject.indicator}} for a figure"
                    )
                    near = nearest(
                        indicator if subject in subjects else subject, indicators if subject in subjects else subjects
                    )
                    yield _fault(table, row, column, expected + near)
            if typed := re.search(r"[0-9０-９]+", IN_BRACES.sub("", row[column] or "")):
                expected = (
                    f"holds the typed figure {typed.group()}; add it to observations.csv and write "
                    "{subject.indicator}"
                )
                yield _fault(table, row, column, expected)
        if row.sound(*STORY_TEXTS) and sorted(named["text_en"]) != sorted(named["text_zh"]):
            expected = f"the two languages must name the same: {_braced(named['text_en'])} in text_en"
            yield _fault(table, row, "text_zh", expected)


def _braced(keys: list[str]) -> str:
    return ", ".join(f"{{{key}}}" for key in keys) or "nothing"


# periods


def months(period: str) -> tuple[int, int]:
    """First and last month of an ISO 8601 period, as counts of months: ``2024`` has twelve."""
    start, _, end = period.partition("/")
    return _month(start, at_end=False), _month(end or start, at_end=True)


def _month(part: str, *, at_end: bool) -> int:
    year, _, month = part.partition("-")
    return int(year) * 12 + (int(month) if month else 12 if at_end else 1)


def periods(tables: Tables) -> Iterator[Fault]:
    """A period does not end before it starts, and nothing is realised after its source reports."""
    reported = {row["id"]: row["reporting_period"] for row in tables["sources"].rows if row["reporting_period"]}
    for name, column in (("observations", "period"), ("claims", "period"), ("milestones", "date")):
        for row in tables[name].rows:
            until = reported.get(row["source"])
            if row[column] is None:
                continue
            if _ends_before_it_starts(row[column]):
                expected = "the period ends before it starts; write the earlier month first"
                yield _fault(tables[name], row, column, expected)
            elif row["status"] == "realised" and until and _later(row[column], until):
                expected = (
                    f"is later than {until}, when the source {row['source']} reports; expected a period that had "
                    "ended by then, or the status expected or planned"
                )
                yield _fault(tables[name], row, column, expected)


def _ends_before_it_starts(period: str) -> bool:
    first, last = months(period)
    return first > last


def _later(period: str, until: str) -> bool:
    """Whether a period reaches beyond the end of ``until``. A year alone stands for what had passed of it."""
    first, last = months(period)
    return (first if len(period) == 4 else last) > months(until)[1]


# single figures


def bounds(tables: Tables) -> Iterator[Fault]:
    """The bounds of a figure fit its qualifier, and the lower one is not above the upper one."""
    table = tables["observations"]
    for row in table.rows:
        if row["qualifier"] is not None and row.sound("low", "high"):
            yield from (_fault(table, row, *wrong) for wrong in _misfit(row["low"], row["high"], row["qualifier"]))


def _misfit(low: object, high: object, qualifier: str) -> Iterator[tuple[str, str]]:
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


def units(descriptor: dict, tables: Tables) -> Iterator[Fault]:
    """The unit of an indicator is a unit, and a figure's unit can be converted into its indicator's."""
    of_indicator = {}
    for row in tables["indicators"].rows:
        if row["unit"] is not None and not (re.fullmatch(UNIT, row["unit"]) and quantity.is_unit(row["unit"])):
            yield _fault(tables["indicators"], row, "unit", "expected a known unit, such as item, CNY or t/year")
        elif row["unit"] is not None:
            of_indicator[row["id"]] = row["unit"]
    printed = printed_units(descriptor)
    for row in tables["observations"].rows:
        unit = of_indicator.get(row["indicator"])
        if unit and row["unit"] is not None and _factor(printed.get(row["unit"]), unit) is None:
            fitting = ", ".join(word for word, meaning in printed.items() if _factor(meaning, unit) is not None)
            expected = f"does not fit the indicator {row['indicator']} ({unit}); fitting: {fitting or 'none'}"
            yield _fault(tables["observations"], row, "unit", expected)


def printed_units(descriptor: dict) -> dict[str, str]:
    """Printed unit -> pint expression, from the descriptor."""
    observations = next(r for r in descriptor["resources"] if r["name"] == "observations")
    return next(f for f in observations["schema"]["fields"] if f["name"] == "unit")["units"]


def _factor(unit: str | None, target: str) -> Fraction | None:
    """How many ``target`` are in one ``unit``; None when one is no unit or they are of different kinds."""
    if not (re.fullmatch(UNIT, unit or "") and re.fullmatch(UNIT, target)):
        return None
    try:
        return quantity.factor(unit, target)
    except quantity.IncompatibleUnits:
        return None


# figures against each other


@dataclass(frozen=True)
class Figure:
    """A published figure that can be compared. row: where it stands. by: what makes its printed unit its
    indicator's."""

    row: Row
    by: Fraction

    def bound(self, column: str) -> Fraction | None:
        """A bound in the indicator's unit."""
        return None if self.row[column] is None else Fraction(self.row[column]) * self.by

    @property
    def low(self) -> Fraction | None:
        """The least that it can be."""
        low = self.bound("low")
        return low * (1 - APPROXIMATE) if self.row["qualifier"] == "approximate" else low

    @property
    def high(self) -> Fraction | None:
        """The most that it can be."""
        high = self.bound("high")
        return high * (1 + APPROXIMATE) if self.row["qualifier"] == "approximate" else high

    @property
    def half_digit(self) -> Fraction:
        """Half a unit of the last printed place: how far rounding may have moved it."""
        places = -self.row[self.column].as_tuple().exponent
        return self.by / 2 / Fraction(10) ** places

    @property
    def printed(self) -> str:
        """As the source has it, with its unit."""
        values = dict.fromkeys(str(self.row[c]) for c in ("low", "high") if self.row[c] is not None)
        return f"{'–'.join(values)} {self.row['unit']}"

    @property
    def column(self) -> str:
        """Where a fault of the figure is shown."""
        return "low" if self.row["low"] is not None else "high"

    def certainly_over(self, other: Figure) -> bool:
        """Whether every value within these bounds lies above every value within the other's."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (self.row["qualifier"] == "more_than" and self.low == other.high)


Figures = dict[tuple[str, str, str], Figure]
_COMPARED = ("subject", "indicator", "period", "low", "high", "qualifier", "status", "unit")


def figures(descriptor: dict, tables: Tables) -> Figures:
    """The figures that can be compared, by (subject, indicator, period): those without a fault of their own."""
    printed = printed_units(descriptor)
    unit_of = {row["id"]: row["unit"] for row in tables["indicators"].rows if row["unit"] is not None}
    known: Figures = {}
    for row in tables["observations"].rows:
        if not row.sound(*_COMPARED) or any(_misfit(row["low"], row["high"], row["qualifier"])):
            continue
        by = _factor(printed.get(row["unit"]), unit_of.get(row["indicator"], ""))
        if by is not None:
            known.setdefault((row["subject"], row["indicator"], row["period"]), Figure(row, by))
    return known


def _of_kind(tables: Tables, kind: str) -> set:
    return {row["id"] for row in tables["indicators"].rows if row["kind"] == kind and row["id"] is not None}


def shares(tables: Tables, known: Figures) -> Iterator[Fault]:
    """A share lies within 0 to 100 %; a zone's is not above that of all zones, nor is the sum of the zones'."""
    table, kinds = tables["observations"], _of_kind(tables, "share")
    for (_, indicator, _), figure in known.items():
        beyond = [column for column in ("high", "low") if (figure.bound(column) or 0) > 100]
        if indicator in kinds and beyond:
            yield _fault(table, figure.row, beyond[0], "a share lies between 0 and 100 %")
    groups = _groups(tables)
    city = {row["id"]: row["city"] for row in tables["zones"].rows}
    of_zones: dict[tuple, list[Figure]] = defaultdict(list)
    for (subject, indicator, period), figure in known.items():
        if indicator in kinds and city.get(subject) is not None and figure.low is not None:
            of_zones[city[subject], indicator, period].append(figure)
    for (place, indicator, period), zones in of_zones.items():
        whole = known.get((groups.get(place), indicator, period))
        over = [figure for figure in zones if whole and figure.certainly_over(whole)]
        for figure in over:
            expected = (
                f"is above the {whole.printed} of {groups[place]} in row {whole.row.number}, of which a zone is part; "
                f"mend one of the two{ROUNDED}"
            )
            yield _fault(table, figure.row, figure.column, expected)
        if over or len(zones) == 1:
            continue
        yield from _sum_of_shares(table, zones, whole, groups.get(place))


def _groups(tables: Tables) -> dict[object, object]:
    """City -> the group of all its zones. A city with several groups has none that holds every zone."""
    found = [(row["parent"], row["id"]) for row in tables["places"].rows if row["kind"] == "group"]
    cities = [city for city, _ in found]
    return {city: group for city, group in found if cities.count(city) == 1}


def _sum_of_shares(table: Table, zones: list[Figure], whole: Figure | None, group: str | None) -> Iterator[Fault]:
    """A fault when shares add up to more than their whole even if each was rounded up."""
    least = sum(figure.low - figure.half_digit for figure in zones)
    limit, named = Fraction(100), "100 %"
    if whole is not None and whole.high is not None and whole.high < 100:
        limit, named = whole.high + whole.half_digit, f"the {whole.printed} of {group} in row {whole.row.number}"
    if least > limit:
        total = float(sum(figure.low for figure in zones))
        rows = ", ".join(str(figure.row.number) for figure in zones)
        expected = f"the zones' shares in rows {rows} add up to {total:g} %, more than {named}; mend one of them"
        yield _fault(table, zones[-1].row, zones[-1].column, expected)


def parts(tables: Tables, known: Figures) -> Iterator[Fault]:
    """A figure is not above the one that indicators.csv calls its whole (``part_of``), for the same subject and
    period. What is planned is not held against what is realised."""
    whole_of = {row["id"]: row["part_of"] for row in tables["indicators"].rows if row["part_of"] is not None}
    for (subject, indicator, period), figure in known.items():
        whole = known.get((subject, whole_of.get(indicator), period))
        if whole is None or (whole.row["status"] == "realised") != (figure.row["status"] == "realised"):
            continue
        if figure.certainly_over(whole):
            expected = (
                f"{indicator} is part of {whole_of[indicator]}, which is {whole.printed} in row {whole.row.number}; "
                f"mend one of the two{ROUNDED}"
            )
            yield _fault(tables["observations"], figure.row, figure.column, expected)


def ranks(tables: Tables, known: Figures) -> Iterator[Fault]:
    """A rank is a whole number from 1 to the number ranked, and held once in a period and a province."""
    kinds, lies_in = _of_kind(tables, "rank"), _lies_in(tables)
    provinces = {row["id"] for row in tables["places"].rows if row["kind"] == "province"}
    holders: dict[tuple, Figure] = {}
    for (subject, indicator, period), figure in known.items():
        if indicator not in kinds:
            continue
        top = _top(subject, lies_in)
        ranked = known.get((top, RANKED_AMONG.get(indicator), period)) if top in provinces else None
        # only an exact rank can be known to be taken
        held = (top, indicator, period, figure.low)
        holder = holders.setdefault(held, figure) if figure.row["qualifier"] == "exact" else figure
        bounds = [bound for bound in map(figure.bound, ("low", "high")) if bound is not None]
        if any(bound < 1 or bound.denominator > 1 for bound in bounds):
            expected = "a rank is a whole number from 1"
        elif ranked and figure.certainly_over(ranked):
            expected = f"a rank is at most the number ranked, {ranked.printed} of {top} in row {ranked.row.number}"
        elif holder is not figure:
            expected = f"{holder.row['subject']} has this rank in row {holder.row.number} already; a rank is held once"
        else:
            continue
        yield _fault(tables["observations"], figure.row, figure.column, expected)


def _lies_in(tables: Tables) -> dict[object, object]:
    return {row["id"]: row[column] for name, column in LIES_IN.items() for row in tables[name].rows if row[column]}


def _top(subject: str, lies_in: dict[object, object]) -> object:
    """The place that lies in no other one and in which the subject lies: for a zone, its province."""
    passed = {subject}
    while (place := lies_in.get(subject)) is not None and place not in passed:
        passed.add(place)
        subject = place
    return subject
