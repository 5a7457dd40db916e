"""One comparison for the whole project: yes, no, or open where the bounds do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

import pandas as pd

from analysis.quantity.bounds import Quantity

Operand = Quantity | int | Fraction | None


class Answer(StrEnum):
    """What bounds say of a question: it holds for every possible value, for none, or for some."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


def at_most(amount: Operand, limit: Operand) -> Answer:
    """Whether an amount is at most the limit. Units are converted; a plain number is in the other's unit; an
    approximate amount may be a tenth off; what is not known leaves it open.

    >>> at_most(Quantity(1, 2), 2), at_most(Quantity(3, 4), 2), at_most(Quantity(1, 3), 2)
    (<Answer.YES: 'yes'>, <Answer.NO: 'no'>, <Answer.OPEN: 'open'>)

    Raises IncompatibleUnits.
    """
    pair = _on_one_footing(amount, limit)
    if pair is None:
        return Answer.OPEN
    left, right = pair
    if left.high is not None and right.low is not None and left.high <= right.low:
        return Answer.YES
    return Answer.NO if _above(left, right) else Answer.OPEN


def below(amount: Operand, limit: Operand) -> Answer:
    """Whether an amount is less than the limit; otherwise as `at_most`.

    >>> below(Quantity(1, 2), 3)
    <Answer.YES: 'yes'>
    """
    answer = at_most(limit, amount)
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.OPEN: Answer.OPEN}[answer]


def exceeds(amount: Operand, limit: Operand) -> bool:
    """Whether the amount is certainly more than the limit.

    >>> exceeds(Quantity(3, 5), 2), exceeds(Quantity(1, 3), 2)
    (True, False)
    """
    return below(limit, amount) is Answer.YES


def same(first: Quantity | None, second: Quantity | None) -> Answer:
    """Whether two amounts are equal: open unless both are points or they cannot overlap.

    >>> same(Quantity.point(1, "year"), Quantity.point(12, "month"))
    <Answer.YES: 'yes'>
    """
    if first is None or second is None:
        return Answer.OPEN
    if not first.overlaps(second):
        return Answer.NO
    exact = first.is_point and second.is_point and not (first.approximate or second.approximate)
    return Answer.YES if exact else Answer.OPEN


def _on_one_footing(*pair: Operand) -> tuple[Quantity, Quantity] | None:
    left, right = pair
    if left is None or right is None:
        return None
    unit = next((q.unit for q in pair if isinstance(q, Quantity)), "1")
    first, second = (
        (q.to(unit) if isinstance(q, Quantity) else Quantity.point(q, unit)).widened() for q in (left, right)
    )
    return first, second


def _above(left: Quantity, right: Quantity) -> bool:
    if left.low is None or right.high is None:
        return False
    return left.low > right.high or (left.low == right.high and (left.low_strict or right.high_strict))


def _known(named: Mapping[str, Quantity | None] | pd.Series) -> dict[str, Quantity]:
    """The quantities of which anything is known, in one unit."""
    known = {str(name): q for name, q in named.items() if q is not None and q.is_bounded}
    unit = next((q.unit for q in known.values()), "1")
    return {name: q.to(unit) for name, q in known.items()}


def lowest(named: Mapping[str, Quantity | None] | pd.Series) -> str | None:
    """The name of the smallest of these quantities, judged by what each is at least; None when none is known.
    Raises IncompatibleUnits.

    >>> lowest({"a": Quantity(3, 9), "b": Quantity(4, 5)})
    'a'
    """
    known = _known(named)
    # open below: as low as can be
    return min(known, key=lambda name: (known[name].low is not None, known[name].low or Fraction(0)), default=None)


def highest(named: Mapping[str, Quantity | None] | pd.Series) -> str | None:
    """The name of the largest of these quantities, judged by what each is at most, or at least where that is open;
    None when none is known. Raises IncompatibleUnits.

    >>> highest({"a": Quantity(3, 9), "b": Quantity(10, None)})
    'b'
    """
    known = _known(named)
    return max(known, key=lambda name: known[name].reach, default=None)
