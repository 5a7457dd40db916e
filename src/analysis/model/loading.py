"""A data package, read and found free of contradictions."""

from __future__ import annotations

from pathlib import Path

from analysis.model.contradictions import contradictions
from analysis.package import dataset
from analysis.package.dataset import Dataset
from analysis.package.faults import DataFaults


def load(folder: str | Path | None = None) -> Dataset:
    """Read the data package in ``folder`` (default: $ANALYSIS_DATA, else the repository's data/) and check it: row by
    row, and whether its figures can all be true together.

    >>> load().group
    'all-zones'

    Raises DataFaults with every fault found.
    """
    data = dataset.load(folder)
    if faults := contradictions(data):
        raise DataFaults(faults)
    return data
