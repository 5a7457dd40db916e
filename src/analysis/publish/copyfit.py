"""Copyfitting: no page of a chapter is left nearly empty.

A compositor gains or loses a few lines by setting a chapter a little tighter or wider. The style sheet has a
class for each degree; this module finds the first that fills a chapter's pages well, or else the one that fills
them best. Each trial lays the chapter out, so those come first that what its pages lack asks for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from bs4 import Tag

from analysis.publish.phases import phase
from analysis.publish.tags import classes, set_classes

AS_IT_IS = "as-it-is"
TIGHT, WIDE = ("tight-1", "tight-2", "tight-3"), ("wide-1", "wide-2", "wide-3")
# how far down a last page has to be filled, of the page's height, and the others: two thirds of what the margins leave
LAST, INNER = 0.33, 0.64
LINE = 0.018  # the height of a line, of a page's: by less than that no page is too empty
GROWTH = 1.25  # by so much the widest degree stretches what stands on a page
# a part that has taken so many pages is tried no further: long texts would be laid out seven times
MOST_PAGES = 100
RULES = Path(__file__).read_text("utf-8")  # a degree that other rules chose is not remembered
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


def fit(front: Sequence[Tag], parts: Sequence[Tag], lay_out: LayOut, style: str, memory: Path) -> Document:
    """The document of ``front`` and ``parts``, each of these with the class of its degree.

    front: what stands before them and stays as it is: a leaf, so that a part without it begins on a page of the same
    side. parts: each on pages of its own; their blocks get ids, by which a document tells where they stand. lay_out:
    sets parts as pages. style: all that the pages depend on beside the parts. memory: a file that keeps the
    degrees, so that the next build tries only the parts that changed.
    """
    known: dict[str, str] = json.loads(memory.read_text("utf-8")) if memory.exists() else {}
    degrees: dict[str, str] = {}
    with phase("PDF fit"):
        for number, part in enumerate(parts):
            for place, block in enumerate(part.find_all(BLOCKS)):
                block["id"] = block.get("id") or f"block-{number}-{place}"
            key = sha256(f"{RULES}{style}{part}".encode()).hexdigest()
            degrees[key] = known.get(key) or _degree(part, lay_out)
            set_classes(part, *classes(part), degrees[key])
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(degrees, indent=1), "utf-8")
    with phase("PDF"):
        return lay_out([*front, *parts])


def _degree(part: Tag, lay_out: LayOut) -> str:
    own = classes(part)
    wants: dict[str, float] = {}
    untried, laid = [AS_IT_IS], 0
    while untried:
        degree = untried.pop(0)
        set_classes(part, *own, degree)
        filled = _filled(lay_out([part]), part)
        wants[degree] = sum(filled.lacks)
        laid += filled.pages
        if not wants[degree] or laid >= MOST_PAGES:
            break
        if degree == AS_IT_IS:
            untried = _asked_for(filled)
    set_classes(part, *own)
    return min(wants, key=lambda degree: wants[degree])


def _asked_for(filled: _Filled) -> list[str]:
    """The degrees that may help, the likely ones first: to set wide what lacks little, else to set tight.

    A chapter of one page has none before it that could take its lines.
    """
    if len(filled.heights) == 1:
        return []
    little = all(height * GROWTH > height + lack for height, lack in zip(filled.heights, filled.lacks, strict=True))
    return [*WIDE, *TIGHT] if little else [*TIGHT, *WIDE]


class _Filled(NamedTuple):
    """How well a part fills its pages. pages: their number, with the empty ones. heights: how far down each of the
    others is filled, of its height; lacks: what it lacks to be filled well."""

    pages: int
    heights: list[float]
    lacks: list[float]


def _filled(document: Document, part: Tag) -> _Filled:
    ids = {str(block["id"]) for block in part.find_all(BLOCKS)}
    heights = []
    for page in document.pages:
        bottoms = [bottom for name, (_left, _top, _right, bottom) in page.anchors.items() if name in ids]
        if bottoms:
            heights.append(max(bottoms) / page.height)
    least = [INNER] * (len(heights) - 1) + [LAST]
    lacks = [enough - height for enough, height in zip(least, heights, strict=True)]
    return _Filled(len(document.pages), heights, [lack if lack > LINE else 0.0 for lack in lacks])
