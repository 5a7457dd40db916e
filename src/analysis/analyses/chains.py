"""One chain: the industry chains of the zones, their stages and firms. Pure functions."""

from __future__ import annotations

import pandas as pd

from analysis.analyses.projects import by_zone
from analysis.package.dataset import Dataset

MATURITIES = ("formed", "forming", "planned")


def links(data: Dataset) -> pd.DataFrame:
    """Zone → chain → stage → firm.

    Returns a row a link (and one for a chain without any): ``zone``, ``chain``, ``maturity``,
    ``stage`` (number or None), ``stage_en``, ``stage_zh``, ``firm``, ``role`` (lead, member, partner).

    >>> chains.links(data).loc[0, ["chain", "firm", "role"]].tolist()
    ['beipiao-food', 'hongfa', 'lead']
    """
    chains = data.chains[["zone", "maturity"]].rename_axis("chain").reset_index()
    joined = chains.merge(data.links.drop(columns="locator"), on="chain", how="left")
    joined = joined.astype(object).where(joined.notna(), None)
    columns = ["zone", "chain", "maturity", "stage", "stage_en", "stage_zh", "firm", "role"]
    return joined[columns]


def dependence(data: Dataset) -> pd.DataFrame:
    """How many firms anchor each chain.

    Returns a row a chain: ``zone``, ``maturity``, ``anchors`` (lead firms named), ``named_firms`` (all
    firms named), ``stages`` (stages named), ``single_anchor`` (True when exactly one lead firm is named).

    >>> chains.dependence(data).at["kazuo-semiconductor", "single_anchor"].item()
    True
    """
    rows = {}
    for chain, row in data.chains.iterrows():
        own = data.links[data.links["chain"] == chain]
        firms = own[own["firm"].notna()]
        anchors = int((firms["role"] == "lead").sum())
        rows[chain] = (row.zone, row.maturity, anchors, len(firms), own["stage"].nunique(), anchors == 1)
    columns = ["zone", "maturity", "anchors", "named_firms", "stages", "single_anchor"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def by_maturity(data: Dataset) -> pd.DataFrame:
    """Chains of each zone by maturity: zones × MATURITIES, whole numbers (0 where none is named).

    >>> chains.by_maturity(data).loc["jianping"].to_dict()
    {'formed': 2, 'forming': 1, 'planned': 1}
    """
    counts = pd.crosstab(data.chains["zone"], data.chains["maturity"])
    return counts.reindex(index=data.zones.index, columns=list(MATURITIES), fill_value=0)


def ladder(data: Dataset) -> pd.DataFrame:
    """The ladder of firms, where published: zones with any rung × the indicators in the role ladder, Quantity or
    None.

    >>> float(chains.ladder(data).at["kazuo", "hightech_firms"].value)
    43.0
    """
    return by_zone(data, data.with_role("ladder"))
