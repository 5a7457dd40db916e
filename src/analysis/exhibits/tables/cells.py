"""The cells of a table, and the exhibit that they make: HTML, plain text and values at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from numbers import Integral

from analysis import wording
from analysis.exhibits.exhibit import Exhibit
from analysis.values import Value
from analysis.wording import Inline, absent, piece, rendered


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    content: text, a number or an Inline. mark: a class of its style. lang: of a text in another language.
    heads_row: whether it tells what its row is of.
    """

    content: object
    mark: str = ""
    lang: str = ""
    heads_row: bool = False

    @property
    def plain(self) -> str:
        """Its words."""
        return str(self.content)

    @property
    def figures(self) -> tuple[Value, ...]:
        """The figures in it; a plain number is one."""
        if isinstance(self.content, Integral):
            number = Fraction(int(self.content))
            return (Value("", "", "", self.plain, number, number),)
        return wording.figures([self.content])


def td(content: object, number: bool = False, *, mark: str = "", lang: str = "") -> Cell:
    """A cell. number: it is set flush right. mark: a class of its style. lang: of a text in another language."""
    return Cell(content, "num" if number else mark, lang)


def th(content: object) -> Cell:
    """A cell that heads its row."""
    return Cell(content, heads_row=True)


def _values(heads: Sequence[object], rows: Sequence[Sequence[Cell]]) -> tuple[Value, ...]:
    """What the cells right of the first column show, a figure or the words of a cell each."""
    found = []
    for label, row in zip(_labels(rows), rows, strict=True):
        for head, cell in zip(heads[1:], row[1:], strict=True):
            shown = cell.figures or (Value("", "", "", cell.plain),)
            found += [replace(value, row=label, column=str(head)) for value in shown if value.printed]
    return tuple(found)


def _labels(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """What tells the rows of a table apart: their first cells, as many as that takes."""
    words = [[cell.plain for cell in row] for row in rows]
    for width in range(1, max(map(len, words), default=0) + 1):
        labels = [wording.commas(*row[:width]) for row in words]
        if len(set(labels)) == len(labels):
            break
    return labels if words else []


def table_of(
    name: str,
    caption: str,
    heads: Sequence[object],
    rows: Sequence[Sequence[Cell]],
    numeric: Sequence[bool],
    source: str = "",
    ids: Sequence[str] | None = None,
) -> Exhibit:
    """A table of cells. numeric: for each head, whether it is set flush right. ids: anchors of the rows."""
    body = rendered(
        "table",
        label=f"tab-{name}-caption",
        heads=list(zip(heads, numeric, strict=True)),
        rows=list(zip(ids or [""] * len(rows), rows, strict=True)),
    )
    plain = "\n".join("\t".join(cell.plain for cell in row) for row in rows)
    lines = (source,) if source else ()
    notes = wording.notes(cell.content for row in rows for cell in row)
    marked = (wording.series(notes),) if notes else ()
    return Exhibit("table", name, caption, body, lines, f"{caption}\n{plain}", _values(heads, rows), marked)


def with_remark(label: str, remark: str) -> Inline:
    """A label with a remark in small letters below it."""
    return Inline(wording.commas(label, remark), piece("inline", "remark", label=label, remark=remark))


def without_gaps(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], source: str = "", *, number: int = -1
) -> Exhibit:
    """A table without the columns in which no row has anything. number: the column that is set flush right."""
    empty = ("", absent("unnamed").plain)
    kept = [i for i in range(len(heads)) if any(row[i].plain not in empty for row in rows)]
    cells = [[row[i] for i in kept] for row in rows]
    return table_of(name, caption, [heads[i] for i in kept], cells, [i == number for i in kept], source)
