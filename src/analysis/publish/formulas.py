"""Formulas as SVG, drawn at build time: a page needs no script for them."""

from __future__ import annotations

from xml.etree import ElementTree

from docutils import nodes
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator
from ziamath import zmath
from ziamath.config import config

# every formula holds its own outlines: shared ones would have the same id in each formula of a page
config.svg2 = False


def svg(latex: str, *, inline: bool) -> str:
    """A formula as SVG in the colour of the text; the LaTeX is its text for a screen reader."""
    formula = zmath.Latex(latex, size=17 if inline else 19, color="currentColor", inline=inline)
    drawing = formula.svgxml()
    drawing.attrib |= {"role": "img", "aria-label": latex.strip()}
    if inline:
        drawing.set("style", f"vertical-align:{formula.getyofst():.2f}px")
    return ElementTree.tostring(drawing, encoding="unicode")


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Writes a formula inside a sentence."""
    self.body.append(self.starttag(nodes.Element(), "span", "", CLASS="formula"))
    self.body.append(svg(node.astext(), inline=True))
    self.body.append("</span>")
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Writes a displayed formula."""
    self.body.append(self.starttag(node, "div", "", CLASS="formula displayed"))
    if node["number"]:
        self.body.append(self.starttag(nodes.Element(), "span", "", CLASS="eqno"))
        self.body.append(f"({get_node_equation_number(self, node)})</span>")
    self.body.append(svg(node.astext(), inline=False))
    self.body.append("</div>\n")
    raise nodes.SkipNode
