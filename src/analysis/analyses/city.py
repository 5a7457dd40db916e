"""What the zones are to their city: shares, ranks, whole totals behind rounded shares, and what is known of which.

Pure functions from a Dataset to tables whose cells are `Quantity` (or None where nothing is published).
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pandas as pd

from analysis.analyses.growth import series
from analysis.model.panel import panel
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, formula

WHOLE = Quantity.point(100, "%")


def share_indicators(data: Dataset) -> list[str]:
    """The indicators that are shares of the city and published for all zones together, in the order of the data.

    >>> city.share_indicators(data)[0]
    'share_above_scale_output'
    """
    shares = data.indicators[(data.indicators["kind"] == "share") & (data.indicators["base"] == "city")]
    return [str(key) for key in shares.index if (data.group or "", key) in data.spans]


def city_shares(data: Dataset) -> pd.DataFrame:
    """The zones' shares of their city and what is left to the rest of it.

    Returns a row for each of `share_indicators`, largest share first; columns ``share`` and ``remainder``
    (= 100 % − share), both Quantity in %, ``period``, ``change`` and ``against`` (see `growth.series`).

    >>> float(city.city_shares(data).at["share_projects_signed", "remainder"].value)
    56.5
    """
    rows = {}
    for indicator in share_indicators(data):
        period, share, change, against = series(data, indicator, data.group).iloc[-1]
        rows[indicator] = (share, (WHOLE - share).described("100 % − share"), period, change, against)
    columns = ["share", "remainder", "period", "change", "against"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(object)
    table = table.loc[sorted(rows, key=lambda key: -rows[key][0].reach)]
    return table.where(table.notna(), None)


def rank_indicators(data: Dataset) -> list[str]:
    """The indicators of kind rank that any zone reports.

    >>> city.rank_indicators(data)
    ['assessment_rank']
    """
    ranks = data.indicators.index[data.indicators["kind"] == "rank"]
    return [str(key) for key in ranks if panel(data, key, data.zones.index) is not None]


@formula(latex=r"\frac{n - k}{n}", words="(number ranked − rank) ÷ number ranked")
def percentile(rank: Quantity, ranked: Quantity | None) -> Quantity | None:
    """The part of those ranked that stands behind, in %; None unless both are exact.

    >>> float(city.percentile(Quantity.point(21), Quantity.point(84)).value)
    75.0
    """
    if ranked is None or not ranked.is_point or not rank.is_point:
        return None
    behind = Quantity.point(ranked.value - rank.value, ranked.unit, (*ranked.sources, *rank.sources))
    return (behind / ranked).to("%").described("(number ranked − rank) ÷ number ranked")


def ranks(data: Dataset, indicator: str) -> pd.DataFrame:
    """Published ranks of the zones, best first, on one footing.

    Returns a row a zone; columns ``rank``, ``of`` (the number ranked, of the same span, of the widest place above
    that publishes it) and ``percentile`` (see `percentile`); None where one is missing.

    >>> list(city.ranks(data, "assessment_rank").index)
    ['beipiao', 'jianping', 'kazuo']
    """
    now = panel(data, indicator, data.zones.index)
    rows = {}
    for zone, rank in now.values.items() if now else ():
        of = number_ranked(data, zone, indicator, now.span.iso) if now else None
        rows[zone] = (rank, of, percentile(rank, of))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["rank", "of", "percentile"]).astype(object)
    table = table.loc[sorted(rows, key=lambda zone: rows[zone][0].reach)]
    return table.where(table.notna(), None)


def number_ranked(data: Dataset, subject: str, indicator: str, period: str) -> Quantity | None:
    """How many a rank is among, of the widest place above a subject that publishes it: a city may count its own zones.

    >>> city.number_ranked(data, "beipiao", "assessment_rank", "2024").value
    Fraction(84, 1)
    """
    among = data.indicators.at[indicator, "ranked_among"]
    above = reversed(list(data.above(subject))) if among else ()
    ranked = (data.value(place, among, data.footing(among, period)) for place in above)
    return next((q for q in ranked if q is not None), None)


@formula(
    latex=r"\frac{k}{p+\varepsilon} \;\le\; N \;\le\; \frac{k}{p-\varepsilon}, \qquad N \in \mathbb{N}",
    words="whole totals whose share rounds to the printed one",
)
def consistent_totals(count: int, share: Fraction, decimals: int) -> list[int]:
    """Whole totals N for which ``count`` / N, in per cent, prints as ``share``.

    share: per cent as printed, with ``decimals`` places. 104 at 43.5 % fits 239 alone:
    104 / 43.55 % = 238.8 and 104 / 43.45 % = 239.4.

    >>> city.consistent_totals(104, Fraction("43.5"), 1)
    [239]

    Raises ValueError for a share that may be zero, which fits any total.
    """
    if count <= 0 or share <= 0:
        return []
    half = Fraction(1, 2 * 10**decimals)
    least, most = share - half, share + half
    if least <= 0:
        raise ValueError("a share that may be zero fits any total")
    first, last = ceil(Fraction(count) * 100 / most), floor(Fraction(count) * 100 / least)
    return list(range(max(first, count), last + 1))


@formula(latex=r"\frac{x}{x^{*}}", words="figure ÷ target")
def targets(data: Dataset) -> pd.DataFrame:
    """Targets of places and zones, and how far they are fulfilled.

    Returns a row a target figure, in the order of the data: ``subject``, ``indicator``, ``period``, ``target``,
    ``realised_figure`` (that of the same span that is to reach it) and ``fulfilled`` (%); None where it is not out.

    >>> float(city.targets(example).at[0, "fulfilled"].value)
    105.0
    """
    rows = []
    for (subject, indicator), spans in data.spans.items():
        aim = data.indicators.at[indicator, "target_of"]
        for at, key in spans.items() if aim is not None else ():
            target, reached = data.quantities[key], panel(data, aim, [subject], at)
            realised = reached.values[subject] if reached and reached.status == "realised" else None
            done = (realised / target).to("%").described("figure ÷ target") if realised and target.low else None
            rows.append((subject, aim, data.observations.at[key, "period"], target, realised, done))
    columns = ["subject", "indicator", "period", "target", "realised_figure", "fulfilled"]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return table.where(table.notna(), None)


def silent(data: Dataset) -> dict[str, list[str]]:
    """Of each source that prints figures of single zones, the zones of which it prints none.

    >>> city.silent(data)["article"]
    ['lingyuan', 'liucheng', 'chaoyang-edz']
    """
    of_zones = data.observations[data.observations["subject"].isin(data.zones.index)]
    told = of_zones.groupby("source", sort=False)["subject"].agg(set)
    missing = {str(source): [str(z) for z in data.zones.index if z not in known] for source, known in told.items()}
    return {source: zones for source, zones in missing.items() if zones}


def coverage(data: Dataset) -> pd.DataFrame:
    """How many figures are published of each zone, by indicator.

    Returns zones × indicators (only indicators published for at least one zone), whole numbers.

    >>> city.coverage(level).loc["harbour"].to_dict()
    {'output': 3, 'investment': 3, 'employment': 1}
    """
    observations = data.observations[data.observations["subject"].isin(data.zones.index)]
    counts = pd.crosstab(observations["subject"], observations["indicator"])
    order = [indicator for indicator in data.indicators.index if indicator in counts.columns]
    return counts.reindex(index=data.zones.index, columns=order, fill_value=0).astype(int)
