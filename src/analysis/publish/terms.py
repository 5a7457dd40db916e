"""Terms of the glossary where a page first uses them: a link to the definition, which is shown on the spot.

What is shown is the title of the link, so that it is there without a script too. A work that is cited stands on the
same page, and is shown from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.transforms.post_transforms import SphinxPostTransform

GLOSSARY = "glossary"  # the page, beside the first one
PREVIEWED = "previewed"
# what a sentence may not be broken up in
WHOLE = (nodes.reference, nodes.title, nodes.caption, nodes.literal, nodes.raw, nodes.term, nodes.math)


class Terms(SphinxPostTransform):
    """Links the first use of each term on a page, and marks the links to works."""

    default_priority = 880
    builders = ("html",)

    def run(self, **kwargs: object) -> None:
        self._show_works()
        page = self.config.root_doc.rpartition("/")[0] + "/" + GLOSSARY
        if page not in self.env.found_docs or self.env.docname == page:
            return
        known = dict(_defined(self.env.get_doctree(page)))
        address = self.app.builder.get_relative_uri(self.env.docname, page)
        for text in list(self.document.findall(nodes.Text)):
            if known and isinstance(text.parent, nodes.paragraph) and not _inside(text):
                pieces = list(_linked(str(text), known, address))
                if len(pieces) > 1:
                    text.parent.replace(text, pieces)

    def _show_works(self) -> None:
        works = {key for node in self.document.findall(nodes.list_item) for key in node["ids"]}
        for link in self.document.findall(nodes.reference):
            if link.get("refid") in works:
                link["classes"].append(PREVIEWED)


def _inside(text: nodes.Node) -> bool:
    """Whether a text stands in something that stays whole."""
    node = text.parent
    while node is not None:
        if isinstance(node, WHOLE):
            return True
        node = node.parent
    return False


def _defined(document: nodes.document) -> Iterator[tuple[str, tuple[str, str]]]:
    """The terms of the glossary in the words of prose, with anchor and definition; the longest first, as one may hold
    another."""
    found = {}
    for holder in document.findall(glossary):
        for item in holder.findall(nodes.definition_list_item):
            term, definition = item.next_node(nodes.term), item.next_node(nodes.definition)
            if term is not None and definition is not None:
                # "mu (亩)"; "projects started (开工项目); started or resumed (开复工项目)"
                name = re.split(r" ?[(;（；]", term.astext())[0].strip("“”").replace(", ", " ")
                found[name] = (str(term["ids"][0]), definition.astext())
    yield from sorted(found.items(), key=lambda item: -len(item[0]))


def _linked(words: str, known: dict[str, tuple[str, str]], address: str) -> Iterator[nodes.Node]:
    """The words, with each known term in them as a link; a term that was linked is known no more."""
    names = "|".join(rf"(?<![A-Za-z]){re.escape(name)}(?:s|es)?(?![A-Za-z])" for name in known)
    end = 0
    for match in re.finditer(names, words, re.IGNORECASE):
        name = _name(match[0], known)
        if name is None:
            continue
        anchor, definition = known.pop(name)
        yield nodes.Text(words[end : match.start()])
        yield nodes.reference(
            "", match[0], refuri=f"{address}#{anchor}", reftitle=definition, classes=[PREVIEWED, "term"], internal=True
        )
        end = match.end()
    yield nodes.Text(words[end:])


def _name(found: str, known: Mapping[str, object]) -> str | None:
    """The term that stands in a text in this form."""
    lower = found.casefold()
    return next((name for name in known if lower in (name.casefold() + ending for ending in ("", "s", "es"))), None)
