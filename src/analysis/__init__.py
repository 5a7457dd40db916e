"""What the development zones of a city contribute, what their industry chains are, what their projects cost and yield.

A data package of published figures goes in, tables of bounded quantities come out; the notebooks of the book show
them.

>>> import analysis
>>> data = analysis.load()
>>> shares = analysis.city.city_shares(data)
>>> str(shares["remainder"].iloc[0].unit)
'%'

Figures are bounds, and every formula keeps them:

>>> investment, area = analysis.Quantity.point(6, "1e8 CNY"), analysis.Quantity(100, 130, "mu")
>>> intensity = (investment / area).to("CNY/mu")
>>> float(intensity.high)
6000000.0
"""

from analysis.analyses import (
    approval,
    chains,
    city,
    claims,
    concentration,
    contributions,
    economics,
    growth,
    headlines,
    payback,
    profiles,
    projects,
    standing,
)
from analysis.model.loading import load
from analysis.quantity import Quantity

__all__ = [
    "Quantity",
    "approval",
    "chains",
    "city",
    "claims",
    "concentration",
    "contributions",
    "economics",
    "growth",
    "headlines",
    "load",
    "payback",
    "profiles",
    "projects",
    "standing",
]
