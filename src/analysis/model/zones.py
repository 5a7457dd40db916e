"""One indicator of all zones, with the totals that they are part of and the figures of a year earlier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.model.implied import implied
from analysis.model.panel import Panel, before, panel, panels
from analysis.model.variables import ADDITIVE
from analysis.package.dataset import Dataset
from analysis.package.periods import Span
from analysis.quantity import Quantity, total


@dataclass(frozen=True)
class Zones:
    """What is known of an indicator for the zones of a city, on one footing.

    published: of the zones that report. every: of all zones, published or implied, None where nothing follows.
    group: of all zones together: published, or else implied. city: of the city. kind: of the indicator.
    earlier: the same a year or a span before, which a change is measured against; None where there is none.
    """

    indicator: str
    kind: str
    published: Panel
    every: dict[str, Quantity | None]
    group: Quantity | None
    city: Quantity | None
    earlier: Zones | None = None

    @property
    def span(self) -> Span:
        """The span of every figure."""
        return self.published.span

    @property
    def silent(self) -> list[str]:
        """Zones without a published figure on this footing."""
        return [zone for zone in self.every if zone not in self.published.values]


def zones(data: Dataset, indicator: str, when: Span | None = None) -> Zones | None:
    """The zones of the city in one indicator, at ``when`` or at the span that speaks for most; None where no zone
    reports it."""
    now = panel(data, indicator, data.zones.index, when)
    if now is None:
        return None
    then = before(data, now) if when is None else None
    found = _on_footing(data, now)
    if then is None:
        return found
    return Zones(**{**vars(found), "earlier": _on_footing(data, then)})


def through_time(data: Dataset, indicator: str) -> Iterator[Panel]:
    """The zones' figures at each span that is as long as the one of `zones`, oldest first."""
    now = panel(data, indicator, data.zones.index)
    for each in panels(data, indicator, data.zones.index):
        if now is not None and each.span.months == now.span.months and each.status == now.status:
            yield each


def _on_footing(data: Dataset, now: Panel) -> Zones:
    every = {str(zone): now.values.get(zone) or _known(data, str(zone), now) for zone in data.zones.index}
    kind = str(data.indicators.at[now.indicator, "kind"])
    group, city = (_known(data, place, now) for place in (data.group, data.city))
    if kind == "share" and data.indicators.at[now.indicator, "base"] == "group":
        group = Quantity.point(100, "%")  # they are shares of it already
    if group is None and kind in ADDITIVE and len(now.values) == len(every):
        group = total(now.values.values()).described("sum of the zones")
    return Zones(now.indicator, kind, now, every, group, city)


def _known(data: Dataset, subject: str | None, now: Panel) -> Quantity | None:
    """The published figure on the footing of a panel, or what follows for it from others."""
    if subject is None:
        return None
    alone = panel(data, now.indicator, [subject], now.span)
    if alone is not None and alone.status == now.status:
        return alone.values[subject].to(now.unit)
    found = implied(data).get((subject, now.indicator, now.span))
    return found.quantity.to(now.unit) if found and now.status == "realised" else None
