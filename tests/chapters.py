"""A chapter carried out in this process: what its cells show and what its sentences say, without a kernel."""

import ast
import re
from pathlib import Path

import nbformat

from analysis import wording

BOOK = Path(__file__).resolve().parents[1] / "book"
CHAPTERS = sorted(BOOK.glob("*.ipynb"))
EVAL = re.compile(r"\{eval\}`([^`]*)`")


class Chapter:
    """What a chapter shows with the data that $ANALYSIS_DATA names, in the language of $ANALYSIS_LANGUAGE.

    shown: the cells' results. paragraphs: the English prose, without the sentences that the book leaves out.
    """

    def __init__(self, path: Path):
        names: dict[str, object] = {}
        self.shown: list[object] = []
        self.paragraphs: list[str] = []
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                told = (_told(paragraph, names) for paragraph in cell.source.split("\n\n"))
                self.paragraphs += filter(None, told)
                continue
            *statements, last = ast.parse(cell.source).body
            if not isinstance(last, ast.Expr):
                statements.append(last)
            exec(compile(ast.Module(statements, []), str(path), "exec"), names)
            if isinstance(last, ast.Expr):
                self.shown.append(eval(compile(ast.Expression(last.value), str(path), "eval"), names))

    @property
    def prose(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def html(self) -> str:
        return "\n".join(_html(value) for value in self.shown)


def _html(value: object) -> str:
    """What a notebook shows of a value; a widget has its HTML among other forms."""
    return value._repr_html_() if hasattr(value, "_repr_html_") else value._repr_mimebundle_()["text/html"]


def _told(paragraph: str, names: dict[str, object]) -> str:
    """A paragraph of Markdown with its figures in place, without its sentences that lack one."""
    values = [eval(expression, names) for expression in EVAL.findall(paragraph)]
    numbered = iter(range(len(values)))
    marked = EVAL.sub(lambda _match: f"\0{next(numbered)}\0", paragraph).replace("*", "")
    missing = {f"\0{i}\0" for i, value in enumerate(values) if 'class="missing"' in value._repr_html_()}
    kept = "".join(s for s in _sentences(marked, values) if not any(mark in s for mark in missing))
    if missing and "\0" not in kept:
        return ""
    return re.sub("\0(\\d+)\0", lambda match: str(values[int(match[1])]), kept)


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
