"""One board for many cities at once: what `contributions` says of the zones of one, column by column.

Pure functions of `model.register.figures` to tables. Bounds stand in two columns, with a third and a fourth that say
whether they are reached; an open one is infinite, and where nothing follows there is none (NaN).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.analyses.profiles import smaller_first
from analysis.model.register import CITY, GROUP, ZONE, Register
from analysis.model.variables import ADDITIVE
from analysis.package.columns import Places

KEYS = ["city", "indicator"]
ENDS = ["low", "high", "low_strict", "high_strict"]
WHOLE = 100.0  # %


def ranking(figures: pd.DataFrame, of: Register) -> pd.DataFrame:
    """Each zone's amount, its shares of all zones and of its city, and its place among the zones of the city.

    Returns a row for each figure of a zone, in their order: city, subject, indicator, first, last, and the bounds of
    ``value`` (in the unit of the indicator without its power of ten), ``share_of_group``, ``share_of_city`` (%) and
    ``place``, named ``value_low``, ``value_high``, ``value_low_strict`` and so on. Formulas: those of `contributions`.
    """
    zones = figures[figures["part"] == ZONE].reset_index(drop=True)
    kind = zones["indicator"].map(of.indicators["kind"])
    groups, cities = totals(figures, of)
    fit = kind.isin((*ADDITIVE, "share")) & ~(zones["low"] < 0).groupby([zones[key] for key in KEYS]).transform("any")
    found = zones[["city", "subject", "indicator", "first", "last"]].copy()
    for end in ("low", "high"):
        found[f"value_{end}"] = zones[end] * zones["step"] / zones["parts"]
        found[f"value_{end}_strict"] = zones[f"{end}_strict"]
    for name, wholes, fitting in (("share_of_group", groups, fit), ("share_of_city", cities, fit & (kind != "share"))):
        whole = zones[KEYS].merge(wholes, how="left", on=KEYS)
        for column, values in _share(zones, whole).items():
            none = False if values.dtype == bool else np.nan
            found[f"{name}_{column}"] = values.where(fitting & whole["low"].notna(), none)
    # a share of all zones is one already
    already = fit & (kind == "share") & (zones["indicator"].map(of.indicators["base"]) == "group")
    for end in ENDS:
        found[f"share_of_group_{end}"] = found[f"share_of_group_{end}"].mask(already, found[f"value_{end}"])
    less = zones["indicator"].map({name: smaller_first(row) for name, row in of.indicators.iterrows()})
    return found.join(_places(zones, less, zones["city"].map(of.zones)).add_prefix("place_"))


def totals(figures: pd.DataFrame, of: Register) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What all zones have together, and what the city has, a row each for a city and indicator: KEYS and ENDS.

    Where no total is known and every zone reports, the zones are added up.
    """
    groups, cities, zones = (figures[figures["part"] == part] for part in (GROUP, CITY, ZONE))
    every = zones[~zones["implied"]].groupby(KEYS, observed=True, sort=False)
    sums = every[["low", "high"]].sum().join(every[["low_strict", "high_strict"]].any())
    reported = every.size().reset_index(name="zones")
    complete = (reported["zones"] == reported["city"].map(of.zones)) & reported["indicator"].map(
        of.indicators["kind"].isin(ADDITIVE)
    )
    sums = sums.reset_index()[complete.to_numpy()]
    known = pd.concat([groups[KEYS + ENDS], sums]).drop_duplicates(KEYS)
    return known.reset_index(drop=True), cities[KEYS + ENDS].reset_index(drop=True)


def gaps(figures: pd.DataFrame, of: Register) -> pd.DataFrame:
    """What the rest of each city has: city − all zones, where both are known.

    Returns a row for a city and indicator: KEYS, ``low`` and ``high`` in the unit of the indicator without its power of
    ten.
    """
    groups, cities = totals(figures, of)
    scale = figures.drop_duplicates("indicator").set_index("indicator")[["step", "parts"]]
    both = cities.merge(groups, on=KEYS, suffixes=("", "_of_zones")).join(scale, on="indicator")
    both = both[both["indicator"].map(of.indicators["kind"].isin(ADDITIVE))]
    ends = {"low": both["low"] - both["high_of_zones"], "high": both["high"] - both["low_of_zones"]}
    return both[KEYS].assign(**{end: values * both["step"] / both["parts"] for end, values in ends.items()})


def location_quotients(figures: pd.DataFrame, of: Register) -> pd.DataFrame:
    """Location quotients of zones in the indicators that name a reference; see `contributions.location_quotients`.

    Returns a row for each zone that has one: KEYS, ``subject``, ``low`` and ``high``.
    """
    zones = figures[(figures["part"] == ZONE) & ~figures["implied"]]
    zones = zones.assign(reference=zones["indicator"].map(of.indicators["reference"]))
    other = zones[["city", "subject", "indicator", "last", "low", "high"]].rename(columns={"indicator": "reference"})
    both = zones.merge(other, on=["city", "subject", "reference", "last"], suffixes=("", "_other"))
    both = both[both["low_other"] > 0]
    groups, cities = (each[[*KEYS, "low", "high"]] for each in totals(figures, of))
    for name, wholes in (("group", groups), ("city", cities)):
        both = both.merge(wholes, how="left", on=KEYS, suffixes=("", f"_{name}"))
        bases = wholes.rename(columns={"indicator": "reference"})
        both = both.merge(bases, how="left", on=["city", "reference"], suffixes=("", f"_{name}_base"))
    of_city = both["low_city"].notna() & both["low_city_base"].notna()
    whole, base = (
        {end: both[f"{end}_city{which}"].where(of_city, both[f"{end}_group{which}"]) for end in ("low", "high")}
        for which in ("", "_base")
    )
    low = both["low"] * base["low"] / (whole["high"] * both["high_other"])
    high = both["high"] * base["high"] / (whole["low"] * both["low_other"])
    return both[[*KEYS, "subject"]].assign(low=low, high=high).dropna()


def _share(part: pd.DataFrame, whole: pd.DataFrame) -> dict[str, pd.Series]:
    """part ÷ whole in %, as `Quantity` divides bounds, and no more than 100."""
    low = WHOLE * part["low"] / whole["high"]
    high = (WHOLE * part["high"] / whole["low"]).where(part["high"] != 0, 0.0)
    low_strict = part["low_strict"] | (whole["high_strict"].eq(True) & (part["low"] != 0))
    high_strict = part["high_strict"] | (whole["low_strict"].eq(True) & (part["high"] != 0))
    # of a total without an upper end, or that may be nothing, no share says anything
    known = np.isfinite(whole["high"]) & ((whole["low"] > 0) | ((whole["low"] == 0) & whole["low_strict"].eq(True)))
    above = (high > WHOLE) & ((low < WHOLE) | ((low == WHOLE) & ~low_strict))
    ends = {"low": low, "high": high.mask(above, WHOLE)}
    strict = {"low_strict": low_strict & known, "high_strict": high_strict & ~above & known}
    return {name: values.where(known) for name, values in ends.items()} | strict


def _places(zones: pd.DataFrame, less: pd.Series, among: pd.Series) -> pd.DataFrame:
    """The bounds of each zone's place among the zones of its city, 1 the best; see `contributions.places`."""
    # an approximate figure may be a tenth off
    low, high = (
        (10 * zones[end]).where(~zones["approximate"], 10 * zones[end] + sign * zones[end].abs())
        for end, sign in (("low", -1), ("high", 1))
    )
    # an end that is not reached lies between its value and the next
    _, ranks = np.unique(np.concatenate([low, high]), return_inverse=True)
    starts = 2 * ranks[: len(zones)] + zones["low_strict"].to_numpy(int)
    ends = 2 * ranks[len(zones) :] - zones["high_strict"].to_numpy(int)
    board = zones.groupby(KEYS, observed=True, sort=False).ngroup().to_numpy()
    larger = _count(board, starts, ends, above=True)
    smaller = _count(board, ends, starts, above=False)
    point = low == high
    level = pd.Series(board).groupby([board, low.to_numpy(), ~point.to_numpy()]).transform("size").where(point, 1) - 1
    before, behind = np.where(less, smaller, larger), np.where(less, larger, smaller)
    told = (before > 0) | (behind > 0) | (level > 0) | (among == 1)
    return pd.DataFrame({"low": 1 + before, "high": among - behind - level}, zones.index).where(told)


def _count(board: Places, these: Places, than: Places, *, above: bool) -> Places:
    """For each row how many of ``these`` of its board lie above, or below, its own ``than``."""
    width = int(max(these.max(initial=0), than.max(initial=0))) + 2
    found = np.sort(board * width + these + 1)
    own = board * width + than + 1
    if above:
        return np.searchsorted(found, (board + 1) * width) - np.searchsorted(found, own, side="right")
    return np.searchsorted(found, own) - np.searchsorted(found, board * width)
