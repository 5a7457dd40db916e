"""What the package offers is described, shown by an example, and nothing else."""

import doctest
import inspect
import re

import pytest

import analysis
from analysis import quantity

MODULES = {name: thing for name in analysis.__all__ if inspect.ismodule(thing := getattr(analysis, name))}
OTHERS = [getattr(analysis, name) for name in analysis.__all__ if name not in MODULES]


def public(module):
    """The public functions that a module defines."""
    found = (thing for name, thing in vars(module).items() if not name.startswith("_") and inspect.isroutine(thing))
    return [thing for thing in found if thing.__module__ == module.__name__]


def members(kind):
    """The names of the public methods and properties that a class defines."""
    offered = {name: thing for name, thing in vars(kind).items() if not name.startswith("_")}
    return [name for name, thing in offered.items() if isinstance(thing, property) or inspect.isroutine(thing)]


def examples(*things):
    """The code of the examples in docstrings."""
    parsed = (doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "") for thing in things)
    return "".join(example.source for found in parsed for example in found)


def test_the_face_is_the_analyses_their_quantity_and_the_way_to_load():
    assert sorted({"Quantity", "load"} | set(MODULES)) == sorted(analysis.__all__)
    assert all(module.__name__ == f"analysis.analyses.{name}" for name, module in MODULES.items())
    # what importing the package binds beside them is its folders
    bound = {name for name, thing in vars(analysis).items() if not name.startswith("_")} - set(analysis.__all__)
    assert all(inspect.ismodule(vars(analysis)[name]) for name in bound)


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_is_described(name):
    assert inspect.getdoc(getattr(analysis, name))


@pytest.mark.parametrize(
    "thing", [*OTHERS, *(f for m in MODULES.values() for f in public(m))], ids=lambda f: f.__qualname__
)
def test_everything_public_has_an_example(thing):
    assert re.search(rf"\b{thing.__name__}\b", examples(thing)), "its docstring calls it nowhere"


@pytest.mark.parametrize("name", members(quantity.Quantity))
def test_an_example_of_quantities_shows_each_member(name):
    assert re.search(rf"\.{name}\b", examples(quantity.Quantity, vars(quantity.Quantity)[name]))


@pytest.mark.parametrize("name", [name for name in quantity.__all__ if inspect.isroutine(getattr(quantity, name))])
def test_an_example_shows_each_function_of_quantities(name):
    function = getattr(quantity, name)
    assert re.search(rf"\b{name}\(", examples(inspect.unwrap(function), inspect.getmodule(function)))
