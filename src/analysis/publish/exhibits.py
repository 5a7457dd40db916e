"""Exhibits and linked figures: the notebooks' HTML as document nodes.

The notebooks show plain HTML: exhibits (`<figure class="exhibit">`), alone or after a sentence
(`<div class="passage">`), and, inside sentences, linked figures (`<a class="traced">`) and what stands for
missing ones (`<span class="missing">`). While a page is read all of them become document nodes, so that Sphinx
numbers exhibits, resolves `{numref}`, indexes the words for search, and writes links that are right in every builder.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from analysis import wording
from analysis.wording import _

# of figures, of what stands for a missing one, and of a condition; `sentences` goes by them
MARKS = {"traced", "missing", "given"}


class chart_exhibit(nodes.figure):
    """A chart with caption and source; numbered as a figure."""


class table_exhibit(nodes.figure):
    """A table with caption and source; numbered as a table."""


class exhibit_caption(nodes.caption):
    """The finding above an exhibit. Docutils' own caption would swallow what follows it."""


class traced_figure(nodes.reference):
    """A figure that leads to its row in the data chapter; ``rows`` names all rows behind it."""


def visit_figure(self: object, node: nodes.Element) -> None:
    """Opens the link."""
    link = {"href": node["refuri"], "title": node["reftitle"], "data-rows": " ".join(node["rows"])}
    self.body.append(self.starttag(node, "a", "", CLASS="reference internal", **link))


def depart_figure(self: object, node: nodes.Element) -> None:
    """Closes it."""
    self.body.append("</a>")


def visit_exhibit(self: object, node: nodes.Element) -> None:
    """Opens the figure."""
    self.body.append(self.starttag(node, "figure"))


def depart_exhibit(self: object, node: nodes.Element) -> None:
    """Closes it."""
    self.body.append("</figure>\n")


def visit_caption(self: object, node: nodes.Element) -> None:
    """Opens the caption, with the number of its exhibit."""
    self.body.append(self.starttag(node, "figcaption", ""))
    self.add_fignumber(node.parent)


def depart_caption(self: object, node: nodes.Element) -> None:
    """Closes it, with a link to the exhibit."""
    self.add_permalink_ref(node.parent, _("Link to this exhibit"))
    self.body.append("</figcaption>\n")


class ExhibitsAndFigures(SphinxTransform):
    """Turns the HTML of exhibits and of linked figures in sentences into document nodes.

    It runs while a page is read, before the standard domain collects what is numbered (priority 850).
    """

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        bundles = [n for n in self.document.findall(nodes.Element) if n.get("nb_element") == "mime_bundle"]
        for bundle in bundles:
            html = self._html(bundle)
            if html is None:
                continue
            soup = BeautifulSoup(html, "html.parser")
            root = soup.find(True)
            if root is None:
                continue
            classes = root.get("class", [])
            if "exhibit" in classes:
                bundle.replace_self(self._exhibit(root))
            elif "passage" in classes:
                exhibits = [self._exhibit(figure) for figure in root.find_all("figure", class_="exhibit")]
                bundle.replace_self(
                    [
                        *(nodes.paragraph("", "", *_inline(p), classes=p.get("class", [])) for p in _paragraphs(root)),
                        *exhibits,
                    ]
                )
            elif MARKS & set(classes):
                bundle.replace_self(list(_inline(soup)))

    @staticmethod
    def _html(bundle: nodes.Element) -> str | None:
        """The HTML form of an output, if it has one."""
        for choice in bundle.children:
            if isinstance(choice, nodes.Element) and choice.get("mime_type") == "text/html":
                return choice.astext() or "".join(raw.astext() for raw in choice.findall(nodes.raw))
        return None

    def _exhibit(self, root: Tag) -> nodes.figure:
        kind = chart_exhibit if "chart" in root["class"] else table_exhibit
        caption = root.find("figcaption").extract()
        figure = kind(classes=root["class"], ids=[root["id"]], names=[root["id"]])
        figure += exhibit_caption("", "", *_inline(caption), ids=[caption["id"]])
        figure += nodes.raw("", "".join(map(str, root.contents)), format="html")
        self.document.note_explicit_target(figure)
        return figure


def _paragraphs(passage: Tag) -> list[Tag]:
    """The sentences of a passage; those of its exhibits belong to them."""
    return passage.find_all("p", recursive=False)


def _inline(tag: Tag) -> Iterator[nodes.Node]:
    """Text and links of a piece of inline HTML as document nodes."""
    for child in tag.children:
        if isinstance(child, NavigableString):
            yield nodes.Text(str(child))
        elif child.name == "a":
            yield traced_figure(
                "",
                child.get_text(),
                refuri=child["href"],
                reftitle=child["title"],
                rows=child["data-rows"].split(),
                classes=child["class"],
                internal=True,
            )
        elif MARKS & set(child.get("class", ())):
            yield nodes.inline("", "", *_inline(child), classes=child["class"])
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
            text = raw.astext()
            if f'href="{page}' in text:
                mended = text.replace(f'href="{page}', 'href="#')
                raw.replace_self(nodes.raw(mended, mended, **raw.attributes))
