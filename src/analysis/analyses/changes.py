"""What changed between two editions of the data: published figures, and all that is derived from them.

Pure functions from two Datasets to tables. `findings_of` walks the tables that the analyses return, so that
a new column of an analysis is compared without a change here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.analyses import (
    chains,
    city,
    claims,
    concentration,
    contributions,
    economics,
    growth,
    profiles,
    projects,
    walk,
)
from analysis.model.zones import zones
from analysis.package.dataset import DataFaults, Dataset, Fault
from analysis.package.descriptor import Resource
from analysis.quantity import IncompatibleUnits, Quantity

ADDED, CHANGED, WITHDRAWN, RESTATED = KINDS = ("added", "changed", "withdrawn", "restated")
PAYBACK_YEARS = 5
# columns of analyses that tell what a row is about, or count and list what is published: no findings
DESCRIPTIONS = {
    "period",
    "against",
    "among",
    "list",
    "statement_en",
    "statement_zh",
    "subject",
    "rule",
    "locator",
    "figures",
}
KEY = ["subject", "indicator", "period"]

Key = tuple[str, str, str]
Finding = Quantity | int | str


def _in_one_form(old: Dataset, new: Dataset) -> tuple[Dataset, Dataset]:
    """Tables and columns that only one edition has are empty in the other, so that analyses read both.

    Raises DataFaults when a column is missing that the other edition requires.
    """
    faults = [*_missing(old, new, "old"), *_missing(new, old, "new")]
    if faults:
        raise DataFaults(faults)
    return _completed(old, new), _completed(new, old)


def _missing(data: Dataset, other: Dataset, which: str) -> Iterator[Fault]:
    """A fault for each required column of ``other`` that ``data`` lacks in a table of its own."""
    own = {resource["name"]: _columns(resource) for resource in data.descriptor["resources"]}
    for resource in other.descriptor["resources"]:
        for column, required in _columns(resource).items():
            if required and column not in own.get(resource["name"], {column}):
                expected = f"missing from the {which} edition and required in the other: the two cannot be compared"
                yield Fault(resource["path"], None, column, None, expected)


def _columns(resource: Resource) -> dict[str, bool]:
    """The columns of a table, and whether each is required."""
    fields = resource["schema"]["fields"]
    return {field["name"]: bool(field.get("constraints", {}).get("required")) for field in fields}


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
    that does not have it. Raises DataFaults when the editions differ in a column that one of them requires.
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


def findings_of(data: Dataset) -> dict[Key, Finding]:
    """Every finding of an edition by chapter, subject and measure.

    Cells of the analyses' tables are findings, except gaps, DESCRIPTIONS and figures taken over from the
    data as they are, which `published` compares. A measure that needs a second subject names it first:
    ``hightech_firms.place``.
    """
    return {
        (chapter, subject, measure): cell
        for chapter, table in _tables(data)
        for subject, measure, cell in _cells(table)
        if not _is_published(cell)
    }


def _is_published(cell: Finding) -> bool:
    """Whether a finding is a figure as a source has it, whatever the unit."""
    return isinstance(cell, Quantity) and len(cell.sources) == 1 and not (cell.formula or cell.implied)


def _cells(table: pd.DataFrame) -> Iterator[tuple[str, str, Finding]]:
    """Subject, measure and value of each cell that holds a finding; the index names the subject."""
    kept = [column for column in table.columns if column not in DESCRIPTIONS]
    for label, row in zip(table.index, table[kept].itertuples(index=False, name=None), strict=True):
        subject, *of = label if isinstance(label, tuple) else (label,)
        for column, cell in zip(kept, row, strict=True):
            if not pd.isna(cell):
                # whole numbers and truth values of a typed column are numpy's
                yield subject, ".".join([*of, str(column)]), cell.item() if hasattr(cell, "item") else cell


def _tables(data: Dataset) -> Iterator[tuple[str, pd.DataFrame]]:
    """Chapter and table of each analysis.

    Left out are tables that count or repeat what is published: `city.coverage`, `chains.ladder`,
    `projects.capacities`, `projects.innovation`.
    """
    yield "one-board", city.city_shares(data)
    for indicator in city.rank_indicators(data):
        yield "one-board", city.ranks(data, indicator)
    yield from (("one-board", table) for table in _of_zones(data))
    dependence, maturity = chains.dependence(data), chains.by_maturity(data)
    yield "one-chain", dependence
    yield "one-chain", _of_all(data, single_anchor_chains=int(dependence["single_anchor"].sum()))
    yield "one-chain", maturity
    yield "one-chain", _of_all(data, **maturity.sum())
    links = chains.links(data)
    # a stage without a firm is counted in `stages`
    yield "one-chain", links[links["firm"].notna()].set_index(["chain", "firm"])[["role"]]
    yield "one-drive", projects.pipeline(data)
    yield "one-drive", projects.counts(data).set_index(["subject", "period"])
    yield "one-drive", projects.by_stage(data)
    yield "one-drive", projects.timeline(data).set_index(["project", "event"])
    yield "project-economics", economics.measures(data)
    margins = economics.required_margin(data, [PAYBACK_YEARS])
    yield "project-economics", margins.add_prefix("required_margin_")
    places = {zone: profiles.published(data, zone) for zone in data.zones.index}
    yield "zone-profiles", pd.concat(places)
    yield "claims", claims.verdicts(data)


def _of_zones(data: Dataset) -> Iterator[pd.DataFrame]:
    """What follows for each indicator that zones report, a row a zone (or all of them) and indicator."""
    for indicator in walk.indicators(data):
        found = zones(data, indicator)
        if found is None:
            continue
        ranking = contributions.ranking(found, less_is_better=profiles.less_is_better(data, indicator))
        growth_ = growth.contributions_to_growth(found).rename(index={"all": data.group})
        for table in (
            ranking,
            growth_.drop(columns=["now", "then"]),
            _of_all(data, **concentration.concentration(found)),
        ):
            yield table.set_axis(pd.MultiIndex.from_product([table.index, [indicator]]), axis="index")


def _of_all(data: Dataset, **values: Finding | None) -> pd.DataFrame:
    """Findings about all zones together as a table of one row."""
    return pd.DataFrame([values], index=[data.group], dtype=object)


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
    Raises DataFaults as `findings` does.
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
