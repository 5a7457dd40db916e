"""The figures of a data package that can be reckoned with, published or not.

A variable is a subject, an indicator and a span; what a group of zones leaves to its place is the subject
``(group, "rest")``. Only what something published leads to is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from analysis.model.bounds import HIGH, LOW, Bound
from analysis.package.dataset import Dataset
from analysis.package.periods import AT_A_TIME, Span
from analysis.package.ranges import PLACE_BASES
from analysis.quantity import Quantity, factor, unscaled

Subject = str | tuple[str, str]
Variable = tuple[Subject, str, Span]

REST = "rest"
ADDITIVE = ("amount", "stock", "count")


@dataclass(frozen=True)
class Figure:
    """A published figure.

    quantity: in the unit of its indicator, widened where it is approximate. half: half a unit of its last printed
    place. coarse: whether it may have been rounded, being printed with decimals or in a multiple of a unit.
    """

    row: str
    variable: Variable
    quantity: Quantity
    half: Fraction
    coarse: bool

    def ends(self, rounded: bool) -> Iterator[tuple[int, Bound]]:
        """Its bounds; ``rounded``: of all that is printed so when halves are rounded away from zero (四舍五入)."""
        q, half = self.quantity, self.half if rounded else Fraction(0)
        if q.low is not None:
            yield LOW, Bound(q.low - half, q.low_strict or (rounded and q.low < 0), row=self.row)
        if q.high is not None:
            yield HIGH, Bound(q.high + half, q.high_strict or (rounded and q.high >= 0), row=self.row)


def figures(data: Dataset, realised: bool) -> Iterator[Figure]:
    """The published figures that are realised, or else those that are planned or expected."""
    indicators = data.indicators.to_dict("index")
    for row in data.observations.itertuples():
        if (row.status == "realised") == realised:
            of, unit = indicators[row.indicator], data.units[row.unit]
            strict, about = row.qualifier == "more_than", row.qualifier == "approximate"
            quantity = Quantity(row.low, row.high, unit, strict, approximate=about).widened().to(of["unit"])
            given = [bound for bound in (row.low, row.high) if bound is not None]
            places = max(0, min(-bound.as_tuple().exponent for bound in given))
            half = factor(unit, of["unit"]) / (2 * 10**places)
            coarse = of["kind"] != "rank" and (places > 0 or unscaled(unit) != unit)
            yield Figure(
                row.Index, (row.subject, row.indicator, data.footing(row.indicator, row.period)), quantity, half, coarse
            )


class Variables:
    """The variables that published figures lead to (``keys``), and how they belong together."""

    def __init__(self, data: Dataset, published: Iterable[Variable]) -> None:
        self.data = data
        self.indicators: dict[str, dict[str, Any]] = data.indicators.to_dict("index")
        self.kind_of_place = dict(data.places["kind"])
        self.place_of = {group: place for place, group in data.groups.items()}
        self.groups_of = {zone: [g for p in data.above(zone) if (g := data.groups.get(p))] for zone in data.zones.index}
        self._by = {column: self._named_in(column) for column in ("share_of", "growth_of", "counts", "ranked_among")}
        self._published = dict.fromkeys(published)
        # indicator and last month -> the longest span published
        self._ending = {(name, at.last): at for _, name, at in sorted(self._published, key=lambda key: key[2].months)}
        self._place_above = cache(data.place_above)
        # place, rank and span -> that zones of the place are ranked together
        self._assessed: set[Variable] = set()
        self.keys = self._reached()

    def _named_in(self, column: str) -> dict[str, list[str]]:
        """Indicator -> those whose cell of a column names it."""
        found = defaultdict[str, list[str]](list)
        for name, of in self.indicators.items():
            if of.get(column):
                found[of[column]].append(name)
        return found

    @cached_property
    def zones_in(self) -> dict[Subject, list[str]]:
        """Place or group -> all zones in it, however deep."""
        found = defaultdict[Subject, list[str]](list)
        for zone in self.data.zones.index:
            for place in (*self.data.above(zone), *self.groups_of[zone]):
                found[place].append(zone)
        return found

    # what leads where

    def _reached(self) -> dict[Variable, None]:
        found: dict[Variable, None] = {}
        fresh = list(self._published)
        while fresh:
            found |= dict.fromkeys(fresh)
            for key in fresh:
                near = [other for other in self._near(key) if other not in found]
                found |= dict.fromkeys(near)
                fresh += near
            triples = [three for key in found for three in self.triples(key)]
            two = [three for three in triples if sum(key in found for key in three) == 2]
            fresh = [key for key in dict.fromkeys(key for three in two for key in three) if key not in found]
        return found

    def _near(self, key: Variable) -> Iterator[Variable]:
        """The variables that one leads to by itself."""
        subject, name, at = key
        of = self.indicators[name]
        if self.additive(name):
            zones = self.zones_in[subject] if subject in self.place_of else ()
            base = self.base(subject, name) if of["kind"] == "share" else None
            for other in (*self.groups_of.get(str(subject), ()), *zones, *filter(None, [base])):
                if other == base or self.joined(name, subject, other):
                    yield other, name, at
        if of.get("part_of"):
            yield self.along(key, subject, of["part_of"])
        if of["kind"] == "rank" and subject in self.groups_of:
            together = (self.assessed_in(key), name, at)
            if together not in self._assessed:
                self._assessed.add(together)
                yield from ((zone, name, at) for zone in self.zones_in[together[0]])
            counts = self._by["counts"].get(name, ())
            yield from (self.along(key, group, count) for group in self.groups_of[str(subject)] for count in counts)
        if of.get("counts"):
            yield from (self.along(key, zone, of["counts"]) for zone in self.counted(subject))

    def triples(self, key: Variable) -> Iterator[tuple[Variable, Variable, Variable]]:
        """What a variable belongs to: share, whole and amount; growth, earlier and present figure. Two of them lead
        to the third."""
        subject, name, _at = key
        for share in (name, *self._by["share_of"].get(name, ())):
            of = self.indicators[share]
            if of["kind"] == "share" and of.get("share_of"):
                of_place = of["base"] in PLACE_BASES
                whole = (self.base(subject, share), of["share_of"]) if of_place else (subject, of["base"])
                if whole[0] and whole != (subject, of["share_of"]):
                    own = self.along(key, subject, share)
                    yield own, self.along(own, *whole), self.along(own, subject, of["share_of"])
        for rate in (name, *self._by["growth_of"].get(name, ())):
            of = self.indicators[rate]
            if of["kind"] == "rate" and of.get("growth_of") and of["base"] == "year_earlier":
                own = self.along(key, subject, rate)
                now = self.along(own, subject, of["growth_of"])
                yield own, (*now[:2], now[2].year_earlier), now

    # what belongs together

    def along(self, key: Variable, subject: Subject, name: str) -> Variable:
        """The variable of another subject and indicator that goes with one: at the last month of its span where it
        stands at a time, and over the span that ends so where the other one does."""
        _, other, at = key
        if self.indicators[name]["kind"] in AT_A_TIME:
            at = Span(at.last, at.last)
        elif self.indicators[other]["kind"] in AT_A_TIME:
            at = self._ending.get((name, at.last), at)
        return subject, name, at

    def additive(self, name: str) -> bool:
        """Whether the figures of parts make up that of their whole."""
        of = self.indicators[name]
        if of["kind"] == "share":
            return of["base"] in PLACE_BASES
        return of["kind"] in ADDITIVE and not of.get("counts") and name not in self._by["ranked_among"]

    def base(self, subject: Subject, name: str) -> str | None:
        """The place whose total a share of a subject is of."""
        place = subject[0] if isinstance(subject, tuple) else subject
        kind = self.indicators[name]["base"]
        if self.kind_of_place.get(place) == kind:
            return place
        if kind == "group":
            return next(iter(self.groups_of.get(place, ())), None)
        return self._place_above(place, kind)

    def joined(self, name: str, *subjects: Subject) -> bool:
        """Whether figures of subjects can be added: shares must be of the same whole."""
        if self.indicators[name]["kind"] != "share":
            return True
        bases = {self.base(subject, name) for subject in subjects}
        return len(bases) == 1 and None not in bases

    def counted(self, subject: Subject) -> list[str]:
        """The zones among which a figure of a place or group counts; none where other zones may be counted too."""
        whole = subject in self.place_of or self.kind_of_place.get(str(subject)) in ("county", "city")
        return self.zones_in[subject] if whole else []

    def assessed_in(self, rank: Variable) -> str:
        """The place in which a subject is ranked: of its province and what lies above that, the widest for which the
        number ranked is published, else the province; the last place above the subject where there is none."""
        subject = str(rank[0])
        above = list(self.data.above(subject))
        province = self.data.place_above(subject, "province")
        above = above[above.index(province) :] if province else above[-1:]
        published = (place for place in reversed(above) if self.number_ranked(rank, place) in self._published)
        return next(published, above[0] if above else "")

    def number_ranked(self, rank: Variable, place: Subject) -> Variable:
        """How many are ranked in a place together with a subject."""
        return self.along(rank, place, self.indicators[rank[1]].get("ranked_among") or rank[1])
