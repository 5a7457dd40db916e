"""The names that the examples in the docstrings of the package know."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import nbval.kernel
import pytest

import analysis
from analysis.model.zones import zones
from analysis.publish.kernels import WaitedFor

# a port that another process took meanwhile is no fault of a notebook
nbval.kernel.KernelManager = WaitedFor

ROOT = Path(__file__).parent


@cache
def _names() -> dict[str, object]:
    fixtures = ROOT / "tests" / "fixtures"
    return {name: getattr(analysis, name) for name in analysis.__all__} | {
        "Fraction": Fraction,
        "data": analysis.load(ROOT / "data"),
        "example": analysis.load(fixtures / "example-city"),
        "level": analysis.load(fixtures / "zone-level"),
        "zones": zones,
    }


@pytest.fixture(autouse=True)
def names_of_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, object]) -> None:
    """`data` is the repository's data, `level` a package in which every zone reports, `example` one of another city."""
    if isinstance(request.node, pytest.DoctestItem):
        doctest_namespace.update(_names())
