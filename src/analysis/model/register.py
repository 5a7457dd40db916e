"""The figures of many cities at once, column by column: a register has millions of them.

Published numbers are whole multiples of a step of their indicator, so that a division of two of them is rounded once,
like the exact fraction that it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, inf, lcm
from typing import Any

import numpy as np
import pandas as pd

from analysis.model.implied import implied
from analysis.model.panel import STATUSES
from analysis.package.columns import Codes, combined
from analysis.package.dataset import Dataset, may_fall
from analysis.package.periods import footing
from analysis.quantity import factor, unscaled

ZONE, GROUP, CITY = range(3)
Numbers = np.ndarray[Any, np.dtype[np.float64]]
BOUNDS = ("low", "high", "low_strict", "high_strict", "approximate", "implied")


@dataclass(frozen=True)
class Register:
    """What the figures of a register are about; small beside them, so that every worker of a cluster can have it.

    city: zone, group or city -> the city. part: the same -> ZONE, GROUP or CITY. zones: city -> number of its zones.
    indicators: of the package. units: printed unit -> expression.
    """

    city: Mapping[str, str]
    part: Mapping[str, int]
    zones: Mapping[str, int]
    indicators: pd.DataFrame
    units: Mapping[str, str]

    @classmethod
    def of(cls, data: Dataset) -> Register:
        """What the figures of a package are about."""
        city = data.zones["city"].dropna()
        cities = dict.fromkeys(city)
        groups = {group: place for place, group in data.groups.items() if place in cities}
        every = {**city, **groups, **{each: each for each in cities}}
        part = {**dict.fromkeys(city.index, ZONE), **dict.fromkeys(groups, GROUP), **dict.fromkeys(cities, CITY)}
        return cls(every, part, city.value_counts().to_dict(), data.indicators, data.units)


def published(observations: pd.DataFrame, of: Register) -> pd.DataFrame:
    """The published figures of zones, their groups and their cities.

    observations: rows of the table of that name. Returns a row each, in their order: ``city``, ``part`` (ZONE, GROUP or
    CITY), ``subject``, ``indicator``, ``first`` and ``last`` (months of the span), ``status`` (0 the most certain),
    BOUNDS (None where one is open) and ``unit`` (an expression).
    """
    rows = observations.loc[observations["subject"].isin(of.city)]
    subject, indicator = rows["subject"], rows["indicator"]
    spans = _spans(rows, of)
    open_below = rows["low"].isna()
    return pd.DataFrame(
        {
            "city": subject.map(of.city),
            "part": subject.map(of.part).astype(np.int8),
            "subject": subject,
            "indicator": indicator,
            "first": spans[:, 0],
            "last": spans[:, 1],
            "status": rows["status"].map(STATUSES.index).astype(np.int8),
            "low": rows["low"].where(~open_below | indicator.isin(may_fall(of.indicators)), 0),
            "high": rows["high"],
            "low_strict": (rows["qualifier"] == "more_than") | open_below,
            "high_strict": False,
            "approximate": rows["qualifier"] == "approximate",
            "implied": False,
            "unit": rows["unit"].map(of.units),
        }
    )


def _spans(rows: pd.DataFrame, of: Register) -> Codes:
    """First and last month of each row's footing."""
    codes, places = combined([pd.factorize(rows[name])[0] for name in ("indicator", "period")])
    kinds = dict(of.indicators["kind"])
    first = rows.iloc[places]
    spans = [footing(kinds[name], period) for name, period in zip(first["indicator"], first["period"], strict=True)]
    return np.array(spans, np.int32).reshape(-1, 2)[codes]


def followed(data: Dataset, of: Register) -> pd.DataFrame:
    """What follows for the figures that are not published, as `published` has those that are."""
    found = [
        (subject, each.indicator, *each.span, q.low, q.high, q.low_strict, q.high_strict, q.approximate, q.unit)
        for (subject, _, _), each in implied(data).items()
        if isinstance(subject, str) and subject in of.city
        for q in (each.quantity,)
    ]
    names = ["subject", "indicator", "first", "last", *BOUNDS[:-1], "unit"]
    rows = pd.DataFrame(found, columns=names).astype(
        {"subject": object, "indicator": object, **dict.fromkeys(BOUNDS[2:-1], bool)}
    )
    city, part = rows["subject"].map(of.city), rows["subject"].map(of.part).astype(np.int8)
    return rows.assign(city=city, part=part, status=np.int8(0), implied=True)


def in_steps(rows: pd.DataFrame, of: Register) -> pd.DataFrame:
    """Figures with numbers to reckon with.

    rows: as `published` gives them. Returns them with ``low`` and ``high`` as multiples of a step, minus and plus
    infinity where they are open, and ``step`` and ``parts``: times the one, over the other, they are amounts in the
    unit of the indicator without its power of ten.
    """
    targets = {str(name): unscaled(str(unit)) for name, unit in of.indicators["unit"].items()}
    codes = {name: pd.factorize(rows[name])[0] for name in ("indicator", "unit")}
    printed = ~rows["implied"].to_numpy(bool)
    ends: dict[str, tuple[Numbers, Codes, list[tuple[str, Fraction]]]] = {}
    for side in ("low", "high"):
        whole, places = _written(rows[side])
        own, first = combined([codes["indicator"], codes["unit"], places])
        names, units = (rows[name].to_numpy(object)[first] for name in ("indicator", "unit"))
        each = [
            (name, factor(unit, targets[name]) / 10**place)
            for name, unit, place in zip(names, units, places[first].tolist(), strict=True)
        ]
        ends[side] = whole, own, each
    # what is implied is no whole multiple of anything
    known = {each[code] for _, own, each in ends.values() for code in np.unique(own[printed]).tolist()}
    parts, steps = dict.fromkeys(targets, 1), dict.fromkeys(targets, 0)
    for name, value in known:
        parts[name] = lcm(parts[name], value.denominator)
    for name, value in known:
        steps[name] = gcd(steps[name], int(value * parts[name]))
    steps = {name: step or 1 for name, step in steps.items()}
    found = rows.drop(columns="unit")
    for side, (whole, own, each) in ends.items():
        times = np.array([float(value * parts[name] / steps[name]) for name, value in each])
        found[side] = whole * times[own]
    scale = {"step": steps, "parts": parts}
    return found.assign(**{name: rows["indicator"].map(each).astype(float) for name, each in scale.items()})


def _written(column: pd.Series) -> tuple[Numbers, Codes]:
    """Numbers as whole ones, with how many decimal places each has; minus or plus infinity where there is none."""
    codes, values = pd.factorize(column)
    # equal numbers can be printed differently, which is the same to a formula; fractions are implied, not printed
    exponents = [-min(0, int(v.as_tuple().exponent)) if isinstance(v, Decimal) else 0 for v in values]
    whole = [float(v.scaleb(place) if place else v) for v, place in zip(values, exponents, strict=True)]
    open_end = -inf if column.name == "low" else inf
    return np.array([*whole, open_end])[codes], np.array([*exponents, 0], np.int32)[codes]


def on_one_footing(figures: pd.DataFrame) -> pd.DataFrame:
    """Of each city and indicator the figures on the footing that most speaks for its zones; see `model.panel.panel`.

    figures: as `in_steps` gives them. Returns some of them.
    """
    keys, when = ["city", "indicator"], ["first", "last", "status"]
    zones = figures.loc[(figures["part"] == ZONE) & ~figures["implied"], keys + when]
    zones = zones[zones["status"] == zones.groupby(keys, observed=True, sort=False)["status"].transform("min")]
    counts = zones.value_counts(keys + when, sort=False).rename("covered").reset_index()
    most = counts.groupby(keys, observed=True, sort=False)["covered"].transform("max")
    counts = counts[2 * counts["covered"] >= most]
    counts = counts.assign(months=counts["last"] - counts["first"]).sort_values(["last", "months"], kind="stable")
    return figures.merge(counts.drop_duplicates(keys, keep="last")[keys + when], on=keys + when)


def figures(observations: pd.DataFrame, of: Register, others: pd.DataFrame | None = None) -> pd.DataFrame:
    """The figures of zones, groups and cities on one footing each, to reckon with.

    observations: rows of the table of that name. others: what follows from them, as `followed` gives it.
    """
    rows = published(observations, of)
    together = rows if others is None else pd.concat([rows, others], ignore_index=True)
    return on_one_footing(in_steps(together, of))
