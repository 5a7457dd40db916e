"""The statements of the sources, tested."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _


def verdicts(frame: pd.DataFrame, data: Dataset, *, name: str, caption: str) -> Exhibit | Passage:
    """Statements with verdict, the figures compared, the rule and the place in the source; nothing without any.

    frame: as from `claims.verdicts`. caption: a message that is translated here.
    """
    if frame.empty:
        return Passage()
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
    return table_of(name, _(caption), heads, rows, [False] * 5)
