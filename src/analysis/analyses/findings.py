"""Everything that is derived from a data package, finding by finding, under names that stay.

`findings_of` walks the tables that the analyses return, so that a new column of an analysis is a finding without a
change here. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.analyses import (
    approval,
    chains,
    city,
    claims,
    concentration,
    contributions,
    economics,
    growth,
    payback,
    profiles,
    projects,
    walk,
)
from analysis.model.implied import rank_bands
from analysis.model.zones import zones
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity

CHAPTERS = ("one-board", "one-chain", "one-drive", "zone-profiles")  # those of indicators that zones report
PAYBACK_YEARS = 5
# columns of analyses that tell what a row is about, or count and list what is published: no findings
DESCRIPTIONS = {
    "period",
    "as_of",
    "grounds",
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

Key = tuple[str, str, str]
Finding = Quantity | int | str


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
    yield "one-board", city.targets(data).set_index(["subject", "indicator", "period"])
    for indicator in city.rank_indicators(data):
        yield "one-board", city.ranks(data, indicator)
        yield "one-board", _bands(data, indicator)
    for chapter in CHAPTERS:
        yield chapter, walk.totals(data, chapter)
        yield from ((chapter, table) for table in _of_zones(data, chapter))
    dependence, states = chains.dependence(data), chains.by_state(data)
    yield "one-chain", dependence.drop(columns="printed")
    yield "one-chain", _of_all(data, single_lead_chains=int(dependence["single_lead"].sum()))
    yield "one-chain", states
    yield "one-chain", _of_all(data, **states.sum())
    links = chains.links(data)
    # a stage without a firm is counted in `stages`
    yield "one-chain", links[links["firm"].notna()].set_index(["chain", "firm"])[["role"]]
    yield "one-chain", approval.per_area(data).set_index(["zone", "indicator"])
    yield "one-chain", approval.industries(data)[["industries", "in_both"]]
    yield "one-drive", projects.pipeline(data)
    yield "one-drive", projects.counts(data).set_index(["subject", "period"])
    yield "one-drive", projects.by_stage(data)
    yield "one-drive", projects.timeline(data).set_index(["project", "event"])[["date", "status"]]
    yield "project-economics", economics.measures(data)
    yield "project-economics", payback.margins(data, [PAYBACK_YEARS])
    yield "project-economics", approval.of_approved(data)[["of_approved"]]
    yield "zone-profiles", projects.dates(data, "zone").set_index(["zone", "event"])[["date", "status"]]
    places = {zone: profiles.published(data, zone) for zone in data.zones.index}
    yield "zone-profiles", pd.concat(places)
    yield "claims", claims.verdicts(data)


def _bands(data: Dataset, indicator: str) -> pd.DataFrame:
    """How many of the zones without a published rank stand in each band of ranks."""
    bands = rank_bands(data, indicator)
    names = [f"{row.low}–{row.high or ''}" for row in bands.itertuples()]
    return bands[["zones"]].set_axis(pd.MultiIndex.from_product([[data.group], [indicator], names]), axis="index")


def _of_zones(data: Dataset, chapter: str) -> Iterator[pd.DataFrame]:
    """What follows for each indicator of a chapter that zones report, a row a zone (or all of them) and indicator."""
    for indicator in walk.indicators(data, chapter):
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
