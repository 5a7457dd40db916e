"""What changed between two editions, for a reader with two minutes: what matters most first, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis import wording
from analysis.analyses import changes as compare
from analysis.exhibits.charts import before_and_after
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import Cell, table_of
from analysis.exhibits.tables.changes import (
    FIGURE_HEADS,
    FINDING_HEADS,
    LEADING_HEADS,
    NAME_HEADS,
    figure_rows,
    finding_rows,
    leading_rows,
    name_rows,
    summary_in_words,
)
from analysis.package import revisions
from analysis.package.dataset import Dataset, predecessor
from analysis.wording import N_, _, counted


@dataclass(frozen=True)
class Part:
    """A table of what changed. name: its anchor. folded: closed until its reader opens it. sources: of its figures."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: bool = False
    sources: str = ""

    @property
    def titles(self) -> list[str]:
        """The heads in the language of the edition; ``heads`` holds them as messages."""
        return [_(head) for head in self.heads]

    @property
    def exhibit(self) -> Exhibit:
        """As a page and a terminal show it; amounts before and now are set flush right."""
        numeric = [head in FIGURE_HEADS[-2:] and self.heads == FIGURE_HEADS for head in self.heads]
        table = table_of(self.name, self.title, self.titles, self.rows, numeric, self.sources)
        opens = counted(len(self.rows), N_("{n} row"), N_("{n} rows")) if self.folded else ""
        return replace(table, plain=_aligned(self), folded=opens)


def changes(new: Dataset, old: Dataset | None = None) -> Passage:
    """What changed from one edition of the data to another: a sentence, then a table or chart for each kind of change.

    old: the edition to compare with; without it the predecessor of ``new``, and where there is none the passage says
    so. In a terminal the tables are aligned, with an arrow from old to new. Raises DataFaults when the predecessor is
    faulty.
    """
    old = old if old is not None else predecessor(new)
    if old is None:
        return Passage((_("This is the first edition: nothing to compare with."),))
    figures, moved, names = _found(old, new)
    exhibits = [part.exhibit for part in _parts(figures, moved, names, old, new)]
    exhibits[1:1] = [replace(chart, plain="") for chart in _charts(figures, old, new)]  # a terminal has no lines
    return Passage((_summary(figures, moved, names),), tuple(exhibits))


def report(old: Dataset, new: Dataset) -> dict[str, object]:
    """What the templates ``changes.html`` and ``changes.md`` print of two editions.

    Returns ``title``, ``lang`` (BCP 47), ``summary`` (a sentence), ``charts`` (Exhibit) and ``parts`` (Part, to be
    printed in words without links): the changes that matter most, verdicts that turned, what is called or defined
    otherwise, figures that are new or withdrawn; then, folded, other figures and findings.
    """
    figures, moved, names = _found(old, new)
    return {
        "title": _("What changed"),
        "lang": wording.tag(),
        "summary": _summary(figures, moved, names),
        "charts": _charts(figures, old, new),
        "parts": _parts(figures, moved, names, old, new),
    }


def _found(old: Dataset, new: Dataset) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return compare.published(old, new), compare.findings(old, new), revisions.renamed(old, new)


def _summary(figures: pd.DataFrame, moved: pd.DataFrame, names: pd.DataFrame) -> str:
    if len(names) and figures.empty and moved.empty:
        return _("No figure and no finding changed, but what some of them are called or mean.")
    return summary_in_words(compare.summary(figures, moved))


def _parts(figures: pd.DataFrame, moved: pd.DataFrame, names: pd.DataFrame, old: Dataset, new: Dataset) -> list[Part]:
    """The tables that have a row, in the order of their weight."""
    fresh, turned = figures["change"].isin([compare.ADDED, compare.WITHDRAWN]), moved["measure"] == "verdict"

    def of_figures(name: str, title: str, table: pd.DataFrame, folded: bool = False) -> Part:
        sources = [source for figure in table["new"] if figure is not None for source in figure.sources]
        lines = wording.source_line(new, sources)
        return Part(name, title, FIGURE_HEADS, figure_rows(table, old, new), folded, lines)

    def of_findings(name: str, title: str, table: pd.DataFrame, folded: bool = False) -> Part:
        return Part(name, title, FINDING_HEADS, finding_rows(table, old, new), folded)

    parts = (
        Part("what-matters-most", _("What matters most"), LEADING_HEADS, leading_rows(old, new)),
        of_findings("turned-verdicts", _("Verdicts that turned"), moved[turned]),
        Part("called-otherwise", _("Called or defined otherwise"), NAME_HEADS, name_rows(names, old, new)),
        of_figures("fresh-figures", _("New and withdrawn figures"), figures[fresh]),
        of_figures("changed-figures", _("Other figures that changed"), figures[~fresh], True),
        of_findings("moved-findings", _("Other findings that moved"), moved[~turned], True),
    )
    return [part for part in parts if part.rows]


def _charts(figures: pd.DataFrame, old: Dataset, new: Dataset) -> tuple[Exhibit, ...]:
    """The series in which a figure changed, before and after."""
    pairs = list(dict.fromkeys(zip(figures["subject"], figures["indicator"], strict=True)))
    return before_and_after(old, new, pairs, name="before-and-after").exhibits


WIDEST = 44  # a longer cell does not push the columns of the other rows apart


def _aligned(part: Part) -> str:
    """A table for a terminal, in columns, with an arrow between before and now."""
    now = part.heads.index("Now")
    cells = [[cell.plain for cell in row] for row in part.rows]
    widths = [min(WIDEST, max(map(wording.columns, column))) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        padded = [cell + " " * (width - wording.columns(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append(f"{'  '.join(padded[:now])} → {'  '.join(padded[now:])}".rstrip())
    return "\n".join([part.title, *lines])
