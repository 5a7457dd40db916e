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
from analysis.package import dataset
from analysis.publish import metadata, running, take_away
from analysis.wording import N_, _

LABELS = {
    "skip": N_("Skip to the text"),
    "overview": N_("Overview"),
    "chapters": N_("Chapters"),
    "search": N_("Search"),
    "language": N_("Language"),
    "colours": N_("Light or dark"),
    "previous": N_("Previous"),
    "next": N_("Next"),
    "onwards": N_("Previous and next chapter"),
    "downloads": N_("This page to take away"),
    "no_script": N_("The search needs JavaScript."),
    "trace": N_("Where this figure comes from"),
    "follow": N_("Follow the link to its row in the data"),
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
    context["body"] = Markup(context.get("body", ""))
    if "toctree" in context:
        chapters = context["toctree"](maxdepth=2, collapse=True, titles_only=False, includehidden=True)
        # Sphinx calls the captions headings without saying of which level; in a list they are none
        context["chapters"] = Markup(chapters.replace(' role="heading"', ""))


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
    """The data and the notebook of a page, and the book's PDF; the last only on a site that has it."""
    found: list[Download] = []
    if file := take_away.data_name(page, doctree):
        found.append({"href": file, "label": _("Data of this page (CSV)")})
    if file := take_away.notebook_name(app, page):
        found.append({"href": file, "label": _("Notebook of this chapter")})
    if app.config.analysis_editions:
        up = "../" * (page.count("/") + 1)
        found.append({"href": up + _pdf_name(), "label": _("The whole book as a PDF")})
    return found


# the data and the language of a build are one for all its pages


@cache
def _pdf_name() -> str:
    return wording.pdf_name(dataset.load())


@cache
def _imprint() -> str:
    data = dataset.load()
    return " · ".join(
        [
            wording.labelled(_("Data as of"), wording.as_of(data)),
            wording.labelled(_("Version"), version("chaoyang-zones")),
            _("Code: MIT. Text and data: CC BY 4.0"),
        ]
    )
