"""The PDF: the whole book as one page, set by WeasyPrint with a style sheet of its own."""

from __future__ import annotations

import base64
import datetime
import logging
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pylopdf_fonts_zh_cn
from bs4 import BeautifulSoup, Tag

from analysis.wording import _

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
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


def write(
    page: Path, target: Path, *, language: str, title: str, date: str, imprint: dict[str, str], style: Path, log: Path
) -> None:
    """Set the single HTML ``page`` as a PDF at ``target``.

    language: of the text ("en"). title: of the book. date: of the sources, ISO 8601. imprint: label -> text on the page after the title.
    style: the print style sheet; fonts are added here, as they lie inside an installed package. log: where
    the library's remarks are added.
    Raises PangoMissing.
    """
    available()
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    _log_into(log)
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    html = _document(soup, language=language, title=title, date=date, imprint=imprint)
    fonts = FontConfiguration()
    faces = weasyprint.CSS(string=_font_faces(), font_config=fonts)
    document = weasyprint.HTML(string=html, base_url=page.parent.as_uri() + "/")
    document.write_pdf(
        target,
        stylesheets=[faces, weasyprint.CSS(filename=str(style), font_config=fonts)],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
    )


def _log_into(log: Path) -> None:
    """What the libraries remark goes into the log, not onto the terminal."""
    handler = logging.FileHandler(log, encoding="utf-8")
    for name in ("weasyprint", "fontTools"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.propagate = False


def _font_faces() -> str:
    def face(family: str, file: str) -> str:
        url = (FONTS / file).as_uri()
        return f'@font-face {{ font-family: "{family}"; src: url("{url}"); }}'

    return face("Book Serif", "NotoSerifSC-Regular.otf") + face("Book Sans", "NotoSansSC-Regular.otf")


def _document(soup: BeautifulSoup, *, language: str, title: str, date: str, imprint: dict[str, str]) -> str:
    """Title page, imprint, contents and chapters, out of Sphinx' single page."""
    body = soup.find("article", class_="body")
    for tag in body.select(".cell_input, details.code, a.headerlink, .toctree-wrapper > p.caption, script"):
        tag.decompose()
    # Sphinx nests the chapters below the first page: on paper each is a chapter of its own
    for wrapper in body.select(".toctree-wrapper"):
        for level in (2, 3, 4):
            for heading in wrapper.find_all(f"h{level}"):
                if not heading.find_parent(class_="card"):
                    heading.name = f"h{level - 1}"
    _keep_inner_links(body)
    _print_figures(soup, body)
    if language.startswith("zh"):
        _set_apart(soup, body)
    contents = soup.new_tag("nav", attrs={"class": "contents", "aria-label": _("Contents")})
    heading = soup.new_tag("h2", attrs={"class": "contents-title"})
    heading.string = _("Contents")
    contents.append(heading)
    contents.append(_contents(soup, body))
    contents.extend(_exhibits(soup, body))
    lines = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in imprint.items() if k)
    head = (
        f'<section class="title-page"><p class="book-title">{escape(title)}</p>'
        f'<p class="subtitle">{escape(imprint.get("", ""))}</p></section>'
        f'<section class="imprint"><dl>{lines}</dl></section>'
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(_("The authors of the book"))}">'
        f'<meta name="dcterms.created" content="{date}"></head><body>'
        f"{head}{contents}<main>{body.decode_contents()}</main></body></html>"
    )


def _keep_inner_links(body: Tag) -> None:
    """Links lead to places of this document or to other hosts; those to files beside the page become text, and
    what there is to download is left out."""
    ids = {tag["id"] for tag in body.find_all(id=True)}
    for item in body.select("li:has(a.download)"):
        item.decompose()
    for link in body.find_all("a", href=True):
        _page, _sep, fragment = link["href"].partition("#")
        if fragment in ids:
            link["href"] = f"#{fragment}"
        elif not link["href"].startswith(("http:", "https:")):
            link.unwrap()


HAN_OR_WORD = re.compile(r"(?P<han>[\u3400-\u9fff])|(?P<word>[A-Za-z0-9%])")
BLOCKS = ["p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4"]


def _set_apart(soup: BeautifulSoup, body: Tag) -> None:
    """A little room between Chinese and Latin characters, which browsers make by themselves (text-autospace).

    The room is an empty element: the text that a reader copies or searches has no blank in it.
    """
    for block in body.find_all(BLOCKS):
        before = None
        for string in list(block.find_all(string=True)):
            if string.find_parent(BLOCKS) is not block or not string.strip():
                continue
            parts: list = [""]
            for character in string:
                found = HAN_OR_WORD.match(character)
                kind = found.lastgroup if found else None
                if before and kind and kind != before:
                    parts += [soup.new_tag("span", attrs={"class": "gap"}), ""]
                parts[-1] += character
                before = kind
            if len(parts) > 1:
                string.replace_with(*parts)


def _contents(soup: BeautifulSoup, body: Tag) -> Tag:
    """A list of chapters and their sections that links to them."""
    listing = soup.new_tag("ol")
    for heading in body.find_all(["h1", "h2"]):
        if heading.name == "h1":
            listing.append(_entry(soup, heading))
        else:
            chapter = listing.contents[-1]
            if chapter.ol is None:
                chapter.append(soup.new_tag("ol"))
            chapter.ol.append(_entry(soup, heading))
    return listing


def _exhibits(soup: BeautifulSoup, body: Tag) -> Iterator[Tag]:
    """A list of the figures and one of the tables, each under its heading."""
    for kind, title in (("chart", _("List of figures")), ("table", _("List of tables"))):
        heading = soup.new_tag("h2", attrs={"class": "list-title"})
        heading.string = title
        listing = soup.new_tag("ol", attrs={"class": "exhibits"})
        for figure in body.find_all("figure", class_=kind):
            item, link = soup.new_tag("li"), soup.new_tag("a", href=f"#{figure['id']}")
            link.string = " ".join(figure.figcaption.get_text().split())
            item.append(link)
            listing.append(item)
        yield from (heading, listing)


def _entry(soup: BeautifulSoup, heading: Tag) -> Tag:
    item, link = soup.new_tag("li"), soup.new_tag("a")
    link["href"] = "#" + heading.find_parent("section")["id"]
    link.string = heading.get_text()
    item.append(link)
    return item


def _print_figures(soup: BeautifulSoup, body: Tag) -> None:
    """Inline SVG as an image with alt text: that is what is tagged as a figure in the PDF."""
    for svg in body.find_all("svg"):
        if svg.find_parent("svg"):
            continue
        inline = svg.find_parent(class_="formula")
        text = str(svg).replace("currentColor", "#111111")
        # html.parser lower-cases attribute names; SVG is case-sensitive in this one
        text = text.replace("viewbox=", "viewBox=").replace("<clippath", "<clipPath").replace("</clippath", "</clipPath")
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
