"""One board: what each zone contributes, in any indicator that zones report.

Pure functions of `model.zones.Zones` to tables whose cells are `Quantity`, or None where nothing is known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd

from analysis.model.variables import ADDITIVE
from analysis.model.zones import Zones
from analysis.quantity import Answer, Quantity, exceeds, formula, same


@formula(latex=r"s_i = \frac{x_i}{\sum_j x_j}", words="zone ÷ all zones")
def share_of_group(zones: Zones) -> dict[str, Quantity | None]:
    """Each zone's share of all zones together, in %; None where a figure or the total is missing, and for every
    zone where one may be negative: parts of which some are below zero are no shares.

    >>> float(contributions.share_of_group(zones(level, "investment"))["harbour"].value)
    27.5
    """
    return _shares(zones, zones.group, "zone ÷ all zones")


@formula(latex=r"c_i = \frac{x_i}{x_{city}}", words="zone ÷ city")
def share_of_city(zones: Zones) -> dict[str, Quantity | None]:
    """Each zone's share of the city, in %; as `share_of_group`. A published share is one already.

    >>> round(float(contributions.share_of_city(zones(level, "output"))["harbour"].value), 2)
    26.79
    """
    if zones.kind == "share":
        return dict.fromkeys(zones.every)
    return _shares(zones, zones.city, "zone ÷ city")


def _shares(zones: Zones, whole: Quantity | None, words: str) -> dict[str, Quantity | None]:
    parts = zones.every
    # of a total without an upper end no share says anything
    if (
        whole is None
        or whole.high is None
        or not exceeds(whole, 0)
        or zones.kind not in (*ADDITIVE, "share")
        or _negative(parts.values())
    ):
        return dict.fromkeys(parts)
    return {zone: _part(q, whole, words) for zone, q in parts.items()}


def _part(part: Quantity | None, whole: Quantity, words: str) -> Quantity | None:
    if part is None or (whole.unit == "%" and same(whole, Quantity.point(100, "%")) is Answer.YES):
        return part  # a share of the whole is one already
    share = (part / whole).to("%").described(words)
    # bounds that do not know of each other can pass the whole
    return share.within(Quantity(Fraction(0), Fraction(100), "%"))


def _negative(parts: Iterable[Quantity | None]) -> bool:
    return any(q is not None and (q.low is None or q.low < 0) for q in parts)


@formula(latex=r"1 + \#\{j : x_j > x_i\}", words="one more than the zones that certainly stand before it")
def places(zones: Zones, *, less_is_better: bool = False) -> dict[str, Quantity | None]:
    """Each zone's place among all zones, 1 the best, as far as the bounds tell: a zone whose figure lies between
    those of others has a place between bounds. None where any place is possible.

    >>> float(contributions.places(zones(level, "investment"))["airport"].value)
    3.0
    """
    known = {zone: q.to(zones.published.unit).widened() for zone, q in zones.every.items() if q is not None}
    found: dict[str, Quantity | None] = dict.fromkeys(zones.every)
    # sorted ends instead of pairs: a register has thousands of zones
    lows = sorted((q.low, q.low_strict) for q in known.values() if q.low is not None)
    highs = sorted((q.high, not q.high_strict) for q in known.values() if q.high is not None)
    points = Counter(q.value for q in known.values() if q.is_point)
    for zone, own in known.items():
        larger = 0 if own.high is None else len(lows) - bisect_left(lows, (own.high, not own.high_strict))
        below = bisect_right if own.low_strict else bisect_left
        smaller = 0 if own.low is None else below(highs, (own.low, True))
        level = points[own.value] - 1 if own.is_point else 0
        above, behind = (smaller, larger) if less_is_better else (larger, smaller)
        if above or behind or level or len(zones.every) == 1:
            last = Fraction(len(zones.every) - behind - level)
            place = Quantity(Fraction(1 + above), last, "1", implied=own.implied, sources=own.sources)
            found[zone] = place.described("one more than the zones that certainly stand before it")
    return found


def ranking(zones: Zones, *, less_is_better: bool = False) -> pd.DataFrame:
    """The zones in an indicator, the best first, those without a figure last.

    Returns zones × ``value`` (published or implied), ``share_of_group`` and ``share_of_city`` (%), ``place`` (1 the
    best, a bound where figures are bounds); each Quantity or None.

    >>> list(contributions.ranking(zones(level, "investment")).index)[:3]
    ['harbour', 'east', 'airport']
    """
    of_group, of_city, at = share_of_group(zones), share_of_city(zones), places(zones, less_is_better=less_is_better)

    def order(zone: str) -> tuple[bool, bool, object]:
        value = zones.every[zone]
        if value is None:
            return True, True, 0
        return False, value.implied, value.reach if less_is_better else -value.reach

    index = sorted(zones.every, key=order)
    rows = [(zones.every[zone], of_group[zone], of_city[zone], at[zone]) for zone in index]
    return _table(rows, index, ["value", "share_of_group", "share_of_city", "place"])


def gap_to_whole(zones: Zones) -> Quantity | None:
    """What the rest of the city has: city − all zones; None unless both are known.

    >>> float(contributions.gap_to_whole(zones(level, "output")).to("1e8 CNY").value)
    140.0
    """
    if zones.city is None or zones.group is None or zones.kind not in ADDITIVE:
        return None
    return (zones.city - zones.group).described("city − all zones")


@formula(
    latex=r"LQ_i = \frac{x_i / X}{y_i / Y}",
    words="share of the indicator ÷ share of the reference",
)
def location_quotients(zones: Zones, reference: Zones) -> dict[str, Quantity | None]:
    """Location quotients of the zones: their share of all zones (or of the city, where both totals are known) in an
    indicator over the same share in a reference of the same universe and span.

    Source of the formula: Isserman (1977). None for a zone that lacks one of the four.

    >>> float(contributions.location_quotients(zones(level, "output"), zones(level, "employment"))["harbour"].value)
    1.25
    """
    of_city = zones.city is not None and reference.city is not None
    whole, base = (zones.city, reference.city) if of_city else (zones.group, reference.group)
    found: dict[str, Quantity | None] = dict.fromkeys(zones.every)
    # what stands at a time is held against what was made up to it
    if whole is None or base is None or zones.span.last != reference.span.last:
        return found
    for zone, own in zones.published.values.items():
        other = reference.published.values.get(zone)
        if other is not None and exceeds(other, 0):
            quotient = (own / whole) / (other / base)
            found[zone] = quotient.to("1").described("share of the indicator ÷ share of the reference")
    return found


def _table(rows: Sequence[tuple[Quantity | None, ...]], index: list[str], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, index=index, columns=columns, dtype=object)
    return table.where(table.notna(), None)
