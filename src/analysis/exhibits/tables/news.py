"""What changed between two editions, for a reader with two minutes: what matters most first, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from analysis import wording
from analysis.analyses import changes as compare
from analysis.exhibits.exhibit import Passage
from analysis.exhibits.tables.cells import Cell, table_of, td, th
from analysis.exhibits.tables.changes import (
    FIGURE_HEADS,
    FINDING_HEADS,
    changes,
    figure_rows,
    finding_rows,
    name_in_either,
    summary_in_words,
)
from analysis.package import descriptor, revisions
from analysis.package.dataset import Dataset, predecessor
from analysis.quantity import Quantity
from analysis.wording import N_, _

LEADING_HEADS = (N_("Subject"), N_("Finding"), N_("Before"), N_("Now"), N_("Difference"))
NAME_HEADS = (N_("Subject"), N_("Change"), N_("Column"), N_("Before"), N_("Now"))
CHANGES = {
    revisions.RENAMED: N_("renamed"),
    revisions.REDEFINED: N_("redefined"),
    revisions.MOVED: N_("placed elsewhere"),
    revisions.REKEYED: N_("another id"),
}


@dataclass(frozen=True)
class Part:
    """A table of the report, in words without links. folded: closed until its reader opens it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folded: bool = False


def report(old: Dataset, new: Dataset) -> dict[str, object]:
    """What the templates ``changes.html`` and ``changes.md`` print of two editions.

    Returns ``title``, ``lang`` (BCP 47), ``summary`` (a sentence) and ``parts`` (Part; those without a row are left
    out): the changes that matter most, verdicts that turned, what is called or defined otherwise, figures that are new
    or withdrawn; then, folded, other figures and findings.
    """
    figures, moved = compare.published(old, new), compare.findings(old, new)
    names = revisions.renamed(old, new)
    fresh, turned = figures["change"].isin([compare.ADDED, compare.WITHDRAWN]), moved["measure"] == "verdict"

    def of_figures(title: str, table: pd.DataFrame, folded: bool = False) -> Part:
        return _part(title, FIGURE_HEADS, _plain(figure_rows(table, old, new)), folded)

    def of_findings(title: str, table: pd.DataFrame, folded: bool = False) -> Part:
        return _part(title, FINDING_HEADS, _plain(finding_rows(table, old, new)), folded)

    parts = [
        _leading(old, new),
        of_findings(_("Verdicts that turned"), moved[turned]),
        _names(names, old, new),
        of_figures(_("New and withdrawn figures"), figures[fresh]),
        of_figures(_("Other figures that changed"), figures[~fresh], True),
        of_findings(_("Other findings that moved"), moved[~turned], True),
    ]
    summary = summary_in_words(compare.summary(figures, moved))
    if len(names) and figures.empty and moved.empty:
        summary = _("No figure and no finding changed, but what some of them are called or mean.")
    kept = [part for part in parts if part.rows]
    return {"title": _("What changed"), "lang": wording.tag(), "summary": summary, "parts": kept}


def chapter(new: Dataset) -> Passage:
    """What changed since the predecessor of ``new``: what matters most and other names first, then `changes`.

    Raises DataFaults when the predecessor is faulty.
    """
    old = predecessor(new)
    full = changes(new, old)
    if old is None:
        return full
    names = _names(revisions.renamed(old, new), old, new)
    first = {"what-matters-most": _leading(old, new), "called-otherwise": names}
    exhibits = [
        table_of(key, part.title, part.heads, [[th(row[0]), *map(td, row[1:])] for row in part.rows], [False] * 5)
        for key, part in first.items()
        if part.rows
    ]
    return replace(full, exhibits=(*exhibits, *full.exhibits))


def _part(title: str, heads: Sequence[str], rows: list[tuple[str, ...]], folded: bool = False) -> Part:
    return Part(title, tuple(map(_, heads)), tuple(rows), folded)


def _plain(rows: list[list[Cell]]) -> list[tuple[str, ...]]:
    return [tuple(cell.plain for cell in row) for row in rows]


def _leading(old: Dataset, new: Dataset) -> Part:
    rows: list[tuple[str, ...]] = []
    for row in compare.leading(old, new).itertuples():
        measure = " · ".join(name_in_either(part, old, new) for part in str(row.measure).split("."))
        amounts = _dated(row.old, old), _dated(row.new, new)
        shift = difference(row.low, row.high, row.old.unit in compare.SHARES)
        rows.append((name_in_either(row.subject, old, new), measure, *amounts, shift))
    return _part(_("What matters most"), LEADING_HEADS, rows)


def _dated(q: Quantity, data: Dataset) -> str:
    """A figure, with its period where it has one: a new year beside the year before."""
    period = data.period_of(q)
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


def _names(names: pd.DataFrame, old: Dataset, new: Dataset) -> Part:
    rows: list[tuple[str, ...]] = []
    for row in names.itertuples():
        before, now = ("—" if pd.isna(cell) or cell == "" else str(cell) for cell in (row.old, row.new))
        title = wording.field_title(descriptor.field(new.descriptor, row.table, row.column))
        rows.append((name_in_either(row.id, old, new), _(CHANGES[row.change]), title, before, now))
    return _part(_("Called or defined otherwise"), NAME_HEADS, rows)
