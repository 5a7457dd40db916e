"""What lies at the root of a site and of its editions: entrances, the page for what is not found, the sitemap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis import wording
from analysis.package.dataset import Dataset
from analysis.publish.whole_pages import whole_page
from analysis.wording import N_

MISSING = {
    "title": N_("There is no such page"),
    "text": N_("Its address may have a slip, or the page is no longer in the book."),
    "first": N_("To the first page"),
    "search": N_("Search"),
}


def write(site: Path, data: Dataset, editions: Sequence[str], base: str) -> None:
    """Write them. base: the address of the site, empty where none is set; a sitemap is nothing without it."""
    (site / "index.html").write_text(entrance(data, editions), "utf-8")
    (site / "404.html").write_text(missing(data, editions, base), "utf-8")
    for code in editions:  # in place of one without a title
        leads = whole_page("edition", tag=wording.tag(code), title=wording.book(data, "title", code))
        (site / code / "index.html").write_text(leads, "utf-8")
    if base:
        (site / "sitemap.xml").write_text(sitemap(site, editions, base), "utf-8")


def entrance(data: Dataset, editions: Sequence[str]) -> str:
    """The page that leads from the site's root to the editions, by itself to that of the browser's language."""
    return whole_page(
        "entrance",
        title=_titles(data, editions),
        editions=[
            {"tag": wording.tag(code), "name": wording.NAMES[code], "href": f"{code}/book/index.html"}
            for code in editions
        ],
        codes=sorted(editions),
    )


def missing(data: Dataset, editions: Sequence[str], base: str) -> str:
    """The page that a server shows for an address that does not exist, in the languages of all editions."""
    words = [{key: wording.in_edition(code, text) for key, text in MISSING.items()} for code in editions]
    return whole_page(
        "404",
        title=_titles(data, editions),
        base=base,
        codes=sorted(editions),
        editions=[{**said, "tag": wording.tag(code), "code": code} for code, said in zip(editions, words, strict=True)],
    )


def sitemap(site: Path, editions: Sequence[str], base: str) -> str:
    """All chapters for search engines, each with the same one in the other editions."""
    names = sorted({path.name for code in editions for path in (site / code / "book").glob("*.html")})
    found = {name: [code for code in editions if (site / code / "book" / name).exists()] for name in names}
    pages = [
        [{"tag": wording.tag(code), "href": f"{base}{code}/book/{name}"} for code in codes]
        for name, codes in found.items()
    ]
    return whole_page("sitemap.xml", pages=pages)


def _titles(data: Dataset, editions: Sequence[str]) -> str:
    return " · ".join(wording.book(data, "title", code) for code in editions)
