"""One board: what the zones contribute to their city.

Pure functions from a Dataset to tables whose cells are `Quantity` (or None where nothing is
published).
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pandas as pd

from analysis.package.dataset import Dataset, months
from analysis.quantity import Quantity, highest, rounded

WHOLE = Quantity.point(100, "%")
CITY_SHARES = (
    "share_above_scale_output",
    "share_fixed_asset_investment",
    "share_outside_capital",
    "share_foreign_capital",
    "share_projects_signed",
)


def city_shares(data: Dataset) -> pd.DataFrame:
    """The zones' shares of their city and what is left to the rest of it.

    Returns a row an indicator of CITY_SHARES, largest share first, those that are not published last; columns
    ``share`` and ``remainder`` (= 100 % - share), both Quantity in %, ``period``, and ``change`` against the
    period before (see `series`); None where nothing is published.
    """
    rows = {}
    for indicator in CITY_SHARES:
        through_time = series(data, indicator, data.group)
        if through_time.empty:
            rows[indicator] = (None, None, None, None)
            continue
        period, share, change = through_time.iloc[-1]
        rows[indicator] = (share, (WHOLE - share).described("100 % − share"), period, change)
    order = sorted(rows, key=lambda key: -((rows[key][0].high or rows[key][0].low) if rows[key][0] else -1))
    columns = ["share", "remainder", "period", "change"]
    table = pd.DataFrame([rows[key] for key in order], index=order, columns=columns, dtype=object)
    return table.where(table.notna(), None)


def largest_holder(data: Dataset, indicator: str) -> str | None:
    """The zone with the largest published share of an indicator; None when no zone publishes one."""
    return highest({zone: data.value(zone, indicator) for zone in data.zones.index})


def ranks(data: Dataset) -> pd.DataFrame:
    """Published ranks in the provincial assessment, best first.

    Returns a row a zone; columns ``rank``, ``of`` (zones assessed), ``percentile`` (%): the part of
    the zones assessed that ranks behind it, (n - rank) / n; None unless both are exact.
    """
    rows = {}
    assessed = data.value(data.province, "provincial_zones")
    for zone in data.zones.index:
        rank = data.value(zone, "assessment_rank")
        if rank is None:
            continue
        percentile = None
        if assessed is not None and assessed.is_point and rank.is_point:
            behind = Quantity.point(assessed.value - rank.value, "item", (*assessed.sources, *rank.sources))
            percentile = (behind / Quantity.point(assessed.value, "item")).to("%")
            percentile = percentile.described("(zones assessed − rank) ÷ zones assessed")
        rows[zone] = (rank, assessed, percentile)
    order = sorted(rows, key=lambda zone: rows[zone][0].high or rows[zone][0].low)
    return pd.DataFrame([rows[zone] for zone in order], index=order, columns=["rank", "of", "percentile"], dtype=object)


def _foreign_capital(data: Dataset) -> tuple[Quantity | None, dict[str, Quantity | None]]:
    """The share of all zones and that of each zone, of the latest period in which a zone's is published too; no
    share at all where one of them is only a bound, as squares of bounds tell little."""
    for period in reversed(data.periods(data.group, "share_foreign_capital")):
        whole = data.value(data.group, "share_foreign_capital", period)
        shares = {zone: data.value(zone, "share_foreign_capital", period) for zone in data.zones.index}
        published = [share for share in shares.values() if share is not None]
        if published and all(share.is_point for share in (whole, *published)):
            return whole, shares
    return None, dict.fromkeys(data.zones.index)


def foreign_capital_hhi(data: Dataset) -> Quantity | None:
    """Bounds on the Herfindahl–Hirschman index of foreign capital among the zones (0 to 1).

    HHI = sum of squared shares. Only the largest share is published for a single zone, so the rest of
    the zones' total is spread evenly over the other zones for the lower bound, and given to a single
    one of them for the upper bound. Shares are of the zones' own total. None when a share is missing.
    """
    whole, shares = _foreign_capital(data)
    published = [share for share in shares.values() if share is not None]
    unpublished = len(shares) - len(published)
    if whole is None or not whole.value:
        return None
    known = [share.value / whole.value for share in published]
    rest = max(Fraction(0), 1 - sum(known))
    squares = sum(share**2 for share in known)
    low = squares + (rest**2 / unpublished if unpublished else 0)
    sources = (*(s for share in published for s in share.sources), *whole.sources)
    high = squares + (rest**2 if unpublished else 0)
    return Quantity(low, high, "1", sources=sources, formula="Σ share², the rest spread evenly … in one zone")


def foreign_capital_extremes(data: Dataset) -> pd.DataFrame:
    """The two distributions of foreign capital behind the bounds of the index.

    Returns a row a zone, columns ``even`` and ``single``: Quantity in % of the zones' total, for the
    unpublished rest spread evenly or held by one other zone (the first without a figure).
    """
    whole, known = _foreign_capital(data)
    if whole is None:
        return pd.DataFrame(columns=["even", "single"], dtype=object)
    missing = [zone for zone, share in known.items() if share is None]
    published = [share for share in known.values() if share is not None]
    rest = max(Fraction(0), whole.value - sum(share.value for share in published))
    rows = {}
    for zone, share in known.items():
        if share is not None:
            rows[zone] = (share, share)
        else:
            alone = rest if zone == missing[0] else 0
            rows[zone] = (
                Quantity.point(rest / len(missing), "%", whole.sources),
                Quantity.point(alone, "%", whole.sources),
            )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["even", "single"]).astype(object)


def consistent_totals(count: int, share: Fraction, decimals: int) -> list[int]:
    """Whole totals N for which ``count`` / N, in per cent, prints as ``share``.

    share: per cent as printed, with ``decimals`` places. 104 at 43.5 % fits 239 alone:
    104 / 43.55 % = 238.8 and 104 / 43.45 % = 239.4.
    """
    if count <= 0 or share <= 0:
        return []
    bounds = rounded(share, decimals, "%")
    first = ceil(Fraction(count) * 100 / bounds.high)
    if bounds.low <= 0:
        raise ValueError("a share that may be zero fits any total")
    last = floor(Fraction(count) * 100 / bounds.low)
    return list(range(max(first, count), last + 1))


def signed_totals(data: Dataset) -> Quantity | None:
    """The city's number of newly signed projects that the zones' number and share allow.

    Returns a Quantity in items from the smallest to the largest whole total; None when either figure
    is missing or no whole number fits.
    """
    pair = data.together((data.group, "projects_signed"), (data.group, "share_projects_signed"))
    if pair is None or not all(figure.is_point for figure in pair):
        return None
    signed, share = pair
    totals = consistent_totals(int(signed.value), share.value, data.printed_decimals(share.sources[0]))
    if not totals:
        return None
    return Quantity(
        Fraction(totals[0]),
        Fraction(totals[-1]),
        "item",
        sources=(*signed.sources, *share.sources),
        formula="whole totals whose share rounds to the printed one",
    )


def coverage(data: Dataset) -> pd.DataFrame:
    """How many figures are published of each zone, by indicator.

    Returns zones × indicators (only indicators published for at least one zone), whole numbers.
    """
    observations = data.observations[data.observations["subject"].isin(data.zones.index)]
    counts = pd.crosstab(observations["subject"], observations["indicator"])
    order = [indicator for indicator in data.indicators.index if indicator in counts.columns]
    return counts.reindex(index=data.zones.index, columns=order, fill_value=0).astype(int)


def location_quotients(data: Dataset) -> pd.DataFrame:
    """Location quotients of the zones, where they are defined.

    LQ = the zone's share of the city's amount ÷ the zone's share of the city's reference amount (here
    above-scale output). It needs both for one zone. Returns a row a zone and an indicator for which both
    are published: columns ``zone``, ``indicator``, ``quotient``; empty when no zone has both.
    """
    rows = [
        (zone, indicator, (pair[0] / pair[1]).to("1"))
        for zone in data.zones.index
        for indicator in CITY_SHARES[1:]
        if (pair := data.together((zone, indicator), (zone, CITY_SHARES[0]))) is not None
    ]
    return pd.DataFrame(rows, columns=["zone", "indicator", "quotient"])


def group_quotients(data: Dataset) -> pd.DataFrame:
    """Concentration of each share relative to above-scale output, for all zones together.

    Returns a row an indicator of CITY_SHARES but the first, column ``quotient``: share ÷ share of above-scale
    output, None unless both are published. Above 1, the zones hold more of it than of output.
    """
    rows = {}
    for indicator in CITY_SHARES[1:]:
        pair = data.together((data.group, indicator), (data.group, CITY_SHARES[0]))
        quotient = (pair[0] / pair[1]).to("1") if pair else None
        rows[indicator] = quotient and quotient.described("share ÷ share of above-scale output")
    return pd.DataFrame({"quotient": pd.Series(rows, dtype=object)})


UNRANKED = ("layout", "governance")  # groups of indicators of which more is not more


def published(data: Dataset, zone: str) -> pd.DataFrame:
    """Every published figure of a zone and its place among the zones.

    Returns a row an indicator: ``value`` (Quantity), ``period``, ``place`` (1 = highest; for a rank
    1 = best) and ``among`` (zones with a figure that can be ordered); place is None unless two or more
    zones have one, and for groups of indicators that are UNRANKED.
    """
    rows = []
    for indicator in data.indicators.index:
        value = data.value(zone, indicator)
        if value is None:
            continue
        period = data.periods(zone, indicator)[-1]
        known = {other: data.value(other, indicator, period) for other in data.zones.index}
        known = {other: q for other, q in known.items() if q is not None and q.is_point}
        place = None
        if len(known) > 1 and zone in known and data.indicators.loc[indicator, "group"] not in UNRANKED:
            own = known[zone].value
            best_is_low = data.indicators.loc[indicator, "kind"] == "rank"
            place = 1 + sum((q.value < own) if best_is_low else (q.value > own) for q in known.values())
        rows.append((indicator, value, period, place, len(known)))
    return pd.DataFrame(rows, columns=["indicator", "value", "period", "place", "among"], dtype=object).set_index(
        "indicator"
    )


def series(data: Dataset, indicator: str, subject: str | None) -> pd.DataFrame:
    """A figure through time, oldest period first.

    Returns a row a period: ``period`` (ISO 8601), ``value`` (Quantity in the printed unit) and ``change``:
    the difference to the latest earlier period of the same length, a Quantity in the unit of the value, for
    a share in percentage points. None where there is no such period, as a month or five of them do not
    compare with a year.
    """
    is_share = data.indicators["kind"].get(indicator) == "share"
    rows: list[tuple] = []
    before: dict[int, Quantity] = {}
    for period in data.periods(subject, indicator):
        value, length, change = data.value(subject, indicator, period), months(period), None
        if length in before:
            change = value - before[length]
            change = change.to("percentage_point") if is_share else change
            change = change.described("figure − figure of the earlier period of the same length")
        before[length] = value
        rows.append((period, value, change))
    return pd.DataFrame(rows, columns=["period", "value", "change"], dtype=object)
