"""What each featured project costs and yields: ratios of published figures, and one scenario.

`MEASURES` is the one list of the ratios: id, unit and formula. A ratio exists for a project when all
its inputs are published; its bounds follow from theirs. Output value is not value added, so no return
on investment is computed from it: `required_margin` turns the question round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds, highest, total


@dataclass(frozen=True)
class Measure:
    """A ratio of published figures.

    inputs: indicators it needs. unit: what it is given in. formula: in words. compute: from the inputs'
    quantities, in order, to the result in any unit of the same kind.
    """

    inputs: tuple[str, ...]
    unit: str
    formula: str
    compute: Callable[..., Quantity]


def _ratio(numerator: str, denominator: str, unit: str, formula: str) -> Measure:
    return Measure((numerator, denominator), unit, formula, lambda a, b: a / b)


MEASURES: dict[str, Measure] = {
    "investment_per_mu": _ratio("total_investment", "site_area", "CNY/mu", "total investment ÷ site area"),
    "investment_per_hectare": _ratio("total_investment", "site_area", "CNY/hectare", "total investment ÷ site area"),
    "fixed_investment_per_mu": _ratio(
        "fixed_asset_investment", "site_area", "CNY/mu", "fixed-asset investment ÷ site area"
    ),
    "fixed_share": _ratio(
        "fixed_asset_investment", "total_investment", "%", "fixed-asset investment ÷ total investment"
    ),
    "output_per_mu": _ratio("output_value", "site_area", "CNY/year/mu", "annual output value ÷ site area"),
    "plot_ratio": _ratio("floor_area", "site_area", "1", "floor area ÷ site area"),
    "output_per_yuan": _ratio("output_value", "total_investment", "1/year", "annual output value ÷ total investment"),
    "jobs_per_100m": _ratio("jobs", "total_investment", "person/(1e8 CNY)", "jobs ÷ total investment"),
    "output_per_job": _ratio("output_value", "jobs", "CNY/year/person", "annual output value ÷ jobs"),
    "induced_jobs_ratio": _ratio("induced_jobs", "jobs", "1", "induced jobs ÷ jobs"),
    "mass_yield": Measure(
        ("main_product_mass", "by_product_mass", "input_mass"),
        "%",
        "(main product + second product) ÷ material processed",
        lambda main, second, taken: total([main, second]) / taken,
    ),
    "mass_not_in_products": Measure(
        ("input_mass", "main_product_mass", "by_product_mass"),
        "t/year",
        "material processed − main product − second product",
        lambda taken, main, second: taken - main.to(taken.unit) - second.to(taken.unit),
    ),
    "operating_days": Measure(
        ("birds_per_year", "birds_per_day"),
        "day",
        "birds a year ÷ birds a day",
        # birds a year ÷ birds a day = days of operation needed in one year
        lambda year, day: year * Quantity.point(1, "year") / day,
    ),
}


def featured(data: Dataset) -> list[str]:
    """Ids of the projects with a card of their own, in the order of the data."""
    return [project for project, row in data.projects.iterrows() if row.featured]


def measure(data: Dataset, project: str | None, name: str) -> Quantity | None:
    """One measure of one project; None when an input is not published."""
    spec = MEASURES[name]
    inputs = [data.value(project, indicator) for indicator in spec.inputs]
    if any(value is None for value in inputs):
        return None
    return spec.compute(*inputs).to(spec.unit).described(spec.formula)


def construction_months(data: Dataset, project: str) -> Quantity | None:
    """Months from the start of construction to completion, both published and realised.

    Months are published, not days, so the true time is within one month of the difference.
    """
    own = data.milestones[(data.milestones["project"] == project) & (data.milestones["status"] == "realised")]
    dates = dict(zip(own["event"], own["date"], strict=True))
    if not {"construction_start", "completion"} <= dates.keys():
        return None
    if any(len(dates[event]) < 7 for event in ("construction_start", "completion")):
        return None
    start, end = (_months(dates[event]) for event in ("construction_start", "completion"))
    return Quantity(
        Fraction(end - start - 1),
        Fraction(end - start + 1),
        "month",
        low_strict=True,
        high_strict=True,
        formula="month of completion − month of the start, give or take one month",
    )


def _months(date: str) -> int:
    year, month = date.split("-")
    return int(year) * 12 + int(month)


def measures(data: Dataset) -> pd.DataFrame:
    """Every measure of every featured project.

    Returns featured projects × (MEASURES and ``construction_months``), Quantity or None.
    """
    rows = {
        project: [*(measure(data, project, name) for name in MEASURES), construction_months(data, project)]
        for project in featured(data)
    }
    columns = [*MEASURES, "construction_months"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(object)
    return table.where(table.notna(), None)


def best(values: pd.Series) -> str | None:
    """The project with the largest of the values that are known exactly; None when none is."""
    return highest({project: q for project, q in values.items() if q is not None and q.is_point})


def only_bounded(values: pd.Series) -> list[str]:
    """Projects of whose value only bounds are known."""
    return [project for project, q in values.items() if q is not None and not q.is_point]


def open_above(values: pd.Series) -> list[str]:
    """Projects of whose value only a lower bound is known."""
    return [project for project in only_bounded(values) if values[project].high is None]


def is_unbounded(value: Quantity | None) -> bool:
    """Whether a measure can be formed and yet says nothing, as a ratio of two lower bounds does."""
    return value is not None and not value.is_bounded


def fits_a_year(days: Quantity | None) -> bool:
    """Whether the days of operation that a yearly output needs are certainly there."""
    return days is not None and days.high is not None and days.to("day").high <= 365


def required_margin(data: Dataset, years: Sequence[int]) -> pd.DataFrame:
    """Scenario: the net margin on output value that pays the investment back in N years.

    margin = total investment ÷ (annual output value × N). Assumes that output reaches the published
    value from the first year and stays there, no discounting, no working capital, no residual value.
    Returns featured projects with both figures × ``years``, Quantity in %.
    """
    rows = {
        project: [_margin_for(*amounts, n) for n in years]
        for project in featured(data)
        if None not in (amounts := _amounts(data, project))
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(years)).astype(object)


def _amounts(data: Dataset, project: str) -> tuple[Quantity | None, Quantity | None]:
    """What a project costs and what it produces in a year."""
    return data.value(project, "total_investment"), data.value(project, "output_value")


def _margin_for(investment: Quantity, output: Quantity, years: int) -> Quantity:
    margin = (investment / (output * Quantity.point(years, "year"))).to("%")
    return margin.described("total investment ÷ (annual output value × years)")


def payback_years(data: Dataset, margin: Fraction) -> pd.Series:
    """Scenario: years to pay the investment back at a net ``margin`` (0 to 1) on output value.

    Returns a Quantity in years for each featured project with both figures. Raises ValueError when the
    margin is not positive.
    """
    if margin <= 0:
        raise ValueError("a payback needs a positive margin")
    rows = {}
    for project in featured(data):
        investment, output = _amounts(data, project)
        if investment is not None and output is not None:
            years = (investment / (output * Quantity.point(margin))).to("year")
            rows[project] = years.described("total investment ÷ (annual output value × margin)")
    return pd.Series(rows, dtype=object)


def within(years: Quantity, limit: int) -> bool | None:
    """Whether a payback takes no more than ``limit`` years: True for all values inside the bounds, False for
    none of them, None when the bounds leave it open."""
    years = years.to("year")
    if years.high is not None and years.high <= limit:
        return True
    return False if exceeds(years, limit) else None
