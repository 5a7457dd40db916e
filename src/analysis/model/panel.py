"""Figures on one footing: whatever compares, ranks, divides, adds up or draws takes them from here.

A panel holds figures of one indicator, one span, one status and one unit. What is published but does not stand on
that footing is named in it, so that it can be said where the comparison stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.package.dataset import Dataset
from analysis.package.periods import Span, order
from analysis.quantity import Quantity, unscaled

STATUSES = ("realised", "expected", "planned")  # the most certain first


@dataclass(frozen=True)
class Panel:
    """Figures of one indicator on one footing.

    unit: that of every value. span: that of every value. status: realised, expected or planned.
    values: subject -> Quantity, in the order of the subjects; only what is published.
    left_out: observations of the same indicator and subjects that stand on another footing and have no figure on
    this one.
    """

    indicator: str
    unit: str
    span: Span
    status: str
    values: dict[str, Quantity]
    left_out: tuple[str, ...] = ()


def panel(data: Dataset, indicator: str, subjects: Iterable[str | None], when: Span | None = None) -> Panel | None:
    """The figures of an indicator for some subjects, at ``when`` or at the span that most speaks for them.

    That is the latest one for which at least half as many of them have a figure as for the best covered one: a single
    early figure of a new year does not push aside the year that all report. Realised figures come before expected
    and planned ones. None where nothing is published.
    """
    names = [subject for subject in dict.fromkeys(subjects) if subject is not None]
    found = {(s, at): key for s in names for at, key in data.spans.get((s, indicator), {}).items()}
    statuses = {pair: str(data.observations.at[key, "status"]) for pair, key in found.items()}
    wanted = {pair: status for pair, status in statuses.items() if when in (None, pair[1])}
    status = min(wanted.values(), key=STATUSES.index, default=None)
    covered = Counter(at for (_s, at), own in wanted.items() if own == status)
    if status is None:
        return None
    span = max((at for at, n in covered.items() if 2 * n >= max(covered.values())), key=order)
    rows = {s: found[s, span] for s in names if wanted.get((s, span)) == status}
    unit = _shared_unit(data, indicator, rows.values())
    others = {s: key for (s, _at), key in found.items() if s not in rows}  # the latest of each
    values = {s: data.quantities[key].to(unit) for s, key in rows.items()}
    return Panel(indicator, unit, span, status, values, tuple(others.values()))


def _shared_unit(data: Dataset, indicator: str, rows: Iterable[str]) -> str:
    """The unit that all these figures are printed in, whatever its power of ten; else that of the indicator."""
    printed = {unscaled(data.units[data.observations.at[key, "unit"]]) for key in rows}
    return printed.pop() if len(printed) == 1 else str(data.indicators.at[indicator, "unit"])


def panels(data: Dataset, indicator: str, subjects: Iterable[str | None]) -> Iterator[Panel]:
    """The panel of each span, oldest first."""
    names = [subject for subject in subjects if subject is not None]
    spans = {at for s in names for at in data.spans.get((s, indicator), {})}
    for at in sorted(spans, key=order):
        if found := panel(data, indicator, names, at):
            yield found


def before(data: Dataset, now: Panel) -> Panel | None:
    """What a change is measured against: the same span a year earlier (同比), or else the last earlier one of the
    same length; None where neither has a figure of one of the subjects."""
    earlier = _before(now.span, {at for s in now.values for at in data.spans.get((s, now.indicator), {})})
    then = panel(data, now.indicator, now.values, earlier) if earlier else None
    return then if then and then.status == now.status else None


def _before(span: Span, published: Iterable[Span]) -> Span | None:
    spans = set(published)
    if span.year_earlier in spans:
        return span.year_earlier
    same_length = [at for at in spans if at.months == span.months and at.last < span.last]
    return max(same_length, key=order, default=None)


def together(data: Dataset, *figures: tuple[str | None, str]) -> tuple[Quantity, ...] | None:
    """Figures, each given as (subject, indicator), of the latest span for which all are published with one status;
    None when there is none. What belongs to different years is not put into one formula."""
    first, *others = (data.spans.get((subject or "", indicator), {}) for subject, indicator in figures)
    for at in reversed(first):
        rows = [first[at], *(spans[at] for spans in others if at in spans)]
        if len(rows) == len(figures) and len({data.observations.at[key, "status"] for key in rows}) == 1:
            return tuple(data.quantities[key] for key in rows)
    return None


def level(data: Dataset, subject: str | None, indicator: str, as_of: Span | None = None) -> Quantity | None:
    """What is known of a project: the latest figure published, up to ``as_of``.

    A project's investment, site and yearly output in full production hold until they are told anew, whichever year
    they were told in.
    """
    known = data.spans.get((subject or "", indicator), {})
    past = [key for at, key in known.items() if as_of is None or at.last <= as_of.last]
    return data.quantities[past[-1]] if past else None
