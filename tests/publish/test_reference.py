"""The reference: what the package offers, in the words of its code."""

from types import ModuleType

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from publish.tiny_book import made

import analysis
from analysis.publish import reference
from analysis.quantity import Quantity


def half(amount: Quantity, *, times: int = 1) -> "dict[str, Quantity]":
    """Half of ``amount``, `times` times.

    amount: below <b>one</b>.

    >>> half(Quantity.point(4, "t"))
    {...}
    """


class Scales:
    """What weighs."""

    def weigh(self, what: str) -> float:
        """The weight of something."""

    @property
    def empty(self) -> bool:
        """Whether nothing is on it."""

    def undescribed(self) -> None: ...


@pytest.fixture
def face(monkeypatch):
    """A package whose public face is one function, one class and one module."""
    module = ModuleType("analysis.weights", "Weights in `t`.")
    module.heavy = lambda: None
    module.heavy.__module__, module.heavy.__name__, module.heavy.__doc__ = module.__name__, "heavy", "Is heavy."
    module.imported = half
    public = {"half": half, "Scales": Scales, "weights": module}
    for name, thing in (public | {"__all__": [*public]}).items():
        monkeypatch.setattr(analysis, name, thing, raising=False)


def test_it_names_the_public_face_first_then_every_module_of_analyses_and_model(face):
    names = [group.name for group in reference.groups()]
    assert names[:2] == ["analysis", "analysis.weights"]
    assert "analysis.analyses.economics" in names and len(set(names)) == len(names)
    first, second = reference.groups()[:2]
    assert [entry.name for entry in first.entries] == ["half", "Scales"]
    assert [entry.name for entry in second.entries] == ["heavy"]  # not what it only imports
    assert [member.name for member in first.entries[1].members] == ["weigh", "empty"]


def test_every_analysis_describes_each_of_its_functions():
    for group in reference.groups():
        assert not [entry.name for entry in group.entries if not entry.blocks], group.name


def test_signatures_name_types_without_their_modules():
    assert reference.entry(half).signature == "(amount: Quantity, *, times: int = 1) -> dict[str, Quantity]"
    assert reference.entry(Scales).members[0].signature == "(what: str) -> float"


def test_the_page_is_english_and_no_message_for_translators(face, tmp_path):
    pages = {"reference.md": "# Reference\n\nOne sentence.\n\n```{api}\n```\n"}
    page = BeautifulSoup((made(tmp_path, pages) / "book/reference.html").read_text("utf-8"), "html.parser")
    section = page.find("section", id="api-analysis")
    described = section.find("div", lang="en")
    assert [code.get_text() for code in described.find("dd").find("p").find_all("code")] == ["amount", "times"]
    assert "below <b>one</b>." in described.get_text() and not described.find("b")
    assert described.find("dd").find("pre").get_text().startswith(">>> half(")
    (tmp_path / "trees").rename(tmp_path / "old-trees")
    with (made(tmp_path, pages, builder="gettext") / "book.pot").open("rb") as lines:
        assert [message.id for message in read_po(lines) if message.id] == ["Reference", "One sentence."]
