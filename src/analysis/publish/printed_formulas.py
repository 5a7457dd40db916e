"""The directives `{formula}`, `{formulas}` and `{exhibit}`: formulas and tables printed from where they are computed.

What computes it carries it: a function that `quantity.formula` marks, or an object with ``words`` of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis import wording
from analysis.exhibits import tables
from analysis.publish.book_data import book_data
from analysis.quantity import Formula
from analysis.wording import _

BASES = ("analysis", "analysis.analyses", "analysis.model")  # a name stands below one of them


class Named(NamedTuple):
    """A formula and the id of what computes it, for which `wording.term` has a word."""

    name: str
    formula: Formula


def find(name: str) -> object:
    """The module, or what in a module, has this dotted name below one of BASES. Raises LookupError."""
    for base in BASES:
        found: object = import_module(base)
        try:
            for part in name.split("."):
                found = _part(found, part)
        except AttributeError:
            continue
        return found
    raise LookupError(f"no {name} in {', '.join(BASES)}")


def _part(whole: object, name: str) -> object:
    """A part by its name; a module that nothing has imported yet is imported."""
    if isinstance(whole, ModuleType) and hasattr(whole, "__path__") and not hasattr(whole, name):
        try:
            return import_module(f"{whole.__name__}.{name}")
        except ModuleNotFoundError as missing:
            raise AttributeError(name) from missing
    return getattr(whole, name)


def formula(name: str) -> Named:
    """The formula with this dotted name. Raises LookupError when there is none."""
    found = _formula(name.rpartition(".")[2], find(name))
    if found is None:
        raise LookupError(f"{name} has no formula")
    return found


def formulas(name: str) -> list[Named]:
    """The formulas that a module or a mapping holds, in its order. Raises LookupError when there is none."""
    found = list(_formulas(name, find(name)))
    if not found:
        raise LookupError(f"no formula in {name}")
    return found


def _formulas(name: str, thing: object) -> Iterator[Named]:
    if isinstance(thing, ModuleType):
        for key, part in vars(thing).items():
            # not what it only imports
            if isinstance(part, Mapping) or getattr(part, "__module__", None) == thing.__name__:
                yield from _formulas(key, part)
    elif isinstance(thing, Mapping):
        for key, part in thing.items():
            yield from _formulas(str(key), part)
    elif not name.startswith("_") and (found := _formula(name, thing)):
        yield found


def _formula(name: str, thing: object) -> Named | None:
    own = getattr(thing, "formula", None)
    if not isinstance(own, Formula):
        own = Formula(words=getattr(thing, "words", ""))
    return Named(name, own) if own != Formula() else None


def _nodes(found: Iterable[Named]) -> Iterator[nodes.Node]:
    """Displayed formulas, and one list of those that have words alone."""
    data = book_data()
    items = []
    for name, own in found:
        if own.latex:
            yield nodes.math_block(own.latex, own.latex, nowrap=False, number=None, label=None, translatable=False)
        else:
            line = wording.labelled(wording.term(data, name), _(own.words))
            items.append(nodes.list_item("", nodes.paragraph("", line, translatable=False)))
    if items:
        yield nodes.bullet_list("", *items)


class PrintOne(SphinxDirective):
    """Prints the formula that its argument names: in symbols where it has them, else in words."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A displayed formula, or a list of one."""
        return self.printed(lambda name: [formula(name)])

    def printed(self, look_up: Callable[[str], list[Named]]) -> list[nodes.Node]:
        """What is looked up by the argument, as nodes; a name that is not found is a fault of the page."""
        try:
            return list(_nodes(look_up(self.arguments[0])))
        except LookupError as missing:
            raise self.error(str(missing)) from None


class PrintAll(PrintOne):
    """Prints all formulas of the module or mapping that its argument names."""

    def run(self) -> list[nodes.Node]:
        """Displayed formulas and a list."""
        return self.printed(formulas)


class PrintExhibit(SphinxDirective):
    """Shows an exhibit of the data package in a page without code: its argument names a function of `tables`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """What a cell of a notebook would show."""
        html = getattr(tables, self.arguments[0])(book_data()).__html__()
        shown = nodes.container("", nodes.raw("", html, format="html"), mime_type="text/html")
        return [nodes.container("", shown, nb_element="mime_bundle")]


def setup(app: Sphinx) -> None:
    """Registers the directives; part of the book's extension."""
    app.add_directive("formula", PrintOne)
    app.add_directive("formulas", PrintAll)
    app.add_directive("exhibit", PrintExhibit)
