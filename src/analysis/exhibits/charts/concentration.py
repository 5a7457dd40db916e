"""How concentrated each indicator is among the zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis import wording
from analysis.exhibits.charts import bars, lettering
from analysis.exhibits.charts.findings import Lead, front, is_known, known_rows, lead
from analysis.exhibits.charts.style import GRID, MUTED, NARROW, SERIES, SURFACE, WIDTH, chart, finding_of, tell
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import N_, Inline, Prose, _, filled

MOST = Lead(
    N_("Concentration is highest in {name}, with an index of {value}"),
    N_("Concentration is highest in {names}, with an index of {value} each"),
    N_("The bounds leave open which of {names} is the most concentrated"),
)
INDEX = N_("Herfindahl–Hirschman index")
DOT = 0.1  # inches; a shorter bar is a dot
JOINT = {"cr1": N_("largest zone"), "cr3": N_("three largest")}  # columns of joint shares, and their headings


@dataclass(frozen=True)
class Mark:
    """What is drawn of an indicator: its index between 0 (equal zones) and 1 (one zone), in words, and its joint
    shares by column."""

    name: str
    low: float
    high: float
    label: str
    joint: dict[str, str]

    @property
    def shares(self) -> str:
        """The joint shares in words."""
        return wording.commas(*(wording.labelled(_(JOINT[key]), q) for key, q in self.joint.items()))


def concentration(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """The Herfindahl–Hirschman index of each indicator, on a line from equal zones to all in one zone.

    table: indicators × ``hhi`` (1/n to 1) and, where known, ``cr1`` and ``cr3`` (%): the joint share of the largest
    zone and of the three largest; Quantity or None, as from `concentration.table`.
    """
    zones, known = len(data.zones), known_rows(table, "hhi")
    if known.empty or zones < 2:
        return Passage()
    known = known.loc[sorted(known.index, key=lambda indicator: -known.at[indicator, "hhi"].reach)]
    marks = [_mark(indicator, row, Fraction(1, zones), data) for indicator, row in known.iterrows()]
    listed = wording.series(
        wording.labelled(
            mark.name, wording.commas(mark.label, *(wording.beside(_(JOINT[key]), q) for key, q in mark.joint.items()))
        )
        for mark in marks
    )
    alt = _("Concentration indices on a line from equal zones to a single zone: {list}.").format(list=listed)
    wide, narrow = (_draw(marks, zones, width) for width in (WIDTH, NARROW))
    return chart(wide, "concentration", _finding(known, zones, data), alt, data, known, narrow)


def _mark(indicator: str, row: pd.Series, least: Fraction, data: Dataset) -> Mark:
    """An indicator as it is drawn; an index lies between that of equal zones and 1, whatever its bounds."""
    hhi = row["hhi"].to("1")
    low, high = max(hhi.low or least, least), min(1 if hhi.high is None else hhi.high, Fraction(1))
    start, end = (float((bound - least) / (1 - least)) for bound in (low, max(low, high)))
    joint = {key: bars.told(row[key]) for key in JOINT if key in row.index and is_known(row[key])}
    return Mark(_called(data, indicator, row["hhi"]), start, end, bars.told(hhi), joint)


def _called(data: Dataset, indicator: str, hhi: Quantity) -> str:
    """What is shared, with the period of its shares."""
    name, period = wording.share_of(data, indicator), data.period_of(hhi)
    return name + wording.aside(wording.period(period)) if period else name


def _finding(known: pd.DataFrame, zones: int, data: Dataset) -> Inline:
    """Which indicator is the most concentrated, what its largest zone holds, and which is spread most evenly; those of
    different periods are not set in order."""
    say, values = Prose(data), dict(known["hhi"])
    if len({data.period_of(hhi) for hhi in values.values()}) > 1:
        each = [filled("{name} {value}", {"name": _called(data, i, q), "value": say(q)}) for i, q in values.items()]
        return finding_of(_("Concentration index, of different periods: {list}"), list=say.series(each))
    first = front(values)
    if len(values) == 1:
        message = _("{name}: the concentration index is {value}, on a scale from {least} for equal zones to 1")
        least = wording.number(Fraction(1, zones))
        said = [finding_of(message, name=wording.share_of(data, first[0]), value=say(values[first[0]]), least=least)]
    else:
        said = [lead(values, MOST, lambda indicator: say(values[indicator]), data, called=wording.share_of)]
    share, last = known.at[first[0], "cr1"] if "cr1" in known else None, front(values, lowest=True)
    if len(first) == 1 and is_known(share):
        said.append(finding_of(_("its largest zone holds {share}"), share=say(share)))
    if len(values) > 1 and len(last) == 1:
        lowest = _("it is lowest in {name}, at {value}")
        said.append(finding_of(lowest, name=wording.share_of(data, last[0]), value=say(values[last[0]])))
    return say.series(said)


def _draw(marks: Sequence[Mark], zones: int, width: float) -> Figure:
    """Name and joint shares above and below each line."""
    step = 0.9
    figure, axes, top = bars.sheet(width, step * len(marks) + 0.22, _(INDEX))
    left, right = 0.05, width - 0.05
    for y, mark in zip(bars.heights(top, step, len(marks)), marks, strict=True):
        axes.text(0, y + 0.22, lettering.wrapped(mark.name, width, most=1), va="bottom", fontsize=lettering.NAME)
        _line(axes, y - 0.05, left, right, mark)
        axes.text(0, y - 0.15, mark.shares, va="top", fontsize=8.5, color=MUTED)
    least = wording.number(Fraction(1, zones)) + wording.aside(_("all zones equal"))
    most = wording.number(1) + wording.aside(_("all in one zone"))
    axes.text(left, 0, least, va="bottom", fontsize=8.5, color=MUTED)
    axes.text(right, 0, most, ha="right", va="bottom", fontsize=8.5, color=MUTED)
    return figure


def _line(axes: Axes, y: float, left: float, right: float, mark: Mark) -> None:
    """An index on its line: a dot, or a hollow bar where only bounds are known."""
    axes.hlines(y, left, right, color=GRID, linewidth=1.5)
    low, high = (left + (right - left) * place for place in (mark.low, mark.high))
    if high - low < DOT:
        drawn: list[Any] = axes.plot((low + high) / 2, y, "o", color=SERIES[0], markersize=7, zorder=3)
    else:
        look: dict[str, Any] = {"facecolor": SURFACE, "edgecolor": SERIES[0], "linewidth": 1.2}
        drawn = [axes.add_patch(Rectangle((low, y - 0.06), high - low, 0.12, zorder=3, **look))]
    tell(wording.commas(wording.labelled(mark.name, mark.label), *filter(None, [mark.shares])), *drawn)
    half = lettering.inches(mark.label) / 2
    middle = min(max((low + high) / 2, left + half), right - half)
    axes.text(middle, y + 0.08, mark.label, ha="center", va="bottom", fontsize=lettering.LABEL)
