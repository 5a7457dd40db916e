"""Formulas as SVG, drawn at build time: a page needs no script for them."""

from __future__ import annotations

from html import escape

import ziamath
from docutils import nodes
from sphinx.util.math import get_node_equation_number

# every formula holds its own outlines: shared ones would have the same id in each formula of a page
ziamath.config.svg2 = False


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
