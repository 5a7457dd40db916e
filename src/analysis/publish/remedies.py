"""The directive `{faults}`: every kind of fault and of warning with its example and remedy, from their one table."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.package.faults import Kind, kinds
from analysis.wording import N_, _, language

SECTIONS = {"F": N_("Faults, which stop the build"), "W": N_("Warnings, which ask for a second look")}


class FaultsAndRemedies(SphinxDirective):
    """Prints the kinds in two sections, each with its code as its anchor."""

    def run(self) -> list[nodes.Node]:
        """A section of the faults and one of the warnings, both off the paper."""
        return [self._section(letter, title) for letter, title in SECTIONS.items()]

    def _section(self, letter: str, title: str) -> nodes.section:
        items = [_item(kind) for kind in kinds().values() if kind.code.startswith(letter)]
        section = nodes.section(
            "", nodes.title("", _(title), translatable=False), nodes.definition_list("", *items, classes=["faults"])
        )
        section["ids"], section["on_screen"] = [f"kinds-{letter.lower()}"], True
        self.state.document.note_explicit_target(section)
        return section


def _item(kind: Kind) -> nodes.definition_list_item:
    chinese = language() == "zh"
    term = nodes.term("", "", nodes.literal("", f"{kind.code} {kind.slug}"), ids=[kind.code])
    example = nodes.paragraph("", _("Example: "), nodes.literal("", kind.example))
    said = (kind.meaning_zh, kind.remedy_zh) if chinese else (kind.meaning_en, kind.remedy_en)
    texts = (said[0], _("What to do: ") + said[1])
    meaning, remedy = (nodes.paragraph("", "", *_inline(text + ("。" if chinese else "."))) for text in texts)
    return nodes.definition_list_item("", term, nodes.definition("", meaning, example, remedy))


def _inline(text: str) -> Iterator[nodes.Node]:
    """A text of the table, with what stands between backticks as code."""
    for place, piece in enumerate(text.split("`")):
        yield nodes.literal("", piece) if place % 2 else nodes.Text(piece)


def setup(app: Sphinx) -> None:
    """Registers the directive; part of the book's extension."""
    app.add_directive("faults", FaultsAndRemedies)
