"""The translations: two catalogues an edition, one of the prose, one of the labels.

The prose is what Sphinx takes out of the chapters; the labels are the messages of `src/analysis` and the
captions that notebooks give to tables. `update` brings the catalogues to the state of the text; `faults`
says what a translator has still to do, and what a translation must not do.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from analysis import wording
from analysis.publish import sphinx_run

ROOT = sphinx_run.ROOT
BOOK = ROOT / "book"
PACKAGE = ROOT / "src" / "analysis"
TRANSLATED = [code for code in wording.LOCALES if code != "en"]

# where a message stands in a call: function -> position of the message; and keywords that hold one
CALLS = {"_": 0, "N_": 0, "described": 0, "Measure": 2, "_ratio": 3}
KEYWORDS = {"caption", "formula"}

# What a translation must keep, in any order: inline figures and other roles, links, formulas.
ROLE = re.compile(r"\{(\w+)\}`([^`]*)`")
LINK = re.compile(r"\]\(([^)]*)\)")
FORMULA = re.compile(r"\$[^$]+\$")
PLACEHOLDER = re.compile(r"\{\w*\}")
DIGITS = re.compile(r"[0-9０-９]+")
# between Chinese characters every mark is full-width
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[\u4e00-\u9fff]\.(?:\s|$)|[\u4e00-\u9fff]\s*\(|[,;:]\s*[\u4e00-\u9fff]")


def prose_catalogue(code: str) -> Path:
    """Where the prose of an edition is translated."""
    return BOOK / "locale" / wording.LOCALES[code] / "LC_MESSAGES" / "book.po"


def prose() -> Catalog:
    """The messages of the chapters, in their order. Raises SphinxFailed."""
    with tempfile.TemporaryDirectory() as folder:
        sphinx_run.in_a_process("gettext", "en", Path(folder) / "out", Path(folder) / "trees")
        with (Path(folder) / "out" / "book.pot").open("rb") as lines:
            return read_po(lines)


def labels() -> Catalog:
    """The messages of the package and the captions in the notebooks."""
    catalogue = Catalog()
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _messages(ast.parse(path.read_text("utf-8"))):
            catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    for path in sorted(BOOK.glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                for message in _messages(ast.parse("".join(cell["source"]))):
                    catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def _messages(tree: ast.AST) -> Iterator[str]:
    """The messages of a module or cell, in the order of their lines."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
        place = CALLS.get(name)
        candidates = [call.args[place]] if place is not None and len(call.args) > place else []
        candidates += [keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS]
        for node in candidates:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
                yield node.value


def _pairs() -> Iterator[tuple[str, Path, Catalog]]:
    """Edition, catalogue and the messages that it must translate."""
    templates = (prose(), labels())
    for code in TRANSLATED:
        paths = (prose_catalogue(code), wording.catalogue(code))
        for path, template in zip(paths, templates, strict=True):
            yield code, path, template


def _read(path: Path, code: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=wording.LOCALES[code])
    with path.open("rb") as lines:
        return read_po(lines, locale=wording.LOCALES[code])


def update() -> list[str]:
    """Bring every catalogue to the state of the text; returns a line for each.

    New messages come in empty; one that was reworded keeps its old translation, marked fuzzy; one that is
    gone goes.
    """
    lines = []
    for code, path, template in _pairs():
        catalogue = _read(path, code)
        catalogue.update(template, no_fuzzy_matching=False)
        catalogue.obsolete.clear()
        for message in catalogue:
            message.previous_id = ()
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".po.new")
        beside.write_bytes(_text(catalogue))
        beside.replace(path)
        open_ = sum(1 for message in catalogue if message.id and (message.fuzzy or not message.string))
        lines.append(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {open_} to translate")
    return lines


def _text(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without dates: the same messages give the same bytes."""
    catalogue.project, catalogue.version = "chaoyang-zones", ""
    catalogue.header_comment = "# Translated from the English edition; how to: CONTRIBUTING.md."
    catalogue.fuzzy = False
    out = io.BytesIO()
    write_po(out, catalogue, width=0, ignore_obsolete=True)
    dated = rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By): .*\n'
    return re.sub(dated, b"", out.getvalue(), flags=re.MULTILINE)


def faults() -> list[str]:
    """A line for each message that is missing, fuzzy, obsolete, or loses something in translation."""
    found = []
    for code, path, template in _pairs():
        name = path.relative_to(ROOT).as_posix()
        catalogue = _read(path, code)
        for message in template:
            if message.id:
                found += [f"{name}: “{_short(message.id)}”: {why}" for why in _wrong(catalogue.get(message.id), message)]
        gone = [message.id for message in catalogue if message.id and message.id not in template]
        gone += list(catalogue.obsolete)
        found += [f"{name}: “{_short(text)}”: is not in the text any more; run the update" for text in gone]
    return found


def _wrong(translation: Message | None, message: Message) -> Iterator[str]:
    """What is wrong with the translation of a message."""
    if translation is None or not translation.string:
        yield "is not translated"
        return
    if translation.fuzzy:
        yield "is fuzzy: the text was changed; translate it anew and take the word fuzzy out"
    source, target = str(message.id), str(translation.string)
    for kind, pattern in (("role", ROLE), ("link", LINK), ("formula", FORMULA)):
        lost = _kept(pattern, source) - _kept(pattern, target)
        new = _kept(pattern, target) - _kept(pattern, source)
        yield from (f"loses the {kind} {thing}" for thing in sorted(map(_shown, lost)))
        yield from (f"has a {kind} that the text does not have: {thing}" for thing in sorted(map(_shown, new)))
    if not ROLE.search(source) and _counted(PLACEHOLDER, source) != _counted(PLACEHOLDER, target):
        yield "does not have the same {placeholders}"
    typed = _counted(DIGITS, _bare(target)) - _counted(DIGITS, _bare(source))
    yield from (f"holds a typed figure, {digits}" for digits in sorted(typed))
    if HALF_WIDTH.search(_bare(target)):
        yield f"has a half-width mark beside Chinese: “{HALF_WIDTH.search(_bare(target)).group()}”"


def _kept(pattern: re.Pattern, text: str) -> Counter:
    """What a pattern finds; of a role with a title only the target counts, as the title is translated."""
    found = pattern.findall(text)
    if pattern is ROLE:
        return Counter((name, re.sub(r"^.*<(.*)>$", r"\1", inside)) for name, inside in found)
    return Counter(found)


def _counted(pattern: re.Pattern, text: str) -> Counter:
    return Counter(pattern.findall(text))


def _bare(text: str) -> str:
    """The words alone, without roles, targets of links, formulas and placeholders."""
    for pattern in (ROLE, LINK, FORMULA, PLACEHOLDER):
        text = pattern.sub("", text)
    return text


def _shown(thing: object) -> str:
    return "{%s}`%s`" % thing if isinstance(thing, tuple) else str(thing)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
