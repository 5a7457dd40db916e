"""Charts of one drive: what projects cost, and when."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.analyses.projects import UNBUILT
from analysis.exhibits.charts.style import MUTED, SERIES, SURFACE, canvas, chart, finding_of, nothing
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _


def pipeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published investment of the named projects; hollow bars have nothing built yet.

    table: as from `projects.pipeline`.
    """
    name = "pipeline"
    known = table[[q is not None for q in table["investment"]]]
    if known.empty:
        return nothing(_("No investment of a named project is published."))
    say = Prose(data)
    amounts = {project: q.to("1e8 CNY") for project, q in known["investment"].items()}
    order = sorted(amounts, key=lambda project: float(amounts[project].high or amounts[project].low or 0))
    figure, axes = canvas(0.42 * len(order) + 0.4)
    for y, project in enumerate(order):
        width = float(amounts[project].high or amounts[project].low)
        unbuilt = known.loc[project, "stage"] in UNBUILT
        axes.barh(
            y,
            width,
            height=0.55,
            facecolor=SURFACE if unbuilt else SERIES[0],
            edgecolor=SERIES[0],
            linewidth=1.4,
            linestyle="--" if unbuilt else "-",
        )
        label = wording.commas(
            wording.text(known.loc[project, "investment"]), wording.term(data, known.loc[project, "stage"])
        )
        axes.text(width, y, "  " + label, va="center", fontsize=9.5, color=MUTED)
    axes.set_yticks(range(len(order)), [wording.name(data, project) for project in order])
    axes.set_xlim(0, 1.55 * max(float(q.high or q.low) for q in amounts.values()))
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    without = len(table) - len(known)
    largest = order[-1]
    finding = finding_of(
        _("{project} is the largest sum, {amount}; {n} named projects have no published investment"),
        project=wording.name(data, largest),
        amount=say(known.loc[largest, "investment"]),
        n=wording.words(without),
    )
    listed = wording.series(
        f"{wording.name(data, p)} {wording.text(known.loc[p, 'investment'])}" for p in reversed(order)
    )
    alt = _("Bar chart of published investment by project: {list}.").format(list=listed)
    return chart(figure, name, finding, alt, data, known[["stage", "investment"]])


def timeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published dates of projects; hollow marks are expected.

    table: as from `projects.timeline`.
    """
    name = "timeline"
    if table.empty:
        return nothing(_("No date of a project is published."))
    projects = list(dict.fromkeys(table["project"]))
    figure, axes = canvas(0.62 * len(projects) + 0.7)

    def year(date: str) -> float:
        parts = date.split("-")
        return int(parts[0]) + ((int(parts[1]) - 0.5) / 12 if len(parts) > 1 else 0.5)

    years = [year(date) for date in table["date"]]
    first, last = int(min(years)), int(max(years)) + 1
    middle = (first + last) / 2
    for y, project in enumerate(reversed(projects)):
        own = table[table["project"] == project]
        dates = [year(date) for date in own["date"]]
        axes.hlines(y, min(dates), max(dates), color=SERIES[0], linewidth=2.5)
        for place, row in enumerate(own.itertuples()):
            done = row.status == "realised"
            x = year(row.date)
            axes.plot(x, y, "o", markersize=8, color=SERIES[0], markerfacecolor=SERIES[0] if done else SURFACE)
            label = wording.labelled(wording.date(row.date), wording.term(data, row.event))
            # the first of several labels stands left of the others' room
            is_last = place == len(own) - 1
            axes.annotate(
                label,
                (x, y),
                xytext=(0, 9 if is_last else -18),
                textcoords="offset points",
                ha="right" if x > middle else "left",
                fontsize=9,
                color=MUTED,
            )
    axes.set_yticks(range(len(projects)), [wording.name(data, project) for project in reversed(projects)])
    axes.set_xticks(range(first, last + 1), [str(n) for n in range(first, last + 1)])
    axes.set_xlim(first - 0.1, last + 0.1)
    axes.set_ylim(-0.55, len(projects) - 0.35)
    realised = int((table["status"] == "realised").sum())
    finding = _("Of {all} published dates {realised} have passed into fact; the others are expectations").format(
        all=wording.words(len(table)), realised=wording.words(realised)
    )
    listed = wording.series(
        wording.labelled(
            wording.commas(wording.name(data, row.project), wording.date(row.date)),
            wording.term(data, row.event) + wording.aside(wording.term(data, row.status)),
        )
        for row in table.itertuples()
    )
    return chart(figure, name, finding, _("Timeline. {list}.").format(list=listed), data, table)
