"""Read and check a data package; nothing else in the project opens a data file.

The descriptor `datapackage.json` alone holds names, types, units, enumerations and keys; this module
reads it and repeats none of it. Files come from Excel, so what can be read without guessing is read
(byte-order mark, GB18030, CRLF, full-width digits, thousands separators, trailing blank lines). The
rest is refused with all faults at once.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis import quantity
from analysis.quantity import Quantity

DESCRIPTOR = "datapackage.json"
PREDECESSOR = "previous"  # folder inside a data package that holds the edition before
REPOSITORY_DATA = Path(__file__).resolve().parents[2] / "data"
# what each qualifier says of the bounds: (low given, high given, equal)
QUALIFIERS = {
    "exact": (True, True, True),
    "approximate": (True, True, True),
    "range": (True, True, False),
    "at_least": (True, False, None),
    "more_than": (True, False, None),
    "up_to": (False, True, None),
}
SUBJECT_TABLES = ("places", "zones", "firms", "projects")


@dataclass(frozen=True)
class Fault:
    """One fault of the data, located as Excel shows it (the heading is row 1)."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        found = f" {_shown(self.value)}:" if self.value is not None else ""
        return f"{', '.join(place)}:{found} {self.expected}"


def _shown(value: str) -> str:
    value = value if len(value) <= 60 else value[:57] + "..."
    return repr(value) if value else "(empty)"


class DataFaults(Exception):
    """The data package cannot be used. ``faults`` lists why; str() gives a line each."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))

    def within(self, folder: str) -> DataFaults:
        """The same faults, with ``folder`` named before each file: for where two packages are read."""
        return DataFaults([replace(fault, file=f"{folder}/{fault.file}") for fault in self.faults])


@dataclass(frozen=True)
class Dataset:
    """A checked data package.

    folder: where it was read from. descriptor: the parsed datapackage.json.
    tables: a DataFrame for each resource, columns as in the descriptor, empty cells as None. Tables
    with an ``id`` are indexed by it; ``observations`` by `observation_id`.
    """

    folder: Path
    descriptor: dict = field(repr=False)
    tables: dict[str, pd.DataFrame] = field(repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in self.__dict__.get("tables", {}):
            return self.tables[name]
        raise AttributeError(name)

    @cached_property
    def units(self) -> dict[str, str]:
        """Printed unit -> pint expression, from the descriptor."""
        return _field(self.descriptor, "observations", "unit")["units"]

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """Observation id -> Quantity in the printed unit. A missing lower bound is 0, as no
        indicator can be negative."""
        return {key: self._quantity(key, row) for key, row in self.observations.iterrows()}

    def _quantity(self, key: str, row: pd.Series) -> Quantity:
        return Quantity(
            Fraction(row.low) if row.low is not None else Fraction(0),
            Fraction(row.high) if row.high is not None else None,
            self.units[row.unit],
            low_strict=row.qualifier == "more_than" or row.low is None,
            approximate=row.qualifier == "approximate",
            sources=(key,),
        )

    @cached_property
    def _periods(self) -> dict[tuple[str, str], list[str]]:
        periods: dict[tuple[str, str], list[str]] = {}
        for row in self.observations.itertuples():
            periods.setdefault((row.subject, row.indicator), []).append(row.period)
        return {key: in_order(found) for key, found in periods.items()}

    def periods(self, subject: str, indicator: str) -> list[str]:
        """The periods for which a figure is published, oldest first."""
        return self._periods.get((subject, indicator), [])

    def value(self, subject: str, indicator: str, period: str | None = None) -> Quantity | None:
        """The published figure, of the latest period unless one is given; None when there is none."""
        known = self.periods(subject, indicator)
        if not known or (period is not None and period not in known):
            return None
        return self.quantities[observation_id(subject, indicator, period or known[-1])]

    def printed_decimals(self, observation: str) -> int:
        """How many decimal places the source prints."""
        row = self.observations.loc[observation]
        value = row.low if row.low is not None else row.high
        return max(0, -value.as_tuple().exponent)


def observation_id(subject: str, indicator: str, period: str) -> str:
    """Stable name of a published figure, usable in an address; ISO 8601 allows ``--`` for ``/``."""
    return f"{subject}.{indicator}.{period.replace('/', '--')}"


def in_order(periods: Iterable[str]) -> list[str]:
    """Periods by their end, oldest first; of those with one end, a longer one after a shorter one."""
    return sorted(periods, key=lambda period: (_ends(period)[1], months(period), period))


def months(period: str) -> int:
    """How long a period is: 12 for ``2024``, 1 for ``2025-07``, 5 for ``2025-01/2025-05``."""
    first, last = _ends(period)
    return 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1


def _ends(period: str) -> tuple[str, str]:
    """First and last month of a period."""
    start, _, end = period.partition("/")
    end = end or start
    return (start if len(start) > 4 else f"{start}-01", end if len(end) > 4 else f"{end}-12")


def default_folder() -> Path:
    """$ANALYSIS_DATA, else the repository's data/, whatever the working directory."""
    chosen = os.environ.get("ANALYSIS_DATA")
    return Path(chosen).expanduser().resolve() if chosen else project_folder()


def project_folder() -> Path:
    """The repository's data/, whatever $ANALYSIS_DATA says.

    A package installed as a copy does not know its repository: then the data/ of the working directory or
    of a folder above it.
    """
    if not (REPOSITORY_DATA / DESCRIPTOR).exists():
        for folder in (Path.cwd(), *Path.cwd().parents):
            if (folder / "data" / DESCRIPTOR).exists():
                return folder / "data"
    return REPOSITORY_DATA


def load(folder: str | Path | None = None) -> Dataset:
    """Read and check the data package in ``folder`` (default: ``default_folder()``).

    Raises DataFaults with every fault found.
    """
    folder = Path(folder) if folder is not None else default_folder()
    descriptor = _read_descriptor(folder)
    faults: list[Fault] = []
    tables = {
        resource["name"]: _read_table(folder, resource, faults) for resource in descriptor["resources"]
    }
    if not faults:
        faults += _check_keys(descriptor, tables)
    if not faults:
        faults += [*_check_subjects(tables), *_check_locators(tables), *_check_observations(descriptor, tables)]
    if faults:
        raise DataFaults(faults)
    return Dataset(folder, descriptor, {name: _indexed(name, rows) for name, rows in tables.items()})


def predecessor(data: Dataset) -> Dataset | None:
    """The edition before: the package in the folder ``previous`` of this one; None when there is no such folder.

    Raises DataFaults, with that folder named before each file.
    """
    folder = data.folder / PREDECESSOR
    if not folder.is_dir():
        return None
    try:
        return load(folder)
    except DataFaults as faults:
        raise faults.within(PREDECESSOR) from None


def _read_descriptor(folder: Path) -> dict:
    path = folder / DESCRIPTOR
    try:
        descriptor = json.loads(path.read_text("utf-8-sig"))
        descriptor["resources"]
    except FileNotFoundError:
        expected = f"there is no {DESCRIPTOR} in {folder}; name the folder of a data package"
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        expected = f"not a readable data package descriptor ({error})"
    except OSError as error:
        expected = f"cannot be read: {error.strerror}"
    else:
        return descriptor
    raise DataFaults([Fault(DESCRIPTOR, None, None, None, expected)])


def _field(descriptor: dict, resource: str, name: str) -> dict:
    fields = next(r for r in descriptor["resources"] if r["name"] == resource)["schema"]["fields"]
    return next(f for f in fields if f["name"] == name)


def _decode(raw: bytes) -> str | None:
    """Text of a file as Excel writes it: UTF-8 (with or without mark), UTF-16 with mark, GB18030."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_table(folder: Path, resource: dict, faults: list[Fault]) -> pd.DataFrame:
    """The rows of one file, typed. Column ``_row`` is the row number in the file."""
    name, path = resource["path"], folder / resource["path"]
    fields = resource["schema"]["fields"]
    columns = [f["name"] for f in fields]
    empty = pd.DataFrame(columns=[*columns, "_row"], dtype=object)
    try:
        text = _decode(path.read_bytes())
    except FileNotFoundError:
        faults.append(Fault(name, None, None, None, f"the file is missing from {folder}"))
        return empty
    except OSError as error:
        faults.append(Fault(name, None, None, None, f"cannot be read: {error.strerror}"))
        return empty
    if text is None or "\0" in text:
        why = "cannot be read as text: save it as 'CSV UTF-8' in Excel"
        faults.append(Fault(name, None, None, None, why))
        return empty
    try:
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        faults.append(Fault(name, None, None, None, f"is not a readable CSV file ({error})"))
        return empty
    if not lines:
        faults.append(Fault(name, None, None, None, "is empty; expected a heading with " + ", ".join(columns)))
        return empty
    heading = lines[0]
    while heading and not heading[-1]:
        heading = heading[:-1]
    for column in columns:
        if heading.count(column) != 1:
            why = "the column is missing" if column not in heading else "the column stands twice"
            faults.append(Fault(name, 1, column, None, why))
    for column in heading:
        if column not in columns:
            expected = "unknown column; expected " + ", ".join(columns)
            faults.append(Fault(name, 1, column, None, expected))
    if sorted(heading) != sorted(columns):
        return empty
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(line):
            continue
        if any(line[len(heading) :]):
            expected = f"the row has more cells than the heading's {len(heading)}; quote cells that hold commas"
            faults.append(Fault(name, number, None, line[len(heading)], expected))
            continue
        cells = dict(zip(heading, line + [""] * len(heading), strict=False))
        typed = {f["name"]: _typed(cells[f["name"]], f, name, number, faults) for f in fields}
        rows.append({**typed, "_row": number})
    return pd.DataFrame(rows, columns=[*columns, "_row"], dtype=object) if rows else empty


def _typed(cell: str, spec: dict, file: str, row: int, faults: list[Fault]) -> object:
    """The value of a cell, or None when it is empty or faulty (the fault is noted)."""
    constraints = spec.get("constraints", {})

    def fault(expected: str) -> None:
        faults.append(Fault(file, row, spec["name"], cell, expected))

    if cell == "":
        if constraints.get("required"):
            fault(f"a value is needed ({spec['title']})")
        return None
    kind = spec["type"]
    value: object = cell
    if kind in ("number", "integer"):
        plain = unicodedata.normalize("NFKC", cell).replace(" ", "")
        if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
            plain = plain.replace(",", "")
        try:
            value = Decimal(plain)
            if not value.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            fault("expected a number alone, such as 18.2; a unit belongs in the column unit")
            return None
        if kind == "integer":
            if value != value.to_integral_value():
                fault("expected a whole number")
                return None
            value = int(value)
        if "minimum" in constraints and value < constraints["minimum"]:
            fault(f"expected {constraints['minimum']} or more")
    elif kind == "boolean":
        if cell not in (*spec["trueValues"], *spec["falseValues"]):
            fault("expected true or false")
            return None
        value = cell in spec["trueValues"]
    elif "pattern" in constraints and not re.fullmatch(constraints["pattern"], cell):
        fault(f"expected the form {constraints['pattern']} ({spec.get('description') or spec['title']})")
        return None
    if "enum" in constraints and value not in constraints["enum"]:
        fault("expected one of " + ", ".join(map(str, constraints["enum"])))
        return None
    return value


def _check_keys(descriptor: dict, tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Primary keys are unique, foreign keys lead somewhere."""
    for resource in descriptor["resources"]:
        table, schema = tables[resource["name"]], resource["schema"]
        key = schema["primaryKey"]
        key = [key] if isinstance(key, str) else key
        first: dict[tuple, int] = {}
        for row in table.to_dict("records"):
            value = tuple(row[column] for column in key)
            if value in first:
                shown = ", ".join("" if part is None else str(part) for part in value)
                expected = f"stands in row {first[value]} already; {', '.join(key)} must differ"
                yield Fault(resource["path"], row["_row"], key[0], shown, expected)
            else:
                first[value] = row["_row"]
        for foreign in schema.get("foreignKeys", []):
            (column,), reference = foreign["fields"], foreign["reference"]
            (target,) = reference["fields"]
            known = set(tables[reference["resource"]][target])
            for row in table.to_dict("records"):
                if row[column] is not None and row[column] not in known:
                    expected = f"expected an {target} of {reference['resource']}.csv"
                    yield Fault(resource["path"], row["_row"], column, row[column], expected)


def _check_subjects(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """A subject is a place, zone, firm or project, and no two of them share an id."""
    known: dict[str, str] = {}
    for name in SUBJECT_TABLES:
        for row in tables[name].to_dict("records"):
            if row["id"] in known:
                expected = f"is an id of {known[row['id']]}.csv too; an id names one thing only"
                yield Fault(f"{name}.csv", row["_row"], "id", row["id"], expected)
            known[row["id"]] = name
    for row in tables["observations"].to_dict("records"):
        if row["subject"] not in known:
            expected = "expected an id of places.csv, zones.csv, firms.csv or projects.csv"
            yield Fault("observations.csv", row["_row"], "subject", row["subject"], expected)
    known.update(dict.fromkeys(tables["chains"]["id"], "chains"))
    for row in tables["claims"].to_dict("records"):
        if row["subject"] not in known:
            expected = "expected an id of places, zones, firms, projects or chains"
            yield Fault("claims.csv", row["_row"], "subject", row["subject"], expected)


def _check_locators(tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    sections = set(tables["sections"]["id"])
    for name, table in tables.items():
        if "locator" not in table:
            continue
        for row in table.to_dict("records"):
            for place in (row["locator"] or "").split(";"):
                section = place.strip().split("/")[0]
                if section not in sections:
                    expected = "expected section/paragraph with a section of sections.csv"
                    yield Fault(f"{name}.csv", row["_row"], "locator", row["locator"], expected)


def _check_observations(descriptor: dict, tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Bounds fit the qualifier, the unit fits the indicator, shares lie within 0 to 100."""
    indicators = tables["indicators"].set_index("id")
    for row in tables["indicators"].to_dict("records"):
        if not quantity.is_unit(row["unit"]):
            yield Fault("indicators.csv", row["_row"], "unit", row["unit"], "expected a known unit")
            return
    units = _field(descriptor, "observations", "unit")["units"]
    for row in tables["observations"].to_dict("records"):

        def fault(column: str, expected: str, row: dict = row) -> Fault:
            value = row[column]
            return Fault("observations.csv", row["_row"], column, "" if value is None else str(value), expected)

        low, high, qualifier = row["low"], row["high"], row["qualifier"]
        with_low, with_high, equal = QUALIFIERS[qualifier]
        if (low is not None) != with_low:
            yield fault("low", f"'{qualifier}' {'needs a' if with_low else 'has no'} lower bound")
        elif (high is not None) != with_high:
            yield fault("high", f"'{qualifier}' {'needs an' if with_high else 'has no'} upper bound")
        elif low is not None and high is not None:
            if low > high:
                yield fault("low", f"the lower bound is above the upper bound {high}")
            elif equal is True and low != high:
                yield fault("high", f"'{qualifier}' needs equal bounds, low is {low}; use 'range'")
            elif equal is False and low == high:
                yield fault("high", "a range needs two different bounds; use 'exact'")
        indicator = indicators.loc[row["indicator"]]
        try:
            by = quantity.factor(units[row["unit"]], indicator.unit)
        except quantity.IncompatibleUnits:
            yield fault("unit", f"does not fit the indicator {row['indicator']} ({indicator.unit})")
            continue
        top = high if high is not None else low
        if indicator.kind == "share" and top is not None and Fraction(top) * by > 100:
            yield fault("high" if high is not None else "low", "a share lies between 0 and 100 %")


def _indexed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    table = table.astype(object).where(table.notna(), None)
    if "id" in table:
        table = table.set_index("id", drop=True)
    elif name == "observations":
        table.index = [observation_id(r.subject, r.indicator, r.period) for r in table.itertuples()]
        table.index.name = "id"
    return table.drop(columns="_row")
