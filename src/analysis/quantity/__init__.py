"""Bounded quantities: their arithmetic, their units, and the one comparison that all else uses."""

from analysis.quantity.bounds import APPROXIMATE, Quantity, rounded, total
from analysis.quantity.comparison import Answer, at_most, below, exceeds, highest, lowest, same
from analysis.quantity.formulas import Formula, formula
from analysis.quantity.units import (
    EXPRESSION,
    IncompatibleUnits,
    UnknownUnit,
    convertible,
    currency,
    define,
    described,
    factor,
    is_unit,
    is_whole,
    names,
    unscaled,
)

__all__ = [
    "APPROXIMATE",
    "EXPRESSION",
    "Answer",
    "Formula",
    "IncompatibleUnits",
    "Quantity",
    "UnknownUnit",
    "at_most",
    "below",
    "convertible",
    "currency",
    "define",
    "described",
    "exceeds",
    "factor",
    "formula",
    "highest",
    "is_unit",
    "is_whole",
    "lowest",
    "names",
    "rounded",
    "same",
    "total",
    "unscaled",
]
