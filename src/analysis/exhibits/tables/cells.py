"""The cells of a table, and the exhibit that they make: HTML, plain text and values at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from numbers import Integral

from markupsafe import Markup

from analysis import wording
from analysis.exhibits.exhibit import Exhibit
from analysis.values import Value
from analysis.wording import Inline, html


def gap(words: str) -> Markup:
    """Words in place of a figure."""
    return Markup('<span class="missing">{}</span>').format(words)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its HTML, its words, and the figures in it."""

    html: Markup
    plain: str
    figures: tuple[Value, ...] = ()


def td(content: object, number: bool = False, *, mark: str = "", lang: str = "") -> Cell:
    """A cell. number: it is set flush right. mark: a class of its style. lang: of a text in another language."""
    attributes = {"class": "num" if number else mark, "lang": lang}
    start = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in attributes.items() if value)
    return _cell(content, Markup("<td{}>{}</td>").format(start, html(content)))


def th(content: object) -> Cell:
    """A cell that heads its row."""
    return _cell(content, Markup('<th scope="row">{}</th>').format(html(content)))


def _cell(content: object, markup: Markup) -> Cell:
    figures = wording.figures([content])
    if isinstance(content, Integral):
        figures = (Value("", "", "", str(content), Fraction(int(content)), Fraction(int(content))),)
    return Cell(markup, content.striptags() if isinstance(content, Markup) else str(content), figures)


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
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="num"') if number else "", html(text))
        for text, number in zip(heads, numeric, strict=True)
    )
    anchors = ids or [None] * len(rows)
    body = Markup("\n").join(
        Markup("<tr{}>{}</tr>").format(
            Markup(' id="{}"').format(anchor) if anchor else "", Markup("").join(cell.html for cell in row)
        )
        for anchor, row in zip(anchors, rows, strict=True)
    )
    table = Markup('<table aria-labelledby="{}">\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>')
    plain = "\n".join("\t".join(cell.plain for cell in row) for row in rows)
    return Exhibit(
        "table",
        name,
        str(Markup.escape(caption)),
        table.format(f"tab-{name}-caption", head, body),
        str(Markup.escape(source)),
        f"{caption}\n{plain}",
        _values(heads, rows),
    )


def with_remark(label: str, remark: str) -> Inline:
    """A label with a remark in small letters below it."""
    return Inline(wording.commas(label, remark), Markup("{}<br><small>{}</small>").format(label, remark))
