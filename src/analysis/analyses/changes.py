"""What changed between two editions of the data: published figures, and all that is derived from them.

Pure functions from two Datasets to tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any

import pandas as pd

from analysis.analyses import growth, headlines
from analysis.analyses.findings import Finding, findings_of
from analysis.package import revisions
from analysis.package.dataset import Dataset
from analysis.quantity import IncompatibleUnits, Quantity

ADDED, CHANGED, WITHDRAWN, RESTATED = KINDS = ("added", "changed", "withdrawn", "restated")
KEY = ["subject", "indicator", "period"]
FIRST_PAGE, CHAPTER, DATA_CHAPTER = PLACES = ("first page", "chapter", "data chapter")
SHARES = ("%", "percentage_point")


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


# ---------------------------------------------------------------- what matters most


def leading(old: Dataset, new: Dataset, n: int = 5) -> pd.DataFrame:
    """The changes that matter most, the first of them first.

    The rule: what leads the first page comes before a finding of a chapter, and that before a published figure which
    the data chapter alone prints; in each of these places, what moved further comes first. A share moves by percentage
    points, an amount by per cent of what it was, and a point counts as much as a per cent. Of bounds each moves for
    itself and the wider move counts; a bound that is open in either edition, or was 0, has no move. Left out are what
    has no move at all, and what rests on no other figure than a change before it: the mirror of a share that is listed.

    Returns at most ``n`` rows: ``place`` (one of PLACES), ``subject``, ``measure`` (an indicator, or the measure of a
    finding), ``old`` and ``new`` (Quantity), ``low`` and ``high``: how far each bound moved (Fraction, percentage
    points of a share and per cent of an amount), None where it has no move. A figure of a new period moved from that of
    the period it is compared with (`growth.series`).
    """
    rows: list[tuple[object, ...]] = []
    for place, subject, measure, before, now in _pairs(*_in_one_form(old, new)):
        moves = move(before, now)
        if any(moves):
            rows.append((place, subject, measure, before, now, *moves))
    rows.sort(key=lambda row: (PLACES.index(str(row[0])), -max(abs(m) for m in row[5:] if isinstance(m, Fraction))))
    bases = [set(row[4].sources) for row in rows]  # type: ignore[attr-defined]
    own = (row for i, row in enumerate(rows) if not any(bases[i] <= base for base in bases[:i]))
    columns = ["place", "subject", "measure", "old", "new", "low", "high"]
    return pd.DataFrame(list(islice(own, n)), columns=columns, dtype=object)


def move(old: Quantity, new: Quantity) -> tuple[Fraction | None, Fraction | None]:
    """How far the lower and the upper bound moved: see `leading`. Neither did where the units are of two kinds."""
    try:
        converted = new.to(old.unit)
    except IncompatibleUnits:
        return None, None
    points = old.unit in SHARES
    return _step(old.low, converted.low, points), _step(old.high, converted.high, points)


def _step(old: Fraction | None, new: Fraction | None, points: bool) -> Fraction | None:
    if old is None or new is None or not (points or old):
        return None
    return new - old if points else (new - old) / abs(old) * 100


def _pairs(old: Dataset, new: Dataset) -> Iterator[tuple[str, str, str, Quantity, Quantity]]:
    """What both editions have, by place: on the first page the latest figure of each, of whatever period."""
    before, now = headlines.headlines(old), headlines.headlines(new)
    for indicator in now.index.intersection(before.index):
        if (subject := now.at[indicator, "subject"]) == before.at[indicator, "subject"]:
            yield FIRST_PAGE, subject, str(indicator), before.at[indicator, "value"], now.at[indicator, "value"]
    moved, figures = findings(old, new), published(old, new)
    for place, table, measure in ((CHAPTER, moved, "measure"), (DATA_CHAPTER, figures, "indicator")):
        for row in table.to_dict("records"):
            was = _of_the_period_before(new, row) if row.get("change") == ADDED else row["old"]
            if isinstance(was, Quantity) and isinstance(row["new"], Quantity):
                yield place, row["subject"], row[measure], was, row["new"]


def _of_the_period_before(data: Dataset, figure: dict[str, Any]) -> Quantity | None:
    """What a figure of a new period is compared with: see `growth.series`."""
    series = growth.series(data, figure["indicator"], figure["subject"])
    against = series.loc[series["period"] == figure["period"], "against"]
    return data.value(figure["subject"], figure["indicator"], against.iloc[0]) if any(against) else None


# ---------------------------------------------------------------- counts and plain values


def summary(figures: pd.DataFrame, moved: pd.DataFrame) -> dict[str, int]:
    """How much changed: a number for each of KINDS, for ``findings`` without verdicts, and ``verdicts``.

    figures: of `published`. moved: of `findings`.
    """
    verdicts = int((moved["measure"] == "verdict").sum())
    counts = {kind: int((figures["change"] == kind).sum()) for kind in KINDS}
    return {**counts, "findings": len(moved) - verdicts, "verdicts": verdicts}


def document(old: Dataset, new: Dataset) -> dict[str, Any]:
    """What changed, as values that JSON can hold: ``summary``, ``leading``, ``names`` (of `revisions.renamed`),
    ``published`` and ``findings``.

    A Quantity becomes an object with its bounds (numbers, null where open), unit, strictness and sources.
    """
    figures, moved = published(old, new), findings(old, new)
    return {
        "summary": summary(figures, moved),
        "leading": _records(leading(old, new)),
        "names": _records(revisions.renamed(old, new)),
        "published": _records(figures),
        "findings": _records(moved),
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.reset_index(drop=table.index.name is None).to_dict("records")
    return [{column: _plain(cell) for column, cell in row.items()} for row in rows]


def _plain(cell: object) -> object:
    if isinstance(cell, tuple):
        return list(cell)
    if isinstance(cell, Fraction):
        return float(cell)
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
