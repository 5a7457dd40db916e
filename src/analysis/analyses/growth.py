"""Growth: of each zone, of all together, and what each zone adds to the growth of all.

Change is measured against the same span a year earlier (同比), or else against the last earlier span of the same
length, which the tables then name. Pure functions to tables whose cells are `Quantity` or None.
"""

from __future__ import annotations

import pandas as pd

from analysis.model.panel import Panel, before, panel, panels
from analysis.model.variables import ADDITIVE
from analysis.model.zones import Zones
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds, formula, same
from analysis.quantity.comparison import Answer

COLUMNS = ["now", "then", "growth", "contribution_points", "contribution_share"]


@formula(latex=r"g_i = \frac{x_i - x_i^{0}}{x_i^{0}}", words="(figure − earlier figure) ÷ earlier figure")
def growth(now: Quantity | None, then: Quantity | None) -> Quantity | None:
    """Growth in %; None unless both are known and the earlier one is above zero.

    >>> float(growth.growth(Quantity.point(12), Quantity.point(10)).value)
    20.0
    """
    if now is None or then is None or not exceeds(then, 0):
        return None
    # one over, then less one: each of the two bounds stands once, so that the result is as narrow as it can be
    grown = (now / then).to("%") - Quantity.point(100, "%")
    return grown.described("(figure − earlier figure) ÷ earlier figure")


@formula(
    latex=r"p_i = \frac{x_i - x_i^{0}}{\sum_j x_j^{0}}",
    words="(figure − earlier figure) ÷ earlier figure of all zones",
)
def contribution_points(now: Quantity | None, then: Quantity | None, all_then: Quantity | None) -> Quantity | None:
    """What a zone adds to the growth of all, in percentage points. Those of all zones add up to their growth.

    >>> float(growth.contribution_points(*map(Quantity.point, (12, 10, 40))).value)
    5.0
    """
    if now is None or then is None or all_then is None or not exceeds(all_then, 0):
        return None
    points = ((now - then) / all_then).to("percentage_point")
    return points.described("(figure − earlier figure) ÷ earlier figure of all zones")


@formula(
    latex=r"q_i = \frac{x_i - x_i^{0}}{\sum_j \left(x_j - x_j^{0}\right)}",
    words="change of the zone ÷ change of all zones",
)
def contribution_share(
    now: Quantity | None, then: Quantity | None, all_now: Quantity | None, all_then: Quantity | None
) -> Quantity | None:
    """A zone's part of the change of all, in %; None where all together may not have changed.

    >>> float(growth.contribution_share(*map(Quantity.point, (12, 10, 50, 40))).value)
    20.0
    """
    if now is None or then is None or all_now is None or all_then is None:
        return None
    if same(all_now, all_then) is not Answer.NO:
        return None
    return ((now - then) / (all_now - all_then)).to("%").described("change of the zone ÷ change of all zones")


def contributions_to_growth(zones: Zones) -> pd.DataFrame:
    """Each zone's growth and what it adds to that of all; the zone that adds most first.

    Returns zones with a figure at both spans × COLUMNS (Quantity or None), and a last row ``all`` for all zones
    together where those totals are known; empty without earlier figures, and for kinds that do not add up.

    >>> round(float(growth.contributions_to_growth(zones(level, "output")).at["all", "growth"].value), 2)
    8.81
    """
    earlier = zones.earlier
    if earlier is None or zones.kind not in ADDITIVE:
        return pd.DataFrame(columns=COLUMNS, dtype=object)
    totals = zones.group, earlier.group
    rows: dict[str, tuple[Quantity | None, ...]] = {}
    for zone, now in zones.published.values.items():
        if (then := earlier.published.values.get(zone)) is not None:
            points = contribution_points(now, then, totals[1])
            rows[zone] = (now, then, growth(now, then), points, contribution_share(now, then, *totals))
    index = sorted(rows, key=lambda zone: -_size(rows[zone]))
    found = [rows[zone] for zone in index]
    if index and None not in totals:
        together = contribution_points(*totals, totals[1]), contribution_share(*totals, *totals)
        found.append((*totals, growth(*totals), *together))
        index.append("all")
    table = pd.DataFrame(found, index=index, columns=COLUMNS, dtype=object)
    return table.where(table.notna(), None)


def _size(row: tuple[Quantity | None, ...]) -> float:
    points, change = row[3], row[2]
    known = points if points is not None else change
    return float(known.reach) if known is not None else float("-inf")


def _change(data: Dataset, now: Panel) -> tuple[dict[str, Quantity], Panel | None]:
    """The difference of each figure of a panel to that of the panel before it (see `panel.before`), a share's in
    percentage points; and that panel, whose span tells what the change is against."""
    then = before(data, now)
    if then is None:
        return {}, None
    percent = str(data.indicators.at[now.indicator, "kind"]) in ("share", "rate")
    found = {}
    for subject, value in now.values.items():
        if subject in then.values:
            difference = value - then.values[subject].to(now.unit)
            difference = difference.to("percentage_point") if percent else difference
            found[subject] = difference.described("figure − earlier figure")
    return found, then


def series(data: Dataset, indicator: str, subject: str | None) -> pd.DataFrame:
    """A figure through time, oldest span first.

    Returns a row a span: ``period`` (ISO 8601, as the data write it), ``value``, ``change`` and ``against``, the
    period that the change is measured against; None where there is nothing to compare with.

    >>> growth.series(level, "output", "harbour").loc[2, ["period", "against"]].tolist()
    ['2024', '2023']
    """
    rows: list[tuple[object, ...]] = []
    for each in panels(data, indicator, [subject]):
        found, then = _change(data, each)
        against = then and data.period_of(then.values[str(subject)])
        rows.append(
            (data.period_of(each.values[str(subject)]), each.values[str(subject)], found.get(str(subject)), against)
        )
    table = pd.DataFrame(rows, columns=["period", "value", "change", "against"], dtype=object)
    return table.where(table.notna(), None)


def latest_change(data: Dataset, indicator: str, subject: str | None) -> Quantity | None:
    """How the latest figure changed; None where there is nothing to compare with.

    >>> float(growth.latest_change(level, "output", "harbour").to("1e8 CNY").value)
    18.0
    """
    now = panel(data, indicator, [subject])
    return _change(data, now)[0].get(str(subject)) if now else None
