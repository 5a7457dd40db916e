"""What a zone was approved for, on how much land and for which industries, beside what is reported of it later.

The two are of different years, so that no panel holds them. A formula that takes both is named, each input stands in
its table beside the period that it is of, and nothing is ranked by the result.
"""

from __future__ import annotations

import pandas as pd

from analysis.analyses.economics import featured, in_role
from analysis.model.panel import level
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, formula

COLUMNS = ["period", "approved_area", "as_of"]  # of the other input; the area; of the area


def _approved(data: Dataset, zone: str | None, other: Quantity | None) -> tuple[str, Quantity, str] | None:
    """The period of the other input, the approved area and its period; None where either is not published."""
    area = in_role(data, zone, "approved_area")
    if other is None or area is None:
        return None
    return str(data.period_of(other)), area, str(data.period_of(area))


@formula(words="firms ÷ approved area")
def per_area(data: Dataset) -> pd.DataFrame:
    """Firms of a zone for each km² of its approved area.

    Returns a row for each zone with an approved area and each number of its resident firms, or of a part of them:
    ``zone``, ``indicator``, ``value``, COLUMNS and ``per_area`` (per km²).

    >>> approval.per_area(data).loc[0, ["zone", "period", "as_of"]].tolist()
    ['beipiao', '2025-07', '2018']
    """
    whole = data.indicators["part_of"]
    rungs = [i for i in data.with_role("ladder") if whole[i] is not None or i in set(whole)]
    rows = []
    for zone in map(str, data.zones.index):
        for indicator in rungs:
            count = level(data, zone, indicator)
            if count is not None and (inputs := _approved(data, zone, count)):
                per_area = (count / inputs[1]).to("item/km^2").described("firms ÷ approved area")
                rows.append((zone, indicator, count, *inputs, per_area))
    return pd.DataFrame(rows, columns=["zone", "indicator", "value", *COLUMNS, "per_area"], dtype=object)


@formula(words="site area ÷ approved area of the zone")
def of_approved(data: Dataset) -> pd.DataFrame:
    """The land of featured projects against the approved area of their zone, whether or not they lie within it.

    Returns a row a project with both: ``zone``, ``site_area`` in the unit of the area, COLUMNS and ``of_approved``
    (%).

    >>> float(approval.of_approved(data).at["tuobituo-feed", "of_approved"].to("%").value)  # 50 mu of 403 ha
    0.8271298593879239
    """
    rows = {}
    for project in featured(data):
        zone, site = data.projects.at[project, "zone"], in_role(data, project, "site_area")
        if site is not None and (inputs := _approved(data, zone, site)):
            part = (site / inputs[1]).to("%").described("site area ÷ approved area of the zone")
            rows[project] = (zone, site.to(inputs[1].unit), *inputs, part)
    columns = ["zone", "site_area", *COLUMNS, "of_approved"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(object)


def industries(data: Dataset) -> pd.DataFrame:
    """How many of the industries that a zone was approved for are among its chains by the same word.

    Returns zones with any such industry × ``industries``, ``chains`` and ``in_both`` (chains), whole numbers.

    >>> approval.industries(data).loc["lingyuan"].to_dict()
    {'industries': 3, 'chains': 1, 'in_both': 1}
    """
    own = data.industries.groupby("zone", sort=False)["chain"]
    table = pd.DataFrame({"industries": own.size(), "in_both": own.nunique()}).reindex(data.zones.index).dropna()
    table.insert(1, "chains", data.chains["zone"].value_counts().reindex(table.index, fill_value=0))
    return table.astype(int)
