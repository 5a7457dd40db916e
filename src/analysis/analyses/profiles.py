"""Each zone of its own, and all zones side by side. Pure functions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.analyses.city import coverage
from analysis.model.panel import panel
from analysis.package.dataset import Dataset
from analysis.package.periods import Span
from analysis.quantity import Quantity

MOST = 6  # indicators that stand side by side at most: more do not fit a page


def _is_ordered(data: Dataset, indicator: str) -> bool:
    """Whether more or less of an indicator is better, so that zones have a place in it."""
    return bool(data.indicators.at[indicator, "better"] != "none")


def less_is_better(data: Dataset, indicator: str) -> bool:
    """Whether the first place belongs to the smallest figure, as among ranks.

    >>> profiles.less_is_better(data, "assessment_rank")
    True
    """
    return smaller_first(data.indicators.loc[indicator])


def smaller_first(indicator: pd.Series) -> bool:
    """The same of a row of the indicators.

    >>> profiles.smaller_first(pd.Series({"better": None, "kind": "rank"}))
    True
    """
    return bool((indicator["better"] or {"rank": "less"}.get(indicator["kind"])) == "less")


@dataclass(frozen=True)
class _Board:
    """The exact figures of all zones in an indicator and span, and their ends in order: approximate ones have two."""

    exact: dict[str, Quantity]
    lows: list[Fraction]
    highs: list[Fraction]

    def place(self, zone: str, *, less: bool) -> int:
        """One more than the zones that certainly stand before it."""
        own = self.exact[zone]
        if less:
            return 1 + (bisect_left(self.highs, own.low) if own.low is not None else 0)
        return 1 + (len(self.lows) - bisect_right(self.lows, own.high) if own.high is not None else 0)


def _board(data: Dataset, indicator: str, at: Span) -> _Board:
    """It is asked for by every zone, and they are thousands: it is kept with the dataset, which does not change."""
    kept: dict[tuple[str, Span], _Board] = vars(data).setdefault("_boards", {})
    if (indicator, at) not in kept:
        now = panel(data, indicator, data.zones.index, at)
        exact = {zone: q.widened() for zone, q in (now.values if now else {}).items() if q.is_point}
        lows, highs = (sorted(getattr(q, end) for q in exact.values()) for end in ("low", "high"))
        kept[indicator, at] = _Board(exact, lows, highs)
    return kept[indicator, at]


def published(data: Dataset, zone: str) -> pd.DataFrame:
    """Every published figure of a zone and its place among the zones that publish one of the same span.

    Returns a row an indicator: ``value`` (Quantity), ``period``, ``place`` (1 = best) and ``among`` (zones with an
    exact figure); place is None unless two or more zones have one, where no order makes sense, and of a rank, which
    is a place already.

    >>> profiles.published(level, "airport")["place"].to_dict()
    {'output': 7, 'investment': 3, 'employment': 7}
    """
    rows = {}
    for indicator in data.indicators.index:
        value = data.value(zone, indicator)
        if value is None:
            continue
        period = data.latest(zone, indicator)
        board = _board(data, indicator, data.footing(indicator, str(period)))
        place = None
        is_rank = data.indicators.at[indicator, "kind"] == "rank"
        if len(board.exact) > 1 and zone in board.exact and _is_ordered(data, indicator) and not is_rank:
            place = board.place(zone, less=less_is_better(data, indicator))
        rows[indicator] = (value, period, place, len(board.exact))
    columns = ["value", "period", "place", "among"]
    table = pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype=object)
    return table.where(table.notna(), None)


def side_by_side(data: Dataset) -> pd.DataFrame:
    """All zones, a row each, in what can be compared between them.

    Returns zones × ``figures`` (published of the zone), ``chains`` and ``named_projects`` (whole numbers, where any is
    named), then up to MOST indicators that two zones report or more, those that most report first: Quantity on one
    footing, or None.

    >>> list(profiles.side_by_side(level).columns)
    ['figures', 'output', 'investment', 'employment']
    """
    known = coverage(data)
    table = pd.DataFrame(index=data.zones.index, dtype=object)
    table["figures"] = known.sum(axis=1).astype(int)
    for name, column in (("chains", "chains"), ("projects", "named_projects")):
        if data.tables[name].empty:
            continue
        counted = data.tables[name]["zone"].value_counts()
        table[column] = [int(counted.get(zone, 0)) for zone in table.index]
    ordered = [indicator for indicator in known.columns if _is_ordered(data, indicator)]
    found = {i: now for i in ordered if (now := panel(data, i, data.zones.index)) and len(now.values) > 1}
    most = sorted(found, key=lambda i: -len(found[i].values))[:MOST]
    for indicator in [i for i in known.columns if i in most]:
        cells: list[Quantity | None] = [found[indicator].values.get(zone) for zone in table.index]
        table[indicator] = pd.Series(cells, index=table.index, dtype=object).where(lambda c: c.notna(), None)
    return table


def best_known(coverage: pd.Series) -> str | None:
    """The zone of which most figures are published; None where several are equal or none is known.

    coverage: number of figures of each zone.

    >>> profiles.best_known(pd.Series({"east": 3, "west": 5}))
    'west'
    """
    most = coverage.index[coverage == coverage.max()]
    return str(most[0]) if len(most) == 1 and coverage.max() > 0 else None
