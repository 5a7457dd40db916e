"""Contributions of zones, worked out by hand from the made-up statistics of tests/fixtures/zone-level.

Output in 100 million, 2023 and 2024: Harbour 132, 150; East 84, 90; West 57, 54; North 44, 50; South 33, 33;
Lakeside 21, 24; Airport 15, 19. All zones 386, 420; the city 520, 560.
"""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import concentration, contributions, growth, load
from analysis.analyses import walk
from analysis.model.zones import zones
from analysis.package.periods import span
from analysis.quantity import Answer, Quantity, exceeds, same


@pytest.fixture(scope="module")
def level(fixtures):
    return load(fixtures / "zone-level")


@pytest.fixture(scope="module")
def output(level):
    return zones(level, "output")


def test_shares_of_all_zones_and_of_the_city(output):
    table = contributions.ranking(output)
    assert list(table.index) == ["harbour", "east", "west", "north", "south", "lakeside", "airport"]
    # 150 / 420, 150 / 560
    assert table.at["harbour", "share_of_group"].value == F(15000, 420)
    assert table.at["harbour", "share_of_city"].value == F(15000, 560)
    assert [int(place.value) for place in table["place"]] == [1, 2, 3, 4, 5, 6, 7]
    # 560 − 420 hundred million
    assert contributions.gap_to_whole(output).to("CNY").value == 140 * 10**8


def test_growth_and_what_each_zone_adds(output):
    table = growth.contributions_to_growth(output)
    # 18 / 132; 18 of 386 in all; 18 of 34
    assert table.at["harbour", "growth"].value == F(1800, 132)
    assert table.at["harbour", "contribution_points"].value == F(1800, 386)
    assert table.at["harbour", "contribution_share"].value == F(1800, 34)
    # West shrank: −3 / 57, −3 / 386, −3 / 34
    assert table.at["west", "growth"].value == F(-300, 57)
    assert table.at["west", "contribution_points"].value == F(-300, 386)
    assert table.at["west", "contribution_share"].value == F(-300, 34)
    # the points add up to the growth of all, 34 / 386, and the parts to the whole
    of_zones = table.drop("all")
    points = sum(q.value for q in of_zones["contribution_points"])
    assert points == table.at["all", "growth"].value == table.at["all", "contribution_points"].value == F(3400, 386)
    assert sum(q.value for q in of_zones["contribution_share"]) == table.at["all", "contribution_share"].value == 100
    # the largest contribution first, the total last
    assert (table.index[0], table.index[-2], table.index[-1]) == ("harbour", "west", "all")


def test_investment_of_the_largest_zone_fell(level):
    table = growth.contributions_to_growth(zones(level, "investment"))
    # 36 → 33 of 110 → 120
    assert table.at["harbour", "growth"].value == F(-300, 36)
    assert table.at["harbour", "contribution_points"].value == F(-300, 110)
    assert table.at["all", "growth"].value == F(1000, 110)


def test_concentration(output):
    spread = concentration.concentration(output)
    # (150² + 90² + 54² + 50² + 33² + 24² + 19²) / 420² = 38,042 / 176,400; 150 / 420; (150 + 90 + 54) / 420 = 70 %
    assert spread["hhi"].value == F(38042, 176400)
    assert spread["cr1"].value == F(15000, 420)
    assert spread["cr3"].value == 70


def test_location_quotient_within_one_universe(level, output):
    employment = zones(level, "employment")
    # people at the end of the year against what was made over it: (150 / 560) / (3 / 14) = 1.25
    assert contributions.location_quotients(output, employment)["harbour"].value == F(5, 4)
    # people of another year are no reference
    assert set(contributions.location_quotients(zones(level, "output", span("2023")), employment).values()) == {None}


def test_what_the_rest_of_the_city_has(level):
    table = walk.totals(level, "one-board")
    assert table.at["output", "share"].value == 75  # 420 / 560
    assert table.at["investment", "remainder"].to("CNY").value == 50 * 10**8  # 170 − 120


def test_concentration_where_one_share_alone_is_known():
    """One zone holds 98.23 %, six others share 1.77 % in an unknown way."""
    known, open_ = Quantity.point("98.23", "%"), Quantity(F(0), F("1.77"), "%")
    index = concentration.herfindahl([known, *[open_] * 6])
    assert index.low == F("0.9823") ** 2 + F("0.0177") ** 2 / 6
    assert index.high == F("0.9823") ** 2 + F("0.0177") ** 2
    # the three largest hold 98.23 % and at least two sixths of the rest
    assert concentration.joint_share([known, *[open_] * 6], 3).low == F("98.23") + F("1.77") / 3
    assert concentration.joint_share([known, *[open_] * 6], 3).high == 100


def test_places_between_bounds_are_bounds(level, output):
    """A zone that makes between 40 and 60 stands somewhere from third to fifth."""
    every = {**output.every, "north": Quantity(F(40), F(60), "1e8 CNY").to(output.published.unit)}
    place = contributions.places(type(output)(**{**vars(output), "every": every}))["north"]
    assert (place.low, place.high) == (3, 4)  # above South's 33, below East's 90, West's 54 open


def test_shares_need_parts_that_are_not_negative(output):
    every = {**output.every, "west": Quantity.point(-5, output.published.unit)}
    fallen = type(output)(**{**vars(output), "every": every})
    assert set(contributions.share_of_group(fallen).values()) == {None}
    assert concentration.concentration(fallen) == {}


@given(
    ends=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 3) | st.none(), st.booleans(), st.booleans()),
        min_size=2,
        max_size=7,
    ),
    less=st.booleans(),
)
def test_places_agree_with_the_one_comparison(output, ends, less):
    """Counted pair by pair, a zone stands behind those that certainly exceed it."""
    unit, every = output.published.unit, {}
    for i, (low, wide, low_strict, high_strict) in enumerate(ends):
        high = None if wide is None else F(low + wide)
        inside = wide != 0
        every[str(i)] = Quantity(
            F(low), high, unit, low_strict=low_strict and inside, high_strict=high_strict and inside
        )
    places = contributions.places(type(output)(**{**vars(output), "every": every}), less_is_better=less)
    for zone, own in every.items():
        others = [q for other, q in every.items() if other != zone]
        before, behind = ([exceeds(q, own) for q in others], [exceeds(own, q) for q in others])
        before, behind = (behind, before) if less else (before, behind)
        level = sum(same(own, q) is Answer.YES for q in others)
        expected = (1 + sum(before), len(every) - sum(behind) - level)
        found = places[zone]
        assert (found is None and expected == (1, len(every))) or (found.low, found.high) == expected
