"""Charts of what projects yield on their land, and of the margin that pays them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.analyses import economics
from analysis.exhibits.charts.findings import in_one_currency, is_known, known_rows, left_out
from analysis.exhibits.charts.style import GRID, MUTED, SERIES, canvas, chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds
from analysis.wording import Inline, Prose, SharedUnit, _


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
    titles = (wording.term(data, land[what]) + wording.aside(unit.words) for what, unit in units.items())
    figure = _plane(_bubbles(drawn, units, data), *titles)
    return chart(figure, "land", finding, alt, data, drawn.rename(columns=land))


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


def _plane(bubbles: Sequence[Bubble], along: str, up: str) -> Figure:
    """The bubbles between their two axes and what these say."""
    figure, axes = canvas(4.3)
    width = 1.18 * max(bubble.x for bubble in bubbles)
    roof = 1.3 * max((bubble.y for bubble in bubbles if bubble.output is not None), default=1.0)
    for bubble in bubbles:
        if not bubble.investment.is_point:
            end = width if bubble.investment.high is None else 0
            _arrow(axes, (bubble.x, bubble.y), (end, bubble.y), bubble.colour)
        if bubble.output is None:
            _without_output(axes, bubble)
        elif bubble.output.is_point:
            _point(axes, bubble)
        else:
            _arrow(axes, (bubble.x, bubble.y), (bubble.x, roof if bubble.output.high is None else 0), bubble.colour)
            axes.plot(bubble.x, bubble.y, "_", color=bubble.colour, markersize=15, markeredgewidth=2.5)
            # beside its bar, clear of the arrow
            _label(axes, bubble, wording.text(bubble.output), (-12, 0), ha="right", va="center")
    axes.set_xlim(0, width)
    axes.set_ylim(0, roof)
    axes.set_xlabel(along)
    axes.set_title(up, loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    return figure


def _without_output(axes: Axes, bubble: Bubble) -> None:
    """A cross on the margin."""
    axes.plot(bubble.x, 0, "x", color=bubble.colour, markersize=9, markeredgewidth=2, clip_on=False)
    _label(axes, bubble, _("output not published"), (-8, 10), ha="right")


def _point(axes: Axes, bubble: Bubble) -> None:
    """A bubble, with a dashed ring where its jobs are only a lower bound."""
    at_least = bubble.jobs is not None and bubble.jobs.high is None
    look: dict[str, Any] = {"edgecolor": bubble.colour, "linestyle": "--" if at_least else "-"}
    axes.scatter(bubble.x, bubble.y, s=bubble.size, color=bubble.colour, alpha=0.85, **look)
    if at_least:
        axes.scatter(bubble.x, bubble.y, s=bubble.size * 1.5, facecolor="none", linewidth=1, **look)
    _label(axes, bubble, wording.text(bubble.output), (0, 8 + bubble.size**0.5 / 2), ha="center", va="bottom")


def _label(axes: Axes, bubble: Bubble, words: str, offset: tuple[float, float], **align: Any) -> None:
    """The name of a project, and words below it, at an offset in points."""
    axes.annotate(
        f"{bubble.label}\n{words}",
        (bubble.x, bubble.y),
        xytext=offset,
        textcoords="offset points",
        fontsize=9.5,
        color=bubble.colour,
        **align,
    )


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """From a bound to where the value may lie."""
    style = {"arrowstyle": "->", "color": colour, "linewidth": 1.8, "linestyle": "--"}
    axes.annotate("", end, start, arrowprops=style)


def payback_curves(margins: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """The margin before depreciation that a payback needs, against the years; a lower bound is drawn dashed with an
    open region above it.

    margins: projects × years, as from `payback.required_margin`; those of which no bound is known are not drawn.
    """
    years = list(margins.columns)
    middle = years[len(years) // 4]
    margins = margins[[q.is_bounded for q in margins[middle]]]
    if margins.empty:
        return Passage()
    order = margins[middle].map(lambda q: float(q.low or 0))
    say, n = Prose(data), wording.words(int(middle))
    low, high = order.idxmin(), order.idxmax()
    if exceeds(margins.loc[high, middle], margins.loc[low, middle]):
        message = _("For a payback in {n} years the margin needed runs from {low} to {high}")
        finding = finding_of(message, n=n, low=say(margins.loc[low, middle]), high=say(margins.loc[high, middle]))
    else:
        message = _("For a payback in {n} years {name} needs a margin of {low}")
        finding = finding_of(message, n=n, name=wording.name(data, low), low=say(margins.loc[low, middle]))
    listed = wording.series(wording.beside(wording.name(data, p), wording.text(q)) for p, q in margins[middle].items())
    alt = _("Curves of the margin before depreciation needed against years to payback; in {n} years: {list}.").format(
        n=middle, list=listed
    )
    return chart(_curves(margins, data, middle), "payback", finding, alt, data, margins)


def _curves(margins: pd.DataFrame, data: Dataset, middle: int) -> Figure:
    """The curves of `payback_curves`, with a line at the years of the finding."""
    figure, axes = canvas(4.0)
    years = list(margins.columns)
    roof = 1.1 * max(float(q.high or q.low or 0) for q in margins.to_numpy().ravel())
    # the curves meet at the right: their labels climb in order of height, at least a line apart
    ends = margins[years[-1]].map(lambda q: float(q.low or 0)).sort_values()
    label_at: dict[str, float] = {}
    for project, end in ends.items():
        label_at[project] = max(end, max(label_at.values(), default=-roof) + 0.075 * roof)
    axes.axvline(middle, color=MUTED, linewidth=0.8, linestyle=":", zorder=1)
    at_middle = [float(q.low or 0) for q in margins[middle]]
    axes.plot([middle] * len(at_middle), at_middle, "o", color=MUTED, markersize=4, zorder=4)
    for i, (project, row) in enumerate(margins.iterrows()):
        _curve(axes, row, wording.name(data, project), label_at[project], roof, SERIES[i % len(SERIES)])
    axes.set_xlim(years[0], years[-1] + 0.62 * (years[-1] - years[0] or 1))
    axes.set_xticks([y for y in years if y == years[0] or y % 5 == 0])
    axes.set_ylim(-0.02 * roof, roof)
    axes.set_xlabel(_("Years to payback"), loc="left")
    axes.set_title(_("Margin before depreciation needed, %"), loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    return figure


def _curve(axes: Axes, margins: pd.Series, label: str, label_at: float, roof: float, colour: str) -> None:
    """The margins of a project by years, named at the right."""
    years, low = list(margins.index), [float(q.low or 0) for q in margins]
    bounded = all(q.high is not None for q in margins)
    axes.plot(years, low, color=colour, linewidth=2.2, linestyle="-" if bounded else "--")
    if bounded:
        axes.fill_between(years, low, [float(q.high) for q in margins], color=colour, alpha=0.2, linewidth=0)
    else:
        label += " " + _("(at least)")
        for year, value in list(zip(years, low, strict=True))[::3]:
            style = {"arrowstyle": "->", "color": colour, "linewidth": 1.2}
            axes.annotate("", (year, value + 0.09 * roof), (year, value), arrowprops=style)
    axes.annotate(
        label,
        (years[-1], label_at),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=9.5,
        color=colour,
    )
