"""Many cities at once, column by column: the same figures as one city alone has."""

from dataclasses import replace
from fractions import Fraction
from math import inf, isnan
from pathlib import Path

import pandas as pd
import pytest
import register as made_up

from analysis.analyses import contributions, profiles, register
from analysis.model.loading import load
from analysis.model.register import Register, figures, followed
from analysis.model.zones import zones
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, unscaled

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("data", "tests/fixtures/example-city", "tests/fixtures/zone-level", "tests/fixtures/version-1")


@pytest.fixture(params=PACKAGES)
def data(request: pytest.FixtureRequest) -> Dataset:
    return load(ROOT / request.param)


@pytest.fixture
def of(data: Dataset) -> Register:
    return Register.of(data)


@pytest.fixture
def columns(data: Dataset, of: Register) -> pd.DataFrame:
    return figures(data.observations, of, followed(data, of))


def indicators(data: Dataset) -> list[str]:
    return [name for name in data.indicators.index if zones(data, name)]


def same(low: float, high: float, exact: Quantity | None) -> bool:
    """Whether two ends are those of a quantity, rounded once; of what is implied, to the last digits."""
    if exact is None:
        return isnan(low) and isnan(high)
    ends = (-inf if exact.low is None else float(exact.low)), (inf if exact.high is None else float(exact.high))
    return (low, high) == (pytest.approx(ends, rel=1e-12) if exact.implied else ends)


def test_shares_places_and_amounts_are_those_of_the_plain_path(data, of, columns):
    found = register.ranking(columns, of).set_index(["indicator", "subject"])
    compared = 0
    for name in indicators(data):
        plain = contributions.ranking(zones(data, name), less_is_better=profiles.less_is_better(data, name))
        unit = unscaled(str(data.indicators.at[name, "unit"]))
        for zone, row in plain.dropna(subset="value").iterrows():
            own = found.loc[name, zone]
            for column in ("value", "share_of_group", "share_of_city", "place"):
                exact = row[column].to(unit) if column == "value" else row[column]
                assert same(own[f"{column}_low"], own[f"{column}_high"], exact), (name, zone, column, own, exact)
                compared += exact is not None
    assert compared > 20
    assert len(found) == sum(zones(data, name).every[zone] is not None for name, zone in found.index)


def test_of_ranks_the_smallest_is_first_where_nothing_else_is_said():
    given = load(ROOT / "data")
    data = replace(given, tables={**given.tables, "indicators": given.indicators.assign(better=None)})
    of, name = Register.of(data), "assessment_rank"
    found = register.ranking(figures(data.observations, of, followed(data, of)), of).set_index(["indicator", "subject"])
    plain = contributions.ranking(zones(data, name), less_is_better=profiles.less_is_better(data, name))
    told = plain["place"].dropna()
    assert len(told) > 1
    for zone, exact in told.items():
        assert same(*found.loc[name, zone][["place_low", "place_high"]], exact)


def test_ends_that_are_not_reached_are_told(data, of, columns):
    found = register.ranking(columns, of).set_index(["indicator", "subject"])
    for name in indicators(data):
        for zone, exact in contributions.share_of_group(zones(data, name)).items():
            if exact is not None:
                own = found.loc[name, zone]
                assert bool(own.share_of_group_low_strict) == exact.low_strict or exact.low is None
                assert bool(own.share_of_group_high_strict) == exact.high_strict or exact.high is None


def test_gaps_are_those_of_the_plain_path(data, of, columns):
    found = register.gaps(columns, of).set_index("indicator")
    for name in indicators(data):
        exact = contributions.gap_to_whole(zones(data, name))
        assert (exact is not None) == (name in found.index)
        if exact is not None:
            assert same(*found.loc[name, ["low", "high"]], exact.to(unscaled(str(data.indicators.at[name, "unit"]))))


def test_location_quotients_are_those_of_the_plain_path(data, of, columns):
    found = register.location_quotients(columns, of).set_index(["indicator", "subject"])
    for name, reference in data.indicators["reference"].dropna().items():
        own, base = zones(data, name), zones(data, reference)
        for zone, exact in (contributions.location_quotients(own, base) if own and base else {}).items():
            if exact is None:
                assert (name, zone) not in found.index
            else:
                assert list(found.loc[name, zone][["low", "high"]]) == pytest.approx(
                    [float(exact.low), float(exact.high)], rel=1e-12
                )


def test_a_city_of_a_register_has_the_figures_that_it_has_alone(tmp_path):
    """Sums, shares and places do not mix cities."""
    whole = load(made_up.write(tmp_path / "whole", 2_000))
    of = Register.of(whole)
    found = register.ranking(figures(whole.observations, of), of).set_index(["indicator", "subject"])
    for city in ("city-0", "city-2"):
        observations = whole.observations
        group, name = whole.groups[city], "firms"
        at = f"{group}.{name}.2024"
        total = Fraction(observations.at[at, "low"])
        own = {
            zone: Fraction(observations.at[f"{zone}.{name}.2024", "low"])
            for zone in whole.zones.index
            if whole.zones.at[zone, "city"] == city
        }
        for zone, value in own.items():
            row = found.loc[name, zone]
            assert row.share_of_group_low == float(100 * value / total)
            larger = sum(other > value for other in own.values())
            assert (row.place_low, row.place_high) == (1 + larger, 1 + larger)
