"""What must hold among the figures of a data package, published or not, as a system that can be solved.

Figures of one status are held against each other: what is realised, or what is planned or expected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, cached_property
from itertools import pairwise

from analysis.model.bounds import WHOLE, Bound, Ends, Key
from analysis.model.constraints import Constraint, Distinct, Linear, Product, Within
from analysis.model.solver import System
from analysis.model.variables import ADDITIVE, REST, Figure, Subject, Variable, Variables, figures
from analysis.package.dataset import Dataset
from analysis.package.periods import Span
from analysis.package.ranges import PLACE_BASES
from analysis.quantity import Formula, is_whole

# each identity in words
RULES = {
    "sum": Formula(words="the zones add up to all zones"),
    "rest": Formula(words="all zones and the rest add up to the whole place"),
    "inside": Formula(words="what lies inside a place is part of it"),
    "part": Formula(words="a part is not above its whole"),
    "product": Formula(words="the share is the amount ÷ its whole, rounded as printed"),
    "growth": Formula(words="the figure a year earlier, grown at the rate, is the figure now"),
    "cumulative": Formula(words="a longer period holds at least as much as one within it"),
    "ranked": Formula(words="no rank is above the number ranked"),
    "once": Formula(words="a rank is held once"),
    "within": Formula(words="as many zones rank among the first as are counted there"),
    "zones": Formula(words="no more zones are counted than there are"),
    WHOLE: Formula(words="what is counted is a whole number"),
}
PLACES = ("county", "city", "province", "country")
FACTOR = "factor"  # what a figure is multiplied by when it grows at a rate, in %
AS_ROUNDED = "as rounded"  # a share or rate as a formula takes it: as all that is printed so


def system(data: Dataset, *, realised: bool = True, rounding: bool = False) -> System:
    """The figures of one status and the identities among them.

    rounding: whether every figure printed with decimals or in a multiple of a unit may be half a unit of its last
    place off. Else figures are taken at face value, and shares and rates, which are always rounded, are not held
    against amounts. Returns a system of variables (subject, indicator, span), stated by observations, ruled by RULES,
    in the units of the indicators.
    """
    return _Identities(data, realised, rounding).system


class _Identities:
    def __init__(self, data: Dataset, realised: bool, rounding: bool) -> None:
        self.published: dict[Key, Figure] = {figure.variable: figure for figure in figures(data, realised)}
        self.variables = Variables(data, self.published)
        self.rounding = rounding
        self.system = System()
        for figure in self.published.values():
            self._state(figure.variable, figure, rounding and figure.coarse)
        self.system.constraints = list(self._constraints())
        for key in (*self.variables.keys, *(key for rule in self.system.constraints for key in rule.keys)):
            if key not in self.system.natural:
                self.system.natural[key] = self._natural(*key)

    def _state(self, key: Key, figure: Figure, rounded: bool, more: int = 0) -> None:
        for side, bound in figure.ends(rounded):
            self.system.stated.append((key, side, Bound(bound.value + more, bound.strict, row=bound.row)))

    def _natural(self, subject: Subject, name: str, at: Span, as_taken: str = "") -> Ends:
        """What a variable can be without any figure; where it counts, that it is whole."""
        known, of = self.variables, self.variables.indicators[name]
        low, high, rule = Fraction(0), None, ""
        if of["kind"] == "rank":
            low = Fraction(1)
        elif of["kind"] == "share" and of["base"] in PLACE_BASES:
            high = Fraction(100)
            low = high if subject == known.base(subject, name) else low
        elif of.get("counts") and known.counted(subject):
            high, rule = Fraction(len(known.counted(subject))), "zones"
        elif of["kind"] == "rate" and not as_taken:
            low = Fraction(-100)
        if of["kind"] == "rank" or (of["kind"] in ADDITIVE and is_whole(of["unit"])):
            self.system.whole.add((subject, name, at))
        grows = known.indicators.get(of.get("growth_of") or "", {})
        may_fall = of.get("signed") or grows.get("signed")
        return None if may_fall else Bound(low), None if high is None else Bound(high, rule=rule)

    def _constraints(self) -> Iterator[Constraint]:
        known = self.variables
        for key in known.keys:
            subject, name, _at = key
            of = known.indicators[name]
            if known.additive(name):
                yield from self._of_places(key)
            if of.get("part_of"):
                yield Linear("part", {key: 1, known.along(key, subject, of["part_of"]): -1}, equal=False)
            triples = known.triples(key) if self.rounding else ()
            for three in (three for three in triples if three[0] == key and known.keys.keys() >= {*three}):
                yield from self._product(*three)
        yield from self._of_ranks()
        yield from self._of_counts()
        yield from self._of_spans()

    def _product(self, share: Variable, whole: Variable, amount: Variable) -> Iterator[Constraint]:
        """Share × whole = amount, or earlier figure × growth = figure now; a printed share or rate is taken as it was
        rounded."""
        grows = self.variables.indicators[share[1]]["kind"] == "rate"
        figure = self.published.get(share)
        known = None if figure and figure.coarse else figure
        taken: Key = (*share, FACTOR if grows else AS_ROUNDED) if grows or known else share
        if known:
            self._state(taken, known, True, 100 if grows else 0)
        elif grows:
            yield Linear("growth", {taken: 1, share: -1}, Fraction(100))
        yield Product("growth" if grows else "product", taken, whole, amount)

    def _of_ranks(self) -> Iterator[Constraint]:
        together = defaultdict[Variable, list[Variable]](list)
        for key in self.variables.keys:
            if self.variables.indicators[key[1]]["kind"] == "rank":
                together[self.variables.assessed_in(key), key[1], key[2]].append(key)
        for (place, _, _), ranks in together.items():
            yield Distinct("once", ranks)
            number = self.variables.number_ranked(ranks[0], place)
            if number in self.published:
                yield from (Linear("ranked", {rank: 1, number: -1}, equal=False) for rank in ranks)

    def _of_counts(self) -> Iterator[Constraint]:
        known = self.variables
        counted = defaultdict[Variable, list[tuple[int, Variable]]](list)
        for key in known.keys:
            of = known.indicators[key[1]]
            if of.get("counts") and known.counted(key[0]):
                counted[known.along(key, key[0], of["counts"])].append((of["within"], key))
        for (subject, rank, at), counts in counted.items():
            among = [(zone, rank, at) for zone in known.counted(subject)]
            for limit, count in counts:
                yield Within("within", among, limit, count)
            for (limit, count), (further, more) in pairwise(sorted(counts)):
                yield Linear("within", {count: 1, more: -1}, equal=False)
                yield Linear("within", {more: 1, count: -1}, Fraction(further - limit), equal=False)

    def _of_spans(self) -> Iterator[Constraint]:
        spans = defaultdict[tuple[Subject, str], list[Span]](list)
        for subject, name, at in self.variables.keys:
            of = self.variables.indicators[name]
            if of.get("cumulative") and not of.get("signed"):
                spans[subject, name].append(at)
        for (subject, name), known in spans.items():
            for inner, outer in _nested(frozenset(known)):
                yield Linear("cumulative", {(subject, name, inner): 1, (subject, name, outer): -1}, equal=False)

    def _of_places(self, key: Variable) -> Iterator[Constraint]:
        """What a group of zones, or a place, is the sum of."""
        subject, name, at = key
        if subject in self.variables.place_of:
            zones = self.variables.zones_in[subject]
            if zones and self.variables.joined(name, subject, *zones):
                yield Linear("sum", {(zone, name, at): 1 for zone in zones} | {key: -1})
        elif subject in self.variables.kind_of_place:
            group = self._group(str(subject), name, at)
            if group:
                yield Linear("rest", {group: 1, ((group[0], REST), name, at): 1, key: -1})
            parts = list(self._inside(str(subject), name, at))
            if parts and not self.variables.indicators[name].get("signed"):
                yield Linear("inside", dict.fromkeys(parts, 1) | {key: -1}, equal=False)

    def _group(self, place: str, name: str, at: Span) -> Variable | None:
        group = self.variables.data.groups.get(place)
        known = group is not None and (group, name, at) in self.variables.keys
        return (group, name, at) if group and known and self.variables.joined(name, group, place) else None

    def _inside(self, place: str, name: str, at: Span) -> Iterator[Variable]:
        """The largest variables within a place that do not overlap, but for the group of all its zones and what that
        holds."""
        covered = self._group(place, name, at)
        for child in self._children[place]:
            is_zone = child in self.variables.groups_of
            if (child, name, at) in self.variables.keys and self.variables.joined(name, child, place):
                yield from [] if covered and is_zone else [(child, name, at)]
            elif not covered and not is_zone:
                group = self._group(child, name, at)
                yield from [group] if group else self._inside(child, name, at)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for subject, place in self.variables.data.lies_in.items():
            if subject in self.variables.groups_of or self.variables.kind_of_place.get(subject) in PLACES:
                found[place].append(subject)
        return found


@cache
def _nested(spans: frozenset[Span]) -> list[tuple[Span, Span]]:
    """Each span with those that hold it, but for what holds one of these."""
    holding = {inner: [outer for outer in spans if outer != inner and outer.holds(inner)] for inner in spans}
    return [
        (inner, outer)
        for inner, outers in sorted(holding.items())
        for outer in outers
        if not any(outer != other and outer.holds(other) for other in outers)
    ]
