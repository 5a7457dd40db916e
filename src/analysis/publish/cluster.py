"""The contributions of a register as tables, on this machine or on a Dask cluster that shares its file system.

On a cluster no worker needs to hold all observations: these are dealt out by city, and each part goes through the same
functions of columns. What is implied by several figures together is left to the books.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import dask.dataframe as dd
import numpy as np
import pandas as pd
import pyarrow
from dask.base import compute
from dask.delayed import delayed
from distributed import Client, KilledWorker

from analysis import quantity
from analysis.analyses import register
from analysis.model.register import Register, figures
from analysis.package import dataset, descriptor, files, parquet, typed_columns
from analysis.package.dataset import Dataset
from analysis.package.descriptor import Field
from analysis.package.faults import DataFaults
from analysis.package.parquet import SUFFIX
from analysis.package.swap import beside, clear, swap
from analysis.publish.many_books import PATIENCE, must_answer

TABLES: Mapping[str, Callable[[pd.DataFrame, Register], pd.DataFrame]] = {
    "ranking": register.ranking,
    "gaps": register.gaps,
    "location_quotients": register.location_quotients,
}
AT_ONCE = 1_000_000  # figures
COLUMNS = ("subject", "indicator", "period", "low", "high", "qualifier", "status", "unit")  # that formulas ask for


def write(folder: Path | None, out: Path, scheduler: str | None = None) -> dict[str, int]:
    """Write what the zones of a package contribute as Parquet into the folder ``out``, which is replaced.

    scheduler: address of a Dask cluster; None: on this machine, which then checks the whole package first. Returns the
    name of each file and the number of its rows. Raises DataFaults, NoCluster, OSError where nothing can be written.
    """
    folder = folder or dataset.default_folder()
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        beside(out).mkdir()
        if scheduler is None:
            data = dataset.load(folder)
            for name, table in tables(data.observations, Register.of(data)).items():
                table.to_parquet(beside(out) / f"{name}{SUFFIX}", index=False)
        else:
            must_answer(scheduler, PATIENCE)
            with Client(scheduler, timeout=PATIENCE):
                _write_in_parts(folder, beside(out))
        counts = {f"{name}{SUFFIX}": len(dd.read_parquet(beside(out) / f"{name}{SUFFIX}")) for name in TABLES}
        swap(out)
    except KilledWorker:
        raise OSError("workers died of the same part again and again; give them more memory") from None
    finally:
        clear(out)
    return counts


def tables(observations: pd.DataFrame, of: Register, at_once: int = AT_ONCE) -> dict[str, pd.DataFrame]:
    """All tables of contributions of the published figures, by name.

    at_once: of how many figures they are made at a time, whole cities; what is made meanwhile takes several times the
    memory of the tables.
    """
    city, cities = pd.factorize(observations["subject"].map(of.city))
    part_of_city = np.bincount(city + 1, minlength=len(cities) + 1)[1:].cumsum() // at_once
    part = np.append(part_of_city, -1)[city]  # -1: of no city
    made: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for number in dict.fromkeys(part_of_city.tolist()) or [0]:
        columns = figures(observations[part == number], of)
        for name, table in TABLES.items():
            made[name].append(table(columns, of))
    return {name: pd.concat(found, ignore_index=True) for name, found in made.items()}


def _write_in_parts(folder: Path, out: Path) -> None:
    about = _About.of(folder)
    if not about.file.endswith(SUFFIX):
        raise OSError(f"a cluster reads observations as Parquet, and they lie in {about.file}")
    # by how many bytes a group has nobody can tell how many rows it has: repeated words take none
    found = dd.read_parquet(folder / about.file, columns=list(COLUMNS), split_row_groups=True)
    city = found["subject"].map(about.register.city, meta=("city", object))
    parts = found.assign(city=city).dropna(subset="city").shuffle("city")
    everywhere, known = delayed(about), delayed(about.register)
    columns = parts.map_partitions(_figures, everywhere, meta=_figures(parts._meta, about))
    written = []
    for name, table in TABLES.items():
        made = columns.map_partitions(table, known, meta=table(columns._meta, about.register))
        file, schema = out / f"{name}{SUFFIX}", _schema(made.dtypes)
        written.append(made.to_parquet(file, write_index=False, schema=schema, compute=False))
    compute(*written)  # together: the observations are read and dealt out once


def _schema(types: pd.Series) -> pyarrow.Schema:
    """Of a table's columns: a part without a row does not tell that objects are texts."""
    known = {
        name: pyarrow.string() if pd.api.types.is_object_dtype(each) else pyarrow.from_numpy_dtype(each)
        for name, each in types.items()
    }
    return pyarrow.schema(known)


@dataclass(frozen=True)
class _About:
    """What a worker has to know of a package to read a part of its observations. file: in which they lie."""

    register: Register
    units: Mapping[str, Mapping[str, object]]
    fields: list[Field]
    file: str

    @classmethod
    def of(cls, folder: Path) -> _About:
        """Read from the package, but for the observations. Raises DataFaults."""
        described = descriptor.read(folder)
        entry = descriptor.resource(described, "observations")
        others = {**described, "resources": [each for each in described["resources"] if each is not entry]}
        tables, faults = files.read_tables(folder, others)
        if faults:
            raise DataFaults(faults)
        about = {name: dataset.frame(name, table, described) for name, table in tables.items()}
        register = Register.of(Dataset(folder, described, about))
        fields = [field for field in entry["schema"]["fields"] if field["name"] in COLUMNS]
        return cls(register, described["units"], fields, entry["path"])


def _figures(part: pd.DataFrame, about: _About) -> pd.DataFrame:
    """Those of the cities whose observations are in a part. Raises DataFaults for cells that cannot be read."""
    quantity.define(about.units)
    held = parquet.texts_of(pyarrow.Table.from_pandas(part.drop(columns="city"), preserve_index=False))
    typed, faults = typed_columns.table(about.file, held, about.fields)
    if faults:  # of a part nobody knows which rows of the file it has
        raise DataFaults([replace(fault, row=None) for fault in faults])
    observations = pd.DataFrame({name: column.spread() for name, column in typed.columns.items()}, dtype=object)
    return figures(observations, about.register)
