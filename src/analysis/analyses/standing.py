"""How the zones of a city stand among all that are ranked, and among the first. Pure functions."""

from __future__ import annotations

import pandas as pd

from analysis.analyses.statistics import statistic
from analysis.package.dataset import Dataset


def standing(data: Dataset) -> pd.DataFrame:
    """The city's part of all zones ranked and of the first places, of the latest period that has both.

    Returns a row a band, all ranked before the first: its number of places as the index, ``zones`` (Quantity),
    ``share`` (Quantity, per cent) and ``period``; empty unless there are at least two.

    >>> {places: float(row.share.value) for places, row in standing.standing(data).iloc[1:].iterrows()}
    {30: 20.0, 10: 30.0}
    """
    counted = data.indicators[data.indicators["within"].notna()]
    ranked = data.indicators["ranked_among"].reindex(counted["counts"]).dropna()
    named = [(data.city, str(indicator), "of_above") for indicator in ranked.unique()]
    named += [(data.group, str(indicator), "of_first") for indicator in counted.index]
    rows = {}
    for subject, indicator, name in named:
        zones, share = data.value(subject, indicator), statistic(data, f"{subject}.{indicator}:{name}")
        if zones is not None and share is not None and share.is_point and zones.value:
            rows[round(zones.value * 100 / share.value)] = (zones, share, data.latest(subject, indicator))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["zones", "share", "period"])
    table = table[table["period"] == table["period"].max()].sort_index(ascending=False)
    return table if len(table) > 1 else table.head(0)
