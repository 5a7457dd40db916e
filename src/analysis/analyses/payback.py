"""Which margin pays a project back, and how soon: a scenario, as no margin is published.

Depreciation is no payment: a margin before it pays back, and a net margin pays back together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from analysis.analyses.economics import featured, in_role
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, currency, formula

LIFE = 10  # years of straight-line depreciation, an assumption


@dataclass(frozen=True)
class _Plant:
    """What a project costs, what it produces in a year, and its fixed assets where they are published."""

    investment: Quantity
    output: Quantity
    fixed: Quantity | None


def _plants(data: Dataset) -> dict[str, _Plant]:
    """The featured projects of which investment and yearly output are published in one currency."""
    found = {}
    for project in featured(data):
        amounts = [in_role(data, project, role) for role in ("investment", "output_value", "fixed_asset_investment")]
        investment, output, fixed = amounts
        if investment is None or output is None or currency(investment.unit) != currency(output.unit):
            continue
        alike = fixed is not None and currency(fixed.unit) == currency(output.unit)
        found[project] = _Plant(investment, output, fixed if alike else None)
    return found


@formula(latex=r"m_c = \frac{I}{Q\,T}", words="total investment ÷ (annual output value × years)")
def required_margin(data: Dataset, years: Sequence[int]) -> pd.DataFrame:
    """Scenario: the margin on output value, before depreciation, that pays the investment back in so many years.

    Assumes that output reaches the published value from the first year and stays there, no discounting, no working
    capital, no residual value. Returns featured projects with both figures × ``years``, Quantity in %.

    >>> float(payback.required_margin(data, [5]).at["hongfa-broilers", 5].value)
    3.0
    """
    return _margins(data, years, lambda plant, n: _per_output(plant, plant.investment / Quantity.point(n, "year")))


_NET_MARGIN = "(total investment − depreciation until then) ÷ (annual output value × years)"


@formula(latex=r"m = \frac{I - D\,\min(T, N) / N}{Q\,T}", words=_NET_MARGIN)
def required_net_margin(data: Dataset, years: Sequence[int], life: int = LIFE) -> pd.DataFrame:
    """Scenario: the net margin, after straight-line depreciation over ``life`` years, that pays back in so many years.

    Depreciable is the fixed-asset investment, or the total investment where that is not published; after ``life``
    years there is no more of it. Assumes what `required_margin` does. At zero depreciation alone pays back. Returns as
    `required_margin`.

    >>> float(payback.required_net_margin(data, [5]).at["hongfa-broilers", 5].value)
    1.5
    """

    def needed(plant: _Plant, n: int) -> Quantity:
        part = Fraction(min(n, life), life)  # that is depreciated by then
        left = plant.investment * (1 - part) if plant.fixed is None else plant.investment - plant.fixed * part
        cash = left / Quantity.point(n, "year")
        margin, possible = _per_output(plant, cash).described(_NET_MARGIN), Quantity(Fraction(0), None, "%")
        nothing = Quantity.point(0, "%", margin.sources).described(_NET_MARGIN)
        return margin.within(possible) if margin.overlaps(possible) else nothing

    return _margins(data, years, needed)


def margins(data: Dataset, years: Sequence[int]) -> pd.DataFrame:
    """Both margins for each of some years, under the names of what they are.

    >>> list(payback.margins(data, [5]))
    ['required_margin_5', 'required_net_margin_5']
    """
    both = {"required_margin": required_margin(data, years), "required_net_margin": required_net_margin(data, years)}
    named = pd.concat([table.add_prefix(f"{name}_") for name, table in both.items()], axis="columns")
    return named[[f"{name}_{n}" for n in years for name in both]]


def _margins(data: Dataset, years: Sequence[int], needed: Callable[[_Plant, int], Quantity]) -> pd.DataFrame:
    rows = {project: [needed(plant, n) for n in years] for project, plant in _plants(data).items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(years)).astype(object)


def _per_output(plant: _Plant, cash: Quantity) -> Quantity:
    """An amount a year in per cent of the output value."""
    return (cash / plant.output).to("%").described("total investment ÷ (annual output value × years)")


@formula(latex=r"T = \frac{I}{Q\,m_c}", words="total investment ÷ (annual output value × margin)")
def payback_years(data: Dataset, margin: Fraction) -> pd.Series:
    """Scenario: years to pay the investment back at a ``margin`` (0 to 1) on output value, before depreciation.

    Returns a Quantity in years for each featured project with both figures. Raises ValueError when the
    margin is not positive.

    >>> float(payback.payback_years(data, Fraction(1, 10))["hongfa-broilers"].value)
    1.5
    """
    if margin <= 0:
        raise ValueError("a payback needs a positive margin")
    rows = {}
    for project, plant in _plants(data).items():
        years = (plant.investment / (plant.output * Quantity.point(margin))).to("year")
        rows[project] = years.described("total investment ÷ (annual output value × margin)")
    return pd.Series(rows, dtype=object)


_NET_YEARS = "total investment ÷ (annual output value × net margin + depreciable investment ÷ years of depreciation)"


@formula(latex=r"T = \max\left(\frac{I}{Q\,m + D / N},\; \frac{I - D}{Q\,m}\right)", words=_NET_YEARS)
def net_payback_years(data: Dataset, margin: Fraction, life: int = LIFE) -> pd.Series:
    """Scenario: years to pay the investment back at a net ``margin``, after depreciation over ``life`` years.

    Depreciable as in `required_net_margin`. Returns as `payback_years`.

    >>> float(payback.net_payback_years(data, Fraction(3, 200))["hongfa-broilers"].value)
    5.0
    """
    rows = {}
    for project, plant in _plants(data).items():
        profit = plant.output * Quantity.point(margin)
        if plant.fixed is None:
            rate = (profit / plant.investment).to("1/year") + Quantity.point(Fraction(1, life), "1/year")
            years = rate.inverse()
        else:
            within = plant.investment / (profit + plant.fixed / Quantity.point(life, "year"))
            # when all is depreciated, profit alone brings back the rest: the later time is right
            years = _later(within.to("year"), ((plant.investment - plant.fixed) / profit).to("year"))
        rows[project] = years.to("year").described(_NET_YEARS)
    return pd.Series(rows, dtype=object)


def _later(first: Quantity, second: Quantity) -> Quantity:
    """The larger of two times of the same sources, within bounds."""
    low = max((q.low or Fraction(0), q.low_strict) for q in (first, second))
    if first.high is None or second.high is None:
        return replace(first, low=low[0], low_strict=low[1], high=None, high_strict=False)
    high = max((q.high or Fraction(0), not q.high_strict) for q in (first, second))
    return replace(first, low=low[0], low_strict=low[1], high=high[0], high_strict=not high[1])
