"""Figures to look at again, though nothing in them is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pandas as pd

from analysis.package import descriptor, revisions, version_1
from analysis.package.dataset import PREDECESSOR, Dataset, load, predecessor
from analysis.package.descriptor import DESCRIPTOR
from analysis.package.faults import DataFaults, Fault
from analysis.package.periods import Span, order, span
from analysis.quantity import IncompatibleUnits, Quantity

# a figure that doubles or halves is as often a slip of the keyboard as it is news
MOVED = 2
COMMIT = "HEAD"
FILE = "observations.csv"


def warnings(data: Dataset) -> list[Fault]:
    """Figures to look at again, though nothing in them is wrong: those that moved by a factor of MOVED or more against
    the period before, or against the same figure of the edition before or of the last commit; those that lost decimals
    since; and what an old package lacks."""
    found = (
        [Fault(DESCRIPTOR, None, None, None, version_1.LACKS, "old-contract")]
        if descriptor.version(data.descriptor) == 1
        else []
    )
    editions: dict[str, Dataset] = {}
    for name, words, read in (
        (PREDECESSOR, "the earlier edition", predecessor),
        (COMMIT, "the last commit", _last_commit),
    ):
        try:
            if edition := read(data):
                editions[words] = edition
        except DataFaults as error:
            expected = f"{words} is left out of the comparison, as it has faults, such as: {error.faults[0]}"
            found.append(Fault(name, None, None, None, expected, "edition-left-out"))
    return [*found, *_movements(data, editions), *_lost_decimals(data, editions)]


def _last_commit(data: Dataset) -> Dataset | None:
    """The package as the last commit has it; None where there is no such. Raises DataFaults."""
    with revisions.committed(data.folder) as folder:
        try:
            return load(folder) if folder else None
        except DataFaults as faults:
            raise faults.within(COMMIT) from None


def _movements(data: Dataset, editions: Mapping[str, Dataset]) -> Iterator[Fault]:
    """A warning for each figure that moved too far, and each figure that it moved from."""
    for key, row in data.observations.iterrows():
        column = "low" if row.low is not None else "high"
        for where, edition, then in _earlier(data, editions, row):
            if _moved(_level(data, key, data), _level(edition, then, data)):
                expected = (
                    f"moved by a factor of {MOVED} or more from {_told(edition, then)}{where}; "
                    "check the figure and its unit"
                )
                yield Fault(FILE, data.observation_rows.get(key), column, str(row[column]), expected, "moved-far")


def _lost_decimals(data: Dataset, editions: Mapping[str, Dataset]) -> Iterator[Fault]:
    """A warning for each figure that is printed with fewer decimals than it was: Excel makes 45 of 45.00."""
    for words, edition in editions.items():
        for key in data.observations.index.intersection(edition.observations.index):
            row, old = data.observations.loc[key], edition.observations.loc[key]
            for column in ("low", "high"):
                now, then = row[column], old[column]
                if now is not None and now == then and str(now) != str(then) and len(str(now)) < len(str(then)):
                    expected = (
                        f"was {then} in {words}; Excel drops zeros at the end, and a figure of fewer decimals counts "
                        f"as rounded more, which can turn a verdict; write {then} where the source prints it so"
                    )
                    yield Fault(FILE, data.observation_rows.get(key), column, str(now), expected, "decimals-lost")
                    break


def _told(edition: Dataset, key: str) -> str:
    row = edition.observations.loc[key]
    return f"{row.low if row.low is not None else row.high} {row.unit} ({row.period})"


def _earlier(data: Dataset, editions: Mapping[str, Dataset], row: pd.Series) -> Iterator[tuple[str, Dataset, str]]:
    """What a figure is held against, as words, edition and observation: itself in the editions, and the latest
    earlier period that any of them has."""
    own, key = data.footing(row.indicator, row.period), (row.subject, row.indicator)
    found: dict[Span, tuple[str, Dataset, str]] = {}
    for words, edition in (*editions.items(), ("", data)):
        spans = edition.spans.get(key, {})
        where = f" in {words}" if words else ""
        found |= {when: (where, edition, then) for when, then in spans.items()}
        if words and own in spans:
            yield where, edition, spans[own]
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
    """Whether even the nearest bounds of two figures are a factor of MOVED or more apart."""
    if now is None or then is None or now == then:
        return False
    return now[0] >= MOVED * then[1] or now[1] * MOVED <= then[0]
