"""The data package as the analyses use it; nothing else in the project opens a data file.

`package_files` reads the files, `data_checks` holds their rows against each other; here the two become a
`Dataset`, or all their faults at once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis import data_checks, package_files
from analysis.faults import DataFaults, Fault
from analysis.package_files import DESCRIPTOR, Table
from analysis.quantity import Quantity

__all__ = ["DataFaults", "Dataset", "Fault", "default_folder", "load", "observation_id"]

REPOSITORY_DATA = Path(__file__).resolve().parents[2] / "data"


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
        return {key: sorted(found, key=_end) for key, found in periods.items()}

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


def _end(period: str) -> tuple[str, str]:
    """Sort key: the end of a period, and a longer period after a shorter one that ends with it."""
    start, _, end = period.partition("/")
    end = end or start
    return (end if len(end) > 4 else f"{end}-12", start)


def default_folder() -> Path:
    """$ANALYSIS_DATA, else the repository's data/, whatever the working directory.

    A package installed as a copy does not know its repository: then the data/ of the working directory or
    of a folder above it.
    """
    chosen = os.environ.get("ANALYSIS_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
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
    return Dataset(folder, descriptor, frames)


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
