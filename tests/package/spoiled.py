"""A data package with something wrong in it, and what is said of that."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.package import descriptor as descriptors
from analysis.package.dataset import DataFaults, load


def spoil(folder: Path, old: str, new: str, file: str = "observations.csv") -> None:
    """Replace the first ``old`` in a file by ``new``."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def add(folder: Path, *rows: str, file: str = "observations.csv") -> None:
    """Add rows at the end of a file."""
    path = folder / file
    path.write_text(path.read_text("utf-8") + "".join(f"{row}\n" for row in rows), "utf-8")


def records(path: Path) -> list[list[str]]:
    """The rows of a table as text, its heading first."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def without(folder: Path, column: str, file: str) -> None:
    """Take a column out of a table."""
    rows = records(folder / file)
    place = rows[0].index(column)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row[:place] + row[place + 1 :] for row in rows)
    (folder / file).write_text(text.getvalue(), "utf-8")


def indicate(folder: Path, id: str, kind: str, unit: str, **cells: str) -> None:
    """Add an indicator."""
    path = folder / "indicators.csv"
    heading = path.read_text("utf-8-sig").split("\n", 1)[0].split(",")
    words = {"group": "output", "name_en": "X", "name_zh": "某", "definition_en": "X", "definition_zh": "某"}
    row = {**words, "id": id, "kind": kind, "unit": unit, **cells}
    assert row.keys() <= set(heading)
    add(folder, ",".join(row.get(column, "") for column in heading), file="indicators.csv")


def describe(folder: Path, change: Callable[[descriptors.Descriptor], object]) -> None:
    """Change the descriptor."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), "ascii")


def add_unit(folder: Path, printed: str, meaning: str, **units: dict[str, object]) -> None:
    """Add a printed unit to the descriptor, and units that it is made of."""

    def change(descriptor: descriptors.Descriptor) -> None:
        descriptor["units"] |= units
        field = descriptors.field(descriptor, "observations", "unit")
        field["units"][printed] = meaning
        field["constraints"]["enum"].append(printed)

    describe(folder, change)


def commit(folder: Path) -> None:
    """Commit a package in the repository that it lies in."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["add", "."], ["commit", "-q", "-m", "Data"]):
        subprocess.run(["git", "-C", str(folder), *who, *command], check=True, capture_output=True)


def faults(folder: Path) -> str:
    """Why a package is refused, a line each."""
    with pytest.raises(DataFaults) as caught:
        load(folder)
    return str(caught.value)


def only(folder: Path, *expected: str) -> str:
    """The one fault of a package, which says all of these."""
    (line,) = faults(folder).splitlines()
    for part in expected:
        assert part in line
    return line
