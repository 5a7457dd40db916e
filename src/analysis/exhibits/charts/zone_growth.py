"""How the zones grew, and what each contributed to the growth of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import pandas as pd
from matplotlib.figure import Figure

from analysis import wording
from analysis.exhibits.charts import bars, lettering
from analysis.exhibits.charts.bars import Bar
from analysis.exhibits.charts.findings import Lead, among, front, is_known, lead, named
from analysis.exhibits.charts.style import INK, MUTED, NARROW, SERIES, WIDTH, chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds
from analysis.wording import N_, Inline, Prose, SharedUnit, _

FASTEST = Lead(
    N_("{name} grew fastest, by {value}"),
    N_("{names} grew fastest, by {value} each"),
    N_("the bounds leave open which of {names} grew fastest"),
)
MOST = Lead(
    N_("{name} contributed most, {value}"),
    N_("{names} contributed most, {value} each"),
    N_("the bounds leave open which of {names} contributed most"),
)
LEAST = Lead(
    N_("{name} weighed on it most, {value}"),
    N_("{names} weighed on it most, {value} each"),
    N_("the bounds leave open which of {names} weighed on it most"),
)
GROWN = N_("among the {n} zones whose growth is known, {finding}")
GROWTH, POINTS, ALL = "growth", "contribution_points", "all"


@dataclass(frozen=True)
class Panel:
    """A heading, and a bar a zone below it; the last one of all zones, where that is known."""

    heading: str
    bars: tuple[Bar, ...]


def growth(
    table: pd.DataFrame, indicator: str, data: Dataset, *, period: str | None = None, against: str | None = None
) -> Exhibit | Passage:
    """The zones' growth beside what each contributed to the growth of all.

    table: zones in the order in which they are drawn, and a row ``all`` for all of them where that is known; columns
    ``growth`` (%) and ``contribution_points`` (percentage points of the growth of all), Quantity or None. period,
    against: what is compared with what, in ISO 8601.
    """
    title = wording.indicator(data, indicator)
    if period and against:
        spans = {"period": wording.period(period), "against": wording.period(against)}
        title = wording.commas(title, _("{period} against {against}").format(**spans))
    known = table.loc[table.index != ALL, [GROWTH, POINTS]]
    known = known[known.map(is_known).any(axis="columns")]
    if known.empty:
        return Passage()
    group = table[GROWTH].get(ALL)
    finding = finding_of(_("{label}: {value}"), label=title, value=Prose(data).series(_clauses(known, group, data)))
    drawn = known.copy()
    if is_known(group):
        drawn.loc[data.group or ALL] = [group, group.to("percentage_point")]
    missing = [wording.name(data, zone) for zone in data.zones.index if zone not in known.index]
    listed = [
        wording.labelled(wording.name(data, zone), wording.commas(*map(_signed, filter(is_known, cells))))
        for zone, cells in zip(drawn.index, drawn.to_numpy(), strict=True)
    ]
    alt = _("Bars of growth and of what each zone contributed to it: {list}.").format(
        list=wording.series([*listed, *filter(None, [bars.without(missing)])])
    )
    panels = _panels(drawn, data, complete=is_known(group) and not missing)
    wide, narrow = _wide(panels, title, missing), _narrow(panels, title, missing)
    return chart(wide, f"growth-{indicator}", finding, alt, data, drawn.dropna(axis="columns", how="all"), narrow)


def _signed(q: Quantity, shared: SharedUnit | None = None) -> str:
    """A change in print: "+3.1%"."""
    return ("+" if q.is_point and not q.approximate and q.value > 0 else "") + bars.told(q, shared)


def _panels(drawn: pd.DataFrame, data: Dataset, *, complete: bool) -> list[Panel]:
    """Growth from 0; contributions one after another up to the growth of all, where all are known exactly.

    complete: whether every zone has a row and the last row is that of all.
    """
    steps = drawn[POINTS].iloc[:-1]
    starts = [0.0] * len(drawn)
    if complete and all(is_known(q) and q.is_point for q in steps):
        starts[1:-1] = accumulate(float(q.to("percentage_point").value) for q in steps.iloc[:-1])
    told = SharedUnit("percentage_point", Fraction(1), "")  # in the heading
    panels = []
    for column, heading, unit, shared, begin in (
        (GROWTH, _("Growth"), "%", None, [0.0] * len(drawn)),
        (POINTS, _("Contribution, percentage points"), "percentage_point", told, starts),
    ):
        if drawn[column].map(is_known).any():
            row = zip(drawn.index, drawn[column], begin, strict=True)
            panels.append(Panel(heading, tuple(_bar(zone, q, unit, shared, start, data) for zone, q, start in row)))
    return panels


def _bar(zone: str, q: Quantity | None, unit: str, shared: SharedUnit | None, start: float, data: Dataset) -> Bar:
    """The bar of a zone; that of all zones has a colour of its own."""
    colour = SERIES[0] if zone in data.zones.index else MUTED
    label = _signed(q, shared) if q is not None and is_known(q) else _("not known")
    return bars.bar(wording.name(data, zone), q if is_known(q) else None, unit, label, start=start, colour=colour)


def _wide(panels: Sequence[Panel], title: str, missing: Sequence[str]) -> Figure:
    """The panels side by side."""
    names, column = bars.columns(panels[0].bars)
    step = 0.42 if any("\n" in name for name in names) else 0.34
    figure, axes, top = bars.sheet(WIDTH, step * len(names) + 0.25, title, foot=bars.without(missing))
    ys = bars.heights(top - 0.25, step, len(names))
    for y, name in zip(ys, names, strict=True):
        axes.text(0, y, name, va="center", fontsize=lettering.NAME)
    room = (WIDTH - column) / len(panels)
    for i, panel in enumerate(panels):
        left = column + i * room + 0.1
        axes.text(left, top, panel.heading, va="top", fontsize=lettering.LABEL, color=INK)
        bars.beside(axes, ys, panel.bars, left, left + room - 0.25)
    return figure


def _narrow(panels: Sequence[Panel], title: str, missing: Sequence[str]) -> Figure:
    """The panels below each other."""
    steps = [bars.step_below(panel.bars, NARROW) for panel in panels]
    body = sum(step * len(panel.bars) + 0.4 for step, panel in zip(steps, panels, strict=True))
    figure, axes, top = bars.sheet(NARROW, body, title, foot=bars.without(missing))
    for step, panel in zip(steps, panels, strict=True):
        axes.text(0, top, panel.heading, va="top", fontsize=lettering.LABEL, color=INK)
        bars.below(axes, bars.heights(top - 0.3, step, len(panel.bars)), panel.bars, NARROW)
        top -= 0.4 + step * len(panel.bars)
    return figure


def _clauses(known: pd.DataFrame, group: Quantity | None, data: Dataset) -> list[Inline]:
    """What the chart says, as parts of one sentence."""
    say, every = Prose(data), len(data.zones)
    rates, points = ({zone: q for zone, q in known[column].items() if is_known(q)} for column in (GROWTH, POINTS))
    said = [_moved(group, _("all zones together"), data)] if group is not None and is_known(group) else []
    shrank = group is not None and exceeds(0, group)
    most, fell = front(points, lowest=shrank), [zone for zone, q in rates.items() if exceeds(0, q)]
    told_of = [exceeds(0, points[zone]) if shrank else exceeds(points[zone], 0) for zone in most]
    compared = {}  # by how many zones are compared
    if len(points) > 1 and all(told_of):
        finding = lead(points, LEAST if shrank else MOST, lambda zone: say(points[zone]), data, lowest=shrank)
        compared[len(points)] = [finding]
    # who weighed on the growth of all is said already
    falling = [] if shrank and fell == most else fell
    if len(rates) > 1 and not falling and ((not said and not compared) or len(front(rates)) == 1):
        compared.setdefault(len(rates), []).append(lead(rates, FASTEST, lambda zone: say(rates[zone]), data))
    said += [among(say.series(own), n, every, GROWN) for n, own in compared.items()]
    if len(rates) == 1:
        said += [_moved(q, wording.name(data, zone), data) for zone, q in rates.items()]
    elif falling:
        message = _("every zone fell") if len(falling) == every else _("{names} fell")
        said.append(finding_of(message, names=named(falling, data)))
    return said


def _moved(q: Quantity, name: str, data: Dataset) -> Inline:
    """Whether a place grew, fell or neither, and by how much."""
    if exceeds(0, q):
        return finding_of(_("{name} fell by {value}"), name=name, value=Prose(data)(-q))
    if exceeds(q, 0):
        return finding_of(_("{name} grew by {value}"), name=name, value=Prose(data)(q))
    still = _("{name} neither grew nor fell") if q.is_point else _("the bounds leave open whether {name} grew")
    return finding_of(still, name=name)
