"""The one comparison: what it answers holds for every value that the bounds allow, in any unit, below zero too."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.quantity import (
    APPROXIMATE,
    Answer,
    IncompatibleUnits,
    Quantity,
    at_most,
    below,
    exceeds,
    highest,
    lowest,
    same,
)

# few numbers, so that bounds meet
numbers = st.sampled_from([Fraction(n, 2) for n in range(-6, 7)])
UNITS = {"hectare": Fraction(1), "mu": Fraction(15), "m^2": Fraction(10_000), "1e4 m^2": Fraction(1)}
STEPS = [Fraction(n, 2) for n in range(-7, 8)] + [Fraction(-(10**6)), Fraction(10**6)]


@st.composite
def bounded(draw: st.DrawFn) -> Quantity:
    """What may be known of an area: points, intervals, open ends, excluded bounds, about."""
    low, high = draw(st.none() | numbers), draw(st.none() | numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    point = low is not None and low == high
    return Quantity(
        low,
        high,
        "hectare",
        low_strict=not point and draw(st.booleans()),
        high_strict=not point and draw(st.booleans()),
        approximate=draw(st.booleans()),
    )


def values(q: Quantity) -> list[Fraction]:
    """Values that the bounds allow: on a grid, at the bounds, and just inside them."""
    wide = q.widened()
    ends = [bound for bound in (wide.low, wide.high) if bound is not None]
    near = [end + side * Fraction(1, 1000) for end in ends for side in (-1, 1)]
    return [value for value in (*STEPS, *ends, *near) if wide.contains(value)]


def judged(answers: list[bool]) -> Answer:
    """What all values together say."""
    return Answer.YES if all(answers) else Answer.NO if not any(answers) else Answer.OPEN


@given(bounded(), bounded())
def test_the_answer_is_that_of_every_pair_of_values(a, b):
    pairs = [(x, y) for x in values(a) for y in values(b)]
    assert at_most(a, b) == judged([x <= y for x, y in pairs])
    assert below(a, b) == judged([x < y for x, y in pairs])
    assert exceeds(a, b) == all(x > y for x, y in pairs)


@given(bounded(), bounded(), st.sampled_from([*UNITS]), st.sampled_from([*UNITS]))
def test_no_answer_hangs_on_the_unit(a, b, first, second):
    """18.2 亿元 restated as 182000 万元 was the largest of all."""
    restated = a.to(first), b.to(second)
    for question in (at_most, below, exceeds, same):
        assert question(*restated) == question(a, b)
    for pick in (highest, lowest):
        assert pick({"a": a.to(first), "b": b.to(second)}) == pick({"a": a, "b": b})


@given(bounded(), numbers, st.sampled_from([*UNITS]))
def test_a_plain_number_is_in_the_others_unit(a, limit, unit):
    assert at_most(a.to(unit), limit) == at_most(a.to(unit), Quantity.point(limit, unit))
    assert below(limit, a.to(unit)) == below(Quantity.point(limit, unit), a.to(unit))


@given(bounded(), bounded())
def test_the_two_questions_complement_each_other(a, b):
    opposite = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.OPEN: Answer.OPEN}
    assert below(a, b) == opposite[at_most(b, a)]
    if below(a, b) is Answer.YES:
        assert at_most(a, b) is Answer.YES and same(a, b) is not Answer.YES
    assert same(a, b) == same(b, a)


@given(bounded(), bounded())
def test_what_cannot_be_equal_is_not_the_same(a, b):
    if same(a, b) is Answer.NO:
        assert not set(values(a)) & set(values(b)) or a.approximate or b.approximate
    if same(a, b) is Answer.YES:
        assert a.value == b.value


def test_what_is_not_known_leaves_every_question_open():
    for pair in ((None, Quantity.point(1)), (Quantity.point(1), None), (None, None), (Quantity(None, None), 1)):
        assert at_most(*pair) is below(*pair) is Answer.OPEN and not exceeds(*pair)


def test_jobs_are_not_compared_with_money():
    with pytest.raises(IncompatibleUnits):
        at_most(Quantity.point(1, "person"), Quantity.point(1, "CNY"))
    with pytest.raises(IncompatibleUnits):
        at_most(Quantity.point(1, "USD"), Quantity.point(1, "CNY"))
    with pytest.raises(IncompatibleUnits):
        highest({"a": Quantity.point(1, "USD"), "b": Quantity.point(1, "CNY")})


# about: a tenth, on either side


@pytest.mark.parametrize(
    ("about", "limit", "answer"),
    [
        (100, 110, Answer.YES),
        (100, "109.99", Answer.OPEN),
        (100, 100, Answer.OPEN),
        (100, 90, Answer.OPEN),
        (100, "89.99", Answer.NO),
        (-100, -90, Answer.YES),
        (-100, "-90.01", Answer.OPEN),
        (-100, -110, Answer.OPEN),
        (-100, "-110.01", Answer.NO),
        (0, 0, Answer.YES),
    ],
)
def test_about_is_a_tenth_off_and_no_more(about, limit, answer):
    """Two tenths, or an eleventh, and a part would be above its whole or not."""
    assert at_most(Quantity(about, about, approximate=True), Quantity.point(limit)) is answer


def test_both_sides_may_be_about():
    # 100 is 90 to 110 and 125 is 112.5 to 137.5; 122 is 109.8 to 134.2
    a = Quantity(100, 100, approximate=True)
    assert below(a, Quantity(125, 125, approximate=True)) is Answer.YES
    assert below(a, Quantity(122, 122, approximate=True)) is Answer.OPEN


def test_about_widens_bounds_once_and_keeps_the_open_ones():
    assert APPROXIMATE * 10 == 1
    wide = Quantity(-20, 50, approximate=True, sources=("x",)).widened()
    assert (wide.low, wide.high, wide.approximate, wide.sources) == (-22, 55, False, ("x",))
    assert wide.widened() == wide
    assert Quantity(None, 50, approximate=True).widened().low is None
    assert Quantity(20, None, approximate=True).widened().high is None


# the largest and the smallest


def test_the_largest_is_found_in_any_unit_and_below_zero():
    invested = {
        "tongxin": Quantity.point(182_000, "1e4 CNY"),
        "zhongke": Quantity.point(70, "1e8 CNY"),
        "tuobituo": Quantity.point("1.5", "1e8 CNY"),
    }
    assert highest(invested) == "zhongke" and lowest(invested) == "tuobituo"
    areas = {"beipiao": Quantity.point(150, "1e4 m^2"), "kazuo": Quantity.point(90_000, "m^2")}
    assert highest(areas) == "beipiao" and lowest(areas) == "kazuo"
    withdrawn = {"a": Quantity.point(-5), "b": Quantity.point(-3), "c": Quantity.point(0)}
    assert highest(withdrawn) == "c" and lowest(withdrawn) == "a"


def test_what_is_open_below_is_the_lowest():
    assert lowest({"open": Quantity(None, 5), "point": Quantity.point(-3)}) == "open"
    assert highest({"open": Quantity(-7, None), "point": Quantity.point(-9)}) == "open"


# equality


def test_quantities_are_equal_by_what_is_known_of_them():
    """Two editions are compared figure by figure: by identity, every one would have changed."""
    q = Quantity(1, 2, "mu", low_strict=True, sources=("x",))
    assert q == Quantity(1, 2, "mu", low_strict=True, sources=("x",)) and hash(q) == hash(
        Quantity(1, 2, "mu", True, sources=("x",))
    )
    assert q == q.described("in other words"), "a formula tells how, not what"
    for other in (
        Quantity(1, 3, "mu", low_strict=True, sources=("x",)),
        Quantity(1, 2, "m^2", low_strict=True, sources=("x",)),
        Quantity(1, 2, "mu", sources=("x",)),
        Quantity(1, 2, "mu", low_strict=True, approximate=True, sources=("x",)),
        Quantity(1, 2, "mu", low_strict=True, implied=True, sources=("x",)),
        Quantity(1, 2, "mu", low_strict=True, sources=("y",)),
    ):
        assert q != other
