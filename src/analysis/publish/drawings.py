"""A chart of a page outside it: as an SVG document of its own, and as the picture that previews of links show."""

from __future__ import annotations

import re

import resvg_py
from bs4 import Tag
from markupsafe import Markup

from analysis.publish.tags import attribute
from analysis.publish.whole_pages import whole_page
from analysis.wording import rendered

WIDTH, HEIGHT, MARGIN = 1200, 630, 60  # pixels of a preview, as networks and messengers cut it
DEFINED = re.compile(r"<defs>\s*(?:<path [^>]*>(?:</path>)?\s*)+</defs>")
PATH = re.compile(r'<path ([^>]*?)\bid="([^"]+)"([^>]*?)/?>')
# a letter of matplotlib's: in 6400ths of its size, eight times as fine as faces are drawn
FINE, SCALE, COARSER, NUMBER = 'transform="scale(0.015625)"', 'transform="scale(.125)"', 8, re.compile(r"-?[\d.]+")
OUTLINE = re.compile(r'(?<=\bd=")[^"]+')
USED = re.compile(r'(<use [^>]*?)href="#([^"]+)"([^>]*?)\s*(?:/>|></use>)')


def drawing(svg: Tag) -> str:
    """An inline SVG as a document of its own, in the colours of paper."""
    svg["xmlns"] = str(svg.get("xmlns", "http://www.w3.org/2000/svg"))
    # html.parser lower-cases names; SVG is case-sensitive in these
    for tag in (svg, *svg.select("[viewbox]")):
        if "viewbox" in tag.attrs:
            tag["viewBox"] = attribute(tag, "viewbox")
            del tag["viewbox"]
    for path in svg.select("clippath"):
        path.name = "clipPath"
    # custom properties give way to their fallback
    return re.sub(r"var\(--[\w-]+,\s*(#[0-9a-f]{6})\)", r"\1", str(svg).replace("currentColor", "#111111"))


def with_letters_once(page: str) -> str:
    """The HTML of a page whose drawings refer to one set of letters and marks, at its end.

    Each drawing is whole, so that it can stand alone; a page of many would hold each Chinese character many times.
    """
    names: dict[str, str] = {}  # what is drawn -> its name on the page
    called: dict[str, str] = {}  # name in a drawing -> on the page, a capital, which no section begins with

    def take(defined: re.Match[str]) -> str:
        for before, name, after in PATH.findall(defined[0]):
            drawn = _shorter(f"{before.strip()} {after.strip()}".strip())
            called[name] = names.setdefault(drawn, f"L{len(names)}")
        return ""

    page = DEFINED.sub(take, page)
    page = USED.sub(lambda at: f'{at[1]}href="#{called.get(at[2], at[2])}"{at[3]}/>', page)
    letters = [(name, Markup(path)) for path, name in names.items()]
    return page + str(rendered("letters", letters=letters)) if letters else page


def _shorter(path: str) -> str:
    """The attributes of a path with no space that its outline does without; those of a letter as fine as is seen."""
    fine = FINE in path

    def outline(found: re.Match[str]) -> str:
        drawn = NUMBER.sub(lambda n: str(round(float(n[0]) / COARSER)), found[0]) if fine else found[0]
        return re.sub(r"\s*([A-Za-z])\s*", r"\1", drawn)

    return OUTLINE.sub(outline, path).replace(FINE, SCALE)


def preview(svg: Tag) -> bytes:
    """An inline SVG as a PNG of the form of link previews, the whole drawing in its middle."""
    place = {"x": MARGIN, "y": MARGIN, "width": WIDTH - 2 * MARGIN, "height": HEIGHT - 2 * MARGIN}
    svg.attrs |= {name: str(pixels) for name, pixels in place.items()}
    picture = whole_page("preview.svg", width=WIDTH, height=HEIGHT, drawing=Markup(drawing(svg)))
    # its letters are paths: no face of this system is asked for
    return resvg_py.svg_to_bytes(svg_string=str(picture), skip_system_fonts=True)


def dots(svg: str, width: int, *, faces: tuple[str, ...] = ()) -> bytes:
    """An SVG document as a PNG so many dots wide, on white. faces: files of typefaces, where its text is no paths."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, background="#ffffff", skip_system_fonts=True, font_files=list(faces)
    )
