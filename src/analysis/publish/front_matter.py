"""What stands before the chapters of the PDF: cover, imprint, contents, lists of figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

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

    language: BCP 47. edition: its name. date: of the build, ISO 8601. as_of: what the data cover, in words.
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


def head(book: Book) -> str:
    """The document's head, from which the PDF takes its metadata."""
    return str(
        Markup(
            '<head><meta charset="utf-8"><title>{title}</title><meta name="author" content="{author}">'
            '<meta name="description" content="{subtitle}"><meta name="keywords" content="{keywords}">'
            '<meta name="dcterms.created" content="{date}"></head>'
        ).format(**{**vars(book), "keywords": ", ".join(book.keywords)})
    )


def cover(book: Book, key_figures: Sequence[Tag]) -> str:
    """The cover: title, the shares as stripes over the page, and those key figures that are no shares.

    key_figures: the cards of the overview.
    """
    # the parts of a title that a comma ends stand on lines of their own
    lines = Markup("").join(Markup("<span>{}</span>").format(part) for part in re.split(r"(?<=[，、,])", book.title))
    stripes = Markup("").join(
        Markup(
            '<li><span class="bar" style="width:{:.2f}%"></span>'
            '<p><span class="value">{}</span> {} <span class="period">{}</span></p></li>'
        ).format(100 * stripe.part, stripe.value, stripe.label, stripe.period)
        for stripe in book.stripes
    )
    shares = [stripe.label for stripe in book.stripes]
    others = [card for card in key_figures if card.find(class_="label").get_text() not in shares]
    cards = Markup("").join(
        Markup('<div><p class="value">{}</p><p class="label">{}</p><p class="period">{}</p></div>').format(
            *(card.find(class_=part).get_text() for part in ("value", "label", "period"))
        )
        for card in others
    )
    return str(
        Markup(
            '<section class="cover"><div class="panel"><p class="book-title">{}</p><p class="subtitle">{}</p>{}</div>'
            '<div class="cover-figures">{}</div><p class="cover-foot">{}<span>{}</span></p></section>'
        ).format(
            lines,
            book.subtitle,
            Markup('<p class="stripes-title">{}</p><ul class="stripes">{}</ul>').format(
                _("What the zones hold of the whole city"), stripes
            )
            if stripes
            else "",
            cards,
            book.as_of,
            book.edition,
        )
    )


def imprint(book: Book) -> str:
    """The page behind the cover."""
    lines = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*line) for line in book.imprint.items())
    return str(
        Markup('<section class="imprint"><p class="imprint-title">{}</p><p>{}</p><dl>{}</dl></section>').format(
            book.title, book.subtitle, lines
        )
    )


def contents(soup: BeautifulSoup, chapters: Sequence[Tag]) -> Tag:
    """Chapters and their sections, then the figures and the tables; all with links."""
    nav = soup.new_tag("nav", id="contents", attrs={"class": "contents", "aria-label": _("Contents")})
    nav.append(_heading(soup, "h1", _("Contents")))
    nav.append(_chapters(soup, chapters))
    for kind, title in (("chart", _("List of figures")), ("table", _("List of tables"))):
        exhibits = [figure for chapter in chapters for figure in chapter.find_all("figure", class_=kind)]
        if exhibits:
            nav.extend(_exhibits(soup, title, exhibits))
    return nav


def _chapters(soup: BeautifulSoup, chapters: Sequence[Tag]) -> Tag:
    listing = soup.new_tag("ol")
    for chapter in chapters:
        item = _entry(soup, chapter.h1)
        sections = chapter.find_all("h2")
        if sections:
            item.append(soup.new_tag("ol"))
            item.ol.extend([_entry(soup, heading) for heading in sections])
        listing.append(item)
    return listing


def _entry(soup: BeautifulSoup, heading: Tag) -> Tag:
    item, link = soup.new_tag("li"), soup.new_tag("a")
    link["href"] = "#" + heading.find_parent("section")["id"]
    link.string = heading.get_text()
    item.append(link)
    return item


def _exhibits(soup: BeautifulSoup, title: str, figures: Sequence[Tag]) -> Iterator[Tag]:
    yield _heading(soup, "h2", title)
    listing = soup.new_tag("ol", attrs={"class": "exhibits"})
    for figure in figures:
        item, link = soup.new_tag("li"), soup.new_tag("a", href=f"#{figure['id']}")
        link.string = " ".join(figure.figcaption.get_text().split())
        item.append(link)
        listing.append(item)
    yield listing


def _heading(soup: BeautifulSoup, level: str, text: str) -> Tag:
    heading = soup.new_tag(level)
    heading.string = text
    return heading
