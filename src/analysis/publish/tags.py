"""Tags of a page that was made here: what must be there is there, and an attribute has the type that its name says."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

DRAWING = re.compile(r"<svg.*?</svg>|<style.*?</style>", re.DOTALL)


def parsed(html: str) -> BeautifulSoup:
    """A page or a piece of one as tags."""
    return BeautifulSoup(html, "html.parser")


def without_drawings(html: str) -> str:
    """A page or a piece of one for who looks for text or links: drawings have most of its tags, and none of these."""
    return DRAWING.sub("", html)


def one(holder: Tag, selector: str) -> Tag:
    """The first tag below ``holder`` that a CSS selector finds. Raises LookupError when there is none."""
    found = holder.select_one(selector)
    if found is None:
        raise LookupError(f"no {selector} in <{holder.name}>")
    return found


def attribute(tag: Tag, name: str) -> str:
    """An attribute of one value. Raises KeyError when the tag does not have it."""
    return str(tag[name])


def classes(tag: Tag) -> list[str]:
    """The classes of a tag, in order."""
    found = tag.get("class") or ""
    return found.split() if isinstance(found, str) else [str(name) for name in found]


def set_classes(tag: Tag, *names: str) -> None:
    """These classes and no others."""
    tag["class"] = " ".join(names)
