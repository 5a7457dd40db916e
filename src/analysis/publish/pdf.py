"""The PDF: the whole book as one page, set by WeasyPrint with a style sheet of its own."""

from __future__ import annotations

import base64
import datetime
import logging
import re
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib.metadata import version
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from analysis.publish import copyfit, still, typefaces
from analysis.publish.chinese_setting import compose
from analysis.publish.drawings import drawing
from analysis.publish.front_matter import Book, contents, cover_and_imprint
from analysis.publish.phases import phase
from analysis.publish.tags import attribute, classes, one, parsed, set_classes
from analysis.publish.whole_pages import whole_page
from analysis.wording import _, columns

VARIANT = "pdf/ua-1"
# a cell, a figure or the head of a column of so many letters, half as many Chinese characters, is not broken
SHORT, SHORT_HEAD = 18, 5
# a word that a cell may break anywhere, or it would push its table off the paper
UNBROKEN = re.compile(r"[^\s⺀-\uffef]{31,}")
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
        with redirect_stdout(None):  # a banner of many lines, for each edition
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
    _log_into(log)
    front, *parts = _parts(page, book)
    faces = typefaces.style_sheet("".join(part.get_text() for part in (front, *parts)), work / "fonts")
    lay_out = _press(book, base=page.parent, faces=faces, style=style)
    look = version("weasyprint") + faces + style.read_text("utf-8")
    document = copyfit.fit([front], parts, lay_out, look, work / "copyfit.json")
    with phase("PDF"):
        document.write_pdf(target, pdf_variant=VARIANT)


def _parts(page: Path, book: Book) -> list[Tag]:
    """Cover and imprint as one part, the contents, and the chapters, in the form for paper."""
    soup = parsed(page.read_text("utf-8"))
    body = one(soup, "article.body")
    _for_paper(soup, body)
    chapters = chapters_of(body)
    parts = [cover_and_imprint(book, body.select(".key-figures .card")), contents(chapters), *chapters]
    if book.language.startswith("zh"):
        for part in parts:
            compose(soup, part)
    return parts


def _press(book: Book, *, base: Path, faces: str, style: Path) -> copyfit.LayOut:
    """What sets parts of the book as pages; addresses in them start at ``base``."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheets = [weasyprint.CSS(string=faces, font_config=fonts), weasyprint.CSS(filename=str(style), font_config=fonts)]
    images: dict[str, object] = {}  # parsed once, however often the pages are laid out

    def lay_out(some: Sequence[Tag]) -> copyfit.Document:
        html = whole_page("paper", book=book, parts=[Markup(str(part)) for part in some])
        page = weasyprint.HTML(string=html, base_url=base.as_uri() + "/")
        document: copyfit.Document = page.render(
            font_config=fonts, stylesheets=sheets, pdf_variant=VARIANT, cache=images
        )
        return document

    return lay_out


def _log_into(log: Path) -> None:
    """What the libraries remark goes into the log, not onto the terminal."""
    handler = logging.FileHandler(log, encoding="utf-8")
    for name in ("weasyprint", "fontTools"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.propagate = False


def _for_paper(soup: BeautifulSoup, body: Tag) -> None:
    """Leaves out what paper has no use for, and gives the rest the form that the style sheet expects."""
    still.leave_out(body, "details:not(.used)", "svg.narrow")
    keep_inner_links(body)
    for svg in body.select("svg:not(svg svg)"):
        svg.replace_with(_picture(soup, svg))
    for words in body.select("td, th, a, .card p"):
        limit = SHORT_HEAD if words.find_parent("thead") else SHORT
        if UNBROKEN.search(words.get_text()):
            set_classes(words, *classes(words), "unbroken")
        elif words.name != "p" and columns(words.get_text()) <= limit:
            set_classes(words, *classes(words), "short")


def chapters_of(body: Tag) -> list[Tag]:
    """The chapters side by side, each a section whose heading is an h1.

    Sphinx nests them below the first page, a level lower, each behind an anchor of its own.
    """
    first = one(body, "section")
    chapters = [_chapter(section) for section in body.select(".toctree-wrapper > section")]
    for wrapper in body.select(".toctree-wrapper"):
        wrapper.decompose()
    # the cover has the title of the book already
    one(first, "h1").string = _("Overview")
    set_classes(first, "chapter", "overview")
    return [first, *chapters]


def _chapter(section: Tag) -> Tag:
    """The section of a chapter, taken out of the page."""
    for level in (2, 3, 4):
        for heading in section.select(f"h{level}"):
            if not heading.find_parent(class_="card"):
                heading.name = f"h{level - 1}"
    anchor = section.find_previous_sibling("span", id=True)
    if not isinstance(anchor, Tag):
        raise LookupError(f"no anchor before the chapter “{one(section, 'h1').get_text()}”")
    set_classes(section, "chapter", attribute(anchor, "id").rpartition("/")[2])
    # outside the section it would take a line, and that line a page
    one(section, "h1").insert(0, anchor.extract())
    section.extract()
    return section


def keep_inner_links(body: Tag) -> None:
    """Links lead to places of this document or to other hosts; those to files beside the page become text."""
    ids = {tag["id"] for tag in body.select("[id]")}
    for link in body.select("a[href]"):
        address = attribute(link, "href")
        _page, _sep, fragment = address.partition("#")
        if fragment in ids:
            link["href"] = f"#{fragment}"
        elif not address.startswith(("http:", "https:")):
            link.unwrap()


def _picture(soup: BeautifulSoup, svg: Tag) -> Tag:
    """Inline SVG as an image with alt text: that is what is tagged as a figure in the PDF."""
    image = soup.new_tag("img", attrs={"alt": str(svg.get("aria-label", "")), "class": "drawing"})
    if svg.find_parent(class_="formula"):
        image["class"] = "inline"
        # formulas are drawn for the screen's text size; paper's is smaller
        found = re.search(r"-?[\d.]+", str(svg.get("style", "")))
        sizes = {"width": attribute(svg, "width"), "height": attribute(svg, "height")}
        sizes["vertical-align"] = found.group() if found else "0"
        image["style"] = ";".join(f"{name}:{float(size) * PAPER:.2f}px" for name, size in sizes.items())
    image["src"] = "data:image/svg+xml;base64," + base64.b64encode(drawing(svg).encode()).decode()
    return image


def created(epoch: int) -> str:
    """The date of a build from its epoch, as the imprint has it."""
    return datetime.datetime.fromtimestamp(epoch, datetime.UTC).date().isoformat()
