"""The form of everything that a notebook shows: a chart or a table with caption and source."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from analysis import values
from analysis.values import Value


@dataclass(frozen=True, repr=False)
class Exhibit:
    """A chart or table, ready to show.

    kind: "chart" or "table". name: stable anchor, without prefix. caption, body, source: HTML.
    plain: what a terminal shows. values: what the table shows, or what the chart was drawn from.
    """

    kind: str
    name: str
    caption: str
    body: str
    source: str
    plain: str
    values: tuple[Value, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the exhibit in a page."""
        return f"{'fig' if self.kind == 'chart' else 'tab'}-{self.name}"

    def _repr_html_(self) -> str:
        # what is wider than a phone scrolls in its own box, by keyboard too
        body = (
            f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{self.anchor}-caption">{self.body}</div>'
        )
        source = f'<p class="source">{self.source}</p>' if self.source else ""
        return (
            f'<figure class="exhibit {self.kind}" id="{escape(self.anchor)}">'
            f'<figcaption id="{self.anchor}-caption">{self.caption}</figcaption>{body}{source}</figure>'
        )

    def placed(self) -> tuple[Value, ...]:
        """The values, with the anchor of the exhibit."""
        return values.at(self.anchor, self.values)

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self.placed())

    def __repr__(self) -> str:
        return self.plain


@dataclass(frozen=True, repr=False)
class Passage:
    """Paragraphs, and the exhibits that follow them; nothing at all where there is nothing to show.

    paragraphs: text or HTML, in order. exhibits: in order. source: where the paragraphs come from, as plain text.
    """

    paragraphs: tuple[str | Markup, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    source: str = ""

    def _repr_html_(self) -> str:
        paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        source = f'<p class="source">{escape(self.source)}</p>' if self.source else ""
        exhibits = "".join(exhibit._repr_html_() for exhibit in self.exhibits)
        return f'<div class="passage">{paragraphs}{source}{exhibits}</div>'

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(value for exhibit in self.exhibits for value in exhibit.placed())

    def __repr__(self) -> str:
        parts = [*(Markup(paragraph).striptags() for paragraph in self.paragraphs), self.source]
        return "\n\n".join([*filter(None, parts), *map(repr, self.exhibits)])
