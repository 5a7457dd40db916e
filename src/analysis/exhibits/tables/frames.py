"""A table of an analysis as it stands: ids become names, quantities linked figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from analysis import wording
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import Cell, table_of, td, th, with_remark
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import Inline, Prose, _


def show(
    frame: pd.DataFrame,
    *,
    name: str,
    caption: str,
    data: Dataset,
    indicators: Collection[str] = (),
    lacking: Mapping[str, Collection[str]] | None = None,
) -> Exhibit | Passage:
    """A table of an analysis as an exhibit.

    frame: the index and the text cells hold ids, the other cells Quantity, whole numbers or None (not
    published). Column names are ids that `wording.term` knows, or years; those that are indicators stand in
    ``indicators`` too, as their ids may be anything. caption: a message that is translated here. Returns the exhibit;
    the source line names the sections that its figures come from, and the columns that are left out as no row has a
    figure for them, and the rows without any. lacking: what is left out, each with the indicators that it would need.
    Without rows nothing is shown.
    """
    shown = frame.dropna(how="all").dropna(axis="columns", how="all")
    if shown.empty:
        return Passage()
    exhibit = whole(shown, name=name, caption=caption, data=data, indicators=indicators)
    gaps = frame.columns.difference(shown.columns, sort=False)
    # another package may not know an indicator at all
    columns = [label for column in gaps if (label := _named(data, column, indicators)) != column]
    absent = {key: needed for key, needed in (lacking or {}).items() if key not in shown.index}
    rows = [wording.name(data, str(row)) for row in frame.index.difference([*shown.index, *absent], sort=False)]
    notes = [*_left_out(absent, data)]
    if columns:
        notes.append(_("Not published: {names}.").format(names=wording.join(map(wording.inside, columns))))
    if rows:
        notes.append(_("No such figure is published for {names}.").format(names=wording.join(rows)))
    return replace(exhibit, notes=(*exhibit.notes, *notes))


def _left_out(lacking: Mapping[str, Collection[str]], data: Dataset) -> tuple[str, ...]:
    """The line of what is not in a table, each with the indicators that it would need; none where nothing is."""
    needs = [
        wording.name(data, key)
        + wording.aside(wording.join(wording.inside(wording.indicator(data, need)) for need in needed))
        for key, needed in lacking.items()
    ]
    message = _("Left out, as these figures are not published: {list}.")
    return (message.format(list=wording.series(needs)),) if needs else ()


def whole(frame: pd.DataFrame, *, name: str, caption: str, data: Dataset, indicators: Collection[str] = ()) -> Exhibit:
    """The same table with all its columns, published or not, and even without a row."""
    say = Prose(data)
    plain_index = isinstance(frame.index, pd.RangeIndex)
    heads: list[str | Inline] = [] if plain_index else [_index_heading(frame, data)]
    units = [
        wording.shared_unit(cell for cell in frame[column] if isinstance(cell, Quantity)) for column in frame.columns
    ]
    names = [_named(data, column, indicators) for column in frame.columns]
    heads += [_heading(label, unit) for label, unit in zip(names, units, strict=True)]
    # a column that holds quantities or numbers anywhere is set flush right throughout
    numeric = [any(isinstance(cell, Quantity | int | float) for cell in frame[column]) for column in frame.columns]
    rows: list[list[Cell]] = []
    sources: list[str] = []
    for label, cells in zip(frame.index, frame.itertuples(index=False), strict=True):
        row = [] if plain_index else [th(say.name(label))]
        for column, cell, number, unit in zip(frame.columns, cells, numeric, units, strict=True):
            shown = say.period(cell) if column in ("period", "date", "against", "as_of") else content(cell, say, unit)
            row.append(th(shown) if plain_index and not row else td(shown, number))
            sources += cell.sources if isinstance(cell, Quantity) else ()
        rows.append(row)
    kinds = [*([False] if not plain_index else []), *numeric]
    return table_of(name, _(caption), heads, rows, kinds, wording.source_line(data, sources))


def _named(data: Dataset, column: str, indicators: Collection[str]) -> str:
    """The name of a column."""
    return (wording.indicator if column in indicators else wording.term)(data, column)


def _index_heading(frame: pd.DataFrame, data: Dataset) -> str:
    """What the row labels are: zones, chains, projects or indicators."""
    for table in ("zones", "chains", "projects", "indicators"):
        if len(frame.index) and frame.index.isin(data.tables[table].index).all():
            return wording.term(data, table[:-1])
    if len(frame.index) and frame.index.isin([*data.zones.index, *data.places.index]).all():
        return wording.term(data, "zone")
    return wording.term(data, "stage")


def _heading(label: str, unit: wording.SharedUnit | None) -> str | Inline:
    """The heading of a column, with the unit that its figures share."""
    return with_remark(label, unit.words) if unit else label


def content(cell: object, say: Prose, unit: wording.SharedUnit | None = None) -> object:
    """The content of a cell: a linked figure, a name, a number, or a word for a gap."""
    if cell is None or (isinstance(cell, float) and pd.isna(cell)) or isinstance(cell, Quantity):
        return say.cell(cell if isinstance(cell, Quantity) else None, unit)
    if isinstance(cell, str):
        return say.name(cell)
    return cell
