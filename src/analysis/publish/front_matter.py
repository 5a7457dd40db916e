"""What stands before the chapters of the PDF: cover, imprint, contents, lists of figures and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bs4 import Tag

from analysis.publish.tags import attribute, one, parsed
from analysis.publish.whole_pages import whole_page
from analysis.wording import _


@dataclass(frozen=True)
class Stripe:
    """One share on the cover: ``part`` of the page's width (0 to 1), and what is printed on it."""

    part: float
    value: str
    label: str
    period: str


@dataclass(frozen=True)
class Book:
    """What cover, imprint and metadata say.

    language: BCP 47. edition: its name. date: of the build, ISO 8601, empty where
    none is known. as_of: what the data cover, in words.
    imprint: label -> text, in order. stripes: shares drawn on the cover.
    """

    language: str
    title: str
    subtitle: str
    author: str
    edition: str
    date: str
    as_of: str
    imprint: dict[str, str]
    keywords: Sequence[str] = ()
    stripes: Sequence[Stripe] = ()


class Entry(NamedTuple):
    """A line of the contents: where it leads, and what it says."""

    anchor: str
    title: str


def cover_and_imprint(book: Book, key_figures: Sequence[Tag]) -> Tag:
    """The cover, with title, the shares as stripes over the page and the other key figures; the page behind it.

    key_figures: the cards of the overview, of which the cover shows those that are no shares.
    """
    cards = [{part: one(card, f".{part}").get_text() for part in ("value", "label", "period")} for card in key_figures]
    shares = [stripe.label for stripe in book.stripes]
    return parsed(
        whole_page(
            "front-matter",
            book=book,
            # the parts of a title that a comma ends stand on lines of their own
            lines=re.split(r"(?<=[，、,])", book.title),
            cards=[card for card in cards if card["label"] not in shares],
        )
    )


def contents(chapters: Sequence[Tag]) -> Tag:
    """Chapters and their sections, then the figures and the tables; all with links."""
    lists = [
        (title, [_exhibit(figure) for chapter in chapters for figure in chapter.find_all("figure", class_=kind)])
        for kind, title in (("chart", _("List of figures")), ("table", _("List of tables")))
    ]
    page = whole_page(
        "contents",
        chapters=[(_heading(one(chapter, "h1")), list(map(_heading, chapter.select("h2")))) for chapter in chapters],
        lists=[(title, exhibits) for title, exhibits in lists if exhibits],
    )
    return one(parsed(page), "nav")


def _heading(heading: Tag) -> Entry:
    section = heading.find_parent("section")
    if section is None:
        raise LookupError(f"the heading “{heading.get_text()}” stands in no section")
    return Entry(attribute(section, "id"), heading.get_text())


def _exhibit(figure: Tag) -> Entry:
    return Entry(attribute(figure, "id"), " ".join(one(figure, "figcaption").get_text().split()))
