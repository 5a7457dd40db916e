"""Dates of projects, as the sources have them."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.package.coding import listed
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _


def dates(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published dates of projects, past and foreseen, with the words they are read from.

    table: as from `projects.timeline`.
    """
    if table.empty:
        return Passage()
    say = Prose(data)
    rows = []
    for row in table.itertuples():
        day = say.period(row.date)
        rows.append(
            [
                th(say.name(row.project)),
                td(wording.term(data, row.event)),
                td(wording.filled(_("by {date}"), {"date": day}) if row.qualifier == "up_to" else day),
                td(wording.term(data, row.status)),
                td(wording.series(listed(row.printed)), lang="zh-CN"),
                td(wording.locator(data, row.locator)),
            ]
        )
    keys = ("project", "event", "date", "status", "printed")
    heads = [*(wording.term(data, key) for key in keys), _("Place in the source")]
    source = wording.sections_line(data, table["locator"])
    return table_of("dates", _("Published dates of projects"), heads, rows, [False] * 6, source)
