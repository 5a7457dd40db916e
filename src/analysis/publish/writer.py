"""How document nodes become HTML: Sphinx' writer, in the edition's words, and the nodes of this book."""

from __future__ import annotations

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from analysis.publish import formulas
from analysis.publish.exhibits import chart_exhibit, exhibit_caption, passage_heading, table_exhibit, traced_figure
from analysis.wording import _


class BookWriter(HTML5Translator):
    """Sphinx has no Chinese for the titles of its own links to sections and terms."""

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        """A link to the node itself, with a title of ours."""
        exhibit = isinstance(node, chart_exhibit | table_exhibit)
        super().add_permalink_ref(node, _("Link to this exhibit") if exhibit else _("Link to this place"))


def visit_figure(self: HTML5Translator, node: traced_figure) -> None:
    """Opens the link. Docutils makes blanks of the lines of a title, a row of the data each: they are put back."""
    title = node["reftitle"].replace("\n", "\0")
    link = {"href": node["refuri"], "title": title, "data-rows": " ".join(node["rows"])}
    opened = self.starttag(node, "a", "", CLASS="reference internal", **link)
    self.body.append(opened.replace("\0", "&#10;"))


def depart_figure(self: HTML5Translator, node: traced_figure) -> None:
    """Closes it."""
    self.body.append("</a>")


def visit_exhibit(self: HTML5Translator, node: nodes.figure) -> None:
    """Opens the figure."""
    self.body.append(self.starttag(node, "figure"))


def depart_exhibit(self: HTML5Translator, node: nodes.figure) -> None:
    """Closes it."""
    self.body.append("</figure>\n")


def visit_heading(self: HTML5Translator, node: passage_heading) -> None:
    """Opens the heading of a passage."""
    self.body.append(self.starttag(node, "h3", ""))


def depart_heading(self: HTML5Translator, node: passage_heading) -> None:
    """Closes it."""
    self.body.append("</h3>\n")


def visit_caption(self: HTML5Translator, node: exhibit_caption) -> None:
    """Opens the caption, with the number of its exhibit."""
    self.body.append(self.starttag(node, "figcaption", ""))
    self.add_fignumber(node.parent)


def depart_caption(self: HTML5Translator, node: exhibit_caption) -> None:
    """Closes it, with a link to the exhibit."""
    self.add_permalink_ref(node.parent, "")
    self.body.append("</figcaption>\n")


def visit_code(self: HTML5Translator, node: nodes.Element) -> None:
    """Opens the fold around a cell's code."""
    self.body.append(self.starttag(nodes.Element(), "details", "", CLASS="code"))
    self.body.append(self.starttag(nodes.Element(), "summary", "") + self.encode(_("Code")) + "</summary>\n")


def depart_code(self: HTML5Translator, node: nodes.Element) -> None:
    """Closes it."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Registers the writer and the nodes; part of the book's extension."""
    for builder in ("html", "singlehtml", "epub"):
        app.set_translator(builder, BookWriter)
    for exhibit, kind in ((chart_exhibit, "figure"), (table_exhibit, "table")):
        app.add_enumerable_node(exhibit, kind, _title, html=(visit_exhibit, depart_exhibit))
    app.add_node(passage_heading, html=(visit_heading, depart_heading))
    app.add_node(exhibit_caption, html=(visit_caption, depart_caption))
    app.add_node(traced_figure, html=(visit_figure, depart_figure))
    app.add_node(HideCodeCellNode, override=True, html=(visit_code, depart_code))
    app.add_html_math_renderer("ziamath", (formulas.visit_math, None), (formulas.visit_math_block, None))


def _title(exhibit: nodes.Node) -> str:
    caption = exhibit.next_node(exhibit_caption)
    return caption.astext() if caption else ""
