"""The rows of what changed between two editions of the data: figures, findings, names."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from analysis import wording
from analysis.analyses import changes as compare
from analysis.exhibits.tables.cells import Cell, td, th
from analysis.package import descriptor, revisions
from analysis.package.dataset import Dataset
from analysis.package.periods import in_order
from analysis.quantity import Quantity
from analysis.wording import N_, Inline, Prose, _, absent, counted, filled, gap


def summary_in_words(counts: dict[str, int]) -> str:
    """The counts of `changes.summary` as a sentence."""
    if not any(counts.values()):
        return _("No figure and no finding changed.")
    sentence = _("{changed}, {added}, {withdrawn}; {findings}, {verdicts}.")
    if counts["restated"]:
        sentence = _("{changed}, {added}, {withdrawn}, {restated}; {findings}, {verdicts}.")
    return sentence.format(**{kind: _count_in_words(n, *COUNTS[kind]) for kind, n in counts.items()})


# for each count of `changes.summary`: none, one, many
COUNTS = {
    "changed": (N_("No figure changed"), N_("{n} figure changed"), N_("{n} figures changed")),
    "added": (N_("none added"), N_("{n} added"), N_("{n} added")),
    "withdrawn": (N_("none withdrawn"), N_("{n} withdrawn"), N_("{n} withdrawn")),
    "restated": (N_("none restated"), N_("{n} restated"), N_("{n} restated")),
    "findings": (N_("no finding moves"), N_("{n} finding moves"), N_("{n} findings move")),
    "verdicts": (N_("no verdict changes"), N_("{n} verdict changes"), N_("{n} verdicts change")),
}


def _count_in_words(n: int, none: str, one: str, many: str) -> str:
    return counted(n, one, many) if n else _(none)


FIGURE_HEADS = (N_("Subject"), N_("Indicator"), N_("Period"), N_("Change"), N_("Before"), N_("Now"))
FINDING_HEADS = (N_("Subject"), N_("Finding"), N_("Chapter"), N_("Before"), N_("Now"))
LEADING_HEADS = (N_("Subject"), N_("Finding"), N_("Before"), N_("Now"), N_("Difference"))
NAME_HEADS = (N_("Subject"), N_("Change"), N_("Column"), N_("Before"), N_("Now"))
CHANGES = {
    revisions.RENAMED: N_("renamed"),
    revisions.REDEFINED: N_("redefined"),
    revisions.MOVED: N_("placed elsewhere"),
    revisions.REKEYED: N_("another id"),
}


def figure_rows(figures: pd.DataFrame, old: Dataset, new: Dataset) -> list[list[Cell]]:
    """Rows of `changes.published`, under FIGURE_HEADS. Only figures of the new edition have a row to lead to."""
    say = Prose(new)
    rows = []
    for row in figures.itertuples():
        change = wording.term(new, row.change)
        if row.change == compare.RESTATED:
            # the amounts look alike, so the columns of the file tell what differs
            change += wording.aside(", ".join(row.fields))
        rows.append(
            [
                th(name_in_either(row.subject, old, new)),
                td(name_in_either(row.indicator, old, new), False),
                td(say.period(row.period), False),
                td(change, False),
                td(_before(row, old) if row.old is None else Prose(old).unlinked(row.old), True),
                td(say.cell(row.new), True),
            ]
        )
    return rows


def _before(row: Any, old: Dataset) -> Inline:
    """What the edition before has in place of a figure that is new: the same figure of an earlier period."""
    earlier = [p for p in old.periods(row.subject, row.indicator) if in_order([p, row.period])[0] == p]
    if not earlier:
        return absent("unpublished")
    value = old.value(row.subject, row.indicator, earlier[-1])
    return gap(wording.text(value) + wording.aside(wording.period(earlier[-1])))


def finding_rows(moved: pd.DataFrame, old: Dataset, new: Dataset) -> list[list[Cell]]:
    """Rows of `changes.findings`, under FINDING_HEADS."""
    say = Prose(new)
    rows = []
    for row in moved.itertuples():
        before = _finding(row.old, row.measure, old, new)
        now = say(row.new) if isinstance(row.new, Quantity) else _finding(row.new, row.measure, old, new)
        if str(before) == str(now):
            remark = wording.aside(_("moved by less than print shows"))
            now = filled("{now}{remark}", {"now": now, "remark": remark})
        measure = " · ".join(name_in_either(part, old, new) for part in row.measure.split("."))
        rows.append(
            [
                th(name_in_either(row.subject, old, new)),
                td(measure, False),
                td(wording.term(new, row.analysis), False),
                td(before, False),
                td(now, False),
            ]
        )
    return rows


def _finding(value: Quantity | int | str | None, measure: str, old: Dataset, new: Dataset) -> object:
    """A finding of the edition before in words, without a link."""
    if value is None:
        return gap(_("none"))
    if isinstance(value, Quantity):
        return Prose(old).unlinked(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return wording.number(value)
    return wording.date(value) if measure.split(".")[-1] == "date" else name_in_either(value, old, new)


def name_in_either(key: str, old: Dataset, new: Dataset) -> str:
    """The name of anything in either edition; of a statement its text."""
    for data in (new, old):
        if key in data.claims.index:
            return str(wording.localised(data.claims.loc[key], "statement"))
        known = wording.name(data, key)
        if known != key:
            return known
    return key


def leading_rows(old: Dataset, new: Dataset) -> list[list[Cell]]:
    """Rows of `changes.leading`, under LEADING_HEADS."""
    rows = []
    for row in compare.leading(old, new).itertuples():
        measure = " · ".join(name_in_either(part, old, new) for part in str(row.measure).split("."))
        shift = difference(row.low, row.high, row.old.unit in compare.SHARES)
        cells = (measure, _dated(row.old, old, new), _dated(row.new, new, old), shift)
        rows.append([th(name_in_either(row.subject, old, new)), *map(td, cells)])
    return rows


def _dated(q: Quantity, data: Dataset, other: Dataset) -> str:
    """A figure, with its period where it has one: a new year beside the year before.

    other: the edition that holds the figure where ``data`` does not, as a year before may be new as well.
    """
    held = data if set(q.sources) <= set(data.observations.index) else other
    period = held.period_of(q)
    return wording.text(q) + (wording.aside(wording.period(period)) if period else "")


def difference(low: Fraction | None, high: Fraction | None, points: bool) -> str:
    """How far a figure moved, with its sign; of bounds that move apart, each for itself.

    points: in percentage points, else in per cent.
    """
    pattern = _("{n} percentage points") if points else "{n}%"

    def signed(step: Fraction) -> str:
        return pattern.format(n=("+" if step > 0 else "−" if step < 0 else "±") + wording.number(abs(step)))

    if low is not None and low == high:
        return signed(low)
    said = ((low, _("lower bound {moved}")), (high, _("upper bound {moved}")))
    return wording.series(words.format(moved=signed(step)) for step, words in said if step is not None)


def name_rows(names: pd.DataFrame, old: Dataset, new: Dataset) -> list[list[Cell]]:
    """Rows of `revisions.renamed`, under NAME_HEADS."""
    rows = []
    for row in names.itertuples():
        before, now = ("—" if pd.isna(cell) or cell == "" else str(cell) for cell in (row.old, row.new))
        title = wording.field_title(descriptor.field(new.descriptor, row.table, row.column))
        cells = (_(CHANGES[row.change]), title, before, now)
        rows.append([th(name_in_either(row.id, old, new)), *map(td, cells)])
    return rows
