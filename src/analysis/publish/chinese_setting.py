"""Chinese as a typesetter sets it, where the PDF's engine does not do it by itself.

Browsers have properties for both (text-autospace, text-spacing-trim). Neither changes the text that a reader
copies or searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

BLOCKS = ["p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "figcaption"]
HAN = r"[\u3400-\u9fff]"
LATIN = r"[A-Za-z0-9%]"
BESIDE = re.compile(f"(?<={HAN})(?={LATIN})|(?<={LATIN})(?={HAN})")
OPENING, CLOSING = "（《〈「『【“‘", "，。、；：！？）》〉」』】”’"
# of two marks that meet, the blank half of one goes: the first's when it closes, the second's when both open
MEETING = re.compile(f"[{CLOSING}](?=[{OPENING}{CLOSING}])|(?<=[{OPENING}])[{OPENING}]")


def compose(soup: BeautifulSoup, body: Tag) -> None:
    """A little room between Chinese and Latin characters, and none between two marks."""
    for block in body.find_all(BLOCKS):
        strings = [s for s in block.find_all(string=True) if s.find_parent(BLOCKS) is block and s.strip()]
        for before, string in zip(["", *strings], strings, strict=False):
            string.replace_with(*_composed(soup, before[-1:], string))


def _composed(soup: BeautifulSoup, before: str, string: NavigableString) -> Iterator[str | Tag]:
    """The parts of a string that follows the character ``before`` in its line."""
    text = before + string
    cuts = {found.start(): "gap" for found in BESIDE.finditer(text)}
    cuts |= {found.start(): "half" for found in MEETING.finditer(text) if found.start() >= len(before)}
    start = len(before)
    for at, kind in sorted(cuts.items()):
        yield text[start:at]
        mark = soup.new_tag("span", attrs={"class": kind})
        start = at
        if kind == "half":
            mark.string = text[at]
            start += 1
        yield mark
    yield text[start:]
