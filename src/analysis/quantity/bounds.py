"""What is known of an amount, carried through formulas.

The article prints "over 1,500", "300,000 to 330,000", "up to 670 million". Such a figure is an
interval, and every formula here is interval arithmetic on exact fractions: the result holds every
value that the formula takes for points inside its inputs. An open bound stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypedDict

from analysis.quantity.units import combined, factor

# how far an approximate figure may be off when it is held against another
APPROXIMATE = Fraction(1, 10)


class _Origin(TypedDict):
    """What a result inherits from what it is computed from."""

    approximate: bool
    implied: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=True)
class Quantity:
    """What is known of an amount: it lies between ``low`` and ``high``, in ``unit``.

    low, high: exact bounds; None where there is none. Equal bounds make a point.
    unit: a pint expression ("CNY", "CNY/mu", "%", "1" for a plain ratio).
    low_strict, high_strict: the bound itself is excluded ("over 1,500").
    approximate: the source says "about"; every result of it is approximate too.
    implied: no source prints it: it follows from what others print.
    sources: ids of the observations that it was computed from, in order of first use.
    formula: in words, for a derived amount; empty for a published one.

    Raises ValueError when low > high.

    >>> jobs = Quantity(1500, None, "person", low_strict=True)  # "over 1,500"
    >>> jobs.contains(1500), jobs.is_point, jobs.is_bounded, float(jobs.reach)
    (False, False, True, 1500.0)
    >>> about = Quantity(200, 200, "%", approximate=True).widened()
    >>> float(about.low), float(about.within(Quantity(0, 190, "%")).high), about.overlaps(Quantity.point(2))
    (180.0, 190.0, True)
    >>> term = Quantity.point(24, "month").to("year").described("24 months")
    >>> float(term.value), float(term.inverse().value), term.formula
    (2.0, 0.5, '24 months')
    """

    low: Fraction | None
    high: Fraction | None
    unit: str = "1"
    low_strict: bool = False
    high_strict: bool = False
    approximate: bool = False
    implied: bool = False
    sources: tuple[str, ...] = ()
    formula: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            bound = getattr(self, name)
            if bound is not None and not isinstance(bound, Fraction):
                object.__setattr__(self, name, Fraction(str(bound)))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} above high {self.high}")

    @classmethod
    def point(cls, value: object, unit: str = "1", sources: Iterable[str] = ()) -> Quantity:
        """The quantity that is exactly ``value``."""
        exact = Fraction(str(value))
        return cls(exact, exact, unit, sources=tuple(sources))

    @property
    def is_point(self) -> bool:
        """Whether it is known exactly."""
        return self.low is not None and self.low == self.high

    @property
    def reach(self) -> Fraction:
        """What it is at most, or at least where that is open; 0 where nothing is known."""
        bound = self.low if self.high is None else self.high
        return Fraction(0) if bound is None else bound

    @property
    def is_bounded(self) -> bool:
        """Whether anything is known: a lower bound other than 0, or an upper bound."""
        return bool(self.low) or self.high is not None

    @property
    def value(self) -> Fraction:
        """The exact value of a point. Raises ValueError for an interval."""
        if self.low is None or self.low != self.high:
            raise ValueError("an interval has no single value")
        return self.low

    def widened(self) -> Quantity:
        """The bounds that an approximate figure stands for: up to a tenth off on either side."""
        if not self.approximate:
            return self
        return replace(
            self,
            low=None if self.low is None else self.low - abs(self.low) * APPROXIMATE,
            high=None if self.high is None else self.high + abs(self.high) * APPROXIMATE,
            approximate=False,
        )

    def to(self, unit: str) -> Quantity:
        """The same amount in another unit. Raises IncompatibleUnits."""
        by = factor(self.unit, unit)
        return replace(
            self,
            low=None if self.low is None else self.low * by,
            high=None if self.high is None else self.high * by,
            unit=unit,
        )

    def described(self, formula: str) -> Quantity:
        """The same amount, with the formula that gave it in words."""
        return replace(self, formula=formula)

    def contains(self, value: object) -> bool:
        """Whether ``value`` (in this unit) is possible."""
        exact = value if isinstance(value, Fraction) else Fraction(str(value))
        above = self.low is None or (exact > self.low if self.low_strict else exact >= self.low)
        below = self.high is None or (exact < self.high if self.high_strict else exact <= self.high)
        return above and below

    def overlaps(self, other: Quantity) -> bool:
        """Whether some value is possible for both."""
        other = other.to(self.unit)
        lows = [(q.low, q.low_strict) for q in (self, other) if q.low is not None]
        highs = [(q.high, q.high_strict) for q in (self, other) if q.high is not None]
        if not lows or not highs:
            return True
        low, high = max(lows), min(highs, key=lambda bound: (bound[0], not bound[1]))
        return low[0] < high[0] or (low[0] == high[0] and not (low[1] or high[1]))

    def within(self, limits: Quantity) -> Quantity:
        """The same amount, known to lie within limits of its unit too; itself where that leaves nothing."""
        lows = [(q.low, q.low_strict) for q in (self, limits) if q.low is not None]
        highs = [(q.high, not q.high_strict) for q in (self, limits) if q.high is not None]
        low, high = max(lows, default=(None, False)), min(highs, default=(None, True))
        if not self.overlaps(limits):
            return self
        return replace(self, low=low[0], low_strict=low[1], high=high[0], high_strict=not high[1])

    def __neg__(self) -> Quantity:
        return replace(
            self,
            low=None if self.high is None else -self.high,
            high=None if self.low is None else -self.low,
            low_strict=self.high_strict,
            high_strict=self.low_strict,
        )

    def __add__(self, other: Quantity) -> Quantity:
        other = _as_quantity(other).to(self.unit)
        return Quantity(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.unit,
            self.low_strict or other.low_strict,
            self.high_strict or other.high_strict,
            **_provenance(self, other),
        )

    def __sub__(self, other: Quantity) -> Quantity:
        return self + -_as_quantity(other)

    def __mul__(self, other: Quantity | int | Fraction) -> Quantity:
        other = _as_quantity(other)
        low, high = _hull(self, other)
        return Quantity(
            low[0],
            high[0],
            combined(self.unit, "*", other.unit),
            low[1],
            high[1],
            **_provenance(self, other),
        )

    def inverse(self) -> Quantity:
        """One over it: unbounded where it may be zero or may change sign."""
        unit = combined("1", "/", self.unit)
        kept = _provenance(self)
        if self.low is not None and self.low >= 0:
            high = 1 / self.low if self.low else None
            low, strict = (Fraction(0), True) if self.high is None else (None, self.high_strict)
            if self.high == 0:
                return Quantity(None, None, unit, **kept)
            low = low if self.high is None else 1 / self.high
            return Quantity(low, high, unit, strict, self.low_strict and high is not None, **kept)
        if self.high is not None and self.high <= 0:
            return -(-self).inverse()
        return Quantity(None, None, unit, **kept)

    def __truediv__(self, other: Quantity | int | Fraction) -> Quantity:
        other = _as_quantity(other)
        result = self * other.inverse()
        return replace(result, unit=combined(self.unit, "/", other.unit))


def _as_quantity(value: Quantity | int | Fraction) -> Quantity:
    return value if isinstance(value, Quantity) else Quantity.point(value)


def _provenance(*inputs: Quantity) -> _Origin:
    return {
        "approximate": any(q.approximate for q in inputs),
        "implied": any(q.implied for q in inputs),
        "sources": tuple(dict.fromkeys(source for q in inputs for source in q.sources)),
    }


_Bound = tuple[Fraction | None, bool]
_INFINITY = float("inf")


def _hull(left: Quantity, right: Quantity) -> tuple[_Bound, _Bound]:
    """Lowest and highest product of the bounds, each as (bound or None, strict)."""

    def ends(q: Quantity) -> list[tuple[Fraction | float, bool]]:
        return [
            (-_INFINITY if q.low is None else q.low, q.low_strict),
            (_INFINITY if q.high is None else q.high, q.high_strict),
        ]

    corners: list[tuple[Fraction | float, bool]] = []
    for a, a_strict in ends(left):
        for b, b_strict in ends(right):
            if a == 0 or b == 0:
                # 0 is reached whenever the zero itself is, whatever the other factor
                reached = (a == 0 and not a_strict) or (b == 0 and not b_strict)
                corners.append((Fraction(0), not reached))
            else:
                corners.append((a * b, a_strict or b_strict))
    # of equal corners the one that is reached decides
    low = min(corners, key=lambda corner: (corner[0], corner[1]))
    high = max(corners, key=lambda corner: (corner[0], not corner[1]))

    def closed(corner: tuple[Fraction | float, bool]) -> _Bound:
        bound, strict = corner
        return (bound, strict) if isinstance(bound, Fraction) else (None, False)

    return closed(low), closed(high)


def total(quantities: Iterable[Quantity]) -> Quantity:
    """The sum of one or more quantities of one kind. Raises ValueError for none.

    >>> float(total([Quantity.point(1), Quantity.point(2)]).value)
    3.0
    """
    quantities = list(quantities)
    if not quantities:
        raise ValueError("no quantity to add up")
    result = quantities[0]
    for quantity in quantities[1:]:
        result = result + quantity
    return result


def rounded(value: Fraction, decimals: int, unit: str = "1", sources: Iterable[str] = ()) -> Quantity:
    """What a figure printed with ``decimals`` places can stand for: half a unit of the last place.

    >>> float(rounded(Fraction("43.5"), 1).low)
    43.45
    """
    half = Fraction(1, 2 * 10**decimals)
    return Quantity(value - half, value + half, unit, sources=tuple(sources))
