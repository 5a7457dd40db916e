"""The data package as the analyses use it; nothing else in the project opens a data file.

`package_files` reads the files, `data_checks` holds their rows against each other; here the two become a
`Dataset`, or all their faults at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.package import data_checks, package_files
from analysis.package.faults import DataFaults, Fault
from analysis.package.package_files import DESCRIPTOR, Table
from analysis.quantity import IncompatibleUnits, Quantity

__all__ = ["DESCRIPTOR", "DataFaults", "Dataset", "Fault"]

REPOSITORY_DATA = Path(__file__).resolve().parents[3] / "data"
PREDECESSOR = "previous"  # folder inside a data package that holds the edition before
# a figure that more than doubles or halves is as often a slip of the keyboard as it is news
MOVED = 2


@dataclass(frozen=True)
class Dataset:
    """A checked data package.

    folder: where it was read from. descriptor: the parsed datapackage.json.
    tables: a DataFrame for each resource, columns as in the descriptor, empty cells as None. Tables
    with an ``id`` are indexed by it; ``observations`` by `observation_id`.
    observation_rows: observation id -> its row in the file, as Excel shows it.
    """

    folder: Path
    descriptor: dict = field(repr=False)
    tables: dict[str, pd.DataFrame] = field(repr=False)
    observation_rows: dict[str, int] = field(default_factory=dict, repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in self.__dict__.get("tables", {}):
            return self.tables[name]
        raise AttributeError(name)

    @property
    def city(self) -> str | None:
        """The city that the zones belong to; None when the package names none."""
        return next(iter(self.zones["city"].dropna()), None)

    @property
    def province(self) -> str | None:
        """The province of the city."""
        return self.places["parent"].get(self.city)

    @property
    def group(self) -> str | None:
        """All zones of the city taken together, as a subject of figures."""
        own = self.places[(self.places["kind"] == "group") & (self.places["parent"] == self.city)]
        return next(iter(own.index), None)

    @property
    def story(self) -> pd.DataFrame:
        """What the sources tell beside figures, a row a passage; empty for a package without that table."""
        return self.tables.get("story", pd.DataFrame(columns=["topic", "subject", "text_en", "text_zh", "locator"]))

    @cached_property
    def units(self) -> dict[str, str]:
        """Printed unit -> pint expression, from the descriptor."""
        return data_checks.printed_units(self.descriptor)

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

    def periods(self, subject: str | None, indicator: str) -> list[str]:
        """The periods for which a figure is published, oldest first."""
        return self._periods.get((subject, indicator), [])

    def latest(self, subject: str | None, indicator: str) -> str | None:
        """The latest period for which a figure is published; None when there is none."""
        return next(reversed(self.periods(subject, indicator)), None)

    def value(self, subject: str | None, indicator: str, period: str | None = None) -> Quantity | None:
        """The published figure, of the latest period unless one is given; None when there is none."""
        known = self.periods(subject, indicator)
        if not known or (period is not None and period not in known):
            return None
        return self.quantities[observation_id(subject, indicator, period or known[-1])]

    def together(self, *figures: tuple[str | None, str]) -> tuple[Quantity, ...] | None:
        """Figures, each given as (subject, indicator), of the latest period for which all are published; None when
        there is no such period. Shares of different years must not be divided by each other."""
        for period in reversed(self.periods(*figures[0])):
            values = tuple(self.value(subject, indicator, period) for subject, indicator in figures)
            if None not in values:
                return values
        return None

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
    return sorted(periods, key=_order)


def _order(period: str) -> tuple[int, int]:
    return data_checks.months(period)[1], months(period)


def end_of(period: str) -> float:
    """When a period ends, in years: 2025.0 is the end of 2024."""
    return data_checks.months(period)[1] / 12


def months(period: str) -> int:
    """How long a period is: 12 for ``2024``, 1 for ``2025-07``, 5 for ``2025-01/2025-05``."""
    first, last = data_checks.months(period)
    return last - first + 1


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
    descriptor = package_files.read_descriptor(folder)
    tables, faults = package_files.read_tables(folder, descriptor)
    faults += data_checks.check(descriptor, tables)
    if faults:
        raise DataFaults(sorted(faults, key=_place))
    frames = {name: _frame(name, table, descriptor) for name, table in tables.items()}
    rows = dict(zip(frames["observations"].index, (row.number for row in tables["observations"].rows), strict=True))
    return Dataset(folder, descriptor, frames, rows)


def has_predecessor(data: Dataset) -> bool:
    """Whether the package holds an edition before it, faulty or not."""
    return (data.folder / PREDECESSOR).is_dir()


def predecessor(data: Dataset) -> Dataset | None:
    """The edition before: the package in the folder ``previous`` of this one; None when there is no such folder.

    Raises DataFaults, with that folder named before each file.
    """
    if not has_predecessor(data):
        return None
    try:
        return load(data.folder / PREDECESSOR)
    except DataFaults as faults:
        raise faults.within(PREDECESSOR) from None


def _place(fault: Fault) -> tuple[str, int]:
    """Sort key: file by file, from top to bottom."""
    return fault.file, fault.row or 0


def _frame(name: str, table: Table, descriptor: dict) -> pd.DataFrame:
    """The rows of a table as a DataFrame of the descriptor's columns, empty cells as None."""
    resource = next(r for r in descriptor["resources"] if r["name"] == name)
    columns = [column["name"] for column in resource["schema"]["fields"]]
    frame = pd.DataFrame([row.cells for row in table.rows], columns=columns, dtype=object)
    frame = frame.where(frame.notna(), None)
    if "id" in frame:
        return frame.set_index("id", drop=True)
    if name == "observations":
        frame.index = [observation_id(r.subject, r.indicator, r.period) for r in frame.itertuples()]
        frame.index.name = "id"
    return frame


def warnings(data: Dataset) -> list[Fault]:
    """Figures to look at again, though nothing in them is wrong: those that moved by more than a factor of MOVED
    against the period before, or against the same figure of the edition before."""
    try:
        before = predecessor(data)
    except DataFaults as error:
        expected = f"the earlier edition is left out of the comparison, as it has faults, such as: {error.faults[0]}"
        return [Fault(PREDECESSOR, None, None, None, expected), *_movements(data, None)]
    return list(_movements(data, before))


def _movements(data: Dataset, before: Dataset | None) -> Iterator[Fault]:
    """A warning for each figure that moved too far, and each figure that it moved from."""
    for key, row in data.observations.iterrows():
        column = "low" if row.low is not None else "high"
        for edition, period in _earlier(data, before, row):
            then = observation_id(row.subject, row.indicator, period)
            if _moved(_level(data, key, data), _level(edition, then, data)):
                old = edition.observations.loc[then]
                value = old.low if old.low is not None else old.high
                of_edition = "" if edition is data else " in the earlier edition"
                expected = (
                    f"moved by more than a factor of {MOVED} from {value} {old.unit} ({period}){of_edition}; "
                    "check the figure and its unit"
                )
                yield Fault("observations.csv", data.observation_rows.get(key), column, str(row[column]), expected)


def _earlier(data: Dataset, before: Dataset | None, row: pd.Series) -> Iterator[tuple[Dataset, str]]:
    """What a figure is held against, as (edition, period): itself in the edition before, and the latest earlier
    period of either edition."""
    periods = {}
    for edition in (before, data):
        if edition is not None:
            periods |= dict.fromkeys(edition.periods(row.subject, row.indicator), edition)
    if before is not None and row.period in before.periods(row.subject, row.indicator):
        yield before, row.period
    earlier = [period for period in periods if _order(period) < _order(row.period)]
    if earlier:
        latest = in_order(earlier)[-1]
        yield periods[latest], latest


def _level(edition: Dataset, key: str, data: Dataset) -> tuple[Fraction, Fraction] | None:
    """Lower and upper printed number of a figure, in the unit that ``data`` gives its indicator; a count over a
    period as a count a month, so that five months can be held against twelve. None when the units differ in kind."""
    row = edition.observations.loc[key]
    indicator = data.indicators.loc[row.indicator]
    printed = [Fraction(bound) for bound in (row.low, row.high) if bound is not None]
    try:
        by = Quantity.point(1, edition.units[row.unit]).to(indicator.unit).value
    except IncompatibleUnits:
        return None
    if indicator.kind == "flow" and "/" not in indicator.unit:
        by /= months(row.period)
    return min(printed) * by, max(printed) * by


def _moved(now: tuple[Fraction, Fraction] | None, then: tuple[Fraction, Fraction] | None) -> bool:
    """Whether even the nearest bounds of two figures are more than a factor of MOVED apart."""
    if now is None or then is None:
        return False
    return now[0] > MOVED * then[1] or now[1] * MOVED < then[0]
