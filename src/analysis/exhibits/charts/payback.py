"""The chart of the margin that pays a project back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.exhibits.charts.lettering import LABEL, wrapped
from analysis.exhibits.charts.style import GRID, MUTED, NARROW, SERIES, WIDTH, canvas, chart, finding_of, tell
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import exceeds
from analysis.wording import Prose, _


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
    wide, narrow = (_curves(margins, data, middle, width) for width in (WIDTH, NARROW))
    return chart(wide, "payback", finding, alt, data, margins, narrow)


def _curves(margins: pd.DataFrame, data: Dataset, middle: int, width: float) -> Figure:
    """The curves of `payback_curves`, with a line at the years of the finding and what each needs there."""
    figure, axes = canvas(4.0, width=width)
    years, room = list(margins.columns), 0.34 * width
    roof = 1.1 * max(float(q.high or q.low or 0) for q in margins.to_numpy().ravel())
    names = {project: _name(project, row, data, room) for project, row in margins.iterrows()}
    ends = _climbing(margins[years[-1]], {project: 1 + name.count("\n") for project, name in names.items()}, roof)
    # the lowest label stands below its curve, where there is nothing else
    lowest = margins[middle].map(lambda q: float(q.low or 0)).idxmin() if len(margins) > 1 else ""
    needed = _climbing(margins[middle].drop(lowest, errors="ignore"), dict.fromkeys(names, 1), roof)
    axes.axvline(middle, color=MUTED, linewidth=1, linestyle=":", zorder=1)
    at = _("in {n} years").format(n=wording.words(int(middle)))
    axes.text(middle, roof, "  " + at, va="top", fontsize=LABEL, color=MUTED)
    for i, (project, row) in enumerate(margins.iterrows()):
        colour = SERIES[i % len(SERIES)]
        _curve(axes, row, wording.name(data, project), roof, colour)
        look: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": LABEL, "color": colour}
        axes.annotate(names[project], (years[-1], ends[project]), (6, 0), **look)
        value = float(row[middle].low or 0)
        offset = (7, 7) if project in needed else (-22, -9)
        axes.plot(middle, value, "o", color=colour, markersize=7, zorder=3)
        axes.annotate(wording.text(row[middle]), (middle, needed.get(project, value)), offset, **look)
    axes.set_xlim(years[0], years[-1] + 0.62 * (years[-1] - years[0] or 1))
    axes.set_xticks([y for y in years if y == years[0] or y % 5 == 0])
    axes.set_ylim(-0.02 * roof, roof)
    axes.set_xlabel(_("Years to payback"), loc="left")
    title = wrapped(_("Margin before depreciation needed, %"), width - 0.5)
    axes.set_title(title, loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    return figure


def _name(project: str, margins: pd.Series, data: Dataset, room: float) -> str:
    """What stands at the end of a curve, in lines."""
    name = wording.name(data, project)
    return wrapped(name if _bounded(margins) else wording.beside(name, _("(at least)")), room, LABEL, most=4)


def _bounded(margins: pd.Series) -> bool:
    return all(q.high is not None for q in margins)


def _climbing(values: pd.Series, lines: Mapping[str, int], roof: float) -> dict[str, float]:
    """Where labels of so many lines stand beside values: the curves meet at the right, so they climb in order of height
    and never lie on each other."""
    line, places, free = 0.055 * roof, {}, -roof
    for project, value in values.map(lambda q: float(q.low or 0)).sort_values().items():
        half = 0.5 * line * lines[project] + 0.01 * roof
        places[project] = max(value, free + half)
        free = places[project] + half
    return places


def _curve(axes: Axes, margins: pd.Series, name: str, roof: float, colour: str) -> None:
    """The margins of a project by years; each year tells its own."""
    years, low = list(margins.index), [float(q.low or 0) for q in margins]
    axes.plot(years, low, color=colour, linewidth=2.2, linestyle="-" if _bounded(margins) else "--")
    for year, value, q in zip(years, low, margins, strict=True):
        dot = axes.plot(year, value, "o", color=colour, markersize=4, zorder=4)
        # the number in figures: by it a page finds the year that its reader chose
        tell(wording.labelled(wording.commas(name, _("in {n} years").format(n=year)), wording.text(q)), *dot)
    if _bounded(margins):
        axes.fill_between(years, low, [float(q.high) for q in margins], color=colour, alpha=0.2, linewidth=0)
    else:
        for year, value in list(zip(years, low, strict=True))[::3]:
            style = {"arrowstyle": "->", "color": colour, "linewidth": 1.2}
            axes.annotate("", (year, value + 0.09 * roof), (year, value), arrowprops=style)
