"""A data package with something wrong in it, and what is said of that."""

from pathlib import Path

import pytest

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


def faults(folder: Path) -> str:
    """Why a package is refused, a line each."""
    with pytest.raises(DataFaults) as caught:
        load(folder)
    return str(caught.value)
