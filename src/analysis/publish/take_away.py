"""What a page offers to take away: its data as CSV and its notebook as it ran.

The data are every value that the page shows, in sentences, exhibits, cards and explorers. Each of these outputs
carries its values as one more MIME type (`analysis.values`). While a page is read they are taken off its outputs
into an attribute of its document; when it is written, they become a file beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from myst_nb.sphinx_ext import OUTPUT_FOLDER
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from analysis import values, wording
from analysis.package.dataset import Dataset
from analysis.publish import notebooks
from analysis.publish.book_data import book_data
from analysis.publish.exhibits import chart_exhibit, table_exhibit
from analysis.publish.tags import attribute, one, parsed, without_drawings
from analysis.publish.uses import numbers_of_exhibits
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


class ValuesOfAnOutput:
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
    return str(node["ids"][0])


def data_name(page: str, doctree: nodes.document | None) -> str | None:
    """The name of the data beside a page; None for a page without values."""
    return f"{page.rpartition('/')[2]}.csv" if doctree is not None and doctree.get(ATTRIBUTE) else None


def notebook_name(app: Sphinx, page: str) -> str | None:
    """The name of the notebook beside a page; None for a page that is none."""
    return f"{page.rpartition('/')[2]}.ipynb" if _as_it_ran(app, page).exists() else None


def _as_it_ran(app: Sphinx, page: str) -> Path:
    """Where MyST-NB keeps a notebook with the outputs of this build: of its data and in its language."""
    return Path(app.outdir).parent.joinpath(OUTPUT_FOLDER, f"{page}.ipynb")


def values_of(doctree: nodes.document) -> list[list[str]]:
    """The values of a page, cells under HEADINGS."""
    found: list[list[str]] = doctree.get(ATTRIBUTE, [])
    return found


def places_of_exhibits(doctree: nodes.document) -> list[str]:
    """The anchors of the charts and tables of a page that show values."""
    places = {row[0] for row in values_of(doctree)}
    exhibits = (exhibit for kind in (chart_exhibit, table_exhibit) for exhibit in doctree.findall(kind))
    return [anchor for exhibit in exhibits if (anchor := str(exhibit["ids"][0])) in places]


def _named(app: Sphinx, page: str, doctree: nodes.document) -> dict[tuple[str, ...], list[str]]:
    """The values of a page as it has them, and as a reader takes them away: one row a value, places and sources by
    their names."""
    titles = _titles(doctree)
    numbers = numbers_of_exhibits(app, page)
    data = book_data()
    return {
        (place, *cells, sources): [
            numbers.get(place) or titles.get(place, place),
            *cells,
            wording.series(_figure(data, row) for row in sources.split()),
        ]
        for place, *cells, sources in values_of(doctree)
    }


def _titles(doctree: nodes.document) -> dict[str, str]:
    """What the sections of a page are called, and its cards and explorers, by their anchors."""
    sections = {
        str(section["ids"][0]): title.astext()
        for section in doctree.findall(nodes.section)
        if (title := section.next_node(nodes.title))
    }
    html = (parsed(without_drawings(raw.astext())) for raw in doctree.findall(nodes.raw))
    pieces = (piece for part in html for piece in part.select("[id]:has(h2, summary, p)"))
    return {attribute(piece, "id"): one(piece, "h2, summary, p").get_text() for piece in pieces} | sections


def _figure(data: Dataset, row: str) -> str:
    """What a row of the data is of."""
    of = data.observations.loc[row]
    return wording.commas(
        wording.name(data, of.subject), wording.indicator(data, of.indicator), wording.period(of.period)
    )


def _write_table(path: Path, lines: Iterable[Iterable[str]]) -> None:
    """With the mark by which a spreadsheet knows UTF-8."""
    path.write_text(values.text(lines), "utf-8-sig", newline="\r\n")


def write(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Writes the files: of the page and of each exhibit on it."""
    if app.builder.name != "html":
        return
    target = Path(app.outdir) / page
    target.parent.mkdir(parents=True, exist_ok=True)  # Sphinx makes it only when it writes the page itself
    if doctree is not None and (name := data_name(page, doctree)):
        heads, rows = [_(heading) for heading in HEADINGS], _named(app, page, doctree)
        _write_table(target.with_name(name), [heads, *rows.values()])
        for old in target.parent.glob(f"{target.name}.*.csv"):
            old.unlink()
        for anchor in places_of_exhibits(doctree):
            own = [row[1:] for key, row in rows.items() if key[0] == anchor]
            _write_table(target.with_name(f"{target.name}.{anchor}.csv"), [heads[1:], *own])
    if name := notebook_name(app, page):
        ran = nbformat.read(_as_it_ran(app, page), as_version=4)
        # what is no part of the page is for comparing alone, and its sentences are untranslated
        ran.cells = [cell for cell in ran.cells if "remove-cell" not in cell.metadata.get("tags", ())]
        target.with_name(name).write_text(notebooks.normal_form(ran), "utf-8")
