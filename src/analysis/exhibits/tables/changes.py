"""What changed between two editions of the data: figures, and the findings that move with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis import wording
from analysis.analyses import changes as compare
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import Cell, table_of, td, th
from analysis.package.dataset import Dataset, predecessor
from analysis.package.periods import in_order
from analysis.quantity import Quantity
from analysis.wording import N_, Inline, Prose, _, absent, counted, filled, gap


def changes(new: Dataset, old: Dataset | None = None) -> Passage:
    """What changed from one edition of the data to another: a sentence, then the figures and the findings.

    old: the edition to compare with; without it the predecessor of ``new``, and where there is none the
    passage says so. In a terminal the tables are aligned, with an arrow from old to new. Raises DataFaults
    when the predecessor is faulty.
    """
    old = old if old is not None else predecessor(new)
    if old is None:
        return Passage((_("This is the first edition: nothing to compare with."),))
    figures, moved = compare.published(old, new), compare.findings(old, new)
    exhibits = [_changed_figures(figures, old, new)] if len(figures) else []
    exhibits += [_moved_findings(moved, old, new)] if len(moved) else []
    return Passage((summary_in_words(compare.summary(figures, moved)),), tuple(exhibits))


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


def _changed_figures(figures: pd.DataFrame, old: Dataset, new: Dataset) -> Exhibit:
    rows, heads = figure_rows(figures, old, new), [*map(_, FIGURE_HEADS)]
    sources = [source for figure in figures["new"] if figure is not None for source in figure.sources]
    caption = _("Published figures that changed")
    numeric = [False] * 4 + [True] * 2
    exhibit = table_of("changed-figures", caption, heads, rows, numeric, wording.source_line(new, sources))
    return replace(exhibit, plain=_aligned(caption, rows))


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


def _moved_findings(moved: pd.DataFrame, old: Dataset, new: Dataset) -> Exhibit:
    rows, heads = finding_rows(moved, old, new), [*map(_, FINDING_HEADS)]
    caption = _("Findings that moved")
    exhibit = table_of("moved-findings", caption, heads, rows, [False] * 5)
    return replace(exhibit, plain=_aligned(caption, rows))


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


WIDEST = 44  # a longer cell does not push the columns of the other rows apart


def _aligned(caption: str, rows: Sequence[Sequence[Cell]]) -> str:
    """Rows for a terminal, in columns, with an arrow before the last one."""
    cells = [[cell.plain for cell in row] for row in rows]
    widths = [min(WIDEST, max(map(wording.columns, column))) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        *padded, last = (cell + " " * (width - wording.columns(cell)) for cell, width in zip(row, widths, strict=True))
        lines.append(f"{'  '.join(padded)} → {last}".rstrip())
    return "\n".join([caption, *lines])
