"""Charts of one drive: what projects cost."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.analyses.projects import UNBUILT
from analysis.exhibits.charts import bars
from analysis.exhibits.charts.bars import Bar
from analysis.exhibits.charts.findings import Lead, in_one_currency, known_rows, lead, left_out
from analysis.exhibits.charts.style import chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import N_, Inline, Prose, _

LARGEST = Lead(
    N_("The largest published investment is that of {name}, {value}"),
    N_("The largest published investments are those of {names}, {value} each"),
    N_("The bounds leave open which of {names} takes the largest investment"),
)


def pipeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published investment of the named projects, and the names of those without one; hollow bars have nothing built
    yet.

    table: as from `projects.pipeline`.
    """
    known = known_rows(table, "investment")
    if known.empty:
        return Passage()
    others = known.index.difference(in_one_currency(known["investment"]), sort=False)
    known = known.drop(index=others)
    unit = known["investment"].iloc[0].unit
    lengths = known["investment"].map(lambda q: -float(q.to(unit).reach)).sort_values(kind="stable")
    known = known.loc[lengths.index]
    without = [wording.name(data, p) for p in table.index.difference(known.index.union(others), sort=False)]
    finding = Prose(data).series([*_largest(known["investment"], len(without), data), *left_out(others, data)])
    drawn = known[["stage", "investment"]]
    listed = [
        wording.beside(wording.name(data, project), wording.text(q)) for project, q in known["investment"].items()
    ]
    row = [_bar(wording.name(data, p), amount, unit, stage, data) for p, stage, amount in drawn.itertuples()]
    key = _("Hollow, dashed: nothing built yet") if any(bar.unbuilt for bar in row) else ""
    missing = _("No published investment: {names}").format(names=wording.join(without)) if without else ""
    alt = _("Bar chart of published investment by project: {list}.").format(
        list=wording.series([*listed, *filter(None, [missing])])
    )
    parts = (row, key, "", missing)
    return chart(bars.wide(*parts), "pipeline", finding, alt, data, drawn, bars.narrow(*parts))


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


def _bar(name: str, amount: Quantity, unit: str, stage: str, data: Dataset) -> Bar:
    """The bar of a project, named with its stage."""
    label = wording.commas(wording.text(amount), wording.term(data, stage))
    return bars.bar(name, amount, unit, label, unbuilt=stage in UNBUILT)
