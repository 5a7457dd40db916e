"""Bars of what is known within bounds, drawn on a sheet whose coordinates are inches.

A published figure is solid as far as it is certain, hollow where it may lie, and open towards a side without a bound;
an implied one is hatched within a dotted line; what is not built yet is hollow within a dashed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis import wording
from analysis.exhibits.charts.lettering import LABEL, NAME, inches, wrapped
from analysis.exhibits.charts.style import INK, MUTED, NARROW, PALE, SERIES, SURFACE, WIDTH, canvas, tell
from analysis.quantity import Quantity
from analysis.wording import SharedUnit, _

# of a bar, in inches: how thick, how long its open end, how far its label, how far between slanted lines
THICK, OPEN, GAP, HATCH = 0.19, 0.3, 0.07, 0.06


@dataclass(frozen=True)
class Bar:
    """A row of bars, ``low`` and ``high`` in the unit of the scale, None where open; nothing is drawn where both are.

    name: what it is of. label: the figure in words. remark: what is told beside it. start: where on the scale the bar
    begins. unbuilt: whether it is of something not built yet.
    """

    name: str
    low: float | None
    high: float | None
    label: str
    remark: str = ""
    implied: bool = False
    unbuilt: bool = False
    start: float = 0.0
    colour: str = SERIES[0]

    @property
    def certain(self) -> float:
        """How far it reaches for sure: to the bound that is nearer to 0, or not at all."""
        if self.low is not None and self.low > 0:
            return self.low
        return self.high if self.high is not None and self.high < 0 else 0.0

    @property
    def possible(self) -> tuple[float, float]:
        """Where it may end, as far as that is bounded."""
        return (
            self.certain if self.low is None else self.low,
            self.certain if self.high is None else self.high,
        )

    @property
    def extent(self) -> tuple[float, float]:
        """The least and the most that it covers of the scale."""
        ends = [self.start, *(self.start + end for end in (self.certain, *self.possible))]
        return min(ends), max(ends)

    @property
    def is_negative(self) -> bool:
        """Whether it lies left of where it begins, and so does its label."""
        return self.high is not None and self.high <= 0 and self.low != 0

    @property
    def is_known(self) -> bool:
        """Whether it has a bound."""
        return self.low is not None or self.high is not None


def bar(name: str, q: Quantity | None, unit: str, label: str, **more: Any) -> Bar:
    """The bar of a quantity on a scale in ``unit``; of one that is not published a name and a label."""
    if q is None:
        return Bar(name, None, None, label, **more)
    low, high = (None if bound is None else float(bound) for bound in (q.to(unit).low, q.to(unit).high))
    return Bar(name, low, high, label, implied=q.implied, **more)


def told(q: Quantity, shared: SharedUnit | None = None) -> str:
    """A quantity in print, and whether no source prints it."""
    return wording.text(q, shared) + (wording.aside(_("implied")) if q.implied else "")


@dataclass(frozen=True)
class Scale:
    """From values to inches: where ``zero`` stands, and what a unit takes."""

    zero: float
    unit: float

    def __call__(self, value: float) -> float:
        return self.zero + self.unit * value


def fitting(bars: Sequence[Bar], left: float, right: float, *, labels: bool) -> Scale:
    """The largest scale on which the bars fit between two places, with their labels beside them if they have any."""
    before, after = [(0.0, 0.0)], [(0.0, 0.0)]  # how far each bar reaches to either side, and the room at its end
    for bar in bars:
        low, high = bar.extent
        room = GAP + inches(bar.label) if labels else 0.0
        before.append((-low, OPEN * (bar.low is None and bar.is_known) + room * bar.is_negative))
        after.append((high, OPEN * (bar.high is None and bar.is_known) + room * (not bar.is_negative)))
    pairs = ((a, b) for a in before for b in after if a[0] + b[0] > 0)
    unit = min((max(right - left - a[1] - b[1], 0.3) / (a[0] + b[0]) for a, b in pairs), default=1.0)
    return Scale(left + max(reach * unit + room for reach, room in before), unit)


def sheet(width: float, body: float, heading: str, remark: str = "", foot: str = "") -> tuple[Figure, Axes, float]:
    """A bare drawing whose coordinates are inches, with a heading, a remark at its right and a line below; returns
    also where its body begins, which is as high as ``body`` says."""
    heading = wrapped(heading, width - (inches(remark) + 0.3 if remark else 0), LABEL, most=4)
    foot = wrapped(foot, width, LABEL, most=6)
    head = 0.19 * (1 + heading.count("\n")) + 0.12
    height = head + body + (0.19 * (1 + foot.count("\n")) + 0.05 if foot else 0)
    figure, axes = canvas(height, bare=True, width=width)
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.text(0, height, heading, va="top", fontsize=LABEL, color=MUTED, linespacing=1.3)
    axes.text(width, height, remark, va="top", ha="right", fontsize=LABEL, color=MUTED)
    axes.text(0, 0, foot, va="bottom", fontsize=LABEL, color=MUTED, linespacing=1.3)
    return figure, axes, height - head


def draw(axes: Axes, y: float, bar: Bar, scale: Scale) -> None:
    """A bar in the middle of which ``y`` lies."""
    low, high = bar.possible
    certain = SURFACE if bar.unbuilt else PALE if bar.implied else bar.colour
    line: Any = (0, (1, 1.5)) if bar.implied else (0, (4, 2.5)) if bar.unbuilt else "-"
    words = wording.labelled(bar.name, _told(bar))
    for start, end, face in ((low, high, SURFACE), (0.0, bar.certain, certain)):
        if start != end:
            left, right = sorted((scale(bar.start + start), scale(bar.start + end)))
            box = Rectangle((left, y - THICK / 2), right - left, THICK, facecolor=face, edgecolor=bar.colour)
            box.set(linewidth=1.1, linestyle=line)
            tell(words, axes.add_patch(box))
            if bar.implied:
                tell(words, _hatch(axes, left, right, y, bar.colour))
    for bound, end, way in ((bar.low, low, -1), (bar.high, high, 1)):
        if bound is None and bar.is_known:
            x = scale(bar.start + end)
            edges = [y - THICK / 2, y + THICK / 2]
            tell(words, axes.hlines(edges, x, x + way * OPEN, color=bar.colour, linewidth=1.1, linestyle=(0, (3, 2))))


def _hatch(axes: Axes, left: float, right: float, y: float, colour: str) -> LineCollection:
    """Slanted lines across a box; drawn one by one, as a pattern of the format would keep its colours in the dark."""
    bottom = y - THICK / 2
    lines = []
    for i in range(int((right - left + THICK) / HATCH) + 1):
        foot = left - THICK + HATCH * (i + 0.5)  # where the line meets the bottom, inside the box or before it
        low, high = max(0.0, left - foot), min(THICK, right - foot)
        if low < high:
            lines.append([(foot + low, bottom + low), (foot + high, bottom + high)])
    hatch = LineCollection(lines, colors=colour, linewidths=0.8)
    axes.add_collection(hatch, autolim=False)
    return hatch


def beside(axes: Axes, ys: Sequence[float], bars: Sequence[Bar], left: float, right: float) -> None:
    """Bars at the heights ``ys`` between two places, each with its label at its end."""
    scale = fitting(bars, left, right, labels=True)
    axes.vlines(scale(0), min(ys) - THICK, max(ys) + THICK, color=MUTED, linewidth=0.8)
    for i, (y, bar) in enumerate(zip(ys, bars, strict=True)):
        if bar.start:  # it goes on where the one above it ends
            axes.vlines(scale(bar.start), y, ys[i - 1], color=MUTED, linewidth=0.6, zorder=0)
        draw(axes, y, bar, scale)
        low, high = map(scale, bar.extent)
        if bar.is_negative:
            axes.text(low - GAP - OPEN * (bar.low is None), y, bar.label, ha="right", va="center", fontsize=LABEL)
        else:
            x = high + GAP + OPEN * (bar.high is None and bar.is_known)
            colour = INK if bar.is_known else MUTED
            axes.text(x, y, bar.label, va="center", fontsize=LABEL, color=colour)


def below(axes: Axes, ys: Sequence[float], bars: Sequence[Bar], width: float) -> None:
    """Bars at the heights ``ys``, each below its name and its label: the form for a phone."""
    scale = fitting(bars, 0.02, width - 0.02, labels=False)
    lines = _lines_above(bars, width)
    for y, bar in zip(ys, bars, strict=True):
        draw(axes, y, bar, scale)
        if scale(0) > 0.1:  # not at the margin; short, clear of names and labels
            axes.vlines(scale(0), y - 0.65 * THICK, y + 0.65 * THICK, color=MUTED, linewidth=0.8)
        room = width if lines == 2 else width - inches(_told(bar)) - 0.15
        axes.text(0, y - 0.04 + 0.19 * lines, wrapped(bar.name, room, most=1), va="bottom", fontsize=NAME)
        x, side = (width, "right") if lines == 1 else (0, "left")
        axes.text(x, y + 0.15, _told(bar), ha=side, va="bottom", fontsize=LABEL, color=MUTED)


def step_below(bars: Sequence[Bar], width: float) -> float:
    """The height of a row of `below`."""
    return 0.36 + 0.19 * _lines_above(bars, width)


def _lines_above(bars: Sequence[Bar], width: float) -> int:
    """1 where names and labels fit on one line each, else 2."""
    return 1 if all(inches(bar.name, NAME) + inches(_told(bar)) < width - 0.15 for bar in bars) else 2


def _told(bar: Bar) -> str:
    """Label and remark in one."""
    return wording.commas(*filter(None, (bar.label, bar.remark)))


def columns(bars: Sequence[Bar]) -> tuple[list[str], float]:
    """The names of bars for a column at their left, in one or two lines, and how wide it is."""
    names = [wrapped(bar.name, 1.75) for bar in bars]
    return names, max(inches(name, NAME) for name in names) + 0.12


def heights(top: float, step: float, rows: int) -> list[float]:
    """Where rows stand that follow each other downwards from ``top``."""
    return [top - step * (i + 0.5) for i in range(rows)]


def without(names: Iterable[str]) -> str:
    """The line that names those of which there is no figure; empty when there are none."""
    listed = wording.join(names)
    return _("No figure: {names}").format(names=listed) if listed else ""


def wide(row: Sequence[Bar], heading: str, remark: str, foot: str) -> Figure:
    """Bars on a page's width: names at the left, labels beside them, remarks at the right below the word on them."""
    names, column = columns(row)
    step = 0.42 if any("\n" in name for name in names) else 0.34
    figure, axes, top = sheet(WIDTH, step * len(names), heading, remark, foot)
    ys = heights(top, step, len(names))
    remarks = max(inches(bar.remark) for bar in row)
    beside(axes, ys, row, column, WIDTH - remarks - (0.2 if remarks else 0))
    for y, name, bar in zip(ys, names, row, strict=True):
        axes.text(0, y, name, va="center", fontsize=NAME)
        axes.text(WIDTH, y, bar.remark, ha="right", va="center", fontsize=LABEL)
    return figure


def narrow(row: Sequence[Bar], heading: str, remark: str, foot: str) -> Figure:
    """The same for a phone: name, label and remark above each bar."""
    step = step_below(row, NARROW)
    figure, axes, top = sheet(NARROW, step * len(row), wording.series(filter(None, [heading, remark])), foot=foot)
    below(axes, heights(top, step, len(row)), row, NARROW)
    return figure
