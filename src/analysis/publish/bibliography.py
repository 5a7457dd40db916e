"""The bibliography in the customs of the edition: works of book/references.bib and the sources of the figures.

A work in English reads the same in both editions. A Chinese one is cited in Chinese form in the Chinese
edition, with its author and title in English in the English one. What is in the other language is marked so.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel.lists import format_list
from docutils import nodes
from pybtex.database import BibliographyData, Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import BaseMultipartText, BaseText, HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex_docutils import Backend
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from analysis import wording
from analysis.package import dataset
from analysis.publish.book_data import book_data
from analysis.wording import _

STYLE = "edition"


class Foreign(BaseMultipartText):  # type: ignore[misc]  # pybtex has no types
    """Words in a language that is not the edition's, for a screen reader and for hyphenation."""

    def __init__(self, tag: str, *parts: BaseText | str):
        self.info = (tag,)
        super().__init__(*parts)

    def render(self, backend: object) -> list[nodes.Node]:
        """A node whose class docutils writes as the attribute ``lang``."""
        return [nodes.inline("", "", *super().render(backend), classes=[f"language-{self.info[0]}"])]


class EditionStyle(BaseStyle):  # type: ignore[misc]  # pybtex has no types
    """Works with numbers, in the order in which they are cited."""

    default_sorting_style = "none"
    default_label_style = "number"
    default_name_style = "plain"

    def format_entry(self, label: str, entry: Entry, bib_data: BibliographyData | None = None) -> FormattedEntry:
        """An entry in the words of the edition. Raises KeyError for a field that is missing."""
        if entry.fields["langid"] == "english":
            work = _english_work(entry)
        else:
            work = _chinese_work(entry) if wording.language() == "zh" else _chinese_work_in_english(entry)
        return FormattedEntry(entry.key, work, label)


def _english_work(entry: Entry) -> BaseText:
    """Authors, *title*, publisher, year; of an article: authors, “title”, *journal* volume(number), year, pages."""
    fields = entry.fields
    authors = format_list(_authors(entry), locale=wording.LOCALES["en"])
    if entry.type == "book":
        parts = [authors, ", ", Tag("em", fields["title"]), ", ", fields["publisher"], ", ", fields["year"]]
    else:
        issue = f" {fields['volume']}({fields['number']}), {fields['year']}, {fields['pages'].replace('--', '–')}"
        parts = [authors, ", “", fields["title"], "”, ", Tag("em", fields["journal"]), issue]
    address = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields["url"]
    parts += [", ", HRef(address, address.removeprefix("https://")), "."]
    return Text(*parts) if wording.language() == "en" else Foreign("en", *parts)


def _chinese_work(entry: Entry) -> BaseText:
    """作者：《题名》，编号或出版者，年份。没有作者的，从题名写起。"""
    authors, title = "、".join(_authors(entry)), f"《{entry.fields['title']}》"
    begins = wording.labelled(authors, title) if authors else title
    return Text(wording.commas(begins, *_issue(entry)), "。")


def _chinese_work_in_english(entry: Entry) -> BaseText:
    """Authors, where there are any, title in the original (its meaning), number or publisher, year."""
    fields = entry.fields
    authors = fields.get("author_en") or Foreign("zh-CN", "、".join(_authors(entry)))
    begins = [authors, ", "] if str(authors) else []
    meaning = wording.aside(fields["title_en"])
    return Text(*begins, Foreign("zh-CN", fields["title"]), meaning, ", ", wording.commas(*_issue(entry)), ".")


def _issue(entry: Entry) -> tuple[str, str]:
    """What identifies the issue: number, or else publisher; date as the source prints it, or else year."""
    fields = entry.fields
    # a number is not broken across lines
    number = fields.get("number", "").replace(" ", "\xa0")
    issuer = number or fields.get("publisher") or _("publisher not printed")
    date = fields.get("date") or (wording.period(fields["year"]) if "year" in fields else _("date not printed"))
    return issuer, date


def _authors(entry: Entry) -> list[str]:
    return [
        " ".join([*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names])
        for person in entry.persons.get("author", ())
    ]


class Sources(SphinxDirective):
    """The sources of the figures, as the data package names them, in a list."""

    def run(self) -> list[nodes.Node]:
        """One bullet a source."""
        style, backend = EditionStyle(), Backend()
        items = (backend.paragraph(style.format_entry("", entry)) for entry in _sources(book_data()))
        return [nodes.bullet_list("", *(nodes.list_item("", item) for item in items))]


def _sources(data: dataset.Dataset) -> Iterator[Entry]:
    """The rows of sources.csv as entries."""
    for row in data.sources.itertuples():
        fields = {"langid": "chinese", "title": row.title_zh, "title_en": row.title_en}
        fields |= {"publisher": row.publisher or "", "date": row.published or ""}
        authors = row.authors.split("、") if row.authors else []
        yield Entry("misc", fields, {"author": [Person(last=name) for name in authors]})


class WorksAsList(SphinxPostTransform):
    """The works cited as a numbered list, without links back to where each is cited.

    Docutils' own form has roles that ARIA has given up; and as a translated sentence is read twice, half of
    the links back lead nowhere.
    """

    default_priority = 11  # right after references are resolved

    def run(self, **kwargs: object) -> None:
        works = list(self.document.findall(nodes.citation))
        for listing in dict.fromkeys(work.parent for work in works):
            listed = listing.findall(nodes.citation)
            items = [nodes.list_item("", *work.children[1:], ids=work["ids"]) for work in listed]
            listing.replace_self(nodes.enumerated_list("", *items, enumtype="arabic", classes=["works"]))
        for citation in self.document.findall(nodes.inline):
            if "bibtex-citation" in citation["classes"]:
                citation["ids"] = []


def setup(app: Sphinx) -> None:
    """Registers the style and the list of sources; part of the book's extension."""
    register_plugin("pybtex.style.formatting", STYLE, EditionStyle)
    app.add_directive("sources", Sources)
    app.add_post_transform(WorksAsList)
