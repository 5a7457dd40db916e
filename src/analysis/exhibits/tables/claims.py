"""The statements of the sources, tested."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import Inline, Prose, _, filled


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
                td(_compared(say, row.figures)),
                td(wording.rule(row.rule)),
                td(wording.locator(data, row.locator)),
            ]
        )
    heads = [_("Statement"), _("Verdict"), _("Figures"), _("Rule"), _("Place in the source")]
    return table_of(name, _(caption), heads, rows, [False] * 5)


def _compared(say: Prose, figures: tuple[Quantity, ...]) -> Inline:
    """The figures that a rule compared; of several each with what it is."""
    if len(figures) == 1:
        return say(figures[0])
    told = ((say.value(q, ""), say(q)) for q in figures)
    return say.series(
        filled(_("{label}: {value}"), {"label": value.formula or value.column, "value": shown}) for value, shown in told
    )
