"""A chapter carried out in this process: what its cells show and what its sentences say, without a kernel."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup

from analysis import load, wording
from analysis.analyses.walk import has_chapter

BOOK = Path(__file__).resolve().parents[1] / "book"
CHAPTERS = sorted(BOOK.glob("*.ipynb"))
EVAL = re.compile(r"\{eval\}`([^`]*)`")
PARAGRAPH = re.compile(r"\n\n|\n(?=- )")


def in_the_book() -> list[Path]:
    """The chapters that the book of the data has: without what changed, as no edition before it is known."""
    data = load()
    return [path for path in CHAPTERS if path.stem != "changes" and has_chapter(data, path.stem)]


@dataclass
class Section:
    """A heading, the paragraphs below it that the book keeps, those of them without a figure, and what its cells
    show."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    shown: list[object] = field(default_factory=list)

    @property
    def left_standing(self) -> list[str]:
        """Remarks on what is not there, as all its cells show nothing. Below its title a chapter has its question."""
        shows = any(_words(value).strip() for value in self.shown)
        return self.remarks if self.heading.startswith("## ") and self.shown and not shows else []


class Chapter:
    """What a chapter shows with the data that $ANALYSIS_DATA names, in the language of $ANALYSIS_LANGUAGE.

    shown: the cells' results. paragraphs: the English prose, without the sentences that the book leaves out.
    sections: the same by heading.
    """

    def __init__(self, path: Path):
        names: dict[str, object] = {}
        self.sections = [Section("")]
        for cell in nbformat.read(path, as_version=4).cells:
            if "remove-cell" in cell.metadata.get("tags", ()):
                continue
            if cell.cell_type == "markdown":
                for paragraph in PARAGRAPH.split(cell.source):
                    told, has_figure = _told(paragraph, names)
                    if told.startswith("#"):
                        self.sections.append(Section(told))
                    elif told:
                        self.sections[-1].paragraphs.append(told)
                        self.sections[-1].remarks += [] if has_figure else [told]
                continue
            *statements, last = ast.parse(cell.source).body
            if not isinstance(last, ast.Expr):
                statements.append(last)
            exec(compile(ast.Module(statements, []), str(path), "exec"), names)
            if isinstance(last, ast.Expr):
                shown = eval(compile(ast.Expression(last.value), str(path), "eval"), names)
                self.sections[-1].shown.append(shown)

    @property
    def shown(self) -> list[object]:
        return [value for section in self.sections for value in section.shown]

    @property
    def paragraphs(self) -> list[str]:
        return [part for section in self.sections for part in (section.heading, *section.paragraphs) if part]

    @property
    def prose(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def html(self) -> str:
        return "\n".join(_html(value) for value in self.shown)

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def words(self) -> str:
        """What a reader reads or hears: the prose, what the cells show, and what charts say to a screen reader."""
        return "\n".join([self.prose, *map(_words, self.shown)])

    @property
    def labels(self) -> list[str]:
        """Each cell, heading, caption and choice of what is shown, by itself."""
        tags = self.page.select("th, td, h3, h4, figcaption, label, li, p, a, dt, dd")
        parts = (piece.strip() for tag in tags for piece in (tag.get_text(), *tag.stripped_strings))
        return [part for part in dict.fromkeys(parts) if part]


def _html(value: object) -> str:
    """What a notebook shows of a value; a widget has its HTML among other forms."""
    return value._repr_html_() if hasattr(value, "_repr_html_") else value._repr_mimebundle_()["text/html"]


def _words(value: object) -> str:
    page = BeautifulSoup(_html(value), "html.parser")
    spoken = [tag["aria-label"] for tag in page.find_all(attrs={"aria-label": True})]
    for drawing in page.find_all("svg"):
        drawing.decompose()
    for block in page.select("th, td, h3, h4, figcaption, label, li, p, dt, dd, br"):
        block.append("\n")
    return "\n".join([page.get_text(), *spoken])


def _told(paragraph: str, names: dict[str, object]) -> tuple[str, bool]:
    """A paragraph of Markdown with its figures in place, without sentences that lack one; and whether it has any."""
    values = [eval(expression, names) for expression in EVAL.findall(paragraph)]
    numbered = iter(range(len(values)))
    marked = EVAL.sub(lambda _match: f"\0{next(numbered)}\0", paragraph).replace("*", "")
    missing = {f"\0{i}\0" for i, value in enumerate(values) if 'class="missing"' in value._repr_html_()}
    kept = "".join(s for s in _sentences(marked, values) if not any(mark in s for mark in missing))
    figures = {f"\0{i}\0" for i, value in enumerate(values) if 'class="traced' in value._repr_html_()}
    has_figure = any(mark in kept for mark in figures)
    if missing and not has_figure:
        return "", False
    return re.sub("\0(\\d+)\0", lambda match: str(values[int(match[1])]), kept), has_figure


def _sentences(marked: str, values: list[object]) -> list[str]:
    """The sentences of a marked paragraph; what stands for a mark may be a whole sentence itself."""
    found = [""]
    for piece in re.split("(\0\\d+\0)", marked):
        if piece.startswith("\0"):
            found[-1] += piece
            if wording.ends_sentence(str(values[int(piece.strip("\0"))])):
                found.append("")
            continue
        first, *others = wording.sentences(piece) or [""]
        found[-1] += first
        if wording.ends_sentence(first):
            found.append("")
        for sentence in others:
            found[-1] += sentence
            if wording.ends_sentence(sentence):
                found.append("")
    return [sentence for sentence in found if sentence]
