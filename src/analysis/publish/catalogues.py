"""The translations: two catalogues an edition, one of the prose, one of the labels.

The prose is what Sphinx takes out of the chapters; the labels are the messages of `src/analysis` and of the pages'
templates, and the captions that notebooks give to tables. `update` brings the catalogues to the state of the text;
`faults` says what a translator has still to do, and what a translation must not do.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from jinja2.ext import babel_extract
from sphinx.util.i18n import CatalogRepository

from analysis import wording
from analysis.publish import sphinx_run
from analysis.publish.translation_faults import wrong

ROOT = sphinx_run.ROOT
BOOK = ROOT / "book"
PACKAGE = ROOT / "src" / "analysis"
TRANSLATED = [wording.LOCALES[code] for code in wording.LOCALES if code != "en"]

# where a message stands in a call: function -> position of the message; and keywords that hold one
CALLS = {"_": 0, "N_": 0, "described": 0, "Measure": 2, "_ratio": 3}
KEYWORDS = {"caption", "formula", "words"}
# lines of a catalogue's head that differ from day to day or from hand to hand
DATED = tuple(
    f'"{field}: '.encode()
    for field in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Generated-By",
    )
)
# what a line of a catalogue can be
LINE = re.compile(r'\s*|#.*|(?:(?:msgctxt|msgid|msgstr)\s+)?"(?:[^"\\]|\\.)*"\s*')


def templates() -> dict[Path, Catalog]:
    """The messages that each catalogue must translate, by its path in the project.

    Sphinx reads the chapters for it, which takes seconds. Raises SphinxFailed.
    """
    texts = {"book": prose(), "src/analysis": labels()}
    names = {"book": "book.po", "src/analysis": "analysis.po"}
    return {
        Path(folder, "locale", locale, "LC_MESSAGES", names[folder]): text
        for locale in TRANSLATED
        for folder, text in texts.items()
    }


def prose() -> Catalog:
    """The messages of the chapters, in their order. Raises SphinxFailed."""
    with tempfile.TemporaryDirectory() as folder:
        sphinx_run.in_a_process("en", Path(folder) / "trees", {"gettext": Path(folder) / "out"})
        with (Path(folder) / "out" / "book.pot").open("rb") as lines:
            return read_po(lines)


def compile_prose() -> None:
    """Compile the catalogues of the chapters where they changed: builds side by side find them done, none half
    written."""
    for locale in TRANSLATED:
        for catalogue in CatalogRepository(ROOT, ["book/locale"], locale, "utf-8").catalogs:
            if catalogue.is_outdated():
                catalogue.write_mo(locale)


def labels() -> Catalog:
    """The messages of the package and of the pages' templates, and the captions in the notebooks.

    Raises SyntaxError, TemplateSyntaxError.
    """
    catalogue = Catalog()
    for path in (
        *sorted(PACKAGE.rglob("*.py")),
        *sorted(BOOK.glob("_templates/*.html")),
        *sorted(BOOK.glob("*.ipynb")),
    ):
        for message in _messages_of(path):
            catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def _messages_of(path: Path) -> Iterator[str]:
    """The messages of a module, a template or a notebook, in their order."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        yield from _messages(ast.parse(text))
    elif path.suffix == ".html":
        found = babel_extract(io.BytesIO(text.encode()), ["_"], [], {"silent": "false"})
        yield from (message for _line, _function, message, _comments in found if isinstance(message, str))
    else:
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                yield from _messages(ast.parse("".join(cell["source"])))


def _messages(tree: ast.AST) -> Iterator[str]:
    """The messages of a module or cell, in the order of their lines."""
    nodes = list(ast.walk(tree))
    named = {
        target.id: node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name: str = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
        place = CALLS.get(name)
        candidates = [call.args[place]] if place is not None and len(call.args) > place else []
        candidates += [keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS]
        for candidate in candidates:
            node = named.get(candidate.id) if isinstance(candidate, ast.Name) else candidate
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
                yield node.value


class NotACatalogue(Exception):
    """A file has a line that the catalogues' syntax does not know; str() tells file and line."""


def _read(place: Path, root: Path) -> Catalog:
    """The catalogue at ``place`` below ``root``, empty where there is none. Raises NotACatalogue."""
    path, locale = root / place, place.parts[-3]
    if not path.exists():
        return Catalog(locale=locale)
    # Babel takes the first and the last character of a string for its quotes, whatever they are
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not LINE.fullmatch(line):
            why = f"“{line[:60]}” is not a comment or a text in straight quotes"
            raise NotACatalogue(f"{place.as_posix()}, line {number}: {why}")
    with path.open("rb") as lines:
        try:
            return read_po(lines, locale=locale, abort_invalid=True)
        except PoFileError as error:
            raise NotACatalogue(f"{place.as_posix()}, line {error.lineno + 1}: {error}") from None


def update(texts: dict[Path, Catalog], root: Path = ROOT) -> list[str]:
    """Bring every catalogue below ``root`` to the state of the texts; returns a line for each.

    texts: as from `templates`. New messages come in empty; one that was reworded keeps its old translation,
    marked fuzzy; one that is gone goes. Raises NotACatalogue.
    """
    lines = []
    for place, template in texts.items():
        path = root / place
        catalogue = _read(place, root)
        catalogue.update(template, no_fuzzy_matching=False)
        catalogue.obsolete.clear()
        for message in catalogue:
            message.previous_id = []
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".po.new")
        beside.write_bytes(_text(catalogue))
        beside.replace(path)
        open_ = sum(1 for message in catalogue if message.id and (message.fuzzy or not message.string))
        lines.append(f"{place.as_posix()}: {len(catalogue)} messages, {open_} to translate")
    return lines


def _text(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without dates: the same messages give the same bytes."""
    catalogue.project, catalogue.version = "chaoyang-zones", ""
    catalogue.header_comment = "# Translated from the English edition; how to: CONTRIBUTING.md."
    catalogue.fuzzy = False
    out = io.BytesIO()
    write_po(out, catalogue, width=0, ignore_obsolete=True)
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(DATED))


def faults(texts: dict[Path, Catalog], root: Path = ROOT) -> list[str]:
    """A line for each message of the catalogues below ``root`` that is missing, fuzzy, obsolete or loses something.

    texts: as from `templates`. A line names file, line and message.
    """
    return [fault for place, text in texts.items() for fault in _faults(place, root, text)]


def _faults(place: Path, root: Path, template: Catalog) -> Iterator[str]:
    """The faults of one catalogue."""
    try:
        catalogue = _read(place, root)
    except NotACatalogue as fault:
        yield str(fault)
        return
    for message in template:
        if message.id:
            translation = catalogue.get(message.id)
            for why in _reasons(str(message.id), translation):
                yield _told(place, translation.lineno if translation else None, str(message.id), why)
    gone = [message for message in catalogue if message.id and message.id not in template]
    for message in [*gone, *catalogue.obsolete.values()]:
        yield _told(place, message.lineno, str(message.id), "is not in the text any more; run the update")


def _reasons(source: str, translation: Message | None) -> Iterator[str]:
    if translation is None or not translation.string:
        yield "is not translated"
        return
    if translation.fuzzy:
        yield "is fuzzy: the text was changed; translate it anew and take the word fuzzy out"
    yield from wrong(source, str(translation.string))


def _told(place: Path, line: int | None, message: str, why: str) -> str:
    # a message that the catalogue does not hold has no line in it
    where = f", line {line}" if line else ""
    return f"{place.as_posix()}{where}: “{message if len(message) <= 60 else message[:57] + '…'}”: {why}"
