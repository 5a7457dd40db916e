"""Charts of one drive: what projects cost, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.analyses.projects import UNBUILT
from analysis.exhibits.charts.findings import Lead, in_one_currency, known_rows, lead, left_out
from analysis.exhibits.charts.style import MUTED, SERIES, SURFACE, canvas, chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.wording import N_, Inline, Prose, _

LARGEST = Lead(
    N_("{name} is the largest sum, {value}"),
    N_("{names} are the largest sums, {value} each"),
    N_("The bounds leave open which of {names} is the largest sum"),
)


def pipeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published investment of the named projects; hollow bars have nothing built yet.

    table: as from `projects.pipeline`.
    """
    known = known_rows(table, "investment")
    if known.empty:
        return Passage()
    others = known.index.difference(in_one_currency(known["investment"]), sort=False)
    known = known.drop(index=others)
    unit = known["investment"].iloc[0].unit
    lengths = known["investment"].map(lambda q: float(q.to(unit).reach)).sort_values(kind="stable")
    finding = Prose(data).series(
        [*_largest(known["investment"], len(table) - len(known) - len(others), data), *left_out(others, data)]
    )
    listed = wording.series(
        wording.beside(wording.name(data, p), wording.text(known.loc[p, "investment"])) for p in reversed(lengths.index)
    )
    alt = _("Bar chart of published investment by project: {list}.").format(list=listed)
    return chart(_bars(known, lengths, data), "pipeline", finding, alt, data, known[["stage", "investment"]])


def _largest(amounts: pd.Series, without: int, data: Dataset) -> list[Inline]:
    """Which investment is the largest, and of how many projects none is published."""
    say = Prose(data)
    if len(amounts) == 1:
        alone = _("{name} alone has a published investment, {value}")
        said = [finding_of(alone, name=wording.name(data, amounts.index[0]), value=say(amounts.iloc[0]))]
    else:
        said = [lead(dict(amounts), LARGEST, lambda project: say(amounts[project]), data)]
    if without:
        message = (
            _("{n} named projects have no published investment") if without > 1 else _("one named project has none")
        )
        said.append(finding_of(message, n=wording.words(without)))
    return said


def _bars(known: pd.DataFrame, lengths: pd.Series, data: Dataset) -> Figure:
    """The bars of `pipeline`; lengths: of the bars, from the lowest to the topmost."""
    figure, axes = canvas(0.42 * len(lengths) + 0.4)
    for y, (project, width) in enumerate(lengths.items()):
        amount, stage = known.loc[project, ["investment", "stage"]]
        unbuilt = stage in UNBUILT
        axes.barh(
            y,
            width,
            height=0.55,
            facecolor=SURFACE if unbuilt else SERIES[0],
            edgecolor=SERIES[0],
            linewidth=1.4,
            linestyle="--" if unbuilt else "-",
        )
        label = wording.commas(wording.text(amount), wording.term(data, stage))
        axes.text(width, y, "  " + label, va="center", fontsize=9.5, color=MUTED)
    axes.set_yticks(range(len(lengths)), [wording.name(data, project) for project in lengths.index])
    axes.set_xlim(0, 1.55 * max(lengths))
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    return figure


@dataclass(frozen=True)
class Date:
    """A date of a project as it is drawn: ``x`` in years, ``label`` the date and what happens then."""

    x: float
    label: str
    realised: bool


def timeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published dates of projects; hollow marks are expected.

    table: as from `projects.timeline`.
    """
    if table.empty:
        return Passage()
    dates: dict[str, list[Date]] = {}
    for row in table.itertuples():
        label = wording.labelled(wording.date(row.date), wording.term(data, row.event))
        dates.setdefault(row.project, []).append(Date(_year(row.date), label, row.status == "realised"))
    realised = int((table["status"] == "realised").sum())
    if 0 < realised < len(table):
        message = _("Of {all} published dates {realised} have passed into fact; the others are expectations")
        if realised == 1:
            message = _("Of {all} published dates one has passed into fact; the others are expectations")
    else:
        message = (
            _("All published dates have passed into fact") if realised else _("All published dates are expectations")
        )
    finding = message.format(all=wording.words(len(table)), realised=wording.words(realised))
    listed = wording.series(
        wording.labelled(
            wording.commas(wording.name(data, row.project), wording.date(row.date)),
            wording.term(data, row.event) + wording.aside(wording.term(data, row.status)),
        )
        for row in table.itertuples()
    )
    return chart(_lanes(dates, data), "timeline", finding, _("Timeline. {list}.").format(list=listed), data, table)


def _year(date: str) -> float:
    """Where a date stands, in years: the middle of its month or year."""
    year, *rest = map(int, date.split("-"))
    return year + ((rest[0] - 0.5) / 12 if rest else 0.5)


def _lanes(dates: dict[str, list[Date]], data: Dataset) -> Figure:
    """The lanes of `timeline`, one a project."""
    figure, axes = canvas(0.62 * len(dates) + 0.7)
    years = [date.x for own in dates.values() for date in own]
    first, last = int(min(years)), int(max(years)) + 1
    projects = list(reversed(dates))
    for y, project in enumerate(projects):
        _lane(axes, y, dates[project], middle=(first + last) / 2)
    axes.set_yticks(range(len(projects)), [wording.name(data, project) for project in projects])
    axes.set_xticks(range(first, last + 1), [str(n) for n in range(first, last + 1)])
    axes.set_xlim(first - 0.1, last + 0.1)
    axes.set_ylim(-0.55, len(projects) - 0.35)
    return figure


def _lane(axes: Axes, y: int, dates: Sequence[Date], middle: float) -> None:
    """The dates of a project with their labels, towards the ``middle`` of the time shown."""
    xs = [date.x for date in dates]
    axes.hlines(y, min(xs), max(xs), color=SERIES[0], linewidth=2.5)
    for date in dates:
        face = SERIES[0] if date.realised else SURFACE
        axes.plot(date.x, y, "o", markersize=8, color=SERIES[0], markerfacecolor=face)
        axes.annotate(
            date.label,
            (date.x, y),
            # the last label stands above the lane, those before it below
            xytext=(0, 9 if date is dates[-1] else -18),
            textcoords="offset points",
            ha="right" if date.x > middle else "left",
            fontsize=9,
            color=MUTED,
        )
