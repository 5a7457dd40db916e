"""Periods: ISO 8601 in the data, spans of months wherever they are compared.

``2024`` and ``2024-01/2024-12`` are one span. Two figures stand on one footing when their spans are the same, or,
for change, of one length and a year apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

AT_A_TIME = ("stock", "count")  # kinds of indicators that stand at a time, not over one


class Span(NamedTuple):
    """First and last month of a period, counted from the year 0; both belong to it."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How long it is.

        >>> span("2025-01/2025-05").months
        5
        """
        return self.last - self.first + 1

    @property
    def end(self) -> float:
        """When it ends, in years: 2025.0 is the end of 2024."""
        return self.last / 12

    def earlier(self, months: int) -> Span:
        """The span of the same length so many months before."""
        return Span(self.first - months, self.last - months)

    @property
    def year_earlier(self) -> Span:
        """The same span a year before, with which a change is measured (同比)."""
        return self.earlier(12)

    def holds(self, other: Span) -> bool:
        """Whether it contains another span."""
        return self.first <= other.first and other.last <= self.last

    @property
    def iso(self) -> str:
        """It in ISO 8601, as short as can be.

        >>> span("2024-01/2024-12").iso
        '2024'
        """
        year, month = divmod(self.first - 1, 12)
        if month == 0 and self.months == 12:
            return str(year)
        start, end = (f"{(m - 1) // 12}-{(m - 1) % 12 + 1:02d}" for m in self)
        return start if start == end else f"{start}/{end}"


def span(period: str) -> Span:
    """The span of an ISO 8601 period: a year, a month, or start and end."""
    start, _, end = period.partition("/")
    return Span(_month(start, at_end=False), _month(end or start, at_end=True))


def _month(part: str, *, at_end: bool) -> int:
    year, _, month = part.partition("-")
    return int(year) * 12 + (int(month) if month else 12 if at_end else 1)


def footing(kind: str | None, period: str) -> Span:
    """The span in which a figure of an indicator of some kind is compared: the period itself, or its last month for
    what stands at a time, as the firms of 2024 are those at its end.

    >>> footing("count", "2024").iso
    '2024-12'
    """
    of = span(period)
    return Span(of.last, of.last) if kind in AT_A_TIME else of


def in_order(periods: Iterable[str]) -> list[str]:
    """Periods by their end, oldest first; of those with one end, a longer one after a shorter one."""
    return sorted(periods, key=lambda period: order(span(period)))


def order(of: Span) -> tuple[int, int]:
    """Sort key of spans, as `in_order` has them."""
    return of.last, of.months
