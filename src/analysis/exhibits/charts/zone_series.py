"""The zones through time: a small chart each, all on one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.exhibits.charts import bars, lettering
from analysis.exhibits.charts.findings import known_rows, moved
from analysis.exhibits.charts.series import POINTS
from analysis.exhibits.charts.style import GRID, MUTED, NARROW, PALE, SERIES, WIDTH, chart, finding_of, tell
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.package.periods import Span, order, span
from analysis.quantity import exceeds
from analysis.wording import Inline, SharedUnit, _

# a small chart, the room for its lines and the gap beside it, in inches; small letters, in points
ROW, PLOT, GAP, SMALL = 1.55, 0.8, 0.25, 8.0
STUB = 0.15  # of a figure without an upper bound
COLUMNS = {WIDTH: 3, NARROW: 2}


@dataclass(frozen=True)
class Point:
    """A figure as it is drawn: its period in words; when that ends, in years; its bounds, ``high`` None where open; in
    words."""

    period: str
    when: float
    low: float
    high: float | None
    label: str

    @property
    def shown(self) -> float:
        """Where the line runs."""
        return self.low if self.high is None else self.high


Lines = list[tuple[str, list[Point]]]  # the name of each zone and its figures, oldest first


def zones_through_time(table: pd.DataFrame, indicator: str, data: Dataset) -> Exhibit | Passage:
    """A line for each zone, those of the others pale behind it; nothing where figures are of fewer than POINTS spans of
    one length.

    table: a row a figure; columns ``zone``, ``period`` (ISO 8601), ``value`` (Quantity or None).
    """
    known = _followed(known_rows(table, "value"))
    if known.empty:
        return Passage()
    spans = sorted(set(known["span"]), key=order)
    ends = spans[0], spans[-1]
    start, end = (wording.period(each.iso) for each in ends)
    title = wording.commas(wording.indicator(data, indicator), _("{start} to {end}").format(start=start, end=end))
    shared = wording.shared_unit(known["value"])
    zones = known.groupby("zone", sort=False)
    lines = [(wording.name(data, zone), _points(own, shared)) for zone, own in zones]
    missing = [wording.name(data, zone) for zone in data.zones.index if zone not in zones.groups]
    listed = (
        wording.labelled(
            wording.name(data, zone),
            wording.commas(
                *(wording.beside(wording.period(row.span.iso), bars.told(row.value)) for row in own.itertuples())
            ),
        )
        for zone, own in zones
    )
    alt = _("A line for each zone: {list}.").format(
        list=wording.series([*listed, *filter(None, [bars.without(missing)])])
    )
    finding = finding_of(_("{label}: {value}"), label=title, value=_finding(known, ends, data))
    heading = wording.indicator(data, indicator) + (wording.aside(shared.words) if shared else "")
    wide, narrow = (_draw(lines, ends, heading, missing, width) for width in COLUMNS)
    return chart(wide, f"zones-{indicator}", finding, alt, data, known[["zone", "period", "value"]], narrow)


def _followed(table: pd.DataFrame) -> pd.DataFrame:
    """The figures of the length of span that most spans have, oldest first, with their ``span``; none where there are
    fewer than POINTS of them."""
    table = table.assign(span=table["period"].map(span))
    lengths = Counter(each.months for each in set(table["span"]))
    most = max(lengths, key=lambda months: (lengths[months], months), default=0)
    own = table[[each.months == most for each in table["span"]]]
    own = own.iloc[sorted(range(len(own)), key=lambda i: order(own["span"].iloc[i]))]
    return own if lengths[most] >= POINTS else own.head(0)


def _points(own: pd.DataFrame, shared: SharedUnit | None) -> list[Point]:
    """The figures of a zone in the unit that all share."""
    points = []
    for row in own.itertuples():
        q = row.value.to(shared.unit) if shared else row.value
        low = float(q.low or 0) if q.low is not None or q.high is None else min(0.0, float(q.high))
        high = None if q.high is None else float(q.high)
        points.append(Point(wording.period(row.span.iso), row.span.end, low, high, bars.told(row.value, shared)))
    return points


def _finding(known: pd.DataFrame, ends: tuple[Span, Span], data: Dataset) -> Inline:
    """In how many zones the figure of the last span lies certainly above or below that of the first."""
    first, last = ({row.zone: row.value for row in known.itertuples() if row.span == end} for end in ends)
    both = [zone for zone in first if zone in last]
    up = sum(exceeds(last[zone], first[zone]) for zone in both)
    down = sum(exceeds(first[zone], last[zone]) for zone in both)
    if len(both) == 1:
        return moved(wording.name(data, both[0]), first[both[0]], last[both[0]], data)
    counts = {"up": wording.words(up), "down": wording.words(down), "all": wording.words(len(both))}
    if not both:
        message = _("no zone has a figure of both the first and the last period")
    elif up and down:
        message = _("up in {up} of the {all} zones compared, down in {down}")
    elif up:
        message = _("up in {up} of the {all} zones compared") if up < len(both) else _("up in all {all} zones compared")
    elif down:
        message = _("down in {down} of the {all} zones compared")
        if down == len(both):
            message = _("down in all {all} zones compared")
    else:
        message = _("no zone is known to have risen or fallen")
    return finding_of(message, **counts)


@dataclass(frozen=True)
class Frame:
    """A small chart: its lower left corner, its width, and what its edges stand for."""

    left: float
    base: float
    width: float
    ends: tuple[Span, Span]
    least: float
    most: float

    def __call__(self, when: float, value: float) -> tuple[float, float]:
        along = (when - self.ends[0].end) / (self.ends[1].end - self.ends[0].end)
        up = (value - self.least) / (self.most - self.least or 1.0)
        return self.left + 0.06 + along * (self.width - 0.12), self.base + PLOT * up


def _draw(lines: Lines, ends: tuple[Span, Span], heading: str, missing: Sequence[str], width: float) -> Figure:
    """The small charts, row by row."""
    columns = COLUMNS[width]
    room = (width + GAP) / columns
    foot = bars.without(missing)
    figure, axes, top = bars.sheet(width, ROW * -(-len(lines) // columns), heading, foot=foot)
    every = [point for _name, points in lines for point in points]
    least, most = min(0.0, *(point.low for point in every)), max(0.0, *(point.shown for point in every))
    for i, (name, points) in enumerate(lines):
        base = top - ROW * (i // columns + 1) + 0.32
        frame = Frame(room * (i % columns), base, room - GAP, ends, least, most)
        label = lettering.wrapped(name, frame.width, lettering.LABEL, most=1)
        axes.text(frame.left, base + PLOT + 0.32, label, va="center", fontsize=lettering.LABEL)
        axes.hlines(frame(0, 0)[1], frame.left, frame.left + frame.width, color=GRID, linewidth=0.8)
        for _name, other in lines:
            if other is not points:
                axes.plot(*_path(other, frame), color=PALE, linewidth=1.1)
        _own(axes, points, frame)
        _periods(axes, frame)
    return figure


def _path(points: Sequence[Point], frame: Frame) -> tuple[list[float], list[float]]:
    places = [frame(point.when, point.shown) for point in points]
    return [x for x, _y in places], [y for _x, y in places]


def _own(axes: Axes, points: Sequence[Point], frame: Frame) -> None:
    """The line of a zone: bars where only bounds are known, open upwards where there is none; both ends in words."""
    xs, ys = _path(points, frame)
    for point, x, y in zip(points, xs, ys, strict=True):
        axes.vlines(x, frame(point.when, point.low)[1], y, color=SERIES[0], linewidth=4, alpha=0.35)
        if point.high is None:
            axes.vlines(x, y, y + STUB, color=SERIES[0], linewidth=1.1, linestyle=(0, (3, 2)))
        tell(wording.labelled(point.period, point.label), *axes.plot(x, y, "o", color=SERIES[0], markersize=4))
    axes.plot(xs, ys, color=SERIES[0], linewidth=1.8)
    middle = frame.left + frame.width / 2
    for at, neighbour in {(0, min(1, len(points) - 1)), (-1, max(-2, -len(points)))}:
        # on the side that the line does not leave to
        below = ys[neighbour] > ys[at] + 0.08 and ys[at] > frame.base + 0.2
        above = STUB + 0.03 if points[at].high is None else 0.07
        axes.text(
            xs[at],
            ys[at] - 0.07 if below else ys[at] + above,
            points[at].label,
            ha="left" if xs[at] < middle else "right",
            va="top" if below else "bottom",
            fontsize=SMALL,
            color=SERIES[0],
        )


def _periods(axes: Axes, frame: Frame) -> None:
    """The first and the last period below a small chart."""
    for end, x, side in zip(frame.ends, (frame.left, frame.left + frame.width), ("left", "right"), strict=True):
        words = lettering.wrapped(wording.period(end.iso), frame.width / 2 - 0.1, SMALL)
        axes.text(x, frame.base - 0.06, words, ha=side, va="top", fontsize=SMALL, color=MUTED)
