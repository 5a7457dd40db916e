"""What follows for unknown numbers from bounds on some of them and constraints among them.

Bounds are tightened constraint by constraint until nothing moves (feasibility-based bound tightening). Where linear
constraints form a circle that is not yet the best, and an exact simplex finds it: on linear constraints the bounds
are those of the linear program. The rows of a contradiction are cut down to a smallest set by leaving out one after
the other (deletion filter).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from functools import cached_property

from analysis.model.bounds import HIGH, LOW, Bound, Box, Clash, Ends, Finding, Key
from analysis.model.constraints import Constraint, Linear
from analysis.model.simplex import Simplex

# circles converge for ever: a constraint is looked at so often, and the linear programs taken in turn so often
VISITS = 30
ROUNDS = 10
# variables times constraints of a linear program; above it what was found constraint by constraint stands
PROGRAM = 20_000
# rows of a contradiction are left out in halves, quarters, … and one by one, unless that takes more tries than this
TRIES = 200


class System:
    """Variables, what rows state of them, and the constraints among them.

    natural: the bounds that each variable has without any row. whole: the whole numbers. stated: the bounds of rows.
    """

    def __init__(self) -> None:
        self.natural: dict[Key, Ends] = {}
        self.whole: set[Key] = set()
        self.stated: list[Finding] = []
        self.constraints: list[Constraint] = []

    def solve(self, rows: Collection[str] | None = None) -> Box:
        """The bounds that follow from the rows, all of them unless some are named. Raises Clash."""
        stated = self.stated if rows is None else [found for found in self.stated if found[2].row in rows]
        box = Box(self.natural, self.whole, stated)
        moved = list(self.natural)
        for _ in range(ROUNDS):
            touched = {*moved, *self._tighten(box, moved)}
            circles = [circle for circle in self._circles(box) if not touched.isdisjoint(_keys(circle))]
            moved = [key for circle in circles for key in _programmed(box, circle)]
            if not moved:
                break
        return box

    @cached_property
    def _of(self) -> dict[Key, list[Constraint]]:
        found = defaultdict(list)
        for constraint in self.constraints:
            for key in constraint.keys:
                found[key].append(constraint)
        return found

    def _tighten(self, box: Box, begin: Iterable[Key]) -> set[Key]:
        """Constraint by constraint until nothing moves, beginning with those of some variables. Returns those that
        moved."""
        first = set(begin)
        waiting = dict.fromkeys(rule for rule in self.constraints if not first.isdisjoint(rule.keys))
        visits, all_moved = Counter[Constraint](), set[Key]()
        while waiting:
            # what is linear first: it tells more simply why
            batch: list[Constraint] = [rule for rule in waiting if isinstance(rule, Linear)]
            for rule in batch or list(waiting):
                del waiting[rule]
                visits[rule] += 1
                moved = dict.fromkeys(finding[0] for finding in rule.findings(box) if box.tighten(*finding))
                all_moved.update(moved)
                near = dict.fromkeys(other for key in moved for other in self._of[key])
                waiting |= {other: None for other in near if visits[other] < VISITS}
        return all_moved

    def _circles(self, box: Box) -> Iterator[list[Linear]]:
        """The linear constraints that are connected through variables not yet fixed, where there are several ways
        from one to another."""
        left = dict.fromkeys(constraint for constraint in self.constraints if isinstance(constraint, Linear))
        while left:
            found, keys, ways = [left.popitem()[0]], set[Key](), 0
            for constraint in found:
                loose = [key for key in constraint.keys if not box.fixed(key)]
                ways += len(loose)
                for key in loose:
                    keys.add(key)
                    near = [c for c in self._of[key] if isinstance(c, Linear) and c in left]
                    found += near
                    for other in near:
                        del left[other]
            if ways >= len(found) + len(keys) and len(found) * len(keys) <= PROGRAM:
                yield found

    def parts(self) -> Iterator[System]:
        """The systems that have no constraint in common."""
        left = dict.fromkeys(self.natural)
        stated = defaultdict(list)
        for finding in self.stated:
            stated[finding[0]].append(finding)
        while left:
            part, keys = System(), [left.popitem()[0]]
            seen: set[Constraint] = set()
            for key in keys:
                part.natural[key] = self.natural[key]
                part.stated += stated[key]
                for constraint in self._of.get(key, ()):
                    if constraint not in seen:
                        seen.add(constraint)
                        part.constraints.append(constraint)
                        near = [other for other in constraint.keys if other in left]
                        for other in near:
                            del left[other]
                        keys += near
            part.whole = self.whole
            yield part

    def clash(self, rows: Collection[str] | None = None) -> Clash | None:
        """Why the rows, all of them unless some are named, cannot all be true: a set of them that can be when any one
        of it is left out, if it is not too large; None when all can."""
        try:
            self.solve(rows)
        except Clash as found:
            smallest = found
        else:
            return None
        step = len(smallest.rows)
        while step > 1 and len(smallest.rows) > 1:
            step = min(step, len(smallest.rows)) // 2
            ordered = sorted(smallest.rows)
            if len(ordered) > TRIES * step:
                break
            for start in range(0, len(ordered), step):
                fewer = smallest.rows.difference(ordered[start : start + step])
                if fewer != smallest.rows:
                    try:
                        self.solve(fewer)
                    except Clash as found:
                        smallest = found
        return smallest


def _keys(constraints: Iterable[Constraint]) -> list[Key]:
    return list(dict.fromkeys(key for constraint in constraints for key in constraint.keys))


def _programmed(box: Box, circle: list[Linear]) -> list[Key]:
    """The variables whose bounds a linear program moves. Raises Clash."""
    keys = _keys(circle)
    column = {key: place for place, key in enumerate(keys)}
    sums = []
    for constraint in circle:
        terms = {column[key]: Fraction(c) for key, c in constraint.terms.items()}
        sums.append((terms, (constraint.total if constraint.equal else None, constraint.total)))
    known = [box[key] for key in keys]
    program = Simplex([(low.value if low else None, high.value if high else None) for low, high in known], sums)

    def premises(stops: Iterable[tuple[int, int]]) -> tuple[Bound | None, ...]:
        rules = [Bound(Fraction(0), rule=constraint.rule) for constraint in circle]
        return tuple(known[place][side] if place < len(keys) else rules[place - len(keys)] for place, side in stops)

    conflict = program.conflict()
    if conflict is not None:
        raise Clash(*premises(conflict))
    moved = []
    reached = [[value, value] for value in program.value[: len(keys)]]
    for key in keys:
        for side in (LOW, HIGH):
            own = box[key][side]
            if box.fixed(key) or (own is not None and reached[column[key]][side] == own.value):
                continue
            stops = program.furthest(column[key], side)
            for ends, value in zip(reached, program.value, strict=False):
                ends[:] = min(ends[LOW], value), max(ends[HIGH], value)
            if stops is not None:
                used = premises(stops)
                strict = any(bound.strict for bound in used if bound)
                if box.tighten(key, side, Bound(program.value[column[key]], strict, premises=used)):
                    moved.append(key)
    return moved
