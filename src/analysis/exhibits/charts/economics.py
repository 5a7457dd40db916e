"""Charts of what projects yield on their land, and of the margin that pays them back."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis import wording
from analysis.analyses import economics
from analysis.exhibits.charts.style import GRID, MUTED, SERIES, canvas, chart, finding_of, nothing
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import Prose, _


def project_bubbles(measures: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Investment per mu against output per mu; the area of a bubble is the number of jobs.

    A bound is an arrow to where the value may lie, and a project without output stands on the margin.
    measures: as from `economics.measures`.
    """
    name = "land"
    measures = measures[[q is not None and q.is_bounded for q in measures["investment_per_mu"]]]
    points = dict(measures.iterrows())
    if not points:
        return nothing(_("No investment per mu can be computed."))
    say = Prose(data)
    figure, axes = canvas(4.3)
    unit = wording.MONEY_AXIS[wording.language()]
    colours = {project: SERIES[i % len(SERIES)] for i, project in enumerate(points)}
    places = {project: _known_bound(row["investment_per_mu"]) / unit for project, row in points.items()}
    width = 1.18 * max(places.values())
    tops = [_known_bound(q) / unit for q in measures["output_per_mu"].dropna() if q.is_bounded]
    roof = 1.3 * max(tops, default=1.0)
    work = {project: data.value(project, "jobs") for project in points}
    most = max((_known_bound(q.to("person")) for q in work.values() if q is not None), default=1.0)
    for project, row in points.items():
        x, investment = places[project], row["investment_per_mu"]
        output, jobs = row["output_per_mu"], work[project]
        colour, label = colours[project], wording.name(data, project)
        size = 60 if jobs is None else max(60.0, 1125 * _known_bound(jobs.to("person")) / most)
        y = 0 if output is None or not output.is_bounded else _known_bound(output) / unit
        if not investment.is_point:
            _arrow(axes, (x, y), (width if investment.high is None else 0, y), colour)
        if output is None or not output.is_bounded:
            axes.plot(x, 0, "x", color=colour, markersize=9, markeredgewidth=2, clip_on=False)
            axes.annotate(
                f"{label}\n" + _("output not published"),
                (x, 0),
                xytext=(-8, 10),
                textcoords="offset points",
                ha="right",
                fontsize=9.5,
                color=colour,
            )
            continue
        if output.is_point:
            open_jobs = jobs is not None and jobs.high is None
            axes.scatter(x, y, s=size, color=colour, alpha=0.85, edgecolor=colour, linestyle="--" if open_jobs else "-")
            if open_jobs:
                axes.scatter(x, y, s=size * 1.5, facecolor="none", edgecolor=colour, linestyle="--", linewidth=1)
        else:
            _arrow(axes, (x, y), (x, roof if output.high is None else 0), colour)
            axes.plot(x, y, "_", color=colour, markersize=15, markeredgewidth=2.5)
        axes.annotate(
            f"{label}\n{wording.text(output)}",
            (x, y),
            # a bubble is labelled above, a bound beside its bar, clear of the arrow
            xytext=(0, 8 + size**0.5 / 2) if output.is_point else (-12, 0),
            textcoords="offset points",
            ha="center" if output.is_point else "right",
            va="bottom" if output.is_point else "center",
            color=colour,
            fontsize=9.5,
        )
    axes.set_xlim(0, width)
    axes.set_ylim(0, roof)
    axes.set_xlabel(_("Investment per mu, CNY million"))
    axes.set_title(_("Output per mu a year, CNY million"), loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    best = economics.best(measures["output_per_mu"])
    if best is None:
        finding = _("Output per mu is known for no project exactly")
    else:
        finding = finding_of(
            _("{project} yields the most on its land: {output}, for {investment} of investment"),
            project=wording.name(data, best),
            output=say(points[best]["output_per_mu"]),
            investment=say(points[best]["investment_per_mu"]),
        )
    listed = wording.series(
        wording.labelled(
            wording.name(data, p),
            wording.commas(wording.text(r["investment_per_mu"]), wording.text(r["output_per_mu"])),
        )
        for p, r in points.items()
    )
    alt = _("Bubble chart of investment per mu against output per mu: {list}.").format(list=listed)
    drawn = measures.loc[list(points), ["investment_per_mu", "output_per_mu"]]
    drawn = drawn.assign(jobs=[data.value(project, "jobs") for project in points])
    return chart(figure, name, finding, alt, data, drawn)


def _known_bound(q: Quantity) -> float:
    """The bound that can be drawn of a quantity of which something is known: the upper one, else the lower."""
    return float(q.low if q.high is None else q.high)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """From a bound to where the value may lie."""
    style = {"arrowstyle": "->", "color": colour, "linewidth": 1.8, "linestyle": "--"}
    axes.annotate("", end, start, arrowprops=style)


def payback_curves(margins: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """The net margin that a payback needs, against the years; a lower bound is drawn dashed with an open
    region above it.

    margins: projects × years, as from `economics.required_margin`.
    """
    name = "payback"
    if margins.empty:
        return nothing(_("No project has both an investment and an output value."))
    figure, axes = canvas(4.0)
    years = list(margins.columns)
    roof = 1.1 * max(float(q.high or q.low or 0) for q in margins.to_numpy().ravel())
    # the curves meet at the right: their labels climb in order of height, at least a line apart
    ends = margins[years[-1]].map(lambda q: float(q.low or 0)).sort_values()
    label_at: dict[str, float] = {}
    for project, end in ends.items():
        label_at[project] = max(end, max(label_at.values(), default=-roof) + 0.075 * roof)
    for i, (project, row) in enumerate(margins.iterrows()):
        low = [float(q.low or 0) for q in row]
        bounded = all(q.high is not None for q in row)
        colour = SERIES[i % len(SERIES)]
        axes.plot(years, low, color=colour, linewidth=2.2, linestyle="-" if bounded else "--")
        if bounded:
            high = [float(q.high) for q in row]
            axes.fill_between(years, low, high, color=colour, alpha=0.2, linewidth=0)
        else:
            for year in years[::3]:
                value = float(margins.loc[project, year].low or 0)
                axes.annotate(
                    "",
                    (year, value + 0.09 * roof),
                    (year, value),
                    arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.2},
                )
        label = wording.name(data, project) + ("" if bounded else " " + _("(at least)"))
        axes.annotate(
            label,
            (years[-1], label_at[project]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            color=colour,
        )
    axes.set_xlim(years[0], years[-1] + 0.62 * (years[-1] - years[0]))
    axes.set_xticks([y for y in years if y == years[0] or y % 5 == 0])
    axes.set_ylim(-0.02 * roof, roof)
    axes.set_xlabel(_("Years to payback"), loc="left")
    axes.set_title(_("Net margin on output needed, %"), loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    middle = years[len(years) // 4]
    order = margins[middle].map(lambda q: float(q.low or 0))
    say = Prose(data)
    finding = finding_of(
        _("For a payback in {n} years the margin needed runs from {low} to {high}"),
        n=wording.words(int(middle)),
        low=say(margins.loc[order.idxmin(), middle]),
        high=say(margins.loc[order.idxmax(), middle]),
    )
    listed = wording.series(f"{wording.name(data, p)} {wording.text(q)}" for p, q in margins[middle].items())
    alt = _("Curves of the net margin needed against years to payback; in {n} years: {list}.").format(
        n=middle, list=listed
    )
    return chart(figure, name, finding, alt, data, margins)
