"""Figures to look at again, though nothing in them is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from analysis.package import descriptor, version_1
from analysis.package.dataset import PREDECESSOR, Dataset, predecessor
from analysis.package.descriptor import DESCRIPTOR
from analysis.package.faults import DataFaults, Fault
from analysis.package.periods import Span, order, span
from analysis.quantity import IncompatibleUnits, Quantity

# a figure that more than doubles or halves is as often a slip of the keyboard as it is news
MOVED = 2


def warnings(data: Dataset) -> list[Fault]:
    """Figures to look at again, though nothing in them is wrong: those that moved by more than a factor of MOVED
    against the period before, or against the same figure of the edition before; and what an old package lacks."""
    lacks = [Fault(DESCRIPTOR, None, None, None, version_1.LACKS)] if descriptor.version(data.descriptor) == 1 else []
    try:
        before = predecessor(data)
    except DataFaults as error:
        expected = f"the earlier edition is left out of the comparison, as it has faults, such as: {error.faults[0]}"
        return [*lacks, Fault(PREDECESSOR, None, None, None, expected), *_movements(data, None)]
    return [*lacks, *_movements(data, before)]


def _movements(data: Dataset, before: Dataset | None) -> Iterator[Fault]:
    """A warning for each figure that moved too far, and each figure that it moved from."""
    for key, row in data.observations.iterrows():
        column = "low" if row.low is not None else "high"
        for edition, then in _earlier(data, before, row):
            if _moved(_level(data, key, data), _level(edition, then, data)):
                old = edition.observations.loc[then]
                value = old.low if old.low is not None else old.high
                of_edition = "" if edition is data else " in the earlier edition"
                expected = (
                    f"moved by more than a factor of {MOVED} from {value} {old.unit} ({old.period}){of_edition}; "
                    "check the figure and its unit"
                )
                yield Fault("observations.csv", data.observation_rows.get(key), column, str(row[column]), expected)


def _earlier(data: Dataset, before: Dataset | None, row: pd.Series) -> Iterator[tuple[Dataset, str]]:
    """What a figure is held against, as edition and observation: itself in the edition before, and the latest
    earlier period of either edition."""
    own, key = data.footing(row.indicator, row.period), (row.subject, row.indicator)
    found: dict[Span, tuple[Dataset, str]] = {}
    for edition in (before, data):
        if edition is not None:
            found |= {when: (edition, then) for when, then in edition.spans.get(key, {}).items()}
    if before is not None and (then := before.footing(row.indicator, row.period)) in before.spans.get(key, {}):
        yield before, before.spans[key][then]
    earlier = [when for when in found if order(when) < order(own)]
    if earlier:
        yield found[max(earlier, key=order)]


def _level(edition: Dataset, key: str, data: Dataset) -> tuple[Fraction, Fraction] | None:
    """Lower and upper printed number of a figure, in the unit that ``data`` gives its indicator; a count over a
    period as a count a month, so that five months can be held against twelve. None for growth, for what lies below
    zero, and when the units differ in kind."""
    row = edition.observations.loc[key]
    indicator = data.indicators.loc[row.indicator]
    printed = [Fraction(bound) for bound in (row.low, row.high) if bound is not None]
    try:
        by = Quantity.point(1, edition.units[row.unit]).to(indicator.unit).value
    except IncompatibleUnits:
        return None
    if indicator.kind == "rate" or min(printed) < 0:
        return None
    if indicator.kind == "amount" and "/" not in indicator.unit:
        by /= span(row.period).months
    return min(printed) * by, max(printed) * by


def _moved(now: tuple[Fraction, Fraction] | None, then: tuple[Fraction, Fraction] | None) -> bool:
    """Whether even the nearest bounds of two figures are more than a factor of MOVED apart."""
    if now is None or then is None:
        return False
    return now[0] > MOVED * then[1] or now[1] * MOVED < then[0]
