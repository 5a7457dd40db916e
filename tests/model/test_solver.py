"""The solver alone: hand-worked constraints, and linear systems against an independent linear program."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult, linprog

from analysis.model.bounds import HIGH, LOW, Bound, Clash, rows
from analysis.model.constraints import Constraint, Distinct, Linear, Product, Within
from analysis.model.solver import System


def system(constraints: list[Constraint], whole=(), **stated) -> System:
    """A system in which each stated variable is at its value or between two; no variable falls below zero."""
    made = System()
    made.constraints, made.whole = constraints, set(whole)
    keys = {key for constraint in constraints for key in constraint.keys}
    made.natural = {key: (Bound(Fraction(0)), None) for key in keys}
    for key, value in stated.items():
        for side, end in enumerate(value if isinstance(value, tuple) else (value, value)):
            if end is not None:
                made.stated.append((key, side, Bound(Fraction(str(end)), row=key)))
    return made


def ends(made: System, key: str) -> tuple:
    return tuple(bound and bound.value for bound in made.solve()[key])


def test_what_one_holds_the_others_cannot():
    made = system([Linear("sum", {"a": 1, "b": 1, "c": 1, "all": -1})], a="98.23", all=100)
    assert ends(made, "b") == ends(made, "c") == (0, Fraction("1.77"))


def test_an_excluded_end_stays_excluded():
    made = system([Linear("sum", {"a": 1, "b": 1, "all": -1})], all=100)
    made.stated.append(("a", LOW, Bound(Fraction(60), strict=True, row="a")))
    high = made.solve()["b"][HIGH]
    assert (high.value, high.strict) == (40, True)


def test_a_share_and_its_amount_give_the_whole_and_whole_numbers_are_whole():
    """104 ÷ 43.55 % = 238.8, 104 ÷ 43.45 % = 239.4."""
    product = Product("product", "share", "city", "zones")
    rest = Linear("rest", {"zones": 1, "rest": 1, "city": -1})
    made = system([product, rest], whole={"city", "rest"}, share=("43.45", "43.55"), zones=104)
    assert ends(made, "city") == (239, 239) and ends(made, "rest") == (135, 135)


def test_a_share_and_its_whole_give_the_amount_and_both_amounts_the_share():
    product = Product("product", "share", "city", "zones")
    assert ends(system([product], share=(40, 50), city=(10, 20)), "zones") == (4, 10)
    assert ends(system([product], zones=(4, 10), city=20), "share") == (20, 50)


def test_nothing_of_more_than_three_is_a_share_of_nought_and_no_contradiction():
    made = system([Product("product", "share", "city", "zones")], zones=0)
    made.stated.append(("city", LOW, Bound(Fraction(3), strict=True, row="city")))
    assert ends(made, "share") == (0, 0)


def test_ranks_are_held_once_and_counts_tell_where_the_others_are():
    """Three of seven within ten and six within thirty, three of the ranks known: the other four are not within ten."""
    zones = list("abcdefg")
    made = system(
        [Distinct("once", zones), Within("within", zones, 10, "ten"), Within("within", zones, 30, "thirty")],
        {*zones, "ten", "thirty"},
        a=6,
        b=8,
        c=9,
        ten=3,
        thirty=6,
    )
    assert {ends(made, key) for key in "defg"} == {(11, None)}
    made.stated.append(("d", LOW, Bound(Fraction(31), row="d")))
    assert {ends(made, key) for key in "efg"} == {(11, 30)}


def test_what_a_bound_rests_on_is_all_that_it_needs():
    """That the share is above zero, for a quotient; that one of three is beyond, for the others to be within."""
    made = system([Product("product", "share", "city", "zones")], share=(20, 40), zones=8)
    made.natural["share"] = (None, None)
    assert rows(made.solve()["city"][LOW]) == {"share", "zones"} and ends(made, "city") == (20, 40)
    made.stated = [(key, side, Bound(bound.value, row=f"{key}{side}")) for key, side, bound in made.stated]
    assert rows(made.solve()["city"][LOW]) == {"share0", "share1", "zones0"}
    made = system([Within("within", ["a", "b", "c"], 3, "three")], {"a", "b", "c", "three"}, a=(7, None), three=2)
    assert ends(made, "b") == (0, 3) and rows(made.solve()["b"][HIGH]) == {"a", "three"}


def test_a_stretch_that_others_fill_is_taken():
    made = system([Distinct("once", ["a", "b", "c", "d"])], "abcd", a=(1, 3), b=(1, 3), c=2, d=(1, 9))
    assert ends(made, "d") == (4, 9)
    made = system([Distinct("once", ["a", "b", "c"])], "abc", a=(1, 2), b=(1, 2), c=(1, 2))
    with pytest.raises(Clash):
        made.solve()


def test_a_circle_takes_a_linear_program():
    """x + y = 10 and x − y = 2 leave one point; constraint by constraint it is only approached."""
    made = system([Linear("one", {"x": 1, "y": 1}, Fraction(10)), Linear("two", {"x": 1, "y": -1}, Fraction(2))])
    assert ends(made, "x") == (6, 6) and ends(made, "y") == (4, 4)


def test_the_rows_of_a_contradiction_are_as_few_as_can_be():
    constraints = [Linear("sum", {"a": 1, "b": 1, "c": 1, "all": -1})]
    made = system(constraints, a=30, b=40, c=(5, None), all=60)
    clash = made.clash()
    assert clash is not None and clash.rows == {"a", "b", "all"} and clash.rules == ("sum",)
    assert made.clash({"a", "b", "c"}) is None


coefficients = st.sampled_from([-2, -1, -1, 0, 0, 0, 1, 1, 1, 3])


@st.composite
def linear(draw: st.DrawFn) -> System:
    """A random system that at least one point satisfies, some of its variables between bounds."""
    size = draw(st.integers(2, 6))
    point = draw(st.lists(st.integers(-5, 20), min_size=size, max_size=size))
    made = System()
    for key in range(size):
        made.natural[key] = (None, None)
        for side, sign in ((LOW, -1), (HIGH, 1)):
            if draw(st.booleans()):
                slack = Fraction(draw(st.integers(0, 24)), 4)  # exact for floats too
                made.stated.append((key, side, Bound(point[key] + sign * slack, row=f"{key}{side}")))
    for _ in range(draw(st.integers(1, 5))):
        terms = {key: c for key in range(size) if (c := draw(coefficients))}
        if terms:
            equal = draw(st.booleans())
            total = sum(c * point[key] for key, c in terms.items()) + (0 if equal else draw(st.integers(0, 4)))
            made.constraints.append(Linear(f"rule {len(made.constraints)}", terms, Fraction(total), equal))
    return made


def program(made: System, goal: list[int]) -> OptimizeResult:
    """A linear program by SciPy's HiGHS."""
    size = len(made.natural)
    box = [[None, None] for _ in range(size)]
    for key, side, bound in made.stated:
        box[key][side] = float(bound.value)
    matrices = {equal: ([], []) for equal in (True, False)}
    for constraint in made.constraints:
        rows, totals = matrices[constraint.equal]
        rows.append([constraint.terms.get(key, 0) for key in range(size)])
        totals.append(float(constraint.total))
    (a_eq, b_eq), (a_ub, b_ub) = matrices[True], matrices[False]
    constraints = (a_ub or None, b_ub or None, a_eq or None, b_eq or None)
    # presolving, HiGHS calls some unbounded programs infeasible
    return linprog(goal, *constraints, box, method="highs", options={"presolve": False})


def programmed(made: System, key: int, side: int) -> float | None:
    """A bound by a linear program; None where there is none."""
    sign = 1 if side == LOW else -1
    found = program(made, [sign * (other == key) for other in range(len(made.natural))])
    if found.status == 3 or (found.status == 4 and "unbounded" in found.message.lower()):
        return None
    assert found.status == 0, found.message
    return found.fun * sign


@given(linear())
def test_bounds_are_those_of_the_linear_program(made: System):
    box = made.solve()
    for key in made.natural:
        for side in (LOW, HIGH):
            expected, bound = programmed(made, key, side), box[key][side]
            if expected is None:
                assert bound is None
            else:
                assert bound is not None and float(bound.value) == pytest.approx(expected, abs=1e-6)


@given(linear(), st.data())
def test_a_contradiction_is_one_for_the_linear_program_too_and_none_without_any_of_its_rows(
    made: System, pick: st.DataObject
):
    """One bound is moved; where no point is left, the rows named admit none, and any one less admits some."""
    assume(made.stated)
    place = pick.draw(st.integers(0, len(made.stated) - 1))
    key, side, bound = made.stated[place]
    moved = Bound(bound.value + (20 if side == LOW else -20), row=bound.row)
    made.stated[place] = (key, side, moved)
    # a bound above the other one of its variable is no program at all
    assume(not any(k == key and s != side and (moved.value > b.value) == (side == LOW) for k, s, b in made.stated))
    clash = made.clash()
    assert (clash is None) == feasible(made)
    if clash:
        assert not feasible(made, clash.rows)
        assert all(feasible(made, clash.rows - {row}) for row in clash.rows)


def feasible(made: System, rows=None) -> bool:
    """Whether a point is left, by SciPy's HiGHS."""
    alone = System()
    alone.natural, alone.constraints = made.natural, made.constraints
    alone.stated = [found for found in made.stated if rows is None or found[2].row in rows]
    return program(alone, [0] * len(made.natural)).status == 0
