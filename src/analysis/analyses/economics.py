"""What each featured project costs and yields: ratios of published figures.

`MEASURES` is the one list of the ratios: id, unit and formula. A ratio exists for a project when all
its inputs are published; its bounds follow from theirs. Output value is not value added, so no return
on investment is computed from it: `payback` turns the question round.

Formulas know their inputs by the roles that indicators take in the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.model.panel import level
from analysis.package.dataset import Dataset
from analysis.package.periods import Span, span
from analysis.quantity import Quantity, currency, highest, total, unscaled

YEAR = Quantity.point(1, "year")
SIX_DAY_WEEK = Quantity.point(313, "day/year")  # 365 × 6 / 7, in whole days


@dataclass(frozen=True)
class Measure:
    """A ratio of published figures.

    inputs: roles of the indicators that it needs. unit: what it is given in, ``money`` standing for the currency of
    the inputs and ``thing`` for what the last of them counts. words: the formula in words. compute: from the inputs'
    quantities, in order, to the result in any unit of the same kind.
    """

    inputs: tuple[str, ...]
    unit: str
    words: str
    compute: Callable[..., Quantity]


def _ratio(numerator: str, denominator: str, unit: str, words: str) -> Measure:
    return Measure((numerator, denominator), unit, words, lambda a, b: a / b)


MEASURES: dict[str, Measure] = {
    "investment_per_mu": _ratio("investment", "site_area", "money/mu", "total investment ÷ site area"),
    "investment_per_hectare": _ratio("investment", "site_area", "money/hectare", "total investment ÷ site area"),
    "fixed_investment_per_mu": _ratio(
        "fixed_asset_investment", "site_area", "money/mu", "fixed-asset investment ÷ site area"
    ),
    "fixed_investment_per_hectare": _ratio(
        "fixed_asset_investment", "site_area", "money/hectare", "fixed-asset investment ÷ site area"
    ),
    "fixed_share": _ratio("fixed_asset_investment", "investment", "%", "fixed-asset investment ÷ total investment"),
    "output_per_mu": _ratio("output_value", "site_area", "money/year/mu", "annual output value ÷ site area"),
    "output_per_hectare": _ratio("output_value", "site_area", "money/year/hectare", "annual output value ÷ site area"),
    "plot_ratio": _ratio("floor_area", "site_area", "1", "floor area ÷ site area"),
    "output_per_yuan": _ratio("output_value", "investment", "1/year", "annual output value ÷ total investment"),
    "jobs_per_100m": _ratio("jobs", "investment", "person/(1e8 money)", "jobs ÷ total investment"),
    "output_per_job": _ratio("output_value", "jobs", "money/year/person", "annual output value ÷ jobs"),
    "induced_jobs_ratio": _ratio("induced_jobs", "jobs", "1", "induced jobs ÷ jobs"),
    "mass_yield": _ratio("product", "intake", "%", "products ÷ material processed"),
    "mass_not_in_products": Measure(
        ("intake", "product"),
        "t/year",
        "material processed − products",
        lambda taken, made: taken - made.to(taken.unit),
    ),
    # a year's throughput over a day's: days of operation needed in one year
    "operating_days": Measure(
        ("annual_throughput", "daily_throughput"),
        "day",
        "yearly throughput ÷ daily throughput",
        lambda year, day: year * YEAR / day,
    ),
    "six_day_throughput": Measure(
        ("daily_throughput",),
        "thing/year",
        "daily throughput × 313 days, a year of six-day weeks",
        lambda day: day * SIX_DAY_WEEK,
    ),
    "implied_price": _ratio(
        "output_value", "annual_throughput", "money/thing", "annual output value ÷ yearly throughput"
    ),
    "six_day_price": Measure(
        ("output_value", "daily_throughput"),
        "money/thing",
        "annual output value ÷ (daily throughput × 313 days)",
        lambda value, day: value / (day * SIX_DAY_WEEK),
    ),
    "output_per_tonne": _ratio("output_value", "intake", "money/t", "annual output value ÷ material processed"),
}


def on_land(data: Dataset) -> tuple[str, str]:
    """The measures of investment and of output on the site: per mu where a site is printed in mu, else per hectare.

    >>> economics.on_land(data)
    ('investment_per_mu', 'output_per_mu')
    """
    sites = data.observations[data.observations["indicator"].isin(data.with_role("site_area"))]
    land = "mu" if any("mu" in data.units[unit].split() for unit in sites["unit"]) else "hectare"
    return f"investment_per_{land}", f"output_per_{land}"


def in_role(data: Dataset, project: str | None, role: str, as_of: Span | None = None) -> Quantity | None:
    """The figure of a project in a role: the latest, up to ``as_of``; of several indicators in one role, such as two
    products, their sum. None where nothing is published.

    >>> float(economics.in_role(data, "tongxin-slag", "product").to("t/year").value)
    850000.0
    """
    found = [level(data, project, indicator, as_of) for indicator in data.with_role(role)]
    known = [q for q in found if q is not None]
    return total(known) if known else None


def featured(data: Dataset) -> list[str]:
    """Ids of the projects with a card of their own, in the order of the data.

    >>> economics.featured(data)[:2]
    ['hongfa-broilers', 'tongxin-slag']
    """
    return [project for project, row in data.projects.iterrows() if row.featured]


def measure(data: Dataset, project: str | None, name: str, as_of: Span | None = None) -> Quantity | None:
    """One measure of one project from its latest figures up to ``as_of``; None when an input is not published.

    >>> float(economics.measure(data, "tuobituo-feed", "investment_per_mu").value)
    3000000.0
    """
    spec = MEASURES[name]
    inputs = [in_role(data, project, role, as_of) for role in spec.inputs]
    known = [q for q in inputs if q is not None]
    if len(known) < len(inputs):
        return None
    money = next((money for q in known if (money := currency(q.unit))), "")
    if any(currency(q.unit) not in (money, None) for q in known):
        return None  # in two currencies there is no ratio
    unit = spec.unit.replace("money", money).replace("thing", unscaled(known[-1].unit).partition("/")[0])
    return spec.compute(*known).to(unit).described(spec.words)


def roles_in_ratios(data: Dataset, project: str) -> set[str]:
    """The roles of a project's figures that enter a ratio of it: a project without a card has none.

    >>> "induced_jobs" in economics.roles_in_ratios(data, "tuobituo-feed")
    False
    """
    if not data.projects.at[project, "featured"]:
        return set()
    return {role for name, spec in MEASURES.items() if measure(data, project, name) is not None for role in spec.inputs}


def lacking(data: Dataset, *names: str) -> dict[str, list[str]]:
    """The indicators for want of which measures of featured projects cannot be formed, though another is published.

    >>> economics.lacking(data, "output_per_yuan")
    {'precision-parts': ['output_value']}
    """
    found: dict[str, list[str]] = {}
    for project in featured(data):
        for name in names:
            roles = MEASURES[name].inputs
            gaps = [role for role in roles if in_role(data, project, role) is None]
            if 0 < len(gaps) < len(roles):
                found.setdefault(project, []).extend(key for role in gaps for key in data.with_role(role)[:1])
    return found


def formed(table: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Measures as rows, of the projects that have them alone: columns ``indicator`` and ``value``.

    >>> list(economics.formed(economics.measures(data), ["mass_yield"]).index)
    ['tongxin-slag']
    """
    rows = [(project, name, row[name]) for project, row in table.iterrows() for name in names]
    kept = [row for row in rows if row[2] is not None]
    return pd.DataFrame(kept, columns=["project", "indicator", "value"], dtype=object).set_index("project")


def construction(data: Dataset, project: str | None) -> tuple[str, str] | None:
    """The months in which construction began and was completed; None unless both are published and realised.

    >>> economics.construction(data, "hongfa-broilers")
    ('2019-05', '2020-06')
    """
    own = data.milestones[(data.milestones["subject"] == project) & (data.milestones["status"] == "realised")]
    dates = dict(zip(own["event"], own["date"], strict=True))
    start, end = dates.get("construction_start", ""), dates.get("completion", "")
    return (start, end) if min(len(start), len(end)) >= 7 else None


def construction_months(data: Dataset, project: str) -> Quantity | None:
    """Months from the start of construction to completion, both published and realised.

    Months are published, not days, so the true time is within one month of the difference.

    >>> float(economics.construction_months(data, "hongfa-broilers").high)
    14.0
    """
    dates = construction(data, project)
    if dates is None:
        return None
    start, end = (span(date).last for date in dates)
    return Quantity(
        Fraction(end - start - 1),
        Fraction(end - start + 1),
        "month",
        low_strict=True,
        high_strict=True,
        formula="month of completion − month of the start, give or take one month",
    )


def measures(data: Dataset) -> pd.DataFrame:
    """Every measure of every featured project.

    Returns featured projects × (MEASURES and ``construction_months``), Quantity or None.

    >>> float(economics.measures(data).at["precision-parts", "plot_ratio"].value)
    0.57
    """
    rows = {
        project: [*(measure(data, project, name) for name in MEASURES), construction_months(data, project)]
        for project in featured(data)
    }
    columns = [*MEASURES, "construction_months"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(object)
    return table.where(table.notna(), None)


def best(values: pd.Series) -> str | None:
    """The project with the largest of the values that are known exactly; None when none is.

    >>> economics.best(economics.measures(data)["output_per_mu"])
    'hongfa-broilers'
    """
    return highest({project: q for project, q in values.items() if q is not None and q.is_point})


def only_bounded(values: pd.Series) -> list[str]:
    """Projects of whose value only bounds are known.

    >>> economics.only_bounded(economics.measures(data)["output_per_job"])
    ['hongfa-broilers']
    """
    return [project for project, q in values.items() if q is not None and not q.is_point]


def open_above(values: pd.Series) -> list[str]:
    """Projects of whose value only a lower bound is known.

    >>> economics.open_above(economics.measures(data)["jobs_per_100m"])
    ['hongfa-broilers']
    """
    return [project for project in only_bounded(values) if values[project].high is None]


def is_unbounded(value: Quantity | None) -> bool:
    """Whether a measure can be formed and yet says nothing, as a ratio of two lower bounds does.

    >>> economics.is_unbounded(Quantity(1500, None) / Quantity(2000, None))
    True
    """
    return value is not None and not value.is_bounded
