"""Copyfitting: no page of a chapter is left nearly empty.

A compositor gains or loses a few lines by setting a chapter a little tighter or wider. The style sheet has a
class for each degree; this module finds the first that fills a chapter's pages well, or else the one that fills
them best.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from bs4 import Tag

from analysis.publish.phases import phase
from analysis.publish.tags import classes, set_classes

DEGREES = ("as-it-is", "tight-1", "tight-2", "tight-3", "wide-1", "wide-2", "wide-3")
# how far down a last page has to be filled, of the page's height, and the others: two thirds of what the margins leave
LAST, INNER = 0.33, 0.64
# a part that has taken so many pages is tried no further: long texts would be laid out seven times
MOST_PAGES = 100
BLOCKS = ["p", "li", "dt", "dd", "tr", "img", "h1", "h2"]


# WeasyPrint itself is loaded only where its system library is known to be there


class Page(Protocol):
    """A page of WeasyPrint's. anchors: id -> left, top, right, bottom, in the unit of the height."""

    height: float
    anchors: Mapping[str, tuple[float, float, float, float]]


class Document(Protocol):
    """Pages that WeasyPrint has set."""

    pages: Sequence[Page]

    def write_pdf(self, target: Path, *, pdf_variant: str) -> object:
        """Writes them as a file."""


LayOut = Callable[[Sequence[Tag]], Document]


def fit(parts: Sequence[Tag], lay_out: LayOut, style: str, memory: Path) -> Document:
    """The document of ``parts``, each with the class of its degree.

    parts: each on pages of its own; their blocks get ids, by which a document tells where they stand. lay_out:
    sets parts as pages. style: all that the pages depend on beside the parts. memory: a file that keeps the
    degrees, so that the next build tries only the parts that changed.
    """
    known: dict[str, str] = json.loads(memory.read_text("utf-8")) if memory.exists() else {}
    degrees: dict[str, str] = {}
    with phase("PDF fit"):
        for number, part in enumerate(parts):
            for place, block in enumerate(part.find_all(BLOCKS)):
                block["id"] = block.get("id") or f"block-{number}-{place}"
            key = sha256(f"{style}{part}".encode()).hexdigest()
            degrees[key] = known.get(key) or _degree(part, lay_out)
            set_classes(part, *classes(part), degrees[key])
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(degrees, indent=1), "utf-8")
    with phase("PDF"):
        return lay_out(parts)


def _degree(part: Tag, lay_out: LayOut) -> str:
    own = classes(part)
    wants: dict[str, float] = {}
    laid = 0
    for degree in DEGREES:
        set_classes(part, *own, degree)
        document = lay_out([part])
        wants[degree] = _want(document, part)
        laid += len(document.pages)
        if not wants[degree] or laid >= MOST_PAGES:
            break
    set_classes(part, *own)
    return min(wants, key=lambda degree: wants[degree])


def _want(document: Document, part: Tag) -> float:
    """What the pages of a part lack to be filled well, in pages; 0 when all are."""
    ids = {str(block["id"]) for block in part.find_all(BLOCKS)}
    reached = []
    for page in document.pages:
        bottoms = [bottom for name, (_left, _top, _right, bottom) in page.anchors.items() if name in ids]
        if bottoms:
            reached.append(max(bottoms) / page.height)
    *inner, last = reached
    return max(0.0, LAST - last) + sum(max(0.0, INNER - height) for height in inner)
