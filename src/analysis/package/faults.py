"""What is wrong with a data package, said so that whoever typed the figure can mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace


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
        return f"{', '.join(place)}:{found} {_in_one_line(self.expected)}"


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
