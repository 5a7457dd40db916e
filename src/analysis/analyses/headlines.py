"""What leads the first page: the figures that the data mark so, in their order. Pure functions."""

from __future__ import annotations

import pandas as pd

from analysis.analyses import city, concentration
from analysis.analyses.statistics import statistic
from analysis.analyses.walk import indicators
from analysis.model.panel import panel
from analysis.model.zones import Zones, zones
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds

HALF = 50  # per cent of all zones: a zone that holds more than it is the finding


def headlines(data: Dataset) -> pd.DataFrame:
    """The latest figure of each headline indicator for all zones together, or else for the city.

    Returns a row an indicator in the order of ``headline``: ``subject``, ``value`` (Quantity), ``of`` (Quantity that
    it is a part of, or None), ``ranked`` (of a count of the first ones: how many are ranked), ``period`` and ``kind``;
    what is not published is left out.

    >>> headlines.headlines(level)["period"].to_dict()
    {'output': '2024', 'investment': '2024'}
    """
    marked = data.indicators["headline"].dropna().sort_values()
    rows = {}
    for indicator in marked.index:
        for subject in (data.group, data.city):
            now = panel(data, indicator, [subject])
            if now is not None and subject is not None and subject in now.values:
                value, kind = now.values[subject], data.indicators.at[indicator, "kind"]
                whole, period = _whole(data, subject, str(indicator)), data.period_of(value)
                order = data.indicators.at[indicator, "counts"]
                ranked = city.number_ranked(data, subject, order, period) if order and period else None
                rows[str(indicator)] = (subject, value, whole, ranked, period, kind)
                break
    columns = ["subject", "value", "of", "ranked", "period", "kind"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(object)
    return table.where(table.notna(), None)


def _whole(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    """The zones of the city, of a count of zones among the first; the city's total, of what all zones have. One that
    is only implied does not stand at the size of a headline."""
    if pd.notna(data.indicators.at[indicator, "within"]):
        return Quantity.point(len(data.zones), "item")
    total = statistic(data, f"{subject}.{indicator}:city") if subject == data.group else None
    return total if total is not None and total.is_point and not total.implied else None


def most_uneven(data: Dataset) -> tuple[str, str, Zones] | None:
    """The first indicator, in the order of the chapters, of which a single zone certainly holds more than HALF of all:
    indicator, zone and `Zones`; None where there is none.

    >>> headlines.most_uneven(data)[:2]
    ('share_foreign_capital', 'jianping')
    """
    for indicator in indicators(data):
        found = zones(data, indicator)
        leading = concentration.concentration(found).get("cr1") if found else None
        if found is None or not exceeds(leading, HALF):
            continue
        from_most = max(found.published.values, key=lambda zone: found.published.values[zone].reach)
        return indicator, from_most, found
    return None
