"""What the search of an edition looks through: each heading, caption, sentence and row of a table, with its place.

One script of plain data, which a page loads from a folder too; the page does the looking (`_static/search.js`). It is
made anew by each build from all written pages: it holds what a reader sees, and nothing of an earlier build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import Tag
from sphinx.application import Sphinx

from analysis.publish.tags import DRAWING, attribute, one, parsed
from analysis.publish.uses import ROWS, link_of, places_of_rows, title_of

INDEX = "search-index.js"
HEADING, CAPTION, CODE = range(3)
SPOKEN = re.compile(r'aria-label="([^"]*)"')
UNSPOKEN = re.compile(r"\\[,;]|[\\{}]")  # in a formula
# links and code, the number of a row and what is said below it, and each form of what can be chosen and computed
LEFT_OUT = (
    f".headerlink, details.code, #{ROWS} td:first-child, tr.uses, .source, .explorer-controls, "
    ".explorer-panel:not(:has(> .card.zone))"
)
HEADINGS = ("h1", "h2", "h3", "h4")
TITLES = f"{', '.join(HEADINGS)}, figcaption, summary, .explorer-caption, .part-title, dt"
# a drawing is searched by what it tells those who cannot see it, where no table tells it
TEXTS = "tr, .key-figures .card, p:not(tr p, .key-figures p), li:not(:has(p), tr li), :not(:has(table)) > .scroll"


class Place(NamedTuple):
    """What has a title. under: number, on the page, of the place around it; -1 for a heading. columns: titles of those
    of its table. passages: words, with their anchor where they have one of their own."""

    kind: int
    anchor: str
    title: str
    under: int
    columns: list[Any]
    passages: list[Any]


def configure(app: Sphinx) -> None:
    """Sphinx' own index is not made."""
    app.builder.search = False  # type: ignore[attr-defined]


def page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of the search: a book that is no site is searched by what it is read with."""
    if app.builder.name == "html":
        yield "search", {}, "search.html"


def write(app: Sphinx, failure: Exception | None) -> None:
    """Writes the index: pages (address, title, places), and for each row of the data the links to what uses it."""
    if failure is not None or app.builder.name != "html":
        return
    pages = []
    for name in app.env.collect_relations():
        html = Path(app.builder.get_outfilename(name)).read_text("utf-8")  # type: ignore[attr-defined]
        pages.append([app.builder.get_target_uri(name), title_of(app, name), places(html)])
    uses = {row: [link_of(app, place) for place in used] for row, used in places_of_rows(app.env).items()}
    numbers = {link: number for number, link in enumerate(dict.fromkeys(link for own in uses.values() for link in own))}
    rows = {row: list(dict.fromkeys(numbers[link] for link in own)) for row, own in uses.items()}
    index = json.dumps({"pages": pages, "links": [*numbers], "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / INDEX).write_text(f"const SEARCH_INDEX = {index};\n", "utf-8")


def places(html: str) -> list[Place]:
    """The places of a page in their order; each passage stands in the innermost one around it.

    >>> places("<article><section id='a'><h1>Title</h1><p>Words.</p></section></article>")
    [Place(kind=0, anchor='a', title='Title', under=-1, columns=[], passages=['Words.'])]
    """
    article = one(parsed(DRAWING.sub(_spoken, html)), "article, [role=main]")  # of ours, or of another theme
    for part in article.select(LEFT_OUT):
        part.decompose()
    for part in article.select("br, small"):
        part.insert_before(" ")
    titles = set(map(id, article.select(TITLES)))
    found: list[Place] = []
    heading = -1
    around: list[tuple[Tag, int]] = []  # what is not a heading holds this part: the tag that it fills, and its number
    for part in article.select(f"{TITLES}, {TEXTS}"):
        while around and around[-1][0] not in part.parents:
            around.pop()
        inner = around[-1][1] if around else heading
        if id(part) in titles:
            found.append(_place(part, inner))
            if found[-1].kind == HEADING:
                heading = len(found) - 1
            else:
                around.append((part.find_next_sibling("dd") or part.parent or part, len(found) - 1))
        elif (words := _words(part)) and inner >= 0:
            passage = (words, attribute(part, "id")) if part.has_attr("id") else words
            kept = found[inner].columns if part.find_parent("thead") else found[inner].passages
            kept += [] if passage in kept else [passage]
    return found


def _place(title: Tag, under: int) -> Place:
    """The place that a title names. under: the number of the one around it."""
    if title.name in HEADINGS and title.find_parent(class_="card") is None:
        kind, under = HEADING, -1
    else:
        kind = CODE if title.find_parent(class_="reference") else CAPTION
    # the id of a caption names the exhibit alone
    own = [title, *title.parents] if title.name in (*HEADINGS, "dt") else [title.parent, title, *title.parents]
    anchor = next((attribute(tag, "id") for tag in own if tag and tag.has_attr("id")), "")
    return Place(kind, anchor, _words(title), under, [], [])


def _words(part: Tag) -> str:
    """What a reader reads of a part in one line, its cells apart."""
    cells = part.find_all(["td", "th", "p"], recursive=False) or [part]
    return " · ".join(filter(None, (" ".join(cell.get_text().split()) for cell in cells)))


def _spoken(drawing: re.Match[str]) -> str:
    """What a drawing tells those who cannot see it; the one for a phone tells the same."""
    label = SPOKEN.search(drawing[0].partition(">")[0])
    return UNSPOKEN.sub("", label[1]) if label and 'class="narrow"' not in drawing[0].partition(">")[0] else ""
