"""Which indicators a chapter walks through, and what no chapter shows."""

from __future__ import annotations

from analysis.package.dataset import Dataset
from analysis.package.descriptor import groups

RANK = "rank"


def chapter_of(data: Dataset, indicator: str) -> str:
    """The chapter that shows an indicator, by its group."""
    return groups(data.descriptor)[str(data.indicators.at[indicator, "group"])]["chapter"]


def indicators(data: Dataset, chapter: str | None = None) -> list[str]:
    """The indicators that any zone reports, of one chapter or of all, in the order of the groups and of the data.
    Ranks have a section of their own."""
    order = list(groups(data.descriptor))
    reported = {indicator for subject, indicator in data.spans if subject in data.zones.index}
    found = [str(key) for key in data.indicators.index if key in reported and data.indicators.at[key, "kind"] != RANK]
    found = [key for key in found if chapter in (None, chapter_of(data, key))]
    return sorted(found, key=lambda key: order.index(str(data.indicators.at[key, "group"])))
