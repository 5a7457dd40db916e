"""Small data packages made by hand, and complete worlds of which a part is published."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from analysis import quantity
from analysis.model.variables import REST, Variable
from analysis.package import descriptor
from analysis.package.dataset import Dataset, observation_id
from analysis.package.periods import AT_A_TIME, Span, span

quantity.define(descriptor.contract()["units"])
FIRST_ROW = 2
PLACES = {"province": ("province", None), "city": ("city", "province"), "group": ("group", "city")}

# id -> what matters of it; everything else is empty
INDICATORS = {
    "output": {"kind": "amount", "unit": "CNY", "cumulative": True},
    "output_share": {"kind": "share", "unit": "%", "share_of": "output", "base": "city"},
    "output_of_zones": {"kind": "share", "unit": "%", "share_of": "output", "base": "group"},
    "output_growth": {"kind": "rate", "unit": "%", "growth_of": "output", "base": "year_earlier"},
    "plan": {"kind": "amount", "unit": "CNY", "target_of": "output"},
    "fulfilment": {"kind": "share", "unit": "%", "share_of": "output", "base": "plan"},
    "capital": {"kind": "amount", "unit": "USD", "cumulative": True, "signed": True},
    "firms": {"kind": "count", "unit": "item"},
    "firms_share": {"kind": "share", "unit": "%", "share_of": "firms", "base": "city"},
    "large_firms": {"kind": "count", "unit": "item", "part_of": "firms"},
    "largest_firms": {"kind": "count", "unit": "item", "part_of": "large_firms"},
    "ranked": {"kind": "count", "unit": "item"},
    "rank": {"kind": "rank", "unit": "1", "ranked_among": "ranked"},
    "first_3": {"kind": "count", "unit": "item", "counts": "rank", "within": 3},
    "first_6": {"kind": "count", "unit": "item", "counts": "rank", "within": 6},
}


def dataset(*observations: str, zones: int = 3, places: dict | None = None, lies_in: dict | None = None) -> Dataset:
    """A package of INDICATORS, its zones named a, b, c … lying in the city.

    observations: ``subject,indicator,period,low,high,qualifier,status,unit`` each; what is left out at the end is that
    of an exact, realised figure in the indicator's own unit (家, 元, %, 位).
    """
    tables = {}
    for resource in descriptor.contract()["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        tables[resource["name"]] = pd.DataFrame(columns=columns, dtype=object)
    known = pd.DataFrame.from_dict(PLACES if places is None else places, orient="index", columns=["kind", "parent"])
    tables["places"] = known.astype(object)
    names = [chr(ord("a") + place) for place in range(zones)]
    tables["zones"] = pd.DataFrame({"city": [(lies_in or {}).get(name, "city") for name in names]}, index=names)
    indicators = pd.DataFrame.from_dict(INDICATORS, orient="index").reindex(columns=tables["indicators"].columns)
    tables["indicators"] = indicators.astype(object).where(indicators.notna(), None)
    for name in ("firms", "projects"):
        tables[name] = tables[name].set_index("id")
    own = {"CNY": "元", "USD": "美元", "%": "%", "item": "家", "1": "位"}
    rows = []
    for line in observations:
        cells = line.split(",")
        cells += [cells[3], "exact", "realised", ""][len(cells) - 4 :]
        subject, indicator, period, low, high, qualifier, status, unit = cells
        bounds = [Decimal(bound) if bound else None for bound in (low, high)]
        rows.append(
            (subject, indicator, period, *bounds, qualifier, status, unit or own[INDICATORS[indicator]["unit"]])
        )
    columns = ["subject", "indicator", "period", "low", "high", "qualifier", "status", "unit"]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    frame = frame.where(frame.notna(), None)
    frame.index = [observation_id(*row[:3]) for row in rows]
    tables["observations"] = frame
    numbers = pd.Series(range(FIRST_ROW, FIRST_ROW + len(frame)), frame.index)
    return Dataset(Path(), descriptor.contract(), tables, numbers)


# complete worlds

SHARES = [("output_share", "output", "city"), ("output_of_zones", "output", "group"), ("firms_share", "firms", "city")]
YEAR, HALF, MONTHS, BEFORE = "2024", "2024-01/2024-06", "2024-01/2024-05", "2023"


@dataclass
class World:
    """What is true, and what is published of it."""

    truth: dict[Variable, Fraction]
    lines: list[str]
    zones: int

    @property
    def data(self) -> Dataset:
        """The package that holds what is published."""
        return dataset(*self.lines, zones=self.zones)


Values = dict[tuple[str, str, str], Fraction]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A city with zones: outputs of several spans, their shares and growth, firms by size, ranks."""
    zones = [chr(ord("a") + place) for place in range(draw(st.integers(2, 4)))]
    values: Values = {}
    for subject in (*zones, REST):
        for period, within in ((MONTHS, ""), (HALF, MONTHS), (YEAR, HALF), (BEFORE, "")):
            more = draw(st.just(0) | st.integers(0, 3 * 10**9))
            values[subject, "output", period] = more + values.get((subject, "output", within), Fraction(0))
        most = 300
        for firms in ("firms", "large_firms", "largest_firms"):
            most = draw(st.integers(0, most))
            values[subject, firms, YEAR] = Fraction(most)
    elsewhere = draw(st.sampled_from([0, 7]))
    for _, indicator, period in list(values):
        group = sum(values[zone, indicator, period] for zone in zones)
        city = group + values[REST, indicator, period]
        values |= {("group", indicator, period): group, ("city", indicator, period): city}
        values["province", indicator, period] = city + elsewhere
    values |= _related(values, [*zones, "group", REST]) | draw(_ranked(zones))
    truth = {((("group", REST) if s == REST else s), i, _footing(i, p)): value for (s, i, p), value in values.items()}
    told = [(key, value) for key, value in values.items() if key[0] != REST and draw(st.integers(0, 2)) == 0]
    return World(truth, [draw(printed(*key, value)) for key, value in told], len(zones))


def _footing(indicator: str, period: str) -> Span:
    of = span(period)
    return Span(of.last, of.last) if INDICATORS[indicator]["kind"] in AT_A_TIME else of


def _related(values: Values, subjects: list[str]) -> Values:
    """Shares and growth."""
    found: Values = {}
    for subject in subjects:
        for share, of, base in SHARES:
            for period in (MONTHS, HALF, YEAR, BEFORE):
                whole = values.get((base, of, period))
                if whole and (base == "city" or subject not in ("group", REST)):
                    found[subject, share, period] = 100 * values[subject, of, period] / whole
        if before := values[subject, "output", BEFORE]:
            found[subject, "output_growth", YEAR] = 100 * values[subject, "output", YEAR] / before - 100
    return found


@st.composite
def _ranked(draw: st.DrawFn, zones: list[str]) -> Values:
    """Ranks of the zones, and how many are among the first."""
    number = draw(st.integers(len(zones), 12))
    ranks = dict(zip(zones, draw(st.permutations(range(1, number + 1))), strict=False))
    found = {(zone, "rank", YEAR): Fraction(rank) for zone, rank in ranks.items()}
    for limit in (3, 6):
        found["group", f"first_{limit}", YEAR] = Fraction(sum(rank <= limit for rank in ranks.values()))
    return found | {("province", "ranked", YEAR): Fraction(number)}


@st.composite
def printed(draw: st.DrawFn, subject: str, indicator: str, period: str, value: Fraction) -> str:
    """A figure as a source may print it: rounded, about, or as a bound."""
    of = INDICATORS[indicator]
    whole = of["unit"] in ("item", "1")
    unit, by = draw(st.sampled_from([("亿元", 10**8), ("万元", 10**4)])) if of["unit"] == "CNY" else ("", 1)
    places = 0 if whole else draw(st.integers(1, 3))
    steps = value / by * 10**places
    nearest = (-1 if steps < 0 else 1) * floor(abs(steps) + Fraction(1, 2))
    low, high = floor(steps) - draw(st.integers(0, 30)), -floor(-steps) + draw(st.integers(0, 30))
    low = max(low, {"rate": low, "rank": 1}.get(of["kind"], 0))
    about = nearest + draw(st.integers(-3, 3))
    kinds = {
        "exact": (nearest, nearest),
        "approximate": (about, about) if abs(steps - about) <= abs(Fraction(about, 10)) else None,
        "at_least": (low, None),
        "more_than": (low, None) if low < steps else None,
        "up_to": (None, high),
        "range": (low, high) if low < high else None,
    }
    qualifier = draw(st.sampled_from(["exact"] * 5 + [kind for kind, ends in kinds.items() if ends]))
    ends = ["" if end is None else f"{Decimal(end).scaleb(-places):f}" for end in kinds[qualifier]]
    return ",".join([subject, indicator, period, *ends, qualifier, "realised", unit])
