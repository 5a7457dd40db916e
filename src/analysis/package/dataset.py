"""The data package as the analyses use it; nothing else in the project opens a data file.

`files` reads the tables, `checks` and `figure_checks` hold their rows against the contract; here they become a
`Dataset`, or all their faults at once.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.package import checks, coding, descriptor, figure_checks, files, version_1
from analysis.package.columns import Table
from analysis.package.descriptor import DESCRIPTOR, Descriptor
from analysis.package.faults import DataFaults, Fault
from analysis.package.periods import Span, footing, order
from analysis.quantity import Quantity, unscaled

__all__ = ["DESCRIPTOR", "DataFaults", "Dataset", "Fault"]

# a row of texts and gaps taken out of a table keeps its gaps as None; inferred text columns make nan of them
pd.set_option("future.infer_string", False)
REPOSITORY_DATA = Path(__file__).resolve().parents[3] / "data"
PREDECESSOR = "previous"  # folder inside a data package that holds the edition before
# the column that says where a row of each table lies
LIES_IN = {"places": "parent", "zones": "city", "firms": "zone", "projects": "zone"}


@dataclass(frozen=True, eq=False)
class Dataset:
    """A checked data package.

    folder: where it was read from. descriptor: the parsed datapackage.json.
    tables: a DataFrame for each resource, columns as in the descriptor, empty cells as None. Tables
    with an ``id`` are indexed by it; ``observations`` by `observation_id`.
    numbers: of the rows of the observations in their file, as Excel shows them, by observation id.
    """

    folder: Path
    descriptor: Descriptor = field(repr=False)
    tables: dict[str, pd.DataFrame] = field(repr=False)
    numbers: pd.Series = field(default_factory=lambda: pd.Series(dtype=int), repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in self.__dict__.get("tables", {}):
            return self.tables[name]
        raise AttributeError(name)

    @cached_property
    def observation_rows(self) -> dict[str, int]:
        """Observation id -> its row in the file: made when it is asked for, as it takes a gigabyte of a register."""
        return {str(key): int(number) for key, number in self.numbers.items()}

    @cached_property
    def lies_in(self) -> dict[str, str]:
        """Place, zone, firm or project -> the place or zone that it lies in, where that is known."""
        return {
            str(key): str(above)
            for name, column in LIES_IN.items()
            for key, above in self.tables[name][column].items()
            if above is not None
        }

    def above(self, subject: str) -> Iterator[str]:
        """The places that a subject lies in, the nearest first."""
        passed = {subject}
        while (place := self.lies_in.get(subject)) is not None and place not in passed:
            passed.add(place)
            yield place
            subject = place

    def place_above(self, subject: str, kind: str) -> str | None:
        """The place of a kind that a subject lies in, or the group of zones that a zone belongs to."""
        if kind == "group":
            return self.groups.get(self.lies_in.get(subject, ""))
        kinds = self.places["kind"]
        return next((place for place in self.above(subject) if kinds.get(place) == kind), None)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Place -> the group of all its zones. A place with several groups has none that holds every zone."""
        own = self.places[self.places["kind"] == "group"]
        found = Counter(own["parent"])
        return {str(place): str(key) for key, place in own["parent"].items() if place is not None and found[place] == 1}

    @cached_property
    def city(self) -> str | None:
        """The place that the zones lie in, or most of them; None when the package names none."""
        return next((str(place) for place, _n in Counter(self.zones["city"].dropna()).most_common(1)), None)

    @property
    def province(self) -> str | None:
        """The province of the city, or else whatever lies above it."""
        if self.city is None:
            return None
        return self.place_above(self.city, "province") or self.lies_in.get(self.city)

    @property
    def group(self) -> str | None:
        """All zones of the city taken together, as a subject of figures."""
        return self.groups.get(self.city or "")

    @cached_property
    def units(self) -> dict[str, str]:
        """Printed unit -> expression, from the descriptor."""
        return descriptor.printed_units(self.descriptor)

    def with_role(self, role: str) -> list[str]:
        """The indicators that formulas know by a role, in the order of the data."""
        return [str(key) for key in self.indicators.index[self.indicators["role"] == role]]

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """Observation id -> Quantity in the printed unit. A missing lower bound is 0, unless the indicator can be
        negative."""
        signed = may_fall(self.indicators)
        return {row.Index: self._quantity(row, row.indicator in signed) for row in self.observations.itertuples()}

    def _quantity(self, row: pd.Series, signed: bool) -> Quantity:
        floor = None if signed else Fraction(0)
        return Quantity(
            Fraction(row.low) if row.low is not None else floor,
            Fraction(row.high) if row.high is not None else None,
            self.units[row.unit],
            low_strict=row.qualifier == "more_than" or row.low is None,
            approximate=row.qualifier == "approximate",
            sources=(row.Index,),
        )

    @cached_property
    def spans(self) -> dict[tuple[str, str], dict[Span, str]]:
        """Subject and indicator -> the spans for which a figure is published, oldest first, with its observation."""
        found: dict[tuple[str, str], dict[Span, str]] = {}
        for row in self.observations.itertuples():
            found.setdefault((row.subject, row.indicator), {})[self.footing(row.indicator, row.period)] = row.Index
        return {key: dict(sorted(spans.items(), key=lambda item: order(item[0]))) for key, spans in found.items()}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return dict(self.indicators["kind"])

    def footing(self, indicator: str, period: str) -> Span:
        """The span in which a figure is compared; see `periods.footing`."""
        return footing(self._kinds.get(indicator), period)

    def periods(self, subject: str | None, indicator: str | None) -> list[str]:
        """The periods for which a figure is published, as the data write them, oldest first."""
        known = self.spans.get((subject or "", indicator or ""), {})
        return [str(self.observations.at[key, "period"]) for key in known.values()]

    def latest(self, subject: str | None, indicator: str | None) -> str | None:
        """The latest period for which a figure is published; None when there is none."""
        return next(reversed(self.periods(subject, indicator)), None)

    def period_of(self, q: Quantity) -> str | None:
        """The period of the first figure behind a quantity, as the data write it; None of one that has none."""
        return str(self.observations.at[q.sources[0], "period"]) if q.sources else None

    def value(self, subject: str | None, indicator: str | None, period: str | Span | None = None) -> Quantity | None:
        """The published figure, of the latest period unless one is given; None when there is none."""
        known = self.spans.get((subject or "", indicator or ""), {})
        if not known:
            return None
        wanted = self.footing(str(indicator), period) if isinstance(period, str) else period or next(reversed(known))
        return self.quantities[known[wanted]] if wanted in known else None

    def printed_decimals(self, observation: str) -> int:
        """How many decimal places the source prints."""
        row = self.observations.loc[observation]
        value = row.low if row.low is not None else row.high
        return max(0, -int(value.as_tuple().exponent))


def may_fall(indicators: pd.DataFrame) -> set[str]:
    """The indicators whose figures can lie below zero: of the others a missing lower bound is 0."""
    signed = (indicators["signed"] == True) | (indicators["kind"] == "rate")  # noqa: E712 (may be None)
    return set(indicators.index[signed])


def observation_id(subject: str, indicator: str, period: str) -> str:
    """Stable name of a published figure, usable in an address; ISO 8601 allows ``--`` for ``/``."""
    return f"{subject}.{indicator}.{period.replace('/', '--')}"


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


def astray(folder: Path) -> str | None:
    """A line for a project at or above ``folder`` whose environment was copied with it, and leads to the original.

    None where the code that runs is the project's own, or ``folder`` lies in none.
    """
    own = REPOSITORY_DATA.parent
    for project in (folder, *folder.parents):
        if (project / "_toc.yml").is_file() and (project / "src" / "analysis").is_dir():
            if project.samefile(own):
                return None
            return f"{project}: its environment leads to another project, {own}; `make book` or `make check` mends it"
    return None


def load(folder: str | Path | None = None) -> Dataset:
    """Read the data package in ``folder`` (default: ``default_folder()``) and check it row by row.

    Whether its figures can all be true together is a question for the model: see `analysis.load`.
    Raises DataFaults with every fault found.
    """
    folder = Path(folder) if folder is not None else default_folder()
    described = descriptor.read(folder)
    convert = version_1.row if descriptor.version(described) == 1 else files.as_it_is
    tables, faults = files.read_tables(folder, described, convert)
    faults += checks.check(described, tables)
    faults += figure_checks.check(described, tables)
    # of a row that is at fault already its coding says nothing
    faulty = {(fault.file, fault.row) for fault in faults}
    faults += [fault for fault in coding.check(described, tables) if (fault.file, fault.row) not in faulty]
    if faults:
        raise DataFaults(faults)
    frames = {name: frame(name, table, described) for name, table in tables.items()}
    numbers = pd.Series(tables["observations"].numbers, frames["observations"].index)
    return Dataset(folder, described, frames, numbers)


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


def frame(name: str, table: Table, described: Descriptor) -> pd.DataFrame:
    """The rows of a table as a DataFrame of the descriptor's columns, empty cells as None."""
    columns = [column["name"] for column in descriptor.resource(described, name)["schema"]["fields"]]
    held = {column: table.columns[column].spread() for column in columns if column in table.columns}
    found = pd.DataFrame(held, columns=columns, dtype=object, copy=False)
    if name == "indicators":
        # figures carry their own power of ten; the model adds those of one indicator to those of another
        found["unit"] = found["unit"].map(unscaled)
    if "id" in found:
        return found.set_index("id", drop=True)
    if name == "observations":
        named = (found[column] for column in ("subject", "indicator", "period"))
        found.index = list(map(observation_id, *named))
        found.index.name = "id"
    return found
