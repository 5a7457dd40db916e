"""The statements of the sources, tested."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis import wording
from analysis.analyses.claims import Verdict
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
                td(say.series(_evidence(say, row.grounds, row.rule))),
                td(wording.rule(row.rule)),
                td(wording.locator(data, row.locator)),
            ]
        )
    heads = [_("Statement"), _("Verdict"), _("Evidence"), _("Rule"), _("Place in the source")]
    return table_of(name, _(caption), heads, rows, [False] * 5)


def _evidence(say: Prose, grounds: Verdict, rule: str) -> Iterator[object]:
    """What a rule compared: figures, and the threshold, dates or words that it holds them against."""
    if grounds.figures:
        yield _compared(say, grounds.figures)
    if grounds.threshold is not None:
        yield _("threshold {threshold}").format(threshold=wording.text(grounds.threshold))
    if grounds.margin is not None:
        yield _("margin {margin} of it").format(margin=wording.text(grounds.margin))
    if rule == "earlier_periods" and len(grounds.figures) == 1:
        yield _("none of an earlier period")
    yield from (wording.beside(wording.term(say.data, event), wording.period(date)) for event, date in grounds.dates)
    yield from grounds.words


def _compared(say: Prose, figures: tuple[Quantity, ...]) -> Inline:
    """The figures that a rule compared; of several each with its indicator, or whose it is where both are of one."""
    if len(figures) == 1:
        return say(figures[0])
    known = [say.value(q, "") for q in figures]
    is_one = len({value.column for value in known}) == 1
    labels = [_("computed") if value.formula else value.row if is_one else value.column for value in known]
    pairs = zip(labels, map(say, figures), strict=True)
    return say.series(filled(_("{label}: {value}"), {"label": label, "value": shown}) for label, shown in pairs)
