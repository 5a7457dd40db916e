"""One chain: the industry chains of the zones, their stages and firms. Pure functions."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from analysis.analyses.projects import by_zone
from analysis.package.coding import listed
from analysis.package.dataset import Dataset
from analysis.quantity import Answer, Quantity, same

MATURITIES = ("formed", "forming", "planned")
DISPUTED = "disputed"  # the source words the state in more ways than one
STATES = (*MATURITIES, DISPUTED)
LEAD, RELIED_ON = "lead", "relied_on"


def state(maturity: str) -> str:
    """One of STATES: what all places of the source say of a chain, or that they differ.

    >>> chains.state("forming; forming"), chains.state("forming; formed")
    ('forming', 'disputed')
    """
    said = set(listed(maturity))
    return said.pop() if len(said) == 1 else DISPUTED


def links(data: Dataset) -> pd.DataFrame:
    """Zone → chain → stage → firm.

    Returns a row a link (and one for a chain without any): ``zone``, ``chain``, ``state`` (one of STATES),
    ``stage`` (number or None), ``stage_en``, ``stage_zh``, ``firm``, ``role`` (lead, relied_on, member, partner),
    ``and_others`` (True where the source goes on with "and others").

    >>> chains.links(data).loc[0, ["chain", "firm", "role"]].tolist()
    ['beipiao-food', 'hongfa', 'lead']
    """
    joined = _states(data).rename_axis("chain").reset_index().merge(data.links, on="chain", how="left")
    joined = joined.astype(object).where(joined.notna(), None)
    return joined[["zone", "chain", "state", "stage", "stage_en", "stage_zh", "firm", "role", "and_others"]]


def _states(data: Dataset) -> pd.DataFrame:
    return data.chains[["zone"]].assign(state=[state(said) for said in data.chains["maturity"]])


def dependence(data: Dataset) -> pd.DataFrame:
    """What the source says of each chain, and which firms it leans on.

    Returns a row a chain: ``zone``, ``state``, ``printed`` (the source's words), ``leads`` and ``relied_on`` (Quantity:
    firms named in that role, a lower bound where the source adds "and others"), ``stages`` (named),
    ``single_lead`` (True where exactly one lead is named, and no others are said to be).

    >>> chains.dependence(data)["single_lead"][["kazuo-semiconductor", "lingyuan-steel"]].tolist()
    [True, False]
    """
    rows, printed = {}, data.chains["printed"]
    for chain, row in _states(data).iterrows():
        own = data.links[data.links["chain"] == chain]
        leads, relied_on = (_named(own[own["role"] == role]) for role in (LEAD, RELIED_ON))
        single = same(leads, Quantity.point(1, "item")) is Answer.YES
        rows[chain] = (row.zone, row.state, printed[chain], leads, relied_on, own["stage"].nunique(), single)
    columns = ["zone", "state", "printed", "leads", "relied_on", "stages", "single_lead"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _named(own: pd.DataFrame) -> Quantity:
    """How many firms are named; at least so many where the list goes on."""
    named = Fraction(own["firm"].nunique())
    return Quantity(named, None if own["and_others"].eq(True).any() else named, "item")


def by_state(data: Dataset) -> pd.DataFrame:
    """Chains of each zone by state: zones × STATES, whole numbers (0 where none is named).

    >>> chains.by_state(data).loc["jianping"].to_dict()
    {'formed': 1, 'forming': 3, 'planned': 0, 'disputed': 1}
    """
    states = _states(data)
    counts = pd.crosstab(states["zone"], states["state"])
    return counts.reindex(index=data.zones.index, columns=list(STATES), fill_value=0)


def ladder(data: Dataset) -> pd.DataFrame:
    """The ladder of firms, where published: zones with any rung × the indicators in the role ladder, Quantity or
    None.

    >>> float(chains.ladder(data).at["kazuo", "hightech_firms"].value)
    43.0
    """
    return by_zone(data, data.with_role("ladder"))
