"""What follows for figures that nobody published.

Two readings. *Allowing for rounding*, every figure printed with decimals or in 万 or 亿 may be half a unit of its last
place off: these bounds hold whatever was rounded. *As printed*, figures are also taken at face value where they add
up, so that 98.23 % of 100 % leave 1.77 %; where that contradicts itself or the first reading, the first is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from operator import attrgetter

import pandas as pd

from analysis.model.bounds import HIGH, LOW, WHOLE, Bound, Box, Clash, Ends, Key, behind, rows, rules
from analysis.model.constraints import Within
from analysis.model.identities import RULES, system
from analysis.model.solver import System
from analysis.model.variables import ADDITIVE, REST, Subject, Variable
from analysis.package.dataset import Dataset
from analysis.package.periods import Span, order
from analysis.quantity import Quantity


@dataclass(frozen=True, eq=False)
class Implied:
    """What follows for a figure that is not published: as printed, and allowing for rounding."""

    subject: Subject
    indicator: str
    span: Span
    data: Dataset = field(repr=False)
    printed: Ends
    allowing: Ends

    @cached_property
    def quantity(self) -> Quantity:
        """As printed, in the unit of the indicator; its sources are the rows behind it, its formula the identity that
        it follows by, in words."""
        return self._quantity(self.printed)

    @cached_property
    def allowing_rounding(self) -> Quantity:
        """The same, holding whatever was rounded."""
        return self._quantity(self.allowing)

    @property
    def identities(self) -> tuple[str, ...]:
        """All identities that lead to it, by their names in RULES, the last step first."""
        return rules(*self.printed)

    def _quantity(self, ends: Ends) -> Quantity:
        low, high = ends
        # an upper bound says more than a lower one, and the last step more than that its result is whole
        followed = sorted(rules(high if _rests(high) else low), key=WHOLE.__eq__)
        return Quantity(
            low.value if low else None,
            high.value if high else None,
            str(self.data.indicators.at[self.indicator, "unit"]),
            low.strict if low else False,
            high.strict if high else False,
            implied=True,
            sources=_sources(self.data, *ends),
            formula=RULES[followed[0]].words if followed else "",
        )


def _rests(*bounds: Bound | None) -> bool:
    """Whether bounds rest on some row."""
    return any(bound.row is not None for bound in behind(*bounds))


def _sources(data: Dataset, *bounds: Bound | None) -> tuple[str, ...]:
    """The rows that bounds rest on, in their order in the file."""
    return tuple(sorted(rows(*bounds), key=data.observation_rows.__getitem__))


def implied(data: Dataset) -> dict[Variable, Implied]:
    """What follows from the realised figures for others, by subject, indicator and span.

    What a group of zones leaves to the rest of its place is the subject ``(group, "rest")``. Only what some row says
    something of is there.
    """
    return _solved(data).found


class _Solved:
    """What follows from the realised figures of a dataset. boxes: the bounds that allow for rounding."""

    def __init__(self, data: Dataset) -> None:
        self.system = system(data, rounding=True)
        self.published = {key for key, _, _ in self.system.stated}
        self.boxes = solved(self.system)
        self.found = dict(self._followed(data, solved(system(data))))

    def _followed(self, data: Dataset, printed: dict[Key, Box]) -> Iterator[tuple[Variable, Implied]]:
        for key, box in self.boxes.items():
            subject, name, at, *taken = key
            if not taken and key not in self.published:
                ends = _tighter(key, printed[key], box) if key in printed else box[key]
                if _rests(*ends):
                    yield (subject, name, at), Implied(subject, name, at, data, ends, box[key])


def _solved(data: Dataset) -> _Solved:
    """It is computed once and kept with the dataset, which does not change."""
    kept = vars(data)
    if "_solved" not in kept:
        kept["_solved"] = _Solved(data)
    found: _Solved = kept["_solved"]
    return found


def solved(of: System) -> dict[Key, Box]:
    """The bounds of the variables, but for those that hang together with a contradiction."""
    found: dict[Key, Box] = {}
    for part in of.parts():
        if part.stated:
            try:
                found |= dict.fromkeys(part.natural, part.solve())
            except Clash:
                continue
    return found


def _tighter(key: Variable, printed: Box, allowing: Box) -> Ends:
    """The bounds that hold in both readings; those that allow for rounding where no value is left."""
    both = Box({key: allowing[key]}, (), ())
    try:
        for side in (LOW, HIGH):
            bound = printed[key][side]
            if bound is not None:
                both.tighten(key, side, bound)
    except Clash:
        return allowing[key]
    return both[key]


def outside(data: Dataset) -> pd.DataFrame:
    """What is left to the rest of a place of what its zones have together, where the bounds of that are known.

    Returns a row an indicator and span: ``subject`` (the group of zones), ``indicator``, ``span``, ``total`` (of the
    place) and ``outside`` (what the zones leave of it), both Quantity.
    """
    known = _solved(data)
    found = []
    for place, group in data.groups.items():
        for (subject, name, at), rest in known.found.items():
            bounded = rest.printed[LOW] is not None and rest.printed[HIGH] is not None
            counted = data.indicators.at[name, "kind"] in ADDITIVE and (group, name, at) in known.published
            if subject == (group, REST) and bounded and counted:
                of = (place, name, at)
                total = data.value(*of) if of in known.published else known.found[of].quantity
                found.append((group, name, at, total, rest.quantity))
    return pd.DataFrame(found, columns=["subject", "indicator", "span", "total", "outside"], dtype=object)


def rank_bands(data: Dataset, indicator: str) -> pd.DataFrame:
    """How many of the zones without a published rank lie between which ranks, at the latest span that counts them.

    indicator: the rank. Returns a row a band that may hold one, best ranks first: ``low`` and ``high`` (ranks; None
    in the last band, which is open) and ``zones`` (Quantity in items).
    """
    known = _solved(data)
    counts = defaultdict[tuple[Subject, Span], list[Within]](list)
    for rule in known.system.constraints:
        if isinstance(rule, Within) and rule.among[0][1] == indicator and rule.count in known.published:
            subject, _, at = rule.count
            counts[subject, at].append(rule)
    latest = max(counts.items(), key=lambda item: (order(item[0][1]), len(item[1][0].among)), default=None)
    found = []
    if latest and latest[1][0].count in known.boxes:
        for low, high, least, most, bounds in _bands(known.boxes[latest[1][0].count], latest[1], known.published):
            zones = Quantity(Fraction(least), Fraction(most), "item", implied=True, sources=_sources(data, *bounds))
            found += [(low, high, zones.described(RULES["within"].words))] if most else []
    return pd.DataFrame(found, columns=["low", "high", "zones"], dtype=object)


# first and last rank, the least and the most zones, and what these numbers rest on
_Band = tuple[int, int | None, int, int, list[Bound | None]]


def _bands(box: Box, counts: list[Within], published: Collection[Key]) -> Iterator[_Band]:
    known = [box[key] for key in counts[0].among if key in published]
    ranks = [end for ends in known for end in ends]
    silent = len(counts[0].among) - len(known)
    first, before, used = 1, (0, 0), ranks
    for rule in sorted(counts, key=attrgetter("limit")):
        low, high = box[rule.count]
        within = sum(end is not None and end.value <= rule.limit for _, end in known)
        perhaps = sum(end is None or end.value <= rule.limit for end, _ in known)
        # up to this rank there are from so many to so many of them
        least = max(0, int(low.value) - perhaps) if low else 0
        most = min(silent, int(high.value) - within) if high else silent
        yield first, rule.limit, max(0, least - before[1]), most - before[0], [*used, low, high]
        first, before, used = rule.limit + 1, (least, most), [*ranks, low, high]
    yield first, None, silent - before[1], silent - before[0], used
