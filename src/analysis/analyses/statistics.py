"""What follows from a figure, by name: the references and conditions of an author's own sentences.

``jianping.share_foreign_capital`` is a published figure, ``all-zones.projects_signed:rest`` what it leaves to the
rest of the city. A condition compares one with a number in its unit: ``jianping.share_foreign_capital > 50``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from analysis.analyses import concentration, contributions, growth, profiles, walk
from analysis.model.implied import implied, rank_bands
from analysis.model.panel import Panel, panel
from analysis.model.zones import Zones, zones
from analysis.package.dataset import Dataset
from analysis.quantity import Answer, Quantity, at_most, below, exceeds, same, unscaled

CONDITION = re.compile(r"\s*(?P<left>[\w.:-]+)\s*(?P<sign>>=|<=|=|>|<)\s*(?P<right>-?[0-9]+(?:\.[0-9]+)?)\s*")
SIGNS: dict[str, Callable[[Quantity, Quantity], Answer]] = {
    ">": lambda left, right: below(right, left),
    ">=": lambda left, right: at_most(right, left),
    "<": below,
    "<=": at_most,
    "=": same,
}


def statistic(data: Dataset, reference: str) -> Quantity | None:
    """The quantity that ``subject.indicator`` or ``subject.indicator:statistic`` names; None where it is not
    published or does not follow."""
    key, _, name = reference.partition(":")
    subject, _, indicator = key.partition(".")
    if not name:
        return data.value(subject, indicator)
    if name.startswith("unranked_"):
        return _unranked(data, indicator, name)
    return STATISTICS[name](data, subject, indicator) if name in STATISTICS else None


def holds(data: Dataset, condition: str | None) -> bool:
    """Whether every part of a condition, separated by ``;``, certainly holds; an empty one always does."""
    for part in (condition or "").split(";"):
        if not part.strip():
            continue
        match = CONDITION.fullmatch(part)
        left = statistic(data, match["left"]) if match else None
        if match is None or left is None:
            return False
        unit = unscaled(left.unit)
        if SIGNS[match["sign"]](left.to(unit), Quantity.point(match["right"], unit)) is not Answer.YES:
            return False
    return True


def _of_totals(column: str) -> Callable[[Dataset, str, str], Quantity | None]:
    def found(data: Dataset, _subject: str, indicator: str) -> Quantity | None:
        table = walk.totals(data, walk.chapter_of(data, indicator))
        return table.at[indicator, column] if indicator in table.index else None

    return found


def _of_zone(column: str) -> Callable[[Dataset, str, str], Quantity | None]:
    def found(data: Dataset, subject: str, indicator: str) -> Quantity | None:
        every = zones(data, indicator)
        if every is None:
            return None
        less = profiles.less_is_better(data, indicator)
        for table in (contributions.ranking(every, less_is_better=less), growth.contributions_to_growth(every)):
            row = "all" if subject == data.group else subject
            if column in table and row in table.index:
                cell: Quantity | None = table.at[row, column]
                return cell
        return None

    return found


def _of_group(name: str) -> Callable[[Dataset, str, str], Quantity | None]:
    def found(data: Dataset, _subject: str, indicator: str) -> Quantity | None:
        every: Zones | None = zones(data, indicator)
        return concentration.concentration(every).get(name) if every else None

    return found


def _implied(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    every = zones(data, indicator) or panel(data, indicator, [data.group, data.city])
    if every is None:
        return None
    found = implied(data).get((subject, indicator, every.span))
    return found.quantity if found else None


def _group(data: Dataset, indicator: str) -> Panel | None:
    return panel(data, indicator, [data.group])


def _mean(data: Dataset, _subject: str, indicator: str) -> Quantity | None:
    """What all zones have, spread evenly."""
    every = _group(data, indicator)
    if every is None:
        return None
    return (every.values[str(data.group)] / len(data.zones)).described("all zones ÷ number of zones")


def _others(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    """What all zones but one have together, in the span of the total."""
    every = _group(data, indicator)
    if every is None:
        return None
    follows = implied(data).get((subject, indicator, every.span))
    own = data.value(subject, indicator, every.span) or (follows.quantity if follows else None)
    if own is None:
        return None
    return (every.values[str(data.group)] - own.to(every.unit)).described("all zones − the zone")


def _others_mean(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    """The same, spread evenly over the other zones."""
    rest, others = _others(data, subject, indicator), len(data.zones) - 1
    return (rest / others).described("(all zones − the zone) ÷ number of the others") if rest and others else None


def _part(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    """The part that a figure is of the whole that its indicator names, in per cent."""
    period = data.latest(subject, indicator)
    whole = data.value(subject, data.indicators["part_of"].get(indicator), period)
    return _percent(data.value(subject, indicator, period), whole, words="part ÷ whole")


def _of_first(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    """The part of the first places of a ranking that a count of zones among them takes, in per cent."""
    places = data.indicators["within"].get(indicator)
    whole = None if places is None or pd.isna(places) else Quantity.point(places, "item")
    return _percent(data.value(subject, indicator), whole, words="zones among the first ÷ places")


def _of_above(data: Dataset, subject: str, indicator: str) -> Quantity | None:
    """The part of the nearest place above that has a figure of the same period, in per cent."""
    period = data.latest(subject, indicator)
    wholes = (data.value(place, indicator, period) for place in data.above(subject))
    return _percent(
        data.value(subject, indicator, period), next(filter(None, wholes), None), words="place ÷ place above"
    )


def _percent(part: Quantity | None, whole: Quantity | None, words: str) -> Quantity | None:
    return (part / whole).to("%").described(words) if part and whole and exceeds(whole, 0) else None


def _unranked(data: Dataset, indicator: str, name: str) -> Quantity | None:
    """How many zones without a printed rank lie in a band: ``unranked_11_30``, ``unranked_31``."""
    wanted = [int(part) for part in name.split("_")[1:]]
    for row in rank_bands(data, indicator).itertuples():
        if row.low == wanted[0] and (len(wanted) == 1 or row.high == wanted[1]):
            cell: Quantity = row.zones
            return cell
    return None


STATISTICS: dict[str, Callable[[Dataset, str, str], Quantity | None]] = {
    "rest": _of_totals("remainder"),
    "city": _of_totals("city"),
    "share": _of_totals("share"),
    "share_of_group": _of_zone("share_of_group"),
    "share_of_city": _of_zone("share_of_city"),
    "place": _of_zone("place"),
    "growth": _of_zone("growth"),
    "points": _of_zone("contribution_points"),
    "change": lambda data, subject, indicator: growth.latest_change(data, indicator, subject),
    "hhi": _of_group("hhi"),
    "cr1": _of_group("cr1"),
    "cr3": _of_group("cr3"),
    "implied": _implied,
    "mean": _mean,
    "others": _others,
    "others_mean": _others_mean,
    "part": _part,
    "of_first": _of_first,
    "of_above": _of_above,
}
