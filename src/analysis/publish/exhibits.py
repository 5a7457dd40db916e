"""Exhibits and linked figures: the notebooks' HTML as document nodes.

The notebooks show plain HTML: exhibits (`<figure class="exhibit">`), alone or after a sentence
(`<div class="passage">`), and, inside sentences, linked figures (`<a class="traced">`) and what stands for
missing ones (`<span class="missing">`). While a page is read all of them become document nodes, so that Sphinx
numbers exhibits, resolves `{numref}`, indexes the words for search, and writes links that are right in every builder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from bs4 import Tag
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from analysis import wording
from analysis.publish.tags import attribute, classes, one, parsed, set_classes

NARROW = 3  # columns that a phone has room for
NAMED = 12  # those that the style sheets name in a card
# of figures, of what stands for a missing one, and of a condition; `sentences` goes by them
MARKS = {"traced", "missing", "given"}


class chart_exhibit(nodes.figure):
    """A chart with caption and source; numbered as a figure."""


class table_exhibit(nodes.figure):
    """A table with caption and source; numbered as a table."""


class passage_heading(nodes.Part, nodes.TextElement):
    """The heading of a passage that a cell shows, below the sections of the page."""


class exhibit_caption(nodes.caption):
    """The finding above an exhibit. Docutils' own caption would swallow what follows it."""


class traced_figure(nodes.reference):
    """A figure that leads to its row in the data chapter; ``rows`` names all rows behind it."""


class ExhibitsAndFigures(SphinxTransform):
    """Turns the HTML of exhibits and of linked figures in sentences into document nodes.

    It runs while a page is read, before the standard domain collects what is numbered (priority 850).
    """

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        bundles = [n for n in self.document.findall(nodes.Element) if n.get("nb_element") == "mime_bundle"]
        for bundle in bundles:
            if not (html := _html(bundle)):
                continue
            root = parsed(html)
            for table in root.select("table"):
                _name_cells(table)
            shown = self._shown(root)
            if shown is not None:
                bundle.replace_self(shown)
            elif root.select_one("table.stacked"):  # of an explorer, which stays as it is otherwise
                bundle.replace_self(nodes.raw("", root.decode_contents(), format="html"))

    def _shown(self, html: Tag) -> list[nodes.Node] | None:
        """What stands in the document for an output; None for one that stays as it is."""
        root = html.find(True)
        if not isinstance(root, Tag):
            return None
        kinds = set(classes(root))
        if "exhibit" in kinds:
            return [self._exhibit(root)]
        if "passages" in kinds:
            return [node for passage in root.find_all("div", recursive=False) for node in self._passage(passage)]
        if "passage" in kinds:
            return self._passage(root)
        return list(_inline(html)) if MARKS & kinds else None

    def _passage(self, root: Tag) -> list[nodes.Node]:
        """Heading, sentences and exhibits, in their order; the sentences of an exhibit belong to it."""
        found: list[nodes.Node] = []
        for part in root.find_all(["h3", "p", "ul", "figure"], recursive=False):
            if part.name == "figure":
                found.append(self._exhibit(part))
            elif part.name == "h3":
                heading = passage_heading(
                    "", part.get_text(), ids=[attribute(part, "id")], names=[attribute(part, "id")]
                )
                self.document.note_explicit_target(heading)
                found.append(heading)
            elif part.name == "ul":
                items = (nodes.paragraph("", "", *_inline(item)) for item in part.find_all("li", recursive=False))
                found.append(nodes.bullet_list("", *(nodes.list_item("", item) for item in items)))
            else:
                found.append(nodes.paragraph("", "", *_inline(part), classes=classes(part)))
        return found

    def _exhibit(self, root: Tag) -> nodes.figure:
        kind = chart_exhibit if "chart" in classes(root) else table_exhibit
        caption = one(root, "figcaption")
        caption.extract()
        anchor = attribute(root, "id")
        figure = kind("", classes=classes(root), ids=[anchor], names=[anchor])
        figure.append(exhibit_caption("", "", *_inline(caption), ids=[attribute(caption, "id")]))
        for mark in root.select("span.traced"):  # it tells which sentences say something; here are none
            mark.unwrap()
        figure.append(nodes.raw("", root.decode_contents().replace(" \n", " "), format="html"))  # as in paths
        self.document.note_explicit_target(figure)
        return figure


def _name_cells(table: Tag) -> None:
    """A wide table tells the style sheet its columns' names, once: on a phone a row is a card whose cells bear them."""
    heads = [" ".join(head.get_text(" ").split()) for head in table.select("thead th")]
    if NARROW < len(heads) <= NAMED:
        set_classes(table, *classes(table), "stacked")
        # a string of JSON is one of CSS where no character needs JSON's \u
        table["style"] = ";".join(
            f"--h{place}:{json.dumps(head, ensure_ascii=False)}" for place, head in enumerate(heads, 1)
        )


def _html(bundle: nodes.Element) -> str:
    """The HTML form of an output; empty where it has none."""
    for choice in bundle.children:
        if isinstance(choice, nodes.Element) and choice.get("mime_type") == "text/html":
            return choice.astext() or "".join(raw.astext() for raw in choice.findall(nodes.raw))
    return ""


def _inline(tag: Tag) -> Iterator[nodes.Node]:
    """Text and links of a piece of inline HTML as document nodes."""
    for child in tag.children:
        if not isinstance(child, Tag):
            yield nodes.Text(str(child))
        elif child.name == "a":
            yield traced_figure(
                "",
                child.get_text(),
                refuri=attribute(child, "href"),
                reftitle=attribute(child, "title"),
                rows=attribute(child, "data-rows").split(),
                classes=classes(child),
                internal=True,
            )
        elif child.name == "strong":
            yield nodes.strong("", "", *_inline(child))
        elif MARKS & set(classes(child)):
            yield nodes.inline("", "", *_inline(child), classes=classes(child))
        else:
            yield from _inline(child)


class LinksWithinOneDocument(SphinxPostTransform):
    """In the single page behind the PDF, rows of the data chapter are in the same document."""

    default_priority = 900
    builders = ("singlehtml",)

    def run(self, **kwargs: object) -> None:
        page = wording.DATA_CHAPTER + "#"
        for reference in self.document.findall(nodes.reference):
            if reference.get("refuri", "").startswith(page):
                reference["refuri"] = reference["refuri"].removeprefix(wording.DATA_CHAPTER)
        for raw in list(self.document.findall(nodes.raw)):
            if page in raw.astext():
                html = parsed(raw.astext())
                for link in html.select(f'a[href^="{page}"]'):
                    link["href"] = attribute(link, "href").removeprefix(wording.DATA_CHAPTER)
                raw.replace_self(nodes.raw("", str(html), **raw.attributes))
