"""Which indicators a chapter walks through, what all zones and their city have in them, and what is left over."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.model.implied import implied
from analysis.model.panel import panel
from analysis.model.variables import ADDITIVE
from analysis.package.dataset import Dataset
from analysis.package.descriptor import groups
from analysis.package.periods import Span
from analysis.quantity import Quantity

RANK = "rank"


def chapter_of(data: Dataset, indicator: str) -> str:
    """The chapter that shows an indicator, by its group."""
    return groups(data.descriptor)[str(data.indicators.at[indicator, "group"])]["chapter"]


def _of_chapter(data: Dataset, chapter: str | None) -> list[str]:
    """The indicators of a chapter in the order of their groups, then of the data."""
    order = list(groups(data.descriptor))
    found = [str(key) for key in data.indicators.index if chapter in (None, chapter_of(data, key))]
    return sorted(found, key=lambda key: order.index(str(data.indicators.at[key, "group"])))


def indicators(data: Dataset, chapter: str | None = None) -> list[str]:
    """The indicators that any zone reports, of one chapter or of all, in the order of the groups and of the data.
    Ranks have a section of their own."""
    reported = {indicator for subject, indicator in data.spans if subject in data.zones.index}
    return [i for i in _of_chapter(data, chapter) if i in reported and data.indicators.at[i, "kind"] != RANK]


def totals(data: Dataset, chapter: str) -> pd.DataFrame:
    """What all zones have, what their city has, and what that leaves to the rest of it.

    Returns a row an indicator of the chapter of which two of the three are known at one span, published or implied:
    ``period``, ``all_zones``, ``city``, ``remainder`` and ``share`` (% of the city), each a Quantity.
    """
    rows = {}
    for indicator in _of_chapter(data, chapter):
        now = panel(data, indicator, [data.group]) or panel(data, indicator, [data.city])
        if now is None or str(data.indicators.at[indicator, "kind"]) not in ADDITIVE:
            continue
        zones, city = (_known(data, place, indicator, now.span) for place in (data.group, data.city))
        if zones is None or city is None:
            continue
        city = city.to(now.unit)
        rest = (city - zones.to(now.unit)).described("city − all zones")
        share = _printed_share(data, indicator, now.span)
        if share is None and city.low:
            share = (zones / city).to("%").described("all zones ÷ city")
        written = data.period_of(next(iter(now.values.values())))
        rows[indicator] = (written, zones.to(now.unit), city, rest, share)
    columns = ["period", "all_zones", "city", "remainder", "share"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(object)
    return table.where(table.notna(), None)


def _printed_share(data: Dataset, indicator: str, span: Span) -> Quantity | None:
    """The zones' share of the city as a source prints it."""
    shares = data.indicators[(data.indicators["share_of"] == indicator) & (data.indicators["base"] == "city")]
    return next((q for key in shares.index if (q := data.value(data.group, key, span)) is not None), None)


def _known(data: Dataset, subject: str | None, indicator: str, span: Span) -> Quantity | None:
    if (published := data.value(subject, indicator, span)) is not None:
        return published
    found = implied(data).get((subject or "", indicator, span))
    return found.quantity if found else None


def others(data: Dataset, chapter: str, shown: Collection[str]) -> pd.DataFrame:
    """Figures of places and firms in a chapter's indicators other than ``shown``: what would else stand in the data
    alone.

    Returns a row a figure: ``subject``, ``indicator``, ``period`` and ``value`` (Quantity).
    """
    subjects = {*data.places.index, *data.firms.index}
    order = {indicator: at for at, indicator in enumerate(_of_chapter(data, chapter)) if indicator not in shown}
    found = [(*pair, key) for pair, spans in data.spans.items() for key in spans.values()]
    wanted = [row for row in found if row[1] in order and row[0] in subjects]
    rows = [
        (subject, indicator, data.observations.at[key, "period"], data.quantities[key])
        for subject, indicator, key in sorted(wanted, key=lambda row: order[row[1]])
    ]
    return pd.DataFrame(rows, columns=["subject", "indicator", "period", "value"], dtype=object)


def unshown(data: Dataset) -> list[str]:
    """The observations that no chapter shows: figures of places and firms in indicators of chapters that speak of
    zones or projects alone."""
    places = {*data.places.index, *data.firms.index}
    found: list[str] = []
    for (subject, indicator), spans in data.spans.items():
        if subject in places and chapter_of(data, indicator) in ("zone-profiles", "project-economics"):
            found += spans.values()
    return found


# the tables and topics of the story of which a chapter speaks beside its indicators; the others are in every book
OPTIONAL = {
    "one-chain": (("chains", "industries"), ("origins", "chains")),
    "one-drive": (("projects",), ("delivery", "openness", "drive")),
    "project-economics": (("projects",), ("economics",)),
    "claims": (("claims",), ()),
}


def has_chapter(data: Dataset, chapter: str) -> bool:
    """Whether the data have anything to show in a chapter."""
    if chapter not in OPTIONAL:
        return True
    tables, topics = OPTIONAL[chapter]
    told = data.story["topic"].isin(topics).any()
    measured = any(chapter_of(data, indicator) == chapter for _subject, indicator in data.spans)
    return bool(told or measured or any(len(data.tables[name]) for name in tables))
