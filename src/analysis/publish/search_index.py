"""What the search of an edition looks through: every sentence, caption and row of a table, with chapter and section.

One script of plain data, which a page loads from a folder too; the page does the looking (`_static/search.js`). It is
made anew by each build, from the trees of all pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from bs4 import Tag
from docutils import nodes
from sphinx.application import Sphinx

from analysis import wording
from analysis.publish.exhibits import chart_exhibit, exhibit_caption, passage_heading, table_exhibit
from analysis.publish.tags import attribute, parsed
from analysis.publish.uses import link_of, numbers_of_exhibits, places_of_rows, title_of

INDEX = "search-index.js"
HEADING, CAPTION, ROW, TEXT = range(4)  # in the order of their weight
# what Chinese statistics are called for short
SHORT = {"规上": "规模以上", "固投": "固定资产投资", "亩产": "亩均产值", "专精特新": "“专精特新”"}
ALT = re.compile(r'<svg[^>]* aria-label="([^"]*)"')
DRAWING = re.compile(r"<svg.*?</svg>|<style.*?</style>", re.DOTALL)

Passage = tuple[int, str, str]  # kind, anchor, words


def configure(app: Sphinx) -> None:
    """Sphinx' own index is not made."""
    app.builder.search = False  # type: ignore[attr-defined]


def page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of the search."""
    yield "search", {}, "search.html"


def write(app: Sphinx, failure: Exception | None) -> None:
    """Writes the index: pages (address, title), sections of each (anchor, title) and passages (section, kind, anchor,
    words); for each row of the data the places that use it."""
    if failure is not None or app.builder.name != "html":
        return
    found = []
    for name in app.env.collect_relations():
        document = app.env.get_doctree(name)
        found.append([app.builder.get_target_uri(name), title_of(app, name), list(_sections(app, name, document))])
    uses = {
        row: [[*link_of(app, place)] for place in dict.fromkeys(places)]
        for row, places in places_of_rows(app.env).items()
    }
    index = json.dumps({"pages": found, "uses": uses, "short": SHORT}, ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / INDEX).write_text(f"const SEARCH_INDEX = {index};\n", "utf-8")


def _sections(app: Sphinx, name: str, document: nodes.document) -> Iterator[list[Any]]:
    """The sections of a page: anchor, title, passages; each passage once."""
    numbers = numbers_of_exhibits(app, name)
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        own = (node for node in section.findall() if _section_of(node) is section)
        passages = list(dict.fromkeys(passage for node in own for passage in _passages(node, numbers)))
        if title is not None:
            yield [section["ids"][0], title.astext(), passages]


def _section_of(node: nodes.Node) -> nodes.Node | None:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node


def _passages(node: nodes.Node, numbers: dict[str, str]) -> Iterator[Passage]:
    """What of a node is found for itself."""
    if isinstance(node, nodes.title):
        yield HEADING, "", node.astext()
    elif isinstance(node, passage_heading):
        yield HEADING, str(node["ids"][0]), node.astext()
    elif isinstance(node, exhibit_caption):
        anchor = str(node.parent["ids"][0])
        yield CAPTION, anchor, f"{numbers.get(anchor, '')} {node.astext()}".strip()
    elif isinstance(node, nodes.term):
        definition = node.next_node(nodes.definition, descend=False, siblings=True)
        yield CAPTION, next(iter(node["ids"]), ""), f"{node.astext()} {definition.astext() if definition else ''}"
    elif isinstance(node, nodes.paragraph) and not isinstance(node.parent, nodes.definition):
        yield TEXT, "", " ".join(node.astext().split())
    elif isinstance(node, nodes.raw) and node["format"] == "html":
        exhibit = node.parent if isinstance(node.parent, chart_exhibit | table_exhibit) else None
        anchor = str(exhibit["ids"][0]) if exhibit else ""
        # what a chart shows stands in its alternative text
        yield from ((ROW, anchor, unescape(alt)) for alt in ALT.findall(node.astext()))
        yield from _in_html(parsed(DRAWING.sub("", node.astext())), anchor)


def _in_html(html: Tag, anchor: str) -> Iterator[Passage]:
    """The rows of tables and the paragraphs of cards; not each form of what can be chosen and computed."""
    for part in html.select(".explorer-panel:not(:has(> .card.zone))"):
        part.decompose()
    for part in html.select("tbody tr, p:not(.source), h2, li"):
        if part.name == "tr" or part.find_parent("tr") is None:
            cells = part.find_all(["td", "th"], recursive=False) or [part]
            words = wording.commas(*filter(None, (" ".join(cell.get_text(" ").split()) for cell in cells)))
            holder = part if part.has_attr("id") else part.find_parent(id=True)
            yield ROW, attribute(holder, "id") if holder else anchor, words
