"""Charts of one drive: what projects cost."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis import wording
from analysis.analyses.projects import UNBUILT
from analysis.exhibits.charts import lettering
from analysis.exhibits.charts.findings import Lead, in_one_currency, known_rows, lead, left_out
from analysis.exhibits.charts.style import MUTED, SERIES, SURFACE, canvas, chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.wording import N_, Inline, Prose, _

LARGEST = Lead(
    N_("The largest published investment is that of {name}, {value}"),
    N_("The largest published investments are those of {names}, {value} each"),
    N_("The bounds leave open which of {names} takes the largest investment"),
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
    axes.set_yticks(
        range(len(lengths)), [lettering.wrapped(wording.name(data, project), 2.6) for project in lengths.index]
    )
    axes.set_xlim(0, 1.55 * max(lengths))
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    return figure
