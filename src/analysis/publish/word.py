"""The Word file: the single page of an edition, which the PDF is set of too, through pandoc, in styles of our own.

Charts are pictures, tables are tables, formulas are Word's own, and all words can be edited. The styles lie in
`book/_templates/word`, as the parts of a Word file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import pypandoc
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from analysis.publish import packing, pdf, still
from analysis.publish.drawings import dots, drawing
from analysis.publish.front_matter import Book, contents
from analysis.publish.tags import attribute, one, parsed
from analysis.publish.whole_pages import whole_page
from analysis.wording import columns

STYLES = Path("book/_templates/word")
READS = "html+tex_math_single_backslash"  # formulas stand as LaTeX
DATE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*<.dcterms:\1>")
# of the text in centimetres, with room for a caption; of a picture in dots, twice what a screen shows
WIDTH, HEIGHT, DOTS = 15.9, 21.0, 1344
# the paragraphs that have a style of their own
NAMED = {
    "figure.chart > figcaption": "Image Caption",
    "figure.table > figcaption": "Table Caption",
    "p.part-title": "Caption",
    "p.source": "Source Note",
    ".key-figures .card": "Key Figure",
    "nav li li > a, nav .exhibits a": "toc 2",
    "nav ol:not(.exhibits) > li > a": "toc 1",
    "nav h1": "TOC Heading",
    "nav h2": "Caption",
}
# in letters: across a page, beside a column; a word that may be broken, and a line that a cell need not have in one
ROOM, BESIDE, LONG, LINE = 105, 3, 16, 40


def write(page: Path, target: Path, book: Book, *, root: Path, work: Path) -> None:
    """Write the single HTML ``page`` as a Word file at ``target``.

    book: what the first pages and the metadata say. root: the project. work: a folder for pictures and styles.
    """
    work.mkdir(parents=True, exist_ok=True)
    soup = parsed(page.read_text("utf-8"))
    body = one(soup, "article.body")
    still.leave_out(body, "details:not(.used)", "svg.narrow")
    still.unfold(soup, body)
    pdf.keep_inner_links(body)
    chapters = pdf.chapters_of(body)
    parts = [contents(chapters), *chapters]
    for part in parts:
        _dress(soup, part, work)
        if book.language.startswith("zh"):  # Chinese has no italics: faces lean by machine
            for stressed in part.select("em, i, cite, dfn"):
                stressed.name = "strong"
    html = whole_page("word/page", book=book, parts=[Markup(str(part)) for part in parts])
    made = work / "made.docx"
    arguments = _arguments(book, _styles(root / STYLES, work / "styles.docx"))
    # of a list given as arguments Word is told nothing
    keywords = work / "keywords.json"
    keywords.write_text(json.dumps({"keywords": book.keywords}), "utf-8")
    arguments.append(f"--metadata-file={keywords}")
    # from where the pictures lie: their addresses stand in the file
    pypandoc.convert_text(str(html), "docx", READS, arguments, outputfile=str(made), cworkdir=str(work))
    files, epoch = packing.unpack(made), int(os.environ.get("SOURCE_DATE_EPOCH", 0))
    if not epoch:
        files["docProps/core.xml"] = DATE.sub(b"", files["docProps/core.xml"])
    packing.pack(target, files, epoch)


def _arguments(book: Book, styles: Path) -> list[str]:
    """What pandoc is told beside the page."""
    told = [
        ("title", book.title),
        ("subtitle", book.subtitle),
        ("subject", book.subtitle),
        ("author", book.author),
        ("date", " · ".join(filter(None, (book.edition, book.as_of)))),
        ("lang", book.language),
    ]
    how = [f"--reference-doc={styles}", "--syntax-highlighting=none", "--quiet"]
    return [*how, *(f"--metadata={key}:{text}" for key, text in told)]


def _styles(folder: Path, target: Path) -> Path:
    """A file whose styles pandoc takes: its own, with ours in the place of the same parts."""
    own = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    target.write_bytes(subprocess.run(own, check=True, capture_output=True).stdout)
    ours = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.[xr][me]l*")}
    packing.pack(target, packing.unpack(target) | ours, 0)
    return target


def _dress(soup: BeautifulSoup, part: Tag, work: Path) -> None:
    """Gives a chapter or the contents the form that pandoc makes the right thing of."""
    for svg in part.select("svg:not(svg svg)"):
        formula = svg.find_parent(class_="formula")
        svg.replace_with(_latex(svg, formula) if formula else _picture(soup, svg, work))
    for link in part.select("a[title]"):
        del link["title"]  # Word takes 255 letters at most
    for heading in part.select(".card.zone h2"):
        heading.name = "h3"
    for card in part.select(".key-figures .card"):
        _in_one_line(soup, card)
    for table in part.select("table"):
        _set_table(soup, table)
    for places, style in NAMED.items():
        for named in part.select(places):
            _name(soup, named, style)
    for figure in part.select("figure"):
        figure.name = "div"
    for entry in part.select("nav ol, nav li"):
        entry.unwrap()


def _latex(svg: Tag, formula: Tag) -> str:
    """A formula as pandoc reads it."""
    latex = attribute(svg, "aria-label")
    return rf"\[{latex}\]" if "displayed" in attribute(formula, "class") else rf"\({latex}\)"


def _picture(soup: BeautifulSoup, svg: Tag, work: Path) -> Tag:
    """A drawing as a picture of dots, as wide as the text unless it is too high then."""
    _x, _y, wide, high = map(float, attribute(svg, "viewbox").split())
    image = soup.new_tag("img", attrs={"alt": still.alternative(svg)})
    image["width"] = f"{min(WIDTH, HEIGHT * wide / high):.1f}cm"
    text = drawing(svg)
    file = work / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.png"
    if not file.exists():
        file.write_bytes(dots(text, DOTS))
    image["src"] = file.name
    return image


def _in_one_line(soup: BeautifulSoup, card: Tag) -> None:
    """A key figure as a line: value, label, period."""
    value, label, period = (one(card, f".{part}").extract() for part in ("value", "label", "period"))
    value.name, label.name, period.name = "strong", "span", "small"
    card.clear()
    for piece in (value, " ", label, " ", period):
        card.append(piece)


def _set_table(soup: BeautifulSoup, table: Tag) -> None:
    """Columns as wide as their words ask for, figures to the right, and places where links lead to rows."""
    group = soup.new_tag("colgroup")
    for width in _widths(table):
        group.append(soup.new_tag("col", attrs={"style": f"width:{width:.1%}"}))
    table.insert(0, group)
    for cell in table.select(".num"):
        cell["align"] = "right"
    for row in table.select("tr[id]"):
        one(row, "td, th").insert(0, soup.new_tag("span", attrs={"id": attribute(row, "id")}))


def _widths(table: Tag) -> list[float]:
    """The parts of a table's width that its columns get: what their words need, then what their lines would like."""
    rows = [row.find_all(["td", "th"], recursive=False) for row in table.select("tr")]
    needed = [BESIDE] * max(map(len, rows))
    wished = needed.copy()
    for row in rows:
        for at, cell in enumerate(row if not any(cell.has_attr("colspan") for cell in row) else ()):
            for line in cell.get_text("\n").splitlines():
                words = max(map(columns, line.split()), default=0)
                needed[at] = max(needed[at], min(words, LONG) + BESIDE)
                wished[at] = max(wished[at], min(columns(line), LINE) + BESIDE)
    more = [wish - need for need, wish in zip(needed, wished, strict=True)]
    part = max(0, min(1, (ROOM - sum(needed)) / (sum(more) or 1)))
    widths = [need + part * rest for need, rest in zip(needed, more, strict=True)]
    return [width / sum(widths) for width in widths]


def _name(soup: BeautifulSoup, named: Tag, style: str) -> None:
    """Makes a paragraph of a style of what stands in a tag."""
    if named.name == "a":
        named = named.wrap(soup.new_tag("p"))
    named.name = "p"
    named.wrap(soup.new_tag("div", attrs={"data-custom-style": style}))
