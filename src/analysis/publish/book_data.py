"""The data package that a process makes a book of, read once: pages and what extends them ask for it many times."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.package import dataset
from analysis.package.dataset import Dataset


def book_data() -> Dataset:
    """The package in the usual folder, as it was when it was asked for first. Raises DataFaults."""
    return _read(dataset.default_folder())


@cache
def _read(folder: Path) -> Dataset:
    return dataset.load(folder)
