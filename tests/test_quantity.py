"""Bounds: what a reader loses if they are wrong is the word "over" in front of a figure."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.quantity import IncompatibleUnits, Quantity, exceeds, factor, highest, lowest, rounded, total

numbers = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)


@st.composite
def bounded(draw: st.DrawFn) -> tuple[Quantity, Fraction]:
    """A quantity, possibly open on a side, possibly with excluded bounds, and a point inside it."""
    point = draw(numbers)
    below = draw(st.none() | st.fractions(min_value=0, max_value=1, max_denominator=50))
    above = draw(st.none() | st.fractions(min_value=0, max_value=10**4, max_denominator=50))
    low = Fraction(0) if below is None else point * (1 - below)
    high = None if above is None else point + above
    q = Quantity(
        low, high, low_strict=low < point and draw(st.booleans()), high_strict=high != point and draw(st.booleans())
    )
    return q, point


@given(bounded(), bounded())
def test_a_result_holds_every_value_its_inputs_allow(a, b):
    (qa, x), (qb, y) = a, b
    assert qa.contains(x) and qb.contains(y)
    assert (qa + qb).contains(x + y)
    assert (qa - qb).contains(x - y)
    assert (qa * qb).contains(x * y)
    if y:
        assert qb.inverse().contains(1 / y)
        assert (qa / qb).contains(x / y)


@given(bounded(), bounded())
def test_differences_multiply_and_divide_soundly_too(a, b):
    (qa, x), (qb, y) = a, b
    difference = qa - qb
    assert (difference * qb).contains((x - y) * y)
    if x - y:
        assert difference.inverse().contains(1 / (x - y))


@given(bounded())
def test_a_unit_changes_the_number_and_not_the_amount(a):
    q, x = a
    area = Quantity(q.low, q.high, "hectare", q.low_strict, q.high_strict)
    assert area.to("mu").contains(x * 15)
    assert area.to("mu").to("hectare") == area


def test_a_ratio_of_two_lower_bounds_has_no_bound():
    # over 6,000 ÷ over 1,500: as small as one likes (6,000 ÷ a million), as large as one likes
    ratio = Quantity(6000, None, "person", low_strict=True) / Quantity(1500, None, "person", low_strict=True)
    assert not ratio.is_bounded


def test_over_1500_jobs_on_600_million_is_over_250_per_100_million():
    # 1,500 ÷ 6 (hundred million) = 250, and "over" stays excluded
    ratio = (Quantity(1500, None, "person", low_strict=True) / Quantity.point(6, "1e8 CNY")).to("person/(1e8 CNY)")
    assert (ratio.low, ratio.high, ratio.low_strict) == (250, None, True)


def test_an_upper_bound_turns_into_a_lower_one_in_the_denominator():
    # 1.5 ÷ up to 6.7 is at least 15/67
    years = Quantity.point("1.5", "CNY") / Quantity(0, "6.7", "CNY/year", low_strict=True)
    assert (years.low, years.high) == (Fraction(15, 67), None)


def test_a_mu_is_a_fifteenth_of_a_hectare():
    assert factor("hectare", "mu") == 15
    assert factor("mu", "m^2") == Fraction(10000, 15)


def test_a_number_of_things_is_in_their_unit():
    three = Quantity.point(3, "mu")
    assert (Quantity.point(2) * three).unit == "mu" and (three / Quantity.point(2)).unit == "mu"


@pytest.mark.parametrize("bounds", [(2, 3), (2, None), (None, 3)])
def test_what_lies_between_bounds_has_no_one_value(bounds):
    low, high = (end and Fraction(end) for end in bounds)
    with pytest.raises(ValueError, match="no single value"):
        _value = Quantity(low, high).value


def test_jobs_cannot_be_added_to_money():
    with pytest.raises(IncompatibleUnits):
        Quantity.point(1, "person") + Quantity.point(1, "CNY")


def test_about_stays_about_and_sources_are_kept_once_each():
    a = Quantity(1, 1, approximate=True, sources=("x",))
    b = Quantity(2, 2, sources=("y", "x"))
    assert total([a, b, b]).approximate
    assert total([a, b, b]).sources == ("x", "y")


def test_a_printed_share_stands_for_half_a_unit_of_its_last_place():
    # 43.5 with one place: 43.45 to 43.55
    assert (rounded(Fraction("43.5"), 1).low, rounded(Fraction("43.5"), 1).high) == (
        Fraction("43.45"),
        Fraction("43.55"),
    )


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="low 2 above high 1"):
        Quantity(2, 1)


def test_overlap_knows_excluded_ends():
    assert not Quantity(None, 5, high_strict=True).overlaps(Quantity(5, None))
    assert Quantity(None, 5).overlaps(Quantity(5, None))


@given(bounded(), bounded())
def test_one_amount_exceeds_another_only_if_each_value_does(a, b):
    (qa, x), (qb, y) = a, b
    if exceeds(qa, qb):
        assert x > y and not qa.overlaps(qb) and not exceeds(qb, qa)


def test_the_largest_is_judged_by_what_it_can_be():
    over, upto, point = Quantity(5, None), Quantity(0, 9), Quantity.point(7)
    named = {"over": over, "up to": upto, "point": point, "missing": None, "open": Quantity(None, None)}
    assert highest(named) == "up to" and lowest(named) == "up to"
    assert highest({"over": over, "point": point}) == "point" and lowest({"over": over, "point": point}) == "over"
    assert highest({}) is lowest({"missing": None}) is None


def test_a_strict_bound_exceeds_its_own_limit():
    assert exceeds(Quantity(5, None, low_strict=True), 5) and not exceeds(Quantity(5, None), 5)
    assert not exceeds(None, 5) and not exceeds(Quantity.point(5), None)
