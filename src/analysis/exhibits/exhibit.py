"""The form of everything that a notebook shows: a chart or a table with caption and source."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from analysis import values
from analysis.values import Value
from analysis.wording import Inline, figures, rendered


@dataclass(frozen=True, repr=False)
class Exhibit:
    """A chart or table, ready to show.

    kind: "chart" or "table". name: stable anchor, without prefix. source: lines below it. plain: what a terminal
    shows. values: what the table shows, or what the chart was drawn from. notes: what its signs mean. table: the
    figures of a chart as links to their rows, folded below it; paper has the chart alone. folded: words on
    what opens it, where a page shows it closed.
    """

    kind: str
    name: str
    caption: str | Inline
    body: Markup
    source: tuple[str, ...]
    plain: str
    values: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    table: Exhibit | None = None
    folded: str = ""

    @property
    def anchor(self) -> str:
        """The id of the exhibit in a page."""
        return f"{'fig' if self.kind == 'chart' else 'tab'}-{self.name}"

    def __html__(self) -> Markup:
        return rendered("exhibit", exhibit=self)

    def _repr_html_(self) -> str:
        return str(self.__html__())

    def placed(self) -> tuple[Value, ...]:
        """The values, with the anchor of the exhibit."""
        return (*values.at(self.anchor, self.values), *(self.table.placed() if self.table else ()))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self.placed())

    def __repr__(self) -> str:
        return "\n\n".join([self.plain, *([repr(self.table)] if self.table else [])])


@dataclass(frozen=True, repr=False)
class Passage:
    """Paragraphs, and the exhibits that follow them; nothing at all where there is nothing to show.

    paragraphs, exhibits: in order. source: where the paragraphs come from. heading: above them, with the anchor.
    listed: the paragraphs are items of a list.
    """

    paragraphs: tuple[str | Inline, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    source: str = ""
    heading: str = ""
    anchor: str = ""
    listed: bool = False

    def __html__(self) -> Markup:
        return rendered("passage", passage=self)

    def _repr_html_(self) -> str:
        return str(self.__html__())

    def placed(self) -> tuple[Value, ...]:
        """The figures of the paragraphs, then those of the exhibits with their anchors."""
        return (*figures(self.paragraphs), *(value for exhibit in self.exhibits for value in exhibit.placed()))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self.placed())

    def __repr__(self) -> str:
        parts = [self.heading, *map(str, self.paragraphs), self.source]
        return "\n\n".join(filter(None, [*parts, *map(repr, self.exhibits)]))


@dataclass(frozen=True, repr=False)
class Passages:
    """Passages one after another, each with its heading; nothing at all where there is none."""

    passages: tuple[Passage, ...] = ()

    def _repr_html_(self) -> str:
        return str(rendered("passages", passages=self.passages))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(value for passage in self.passages for value in passage.placed())

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.passages))


def with_table(chart: Exhibit | Passage, table: Exhibit | Passage) -> Exhibit | Passage:
    """A chart with the table of the same figures folded below it, lest the two repeat each other.

    Where one of them has nothing to show, the other stands alone.
    """
    if isinstance(chart, Exhibit) and isinstance(table, Exhibit):
        return replace(chart, table=table)
    return chart if isinstance(chart, Exhibit) else table
