"""What is wrong with a data package, said so that whoever typed the figure can mend it.

Each kind of fault (F) and of warning (W) has a code and a slug, which never change their meaning; `faults.csv` is the
one place that says what they mean and what to do.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of fault, in both languages. example: what stands in a table and is at fault."""

    code: str
    slug: str
    meaning_en: str
    meaning_zh: str
    example: str
    remedy_en: str
    remedy_zh: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Slug -> kind of fault, in the order of the codes.

    >>> kinds()["share-above-100"].code
    'F012'
    """
    table = files("analysis.package").joinpath("faults.csv").read_text("utf-8")
    return {row["slug"]: Kind(**row) for row in csv.DictReader(table.splitlines())}


@dataclass(frozen=True)
class Fault:
    """One fault of the data, located as Excel shows it (the heading is row 1). slug: names its kind."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    slug: str

    def __post_init__(self) -> None:
        kinds()[self.slug]  # a kind that the table does not have is a slip of ours: found where it is made

    @property
    def code(self) -> str:
        """The code of its kind, such as F012."""
        return kinds()[self.slug].code

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        found = f" {_shown(self.value)}:" if self.value is not None else ""
        return f"{', '.join(place)}:{found} {_in_one_line(self.expected)} [{self.code} {self.slug}]"


def _shown(value: str) -> str:
    value = value if len(value) <= 60 else value[:57] + "..."
    return repr(value) if value else "(empty)"


def _in_one_line(text: str) -> str:
    """The text with whatever would break the line, or turn it around, escaped: it may quote a hostile cell."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


class DataFaults(Exception):
    """The data package cannot be used. ``faults`` lists why; str() gives a line each."""

    def __init__(self, faults: list[Fault]):
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.row or 0))
        super().__init__("\n".join(map(str, self.faults)))

    def within(self, folder: str) -> DataFaults:
        """The same faults, with ``folder`` named before each file: for where two packages are read."""
        return DataFaults([replace(fault, file=f"{folder}/{fault.file}") for fault in self.faults])
