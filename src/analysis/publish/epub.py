"""The EPUB: Sphinx' builder on the document trees of the pages, with templates and a style sheet of its own.

Readers of books know neither CSS variables nor scripts: charts are files in the colours of paper, explorers stand as
printed, folds are open.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders._epub_base import NavPoint
from sphinx.builders.epub3 import Epub3Builder

from analysis import wording
from analysis.analyses import city
from analysis.package.dataset import Dataset
from analysis.publish import packing, still, typefaces
from analysis.publish.book_data import book_data
from analysis.publish.drawings import dots, drawing
from analysis.publish.tags import attribute, classes, parsed, set_classes
from analysis.publish.whole_pages import whole_page
from analysis.wording import _, columns

TEMPLATES = "book/_templates/epub"
STYLE, COVER = "_static/epub.css", "_static/cover.png"
SVG = "image/svg+xml"
LETTER = 17  # the size that formulas are drawn for
SHORT = 10  # columns of a cell that is not broken
COVER_WIDTH, STRIPES = 1200, 6  # dots across; shares that it has room for
OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
ACCESS = {
    "schema:accessMode": ("textual", "visual"),
    "schema:accessModeSufficient": ("textual",),
    "schema:accessibilityFeature": ("alternativeText", "structuralNavigation", "tableOfContents"),
    "schema:accessibilityHazard": ("none",),
}


def configuration(data: Dataset) -> dict[str, object]:
    """What Sphinx has to know. All builders of an edition are told it, or its trees would be read anew for each."""
    author = _("The authors of the book")
    name = f"{data.descriptor['name']}-{wording.language()}"
    return {
        "version": version("chaoyang-zones"),
        "epub_basename": name,
        "epub_title": wording.book(data, "title"),
        "epub_description": wording.book(data, "subtitle"),
        "epub_author": author,
        "epub_contributor": author,
        "epub_publisher": author,
        "epub_copyright": _("Code: MIT. Text and data: CC BY 4.0"),
        "epub_language": wording.tag(),
        "epub_identifier": uuid.uuid5(uuid.NAMESPACE_URL, name).urn,
        "epub_uid": "book",
        "epub_cover": (COVER, "cover.html"),
        "epub_tocscope": "includehidden",
        "epub_tocdepth": 2,
        "epub_tocdup": False,
        "epub_use_index": False,
        "epub_show_urls": "no",
    }


class Epub(Epub3Builder):
    """Sphinx' builder, of the same bytes each time, and with nothing of the site in it."""

    def init(self) -> None:
        """Called by Sphinx before anything is written."""
        super().init()
        self.guide_titles = {"toc": _("Contents"), "cover": _("Cover")}

    def copy_static_files(self) -> None:
        """Nothing of a theme: the style sheet and the cover are written with the list of files."""

    def build_content(self) -> None:
        """Style sheet, cover, and the list of files with what is known of the book."""
        for name in (STYLE, COVER):
            Path(self.outdir, name).parent.mkdir(exist_ok=True)
        Path(self.outdir, STYLE).write_bytes(Path(self.srcdir, TEMPLATES, "epub.css").read_bytes())
        Path(self.outdir, COVER).write_bytes(cover(book_data()))
        super().build_content()
        _complete(Path(self.outdir, "content.opf"))

    def toc_metadata(self, level: int, navpoints: list[NavPoint]) -> dict[str, Any]:
        """What the older list of contents says: the book's number, as the newer one has it."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def build_epub(self) -> None:
        """The zip of all of it."""
        names = ("mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files)
        files = {name: Path(self.outdir, name).read_bytes() for name in names}
        packing.pack(Path(self.outdir, f"{self.config.epub_basename}.epub"), files, _epoch())


def _epoch() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH", 0))


def _complete(file: Path) -> None:
    """Which picture is the cover, and for whom the book can be read; without the date of a book that has none."""
    for prefix, space in (("", OPF), ("dc", DC)):
        ElementTree.register_namespace(prefix, space)
    tree = ElementTree.parse(file)
    for item in tree.iter(f"{{{OPF}}}item"):
        if item.get("href") == COVER:
            item.set("properties", "cover-image")
    about = next(tree.iter(f"{{{OPF}}}metadata"))
    summary = _("What a chart shows also stands in words.")
    for name, values in (*ACCESS.items(), ("schema:accessibilitySummary", (summary,))):
        for value in values:
            ElementTree.SubElement(about, f"{{{OPF}}}meta", property=name).text = value
    if not _epoch():
        about.remove(next(tree.iter(f"{{{DC}}}date")))
    tree.write(file, encoding="utf-8", xml_declaration=True)


def cover(data: Dataset) -> bytes:
    """The cover as a picture: title, and the zones' shares of their city as stripes."""
    # the parts of a title that a comma ends stand on lines of their own
    lines = re.split(r"(?<=[，、,])", wording.book(data, "title"))
    shares = city.city_shares(data).dropna(subset="share")
    svg = whole_page(
        "epub/cover-picture",
        lines=[line.strip() for line in lines],
        size=min(120, 1900 / max(columns(line) for line in lines)),
        subtitle=_broken(wording.book(data, "subtitle"), 46),
        stripes=[
            (float(share.low or share.high or 0) / 100, wording.text(share), wording.indicator(data, str(key)))
            for key, share in shares["share"][:STRIPES].items()
        ],
        foot=(wording.labelled(_("Data as of"), wording.as_of(data)), _("English edition")),
    )
    faces = tuple(str(typefaces.REGULAR / f"Noto{kind}SC-Regular.otf") for kind in ("Sans", "Serif"))
    return dots(str(svg), COVER_WIDTH, faces=faces)


def _broken(text: str, width: int) -> list[str]:
    """A text in lines of so many columns: between words, and between Chinese characters."""
    lines = [""]
    for piece in re.findall(r"[⺀-\uffef]|[^\s⺀-\uffef]+\s*", text):
        if columns(lines[-1] + piece.rstrip()) > width and piece not in "，。、；：）":
            lines.append("")
        lines[-1] += piece
    return lines


def set_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Makes of the body of a page one for readers of books."""
    if app.builder.name != "epub":
        return
    soup = parsed(str(context["body"]))
    still.leave_out(soup)
    still.unfold(soup, soup)
    for svg in soup.select("svg:not(svg svg, .narrow)"):
        narrow = svg.find_next_sibling("svg", class_="narrow")
        image = _image(soup, svg)
        image["src"] = _file(svg, app, page)
        svg.replace_with(_either(soup, image, _file(narrow.extract(), app, page)) if narrow else image)
    for cell in soup.select("td, th"):
        if columns(cell.get_text()) <= SHORT:
            set_classes(cell, *classes(cell), "short")
    for link in soup.select("a[href]"):
        _lead(link)
    context["body"] = Markup(soup.decode(formatter="minimal"))


def _file(svg: Tag, app: Sphinx, page: str) -> str:
    """Writes a drawing into a file that is named by what it holds, and returns its address from a page."""
    text = drawing(svg).encode()
    name = f"drawings/{hashlib.sha256(text).hexdigest()[:16]}.svg"
    path = Path(app.outdir, name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)
    return "../" * page.count("/") + name


def _either(soup: BeautifulSoup, image: Tag, narrow: str) -> Tag:
    """A drawing that has a form for a phone."""
    picture = soup.new_tag("picture")
    picture.append(soup.new_tag("source", attrs={"media": "(max-width: 30em)", "srcset": narrow, "type": SVG}))
    picture.append(image)
    return picture


def _image(soup: BeautifulSoup, svg: Tag) -> Tag:
    """What stands in a page for a drawing."""
    of_formula = svg.find_parent(class_="formula") is not None
    image = soup.new_tag("img", attrs={"alt": still.alternative(svg), "class": "formula" if of_formula else "drawing"})
    if of_formula:
        # in the size of the letters around it
        shift = re.search(r"-?[\d.]+", str(svg.get("style", "")))
        sizes = {"height": attribute(svg, "height"), "vertical-align": shift[0] if shift else "0"}
        image["style"] = ";".join(f"{name}:{float(size) / LETTER:.2f}em" for name, size in sizes.items())
    return image


def _lead(link: Tag) -> None:
    """Links lead to pages of the book or to other hosts; those to files beside it become text."""
    address = attribute(link, "href")
    page, sign, fragment = address.partition("#")
    if address.startswith(("http:", "https:")) or not page:
        return
    if page.endswith(".html"):
        page = page.removesuffix(".html") + ".xhtml"
    if page.endswith(".xhtml"):
        link["href"] = page + sign + fragment
    else:
        link.unwrap()


def setup(app: Sphinx) -> None:
    """Registers the builder; part of the book's extension."""
    app.setup_extension("sphinx.builders.epub3")
    app.add_builder(Epub, override=True)
    app.connect("html-page-context", set_page, priority=950)
