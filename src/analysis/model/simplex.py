"""Linear programs in exact fractions: how far a variable can go, and which bounds hold it there.

The method is the simplex for bounded variables as solvers of arithmetic constraints use it (Dutertre and de Moura,
2006): each constraint is a column of its own, the sum of others, with bounds like any. The first index that helps
is taken (Bland's rule), so that it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from analysis.model.bounds import HIGH, LOW

Ends = tuple[Fraction | None, Fraction | None]
Stop = tuple[int, int]  # a column, and which of its two bounds holds it


class Simplex:
    """Columns between bounds, some of them sums of others.

    ends: the bounds of the plain columns 0, 1, …. sums: a constraint each, as coefficients of plain columns and
    the bounds of their sum; the sums are the columns after the plain ones.
    """

    def __init__(self, ends: Sequence[Ends], sums: Sequence[tuple[Mapping[int, Fraction], Ends]]) -> None:
        self.ends = [*ends, *(end for _, end in sums)]
        # a free column starts at 0, any other at a bound
        self.value = [low if low is not None else high if high is not None else Fraction(0) for low, high in ends]
        self.rows: dict[int, dict[int, Fraction]] = {}
        for terms, _ in sums:
            self.rows[len(self.value)] = dict(terms)
            self.value.append(sum((c * self.value[column] for column, c in terms.items()), Fraction(0)))

    def conflict(self) -> list[Stop] | None:
        """Moves the columns to where all bounds hold. Returns None, or the bounds that cannot hold together."""
        while True:
            found = min(self._violated(), default=None)
            if found is None:
                return None
            column, side = found
            row = self.rows[column]
            up = side == LOW
            entering = min((j for j, c in row.items() if not self._stopped(j, (c > 0) == up)), default=None)
            if entering is None:
                return [found, *self._stops(row, up)]
            end = self.ends[column][side]
            assert end is not None
            self._move(entering, (end - self.value[column]) / row[entering])
            self._pivot(column, entering)

    def furthest(self, column: int, side: int) -> list[Stop] | None:
        """Moves a column as far to its low or high side as it goes. Returns the bounds that hold it there, its
        place being ``value[column]``; None when nothing does. Bounds must hold already (see `conflict`)."""
        up = side == HIGH
        while True:
            goal = self.rows.get(column) or {column: Fraction(1)}
            entering = min((j for j, c in goal.items() if not self._stopped(j, (c > 0) == up)), default=None)
            if entering is None:
                return self._stops(goal, up)
            forward = (goal[entering] > 0) == up
            step = min(self._steps(entering, forward), default=None)
            if step is None:
                return None
            self._move(entering, step[0] if forward else -step[0])
            if step[1] != entering:
                self._pivot(step[1], entering)

    def _violated(self) -> Iterator[Stop]:
        for column in self.rows:
            low, high = self.ends[column]
            if low is not None and self.value[column] < low:
                yield column, LOW
            elif high is not None and self.value[column] > high:
                yield column, HIGH

    def _stopped(self, column: int, up: bool) -> bool:
        end = self.ends[column][HIGH if up else LOW]
        return end is not None and (self.value[column] >= end if up else self.value[column] <= end)

    def _stops(self, row: Mapping[int, Fraction], up: bool) -> list[Stop]:
        return [(column, HIGH if (c > 0) == up else LOW) for column, c in row.items()]

    def _steps(self, entering: int, forward: bool) -> Iterator[tuple[Fraction, int]]:
        """How far a column can move until it or a sum meets a bound, with the column that does."""
        own = self.ends[entering][HIGH if forward else LOW]
        if own is not None:
            yield abs(own - self.value[entering]), entering
        for column, row in self.rows.items():
            pace = row.get(entering)
            if pace:
                end = self.ends[column][HIGH if (pace > 0) == forward else LOW]
                if end is not None:
                    yield abs((end - self.value[column]) / pace), column

    def _move(self, column: int, by: Fraction) -> None:
        self.value[column] += by
        for other, row in self.rows.items():
            if column in row:
                self.value[other] += row[column] * by

    def _pivot(self, leaving: int, entering: int) -> None:
        """A sum trades places with a column of which it is made."""
        row = self.rows.pop(leaving)
        by = row.pop(entering)
        solved = {column: -c / by for column, c in row.items()} | {leaving: 1 / by}
        for other in self.rows.values():
            if pace := other.pop(entering, None):
                for column, c in solved.items():
                    if total := other.get(column, 0) + pace * c:
                        other[column] = total
                    else:
                        other.pop(column, None)
        self.rows[entering] = solved
