"""A chart of a page outside it: as an SVG document of its own, and as a picture of dots."""

from __future__ import annotations

import re

import resvg_py
from bs4 import Tag

from analysis.publish.tags import attribute


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


def dots(svg: str, width: int, *, faces: tuple[str, ...] = ()) -> bytes:
    """An SVG document as a PNG so many dots wide, on white. faces: files of typefaces, where its text is no paths."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, background="#ffffff", skip_system_fonts=True, font_files=list(faces)
    )
