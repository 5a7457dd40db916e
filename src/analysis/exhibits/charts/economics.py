"""The chart of what projects yield on their land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from analysis import wording
from analysis.analyses import economics
from analysis.exhibits.charts.findings import in_one_currency, is_known, known_rows, left_out
from analysis.exhibits.charts.lettering import LABEL, NAME, wrapped
from analysis.exhibits.charts.style import GRID, MUTED, NARROW, SERIES, WIDTH, canvas, chart, finding_of, tell
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import Inline, Prose, SharedUnit, _

KEY = 9.0  # letters of the key, in points
# of a name beside its mark: its alignment, and where it stands from the middle of the mark
PLACES = (
    ("center", "bottom", 0, 1),
    ("right", "center", -1, 0),
    ("left", "center", 1, 0),
    ("right", "bottom", 0.5, 1),
    ("left", "bottom", -0.5, 1),
    ("center", "top", 0, -1),
    ("right", "top", 0.5, -1),
    ("left", "top", -0.5, -1),
)


@dataclass(frozen=True)
class Bubble:
    """A project as it is drawn, ``x`` and ``y`` in the unit of the axes; ``size`` is the area of the bubble.

    output: None where nothing is known of it that could be drawn.
    """

    label: str
    colour: str
    x: float
    y: float
    size: float
    investment: Quantity
    output: Quantity | None
    jobs: Quantity | None

    @property
    def at_least(self) -> bool:
        """Whether its jobs are only a lower bound."""
        return self.jobs is not None and self.jobs.high is None

    @property
    def told(self) -> str:
        """The figures of the project in words."""
        jobs = [] if self.jobs is None else [wording.text(self.jobs)]
        return wording.labelled(
            self.label, wording.commas(wording.text(self.investment), wording.text(self.output), *jobs)
        )


def project_bubbles(measures: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Investment against output, both on a unit of land; the area of a bubble is the number of jobs.

    A bound is an arrow to where the value may lie, and a project without output stands on the margin.
    measures: as from `economics.measures`.
    """
    land = dict(zip(("investment", "output"), economics.on_land(data), strict=True))
    drawn = measures[[*land.values()]].set_axis([*land], axis="columns")
    drawn = known_rows(drawn, "investment")
    if drawn.empty:
        return Passage()
    others = drawn.index.difference(in_one_currency(drawn["investment"]), sort=False)
    drawn = drawn.drop(index=others)
    drawn = drawn.assign(jobs=[economics.in_role(data, project, "jobs") for project in drawn.index])
    listed = wording.series(
        wording.labelled(
            wording.name(data, row.Index), wording.commas(*map(wording.text, (row.investment, row.output)))
        )
        for row in drawn.itertuples()
    )
    alt = _("Bubble chart of investment against output on the land: {list}.").format(list=listed)
    finding = Prose(data).series([_best_use(drawn, data), *left_out(others, data)])
    units = {what: _axis_unit(drawn[what]) for what in land}
    along, up = (wording.term(data, land[what]) + wording.aside(unit.words) for what, unit in units.items())
    wide, narrow = (_plane(_bubbles(drawn, units, data), along, up, width) for width in (WIDTH, NARROW))
    return chart(wide, "land", finding, alt, data, drawn.rename(columns=land), narrow)


def _best_use(drawn: pd.DataFrame, data: Dataset) -> str | Inline:
    """Where output on the land is highest, as far as that is known."""
    best, say = economics.best(drawn["output"]), Prose(data)
    if best is None:
        return _("Output on the land is known for no project exactly")
    return finding_of(
        _("Output on the land, stated or expected, is highest at {project}: {output}, for {investment} of investment"),
        project=wording.name(data, best),
        output=say(drawn.loc[best, "output"]),
        investment=say(drawn.loc[best, "investment"]),
    )


def _axis_unit(values: pd.Series) -> SharedUnit:
    """The unit and scale of an axis: those that all values share, else those of the largest."""
    known = [q for q in values if is_known(q)] or [Quantity.point(1)]
    largest = max(known, key=lambda q: q.reach)
    unit = wording.shared_unit(known) or wording.shared_unit([largest, largest])
    return unit or SharedUnit(largest.unit, Fraction(1), "")


def _bubbles(drawn: pd.DataFrame, units: Mapping[str, SharedUnit], data: Dataset) -> list[Bubble]:
    """The projects in the units of the axes, the bubble of the most jobs the largest."""
    jobs = {project: float(q.to("person").reach) for project, q in drawn["jobs"].items() if q is not None}
    most = max(jobs.values(), default=1.0)
    places = {what: [_place(q, unit) if is_known(q) else 0.0 for q in drawn[what]] for what, unit in units.items()}
    return [
        Bubble(
            wording.name(data, row.Index),
            SERIES[i % len(SERIES)],
            places["investment"][i],
            places["output"][i],
            max(60.0, 1125 * jobs[row.Index] / most) if row.Index in jobs else 60,
            row.investment,
            row.output if is_known(row.output) else None,
            row.jobs,
        )
        for i, row in enumerate(drawn.itertuples())
    ]


def _place(q: Quantity, unit: SharedUnit) -> float:
    """Where a quantity stands on an axis: at its upper bound, else at its lower one."""
    return float(q.to(unit.unit).reach) / float(unit.scale)


def _plane(bubbles: Sequence[Bubble], along: str, up: str, page: float) -> Figure:
    """The bubbles between their two axes, what these say, and the key; ``page`` inches wide."""
    figure, axes = canvas(4.6 if page == WIDTH else 5.4, width=page)
    width = 1.18 * max(bubble.x for bubble in bubbles)
    roof = 1.3 * max((bubble.y for bubble in bubbles if bubble.output is not None), default=1.0)
    axes.set_xlim(0, width)
    axes.set_ylim(0, roof)
    for bubble in bubbles:
        if not bubble.investment.is_point:
            end = width if bubble.investment.high is None else 0
            _arrow(axes, (bubble.x, bubble.y), (end, bubble.y), bubble.colour)
        if bubble.output is not None and not bubble.output.is_point:
            _arrow(axes, (bubble.x, bubble.y), (bubble.x, roof if bubble.output.high is None else 0), bubble.colour)
        tell(bubble.told, *_mark(axes, bubble))
    axes.set_xlabel(wrapped(along, page - 0.6), loc="left")
    axes.set_title(wrapped(up, page - 0.6), loc="left", fontsize=NAME, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    look: dict[str, Any] = {"frameon": False, "fontsize": KEY, "labelcolor": MUTED, "handletextpad": 0.6}
    if key := _key(axes, bubbles, page):
        figure.legend(handles=key, loc="outside lower left", ncols=2 if page == WIDTH else 1, **look)
    figure.draw_without_rendering()  # the layout, so that there are places for labels
    _name(figure, axes, bubbles, 0.56 * page)
    return figure


def _key(axes: Axes, bubbles: Sequence[Bubble], page: float) -> list[PathCollection]:
    """What the marks say, as far as they occur."""
    points = [bubble for bubble in bubbles if bubble.output is not None and bubble.output.is_point]
    most = max((b.jobs for b in points if b.jobs is not None), key=lambda jobs: jobs.reach, default=None)
    bounds = any(not q.is_point for b in bubbles for q in (b.investment, b.output) if q is not None)
    said = {
        ("o", MUTED, "-"): most and _("area of a bubble: jobs; the largest: {n}").format(n=wording.text(most)),
        ("o", "none", "--"): any(b.at_least for b in points) and _("dashed ring: the jobs are a lower bound"),
        ("D", MUTED, "-"): any(b.jobs is None for b in points) and _("diamond: number of jobs not published"),
        ("$\u2192$", MUTED, "-"): bounds and _("arrow: from a bound to where the value may lie"),
    }
    look: dict[str, Any] = {"s": 60, "edgecolor": MUTED}
    return [
        axes.scatter(
            [], [], facecolor=face, marker=marker, linestyle=line, label=wrapped(words, page - 0.5, KEY), **look
        )
        for (marker, face, line), words in said.items()
        if words
    ]


def _mark(axes: Axes, bubble: Bubble) -> list[Artist]:
    """A bubble, with a dashed ring where its jobs are only a lower bound; a diamond where they are not known; a bar for
    a bound of the output, and on the margin a cross where no output is published."""
    if bubble.output is None:
        return [*axes.plot(bubble.x, 0, "x", color=bubble.colour, markersize=9, markeredgewidth=2, clip_on=False)]
    if not bubble.output.is_point:
        return [*axes.plot(bubble.x, bubble.y, "_", color=bubble.colour, markersize=15, markeredgewidth=2.5)]
    look: dict[str, Any] = {"edgecolor": bubble.colour, "linestyle": "--" if bubble.at_least else "-"}
    place, marker = (bubble.x, bubble.y), "D" if bubble.jobs is None else "o"
    drawn: list[Artist] = [axes.scatter(*place, s=bubble.size, color=bubble.colour, marker=marker, alpha=0.85, **look)]
    if bubble.at_least:
        drawn.append(axes.scatter(*place, s=bubble.size * 1.5, facecolor="none", linewidth=1, **look))
    return drawn


def _name(figure: Figure, axes: Axes, bubbles: Sequence[Bubble], room: float) -> None:
    """The name of each project and its output, in lines of ``room`` inches, where it meets the least of the others."""
    pixels = figure.dpi / 72
    reach = [7 + (bubble.size**0.5 / 2 if bubble.output is not None else 0) for bubble in bubbles]  # in points
    marks = axes.transData.transform([(bubble.x, bubble.y) for bubble in bubbles])
    taken = [Bbox([mark - far * pixels, mark + far * pixels]) for mark, far in zip(marks, reach, strict=True)]
    # from the bottom upwards, since most names stand above their marks
    for bubble, far in sorted(zip(bubbles, reach, strict=True), key=lambda pair: pair[0].y):
        output = _("output not published") if bubble.output is None else wording.text(bubble.output)
        words = "\n".join(wrapped(line, room, LABEL) for line in (bubble.label, output))
        tried: list[tuple[float, int, Annotation, Bbox]] = []
        for side, level, right, up in PLACES:
            label = axes.annotate(words, (bubble.x, bubble.y), (right * far, up * far), textcoords="offset points")
            label.set(fontsize=LABEL, color=bubble.colour, ha=side, va=level, linespacing=1.3)
            box = label.get_window_extent()
            cost = _outside(box, axes.bbox) + sum(_common(box, other) for other in taken)
            tried.append((cost, len(tried), label, box))
        best = min(tried)
        for _cost, _i, label, _box in tried:
            if label is not best[2]:
                label.remove()
        taken.append(best[3])


def _common(one: Bbox, other: Bbox) -> float:
    """The area that two boxes share."""
    both = Bbox.intersection(one, other)
    return 0.0 if both is None else float(both.width * both.height)


def _outside(box: Bbox, edges: Bbox) -> float:
    """The area of a box outside of others' edges."""
    return float(box.width * box.height) - _common(box, edges)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """From a bound to where the value may lie."""
    style = {"arrowstyle": "->", "color": colour, "linewidth": 1.8, "linestyle": "--"}
    axes.annotate("", end, start, arrowprops=style)
