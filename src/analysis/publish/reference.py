"""The directive `{api}`: the public face of the package, printed from its own signatures and docstrings.

What it prints is English in every edition, marked so, and no message for translators.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import NamedTuple, TypeGuard

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.inspect import signature, stringify_signature

import analysis
from analysis.wording import rendered

PACKAGES = ("analysis.analyses", "analysis.model")  # of which every module is public


class Block(NamedTuple):
    """A paragraph of a docstring. parts: its text, and whether each piece is code. verbatim: lines as they stand."""

    parts: tuple[tuple[str, bool], ...]
    verbatim: bool


@dataclass(frozen=True)
class Entry:
    """A function, a class or a method. signature: empty for a property. members: of a class."""

    name: str
    signature: str
    blocks: tuple[Block, ...]
    members: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Group:
    """The names of one module. blocks: what it says of itself."""

    name: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]


def groups() -> list[Group]:
    """What ``analysis.__all__`` names, then its modules and those of PACKAGES with their public functions."""
    named = [getattr(analysis, name) for name in getattr(analysis, "__all__", ())]
    face: list[Callable[..., object]] = [thing for thing in named if inspect.isclass(thing) or _is_function(thing)]
    modules = dict.fromkeys([thing for thing in named if inspect.ismodule(thing)])
    for package in PACKAGES:
        found = pkgutil.iter_modules(import_module(package).__path__, f"{package}.")
        modules |= dict.fromkeys(import_module(module.name) for module in found)
    own = [_group(module, [thing for thing in _functions(module) if thing not in face]) for module in modules]
    return [group for group in (_group(analysis, face), *own) if group.entries]


def _functions(module: ModuleType) -> list[Callable[..., object]]:
    """The public functions that a module defines, in its order."""
    return [
        thing
        for name, thing in vars(module).items()
        if not name.startswith("_") and _is_function(thing) and thing.__module__ == module.__name__
    ]


def _is_function(thing: object) -> TypeGuard[Callable[..., object]]:
    # one that remembers its results is an object around a function
    return callable(thing) and inspect.isroutine(inspect.unwrap(thing))


def _group(module: ModuleType, things: list[Callable[..., object]]) -> Group:
    return Group(module.__name__, blocks(module), tuple(map(entry, things)))


def entry(thing: Callable[..., object]) -> Entry:
    """A function or a class as the reference prints it."""
    members = tuple(_members(thing)) if inspect.isclass(thing) else ()
    return Entry(thing.__name__, _signature(thing), blocks(thing), members)


def _members(kind: type) -> Iterator[Entry]:
    """The methods and properties that a class defines and describes, in its order."""
    for name, member in vars(kind).items():
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, property):
            yield Entry(name, "", blocks(member))
        elif inspect.isroutine(member):
            yield Entry(name, _signature(getattr(kind, name), method=inspect.isfunction(member)), blocks(member))


def _signature(thing: Callable[..., object], method: bool = False) -> str:
    words = stringify_signature(signature(thing, bound_method=method), unqualified_typehints=True)
    # Sphinx marks a name whose module is not to be shown
    return re.sub(r"~(?:\w+\.)+", "", words)


def blocks(thing: object) -> tuple[Block, ...]:
    """The docstring of something in blocks: examples and what is indented stay as they stand."""
    found = []
    for paragraph in re.split(r"\n\s*\n", inspect.getdoc(thing) or ""):
        verbatim = paragraph.startswith((">>>", " "))
        pieces = [paragraph] if verbatim else re.split(r"``(.+?)``|`(.+?)`", paragraph)
        # between the pieces of text stand, for each piece of code, the two forms that it can have
        parts = [(piece, place % 3 != 0) for place, piece in enumerate(pieces) if piece]
        found.append(Block(tuple(parts), verbatim))
    return tuple(block for block in found if block.parts)


class Reference(SphinxDirective):
    """Prints every group as a section of the page."""

    def run(self) -> list[nodes.Node]:
        """A section a module."""
        return [self._section(group) for group in groups()]

    def _section(self, group: Group) -> nodes.section:
        title = nodes.title("", "", nodes.literal("", group.name), translatable=False)
        body = nodes.raw("", rendered("reference", group=group), format="html", translatable=False)
        section = nodes.section("", title, body, ids=[nodes.make_id(f"api-{group.name}")], on_screen=True)
        self.state.document.note_explicit_target(section)
        return section


class OnScreenAlone(SphinxPostTransform):
    """Takes the sections of lists that are looked up on the screen off the single page behind the PDF."""

    default_priority = 5
    builders = ("singlehtml",)

    def run(self, **kwargs: object) -> None:
        for section in list(self.document.findall(nodes.section)):
            if section.get("on_screen"):
                section.parent.remove(section)


def setup(app: Sphinx) -> None:
    """Registers the directive; part of the book's extension."""
    app.add_directive("api", Reference)
    app.add_post_transform(OnScreenAlone)
