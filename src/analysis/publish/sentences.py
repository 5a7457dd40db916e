"""Sentences that lack a figure leave the book.

A notebook's sentence stands for any data: it names its figures by `{eval}`. Where one of them is not published, or
a condition of the sentence (`say.given`) does not hold, the sentence is left out, and the paragraph with it when no
other sentence of it holds a figure. So the prose is right whatever the data lack, in every language.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import SphinxTransform

from analysis import wording

FIGURE, MISSING, GIVEN = "traced", "missing", "given"


class SentencesWithoutGaps(SphinxTransform):
    """Leaves out each sentence in which something is missing, and each cell and section that has nothing left.

    It runs after the outputs of `{eval}` have become document nodes (priority 400), in translations too.
    """

    default_priority = 410

    def apply(self, **kwargs: object) -> None:
        if self.app.builder.name == "gettext":
            return  # every sentence is translated, whatever the data
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if _marks(paragraph, MISSING):
                _leave_out(paragraph)
        self._without_empty_parts()
        for kind in (FIGURE, MISSING, GIVEN):
            for mark in _marks(self.document, kind):
                # a link stays, the marks around words have done their work
                if isinstance(mark, nodes.inline):
                    mark.parent.replace(mark, list(mark.children) if kind == FIGURE else [])

    def _without_empty_parts(self) -> None:
        for cell in list(self.document.findall(nodes.container)):
            if "cell" in cell["classes"] and _outputs(cell) and _says_nothing(cell):
                cell.parent.remove(cell)
        for section in list(self.document.findall(nodes.section)):
            if section.parent is not self.document and all(map(_says_nothing, section)):
                section.parent.remove(section)


def _says_nothing(node: nodes.Node) -> bool:
    """Whether a part of a section is its title, or a cell of which no output is left."""
    if isinstance(node, nodes.title | nodes.target | nodes.comment | nodes.system_message):
        return True
    if not isinstance(node, nodes.container) or "cell" not in node.get("classes", ()):
        return False
    return not any(part.astext().strip() or list(part.findall(nodes.raw)) for part in _outputs(node))


def _outputs(cell: nodes.Element) -> list[nodes.Element]:
    return [part for part in cell.findall(nodes.container) if "cell_output" in part["classes"]]


def _marks(node: nodes.Node, kind: str) -> list[nodes.Element]:
    return [element for element in node.findall(nodes.Element) if kind in element.get("classes", ())]


def _leave_out(paragraph: nodes.paragraph) -> None:
    """Drops the sentences with gaps, then whatever they leave empty: the paragraph, its list item, its list."""
    kept = [sentence for sentence in sentences(paragraph) if not any(_marks(node, MISSING) for node in sentence)]
    if any(_marks(node, FIGURE) for sentence in kept for node in sentence):
        paragraph.children = []
        for sentence in kept:
            paragraph.extend(sentence)
        return
    empty: nodes.Element = paragraph
    while len(empty.parent) == 1 and isinstance(empty.parent, nodes.list_item | nodes.bullet_list):
        empty = empty.parent
    empty.parent.remove(empty)


def sentences(paragraph: nodes.paragraph) -> list[list[nodes.Node]]:
    """The nodes of a paragraph, a list for each sentence. A sentence may end inside bold type, but does not begin
    there unless the bold type holds all of it."""
    found: list[list[nodes.Node]] = [[]]
    for node in paragraph.children:
        pieces = map(nodes.Text, wording.sentences(node)) if isinstance(node, nodes.Text) else [node]
        for piece in pieces:
            found[-1].append(piece)
            # a figure such as "c. 5" ends no sentence
            if not _marks(piece, FIGURE) and wording.ends_sentence(piece.astext()):
                found.append([])
    return [sentence for sentence in found if sentence]
