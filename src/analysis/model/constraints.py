"""Constraints among unknown numbers: what each says of its variables once some of them are bounded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from analysis.model.bounds import HIGH, LOW, Bound, Box, Finding, Key

# where decimals of products are cut off
DIGITS = 10**15


class Constraint(Protocol):
    """What must hold among variables, by the name of a rule."""

    @property
    def rule(self) -> str:
        """Its name."""

    @property
    def keys(self) -> Sequence[Key]:
        """Its variables."""

    def findings(self, box: Box) -> Iterator[Finding]:
        """The bounds that follow from those in the box."""


@dataclass(frozen=True, eq=False)
class Linear:
    """A sum of multiples is ``total``, or at most that where it is not ``equal``."""

    rule: str
    terms: Mapping[Key, int]
    total: Fraction = Fraction(0)
    equal: bool = True

    @property
    def keys(self) -> Sequence[Key]:
        """Its variables."""
        return tuple(self.terms)

    def findings(self, box: Box) -> Iterator[Finding]:
        """Each term is at most what is left by the least that the others can be."""
        for sign in (1, -1) if self.equal else (1,):
            signed = [(key, sign * c) for key, c in self.terms.items()]
            least = tuple(box[key][LOW if c > 0 else HIGH] for key, c in signed)
            missing = least.count(None)
            if missing > 1:
                continue
            strict = sum(bound.strict for bound in least if bound)
            left = sign * self.total - sum(
                c * bound.value for (_, c), bound in zip(signed, least, strict=True) if bound
            )
            for place, ((key, c), own) in enumerate(zip(signed, least, strict=True)):
                if own is None:
                    yield key, _far(c), Bound(left / c, strict > 0, self.rule, None, least, place)
                elif not missing:
                    value = left / c + own.value
                    yield key, _far(c), Bound(value, strict > own.strict, self.rule, None, least, place)


def _far(coefficient: int) -> int:
    return HIGH if coefficient > 0 else LOW


@dataclass(frozen=True, eq=False)
class Product:
    """share ÷ 100 × whole = amount, as far as none of them falls below zero."""

    rule: str
    share: Key
    whole: Key
    amount: Key

    @property
    def keys(self) -> Sequence[Key]:
        """Its variables."""
        return self.share, self.whole, self.amount

    def findings(self, box: Box) -> Iterator[Finding]:
        """The product is bounded by its factors, each factor by the other and the product."""
        floors = box.floor(self.share), box.floor(self.whole)
        for side in (LOW, HIGH) if all(floors) else ():
            x, y = box[self.share][side], box[self.whole][side]
            if x and y:
                value = x.value * y.value / 100
                strict = value > 0 and (x.strict or y.strict)
                yield self.amount, side, Bound(_short(value, side), strict, self.rule, None, (x, y, *floors))
        yield from self._quotient(box, self.share, self.whole)
        yield from self._quotient(box, self.whole, self.share)

    def _quotient(self, box: Box, by: Key, factor: Key) -> Iterator[Finding]:
        (least, most), (low, high), positive = box[self.amount], box[by], box.floor(by)
        if least and high and positive and least.value > 0 and high.value > 0:
            strict = least.strict or high.strict
            value = 100 * least.value / high.value
            yield factor, LOW, Bound(_short(value, LOW), strict, self.rule, None, (least, high, positive))
        if most and low and most.value >= 0 and low.value > 0:
            strict = most.value > 0 and (most.strict or low.strict)
            value = 100 * most.value / low.value
            yield factor, HIGH, Bound(_short(value, HIGH), strict, self.rule, None, (most, low))


def _short(value: Fraction, side: int) -> Fraction:
    """A bound with no more digits than are worth the time, rounded outwards: products of products double them."""
    if value.denominator <= DIGITS**2:
        return value
    return Fraction((floor if side == LOW else ceil)(value * DIGITS), DIGITS)


@dataclass(frozen=True, eq=False)
class Distinct:
    """Whole numbers, no two of them the same."""

    rule: str
    keys: Sequence[Key]

    def findings(self, box: Box) -> Iterator[Finding]:
        """None lies where another is known to lie, nor within a stretch that others fill."""
        held: dict[Fraction, tuple[Bound | None, ...]] = {}
        loose = []
        for key in self.keys:
            low, _ = box[key]
            if low is None or not box.fixed(key):
                loose.append(key)
                continue
            if low.value in held:
                yield key, LOW, Bound(low.value + 1, False, self.rule, None, (*held[low.value], *box[key]))
            held[low.value] = box[key]
        yield from self._past_held(box, loose, held)
        yield from self._past_full(box, loose, held)

    def _past_held(
        self, box: Box, loose: Sequence[Key], held: Mapping[Fraction, Sequence[Bound | None]]
    ) -> Iterator[Finding]:
        for key in loose:
            for side, step in ((LOW, 1), (HIGH, -1)):
                bound = box[key][side]
                if bound is None or bound.value not in held:
                    continue
                value, used = bound.value, list[Bound | None]((bound, *held[bound.value]))
                while (value := value + step) in held:
                    used += held[value]
                yield key, side, Bound(value, False, self.rule, None, used)

    def _past_full(
        self, box: Box, loose: Sequence[Key], held: Mapping[Fraction, Sequence[Bound | None]]
    ) -> Iterator[Finding]:
        """A stretch that has room for just those that must lie in it holds no other one."""
        ends = {key: box[key] for key in loose}
        taken = sorted(held)
        for first in {low.value for low, _ in ends.values() if low}:
            for last in {high.value for _, high in ends.values() if high}:
                inside = [
                    key
                    for key, (low, high) in ends.items()
                    if low and high and low.value >= first and high.value <= last
                ]
                there = taken[bisect_left(taken, first) : bisect_right(taken, last)]
                room = last - first + 1 - len(there)
                if not inside or len(inside) < room:
                    continue
                used = [bound for key in inside for bound in ends[key]] + [b for rank in there for b in held[rank]]
                # one too many clashes with what keeps it inside
                for key in inside[-1:] if len(inside) > room else [key for key in loose if key not in inside]:
                    low, high = box[key]
                    if low and first <= low.value <= last:
                        yield key, LOW, Bound(last + 1, False, self.rule, None, (*used, low))
                    if high and first <= high.value <= last:
                        yield key, HIGH, Bound(first - 1, False, self.rule, None, (*used, high))


@dataclass(frozen=True, eq=False)
class Within:
    """``count`` of the whole numbers ``among`` are at most ``limit``."""

    rule: str
    among: Sequence[Key]
    limit: int
    count: Key

    @property
    def keys(self) -> Sequence[Key]:
        """Its variables."""
        return *self.among, self.count

    def findings(self, box: Box) -> Iterator[Finding]:
        """The count lies between those that surely are and those that may be; when it is reached, the others are
        known to be beyond, or within."""
        ends = {key: box[key] for key in self.among}
        within = {key: high for key, (_, high) in ends.items() if high and high.value <= self.limit}
        beyond = {key: low for key, (low, _) in ends.items() if low and low.value > self.limit}
        most = len(ends) - len(beyond)
        yield self.count, LOW, Bound(Fraction(len(within)), False, self.rule, None, tuple(within.values()))
        yield self.count, HIGH, Bound(Fraction(most), False, self.rule, None, tuple(beyond.values()))
        low, high = box[self.count]
        for key in ends:
            if key in within or key in beyond:
                continue
            if high and high.value == len(within):
                yield key, LOW, Bound(Fraction(self.limit + 1), False, self.rule, None, (*within.values(), high))
            if low and low.value == most:
                yield key, HIGH, Bound(Fraction(self.limit), False, self.rule, None, (*beyond.values(), low))
