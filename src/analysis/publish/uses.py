"""The way back: each row of the data chapter lists the places that use it.

While a page is read, its linked figures are noted with the rows behind them and the section, exhibit, card or
explorer that they stand in. When the data chapter is written, all pages are known: the places become links
below each row, and the chapter is written anew whenever any page was read again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import NamedTuple

from bs4 import Tag
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from analysis import wording
from analysis.package.dataset import Dataset
from analysis.publish.book_data import book_data
from analysis.publish.exhibits import chart_exhibit, table_exhibit, traced_figure
from analysis.publish.tags import attribute, one, parsed, without_drawings
from analysis.wording import N_, _, piece

ROWS = "tab-observations"  # the exhibit whose rows the figures lead to


class Place(NamedTuple):
    """Where a figure stands.

    page: as Sphinx names it. anchor: id in the page. title: in words; empty for an exhibit, which has a number,
    and for what stands before the first section of a page.
    """

    page: str
    anchor: str
    title: str


class CollectUses(SphinxTransform):
    """Notes the rows that a page's linked figures come from, in the order of the page."""

    default_priority = 420  # after `sentences.SentencesWithoutGaps`

    def apply(self, **kwargs: object) -> None:
        found = [(row, place) for rows, place in self._figures() for row in rows]
        _uses(self.env)[self.env.docname] = list(dict.fromkeys(found))

    def _figures(self) -> Iterator[tuple[list[str], Place]]:
        """The rows behind each linked figure of the page, and its place."""
        for node in self.document.findall():
            if isinstance(node, traced_figure):
                yield node["rows"], self._place(node)
            elif isinstance(node, nodes.raw) and node["format"] == "html":
                for link in parsed(without_drawings(node.astext())).select("a.traced[data-rows]"):
                    yield attribute(link, "data-rows").split(), self._place_inside(link) or self._place(node)

    def _place(self, node: nodes.Node) -> Place:
        """The exhibit around a node, or else its section."""
        while not isinstance(node, chart_exhibit | table_exhibit | nodes.section):
            node = node.parent
        whole_page = isinstance(node.parent, nodes.document)
        heading = None if whole_page or not isinstance(node, nodes.section) else node.next_node(nodes.title)
        return Place(self.env.docname, node["ids"][0], heading.astext() if heading else "")

    def _place_inside(self, link: Tag) -> Place | None:
        """The card or explorer around a link that has an anchor of its own; a table folded below a chart has none."""
        holder = link.find_parent(lambda tag: tag.has_attr("id") and tag.name != "details")
        if holder is None:
            return None
        return Place(self.env.docname, attribute(holder, "id"), one(holder, "h2, p").get_text())


class ShowUses(SphinxPostTransform):
    """Writes the places that use a row into the table of rows, on a line of their own below it."""

    default_priority = 890
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        for exhibit in self.document.findall(table_exhibit):
            raw = exhibit.next_node(nodes.raw)
            if raw and ROWS in exhibit["ids"]:
                table = parsed(raw.astext())
                places = places_of_rows(self.env)
                sources = _sources(book_data())
                for row in table.select("tr[id]"):
                    line = self._line(places.get(attribute(row, "id"), []), width=len(row.select("td, th")))
                    row.insert_after(parsed(line))
                    row["data-source"] = sources[attribute(row, "id")]
                raw.replace_self(nodes.raw("", str(table), format="html"))

    def _line(self, places: list[Place], *, width: int) -> Markup:
        """The places of one row as a line of a table of ``width`` columns."""
        chapters = [self._chapter(page, list(own)) for page, own in groupby(places, key=lambda place: place.page)]
        count = wording.counted(len(places), N_("Used in {n} place"), N_("Used in {n} places"))
        said = count if places else _("Not used in the chapters")
        return piece("uses", "line", width=width - 1, count=said, places=Markup(wording.series(chapters)))

    def _chapter(self, page: str, places: list[Place]) -> Markup:
        """A chapter and its places, a link each: "One board (Shares of the city, Table 1)"."""
        named = {place: place.title or _number(self.app, place) for place in places}
        title = Markup.escape(title_of(self.app, page))
        whole = [self._link(place, title) for place, name in named.items() if not name]
        parts = [self._link(place, name) for place, name in named.items() if name]
        return (whole or [title])[0] + Markup(wording.aside(wording.commas(*parts)) if parts else "")

    def _link(self, place: Place, name: str) -> Markup:
        # in the single page behind the PDF all chapters are one document
        builder = self.app.builder
        page = "" if builder.name == "singlehtml" else builder.get_relative_uri(self.env.docname, place.page)
        return piece("uses", "link", page=page, anchor=place.anchor, name=name)


def places_of_rows(env: BuildEnvironment) -> dict[str, list[Place]]:
    """The places that use each row, in the order of the chapters."""
    places: dict[str, list[Place]] = {}
    for page in env.collect_relations():
        for row, place in _uses(env).get(page, ()):
            places.setdefault(row, []).append(place)
    return places


def title_of(app: Sphinx, page: str) -> str:
    """What a page is called; the first one is the overview."""
    return _("Overview") if page == app.config.root_doc else str(app.env.titles[page].astext())


def link_of(app: Sphinx, place: Place) -> tuple[str, str]:
    """The address of a place, as seen from the site's root, and its name."""
    name = place.title or _number(app, place)
    title = title_of(app, place.page)
    return f"{app.builder.get_target_uri(place.page)}#{place.anchor}", title + wording.aside(name) if name else title


def numbers_of_exhibits(app: Sphinx, page: str) -> dict[str, str]:
    """The numbers of a page's exhibits as their captions have them: "Figure 2", by anchor."""
    return {
        anchor: str(app.config.numfig_format[kind]) % ".".join(map(str, number))
        for kind, own in app.env.toc_fignumbers.get(page, {}).items()
        for anchor, number in own.items()
    }


def _number(app: Sphinx, place: Place) -> str:
    return numbers_of_exhibits(app, place.page).get(place.anchor, "")


def _sources(data: Dataset) -> dict[str, str]:
    """The name of the source of each row, by its anchor."""
    return {
        wording.anchor(str(row)): wording.source_name(data, source)
        for row, source in data.observations["source"].items()
    }


def _uses(env: BuildEnvironment) -> dict[str, list[tuple[str, Place]]]:
    """What is known so far: page -> rows that it uses, and where."""
    known: dict[str, list[tuple[str, Place]]] = vars(env).setdefault("analysis_uses", {})
    return known


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """A page goes, or is read again: what the data chapter says of it is old."""
    _uses(env).pop(page, None)
    vars(env)["analysis_uses_changed"] = True


def merge(app: Sphinx, env: BuildEnvironment, pages: Collection[str], other: BuildEnvironment) -> None:
    """Takes over what another process read."""
    _uses(env).update((page, _uses(other)[page]) for page in pages)


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The page to write anew: the data chapter, when any page was read again."""
    changed = vars(env).pop("analysis_uses_changed", False)
    chapter = posixpath.join(posixpath.dirname(app.config.root_doc), posixpath.splitext(wording.DATA_CHAPTER)[0])
    return [chapter] if changed and chapter in env.found_docs else []
