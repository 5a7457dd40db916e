"""What of a page stands in a book: no code, no controls, no links to files beside the page; explorers as printed."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from analysis.publish.tags import attribute

# the code of cells, and what needs a style sheet or a script of the page
OF_THE_SCREEN = (
    ".cell_input, details.code, a.headerlink, .toctree-wrapper > p.caption, script, style, "
    ".explorer-caption, .explorer-controls, .explorer:has(.explorer-printed) > .explorer-panels"
)


def leave_out(body: Tag, *more: str) -> None:
    """Leaves out what only the screen has a use for, and ``more``, CSS selectors."""
    for tag in body.select(", ".join((OF_THE_SCREEN, *more))):
        tag.decompose()
    for explorer in body.select(".explorer"):  # it was called by its caption, and asked for a choice
        del explorer["aria-labelledby"], explorer["role"]
    # what there is to download is beside the page, not in it: a list of it goes with its section
    for link in body.select("a.download"):
        if not link.decomposed and (whole := link.find_parent("section" if link.find_parent("li") else "p")):
            whole.decompose()


def unfold(soup: BeautifulSoup, body: Tag) -> None:
    """What can be folded stands open: its head is a line above it."""
    for fold in body.select("details"):
        fold.name = "span" if fold.find_parent(["p", "td"]) else "div"
        fold.attrs.pop("open", None)
        for head in fold.find_all("summary", recursive=False):
            head.name = "b" if fold.name == "span" else "p"
            head["class"] = "part-title"
            if fold.name == "span":
                head.insert_after(soup.new_string(" "))


def alternative(svg: Tag) -> str:
    """What a drawing says to who does not see it."""
    return attribute(svg, "aria-label") if svg.has_attr("aria-label") else ""
