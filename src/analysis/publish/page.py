"""What the page template says: chapters, editions, downloads, imprint, each in the words of the edition."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any, TypedDict

from docutils import nodes
from jinja2 import select_autoescape
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.theming import Theme

from analysis import wording
from analysis.publish import drawings, metadata, running, take_away
from analysis.publish.book_data import book_data
from analysis.publish.exhibits import chart_exhibit, table_exhibit
from analysis.publish.tags import parsed
from analysis.wording import N_, _

LABELS = {
    "skip": N_("Skip to the text"),
    "overview": N_("Overview"),
    "chapters": N_("Chapters"),
    "search": N_("Search"),
    "language": N_("Language"),
    "colours": N_("Light or dark"),
    "code": N_("Show the code of this page"),
    "sections": N_("On this page"),
    "up": N_("Back to the top"),
    "previous": N_("Previous"),
    "next": N_("Next"),
    "onwards": N_("Previous and next chapter"),
    "downloads": N_("This page to take away"),
    "no_script": N_("The search needs JavaScript."),
    "trace": N_("Where this figure comes from"),
    "follow": N_("Follow the link to its row in the data"),
}


TAKE_AWAY = {
    "zoom": N_("Enlarge"),
    "close": N_("Close"),
    "take": N_("Take away"),
    "svg": N_("Picture (SVG)"),
    "png": N_("Picture (PNG)"),
    "csv": N_("Data (CSV)"),
    "copy": N_("Copy as a table"),
    "link": N_("Copy the link"),
    "cite": N_("Cite"),
    "done": N_("Copied"),
}


SEARCHING = {
    "none": N_("Nothing was found."),
    "count": N_("Passages found: {n}, pages: {chapters}"),
    "more": N_("{n} more"),
    "used": N_("Used in"),
}
FILTERS = {
    "filter": N_("Pick rows"),
    "words": N_("Words"),
    "subject": N_("Subject"),
    "indicator": N_("Indicator"),
    "source": N_("Source"),
    "status": N_("Status"),
    "all": N_("all"),
    "count": N_("{n} of {all} rows"),
    "reset": N_("Show all"),
}


class Edition(TypedDict):
    """The page in one edition; here: whether it is this one."""

    name: str
    tag: str
    href: str
    here: bool


class Download(TypedDict):
    """A file that a page offers."""

    href: str
    label: str


class EscapingTemplates(BuiltinTemplateLoader):
    """Sphinx' templates, under the rule of this book's own: what a page prints is escaped unless it is Markup."""

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Called by Sphinx before anything is rendered."""
        super().init(builder, theme, dirs)
        # not its scripts and style sheets
        self.environment.autoescape = select_autoescape(["html"], default_for_string=False)


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Adds to the template's context: labels, chapters, editions, downloads, imprint; marks what is HTML."""
    context["edition_tag"] = wording.tag()
    context["labels"] = {key: _(label) for key, label in LABELS.items()}
    context["editions"] = _editions(app, page)
    context["downloads"] = _downloads(app, page, doctree)
    context["imprint"] = _imprint()
    context.update(metadata=metadata.of(app, page, context, doctree), run=running.of(app, page))
    body = context.get("body", "")
    # a single page is taken apart again into its drawings
    context["body"] = Markup(drawings.with_letters_once(body) if app.builder.name == "html" else body)
    context["searching"] = {key: _(label) for key, label in SEARCHING.items()} if page == "search" else {}
    context["has_code"] = 'class="code"' in context["body"]
    context["sections"] = _sections(context.get("toc", ""))
    context["exhibits"] = _exhibits(page, doctree)
    of_data = wording.DATA_CHAPTER.startswith(page.rpartition("/")[2] + ".")
    context["filters"] = {key: _(label) for key, label in FILTERS.items()} if of_data else {}
    if "toctree" in context:
        chapters = context["toctree"](maxdepth=2, collapse=True, titles_only=False, includehidden=True)
        # Sphinx calls the captions headings without saying of which level; in a list they are none
        context["chapters"] = Markup(chapters.replace(' role="heading"', ""))


def _sections(contents: str) -> Markup:
    """The sections of a page as links, one level of them; nothing for a page with fewer than two."""
    inner = parsed(contents).select_one("li > ul")
    if inner is None or len(inner.find_all("li", recursive=False)) < 2:
        return Markup()
    for deeper in inner.select("li ul"):
        deeper.decompose()
    return Markup(inner)


def _exhibits(page: str, doctree: nodes.document | None) -> dict[str, Any]:
    """What the exhibits of a page are taken away with: a citation of each, and which of them have data; empty for a
    page without exhibits."""
    if doctree is None or (not any(doctree.findall(chart_exhibit)) and not any(doctree.findall(table_exhibit))):
        return {}
    return {
        "page": page.rpartition("/")[2],
        "data": " ".join(take_away.places_of_exhibits(doctree)),
        "labels": {key: _(label) for key, label in TAKE_AWAY.items()},
        "cite": _cite(),
        "bibtex": _bibtex(),
    }


def _editions(app: Sphinx, page: str) -> list[Edition]:
    """The same page in every edition that is built."""
    up = "../" * (page.count("/") + 1)
    return [
        {
            "name": wording.NAMES[code],
            "tag": wording.tag(code),
            "href": f"{up}{code}/{page}.html",
            "here": code == wording.language(),
        }
        for code in app.config.analysis_editions
    ]


def _downloads(app: Sphinx, page: str, doctree: nodes.document | None) -> list[Download]:
    """The data and the notebook of a page, and the whole book in each form; the last only on a site that has it."""
    found: list[Download] = []
    if file := take_away.data_name(page, doctree):
        found.append({"href": file, "label": _("Data of this page (CSV)")})
    if file := take_away.notebook_name(app, page):
        found.append({"href": file, "label": _("Notebook of this chapter")})
    if app.config.analysis_editions:
        up = "../" * (page.count("/") + 1)
        book = up + _pdf_name().removesuffix(".pdf")
        found += [
            {"href": f"{book}.pdf", "label": _("The whole book as a PDF")},
            {"href": f"{book}.epub", "label": _("The whole book as an EPUB")},
            {"href": f"{book}.docx", "label": _("The whole book as a Word file")},
            {
                "href": f"{book.removesuffix('-' + wording.language())}.zip",
                "label": _("Data, notebooks and code (ZIP)"),
            },
        ]
    return found


# the data and the language of a build are one for all its pages


@cache
def _cite() -> str:
    """A citation of an exhibit in words; `{exhibit}` and `{address}` are for its page to fill in."""
    data = book_data()
    return _("{author}: {title}. {exhibit}. Version {version}, data as of {as_of}. {address}").format(
        author=_("The authors of the book"),
        title=wording.book(data, "title"),
        exhibit="{exhibit}",
        version=version("chaoyang-zones"),
        as_of=wording.as_of(data),
        address="{address}",
    )


@cache
def _bibtex() -> str:
    """The same in BibTeX."""
    data = book_data()
    fields = {
        "author": _("The authors of the book"),
        "title": f"{wording.book(data, 'title')}: {{exhibit}}",
        "note": _("Version {version}, data as of {as_of}").format(
            version=version("chaoyang-zones"), as_of=wording.as_of(data)
        ),
        "url": "{address}",
    }
    lines = "".join(f"  {name} = {{{{{text}}}}},\n" for name, text in fields.items())
    return f"@misc{{{{key}},\n{lines}}}"


@cache
def _pdf_name() -> str:
    return wording.pdf_name(book_data())


@cache
def _imprint() -> str:
    data = book_data()
    return " · ".join(
        [
            wording.labelled(_("Data as of"), wording.as_of(data)),
            wording.labelled(_("Version"), version("chaoyang-zones")),
            _("Code: MIT. Text and data: CC BY 4.0"),
        ]
    )
