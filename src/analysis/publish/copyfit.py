"""Copyfitting: no page of a chapter is left nearly empty.

A compositor gains or loses a few lines by setting a chapter a little tighter or wider. The style sheet has a
class for each degree; this module finds the one that fills a chapter's pages best.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bs4 import Tag

DEGREES = ("tight-1", "tight-2", "tight-3", "wide-1", "wide-2")
LAST, INNER = 0.36, 0.5  # how far down a last page and the others have to be filled, of the page's height
BLOCKS = ["p", "li", "dt", "dd", "tr", "img", "h1", "h2"]

Document = Any  # of WeasyPrint, which is loaded only where its system library is known to be there


def fit(parts: Sequence[Tag], lay_out: Callable[[Sequence[Tag]], Document]) -> Document:
    """The document of ``parts``, those with a nearly empty page set a degree tighter or wider.

    parts: each on pages of its own; their blocks get ids, by which the document tells where they stand.
    lay_out: sets parts as pages. A part that no degree betters stays as it was.
    """
    for number, part in enumerate(parts):
        for place, block in enumerate(part.find_all(BLOCKS)):
            block["id"] = block.get("id") or f"block-{number}-{place}"
    document = lay_out(parts)
    bettered = [part for part in parts if _want(document, part) > 0 and _better(part, _want(document, part), lay_out)]
    return lay_out(parts) if bettered else document


def _better(part: Tag, want: float, lay_out: Callable[[Sequence[Tag]], Document]) -> bool:
    """Whether a degree was found that wants less; the part then has the class of the best."""
    classes, best = part["class"], None
    for degree in DEGREES:
        part["class"] = [*classes, degree]
        found = _want(lay_out([part]), part)
        if found < want:
            want, best = found, degree
        if want == 0:
            break
    part["class"] = [*classes, best] if best else classes
    return best is not None


def _want(document: Document, part: Tag) -> float:
    """What the pages of a part lack to be filled well, in pages; 0 when all are."""
    ids = {block["id"] for block in part.find_all(BLOCKS)}
    reached = []
    for page in document.pages:
        # an anchor is left, top, right, bottom
        bottoms = [place[3] for name, place in page.anchors.items() if name in ids]
        if bottoms:
            reached.append(max(bottoms) / page.height)
    *inner, last = reached
    return max(0.0, LAST - last) + sum(max(0.0, INNER - height) for height in inner)
