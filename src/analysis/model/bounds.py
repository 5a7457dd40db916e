"""Bounds of unknown numbers, each with what it follows from.

Exact, on fractions, and without a notion of data: variables are any keys, the rows that state bounds any names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

LOW, HIGH = 0, 1
WHOLE = "whole"  # the rule by which a bound of a whole number is one itself

Key = Any  # of a variable: anything hashable


@dataclass(frozen=True, eq=False, slots=True)
class Bound:
    """One side of what is known of a variable.

    strict: the value itself is excluded. rule: what it follows by; row: who states it.
    premises: the bounds that it follows from, but for the one at place ``but``.
    """

    value: Fraction
    strict: bool = False
    rule: str = ""
    row: str | None = None
    premises: Sequence[Bound | None] = ()
    but: int = -1


Ends = tuple[Bound | None, Bound | None]
# what follows: for a variable, on a side of it
Finding = tuple[Key, int, Bound]


def behind(*bounds: Bound | None) -> Iterator[Bound]:
    """Bounds and all that they follow from, the last step first."""
    reached = [bound for bound in bounds if bound is not None]
    seen = set(map(id, reached))
    for bound in reached:
        yield bound
        for place, premise in enumerate(bound.premises):
            if premise is not None and place != bound.but and id(premise) not in seen:
                seen.add(id(premise))
                reached.append(premise)


def rows(*bounds: Bound | None) -> frozenset[str]:
    """The rows that bounds rest on."""
    return frozenset(bound.row for bound in behind(*bounds) if bound.row is not None)


def rules(*bounds: Bound | None) -> tuple[str, ...]:
    """The rules that bounds follow by, the last step first."""
    return tuple(dict.fromkeys(bound.rule for bound in behind(*bounds) if bound.rule))


class Clash(Exception):
    """Bounds that cannot hold together. rows: who states them; rules: what leads from these to the clash."""

    def __init__(self, *bounds: Bound | None) -> None:
        self.rows, self.rules = rows(*bounds), rules(*bounds)
        super().__init__(*sorted(self.rows))


class Box:
    """What is known of all variables so far.

    natural: the bounds that each has without any row. whole: the whole numbers among them. stated: the bounds of
    rows. Raises Clash where these cannot hold together.
    """

    def __init__(self, natural: Mapping[Key, Ends], whole: Collection[Key], stated: Iterable[Finding]) -> None:
        self._natural, self._whole = natural, whole
        self._ends: dict[Key, list[Bound | None]] = {key: list(ends) for key, ends in natural.items()}
        for finding in stated:
            self.tighten(*finding)

    def __getitem__(self, key: Key) -> Ends:
        low, high = self._ends[key]
        return low, high

    def fixed(self, key: Key) -> bool:
        """Whether one value is left."""
        low, high = self._ends[key]
        return low is not None and high is not None and low.value == high.value

    def floor(self, key: Key) -> Bound | None:
        """The bound that keeps a variable from falling below zero; None when it may."""
        lows = (self._natural[key][LOW], self._ends[key][LOW])
        return next((low for low in lows if low is not None and low.value >= 0), None)

    def tighten(self, key: Key, side: int, bound: Bound) -> bool:
        """Whether a bound says more than what was known; it is kept then. Raises Clash."""
        own, other = self._ends[key][side], self._ends[key][1 - side]
        if key in self._whole:
            bound = _inward(bound, side)
        if own is not None and not _beyond(bound, own, side, bound.strict and not own.strict):
            return False
        if other is not None and _beyond(bound, other, side, bound.strict or other.strict):
            raise Clash(bound, other)
        self._ends[key][side] = bound
        return True


def _beyond(bound: Bound, other: Bound, side: int, if_equal: bool) -> bool:
    """Whether a bound lies further in than another value."""
    if bound.value == other.value:
        return if_equal
    return (bound.value > other.value) == (side == LOW)


def _inward(bound: Bound, side: int) -> Bound:
    """The bound that follows for a whole number."""
    value = Fraction(ceil(bound.value) if side == LOW else floor(bound.value))
    if bound.strict and value == bound.value:
        value += 1 if side == LOW else -1
    return bound if value == bound.value else Bound(value, rule=WHOLE, premises=(bound,))
