"""The data of a page as CSV: every value that it shows, in sentences, exhibits, cards and explorers.

Each of these outputs carries its values as one more MIME type (`analysis.values`). While a page is read they
are taken off its outputs into an attribute of its document; when it is written, they become a file beside it.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from analysis import values
from analysis.wording import N_, _

HEADINGS = (
    N_("Place"),
    N_("Row"),
    N_("Column"),
    N_("Value"),
    N_("Low"),
    N_("High"),
    N_("Unit"),
    N_("Formula"),
    N_("Source rows"),
)
ATTRIBUTE = "values"  # of a document


class ValuesOfAnOutput(MimeRenderPlugin):
    """Tells MyST-NB, which would warn of a type that it does not know, to keep the values of an output."""

    @staticmethod
    def handle_mime(_renderer: NbElementRenderer, data: MimeData, _inline: bool) -> list[nodes.Element] | None:
        """The values as they stand; None for any other type."""
        return [nodes.raw("", data.string, format="csv")] if data.mime_type == values.CSV else None


class CollectValues(SphinxTransform):
    """Moves the values of all outputs of a page into its document, while outputs still stand where they were.

    A value in a sentence or on a card is placed in its section.
    """

    default_priority = 390  # after the translation of the sentences, before `exhibits.ExhibitsAndFigures`

    def apply(self, **kwargs: object) -> None:
        found = []
        for output in list(self.document.findall(nodes.container)):
            if output.get("mime_type") == values.CSV:
                section = _section(output)
                for place, *cells in values.read(output.astext())[1:]:
                    found.append([place or section, *cells])
                output.parent.remove(output)
        self.document[ATTRIBUTE] = found


def _section(node: nodes.Node) -> str:
    """The anchor of the section that a node stands in."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0]


def file_name(page: str, doctree: nodes.document | None) -> str | None:
    """The name of the file beside a page; None for a page without values."""
    return f"{page.rpartition('/')[2]}.csv" if doctree is not None and doctree.get(ATTRIBUTE) else None


def write(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Writes the file, with the mark by which a spreadsheet knows UTF-8."""
    name = file_name(page, doctree)
    if name and app.builder.name == "html":
        lines = [[_(heading) for heading in HEADINGS], *doctree[ATTRIBUTE]]
        path = (Path(app.outdir) / page).with_name(name)
        path.parent.mkdir(parents=True, exist_ok=True)  # Sphinx makes it only when it writes the page itself
        path.write_text(values.text(lines), "utf-8-sig", newline="\r\n")
