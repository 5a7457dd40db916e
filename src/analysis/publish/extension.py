"""Sphinx extension of the book.

The notebooks show plain HTML: exhibits (`<figure class="exhibit">`), alone or after a sentence
(`<div class="passage">`), and, inside sentences, linked figures (`<a class="traced">`). While a page is read
all of them become document nodes, so that Sphinx numbers exhibits, resolves `{numref}`, indexes the words for
search, and writes links that are right in every builder.
Formulas become SVG at build time: a page needs no script for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import ziamath
from bs4 import BeautifulSoup, NavigableString, Tag
from docutils import nodes
from myst_nb.ext.eval import EvalRoleAny
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.locale import init as init_locale
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

import analysis
from analysis import wording
from analysis.dataset import default_folder
from analysis.wording import _

PACKAGE = Path(analysis.__file__).parent


class RememberedEval(EvalRoleAny):
    """The role `{eval}`: an expression evaluated once a page.

    Only the notebook's own text has a kernel. A translated sentence is parsed after it, and gets the result
    that the original sentence got; an expression that the original does not hold is a fault.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        env = self.document.settings.env
        if env.app.builder.name == "gettext":
            return [nodes.literal(self.text, self.text)], []
        results = env.temp_data.setdefault("evaluated", {})
        if self.text not in results:
            found, messages = super().run()
            if not found:
                return found, messages
            results[self.text] = found
        return [node.deepcopy() for node in results[self.text]], []


class table_exhibit(nodes.figure):  # noqa: N801 (docutils names its nodes in lower case)
    """A table with caption and source; numbered as a table."""


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
                bundle.replace_self([nodes.paragraph("", "", *_inline(root.p)), *exhibits])
            elif "traced" in classes:
                bundle.replace_self(list(_inline(soup)))

    @staticmethod
    def _html(bundle: nodes.Element) -> str | None:
        """The HTML form of an output, if it has one."""
        for choice in bundle.children:
            if isinstance(choice, nodes.Element) and choice.get("mime_type") == "text/html":
                return choice.astext() or "".join(raw.astext() for raw in choice.findall(nodes.raw))
        return None

    def _exhibit(self, root: Tag) -> nodes.figure:
        kind = nodes.figure if "chart" in root["class"] else table_exhibit
        caption = root.find("figcaption").extract()
        figure = kind(classes=root["class"], ids=[root["id"]], names=[root["id"]])
        figure += nodes.caption("", "", *_inline(caption))
        figure += nodes.raw("", "".join(map(str, root.contents)), format="html")
        self.document.note_explicit_target(figure)
        return figure


def _inline(tag: Tag) -> Iterator[nodes.Node]:
    """Text and links of a piece of inline HTML as document nodes."""
    for child in tag.children:
        if isinstance(child, NavigableString):
            yield nodes.Text(str(child))
        elif child.name == "a":
            yield nodes.reference(
                "",
                child.get_text(),
                refuri=child["href"],
                reftitle=child.get("title", ""),
                classes=child.get("class", []),
                internal=True,
            )
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


class ToctreeCaptions(SphinxTransform):
    """Translates the captions of the contents, which come from _toc.yml after Sphinx has translated a page."""

    default_priority = 950

    def apply(self, **kwargs: object) -> None:
        folders = [str(Path(self.app.srcdir) / folder) for folder in self.config.locale_dirs]
        catalogue, found = init_locale(folders, self.config.language, self.config.gettext_compact)
        for toctree in self.document.findall(addnodes.toctree) if found else ():
            if toctree.get("caption"):
                toctree["caption"] = catalogue.gettext(toctree["caption"])


def link_editions(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Gives the template the addresses of the same page in every edition that is built."""
    up = "../" * (page.count("/") + 1)
    context["editions_label"] = _("Language")
    context["editions"] = [
        {
            "name": wording.NAMES[code],
            "tag": wording.tag(code),
            "href": f"{up}{code}/{page}.html",
            "here": code == wording.language(),
        }
        for code in app.config.analysis_editions
    ]
    if page == "search":
        app.add_js_file("search.js", priority=100)


def depend_on_data_and_code(app: Sphinx, docname: str, source: list[str]) -> None:
    """A page is stale when the data, the analysis or this extension changed."""
    for path in [*default_folder().rglob("*"), *PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.po")]:
        app.env.note_dependency(str(path))


def without_thebe(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Jupyter Book's live code asks another host for its script; this book needs none of it."""
    for kind in ("script_files", "css_files"):
        files = context.get(kind, [])
        context[kind] = [f for f in files if "thebe" not in f"{f} {getattr(f, 'attributes', '')}".lower()]


def _svg(latex: str, *, inline: bool) -> str:
    """A formula as SVG in the colour of the text; the LaTeX is its text for a screen reader."""
    formula = ziamath.Latex(latex, size=17 if inline else 19, color="currentColor", inline=inline)
    svg = formula.svg()
    label = f'role="img" aria-label="{escape(latex.strip())}"'
    style = f'style="vertical-align:{formula.getyofst():.2f}px"' if inline else ""
    return svg.replace("<svg ", f"<svg {label} {style} ", 1)


def visit_math(self: object, node: nodes.math) -> None:
    """Writes a formula inside a sentence."""
    self.body.append(f'<span class="formula">{_svg(node.astext(), inline=True)}</span>')
    raise nodes.SkipNode


def visit_math_block(self: object, node: nodes.math_block) -> None:
    """Writes a displayed formula."""
    self.body.append(self.starttag(node, "div", CLASS="formula displayed"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append(f"{_svg(node.astext(), inline=False)}</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict:
    """Registers everything above."""
    app.add_enumerable_node(
        table_exhibit,
        "table",
        lambda node: node.next_node(nodes.caption).astext(),
        html=(lambda self, node: self.visit_figure(node), lambda self, node: self.depart_figure(node)),
        latex=(lambda self, node: self.visit_figure(node), lambda self, node: self.depart_figure(node)),
        text=(lambda self, node: self.visit_figure(node), lambda self, node: self.depart_figure(node)),
    )
    app.setup_extension("myst_nb")  # whose role is replaced
    app.add_role("eval", RememberedEval(), override=True)
    app.add_transform(ExhibitsAndFigures)
    app.add_transform(ToctreeCaptions)
    app.add_post_transform(LinksWithinOneDocument)
    app.add_html_math_renderer("ziamath", (visit_math, None), (visit_math_block, None))
    app.connect("source-read", depend_on_data_and_code)
    app.connect("html-page-context", link_editions)
    app.connect("html-page-context", without_thebe, priority=900)
    # the editions that stand side by side on the site; none in a book built alone
    app.add_config_value("analysis_editions", [], "html", [list])
    # another data folder makes every page stale
    app.add_config_value("analysis_data", str(default_folder()), "env", [str])
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
