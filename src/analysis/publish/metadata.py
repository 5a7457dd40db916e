"""What machines find in the head of a page: description, preview of a link to it, citation, schema.org.

Addresses are whole where `_config.yml` names the site's own (`html: baseurl`). Without it they are relative to the
page, as browsers and JSON-LD read them, and what would have no meaning so is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from sphinx.application import Sphinx

from analysis import wording
from analysis.package.dataset import Dataset
from analysis.publish import drawings
from analysis.publish.book_data import book_data
from analysis.publish.exhibits import chart_exhibit
from analysis.publish.tags import attribute, one, parsed
from analysis.wording import LOCALES, language, tag

Entry = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page, as machines are told of it.

    address: its own, empty where the site's is not known. root: the name of the first page's file. up: from the
    page to the site's root. editions: all that stand on the site. picture: a file beside the page, with what it shows
    in words. date: of the book's text, ISO 8601, empty where none is known.
    """

    data: Dataset
    title: str
    description: str
    author: str
    date: str
    address: str
    name: str
    root: str
    up: str
    editions: tuple[str, ...]
    picture: tuple[str, str]

    def to(self, target: str) -> str:
        """The address of a file, named as a link of this page would name it; none stays none."""
        return urljoin(self.address, target) if target else ""

    @property
    def book(self) -> str:
        """The title of the book."""
        return wording.book(self.data, "title")

    @property
    def paper(self) -> str:
        """The PDF; on a site alone there is one."""
        return self.to(self.up + wording.pdf_name(self.data)) if self.editions else ""


def of(app: Sphinx, page: str, context: Mapping[str, Any], doctree: nodes.document | None) -> Entry:
    """The parts of ``book/_templates/metadata.html`` for a page; none for one that is no chapter.

    Writes the picture of the page's first chart beside it.
    """
    if doctree is None or app.builder.name != "html":
        return {}
    data, editions = book_data(), tuple(app.config.analysis_editions)
    book, base = wording.book(data, "title"), app.config.html_baseurl
    first = page == app.config.root_doc
    title = book if first else str(Markup(context["title"]).striptags())
    found = Page(
        data=data,
        title=title,
        description=wording.book(data, "subtitle") if first else _question(doctree) or book,
        author=app.config.author,
        date=app.config.analysis_published,
        address=base and f"{base}{language()}/{page}.html" if editions else base and f"{base}{page}.html",
        name=f"{Path(page).name}.html",
        root=f"{Path(app.config.root_doc).name}.html",
        up="../" * (page.count("/") + 1),
        editions=editions,
        picture=_picture(Path(app.outdir, f"{page}.png"), doctree),
    )
    graph = [_work(found), *([_dataset(found)] if found.name == wording.DATA_CHAPTER else [])]
    linked = {"@context": "https://schema.org", "@graph": _told(graph)}
    return {
        "url": found.address,
        "properties": _told(_preview(found)),
        "others": [LOCALES[code] for code in editions if code != language()],
        "names": _told(_cited(found)),
        "linked_data": htmlsafe_json_dumps(linked, ensure_ascii=False, separators=(",", ":")),
    }


def _question(doctree: nodes.document) -> str:
    """What the page answers: its first paragraph."""
    return next((" ".join(text.astext().split()) for text in doctree.findall(nodes.paragraph)), "")


def _told(entry: Any) -> Any:
    """An entry of JSON without what is not known."""
    if isinstance(entry, dict):
        return {key: _told(value) for key, value in entry.items() if value not in ("", [], {}, None)}
    return [_told(value) for value in entry] if isinstance(entry, list) else entry


def _picture(file: Path, doctree: nodes.document) -> tuple[str, str]:
    """The file of the first chart, written here, and what it shows; neither on a page without a chart."""
    for chart in doctree.findall(chart_exhibit):
        svg = one(parsed("".join(raw.astext() for raw in chart.findall(nodes.raw))), "svg")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(drawings.preview(svg))
        return file.name, attribute(svg, "aria-label")
    file.unlink(missing_ok=True)
    return "", ""


def _preview(page: Page) -> Entry:
    """What networks and messengers show of a link to the page (Open Graph)."""
    picture, shown = page.picture
    size = {"og:image:width": drawings.WIDTH, "og:image:height": drawings.HEIGHT} if picture else {}
    return {
        "og:type": "website" if page.name == page.root else "article",
        "og:site_name": page.book,
        "og:title": page.title,
        "og:description": page.description,
        "og:locale": LOCALES[language()],
        "og:url": page.address,
        "og:image": page.to(picture),
        "og:image:alt": shown,
        **size,
    }


def _cited(page: Page) -> Entry:
    """What search engines of scholarly works and reference managers read."""
    return {
        "description": page.description,
        "citation_title": page.title,
        "citation_inbook_title": page.book if page.title != page.book else "",
        "citation_author": page.author,
        "citation_publication_date": page.date.replace("-", "/"),
        "citation_language": tag(),
        "citation_pdf_url": page.paper,
        "twitter:card": "summary_large_image" if page.picture[0] else "summary",
    }


def _work(page: Page) -> Entry:
    """The report on its first page, a chapter of it on any other, in the words of schema.org."""
    work = {
        "name": page.title,
        "description": page.description,
        "url": page.address,
        "image": page.to(page.picture[0]),
        "datePublished": page.date,
        "version": version("chaoyang-zones"),
        **_rights(page),
    }
    if page.name != page.root:
        return {"@type": "Chapter", **work, "isPartOf": _report(page, page.root, language())}
    paper = {"@type": "MediaObject", "contentUrl": page.paper, "encodingFormat": "application/pdf"}
    others = [code for code in page.editions if code != language()]
    return {
        "@type": "Report",
        **work,
        "alternativeHeadline": wording.book(page.data, "subtitle"),
        "encoding": paper if page.paper else {},
        "isBasedOn": {"@type": "Dataset", **_words(page.data.descriptor), "url": page.to(wording.DATA_CHAPTER)},
        "workTranslation": [_report(page, f"{page.up}{code}/book/{page.root}", code) for code in others],
    }


def _report(page: Page, target: str, code: str) -> Entry:
    """The report in an edition, by name."""
    name = wording.book(page.data, "title", code)
    return {"@type": "Report", "name": name, "inLanguage": tag(code), "url": page.to(target)}


def _rights(page: Page) -> Entry:
    """Whose it is, in which language, and what may be done with it."""
    licences = [entry.get("path") or entry.get("name") for entry in page.data.descriptor.get("licenses", ())]
    return {
        "author": {"@type": "Organization", "name": page.author},
        "inLanguage": tag(),
        "license": licences[0] if len(licences) == 1 else licences,
    }


def _dataset(page: Page) -> Entry:
    """The data package: each table that it publishes, with its fields and its file."""
    folder, tables = "../" * (page.up.count("/") - 1) + wording.DATA_FOLDER, page.data.descriptor["resources"]
    return {
        "@type": "Dataset",
        **_words(page.data.descriptor),
        "url": page.address,
        "version": page.data.descriptor.get("version"),
        **_rights(page),
        "hasPart": [_table(page, folder, table) for table in tables if (page.data.folder / table["path"]).exists()],
    }


def _table(page: Page, folder: str, table: Mapping[str, Any]) -> Entry:
    fields = [{"@type": "PropertyValue", "propertyID": f["name"], **_words(f)} for f in table["schema"]["fields"]]
    file = {"contentUrl": page.to(f"{folder}/{table['path']}"), "encodingFormat": "text/csv"}
    return {
        "@type": "Dataset",
        **_words(table),
        "license": _rights(page)["license"],
        "variableMeasured": fields,
        "distribution": {"@type": "DataDownload", **file},
    }


def _words(entry: Mapping[str, Any]) -> Entry:
    """What the descriptor says of the package, a table or a field, in the edition's language where it has it."""
    own = {key: entry.get(f"{key}_{language()}") or entry.get(key) for key in ("title", "description")}
    return {"name": own["title"] or entry["name"], "description": own["description"]}
