"""The statements of the sources, tested."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _


def verdicts(frame: pd.DataFrame, data: Dataset) -> Exhibit:
    """The statements with verdict, the figures compared, the rule and the place in the source."""
    say = Prose(data)
    rows = []
    for _id, row in frame.iterrows():
        rows.append(
            [
                th(wording.localised(row, "statement")),
                td(wording.term(data, row.verdict), mark=f"verdict {row.verdict}"),
                td(say.series(say(figure) for figure in row.figures)),
                td(wording.rule(row.rule)),
                td(wording.locator(data, row.locator)),
            ]
        )
    heads = [_("Statement"), _("Verdict"), _("Figures"), _("Rule"), _("Place in the source")]
    caption = _("The source's statements, tested against its own figures")
    return table_of("verdicts", caption, heads, rows, [False] * 5)
