"""The PDF: the whole book as one page, set by WeasyPrint with a style sheet of its own."""

from __future__ import annotations

import base64
import datetime
import logging
import re
from collections.abc import Sequence
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from analysis.publish import copyfit, typefaces
from analysis.publish.chinese_setting import compose
from analysis.publish.front_matter import Book, contents, cover, head, imprint
from analysis.wording import _, columns

VARIANT = "pdf/ua-1"
# a cell, a figure or the head of a column of so many letters, half as many Chinese characters, is not broken
SHORT, SHORT_HEAD = 18, 5
PAPER = 0.76  # size of a formula on paper against the screen
PANGO = (
    "the PDF needs the Pango library: install libpango-1.0-0 libpangoft2-1.0-0 (Debian, Ubuntu), "
    "pango (Homebrew), or the GTK runtime (Windows)"
)


class PangoMissing(Exception):
    """WeasyPrint cannot load the system library that it needs; str() says what to install."""


def available() -> None:
    """Raises PangoMissing when WeasyPrint cannot be loaded."""
    try:
        import weasyprint  # noqa: F401 (loads the system's Pango)
    except OSError:
        raise PangoMissing(PANGO) from None


def write(page: Path, target: Path, book: Book, *, style: Path, work: Path, log: Path) -> None:
    """Set the single HTML ``page`` as a PDF at ``target``.

    book: what cover, imprint and metadata say. style: the print style sheet; the faces are added here, as they
    lie inside installed packages. work: a folder that lasts from build to build. log: where the libraries'
    remarks are added.
    Raises PangoMissing.
    """
    available()
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    _log_into(log)
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    body = soup.find("article", class_="body")
    _for_paper(soup, body)
    chapters = _chapters(soup, body)
    front = BeautifulSoup(cover(book, body.select(".key-figures .card")) + imprint(book), "html.parser")
    parts = [contents(soup, chapters), *chapters]
    if book.language.startswith("zh"):
        for part in (front, *parts):
            compose(soup, part)

    fonts = FontConfiguration()
    text = "".join(part.get_text() for part in (front, *parts))
    faces = typefaces.style_sheet(text, work / "fonts")
    sheets = [weasyprint.CSS(string=faces, font_config=fonts), weasyprint.CSS(filename=str(style), font_config=fonts)]
    images: dict = {}  # parsed once, however often the pages are laid out

    def lay_out(some: Sequence[Tag]) -> weasyprint.Document:
        html = (
            f'<!doctype html><html lang="{book.language}">{head(book)}<body>'
            f"{front}{''.join(map(str, some))}</body></html>"
        )
        document = weasyprint.HTML(string=html, base_url=page.parent.as_uri() + "/")
        return document.render(font_config=fonts, stylesheets=sheets, pdf_variant=VARIANT, cache=images)

    look = faces + style.read_text("utf-8")
    copyfit.fit(parts, lay_out, look, work / "copyfit.json").write_pdf(target, pdf_variant=VARIANT)


def _log_into(log: Path) -> None:
    """What the libraries remark goes into the log, not onto the terminal."""
    handler = logging.FileHandler(log, encoding="utf-8")
    for name in ("weasyprint", "fontTools"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.propagate = False


def _for_paper(soup: BeautifulSoup, body: Tag) -> None:
    """Leaves out what paper has no use for, and gives the rest the form that the style sheet expects."""
    for tag in body.select(".cell_input, details.code, a.headerlink, .toctree-wrapper > p.caption, script, svg.narrow"):
        tag.decompose()
    # what there is to download is beside the page, not in it: a list of it goes with its section
    for link in body.select("a.download"):
        if not link.decomposed:
            link.find_parent("section" if link.find_parent("li") else "p").decompose()
    _keep_inner_links(body)
    _print_figures(soup, body)
    for words in body.select("td, th, a"):
        limit = SHORT_HEAD if words.find_parent("thead") else SHORT
        if columns(words.get_text()) <= limit:
            words["class"] = [*words.get("class", []), "short"]


def _chapters(soup: BeautifulSoup, body: Tag) -> list[Tag]:
    """The chapters side by side, each a section whose heading is an h1.

    Sphinx nests them below the first page, a level lower, each behind an anchor of its own.
    """
    first = body.section
    chapters = []
    for section in body.select(".toctree-wrapper > section"):
        for level in (2, 3, 4):
            for heading in section.find_all(f"h{level}"):
                if not heading.find_parent(class_="card"):
                    heading.name = f"h{level - 1}"
        # outside the section it would take a line, and that line a page
        anchor = section.find_previous_sibling("span", id=True)
        section["class"] = ["chapter", anchor["id"].rpartition("/")[2]]
        section.h1.insert(0, anchor.extract())
        chapters.append(section.extract())
    for wrapper in body.select(".toctree-wrapper"):
        wrapper.decompose()
    # the cover has the title of the book already
    first.h1.string = _("Overview")
    first["class"] = ["chapter", "overview"]
    return [first, *chapters]


def _keep_inner_links(body: Tag) -> None:
    """Links lead to places of this document or to other hosts; those to files beside the page become text."""
    ids = {tag["id"] for tag in body.find_all(id=True)}
    for link in body.find_all("a", href=True):
        _page, _sep, fragment = link["href"].partition("#")
        if fragment in ids:
            link["href"] = f"#{fragment}"
        elif not link["href"].startswith(("http:", "https:")):
            link.unwrap()


def _print_figures(soup: BeautifulSoup, body: Tag) -> None:
    """Inline SVG as an image with alt text: that is what is tagged as a figure in the PDF."""
    for svg in body.find_all("svg"):
        if svg.find_parent("svg"):
            continue
        inline = svg.find_parent(class_="formula")
        text = str(svg).replace("currentColor", "#111111")
        # html.parser lower-cases attribute names; SVG is case-sensitive in this one
        text = (
            text.replace("viewbox=", "viewBox=").replace("<clippath", "<clipPath").replace("</clippath", "</clipPath")
        )
        if "xmlns=" not in text.split(">", 1)[0]:
            text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        image = soup.new_tag("img")
        image["alt"] = svg.get("aria-label", "")
        image["src"] = "data:image/svg+xml;base64," + base64.b64encode(_without_variables(text).encode()).decode()
        image["class"] = "inline" if inline else "drawing"
        if inline:
            # formulas are drawn for the screen's text size; paper's is smaller
            shift = re.search(r"-?[\d.]+", svg.get("style", "") or "0")
            image["style"] = (
                f"width:{float(svg['width']) * PAPER:.2f}px;height:{float(svg['height']) * PAPER:.2f}px;"
                f"vertical-align:{float(shift.group()) * PAPER:.2f}px"
            )
        svg.replace_with(image)


def _without_variables(svg: str) -> str:
    """Custom properties replaced by their fallback, the colour on paper."""
    return re.sub(r"var\(--[\w-]+,\s*(#[0-9a-f]{6})\)", r"\1", svg)


def created(epoch: int) -> str:
    """The date of a build from its epoch, as the imprint has it."""
    return datetime.datetime.fromtimestamp(epoch, datetime.UTC).date().isoformat()
