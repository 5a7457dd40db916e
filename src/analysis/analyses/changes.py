"""What changed between two editions of the data: published figures, and all that is derived from them.

Pure functions from two Datasets to tables.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.analyses.findings import Finding, findings_of
from analysis.package.dataset import Dataset
from analysis.quantity import IncompatibleUnits, Quantity

ADDED, CHANGED, WITHDRAWN, RESTATED = KINDS = ("added", "changed", "withdrawn", "restated")
KEY = ["subject", "indicator", "period"]


def _in_one_form(old: Dataset, new: Dataset) -> tuple[Dataset, Dataset]:
    """Tables and columns that only one edition has are empty in the other, so that analyses read both."""
    return _completed(old, new), _completed(new, old)


def _completed(data: Dataset, other: Dataset) -> Dataset:
    tables = {name: table.head(0) for name, table in other.tables.items()}
    for name, table in data.tables.items():
        columns = other.tables[name].columns if name in other.tables else []
        tables[name] = table.assign(**{column: None for column in columns if column not in table})
    return replace(data, tables=tables)


# ---------------------------------------------------------------- published figures


def published(old: Dataset, new: Dataset) -> pd.DataFrame:
    """Published figures that were added, changed, withdrawn or restated, in the order of the new edition.

    Returns a row a figure, indexed by observation id: ``subject``, ``indicator``, ``period``, ``change``
    (one of KINDS), ``old`` and ``new`` (Quantity in the printed unit, None on the side without it) and
    ``fields``, the columns that differ. A figure is changed when a bound of the amount is another one,
    restated when the amount is the same and anything else of the row differs: status, locator, the unit
    or the decimals printed.
    """
    before, after = _rows(old), _rows(new)
    rows = {}
    for key in [*after, *(key for key in before if key not in after)]:
        first, second = before.get(key), after.get(key)
        fields = _differing(first, second) if first and second else ()
        if first and second and not fields:
            continue
        amounts = old.quantities.get(key), new.quantities.get(key)
        row = second or first or {}
        rows[key] = (*(row[column] for column in KEY), _change(*amounts), *amounts, fields)
    columns = [*KEY, "change", "old", "new", "fields"]
    table = pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype=object)
    return table.rename_axis("id")


def _rows(data: Dataset) -> dict[str, dict[str, Any]]:
    return dict(zip(data.observations.index, data.observations.to_dict("records"), strict=True))


def _differing(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """Columns that both editions have and that are printed differently: 43.5 and 43.50 are two prints."""
    return tuple(column for column in new if column in old and str(old[column]) != str(new[column]))


def _change(old: Quantity | None, new: Quantity | None) -> str:
    if old is None:
        return ADDED
    if new is None:
        return WITHDRAWN
    # of an amount, "over" and "at least" are the same bound
    bounds = replace(old, low_strict=new.low_strict, approximate=new.approximate)
    return RESTATED if _same(bounds, new) else CHANGED


def _same(old: Finding | None, new: Finding | None) -> bool:
    """Whether two findings say the same, whatever figures they come from and in which unit."""
    if not (isinstance(old, Quantity) and isinstance(new, Quantity)):
        return old == new
    try:
        converted = new.to(old.unit)
    except IncompatibleUnits:
        return False
    return replace(converted, sources=()) == replace(old, sources=())


# ---------------------------------------------------------------- findings


def findings(old: Dataset, new: Dataset) -> pd.DataFrame:
    """Everything derived that moved, in the order of the chapters.

    Returns a row a finding, indexed by its stable name ``analysis.subject.measure``: ``analysis`` (the
    chapter), ``subject``, ``measure``, ``old`` and ``new``: Quantity, whole number or id; None on the side
    that does not have it.
    """
    old, new = _in_one_form(old, new)
    before, after = findings_of(old), findings_of(new)
    keys = [*after, *(key for key in before if key not in after)]
    moved = [key for key in keys if not _same(before.get(key), after.get(key))]
    # what only the old edition has goes to its chapter, not to the end
    chapters = list(dict.fromkeys(key[0] for key in keys))
    moved.sort(key=lambda key: chapters.index(key[0]))
    return pd.DataFrame(
        [(*key, before.get(key), after.get(key)) for key in moved],
        index=[".".join(key) for key in moved],
        columns=["analysis", "subject", "measure", "old", "new"],
        dtype=object,
    ).rename_axis("id")


# ---------------------------------------------------------------- counts and plain values


def summary(figures: pd.DataFrame, moved: pd.DataFrame) -> dict[str, int]:
    """How much changed: a number for each of KINDS, for ``findings`` without verdicts, and ``verdicts``.

    figures: of `published`. moved: of `findings`.
    """
    verdicts = int((moved["measure"] == "verdict").sum())
    counts = {kind: int((figures["change"] == kind).sum()) for kind in KINDS}
    return {**counts, "findings": len(moved) - verdicts, "verdicts": verdicts}


def document(old: Dataset, new: Dataset) -> dict[str, Any]:
    """What changed, as values that JSON can hold: ``summary``, ``published`` and ``findings``.

    A Quantity becomes an object with its bounds (numbers, null where open), unit, strictness and sources.
    """
    figures, moved = published(old, new), findings(old, new)
    return {
        "summary": summary(figures, moved),
        "published": _records(figures),
        "findings": _records(moved),
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{column: _plain(cell) for column, cell in row.items()} for row in table.reset_index().to_dict("records")]


def _plain(cell: object) -> object:
    if isinstance(cell, tuple):
        return list(cell)
    if not isinstance(cell, Quantity):
        return cell
    return {
        "low": None if cell.low is None else float(cell.low),
        "high": None if cell.high is None else float(cell.high),
        "unit": cell.unit,
        "low_strict": cell.low_strict,
        "high_strict": cell.high_strict,
        "approximate": cell.approximate,
        "sources": list(cell.sources),
    }
